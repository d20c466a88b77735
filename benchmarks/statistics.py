"""Balance and variety of the `dsia` preset, and how far shortcuts get: writes docs/statistics.md and its picture.

500 scenes are planned as the preset has them. 60 are rendered, small and with one pair each, into a run folder that
may be stopped and started again, and the first 40 are shown: `python -m benchmarks.statistics [FOLDER]`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import cv2
import imageio.v3 as iio
import numpy as np
from numpy.typing import NDArray

from viewlock.exporters.contact_sheet import sheet_of
from viewlock.exporters.dataset import ShardDataset
from viewlock.generator.config import load_config
from viewlock.generator.dsia_spec import SUBSETS, DsiaSpec
from viewlock.generator.plan import draw_plan, load_catalogue
from viewlock.generator.spec import SPLITS

PLANNED, RENDERED = 500, 60
SMALL = ["--scenes", str(RENDERED), "--size", "384x216", "--samples", "16", "--set", "sequences=1", "--set", "frames=2"]
TARGET = Path(__file__).parents[1] / "docs" / "statistics.md"
SHEET = TARGET.parent / "images" / "samples.jpg"
Table = list[Sequence[object]]
_SHOWN = ("i1", "i2", "igt", "flow_1to2", "dynamic")


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "out/statistics")
    command = [sys.executable, "-m", "viewlock", "generate", "dsia", "-o", str(folder), *SMALL]
    code = subprocess.run(command, check=False).returncode
    if code:
        raise SystemExit(code)
    config = load_config("dsia", {"scenes": PLANNED})
    catalogue = load_catalogue(config)
    specs, rejected = draw_plan(config, catalogue)
    dataset = ShardDataset(folder)
    first = sorted(range(len(dataset)), key=lambda index: dataset.keys[index])[:40]
    iio.imwrite(SHEET, sheet_of(dataset, first, 200, _SHOWN), quality=82)
    samples = list(dataset)
    run = folder.with_name(f"{folder.name}.run")
    subprocess.run([sys.executable, "-m", "benchmarks.noise", str(run)], check=True)
    noise = json.loads((run / "noise.json").read_text())
    floor = [noise[sample["key"]]["seeds_db"] for sample in samples]
    text = _INTRODUCTION + planned(specs, rejected, catalogue) + rendered(samples) + shortcuts(samples, floor)
    TARGET.write_text(text, encoding="utf-8")
    print(TARGET, SHEET, sep="\n")


_INTRODUCTION = f"""# Statistics of the `dsia` preset

Written by `python -m benchmarks.statistics`: {PLANNED} scenes planned with seed 0 as the preset has them, and
{RENDERED} scenes rendered at 384 x 216 and 16 samples with one pair each, none left out.
"""


# ------------------------------------------------------------------ the plan
def planned(specs: list[DsiaSpec], rejected: Counter[str], catalogue: Any) -> str:
    """What the plan draws, and how evenly."""
    sequences = [sequence for spec in specs for sequence in spec.sequences]
    movers = [thing for spec in specs for thing in spec.things if thing.motion.kind != "still"]
    people = [person for spec in specs for person in spec.people]
    counts = {
        "place": Counter(spec.place.asset.id.split("/")[1] for spec in specs),
        "light": Counter(spec.light_mood for spec in specs),
        "light change": Counter(spec.light_change for spec in specs),
        "target subset": Counter(spec.target_subset for spec in specs),
        "split": Counter(spec.split for spec in specs),
        "camera": Counter(sequence.trajectory.kind for sequence in sequences),
        "gait": Counter(person.motion.gait for person in people),
        "gesture": Counter(getattr(person.motion, "gesture", "none") for person in people),
        "motion of things": Counter(thing.motion.kind for thing in movers),
    }
    rows: Table = [(name, ", ".join(f"{k} {v}" for k, v in sorted(c.items()))) for name, c in counts.items()]
    draws = len(specs) + sum(rejected.values())
    reasons: Table = [(reason, n, f"{100 * n / draws:.1f} %") for reason, n in rejected.most_common()]
    heights = [position[2] for sequence in sequences for position in sequence.trajectory.positions]
    focal = [value for sequence in sequences for value in np.atleast_1d(sequence.focal_mm)]
    ranges: Table = [
        ("people a scene", *_quantiles([len(spec.people) for spec in specs])),
        ("things a scene", *_quantiles([len(spec.things) for spec in specs])),
        ("focal length, mm", *_quantiles(focal)),
        ("camera height, m", *_quantiles(heights)),
    ]
    return (
        "\n## The plan\n\n" + table(["what", "scenes, cameras, people or things"], rows)
        + "\n" + table(_RANGE_HEAD, ranges)
        + f"\n{draws} draws were made for {len(specs)} scenes; {100 * (1 - len(specs) / draws):.0f} % were refused:\n\n"
        + table(["reason", "draws", "share"], reasons)
        + "\n## Use of assets\n\nScenes that use an asset, by split; every asset of a split is drawn alike.\n\n"
        + table(["kind", "split", "assets", "used", "fewest", "median", "most"], _use(specs, catalogue))
    )  # fmt: skip


def _use(specs: list[DsiaSpec], catalogue: Any) -> Table:
    rows: Table = []
    for kind in ("character", "object"):
        for split in SPLITS:
            assets = [asset.id for asset in catalogue.of(kind, split)]
            used = Counter(ref.id for spec in specs if spec.split == split for ref in spec.assets)
            counts = [used[name] for name in assets]
            spread = (min(counts), int(np.median(counts)), max(counts))
            rows.append((kind, split, len(assets), sum(n > 0 for n in counts), *spread))
    return rows


# ------------------------------------------------------------------ the pictures
def rendered(samples: list[dict[str, Any]]) -> str:
    """What the rendered pairs show."""
    meta = [sample["meta"] for sample in samples]
    pictures = [sample["igt"] for sample in samples]
    occluded = [float(sample["occluded_1to2"].mean()) for sample in samples]
    columns = {
        "camera motion, px of 441": [m["camera_motion_px"] for m in meta],
        "object motion, px of 441": [m["object_motion_px"] for m in meta],
        "overlap": [m["overlap"] for m in meta],
        "occluded or out of frame, 1 to 2": occluded,
        "dynamic fraction": [m["dynamic_fraction"] for m in meta],
        "relit share": [float(sample["relit_1togt"].mean()) for sample in samples],
        "brightness (mean, 0 to 255)": [float(p.mean()) for p in pictures],
        "contrast (deviation of grey)": [float(_grey(p).std()) for p in pictures],
        "edge density (Sobel over 40)": [_edges(p) for p in pictures],
        "colourfulness (Hasler 2003)": [_colourfulness(p) for p in pictures],
    }
    inside = np.mean([0.05 <= m["dynamic_fraction"] <= 0.6 for m in meta])
    met = np.mean([m["subset"] == m["target_subset"] for m in meta])
    cross: Table = [
        (target, *(sum(m["target_subset"] == target and m["subset"] == got for m in meta) for got in SUBSETS))
        for target in SUBSETS
    ]
    likeness, one, two = _nearest(samples)
    return (
        "\n## The pictures\n\n" + table(_RANGE_HEAD, [(name, *_quantiles(v)) for name, v in columns.items()])
        + f"\nThe dynamic fraction of {100 * inside:.0f} % of the pairs lies within 5 to 60 %. "
        f"{100 * met:.0f} % of the pairs were measured to be of the subset they aim at:\n\n"
        + table(["target", *(f"measured {name}" for name in SUBSETS)], cross)
        + f"\nThe two most alike of the rendered scenes are {one} and {two}: their grey pictures of 48 x 27 "
        f"pixels correlate by {likeness:.2f} (1 would be the same picture).\n\n"
        "The first 40 pairs: [images/samples.jpg](images/samples.jpg).\n"
    )  # fmt: skip


def _grey(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    return cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(float)


def _edges(picture: NDArray[np.uint8]) -> float:
    grey = _grey(picture)
    slope = np.hypot(cv2.Sobel(grey, cv2.CV_64F, 1, 0), cv2.Sobel(grey, cv2.CV_64F, 0, 1)) / 4
    return float((slope > 10).mean())


def _colourfulness(picture: NDArray[np.uint8]) -> float:
    """Hasler and Suesstrunk, Measuring Colourfulness in Natural Images, 2003."""
    red, green, blue = picture.astype(float).transpose(2, 0, 1)
    a, b = red - green, (red + green) / 2 - blue
    return float(np.hypot(a.std(), b.std()) + 0.3 * np.hypot(a.mean(), b.mean()))


def _nearest(samples: list[dict[str, Any]]) -> tuple[float, str, str]:
    """How alike the two most alike scenes are, and which."""
    small = [cv2.resize(_grey(sample["igt"]), (48, 27), interpolation=cv2.INTER_AREA).ravel() for sample in samples]
    alike = np.corrcoef(small)
    np.fill_diagonal(alike, -1)
    one, two = np.unravel_index(int(alike.argmax()), alike.shape)
    return float(alike.max()), samples[one]["key"], samples[two]["key"]


# ------------------------------------------------------------------ shortcuts
def shortcuts(samples: list[dict[str, Any]], floor: list[float]) -> str:
    """How well answers score that do not align anything, by measured subset.

    Args:
        floor: of each sample, PSNR of Igt against itself with another seed.
    """
    answers = {"copy I1": _copy("i1"), "copy I2": _copy("i2"), "I1 with I2 in the dynamic mask": _filled}
    scores = {name: [psnr(answer(sample), sample["igt"]) for sample in samples] for name, answer in answers.items()}
    subsets = np.array([sample["meta"]["subset"] for sample in samples])

    def means(values: Sequence[float]) -> NDArray[np.float64]:
        known = np.array(values)
        return np.array([known[subsets == s].mean() if (subsets == s).any() else np.nan for s in SUBSETS])

    rows: Table = [
        (name, *(f"{value:.1f}" for value in (*means(found), np.mean(found), min(found), max(found))))
        for name, found in {"Igt with another seed": floor, **scores}.items()
    ]
    below = {name: float(np.nanmin(means(floor) - means(found))) for name, found in scores.items()}
    name = min(below, key=lambda name: below[name])
    pairs = np.array(floor) - np.max(list(scores.values()), axis=0)
    return (
        "\n## Shortcuts\n\nPSNR against Igt in dB of answers that align nothing, by measured subset, and of the same "
        "label drawn with another\nseed, which is as near as any answer can come.\n\n"
        + table(["answer", *(f"{subset}, mean" for subset in SUBSETS), "all, mean", "least", "most"], rows)
        + f"\nNo answer comes nearer to the floor in any subset than {name}: {below[name]:.1f} dB below it. Of single "
        f"pairs the nearest\nis {pairs.min():.1f} dB below its own floor; {(pairs < 3).sum()} of {len(pairs)} are "
        "within 3 dB.\n"
    )  # fmt: skip


def _copy(field: str) -> Any:
    return lambda sample: sample[field]


def _filled(sample: dict[str, Any]) -> NDArray[np.uint8]:
    return np.where(sample["dynamic"][..., None], sample["i2"], sample["i1"])


def psnr(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> float:
    """Of two pictures of uint8, in dB."""
    return float(10 * np.log10(255**2 / max(np.mean((one.astype(float) - two.astype(float)) ** 2), 1e-12)))


# ------------------------------------------------------------------ tables
_RANGE_HEAD = ["quantity", "least", "10 %", "median", "90 %", "most"]


def _quantiles(values: Iterable[float]) -> tuple[str, ...]:
    return tuple(f"{v:.3g}" for v in np.quantile(list(values), (0, 0.1, 0.5, 0.9, 1)))


def table(head: Sequence[object], rows: Table) -> str:
    """Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines)


if __name__ == "__main__":
    main()
