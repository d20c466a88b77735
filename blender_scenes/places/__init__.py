"""Builds the places that `generator.places` describes, as named models in world coordinates."""

from __future__ import annotations

from collections.abc import Mapping

from ..surfaces import Model
from .country import build_beach, build_farm
from .hall import build_hall
from .indoor import build_room
from .leisure import build_playground, build_sports
from .outdoor import build_courtyard, build_forest, build_park, build_plaza, build_street
from .trade import build_carpark, build_harbour, build_market
from .works import build_construction, build_railway

_BUILDERS = {
    "room": build_room,
    "hall": build_hall,
    "street": build_street,
    "plaza": build_plaza,
    "park": build_park,
    "forest": build_forest,
    "beach": build_beach,
    "farm": build_farm,
    "sports": build_sports,
    "playground": build_playground,
    "railway": build_railway,
    "market": build_market,
    "carpark": build_carpark,
    "construction": build_construction,
    "harbour": build_harbour,
    "courtyard": build_courtyard,
}


def build_place(kind: str, params: Mapping[str, float | int | str]) -> list[tuple[str, Model]]:
    """Named parts of a place, their vertices in world coordinates.

    Every large plane that `generator.places.stage` names is a part of that name.
    """
    return _BUILDERS[kind](params)
