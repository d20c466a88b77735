"""Ground truth against what is known on paper, to under 0.01 px everywhere."""

from __future__ import annotations

import numpy as np
import pytest

from viewlock.geometry import apply_homography, infinity_homography, pixel_grid, plane_homography, rotation_about
from viewlock.renderer.ground_truth import correspond, dynamic_mask, look, moving_objects

bpy = pytest.importorskip("bpy")
pytestmark = pytest.mark.render

CUBE = [(x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)]
CUBE_FACES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]


def pixels_of(view, index):
    return view.instances() == index


def test_moving_cube(bench, camera):
    bench.rectangle((-20, 20), (-20, 20), y=6.0)
    cube = bench.add(CUBE, CUBE_FACES)
    eye = camera()
    before = bench.view(eye)
    cube.location = (0.3, 0.0, -0.12)
    after = bench.caster()
    found = correspond(before, after, eye)
    # Its front face is the plane y = -0.5, 4.5 m away, and moves parallel to the picture.
    scale = eye.K[0, 0] / 4.5
    face = pixels_of(before, 2)
    assert face.sum() > 1000
    np.testing.assert_allclose(found.flow[face], [[0.3 * scale, 0.12 * scale]] * face.sum(), atol=1e-4)
    np.testing.assert_allclose(found.flow[pixels_of(before, 1)], 0, atol=1e-9)
    assert moving_objects(before.caster.topology, before.caster.vertices, after.vertices).tolist() == [2]


def test_slanted_plane_seen_by_a_moving_camera(bench, camera):
    plane = bench.rectangle((-30, 30), (-30, 30))
    plane.rotation_euler = (0.4, 0.2, 0.5)
    one, two = camera(roll=0.1), camera(eye=(0.6, -4.7, 0.3), target=(0.1, 0, 0.1), roll=-0.05)
    view = bench.view(one)
    found = correspond(view, view.caster, two)
    normal = np.array(plane.matrix_world.to_3x3())[:, 1]
    grid = pixel_grid(one.width, one.height)
    expected = apply_homography(plane_homography(one, two, normal, 0.0), grid) - grid
    np.testing.assert_allclose(found.flow.reshape(-1, 2), expected, atol=1e-4)


def test_zoom(bench, camera):
    """Walls at any depth and the sky alike: (f2 / f1 - 1) times the position about the centre."""
    bench.rectangle((-1, 1), (-1, 1))
    bench.rectangle((-2, 0.5), (-2, 2), y=3.0)
    one, two = camera(focal_mm=28.0), camera(focal_mm=35.0)
    view = bench.view(one)
    assert len(np.unique(view.instances())) == 3
    found = correspond(view, view.caster, two)
    grid = pixel_grid(one.width, one.height)
    expected = (35 / 28 - 1) * (grid - one.K[:2, 2])
    np.testing.assert_allclose(found.flow.reshape(-1, 2), expected, atol=1e-4)
    np.testing.assert_allclose(apply_homography(infinity_homography(one, two), grid) - grid, expected, atol=1e-9)


def test_sky_and_walls_under_pure_rotation(bench, camera):
    bench.rectangle((-1, 1), (-1, 1))
    one, two = camera(), camera(target=(0.4, 0.0, -0.2), roll=0.08)
    view = bench.view(one)
    found = correspond(view, view.caster, two)
    grid = pixel_grid(one.width, one.height)
    expected = apply_homography(infinity_homography(one, two), grid) - grid
    sky = ~view.hits.found
    assert 0.3 < sky.mean() < 0.95
    np.testing.assert_allclose(found.flow.reshape(-1, 2), expected, atol=1e-4)
    assert np.isinf(view.depth().ravel()[sky]).all() and (view.instances().ravel()[sky] == 0).all()


def test_sky_is_occluded_by_what_steps_in_front(bench, camera):
    board = bench.rectangle((-0.5, 0.5), (-0.5, 0.5))
    eye = camera()
    before = bench.view(eye)
    board.location.x = 0.8
    found = correspond(before, bench.caster(), eye)
    now = look(eye, bench.caster())
    sky_then, board_now = ~before.hits.found.reshape(before.shape), pixels_of(now, 1)
    np.testing.assert_array_equal(found.occluded[sky_then], board_now[sky_then])


def limb():
    """A thin strip along x with two bones; the right half follows the second bone."""
    xs = np.linspace(-1, 1, 41)
    vertices = [(x, 0.0, z) for z in (-0.2, 0.2) for x in xs]
    faces = [(i, i + 1, 42 + i, 41 + i) for i in range(40)]
    return xs, vertices, faces


def test_skinned_limb(bench, camera):
    xs, vertices, faces = limb()
    strip = bench.add(vertices, faces)
    rig = bpy.data.objects.new("rig", bpy.data.armatures.new("rig"))
    bench.scene.collection.objects.link(rig)
    bpy.context.view_layer.objects.active = rig
    bpy.ops.object.mode_set(mode="EDIT")
    for name, head, tail in (("upper", (-1, 0, 0), (0, 0, 0)), ("lower", (0, 0, 0), (1, 0, 0))):
        bone = rig.data.edit_bones.new(name)
        bone.head, bone.tail = head, tail
    bpy.ops.object.mode_set(mode="OBJECT")
    for name, side in (("upper", xs <= 0), ("lower", xs > 0)):
        own = [row * 41 + i for row in (0, 1) for i in np.flatnonzero(side)]
        strip.vertex_groups.new(name=name).add([int(v) for v in own], 1.0, "REPLACE")
    strip.modifiers.new("skin", "ARMATURE").object = rig
    eye = camera(size=(360, 200))
    before = bench.view(eye)
    angle = 0.7
    rig.pose.bones["lower"].rotation_mode = "XYZ"
    axis = rig.data.bones["lower"].matrix_local.to_3x3().inverted() @ __import__("mathutils").Vector((0, 1, 0))
    rig.pose.bones["lower"].rotation_mode = "AXIS_ANGLE"
    rig.pose.bones["lower"].rotation_axis_angle = (angle, *axis)
    found = correspond(before, bench.caster(), eye)
    # What lies beyond the first ring after the elbow turns rigidly about the world's y axis through the elbow.
    grid = pixel_grid(eye.width, eye.height)
    points = eye.centre + before.directions * before.hits.depth[:, None]
    rigid = before.hits.found & (points[:, 0] > 0.06)
    expected = eye.project(points[rigid] @ rotation_about((0, 1, 0), angle).T)[0] - grid[rigid]
    assert rigid.sum() > 1000
    np.testing.assert_allclose(found.flow.reshape(-1, 2)[rigid], expected, atol=0.01)
    still = before.hits.found & (points[:, 0] < -0.06)
    np.testing.assert_allclose(found.flow.reshape(-1, 2)[still], 0, atol=1e-4)


def test_shape_key(bench, camera):
    sheet = bench.rectangle((-1, 1), (-0.6, 0.6), cuts=8)
    sheet.shape_key_add(name="Basis")
    key = sheet.shape_key_add(name="bend")
    for n, vertex in enumerate(sheet.data.vertices):
        key.data[n].co = (vertex.co.x * 1.2, vertex.co.y, vertex.co.z + 0.3)
    key.value = 0.0
    eye = camera()
    before = bench.view(eye)
    key.value = 0.5
    found = correspond(before, bench.caster(), eye)
    points = eye.centre + before.directions * before.hits.depth[:, None]
    seen = before.hits.found
    scale = eye.K[0, 0] / 5.0
    expected = np.stack([0.1 * points[seen, 0] * scale, np.full(seen.sum(), -0.15 * scale)], axis=1)
    np.testing.assert_allclose(found.flow.reshape(-1, 2)[seen], expected, atol=1e-3)


def test_subdivision_at_render_level(bench, camera):
    ball = bench.add(CUBE, CUBE_FACES)
    modifier = ball.modifiers.new("smooth", "SUBSURF")
    modifier.levels, modifier.render_levels = 0, 4
    eye = camera()
    view = bench.view(eye)
    assert len(view.caster.topology.triangles) == 6 * 4**4 * 2
    assert view.depth()[68, 120] > 4.55  # the rounded cube is thinner than the cube


def test_occlusion_behind_a_moving_board(bench, camera):
    bench.rectangle((-20, 20), (-20, 20), y=2.0)
    board = bench.rectangle((-0.5, 0.5), (-0.5, 0.5), y=0.0)
    eye = camera()
    before = bench.view(eye)
    board.location.x = 0.7
    found = correspond(before, bench.caster(), eye)
    grid = pixel_grid(eye.width, eye.height).reshape(*before.shape, 2)
    scale = eye.K[0, 0] / 5.0
    x, z = (grid[..., 0] - eye.K[0, 2]) / scale, (eye.K[1, 2] - grid[..., 1]) / scale
    behind = (x > 0.2) & (x < 1.2) & (np.abs(z) < 0.5)
    wall = pixels_of(before, 1)
    np.testing.assert_array_equal(found.occluded[wall], behind[wall])
    assert not found.occluded[pixels_of(before, 2)].any()


def test_out_of_frame_is_occluded_but_valid(bench, camera):
    bench.rectangle((-30, 30), (-30, 30))
    one, two = camera(), camera(eye=(1.0, -5, 0), target=(1.0, 0, 0))
    view = bench.view(one)
    found = correspond(view, view.caster, two)
    x = pixel_grid(one.width, one.height).reshape(*view.shape, 2)[..., 0]
    leaves = x - one.K[0, 0] / 5.0 < -0.5
    np.testing.assert_array_equal(found.occluded, leaves)
    np.testing.assert_array_equal(found.in_frame, ~leaves)
    assert found.valid.all()


def test_behind_the_other_camera_is_not_valid(bench, camera):
    bench.rectangle((-3, 3), (-3, 3), y=0.0)
    one, two = camera(), camera(eye=(0.0, 2.0, 0.0), target=(0.0, 5.0, 0.0))
    view = bench.view(one)
    found = correspond(view, view.caster, two)
    wall = view.hits.found.reshape(view.shape)
    assert not found.valid[wall].any() and found.occluded[wall].all()
    assert found.valid[~wall].all()


def test_the_back_of_a_thing_is_hidden_by_its_front(bench, camera):
    bench.add(CUBE, CUBE_FACES)
    one, two = camera(), camera(eye=(0.0, 5.0, 0.01), target=(0, 0, 0))
    view = bench.view(one)
    found = correspond(view, view.caster, two)
    assert found.occluded[pixels_of(view, 1)].all()


def cut_out(bench, thing, alpha):
    """Give a thing a material whose opacity is a picture, row 0 at v = 0."""
    height, width = alpha.shape
    image = bpy.data.images.new("holes", width, height, alpha=True)
    image.alpha_mode = "CHANNEL_PACKED"
    rgba = np.ones((height, width, 4), np.float32)
    rgba[..., 3] = alpha
    image.pixels.foreach_set(rgba.ravel())
    material = bpy.data.materials.new("holes")
    material.use_nodes = True
    node = material.node_tree.nodes.new("ShaderNodeTexImage")
    node.image = image
    material.node_tree.links.new(node.outputs["Alpha"], material.node_tree.nodes["Principled BSDF"].inputs["Alpha"])
    thing.data.materials.append(material)
    layer = thing.data.uv_layers.new(name="uv")
    for loop in thing.data.loops:
        x, _, z = thing.data.vertices[loop.vertex_index].co
        layer.uv[loop.index].vector = (x + 0.5, z + 0.5)


def test_holes_are_looked_through_by_rays_and_shadow_rays(bench, camera):
    bench.rectangle((-20, 20), (-20, 20), y=2.0)
    board = bench.rectangle((-0.5, 0.5), (-0.5, 0.5), y=0.0)
    alpha = np.zeros((64, 64), np.float32)
    alpha[:, :32] = 1.0  # the left half is solid
    cut_out(bench, board, alpha)
    eye = camera()
    before = bench.view(eye)
    x = (pixel_grid(eye.width, eye.height)[:, 0] - eye.K[0, 2]).reshape(before.shape) / (eye.K[0, 0] / 5.0)
    z = (eye.K[1, 2] - pixel_grid(eye.width, eye.height)[:, 1]).reshape(before.shape) / (eye.K[0, 0] / 5.0)
    # A texture repeats, so bilinear alpha crosses one half exactly on the borders between texels.
    solid = (x > -0.5) & (x < 0.0) & (np.abs(z) < 0.5)
    np.testing.assert_array_equal(pixels_of(before, 2), solid)
    board.location.x = 0.3
    found = correspond(before, bench.caster(), eye)
    wall = pixels_of(before, 1)
    hidden = (x > -0.2) & (x < 0.3) & (np.abs(z) < 0.5)
    np.testing.assert_array_equal(found.occluded[wall], hidden[wall])


def test_shadow_only_things_are_not_hit(bench, camera):
    bench.rectangle((-20, 20), (-20, 20), y=2.0)
    bench.rectangle((-0.5, 0.5), (-0.5, 0.5)).visible_camera = False
    assert set(np.unique(bench.view(camera()).instances())) == {1}


def test_collection_instances(bench, camera):
    inner = bench.rectangle((-0.2, 0.2), (-0.2, 0.2))
    group = bpy.data.collections.new("group")
    bench.scene.collection.objects.unlink(inner)
    group.objects.link(inner)
    for x in (-0.8, 0.8):
        empty = bpy.data.objects.new("instance", None)
        empty.instance_type, empty.instance_collection = "COLLECTION", group
        empty.location.x = x
        bench.scene.collection.objects.link(empty)
    view = bench.view(camera())
    columns = np.flatnonzero(pixels_of(view, inner.pass_index).any(axis=0))
    middle = view.camera.K[0, 2]
    assert (columns < middle).any() and (columns > middle).any()
    assert not pixels_of(view, inner.pass_index)[:, round(middle)].any()


def test_changed_vertex_counts_are_refused(bench, camera):
    thing = bench.add(CUBE, CUBE_FACES)
    modifier = thing.modifiers.new("smooth", "SUBSURF")
    modifier.render_levels = 0
    bench.view(camera())
    modifier.levels = 1
    with pytest.raises(ValueError, match="changed from 8 to 26 vertices"):
        bench.caster()


def test_a_planted_foot_belongs_to_a_moving_object(bench, camera):
    """Dynamic is per object: vertices that stand still are dynamic when others of their object move."""
    strip = bench.rectangle((-1, 1), (-0.2, 0.2), cuts=8)
    strip.shape_key_add(name="Basis")
    key = strip.shape_key_add(name="lift")
    for n, vertex in enumerate(strip.data.vertices):
        key.data[n].co = (vertex.co.x, vertex.co.y, vertex.co.z + (0.3 if vertex.co.x > 0.5 else 0.0))
    key.value = 0.0
    view = bench.view(camera())
    key.value = 1.0
    moving = moving_objects(view.caster.topology, view.caster.vertices, bench.caster().vertices)
    assert dynamic_mask(view, moving)[pixels_of(view, 1)].all()


def test_motion_under_a_millimetre_is_still(bench, camera):
    thing = bench.add(CUBE, CUBE_FACES)
    first = bench.caster()
    thing.location.x = 0.0009
    assert moving_objects(first.topology, first.vertices, bench.caster().vertices).tolist() == []
    thing.location.x = 0.0011
    assert moving_objects(first.topology, first.vertices, bench.caster().vertices).tolist() == [1]
