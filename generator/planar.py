"""Draws the scenes of the `planar` kind (DIAR, SIDAR): a picture, and cameras, lamps and occluders for each view.

`sample(config, catalogue, scene_id, attempt)` is a pure function. What it cannot arrange it refuses with a `Redraw`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Asset, Catalogue
from viewlock.geometry import (
    Camera,
    apply_homography,
    look_at,
    pixel_grid,
    plane_homography,
    quaternion_from_rotation,
    rotation_from_quaternion,
)

from .degradations import draw_if_active
from .drawing import Redraw, split_of
from .optics import DistortionRanges, HandheldOptics, Streams, draw_lens, draw_shutter
from .painting_files import shape_of
from .planar_config import Moves, PlanarCamera, PlanarConfig
from .planar_light import draw_lamps
from .planar_occluders import draw_occluders
from .planar_spec import SENSOR_MM, Canvas, Eye, Painting, PlanarSpec, PlanarView
from .randomness import stream
from .spec import AssetRef

Array = NDArray[np.float64]

_TEXTURE = 1.75
"""Texture pixels for each pixel of the label, so that close views stay sharp."""

_TRIES = 60


def sample(config: PlanarConfig, catalogue: Catalogue, scene_id: int, attempt: int) -> PlanarSpec:
    """One attempt at one scene.

    Raises:
        Redraw: no camera sees enough of the picture.
        ConfigError: a picture's file cannot be read.
    """
    rng = lambda part: stream(config.seed, scene_id, attempt, part)  # noqa: E731
    split = split_of(config, scene_id)
    asset = _painting(config, catalogue, split, rng("painting"))
    aspect = _aspect(config, asset, rng("aspect"))
    size = picture_size(config.size, aspect)
    width_m = float(np.sqrt(size[0] / size[1]))
    height_m = width_m * size[1] / size[0]
    label = label_eye(width_m, _logarithmic(rng("label"), config.camera.focal_mm))
    seeds = rng("noise").choice(1_000_000, config.views + 1, replace=False) + 1
    views = []
    for k in range(config.views):
        part = rng(f"eye-{k}")
        eye, optics = label, config.optics
        if config.camera.moves is not None and k > 0:
            eye = _eye(config.camera, config.camera.moves, label, size, (width_m, height_m), part)
        else:  # the label's camera bends nothing, and stands still
            optics = optics.model_copy(update={"distortion": DistortionRanges(), "shutter_s": None})
        eye = _equipped(eye, optics, rng, f"-{k}")
        lamps, ambient = draw_lamps(config.light, (width_m, height_m), rng(f"light-{k}"))
        occluders = draw_occluders(config.occluders, (width_m, height_m), eye, lamps, rng(f"occluders-{k}"))
        ev = float(rng(f"exposure-{k}").uniform(*config.light.exposure_ev))
        views.append(PlanarView(eye=eye, lamps=lamps, occluders=occluders, ambient=ambient, exposure_ev=ev,
                                noise_seed=int(seeds[k]),
                                degradations=draw_if_active(config.degrade, rng(f"degradations-{k}"), 1)))  # fmt: skip
    texture = (round(size[0] * _TEXTURE), round(size[1] * _TEXTURE))
    return PlanarSpec(
        kind="planar",
        scene_id=scene_id,
        attempt=attempt,
        seed=config.seed,
        split=split,
        size=size,
        painting=Painting(
            asset=AssetRef(id=asset.id, sha256=asset.sha256), seed=int(rng("brush").integers(2**31)), size_px=texture
        ),
        width_m=width_m,
        height_m=height_m,
        canvas=_canvas(config, rng("canvas")),
        label=label,
        label_noise_seed=int(seeds[-1]),
        views=tuple(views),
    )


def picture_size(box: tuple[int, int], aspect: float) -> tuple[int, int]:
    """The largest [width, height] of an aspect in a box, which is turned for upright pictures."""
    width, height = (max(box), min(box)) if aspect >= 1 else (min(box), max(box))
    if width / aspect > height:
        return max(32, round(height * aspect)), height
    return width, max(32, round(width / aspect))


def label_eye(width_m: float, focal_mm: float) -> Eye:
    """The camera before the picture whose frame is exactly the picture."""
    pose = look_at((0.0, -1.0, 0.0), (0.0, 0.0, 0.0))
    quaternion = _floats(quaternion_from_rotation(pose[:3, :3]))
    return Eye(position=(0.0, -focal_mm / SENSOR_MM * width_m, 0.0), quaternion=quaternion, focal_mm=focal_mm)


def label_homography(eye: Eye, label: Eye, size: tuple[int, int]) -> Array:
    """(3, 3) H from pixels of a view to pixels of the label, from K and pose; determinant 1."""
    return plane_homography(eye.camera(size), label.camera(size), (0.0, -1.0, 0.0), 0.0)


# ------------------------------------------------------------------ the picture
def _painting(config: PlanarConfig, catalogue: Catalogue, split: str, rng: np.random.Generator) -> Asset:
    """A file's picture in the wanted share, where the split has any, else an embedded style."""
    assets = catalogue.of("painting", split)
    files = [asset for asset in assets if asset.path is not None]
    own = [asset for asset in assets if asset.path is None and asset.name in config.paintings.styles]
    chosen = files if files and rng.random() < config.paintings.share else own
    return chosen[int(rng.integers(len(chosen)))]


def _aspect(config: PlanarConfig, asset: Asset, rng: np.random.Generator) -> float:
    low, high = config.paintings.aspect
    if asset.path is None:
        return _logarithmic(rng, (low, high))
    width, height = shape_of(asset.path)
    return float(np.clip(width / height, low, high))


def _canvas(config: PlanarConfig, rng: np.random.Generator) -> Canvas:
    surface = config.surface
    gold, shade = rng.random() < 0.4, rng.uniform(0.02, 0.5)
    frame = (0.6, 0.4, 0.12) if gold else _floats(shade * rng.uniform(0.6, 1.0, 3))
    return Canvas(
        roughness=float(rng.uniform(*surface.roughness)),
        varnish=float(rng.random() < surface.varnish),
        varnish_roughness=float(rng.uniform(*surface.varnish_roughness)),
        relief_m=float(rng.uniform(*surface.relief_mm)) / 1000,
        frame_m=float(rng.uniform(0.03, 0.09)) if rng.random() < config.paintings.frame else 0.0,
        frame=frame,
        wall=_floats(rng.uniform(0.15, 0.8) * rng.uniform(0.75, 1.0, 3)),
    )


# ------------------------------------------------------------------ cameras
def _eye(
    camera: PlanarCamera, moves: Moves, label: Eye, size: tuple[int, int], extent: tuple[float, float],
    rng: np.random.Generator,
) -> Eye:  # fmt: skip
    """A camera that has as much of the picture in frame as the preset asks for."""
    for _ in range(_TRIES):
        eye = _any_eye(camera, moves, extent, rng)
        overlap, coverage = shares(label_homography(eye, label, size), size)
        if moves.overlap[0] <= overlap <= moves.overlap[1] and coverage >= moves.coverage:
            return eye
    raise Redraw("no camera has enough of the picture in frame")


def _any_eye(camera: PlanarCamera, moves: Moves, extent: tuple[float, float], rng: np.random.Generator) -> Eye:
    focal = _logarithmic(rng, camera.focal_mm)
    distance = _logarithmic(rng, moves.distance) * focal / SENSOR_MM * extent[0]
    tilt, around = np.radians(rng.uniform(*moves.tilt_deg)), rng.uniform(0, 2 * np.pi)
    direction = np.array([np.sin(tilt) * np.cos(around), -np.cos(tilt), np.sin(tilt) * np.sin(around)])
    aim = rng.uniform(-1, 1, 2) * moves.aim * np.array(extent) / 2
    target = np.array([aim[0], 0.0, aim[1]])
    eye = target + distance * direction
    roll = np.radians(rng.uniform(-moves.roll_deg, moves.roll_deg))
    pose = look_at(eye, target, float(roll))
    return Eye(position=_floats(eye), quaternion=_floats(quaternion_from_rotation(pose[:3, :3])), focal_mm=focal)


def _equipped(eye: Eye, optics: HandheldOptics, rng: Streams, part: str) -> Eye:
    """With a lens that is focused on the picture where the optical axis meets it, and with a shutter."""
    pose = rotation_from_quaternion(eye.quaternion)
    depth = -eye.position[1] / float(pose[1, 2])
    lens, shutter = draw_lens(optics, rng, part, depth), draw_shutter(optics, rng, part, part)
    return eye.model_copy(update={"lens": lens, "shutter": shutter})


def shares(H_to_label: Array, size: tuple[int, int], camera: Camera | None = None) -> tuple[float, float]:
    """(overlap, coverage): the shares of the label's pixels that are in the view's frame, and of the view's pixels
    that fall on the label, on a grid of 33 x 33; both 0 where the picture reaches behind the camera.

    Args:
        camera: of the view, for its lens; a pinhole if not given.
    """
    grid = pixel_grid(33, 33) * (np.array(size) / 33) + np.array(size) / 66 - 0.5
    back = np.linalg.inv(H_to_label)
    if (np.c_[grid, np.ones(len(grid))] @ back[2]).min() <= 0:
        return 0.0, 0.0
    on_label = on_picture(H_to_label, camera.ideal(grid) if camera else grid, size)
    there = apply_homography(back, grid)
    return float(inside(camera.real(there) if camera else there, size).mean()), float(on_label.mean())


def on_picture(H_to_label: Array, pixels: Array, size: tuple[int, int]) -> NDArray[np.bool_]:
    """(N,) whether rays through pixels (N, 2) of a pinhole's view meet the picture, ahead and within its borders."""
    # The third coordinate is positive exactly where the plane is in front of the camera.
    ahead = np.c_[pixels, np.ones(len(pixels))] @ H_to_label[2] > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        return ahead & inside(apply_homography(H_to_label, pixels), size)


def inside(pixels: Array, size: tuple[int, int]) -> NDArray[np.bool_]:
    """(N,) whether pixel positions are within a picture of this size, whose border is half a pixel outside."""
    return ((pixels >= -0.5) & (pixels < np.array(size) - 0.5)).all(axis=1)


def _logarithmic(rng: np.random.Generator, ends: tuple[float, float]) -> float:
    return float(np.exp(rng.uniform(*np.log(ends))))


def _floats(values: Array) -> tuple:
    return tuple(float(v) for v in values)
