"""Pictures of imported materials: found where they lie, no larger than needed, and packed."""

from __future__ import annotations

from pathlib import Path

import bpy
import numpy as np

LARGEST_PX = 2048
_PLACES = (
    ".", "textures", "Textures", "texture", "images", "tex", "../materials/textures", "../textures", "../Textures",
    "../texture", "../images",
)  # fmt: skip
_SUFFIXES = (".png", ".jpg", ".jpeg", ".tga", ".tif", ".tiff", ".bmp", ".exr", ".webp")


def is_missing(image: bpy.types.Image) -> bool:
    """Whether Blender has no pixels for it; such a picture renders in magenta."""
    return image.source in ("FILE", "TILED", "SEQUENCE", "MOVIE") and image.size[0] == 0


def find_picture(wanted: str, folder: Path) -> Path | None:
    """A file of that name in the usual places about a model's folder, whatever the case of its letters."""
    name = wanted.replace("\\", "/").rsplit("/", 1)[-1].lower()
    for place in _PLACES:
        where = folder / place
        if name and where.is_dir():
            for file in sorted(where.iterdir()):
                if file.name.lower() == name and file.is_file():
                    return file.resolve()
    return None


def only_picture(folder: Path) -> Path | None:
    """The one picture that lies beside a model; None where there are several."""
    found = [file for file in sorted(folder.iterdir()) if file.suffix.lower() in _SUFFIXES]
    return found[0].resolve() if len(found) == 1 else None


def shrink(image: bpy.types.Image) -> tuple[bpy.types.Image, str] | None:
    """A picture scaled down to `LARGEST_PX` that takes the place of a larger one, and what to say; None if it fits."""
    width, height = image.size
    largest = max(width, height)
    if largest <= LARGEST_PX:
        return None
    factor = LARGEST_PX / largest
    image.scale(max(1, round(width * factor)), max(1, round(height * factor)))
    small = _copy(image, f"{image.name}-small", pixels(image))
    image.user_remap(small)
    return small, f"picture {image.name!r}: {width} x {height} scaled to {small.size[0]} x {small.size[1]}"


def pack(image: bpy.types.Image) -> None:
    """Put a picture's file, or its changed pixels, into the Blender file."""
    if image.is_dirty or image.packed_file is None:
        image.pack()
    image.filepath = f"//{image.name}"


def pixels(image: bpy.types.Image) -> np.ndarray:
    """(H, W, 4) float32, row 0 at v = 0."""
    flat = np.empty(image.size[0] * image.size[1] * 4, np.float32)
    image.pixels.foreach_get(flat)
    return flat.reshape(image.size[1], image.size[0], 4)


def with_alpha(image: bpy.types.Image, alpha: np.ndarray) -> bpy.types.Image:
    """A copy of a picture with another alpha channel (H, W)."""
    values = pixels(image)
    values[..., 3] = alpha
    made = _copy(image, f"{image.name}-cut", values)
    made.alpha_mode = "CHANNEL_PACKED"
    return made


def _copy(image: bpy.types.Image, name: str, values: np.ndarray) -> bpy.types.Image:
    """A picture of other pixels (H, W, 4) that is read as this one is."""
    height, width = values.shape[:2]
    made = bpy.data.images.new(name, width, height, alpha=True, float_buffer=image.is_float)
    made.colorspace_settings.name = image.colorspace_settings.name
    made.alpha_mode = image.alpha_mode
    made.pixels.foreach_set(values.ravel())
    made.update()
    return made
