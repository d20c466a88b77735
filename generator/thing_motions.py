"""Which motion suits a thing, and its numbers: what is round rolls, what is light is blown, what is big slides."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Asset

from .placement import Floor
from .rigid_motion import MotionKind, RigidMotion
from .wheels import slip, tightest_m

Array = NDArray[np.float64]

UPRIGHT = ("slide", "convey", "walk")
"""Kinds of motion that keep a thing standing on the floor."""

FASTEST_SIZES = 2.0
"""How many lengths of its body, or spans of its wings, an animal goes at most in a second."""

_HEAD_M = 1.5
"""About the height of heads: birds fly there and above."""

_LIGHT = ("packages", "books & cartons", "headgear, shoes & wear")
"""Categories of things that wind can drive before it."""


def extent(asset: Asset, scale: float, kind: MotionKind = "still") -> tuple[float, float]:
    """Horizontal radius and height of an object in some motion: birds in the air have spread their wings."""
    bounds = asset.flight_m if kind == "flap" else asset.bounds_m
    assert bounds is not None
    low, high = np.array(bounds)
    corner = np.maximum(np.abs(low[:2]), np.abs(high[:2]))
    return float(np.linalg.norm(corner)) * scale, float(high[2]) * scale


def _half_sides(asset: Asset, scale: float) -> tuple[float, float, float]:
    """Half the sides of the box about an object."""
    assert asset.bounds_m is not None
    x, y, z = (np.array(asset.bounds_m[1]) - asset.bounds_m[0]) / 2 * scale
    return float(x), float(y), float(z)


def hovers(asset: Asset, scale: float) -> bool:
    """Whether a thing may hang in the air beside a camera: what is low and no animal, and of somebody else's only what
    is small."""
    if asset.imported is None:
        return extent(asset, scale)[1] < 0.6 and not asset.walks
    return 2 * max(_half_sides(asset, scale)) < 0.5


def draw_kind(asset: Asset, radius: float, height: float, fast: bool, rng: np.random.Generator) -> MotionKind:
    """What such a thing may do: animals walk or fly, what is round rolls and bounces, big things stay down."""
    if asset.walks:
        return "walk"
    if asset.flight_m is not None:
        return "flap"
    weights: dict[MotionKind, float] = {"slide": 0.15, "convey": 0.1, "fly": 0.25, "spin": 0.15, "swing": 0.2}
    # Ours are drawn so that the largest that fly are light; what somebody else's are made of, nobody knows.
    tall, wide = (1.2, 0.8) if asset.imported is None else (0.7, 0.5)
    if height > tall or radius > wide or (asset.category == "vehicles" and height > 0.7):
        weights = {"slide": 0.65, "convey": 0.35}
    elif asset.rolls:
        weights = {"roll": 0.5, "fly": 0.1, "swing": 0.1, "bounce": 0.6 if fast else 0.0}
    else:
        weights["blow"] = 0.25 if asset.category in _LIGHT else 0.0
        weights["tumble"] = 0.45 if fast else 0.0
    if asset.wheels and asset.axle_m is None:
        weights.pop("convey")  # its wheels would slip aside in a bend
    total = sum(weights.values())
    kinds = list(weights)
    return kinds[int(rng.choice(len(kinds), p=[weights[kind] / total for kind in kinds]))]


def draw_thing_motion(
    kind: MotionKind, asset: Asset, scale: float, floor: Floor, fast: bool, rng: np.random.Generator
) -> RigidMotion:
    """A motion of a kind that starts at x = y = 0."""
    radius, height = extent(asset, scale, kind)
    half = _half_sides(asset, scale)
    heading = float(rng.uniform(0, 2 * np.pi))
    speed = rng.uniform(1.0, 2.5) if fast else rng.uniform(0.3, 1.0)
    velocity = np.array([np.cos(heading), np.sin(heading), 0.0]) * speed
    ball = float(np.hypot(radius, height / 2))
    top = min(floor.ceiling - ball - 0.1, 2.2)
    air = float(rng.uniform(min(ball + 0.1, top), max(top, ball + 0.11))) - height / 2
    base, spin = 0.0, float(rng.normal(0, 2.5 if fast else 0.8))
    axis = rng.normal(size=3)
    axle = scale * (asset.axle_m or 0.0)
    extra: dict[str, Any] = {"friction": float(rng.uniform(0.0, 0.4)), "radius_m": height / 2, "half_m": half}
    if kind == "fly":
        velocity[2] = rng.normal(0, 0.15)
        base = air
    elif kind == "spin":
        velocity, base = np.zeros(3), air if rng.random() < 0.6 else ball - height / 2 + 0.03
        spin = float(rng.choice([-1, 1]) * rng.uniform(1.0, 4.0 if fast else 1.6))
        axis[2] += 1.0
    elif kind == "swing":
        base = air
        extra["pivot_m"] = float(rng.uniform(0.7, 1.3))
    elif kind == "bounce":
        velocity[2] = rng.uniform(0.0, 2.5)
        base = air
        extra["restitution"] = float(rng.uniform(0.55, 0.8))
    elif kind == "tumble":
        velocity[2] = rng.uniform(0.5, 3.0)
        base, spin = air, float(rng.choice([-1, 1]) * rng.uniform(2.0, 6.0))
        axis *= [1.0, 1.0, 0.3]
        extra |= {"restitution": float(rng.uniform(0.3, 0.5)), "friction": float(rng.uniform(1.0, 3.0))}
    elif kind == "blow":
        extra["radius_m"] = sum(half) / 3
    elif kind == "convey":
        least = max(1.2, tightest_m(axle))
        extra["pivot_m"] = float(rng.choice([-1, 1]) * rng.uniform(least, least + 2.8))
    elif kind == "walk":
        sizes = rng.uniform(1.0, 1.6) if fast else rng.uniform(0.4, 0.9)
        velocity *= sizes * 2 * max(half) / speed
        bend = float(np.clip(rng.normal(0, 0.2), -0.5, 0.5))
        extra["pivot_m"] = float(np.copysign(1 / max(abs(bend), 1e-3), bend))
    elif kind == "flap":
        # Wings beat only where things may move far between frames; elsewhere it glides.
        velocity *= rng.uniform(1.6, 2.5) / speed if fast else rng.uniform(0.9, 1.4) / speed
        spin = float(2 * np.pi * rng.uniform(3.0, 4.2)) if fast else 0.0
        top = max(min(floor.ceiling - ball - 0.1, 2.5), ball + 0.1)
        base = float(rng.uniform(min(_HEAD_M, top), top)) - height / 2
        extra["pivot_m"] = float(rng.choice([-1, 1]) * rng.uniform(1.5, 4.0))
    # Vehicles, and what else has wheels, legs or wings, have their front at -x and go forwards.
    along = kind in ("walk", "flap") or ((asset.category == "vehicles" or asset.wheels) and kind in UPRIGHT)
    front = heading + np.pi + (slip(axle, extra["pivot_m"]) if kind == "convey" else 0.0)
    return RigidMotion.model_validate(
        {
            "kind": kind,
            "position": (0.0, 0.0, float(base)),
            "yaw": front if along else float(rng.uniform(0, 2 * np.pi)),
            "velocity": tuple(float(v) for v in velocity),
            "axis": tuple(float(v) for v in axis / np.linalg.norm(axis)),
            "spin": spin if kind in ("flap", "fly", "spin", "bounce", "tumble") else 0.0,
            "middle_m": height / 2,
            **extra,
        }
    )


def passing(motion: RigidMotion, where: Array, middle_s: float) -> RigidMotion:
    """The motion moved along the ground so that it is at `where` (x, y) at a time."""
    shift = where - motion.pose(middle_s)[1][:2]
    x, y, z = motion.position
    return motion.model_copy(update={"position": (float(x + shift[0]), float(y + shift[1]), z)})
