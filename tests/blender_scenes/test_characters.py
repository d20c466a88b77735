"""Figures are well-formed and Blender poses them as numpy does."""

import numpy as np
import pytest

from viewlock.blender_scenes.people.bodies import figure
from viewlock.generator.appearance import CHARACTERS
from viewlock.generator.motions import CharacterMotion, pose

POSES = [
    CharacterMotion(start_xy=(1.0, -2.0), heading_rad=0.6, curvature_per_m=0.3),
    CharacterMotion(gait="run", speed_mps=3.0, phase=0.4),
    CharacterMotion(gait="stand", gesture="wave", gesture_side="l"),
]


@pytest.mark.parametrize("name", CHARACTERS)
def test_figures_are_well_formed(name: str) -> None:
    made = figure(CHARACTERS[name])
    mesh, weights = made.model.mesh, made.weights
    assert weights.shape == (len(mesh.vertices), len(made.skeleton.names))
    np.testing.assert_allclose(weights.sum(axis=1), 1.0, atol=1e-9)
    assert weights.min() >= 0
    assert (weights > 0).sum(axis=1).max() <= 4
    assert np.isfinite(mesh.vertices).all()
    assert np.isfinite(mesh.uvs).all()
    assert mesh.faces.max() < len(mesh.vertices)
    assert mesh.materials.max() < len(made.model.surfaces)
    low, high = mesh.bounds()
    assert low[2] == pytest.approx(0.0, abs=1e-6)
    assert CHARACTERS[name].height_m - 0.01 < high[2] < CHARACTERS[name].height_m + 0.12
    assert 4000 < len(mesh.faces) < 19000


def test_people_differ() -> None:
    assert len(CHARACTERS) >= 14
    assert len({a.height_m for a in CHARACTERS.values()}) > 10
    assert sum(a.height_m < 1.3 for a in CHARACTERS.values()) == 2


@pytest.mark.parametrize("name", ["gina", "hugo"])
def test_blender_agrees_with_numpy(name: str) -> None:
    bpy = pytest.importorskip("bpy")
    from viewlock.blender_scenes.people.characters import add_character, apply_pose, skinned

    bpy.ops.wm.read_factory_settings(use_empty=True)
    made = figure(CHARACTERS[name])
    character = add_character(name, made)
    for motion in POSES:
        skin = pose(motion, made.skeleton, 0.37).skin
        apply_pose(character, skin)
        graph = bpy.context.evaluated_depsgraph_get()
        graph.update()
        evaluated = character.mesh.evaluated_get(graph)
        shape = evaluated.to_mesh()
        found = np.zeros(3 * len(shape.vertices), np.float32)
        shape.vertices.foreach_get("co", found)
        evaluated.to_mesh_clear()
        placed = found.reshape(-1, 3) @ np.array(character.mesh.matrix_world)[:3, :3].T
        np.testing.assert_allclose(placed, skinned(made, skin), atol=1e-4)


def test_shoes_stay_planted() -> None:
    made = figure(CHARACTERS["ben"])
    from viewlock.blender_scenes.people.characters import skinned

    motion = CharacterMotion(speed_mps=1.3, curvature_per_m=0.3)
    soles = np.flatnonzero((made.model.mesh.vertices[:, 2] < 1e-6) & (made.model.mesh.vertices[:, 0] > 0))
    # The left sole is flat from 9 % to 34 % of the cycle of about one second.
    tracks = np.stack([skinned(made, pose(motion, made.skeleton, t).skin)[soles] for t in np.linspace(0.12, 0.32, 9)])
    assert len(soles) > 20
    assert np.ptp(tracks, axis=0).max() < 0.002
    np.testing.assert_allclose(tracks[..., 2], 0.0, atol=0.002)
