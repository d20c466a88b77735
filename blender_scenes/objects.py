"""The shelf of things that scenes put into rooms: every object by id, and the category of each."""

from __future__ import annotations

from collections.abc import Callable

from . import objects_furniture, objects_household, objects_leisure, objects_outdoor, objects_toys
from .surfaces import Model

_SHELVES = (objects_furniture, objects_household, objects_toys, objects_outdoor, objects_leisure)

OBJECTS: dict[str, Callable[[], Model]] = {
    name: build for shelf in _SHELVES for group in shelf.BUILDERS.values() for name, build in group.items()
}
"""Id -> builder. A built model stands on z = 0, centred about x = y = 0, front to -y."""

CATEGORY: dict[str, str] = {
    name: category for shelf in _SHELVES for category, group in shelf.BUILDERS.items() for name in group
}
"""Id -> category."""
