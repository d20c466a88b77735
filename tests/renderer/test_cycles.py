"""Where pictures pass through, and what Cycles is told."""

from __future__ import annotations

import shutil
from collections import namedtuple

import pytest

bpy = pytest.importorskip("bpy")

from viewlock.renderer import cycles  # noqa: E402

pytestmark = pytest.mark.render

_Usage = namedtuple("_Usage", "total used free")


@pytest.mark.parametrize(("free", "folder"), [(10 * 2**30, "/dev/shm"), (64 * 2**20, None)])
def test_a_small_memory_folder_is_not_used(monkeypatch, free, folder):
    """Containers often have 64 MB there, which a few pictures of 960 x 540 with all passes would fill."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: _Usage(2 * free, free, free))
    monkeypatch.setattr(cycles.os, "access", lambda *_: True)
    assert cycles._memory_folder(960 * 540) == folder


def test_every_setting_reaches_cycles(bench, camera):
    bench.rectangle((-1, 1), (-1, 1))
    settings = cycles.RenderSettings(
        samples=3, denoise=False, prefilter="fast", adaptive_threshold=0.5, bounces=2, light_tree=False, fast_gi=True,
        filter_width_px=1.75,
    )  # fmt: skip
    cycles.place_camera(camera(size=(16, 16)))
    cycles.render(settings, 5)
    cycle = bpy.context.scene.cycles
    assert (cycle.samples, cycle.use_denoising, cycle.denoising_prefilter) == (3, False, "FAST")
    assert cycle.use_adaptive_sampling and cycle.adaptive_threshold == 0.5
    assert cycle.filter_width == pytest.approx(1.75)
    assert (cycle.max_bounces, cycle.use_light_tree, cycle.use_fast_gi, cycle.seed) == (2, False, True, 5)
