"""Lenses and shutters: what Cycles draws, what truth says, and what a closed form or a naive loop says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewlock.geometry import apply_homography, pixel_grid, plane_homography
from viewlock.renderer import cycles
from viewlock.renderer.exposing import expose
from viewlock.renderer.ground_truth import correspond, look
from viewlock.renderer.lens import Aperture
from viewlock.renderer.meshes import SceneMeshes, use_render_levels
from viewlock.renderer.moments import Moments, key_times

bpy = pytest.importorskip("bpy")
from mathutils import Matrix  # noqa: E402

from .conftest import centroid, glowing  # noqa: E402

pytestmark = pytest.mark.render

BARE = cycles.RenderSettings(samples=512, denoise=False, bounces=0)  # whole cycles of blue noise
BARREL = (-0.22, 0.06)
READOUT_S = 0.05


def spots(size, shares_x=(0.1, 0.5, 0.9), shares_y=(0.12, 0.5, 0.88)):
    rng = np.random.default_rng(5)
    return [np.array([u, v]) * size + rng.uniform(-0.5, 0.5, 2) for u in shares_x for v in shares_y]


def dot(bench, camera, pixel, depth, half_px=2.5):
    """A glowing patch whose corners are drawn as a square about a pixel."""
    offsets = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half_px
    origins, directions = camera.rays(np.asarray(pixel) + offsets)
    thing = bench.add(origins + depth * directions, [(0, 1, 2, 3)])
    glowing(thing)
    return thing


def drawn(light, at, reach=8):
    """How far the light about each place is from it."""
    return np.array([centroid(light, spot, reach) - spot for spot in at])


# ------------------------------------------------------------------ distortion
@pytest.mark.parametrize("lens", [BARREL, (0.2, -0.03)])
def test_dots_are_drawn_where_the_lens_says(bench, camera, lens):
    eye = replace(
        camera(eye=(1, -6, 2), target=(0.2, 0.1, 0.4), roll=0.2, size=(120, 68), focal_mm=24), distortion=lens
    )
    at = spots((120, 68))
    for n, spot in enumerate(at):
        dot(bench, eye, spot, 4 + 0.5 * n)
    cycles.place_camera(eye)
    errors = drawn(cycles.render(BARE, 1).mean(axis=2), at)
    plain = replace(eye, distortion=(0.0, 0.0)).project(np.array([eye.centre + d for d in eye.rays(np.array(at))[1]]))[
        0
    ]
    print(f"dots through k1, k2 = {lens} off by at most {np.abs(errors).max():.4f} px")
    assert np.abs(errors).max() < 0.02
    assert np.abs(plain - at).max() > 3  # without the lens they would be elsewhere


def test_flow_of_a_plane_through_two_lenses_is_its_homography_between_them(bench, camera):
    bench.rectangle((-20, 20), (-20, 20), cuts=3)
    one = replace(camera(), distortion=BARREL)
    two = replace(camera(eye=(0.4, -4.6, 0.2), target=(0.3, 0, 0.1), roll=0.05), distortion=(0.12, 0.01))
    found = correspond(look(one, bench.caster()), bench.caster(), two)
    grid = pixel_grid(one.width, one.height)
    H = plane_homography(one, two, (0.0, -1.0, 0.0), 0.0)
    expected = two.real(apply_homography(H, one.ideal(grid))) - grid
    assert found.valid.all()
    np.testing.assert_allclose(found.flow.reshape(-1, 2), expected, atol=1e-4)
    bent = np.abs(apply_homography(H, grid) - grid - expected).max()
    assert bent > 3


# ------------------------------------------------------------------ rolling shutter
def matrix(time_s):
    """Of a plate that flies, turns and comes nearer."""
    return (
        Matrix.Translation((1.2 * time_s - 0.1, -0.6 * time_s, 0.9 * time_s))
        @ Matrix.Rotation(1.5 * time_s, 4, "Y")
        @ Matrix.Rotation(0.5, 4, "X")
    )


class Flight:
    """A moving plate before a wall, and two cameras that move while their rows are read."""

    def __init__(self, bench, camera):
        self.wall = bench.rectangle((-9, 9), (-7, 7), y=3.0, name="wall")
        self.plate = bench.rectangle((-1.3, 1.3), (-0.8, 0.8), cuts=6, name="plate")
        self.with_it = [self.plate]
        size = {"size": (160, 90), "focal_mm": 28}
        optics = {"distortion": (-0.15, 0.02), "readout_s": READOUT_S}
        self.one = replace(camera(**size), velocity=(1.0, 0.0, 0.3), turning=(0.1, 0.05, 0.4), **optics)
        self.two = replace(
            camera(eye=(0.15, -4.9, 0.05), target=(0.1, 0, 0), **size),
            velocity=(0.5, 0.3, -0.6), turning=(-0.2, 0.05, -0.3), **optics,
        )  # fmt: skip
        self.times = (0.0, 0.1)
        use_render_levels()
        keys = [key for t in self.times for key in key_times(t, READOUT_S)]
        self.moments = Moments(SceneMeshes(), self.set_time, [*self.times, *keys])
        self.caster_1, self.caster_2 = (self.moments.rolling(t, READOUT_S) for t in self.times)
        self.view = look(self.one, self.caster_1)
        self.found = correspond(self.view, self.caster_2, self.two)

    def set_time(self, time_s):
        for thing in self.with_it:
            thing.matrix_world = matrix(time_s)
        bpy.context.view_layer.update()


def test_rolling_rays_hit_what_stands_there_at_their_row(bench, camera):
    """A naive loop: for some rows, the scene at exactly that row's moment, and a camera with that row's pose."""
    flight = Flight(bench, camera)
    for y in (0, 17, 44, 61, 89):
        pixels = np.stack([np.arange(160.0), np.full(160, float(y))], axis=1)
        dt = float(flight.one.row_times(pixels[:1, 1])[0])
        flight.set_time(dt)
        still = replace(flight.one.at_once(), cam_to_world=flight.one.pose_at(dt))
        hits = bench.caster().first_hits(*still.rays(pixels))
        row = slice(160 * y, 160 * (y + 1))
        same = flight.view.hits.triangle[row] == hits.triangle
        assert same.mean() > 0.98  # but along edges, where bands of time may decide
        np.testing.assert_allclose(flight.view.hits.depth[row][same], hits.depth[same], atol=2e-4)
    assert (flight.view.instances() == 2).sum() > 2000


def test_dots_on_a_moving_plate_land_where_rolling_truth_says(bench, camera):
    flight = Flight(bench, camera)
    found, chosen = flight.found, []
    body = (flight.view.instances() == 2) & ~found.occluded
    for y, x in np.argwhere(body)[::37]:
        apart = all(max(abs(y - b), abs(x - a)) > 11 for a, b in chosen)
        landing = np.array([x, y]) + found.flow[y, x]
        if apart and 9 < x < 150 and 9 < y < 80 and (landing > 9).all() and (landing < [150, 80]).all():
            chosen.append((x, y))
    assert len(chosen) >= 8
    numbers = np.array([160 * y + x for x, y in chosen])
    dt = flight.one.row_times(np.array([float(y) for _, y in chosen]))
    on = flight.caster_1.points(flight.view.hits.of(numbers), dt)
    for point, moment in zip(on, dt, strict=True):
        x, y, z = (np.linalg.inv(np.array(matrix(moment))) @ [*point, 1.0])[:3]
        r = 0.03
        glued = bench.add([(x - r, y, z - r), (x + r, y, z - r), (x + r, y, z + r), (x - r, y, z + r)], [(0, 1, 2, 3)])
        glowing(glued)
        flight.with_it.append(glued)
    flight.wall.hide_render = flight.plate.hide_render = True
    lights = [
        expose(BARE, n, eye, flight.set_time, t).mean(axis=2)
        for n, (eye, t) in enumerate(zip((flight.one, flight.two), flight.times, strict=True))
    ]
    first = drawn(lights[0], np.array(chosen, float), reach=5)
    landing = np.array([np.array([x, y]) + found.flow[y, x] for x, y in chosen])
    second = drawn(lights[1], landing, reach=5)
    print(f"rolling dots off by at most {np.abs(first).max():.4f} and {np.abs(second).max():.4f} px")
    assert np.abs(first).max() < 0.05 and np.abs(second).max() < 0.05
    frozen = correspond(
        look(flight.one.at_once(), flight.moments.caster(0.0)), flight.moments.caster(0.1), flight.two.at_once()
    )
    ways = [found.flow[y, x] - frozen.flow[y, x] for x, y in chosen]
    assert np.abs(ways).max() > 0.5  # pictures of one moment would have other flow


def test_rolling_occlusion_is_that_of_the_landing_row(bench, camera):
    """The plate hides none of itself, though it moves by centimetres between rows; of the wall it hides what lies on
    the line from the eye at the landing row's moment."""
    flight = Flight(bench, camera)
    found, instances = flight.found, flight.view.instances()
    plate = (instances == 2) & found.in_frame
    assert found.occluded[plate].mean() == 0
    wall = np.argwhere((instances == 1) & found.in_frame)[::97]
    wrong = 0
    for y, x in wall:
        target = np.array([x, y]) + found.flow[y, x]
        dt = float(flight.two.row_times(target[1:])[0])
        flight.set_time(0.1 + dt)
        still = replace(flight.two.at_once(), cam_to_world=flight.two.pose_at(dt))
        origins, directions = still.rays(target[None])
        seen = bench.caster().first_hits(origins, directions).triangle[0]
        wrong += found.occluded[y, x] != (flight.caster_2.topology.object_index[seen] == 2)
    print(f"{wrong} of {len(wall)} points of the wall differ")
    assert wrong <= 0.02 * len(wall) and len(wall) > 60


def test_what_stands_still_has_no_flow_under_a_rolling_shutter(bench, camera):
    """I1 and Igt share the timing of their rows: pixel-aligned however the camera moves."""
    flight = Flight(bench, camera)
    later = correspond(flight.view, flight.caster_2, flight.one)
    wall = flight.view.instances() == 1
    assert np.abs(later.flow[wall]).max() < 1e-6 and np.abs(later.flow[~wall]).max() > 1


# ------------------------------------------------------------------ motion blur
def test_a_streak_is_as_long_as_the_way_and_centred_on_the_middle(bench, camera):
    eye = camera(size=(96, 20), focal_mm=50)
    thing = dot(bench, eye, (47.5, 9.5), 5.0, half_px=3.0)
    f, speed, shutter_s = eye.K[0, 0] / 5, 20.0, 0.02

    def set_time(time_s):
        thing.matrix_world = Matrix.Translation((speed * time_s, 0, 0))
        bpy.context.view_layer.update()

    fine = replace(BARE, samples=4096)  # moments of a streak take up noise from far out
    way = speed * f * shutter_s
    light = expose(fine, 1, eye, set_time, 0.03, shutter_s).mean(axis=2)
    middle = 47.5 + speed * 0.03 * f
    columns = light.sum(axis=0)
    x = np.arange(96)
    mean = (columns * x).sum() / columns.sum()
    spread = np.sqrt((columns * (x - mean) ** 2).sum() / columns.sum())
    still = expose(fine, 1, eye, set_time, 0.03).mean(axis=2).sum(axis=0)
    own = (still * (x - (still * x).sum() / still.sum()) ** 2).sum() / still.sum()
    length = np.sqrt(12 * (spread**2 - own))
    print(f"streak centred {mean - middle:+.4f} px off, {length:.3f} px long for a way of {way:.3f} px")
    assert abs(mean - middle) < 0.05
    assert length == pytest.approx(way, rel=0.01)
    assert columns.sum() == pytest.approx(still.sum(), rel=0.01)  # the shutter does not brighten
    assert np.array_equal(np.array(thing.matrix_world), np.array(Matrix.Translation((speed * 0.03, 0, 0))))


def test_a_moving_camera_blurs_what_stands_still(bench, camera):
    eye = replace(camera(size=(48, 48), focal_mm=60), velocity=(0.0, 0.0, 3.0), turning=(0.0, 0.0, 1.5))
    dot(bench, eye, (23.5, 23.5), 5.0, half_px=3.0)
    light = expose(BARE, 1, eye, lambda _: None, 0.0, 0.04).mean(axis=2)
    ends = np.array(
        [replace(eye, cam_to_world=eye.pose_at(dt)).project(np.zeros((1, 3)))[0][0] for dt in (-0.02, 0.02)]
    )
    ys, xs = np.nonzero(light > 0.02 * light.max())
    box = np.array([xs.max() - xs.min(), ys.max() - ys.min()])
    np.testing.assert_allclose(box, np.abs(ends[1] - ends[0]) + 6, atol=2.5)
    np.testing.assert_allclose(centroid(light, (23.5, 23.5), reach=20), (23.5, 23.5), atol=0.06)


def test_errors_while_rendering_are_not_swallowed(bench, camera):
    dot(bench, camera(size=(32, 32)), (16, 16), 5.0)

    def set_time(time_s):
        if time_s:
            raise ValueError("no such moment")

    with pytest.raises(ValueError, match="no such moment"):
        expose(replace(BARE, samples=1), 1, camera(size=(32, 32)), set_time, 0.0, 0.01)
    assert not bpy.app.handlers.frame_change_pre


# ------------------------------------------------------------------ depth of field
def test_the_circle_of_confusion_is_that_of_the_thin_lens(bench, camera):
    """A point at depth z, focus at s, aperture of diameter A: a disc of diameter A |1 / s - 1 / z| f in pixels."""
    eye = camera(size=(120, 32), focal_mm=54)
    aperture = Aperture(radius_m=0.06, focus_m=3.0)
    depths = {(22.0, 15.5): 2.0, (59.5, 15.5): 3.0, (95.0, 15.5): 6.0}
    for pixel, depth in depths.items():
        dot(bench, eye, pixel, depth, half_px=1.0)
    settings = replace(BARE, samples=900)
    cycles.place_camera(eye, aperture)
    light = cycles.render(settings, 1).mean(axis=2)
    cycles.place_camera(eye)
    sharp = cycles.render(settings, 1).mean(axis=2)
    for pixel, depth in depths.items():
        expected = 2 * aperture.radius_m * abs(1 / aperture.focus_m - 1 / depth) * eye.K[0, 0]
        # A disc of diameter d has the mean square distance d^2 / 8; that of the dot itself is in both pictures.
        spread = _mean_square(light, pixel) - _mean_square(sharp, pixel)
        found = np.sqrt(8 * max(spread, 0.0))
        print(f"circle of {found:.3f} px at {depth} m, {expected:.3f} by the thin lens")
        assert found == pytest.approx(expected, rel=0.03, abs=0.3 if depth == 3.0 else 0.0)
        np.testing.assert_allclose(centroid(light, pixel, reach=10), pixel, atol=0.1)


def _mean_square(light, about, reach=14):
    x0, y0 = (round(v) for v in about)
    window = light[y0 - reach : y0 + reach + 1, x0 - reach : x0 + reach + 1]
    ys, xs = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    cx, cy = (window * xs).sum() / window.sum(), (window * ys).sum() / window.sum()
    return float((window * ((xs - cx) ** 2 + (ys - cy) ** 2)).sum() / window.sum())


# ------------------------------------------------------------------ what Cycles is told
def test_every_optical_setting_reaches_cycles_and_leaves_it_again(bench, camera):
    bench.rectangle((-1, 1), (-1, 1))
    eye = replace(camera(size=(16, 16)), distortion=(-0.1, 0.02), readout_s=0.03)
    few = replace(BARE, samples=1)
    expose(few, 3, eye, lambda _: None, 0.0, 0.015, Aperture(0.01, 2.5))
    scene = bpy.context.scene
    lens = scene.camera.data.cycles_custom
    assert scene.camera.data.type == "CUSTOM" and scene.render.use_motion_blur
    assert (lens["k1"], lens["k2"], lens["aperture"], lens["focus"]) == (-0.1, 0.02, 0.01, 2.5)
    assert (scene.render.motion_blur_shutter, scene.render.motion_blur_position) == (1.0, "CENTER")
    assert scene.cycles.rolling_shutter_type == "TOP"
    assert scene.cycles.rolling_shutter_duration == pytest.approx(0.015 / (0.015 + 0.03 * 16 / 15))
    assert all(thing.cycles.motion_steps == 2 for thing in bpy.data.objects)
    plain = camera(size=(16, 16))
    first = expose(few, 3, plain, lambda _: None, 0.0)
    assert scene.camera.data.type == "PERSP" and not scene.render.use_motion_blur
    cycles.place_camera(plain)
    np.testing.assert_array_equal(first, cycles.render(few, 3))
