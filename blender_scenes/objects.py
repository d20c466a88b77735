"""The shelf of things that scenes put into rooms: every object by id, and the category of each."""

from __future__ import annotations

from collections.abc import Callable

from . import (
    objects_books,
    objects_food,
    objects_furniture,
    objects_leisure,
    objects_luggage,
    objects_machines,
    objects_plants,
    objects_street,
    objects_tableware,
    objects_tools,
    objects_toys,
    objects_vehicles,
    objects_wear,
)
from .surfaces import Model

_SHELVES = (
    objects_books,
    objects_food,
    objects_furniture,
    objects_leisure,
    objects_luggage,
    objects_machines,
    objects_plants,
    objects_street,
    objects_tableware,
    objects_tools,
    objects_toys,
    objects_vehicles,
    objects_wear,
)

OBJECTS: dict[str, Callable[[], Model]] = {
    name: build for shelf in _SHELVES for group in shelf.BUILDERS.values() for name, build in group.items()
}
"""Id -> builder. A built model stands on z = 0, centred about x = y = 0, front to -y."""

CATEGORY: dict[str, str] = {
    name: category for shelf in _SHELVES for category, group in shelf.BUILDERS.items() for name in group
}
"""Id -> category."""
