"""The kinds of dataset: how the samples of each are counted, described and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from . import pairs, sequences, triples, turned
from .pair_checks import pair_faults
from .sequence_checks import sequence_faults
from .tiles import Tile
from .triple_checks import triple_faults
from .turned_checks import turned_faults


@dataclass(frozen=True)
class Shown:
    """Attributes:
    about: what a sample is, for the card.
    pictures: configuration (plain data) -> the fields that Croissant lists as pictures.
    caption: `meta` -> what a contact sheet says of a sample beside its key.
    rows: a sample -> rows of tiles; the first row's titles are those of the columns.
    subset: the key of `meta` by which samples are counted, if any. What the scene aimed at is then under the same
        key with `target_` before it.
    faults: (sample, configuration as plain data or None) -> a line for each thing that is wrong with it.
    """

    about: str
    pictures: Callable[[Mapping[str, Any]], tuple[str, ...]]
    caption: Callable[[Mapping[str, Any]], str]
    rows: Callable[[Mapping[str, Any]], list[list[Tile]]]
    subset: str | None = None
    faults: Callable[[Mapping[str, Any], Mapping[str, Any] | None], Iterable[str]] = lambda sample, config: ()


SHOWN: Mapping[str, Shown] = {
    "dsia": Shown(triples.ABOUT, triples.pictures, triples.caption, triples.rows, "subset", triple_faults),
    "planar": Shown(sequences.ABOUT, sequences.pictures, sequences.caption, sequences.rows, faults=sequence_faults),
    "parallax": Shown(pairs.ABOUT, pairs.pictures, pairs.caption, pairs.rows, subset="difficulty", faults=pair_faults),
    "rigid": Shown(turned.ABOUT, turned.pictures, turned.caption, turned.rows, faults=turned_faults),
}
