"""Rooms and their clutter: light enough, furnished on every side, printed sheets cut where they should be."""

from __future__ import annotations

import numpy as np
import pytest

from viewlock.blender_scenes.places import build_place
from viewlock.blender_scenes.places.clutter import boxes, copies, placard, printed_boxes
from viewlock.blender_scenes.textures.printed import CELLS
from viewlock.generator.interiors import INTERIORS
from viewlock.generator.layouts import walls

KINDS = sorted(INTERIORS)
STRUCTURE = ("floor", "ceiling", "outside", "trim", "wall_")


@pytest.mark.parametrize("kind", KINDS)
def test_every_wall_is_furnished_and_the_room_is_light_enough(kind: str) -> None:
    params = INTERIORS[kind].draw(np.random.default_rng(6))
    parts = build_place(kind, params)
    faces = np.concatenate([m.mesh.faces for _, m in parts])
    assert len(faces) + (faces[:, 3] != faces[:, 2]).sum() < 300_000
    things = [m.mesh.vertices[m.mesh.faces].mean(axis=1) for n, m in parts if not n.startswith(STRUCTURE)]
    centres = np.concatenate(things)
    for wall in walls(kind, params):
        out = centres @ np.array(wall.normal()) - wall.offset()
        along = (centres - [wall.x, wall.y, 0])[:, :2] @ [np.cos(np.radians(wall.turn)), np.sin(np.radians(wall.turn))]
        near = along[(out > 0) & (out < 1.2) & (np.abs(along) < wall.length / 2)]
        filled, edges = np.histogram(near, bins=6, range=(-wall.length / 2, wall.length / 2))
        # A door leaf is few faces and needs nothing before it.
        doors = [
            (h.at - h.width / 2 < edges[1:]) & (h.at + h.width / 2 > edges[:-1]) for h in wall.holes if h.sill == 0
        ]
        assert ((filled > 10) | np.any(doors, axis=0)).all(), (wall.name, filled)


@pytest.mark.parametrize("kind", KINDS)
def test_two_draws_are_furnished_differently(kind: str) -> None:
    first, second = (build_place(kind, INTERIORS[kind].draw(np.random.default_rng(seed))) for seed in (1, 2))
    sizes = [{name: len(model.mesh.faces) for name, model in parts} for parts in (first, second)]
    assert sizes[0] != sizes[1]


def test_boxes_face_outwards_and_measure_metres() -> None:
    mesh = boxes(np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, 2.0, 4.0]]))
    corners = mesh.vertices[mesh.faces]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    assert (np.einsum("ij,ij->i", across, corners.mean(axis=1) - [1.5, 3.0, 5.0]) > 0).all()
    np.testing.assert_allclose(mesh.uvs[0].max(axis=0), [1.0, 4.0])
    np.testing.assert_allclose(mesh.vertices.min(axis=0), [1, 2, 3])
    np.testing.assert_allclose(mesh.vertices.max(axis=0), [2, 4, 7])


@pytest.mark.parametrize("name", ["spines", "packages", "posters"])
def test_printed_things_stay_in_their_cell(name: str) -> None:
    columns, rows = CELLS[name]
    which = np.arange(columns * rows)
    mesh = printed_boxes(np.zeros((len(which), 3)), np.ones((len(which), 3)), which, name)
    cells = mesh.uvs.reshape(len(which), -1, 2) * [columns, rows]
    assert (np.floor(cells[..., 0]) == (which % columns)[:, None]).all()
    assert (np.floor(cells[..., 1]) == (rows - 1 - which // columns)[:, None]).all()


def test_a_placard_shows_the_whole_of_its_cell() -> None:
    span = np.ptp(placard(1.0, 1.4, 5).uvs.reshape(-1, 2), axis=0) * CELLS["posters"]
    assert (span > 0.9).all() and (span < 1.0).all()


def test_copies_stand_where_asked() -> None:
    unit = boxes(np.array([[-0.5, -0.5, 0.0]]), np.ones((1, 3)))
    at = np.array([[3.0, 0, 0], [0, 5.0, 1.0]])
    made = copies(unit, at, np.array([0.0, 90.0]), np.array([1.0, 2.0]))
    halves = made.vertices.reshape(2, -1, 3)
    np.testing.assert_allclose(halves.mean(axis=1), at + [[0, 0, 0.5], [0, 0, 1.0]], atol=1e-12)
    np.testing.assert_allclose(np.ptp(halves, axis=1), [[1, 1, 1], [2, 2, 2]], atol=1e-12)
