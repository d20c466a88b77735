"""The four kinds of dataset in small, and a picture of each to look at: plan, render, pack. Run as:

python examples/demo.py demo
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

KINDS = {
    "dsia": ("--scenes", "6", "--seed", "7", "--size", "416x234", "--samples", "12", "--set", "sequences=1",
             "--set", "frames=3", "--set", "splits={train: 2, val: 1, test: 1}"),
    "planar-misaligned": ("--scenes", "1", "--seed", "4", "--size", "256x256", "--samples", "12", "--set", "views=6"),
    "parallax": ("--scenes", "1", "--seed", "2", "--size", "256x256", "--samples", "12", "--set", "pairs=2"),
    "rigid": ("--scenes", "2", "--seed", "1", "--samples", "12", "--set", "frames=3"),
}  # fmt: skip
"""Preset -> options that make a few small samples of it."""

SHOWN = {
    "dsia": "I1, I2, Igt, flow in colour, masks",
    "planar-misaligned": "label, views, shadows, highlights and occluders, views turned back",
    "parallax": "two views of a static scene, one homography, flow, occlusion, overlap",
    "rigid": "a frame, the same turned, and turned back",
}


def viewlock(*words: str) -> None:
    """Run one command; its own message has said what is wrong if it fails."""
    done = subprocess.run([sys.executable, "-m", "viewlock", *words], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def main(folder: Path) -> None:
    start = time.perf_counter()
    print("Rendering 10 small scenes: some minutes on two cores; may be stopped and started again.", flush=True)
    for preset, options in KINDS.items():
        viewlock("generate", preset, "-o", str(folder / preset), *options)
        viewlock("inspect", str(folder / preset), "-o", str(folder / f"{preset}.png"))
    print(f"\nDone in {(time.perf_counter() - start) / 60:.1f} minutes.\n")
    for preset, what in SHOWN.items():
        print(f"  {folder / preset}.png  {what}")
    print(f"\n  {folder}/KIND      the dataset: shards by split, dataset.json, card, checksums")
    print(f"  {folder}/KIND.run  plan, finished scenes, logs (can be deleted)")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo"))
