"""Which way is up in an OBJ or PLY file that nobody has said anything about."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("bpy", reason="needs Blender: pip install 'viewlock[render]'")

from viewlock.blender_scenes.importers.uprightness import stands_better, tilt
from viewlock.blender_scenes.objects import OBJECTS

X, Y, Z = range(3)
_CUBE = np.array([(0, 1, 3), (0, 3, 2), (4, 6, 7), (4, 7, 5), (0, 4, 5), (0, 5, 1), (2, 3, 7), (2, 7, 6), (0, 2, 6),
                  (0, 6, 4), (1, 5, 7), (1, 7, 3)])  # fmt: skip


def cuboid(x: float, y: float, z: float) -> tuple[np.ndarray, np.ndarray]:
    corners = np.array([(a, b, c) for a in (0, x) for b in (0, y) for c in (0, z)], float)
    return corners + [3.0, -7.0, 2.0], _CUBE


def bottle(axis: int, segments: int = 32) -> tuple[np.ndarray, np.ndarray]:
    """A closed cylinder 3 cm in radius and 20 cm long."""
    turn = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    ring = np.column_stack([0.03 * np.cos(turn), 0.03 * np.sin(turn)])
    points = np.concatenate(
        [np.c_[ring, np.zeros(segments)], np.c_[ring, np.full(segments, 0.2)], [[0, 0, 0], [0, 0, 0.2]]]
    )
    k, n = np.arange(segments), (np.arange(segments) + 1) % segments
    sides = [np.c_[k, n, n + segments], np.c_[k, n + segments, k + segments]]
    ends = [
        np.c_[n, k, np.full(segments, 2 * segments)],
        np.c_[k + segments, n + segments, np.full(segments, 2 * segments + 1)],
    ]
    return np.roll(points, axis - Z, axis=1), np.concatenate([*sides, *ends])


def test_how_far_a_block_can_be_tilted() -> None:
    """Until its middle is over its nearest edge."""
    for up in (X, Y, Z):
        assert np.degrees(tilt(*cuboid(1, 1, 1), up)) == pytest.approx(45, abs=1e-3)
    assert tilt(*cuboid(2, 4, 6), Z) == pytest.approx(np.arctan2(1, 3), abs=1e-5)
    assert tilt(*cuboid(2, 4, 6), X) == pytest.approx(np.arctan2(2, 1), abs=1e-5)


def test_what_stands_on_a_point_falls() -> None:
    pyramid = (
        np.array([(0, 0, 0), (1, 0, 1), (0, 1, 1), (-1, -1, 1)], float),
        np.array([(0, 1, 2), (0, 2, 3), (0, 3, 1), (1, 3, 2)]),
    )
    assert tilt(*pyramid, Z) == 0.0
    assert tilt(pyramid[0] * [1, 1, -1], pyramid[1], Z) > 0.5


def test_bottles_stand_and_blocks_stay_as_they_are() -> None:
    assert stands_better(*bottle(Z), Y, Z) and stands_better(*bottle(Y), Z, Y)
    assert not stands_better(*bottle(Y), Y, Z) and not stands_better(*bottle(Z), Z, Y)
    assert not stands_better(*cuboid(0.2, 0.3, 0.04), Y, Z)  # a book may stand
    assert not stands_better(*cuboid(0.2, 0.04, 0.3), Y, Z)


def test_of_our_own_things_most_are_found_and_hardly_any_is_spoilt() -> None:
    """Read as an OBJ is by custom: those that are z up in their file, and those that are y up."""
    found = spoilt = 0
    builders = list(OBJECTS.values())[::4]
    for build in builders:
        mesh = build().mesh
        triangles = np.concatenate([mesh.faces[:, :3], mesh.faces[:, [0, 2, 3]]])
        triangles = triangles[(triangles[:, 0] != triangles[:, 2]) & (triangles[:, 1] != triangles[:, 2])]
        found += stands_better(mesh.vertices, triangles, Y, Z)
        spoilt += stands_better(mesh.vertices[:, [0, 2, 1]] * [1, 1, -1], triangles, Y, Z)
    print(f"z up found {found}, y up spoilt {spoilt}, of {len(builders)}")
    assert found > 0.6 * len(builders) and spoilt < 0.05 * len(builders)
