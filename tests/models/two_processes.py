"""Two processes that train together, as torchrun starts them, but forked: torch is imported once.

`python two_processes.py DATASET FOLDER` writes `FOLDER/whole` (four steps at once) and `FOLDER/parts` (two and two),
both of the tiny VQ-VAE without its codebook, and `FOLDER/aligner`, one step of the tiny DMAligner on `FOLDER/whole`.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

import torch

from viewlock.models.config import read_config
from viewlock.models.place import placed
from viewlock.models.registry import MODELS
from viewlock.models.train import Limits, train

CHANGES = {"train.steps": 4, "train.batch": 1, "train.accumulate": 1, "plain_steps": 100, "train.log_every": 1}


def settings(model: str, **changes: Any) -> Any:
    return read_config(MODELS[model].config, model, "tiny", changes)


def work(data: Path, folder: Path) -> None:
    """What each of the two does."""
    torch.set_num_threads(1)
    with placed("cpu") as place:
        vqvae = settings("vqvae", **CHANGES)
        train("vqvae", vqvae, [data], folder / "whole", place, workers=0)
        for steps in (2, 4):
            train("vqvae", vqvae, [data], folder / "parts", place, Limits(steps), workers=0)
        aligner = settings("dmaligner", **{"train.steps": 1, "vqvae.weights": str(folder / "whole")})
        train("dmaligner", aligner, [data], folder / "aligner", place, workers=0)


def main() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": "2"}
    children = []
    for rank in range(2):
        child = os.fork()
        if not child:
            os.environ |= {"RANK": str(rank), "LOCAL_RANK": str(rank)}
            work(Path(sys.argv[1]), Path(sys.argv[2]))
            os._exit(0)
        children.append(child)
    return max(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0 for child in children)


if __name__ == "__main__":
    sys.exit(main())
