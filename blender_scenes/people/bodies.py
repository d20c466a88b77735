"""Whole people: an appearance becomes a skinned mesh at rest. No Blender here."""

from __future__ import annotations

from dataclasses import dataclass

from viewlock.generator.look import Appearance, Cloth
from viewlock.generator.motions import CharacterMotion
from viewlock.generator.skeleton import Skeleton

from ..meshes import Array
from ..surfaces import Colour, Model, Surface
from . import carried
from . import garments as g
from .accessories import accessory_parts
from .anatomy import Body, arm_skin, breast_skin, hand, leg_skin
from .footwear import shoe
from .heads import head_parts
from .lofts import Part, joined, limited
from .prints import print_part


@dataclass(frozen=True)
class Figure:
    """A person at rest.

    Attributes:
        model: mesh and surfaces; it stands on z = 0 and faces -y.
        weights: (V, J), rows sum to 1 and have at most four entries.
        skeleton: the joints.
    """

    model: Model
    weights: Array
    skeleton: Skeleton


SLOTS = (
    "skin",
    "hair",
    "brow",
    "lips",
    "mouth",
    "white",
    "iris",
    "pupil",
    "top",
    "trim",
    "under",
    "bottom",
    "belt",
    "shoe",
    "sole",
    "sock",
    "accessory",
    "frame",
    "ink",
)


def figure(
    appearance: Appearance, motion: CharacterMotion | None = None, parts: tuple[Part, Part] | None = None
) -> Figure:
    """Build a person, with what a motion makes them hold or sit on.

    Args:
        parts: the person's `body_parts`, if they are at hand.
    """
    motion = motion or CharacterMotion()
    body, slots = _measured(appearance)
    above, below = parts or body_parts(appearance)
    burden = [Part(part.mesh, limited(part.weights)) for part in carried.carried_parts(body, motion, slots)]
    whole = joined([above, *burden, below])
    own = appearance.accessory_colour if appearance.accessories else appearance.top.colours[-1]
    surfaces = _surfaces(appearance) + carried.carried_surfaces(motion, own)
    return Figure(Model(whole.mesh, surfaces), whole.weights, body.bones)


def body_parts(appearance: Appearance) -> tuple[Part, Part]:
    """Head and trunk with all that a person wears there, and hands and legs; what they carry comes between."""
    body, slots = _measured(appearance)
    above = [*head_parts(body, slots), breast_skin(body, slots["skin"]), *_top(body, slots)]
    above += accessory_parts(body, slots)
    below = [part for side in "lr" for part in hand(body, side, slots["skin"]) + _legs(body, side, slots)]
    return _finished(above, appearance, slots), _finished(below, appearance, slots)


def _measured(appearance: Appearance) -> tuple[Body, dict[str, int]]:
    """A person's measures, and the surfaces by name."""
    bones = appearance.skeleton()
    slots = {name: i for i, name in enumerate((*SLOTS, *carried.SLOTS))}
    return Body(appearance, bones, bones.height_m / 1.75), slots


def _finished(parts: list[Part], appearance: Appearance, slots: dict[str, int]) -> Part:
    """The parts in one, each vertex with few joints, and cloth turned as it is worn."""
    whole = joined(parts)
    for name, cloth in (("top", appearance.top), ("bottom", appearance.bottom)):
        if cloth.turned:
            faces = whole.mesh.materials == slots[name]
            whole.mesh.uvs[faces] = whole.mesh.uvs[faces][..., ::-1]
    return Part(whole.mesh, limited(whole.weights))


def _top(body: Body, slots: dict[str, int]) -> list[Part]:
    """Trunk and sleeves."""
    kind = body.look.top.kind
    ease, loose, k = g.EASE[kind], g.LOOSE[kind] * (0.55 if body.look.bust else 1.0), body.k
    long_sleeved = kind not in ("tshirt", "dress")
    parts = []
    for side in "lr":
        end = 0.955 if long_sleeved else (0.30 if kind == "tshirt" else 0.16)
        cuff = {"tshirt": 0.014, "dress": 0.006, "shirt": 0.008, "coat": 0.012}.get(kind, 0.010)
        parts.append(g.sleeve(body, side, slots["top"], end, ease * 0.8, cuff))
        parts.append(arm_skin(body, side, slots["skin"], 0.11 if not long_sleeved else 0.84))
        if kind in ("sweater", "hoodie", "jacket"):
            parts.append(g.cuff_band(body, side, slots["trim"], 0.93, ease * 0.9))
        if kind == "shirt":
            parts.append(g.cuff_band(body, side, slots["top"], 0.92, 0.016, 0.05))
    return parts + _trunk(body, slots, kind, ease, loose, k)


def _trunk(body: Body, slots: dict[str, int], kind: str, ease: float, loose: float, k: float) -> list[Part]:
    tucked = body.look.top.tucked
    low = body.up(0.085 if tucked else (-0.02 if kind in ("tshirt", "shirt") else 0.0))
    if kind == "dress":
        knee = float(body.bones.head("shin_l")[2])
        return [g.skirt(body, slots["top"], knee + 0.05 * k, body.bones.height_m, 0.085, 0.007),
                g.neck_band(body, slots["top"], 0.003, 0.03 * k, 0.004)]  # fmt: skip
    if kind in ("jacket", "coat"):
        hem = body.up(0.02) if kind == "jacket" else float(body.bones.head("shin_l")[2]) + 0.12 * k
        return [g.trunk_cloth(g.Drape(body, body.up(0.04), 0.006, 0.2, 0.02 * k), slots["under"]),
                g.open_front(body, slots["top"], hem, ease, loose, kind == "coat"),
                g.shirt_collar(body, slots["top"], ease, 0.040, 0.42)]  # fmt: skip
    drape = g.Drape(body, low, ease, loose, 0.015 * k if kind == "tshirt" else 0.0, tucked)
    parts = [g.trunk_cloth(drape, slots["top"])]
    if body.look.top.mark:
        parts.append(print_part(drape, body.look.top.mark, slots["ink"]))
    if kind == "shirt":
        parts += [
            g.shirt_collar(body, slots["top"], ease),
            *g.placket(body, slots["top"], slots["trim"], low, ease, loose),
        ]
    else:
        parts.append(
            g.neck_band(
                body,
                slots["trim" if kind != "tshirt" else "top"],
                ease,
                0.015 * k if kind == "tshirt" else 0.0,
            )
        )
    if kind == "hoodie":
        parts += [*g.hood(body, slots["top"], slots["trim"]), g.pocket(body, slots["top"], ease, loose)]
    return parts


def _legs(body: Body, side: str, slots: dict[str, int]) -> list[Part]:
    """One leg's skin, trousers, sock and shoe; skirts and belts come with the left one."""
    kind, k = body.look.bottom.kind, body.k
    knee, ankle = float(body.bones.head("shin_l")[2]), float(body.bones.head("foot_l")[2])
    parts = shoe(body, side, slots["shoe"], slots["sole"], body.look.shoes.kind)
    parts.append(leg_skin(body, side, slots["sock"], ankle + 0.075 * k, ankle - 0.05 * k))
    if kind in ("jeans", "trousers"):
        hem = 0.064 if kind == "jeans" else 0.073
        parts.append(g.trousers(body, side, slots["bottom"], 0.040 * k, 0.006, hem))
    else:
        parts.append(leg_skin(body, side, slots["skin"], body.hip - 0.13 * k, ankle + 0.06 * k))
    if kind == "shorts":
        parts.append(g.trousers(body, side, slots["bottom"], knee + 0.04 * k, 0.007, 0.088))
    elif kind in ("skirt", "none"):
        parts.append(
            g.trousers(body, side, slots["bottom" if kind == "skirt" else "top"], body.hip - 0.15 * k, 0.0, 0.0)
        )
    if side == "l" and kind == "skirt":
        parts.append(g.skirt(body, slots["bottom"], knee + 0.03 * k, body.up(0.09), 0.06, 0.004))
    if side == "l" and body.look.top.tucked:
        parts += g.belt(body, slots["belt"], slots["sole"])
    return parts


def _surfaces(look: Appearance) -> tuple[Surface, ...]:
    """Surfaces in the order of `SLOTS`."""
    aged = look.grey > 0.5
    brow = tuple(0.8 * c for c in look.hair_colour) if look.hair_colour[0] < 0.3 or aged else (0.16, 0.09, 0.04)
    hair = tuple(tuple(min(1.0, f * c + 0.001) for c in look.hair_colour) for f in (0.55, 0.85, 1.25))
    by_slot = {
        "skin": _plain(look.skin, 0.55),
        "hair": Surface("noise" if max(look.hair_colour) > 0.012 else "plain", hair, 3, roughness=0.65),
        "brow": _plain(brow, 0.8),
        "lips": _plain(look.lips, 0.4),
        "mouth": _plain(tuple(0.3 * c for c in look.lips), 0.6),
        "white": _plain((0.78, 0.76, 0.73), 0.25),
        "iris": _plain(look.iris, 0.2),
        "pupil": _plain((0.006,) * 3, 0.15),
        "top": _cloth(look.top),
        "trim": _plain(look.top.trim, 0.8),
        "under": _plain(look.under, 0.85),
        "bottom": _cloth(look.bottom),
        "belt": _plain(look.bottom.trim if look.bottom.kind != "none" else (0.05,) * 3, 0.5),
        "shoe": _cloth(look.shoes),
        "sole": _plain(look.shoes.trim, 0.7),
        "sock": _plain((0.7, 0.7, 0.68) if look.shoes.kind == "sneakers" else (0.03, 0.03, 0.035), 0.9),
        "accessory": Surface("plain", (look.accessory_colour,), roughness=0.7),
        "ink": _plain(look.top.ink, 0.6),
        "frame": _plain((0.02, 0.015, 0.015), 0.3),
    }
    return tuple(by_slot[name] for name in SLOTS)


def _plain(colour: Colour, roughness: float) -> Surface:
    return Surface("plain", (tuple(float(c) for c in colour),), roughness=roughness)


def _cloth(cloth: Cloth) -> Surface:
    return Surface(cloth.texture, cloth.colours, cloth.seed, cloth.size_m, cloth.bump, cloth.roughness)
