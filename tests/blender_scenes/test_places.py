"""Built places: free in the middle, flat where promised, repeatable and light enough."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from viewlock.blender_scenes.places import build_place, standing
from viewlock.blender_scenes.surfaces import Model
from viewlock.blender_scenes.textures import PAINTERS
from viewlock.generator.furnishing import spots
from viewlock.generator.places import INDOOR, PLACES, stage

KINDS = sorted(PLACES)
SEEDS = range(4)


@cache
def _place(kind: str, seed: int):
    params = PLACES[kind](np.random.default_rng(seed))
    return stage(kind, params), build_place(kind, params)


def _clipped(polygon: NDArray[np.float64], axis: int, limit: float, sign: float) -> NDArray[np.float64]:
    """The part of a convex polygon where sign * coordinate <= sign * limit."""
    side = sign * (polygon[:, axis] - limit)
    kept = []
    for k in range(len(polygon)):
        j = (k + 1) % len(polygon)
        if side[k] <= 0:
            kept.append(polygon[k])
        if (side[k] < 0 < side[j]) or (side[j] < 0 < side[k]):
            share = side[k] / (side[k] - side[j])
            kept.append(polygon[k] + share * (polygon[j] - polygon[k]))
    return np.array(kept).reshape(-1, 3)


def _reaches_into(model: Model, low: NDArray[np.float64], high: NDArray[np.float64]) -> bool:
    """Whether any face has a part inside a box."""
    corners = model.mesh.vertices[model.mesh.faces]
    near = ((corners.min(axis=1) < high) & (corners.max(axis=1) > low)).all(axis=1)
    for face in corners[near]:
        polygon = face
        for axis in range(3):
            for limit, sign in ((low[axis], -1.0), (high[axis], 1.0)):
                polygon = _clipped(polygon, axis, limit, sign) if len(polygon) else polygon
        if len(polygon):
            return True
    return False


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", KINDS)
def test_free_rectangle_is_free(kind: str, seed: int) -> None:
    made, parts = _place(kind, seed)
    low = np.array([-made.half_width, -made.half_depth, 0.02])
    high = np.array([made.half_width, made.half_depth, 2.5])
    assert [name for name, model in parts if _reaches_into(model, low, high)] == []


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", KINDS)
def test_ground_lies_under_the_free_rectangle(kind: str, seed: int) -> None:
    made, parts = _place(kind, seed)
    models = dict(parts)
    names = [n for n, normal, d in made.planes if normal == (0.0, 0.0, 1.0) and d == 0.0]
    vertices = np.concatenate([models[n].mesh.vertices for n in names])
    assert np.abs(vertices[:, 2]).max() == 0
    assert (vertices[:, :2].max(axis=0) >= [made.half_width, made.half_depth]).all()
    assert (vertices[:, :2].min(axis=0) <= [-made.half_width, -made.half_depth]).all()
    if not made.indoor:
        everything = np.concatenate([m.mesh.vertices for _, m in parts])
        assert np.hypot(everything[:, 0], everything[:, 1]).max() > 60


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", KINDS)
def test_planes_are_parts_that_lie_in_them_and_face_along_their_normals(kind: str, seed: int) -> None:
    made, parts = _place(kind, seed)
    models = dict(parts)
    for name, normal, offset in made.planes:
        mesh = models[name].mesh
        np.testing.assert_allclose(mesh.vertices @ np.array(normal), offset, atol=1e-9)
        p = mesh.vertices[mesh.faces]
        across = np.cross(p[:, 1] - p[:, 0], p[:, 2] - p[:, 0])
        assert (across @ np.array(normal) > 0).all(), name


@pytest.mark.parametrize("kind", KINDS)
def test_models_are_sound(kind: str) -> None:
    _, parts = _place(kind, 1)
    assert len({name for name, _ in parts}) == len(parts)
    triangles = sum(len(m.mesh.faces) + int((m.mesh.faces[:, 3] != m.mesh.faces[:, 2]).sum()) for _, m in parts)
    assert triangles < 600_000
    assert len({s for _, m in parts for s in m.surfaces}) < 110
    for name, model in parts:
        mesh = model.mesh
        assert np.isfinite(mesh.vertices).all() and np.isfinite(mesh.uvs).all(), name
        assert mesh.faces.min() >= 0 and mesh.faces.max() < len(mesh.vertices)
        assert mesh.uvs.shape == (len(mesh.faces), 4, 2)
        assert mesh.materials.min() >= 0 and mesh.materials.max() < len(model.surfaces)
        assert all(s.texture == "plain" or s.texture in PAINTERS for s in model.surfaces)


@pytest.mark.parametrize("kind", KINDS)
def test_repeatable(kind: str) -> None:
    params = PLACES[kind](np.random.default_rng(1))
    for (name, model), (again, other) in zip(_place(kind, 1)[1], build_place(kind, params), strict=True):
        assert name == again and model.surfaces == other.surfaces
        np.testing.assert_array_equal(model.mesh.vertices, other.mesh.vertices)
        np.testing.assert_array_equal(model.mesh.uvs, other.mesh.uvs)


@pytest.mark.parametrize("kind", KINDS)
def test_backdrop_points_are_near_what_is_built(kind: str) -> None:
    made, parts = _place(kind, 1)
    centres = np.concatenate([m.mesh.vertices[m.mesh.faces].mean(axis=1) for _, m in parts])
    reach = np.concatenate([np.ptp(m.mesh.vertices[m.mesh.faces], axis=1).max(axis=1) for _, m in parts])
    for point in made.backdrop:
        assert (np.linalg.norm(centres - point, axis=1) < reach + 0.6).any(), point


@pytest.mark.parametrize("kind", INDOOR)
def test_windows_are_open(kind: str) -> None:
    made, parts = _place(kind, 2)
    models = dict(parts)
    for centre, normal, _, _ in made.windows:
        wall = next(n for n, m, d in made.planes if m == normal and n.startswith("wall"))
        p = models[wall].mesh.vertices[models[wall].mesh.faces]
        inside = (p.min(axis=1) < np.array(centre) + 1e-6) & (p.max(axis=1) > np.array(centre) - 1e-6)
        assert not inside.all(axis=1).any()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_there_twice(kind: str) -> None:
    for seed in SEEDS:
        corners = np.concatenate([model.mesh.vertices[model.mesh.faces] for _, model in _place(kind, seed)[1]])
        across = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1]) / 2
        area = np.linalg.norm(across, axis=1)
        large = area > 4e-4
        where, area, facing = np.rint(1000 * corners[large]), area[large], np.rint(across[large] / area[large, None])
        order = np.lexsort(np.moveaxis(where, -1, 0), axis=-1)  # of a face's corners
        faces = np.c_[np.take_along_axis(where, order[..., None], axis=1).reshape(-1, 12), facing]
        _, which, counts = np.unique(faces, axis=0, return_inverse=True, return_counts=True)
        assert area[counts[which.ravel()] > 1].sum() < 0.1, seed


_THROUGH = {"lamp", "parasol", "pole", "mast", "crane", "harbour_crane"}
"""Under these one may stand."""

_SOFT = {"fern", "bush", "rock", "tree", "far_tree", "street_tree", "trunk", "far_trunk"}
"""These may grow over one another, over a hedge and over what lies on the ground of a wood."""


@pytest.mark.parametrize("kind", sorted(set(PLACES) - set(INDOOR)))
def test_things_do_not_stand_in_one_another(kind: str) -> None:
    @cache
    def reach(name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        spot = next(spot for spot in found if spot.kind == name)
        make = standing._MAKERS.get(name) or (
            lambda rng, _: standing._SHAPES[name][2](rng, standing._SHAPES[name][1], 0)
        )
        corners = np.concatenate([mesh.vertices for mesh, _ in make(np.random.default_rng(1), spot)])
        return corners.min(axis=0)[:2] + 0.1, corners.max(axis=0)[:2] - 0.1

    for seed in range(12):
        found = spots(kind, PLACES[kind](np.random.default_rng(seed)))
        for one in (spot for spot in found if spot.kind not in _THROUGH | _SOFT):
            low, high = reach(one.kind)
            for other in found:
                soft = other.kind in _SOFT and one.kind in {"log", "stump", "hedge"}
                if other is not one and not soft:
                    away = complex(other.x - one.x, other.y - one.y) * np.exp(-1j * np.radians(one.turn))
                    inside = (low < [away.real, away.imag]).all() and ([away.real, away.imag] < high).all()
                    assert not inside, (seed, one.kind, other.kind)
