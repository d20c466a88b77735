"""Animals at rest, and what they walk with."""

from __future__ import annotations

import numpy as np

from viewlock.generator.gaits import Beast, Leg, Point

from ..meshes import ball, lathe, tube
from ..surfaces import Model
from .birds import plumage
from .kit import BLACK, Assembly, paint
from .organic import Limb, both, grow
from .shapes import blob, curve, rod, slab

_EYE = paint("plain", "0a0806", roughness=0.05, coat=1.0)
_NOSE = paint("noise", "15110f", "241c19", size=0.05, roughness=0.3)


def _eyes(a: Assembly, x: float, y: float, z: float, radius: float) -> None:
    a.add(_EYE, *[ball(radius, 12, 8).moved(x, s * y, z) for s in (-1, 1)])


def _legs(name: str, hip: Point, knee: Point, ankle: Point, bend: float) -> tuple[Leg, Leg]:
    """A leg on the right (y > 0) and its mirror image."""
    over = lambda p: (p[0], -p[1], p[2])  # noqa: E731
    return Leg(f"{name}_r", hip, knee, ankle, bend), Leg(f"{name}_l", over(hip), over(knee), over(ankle), bend)


def dog() -> Model:
    """A standing retriever with a collar, seen from its left side."""
    a = Assembly()
    coat = paint("fur", "c08a48", "d9ad70", "8a5a28", size=0.22, seed=2, roughness=0.85)
    pale = paint("fur", "dcbb86", "e8d2a8", "b58b50", size=0.22, seed=3, roughness=0.85)
    dark = paint("fur", "8f5c28", "a9743a", "5f3a18", size=0.2, seed=4, roughness=0.85)
    limbs = [
        Limb(coat, (-0.24, 0, 0.47), (0.24, 0, 0.5), 0.135, 0.105),
        Limb(pale, (-0.26, 0, 0.42), (-0.2, 0, 0.4), 0.12, 0.12),
        Limb(coat, (-0.28, 0, 0.54), (-0.41, 0, 0.72), 0.1, 0.075, joint="head"),
        Limb(coat, (-0.42, 0, 0.755), (-0.46, 0, 0.75), 0.087, 0.07, joint="head"),
        Limb(pale, (-0.5, 0, 0.725), (-0.6, 0, 0.705), 0.048, 0.034, joint="head"),
        Limb(pale, (-0.5, 0, 0.69), (-0.57, 0, 0.68), 0.034, 0.024, joint="head"),
        Limb(coat, (0.3, 0, 0.53), (0.42, 0, 0.46), 0.045, 0.04, joint="tail"),
        Limb(pale, (0.42, 0, 0.46), (0.5, 0, 0.42), 0.045, 0.014, joint="tail"),
    ]
    limbs += both(
        Limb(dark, (-0.41, 0.08, 0.79), (-0.4, 0.1, 0.68), 0.035, 0.03, 0.6, "head"),
        Limb(coat, (-0.23, 0.085, 0.42), (-0.22, 0.09, 0.24), 0.072, 0.042, joint="upper_fore"),
        Limb(coat, (-0.22, 0.09, 0.24), (-0.23, 0.09, 0.04), 0.04, 0.034, joint="lower_fore"),
        Limb(pale, (-0.23, 0.09, 0.032), (-0.275, 0.09, 0.026), 0.035, 0.03, joint="foot_fore"),
        Limb(coat, (0.23, 0.085, 0.46), (0.2, 0.095, 0.27), 0.098, 0.055, joint="upper_hind"),
        Limb(coat, (0.2, 0.095, 0.27), (0.29, 0.095, 0.17), 0.05, 0.034, joint="lower_hind"),
        Limb(coat, (0.29, 0.095, 0.17), (0.25, 0.095, 0.04), 0.033, 0.032, joint="foot_hind"),
        Limb(pale, (0.25, 0.095, 0.032), (0.205, 0.095, 0.026), 0.034, 0.03, joint="foot_hind"),
    )
    grow(a, limbs, 0.05, 66)
    with a.joint("head"):
        a.add(_NOSE, blob(0.02, 0.026, 0.018).moved(-0.632, 0, 0.722))
        _eyes(a, -0.512, 0.048, 0.782, 0.013)
    collar = [(-0.345 + 0.03 * np.sin(t), 0.105 * np.cos(t), 0.625 + 0.1 * np.sin(t)) for t in np.linspace(0, 6.28, 25)]
    with a.joint("head"):
        a.add(paint("stripes", "c1272d", "7d1418", size=0.05), tube(collar, 0.013, 8))
    fore = _legs("fore", (-0.235, 0.085, 0.44), (-0.22, 0.09, 0.24), (-0.23, 0.09, 0.05), 1.0)
    hind = _legs("hind", (0.235, 0.085, 0.46), (0.2, 0.095, 0.27), (0.29, 0.095, 0.17), -1.0)
    return a.model(0.9, Beast((*fore, *hind), (-0.28, 0, 0.54), (0.28, 0, 0.54), 0.32, 0.07, 0.01, 0.02))


def cat() -> Model:
    """A standing tabby cat with its tail up."""
    a = Assembly()
    coat = paint("fur", "8b8378", "4a443e", "b5ac9e", size=0.16, seed=6, roughness=0.9)
    white = paint("fur", "e2ddd2", "cfc8ba", "f0ece4", size=0.14, seed=7, roughness=0.9)
    limbs = [
        Limb(coat, (-0.13, 0, 0.25), (0.14, 0, 0.255), 0.068, 0.062),
        Limb(white, (-0.15, 0, 0.225), (-0.11, 0, 0.215), 0.05, 0.05),
        Limb(coat, (-0.16, 0, 0.28), (-0.205, 0, 0.335), 0.048, 0.045, joint="head"),
        Limb(coat, (-0.215, 0, 0.365), (-0.23, 0, 0.365), 0.06, 0.056, 1.12, "head"),
        Limb(white, (-0.275, 0, 0.35), (-0.29, 0, 0.347), 0.026, 0.02, 1.3, "head"),
        Limb(coat, (0.19, 0, 0.27), (0.27, 0, 0.3), 0.024, 0.021, joint="tail"),
        Limb(coat, (0.27, 0, 0.3), (0.325, 0, 0.38), 0.021, 0.019, joint="tail"),
        Limb(coat, (0.325, 0, 0.38), (0.315, 0, 0.48), 0.019, 0.014, joint="tail"),
    ]
    limbs += both(
        Limb(coat, (-0.21, 0.035, 0.4), (-0.215, 0.05, 0.455), 0.026, 0.004, joint="head"),
        Limb(coat, (-0.12, 0.045, 0.225), (-0.11, 0.05, 0.135), 0.042, 0.027, joint="upper_fore"),
        Limb(coat, (-0.11, 0.05, 0.135), (-0.12, 0.05, 0.03), 0.025, 0.021, joint="lower_fore"),
        Limb(white, (-0.12, 0.05, 0.024), (-0.15, 0.05, 0.021), 0.024, 0.021, joint="foot_fore"),
        Limb(coat, (0.125, 0.05, 0.24), (0.1, 0.055, 0.15), 0.058, 0.035, joint="upper_hind"),
        Limb(coat, (0.1, 0.055, 0.15), (0.155, 0.055, 0.095), 0.031, 0.023, joint="lower_hind"),
        Limb(coat, (0.155, 0.055, 0.095), (0.135, 0.055, 0.03), 0.021, 0.02, joint="foot_hind"),
        Limb(white, (0.135, 0.055, 0.024), (0.1, 0.055, 0.021), 0.023, 0.021, joint="foot_hind"),
    )
    grow(a, limbs, 0.03, 66)
    with a.joint("head"):
        for s in (-1, 1):
            eye = paint("plain", "9fae3a", roughness=0.1, coat=1.0)
            a.add(eye, ball(0.0125, 14, 10).moved(-0.277, s * 0.03, 0.378))
            a.add(BLACK, blob(0.004, 0.003, 0.009, segments=10, rings=8).moved(-0.2885, s * 0.031, 0.378))
            whiskers = [
                rod((-0.29, s * 0.015, 0.346), (-0.295, s * 0.085, 0.34 + 0.012 * k), 0.0007, sides=4) for k in (-1, 1)
            ]
            a.add(paint("plain", "d8d4cc"), *whiskers)
        a.add(paint("plain", "b5706a", roughness=0.4), blob(0.005, 0.008, 0.005).moved(-0.312, 0, 0.356))
    fore = _legs("fore", (-0.123, 0.045, 0.235), (-0.11, 0.05, 0.135), (-0.12, 0.05, 0.035), 1.0)
    hind = _legs("hind", (0.125, 0.05, 0.24), (0.1, 0.055, 0.15), (0.155, 0.055, 0.095), -1.0)
    return a.model(1.05, Beast((*fore, *hind), (-0.15, 0, 0.27), (0.18, 0, 0.265), 0.17, 0.035, 0.006, 0.02))


def mallard() -> Model:
    """A drake standing: green head, white ring, yellow bill, orange feet."""
    a = Assembly()
    grey = paint("feathers", "a39a8c", "7d756a", "d0c8ba", size=0.3, seed=1)
    brown = paint("feathers", "5b3a26", "3d2617", "7d5539", size=0.28, seed=2)
    green = paint("fur", "0f5a3c", "0a3a2c", "2a8f5f", size=0.1, seed=3, roughness=0.3, coat=0.4)
    dark = paint("feathers", "2a2826", "161514", "55504a", size=0.2, seed=4)
    white = paint("plain", "eceae4", roughness=0.8)
    limbs = [
        Limb(grey, (-0.06, 0, 0.17), (0.1, 0, 0.18), 0.085, 0.075),
        Limb(brown, (-0.12, 0, 0.19), (-0.1, 0, 0.17), 0.07, 0.075),
        Limb(dark, (0.16, 0, 0.19), (0.27, 0, 0.215), 0.055, 0.015, joint="tail"),
        Limb(brown, (-0.13, 0, 0.22), (-0.15, 0, 0.27), 0.05, 0.038, joint="head"),
        Limb(white, (-0.15, 0, 0.272), (-0.152, 0, 0.282), 0.037, 0.036, joint="head"),
        Limb(green, (-0.155, 0, 0.295), (-0.165, 0, 0.345), 0.034, 0.036, joint="head"),
        Limb(green, (-0.17, 0, 0.35), (-0.19, 0, 0.35), 0.042, 0.036, joint="head"),
    ]
    limbs += both(Limb(grey, (-0.05, 0.06, 0.2), (0.19, 0.03, 0.205), 0.05, 0.012, 0.7))
    grow(a, limbs, 0.03, 60)
    bill = paint("noise", "d9a21f", "b5801a", "e8bb45", size=0.1, roughness=0.4)
    with a.joint("head"):
        a.add(
            bill,
            blob(0.05, 0.021, 0.009).turned("y", -6).moved(-0.26, 0, 0.337),
            blob(0.042, 0.018, 0.006).moved(-0.252, 0, 0.326),
        )
        _eyes(a, -0.195, 0.033, 0.362, 0.006)
    foot = paint("noise", "d9692a", "b5501a", "e88a45", size=0.1, roughness=0.6)
    web = np.array([(-0.012, 0), (0.012, 0), (0.045, 0.085), (0.0, 0.07), (-0.045, 0.085)])
    for s, side in ((-1, "l"), (1, "r")):
        with a.joint(f"lower_leg_{side}"):
            a.add(foot, rod((0.0, s * 0.045, 0.1), (-0.005, s * 0.045, 0.008), 0.009))
        with a.joint(f"foot_leg_{side}"):
            a.add(foot, slab(web, 0.008).turned("x", -90).turned("z", 90).moved(0.01, s * 0.045, 0.004))
    legs = _legs("leg", (0.0, 0.045, 0.17), (0.015, 0.045, 0.095), (-0.004, 0.045, 0.01), 1.0)
    beast = Beast(legs, (-0.12, 0, 0.21), (0.15, 0, 0.19), 0.085, 0.04, 0.005, 0.09, 0.008, 0.3)
    return a.model(1.3, beast)


def hen() -> Model:
    """A speckled hen with comb, wattles and a fanned tail."""
    a = Assembly()
    body = paint("feathers", "9c4a22", "6e2f14", "d98a4a", size=0.3, seed=5)
    neck = paint("feathers", "c97a2f", "8a4a1a", "e8b25f", size=0.16, seed=6)
    tail = paint("feathers", "2f3a34", "141a18", "5b6e5f", size=0.25, seed=7)
    limbs = [
        Limb(body, (-0.06, 0, 0.21), (0.08, 0, 0.23), 0.105, 0.085),
        Limb(neck, (-0.12, 0, 0.27), (-0.17, 0, 0.37), 0.065, 0.032, joint="head"),
        Limb(neck, (-0.175, 0, 0.395), (-0.185, 0, 0.395), 0.033, 0.03, joint="head"),
        Limb(body, (0.12, 0, 0.26), (0.18, 0, 0.34), 0.06, 0.03),
        *[
            Limb(tail, (0.15, y / 3, 0.29), (0.2 + 0.02 * k, y, 0.41 - 0.03 * k), 0.03, 0.016, joint="tail")
            for k in range(3)
            for y in (-0.03, 0.03)
        ],
    ]
    limbs += both(
        Limb(body, (-0.07, 0.085, 0.23), (0.14, 0.07, 0.21), 0.055, 0.015, 0.7),
        Limb(body, (0.01, 0.055, 0.14), (0.0, 0.055, 0.1), 0.045, 0.018, joint="upper_leg"),
    )
    grow(a, limbs, 0.03, 60)
    red = paint("noise", "b5221c", "8a1512", "d0463a", size=0.05, roughness=0.5)
    comb = [
        (-0.035, 0),
        (0.035, 0),
        (0.04, 0.025),
        (0.026, 0.018),
        (0.016, 0.036),
        (0.004, 0.02),
        (-0.01, 0.038),
        (-0.02, 0.018),
        (-0.036, 0.028),
    ]
    with a.joint("head"):
        a.add(
            red,
            slab(comb, 0.009).moved(-0.185, 0, 0.42),
            *[blob(0.009, 0.006, 0.018).moved(-0.205, s * 0.012, 0.36) for s in (-1, 1)],
        )
    horn = paint("noise", "d9b04a", "b08a30", "e8ca78", size=0.05, roughness=0.5)
    with a.joint("head"):
        a.add(horn, rod((-0.205, 0, 0.393), (-0.25, 0, 0.383), 0.013, 0.002))
        _eyes(a, -0.2, 0.027, 0.403, 0.006)
    toes = [
        rod((0, 0, 0), (-0.055 if turn < 180 else -0.03, 0, -0.004), 0.008, 0.004).turned("z", turn)
        for turn in (-35, 0, 35, 180)
    ]
    for s, side in ((-1, "l"), (1, "r")):
        with a.joint(f"lower_leg_{side}"):
            a.add(horn, rod((0, s * 0.055, 0.12), (0.01, s * 0.055, 0.012), 0.008))
        with a.joint(f"foot_leg_{side}"):
            a.add(horn, *[toe.moved(0.01, s * 0.055, 0.009) for toe in toes])
    legs = _legs("leg", (-0.01, 0.055, 0.19), (0.004, 0.055, 0.118), (0.01, 0.055, 0.012), 1.0)
    return a.model(1.1, Beast(legs, (-0.1, 0, 0.26), (0.15, 0, 0.29), 0.1, 0.05, 0.005, 0.04, 0.022, 0.4))


def rabbit() -> Model:
    """A crouching rabbit with upright ears."""
    a = Assembly()
    coat = paint("fur", "9a7b58", "75593c", "b89a76", size=0.15, seed=8, roughness=0.9)
    white = paint("fur", "e6dfd2", "d5ccbc", "f2ede4", size=0.12, seed=9, roughness=0.9)
    limbs = [
        Limb(coat, (0.09, 0, 0.12), (-0.04, 0, 0.105), 0.11, 0.08),
        Limb(coat, (-0.1, 0, 0.15), (-0.13, 0, 0.19), 0.06, 0.05, joint="head"),
        Limb(coat, (-0.14, 0, 0.205), (-0.19, 0, 0.19), 0.056, 0.032, joint="head"),
        Limb(white, (0.2, 0, 0.11), (0.215, 0, 0.125), 0.035, 0.03, joint="tail"),
        Limb(white, (-0.07, 0, 0.06), (-0.05, 0, 0.06), 0.05, 0.05),
    ]
    limbs += both(
        Limb(coat, (-0.115, 0.026, 0.245), (-0.08, 0.045, 0.36), 0.02, 0.014, 0.75, "head"),
        Limb(coat, (0.09, 0.08, 0.09), (0.05, 0.09, 0.06), 0.075, 0.05, joint="upper_hind"),
        Limb(coat, (0.045, 0.09, 0.06), (0.085, 0.095, 0.03), 0.03, 0.022, joint="lower_hind"),
        Limb(white, (0.08, 0.095, 0.024), (-0.02, 0.1, 0.022), 0.025, 0.022, joint="foot_hind"),
        Limb(coat, (-0.07, 0.045, 0.09), (-0.1, 0.045, 0.03), 0.034, 0.022, joint="lower_fore"),
        Limb(white, (-0.1, 0.045, 0.022), (-0.14, 0.045, 0.02), 0.022, 0.018, joint="foot_fore"),
    )
    grow(a, limbs, 0.03, 60)
    with a.joint("head"):
        a.add(
            paint("plain", "c98f85", roughness=0.6),
            *[blob(0.004, 0.009, 0.04).turned("y", 16).moved(-0.114, s * 0.037, 0.305) for s in (-1, 1)],
            blob(0.006, 0.009, 0.006).moved(-0.22, 0, 0.196),
        )
        _eyes(a, -0.165, 0.043, 0.218, 0.011)
    fore = _legs("fore", (-0.085, 0.045, 0.12), (-0.072, 0.045, 0.08), (-0.1, 0.045, 0.03), 1.0)
    hind = _legs("hind", (0.1, 0.075, 0.12), (0.04, 0.09, 0.065), (0.085, 0.095, 0.03), -1.0)
    beast = Beast((*fore, *hind), (-0.09, 0, 0.14), (0.19, 0, 0.11), 0.12, 0.05, 0.022, hang=0.5, hops=True)
    return a.model(1.1, beast)


def parrot() -> Model:
    """A macaw on a wooden perch."""
    a = Assembly()
    red, blue, gold, white = plumage()
    limbs = [
        Limb(red, (0.0, 0, 0.62), (-0.02, 0, 0.74), 0.06, 0.055),
        Limb(red, (-0.02, 0, 0.8), (-0.03, 0, 0.83), 0.045, 0.05),
        Limb(white, (-0.06, 0, 0.83), (-0.065, 0, 0.82), 0.03, 0.028, 1.3),
        Limb(red, (0.03, 0, 0.58), (0.08, 0, 0.3), 0.04, 0.014),
        Limb(blue, (0.06, 0, 0.52), (0.09, 0, 0.36), 0.03, 0.016),
    ]
    limbs += both(
        Limb(red, (-0.01, 0.055, 0.75), (0.02, 0.06, 0.7), 0.034, 0.036, 0.7),
        Limb(gold, (0.02, 0.062, 0.68), (0.03, 0.06, 0.65), 0.036, 0.036, 0.6),
        Limb(blue, (0.03, 0.06, 0.63), (0.07, 0.025, 0.48), 0.036, 0.014, 0.6),
    )
    grow(a, limbs, 0.02, 84)
    hook = curve([(-0.075, 0, 0.845), (-0.115, 0, 0.84), (-0.13, 0, 0.81), (-0.12, 0, 0.785)])
    a.add(paint("plain", "efe4cc", roughness=0.35), tube(hook, np.linspace(0.022, 0.003, len(hook)), 12))
    a.add(BLACK, blob(0.02, 0.013, 0.014).moved(-0.09, 0, 0.8))
    _eyes(a, -0.062, 0.045, 0.85, 0.007)
    a.add(
        paint("noise", "4a4540", "35302c", size=0.05),
        *[rod((-0.01, s * 0.03, 0.575), (-0.03, s * 0.03, 0.55), 0.014) for s in (-1, 1)],
    )
    wood = paint("bark", "7d5a3a", "4f3620", size=0.15)
    a.add(wood, rod((-0.0, -0.22, 0.54), (0.0, 0.22, 0.54), 0.018), rod((0, 0, 0.03), (0, 0, 0.54), 0.02))
    foot = paint("wood", "8a5a34", "5b3a20", size=0.2, seed=1)
    return a.add(foot, lathe([(0, 0), (0.17, 0), (0.17, 0.02), (0.05, 0.04), (0.025, 0.06), (0, 0.06)], 32)).model()


BUILDERS = {
    "animals": {"dog": dog, "cat": cat, "mallard": mallard, "hen": hen, "rabbit": rabbit, "parrot": parrot},
}
