"""Reads pairs in the layout of UDIS-D (UDIS2, ICCV 2023): `input1/` and `input2/` with files of equal names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from viewlock.errors import DatasetError

from .pictures import pictures_in, read_picture


class UdisPairs:
    """Pairs of real pictures, sorted by name, as a map-style dataset: dictionaries with `key`, `i1` and `i2`.

    The pictures are those of the files: nothing is resized, and there is no truth.

    Args:
        path: the folder that holds `input1` and `input2`, such as `UDIS-D/testing`.

    Raises:
        DatasetError: a folder is missing or empty, or a picture has no partner.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        first, second = (self._names(name) for name in ("input1", "input2"))
        for names, others, missing in ((first, second, "input2"), (second, first, "input1")):
            lonely = sorted(names.keys() - others.keys())
            if lonely:
                raise DatasetError(
                    f"{self.path / missing}: expected a partner for every picture, but {lonely[0]} is missing"
                    f"{f' and {len(lonely) - 1} more' if len(lonely) > 1 else ''}; add or remove the other one"
                )
        self._pairs = [(first[name], second[name]) for name in sorted(first)]

    def __len__(self) -> int:
        return len(self._pairs)

    @property
    def keys(self) -> list[str]:
        return [one.stem for one, _ in self._pairs]

    def __getitem__(self, index: int) -> dict[str, Any]:
        """One pair: `key`, and `i1`, `i2` uint8 (H, W, 3) RGB of one size.

        Raises:
            IndexError: out of range.
            DatasetError: a file is no picture, or the two differ in size.
        """
        one, two = self._pairs[index]
        i1, i2 = read_picture(one), read_picture(two)
        if i1.shape != i2.shape:
            sizes = [f"{image.shape[1]}x{image.shape[0]}" for image in (i1, i2)]
            raise DatasetError(
                f"{two}: expected the size of its partner, {sizes[0]}, got {sizes[1]}; resize one of them"
            )
        return {"key": one.stem, "i1": i1, "i2": i2}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[index] for index in range(len(self)))

    def _names(self, folder: str) -> dict[str, Path]:
        where = self.path / folder
        if not where.is_dir():
            inside = [p.name for p in sorted(self.path.glob("*/")) if (p / folder).is_dir()]
            hint = f"; name one of its folders: {', '.join(inside)}" if inside else ""
            raise DatasetError(f"{self.path}: expected folders input1 and input2 in it, but there is no {folder}{hint}")
        names = {path.name: path for path in pictures_in(where)}
        if not names:
            raise DatasetError(f"{where}: expected pictures, found none")
        return names
