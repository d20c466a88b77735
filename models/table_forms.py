"""Tables as Markdown for people, CSV for machines and LaTeX for papers."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from viewlock.errors import OutputError, writing
from viewlock.store import write_file

DASH = "–"
DAGGER = "†"

Number = float | None
Cell = tuple[Number, ...] | str
"""Of a table: as many numbers as its column has parts, or words."""


@dataclass(frozen=True)
class Column:
    """Attributes:
    name: above it.
    digits: decimals of each part.
    parts: names of the parts in CSV files.
    form: how the parts are joined: `{}`, `{} / {}` or `{} [{}, {}]`.
    """

    name: str
    digits: tuple[int, ...] = (2,)
    parts: tuple[str, ...] = ("",)
    form: str = "{}"

    def text(self, cell: Cell) -> str:
        """For people: a dash where nothing is known, an average alone where its interval is not."""
        if isinstance(cell, str):
            return cell
        if all(number is None for number in cell):
            return DASH
        form = "{}" if len(cell) == 3 and cell[1] is None else self.form
        return form.format(*(_number(number, digits) for number, digits in zip(cell, self.digits, strict=True)))

    def values(self, cell: Cell) -> list[str]:
        """For machines: one entry a part, empty where nothing is known."""
        if isinstance(cell, str):
            return [cell.replace("*", "")]
        numbers = zip(cell, self.digits, strict=True)
        return ["" if number is None else f"{number:.{digits}f}" for number, digits in numbers]


def words(name: str) -> Column:
    """A column of text."""
    return Column(name, ())


def pair(name: str, second: str = "ssim", digits: int = 3) -> Column:
    """PSNR and another score."""
    return Column(name, (2, digits), ("psnr", second), "{} / {}")


def interval(name: str, digits: int) -> Column:
    """An average with the ends of its interval."""
    return Column(name, (digits,) * 3, ("", "low", "high"), "{} [{}, {}]")


@dataclass(frozen=True)
class Table:
    """Attributes:
    name: of its files, without ending.
    title: above it.
    columns, cells: what it says; `cells` has a row for each line.
    notes: below it, a sentence each.
    bold: row and column of cells that stand out.
    """

    name: str
    title: str
    columns: list[Column]
    cells: list[list[Cell]]
    notes: tuple[str, ...] = ()
    bold: tuple[tuple[int, int], ...] = ()

    @property
    def head(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def rows(self) -> list[list[str]]:
        """Text of the cells; `*...*` is emphasised, `**...**` is bold."""
        found = [[c.text(cell) for c, cell in zip(self.columns, row, strict=True)] for row in self.cells]
        for row, column in self.bold:
            found[row][column] = f"**{found[row][column]}**"
        return found


def _number(value: Number, digits: int) -> str:
    return DASH if value is None else f"{value:.{digits}f}"


def markdown(table: Table) -> str:
    lines = [table.head, ["---"] * len(table.head), *table.rows]
    body = "".join("| " + " | ".join(line) + " |\n" for line in lines)
    notes = "".join(f"\n{note}\n" for note in table.notes)
    return f"## {table.title}\n\n{body}{notes}"


def comma_separated(table: Table) -> str:
    """One number a cell: a pair takes two columns, an interval three."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([f"{column.name} {part}".strip() for column in table.columns for part in column.parts])
    for row in table.cells:
        writer.writerow([v for column, cell in zip(table.columns, row, strict=True) for v in column.values(cell)])
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
