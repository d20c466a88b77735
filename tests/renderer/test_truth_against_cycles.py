"""Ground truth against what Cycles itself draws."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from viewlock.geometry import pixel_grid
from viewlock.renderer import cycles
from viewlock.renderer.cameras import camera_at
from viewlock.renderer.ground_truth import correspond, dynamic_mask, moving_objects
from viewlock.renderer.raycast import surface_points

bpy = pytest.importorskip("bpy")
from .conftest import centroid, data_passes, glowing  # noqa: E402

pytestmark = pytest.mark.render


def dot(bench, camera, pixel, depth, half_px=3.0):
    """A glowing square that faces the camera; its picture is a square about `pixel`, so its centroid is unbiased."""
    offsets = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half_px
    origins, directions = camera.rays(np.asarray(pixel) + offsets)
    thing = bench.add(origins + depth * directions, [(0, 1, 2, 3)])
    glowing(thing)
    return thing


SETTINGS = cycles.RenderSettings(samples=1500, denoise=False, bounces=0)


@pytest.mark.parametrize(("size", "focal"), [((200, 112), 35.0), ((112, 160), 50.0)])
def test_dots_are_drawn_where_the_intrinsics_say(bench, camera, size, focal):
    eye = camera(eye=(1, -6, 2), target=(0.2, 0.1, 0.4), roll=0.2, size=size, focal_mm=focal)
    rng = np.random.default_rng(3)
    spots = [np.array([u, v]) * size + rng.uniform(-0.5, 0.5, 2) for u in (0.15, 0.5, 0.85) for v in (0.2, 0.5, 0.8)]
    for spot in spots:
        dot(bench, eye, spot, rng.uniform(4, 9))
    cycles.place_camera(eye)
    picture = cycles.render(SETTINGS, seed=1).mean(axis=2)
    errors = [np.abs(centroid(picture, spot, reach=9) - spot).max() for spot in spots]
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
    chosen: list[np.ndarray] = []
    for spot in np.argwhere(smooth)[::5]:
        if all(np.linalg.norm(spot - other) > 20 for other in chosen):
            chosen.append(spot)
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
    picture = cycles.render(SETTINGS, seed=2).mean(axis=2)
    drawn = [centroid(picture, spot, reach=6) for spot in predicted]
    crowded = np.array([min(np.linalg.norm(a - b) for b in predicted if b is not a) < 16 for a in predicted])
    errors = np.abs(np.array(drawn) - predicted).max(axis=1)[~crowded]
    assert len(errors) >= 5 and errors.max() < 0.02, errors


# ------------------------------------------------------------------ a full scene
LARGE = (640, 360)


def border(instances, depth, reach, jump=0.01):
    """Pixels within `reach` of a border between objects, or of a jump of depth by a share `jump` within one.

    The inverse of depth is linear in the picture of a plane, however slanted, so its second difference shows jumps.
    """
    image, inverse = instances.astype(np.float32), (1 / np.maximum(depth, 1e-3)).astype(np.float32)
    three = np.ones((3, 3))
    bend = np.zeros_like(inverse)
    for axis in (0, 1):
        middle = [slice(1, -1) if k == axis else slice(None) for k in (0, 1)]
        bend[tuple(middle)] = np.maximum(bend[tuple(middle)], np.abs(np.diff(inverse, 2, axis=axis)))
    edge = (bend > jump * np.maximum(inverse, 1e-6)) | (cv2.dilate(image, three) != cv2.erode(image, three))
    size = 2 * reach - 1
    return cv2.dilate(edge.astype(np.uint8), np.ones((size, size))) > 0


def test_depth_and_object_index_equal_those_of_cycles(full_scene):
    depth, index, _ = data_passes(full_scene, 0, 1, LARGE)
    _, view, _ = full_scene.views(LARGE)
    same_index = (index == view.instances()).mean()
    ours = view.depth()
    solid = np.isfinite(ours)
    close = np.abs(depth[solid] - ours[solid]) < 1e-3 * ours[solid] + 1e-4
    print(f"object index equal on {same_index:.5f}, depth on {close.mean():.5f} of pixels")
    assert same_index > 0.999 and close.mean() > 0.999


def test_occlusion_agrees_with_the_position_pass(full_scene):
    """A point of I1 is hidden at t2 from camera 2 where all of Cycles' positions about it, drawn finer, lie nearer."""
    fine = (3 * LARGE[0], 3 * LARGE[1])
    _, index, position = data_passes(full_scene, 1, 1, fine)
    view_1, _, view_2 = full_scene.views(LARGE)
    found = correspond(view_1, view_2.caster, view_2.camera)
    two = camera_at(full_scene.spec.sequences[0], 1, fine)
    points = surface_points(view_2.caster.vertices, view_2.caster.topology.triangles, view_1.hits)
    pixels, depth = two.project(np.nan_to_num(points))
    inside = found.in_frame & view_1.hits.found.reshape(view_1.shape)
    x, y = (np.clip(np.floor(pixels[:, k]).astype(int), 0, fine[k] - 2).reshape(view_1.shape) for k in (0, 1))
    reference = (position.astype(float) - two.centre) @ two.cam_to_world[:3, 2]
    reference = np.where(np.linalg.norm(position, axis=-1) > 0, reference, np.inf)
    around = np.stack([reference[y + dy, x + dx] for dy in (0, 1) for dx in (0, 1)])
    hidden = depth.reshape(view_1.shape) > around.max(axis=0) * 1.0005 + 0.0005
    keep = inside & ~border(index, reference, 2, jump=0.01)[y, x]
    ours, theirs = found.occluded[keep], hidden[keep]
    precision, recall = (ours & theirs).sum() / ours.sum(), (ours & theirs).sum() / theirs.sum()
    left_out = 1 - keep.sum() / inside.sum()
    print(f"occluded {ours.mean():.3f}, precision {precision:.4f}, recall {recall:.4f}, left out {left_out:.3f}")
    assert ours.sum() > 1000
    assert precision > 0.99 and recall > 0.99
    assert left_out < 0.1


def test_object_flow_is_zero_on_static_pixels(full_scene):
    fields = full_scene.samples[0].fields
    still = ~fields["dynamic_1"]
    assert still.mean() > 0.2
    assert np.abs(fields["flow_1togt"].flow[still]).max() < 1e-4


def test_flows_compose(full_scene):
    """flow_1to2(x) = flow_1togt(x) + flow_gtto2(x + flow_1togt(x)) where the point is seen in Igt.

    Exactly, with the camera flow cast at the landing point; and as a user of the stored flows would do it, with a
    bilinear look-up away from silhouettes.
    """
    view_1, view_gt, view_2 = full_scene.views((960, 540))
    objects = correspond(view_1, view_gt.caster, view_gt.camera)
    whole = correspond(view_1, view_2.caster, view_2.camera).flow
    landing = pixel_grid(960, 540).reshape(540, 960, 2) + objects.flow
    seen = ~objects.occluded & objects.in_frame
    dynamic = dynamic_mask(
        view_1, moving_objects(view_1.caster.topology, view_1.caster.vertices, view_2.caster.vertices)
    )
    assert (seen & dynamic).sum() > 3000

    origins, directions = view_gt.camera.rays(landing[seen])
    hits = view_gt.caster.first_hits(origins, directions)
    points = surface_points(view_2.caster.vertices, view_2.caster.topology.triangles, hits)
    offsets = np.where(hits.found[:, None], points - view_2.camera.centre, directions)
    arrival = view_2.camera.project_directions(offsets)[0]
    exact = np.linalg.norm(arrival - pixel_grid(960, 540).reshape(540, 960, 2)[seen] - whole[seen], axis=1)
    exact_dynamic = exact[dynamic[seen]]

    stored = correspond(view_gt, view_2.caster, view_2.camera).flow.astype(np.float32)
    look_up = lambda image: cv2.remap(image, *np.moveaxis(landing.astype(np.float32), 2, 0), cv2.INTER_LINEAR)  # noqa: E731
    residual = np.linalg.norm(objects.flow + look_up(stored) - whole, axis=-1)
    # A bilinear look-up mixes two surfaces within a pixel of a silhouette.
    band = look_up(border(view_gt.instances(), view_gt.depth(), 1).astype(np.float32)) > 0
    keep = seen & ~band
    left_out = 1 - keep.sum() / seen.sum()
    figures = [np.percentile(v, 99) for v in (exact, exact_dynamic, residual[keep], residual[keep & dynamic])]
    print(
        "composition p99 {:.5f} px, on what moves {:.5f} px; by look-up {:.4f} and {:.4f} px, ".format(*figures)
        + f"medians {np.median(exact):.6f} and {np.median(residual[keep & dynamic]):.4f} px, left out {left_out:.3f}"
    )
    assert figures[0] < 0.001 and figures[1] < 0.001
    assert np.median(residual[keep & dynamic]) < 0.02 and figures[2] < 0.02
    assert left_out < 0.1


def test_warping_i2_by_camera_flow_gives_igt(full_scene):
    sample = full_scene.samples[0]
    fields = sample.fields
    assert fields["meta"]["camera_motion_px"] > 0.02 * full_scene.config.diagonal_px
    flow, igt, i2 = fields["flow_gtto2"].flow, fields["igt"].astype(np.float32), fields["i2"].astype(np.float32)
    height, width = flow.shape[:2]
    where = (pixel_grid(width, height).reshape(height, width, 2) + flow).astype(np.float32)
    warped = cv2.remap(i2, where[..., 0], where[..., 1], cv2.INTER_LANCZOS4)
    seen = ~fields["occluded_gtto2"]
    error, nothing = np.abs(warped - igt)[seen], np.abs(i2 - igt)[seen]
    p50, p95 = np.percentile(error, [50, 95])
    off = cv2.remap(i2, where[..., 0] + 0.5, where[..., 1] + 0.5, cv2.INTER_LANCZOS4)
    off_p50 = float(np.median(np.abs(off - igt)[seen]))
    print(
        f"warp error median {p50:.2f}, p95 {p95:.1f}; half a pixel off {off_p50:.2f}, unwarped {np.median(nothing):.2f}"
    )
    assert p50 < 0.25 * np.median(nothing)
    assert p50 < 2.0
    # Half a pixel beside the truth shows.
    assert off_p50 > 1.2 * p50


def test_noise_of_i1_and_igt_is_unrelated_on_static_pixels(full_scene):
    """Each minus another seed's picture, so that the scene cancels out and only noise is left."""
    sequence = full_scene.spec.sequences[0]
    full_scene.live.set_time(sequence.frame_times_s[0])
    cycles.place_camera(camera_at(sequence, 0, full_scene.config.size).resized(160, 90))
    settings = cycles.RenderSettings(samples=8, denoise=False)
    seeds = (sequence.noise_seeds[0], sequence.noise_seeds_gt[0], 2_000_003, 2_000_029)
    one, gt, other, another = (cycles.render(settings, seed) for seed in seeds)
    assert np.array_equal(one, cycles.render(settings, seeds[0]))  # a seed fixes the noise
    related = lambda a, b: float((np.sign(a - other) * np.sign(b - another)).mean())  # noqa: E731
    print(f"noise of I1 and Igt related by {related(one, gt):.4f}, of I1 and itself by {related(one, one):.4f}")
    assert abs(related(one, gt)) < 0.03
    assert related(one, one) > 0.2


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
