"""Exact truth of a view of a picture: homography, corners, and masks by rays. Definitions: docs/conventions.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from viewlock.colour import luminance
from viewlock.generator.planar import label_homography, on_picture
from viewlock.generator.planar_light import irradiance
from viewlock.generator.planar_spec import Lamp, PlanarSpec, PlanarView
from viewlock.geometry import Camera, apply_homography, homography_dlt, pixel_grid
from viewlock.lens import NO_DISTORTION

from .ground_truth import look
from .meshes import Topology
from .raycast import Layer, RayCaster

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

_SIDE = 8
"""Points on a lamp that are looked for from every point of the picture, squared."""


@dataclass(frozen=True)
class Solids:
    """What can be seen, and what can stand in the light.

    Attributes:
        seen: everything that cameras see.
        blocking: occluders of both sorts and the frame; None if there is nothing.
        spheres: (M, 4) centre and radius of each occluder.
        frame_m: how far the frame stands out from the picture.
    """

    seen: RayCaster
    blocking: Layer | None
    spheres: Array
    frame_m: float


def solids_of(topology: Topology, vertices: Array, view: PlanarView, first_occluder: int, frame: int) -> Solids:
    """Args:
    topology, vertices: of everything, with what only casts shadows.
    first_occluder, frame: object indices; occluders are numbered on in the order of the view.
    """
    index = topology.object_index
    hidden = [first_occluder + k for k, thing in enumerate(view.occluders) if thing.shadow_only]
    seen = np.flatnonzero(~np.isin(index, hidden))
    blocking = np.flatnonzero(index >= frame)
    spheres = []
    for k in range(len(view.occluders)):
        own = vertices[topology.vertex_object == first_occluder + k]
        middle = (own.min(axis=0) + own.max(axis=0)) / 2
        spheres.append([*middle, np.linalg.norm(own - middle, axis=1).max()])
    bars = vertices[topology.vertex_object == frame]
    return Solids(
        RayCaster(topology, vertices, [Layer(topology, vertices, seen)]),
        Layer(topology, vertices, blocking) if len(blocking) else None,
        np.array(spheres).reshape(-1, 4),
        float(-bars[:, 1].min()) if len(bars) else 0.0,
    )


@dataclass(frozen=True)
class ViewMasks:
    """(H, W) each; see docs/conventions.md."""

    valid: Mask
    occluder: Mask
    unreliable: Mask
    shadow: Mask

    @property
    def visible(self) -> Mask:
        """Pixels that show the picture."""
        return self.valid & ~self.occluder

    @property
    def visible_share(self) -> float:
        """Of the pixels that fall on the picture."""
        return float(self.visible.sum() / max(self.valid.sum(), 1))


def view_masks(
    spec: PlanarSpec, view: PlanarView, size: tuple[int, int], solids: Solids, frame: int, least: float | None
) -> ViewMasks:
    """Masks of a view at any size.

    Args:
        least: share of light that must be held back for a shadow; None leaves the shadows out.
    """
    camera = view.eye.camera(size)
    pixels = pixel_grid(*size)
    H = label_homography(view.eye, spec.label, size)
    valid = on_picture(H, camera.ideal(pixels), size).reshape(size[1], size[0])
    seen = look(camera, solids.seen)
    occluder = seen.instances() >= frame
    shadow = np.zeros_like(valid)
    if least is not None:
        bare = valid & ~occluder
        shadow[bare] = held_back(spec, view, plane_points(camera, pixels[bare.ravel()]), solids) > least
    return ViewMasks(valid, occluder, seen.unreliable(), shadow)


def plane_points(camera: Camera, pixels: Array) -> Array:
    """(N, 3) where rays through pixels (N, 2) meet the plane y = 0."""
    origins, directions = camera.rays(pixels)
    return origins - directions * (origins[:, 1:2] / directions[:, 1:2])


# ------------------------------------------------------------------ homographies
def homography_of(spec: PlanarSpec, view: PlanarView) -> tuple[Array, Array]:
    """(3, 3) H from the view to the label, and (4, 2) the picture's corners TL, TR, BR, BL in the view's pixels, both
    for undistorted pixels.

    Raises:
        ArithmeticError: the homography from K and pose is not that of the four projected corners.
    """
    size = spec.size
    H = label_homography(view.eye, spec.label, size)
    x, z = spec.width_m / 2, spec.height_m / 2
    corners = np.array([[-x, 0, z], [x, 0, z], [x, 0, -z], [-x, 0, -z]])
    at, _ = replace(view.eye.camera(size), distortion=NO_DISTORTION).project(corners)
    on_label, _ = spec.label.camera(size).project(corners)
    other = homography_dlt(at, on_label)
    apart = np.abs(apply_homography(H, at) - apply_homography(other, at)).max()
    if not apart < 1e-6:
        raise ArithmeticError(f"scene {spec.scene_id}: the homographies from pose and corners are {apart:g} px apart")
    return H, at


# ------------------------------------------------------------------ shadows
def held_back(spec: PlanarSpec, view: PlanarView, points: Array, solids: Solids) -> Array:
    """(N,) share of the light on points (N, 3) of the picture, from lamps and all around, that occluders and frame keep
    from its lamps."""
    total = np.full(len(points), np.pi * float(luminance(np.array(view.ambient))))
    lost = np.zeros(len(points))
    for lamp in view.lamps:
        light = irradiance(lamp, points) * float(luminance(np.array(lamp.colour)))
        total += light
        lost += light * _hidden_share(spec, lamp, points, solids)
    return lost / np.maximum(total, 1e-12)


def _hidden_share(spec: PlanarSpec, lamp: Lamp, points: Array, solids: Solids) -> Array:
    """(N,) share of a lamp that cannot be seen from points (N, 3)."""
    hidden = np.zeros(len(points))
    if solids.blocking is None:
        return hidden
    maybe = np.flatnonzero(_in_reach(spec, lamp, points, solids))
    origins = points[maybe].astype(np.float32)
    for spot in lamp_points(lamp):
        way = np.ascontiguousarray(spot - points[maybe], np.float32)
        _, distance = solids.blocking.nearest(origins, way)
        hidden[maybe] += distance <= 1
    return hidden / _SIDE**2


def _in_reach(spec: PlanarSpec, lamp: Lamp, points: Array, solids: Solids) -> Mask:
    """(N,) whether a lamp could be hidden: the way to it passes a sphere about an occluder, or is low at the frame."""
    centre, radius = np.array(lamp.position), lamp.size_m
    way = centre - points
    maybe = np.zeros(len(points), bool)
    for sphere in solids.spheres:
        along = np.clip(np.einsum("ij,ij->i", sphere[:3] - points, way) / np.einsum("ij,ij->i", way, way), 0, 1)
        nearest = points + along[:, None] * way
        maybe |= ((nearest - sphere[:3]) ** 2).sum(axis=1) <= (sphere[3] + radius) ** 2
    if solids.frame_m > 0:
        inner = np.array([spec.width_m, spec.height_m]) / 2 - np.abs(points[:, [0, 2]])
        slant = (np.hypot(way[:, 0], way[:, 2]) + radius) / np.maximum(-centre[1] - radius, 1e-3)
        maybe |= inner.min(axis=1) <= solids.frame_m * slant
    return maybe


def lamp_points(lamp: Lamp) -> Array:
    """(64, 3) points spread evenly over a lamp: a disc that faces the picture's middle, or its square."""
    centre = np.array(lamp.position)
    facing = centre - (np.array(lamp.target) if lamp.kind == "area" else 0.0)
    facing = facing / np.linalg.norm(facing)
    # As Blender turns a lamp: its own y axis as far up as can be.
    right = np.cross([0.0, 0.0, 1.0], facing)
    right = right / max(float(np.linalg.norm(right)), 1e-9)
    up = np.cross(facing, right)
    if lamp.kind == "area":
        u, v = (g.ravel() * lamp.size_m for g in np.meshgrid(*2 * [(np.arange(_SIDE) + 0.5) / _SIDE - 0.5]))
    else:
        k = np.arange(_SIDE**2)
        r, t = lamp.size_m * np.sqrt((k + 0.5) / _SIDE**2), k * np.pi * (3 - np.sqrt(5))
        u, v = r * np.cos(t), r * np.sin(t)
    return centre + u[:, None] * right + v[:, None] * up


def mean_shares(masks: Sequence[Mask]) -> list[float]:
    return [round(float(mask.mean()), 6) for mask in masks]
