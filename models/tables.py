"""results.json -> tables shaped like those of DMAligner's paper.

Table 2 has a row a method (and one with a dagger for the pixels it vouches for) and PSNR / SSIM by subset; Table 4 a
row a trained variant. What is missing stays missing: a dash, with the reason below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .metrics import REGIONS
from .scoring import PERCEPTUAL
from .table_forms import DAGGER, DASH, Cell, Column, Table, interval, pair, words

NAMES = {"lpips": "LPIPS", "dreamsim": "DreamSim"}
"""How tables spell them."""


def tables_of(results: dict[str, Any]) -> list[Table]:
    """All tables that the results have something for."""
    found = [subset_table(results), interval_table(results), region_table(results)]
    if any(method["summary"]["mask"] for method in results["methods"]):
        found.append(mask_table(results))
    if any(method["facts"] for method in results["methods"]):
        found.append(ablation_table(results))
    return found


def subset_table(results: dict[str, Any]) -> Table:
    """After Table 2: PSNR / SSIM by subset, their average, LPIPS and DreamSim."""
    subsets = list(results["methods"][0]["summary"]["psnr"]["subsets"])
    cells: list[list[Cell]] = []
    bold, best = [], _best(results)
    for method in results["methods"]:
        summary = method["summary"]
        if method["name"] == best:
            bold.append((len(cells), 1 + len(subsets)))
        perceptual: list[Cell] = [(summary[name]["average"],) for name in PERCEPTUAL]
        cells.append([_label(method), *_pairs(summary["psnr"], summary["ssim"], subsets), *perceptual])
        if summary["kept"]["share"] is not None:
            kept = summary["kept"]
            label = f"{_label(method)} {DAGGER} ({100 * kept['share']:.0f} %)"
            cells.append([label, *_pairs(kept["psnr"], kept["ssim"], subsets), *[(None,)] * len(PERCEPTUAL)])
    columns = [words("method"), *(pair(name) for name in [*subsets, "Avg"]), *_perceptual_columns()]
    return Table("table2", "PSNR (dB) / SSIM by subset", columns, cells, _subset_notes(results), tuple(bold))


def _subset_notes(results: dict[str, Any]) -> tuple[str, ...]:
    counts = ", ".join(f"{name} {count}" for name, count in results["samples"].items())
    notes = [f"Samples: {counts}, of {results['scenes']} scenes. Avg is the mean of the subsets, each counting alike."]
    if any(method["summary"]["kept"]["share"] is not None for method in results["methods"]):
        notes.append(
            f"{DAGGER}: only pixels that the method itself vouches for (their share in brackets): inside I2's frame "
            "and, for flow, returning to their start. Each method leaves out other pixels, so such rows compare with "
            "each other only roughly."
        )
    if any(method["needs"] for method in results["methods"]):
        notes.append("In italics: methods that look at the truth; they are bounds and shortcuts, not competitors.")
    gave_up = [f"{m['label']} {m['summary']['unchanged']}" for m in results["methods"] if _gave_up(m)]
    if gave_up:
        notes.append(f"Samples on which a method answered I2 itself, mostly for want of matches: {', '.join(gave_up)}.")
    return (*notes, *(f"{NAMES[name]} is missing: {why}." for name, why in results["missing"].items()))


def interval_table(results: dict[str, Any]) -> Table:
    """Averages with intervals, the gain over the first method, and PSNR of the pooled error."""
    first = results["methods"][0]["label"]
    names = ("psnr", "ssim", "gain", "pooled_psnr")
    cells: list[list[Cell]] = [
        [_label(method), *(_with_ends(method["summary"][name]) for name in names)] for method in results["methods"]
    ]
    columns = [
        words("method"), interval("PSNR", 2), interval("SSIM", 3), interval(f"PSNR above {first}", 2),
        interval("PSNR of the mean error", 2),
    ]  # fmt: skip
    note = (
        f"In brackets: {100 * results['level']:.0f} % intervals, percentiles of {results['draws']} bootstrap draws of "
        "whole scenes (the pairs of a scene are alike). The gain is paired: its interval may exclude 0 where the two "
        "methods' own intervals overlap."
    )
    return Table("intervals", "Averages and how sure they are", columns, cells, (note,))


def region_table(results: dict[str, Any]) -> Table:
    """PSNR / mean absolute error by kind of region, over all its pixels."""
    cells: list[list[Cell]] = []
    for method in results["methods"]:
        regions = method["summary"]["regions"]
        cells.append([_label(method), *((regions[name]["psnr"], regions[name]["mae"]) for name in REGIONS)])
    notes = tuple(f"{name}: {what}." for name, what in REGIONS.items())
    columns = [words("method"), *(pair(name, "mae", 1) for name in REGIONS)]
    return Table("regions", "PSNR (dB) / mean absolute error (8-bit levels) by region", columns, cells, notes)


def mask_table(results: dict[str, Any]) -> Table:
    """Precision, recall and F1 of dynamic masks, of the methods that give one."""
    names = ("precision", "recall", "f1")
    cells: list[list[Cell]] = []
    for method in results["methods"]:
        if mask := method["summary"]["mask"]:
            cells.append([_label(method), *((mask[name],) for name in names)])
    columns = [words("method"), *(Column(name, (3,)) for name in ("precision", "recall", "F1"))]
    return Table("masks", "Dynamic masks at probability 0.5", columns, cells)


def ablation_table(results: dict[str, Any]) -> Table:
    """After Table 4: the facts of each trained run and its averages."""
    trained = [method for method in results["methods"] if method["facts"]]
    names = list(dict.fromkeys(name for method in trained for name in method["facts"]))
    cells: list[list[Cell]] = []
    for method in trained:
        summary = method["summary"]
        averages: list[Cell] = [(summary[name]["average"],) for name in ("psnr", "ssim", *PERCEPTUAL)]
        cells.append([_label(method), *(method["facts"].get(name, DASH) for name in names), *averages])
    columns = [words("run"), *map(words, names), Column("PSNR"), Column("SSIM", (3,)), *_perceptual_columns()]
    return Table("table4", "Variants, average over subsets", columns, cells)


def cost_table(cost: dict[str, dict[str, Any]]) -> Table:
    """Time and memory of each method, by label."""
    cells: list[list[Cell]] = [[label, (one["seconds"],), (one["megabytes"],)] for label, one in cost.items()]
    note = "Median seconds a picture, and the most memory one took beyond what was in use. They vary between runs."
    return Table("cost", "Cost", [words("method"), Column("seconds", (3,)), Column("MB", (0,))], cells, (note,))


# ------------------------------------------------------------------ cells
def _label(method: dict[str, Any]) -> str:
    return f"*{method['label']}*" if method["needs"] else method["label"]


def _best(results: dict[str, Any]) -> str | None:
    """The name of the method with the highest average PSNR of those that do not look at the truth."""
    fair = [m for m in results["methods"] if not m["needs"] and m["summary"]["psnr"]["average"] is not None]
    return max(fair, key=lambda m: m["summary"]["psnr"]["average"])["name"] if len(fair) > 1 else None


def _gave_up(method: dict[str, Any]) -> bool:
    return method["name"] != "identity" and not method["needs"] and method["summary"]["unchanged"] > 0


def _pairs(psnr: dict[str, Any], ssim: dict[str, Any], subsets: Sequence[str]) -> list[Cell]:
    by_subset: list[Cell] = [(psnr["subsets"][name], ssim["subsets"][name]) for name in subsets]
    return [*by_subset, (psnr["average"], ssim["average"])]


def _perceptual_columns() -> list[Column]:
    return [Column(NAMES[name], (3,)) for name in PERCEPTUAL]


def _with_ends(average: dict[str, Any]) -> Cell:
    return (average["average"], *(average["interval"] or (None, None)))
