"""Builds the places that `generator.places` describes, as named models in world coordinates."""

from __future__ import annotations

from collections.abc import Mapping

from ..surfaces import Model
from .bedroom import build_bedroom
from .classroom import build_classroom
from .country import build_beach, build_farm
from .gallery import build_gallery
from .garage import build_garage
from .gym import build_gym
from .hall import build_hall
from .indoor import build_room
from .kitchen import build_kitchen
from .leisure import build_playground, build_sports
from .library import build_library
from .office import build_office
from .outdoor import build_courtyard, build_forest, build_park, build_plaza, build_street
from .shop import build_shop
from .station import build_station
from .trade import build_carpark, build_harbour, build_market
from .works import build_construction, build_railway

_BUILDERS = {
    "room": build_room,
    "bedroom": build_bedroom,
    "hall": build_hall,
    "gym": build_gym,
    "station": build_station,
    "gallery": build_gallery,
    "garage": build_garage,
    "library": build_library,
    "shop": build_shop,
    "kitchen": build_kitchen,
    "office": build_office,
    "classroom": build_classroom,
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
