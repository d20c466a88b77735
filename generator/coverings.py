"""Texture sets of other people on the large surfaces of our places: which suits what, where, and how large it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from viewlock.assets_manifest.catalogue import Asset
from viewlock.assets_manifest.plausible import words_of
from viewlock.assets_manifest.textures import texture_maps

from .asset_ref import AssetRef

Use = Literal["floor", "paving", "ground", "wall"]

_SAID: dict[Use, str] = {
    "floor": "floor floorboards flooring parquet carpet laminate linoleum rug",
    "paving": "pavement paving pavers cobblestone cobble asphalt road sidewalk street",
    "wall": "wall walls wallpaper stucco cladding siding",
    "ground": "ground terrain aerial forest field beach coast path trail",
}
_MADE_OF: dict[Use, str] = {
    "floor": "wood planks plank marble terrazzo tile tiles concrete",
    "paving": "concrete",
    "wall": "brick bricks plaster concrete castle stone painted",
    "ground": "sand grass soil mud dirt moss leaves gravel snow rocky rock pebbles",
}
_NEVER = {"roof", "roofing", "ceiling", "facade"}
"""Nothing of ours is roofed with pictures, and fronts have windows of their own."""
REPEAT_M: dict[Use, float] = {"floor": 2.0, "paving": 2.0, "ground": 3.0, "wall": 2.0}
"""What one repeat of a set covers, where its manifest does not say."""

_PAVED = ("plaza", "market", "courtyard", "carpark", "playground")
_GROUNDS: dict[str, tuple[Use, tuple[str, ...]]] = {
    **dict.fromkeys(_PAVED, ("paving", ("ground",))),
    "playground": ("paving", ("ground", "land")),
    "street": ("paving", ("pavement_east", "pavement_west")),
    **dict.fromkeys(("park", "forest", "farm"), ("ground", ("ground", "land"))),
    "construction": ("ground", ("ground",)),
}
"""Outdoors: what suits the ground of a place, and the parts that are ground. Others are left as they are."""


class Covering(BaseModel):
    """A texture set on parts of a place.

    Attributes:
        parts: names of parts of the place, each of one surface.
        repeat_m: how much one repeat covers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    parts: tuple[str, ...]
    asset: AssetRef
    repeat_m: float


def uses_of(texture: Asset) -> tuple[Use, ...]:
    """What a texture set can cover, by its category, tags and name: what they say it is for, or else is made of."""
    texts = (texture.category, *texture.tags, texture.name.rsplit("/", 1)[-1])
    words = {word for text in texts for word in words_of(text)}
    if words & _NEVER:
        return ()
    said, made = (tuple(u for u, known in table.items() if words & set(known.split())) for table in (_SAID, _MADE_OF))
    return said or made


def why_not(texture: Asset) -> str | None:
    """Why a texture set cannot cover anything; None if it can."""
    if texture.path is None:
        return "it is not on this machine"
    folder = texture.path if texture.path.is_dir() else texture.path.parent
    names = texture.files or (sorted(p.name for p in folder.iterdir()) if folder.is_dir() else ())
    maps = texture_maps(names)
    if "colour" not in maps:
        return "no picture of its colour"
    if "opacity" in maps:
        return "it has holes"
    if not uses_of(texture):
        return "neither its category, its tags nor its name say whether it is a floor, paving, ground or a wall"
    return None


def draw_coverings(
    kind: str, planes: Iterable[str], textures: list[Asset], share: float, rng: np.random.Generator
) -> tuple[Covering, ...]:
    """Coverings of a place's floor or ground and of its walls or fronts, each in a share of the scenes.

    Args:
        kind: of the place.
        planes: names of its large planes.
        textures: those that the scene's split may use.
    """
    planes = tuple(planes)
    walls = tuple(name for name in planes if name.startswith("wall_"))
    fronts = tuple(name for name in planes if name.startswith(("front_", "end_")))
    use, parts = ("floor", ("floor",)) if "floor" in planes else _GROUNDS.get(kind, ("ground", ()))
    pick: Callable[[Use], list[Asset]] = lambda wanted: [t for t in textures if wanted in uses_of(t)]  # noqa: E731
    found = [_covering(parts, use, pick(use), share, rng), _covering(walls, "wall", pick("wall"), share, rng)]
    found += [_covering((front,), "wall", pick("wall"), share, rng) for front in fronts]
    return tuple(covering for covering in found if covering is not None)


def _covering(
    parts: tuple[str, ...], use: Use, fitting: list[Asset], share: float, rng: np.random.Generator
) -> Covering | None:
    if not parts or not fitting or rng.random() >= share:
        return None
    asset = fitting[int(rng.integers(len(fitting)))]
    repeat = REPEAT_M[use] if asset.height_m is None else asset.height_m
    return Covering(parts=parts, asset=AssetRef(id=asset.id, sha256=asset.sha256), repeat_m=repeat)
