"""Hair on heads that have a closed form."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("bpy", reason="needs Blender: pip install 'viewlock[render]'")

from viewlock.blender_scenes.importers.hair import MeasuredHead, hair_of, is_round, long_hair, measure_head
from viewlock.blender_scenes.meshes import stack_rings

RADIUS, MIDDLE = 0.1, np.array([0.02, -0.01, 1.6])


def turned(radii: np.ndarray, heights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points and triangles of a body of revolution about the middle."""
    turn = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    mesh = stack_rings(
        [np.c_[r * np.cos(turn), r * np.sin(turn), np.full(96, h)] for r, h in zip(radii, heights, strict=True)]
    )
    faces = np.concatenate([mesh.faces[:, :3], mesh.faces[:, [0, 2, 3]]])
    return mesh.vertices + MIDDLE, faces[(faces[:, 0] != faces[:, 2]) & (faces[:, 1] != faces[:, 2])].astype(np.int32)


def ball() -> tuple[np.ndarray, np.ndarray]:
    polar = np.linspace(-np.pi / 2 + 0.01, np.pi / 2 - 0.01, 60)
    return turned(RADIUS * np.cos(polar), RADIUS * np.sin(polar))


def measured(points: np.ndarray, triangles: np.ndarray, joint_z: float = -np.inf) -> MeasuredHead | str:
    return measure_head(points, triangles, np.ones(len(points), bool), joint_z)


def test_a_ball_is_measured_and_covered_above_its_hairline() -> None:
    head = measured(*ball())
    assert isinstance(head, MeasuredHead) and is_round(head) and long_hair(head) is None
    np.testing.assert_allclose(head.axis, MIDDLE[:2], atol=1e-3)
    np.testing.assert_allclose(head.reach(0.75, np.linspace(0, 6, 9)), RADIUS * np.sqrt(0.75), atol=1e-3)
    points = hair_of(head, "short").vertices - MIDDLE
    out = np.linalg.norm(points, axis=1) - RADIUS
    level = (points[:, 2] + RADIUS) / (2 * RADIUS)
    front = np.abs(np.arctan2(points[:, 0], -points[:, 1])) < 0.3
    assert (out[front & (level < 0.7)] < 0).all()  # a face
    behind = np.abs(np.arctan2(points[:, 0], -points[:, 1])) > 2.5
    assert (out[behind & (level > 0.3)] > 0.001).all() and out.max() < 0.03


def test_a_pillar_wears_long_hair_but_on_its_face() -> None:
    """As wide at the jaw as above: what is painted leaves out the front below the fringe."""
    points, triangles = turned(np.full(30, RADIUS), np.linspace(-0.11, 0.11, 30))
    head = measured(points, triangles)
    assert isinstance(head, MeasuredHead)
    painted = long_hair(head)
    assert painted is not None
    middle = points[triangles].mean(axis=1) - MIDDLE
    away = np.abs(np.arctan2(middle[:, 0], -middle[:, 1]))
    assert not painted[(away < 0.5) & (middle[:, 2] < 0.03)].any()
    assert painted[(away > 1.1) & (middle[:, 2] > -0.1)].all() and painted[middle[:, 2] > 0.06].all()


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ((ball()[0] * [1, 1, 3], ball()[1]), "times as high as wide"),
        ((np.zeros((8, 3)), np.zeros((0, 3), np.int32)), "has only 8 vertices"),
    ],
)
def test_what_is_no_head_gets_no_hair(head: tuple, why: str) -> None:
    found = measured(*head)
    assert isinstance(found, str) and why in found


def test_horns_are_not_covered() -> None:
    points, triangles = ball()
    far = points.copy()
    far[np.abs(points[:, 0] - MIDDLE[0]) > 0.085, 0] *= 9
    head = measured(far, triangles)
    assert isinstance(head, str) or not is_round(head)
