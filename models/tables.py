"""results.json -> tables shaped like those of DMAligner's paper, as Markdown, CSV and LaTeX.

Table 2 has a row a method (and one with a dagger for the pixels it vouches for) and PSNR / SSIM by subset; Table 4 a
row a trained variant. What is missing stays missing: a dash, with the reason below.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from viewlock.errors import OutputError, writing
from viewlock.store import write_file

from .metrics import REGIONS
from .scoring import PERCEPTUAL

DASH = "–"
DAGGER = "†"
_NAMES = {"lpips": "LPIPS", "dreamsim": "DreamSim"}


@dataclass(frozen=True)
class Table:
    """Attributes:
    name: of its files, without ending.
    title: above it.
    head, rows: of text.
    notes: below it, a sentence each.
    """

    name: str
    title: str
    head: list[str]
    rows: list[list[str]]
    notes: tuple[str, ...] = ()


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
    rows, bold = [], _best(results)
    for method in results["methods"]:
        summary = method["summary"]
        scores = _pairs(summary["psnr"], summary["ssim"], subsets)
        if method["name"] == bold:
            scores[-1] = f"**{scores[-1]}**"
        rows.append([_label(method), *scores, *(_number(summary[name]["average"], 3) for name in PERCEPTUAL)])
        if summary["kept"]["share"] is not None:
            kept = summary["kept"]
            label = f"{_label(method)} {DAGGER} ({100 * kept['share']:.0f} %)"
            rows.append([label, *_pairs(kept["psnr"], kept["ssim"], subsets), DASH, DASH])
    head = ["method", *subsets, "Avg", *(_NAMES[name] for name in PERCEPTUAL)]
    return Table("table2", "PSNR (dB) / SSIM by subset", head, rows, _subset_notes(results))


def _subset_notes(results: dict[str, Any]) -> tuple[str, ...]:
    counts = ", ".join(f"{name} {count}" for name, count in results["samples"].items())
    notes = [
        f"Samples: {counts}, of {results['scenes']} scenes. Avg is the mean of the subsets, each counting alike.",
        f"{DAGGER}: only pixels that the method itself vouches for (their share in brackets): inside I2's frame and, "
        "for flow, returning to their start. Each method leaves out other pixels, so such rows compare with each other "
        "only roughly.",
    ]
    if any(method["needs"] for method in results["methods"]):
        notes.append("In italics: methods that look at the truth; they are bounds and shortcuts, not competitors.")
    gave_up = [f"{m['label']} {m['summary']['unchanged']}" for m in results["methods"] if _gave_up(m)]
    if gave_up:
        notes.append(f"Samples on which a method answered I2 itself, mostly for want of matches: {', '.join(gave_up)}.")
    return (*notes, *(f"{_NAMES[name]} is missing: {why}." for name, why in results["missing"].items()))


def interval_table(results: dict[str, Any]) -> Table:
    """Averages with intervals, the gain over the first method, and PSNR of the pooled error."""
    first = results["methods"][0]["label"]
    rows = []
    for method in results["methods"]:
        summary = method["summary"]
        rows.append([
            _label(method), _with_ends(summary["psnr"], 2), _with_ends(summary["ssim"], 3),
            _with_ends(summary["gain"], 2), _with_ends(summary["pooled_psnr"], 2),
        ])  # fmt: skip
    head = ["method", "PSNR", "SSIM", f"PSNR above {first}", "PSNR of the mean error"]
    note = (
        f"In brackets: {100 * results['level']:.0f} % intervals, percentiles of {results['draws']} bootstrap draws of "
        "whole scenes (the pairs of a scene are alike). The gain is paired: its interval may exclude 0 where the two "
        "methods' own intervals overlap."
    )
    return Table("intervals", "Averages and how sure they are", head, rows, (note,))


def region_table(results: dict[str, Any]) -> Table:
    """PSNR / mean absolute error by kind of region, over all its pixels."""
    rows = []
    for method in results["methods"]:
        regions = method["summary"]["regions"]
        cells = [f"{_number(regions[n]['psnr'], 2)} / {_number(regions[n]['mae'], 1)}" for n in REGIONS]
        rows.append([_label(method), *cells])
    notes = tuple(f"{name}: {what}." for name, what in REGIONS.items())
    title = "PSNR (dB) / mean absolute error (8-bit levels) by region"
    return Table("regions", title, ["method", *REGIONS], rows, notes)


def mask_table(results: dict[str, Any]) -> Table:
    """Precision, recall and F1 of dynamic masks, of the methods that give one."""
    rows = []
    for method in results["methods"]:
        if mask := method["summary"]["mask"]:
            rows.append([_label(method), *(_number(mask[name], 3) for name in ("precision", "recall", "f1"))])
    return Table("masks", "Dynamic masks at probability 0.5", ["method", "precision", "recall", "F1"], rows)


def ablation_table(results: dict[str, Any]) -> Table:
    """After Table 4: the facts of each trained run and its averages."""
    trained = [method for method in results["methods"] if method["facts"]]
    names = list(dict.fromkeys(name for method in trained for name in method["facts"]))
    rows = []
    for method in trained:
        summary = method["summary"]
        averages = [_number(summary["psnr"]["average"], 2), _number(summary["ssim"]["average"], 3)]
        averages += [_number(summary[name]["average"], 3) for name in PERCEPTUAL]
        rows.append([_label(method), *(method["facts"].get(name, DASH) for name in names), *averages])
    head = ["run", *names, "PSNR", "SSIM", *(_NAMES[name] for name in PERCEPTUAL)]
    return Table("table4", "Variants, average over subsets", head, rows)


def cost_table(cost: dict[str, dict[str, Any]]) -> Table:
    """Time and memory of each method, by label."""
    rows = [[label, _number(one["seconds"], 3), _number(one["megabytes"], 0)] for label, one in cost.items()]
    note = "Median seconds a picture, and the most memory one took beyond what was in use. They vary between runs."
    return Table("cost", "Cost", ["method", "seconds", "MB"], rows, (note,))


# ------------------------------------------------------------------ cells
def _label(method: dict[str, Any]) -> str:
    return f"*{method['label']}*" if method["needs"] else method["label"]


def _best(results: dict[str, Any]) -> str | None:
    """The name of the method with the highest average PSNR of those that do not look at the truth."""
    fair = [m for m in results["methods"] if not m["needs"] and m["summary"]["psnr"]["average"] is not None]
    return max(fair, key=lambda m: m["summary"]["psnr"]["average"])["name"] if len(fair) > 1 else None


def _gave_up(method: dict[str, Any]) -> bool:
    return method["name"] != "identity" and not method["needs"] and method["summary"]["unchanged"] > 0


def _pairs(psnr: dict[str, Any], ssim: dict[str, Any], subsets: Sequence[str]) -> list[str]:
    one = [*(psnr["subsets"][name] for name in subsets), psnr["average"]]
    two = [*(ssim["subsets"][name] for name in subsets), ssim["average"]]
    return [DASH if p is None else f"{p:.2f} / {_number(s, 3)}" for p, s in zip(one, two, strict=True)]


def _number(value: float | None, digits: int) -> str:
    return DASH if value is None else f"{value:.{digits}f}"


def _with_ends(average: dict[str, Any], digits: int) -> str:
    ends = average["interval"]
    text = _number(average["average"], digits)
    return text if ends is None else f"{text} [{ends[0]:.{digits}f}, {ends[1]:.{digits}f}]"


# ------------------------------------------------------------------ forms
def markdown(table: Table) -> str:
    lines = [table.head, ["---"] * len(table.head), *table.rows]
    body = "".join("| " + " | ".join(line) + " |\n" for line in lines)
    notes = "".join(f"\n{note}\n" for note in table.notes)
    return f"## {table.title}\n\n{body}{notes}"


def comma_separated(table: Table) -> str:
    """One value a cell: a pair `a / b` becomes two columns, an interval three."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    split = [any(" / " in row[k] for row in table.rows) for k in range(len(table.head))]
    first, second = ("psnr", "mae") if table.name == "regions" else ("psnr", "ssim")
    head: list[str] = []
    for name, two in zip(table.head, split, strict=True):
        head += [f"{name} {first}", f"{name} {second}"] if two else [name]
    writer.writerow(head)
    for row in table.rows:
        cells: list[str] = []
        for text, two in zip(row, split, strict=True):
            plain = text.replace("*", "")
            parts = (plain.split(" / ") if " / " in plain else [plain, plain]) if two else [plain]
            cells += ["" if part == DASH else part for part in parts]
        writer.writerow(cells)
    return out.getvalue()


_LATEX = {
    "&": r"\&", "%": r"\%", "_": r"\_", "#": r"\#", "$": r"\$", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "\\": r"\textbackslash{}", DASH: "--", DAGGER: r"$\dagger$",
}  # fmt: skip


def latex(table: Table) -> str:
    """A `table` with booktabs, ready to be \\input."""
    columns = "l" + "c" * (len(table.head) - 1)
    body = "".join("  " + " & ".join(_cell(text) for text in row) + r" \\" + "\n" for row in table.rows)
    head = "  " + " & ".join(_cell(text) for text in table.head) + r" \\" + "\n"
    return (
        "% needs \\usepackage{booktabs}\n\\begin{table}\n\\centering\n"
        f"\\caption{{{_cell(table.title)}}}\n\\begin{{tabular}}{{{columns}}}\n\\toprule\n{head}\\midrule\n{body}"
        "\\bottomrule\n\\end{tabular}\n\\end{table}\n"
    )


def _cell(text: str) -> str:
    plain = text.strip("*")
    escaped = "".join(_LATEX.get(letter, letter) for letter in plain.replace("*", ""))
    if text.startswith("**"):
        return rf"\textbf{{{escaped}}}"
    return rf"\emph{{{escaped}}}" if text.startswith("*") else escaped


def open_folder(folder: Path) -> None:
    """Make the folder of the results, before anything is computed for it.

    Raises:
        OutputError, TryAgainError: it cannot be made or written.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise OutputError(f"{folder}: no permission to write there; choose another place with -o")


def write_tables(tables: Sequence[Table], folder: Path, name: str = "tables") -> None:
    """`<name>.md` with all of them, and a CSV and a LaTeX file each.

    Raises:
        OutputError, TryAgainError: they cannot be written.
    """
    write_file(folder / f"{name}.md", "\n".join(markdown(table) for table in tables))
    for table in tables:
        write_file(folder / f"{table.name}.csv", comma_separated(table))
        write_file(folder / f"{table.name}.tex", latex(table))
