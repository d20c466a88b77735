"""A small wheel that turns fast under a rolling shutter, against the rolling of a circle on paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewlock.renderer import cycles
from viewlock.renderer.exposing import expose
from viewlock.renderer.ground_truth import correspond, look
from viewlock.renderer.meshes import SceneMeshes, use_render_levels
from viewlock.renderer.moments import Moments, key_times

bpy = pytest.importorskip("bpy")
from mathutils import Matrix  # noqa: E402

from .conftest import centroid, glowing  # noqa: E402

pytestmark = pytest.mark.render

SPEED_MPS, RADIUS_M, GAP_S = 2.5, 0.05, 0.04
SIZE, AWAY_M = (320, 180), 1.0


class Wheel:
    """Rolls along x in the plane y = 0; the camera stands one metre before it and reads its rows in `readout_s`."""

    def __init__(self, bench, camera, readout_s):
        corners = np.arange(64) * 2 * np.pi / 64
        rim = [(RADIUS_M * np.cos(a), 0, RADIUS_M * np.sin(a)) for a in corners]
        self.disc = bench.add([(0, 0, 0), *rim], [(0, 1 + (n + 1) % 64, 1 + n) for n in range(64)])
        self.with_it = [self.disc]
        self.camera = replace(camera(eye=(0, -AWAY_M, 0), size=SIZE), readout_s=readout_s)
        self.focal, (self.cx, self.cy) = self.camera.K[0, 0], self.camera.K[:2, 2]

    def set_time(self, time_s):
        place = Matrix.Translation((SPEED_MPS * (time_s - GAP_S / 2), 0, 0))
        for thing in self.with_it:
            thing.matrix_world = place @ Matrix.Rotation(SPEED_MPS * time_s / RADIUS_M, 4, "Y")
        bpy.context.view_layer.update()

    def at(self, own, time_s):
        """(N, 2) x and z in the world of points (N, 2) of the wheel at times (N,)."""
        angle = SPEED_MPS * time_s / RADIUS_M
        c, s = np.cos(angle), np.sin(angle)
        return np.stack(
            [SPEED_MPS * (time_s - GAP_S / 2) + c * own[:, 0] + s * own[:, 1], c * own[:, 1] - s * own[:, 0]], 1
        )

    def own(self, pixels):
        """(N, 2) the points of the wheel that pixels (N, 2) of the picture about time 0 show."""
        time_s = self.camera.row_times(pixels[:, 1])
        angle = SPEED_MPS * time_s / RADIUS_M
        c, s = np.cos(angle), np.sin(angle)
        x = (pixels[:, 0] - self.cx) * AWAY_M / self.focal - SPEED_MPS * (time_s - GAP_S / 2)
        z = -(pixels[:, 1] - self.cy) * AWAY_M / self.focal
        return np.stack([c * x - s * z, s * x + c * z], 1)

    def drawn(self, own):
        """(N, 2) where the picture about time GAP_S has points of the wheel: the row and its moment by bisection."""
        low, high = np.full(len(own), -SIZE[1] * 1.0), np.full(len(own), SIZE[1] * 2.0)
        for _ in range(80):
            row = (low + high) / 2
            x, z = self.at(own, GAP_S + self.camera.row_times(row)).T
            below = self.cy - self.focal * z / AWAY_M > row
            low, high = np.where(below, row, low), np.where(below, high, row)
        return np.stack([self.cx + self.focal * x / AWAY_M, self.cy - self.focal * z / AWAY_M], 1)


@pytest.mark.parametrize("readout_s", [0.02, 0.03, 0.1])
def test_flow_on_a_fast_wheel_is_no_farther_off_than_the_chords_of_its_arc(bench, camera, readout_s):
    wheel = Wheel(bench, camera, readout_s)
    use_render_levels()
    keys = [key for t in (0.0, GAP_S) for key in key_times(t, readout_s)]
    moments = Moments(SceneMeshes(), wheel.set_time, [0.0, GAP_S, *keys])
    view = look(wheel.camera, moments.rolling(0.0, readout_s))
    found = correspond(view, moments.rolling(GAP_S, readout_s), wheel.camera)
    rows, columns = np.nonzero(view.instances() == 1)
    pixels = np.stack([columns, rows], 1).astype(float)
    own = wheel.own(pixels)
    inside = np.hypot(*own.T) < 0.99 * RADIUS_M
    error = np.linalg.norm(pixels + found.flow[rows, columns] - wheel.drawn(own), axis=1)[inside]
    chord_m = RADIUS_M * (1 - np.cos(SPEED_MPS / RADIUS_M * readout_s / 8))
    unit_mm = 1000 * AWAY_M / wheel.focal
    print(
        f"readout {1000 * readout_s:.0f} ms: off by {np.median(error):.3f} px (median), at most {error.max():.3f} px or"
        f" {unit_mm * error.max():.2f} mm; chords leave the arc by {1000 * chord_m:.2f} mm"
    )
    assert inside.sum() > 400
    assert error.max() < 2 * chord_m * 1000 / unit_mm  # one at each end of the flow
    assert np.median(np.abs(found.flow[rows, columns][inside, 0])) > 10


def test_cycles_draws_a_fast_wheel_along_its_arc(bench, camera):
    wheel = Wheel(bench, camera, 0.05)
    turns = np.arange(5) * 2 * np.pi / 5 + 0.3
    spots, half = 0.8 * RADIUS_M * np.stack([np.cos(turns), np.sin(turns)], 1), 0.06 * RADIUS_M
    for x, z in spots:
        around = [(x + a * half, 0, z + b * half) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        glowing(dot := bench.add(around, [(0, 1, 2, 3)]))
        wheel.with_it.append(dot)
    wheel.disc.hide_render = True
    bare = cycles.RenderSettings(samples=300, denoise=False, bounces=0)
    light = expose(bare, 1, wheel.camera, wheel.set_time, GAP_S).mean(axis=2)
    errors = np.array([centroid(light, spot, 4) - spot for spot in wheel.drawn(spots)])
    print(f"dots on the wheel are drawn at most {np.abs(errors).max():.3f} px off its arc")
    assert np.abs(errors).max() < 0.06  # chords are 0.6 px off
