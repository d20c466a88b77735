"""Where pictures pass through, and what Cycles is told."""

from __future__ import annotations

import shutil
from collections import namedtuple
from dataclasses import replace

import pytest

bpy = pytest.importorskip("bpy")

from viewlock.renderer import cycles  # noqa: E402
from viewlock.renderer.exposing import expose  # noqa: E402
from viewlock.renderer.lens import Aperture  # noqa: E402

pytestmark = pytest.mark.render

_PICTURE = 16 * 4 * 16 * 16
"""Bytes of a picture of 16 x 16 with sixteen passes."""

_Usage = namedtuple("_Usage", "total used free")


@pytest.mark.parametrize(("free", "in_memory"), [(9 * _PICTURE, True), (7 * _PICTURE, False)])
def test_pictures_pass_through_memory_only_where_several_have_room(
    bench, camera, monkeypatch, tmp_path, free, in_memory
):
    """Containers often have 64 MB there, which a few pictures of 960 x 540 with all passes would fill."""
    memory, used = tmp_path / "memory", []
    memory.mkdir()
    monkeypatch.setenv("VIEWLOCK_MEMORY", str(memory))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: _Usage(2 * free, free, free))
    read = cycles._read_exr
    monkeypatch.setattr(cycles, "_read_exr", lambda path: used.append(path) or read(path))
    bench.rectangle((-1, 1), (-1, 1))
    cycles.place_camera(camera(size=(16, 16)))
    cycles.render(cycles.RenderSettings(samples=1), 5)
    assert [path.is_relative_to(memory) for path in used] == [in_memory]


def test_guides_are_cleaned_where_lens_or_shutter_blur_them(bench, camera):
    bench.rectangle((-1, 1), (-1, 1))
    settings = cycles.RenderSettings(samples=1, prefilter="auto")
    eye = camera(size=(16, 16))
    bent = replace(eye, distortion=(0.1, 0.0))
    used = {}
    for name, lens, aperture, shutter_s in (
        ("pinhole", eye, None, 0.0), ("bent", bent, None, 0.0), ("open", eye, Aperture(0.01, 2.0), 0.0),
        ("slow", eye, None, 0.02), ("pinhole again", eye, None, 0.0),
    ):  # fmt: skip
        expose(settings, 5, lens, lambda _: None, 0.0, shutter_s, aperture)
        used[name] = bpy.context.scene.cycles.denoising_prefilter
    assert used == {"pinhole": "NONE", "bent": "NONE", "open": "ACCURATE", "slow": "ACCURATE", "pinhole again": "NONE"}


def test_every_setting_reaches_cycles(bench, camera):
    bench.rectangle((-1, 1), (-1, 1))
    settings = cycles.RenderSettings(
        samples=3, denoise=False, prefilter="fast", adaptive_threshold=0.5, bounces=2, light_tree=False, fast_gi=True,
        filter_width_px=1.25,
    )  # fmt: skip
    cycles.place_camera(camera(size=(16, 16)))
    cycles.render(settings, 5)
    cycle = bpy.context.scene.cycles
    assert (cycle.samples, cycle.use_denoising, cycle.denoising_prefilter) == (3, False, "FAST")
    assert cycle.use_adaptive_sampling and cycle.adaptive_threshold == 0.5
    assert cycle.filter_width == pytest.approx(1.25)
    assert (cycle.max_bounces, cycle.use_light_tree, cycle.use_fast_gi, cycle.seed) == (2, False, True, 5)
