"""Heads: skull and neck with a face, eyes, lips, ears and hair. No Blender here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ..meshes import Array, Mesh, ball, join, stack_rings, torus
from .anatomy import Body
from .lofts import Part, around, curve, head_weights, limb, oval, rigid, smooth

# Sections of a head: height above the chin in head heights, half-width, extents to front and back of its axis
# in metres for a head 0.224 m high.
_SECTIONS = np.array([
    [-0.50, 0.066, 0.036, 0.082], [-0.30, 0.057, 0.040, 0.074], [-0.12, 0.053, 0.044, 0.071],
    [-0.035, 0.052, 0.052, 0.071], [-0.005, 0.050, 0.074, 0.071], [0.03, 0.052, 0.090, 0.072],
    [0.08, 0.0565, 0.095, 0.074], [0.16, 0.0625, 0.0935, 0.079], [0.25, 0.067, 0.095, 0.086],
    [0.38, 0.0715, 0.0945, 0.097], [0.50, 0.0750, 0.0925, 0.104], [0.60, 0.0775, 0.0955, 0.107],
    [0.72, 0.0760, 0.0910, 0.105], [0.82, 0.0690, 0.0780, 0.096], [0.90, 0.0560, 0.0600, 0.078],
    [0.96, 0.0370, 0.0380, 0.052], [0.99, 0.0190, 0.0190, 0.027], [1.0, 0.0040, 0.0040, 0.006],
])  # fmt: skip
_LEVELS = np.linspace(-0.5, 1.0, 901)
_SIZES = [curve(_LEVELS, _SECTIONS[:, 0], _SECTIONS[:, column]) for column in (1, 2, 3)]
EYE_X, EYE_T = 0.0315, 0.495
_LOW_FACE = 0.32
HATS = ("cap", "beanie", "hat", "scarf", "helmet")


class Skull(Protocol):
    """What hair must know of the head that it lies on; see `Head`."""

    @property
    def s(self) -> float: ...

    def section(self, t: float, angles: Array) -> Array: ...

    def height(self, t: float) -> float: ...


@dataclass(frozen=True)
class Head:
    """Measures of a head.

    Attributes:
        body: whose.
        s: size against a head of 0.224 m.
    """

    body: Body
    s: float

    @property
    def young(self) -> float:
        """0 for an adult, 1 for a small child."""
        return float(np.clip((self.body.look.head - 1.0) / 0.3, 0.0, 1.0))

    def feature(self, level: Array | float) -> Array | float:
        """The level of an adult's face that lies at a level of this one: a child's face sits low on its skull."""
        inside = np.clip(level, 0.0, 1.0)
        return level + _LOW_FACE * self.young * inside * (1 - inside)

    def level(self, feature: Array | float) -> Array | float:
        """The inverse of `feature`."""
        a = _LOW_FACE * self.young
        if a == 0.0:
            return feature
        inside = np.clip(feature, 0.0, 1.0)
        return feature - inside + ((1 + a) - np.sqrt((1 + a) ** 2 - 4 * a * inside)) / (2 * a)

    def height(self, t: float | Array) -> float | Array:
        """World height of a level above the chin, in head heights."""
        return self.body.chin + 0.224 * self.s * t

    def section(self, t: float, angles: Array, swell: float = 0.0) -> Array:
        """(N, 2) plain cross-section of skull or neck at a level, `swell` metres off the skin."""
        t = float(self.feature(t))
        width, front, back = (float(np.interp(t, _LEVELS, size)) for size in _SIZES)
        width *= 1 + 0.02 * self.young + 0.10 * self.young * float(np.exp(-(((t - 0.30) / 0.15) ** 2)))
        width *= 1 - 0.06 * self.young * float(np.exp(-(((t - 0.03) / 0.08) ** 2)))
        lower = float(smooth((0.45 - t) / 0.4) * smooth((t + 0.15) / 0.15))
        width *= 1 + (self.body.look.jaw - 1) * lower
        width -= 0.004 * self.body.look.grey * float(np.exp(-(((t - 0.27) / 0.08) ** 2)))
        neck = 1 + (0.9 * self.body.look.girth - 0.9 - 0.15 * (self.body.look.bust > 0) - 0.14 * self.young) * float(
            smooth(-t / 0.1)
        )
        power = 2.15 - 0.2 * lower
        flat = oval(angles, width * neck * self.s + swell, front * neck * self.s + swell,
                    back * neck * self.s + swell, power)  # fmt: skip
        flat[:, 1] += 0.010 * self.s + 0.008 * self.s * float(smooth(-t / 0.25))
        return flat

    def relief(self, x: Array, t: Array) -> Array:
        """How far the face stands out at places (x in metres of an average head, t a level of this head)."""
        t, look = self.feature(t), self.body.look

        def bump(cx: float, ct: float, sx: float, st: float) -> Array:
            return np.exp(-(((np.abs(x) - cx) / sx) ** 2) - ((t - ct) / st) ** 2)

        young, soft = self.young, 0.5 * (look.bust > 0)
        bridge = curve(
            t, [0.335, 0.360, 0.385, 0.42, 0.48, 0.53, 0.60], [0, 0.011, 0.0215, 0.0200, 0.0120, 0.0065, 0.0]
        )
        ridge = (0.0088 + 0.0050 * smooth((0.44 - t) / 0.06)) * look.nose
        nose = bridge * np.exp(-((np.abs(x) / ridge) ** 2.3))
        wings = 0.0085 * bump(0.0130 * look.nose, 0.378, 0.0060, 0.022)
        sockets = -0.0105 * bump(EYE_X, EYE_T + 0.005, 0.0165, 0.048) * (1 - 0.35 * young)
        brow = 0.0042 * (1 - 0.6 * soft - 0.8 * young) * bump(0.026, 0.575, 0.024, 0.030)
        cheek = (0.0040 + 0.0030 * young) * bump(0.044, 0.40 - 0.06 * young, 0.018 + 0.006 * young, 0.07)
        mouth = 0.0050 * bump(0.0, 0.235, 0.024, 0.05) - 0.0030 * bump(0.0, 0.165, 0.022, 0.022)
        chin = 0.0055 * (1 - 0.5 * young) * bump(0.0, 0.075, 0.020, 0.045)
        groove = -0.0016 * (look.grey + 0.25) * (1 - young) * bump(0.027, 0.315, 0.0045, 0.05)
        return (1 - 0.45 * young - 0.15 * soft) * (nose + wings) + sockets + brow + cheek + mouth + chin + groove

    def face(self, x: float, t: float, out: float = 0.0) -> Array:
        """World point on the face, `out` metres proud, at x metres (of an average head) beside the middle and a level
        of an adult's face."""
        t = float(self.level(t))
        turn = np.linspace(np.pi, 2 * np.pi, 241)
        flat = self.section(t, turn)
        y = float(np.interp(x * self.s, flat[:, 0], flat[:, 1]))
        y -= self.s * float(self.relief(np.array([x]), np.array([t]))[0]) + out
        return np.array([x * self.s, y, self.height(t)])


def head_parts(body: Body, slots: dict[str, int]) -> list[Part]:
    """Everything from the collar up but hats and glasses."""
    head = Head(body, (body.bones.height_m - body.chin) / 0.224)
    mesh = _skull(head, slots["skin"])
    skull = Part(mesh, head_weights(body.bones, mesh.vertices, body.chin))
    pieces = [_eye(head, side, slots) for side in (-1.0, 1.0)]
    if "scarf" not in body.look.accessories:
        pieces += [_ear(head, side, slots["skin"]) for side in (-1.0, 1.0)]
    pieces += [_nostril(head, side, slots["mouth"]) for side in (-1.0, 1.0)]
    pieces += [_brow(head, side, slots["brow"]) for side in (-1.0, 1.0)] + _lips(head, slots)
    if body.look.beard:
        pieces.append(_beard(head, slots["hair"]))
    parts = [skull, *(rigid(body.bones, "head", p) for p in pieces)]
    if body.look.hair != "bald":
        parts += _hair(head, slots["hair"])
    return parts


def _front_heavy(count: int) -> Array:
    """Angles once round from the back, twice as dense at the face."""
    even = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.pi / 2 + even + 0.42 * np.sin(even)


def _skull(head: Head, skin: int) -> Mesh:
    levels = np.concatenate([np.linspace(-0.50, -0.10, 5), np.linspace(-0.06, 0.62, 40),
                             [0.68, 0.75, 0.82, 0.88, 0.93, 0.965, 0.99, 1.0]])  # fmt: skip
    angles = _front_heavy(56)
    rings = []
    for t in levels:
        flat = head.section(t, angles)
        facing = smooth((-flat[:, 1] / head.s - 0.02) / 0.05)
        flat[:, 1] -= head.s * facing * head.relief(flat[:, 0] / head.s, np.full(len(flat), t))
        rings.append(np.c_[flat, np.full(len(flat), head.height(t))])
    return stack_rings(rings, material=skin, caps=(False, True))


def _eye(head: Head, side: float, slots: dict[str, int]) -> Mesh:
    """Eyeball with iris and pupil, and two lids."""
    r = 0.0128 * head.s * (1 + 0.28 * head.young)
    centre = head.face(side * EYE_X, EYE_T) + np.array([0.0, 0.62 * r, 0.0])
    polar = np.radians([0, 12, 13, 29, 30, 48, 66, 90, 120])
    turn = np.linspace(0, 2 * np.pi, 18, endpoint=False)
    rings = [
        np.stack([np.sin(p) * np.cos(turn), np.full(18, -np.cos(p)), np.sin(p) * np.sin(turn)], 1) * max(r, 1e-5)
        for p in np.maximum(polar[::-1], 0.02)
    ]
    globe = stack_rings(rings, material=slots["white"])
    globe.materials[18 * 4 : 18 * 6] = slots["iris"]
    globe.materials[18 * 6 :] = slots["pupil"]
    parts = [globe.moved(*centre)]
    for low, high in ((24.0, 115.0), (-105.0, -31.0)):
        parts.append(_lid(1.13 * r, low, high, slots["skin"]).moved(*centre))
    lash = [np.array([np.sin(a), -np.cos(a) * np.cos(0.40), np.cos(a) * np.sin(0.40)]) * 1.15 * r + centre
            for a in np.linspace(-1.35, 1.35, 9)]  # fmt: skip
    parts.append(limb(np.array(lash), np.full((9, 2), 0.0008 * head.s), np.array([0, 0, 1.0]), slots["pupil"], 6))
    return join(*parts)


def _lid(r: float, low: float, high: float, skin: int) -> Mesh:
    """A band of a sphere between two elevations, seen from the front; its corners meet at the sides."""
    rows = np.radians(np.linspace(low, high, 9))
    across = np.linspace(-1.5, 1.5, 13)
    rings = [np.stack([np.sin(across), -np.cos(across) * np.cos(e), np.cos(across) * np.sin(e)], 1) * r for e in rows]
    return stack_rings(rings, closed=False, caps=(False, False), material=skin)


def _nostril(head: Head, side: float, dark: int) -> Mesh:
    spot = head.face(side * 0.0066 * head.body.look.nose, 0.352, -0.0006)
    return ball(1.0, 10, 6, dark).scaled(0.0036 * head.s, 0.0042 * head.s, 0.0020 * head.s).moved(*spot)


def _brow(head: Head, side: float, material: int) -> Mesh:
    x = np.linspace(0.013, 0.049, 8)
    t = 0.578 + 0.026 * np.sin(np.pi * (x - 0.006) / 0.056) - 0.010 * ((x - 0.013) / 0.036) ** 2
    points = np.array([head.face(side * a, b, 0.0004) for a, b in zip(x, t, strict=True)])
    thick = np.array([0.0020, 0.0040, 0.0043, 0.0042, 0.0038, 0.0031, 0.0022, 0.0008]) * head.s
    thick = thick * (0.75 if head.body.look.bust > 0 or head.young > 0 else 1.1)
    return limb(
        points[:: int(side)],
        np.c_[thick[:: int(side)], np.full(8, 0.0021 * head.s)],
        np.array([0, 0, 1.0]),
        material,
        8,
    )


def _lips(head: Head, slots: dict[str, int]) -> list[Mesh]:
    x = np.linspace(-0.0245, 0.0245, 15)
    arch = 1 - (x / 0.0245) ** 2
    dip = 0.006 * np.exp(-((x / 0.004) ** 2))
    meshes = []
    for t, fat, out in ((0.243 + 0.016 * arch - dip, 0.0029, 0.0002), (0.243 - 0.020 * arch, 0.0039, 0.0004)):
        points = np.array([head.face(a, b, out) for a, b in zip(x, t, strict=True)])
        size = (0.0006 + fat * head.body.look.mouth * arch**0.8) * head.s
        meshes.append(limb(points, np.c_[size, 0.75 * size], np.array([0, 0, 1.0]), slots["lips"], 10))
    seam = np.array([head.face(a, b, 0.0030 * c) for a, b, c in zip(x, 0.243 - 0.001 * arch, arch, strict=True)])
    meshes.append(limb(seam, np.full((15, 2), 0.0010 * head.s), np.array([0, 0, 1.0]), slots["mouth"], 6))
    return meshes


def _ear(head: Head, side: float, skin: int) -> Mesh:
    s = head.s
    shell = ball(1.0, 14, 8, skin).scaled(0.0085 * s, 0.0165 * s, 0.029 * s)
    rim = torus(0.0215, 0.0042, 20, 8, skin).turned("y", 90).scaled(0.9 * s, 0.72 * s, 1.22 * s).moved(side * 0.006 * s)
    ear = join(shell, rim).turned("x", -12).turned("z", side * 24)
    return ear.moved(side * 0.0765 * s, 0.014 * s, float(head.height(head.level(0.46))))


def _shell(head: Skull, t: Array, angles: Array, swell: Array, material: int, wave: float = 0.0) -> Mesh:
    """A cap over the skull; `swell` (rows, angles) is how far it stands off, below 0 where it is hidden."""
    rings = []
    for row, level in enumerate(t):
        off = swell[row] + wave * np.sin(13 * angles + 38 * level) * np.sin(7 * angles - 31 * level) * (swell[row] > 0)
        flat = head.section(float(level), angles)
        centre = np.array([0.0, 0.010 * head.s])
        outward = flat - centre
        reach = np.linalg.norm(outward, axis=1, keepdims=True)
        flat = flat + outward / np.maximum(reach, 1e-6) * off[:, None] * smooth(reach / (0.02 * head.s))
        rise = np.maximum(off, -0.002) * float(smooth((level - 0.6) / 0.4))
        rings.append(np.c_[flat, head.height(level) + rise])
    return stack_rings(rings, material=material, caps=(False, True), uv_repeat=(3.0, 0.25))


def hair_cap(head: Skull, style: str, material: int, flat: bool = False) -> Mesh:
    """Hair that lies on a skull, from the line where it begins.

    Args:
        flat: under a hat.
    """
    s = head.s
    thick = {
        "crop": 0.005,
        "short": 0.013,
        "curly": 0.030,
        "bun": 0.010,
        "ponytail": 0.010,
        "pigtails": 0.011,
        "afro": 0.060,
        "buzz": 0.0035,
    }.get(style, 0.015) * s
    angles = around(56)
    away = np.degrees(np.abs((angles + np.pi / 2 + np.pi) % (2 * np.pi) - np.pi))
    if style in ("short", "crop", "curly", "buzz"):
        line = np.interp(
            away,
            [0, 25, 42, 58, 72, 84, 100, 125, 180],
            [0.80, 0.79, 0.70, 0.60, 0.40, 0.46, 0.40, 0.16, 0.10],
        )
    else:
        line = np.interp(away, [0, 25, 42, 58, 75, 100, 125, 180], [0.82, 0.80, 0.73, 0.62, 0.50, 0.40, 0.18, 0.08])
    t = np.concatenate([np.linspace(0.05, 0.80, 28), [0.85, 0.89, 0.925, 0.955, 0.98, 1.0]])
    cover = smooth((t[:, None] - line + 0.012) / 0.055)
    crown = 0.55 + 0.45 * smooth((t[:, None] - 0.35) / 0.4)
    swell = -0.008 * s + cover * (thick * crown + 0.008 * s)
    if flat:
        swell = np.where(t[:, None] > 0.62, np.minimum(swell, 0.006 * s), swell)
    wave = {"curly": 0.007, "afro": 0.006, "crop": 0.0006, "buzz": 0.0003}.get(style, 0.0016) * s
    return _shell(head, t, angles, swell, material, wave)


def _hair(head: Head, material: int) -> list[Part]:
    style, bones = head.body.look.hair, head.body.bones
    hatted = any(kind in HATS for kind in head.body.look.accessories)
    parts = [rigid(bones, "head", hair_cap(head, style, material, hatted))]
    if style in ("bob", "long"):
        parts.append(_curtain(head, material, -0.10 if style == "bob" else -0.62))
    if style in ("bun", "ponytail", "pigtails"):
        parts += _tied(head, material, style)
    return parts


def _curtain(head: Head, material: int, low: float) -> Part:
    """Hair that hangs at the sides and the back: a crescent lofted from the temples down."""
    s, body = head.s, head.body
    levels = np.linspace(0.86, low, 26 if low < -0.3 else 18)[::-1]
    arc = np.radians(np.linspace(-128, 128, 33))
    rings = []
    for t in levels:
        fall = float(smooth((0.5 - t) / 0.6))
        size = head.section(max(float(t), 0.45), around(4))
        wide, back = abs(size[1, 0]), size[0, 1] - 0.01 * s
        strand = 0.0022 * s * np.sin(19 * arc + 2 * np.sin(5 * t)) * np.sin(7 * arc)
        tip = 1 - 0.35 * float(smooth((low + 0.10 - t) / 0.10))
        sunk = -0.006 * s + (0.027 * s) * float(smooth((0.86 - t) / 0.40))
        thick = (0.004 + 0.016 * tip * np.cos(arc / 1.5) ** 0.5) * s
        outer = np.stack([np.sin(arc) * (wide + sunk + 0.006 * fall * s + strand),
                          np.cos(arc) * (back + 0.6 * sunk - 0.020 * fall * s + strand)], 1)  # fmt: skip
        inner = outer * (1 - thick / np.linalg.norm(outer, axis=1))[:, None]
        flat = np.concatenate([outer[::-1], inner])
        drop = 0.018 * s * float(smooth((-0.1 - t) / 0.4))
        rings.append(np.c_[flat[:, 0], flat[:, 1] + 0.012 * s + drop, np.full(len(flat), head.height(t))])
    mesh = stack_rings(rings, material=material, uv_repeat=(5.0, 0.35))
    return Part(mesh, head_weights(body.bones, mesh.vertices, body.chin))


def _tied(head: Head, material: int, style: str) -> list[Part]:
    s = head.s
    if style == "bun":
        knot = ball(0.043 * s, 22, 12, material).scaled(1.0, 0.92, 0.9)
        ring = torus(0.030 * s, 0.012 * s, 22, 10, material).turned("x", 50)
        return [
            rigid(
                head.body.bones,
                "head",
                join(knot, ring.moved(0, -0.026 * s, -0.02 * s)).moved(0, 0.115 * s, float(head.height(0.90))),
            )
        ]
    if style == "pigtails":
        return [_pigtail(head, material, side) for side in (-1.0, 1.0)]
    path = np.array([[0, 0.095, 0.80], [0, 0.125, 0.80], [0, 0.145, 0.72], [0, 0.15, 0.55], [0, 0.145, 0.35],
                     [0, 0.14, 0.15], [0, 0.135, 0.0]])  # fmt: skip
    points = np.c_[path[:, 0], path[:, 1] * s, head.height(path[:, 2])]
    radii = np.array([0.016, 0.018, 0.030, 0.034, 0.031, 0.022, 0.006]) * s
    return [
        rigid(
            head.body.bones,
            "head",
            limb(points, np.c_[radii, radii * 0.8], np.array([1.0, 0, 0]), material, 14),
        )
    ]


def _pigtail(head: Head, material: int, side: float) -> Part:
    s = head.s
    out = np.array([0.060, 0.084, 0.100, 0.106, 0.104, 0.098, 0.092]) * side
    back = np.array([0.055, 0.068, 0.074, 0.072, 0.066, 0.060, 0.056])
    level = np.array([0.62, 0.63, 0.56, 0.42, 0.26, 0.10, -0.02])
    radii = np.array([0.012, 0.014, 0.024, 0.028, 0.026, 0.018, 0.004]) * s
    points = np.c_[out * s, back * s, head.height(level)]
    return rigid(head.body.bones, "head", limb(points, np.c_[radii, radii], np.array([0, 1.0, 0]), material, 14))


def _beard(head: Head, material: int) -> Mesh:
    """A shell over jaw and upper lip."""
    angles = _front_heavy(60)
    t = np.linspace(-0.045, 0.46, 28)
    rings = []
    for level in t:
        flat = head.section(float(level), angles)
        x = np.abs(flat[:, 0]) / head.s
        front = flat[:, 1] < 0.018 * head.s
        side = np.interp(x, [0, 0.022, 0.032, 0.045, 0.056, 0.070], [0.335, 0.325, 0.235, 0.235, 0.30, 0.47])
        mouth = ((x / 0.027) ** 2 + ((level - 0.243) / 0.036) ** 2) > 1.0
        chin = np.where((x < 0.012) & (level > 0.16) & (level < 0.2), 0.4, 1.0)
        cover = smooth((side - level) / 0.03) * front * mouth * chin
        fat = 0.0075 * smooth((0.30 - level) / 0.25) + 0.0028
        flat[:, 1] -= head.s * (front * head.relief(flat[:, 0] / head.s, np.full(len(x), level)))
        outward = flat / np.linalg.norm(flat, axis=1, keepdims=True)
        flat = flat + outward * (head.s * (-0.006 + cover * (fat + 0.006)))[:, None]
        drop = 0.012 * head.s * float(smooth((0.06 - level) / 0.1))
        rings.append(np.c_[flat, np.full(len(flat), head.height(level) - drop * cover)])
    return stack_rings(rings, material=material, caps=(False, False), uv_repeat=(6.0, 0.5))
