"""Measures of a person's trunk and limbs, and the skin of arms, hands and legs. No Blender here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from viewlock.generator.look import Appearance
from viewlock.generator.skeleton import Skeleton, unit

from ..meshes import Array, Mesh, stack_rings
from .lofts import Part, arm_weights, around, chain, curve, leg_weights, limb, oval, smooth, trunk_weights

# Trunk sections of an average adult of 1.75 m: height above the hip joints (or below the shoulder joints, see
# `Body.trunk`), half-width, extent to the front and to the back, metres.
_LOWER = np.array([
    [-0.14, 0.150, 0.085, 0.100], [-0.075, 0.170, 0.094, 0.122], [-0.01, 0.174, 0.100, 0.130],
    [0.06, 0.163, 0.106, 0.110], [0.13, 0.146, 0.104, 0.088], [0.20, 0.137, 0.102, 0.084],
])  # fmt: skip
_UPPER = np.array([
    [-0.24, 0.142, 0.108, 0.090], [-0.17, 0.155, 0.118, 0.103], [-0.11, 0.166, 0.120, 0.112],
    [-0.05, 0.172, 0.104, 0.112], [0.00, 0.170, 0.080, 0.098], [0.024, 0.156, 0.066, 0.088],
    [0.042, 0.127, 0.056, 0.080], [0.058, 0.094, 0.050, 0.075], [0.074, 0.073, 0.047, 0.072],
    [0.092, 0.062, 0.046, 0.072],
])  # fmt: skip


@dataclass(frozen=True)
class Body:
    """A person's measures.

    Attributes:
        look: the appearance they come from.
        bones: the joints.
        k: stature against 1.75 m.
    """

    look: Appearance
    bones: Skeleton
    k: float

    @property
    def hip(self) -> float:
        return float(self.bones.head("thigh_l")[2])

    @property
    def shoulder(self) -> float:
        return float(self.bones.head("upper_arm_l")[2])

    @property
    def chin(self) -> float:
        return self.shoulder + 0.125 * self.k

    def up(self, metres: float) -> float:
        """A height above the hip joints, scaled to this person's trunk; 0.48 is the shoulder joints."""
        return self.hip + metres * (self.shoulder - self.hip) / 0.48

    def trunk(self, z: Array) -> tuple[Array, Array, Array]:
        """Half-width, front and back extents of the trunk at heights."""
        heights, sizes = self._trunk_table
        return tuple(np.interp(z, heights, size) for size in sizes)

    @cached_property
    def _trunk_table(self) -> tuple[Array, tuple[Array, Array, Array]]:
        """Densely sampled trunk: looked up some hundred times for each figure."""
        z = np.linspace(self.up(-0.15), self.shoulder + 0.10 * self.k, 500)
        stretch = (self.shoulder - self.hip) / 0.48
        knots = np.concatenate([self.hip + _LOWER[:, 0] * stretch, self.shoulder + _UPPER[:, 0] * self.k])
        width, front, back = (np.concatenate([_LOWER[:, c], _UPPER[:, c]]) * self.k for c in (1, 2, 3))
        low = smooth((self.up(0.24) - knots) / (0.16 * self.k))
        width = width * (low * self.look.hips + (1 - low) * self.look.shoulders)
        fat = 1 + (self.look.girth - 1) * (1 - smooth((knots - self.shoulder) / (0.05 * self.k)))
        slim = 0.13 * (self.look.bust > 0) + 0.14 * float(np.clip((self.look.head - 1.0) / 0.3, 0.0, 1.0))
        fat *= 1 - slim * smooth((knots - self.shoulder - 0.05 * self.k) / (0.04 * self.k))
        width, front, back = (curve(z, knots, v * fat) for v in (width, front, back))
        u = (z - self.hip) / stretch
        belly = self.look.belly * self.k * np.exp(-(((u - 0.13) / 0.11) ** 2))
        return z, (width + 0.035 * belly, front + 0.085 * belly, back)

    def bust(self, x: Array, z: Array) -> Array:
        """How far the breasts stand out to the front at places."""
        u, v = np.abs(x) / self.k, (z - self.shoulder) / self.k + 0.125
        return 0.048 * self.look.bust * self.k * np.exp(-(((u - 0.078) / 0.058) ** 2) - (v / 0.058) ** 2)

    def trunk_ring(self, z: float | Array, ease: float | Array, angles: Array, loose: float = 0.0) -> Array:
        """(N, 3) ring of points round the trunk at one height or at one height a point.

        Args:
            ease: metres off the skin.
            loose: 0..1, how far the ring hangs straight down from the chest instead of following the waist.
        """
        z = np.broadcast_to(np.asarray(z, float), angles.shape)
        chest = self.trunk(np.array([self.shoulder - 0.12 * self.k]))
        below = loose * smooth((self.shoulder - 0.12 * self.k - z) / (0.1 * self.k))
        sizes = [v + below * np.maximum(c[0] - v, 0.0) for v, c in zip(self.trunk(z), chest, strict=True)]
        width, front, back = (v + ease for v in sizes)
        flat = oval(angles, width, front, back, 2.35)
        stand = np.maximum(self.bust(flat[:, 0], z), 0.7 * below * self.bust(flat[:, 0], z + 0.12 * self.k * below))
        high = smooth((z - self.shoulder) / (0.09 * self.k))
        flat[:, 1] += (0.012 + 0.006 * high) * self.k - stand * (flat[:, 1] < 0)
        return np.c_[flat, z]

    def on_front(self, x: float, z: float, ease: float, loose: float = 0.0) -> Array:
        """The point of the front of the trunk at x and a height."""
        ring = self.trunk_ring(z, ease, np.linspace(np.pi, 2 * np.pi, 121), loose)
        return np.array([x, np.interp(x, ring[:, 0], ring[:, 1]), z])

    def leg(self, z: Array) -> tuple[Array, Array, Array, Array]:
        """Half-axes across and along, and the centre (x, y), of a left leg at heights."""
        k, knee, ankle = self.k, self.bones.head("shin_l"), self.bones.head("foot_l")
        low = ankle[2]
        knots = [
            low - 0.06 * k,
            low + 0.03 * k,
            low + 0.12 * k,
            low + 0.26 * k,
            knee[2] - 0.05 * k,
            knee[2] + 0.01 * k,
            knee[2] + 0.10 * k,
            self.hip - 0.20 * k,
            self.hip - 0.07 * k,
        ]
        wide = np.array([0.025, 0.030, 0.040, 0.054, 0.052, 0.054, 0.062, 0.076, 0.087]) * k
        deep = np.array([0.036, 0.038, 0.047, 0.061, 0.055, 0.058, 0.066, 0.083, 0.095]) * k
        full = 0.25 + 0.75 * smooth((np.array(knots) - low) / (0.5 * k))
        fat = 1 + (self.look.girth * (0.55 + 0.45 * self.look.hips) - 1) * full
        places = [self.bones.head(f"{n}_l") for n in ("foot", "shin", "thigh")]
        x, y = (np.interp(z, [p[2] for p in places], [p[c] for p in places]) for c in (0, 1))
        calf = 0.016 * k * np.exp(-(((z - low - 0.25 * k) / (0.10 * k)) ** 2))
        return curve(z, knots, wide * fat), curve(z, knots, deep * fat), x, y + calf

    def arm_line(self, side: str) -> tuple[Array, Array, Array, float]:
        """Shoulder, direction, palm normal and length to the wrist of an arm at rest."""
        start, wrist = self.bones.head(f"upper_arm_{side}"), self.bones.head(f"hand_{side}")
        along = unit(wrist - start)
        palm = np.array([along[2] * np.sign(start[0]), 0.0, -abs(along[0])])
        return start, along, palm, float(np.linalg.norm(wrist - start))

    def arm(self, share: Array) -> Array:
        """(N, 2) half-axes of an arm, across and along the palm's normal, from shoulder (0) to wrist (1)."""
        knots = [0.0, 0.12, 0.3, 0.48, 0.55, 0.65, 0.85, 0.97, 1.0]
        wide = np.array([0.058, 0.055, 0.048, 0.041, 0.041, 0.043, 0.033, 0.029, 0.030])
        deep = np.array([0.058, 0.053, 0.045, 0.039, 0.038, 0.038, 0.028, 0.022, 0.021])
        fat = 1 + (self.look.girth - 1) * (1 - 0.7 * np.asarray(share))
        slim = 1 - 0.12 * min(self.look.bust * 2, 1.0)
        return np.stack([curve(share, knots, wide), curve(share, knots, deep)], 1) * (self.k * slim * fat)[:, None]


def arm_skin(body: Body, side: str, material: int, begin: float) -> Part:
    """The skin of an arm from a share of its length to the wrist."""
    start, along, _, length = body.arm_line(side)
    share = np.linspace(begin, 1.0, 18 if begin < 0.8 else 5)
    mesh = limb(start + share[:, None] * length * along, body.arm(share), np.array([0, -1.0, 0]), material, 16)
    return Part(mesh, arm_weights(body.bones, side, mesh.vertices))


def hand(body: Body, side: str, material: int) -> list[Part]:
    """Palm, four fingers and thumb."""
    bones, k = body.bones, body.k * body.look.arms
    wrist, along, palm, _ = body.bones.head(f"hand_{side}"), *body.arm_line(side)[1:]
    ahead = np.array([0.0, -1.0, 0.0])

    def at(far: float, side_m: float, out: float) -> Array:
        return wrist + k * (far * along + side_m * ahead + out * palm)

    far = np.array([-0.02, 0.0, 0.018, 0.036, 0.054, 0.072, 0.086, 0.096])
    wide = np.array([0.028, 0.029, 0.033, 0.038, 0.041, 0.042, 0.041, 0.034]) * k
    deep = np.array([0.020, 0.019, 0.018, 0.018, 0.0165, 0.0145, 0.012, 0.008]) * k
    centres = np.array([at(f, 0.003 * smooth(f / 0.05), 0.0) for f in far])
    mesh = limb(centres, np.c_[wide, deep], ahead, material, 18)
    parts = [Part(mesh, arm_weights(bones, side, mesh.vertices))]
    for place, size, joint in ((0.031, 0.93, "index"), (0.0105, 1.0, "fingers"), (-0.0095, 0.95, "fingers"),
                               (-0.0285, 0.76, "fingers")):  # fmt: skip
        knuckle = 0.082 if size > 0.8 else 0.076
        bends = [(-0.012, 0.0), (0.0, 0.0), (0.012, 0.0008), (0.024, 0.002), (0.031, 0.003), (0.037, 0.0048),
                 (0.043, 0.0075), (0.052, 0.013), (0.061, 0.019), (0.069, 0.0255), (0.0725, 0.029)]  # fmt: skip
        points = np.array([at(knuckle + f * size, place * (1 + 0.6 * f), o * size) for f, o in bends])
        girth = (
            np.array([0.0098, 0.0102, 0.0094, 0.0090, 0.0092, 0.0093, 0.0088, 0.0080, 0.0078, 0.0064, 0.0030])
            * k
            * (0.5 + 0.5 * size)
        )
        tube = limb(points, np.c_[girth, girth * 0.95], ahead, material, 8)
        parts.append(_finger(body, side, joint, tube))
    base = [(0.004, 0.012, 0.004), (0.016, 0.024, 0.009), (0.034, 0.040, 0.014), (0.050, 0.051, 0.017),
            (0.066, 0.057, 0.020), (0.080, 0.059, 0.023), (0.085, 0.059, 0.0245)]  # fmt: skip
    girth = np.array([0.013, 0.0165, 0.0145, 0.0112, 0.0112, 0.0088, 0.0035]) * k
    tube = limb(np.array([at(*b) for b in base]), np.c_[girth, girth * 0.9], palm, material, 10)
    parts.append(_finger(body, side, "thumb", tube))
    return parts


def _finger(body: Body, side: str, joint: str, tube: Mesh) -> Part:
    """A finger that starts in the palm and bends at its knuckle and, but for the thumb, in its middle."""
    bones, along = body.bones, body.arm_line(side)[1]
    names = [f"hand_{side}", f"{joint}_{side}"]
    if joint != "thumb":
        names.append(f"{'tips' if joint == 'fingers' else 'index_tip'}_{side}")
    heads = [float((bones.head(name) - bones.head(names[0])) @ along) for name in names[1:]]
    at = (tube.vertices - bones.head(names[0])) @ along
    return Part(tube, chain(bones, names, at, heads, [(0.018 if joint == "thumb" else 0.009) * body.k] * len(heads)))


def leg_skin(body: Body, side: str, material: int, top: float, bottom: float) -> Part:
    """The skin or the sock of a leg between two heights."""
    z = np.linspace(bottom, top, max(6, int((top - bottom) / (0.028 * body.k))))
    wide, deep, x, y = body.leg(z)
    sign = 1.0 if side == "l" else -1.0
    turn = around(20)
    rings = [np.c_[oval(turn, w, d, d, 2.0) + [sign * cx, cy], np.full(20, h)]
             for w, d, cx, cy, h in zip(wide, deep, x, y, z, strict=True)]  # fmt: skip
    mesh = stack_rings(rings, material=material)
    return Part(mesh, leg_weights(body.bones, side, mesh.vertices))


def breast_skin(body: Body, material: int) -> Part:
    """The skin between neck and neckline, which low collars show."""
    angles, k = around(32), body.k
    rise = np.linspace(-0.05, 0.10, 9)
    rings = [body.trunk_ring(body.shoulder + z * k, -(0.001 + 0.10 * max(z - 0.05, 0.0)) * k, angles) for z in rise]
    mesh = stack_rings(rings, material=material)
    return Part(mesh, trunk_weights(body.bones, mesh.vertices))
