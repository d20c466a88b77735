"""Clothes: lofts round trunk and limbs that stand a little off the skin. No Blender here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..meshes import Array, ball, stack_rings
from .anatomy import Body
from .lofts import (
    Part,
    arm_weights,
    around,
    leg_weights,
    limb,
    oval,
    skirt_weights,
    smooth,
    trunk_weights,
)  # fmt: skip

COUNT = 40
EASE = {
    "tshirt": 0.010,
    "shirt": 0.010,
    "sweater": 0.017,
    "hoodie": 0.020,
    "jacket": 0.020,
    "coat": 0.024,
    "dress": 0.006,
}
LOOSE = {
    "tshirt": 0.55,
    "shirt": 0.35,
    "sweater": 0.55,
    "hoodie": 0.6,
    "jacket": 0.45,
    "coat": 0.5,
    "dress": 0.0,
}


def _folds(angles: Array, z: Array, depth: float) -> Array:
    """Shallow folds of hanging cloth."""
    return depth * (np.sin(7 * angles + 11 * z) * np.cos(3 * angles - 23 * z) + 0.5 * np.sin(17 * z + 4 * angles))


def _collar_line(body: Body, angles: Array, drop: float) -> Array:
    """Height of a neckline at angles; it falls by `drop` metres at the front."""
    front = smooth(-np.sin(angles)) if np.ndim(angles) else 0.0
    return body.shoulder + (0.088 - 0.028 * front) * body.k - drop * front**2


@dataclass(frozen=True)
class Drape:
    """The shape of a closed top: how its cloth stands off the trunk.

    Attributes:
        low: height of the hem.
        ease: how far it stands off, metres for an average adult.
        loose: 0..1, how far it hangs straight down from the chest.
        drop: how far the neckline falls at the front, metres.
        tucked: its hem hugs the waist.
    """

    body: Body
    low: float
    ease: float
    loose: float
    drop: float = 0.0
    tucked: bool = False

    def ring(self, angles: Array, z: Array, proud: float = 0.0) -> Array:
        """(N, 3) points of the cloth at angles and heights, `proud` metres off it."""
        k = self.body.k
        share = np.clip((z - self.low) / (_collar_line(self.body, angles, self.drop) - self.low), 0.0, 1.0)
        hem = 0.010 * k * (1 - smooth(share / 0.25))
        fold = _folds(angles, z, 0.0022 * k) * (1 - smooth((share - 0.75) / 0.2))
        off, hang = self.ease * k * (1 - 0.55 * share**6) + hem + fold, np.full(len(angles), self.loose)
        if self.tucked:
            off = off - hem - 0.009 * k * (1 - smooth(share / 0.12))
            hang = hang * smooth(share / 0.3)
        return self.body.trunk_ring(z, off + proud, angles, hang)

    def front(self, x: Array, z: Array, proud: float) -> Array:
        """(N, 3) points of the front of the cloth at places across it and heights."""
        angles = np.linspace(np.pi, 2 * np.pi, 121)
        made = []
        for a, h in zip(x, z, strict=True):
            ring = self.ring(angles, np.full(121, h), proud)
            made.append([a, np.interp(a, ring[:, 0], ring[:, 1]), h])
        return np.array(made)


def trunk_cloth(drape: Drape, material: int) -> Part:
    """A closed top without sleeves, from its hem to the neckline."""
    angles = around(COUNT)
    top = _collar_line(drape.body, angles, drape.drop)
    shares = np.concatenate([np.linspace(0, 0.78, 16), np.linspace(0.81, 1, 11)])
    rings = [drape.ring(angles, drape.low + share * (top - drape.low)) for share in shares]
    mesh = stack_rings(rings, material=material, caps=(True, False))
    return Part(mesh, trunk_weights(drape.body.bones, mesh.vertices))


def neck_band(body: Body, material: int, ease: float, drop: float, height: float = 0.012) -> Part:
    """A rib round the neckline."""
    angles = around(COUNT)
    top = _collar_line(body, angles, drop)
    k = body.k
    shape = [
        (-0.010, 0.5 * ease + 0.0015),
        (0.0, 0.5 * ease + 0.004),
        (height, 0.45 * ease),
        (height, -0.004),
        (-0.004, -0.01),
    ]
    rings = [body.trunk_ring(top + dz * k, e * k, angles) for dz, e in shape]
    mesh = stack_rings(rings, material=material, caps=(False, False))
    return Part(mesh, trunk_weights(body.bones, mesh.vertices))


def shirt_collar(body: Body, material: int, ease: float, tall: float = 0.034, gap: float = 0.20) -> Part:
    """A folded collar, open at the front."""
    angles = np.linspace(-np.pi / 2 + gap, 1.5 * np.pi - gap, COUNT)
    top, k = _collar_line(body, angles, 0.012 * body.k), body.k
    front = smooth(-np.sin(angles))
    shape = [
        (-0.004, -0.004),
        (tall, 0.000),
        (tall + 0.004, 0.004),
        (tall - 0.006, 0.010),
        (0.2 * tall, 0.016),
        (-0.010, 0.5 * ease + 0.016),
    ]
    rings = [
        body.trunk_ring(top + (dz - 0.022 * front * (i > 3)) * k, e * k, angles) for i, (dz, e) in enumerate(shape)
    ]
    mesh = stack_rings(rings, closed=False, caps=(False, False), material=material)
    return Part(mesh, trunk_weights(body.bones, mesh.vertices))


def open_front(body: Body, material: int, low: float, ease: float, loose: float, skirted: bool) -> Part:
    """A jacket that hangs open: a thick shell with a gap at the front."""
    k = body.k
    levels = np.concatenate([np.linspace(0, 0.80, 17), np.linspace(0.83, 1.0, 9)])
    rings = []
    for share in levels:
        gap = 0.20 + 0.10 * np.sin(np.pi * share) + 0.10 * smooth((0.3 - share) / 0.3) * skirted
        angles = np.linspace(-np.pi / 2 + gap, 1.5 * np.pi - gap, COUNT)
        z = low + share * (_collar_line(body, angles, 0.02 * k) - low)
        fold = _folds(angles, z, 0.0025 * k) + 0.030 * k * smooth((body.hip - z) / (0.35 * k))
        inner = 0.011 if share < 0.9 else 0.006
        outside = body.trunk_ring(z, (ease * (1 - 0.4 * share**5) * k + fold), angles, loose)
        inside = body.trunk_ring(z, inner * k + fold, angles, loose)
        rings.append(np.concatenate([outside, inside[::-1]]))
    mesh = stack_rings(rings, material=material)
    weights = skirt_weights if skirted else trunk_weights
    return Part(mesh, weights(body.bones, mesh.vertices))


def sleeve(body: Body, side: str, material: int, end: float, ease: float, cuff: float) -> Part:
    """A sleeve from inside the trunk to a share of the arm's length; `cuff` metres are added at its end."""
    start, along, _, length = body.arm_line(side)
    k, inward = body.k, np.array([-np.sign(start[0]), 0.0, 0.0])
    begin = [
        start + inward * (0.080 * k) + [0, 0, -0.022 * k],
        start + inward * (0.052 * k) + [0, 0, -0.014 * k],
        start + inward * (0.026 * k) + [0, 0, -0.006 * k],
    ]
    share = np.linspace(0.012, end, max(8, int(26 * end)))
    # The cap of the sleeve sits low and close, else a hanging arm lifts it into a horn.
    low = np.outer(1 - smooth(share / 0.16), [0.0, 0.0, -0.014 * k])
    points = np.concatenate([np.array(begin) + [0, 0, -0.006 * k], start + share[:, None] * length * along + low])
    bare = body.arm(share)
    wrinkle = 0.0030 * np.sin(share * 61) * smooth((share - 0.2) / 0.2)
    loose = ease * (0.35 + 0.65 * smooth(share / 0.16)) + cuff * smooth((share - 0.25 * end) / end) + wrinkle
    loose += 0.004 * smooth(share / 0.3) - 0.006 * (1 - smooth(share / 0.12))
    radii = np.concatenate(
        [
            np.array([[0.046, 0.028], [0.053, 0.036], [0.057, 0.044]]) * k * (1 + 0.9 * (body.look.girth - 1)),
            bare + loose[:, None] * k,
        ]
    )
    mesh = limb(points, radii, np.array([0, -1.0, 0]), material, 18)
    return Part(mesh, arm_weights(body.bones, side, mesh.vertices))


def cuff_band(body: Body, side: str, material: int, at: float, ease: float, width: float = 0.03) -> Part:
    """A rib at the end of a sleeve."""
    start, along, _, length = body.arm_line(side)
    share = at + np.array([-0.2, 0.0, 0.2, 0.8, 1.0]) * width * body.k / length
    rings = body.arm(np.minimum(share, 1.0)) + np.array([0.7, 1.1, 1.1, 0.9, 0.1])[:, None] * ease * body.k
    mesh = limb(start + share[:, None] * length * along, rings, np.array([0, -1.0, 0]), material, 18)
    return Part(mesh, arm_weights(body.bones, side, mesh.vertices))


def trousers(body: Body, side: str, material: int, low: float, ease: float, hem: float) -> Part:
    """One leg of trousers with its half of the seat: a D at the waist that becomes round below the crotch.

    Args:
        low: height of the hem.
        hem: least radius of the leg near the hem, metres for an average adult.
    """
    k, sign = body.k, 1.0 if side == "l" else -1.0
    crotch, waist = body.hip - 0.085 * k, body.up(0.115)
    heights = np.concatenate([np.linspace(low, crotch - 0.06 * k, 22), np.linspace(crotch - 0.045 * k, waist, 14)])
    angles = np.linspace(-np.pi / 2, 1.5 * np.pi, 28, endpoint=False)
    rings = []
    for z in heights:
        wide, deep, cx, cy = (float(v[0]) for v in body.leg(np.array([z])))
        cut = hem * k * float(smooth((crotch - z) / (0.3 * k)))
        fold = 0.0022 * k * np.sin(3 * angles + 60 * z / k) * float(smooth((crotch - 0.1 * k - z) / (0.1 * k)))
        leg = oval(
            angles,
            max(wide + ease * k, cut) + fold,
            max(deep + ease * k, cut) + fold,
            max(deep + ease * k, cut) + fold,
            2.05,
        ) + [cx, cy]
        ring = body.trunk_ring(max(z, crotch), ease * k, angles)[:, :2]
        inner = np.cos(angles) < -1e-9
        ring[inner, 0] *= 0.035 / max(ring[:, 0].max() / k, 1e-6)
        ring[inner, 1] = ring[inner, 1] * (1 - 0.25 * np.cos(angles[inner]) ** 2)
        seat = float(smooth((z - crotch + 0.05 * k) / (0.085 * k)))
        flat = seat * ring + (1 - seat) * leg
        rings.append(np.c_[flat * [sign, 1.0], np.full(28, z)][:: int(sign)])
    mesh = stack_rings(rings, material=material)
    return Part(mesh, leg_weights(body.bones, side, mesh.vertices))


def belt(body: Body, material: int, buckle: int) -> list[Part]:
    """A belt at the waist of the trousers."""
    angles, z = around(COUNT), body.up(0.10)
    shape = [(-0.018, 0.004), (-0.016, 0.0125), (0.016, 0.0125), (0.018, 0.004)]
    mesh = stack_rings([body.trunk_ring(z + dz * body.k, e * body.k, angles) for dz, e in shape], material=material)
    plate = ball(1.0, 10, 6, buckle).scaled(0.022 * body.k, 0.006 * body.k, 0.017 * body.k)
    plate = plate.moved(*body.on_front(0.0, z, 0.013 * body.k))
    return [Part(m, trunk_weights(body.bones, m.vertices)) for m in (mesh, plate)]


def skirt(body: Body, material: int, low: float, high: float, flare: float, ease: float = 0.012) -> Part:
    """A skirt with soft folds from a hem to a waist, which may be the neckline of a dress."""
    k = body.k
    angles = around(56)
    top = np.minimum(_collar_line(body, angles, 0.03 * k), high)
    rings = []
    for share in np.concatenate([np.linspace(0, 0.9, 28), np.linspace(0.92, 1, 8)]):
        z = low + share * (top - low)
        fall = smooth((body.up(0.10) - z) / (0.5 * k))
        fold = fall * 0.016 * k * np.sin(9 * angles + 0.6 * np.sin(2 * angles)) + _folds(angles, z, 0.0012 * k)
        rings.append(body.trunk_ring(z, ease * k + flare * k * fall + fold, angles))
    mesh = stack_rings(rings, material=material, caps=(False, False))
    return Part(mesh, skirt_weights(body.bones, mesh.vertices))


def placket(body: Body, material: int, button: int, low: float, ease: float, loose: float) -> list[Part]:
    """The button strip of a shirt."""
    k = body.k
    rings = []
    levels = np.linspace(low + 0.01 * k, body.shoulder + 0.045 * k, 26)
    for z in levels:
        off = (ease + 0.006 + 0.010 * float(smooth((0.2 * k - z + low) / (0.2 * k)))) * k
        rings.append(
            np.array(
                [
                    body.on_front(x * k, z, off - 0.004 * k * (abs(x) > 0.015), loose)
                    for x in (-0.019, -0.015, 0.015, 0.019)
                ]
            )
        )
    strip = stack_rings(rings, closed=False, caps=(False, False), material=material)
    made = [strip]
    for z in np.linspace(levels[1], levels[-1], 8):
        dot = ball(1.0, 8, 5, button).scaled(0.006 * k, 0.003 * k, 0.006 * k)
        near = np.abs(levels - z).argmin()
        made.append(dot.moved(*(rings[near][1:3].mean(axis=0) + [0, -0.001 * k, z - levels[near]])))
    return [Part(m, trunk_weights(body.bones, m.vertices)) for m in made]


def apron(body: Body, material: int, strap: int) -> list[Part]:
    """A bib and a lap of stiff cloth before a closed top, with straps round neck and waist."""
    k = body.k
    rings = []
    low, high = float(body.bones.head("shin_l")[2]) + 0.10 * k, body.shoulder - 0.07 * k
    for share in np.linspace(0, 1, 24):
        z = low + share * (high - low)
        narrow = smooth((z - body.up(0.14)) / (0.10 * k))
        half = 1.18 - 0.62 * float(narrow)
        angles = np.linspace(-np.pi / 2 - half, -np.pi / 2 + half, 21)
        fall = 0.020 * k * float(smooth((body.hip - z) / (0.3 * k)))
        rings.append(body.trunk_ring(z, 0.024 * k + fall, angles, 0.75))
    sheet = stack_rings(rings, closed=False, caps=(False, False), material=material)
    around_waist = around(COUNT)
    shape = [(-0.014, 0.026), (0.0, 0.0275), (0.014, 0.026)]
    belt_rings = [body.trunk_ring(body.up(0.12) + dz * k, e * k, around_waist, 0.6) for dz, e in shape]
    sash = stack_rings(belt_rings, caps=(False, False), material=strap)
    parts = [
        Part(sheet, skirt_weights(body.bones, sheet.vertices)),
        Part(sash, trunk_weights(body.bones, sash.vertices)),
    ]
    for x in (-0.072, 0.072):
        points = [body.on_front(x * k, body.shoulder + dz * k, 0.024 * k, 0.75) for dz in (-0.08, -0.03, 0.02)]
        points += [
            [0.9 * x * k, -0.02 * k, body.shoulder + 0.084 * k],
            [0.5 * x * k, 0.085 * k, body.shoulder + 0.095 * k],
        ]
        band = limb(np.array(points), np.tile([0.003 * k, 0.012 * k], (5, 1)), np.array([0, -1.0, 0.5]), strap, 8)
        parts.append(Part(band, trunk_weights(body.bones, band.vertices)))
    return parts


def tie(body: Body, material: int, ease: float, loose: float) -> list[Part]:
    """A necktie from the collar to the belt."""
    k = body.k
    rings = []
    for share in np.linspace(0, 1, 16):
        z = body.shoulder + 0.045 * k - share * (body.shoulder + 0.03 * k - body.up(0.115))
        half = (0.011 + 0.026 * share) * k * (1 - 0.75 * max(share - 0.93, 0.0) / 0.07)
        lift = [0.006, 0.010, 0.010, 0.006]
        rings.append(np.array([body.on_front(x * half, z, (ease + lift[i]) * k, loose)
                               for i, x in enumerate((-1, -0.6, 0.6, 1))]))  # fmt: skip
    strip = stack_rings(rings[::-1], closed=False, caps=(False, False), material=material)
    knot = ball(1.0, 12, 8, material).scaled(0.021 * k, 0.014 * k, 0.020 * k)
    knot = knot.moved(*body.on_front(0.0, body.shoulder + 0.048 * k, (ease + 0.008) * k, loose))
    return [Part(m, trunk_weights(body.bones, m.vertices)) for m in (strip, knot)]


def hood(body: Body, material: int, string: int) -> list[Part]:
    """A hood that lies on the shoulders, with strings."""
    k = body.k
    turn = np.linspace(-0.95, np.pi + 0.95, 25)
    ring = body.trunk_ring(_collar_line(body, turn, 0.02 * k) + 0.006 * k, 0.012 * k, turn)
    back = smooth(0.5 + 0.62 * np.sin(turn))
    points = ring + np.c_[np.zeros(25), 0.030 * k * back, 0.020 * k * back]
    radii = np.stack([0.012 + 0.034 * back, 0.011 + 0.021 * back], 1) * k
    made = [limb(points, radii, np.array([0, 0, 1.0]), material, 14)]
    for x in (-0.032, 0.032):
        z = np.linspace(body.shoulder + 0.055 * k, body.shoulder - 0.11 * k, 9)
        line = np.array([body.on_front(x * k, h, 0.022 * k, LOOSE["hoodie"]) for h in z])
        made.append(limb(line, np.full((9, 2), 0.0035 * k), np.array([1.0, 0, 0]), string, 7))
    return [Part(m, trunk_weights(body.bones, m.vertices)) for m in made]


def pocket(body: Body, material: int, ease: float, loose: float) -> Part:
    """The front pocket of a hoodie."""
    k, z0 = body.k, body.up(0.045)
    rings = []
    for share in np.linspace(0, 1, 8):
        half = (0.125 - 0.05 * smooth((share - 0.3) / 0.7)) * k * body.look.girth
        x = np.concatenate([[-half - 0.003], np.linspace(-half, half, 11), [half + 0.003]])
        lift = np.where(np.abs(x) > half, 0.000, 0.010) * (share not in (0.0, 1.0)) * k
        rings.append(
            np.array(
                [
                    body.on_front(a, z0 + share * 0.16 * k, (ease + 0.006) * k + b, loose)
                    for a, b in zip(x, lift, strict=True)
                ]
            )
        )
    mesh = stack_rings(rings, closed=False, caps=(False, False), material=material)
    return Part(mesh, trunk_weights(body.bones, mesh.vertices))
