"""The main job in small: plan, render and pack a DSIA dataset, and a picture of it to look at. Run as:

python examples/demo.py demo
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

SETTINGS = ["--scenes", "6", "--seed", "7", "--size", "416x234", "--samples", "12",
            "--set", "sequences=1", "--set", "frames=3", "--set", "splits={train: 2, val: 1, test: 1}"]  # fmt: skip


def viewlock(*words: str) -> None:
    """Run one command; its own message has said what is wrong if it fails."""
    done = subprocess.run([sys.executable, "-m", "viewlock", *words], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def main(folder: Path) -> None:
    start = time.perf_counter()
    dataset, sheet = folder / "dataset", folder / "contact_sheet.png"
    print("Rendering 6 small scenes: some minutes on two cores; may be stopped and started again.", flush=True)
    viewlock("generate", "dsia", "-o", str(dataset), *SETTINGS)
    viewlock("inspect", str(dataset), "-o", str(sheet))
    print(f"\nDone in {(time.perf_counter() - start) / 60:.1f} minutes.\n")
    print(f"  look at    {sheet}        I1, I2, Igt, flow in colour, masks")
    print(f"  dataset    {dataset}      shards by split, dataset.json, card, checksums")
    print(f"  run        {dataset}.run  plan, finished scenes, logs (can be deleted)")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo"))
