"""Painters: seeded numpy pictures that stand for materials. No Blender here.

A painter takes (colours, seed, pixels) and returns a `Painted` square picture that tiles in both directions.
It takes any number of colours from one up and mixes the ones it lacks.
"""

from __future__ import annotations

from . import cloth, graphic, ground, scenery, stone
from . import wood as timber
from .base import Painted, Painter
from .facade import facade

__all__ = ["PAINTERS", "Painted", "Painter"]

PAINTERS: dict[str, Painter] = {
    "wood": timber.wood,
    "planks": timber.planks,
    "parquet": timber.parquet,
    "bark": timber.bark,
    "brick": stone.brick,
    "tiles": stone.tiles,
    "plaster": stone.plaster,
    "concrete": stone.concrete,
    "marble": stone.marble,
    "terracotta": stone.terracotta,
    "glaze": stone.glaze,
    "pavers": stone.pavers,
    "roof": stone.roof,
    "facade": facade,
    "asphalt": ground.asphalt,
    "grass": ground.grass,
    "gravel": ground.gravel,
    "soil": ground.soil,
    "sand": ground.sand,
    "leaves": ground.leaves,
    "hedge": ground.hedge,
    "rust": ground.rust,
    "metal": ground.metal,
    "fabric": cloth.fabric,
    "denim": cloth.denim,
    "knit": cloth.knit,
    "carpet": cloth.carpet,
    "leather": cloth.leather,
    "camo": cloth.camo,
    "patchwork": cloth.patchwork,
    "floral": cloth.floral,
    "wallpaper": cloth.wallpaper,
    "plaid": cloth.plaid,
    "stripes": cloth.stripes,
    "dots": cloth.dots,
    "label": graphic.label,
    "letters": graphic.letters,
    "banner": graphic.banner,
    "pages": graphic.pages,
    "painting": graphic.painting,
    "checker": graphic.checker,
    "noise": graphic.noise_paint,
    "scales": graphic.scales,
    "foliage": scenery.foliage,
    "canopy": scenery.canopy,
    "meadow": scenery.meadow,
    "lawn": scenery.lawn,
    "water": scenery.water,
    "foam": scenery.foam,
    "blotches": scenery.blotches,
    "panes": scenery.panes,
    "shelves": scenery.shelves,
}
