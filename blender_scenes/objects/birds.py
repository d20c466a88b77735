"""Birds with spread wings: what those look like in the air that perch elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from viewlock.generator.flights import Bird

from ..meshes import Array, Mesh, ball, stack_rings, tube
from ..surfaces import Model, Surface
from .kit import BLACK, Assembly, paint
from .organic import Limb, both, grow
from .shapes import blob, curve

_SHOULDER_M, _WRIST_M, _TIP_M = 0.045, 0.22, 0.52
"""How far out a wing begins, bends and ends."""


def _fore(y: Array) -> Array:
    """x of the leading edge."""
    return np.interp(y, [0.0, 0.10, _WRIST_M, 0.36, 0.48, _TIP_M], [-0.085, -0.10, -0.115, -0.075, -0.005, 0.045])


def _aft(y: Array) -> Array:
    """x of the trailing edge: longer feathers at the hand, and their ends."""
    edge = np.interp(y, [0.0, 0.12, _WRIST_M, 0.36, 0.48, _TIP_M], [0.10, 0.115, 0.10, 0.125, 0.11, 0.075])
    return edge + 0.006 * np.abs(np.sin(np.pi * y / 0.033))


def _strip(first: float, last: float, side: float) -> Mesh:
    """The part of a wing between two shares of its chord, closed: thick in front, cambered, thin at the tip."""
    y = np.linspace(0.02, _TIP_M, 45)
    shares = np.linspace(first, last, 4)
    x = _fore(y)[:, None] + (_aft(y) - _fore(y))[:, None] * shares
    camber = 0.016 * np.sin(np.pi * np.sqrt(shares)) * (1 - 0.5 * y[:, None] / _TIP_M)
    half = (
        0.5 * np.interp(shares, [0.0, 0.12, 1.0], [0.006, 0.016, 0.003]) * np.interp(y, [0, _TIP_M], [1, 0.4])[:, None]
    )
    out = np.broadcast_to(side * y[:, None], x.shape)
    top, under = np.stack([x, out, camber + half], -1), np.stack([x, out, camber - half], -1)
    rings = np.concatenate([top, under[:, ::-1]], axis=1)
    return stack_rings(rings if side > 0 else rings[:, ::-1], smooth=True)


def _wing_shares(mesh: Mesh, mark: str) -> dict[str, Array]:
    """How much of a wing's vertices trunk, inner and outer wing carry: skin bends over some centimetres."""
    out = np.abs(mesh.vertices[:, 1])
    wing = np.clip((out - 0.5 * _SHOULDER_M) / _SHOULDER_M, 0.0, 1.0)
    hand = np.clip((out - _WRIST_M) / 0.05 + 0.5, 0.0, 1.0)
    return {"trunk": 1 - wing, f"inner_{mark}": wing * (1 - hand), f"outer_{mark}": wing * hand}


def plumage() -> tuple[Surface, Surface, Surface, Surface]:
    """A macaw's red, blue and gold feathers, and its white cheeks."""
    return (
        paint("feathers", "c1221f", "8a1414", "e8584a", size=0.16, seed=10),
        paint("feathers", "1f4fa8", "12306e", "4a86d8", size=0.16, seed=11),
        paint("feathers", "e8b52a", "b8861a", "f4d878", size=0.14, seed=12),
        paint("noise", "e8e2d6", "d5cdbd", "f2eee6", size=0.05),
    )


def macaw() -> Model:
    """A macaw in the air: wings and long tail spread, feet tucked up."""
    a = Assembly()
    red, blue, gold, white = plumage()
    limbs = [
        Limb(red, (-0.08, 0, -0.005), (0.09, 0, -0.01), 0.062, 0.045),
        Limb(red, (-0.14, 0, 0.01), (-0.19, 0, 0.02), 0.046, 0.048, joint="head"),
        Limb(white, (-0.214, 0, 0.012), (-0.219, 0, 0.002), 0.027, 0.025, 1.4, "head"),
        Limb(red, (0.12, 0, -0.01), (0.22, 0, -0.012), 0.034, 0.022, 1.5, "tail"),
        Limb(red, (0.22, 0, -0.012), (0.50, 0, -0.02), 0.016, 0.007, 2.6, "tail"),
        Limb(blue, (0.13, 0, 0.012), (0.26, 0, 0.002), 0.026, 0.013, 1.7, "tail"),
    ]
    limbs += both(Limb(blue, (0.20, 0.02, -0.012), (0.36, 0.045, -0.018), 0.012, 0.006, 1.5, "tail"))
    grow(a, limbs, 0.02, 90)
    with a.joint("head"):
        hook = curve([(-0.238, 0, 0.03), (-0.276, 0, 0.024), (-0.290, 0, -0.004), (-0.282, 0, -0.026)])
        a.add(paint("plain", "efe4cc", roughness=0.35), tube(hook, np.linspace(0.021, 0.003, len(hook)), 12))
        a.add(BLACK, blob(0.02, 0.013, 0.013).moved(-0.252, 0, -0.012))
        eye = paint("plain", "0a0806", roughness=0.05, coat=1.0)
        a.add(eye, *[ball(0.007, 12, 8).moved(-0.218, s * 0.044, 0.034) for s in (-1, 1)])
    grey = paint("noise", "4a4540", "35302c", size=0.05)
    a.add(grey, *[blob(0.03, 0.012, 0.012).moved(0.06, s * 0.026, -0.052) for s in (-1, 1)])
    for side, mark in ((1.0, "r"), (-1.0, "l")):
        for surface, first, last in ((red, 0.0, 0.36), (gold, 0.36, 0.54), (blue, 0.54, 1.0)):
            strip = _strip(first, last, side).moved(0, 0, 0.012)
            a.add(surface, strip)
            a.weigh(_wing_shares(strip, mark))
    bird = Bird((0.0, _SHOULDER_M, 0.012), (0.0, _WRIST_M, 0.018), (-0.11, 0, 0.005), (0.10, 0, -0.01))
    return a.model(1.0, bird)


IN_FLIGHT: dict[str, Callable[[], Model]] = {"parrot": macaw}
"""Id of a thing that can fly -> what it is in the air."""
