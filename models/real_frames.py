"""Methods on real frames, which have no truth: distances to I1 after the paper's Table 3, and surrogates named so.

Nobody knows Igt of a video. What can be said:

- LPIPS and DreamSim between the prediction and I1, as in the paper. A copy of I1 has distance 0, so these reward doing
  nothing to I1.
- On **still-looking** pixels, where the dense flow from I1 to I2 follows one homography, Igt should be I1: PSNR against
  I1. A copy of I1 is perfect there.
- On **moving-looking** pixels, where the flow leaves the homography, Igt should be I2 brought back by the homography:
  PSNR against that. A single homography is perfect there, a copy of I1 is not.

Which pixels look how is guessed from SIFT and DIS, so parallax looks like motion, and methods made of these two are
favoured. Neither number alone means anything; the shortcuts beside a method show what its numbers are worth.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewlock.errors import ConfigError
from viewlock.exporters.fields import encode_rgb
from viewlock.store import write_file

from .baselines import dis_flow, sift_homography
from .methods import Method, get_methods
from .metrics import psnr, region
from .perceptual import Distance, perceptual_distances
from .photos import check_without_truth, frames_of, read_photo, same_size
from .picture_grid import picture_grid
from .scoring import PERCEPTUAL, Meter
from .table_forms import DASH, Cell, Column, Table, open_folder, words, write_tables
from .tables import NAMES, cost_table
from .warping import in_frame, look_up, picture_of_tensor, tensor_of_flow, tensor_of_picture

Picture = NDArray[np.uint8]
Mask = NDArray[np.bool_]

STILL_PX, MOVING_PX = 1.0, 3.0
"""Distance of the flow from the homography up to which a pixel looks still, and from which it looks moving; both for
pictures with a diagonal of 500 pixels, and in proportion."""


@dataclass(frozen=True)
class Guess:
    """What is guessed about a pair without truth.

    Attributes:
        still, moving: (H, W), pixels of I1 that look it, inside I2's frame; neither where it cannot be told.
        brought_back: (H, W, 3) I2 seen from I1 by one homography.
    """

    still: Mask
    moving: Mask
    brought_back: Picture


def guess(i1: Picture, i2: Picture) -> Guess | None:
    """Which pixels look still or moving; None where no homography explains enough of the pair."""
    rigid = sift_homography(i1, i2)
    if rigid is None:
        return None
    gap = np.linalg.norm(dis_flow(i1, i2) - rigid, axis=-1)
    flow = tensor_of_flow(rigid)
    inside = in_frame(flow)[0].numpy()
    scale = float(np.hypot(*i1.shape[:2])) / 500
    brought_back = picture_of_tensor(look_up(tensor_of_picture(i2), flow))
    return Guess(inside & (gap < STILL_PX * scale), inside & (gap > MOVING_PX * scale), brought_back)


def evaluate_frames(
    names: Sequence[str],
    folders: Sequence[Path],
    target: Path,
    stride: int = 1,
    limit: int | None = None,
    device: str = "cpu",
    seed: int = 0,
) -> dict[str, Any]:
    """Score methods on frames k and k + stride of each folder; writes `results.json`, tables, cost and `grid.png`.

    Raises:
        ConfigError: no such method, or one that needs truth.
        DatasetError: not a folder of frames of one size.
    """
    methods = get_methods(names, device, seed)
    for method in methods:
        check_without_truth(method)
    distances, missing = perceptual_distances(device)
    pairs = _pairs(folders, stride, limit)
    open_folder(target)
    meters = {method.name: Meter(device) for method in methods}
    scores: dict[str, list[dict[str, Any]]] = {method.name: [] for method in methods}
    for one, two in pairs:
        sample = _sample(one, two)
        guessed = guess(sample["i1"], sample["i2"])
        for method in methods:
            output = meters[method.name].run(lambda method=method, sample=sample: method.align(sample))
            prediction = picture_of_tensor(output.image)
            facts = {"key": sample["key"], "folder": one.parent.name}
            scores[method.name].append(facts | _score(prediction, sample["i1"], guessed, distances))
    results = {
        "frames": [str(folder) for folder in folders], "stride": stride, "seed": seed, "pairs": len(pairs),
        "missing": missing,
        "methods": [{"name": m.name, "label": m.label, "summary": _summary(scores[m.name]), "scores": scores[m.name]}
                    for m in methods],
    }  # fmt: skip
    write_file(target / "results.json", json.dumps(results, indent=1, allow_nan=False) + "\n")
    write_tables([frames_table(results)], target)
    cost = {method.label: meters[method.name].summary() for method in methods}
    write_file(target / "cost.json", json.dumps(cost, indent=1) + "\n")
    write_tables([cost_table(cost)], target, "cost")
    write_file(target / "grid.png", encode_rgb(_grid(methods, pairs)))
    return results


def _pairs(folders: Sequence[Path], stride: int, limit: int | None) -> list[tuple[Path, Path]]:
    pairs = []
    for folder in folders:
        files = frames_of(folder)
        if len(files) <= stride:
            raise ConfigError(f"--stride {stride}: {folder} has only {len(files)} frames; choose a smaller one")
        pairs += list(zip(files[:-stride], files[stride:], strict=True))
    if limit is not None and limit < len(pairs):
        pairs = [pairs[k * len(pairs) // limit] for k in range(limit)]
    return pairs


def _sample(one: Path, two: Path) -> dict[str, Any]:
    i1 = read_photo(one)
    return {"key": one.stem, "i1": i1, "i2": same_size(i1, read_photo(two), f"{one}, {two.name}")}


def _score(
    prediction: Picture, i1: Picture, guessed: Guess | None, distances: dict[str, Distance]
) -> dict[str, float | None]:
    pair = [tensor_of_picture(picture) for picture in (prediction, i1)]
    found: dict[str, float | None] = {
        name: round(distances[name](*pair), 6) if name in distances else None for name in PERCEPTUAL
    }
    still = moving = None
    if guessed is not None:
        still = region(prediction, i1, guessed.still)
        moving = region(prediction, guessed.brought_back, guessed.moving)
    for name, part in (("still", still), ("moving", moving)):
        found[f"{name}_psnr"] = round(psnr(part.mse), 6) if part and part.pixels else None
        found[f"{name}_share"] = None if part is None else round(part.pixels / i1[..., 0].size, 6)
    return found


def _summary(scores: Sequence[dict[str, Any]]) -> dict[str, float | None]:
    names = [*PERCEPTUAL, "still_psnr", "moving_psnr", "still_share", "moving_share"]
    there = {name: [score[name] for score in scores if score[name] is not None] for name in names}
    return {name: round(float(np.mean(values)), 6) if values else None for name, values in there.items()}


def frames_table(results: dict[str, Any]) -> Table:
    """After Table 3, with the surrogates beside it."""
    names = (*PERCEPTUAL, "still_psnr", "moving_psnr")
    cells: list[list[Cell]] = [
        [method["label"], *((method["summary"][name],) for name in names)] for method in results["methods"]
    ]
    first = results["methods"][0]["summary"]
    shares = [_percent(first[name]) for name in ("still_share", "moving_share")]
    notes = (
        f"{results['pairs']} pairs of real frames, {results['stride']} apart, without truth. LPIPS and DreamSim are "
        "against I1: a copy of I1 scores 0.",
        f"The surrogates are guesses. Still-looking ({shares[0]} of the pixels): PSNR against I1, where a copy of I1 "
        f"is exact by definition (100). Moving-looking ({shares[1]}): PSNR against I2 under one homography, where that "
        "homography is. Parallax counts as motion. Only being good in both means something.",
        *(f"{NAMES[name]} is missing: {why}." for name, why in results["missing"].items()),
    )
    columns = [
        words("method"), Column("LPIPS to I1", (3,)), Column("DreamSim to I1", (3,)),
        Column("surrogate: still-looking"), Column("surrogate: moving-looking"),
    ]  # fmt: skip
    return Table("table3", "Real frames", columns, cells, notes)


def _percent(share: float | None) -> str:
    return DASH if share is None else f"{100 * share:.0f} %"


def _grid(methods: Sequence[Method], pairs: Sequence[tuple[Path, Path]]) -> Picture:
    """The first, the middle and the last pair."""
    blocks = []
    for one, two in dict.fromkeys([pairs[0], pairs[len(pairs) // 2], pairs[-1]]):
        sample = _sample(one, two)
        tiles = [("I1", sample["i1"]), ("I2", sample["i2"])]
        tiles += [(method.label, picture_of_tensor(method.align(sample).image)) for method in methods]
        blocks.append((f"{one.parent.name}: {one.name} and {two.name}", tiles))
    return picture_grid(blocks)
