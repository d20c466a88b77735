"""Ground truth against what Cycles itself draws."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from viewlock.geometry import pixel_grid
from viewlock.renderer import cycles
from viewlock.renderer.cameras import camera_at
from viewlock.renderer.ground_truth import correspond, look

bpy = pytest.importorskip("bpy")
pytestmark = pytest.mark.render


def glowing(thing, strength=1.0):
    material = bpy.data.materials.new("glow")
    material.use_nodes = True
    nodes = material.node_tree.nodes
    nodes.clear()
    glow, out = nodes.new("ShaderNodeEmission"), nodes.new("ShaderNodeOutputMaterial")
    glow.inputs["Strength"].default_value = strength
    material.node_tree.links.new(glow.outputs[0], out.inputs[0])
    thing.data.materials.append(material)


def dot(bench, camera, pixel, depth, half_px=3.0):
    """A glowing square that faces the camera; its picture is a square about `pixel`, so its centroid is unbiased."""
    offsets = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half_px
    origins, directions = camera.rays(np.asarray(pixel) + offsets)
    thing = bench.add(origins + depth * directions, [(0, 1, 2, 3)])
    glowing(thing)
    return thing


def centroid(picture, about, reach=9):
    x0, y0 = (int(round(v)) - reach for v in about)
    window = picture[y0 : y0 + 2 * reach + 1, x0 : x0 + 2 * reach + 1].mean(axis=2)
    ys, xs = np.mgrid[0 : window.shape[0], 0 : window.shape[1]]
    return np.array([(xs * window).sum() + 0, (ys * window).sum() + 0]) / window.sum() + [x0, y0]


SETTINGS = cycles.RenderSettings(samples=1500, denoise=False, bounces=0)


@pytest.mark.parametrize(("size", "focal"), [((200, 112), 35.0), ((112, 160), 50.0)])
def test_dots_are_drawn_where_K_says(bench, camera, size, focal):
    eye = camera(eye=(1, -6, 2), target=(0.2, 0.1, 0.4), roll=0.2, size=size, focal_mm=focal)
    rng = np.random.default_rng(3)
    spots = [np.array([u, v]) * size + rng.uniform(-0.5, 0.5, 2) for u in (0.15, 0.5, 0.85) for v in (0.2, 0.5, 0.8)]
    for spot in spots:
        dot(bench, eye, spot, rng.uniform(4, 9))
    cycles.place_camera(eye)
    picture = cycles.render(SETTINGS, seed=1)
    errors = [np.abs(centroid(picture, spot) - spot).max() for spot in spots]
    assert max(errors) < 0.02, errors


def test_dots_on_a_skinned_limb_land_where_truth_says(bench, camera):
    """Squares are glued to a person's skin; flow at their first picture predicts their second."""
    from viewlock.blender_scenes.people.bodies import figure
    from viewlock.blender_scenes.people.characters import add_character, apply_pose
    from viewlock.generator.appearance import CHARACTERS
    from viewlock.generator.motions import CharacterMotion, pose

    person = add_character("person", figure(next(iter(CHARACTERS.values()))))
    person.mesh.pass_index = 99
    motion = CharacterMotion(gait="walk", speed_mps=1.2, phase=0.1, heading_rad=0.6)
    stand = lambda time_s: apply_pose(person, pose(motion, person.figure.skeleton, time_s).skin)  # noqa: E731
    stand(0.0)
    eye = camera(eye=(0.4, -3.0, 1.0), target=(0.0, 0, 0.9), size=(360, 360), focal_mm=40.0)
    before = bench.view(eye)
    moment = before.caster
    stand(0.2)
    after = bench.caster()
    found = correspond(before, after, eye)
    body = (before.instances() == 99) & ~found.occluded
    smooth = cv2.erode(body.astype(np.uint8), np.ones((9, 9))) > 0
    chosen = np.argwhere(smooth)[:: max(1, smooth.sum() // 12)][:12]
    assert len(chosen) >= 8
    predicted, drawn = [], []
    for y, x in chosen:
        hit = before.hits.triangle[y * eye.width + x]
        corners = after.topology.triangles[hit]
        u, v = before.hits.barycentric[y * eye.width + x]
        glued = np.array([1 - u - v, u, v]) @ after.vertices[corners]
        here = np.array([1 - u - v, u, v]) @ moment.vertices[corners]
        np.testing.assert_allclose(eye.project(here[None])[0][0], (x, y), atol=1e-6)
        pixel, depth = eye.project(glued[None])
        dot(bench, eye, pixel[0], depth[0] - 0.03, half_px=2.0)
        predicted.append(np.array([x, y]) + found.flow[y, x])
    person.mesh.hide_render = True
    cycles.place_camera(eye)
    picture = cycles.render(SETTINGS, seed=2)
    drawn = [centroid(picture, spot, reach=6) for spot in predicted]
    crowded = np.array([min(np.linalg.norm(a - b) for b in predicted if b is not a) < 16 for a in predicted])
    errors = np.abs(np.array(drawn) - predicted).max(axis=1)[~crowded]
    assert len(errors) >= 5 and errors.max() < 0.02, errors


# ------------------------------------------------------------------ a full scene
def data_passes(scene, frame, moment):
    """Cycles' depth, object index and position at pixel centres: one sample, no filter, nothing denoised."""
    sequence = scene.spec.sequences[0]
    times = sequence.frame_times_s
    scene.live.set_time(times[moment])
    cycles.place_camera(camera_at(sequence, frame, scene.config.size))
    settings = cycles.RenderSettings(samples=1, denoise=False, bounces=0)
    cycles._apply(settings, 1)
    bpy.context.scene.cycles.filter_width = 0.01
    bpy.context.scene.cycles.pixel_filter_type = "BOX"
    original, cycles._apply = cycles._apply, lambda *_: None
    try:
        channels = cycles.render_channels(settings, 1)
    finally:
        cycles._apply = original
    take = lambda name: next(v for k, v in channels.items() if k.endswith(name))  # noqa: E731
    position = np.stack([take(f"Position.{axis}") for axis in "XYZ"], axis=-1)
    depth = take("Depth.Z") if any(k.endswith("Depth.Z") for k in channels) else take("Depth.V")
    index = next(v for k, v in channels.items() if "IndexOB" in k or "Object Index" in k)
    return depth, np.rint(index).astype(int), position


def edges(instances, reach):
    """Pixels within `reach` of a border between objects."""
    image = instances.astype(np.float32)
    border = cv2.dilate(image, np.ones((3, 3))) != cv2.erode(image, np.ones((3, 3)))
    return cv2.dilate(border.astype(np.uint8), np.ones((2 * reach - 1, 2 * reach - 1))) > 0


def test_depth_and_object_index_equal_those_of_cycles(full_scene):
    depth, index, _ = data_passes(full_scene, 0, 1)
    fields = full_scene.samples[0].fields
    ours = fields["depth_gt"]
    same_index = (index == fields["instances_gt"]).mean()
    solid = np.isfinite(ours)
    close = np.abs(depth[solid] - ours[solid]) < 1e-3 * ours[solid] + 1e-4
    print(f"object index equal on {same_index:.5f}, depth on {close.mean():.5f} of pixels")
    assert same_index > 0.999 and close.mean() > 0.999


def test_occlusion_agrees_with_the_position_pass(full_scene):
    """I1's surface points at t2 are visible in I2 where Cycles' position there is the same point."""
    _, _, position = data_passes(full_scene, 1, 1)
    sequence = full_scene.spec.sequences[0]
    t1, t2 = sequence.frame_times_s[:2]
    one, two = (camera_at(sequence, k, full_scene.config.size) for k in (0, 1))
    view_1, caster_2 = look(one, full_scene.moments.caster(t1)), full_scene.moments.caster(t2)
    view_2 = look(two, caster_2)
    found = correspond(view_1, caster_2, two)
    target = pixel_grid(one.width, one.height).reshape(*view_1.shape, 2) + found.flow
    x, y = np.rint(target[..., 0]).astype(int), np.rint(target[..., 1]).astype(int)
    inside = found.in_frame & (x >= 1) & (y >= 1) & (x < two.width - 1) & (y < two.height - 1)
    inside &= view_1.hits.found.reshape(view_1.shape)
    x, y = np.clip(x, 1, two.width - 2), np.clip(y, 1, two.height - 2)
    corners = caster_2.topology.triangles[np.maximum(view_1.hits.triangle, 0)]
    u, v = view_1.hits.barycentric[:, :1], view_1.hits.barycentric[:, 1:]
    a, b, c = (caster_2.vertices[corners[:, k]] for k in range(3))
    points = (a * (1 - u - v) + b * u + c * v).reshape(*view_1.shape, 3)
    # One pixel of slack, on surfaces seen at a slant: the spread of Cycles' positions about the pixel.
    around = np.stack([position[y + dy, x + dx] for dy in (-1, 0, 1) for dx in (-1, 0, 1)])
    nearest = np.linalg.norm(around - points, axis=-1).min(axis=0)
    depth = np.linalg.norm(points - two.centre, axis=-1)
    visible = nearest < 1.5 * depth / two.K[0, 0] + 2e-3
    band_1, band_2 = edges(view_1.instances(), 3), edges(view_2.instances(), 3)
    leafy = np.isin(view_1.instances(), foliage(full_scene))
    keep = inside & ~band_1 & ~band_2[y, x] & ~leafy
    left_out = 1 - keep[inside & ~leafy].mean()
    ours, theirs = found.occluded[keep], ~visible[keep]
    precision, recall = (ours & theirs).sum() / max(ours.sum(), 1), (ours & theirs).sum() / max(theirs.sum(), 1)
    print(f"occluded {ours.mean():.3f}, precision {precision:.4f}, recall {recall:.4f}, left out {left_out:.3f}")
    assert ours.sum() > 100
    assert precision > 0.99 and recall > 0.99


def foliage(scene):
    """The index of scenery, whose leaves are smaller than a pixel."""
    return [scene.spec.place.index]


def test_object_flow_is_zero_on_static_pixels(full_scene):
    fields = full_scene.samples[0].fields
    still = ~fields["dynamic_1"]
    assert still.mean() > 0.2
    assert np.abs(fields["flow_1togt"].flow[still]).max() < 1e-4


def test_flows_compose(full_scene):
    """flow_1to2(x) = flow_1togt(x) + flow_gtto2(x + flow_1togt(x)) where the point is seen in Igt."""
    fields = full_scene.samples[0].fields
    object_flow, camera_flow, whole = (fields[n].flow for n in ("flow_1togt", "flow_gtto2", "flow_1to2"))
    height, width = whole.shape[:2]
    landing = pixel_grid(width, height).reshape(height, width, 2).astype(np.float32) + object_flow
    carried = cv2.remap(camera_flow, landing[..., 0], landing[..., 1], cv2.INTER_LINEAR)
    residual = np.linalg.norm(object_flow + carried - whole, axis=-1)
    inner = cv2.erode((~fields["occluded_1togt"]).astype(np.uint8), np.ones((3, 3))) > 0
    # A bilinear look-up mixes surfaces within a pixel of a border of objects or of depth.
    gt = edges(fields["instances_gt"], 2) | depth_steps(fields["depth_gt"])
    landed = cv2.remap(gt.astype(np.float32), landing[..., 0], landing[..., 1], cv2.INTER_LINEAR) > 0
    seen = inner & ~fields["occluded_1togt"]
    keep = seen & ~landed
    print(f"composition p99 {np.percentile(residual[keep], 99):.4f} px, left out {1 - keep.sum() / seen.sum():.3f}")
    dynamic = keep & fields["dynamic_1"]
    assert dynamic.sum() > 300
    assert np.percentile(residual[keep], 99) < 0.02
    assert np.percentile(residual[dynamic], 90) < 0.05


def depth_steps(depth, share=0.03):
    """Pixels next to a jump of depth within one object."""
    filled = np.where(np.isfinite(depth), depth, 1e6).astype(np.float32)
    jump = cv2.dilate(filled, np.ones((3, 3))) > cv2.erode(filled, np.ones((3, 3))) * (1 + share)
    return cv2.dilate(jump.astype(np.uint8), np.ones((3, 3))) > 0


def test_warping_i2_by_camera_flow_gives_igt(full_scene):
    sample = full_scene.samples[0]
    fields = sample.fields
    assert fields["meta"]["camera_motion_px"] > 0.02 * np.hypot(320, 180)
    flow, igt, i2 = fields["flow_gtto2"].flow, fields["igt"].astype(float), fields["i2"]
    height, width = flow.shape[:2]
    where = (pixel_grid(width, height).reshape(height, width, 2) + flow).astype(np.float32)
    warped = cv2.remap(i2, where[..., 0], where[..., 1], cv2.INTER_CUBIC).astype(float)
    seen = ~fields["occluded_gtto2"]
    error, nothing = np.abs(warped - igt).mean(axis=-1)[seen], np.abs(i2 - igt).mean(axis=-1)[seen]
    print(
        f"warp error median {np.median(error):.2f}, p95 {np.percentile(error, 95):.1f}; unwarped {np.median(nothing):.2f}"
    )
    assert np.median(error) < 0.25 * np.median(nothing)
    assert np.median(error) < 2.0


def test_noise_of_i1_and_igt_is_unrelated_on_static_pixels(full_scene):
    sequence = full_scene.spec.sequences[0]
    full_scene.live.set_time(sequence.frame_times_s[0])
    cycles.place_camera(camera_at(sequence, 0, full_scene.config.size).resized(160, 90))
    noisy = cycles.RenderSettings(samples=2, denoise=False)
    seeds = (sequence.noise_seeds[0], sequence.noise_seeds_gt[0])
    one, other = (cycles.render(noisy, seed) for seed in seeds)
    clean = cycles.render(cycles.RenderSettings(samples=128, denoise=False), 10_000_019)
    limit = np.percentile(clean, 90)
    residuals = [np.clip(p, 0, limit) - np.clip(clean, 0, limit) for p in (one, other)]
    correlation = np.corrcoef(residuals[0].ravel(), residuals[1].ravel())[0, 1]
    print(f"correlation of noise {correlation:.4f}")
    assert abs(correlation) < 0.1
    assert np.array_equal(one, cycles.render(noisy, seeds[0]))  # and a seed fixes it


def test_going_away_and_back_gives_the_same_pixels(full_scene):
    """Persistent data must not leak one frame into another."""
    sequence = full_scene.spec.sequences[0]
    settings = cycles.RenderSettings(samples=2)

    def picture(frame, moment):
        full_scene.live.set_time(sequence.frame_times_s[moment])
        cycles.place_camera(camera_at(sequence, frame, full_scene.config.size).resized(160, 90))
        return cycles.render(settings, 7)

    first = picture(0, 0)
    assert not np.array_equal(first, picture(0, 1))
    assert not np.array_equal(first, picture(1, 0))
    np.testing.assert_array_equal(first, picture(0, 0))
