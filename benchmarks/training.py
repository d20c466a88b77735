"""Training on this machine: what loading a sample costs, what a step costs, and the loader's share of it.

Pictures are synthetic, 480 x 270, so that no dataset is needed; their PNGs are about as large as rendered ones.
"""

from __future__ import annotations

import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch

from viewlock.exporters.fields import encode_sample
from viewlock.exporters.tar import tar_bytes
from viewlock.models.config import DataConfig, read_config
from viewlock.models.loader import Stream, StreamState
from viewlock.models.registry import MODELS

WIDTH, HEIGHT, SAMPLES, STEPS = 480, 270, 32, 12


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        shard = Path(folder) / "toy.tar"
        shard.write_bytes(tar_bytes(sorted(m for n in range(SAMPLES) for m in _sample(n).items())))
        print(f"shard: {shard.stat().st_size / SAMPLES / 1e3:.0f} kB a sample of {WIDTH}x{HEIGHT}")
        for model in ("vqvae", "dmaligner"):
            _training(shard, model)
        config = read_config(MODELS["dmaligner"].config, "dmaligner", "paper")
        seconds = _loading(shard, ("i1", "i2", "igt", "dynamic"), config.data)
        print(f"dmaligner paper: loading {seconds * 1e3:.1f} ms CPU a sample, crop 480x256")
    sys.stdout.flush()


def _sample(number: int) -> dict[str, bytes]:
    rng = np.random.default_rng(number)
    fields: dict[str, Any] = {name: _picture(rng) for name in ("i1", "i2", "igt")}
    return encode_sample(f"{number:06d}-000", fields | {"dynamic": fields["i1"][..., 0] > 180})


def _picture(rng: np.random.Generator) -> np.ndarray:
    """Large and small shapes, with a little noise."""
    layers = [cv2.resize(rng.uniform(0, 255, (n, 2 * n, 3)), (WIDTH, HEIGHT)) for n in (4, 16, 64)]
    noise = rng.normal(0, 1.5, (HEIGHT, WIDTH, 3))
    return np.clip(0.5 * layers[0] + 0.35 * layers[1] + 0.15 * layers[2] + noise, 0, 255).astype(np.uint8)


def _loading(shard: Path, fields: tuple[str, ...], data: DataConfig) -> float:
    """CPU seconds a sample."""
    batches = Stream([shard], fields, None, data, 0, batch=4, workers=0).batches(StreamState())
    next(batches)
    began = time.process_time()
    list(islice(batches, 8))
    return (time.process_time() - began) / 32


def _training(shard: Path, name: str) -> None:
    """Steps of the preset `small` on random weights with one loading process."""
    config = read_config(MODELS[name].config, name, "small")
    model: Any = MODELS[name].build(config)
    batches = Stream([shard], model.fields, None, config.data, 0, config.train.batch, workers=1).batches(StreamState())
    optimiser = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], 1e-4)
    waited, began, cpu = 0.0, 0.0, 0.0
    for step in range(STEPS + 2):
        if step == 2:
            waited, began, cpu = 0.0, time.monotonic(), time.process_time()
        asked = time.monotonic()
        batch = next(batches)
        waited += time.monotonic() - asked
        model(batch, 1000)["loss"].backward()
        optimiser.step()
        optimiser.zero_grad()
    wall, cpu = time.monotonic() - began, time.process_time() - cpu
    loading = _loading(shard, model.fields, config.data)
    crop = "x".join(map(str, config.data.crop))
    print(
        f"{name} small, crop {crop}: loading {loading * 1e3:.1f} ms CPU a sample, which makes "
        f"{100 * loading * config.train.batch / (cpu / STEPS):.0f} % of the step's own CPU time"
    )
    print(
        f"{name} small, batch {config.train.batch}, {torch.get_num_threads()} threads: {wall / STEPS:.2f} s wall and "
        f"{cpu / STEPS:.2f} s CPU a step, {100 * waited / wall:.1f} % of it waiting for data with 1 worker"
    )


if __name__ == "__main__":
    main()
