"""The scene spec of the `planar` kind.

The picture is upright: it fills |x| <= width / 2, |z| <= height / 2 of the plane y = 0 and faces -y. Its area is 1 m^2.
"""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from viewlock.degrade import Degradation
from viewlock.geometry import Camera, intrinsics, rotation_from_quaternion

from .spec import AssetRef, Frozen, Lens, SceneSpec, Shutter, Vector, absent, equipped

SENSOR_MM = 36.0


class Eye(Frozen):
    """A camera; `quaternion` (w, x, y, z) turns its axes into the world's. Without a lens it is a pinhole, without a
    shutter it takes in one moment."""

    position: Vector
    quaternion: tuple[float, float, float, float]
    focal_mm: float
    lens: Annotated[Lens | None, Field(exclude_if=absent)] = None
    shutter: Annotated[Shutter | None, Field(exclude_if=absent)] = None

    def camera(self, size: tuple[int, int]) -> Camera:
        pose = np.eye(4)
        pose[:3, :3], pose[:3, 3] = rotation_from_quaternion(self.quaternion), self.position
        return equipped(Camera(*size, intrinsics(*size, self.focal_mm, SENSOR_MM), pose), self.lens, self.shutter)


class Painting(Frozen):
    """Attributes:
    seed: of an embedded one; a file needs none.
    size_px: of its texture: what it is painted at, and the most that a file's picture is used at.
    """

    asset: AssetRef
    seed: int
    size_px: tuple[int, int]


class Canvas(Frozen):
    """The picture's surface. `frame_m` is the width of its frame, 0 for none; `frame` and `wall` are colours."""

    roughness: float
    varnish: float
    varnish_roughness: float
    relief_m: float
    frame_m: float
    frame: Vector
    wall: Vector


class Lamp(Frozen):
    """Attributes:
    size_m: radius of a point or spot, side of a square area.
    cone_rad: full angle of a spot; 0 for the others.
    """

    kind: Literal["point", "spot", "area"]
    position: Vector
    target: Vector
    power_w: float
    colour: Vector
    size_m: float
    cone_rad: float


class Occluder(Frozen):
    """Attributes:
    scale: half its size along its own axes.
    tint: colour of what it is made of; of transparent ones, the share of light that each surface lets through.
    shadow_only: no camera sees it.
    """

    shape: str
    material: Literal["diffuse", "glossy", "transparent", "refractive", "glass"]
    position: Vector
    quaternion: tuple[float, float, float, float]
    scale: Vector
    tint: Vector
    roughness: float
    ior: float
    shadow_only: bool


class PlanarView(Frozen):
    """Attributes:
    ambient: radiance from all around.
    exposure_ev: relative to the label's brightness.
    degradations: of the one picture; empty where nothing is spoilt.
    """

    eye: Eye
    lamps: tuple[Lamp, ...]
    occluders: tuple[Occluder, ...]
    ambient: Vector
    exposure_ev: float
    noise_seed: int
    degradations: Annotated[tuple[Degradation, ...], Field(exclude_if=lambda drawn: not drawn)] = ()


LABEL_SAMPLES = 4
"""The label has this many times the samples of a view."""


class PlanarSpec(SceneSpec):
    """A picture and how it is seen.

    Attributes:
        size: [width, height] of the label and of all views, with the picture's own aspect.
        width_m, height_m: of the picture.
        label: the camera that sees exactly the picture.
        label_noise_seed: Cycles seed of the label.
    """

    kind: Literal["planar"]
    size: tuple[int, int]
    painting: Painting
    width_m: float
    height_m: float
    canvas: Canvas
    label: Eye
    label_noise_seed: int
    views: tuple[PlanarView, ...]
