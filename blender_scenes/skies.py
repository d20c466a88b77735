"""Painted skies of every time of day, as equirectangular pictures. No Blender here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

HEIGHT, WIDTH = 1024, 2048
_PAINTED = HEIGHT // 2 + 16
"""Rows that are painted: from the zenith to where the ground below the horizon hides everything."""
_HORIZON = HEIGHT // 2 - 1
_BAND = 16
"""Rows that are painted at a time, so that they stay in the processor's cache."""

Image = NDArray[np.float32]
Planes = NDArray[np.float32]
"""(3, rows, columns) red, green, blue: numpy is several times slower where the colours are the last axis."""


@dataclass(frozen=True)
class _View:
    """Directions of some rows. The sun stands in the middle column, so the left half is the right one's mirror image.

    Attributes:
        rows: which.
        elevation: (R, 1) radians.
        azimuth: (1, W / 2) of the left half, radians from the sun.
        towards: (R, W / 2) cosine of the angle to the sun.
    """

    rows: slice
    elevation: Image
    azimuth: Image
    towards: Image

    @property
    def up(self) -> Image:
        """(R, 1) height above the horizon on the unit sphere."""
        return np.clip(np.sin(self.elevation), 0, 1)


def paint_sky(params: Mapping[str, float | int]) -> Image:
    """(1024, 2048, 4) linear radiance and 1, row 0 at the zenith; sun or moon stand in the middle column.

    It is scaled so that the sky, without the sun itself, lights level ground with 1 W/m^2.

    Args:
        params: `seed` of clouds and stars; `cloud` cover 0..1; `sun_elevation` radians, of the moon at night; `haze`
            0..1; `night` 0 or 1.
    """
    sun, cover, haze = (float(params[key]) for key in ("sun_elevation", "cloud", "haze"))
    rng = np.random.default_rng(int(params["seed"]))
    views = _views(sun)
    sky = np.empty((3, _PAINTED, WIDTH), np.float32)
    if params["night"]:
        bright, dark = _night(sky, views, haze, rng)
    elif sun < 0:
        bright, dark = _dusk(sky, views, sun, haze)
    else:
        bright, dark = _day(sky, views, sun, haze)
    _add_clouds(sky, views, cover, (bright, dark), rng)
    elevation = np.concatenate([view.elevation for view in views])
    weight = np.clip(np.sin(elevation), 0, 1) * np.cos(elevation) * (np.pi / HEIGHT) * (2 * np.pi / WIDTH)
    sky /= float(((sky[0] + sky[1] + sky[2]) / 3 * weight).sum())
    if not params["night"] and sun > 0 and cover < 0.8:
        for view in views:
            glare = _mirrored(_glare(view.towards, haze))
            for plane, tint in zip(sky, np.float32([1.0, 0.85, 0.62]), strict=True):
                plane[view.rows] += glare * tint
    return _with_ground(sky, elevation)


def _views(sun: float) -> list[_View]:
    elevation = (np.pi / 2 - (np.arange(_PAINTED, dtype=np.float32) + 0.5) / HEIGHT * np.pi)[:, None]
    azimuth = (((np.arange(WIDTH // 2, dtype=np.float32) + 0.5) / WIDTH - 0.5) * 2 * np.pi)[None]
    bands = [slice(top, top + _BAND) for top in range(0, _PAINTED, _BAND)]
    made = []
    for rows in bands:
        high = elevation[rows]
        towards = np.cos(high) * np.cos(azimuth) * np.cos(sun) + np.sin(high) * np.sin(sun)
        made.append(_View(rows, high, azimuth, towards))
    return made


def _mirrored(half: Image) -> Image:
    """A whole band (..., W) from its left half."""
    return np.concatenate([half, half[..., ::-1]], axis=-1)


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


Tones = tuple[Image, Image]
"""Colour of thin and of thick cloud, (3,) each."""


def _day(sky: Planes, views: list[_View], sun: float, haze: float) -> Tones:
    """A clear sky after Preetham, Shirley and Smits, "A practical analytic model for daylight", SIGGRAPH 1999."""
    turbidity, theta = 2.2 + 3.3 * haze, np.pi / 2 - max(sun, 0.02)
    powers = np.array([turbidity**2, turbidity, 1.0])
    cubic = np.array([theta**3, theta**2, theta, 1.0])
    zenith = {
        "x": float(powers @ np.array(_ZENITH_X) @ cubic),
        "y": float(powers @ np.array(_ZENITH_Y) @ cubic),
        "Y": 1.0,
    }
    for view in views:
        cosine, angle = np.maximum(view.up, 0.02), np.arccos(np.clip(view.towards, -1, 1))
        squared = np.cos(angle) ** 2
        value = {}
        for name, rows in _PEREZ.items():
            a, b, c, d, e = (slope * turbidity + level for slope, level in rows)
            shape = (1 + a * np.exp(b / cosine)) * (1 + c * np.exp(d * angle) + e * squared)
            top = (1 + a * np.exp(b)) * (1 + c * np.exp(d * theta) + e * np.cos(theta) ** 2)
            value[name] = zenith[name] * shape / top
        luminance, x, y = np.maximum(value["Y"], 0.02), value["x"], value["y"]
        xyz = np.stack([luminance * x / y, luminance, luminance * (1 - x - y) / y]).reshape(3, -1)
        sky[:, view.rows] = _mirrored(np.maximum(_RGB_FROM_XYZ @ xyz, 0.01).reshape(3, *angle.shape))
    low = float(np.clip(1 - sun / np.radians(22), 0, 1))
    level = (3.4 - 1.4 * low) * float(np.median(sky[:, _HORIZON]))
    bright = level * ((1 - low) * np.float32([1.0, 0.99, 0.97]) + low * np.float32([1.35, 0.88, 0.55]))
    dark = level * ((1 - low) * np.float32([0.6, 0.62, 0.66]) + low * np.float32([0.42, 0.36, 0.4]))
    return bright, dark


def _dusk(sky: Planes, views: list[_View], sun: float, haze: float) -> Tones:
    """After sunset: a warm band over the place of the sun, and deep blue overhead."""
    deep = float(np.clip(-sun / np.radians(6), 0, 1))
    base, warm_side, cool_side = np.float32([0.07, 0.13, 0.32]), [1.25, 0.5, 0.17], [0.42, 0.36, 0.5]
    for view in views:
        near = 0.5 + 0.5 * np.cos(view.azimuth)
        fall = np.exp(-view.up * (9 + 5 * deep - 4 * haze)) * (1.1 - 0.35 * deep)
        glow = 0.9 * near * np.exp(-(1 - view.towards) * 9)
        for k, haze_tint in enumerate(np.float32([0.36, 0.36, 0.5])):
            warm = near * np.float32(warm_side[k]) + (1 - near) * np.float32(cool_side[k])
            mid = np.exp(-view.up * 2.6) * haze_tint * (0.55 + 0.45 * near)
            half = base[k] + mid + fall * warm + glow * np.float32([1.0, 0.5, 0.16])[k]
            sky[k, view.rows] = _mirrored(half)
    return np.float32([0.7, 0.36, 0.26]), np.float32([0.12, 0.13, 0.2])


def _night(sky: Planes, views: list[_View], haze: float, rng: np.random.Generator) -> Tones:
    """Deep blue with stars, a moon, and the light of a town low above the horizon."""
    for view in views:
        for k, base in enumerate(np.float32([0.035, 0.06, 0.13])):
            air = base + 0.05 * np.exp(-view.up * 3) * np.float32([0.6, 0.8, 1.2])[k]
            sky[k, view.rows] = air + (0.05 + 0.1 * haze) * np.exp(-view.up * 8) * np.float32([1.0, 0.72, 0.5])[k]
    _add_stars(sky, np.concatenate([view.up for view in views])[:, 0], rng)
    for view in views:
        angle = np.arccos(np.clip(view.towards, -1, 1))
        halo = 0.12 * np.exp(-angle * 22) + 0.04 * np.exp(-angle * 4)
        disc = 12.0 * np.clip((0.0085 - angle) / 0.003, 0, 1)
        moonlight = _mirrored(halo + disc)
        for plane, tint in zip(sky, np.float32([0.85, 0.93, 1.0]), strict=True):
            plane[view.rows] += moonlight * tint
    return np.float32([0.07, 0.08, 0.115]), np.float32([0.022, 0.027, 0.045])


def _add_stars(sky: Planes, up: Image, rng: np.random.Generator) -> None:
    """Some thousand stars, few of them bright, each shared among the four nearest pixels."""
    count = 2600
    elevation, x = np.arcsin(rng.uniform(0, 1, count)), rng.uniform(0, WIDTH - 1.001, count)
    y = (np.pi / 2 - elevation) / np.pi * HEIGHT
    size = np.minimum(0.05 * rng.uniform(0.004, 1, count) ** -0.9, 3.0)
    tint = rng.uniform(0, 1, count)[:, None]
    colour = size[:, None] * (tint * np.float32([1.0, 0.85, 0.7]) + (1 - tint) * np.float32([0.75, 0.87, 1.0]))
    left, top = x.astype(int), y.astype(int)
    corners = [(dx, dy) for dx in (0, 1) for dy in (0, 1)]
    pixels = np.concatenate([(top + dy) * WIDTH + left + dx for dx, dy in corners])
    light = [colour * ((1 - np.abs(x - left - dx)) * (1 - np.abs(y - top - dy)))[:, None] for dx, dy in corners]
    lit, where = np.unique(pixels, return_inverse=True)
    total = np.zeros((len(lit), 3), np.float32)
    np.add.at(total, where, np.concatenate(light))
    shown = total * np.clip(up * 5, 0, 1)[lit // WIDTH, None]
    sky.reshape(3, -1)[:, lit] += shown.T


def _glare(towards: Image, haze: float) -> Image:
    """What the air and the lens scatter about the sun, which the sky's own light does not count."""
    return (0.25 + 0.5 * haze) * np.exp(-(1 - towards) * 60) + 6 * np.exp(-(1 - towards) * 4000)


def _add_clouds(sky: Planes, views: list[_View], cover: float, tones: Tones, rng: np.random.Generator) -> None:
    """Clouds on a flat layer overhead, so that they shrink towards the horizon; bright at their thin edges."""
    density_of = _cloud_density(rng)
    density = np.concatenate([density_of(view) for view in views])
    low, high = np.quantile(density[: HEIGHT // 2 : 8, ::8], [max(0.0, 1 - 1.25 * cover), 1.0])
    soft = max((0.45 if cover < 0.8 else 0.9) * (high - low), 0.06)
    for view in views:
        height = np.sin(view.elevation)
        thick = np.clip((density[view.rows] - low) / soft, 0, 1)
        edge = thick * thick * (3 - 2 * thick) * np.clip(height * 10 - 0.35, 0, 1)
        if cover > 0.8:
            edge = np.maximum(edge, 0.93 * np.clip(height * 40 + 0.6, 0, 1))
        lining = _mirrored(np.clip(view.towards, 0, 1) ** 6)
        shade = np.clip(0.95 * thick - 0.5 * (1 - thick) * lining, 0, 1)
        lit, clear, unshaded = 1 + 0.5 * lining, 1 - edge, 1 - shade
        for plane, bright, dark in zip(sky, *tones, strict=True):
            plane[view.rows] = plane[view.rows] * clear + edge * (bright * lit * unshaded + dark * shade)


def _cloud_density(rng: np.random.Generator) -> Callable[[_View], Image]:
    """What gives the (R, W) density of the cloud layer in 0..1 where a band of rows sees it."""
    stretch = rng.uniform(0.55, 1.0)
    octaves = [_noise(rng) for _ in range(6)]

    def density_of(view: _View) -> Image:
        height = np.sin(view.elevation)
        reach = 1.4 / np.maximum(height, 0.05) * np.cos(view.elevation)
        x = _mirrored(reach * np.cos(view.azimuth) * stretch)
        y = _mirrored(reach * np.sin(view.azimuth))
        y[:, WIDTH // 2 :] *= -1
        # Far away fine structure would be finer than the picture's pixels.
        fine = np.clip(height * 14, 0.0, 1.0)
        density, total = np.zeros_like(x), 0.0
        for k, noise in enumerate(octaves):
            weight = 0.56**k
            density += weight * ((noise(x * 2.0**k, y * 2.0**k) - 0.5) * (fine if k > 2 else 1.0) + 0.5)
            total += weight
        return density / total

    return density_of


def _noise(rng: np.random.Generator) -> Callable[[Image, Image], Image]:
    """Smooth noise in 0..1 from a repeating 64 x 64 lattice."""
    padded = np.pad(rng.random((64, 64), np.float32), 3, mode="wrap")

    def repeating(x: Image) -> Image:
        return x - 64 * np.floor(x * np.float32(1 / 64)) + 3  # as `x mod 64`, at a fifth of its cost

    return lambda x, y: cv2.remap(padded, repeating(x), repeating(y), cv2.INTER_CUBIC)


def _with_ground(sky: Planes, elevation: Image) -> Image:
    """Below the horizon a dull ground, which the scene's own ground hides anyway."""
    below = np.clip(-np.sin(elevation) * 30, 0, 1)
    horizon = np.ascontiguousarray(sky[:, _HORIZON].T).mean(axis=0)
    whole = np.ones((HEIGHT, WIDTH, 4), np.float32)
    for k, plane in enumerate(sky):
        whole[:_PAINTED, :, k] = plane * (1 - below) + below * 0.35 * horizon[k]
        whole[_PAINTED:, :, k] = np.float32(0.35) * horizon[k]
    return whole
