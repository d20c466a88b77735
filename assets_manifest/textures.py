"""Names of the pictures in a texture set, as Poly Haven and ambientCG give them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".exr")

_ROLES = {
    "colour": ("diff", "diffuse", "col", "color", "colour", "albedo", "basecolor"),
    "normal_gl": ("nor_gl", "normalgl", "normal"),
    "normal_dx": ("nor_dx", "normaldx"),
    "roughness": ("rough", "roughness"),
    "metalness": ("metal", "metalness", "metallic"),
    "occlusion": ("ao", "ambientocclusion"),
    "arm": ("arm",),
    "height": ("disp", "displacement", "height"),
    "opacity": ("opacity", "alpha", "mask"),
    "emission": ("emission", "emissive"),
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words}
_WORDS = "|".join(sorted(_ROLE_OF, key=len, reverse=True))
_NAME = re.compile(
    rf"^(?P<stem>.+?)_(?:\d+k(?:-(?:jpg|png))?_)?(?P<role>{_WORDS})(?:_\d+k)?$",
    re.IGNORECASE,
)


def role_of(name: str) -> tuple[str, str] | None:
    """(stem, role) of a picture's file name; None if it is no part of a texture set.

    Roles: colour, normal_gl, normal_dx, roughness, metalness, occlusion, arm (red: occlusion, green: roughness, blue:
    metalness), height, opacity, emission. A plain `Normal` counts as normal_gl.

    >>> role_of("castle_brick_broken_06_nor_gl_1k.jpg")
    ('castle_brick_broken_06', 'normal_gl')
    >>> role_of("Chainmail004_1K-JPG_Color.jpg")
    ('Chainmail004', 'colour')
    """
    path = PurePosixPath(name)
    match = _NAME.match(path.stem)
    if match is None or path.suffix.lower() not in PICTURES:
        return None
    return match["stem"], _ROLE_OF[match["role"].lower()]


def texture_maps(names: Iterable[str]) -> dict[str, str]:
    """The picture of each role among the file names of one set; the first by name, where there are two."""
    maps: dict[str, str] = {}
    for name in sorted(names):
        found = role_of(name)
        if found is not None:
            maps.setdefault(found[1], name)
    return maps
