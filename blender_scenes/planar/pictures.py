"""The picture of a planar scene as sRGB pixels: painted here, or read from a file as it is meant to be seen."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.generator.painting_files import opened
from viewlock.generator.planar_spec import Painting

from ..paintings import paint

Pixels = NDArray[np.uint8]


def picture_of(painting: Painting, aspect: float, catalogue: Catalogue) -> Pixels:
    """(H, W, 3) sRGB: an embedded painting at its own size, or a file's picture cropped about its middle to `aspect`
    (width over height) and made no larger than `size_px`.

    Raises:
        ConfigError: the asset is missing or changed, or its file cannot be read.
    """
    asset = catalogue.get(painting.asset.id, painting.asset.sha256)
    if asset.path is None:
        return paint(asset.name, painting.seed, *painting.size_px)
    picture = _cropped(read_picture(asset.path), aspect)
    width, height = painting.size_px
    if picture.shape[1] <= width and picture.shape[0] <= height:
        return picture
    return cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)


def read_picture(path: Path) -> Pixels:
    """(H, W, 3) sRGB of a file of any size: turned as its EXIF says, its colours converted from its own profile,
    over white where it is transparent.

    Raises:
        ConfigError: it cannot be read.
    """
    with opened(path) as file:
        image = ImageOps.exif_transpose(file)
        return np.asarray(_to_srgb(image, file.info.get("icc_profile")))


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        values = np.asarray(image, np.float64)
        full = 65535.0 if image.mode != "F" else max(float(values.max()), 1e-9)
        image = Image.fromarray(np.rint(np.clip(values / full, 0, 1) * 255).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        image = converted if converted is not None else image
    return image.convert("RGB")


def _cropped(picture: Pixels, aspect: float) -> Pixels:
    height, width = picture.shape[:2]
    keep_w, keep_h = min(width, round(height * aspect)), min(height, round(width / aspect))
    x, y = (width - keep_w) // 2, (height - keep_h) // 2
    return np.ascontiguousarray(picture[y : y + keep_h, x : x + keep_w])


def relief_of(picture: Pixels) -> Pixels:
    """(H, W) the height of paint, 128 in the mean: what is lighter or darker than its surroundings stands out."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = cv2.GaussianBlur(grey, (0, 0), 1.0)
    broad = cv2.GaussianBlur(grey, (0, 0), max(picture.shape) / 60)
    return np.clip(np.rint(128 + 1.5 * (fine - broad)), 0, 255).astype(np.uint8)
