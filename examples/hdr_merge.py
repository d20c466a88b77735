"""Merge hand-held exposure brackets with and without alignment.

    python examples/hdr_merge.py DARK.jpg MIDDLE.jpg BRIGHT.jpg --reference 1 --method dis -o merged.png

Without pictures but with `--data DATASET`, the brackets come from one triple: I1 two stops darker and I2 two stops
brighter, or with `--stored` the darkest of I1 and the brightest of I2 that `degrade.brackets_ev` put into the dataset.
Their fusion with Igt in place of I2 is how it looks when the camera keeps still; PSNR is given against that, on pixels
where nothing moves. What moves stays a ghost in every fusion, since its brackets show two moments.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from viewlock.errors import ConfigError, ViewlockError
from viewlock.models.data import open_samples
from viewlock.models.hdr_merge import Picture, exposed, fuse, merge
from viewlock.models.methods import get_method
from viewlock.models.metrics import Mask, psnr, region
from viewlock.models.photos import check_output, check_without_truth, read_photo, same_size, write_photo
from viewlock.models.picture_grid import picture_grid


def from_photos(files: Sequence[Path]) -> tuple[list[Picture], None]:
    """Brackets, and nothing to compare with."""
    pictures = [read_photo(file) for file in files]
    return [same_size(pictures[0], p, f"{files[0]}, {f}") for f, p in zip(files, pictures, strict=True)], None


def from_triple(dataset: Path, split: str, index: int, ev: float) -> tuple[list[Picture], tuple[Picture, Mask]]:
    """Brackets of I1 and I2, their fusion as it would be without camera motion, and where nothing moves."""
    sample = _sample(dataset, split, index, ["i1", "i2", "igt", "dynamic"])
    dark, bright, ideal = exposed(sample["i1"], -ev), exposed(sample["i2"], ev), exposed(sample["igt"], ev)
    return [dark, bright], (fuse([dark, ideal]), ~sample["dynamic"])


def from_stored(dataset: Path, split: str, index: int) -> tuple[list[Picture], tuple[Picture, Mask]]:
    """The same with the brackets that a triple came with, taken from linear light and with their own noise."""
    meta = _sample(dataset, split, index, ["meta"])["meta"]
    stops = meta.get("brackets_ev", [])
    if not stops:
        raise ConfigError(f"--stored: {dataset} has no brackets; generate it with --set 'degrade.brackets_ev=[-2, 2]'")
    dark, bright = f"i1_bracket{np.argmin(stops)}", f"i2_bracket{np.argmax(stops)}"
    sample = _sample(dataset, split, index, [dark, bright, "igt", "dynamic"])
    ideal = exposed(sample["igt"], meta["degradations"][bright]["exposure_ev"])
    return [sample[dark], sample[bright]], (fuse([sample[dark], ideal]), ~sample["dynamic"])


def _sample(dataset: Path, split: str, index: int, fields: list[str]) -> dict[str, Any]:
    samples = open_samples([dataset], split, fields, "dsia")
    if not 0 <= index < len(samples):
        raise ConfigError(f"--sample {index}: expected 0 to {len(samples) - 1}")
    return samples[index]


def words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", nargs="*", type=Path)
    parser.add_argument("--data", type=Path, help="a dataset, instead of pictures")
    parser.add_argument("--split", default="test")
    parser.add_argument("--sample", type=int, default=0, help="which of the split")
    parser.add_argument("--ev", type=float, default=2.0, help="stops darker and brighter, with --data")
    parser.add_argument("--stored", action="store_true", help="brackets that the dataset came with, instead of --ev")
    parser.add_argument("--reference", type=int, default=0, help="the bracket whose camera is kept, from 0")
    parser.add_argument("--method", nargs="+", default=["sift", "dis"])
    parser.add_argument("--device", default="cpu")
    parser.add_argument("-o", "--output", type=Path, required=True)
    return parser.parse_args()


def run(given: argparse.Namespace) -> None:
    check_output(given.output)
    if (given.data is None) == (len(given.pictures) < 2):
        raise ConfigError("hdr_merge: expected two pictures at least, or --data DATASET")
    methods = [get_method(name, given.device) for name in given.method]
    for method in methods:
        check_without_truth(method)
    if given.data is None:
        brackets, ideal = from_photos(given.pictures)
    elif given.stored:
        brackets, ideal = from_stored(given.data, given.split, given.sample)
    else:
        brackets, ideal = from_triple(given.data, given.split, given.sample, given.ev)
    if not 0 <= given.reference < len(brackets):
        raise ConfigError(f"--reference {given.reference}: expected 0 to {len(brackets) - 1}")
    tiles = [(f"bracket {k}", picture) for k, picture in enumerate(brackets)]
    for label, method in [("not aligned", None), *((m.label, m) for m in methods)]:
        merged = merge(brackets, given.reference, method)
        score = "" if ideal is None else f"  {psnr(region(merged, *ideal).mse):.2f} dB"
        print(f"{label}{score}")
        tiles.append((f"{label}{score}", merged))
    if ideal is not None:
        tiles.append(("no camera motion", ideal[0]))
    write_photo(given.output, picture_grid([("exposure fusion", tiles)], width=480, columns=3))
    print(given.output)


if __name__ == "__main__":
    try:
        run(words())
    except ViewlockError as problem:
        print(f"hdr_merge: {problem}", file=sys.stderr)
        sys.exit(problem.exit_code)
