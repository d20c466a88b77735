"""Lens and shutter of cameras before which nothing moves, as the specs of other kinds than `dsia` give them, against
closed forms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewlock.generator.planar import label_eye
from viewlock.generator.planar_spec import SENSOR_MM
from viewlock.generator.spec import Lens, Shutter, StillCamera
from viewlock.geometry import look_at, pixel_grid
from viewlock.renderer import cycles
from viewlock.renderer.cameras import aperture_of, shutter_s_of
from viewlock.renderer.exposing import expose
from viewlock.renderer.ground_truth import correspond, look
from viewlock.renderer.parallax import pair_truth
from viewlock.renderer.rigid import rolled, rolling_residual_px

bpy = pytest.importorskip("bpy")

from .conftest import centroid, glowing  # noqa: E402

pytestmark = pytest.mark.render

BARE = cycles.RenderSettings(samples=300, denoise=False, bounces=0)
READOUT_S = 0.05


def stand_still(time_s):
    """Of a scene in which nothing moves."""


def still_camera(turning=(0.0, 0.0, 0.0), velocity=(0.0, 0.0, 0.0), shutter_s=0.0, readout_s=0.0, **look):
    shutter = Shutter(shutter_s=shutter_s, rolling_shutter_s=readout_s, velocity=velocity, turning=turning)
    pose = look_at(look.get("eye", (0.0, -5.0, 0.0)), look.get("target", (0.0, 0.0, 0.0)), look.get("roll", 0.0))
    return StillCamera.of(pose, look.get("focal_mm", 50.0), SENSOR_MM, None, shutter)


# ------------------------------------------------------------------ depth of field
def test_the_edge_of_an_occluder_before_the_picture_is_as_soft_as_the_thin_lens_says(bench):
    """A picture in focus, half of it behind a black edge nearer to the camera. A disc of diameter d, summed along the
    edge, has the variance d^2 / 16; so much wider is the step's derivative than through a pinhole."""
    picture = bench.rectangle((-3, 3), (-3, 3))
    glowing(picture)
    bench.rectangle((-3, 0), (-3, 3), y=-0.6)
    plain = label_eye(1.0, 50.0)
    distance = -plain.position[1]
    eye = plain.model_copy(update={"lens": Lens(distortion=(0, 0), f_number=1.0, focus_m=distance)})
    size = (240, 8)
    spreads = []
    for one in (plain, eye):
        light = expose(BARE, 1, one.camera(size), stand_still, 0.0, 0.0, aperture_of(one)).mean(axis=(0, 2))
        step, x = np.diff(light), np.arange(239)
        assert light[:60].max() < 1e-3 and light[-60:] == pytest.approx(1, rel=1e-3)  # the picture itself is sharp
        mean = (step * x).sum() / step.sum()
        assert mean == pytest.approx(119, abs=0.2)
        spreads.append((step * (x - mean) ** 2).sum() / step.sum())
    found = np.sqrt(16 * (spreads[1] - spreads[0]))
    expected = 240 * 50 / 36 * 0.05 * abs(1 / distance - 1 / (distance - 0.6))
    print(f"edge of {found:.3f} px, {expected:.3f} px by the thin lens")
    assert expected > 8 and found == pytest.approx(expected, rel=0.02)


# ------------------------------------------------------------------ motion blur
def streak(bench, camera, shutter_s):
    """(2,) the way of a dot in the picture's middle, up to its sign, by what its covariance grows to, and where it
    is."""
    origins, directions = camera.rays(np.array([23.5, 23.5]) + np.array([[-2, -2], [2, -2], [2, 2], [-2, 2]]))
    glowing(bench.add(origins + 5 * directions, [(0, 1, 2, 3)]))
    grown, middles = [], []
    ys, xs = np.mgrid[:48, :48]
    for seconds in (0.0, shutter_s):
        light = expose(BARE, 1, camera, stand_still, 0.0, seconds).mean(axis=2)
        share = light / light.sum()
        middles.append(np.array([(share * xs).sum(), (share * ys).sum()]))
        off = np.stack([xs - middles[-1][0], ys - middles[-1][1]])
        grown.append(np.einsum("yx,iyx,jyx->ij", share, off, off))
    values, axes = np.linalg.eigh(12 * (grown[1] - grown[0]))  # of a line of length L: L^2 / 12
    assert abs(values[0]) < 0.02 * values[1]
    return np.sqrt(values[1]) * axes[:, 1], middles[1] - middles[0]


@pytest.mark.parametrize("kind", ["parallax", "rigid", "planar"])
def test_a_streak_is_as_long_as_angle_times_focal_length(bench, kind):
    """A camera that turns by w t about its upright axis draws what it looks at over f w t pixels across; the rolled
    camera of a `rigid` pair draws the same, turned."""
    speed, shutter_s, theta = 2.0, 0.06, 0.4
    turning = (0.0, 0.0, speed)
    spec = still_camera(turning, shutter_s=shutter_s)
    if kind == "planar":
        spec = label_eye(3.6, 50.0).model_copy(update={"shutter": spec.shutter})
    camera = spec.camera((48, 48))
    across = np.array([1.0, 0.0])
    if kind == "rigid":
        camera = rolled(camera, theta)
        across = np.array([np.cos(theta), -np.sin(theta)])  # counter-clockwise, y down
    way, moved = streak(bench, camera, shutter_s_of(spec))
    expected = 50 / 36 * 48 * speed * shutter_s
    print(
        f"{kind}: streak of {np.linalg.norm(way):.3f} px, {expected:.3f} expected; middle {np.abs(moved).max():.3f} off"
    )
    assert np.linalg.norm(way) == pytest.approx(expected, rel=0.015)
    assert abs(way @ across) == pytest.approx(np.linalg.norm(way), rel=2e-3)
    assert np.abs(moved).max() < 0.05


def test_going_sideways_draws_near_things_longer(bench):
    """v t f / z pixels."""
    spec = still_camera(velocity=(12.0, 0.0, 0.0), shutter_s=0.06)
    way, _ = streak(bench, spec.camera((48, 48)), shutter_s_of(spec))
    assert np.linalg.norm(way) == pytest.approx(12.0 * 0.06 * 50 / 36 * 48 / 5, rel=0.015)


# ------------------------------------------------------------------ rolling shutter
def shaken_pair(size):
    """Two cameras that move while their rows are read."""
    one = still_camera((0.3, -0.4, 0.6), (0.5, 0.1, 0.3), readout_s=READOUT_S, focal_mm=28.0)
    two = still_camera((-0.5, 0.2, -0.6), (-0.4, 0.3, 0.4), readout_s=READOUT_S, focal_mm=28.0,
                       eye=(0.5, -4.7, 0.1), target=(0.2, 0, 0.05), roll=0.05)  # fmt: skip
    return one.camera(size), two.camera(size)


def test_rolling_dots_are_drawn_where_the_flow_of_a_pair_says(bench):
    """Dots on a screen and on a wall behind it, put there by rays of the first camera, in Cycles' second picture."""
    one, two = shaken_pair((128, 72))
    solids = [bench.rectangle((-0.9, 0.6), (-0.6, 0.7), y=-1.0), bench.rectangle((-9, 9), (-7, 7), y=3.0)]
    caster = bench.caster()
    truth = pair_truth(one, two, caster, (0, 0))
    frozen = correspond(look(one.at_once(), caster), caster, two.at_once())
    seen = truth.there.valid & ~truth.there.occluded
    chosen = []
    for y, x in np.argwhere(seen)[::61]:
        landing = np.array([x, y]) + truth.there.flow[y, x]
        near = min((np.abs(landing - at).max() for _, _, at in chosen), default=99.0)
        if near > 13 and (landing > 8).all() and (landing < [119, 63]).all():
            chosen.append((x, y, landing))
    assert len(chosen) >= 12
    for x, y, _ in chosen:
        offsets = np.array([[-1.5, -1.5], [1.5, -1.5], [1.5, 1.5], [-1.5, 1.5]])
        row = replace(one.at_once(), cam_to_world=one.pose_at(float(one.row_times(np.array([float(y)]))[0])))
        origins, directions = row.rays(np.array([x, y]) + offsets)
        point = truth.one.hits.depth[128 * y + x]
        glowing(bench.add(origins + point * directions, [(0, 1, 2, 3)]))
    for solid in solids:
        solid.hide_render = True
    light = expose(replace(BARE, samples=500), 1, two, stand_still, 0.0).mean(axis=2)
    off = np.array([centroid(light, landing, reach=6) - landing for _, _, landing in chosen])
    rolled_by = max(np.abs(truth.there.flow - frozen.flow)[y, x].max() for x, y, _ in chosen)
    print(
        f"{len(chosen)} rolling dots at most {np.abs(off).max():.4f} px off; rolling moves them by {rolled_by:.2f} px"
    )
    assert np.abs(off).max() < 0.02 and rolled_by > 1


def test_flow_before_a_still_world_is_that_of_each_row_s_own_camera(bench):
    """A naive loop over rows: the pose of the row's moment, and a plane, against the truth; and it leads back."""
    one, two = shaken_pair((96, 54))
    bench.rectangle((-30, 30), (-30, 30), y=2.0)
    caster = bench.caster()
    truth = pair_truth(one, two, caster, (0, 0))
    for y in range(0, 54, 6):
        pixels = np.stack([np.arange(96.0), np.full(96, float(y))], axis=1)
        row = replace(one.at_once(), cam_to_world=one.pose_at(float(one.row_times(pixels[:1, 1])[0])))
        origins, ways = row.rays(pixels)
        points = origins + ways * ((2.0 - origins[:, 1]) / ways[:, 1])[:, None]
        landing = pixels + truth.there.flow[y]
        for x in range(0, 96, 8):
            dt = float(two.row_times(landing[x : x + 1, 1])[0])
            drawn = replace(two.at_once(), cam_to_world=two.pose_at(dt)).project(points[x : x + 1])[0][0]
            np.testing.assert_allclose(drawn, landing[x], atol=1e-4)
    assert not truth.there.occluded[truth.there.in_frame].any()


def test_a_rolling_shutter_takes_a_turned_frame_off_its_angle_by_the_rows_that_its_pixels_cross(bench):
    """A camera that turns by w about its upright axis, before a wall far away: what is drawn in row y of one picture
    and row y' of the other is f w readout (y' - y) / (H - 1) pixels off, but for the angle's cosine."""
    bench.rectangle((-3000, 3000), (-3000, 3000), y=1000.0)
    camera = still_camera((0.0, 0.0, 0.5), readout_s=0.03).camera((96, 96))
    caster = bench.caster()
    for theta_deg in (0.0, 10.0, -10.0):
        moved = rolled(camera, np.radians(theta_deg))
        found = rolling_residual_px(camera, moved, theta_deg, caster)
        x, y = (pixel_grid(96, 96) - 47.5).T
        c, s = np.cos(np.radians(theta_deg)), np.sin(np.radians(theta_deg))
        later = c * y - s * x
        inside = np.maximum(np.abs(c * x + s * y), np.abs(later))
        expected = np.median(np.abs(50 / 36 * 96 * 0.5 * 0.03 / 95 * (later - y))[inside < 48])
        print(f"{theta_deg} degrees: {found:.4f} px off, {expected:.4f} expected")
        assert found == pytest.approx(expected, rel=0.1, abs=1e-6)
        assert rolling_residual_px(camera.at_once(), moved.at_once(), theta_deg, caster) < 1e-6


# ------------------------------------------------------------------ what stays as it was
def test_a_still_scene_survives_the_way_to_blur_and_back(bench):
    """Nothing but the camera changes between these pictures, and those of one moment are the same, bit for bit."""
    glowing(bench.rectangle((-1, 1), (-1, 1)))
    spec = still_camera((0.0, 0.0, 2.0), shutter_s=0.05)
    few, camera = replace(BARE, samples=4), spec.camera((24, 24))
    first, blurred, last = (expose(few, 1, camera, stand_still, 0.0, seconds) for seconds in (0.0, 0.05, 0.0))
    np.testing.assert_array_equal(first, last)
    assert (first != blurred).any()
