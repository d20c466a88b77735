"""Methods on datasets with truth: scores of every sample, tables, and a picture of the best, median and worst."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from viewlock.exporters.fields import encode_rgb
from viewlock.store import write_file

from .bootstrap import DRAWS, LEVEL
from .data import Samples, open_samples
from .methods import Method, get_methods
from .metrics import REGION_FIELDS
from .perceptual import perceptual_distances
from .picture_grid import picture_grid
from .scoring import Meter, score
from .summaries import SUBSETS, summarise
from .table_forms import open_folder, write_tables
from .tables import cost_table, tables_of
from .warping import picture_of_tensor

FIELDS = ("i1", "i2", "igt", "meta", *REGION_FIELDS)


def evaluate(
    names: Sequence[str],
    data: Sequence[Path],
    target: Path,
    split: str | None = "test",
    limit: int | None = None,
    device: str = "cpu",
    seed: int = 0,
) -> dict[str, Any]:
    """Score methods and write what was found.

    Everything but `cost.*` is the same again for the same methods, data and machine.

    Args:
        names: of methods, or folders of trained runs; gains are those over the first.
        data: dataset folders, runs or shards of kind `dsia`.
        target: a folder for `results.json`, `tables.md`, `*.csv`, `*.tex`, `cost.*` and `grid.png`.
        limit: at most so many samples.
        seed: of the draw of those samples, and of methods that draw.

    Returns:
        What `results.json` holds (docs/evaluation.md).

    Raises:
        ConfigError, DatasetError, DeviceError, MissingLibraryError: as `get_methods` and `open_samples`.
    """
    methods = get_methods(names, device, seed)
    distances, missing = perceptual_distances(device)
    fields = list(dict.fromkeys([*FIELDS, *(name for method in methods for name in method.needs)]))
    sources = [open_samples([path], split, fields, "dsia") for path in data]
    places = [(number, index) for number, source in enumerate(sources) for index in range(len(source))]
    places = _some(places, limit, seed)
    open_folder(target)
    meters = {method.name: Meter(device) for method in methods}
    records: dict[str, list[dict[str, Any]]] = {method.name: [] for method in methods}
    for number, sample in _watched(sources, places):
        meta = sample["meta"]
        facts = {"dataset": number, "key": sample["key"], "scene": meta["scene_id"], "subset": meta["subset"]}
        for method in methods:
            output = meters[method.name].run(lambda method=method, sample=sample: method.align(sample))
            records[method.name].append(facts | score(output, sample, distances))
    results = _results(methods, records, missing, {"data": [str(path) for path in data], "split": split, "seed": seed})
    _write(results, target, {method.label: meters[method.name].summary() for method in methods})
    write_file(target / "grid.png", encode_rgb(_grid(methods, records, sources, places)))
    return results


def _some(places: list[tuple[int, int]], limit: int | None, seed: int) -> list[tuple[int, int]]:
    """At most so many, drawn: subsets take turns from scene to scene, and even steps would meet some of them alone."""
    if limit is None or limit >= len(places):
        return places
    chosen = np.random.default_rng(seed).choice(len(places), limit, replace=False)
    return [places[k] for k in sorted(chosen)]


def _watched(sources: Sequence[Samples], places: list[tuple[int, int]]) -> Iterator[tuple[int, dict[str, Any]]]:
    from tqdm import tqdm

    for number, index in tqdm(places, unit="sample", desc="evaluate", disable=None):
        yield number, sources[number][index]


def _results(
    methods: Sequence[Method], records: dict[str, list[dict[str, Any]]], missing: dict[str, str], asked: dict[str, Any]
) -> dict[str, Any]:
    reference = records[methods[0].name]
    counts = Counter(record["subset"] for record in reference)
    order = [name for name in SUBSETS if name in counts] + sorted(counts.keys() - set(SUBSETS))
    return {
        **asked,
        "samples": {name: counts[name] for name in order},
        "scenes": len({(record["dataset"], record["scene"]) for record in reference}),
        "level": LEVEL,
        "draws": DRAWS,
        "missing": missing,
        "methods": [
            {
                "name": method.name,
                "label": method.label,
                "needs": list(method.needs),
                "facts": dict(method.facts),
                "summary": summarise(records[method.name], reference),
                "scores": records[method.name],
            }
            for method in methods
        ],
    }


def _write(results: dict[str, Any], target: Path, cost: dict[str, dict[str, Any]]) -> None:
    write_file(target / "results.json", json.dumps(results, indent=1, allow_nan=False) + "\n")
    write_tables(tables_of(results), target)
    write_file(target / "cost.json", json.dumps(cost, indent=1) + "\n")
    write_tables([cost_table(cost)], target, "cost")


def _grid(
    methods: Sequence[Method], records: dict[str, list[dict[str, Any]]], sources: Sequence[Samples],
    places: Sequence[tuple[int, int]],
) -> Any:  # fmt: skip
    """The samples with the best, the median and the worst PSNR, mean of the methods that see no truth."""
    fair = [method.name for method in methods if not method.needs] or list(records)
    means = np.mean([[record["psnr"] for record in records[name]] for name in fair], axis=0)
    order = np.argsort(-means, kind="stable")
    chosen = {"best": order[0], "median": order[len(order) // 2], "worst": order[-1]}
    blocks = []
    for word, k in chosen.items():
        number, index = places[k]
        sample = sources[number][index]
        meta = sample["meta"]
        title = (
            f"{word}: {sample['key']}  {meta['subset']}  camera {meta['camera_motion_px']:.1f} px  objects "
            f"{meta['object_motion_px']:.1f} px  mean PSNR {means[k]:.2f} dB"
        )
        tiles = [("I1", sample["i1"]), ("I2", sample["i2"]), ("Igt", sample["igt"])]
        for method in methods:
            caption = f"{method.label}  {records[method.name][k]['psnr']:.2f} dB"
            tiles.append((caption, picture_of_tensor(method.align(sample).image)))
        blocks.append((title, tiles))
    return picture_grid(blocks)
