"""The people of the scenes: half of them women, of all ages, builds and skins, each dressed in another way.

Of the 28, six are children, eight young, eight middle-aged and six old; nine are slim, eleven average and eight heavy;
each of six tones of skin has four to six. Every kind of garment, hair and accessory of `look` is worn by somebody.
"""

from __future__ import annotations

from .look import Appearance, Cloth

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
        hips=1.10, jaw=0.93, mouth=1.3, nose=1.15, skin=DARK, hair="bun", lips=(0.25, 0.04, 0.05), woman=True,
    ),
    "ben": Appearance(
        1.83, Cloth("shirt", (RED, NAVY, CREAM), "plaid", 1, 0.32), _JEANS, Cloth("boots", (TAN,),
        trim=BROWN), girth=1.02, shoulders=1.04, skin=LIGHT, hair="short", hair_colour=(0.16, 0.07, 0.03),
        beard=True, iris=(0.06, 0.14, 0.25), age="middle", nose=1.1,
    ),
    "chen": Appearance(
        1.72, Cloth("hoodie", (TEAL, (0.03, 0.34, 0.36)), "knit", 2, 0.3, 0.001, trim=WHITE), _BLACK_JEANS,
        _SNEAKERS, girth=0.95, skin=LIGHT, hair="short", hair_colour=BLACK, accessories=("glasses",
        "backpack"), accessory_colour=(0.45, 0.08, 0.02), nose=0.95,
    ),
    "dora": Appearance(
        1.60, Cloth("sweater", (CREAM, RED, GREEN), "stripes", 4, 0.28, 0.001, trim=RED, turned=True),
        Cloth("skirt", (GREY, (0.30, 0.30, 0.31)), "checker", 1, 0.16), Cloth("leather", (BLACK,),
        roughness=0.35), bust=0.75, belly=0.35, girth=1.12, shoulders=0.92, hips=1.08, grey=0.9, skin=PALE,
        hair="bob", hair_colour=(0.55, 0.54, 0.52), lips=PALE_LIPS, accessories=("glasses", "bag"),
        accessory_colour=BROWN, woman=True, age="old", nose=1.05,
    ),
    "emil": Appearance(
        1.78, Cloth("coat", (TAN, (0.36, 0.23, 0.12)), "fabric", 1, 0.3, 0.0008, trim=BROWN),
        Cloth("trousers", (GREY, (0.12, 0.12, 0.13)), "fabric", 2, 0.3), Cloth("leather", (BROWN,),
        roughness=0.35, trim=BLACK), under=(0.55, 0.05, 0.06), girth=1.0, grey=0.7, skin=PALE, hair="crop",
        hair_colour=(0.45, 0.45, 0.44), iris=(0.12, 0.2, 0.22), lips=PALE_LIPS, accessories=("hat",),
        accessory_colour=(0.07, 0.06, 0.05), age="old", nose=1.15,
    ),
    "femi": Appearance(
        1.86, Cloth("tshirt", (ORANGE, WHITE, NAVY), "patchwork", 2, 0.45), Cloth("shorts", (NAVY, WHITE),
        "camo", 1, 0.5), Cloth("sneakers", (RED,), roughness=0.6, trim=WHITE), girth=1.05, shoulders=1.10,
        skin=DEEP, hair="bald", beard=True, hair_colour=(0.01, 0.008, 0.007), lips=DARK_LIPS, nose=1.25, mouth=1.35,
    ),
    "gina": Appearance(
        1.74, Cloth("jacket", (BLACK, (0.04, 0.04, 0.05)), "leather", 1, 0.35, 0.0006, 0.45, trim=GREY),
        _JEANS, Cloth("boots", (BLACK,), roughness=0.4, trim=BLACK), under=(0.72, 0.70, 0.66), bust=0.55,
        girth=0.93, shoulders=0.93, hips=1.03, legs=1.03, jaw=0.92, skin=PALE, hair="long",
        hair_colour=(0.38, 0.10, 0.03), iris=(0.06, 0.20, 0.09), lips=(0.5, 0.06, 0.07), woman=True, nose=0.88,
    ),
    "hugo": Appearance(
        1.22, Cloth("tshirt", (GREEN, YELLOW, WHITE), "stripes", 1, 0.22, turned=True), Cloth("shorts",
        (DENIM, (0.11, 0.18, 0.33)), "denim", 3, 0.4, 0.0006), Cloth("sneakers", (BLUE,), trim=WHITE),
        girth=1.0, shoulders=0.90, hips=0.92, legs=0.93, arms=0.95, belly=0.15, head=1.32, jaw=0.96, skin=LIGHT,
        hair="curly", hair_colour=(0.40, 0.22, 0.07), iris=(0.08, 0.16, 0.28), lips=PALE_LIPS, accessories=("cap",),
        accessory_colour=(0.5, 0.03, 0.03), age="child",
    ),
    "ines": Appearance(
        1.10, Cloth("dress", (PINK, WHITE, PURPLE), "dots", 2, 0.24), Cloth("none", (WHITE,)),
        Cloth("sneakers", (PINK,), trim=WHITE), girth=1.0, shoulders=0.88, hips=0.92, legs=0.91, arms=0.94, belly=0.2,
        head=1.42, jaw=0.95, skin=TANNED, hair="ponytail", hair_colour=(0.05, 0.025, 0.015), lips=PALE_LIPS, woman=True,
        age="child",
    ),
    "jonas": Appearance(
        1.90, Cloth("sweater", (NAVY, WHITE, RED), "knit", 5, 0.35, 0.0015, trim=RED), Cloth("trousers",
        (OLIVE, (0.16, 0.18, 0.07)), "fabric", 4, 0.3), Cloth("boots", (BROWN,), trim=BLACK), girth=0.92,
        legs=1.02, skin=PALE, hair="short", hair_colour=(0.50, 0.33, 0.12), iris=(0.10, 0.22, 0.36),
        lips=PALE_LIPS, accessories=("beanie",), accessory_colour=(0.60, 0.14, 0.03), nose=0.95,
    ),
    "kavya": Appearance(
        1.63, Cloth("shirt", (TEAL, CREAM, ORANGE), "floral", 5, 0.4), Cloth("trousers", (CREAM, (0.6, 0.5,
        0.35)), "fabric", 1, 0.3), Cloth("leather", (RED,), roughness=0.4), bust=0.65, girth=0.98,
        shoulders=0.90, hips=1.08, jaw=0.92, skin=MEDIUM, hair="long", hair_colour=(0.015, 0.01, 0.009),
        lips=(0.30, 0.06, 0.06), accessories=("bag",), accessory_colour=(0.35, 0.16, 0.05), woman=True, age="middle",
    ),
    "luis": Appearance(
        1.70, Cloth("tshirt", (WHITE, BLUE, RED), "dots", 7, 0.5), Cloth("jeans", (DENIM, (0.11, 0.18,
        0.33)), "denim", 6, 0.4, 0.0006), Cloth("sneakers", (GREY,), trim=WHITE), girth=1.20, belly=0.9,
        skin=TANNED, hair="crop", hair_colour=(0.03, 0.02, 0.015), beard=True, age="middle", nose=1.15,
    ),
    "maya": Appearance(
        1.66, Cloth("hoodie", (PURPLE, (0.22, 0.08, 0.34)), "fabric", 3, 0.3, 0.0006, trim=YELLOW),
        Cloth("shorts", (BLACK, (0.04, 0.04, 0.045)), "fabric", 2, 0.3), Cloth("sneakers", (YELLOW,),
        trim=WHITE), bust=0.45, girth=0.94, shoulders=0.92, hips=1.04, jaw=0.94, skin=MEDIUM, hair="curly",
        hair_colour=(0.03, 0.015, 0.01), lips=DARK_LIPS, woman=True, nose=1.05, mouth=1.2,
    ),
    "noor": Appearance(
        1.76, Cloth("shirt", (WHITE, (0.35, 0.5, 0.75)), "stripes", 2, 0.12, tucked=True), Cloth("trousers",
        (NAVY, (0.02, 0.04, 0.12)), "fabric", 3, 0.3, trim=BROWN), Cloth("leather", (BLACK,), roughness=0.3,
        trim=BROWN), girth=1.06, belly=0.3, skin=TANNED, hair="short", hair_colour=(0.02, 0.015, 0.012),
        beard=False, accessories=("glasses",), age="middle", nose=1.1,
    ),
    "olga": Appearance(
        1.58, Cloth("coat", ((0.20, 0.03, 0.06), (0.26, 0.05, 0.08)), "fabric", 6, 0.3, 0.0008, trim=BLACK),
        Cloth("trousers", (GREY, (0.12, 0.12, 0.13)), "fabric", 5, 0.3), Cloth("boots", (BLACK,), roughness=0.4),
        woman=True, age="old", under=CREAM, bust=0.8, belly=0.45, girth=1.18, shoulders=0.93, hips=1.06, grey=1.0,
        nose=1.15, skin=PALE, hair="buzz", hair_colour=(0.50, 0.50, 0.50), lips=PALE_LIPS, accessories=("scarf",),
        accessory_colour=(0.42, 0.12, 0.05),
    ),
    "pedro": Appearance(
        1.71, Cloth("sweater", (ORANGE, (0.80, 0.27, 0.04)), "fabric", 7, 0.3, trim=NAVY, mark="safety",
        ink=(0.66, 0.68, 0.62)), Cloth("trousers", (NAVY, (0.02, 0.04, 0.12)), "fabric", 8, 0.3), Cloth("boots",
        (BROWN,), trim=BLACK), age="middle", girth=1.14, belly=0.4, nose=1.15, skin=MEDIUM, hair="crop",
        hair_colour=BLACK, beard=True, accessories=("helmet",), accessory_colour=(0.78, 0.55, 0.04),
    ),
    "quinn": Appearance(
        1.80, Cloth("tshirt", (WHITE, (0.72, 0.74, 0.78)), "stripes", 9, 0.5, mark="7", ink=RED), Cloth("shorts",
        (RED, (0.56, 0.06, 0.05)), "fabric", 9, 0.4, trim=WHITE), Cloth("sneakers", (BLACK,), trim=WHITE), woman=True,
        bust=0.4, girth=0.92, shoulders=0.97, hips=1.0, legs=1.04, jaw=0.95, nose=1.2, mouth=1.35, skin=DEEP,
        hair="afro", hair_colour=(0.012, 0.009, 0.008), lips=DARK_LIPS,
    ),
    "rosa": Appearance(
        1.62, Cloth("shirt", (CREAM, (0.55, 0.47, 0.32)), "stripes", 6, 0.16), _JEANS, _SNEAKERS, woman=True,
        age="middle", bust=0.85, belly=0.5, girth=1.16, shoulders=0.93, hips=1.10, nose=1.2, mouth=1.25, skin=DARK,
        hair="bun", hair_colour=BLACK, lips=(0.28, 0.05, 0.06), accessories=("apron",),
        accessory_colour=(0.03, 0.16, 0.10),
    ),
    "samir": Appearance(
        1.36, Cloth("hoodie", (BLUE, (0.06, 0.20, 0.58)), "fabric", 10, 0.3, 0.0006, trim=ORANGE, mark="ROAR",
        ink=ORANGE), Cloth("jeans", (DENIM, (0.10, 0.16, 0.30)), "denim", 9, 0.4, 0.0006), _SNEAKERS, age="child",
        girth=0.93, shoulders=0.90, hips=0.92, legs=0.97, head=1.20, skin=MEDIUM, hair="short",
        hair_colour=(0.02, 0.012, 0.01), accessories=("backpack",), accessory_colour=(0.05, 0.22, 0.12),
    ),
    "tala": Appearance(
        1.67, Cloth("shirt", ((0.30, 0.10, 0.16), (0.40, 0.18, 0.22), CREAM), "floral", 11, 0.5), Cloth("trousers",
        (BLACK, (0.04, 0.04, 0.045)), "fabric", 11, 0.3), Cloth("leather", (BLACK,), roughness=0.35), woman=True,
        age="middle", bust=0.6, girth=1.0, shoulders=0.91, hips=1.06, jaw=0.93, skin=TANNED, hair="bald",
        hair_colour=(0.03, 0.02, 0.015), lips=(0.40, 0.08, 0.09), accessories=("scarf",),
        accessory_colour=(0.28, 0.42, 0.46),
    ),
    "uma": Appearance(
        1.27, Cloth("tshirt", (PURPLE, (0.20, 0.08, 0.30)), "fabric", 12, 0.3, mark="star", ink=YELLOW),
        Cloth("skirt", (TEAL, WHITE), "dots", 12, 0.3), Cloth("sneakers", (PURPLE,), trim=WHITE), woman=True,
        age="child", girth=1.13, belly=0.3, shoulders=0.90, hips=0.95, legs=0.93, arms=0.95, head=1.28, mouth=1.15,
        nose=1.1, skin=DARK, hair="pigtails", hair_colour=BLACK, lips=DARK_LIPS,
    ),
    "viktor": Appearance(
        1.74, Cloth("shirt", ((0.40, 0.52, 0.70), (0.62, 0.70, 0.80)), "checker", 5, 0.10, tucked=True),
        Cloth("trousers", (BROWN, (0.17, 0.09, 0.05)), "fabric", 13, 0.3, trim=BLACK), Cloth("leather", (BROWN,),
        roughness=0.35, trim=BLACK), age="old", girth=0.90, grey=1.0, nose=1.2, skin=TANNED, hair="bald",
        hair_colour=(0.55, 0.55, 0.54), lips=PALE_LIPS, accessories=("glasses", "tie"),
        accessory_colour=(0.25, 0.03, 0.04),
    ),
    "wanda": Appearance(
        1.70, Cloth("sweater", (GREEN, (0.06, 0.30, 0.12), CREAM), "knit", 14, 0.3, 0.0012, trim=CREAM),
        Cloth("trousers", (TAN, (0.36, 0.23, 0.12)), "fabric", 14, 0.3), Cloth("leather", (TAN,), roughness=0.4),
        woman=True, age="old", bust=0.4, girth=0.92, shoulders=0.91, hips=1.04, grey=0.9, nose=1.15, mouth=1.2,
        skin=DARK, hair="buzz", hair_colour=(0.42, 0.42, 0.41), lips=DARK_LIPS, accessories=("glasses",),
    ),
    "xiao": Appearance(
        1.55, Cloth("tshirt", (WHITE, (0.74, 0.74, 0.72)), "fabric", 15, 0.3, mark="bands", ink=NAVY), _BLACK_JEANS,
        _SNEAKERS, woman=True, bust=0.5, girth=0.98, shoulders=0.91, hips=1.02, jaw=0.95, nose=0.92, skin=LIGHT,
        hair="bob", hair_colour=(0.012, 0.010, 0.010), lips=(0.50, 0.12, 0.12), accessories=("bag",),
        accessory_colour=(0.45, 0.05, 0.05),
    ),
    "yusuf": Appearance(
        1.73, Cloth("jacket", (OLIVE, (0.15, 0.17, 0.07)), "camo", 3, 0.6, trim=BROWN), Cloth("trousers", (GREY,
        (0.23, 0.23, 0.24)), "fabric", 16, 0.3), Cloth("boots", (BLACK,), roughness=0.5), age="old", under=CREAM,
        girth=1.15, belly=0.6, grey=0.9, nose=1.3, mouth=1.25, skin=DEEP, hair="crop", hair_colour=(0.45, 0.45, 0.44),
        lips=DARK_LIPS, beard=True, accessories=("cap",), accessory_colour=(0.18, 0.12, 0.05),
    ),
    "zoe": Appearance(
        1.17, Cloth("hoodie", ((0.70, 0.62, 0.10), (0.76, 0.68, 0.16)), "fabric", 17, 0.3, 0.0006, trim=PINK,
        mark="heart", ink=PINK), Cloth("shorts", (DENIM, (0.11, 0.18, 0.33)), "denim", 17, 0.4, 0.0006),
        Cloth("boots", (PINK,), trim=WHITE), woman=True, age="child", girth=0.93, shoulders=0.88, hips=0.92, legs=0.92,
        arms=0.94, head=1.34, skin=PALE, hair="curly", hair_colour=(0.42, 0.12, 0.03), iris=(0.05, 0.20, 0.10),
        lips=PALE_LIPS,
    ),
    "anton": Appearance(
        1.93, Cloth("jacket", (NAVY, (0.022, 0.04, 0.12)), "fabric", 18, 0.25, trim=BLACK), Cloth("trousers", (NAVY,
        (0.022, 0.04, 0.12)), "fabric", 18, 0.25), Cloth("leather", (BLACK,), roughness=0.3), age="middle",
        under=WHITE, girth=1.12, belly=0.35, shoulders=1.05, nose=1.1, skin=LIGHT, hair="crop",
        hair_colour=(0.10, 0.06, 0.03), iris=(0.10, 0.18, 0.28), accessories=("tie",),
        accessory_colour=(0.35, 0.04, 0.05),
    ),
    "bao": Appearance(
        1.06, Cloth("tshirt", (GREEN, (0.05, 0.29, 0.11)), "fabric", 19, 0.4, trim=WHITE, mark="9", ink=WHITE),
        Cloth("shorts", (WHITE, (0.70, 0.72, 0.74)), "fabric", 19, 0.4), Cloth("sneakers", (ORANGE,), trim=WHITE),
        age="child", girth=1.0, shoulders=0.89, hips=0.92, legs=0.90, arms=0.93, belly=0.25, head=1.42,
        nose=1.15, mouth=1.15, skin=DEEP,
        hair="buzz", hair_colour=(0.012, 0.009, 0.008), lips=DARK_LIPS,
    ),
}  # fmt: skip
"""People by name."""
