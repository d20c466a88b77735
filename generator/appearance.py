"""What the people of the scenes look like, as data."""

from __future__ import annotations

from dataclasses import dataclass, field

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


TOPS = ("tshirt", "shirt", "sweater", "hoodie", "jacket", "coat", "dress")
BOTTOMS = ("jeans", "trousers", "shorts", "skirt", "none")
SHOES = ("sneakers", "leather", "boots")
HAIR = ("short", "crop", "bob", "long", "bun", "ponytail", "curly", "bald")
ACCESSORIES = ("cap", "beanie", "hat", "backpack", "glasses", "bag")


@dataclass(frozen=True)
class Appearance:
    """A person.

    Attributes:
        height_m: stature.
        girth: width and depth of trunk and limbs against an average adult of that height.
        belly, bust: 0..1, how far they stand out.
        shoulders, hips, legs, arms, head: factors on proportions.
        jaw: factor on the width of the lower face.
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
    grey: float = 0.0
    skin: Colour = (0.58, 0.32, 0.22)
    hair: str = "short"
    hair_colour: Colour = (0.05, 0.03, 0.02)
    iris: Colour = (0.10, 0.05, 0.02)
    lips: Colour = (0.42, 0.15, 0.12)
    beard: bool = False
    accessories: tuple[str, ...] = field(default=())
    accessory_colour: Colour = (0.1, 0.1, 0.12)

    def skeleton(self) -> Skeleton:
        """The person's joints."""
        spread = 0.09 + 0.16 * max(self.girth - 0.85, 0.0) + 0.05 * (self.top.kind in ("jacket", "coat", "hoodie"))
        build = {
            "legs": self.legs, "arms": self.arms, "shoulders": self.shoulders, "hips": self.hips,
            "head": self.head, "spread": spread, "girth": self.girth,
        }  # fmt: skip
        return skeleton(self.height_m, build)


WHITE, BLACK, CREAM = (0.80, 0.80, 0.78), (0.015, 0.015, 0.018), (0.70, 0.62, 0.45)
RED, NAVY, BLUE = (0.50, 0.03, 0.03), (0.015, 0.03, 0.10), (0.05, 0.16, 0.50)
GREEN, OLIVE, YELLOW = (0.04, 0.24, 0.09), (0.12, 0.14, 0.05), (0.75, 0.48, 0.05)
GREY, BROWN, TAN = (0.18, 0.18, 0.19), (0.13, 0.06, 0.03), (0.42, 0.27, 0.14)
PINK, TEAL, PURPLE = (0.66, 0.20, 0.30), (0.02, 0.26, 0.28), (0.16, 0.05, 0.26)
DENIM, ORANGE = (0.06, 0.11, 0.23), (0.70, 0.20, 0.03)

PALE, LIGHT, TANNED = (0.72, 0.47, 0.37), (0.62, 0.36, 0.25), (0.44, 0.23, 0.13)
MEDIUM, DARK, DEEP = (0.32, 0.15, 0.08), (0.16, 0.07, 0.04), (0.08, 0.035, 0.022)
DARK_LIPS, PALE_LIPS = (0.17, 0.05, 0.05), (0.52, 0.22, 0.20)

_JEANS = Cloth("jeans", (DENIM, (0.11, 0.18, 0.33)), "denim", 1, 0.4, 0.0006, trim=TAN)
_BLACK_JEANS = Cloth("jeans", ((0.02, 0.02, 0.025), (0.05, 0.05, 0.06)), "denim", 2, 0.4, 0.0006, trim=BROWN)
_SNEAKERS = Cloth("sneakers", (WHITE,), roughness=0.6, trim=WHITE)

CHARACTERS: dict[str, Appearance] = {
    "amara": Appearance(
        1.68, Cloth("dress", (YELLOW, PURPLE, WHITE), "floral", 3, 0.5), Cloth("none", (BLACK,)),
        Cloth("leather", (BROWN,), roughness=0.4, trim=BLACK), bust=0.6, girth=0.97, shoulders=0.90,
        hips=1.10, jaw=0.93, skin=DARK, hair="bun", lips=(0.25, 0.04, 0.05),
    ),
    "ben": Appearance(
        1.83, Cloth("shirt", (RED, NAVY, CREAM), "plaid", 1, 0.32), _JEANS, Cloth("boots", (TAN,),
        trim=BROWN), girth=1.02, shoulders=1.04, skin=LIGHT, hair="short", hair_colour=(0.16, 0.07, 0.03),
        beard=True, iris=(0.06, 0.14, 0.25),
    ),
    "chen": Appearance(
        1.72, Cloth("hoodie", (TEAL, (0.03, 0.34, 0.36)), "knit", 2, 0.3, 0.001, trim=WHITE), _BLACK_JEANS,
        _SNEAKERS, girth=0.95, skin=LIGHT, hair="short", hair_colour=BLACK, accessories=("glasses",
        "backpack"), accessory_colour=(0.45, 0.08, 0.02),
    ),
    "dora": Appearance(
        1.60, Cloth("sweater", (CREAM, RED, GREEN), "stripes", 4, 0.28, 0.001, trim=RED, turned=True),
        Cloth("skirt", (GREY, (0.30, 0.30, 0.31)), "checker", 1, 0.16), Cloth("leather", (BLACK,),
        roughness=0.35), bust=0.75, belly=0.35, girth=1.12, shoulders=0.92, hips=1.08, grey=0.9, skin=PALE,
        hair="bob", hair_colour=(0.55, 0.54, 0.52), lips=PALE_LIPS, accessories=("glasses", "bag"),
        accessory_colour=BROWN,
    ),
    "emil": Appearance(
        1.78, Cloth("coat", (TAN, (0.36, 0.23, 0.12)), "fabric", 1, 0.3, 0.0008, trim=BROWN),
        Cloth("trousers", (GREY, (0.12, 0.12, 0.13)), "fabric", 2, 0.3), Cloth("leather", (BROWN,),
        roughness=0.35, trim=BLACK), under=(0.55, 0.05, 0.06), girth=1.0, grey=0.7, skin=PALE, hair="crop",
        hair_colour=(0.45, 0.45, 0.44), iris=(0.12, 0.2, 0.22), lips=PALE_LIPS, accessories=("hat",),
        accessory_colour=(0.07, 0.06, 0.05),
    ),
    "femi": Appearance(
        1.86, Cloth("tshirt", (ORANGE, WHITE, NAVY), "patchwork", 2, 0.45), Cloth("shorts", (NAVY, WHITE),
        "camo", 1, 0.5), Cloth("sneakers", (RED,), roughness=0.6, trim=WHITE), girth=1.05, shoulders=1.10,
        skin=DEEP, hair="bald", beard=True, hair_colour=(0.01, 0.008, 0.007), lips=DARK_LIPS,
    ),
    "gina": Appearance(
        1.74, Cloth("jacket", (BLACK, (0.04, 0.04, 0.05)), "leather", 1, 0.35, 0.0006, 0.45, trim=GREY),
        _JEANS, Cloth("boots", (BLACK,), roughness=0.4, trim=BLACK), under=(0.72, 0.70, 0.66), bust=0.55,
        girth=0.93, shoulders=0.93, hips=1.03, legs=1.03, jaw=0.92, skin=PALE, hair="long",
        hair_colour=(0.38, 0.10, 0.03), iris=(0.06, 0.20, 0.09), lips=(0.5, 0.06, 0.07),
    ),
    "hugo": Appearance(
        1.22, Cloth("tshirt", (GREEN, YELLOW, WHITE), "stripes", 1, 0.22, turned=True), Cloth("shorts",
        (DENIM, (0.11, 0.18, 0.33)), "denim", 3, 0.4, 0.0006), Cloth("sneakers", (BLUE,), trim=WHITE),
        girth=1.0, shoulders=0.90, hips=0.92, legs=0.96, head=1.27, jaw=0.96, skin=LIGHT, hair="curly",
        hair_colour=(0.40, 0.22, 0.07), iris=(0.08, 0.16, 0.28), lips=PALE_LIPS, accessories=("cap",),
        accessory_colour=(0.5, 0.03, 0.03),
    ),
    "ines": Appearance(
        1.10, Cloth("dress", (PINK, WHITE, PURPLE), "dots", 2, 0.24), Cloth("none", (WHITE,)),
        Cloth("sneakers", (PINK,), trim=WHITE), girth=1.0, shoulders=0.88, hips=0.92, legs=0.95, head=1.33,
        jaw=0.95, skin=TANNED, hair="ponytail", hair_colour=(0.05, 0.025, 0.015), lips=PALE_LIPS,
    ),
    "jonas": Appearance(
        1.90, Cloth("sweater", (NAVY, WHITE, RED), "knit", 5, 0.35, 0.0015, trim=RED), Cloth("trousers",
        (OLIVE, (0.16, 0.18, 0.07)), "fabric", 4, 0.3), Cloth("boots", (BROWN,), trim=BLACK), girth=0.92,
        legs=1.02, skin=PALE, hair="short", hair_colour=(0.50, 0.33, 0.12), iris=(0.10, 0.22, 0.36),
        lips=PALE_LIPS, accessories=("beanie",), accessory_colour=(0.60, 0.14, 0.03),
    ),
    "kavya": Appearance(
        1.63, Cloth("shirt", (TEAL, CREAM, ORANGE), "floral", 5, 0.4), Cloth("trousers", (CREAM, (0.6, 0.5,
        0.35)), "fabric", 1, 0.3), Cloth("leather", (RED,), roughness=0.4), bust=0.65, girth=0.98,
        shoulders=0.90, hips=1.08, jaw=0.92, skin=MEDIUM, hair="long", hair_colour=(0.015, 0.01, 0.009),
        lips=(0.30, 0.06, 0.06), accessories=("bag",), accessory_colour=(0.35, 0.16, 0.05),
    ),
    "luis": Appearance(
        1.70, Cloth("tshirt", (WHITE, BLUE, RED), "dots", 7, 0.5), Cloth("jeans", (DENIM, (0.11, 0.18,
        0.33)), "denim", 6, 0.4, 0.0006), Cloth("sneakers", (GREY,), trim=WHITE), girth=1.20, belly=0.9,
        skin=TANNED, hair="crop", hair_colour=(0.03, 0.02, 0.015), beard=True,
    ),
    "maya": Appearance(
        1.66, Cloth("hoodie", (PURPLE, (0.22, 0.08, 0.34)), "fabric", 3, 0.3, 0.0006, trim=YELLOW),
        Cloth("shorts", (BLACK, (0.04, 0.04, 0.045)), "fabric", 2, 0.3), Cloth("sneakers", (YELLOW,),
        trim=WHITE), bust=0.45, girth=0.94, shoulders=0.92, hips=1.04, jaw=0.94, skin=MEDIUM, hair="curly",
        hair_colour=(0.03, 0.015, 0.01), lips=DARK_LIPS,
    ),
    "noor": Appearance(
        1.76, Cloth("shirt", (WHITE, (0.35, 0.5, 0.75)), "stripes", 2, 0.12, tucked=True), Cloth("trousers",
        (NAVY, (0.02, 0.04, 0.12)), "fabric", 3, 0.3, trim=BROWN), Cloth("leather", (BLACK,), roughness=0.3,
        trim=BROWN), girth=1.06, belly=0.3, skin=TANNED, hair="short", hair_colour=(0.02, 0.015, 0.012),
        beard=False, accessories=("glasses",),
    ),
}  # fmt: skip
"""People by name."""
