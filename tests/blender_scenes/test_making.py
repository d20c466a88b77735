"""Fast ways to make meshes, skies and Blender's data against slow and plain ones."""

from __future__ import annotations

import bpy
import numpy as np
import pytest

from viewlock.blender_scenes import skies
from viewlock.blender_scenes.materials import bpy_mesh, material
from viewlock.blender_scenes.meshes import Mesh, ball, box, join, plane, stack_rings, tube
from viewlock.blender_scenes.surfaces import Surface
from viewlock.blender_scenes.textures import tiff
from viewlock.blender_scenes.textures.cache import PIXELS, colour_file, height_file

RNG = np.random.default_rng(5)


# ------------------------------------------------------------------ meshes
@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("caps", [(True, True), (False, True), (True, False), (False, False)])
def test_rings_are_skinned_as_a_loop_does_it(closed: bool, caps: tuple[bool, bool]) -> None:
    rings = RNG.normal(size=(4, 5, 3))
    mesh = stack_rings(list(rings), closed, caps, material=2)
    around, along = [0.0], [0.0]
    for j in range(5):
        around.append(around[-1] + np.mean([np.linalg.norm(ring[(j + 1) % 5] - ring[j]) for ring in rings]))
    for k in range(3):
        along.append(along[-1] + np.mean([np.linalg.norm(rings[k + 1][j] - rings[k][j]) for j in range(5)]))
    vertices, faces, uvs = [p for ring in rings for p in ring], [], []
    for k in range(3):
        for j in range(5 if closed else 4):
            corners = [(k, j), (k, j + 1), (k + 1, j + 1), (k + 1, j)]
            faces.append([a * 5 + b % 5 for a, b in corners])
            uvs.append([[around[b], along[a]] for a, b in corners])
    for last in np.flatnonzero(caps):
        ring, start = rings[-last], 15 * last
        seen = sorted(np.argsort(np.ptp(ring, axis=0))[1:])
        vertices.append(ring.mean(axis=0))
        middle = len(vertices) - 1
        for j in range(5):
            pair = [j, (j + 1) % 5] if last else [(j + 1) % 5, j]
            faces.append([start + pair[0], start + pair[1], middle, middle])
            uvs.append([*ring[pair][:, seen], *[vertices[middle][seen]] * 2])
    np.testing.assert_array_equal(mesh.faces, faces)
    np.testing.assert_allclose(mesh.vertices, vertices, atol=1e-12)
    np.testing.assert_allclose(mesh.uvs, uvs, atol=1e-12)
    assert mesh.smooth.sum() == 3 * (5 if closed else 4) and mesh.smooth[: mesh.smooth.sum()].all()
    assert (mesh.materials == 2).all()


def test_tubes_are_round_about_their_path() -> None:
    path = np.cumsum(RNG.uniform(0.5, 1.0, (6, 3)), axis=0)
    radii = np.linspace(0.1, 0.2, 6)
    rings = tube(path, radii, 8).vertices[:48].reshape(6, 8, 3) - path[:, None]
    np.testing.assert_allclose(np.linalg.norm(rings, axis=2), np.tile(radii[:, None], 8), rtol=1e-12)
    tangents = np.gradient(path, axis=0)
    assert np.abs(np.einsum("rsc,rc->rs", rings, tangents)).max() < 1e-12


# ------------------------------------------------------------------ Blender's data
@pytest.mark.parametrize("mesh", [join(ball(1.0, 8, 5), box(1, 2, 3).painted(1)), plane(1, 1, 2), ball(1.0).painted(1)])
def test_blender_gets_the_mesh_as_it_is(mesh: Mesh) -> None:
    data = bpy_mesh("mesh", mesh, [0.5, 2.0])
    repeat = np.array([0.5, 2.0])[mesh.materials]
    assert len(data.polygons) == len(mesh.faces)
    np.testing.assert_array_equal([v.co[:] for v in data.vertices], mesh.vertices.astype(np.float32))
    for k, polygon in enumerate(data.polygons):
        count = 3 if mesh.faces[k, 3] == mesh.faces[k, 2] else 4
        assert list(polygon.vertices) == mesh.faces[k, :count].tolist()
        assert (polygon.use_smooth, polygon.material_index) == (mesh.smooth[k], mesh.materials[k])
        uvs = [data.uv_layers["uv"].uv[i].vector[:] for i in polygon.loop_indices]
        np.testing.assert_array_equal(uvs, (mesh.uvs[k, :count] / repeat[k]).astype(np.float32))
    bpy.data.meshes.remove(data)


@pytest.mark.parametrize("alpha", [False, True])
def test_blender_sees_the_painted_pixels(alpha: bool) -> None:
    surface = Surface("leaves", ((0.1, 0.4, 0.1), (0.3, 0.2, 0.1)), 3, bump=0.01, alpha=alpha)
    made = material(surface)
    key = (surface.texture, surface.colours, surface.seed)
    colour = tiff.decode(colour_file(*key, alpha), PIXELS)
    opaque = np.full((PIXELS, PIXELS, 1), 255, np.uint8)
    expected = {
        "sRGB": colour if alpha else np.concatenate([colour, opaque], axis=2),
        "Non-Color": np.concatenate([np.repeat(tiff.decode(height_file(*key), PIXELS), 3, axis=2), opaque], axis=2),
    }
    images = [node.image for node in made.node_tree.nodes if node.type == "TEX_IMAGE"]
    assert {image.colorspace_settings.name for image in images} == set(expected)
    for image in images:
        seen = np.empty(PIXELS * PIXELS * 4, np.float32)
        image.pixels.foreach_get(seen)
        rows = expected[image.colorspace_settings.name][::-1]
        np.testing.assert_array_equal(seen.reshape(rows.shape), rows * np.float32(1 / 255))
        bpy.data.images.remove(image)
    bpy.data.materials.remove(made)


# ------------------------------------------------------------------ skies
def sky(**params: float) -> np.ndarray:
    return skies.paint_sky({"seed": 4, "cloud": 0.5, "sun_elevation": 0.6, "haze": 0.4, "night": 0, **params})


@pytest.mark.parametrize("params", [{}, {"night": 1, "cloud": 0.9}])
def test_a_sky_is_the_same_however_many_rows_are_painted_at_a_time(
    params: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sky(**params)
    monkeypatch.setattr(skies, "_BAND", 272)
    assert np.array_equal(first, sky(**params))


def test_a_cloudless_day_is_the_published_model() -> None:
    """Preetham's luminance at some pixels, one by one in double precision, against the picture's up to its scale."""
    sun, haze = 0.6, 0.4
    turbidity = 2.2 + 3.3 * haze
    picture = sky(cloud=0.0)
    a, b, c, d, e = (slope * turbidity + level for slope, level in skies._PEREZ["Y"])
    ratios = []
    for row, column in [(40, 100), (120, 1900), (200, 700), (380, 60), (300, 1500)]:
        up = np.pi / 2 - (row + 0.5) / 1024 * np.pi
        turn = ((column + 0.5) / 2048 - 0.5) * 2 * np.pi
        angle = np.arccos(np.cos(up) * np.cos(turn) * np.cos(sun) + np.sin(up) * np.sin(sun))
        model = (1 + a * np.exp(b / np.sin(up))) * (1 + c * np.exp(d * angle) + e * np.cos(angle) ** 2)
        glare = (0.25 + 0.5 * haze) * np.exp(-(1 - np.cos(angle)) * 60)
        seen = picture[row, column, :3] - glare * np.array([1.0, 0.85, 0.62])
        ratios.append(float(seen @ [0.2126, 0.7152, 0.0722]) / model)
    np.testing.assert_allclose(ratios, np.mean(ratios), rtol=2e-3)
