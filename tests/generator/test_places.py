"""Stages: sound numbers for many drawn parameters."""

from __future__ import annotations

import json

import numpy as np
import pytest

from viewlock.generator.furnishing import spots
from viewlock.generator.landscapes import ground_height, walls
from viewlock.generator.places import INDOOR, PLACES, stage

KINDS = sorted(PLACES)
SEEDS = range(12)


def _drawn(kind: str, seed: int) -> dict[str, float | int | str]:
    return PLACES[kind](np.random.default_rng(seed))


@pytest.mark.parametrize("kind", KINDS)
def test_parameters_are_json_and_repeatable(kind: str) -> None:
    for seed in SEEDS:
        params = _drawn(kind, seed)
        assert json.loads(json.dumps(params)) == params
        assert params == _drawn(kind, seed)
    assert _drawn(kind, 0) != _drawn(kind, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_stage_survives_a_round_trip_through_json(kind: str) -> None:
    params = _drawn(kind, 5)
    first, second = stage(kind, params), stage(kind, json.loads(json.dumps(params)))
    np.testing.assert_array_equal(first.backdrop, second.backdrop)
    assert first.planes == second.planes and first.lamps == second.lamps and first.windows == second.windows


@pytest.mark.parametrize("kind", KINDS)
def test_stage_numbers(kind: str) -> None:
    for seed in SEEDS:
        made = stage(kind, _drawn(kind, seed))
        assert made.half_width > 1.8 and made.half_depth > 1.8
        assert made.backdrop.shape[1] == 3 and 150 <= len(made.backdrop) <= 400
        assert np.isfinite(made.backdrop).all()
        assert made.indoor == (kind in INDOOR) == bool(np.isfinite(made.ceiling))
        for _, normal, _ in made.planes:
            assert np.linalg.norm(normal) == pytest.approx(1.0)
        names = [name for name, _, _ in made.planes]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("kind", KINDS)
def test_planes_face_the_free_rectangle(kind: str) -> None:
    for seed in SEEDS:
        made = stage(kind, _drawn(kind, seed))
        eye = np.array([0.0, 0.0, 1.6])
        for name, normal, offset in made.planes:
            assert np.dot(normal, eye) > offset, name
            if not name.startswith(("end_", "front_")):
                continue
            for x in (-made.half_width, made.half_width):
                for y in (-made.half_depth, made.half_depth):
                    assert np.dot(normal, [x, y, 1.0]) > offset + 1.0


@pytest.mark.parametrize("kind", INDOOR)
def test_windows_and_lamps_lie_inside_the_room(kind: str) -> None:
    for seed in SEEDS:
        params = _drawn(kind, seed)
        made = stage(kind, params)
        assert made.windows and made.lamps
        half = np.array([float(params["width"]), float(params["depth"])]) / 2
        for centre, normal, width, height in made.windows:
            assert (np.abs(centre[:2]) <= half + 1e-9).all()
            assert centre[2] - height / 2 > 0.3 and centre[2] + height / 2 < made.ceiling
            assert np.dot(normal, centre) < 0 < width
        for lamp in made.lamps:
            assert (np.abs(lamp[:2]) < half).all() and 2.0 < lamp[2] < made.ceiling
        for wall in walls(kind, params):
            for hole in wall.holes:
                assert abs(hole.at) + hole.width / 2 < wall.length / 2


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in INDOOR])
def test_ground_is_flat_and_clear_in_the_middle(kind: str) -> None:
    for seed in SEEDS:
        params = _drawn(kind, seed)
        made = stage(kind, params)
        x, y = np.meshgrid(*(np.linspace(-h - 2, h + 2, 21) for h in (made.half_width, made.half_depth)))
        np.testing.assert_array_equal(ground_height(kind, params, x, y), 0)
        for spot in spots(kind, params):
            assert abs(spot.x) > made.half_width or abs(spot.y) > made.half_depth, spot


def test_nothing_grows_through_farm_buildings() -> None:
    reach = {"tree": 2.0, "bush": 0.5, "bale": 0.5, "pole": 0.2}
    seen = 0
    for seed in range(60):
        found = spots("farm", _drawn("farm", seed))
        for building in (spot for spot in found if spot.kind in ("barn", "farmhouse")):
            half = building.size * (np.array([7.0, 4.5]) if building.kind == "barn" else np.array([5.5, 3.5]))
            turn = np.exp(-1j * np.radians(building.turn))
            for spot in found:
                if spot.kind in reach:
                    local = (complex(spot.x, spot.y) - complex(building.x, building.y)) * turn
                    nearest = np.clip([local.real, local.imag], -half, half)
                    assert np.hypot(local.real - nearest[0], local.imag - nearest[1]) > reach[spot.kind], (seed, spot)
                    seen += 1
    assert seen > 1000
