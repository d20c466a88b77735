"""Every object is sound, stands where it should, and looks like no other."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
import pytest

from viewlock.blender_scenes.meshes import Mesh
from viewlock.blender_scenes.objects import CATEGORY, OBJECTS
from viewlock.blender_scenes.surfaces import Model

NAMES = sorted(OBJECTS)
GRID = 32


@cache
def built(name: str) -> Model:
    return OBJECTS[name]()


def triangles(mesh: Mesh) -> np.ndarray:
    """(T, 3) vertex indices of all triangles, quads split."""
    quads = mesh.faces[mesh.faces[:, 3] != mesh.faces[:, 2]]
    return np.concatenate([mesh.faces[:, :3], quads[:, [0, 2, 3]]])


def part_volumes(mesh: Mesh) -> np.ndarray:
    """Signed volume of every connected piece that is closed."""
    welded = np.unique(np.round(mesh.vertices, 7), axis=0, return_inverse=True)[1].ravel()
    corners = triangles(mesh)
    faces = welded[corners]
    solid = (faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2]) & (faces[:, 2] != faces[:, 0])
    corners, faces = corners[solid], faces[solid]
    label = np.arange(welded.max() + 1)
    while True:
        lowest = label[faces].min(axis=1)
        fresh = label.copy()
        for side in range(3):
            np.minimum.at(fresh, faces[:, side], lowest)
        fresh = fresh[fresh]
        if (fresh == label).all():
            break
        label = fresh
    a, b, c = (mesh.vertices[corners[:, i]] for i in range(3))
    piece = np.unique(label[faces[:, 0]], return_inverse=True)[1].ravel()
    volumes = np.bincount(piece, np.einsum("ij,ij->i", a, np.cross(b, c)) / 6)
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    there, back = edges @ [len(label), 1], edges @ [1, len(label)]
    lonely = np.bincount(np.tile(piece, 3), ~np.isin(there, back))
    return volumes[lonely == 0]


def silhouette(mesh: Mesh, axis: int) -> np.ndarray:
    """(GRID, GRID) bool: which cells a view along an axis sees filled, the object scaled to fit."""
    others = [i for i in range(3) if i != axis]
    low, high = mesh.bounds()
    flat = (mesh.vertices - (low + high) / 2)[:, others] / (high - low).max() * (GRID - 1) + GRID / 2
    # Points strewn over every triangle, closer together than a cell, instead of a rasteriser.
    a, b, c = (flat[triangles(mesh)[:, i]] for i in range(3))
    edge = np.maximum(np.linalg.norm(b - a, axis=1), np.linalg.norm(c - a, axis=1)).max()
    filled = np.zeros((GRID, GRID), bool)
    for u in np.linspace(0, 1, int(2 * edge) + 2):
        for v in np.linspace(0, 1 - u, int(2 * edge * (1 - u)) + 2):
            cell = np.floor(a + u * (b - a) + v * (c - a)).astype(int).clip(0, GRID - 1)
            filled[cell[:, 0], cell[:, 1]] = True
    return filled


def test_shelf_is_wide_enough() -> None:
    assert len(OBJECTS) >= 42
    assert set(CATEGORY) == set(OBJECTS)
    assert len(set(CATEGORY.values())) >= 10


@pytest.mark.parametrize("name", NAMES)
def test_mesh_is_sound(name: str) -> None:
    mesh = built(name).mesh
    assert 300 <= len(mesh.faces) <= 8000
    assert np.isfinite(mesh.vertices).all()
    assert np.isfinite(mesh.uvs).all()
    assert mesh.faces.min() >= 0
    assert mesh.faces.max() < len(mesh.vertices)
    assert mesh.uvs.shape == (len(mesh.faces), 4, 2)
    assert len(mesh.materials) == len(mesh.smooth) == len(mesh.faces)
    a, b, c, d = (mesh.vertices[mesh.faces[:, i]] for i in range(4))
    areas = np.linalg.norm(np.cross(c - a, d - b), axis=1) + np.linalg.norm(np.cross(b - a, c - a), axis=1)
    assert (areas > 1e-12).all()


@pytest.mark.parametrize("name", NAMES)
def test_stands_on_the_floor_in_the_middle(name: str) -> None:
    low, high = built(name).mesh.bounds()
    assert abs(low[2]) < 1e-3
    assert np.abs((low + high)[:2] / 2).max() < 1e-3
    assert (high - low).max() <= 3.0
    assert (high - low).min() >= 0.15


@pytest.mark.parametrize("name", NAMES)
def test_every_surface_is_there_and_used(name: str) -> None:
    model = built(name)
    assert set(model.mesh.materials) == set(range(len(model.surfaces)))
    assert len(model.surfaces) >= 2
    assert any(s.texture != "plain" for s in model.surfaces)
    for surface in model.surfaces:
        assert surface.size_m > 0
        assert 0 <= np.min(surface.colours) <= np.max(surface.colours) <= 1


@pytest.mark.parametrize("name", NAMES)
def test_closed_parts_face_outwards(name: str) -> None:
    volumes = part_volumes(built(name).mesh)
    assert len(volumes) > 0
    assert (volumes > 0).all()


@pytest.mark.parametrize("name", ["chair", "fern", "guitar"])
def test_builders_are_deterministic(name: str) -> None:
    first, second = OBJECTS[name](), OBJECTS[name]()
    assert np.array_equal(first.mesh.vertices, second.mesh.vertices)
    assert first.surfaces == second.surfaces


def test_no_two_objects_share_a_silhouette() -> None:
    shapes = {name: np.stack([silhouette(built(name).mesh, axis) for axis in (1, 0)]) for name in NAMES}
    for one, other in combinations(NAMES, 2):
        both, either = shapes[one] & shapes[other], shapes[one] | shapes[other]
        assert both.sum() / either.sum() < 0.97, f"{one} looks like {other}"
