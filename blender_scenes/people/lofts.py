"""Parts of bodies: lofted meshes that know which joints carry them. No Blender here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from viewlock.generator.skeleton import Skeleton, unit

from ..meshes import Array, Mesh, crosses, join, stack_rings, steps_along


@dataclass(frozen=True)
class Part:
    """Attributes:
    mesh: at the rest pose.
    weights: (V, J), each row sums to 1.
    """

    mesh: Mesh
    weights: Array


def joined(parts: Sequence[Part]) -> Part:
    """One part from several."""
    return Part(join(*(p.mesh for p in parts)), np.concatenate([p.weights for p in parts]))


def smooth(x: Array | float) -> Array:
    """Smoothstep, 0 below 0 and 1 above 1."""
    x = np.clip(x, 0.0, 1.0)
    return x * x * (3 - 2 * x)


def curve(at: Array, knots: Sequence[float], values: Sequence[float] | Array) -> Array:
    """Smooth interpolation through knots; constant beyond them."""
    t, v = np.asarray(knots, float), np.asarray(values, float)
    gaps, steps = np.diff(t), np.diff(v) / np.diff(t)
    slope = np.concatenate(
        [steps[:1], (steps[:-1] * gaps[1:] + steps[1:] * gaps[:-1]) / (gaps[1:] + gaps[:-1]), steps[-1:]]
    )
    at = np.clip(at, t[0], t[-1])
    i = np.clip(np.searchsorted(t, at, side="right") - 1, 0, len(t) - 2)
    h = t[i + 1] - t[i]
    u = (at - t[i]) / h
    near = (1 + 2 * u) * (1 - u) ** 2 * v[i] + u * (1 - u) ** 2 * h * slope[i]
    return near + u * u * (3 - 2 * u) * v[i + 1] + u * u * (u - 1) * h * slope[i + 1]


def oval(angles: Array, width: float, front: float, back: float, power: float = 2.2) -> Array:
    """(N, 2) superellipse points about the origin; `front` is the extent towards -y, `back` towards +y."""
    c, s = np.cos(angles), np.sin(angles)
    x = width * np.sign(c) * np.abs(c) ** (2 / power)
    y = np.sign(s) * np.abs(s) ** (2 / power) * np.where(s < 0, front, back)
    return np.stack([x, y], axis=1)


def around(count: int, start: float = np.pi / 2) -> Array:
    """Angles once round, counter-clockwise from above; they begin at the back."""
    return start + np.linspace(0.0, 2 * np.pi, count, endpoint=False)


def limb(
    points: Array,
    radii: Array,
    first: Array,
    material: int,
    count: int = 18,
    caps: tuple[bool, bool] = (True, True),
) -> Mesh:
    """A tube along (N, 3) points.

    Args:
        radii: (N, 2) half-axes along `first` and across it.
        first: direction of the first half-axis.
    """
    turn = around(count)[:, None]
    cosine, sine = np.cos(turn), np.sin(turn)
    axes = np.empty((2, len(points), 3))
    for k, tangent in enumerate(steps_along(points)):
        axes[0, k] = along = unit(tangent)
        axes[1, k] = unit(first - along * (first @ along))
    e, across = axes[1], crosses(*axes)
    a, b = np.asarray(radii, float).T[..., None, None]
    rings = points[:, None] + a * cosine * e[:, None] + b * sine * across[:, None]
    return stack_rings(rings, material=material, caps=caps)


def chain(bones: Skeleton, names: Sequence[str], at: Array, cuts: Sequence[float], widths: Sequence[float]) -> Array:
    """(V, J) weights that pass from one joint to the next where `at` (V,) crosses each cut, over +- width."""
    steps = [np.ones(len(at))]
    steps += [smooth(0.5 + 0.5 * (at - cut) / width) for cut, width in zip(cuts, widths, strict=True)]
    steps.append(np.zeros(len(at)))
    weights = np.zeros((len(at), len(bones.names)))
    for name, here, nxt in zip(names, steps[:-1], steps[1:], strict=True):
        weights[:, bones.index(name)] += np.maximum(here - nxt, 0.0)
    return weights / weights.sum(axis=1, keepdims=True)


def rigid(bones: Skeleton, joint: str, mesh: Mesh) -> Part:
    """A part that one joint carries."""
    weights = np.zeros((len(mesh.vertices), len(bones.names)))
    weights[:, bones.index(joint)] = 1.0
    return Part(mesh, weights)


def trunk_weights(bones: Skeleton, points: Array) -> Array:
    """Weights of anything that covers the trunk, from the hips to the neck."""
    k = bones.height_m / 1.75
    z = points[:, 2]
    names = ("hips", "spine", "chest", "neck")
    weights = chain(bones, names, z, [bones.head(n)[2] for n in names[1:]], [0.09 * k, 0.09 * k, 0.045 * k])
    shoulder = bones.head("upper_arm_l")
    for side, sign in (("l", 1.0), ("r", -1.0)):
        out = smooth((sign * points[:, 0] - 0.055 * k) / (shoulder[0] - 0.055 * k))
        share = 0.8 * out * smooth((z - shoulder[2] + 0.13 * k) / (0.13 * k))
        weights *= (1 - share)[:, None]
        weights[:, bones.index(f"shoulder_{side}")] += share
    return limited(weights)


def head_weights(bones: Skeleton, points: Array, chin: float) -> Array:
    """Weights of head and neck; what is above the chin goes with the head."""
    k = bones.height_m / 1.75
    cuts = [bones.head("neck")[2] - 0.01 * k, chin - 0.03 * k]
    return chain(bones, ("chest", "neck", "head"), points[:, 2], cuts, [0.04 * k, 0.03 * k])


def arm_weights(bones: Skeleton, side: str, points: Array) -> Array:
    """Weights of an arm or sleeve, from the collar bone to the palm."""
    k = bones.height_m / 1.75
    start = bones.head(f"upper_arm_{side}")
    along = unit(bones.head(f"hand_{side}") - start)
    names = [f"{n}_{side}" for n in ("shoulder", "upper_arm", "arm_twist", "forearm", "forearm_twist", "hand")]
    at = [float((bones.head(n) - start) @ along) for n in names]
    cuts = [0.035 * k, at[2], at[3], at[4], at[5]]
    return chain(bones, names, (points - start) @ along, cuts, [w * k for w in (0.05, 0.08, 0.05, 0.07, 0.03)])


def leg_weights(bones: Skeleton, side: str, points: Array) -> Array:
    """Weights of a leg or trouser leg, from the waist to the ankle; the crotch stays with the hips."""
    k = bones.height_m / 1.75
    hip, knee, ankle = (bones.head(f"{n}_{side}")[2] for n in ("thigh", "shin", "foot"))
    names = ["hips"] + [f"{n}_{side}" for n in ("thigh", "shin", "foot")]
    depth = -points[:, 2]
    # Near the middle the switch to the thigh comes lower, so that the seam between the legs stays closed.
    aside = smooth(np.abs(points[:, 0]) / (0.09 * k))
    shift = (1 - aside) * 0.05 * k
    cuts = [-hip + 0.01 * k, -knee, -ankle]
    return chain(bones, names, depth - shift * (depth < -knee), cuts, [0.085 * k, 0.065 * k, 0.035 * k])


def skirt_weights(bones: Skeleton, points: Array, hold: float = 0.98) -> Array:
    """Weights of a skirt: both thighs share it by side, the waist stays with the trunk."""
    k = bones.height_m / 1.75
    hip = bones.head("thigh_l")
    weights = trunk_weights(bones, points)
    share = hold * smooth((hip[2] + 0.07 * k - points[:, 2]) / (0.165 * k))
    # Towards the hem the two sides part more gently, else a stride tears at its middle.
    lower = smooth((hip[2] - points[:, 2]) / (0.35 * k))
    left = smooth(0.5 + 0.5 * points[:, 0] / ((0.75 + 0.75 * lower) * hip[0]))
    weights *= (1 - share)[:, None]
    weights[:, bones.index("thigh_l")] += share * left
    weights[:, bones.index("thigh_r")] += share * (1 - left)
    return limited(weights)


def foot_weights(bones: Skeleton, side: str, points: Array) -> Array:
    """Weights of a shoe: it bends at the ball of the foot."""
    k = bones.height_m / 1.75
    ball = bones.head(f"toe_{side}")[1]
    return chain(bones, (f"foot_{side}", f"toe_{side}"), -points[:, 1], [-ball], [0.028 * k])


def limited(weights: Array, most: int = 4) -> Array:
    """Weights with all but the largest few of each row dropped, summing to 1."""
    small = np.sort(weights, axis=1)[:, -most][:, None]
    kept = np.where(weights >= np.maximum(small, 1e-9), weights, 0.0)
    return kept / kept.sum(axis=1, keepdims=True)
