"""What the benchmarks take for the noise of a label."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("bpy")

from benchmarks.noise import aligned, label_again
from benchmarks.statistics import psnr
from viewlock.exporters.dataset import ShardDataset
from viewlock.exporters.scene_file import read_record
from viewlock.generator.dsia_spec import DsiaSpec
from viewlock.generator.plan import load_catalogue
from viewlock.renderer.run import Run, scene_file
from viewlock.renderer.sample import Flow


@pytest.mark.render
def test_only_the_seed_differs(tiny_run):
    sample = ShardDataset(tiny_run)[1]  # the second pair of scene 0
    record = read_record(tiny_run / "scenes" / scene_file(sample["meta"]["scene_id"]))
    config = Run.open(tiny_run).config
    spec, catalogue = DsiaSpec.model_validate(record["spec"]), load_catalogue(config)
    own, other = (psnr(label_again(spec, config, catalogue, sample["meta"], n), sample["igt"]) for n in (0, 1))
    assert own > 60 and own > other + 10


def test_i2_is_looked_up_where_the_flow_says():
    rng = np.random.default_rng(3)
    igt = rng.integers(0, 256, (20, 30, 3)).astype(np.uint8)
    flow = Flow(np.full((20, 30, 2), (2, -3), np.float32), np.ones((20, 30), bool))
    sample = {"igt": igt, "i2": np.roll(igt, (-3, 2), (0, 1)), "flow_gtto2": flow}
    found = aligned(sample | {"occluded_gtto2": np.zeros((20, 30), bool)})
    assert found["warped_p95"] == 0 < found["half_pixel_p50"] < found["nothing_p50"]
    sample["i2"][:, 15:] ^= 255  # seen in I2 from x = 15 on, which is x = 13 in Igt
    hidden = np.zeros((20, 30), bool)
    hidden[:, 13:] = True
    assert aligned(sample | {"occluded_gtto2": hidden})["warped_p95"] == 0
