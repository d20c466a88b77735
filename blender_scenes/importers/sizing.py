"""Plausible sizes, and where a thing stands: pure numbers, without Blender."""

from __future__ import annotations

import numpy as np

from viewlock.assets_manifest.plausible import CHILD, PERSON
from viewlock.assets_manifest.prepared import Hints

_UNITS = (("centimetres", 0.01), ("millimetres", 0.001), ("inches", 0.0254), ("feet", 0.3048), ("decimetres", 0.1))
_TOO_SMALL = (("decametres", 10.0), ("hectometres", 100.0), ("kilometres", 1000.0))
SMALLEST_M, LARGEST_M = 0.03, 6.0
"""The largest side of an object without a hint."""
PLACE_M = (3.0, 400.0)
"""The larger level side of a place without a hint."""
PERSON_UNITS_M = (1.5, 1.95)
"""A person whose file is in other units than metres is about as tall as this."""
_PERSON_ELSE_M, _CHILD_ELSE_M = 1.72, 1.15
_STOCKY_ELSE_M = 1.4
"""A body with the legs of a dwarf would be a giant if it were as tall as a person."""
_ANIMAL_M = (0.1, 3.0)


def scale_of(size: np.ndarray, hints: Hints, kind: str, stocky: bool = False) -> tuple[float, str | None]:
    """The factor that makes a size (3,) plausible, and what to say about it.

    Args:
        kind: "object"; "person", whose height counts; or "animal", any other character, whose largest side counts.
        stocky: of a person: whether the body has other proportions than a human's.
    """
    largest, height = float(size.max()), float(size[2])
    if hints.unit_m is not None:
        return hints.unit_m, None
    if hints.height_m is not None:
        return hints.height_m / max(height, 1e-9), None
    if hints.length_m is not None:
        return hints.length_m / max(largest, 1e-9), None
    if kind == "person":
        return _person(height, hints.child, stocky)
    if hints.plausible_m is not None:
        return _named(largest, hints.called, hints.plausible_m)
    low, high = (SMALLEST_M, LARGEST_M) if kind == "object" else _ANIMAL_M
    if low <= largest <= high:
        return 1.0, None
    units = _UNITS if largest > high else _TOO_SMALL
    for name, unit in units:
        if 0.1 <= largest * unit <= 3.0:
            return unit, f"{largest:.4g} units large: taken as {name}"
    wanted = 1.0
    return wanted / largest, f"{largest:.4g} units large: scaled to {wanted:g} m"


def place_scale(size: np.ndarray, hints: Hints) -> tuple[float, str | None]:
    """The factor that makes the size (3,) of a place plausible, and what to say about it; see `scale_of`."""
    largest = float(size[:2].max())
    if hints.unit_m is not None or hints.height_m is not None or hints.length_m is not None:
        return scale_of(size, hints, "object")
    low, high = PLACE_M
    if low <= largest <= high:
        return 1.0, None
    for name, unit in _UNITS if largest > high else _TOO_SMALL:
        if low <= largest * unit <= high:
            return unit, f"{largest:.4g} units wide, as a place {low:g} to {high:g} m: taken as {name}"
    return 1.0, None


def _named(largest: float, called: str, within: tuple[float, float]) -> tuple[float, str | None]:
    """The scale of something that is known to be of some size."""
    low, high = within
    if low <= largest <= high:
        return 1.0, None
    why = f"{largest:.4g} units large, as {called} {low:g} to {high:g} m"
    for name, unit in _UNITS if largest > high else _TOO_SMALL:
        if low <= largest * unit <= high:
            return unit, f"{why}: taken as {name}"
    wanted = round(float(np.sqrt(low * high)), 2)
    return wanted / largest, f"{why}: scaled to {wanted:g} m"


def _person(height: float, child: bool, stocky: bool) -> tuple[float, str | None]:
    low, high = CHILD if child else PERSON
    if low <= height <= high:
        return 1.0, None
    low, high = CHILD if child else PERSON_UNITS_M
    for name, unit in _UNITS if height > high else _TOO_SMALL:
        if low <= height * unit <= high and not stocky:
            return unit, f"{height:.4g} units tall: taken as {name}"
    wanted = _CHILD_ELSE_M if child else _STOCKY_ELSE_M if stocky else _PERSON_ELSE_M
    return wanted / height, f"{height:.4g} units tall: scaled to {wanted} m"


def standing(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """(3,) shift that puts a bounding box on z = 0, centred about x = y = 0."""
    middle = 0.5 * (low + high)
    return -np.array([middle[0], middle[1], low[2]])
