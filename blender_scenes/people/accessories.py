"""Hats, glasses and bags. No Blender here."""

from __future__ import annotations

import numpy as np

from ..meshes import Array, Mesh, join, stack_rings, torus
from .anatomy import Body
from .garments import EASE, LOOSE, apron, tie
from .heads import EYE_T, EYE_X, Head
from .lofts import Part, around, curve, limb, rigid, smooth, trunk_weights


def accessory_parts(body: Body, slots: dict[str, int]) -> list[Part]:
    """All that a person carries or wears beyond clothes."""
    head = Head(body, (body.bones.height_m - body.chin) / 0.224)
    parts = []
    for kind in body.look.accessories:
        parts += _MAKERS[kind](body, head, slots)
    return parts


def _dome(head: Head, low: float, swell: float, material: int, ribs: float = 0.0, tall: float = 0.0) -> Mesh:
    """A hat that follows the skull from a level upwards."""
    angles = around(48)
    rings = []
    for share in np.linspace(0, 1, 16):
        t = low + (1 - low) * np.sin(share * np.pi / 2)
        off = swell * head.s * (0.75 + 0.25 * smooth(share / 0.1)) + ribs * head.s * np.sin(24 * angles)[:, None]
        flat = head.section(float(t), angles, 0.0)
        out = flat - [0.0, 0.010 * head.s]
        far = np.linalg.norm(out, axis=1, keepdims=True)
        flat = flat + out / far * off * smooth(far / (0.03 * head.s))
        lift = head.s * (swell + tall) * float(smooth((t - low) / (1 - low)))
        rings.append(np.c_[flat, np.full(48, head.height(float(t)) + lift)])
    return stack_rings(rings, material=material, caps=(False, True))


def _cap(body: Body, head: Head, slots: dict[str, int]) -> list[Part]:
    dome = _dome(head, 0.77, 0.016, slots["accessory"])
    across = np.linspace(-1, 1, 15)
    edge = head.section(0.77, np.pi * 1.5 + across * 1.05, 0.013 * head.s)
    rings = []
    for out, rise in (
        (0.0, 0.004),
        (0.35, 0.003),
        (0.7, 0.0),
        (1.0, -0.004),
        (1.0, -0.008),
        (0.6, -0.003),
        (0.0, 0.0),
    ):
        reach = out * 0.075 * np.sqrt(np.maximum(1 - across**2 * 0.96, 0))
        curl = 0.012 * across**2 * out
        z = head.height(0.785) + (rise - curl - 0.008 * out) * head.s
        rings.append(np.c_[edge[:, 0], edge[:, 1] - reach * head.s, z])
    brim = stack_rings(rings[::-1], closed=False, caps=(False, False), material=slots["accessory"])
    return [rigid(body.bones, "head", join(dome, brim))]


def _beanie(body: Body, head: Head, slots: dict[str, int]) -> list[Part]:
    dome = _dome(head, 0.70, 0.016, slots["accessory"], 0.0012, 0.02)
    angles = around(48)
    rings = [
        np.c_[head.section(t, angles, e * head.s), np.full(48, head.height(t))]
        for t, e in ((0.67, 0.008), (0.66, 0.018), (0.70, 0.023), (0.80, 0.025), (0.83, 0.022), (0.83, 0.012))
    ]
    fold = stack_rings(rings, material=slots["accessory"], caps=(False, False))
    return [rigid(body.bones, "head", join(dome, fold))]


def _hat(body: Body, head: Head, slots: dict[str, int]) -> list[Part]:
    dome = _dome(head, 0.76, 0.018, slots["accessory"], 0.0, 0.028)
    angles = around(48)
    shape = [(0.0, 0.020), (0.055, 0.014), (0.062, 0.017), (0.055, 0.019), (0.0, 0.026)]
    rings = []
    for out, rise in shape:
        flat = head.section(0.78, angles, (0.014 + out) * head.s)
        roll = 0.018 * np.cos(angles) ** 2 * out / 0.06
        rings.append(np.c_[flat, head.height(0.70) + (rise + roll) * head.s])
    brim = stack_rings(rings, material=slots["accessory"], caps=(False, False))
    band = [np.c_[head.section(0.80, angles, e * head.s), np.full(48, head.height(t))]
            for t, e in ((0.78, 0.0205), (0.785, 0.0225), (0.90, 0.0215), (0.905, 0.018))]  # fmt: skip
    ribbon = stack_rings(band, material=slots["trim"], caps=(False, False))
    return [rigid(body.bones, "head", join(dome, brim, ribbon))]


def _glasses(body: Body, head: Head, slots: dict[str, int]) -> list[Part]:
    s, frame = head.s, slots["frame"]
    y = float(head.face(0.0, EYE_T, 0.0)[1]) - 0.004 * s
    z = float(head.height(head.level(EYE_T - 0.01)))
    meshes = []
    for side in (-1, 1):
        lens = torus(0.0215 * s, 0.0020 * s, 28, 8, frame).turned("x", 90).scaled(1.06, 1.0, 0.86)
        meshes.append(lens.turned("z", side * 7).moved(side * EYE_X * s, y, z))
        path = (
            np.array(
                [
                    [side * (EYE_X + 0.0225), y / s + 0.003, 0.006],
                    [side * 0.071, y / s + 0.022, 0.007],
                    [side * 0.082, 0.00, 0.006],
                    [side * 0.084, 0.022, 0.0],
                    [side * 0.083, 0.034, -0.014],
                ]
            )
            * s
        )
        meshes.append(limb(path + [0, 0, z], np.full((5, 2), 0.0019 * s), np.array([0, 0, 1.0]), frame, 7))
    bridge = np.array([[x, y - 0.003 * s * np.cos(90 * x), z + 0.004 * s] for x in np.linspace(-0.0095, 0.0095, 5) * s])
    meshes.append(limb(bridge, np.full((5, 2), 0.0018 * s), np.array([0, 0, 1.0]), frame, 7))
    return [rigid(body.bones, "head", join(*meshes))]


def _block(size: tuple[float, float, float], material: int, power: float = 4.0) -> Mesh:
    """A rounded box about the origin."""
    turn = around(28)
    rings = []
    for v in np.linspace(-1, 1, 13):
        shrink = (1 - np.abs(v) ** 5) ** 0.35 if abs(v) < 1 else 0.35
        a, b = (0.5 * size[i] * (0.80 + 0.20 * shrink) for i in (0, 1))
        c, d = np.cos(turn), np.sin(turn)
        flat = np.stack([a * np.sign(c) * np.abs(c) ** (2 / power), b * np.sign(d) * np.abs(d) ** (2 / power)], 1)
        rings.append(np.c_[flat, np.full(28, 0.5 * size[2] * v)])
    return stack_rings(rings, material=material)


def _backpack(body: Body, head: Head, slots: dict[str, int]) -> list[Part]:
    k, sh = body.k, body.shoulder
    back = float(body.trunk_ring(sh - 0.15 * k, 0.022 * k, np.array([np.pi / 2]))[0, 1])
    bag = _block((0.28 * k, 0.15 * k, 0.42 * k), slots["accessory"]).moved(0, back + 0.072 * k, sh - 0.17 * k)
    small = _block((0.21 * k, 0.06 * k, 0.19 * k), slots["accessory"]).moved(0, back + 0.155 * k, sh - 0.26 * k)
    zip_line = _block((0.17 * k, 0.012 * k, 0.008 * k), slots["trim"]).moved(0, back + 0.186 * k, sh - 0.19 * k)
    parts = [rigid(body.bones, "chest", join(bag, small, zip_line))]
    for side in (-1.0, 1.0):
        strap = _strap(body, side * 0.098 * k, back)
        mesh = limb(
            strap,
            np.tile([0.005 * k, 0.021 * k], (len(strap), 1)),
            np.array([0, -1.0, 0.2]),
            slots["accessory"],
            10,
        )
        parts.append(Part(mesh, trunk_weights(body.bones, mesh.vertices)))
    return parts


def _strap(body: Body, x: float, back: float) -> Array:
    """The way of a backpack's strap: over the shoulder, down the chest, under the arm to the back."""
    k, sh, side = body.k, body.shoulder, np.sign(x)
    top = sh + 0.082 * k
    front = [body.on_front(x, sh + dz * k, 0.026 * k, 0.5) for dz in (0.03, 0.0, -0.05, -0.10, -0.16, -0.22)]
    wide = float(body.trunk(np.array([sh - 0.26 * k]))[0][0]) + 0.032 * k
    rest = [
        [side * (wide - 0.035 * k), -0.06 * k, sh - 0.255 * k],
        [side * wide, 0.0, sh - 0.28 * k],
        [side * (wide - 0.03 * k), 0.08 * k, sh - 0.30 * k],
        [side * 0.11 * k, back + 0.02 * k, sh - 0.32 * k],
    ]
    over = [
        [x, back + 0.02 * k, sh + 0.0 * k],
        [x, 0.075 * k, sh + 0.062 * k],
        [x, 0.035 * k, top],
        [x, -0.015 * k, top - 0.004 * k],
    ]
    rough = np.array(over + front + rest)
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(rough, axis=0), axis=1))])
    at = np.linspace(0, along[-1], 30)
    return np.stack([curve(at, along, rough[:, c]) for c in range(3)], axis=1)


def _bag(body: Body, head: Head, slots: dict[str, int]) -> list[Part]:
    """A bag at the left hip on a strap from the right shoulder."""
    k, turn = body.k, np.linspace(0, 2 * np.pi, 48, endpoint=False)
    high, low = body.shoulder + 0.075 * k, body.up(0.02)
    share = 0.5 - 0.5 * np.cos(turn)
    z = high + share * (low - high)
    x = -0.085 * k + share * (float(body.trunk(np.array([low]))[0][0]) + 0.09 * k + 0.025 * k)
    points = []
    for a, h, t in zip(x, z, turn, strict=True):
        ring = body.trunk_ring(h, 0.026 * k, around(180), 0.5)
        half = ring[ring[:, 1] <= 0.015] if t < np.pi else ring[ring[:, 1] > 0.015]
        near = half[np.abs(half[:, 0] - a).argmin()]
        points.append([np.clip(a, -abs(near[0]) - 0.1, near[0] + 0.02 * k if a > near[0] else a), near[1], h])
    points = np.array([*points, points[0]])
    strap = limb(
        points,
        np.tile([0.004 * k, 0.014 * k], (49, 1)),
        np.array([0.5, -1.0, 0.5]),
        slots["accessory"],
        8,
        (False, False),
    )
    side = float(body.trunk(np.array([low]))[0][0]) + 0.050 * k
    pouch = _block((0.075 * k, 0.25 * k, 0.19 * k), slots["accessory"]).moved(side, 0.09 * k, low - 0.10 * k)
    return [Part(strap, trunk_weights(body.bones, strap.vertices)), rigid(body.bones, "hips", pouch)]


def _scarf(body: Body, head: Head, slots: dict[str, int]) -> list[Part]:
    """A cloth over hair, ears and neck that leaves the face free and lies on the shoulders."""
    s, k, angles = head.s, body.k, around(64)
    away = np.degrees(np.abs((angles + np.pi / 2 + np.pi) % (2 * np.pi) - np.pi))
    rings = []
    for share, ease in ((0.30, 0.030), (0.52, 0.032), (0.72, 0.030), (0.90, 0.026)):
        z = body.shoulder + (0.10 * share - 0.012 - 0.05 * (1 - share) * np.cos(angles + np.pi / 2)) * k
        fold = 0.004 * k * np.sin(9 * angles + 8 * share)
        rings.append(body.trunk_ring(z, ease * k + fold, angles))
    for t, wide in ((-0.24, 0.030), (-0.16, 0.026), (-0.09, 0.022), (-0.03, 0.012)):
        fold = 0.003 * s * np.sin(8 * angles + 60 * t)
        flat = head.section(t, angles, wide * s)
        flat[:, 1] -= 0.036 * s * smooth(-np.sin(angles)) * smooth((t + 0.3) / 0.22)
        rings.append(np.c_[flat * (1 + fold)[:, None], np.full(64, head.height(t))])
    drape = stack_rings(rings, material=slots["accessory"], caps=(False, False))
    levels = np.concatenate([np.linspace(-0.34, 0.78, 36), [0.83, 0.88, 0.92, 0.955, 0.98, 1.0]])
    edge = np.interp(levels, [-0.34, -0.02, 0.03, 0.2, 0.5, 0.68, 0.76, 0.80], [0, 0, 44, 56, 60, 50, 30, 0])
    rings = []
    for t, opening in zip(levels, edge, strict=True):
        cover = smooth((away - opening + 4) / 9) if opening > 0 else np.ones(64)
        out = (-0.006 + cover * (0.019 + 0.0015 * np.sin(6 * angles + 14 * t))) * s
        flat = head.section(float(t), angles)
        flat = flat + flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6) * (
            out * smooth(np.linalg.norm(flat, axis=1) / (0.02 * s)))[:, None]  # fmt: skip
        rings.append(np.c_[flat, np.full(64, head.height(t)) + 0.013 * s * float(smooth((t - 0.6) / 0.4))])
    hood = stack_rings(rings, material=slots["accessory"], caps=(False, True))
    return [Part(drape, trunk_weights(body.bones, drape.vertices)), rigid(body.bones, "head", hood)]


def _helmet(body: Body, head: Head, slots: dict[str, int]) -> list[Part]:
    """A hard hat with a brim all round."""
    dome = _dome(head, 0.74, 0.024, slots["accessory"], 0.0, 0.018)
    angles = around(48)
    front = smooth(-np.sin(angles) - 0.2)
    rings = []
    for out, rise in ((0.0, 0.004), (0.016, 0.001), (0.017, -0.002), (0.0, -0.004)):
        flat = head.section(0.78, angles, 0.020 * head.s)
        reach = (out * (1 + 1.4 * front) * head.s)[:, None] if out else 0.0
        flat = flat + flat / np.linalg.norm(flat, axis=1, keepdims=True) * reach
        rings.append(np.c_[flat, np.full(48, head.height(0.76) + rise * head.s)])
    brim = stack_rings(rings[::-1], material=slots["accessory"], caps=(False, False))
    line = np.linspace(-0.66, 0.66, 15)
    top = head.height(1.0) + 0.046 * head.s
    spine = np.c_[np.zeros(15), 0.010 * head.s + 0.108 * head.s * line, top - 0.060 * head.s * np.abs(line) ** 2.4]
    ridge = limb(spine, np.tile([0.011, 0.006], (15, 1)) * head.s, np.array([1.0, 0, 0]), slots["accessory"], 10)
    return [rigid(body.bones, "head", join(dome, brim, ridge))]


def _apron(body: Body, head: Head, slots: dict[str, int]) -> list[Part]:
    return apron(body, slots["accessory"], slots["accessory"])


def _tie(body: Body, head: Head, slots: dict[str, int]) -> list[Part]:
    open_top = body.look.top.kind in ("jacket", "coat")
    ease, loose = (0.006, 0.2) if open_top else (EASE["shirt"], LOOSE["shirt"])
    return tie(body, slots["accessory"], ease, loose)


_MAKERS = {
    "scarf": _scarf,
    "helmet": _helmet,
    "apron": _apron,
    "tie": _tie,
    "cap": _cap,
    "beanie": _beanie,
    "hat": _hat,
    "glasses": _glasses,
    "backpack": _backpack,
    "bag": _bag,
}
