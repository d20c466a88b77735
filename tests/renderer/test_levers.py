"""What benchmarks make of a scene: other triangles and other shaders, the same picture."""

from __future__ import annotations

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from viewlock.blender_scenes.importers.gathering import triangle_count  # noqa: E402
from viewlock.renderer import cycles  # noqa: E402
from viewlock.renderer.levers import split_faces, thin_faces, work_textures_out  # noqa: E402

from .conftest import glowing  # noqa: E402


@pytest.fixture
def picture(bench, camera):
    """Draws two leaning sheets of one mesh, with an image that glows."""
    sheet = bench.rectangle((-2, 2), (-1, 1), cuts=8)
    for vertex in sheet.data.vertices:
        vertex.co.y = 0.2 * vertex.co.x
    other = bpy.data.objects.new("other", sheet.data)
    other.location = (1.0, 1.0, 0.5)
    bench.scene.collection.objects.link(other)
    glowing(sheet)
    tree = sheet.data.materials[0].node_tree
    image = tree.nodes.new("ShaderNodeTexImage")
    image.image = bpy.data.images.new("checks", 64, 64)
    image.image.generated_type = "COLOR_GRID"
    place = tree.nodes.new("ShaderNodeTexCoord")
    tree.links.new(place.outputs["Object"], image.inputs["Vector"])
    glow = next(node for node in tree.nodes if node.type == "EMISSION")
    tree.links.new(image.outputs["Color"], glow.inputs["Color"])
    cycles.place_camera(camera(size=(64, 40)))
    return lambda: cycles.render(cycles.RenderSettings(samples=16, denoise=False, bounces=0, light_tree=False), 3)


def triangles():
    return [triangle_count(thing.data) for thing in bpy.data.objects if thing.type == "MESH"]


@pytest.mark.render
@pytest.mark.parametrize(("change", "factor"), [(split_faces, 4), (lambda: thin_faces(0.5), 0.5)])
def test_other_triangles_show_the_same(picture, change, factor):
    before, counted = picture(), triangles()
    assert before.std() > 0.1
    change()
    assert triangles() == [round(factor * n) for n in counted]
    assert np.abs(picture() - before).mean() < 2e-3


@pytest.mark.render
def test_textures_that_are_worked_out_show_the_same_but_for_a_thousandth(picture):
    before = picture()
    work_textures_out()
    assert 1e-5 < np.abs(picture() - before).mean() < 1e-3
