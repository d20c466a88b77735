"""Places from files: where their floor is free, what is kept of them, and what is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from viewlock.assets_manifest.prepared import Prepared, QuarantinedError

bpy = pytest.importorskip("bpy", reason="needs Blender: pip install 'viewlock[render]'")

from viewlock.assets_manifest.prepare import prepare  # noqa: E402
from viewlock.blender_scenes.importers.probing import Solid  # noqa: E402
from viewlock.blender_scenes.importers.spots import faces_look_away, find_spots  # noqa: E402
from viewlock.blender_scenes.importers.walkable import best_turn, find_rectangles  # noqa: E402

from ..house import GALLERY_M, ROOM, save_house  # noqa: E402

_CELL_M = 0.2
_FACES = np.array([(0, 1, 3), (0, 3, 2), (4, 6, 7), (4, 7, 5), (0, 4, 5), (0, 5, 1), (2, 3, 7), (2, 7, 6), (0, 2, 6),
                   (0, 6, 4), (1, 5, 7), (1, 7, 3)])  # fmt: skip


def box(low: tuple, high: tuple) -> np.ndarray:
    """(12, 3, 3) corners of the triangles of a box that faces outwards."""
    corners = np.array([(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)]) * (np.subtract(high, low)) + low
    return corners[_FACES]


def solid(*parts: np.ndarray) -> Solid:
    corners = np.concatenate(parts).reshape(-1, 3)
    return Solid(corners, np.arange(len(corners), dtype=np.int32).reshape(-1, 3))


FLOOR = box((-5, -4, -0.2), (5, 4, 0.0))


def test_what_stands_on_a_floor_is_not_in_its_rectangles() -> None:
    """A board on the floor from x = 2 on, and a shelf above head height that bounds nothing but the height."""
    place = solid(FLOOR, box((2, -4, 0.0), (2.3, 4, 1.0)), box((-4, -1, 2.5), (-3, 1, 2.6)))
    left, right = sorted(find_rectangles(place), key=lambda r: r.low)
    assert left.low == pytest.approx((-5, -4), abs=_CELL_M) and left.high == pytest.approx((2, 4), abs=_CELL_M)
    assert left.high[0] <= 2.0 + 1e-6 <= 2.3 - 1e-6 <= right.low[0] + 1e-6
    assert left.z == pytest.approx(0.0, abs=1e-5) and not left.indoor
    assert left.ceiling_m == pytest.approx(2.5, abs=1e-5) and np.isinf(right.ceiling_m)


def test_thin_legs_between_the_rays_are_found() -> None:
    legs = [box((x, y, 0.0), (x + 0.02, y + 0.02, 0.7)) for x in (-2.47, 2.31) for y in (-1.53, 1.41)]
    for rectangle in find_rectangles(solid(FLOOR, *legs)):
        for leg in legs:
            middle = leg.reshape(-1, 3)[:, :2].mean(axis=0)
            assert not ((middle > rectangle.low).all() and (middle < rectangle.high).all())


@pytest.mark.parametrize(
    "place",
    [
        solid(FLOOR, box((-5, -4, 1.8), (5, 4, 2.0)))  # no head room below; what is above it is another floor
        , solid(box((-1, -1, -0.2), (1, 1, 0.0))),
    ],
    ids=["low", "small"],
)  # fmt: skip
def test_no_floor_where_nobody_can_stand(place: Solid) -> None:
    assert all(rectangle.z > 1.9 for rectangle in find_rectangles(place))


def test_a_slope_is_no_floor() -> None:
    ramp = np.array([[(-5, -5, 0), (5, -5, 0), (5, 5, 3)], [(-5, -5, 0), (5, 5, 3), (-5, 5, 3)]], float)
    assert find_rectangles(solid(ramp)) == []


def test_each_storey_has_its_floor_and_ceiling() -> None:
    upper = box((-5, -4, 2.8), (5, 4, 3.0))
    found = {round(r.z, 3): r for r in find_rectangles(solid(FLOOR, upper, box((-5, -4, 5.5), (5, 4, 5.6))))}
    assert found[0.0].indoor and found[0.0].ceiling_m == pytest.approx(2.8, abs=1e-4)
    assert found[3.0].indoor and found[3.0].ceiling_m == pytest.approx(2.5, abs=1e-4)
    assert not found[5.6].indoor and np.isinf(found[5.6].ceiling_m)


def test_a_floor_that_lies_askew_is_turned_to_fit() -> None:
    corners = box((-6, -1.5, -0.2), (6, 1.5, 0.0)).reshape(-1, 3)
    turn = np.radians(30)
    rotation = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    triangles = np.arange(len(corners), dtype=np.int32).reshape(-1, 3)
    assert best_turn(corners, triangles) == 0.0
    assert np.degrees(best_turn(corners @ rotation.T, triangles)) == pytest.approx(60)


def test_inside_a_closed_block_nobody_walks() -> None:
    """The hollow of a block that stands on the ground is level and high enough, but all its walls show their backs."""
    place = solid(box((-20, -20, -0.2), (20, 20, 0.0)), box((-4, -4, -0.1), (4, 4, 5.0)))
    spots = find_spots(place, find_rectangles(place), [])
    assert spots and all(max(abs(spot.centre[0]), abs(spot.centre[1])) > 4 or spot.centre[2] > 4 for spot in spots)


def test_a_room_that_faces_outwards_is_noticed() -> None:
    """A box seen from within; turned inside out it has one spot with four walls and a ceiling."""
    room = solid(box((-4, -3, 0.0), (4, 3, 2.7)))
    within = [r for r in find_rectangles(room) if r.z < 1]
    assert faces_look_away(room, within)
    turned = Solid(room.points, room.triangles[:, ::-1])
    assert not faces_look_away(turned, within)
    (spot,) = find_spots(turned, within, [np.array([1.0, 1.0, 2.2]), np.array([1.0, 1.0, 3.2])])
    assert sorted(offset for _, offset in spot.walls) == pytest.approx([-4, -4, -3, -3], abs=2 * _CELL_M)
    assert spot.level and spot.indoor and spot.ceiling_m == pytest.approx(2.7)
    (lamp,) = spot.lamps  # the other one is above the ceiling
    assert np.add(lamp, spot.centre) == pytest.approx([1.0, 1.0, 2.2])
    points = np.array(spot.backdrop) + spot.centre
    assert (np.abs(points) <= np.array([4, 3, 2.7]) + 1e-4).all() and len(points) > 100


# ------------------------------------------------------------------ files
@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Prepared, Path]:
    folder = tmp_path_factory.mktemp("house")
    file = save_house(folder / "house.blend", script=folder / "the_script_ran")
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return prepare(file, "scene", sha256=sha256, cache=folder / "cache"), folder


def test_a_house_is_imported_in_metres_with_its_room_its_gallery_and_its_garden(house: tuple[Prepared, Path]) -> None:
    made, _ = house
    assert np.ptp(np.array(made.bounds_m), axis=0) == pytest.approx([40, 40, ROOM[2] + 0.6], abs=1e-3)
    indoors = sorted((spot for spot in made.spots if spot.indoor), key=lambda spot: spot.centre[2])
    room, gallery = indoors[0], indoors[-1]
    assert gallery.centre[2] - room.centre[2] == pytest.approx(GALLERY_M, abs=1e-4)
    assert any(not spot.indoor and spot.ceiling_m is None for spot in made.spots)
    assert len(room.walls) >= 3 and len(room.lamps) == 1  # the other lamp hangs over the gallery
    low, high = (np.array(room.centre[:2]) + s * np.array([room.half_width, room.half_depth]) for s in (-1, 1))
    sofa, table = np.array([-3.45, 0.5]), np.array([0.2, 3.1])
    assert low[0] > sofa[0] - 1e-6 and (high[1] < table[1] or low[0] > 1.1)


def test_scripts_of_a_place_never_run_and_what_moves_is_frozen(house: tuple[Prepared, Path]) -> None:
    made, folder = house
    assert not (folder / "the_script_ran").exists()
    assert "it moves: stands as in frame 1" in made.repairs
    with bpy.data.libraries.load(str(made.blend)) as (stored, _):
        assert stored.objects == ["asset"] and not (stored.lights or stored.cameras or stored.worlds or stored.texts)
        assert not stored.actions


def test_a_place_without_free_floor_is_quarantined_with_its_size(tmp_path: Path) -> None:
    ramp = tmp_path / "ramp.obj"
    corners = [(x, (x + 6) / 3, z) for x in (-6, 0, 6) for z in (-5, 0, 5)]  # y up
    quads = [(3 * i + j + 1, 3 * i + j + 2, 3 * i + j + 5, 3 * i + j + 4) for i in (0, 1) for j in (0, 1)]
    lines = [f"v {x} {y} {z}" for x, y, z in corners] + ["f " + " ".join(map(str, quad)) for quad in quads]
    ramp.write_text("\n".join(lines))
    with pytest.raises(QuarantinedError, match=r"no level floor .* it is 12 x 10 x 4 m large"):
        prepare(ramp, "scene", sha256="0" * 64, cache=tmp_path / "cache")
