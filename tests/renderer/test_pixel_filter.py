"""The filter that a pixel is seen through, as it is drawn and as it is softened."""

from __future__ import annotations

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from viewlock.renderer import cycles  # noqa: E402
from viewlock.renderer.pixel_filter import soften  # noqa: E402

from .conftest import glowing  # noqa: E402

BLACKMAN_HARRIS = 0.35875, -0.48829, 0.14128, -0.01168


def variance(width_px: float) -> float:
    """Of a Blackman-Harris window that is two widths long, in square pixels."""
    x = np.linspace(-width_px, width_px, 100_001)
    window = sum(a * np.cos(k * np.pi * (x / width_px + 1)) for k, a in enumerate(BLACKMAN_HARRIS))
    return float((window * x**2).sum() / window.sum())


@pytest.mark.render
@pytest.mark.parametrize("width_px", [1.0, 1.5, 2.0, 2.5, 4.0])
def test_a_thin_line_is_as_wide_as_the_filter_and_stays_in_its_place(bench, camera, width_px):
    eye = camera(size=(48, 96))
    scale = 5 / eye.K[0, 0]  # metres a pixel in the plane of the line
    reach, half, lean = 60 * scale, 0.05 * scale, 0.25  # a quarter of a pixel a row: every phase of the grid
    ends = [(x + lean * z, 0.0, z) for z in (-reach, reach) for x in (-half, half)]
    glowing(bench.add(ends, [(0, 1, 3, 2)]))
    cycles.place_camera(eye)
    picture = cycles.render(cycles.RenderSettings(samples=1024, denoise=False, filter_width_px=width_px), 3)[..., 0]
    rows, columns = np.mgrid[0:96, 0:48]
    beside = columns - eye.K[0, 2] - lean * (eye.K[1, 2] - rows)
    inside = slice(12, 84)
    light, beside = picture[inside], beside[inside]
    mean = (light * beside).sum() / light.sum()
    assert mean == pytest.approx(0, abs=0.004)
    across = (light * beside**2).sum() / light.sum() / (1 + lean**2)  # rows above and below stand aside by the lean
    assert across == pytest.approx(variance(width_px) + 0.1**2 / 12, rel=0.01)


@pytest.mark.parametrize("width_px", [1.75, 2.5, 6.0])
def test_softening_moves_nothing_and_loses_no_light(width_px):
    rows, columns = np.mgrid[0:40, 0:60].astype(np.float32)
    ramp = 3 + 2 * columns - 0.5 * rows
    assert np.abs(soften(ramp, width_px) - ramp).max() < 1e-4  # the border, too
    spot = np.zeros((41, 61), np.float32)
    spot[20, 30] = 1
    soft = soften(spot, width_px).astype(float)
    ys, xs = np.mgrid[-20:21, -30:31]
    assert soft.min() >= 0 and soft.sum() == pytest.approx(1, abs=1e-5)
    for away in (ys, xs):
        assert (soft * away).sum() == pytest.approx(0, abs=1e-5)
        assert (soft * away**2).sum() == pytest.approx(variance(width_px) - variance(1.5), rel=1e-4)


@pytest.mark.parametrize("width_px", [0.5, 1.5])
def test_what_is_drawn_as_wanted_is_left_alone(width_px):
    noise = np.random.default_rng(0).random((9, 7), np.float32)
    assert np.array_equal(soften(noise, width_px), noise)


@pytest.mark.render
def test_only_colours_are_softened(bench, camera):
    bpy.context.view_layer.use_pass_object_index = True
    glowing(bench.rectangle((-0.5, 0.5), (-0.5, 0.5)))
    cycles.place_camera(camera(size=(32, 18)))
    drawn, soft = (cycles.render_channels(cycles.RenderSettings(samples=16, denoise=False, filter_width_px=w), 3)
                   for w in (1.5, 2.5))  # fmt: skip
    for name, channel in drawn.items():
        colour = name.endswith(("Combined.R", "Combined.G", "Combined.B"))
        expected = soften(channel, 2.5) if colour else channel
        assert np.array_equal(soft[name], expected), name
