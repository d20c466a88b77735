"""What a person may look like, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .skeleton import Skeleton, skeleton

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Cloth:
    """One garment.

    Attributes:
        kind: its cut; see `TOPS`, `BOTTOMS` and `SHOES`.
        texture, colours, seed, size_m, bump, roughness: of its surface, named as there.
        trim: colour of buttons, belt, ribs, soles.
        turned: the texture lies on its side.
        tucked: a top that ends in the trousers, under a belt.
        mark: what is printed on the front in the colour `ink`: "star", "heart", "bands" (across the chest), "safety"
            (bands and braces), or the digits and letters to print; "" for nothing.
    """

    kind: str
    colours: tuple[Colour, ...]
    texture: str = "plain"
    seed: int = 0
    size_m: float = 0.5
    bump: float = 0.0
    roughness: float = 0.85
    trim: Colour = (0.85, 0.85, 0.82)
    turned: bool = False
    tucked: bool = False
    mark: str = ""
    ink: Colour = (0.80, 0.80, 0.78)


TOPS = ("tshirt", "shirt", "sweater", "hoodie", "jacket", "coat", "dress")
BOTTOMS = ("jeans", "trousers", "shorts", "skirt", "none")
SHOES = ("sneakers", "leather", "boots")
HAIR = ("short", "crop", "buzz", "bob", "long", "bun", "ponytail", "pigtails", "curly", "afro", "bald")
ACCESSORIES = ("cap", "beanie", "hat", "helmet", "scarf", "backpack", "glasses", "bag", "apron", "tie")


@dataclass(frozen=True)
class Appearance:
    """A person.

    Attributes:
        height_m: stature.
        woman, age: who they are.
        girth: width and depth of trunk and limbs against an average adult of that height.
        belly, bust: 0..1, how far they stand out.
        shoulders, hips, legs, arms, head: factors on proportions.
        jaw, nose, mouth: factors on the width of the lower face, of the nose and on the fullness of the lips.
        grey: 0..1, lines of age: sunken cheeks and grey brows.
        skin, hair_colour, iris, lips: linear RGB.
        hair: one of `HAIR`.
        beard: a full beard in the hair's colour.
        top, bottom, shoes: garments; `under` shows in an open jacket or coat.
        accessories: some of `ACCESSORIES`.
        accessory_colour: of hat, backpack or bag.
    """

    height_m: float
    top: Cloth
    bottom: Cloth
    shoes: Cloth
    woman: bool = False
    age: Literal["child", "young", "middle", "old"] = "young"
    under: Colour = (0.8, 0.8, 0.78)
    girth: float = 1.0
    belly: float = 0.0
    bust: float = 0.0
    shoulders: float = 1.0
    hips: float = 1.0
    legs: float = 1.0
    arms: float = 1.0
    head: float = 1.0
    jaw: float = 1.0
    nose: float = 1.0
    mouth: float = 1.0
    grey: float = 0.0
    skin: Colour = (0.58, 0.32, 0.22)
    hair: str = "short"
    hair_colour: Colour = (0.05, 0.03, 0.02)
    iris: Colour = (0.10, 0.05, 0.02)
    lips: Colour = (0.42, 0.15, 0.12)
    beard: bool = False
    accessories: tuple[str, ...] = field(default=())
    accessory_colour: Colour = (0.1, 0.1, 0.12)

    @property
    def build(self) -> str:
        """Slim, average or heavy, by girth."""
        return "slim" if self.girth < 0.96 else "heavy" if self.girth > 1.1 else "average"

    def skeleton(self) -> Skeleton:
        """The person's joints; hanging arms are clear of hips, skirts and bags, or as good as."""
        wide = self.top.kind in ("coat", "dress") or self.bottom.kind == "skirt" or "bag" in self.accessories
        spread = 0.155 + 0.22 * max(self.girth * self.hips - self.shoulders, -0.1) + 0.05 * wide
        build = {
            "legs": self.legs, "arms": self.arms, "shoulders": self.shoulders, "hips": self.hips,
            "head": self.head, "spread": spread, "girth": self.girth,
        }  # fmt: skip
        return skeleton(self.height_m, build)
