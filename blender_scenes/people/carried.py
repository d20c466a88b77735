"""What people hold, throw and sit on. It belongs to their mesh. No Blender here."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from viewlock.generator.actions import seat_height
from viewlock.generator.character_motion import CharacterMotion
from viewlock.generator.motions import pose
from viewlock.generator.skeleton import carry
from viewlock.generator.thrown import BALL_M

from ..meshes import Array, Mesh, ball, box, join, lathe, stack_rings, torus, tube
from ..surfaces import Surface
from .anatomy import Body
from .lofts import Part, around, rigid

SLOTS = ("held", "held_trim", "held_dark", "seat", "seat_trim")
_GRIP = (0.0, 0.028, 0.084)
"""The middle of a closed hand in its own axes: to the thumb's side, out of the palm, along the fingers; metres."""


def carried_parts(body: Body, motion: CharacterMotion, slots: dict[str, int]) -> list[Part]:
    """What a motion needs beyond the person."""
    parts = []
    if motion.holds in ("box", "ball") and motion.gesture == "carry":
        parts.append(_before_the_belly(body, motion, slots))
    elif motion.holds != "none":
        local = _HELD[motion.holds](body.k, slots)
        joint = "thrown" if motion.gesture == "throw" else f"hand_{motion.holding_side}"
        parts.append(rigid(body.bones, joint, _in_hand(body, motion.holding_side, local)))
    if motion.gait == "sit" and motion.seat != "ground":
        seat = {"stool": _stool, "crate": _crate}[motion.seat](body, slots)
        parts.append(rigid(body.bones, "ground", seat.moved(0.0, 0.42 * body.k)))
    return parts


def _in_hand(body: Body, side: str, local: Mesh) -> Mesh:
    """A mesh in the axes of a left hand (thumb side, out of the palm, along the fingers), put into a hand at rest."""
    _, along, palm, _ = body.arm_line("l")
    axes = np.stack([[0.0, -1.0, 0.0], palm, along], axis=1)
    placed = replace(local, vertices=body.bones.head("hand_l") + local.vertices @ axes.T)
    return placed if side == "l" else _mirrored(placed)


def _mirrored(mesh: Mesh) -> Mesh:
    """The mirror image in x, its faces still facing outwards."""
    order = np.where((mesh.faces[:, 3] == mesh.faces[:, 2])[:, None], [0, 2, 1, 1], [0, 3, 2, 1])
    return replace(
        mesh,
        vertices=mesh.vertices * [-1.0, 1.0, 1.0],
        faces=np.take_along_axis(mesh.faces, order, axis=1),
        uvs=np.take_along_axis(mesh.uvs, order[..., None], axis=1),
    )


def _before_the_belly(body: Body, motion: CharacterMotion, slots: dict[str, int]) -> Part:
    """A thing between both hands: made where the hands are in that gesture, then taken back to the rest pose."""
    bones, side = body.bones, motion.holding_side
    skin = pose(CharacterMotion(gait="stand", gesture="carry", gesture_side=motion.gesture_side), bones, 0.0).skin
    to_chest = np.linalg.inv(skin[bones.index("chest")])
    middles = []
    for hand in "lr":
        _, along, palm, _ = body.arm_line(hand)
        middle = bones.head(f"hand_{hand}") + (0.06 * along + 0.02 * palm) * body.k
        middles.append(carry(to_chest @ skin[bones.index(f"hand_{hand}")], middle))
    x, y, z = np.mean(middles, axis=0)
    if motion.holds == "ball":
        r = 0.115 * body.k
        made = ball(r, 32, 18, slots["held"]).turned("y", 30).moved(x, y - 0.01, z + 0.80 * r)
    else:
        wide, deep, tall = 0.37 * body.k, 0.27 * body.k, 0.23 * body.k
        made = join(
            box(wide, deep, tall, 0.006, slots["held"]),
            box(0.055 * body.k, deep + 0.002, tall + 0.002, 0.004, slots["held_trim"]).moved(0, 0, -0.001),
        )
        made = made.moved(x, y - 0.02 * body.k, z + 0.004 * body.k)
    back = np.linalg.inv(to_chest @ skin[bones.index(f"hand_{side}")])
    return rigid(bones, f"hand_{side}", replace(made, vertices=carry(back, made.vertices)))


def _slab(x: float, y: float, z: float, material: int, bevel: float = 0.003) -> Mesh:
    """A box about the origin with those extents."""
    return box(x, y, z, bevel, material).moved(0, 0, -z / 2)


def _phone(k: float, slots: dict[str, int]) -> Mesh:
    body = _slab(0.074, 0.010, 0.150, slots["held_dark"], 0.004)
    screen = _slab(0.066, 0.002, 0.138, slots["held_trim"], 0.001).moved(0, 0.0052)
    s = min(max(k, 0.8), 1.0)
    return join(body, screen).scaled(s).moved(0.004, 0.026 * k, 0.088 * k)


def _cup(k: float, slots: dict[str, int]) -> Mesh:
    paper = lathe([(0.027, -0.055), (0.037, 0.05), (0.0385, 0.053)], 28, material=slots["held_trim"])
    sleeve = lathe([(0.0305, -0.028), (0.0315, -0.027), (0.0365, 0.024), (0.0355, 0.025)], 28, material=slots["held"])
    lid = lathe([(0.040, 0.052), (0.041, 0.056), (0.037, 0.058), (0.034, 0.068), (0.010, 0.066)], 28,
                material=slots["held_dark"])  # fmt: skip
    s = min(max(k, 0.75), 1.0)
    upright = join(paper, sleeve, lid).scaled(s)
    return upright.turned("y", 90).moved(0.012, (0.018 + 0.034 * s / k) * k, 0.088 * k)


def _umbrella(k: float, slots: dict[str, int]) -> Mesh:
    """Shaft along the thumb's side, with its canopy above the head."""
    s = min(max(k, 0.7), 1.0)
    shaft = tube([[0, 0, z] for z in np.linspace(-0.06, 0.90, 8)], 0.0055, 10, slots["held_dark"])
    turn = np.linspace(0, np.pi, 10)
    hook = np.c_[0.028 * (1 - np.cos(turn)), np.zeros(10), -0.10 - 0.028 * np.sin(turn)]
    crook = tube(np.concatenate([[[0, 0, 0.03], [0, 0, -0.05]], hook]), 0.0105, 10, slots["held_trim"])
    angles = around(48)
    rings = []
    for share, lift in ((1.0, 0.0), (1.0, 0.006), (0.8, 0.0), (0.55, 0.0), (0.3, 0.0), (0.1, 0.0), (0.01, 0.0)):
        scallop = 1 - 0.055 * share**3 * (1 - np.abs(np.cos(4 * angles)) ** 0.7)
        reach = 0.50 * share * scallop
        height = 0.87 - 0.20 * share**2.2 + lift - 0.012 * share * (1 - np.abs(np.cos(4 * angles)))
        rings.append(np.c_[reach * np.cos(angles), reach * np.sin(angles), height])
    inner = [r - [0, 0, 0.004] for r in rings[2:]][::-1]
    canopy = stack_rings([*inner, *rings], material=slots["held"], caps=(True, True))
    ribs = []
    for angle in np.arange(8) * np.pi / 4:
        at = np.array([0.02, 0.3, 0.6, 0.97])
        ribs.append(tube(np.c_[0.5 * at * np.cos(angle), 0.5 * at * np.sin(angle), 0.862 - 0.20 * at**2.2],
                         0.0025, 5, slots["held_dark"]))  # fmt: skip
    whole = join(shaft, crook, canopy, *ribs).scaled(0.92 * s)
    # Upright along x; the canopy lies over the head, which is behind the hand and towards the middle.
    return whole.turned("y", 90).moved(0.0, _GRIP[1] * 0.75 * k, _GRIP[2] * k)


def _ball(k: float, slots: dict[str, int]) -> Mesh:
    return ball(BALL_M, 20, 12, slots["held"]).moved(0.004, 0.052 * k, 0.092 * k)


def _bag(k: float, slots: dict[str, int]) -> Mesh:
    """A shopping bag that hangs on two loops."""
    rings = []
    turn = around(32)
    for z, x, y in ((0.62, 0.150, 0.050), (0.615, 0.158, 0.056), (0.50, 0.165, 0.060), (0.38, 0.172, 0.050),
                    (0.29, 0.178, 0.026), (0.285, 0.176, 0.020), (0.40, 0.160, 0.030)):  # fmt: skip
        c, d = np.cos(turn), np.sin(turn)
        bulge = 1 + 0.05 * np.sin(5 * turn + 30 * z)
        flat = np.stack([x * np.sign(c) * np.abs(c) ** 0.35, y * bulge * np.sign(d) * np.abs(d) ** 0.6], 1)
        rings.append(np.c_[flat, np.full(32, z)])
    sack = stack_rings([r[::-1] for r in rings], material=slots["held"])
    loops = []
    for y in (-0.018, 0.018):
        arch = np.linspace(0, np.pi, 13)
        line = np.c_[0.075 * np.cos(arch), y * (1 - 0.7 * np.sin(arch)), 0.31 - 0.205 * np.sin(arch) ** 0.8]
        loops.append(tube(line, 0.006, 8, slots["held_trim"]))
    return join(sack, *loops).scaled(k).moved(0.0, 0.012 * k, -0.012 * k)


def _briefcase(k: float, slots: dict[str, int]) -> Mesh:
    case = _slab(0.40, 0.095, 0.29, slots["held"], 0.012).moved(0, 0, 0.285)
    rim = _slab(0.404, 0.018, 0.294, slots["held_dark"], 0.006).moved(0, 0, 0.285)
    arch = np.array([[-0.065, 0, 0.145], [-0.062, 0, 0.112], [-0.04, 0, 0.098], [0.04, 0, 0.098], [0.062, 0, 0.112],
                     [0.065, 0, 0.145]])  # fmt: skip
    handle = tube(arch, 0.0095, 10, slots["held_dark"])
    locks = [_slab(0.03, 0.008, 0.022, slots["held_trim"], 0.002).moved(x, y, 0.17)
             for x in (-0.13, 0.13) for y in (-0.048, 0.048)]  # fmt: skip
    return join(case, rim, handle, *locks).scaled(k).moved(0.0, 0.024 * k, -0.012 * k)


_HELD = {
    "phone": _phone, "cup": _cup, "umbrella": _umbrella, "ball": _ball, "bag": _bag, "briefcase": _briefcase,
}  # fmt: skip


def _stool(body: Body, slots: dict[str, int]) -> Mesh:
    """A round wooden stool with four splayed legs and a ring."""
    k, high = body.k, seat_height(body.bones.height_m)
    wide = 0.175 * k * max(body.look.girth, 1.0)
    top = lathe([(wide - 0.012, high - 0.034), (wide, high - 0.028), (wide, high - 0.008), (wide - 0.010, high)], 36,
                material=slots["seat"])  # fmt: skip
    legs = []
    for angle in np.pi / 4 + np.arange(4) * np.pi / 2:
        out = np.array([np.cos(angle), np.sin(angle)])
        line: Array = np.array([[*(out * wide * 1.02), 0.0], [*(out * wide * 0.68), high - 0.03]])
        legs.append(tube(line, [0.013, 0.017], 12, slots["seat_trim"]))
    ring = torus(wide * 0.90, 0.008, 36, 8, slots["seat_trim"]).moved(0, 0, 0.3 * high)
    return join(top, *legs, ring)


def _crate(body: Body, slots: dict[str, int]) -> Mesh:
    """A slatted wooden box."""
    high = seat_height(body.bones.height_m)
    wide, deep = 0.42 * body.k * max(body.look.girth, 1.0), 0.34 * body.k
    slat = (high - 0.02) / 4
    meshes = [box(wide - 0.024, deep - 0.024, high - 0.012, material=slots["seat_trim"])]
    for n in range(4):
        z = 0.004 + n * (slat + 0.004)
        for y in (-1, 1):
            meshes.append(box(wide, 0.014, slat - 0.004, 0.002, slots["seat"]).moved(0, y * (deep / 2 - 0.007), z))
        for x in (-1, 1):
            meshes.append(box(0.014, deep, slat - 0.004, 0.002, slots["seat"]).moved(x * (wide / 2 - 0.007), 0, z))
    for n in range(4):
        board = box(wide + 0.01, deep / 4 - 0.005, 0.016, 0.002, slots["seat"])
        meshes.append(board.moved(0, (n - 1.5) * deep / 4, high - 0.016))
    return join(*meshes)


def carried_surfaces(motion: CharacterMotion, colour: tuple[float, float, float]) -> tuple[Surface, ...]:
    """Surfaces in the order of `SLOTS`; `colour` is that of the person's own things."""
    dark, pale = (0.02, 0.02, 0.022), (0.72, 0.70, 0.66)
    held = {
        "box": (
            Surface("label", ((0.42, 0.28, 0.16), (0.34, 0.21, 0.11), dark), 3, 0.4, roughness=0.85),
            (0.55, 0.46, 0.30),
        ),
        "ball": (Surface("scales", ((0.60, 0.20, 0.04), (0.55, 0.17, 0.03), dark), 2, 1.0, roughness=0.6), dark),
        "cup": (Surface("fabric", ((0.30, 0.18, 0.09), (0.36, 0.22, 0.11)), 1, 0.1, roughness=0.9), pale),
        "umbrella": (Surface("fabric", (colour,), 5, 0.4, roughness=0.6), (0.20, 0.09, 0.03)),
        "bag": (Surface("letters", (pale, colour, dark), 4, 0.34, roughness=0.7), colour),
        "briefcase": (Surface("leather", (colour,), 2, 0.3, 0.0004, 0.45), (0.60, 0.52, 0.30)),
    }.get(motion.holds, (Surface("plain", (dark,), roughness=0.3), (0.03, 0.045, 0.07)))
    wood = Surface("wood", ((0.36, 0.20, 0.09), (0.26, 0.13, 0.05)), 2, 0.8, 0.0004, 0.55)
    trim = Surface("plain", (held[1],), roughness=0.25 if motion.holds == "phone" else 0.6)
    black = Surface("plain", (dark,), roughness=0.4)
    legs = (0.12, 0.07, 0.035) if motion.seat == "crate" else (0.05, 0.05, 0.055)
    return held[0], trim, black, wood, Surface("plain", (legs,), roughness=0.5)
