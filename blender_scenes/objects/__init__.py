"""The shelf of things that scenes put into rooms: every object by id, and the category of each."""

from __future__ import annotations

from collections.abc import Callable

from ..surfaces import Model
from . import (
    animals,
    appliances,
    balls,
    books,
    cans,
    food,
    footwear,
    furniture,
    garden,
    kitchen,
    leisure,
    luggage,
    machines,
    music,
    office,
    orchestra,
    packages,
    picnic,
    plants,
    pushed,
    road,
    signs,
    street,
    tableware,
    tools,
    toys,
    vehicles,
    wear,
)

_SHELVES = (
    animals,
    appliances,
    balls,
    books,
    cans,
    food,
    footwear,
    furniture,
    garden,
    kitchen,
    leisure,
    luggage,
    machines,
    music,
    office,
    orchestra,
    packages,
    picnic,
    plants,
    pushed,
    road,
    signs,
    street,
    tableware,
    tools,
    toys,
    vehicles,
    wear,
)

OBJECTS: dict[str, Callable[[], Model]] = {
    name: build for shelf in _SHELVES for group in shelf.BUILDERS.values() for name, build in group.items()
}
"""Id -> builder. A built model stands on z = 0, centred about x = y = 0, front to -y."""

CATEGORY: dict[str, str] = {
    name: category for shelf in _SHELVES for category, group in shelf.BUILDERS.items() for name in group
}
"""Id -> category."""
