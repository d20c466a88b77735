"""Painted skies of every time of day, as equirectangular pictures. No Blender here."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

HEIGHT, WIDTH = 1024, 2048
_PAINTED = HEIGHT // 2 + 16
"""Rows that are painted: from the zenith to where the ground below the horizon hides everything."""

Image = NDArray[np.float32]


def paint_sky(params: Mapping[str, float | int]) -> Image:
    """(1024, 2048, 3) linear radiance, row 0 at the zenith; sun or moon stand in the middle column.

    It is scaled so that the sky, without the sun itself, lights level ground with 1 W/m^2.

    Args:
        params: `seed` of clouds and stars; `cloud` cover 0..1; `sun_elevation` radians, of the moon at night; `haze`
            0..1; `night` 0 or 1.
    """
    sun, cover, haze = (float(params[key]) for key in ("sun_elevation", "cloud", "haze"))
    rng = np.random.default_rng(int(params["seed"]))
    elevation = (np.pi / 2 - (np.arange(_PAINTED, dtype=np.float32) + 0.5) / HEIGHT * np.pi)[:, None]
    azimuth = (((np.arange(WIDTH, dtype=np.float32) + 0.5) / WIDTH - 0.5) * 2 * np.pi)[None]
    towards = np.cos(elevation) * np.cos(azimuth) * np.cos(sun) + np.sin(elevation) * np.sin(sun)
    up = np.clip(np.sin(elevation), 0, 1) + 0 * azimuth
    if params["night"]:
        sky, bright, dark = _night(up, towards, haze, rng)
    elif sun < 0:
        sky, bright, dark = _dusk(up, azimuth, towards, sun, haze)
    else:
        sky, bright, dark = _day(up, towards, sun, haze)
    sky = _with_clouds(sky, elevation, azimuth, towards, cover, (bright, dark), rng)
    weight = np.clip(np.sin(elevation), 0, 1) * np.cos(elevation) * (np.pi / HEIGHT) * (2 * np.pi / WIDTH)
    sky = sky / float((sky.mean(axis=2) * weight).sum())
    if not params["night"] and sun > 0 and cover < 0.8:
        sky = sky + _glare(towards, haze)[..., None] * np.float32([1.0, 0.85, 0.62])
    return _with_ground(sky.astype(np.float32), elevation)


_PEREZ = {
    "Y": [(0.1787, -1.4630), (-0.3554, 0.4275), (-0.0227, 5.3251), (0.1206, -2.5771), (-0.0670, 0.3703)],
    "x": [(-0.0193, -0.2592), (-0.0665, 0.0008), (-0.0004, 0.2125), (-0.0641, -0.8989), (-0.0033, 0.0452)],
    "y": [(-0.0167, -0.2608), (-0.0950, 0.0092), (-0.0079, 0.2102), (-0.0441, -1.6537), (-0.0109, 0.0529)],
}
_ZENITH_X = [
    [0.00166, -0.00375, 0.00209, 0],
    [-0.02903, 0.06377, -0.03202, 0.00394],
    [0.11693, -0.21196, 0.06052, 0.25886],
]
_ZENITH_Y = [
    [0.00275, -0.00610, 0.00317, 0],
    [-0.04214, 0.08970, -0.04153, 0.00516],
    [0.15346, -0.26756, 0.06670, 0.26688],
]
_RGB_FROM_XYZ = np.float32([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])


def _day(up: Image, towards: Image, sun: float, haze: float) -> tuple[Image, Image, Image]:
    """A clear sky after Preetham, Shirley and Smits, "A practical analytic model for daylight", SIGGRAPH 1999."""
    turbidity, theta = 2.2 + 3.3 * haze, np.pi / 2 - max(sun, 0.02)
    cosine, angle = np.maximum(up, 0.02), np.arccos(np.clip(towards, -1, 1))
    powers = np.array([turbidity**2, turbidity, 1.0])
    cubic = np.array([theta**3, theta**2, theta, 1.0])
    zenith = {
        "x": float(powers @ np.array(_ZENITH_X) @ cubic),
        "y": float(powers @ np.array(_ZENITH_Y) @ cubic),
        "Y": 1.0,
    }
    value = {}
    for name, rows in _PEREZ.items():
        a, b, c, d, e = (slope * turbidity + level for slope, level in rows)
        shape = (1 + a * np.exp(b / cosine)) * (1 + c * np.exp(d * angle) + e * np.cos(angle) ** 2)
        top = (1 + a * np.exp(b)) * (1 + c * np.exp(d * theta) + e * np.cos(theta) ** 2)
        value[name] = zenith[name] * shape / top
    luminance, x, y = np.maximum(value["Y"], 0.02), value["x"], value["y"]
    xyz = np.stack([luminance * x / y, luminance, luminance * (1 - x - y) / y], axis=2).astype(np.float32)
    sky = np.maximum(xyz @ _RGB_FROM_XYZ.T, 0.01)
    low = float(np.clip(1 - sun / np.radians(22), 0, 1))
    level = (3.4 - 1.4 * low) * float(np.median(sky[HEIGHT // 2 - 1]))
    bright = level * ((1 - low) * np.float32([1.0, 0.99, 0.97]) + low * np.float32([1.35, 0.88, 0.55]))
    dark = level * ((1 - low) * np.float32([0.6, 0.62, 0.66]) + low * np.float32([0.42, 0.36, 0.4]))
    return sky, bright, dark


def _dusk(up: Image, azimuth: Image, towards: Image, sun: float, haze: float) -> tuple[Image, Image, Image]:
    """After sunset: a warm band over the place of the sun, and deep blue overhead."""
    near = (0.5 + 0.5 * np.cos(azimuth) + 0 * up)[..., None]
    deep = float(np.clip(-sun / np.radians(6), 0, 1))
    warm = near * np.float32([1.25, 0.5, 0.17]) + (1 - near) * np.float32([0.42, 0.36, 0.5])
    band = np.exp(-up * (9 + 5 * deep - 4 * haze))[..., None] * (1.1 - 0.35 * deep)
    mid = np.exp(-up * 2.6)[..., None] * np.float32([0.36, 0.36, 0.5]) * (0.55 + 0.45 * near)
    sky = np.float32([0.07, 0.13, 0.32]) + mid + band * warm
    sky = sky + (0.9 * near * np.exp(-(1 - towards) * 9)[..., None]) * np.float32([1.0, 0.5, 0.16])
    return sky.astype(np.float32), np.float32([0.7, 0.36, 0.26]), np.float32([0.12, 0.13, 0.2])


def _night(up: Image, towards: Image, haze: float, rng: np.random.Generator) -> tuple[Image, Image, Image]:
    """Deep blue with stars, a moon, and the light of a town low above the horizon."""
    sky = np.float32([0.035, 0.06, 0.13]) + 0.05 * np.exp(-up * 3)[..., None] * np.float32([0.6, 0.8, 1.2])
    sky = sky + (0.05 + 0.1 * haze) * np.exp(-up * 8)[..., None] * np.float32([1.0, 0.72, 0.5])
    sky = sky + _stars(rng) * np.clip(up * 5, 0, 1)[..., None]
    angle = np.arccos(np.clip(towards, -1, 1))
    halo = 0.12 * np.exp(-angle * 22) + 0.04 * np.exp(-angle * 4)
    disc = 12.0 * np.clip((0.0085 - angle) / 0.003, 0, 1)
    sky = sky + (halo + disc)[..., None] * np.float32([0.85, 0.93, 1.0])
    return sky.astype(np.float32), np.float32([0.07, 0.08, 0.115]), np.float32([0.022, 0.027, 0.045])


def _stars(rng: np.random.Generator) -> Image:
    """(H, W, 3) some thousand stars, few of them bright, each shared among the four nearest pixels."""
    count = 2600
    elevation, x = np.arcsin(rng.uniform(0, 1, count)), rng.uniform(0, WIDTH - 1.001, count)
    y = (np.pi / 2 - elevation) / np.pi * HEIGHT
    size = np.minimum(0.05 * rng.uniform(0.004, 1, count) ** -0.9, 3.0)
    tint = rng.uniform(0, 1, count)[:, None]
    colour = size[:, None] * (tint * np.float32([1.0, 0.85, 0.7]) + (1 - tint) * np.float32([0.75, 0.87, 1.0]))
    result = np.zeros((_PAINTED, WIDTH, 3), np.float32)
    left, top = x.astype(int), y.astype(int)
    for dx in (0, 1):
        for dy in (0, 1):
            share = (1 - np.abs(x - left - dx)) * (1 - np.abs(y - top - dy))
            np.add.at(result, (top + dy, left + dx), colour * share[:, None])
    return result


def _glare(towards: Image, haze: float) -> Image:
    """What the air and the lens scatter about the sun, which the sky's own light does not count."""
    return (0.25 + 0.5 * haze) * np.exp(-(1 - towards) * 60) + 6 * np.exp(-(1 - towards) * 4000)


def _with_clouds(
    sky: Image,
    elevation: Image,
    azimuth: Image,
    towards: Image,
    cover: float,
    tones: tuple[Image, Image],
    rng: np.random.Generator,
) -> Image:
    """Clouds on a flat layer overhead, so that they shrink towards the horizon; bright at their thin edges.

    Args:
        tones: colour of thin and of thick cloud.
    """
    reach = 1.4 / np.maximum(np.sin(elevation), 0.05)
    x = reach * np.cos(elevation) * np.cos(azimuth)
    y = reach * np.cos(elevation) * np.sin(azimuth)
    stretch = rng.uniform(0.55, 1.0)
    # Far away fine structure would be finer than the picture's pixels.
    fine = np.clip(np.sin(elevation) * 14, 0.0, 1.0)
    density, total = np.zeros_like(x), 0.0
    for k in range(6):
        weight = 0.56**k
        density += weight * ((_noise(x * stretch * 2.0**k, y * 2.0**k, rng) - 0.5) * (fine if k > 2 else 1.0) + 0.5)
        total += weight
    density /= total
    low, high = np.quantile(density[: HEIGHT // 2 : 8, ::8], [max(0.0, 1 - 1.25 * cover), 1.0])
    thick = np.clip((density - low) / max((0.45 if cover < 0.8 else 0.9) * (high - low), 0.06), 0, 1)
    edge = thick * thick * (3 - 2 * thick) * np.clip(np.sin(elevation) * 10 - 0.35, 0, 1)
    if cover > 0.8:
        edge = np.maximum(edge, 0.93 * np.clip(np.sin(elevation) * 40 + 0.6, 0, 1))
    lining = np.clip(towards, 0, 1) ** 6
    shade = np.clip(0.95 * thick - 0.5 * (1 - thick) * lining, 0, 1)[..., None]
    bright, dark = tones
    colour = bright * (1 + 0.5 * lining[..., None]) * (1 - shade) + dark * shade
    return sky * (1 - edge[..., None]) + edge[..., None] * colour


def _noise(x: Image, y: Image, rng: np.random.Generator) -> Image:
    """Smooth noise in 0..1 from a repeating 64 x 64 lattice."""
    lattice = rng.random((64, 64), np.float32)
    padded = np.pad(lattice, 3, mode="wrap")
    return cv2.remap(
        padded, np.mod(x, 64).astype(np.float32) + 3, np.mod(y, 64).astype(np.float32) + 3, cv2.INTER_CUBIC
    )


def _with_ground(sky: Image, elevation: Image) -> Image:
    """Below the horizon a dull ground, which the scene's own ground hides anyway."""
    below = np.clip(-np.sin(elevation) * 30, 0, 1)[..., None]
    horizon = sky[HEIGHT // 2 - 1].mean(axis=0)
    whole = np.empty((HEIGHT, WIDTH, 3), np.float32)
    whole[:_PAINTED] = sky * (1 - below) + below * 0.35 * horizon
    whole[_PAINTED:] = np.float32(0.35) * horizon
    return whole
