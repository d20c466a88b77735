"""The kinds of dataset: how the samples of each are made from a spec."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .parallax import make_pairs
from .planar import make_sequence
from .rigid import make_turned
from .task import Task
from .triples import make_triples

MAKERS: Mapping[str, Callable[[Any, Task], list[Any]]] = {
    "dsia": make_triples,
    "planar": make_sequence,
    "parallax": make_pairs,
    "rigid": make_turned,
}
"""Kind -> (spec, task) -> what was kept of each sample, in the order of their keys. A maker raises `Redraw` when the
scene, once built, turns out to be unfit."""
