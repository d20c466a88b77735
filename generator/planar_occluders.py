"""Things between a picture and its camera, and things that only stand in the light."""

from __future__ import annotations

import colorsys

import numpy as np
from numpy.typing import NDArray

from .planar_config import PlanarOccluders
from .planar_spec import Eye, Lamp, Occluder

Array = NDArray[np.float64]

_PROPORTIONS: dict[str, tuple[float, float, float]] = {
    "disc": (1.0, 1.0, 0.06), "rod": (0.12, 0.12, 1.6), "ring": (1.0, 1.0, 1.0), "cylinder": (0.6, 0.6, 1.0),
    "cone": (0.8, 0.8, 1.0), "rock": (1.0, 0.8, 0.7),
}  # fmt: skip
"""Half sizes along a shape's own axes; 1 for the others."""

_GAP_M = 0.01
"""Between an occluder and the picture."""


def draw_occluders(
    config: PlanarOccluders, extent: tuple[float, float], eye: Eye, lamps: tuple[Lamp, ...], rng: np.random.Generator
) -> tuple[Occluder, ...]:
    """A view's occluders: those before its camera, then those that only cast shadows."""
    visible = int(rng.integers(config.visible[0], config.visible[1] + 1))
    hidden = int(rng.integers(config.shadow_only[0], config.shadow_only[1] + 1))
    found = []
    for k in range(visible + hidden):
        shadow_only = k >= visible
        source = np.array(lamps[int(rng.integers(len(lamps)))].position if shadow_only else eye.position)
        found.append(_occluder(config, extent, source, shadow_only, rng))
    return tuple(found)


def _occluder(
    config: PlanarOccluders, extent: tuple[float, float], source: Array, shadow_only: bool, rng: np.random.Generator
) -> Occluder:
    """One that hides a spot of the picture from `source`, a camera or a lamp."""
    shape = config.shapes[int(rng.integers(len(config.shapes)))]
    material = config.materials[int(rng.integers(len(config.materials)))]
    spot = rng.uniform(-0.55, 0.55, 2) * extent
    near = np.array([spot[0], 0.0, spot[1]])
    share = rng.uniform(0.12, 0.6)
    position = near + share * (source - near)
    across = float(np.exp(rng.uniform(*np.log(config.size)))) * (1 - share)
    half = np.array(_PROPORTIONS.get(shape, (1.0, 1.0, 1.0))) * across / 2 * rng.uniform(0.75, 1.25, 3)
    # Whatever its turn, it must not reach the picture, nor the camera.
    reach = float(np.linalg.norm(half))
    room = min(-position[1] - _GAP_M, 0.7 * float(np.linalg.norm(source - position)))
    half = half * min(1.0, room / reach)
    clear = material in ("transparent", "refractive", "glass")
    tint = colorsys.hsv_to_rgb(rng.random(), rng.uniform(0, 0.5 if clear else 0.95), rng.uniform(0.45, 0.9) if clear
                               else rng.uniform(0.04, 0.9))  # fmt: skip
    turn = rng.normal(size=4)
    turn = turn / np.linalg.norm(turn)
    return Occluder(
        shape=shape,
        material=material,
        position=(float(position[0]), float(position[1]), float(position[2])),
        quaternion=(float(turn[0]), float(turn[1]), float(turn[2]), float(turn[3])),
        scale=(float(half[0]), float(half[1]), float(half[2])),
        tint=tint,
        roughness=float(rng.uniform(0.0, 0.5)),
        ior=float(rng.uniform(1.05, 1.8)),
        shadow_only=shadow_only,
    )
