"""Exact correspondence between frames, from rays and barycentrics. Plain numpy: no Blender in here.

A frame (camera a, moment a) sees, at each pixel centre, a point of a triangle. The same point of the same triangle
at moment b, projected into camera b, is the flow; a ray from camera b to it tells whether it is hidden there.
Definitions: docs/conventions.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewlock.geometry import Camera, pixel_grid

from .meshes import Topology
from .raycast import Hits, RayCaster
from .rolling import RollingCaster

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

MOVED_M = 1e-3
"""An object moves when one of its vertices moves farther than this between the two moments."""

Caster = RayCaster | RollingCaster
"""A camera that rolls before anything that moves goes with a `RollingCaster`."""

_SHADOW_SLACK = 1e-4
"""A shadow ray that gets this close (as a share of the distance) has arrived: float32 ray casting ends there."""


@dataclass(frozen=True)
class View:
    """What one frame sees.

    Attributes:
        camera: pose, intrinsics and lens.
        caster: the scene at the frame's moment, or while its rows are read.
        hits: one ray a pixel, row by row.
        directions: (H * W, 3) the rays, for the sky.
    """

    camera: Camera
    caster: Caster
    hits: Hits
    directions: Array

    @property
    def shape(self) -> tuple[int, int]:
        return self.camera.height, self.camera.width

    def depth(self) -> NDArray[np.float32]:
        """(H, W) metres along the optical axis, inf for the sky."""
        return self.hits.depth.astype(np.float32).reshape(self.shape)

    def instances(self) -> NDArray[np.uint16]:
        """(H, W) object index, 0 for the sky."""
        return self._of_triangle(self.caster.topology.object_index, 0).astype(np.uint16)

    def unreliable(self) -> Mask:
        """(H, W) glass and mirrors."""
        return self._of_triangle(self.caster.topology.unreliable, False)

    def _of_triangle(self, values: NDArray, sky: int | bool) -> NDArray:
        return np.where(self.hits.found, values[self.hits.triangle], sky).reshape(self.shape)


@dataclass(frozen=True)
class Correspondence:
    """Where the pixels of frame a are in frame b.

    Attributes:
        flow: (H, W, 2) pixels (dx, dy); 0 where not valid.
        valid: (H, W) the point lies in front of camera b.
        in_frame: (H, W) and inside its picture.
        occluded: (H, W) hidden, or out of frame, or behind camera b.
    """

    flow: Array
    valid: Mask
    in_frame: Mask
    occluded: Mask


def look(camera: Camera, caster: Caster) -> View:
    """Cast one ray through each pixel centre."""
    pixels = pixel_grid(camera.width, camera.height)
    origins, directions = camera.rays(pixels)
    if isinstance(caster, RollingCaster):
        hits = caster.first_hits(origins, directions, camera.row_times(pixels[:, 1]))
    else:
        hits = caster.first_hits(origins, directions)
    return View(camera, caster, hits, directions)


def correspond(a: View, caster_b: Caster, camera_b: Camera) -> Correspondence:
    """Follow every pixel of frame a to moment b and camera b."""
    pixels_a = pixel_grid(a.camera.width, a.camera.height)
    start = camera_b.row_times(pixels_a[:, 1])
    pixels, depth, dt = camera_b.landing(lambda dt: _offsets(a.hits, a.directions, caster_b, camera_b, dt, dt), start)
    valid = (depth > 0) & np.isfinite(pixels).all(axis=1)
    in_frame = valid & camera_b.in_frame(pixels)
    occluded = ~in_frame
    seen = np.flatnonzero(in_frame)
    hits, directions, dt = a.hits.of(seen), a.directions[seen], dt[seen]
    if isinstance(caster_b, RollingCaster):
        offsets = _offsets(hits, directions, caster_b, camera_b, caster_b.snapped(hits, dt), dt)
        blockers = caster_b.blockers(camera_b.centres(dt), offsets, dt)
    else:
        offsets = _offsets(hits, directions, caster_b, camera_b, dt, dt)
        blockers = caster_b.first_hits(np.broadcast_to(camera_b.centres(dt), offsets.shape), offsets)
    occluded[seen] = _hidden(blockers, hits.triangle)
    flow = np.where(valid[:, None], pixels - pixels_a, 0.0)
    height, width = a.shape
    return Correspondence(
        flow.reshape(height, width, 2),
        valid.reshape(a.shape),
        in_frame.reshape(a.shape),
        occluded.reshape(a.shape),
    )


def _offsets(hits: Hits, directions: Array, caster: Caster, camera: Camera, dt: Array, eye_dt: Array) -> Array:
    """(N, 3) from the camera at moments eye_dt (N,) to where hits are at dt (N,), or into the sky."""
    points = caster.points(hits, dt) if isinstance(caster, RollingCaster) else caster.points(hits)
    # The sky is infinitely far away: it moves with the rotation of the camera alone.
    return np.where(hits.found[:, None], points - camera.centres(eye_dt), directions)


def _hidden(hits: Hits, triangle: NDArray[np.int64]) -> Mask:
    """Whether shadow rays towards points of triangles met something before; sky (triangle -1) must meet nothing."""
    arrived = (hits.depth >= 1 - _SHADOW_SLACK) | (hits.triangle == triangle)
    return np.where(triangle >= 0, ~arrived, hits.found)


def moving_objects(topology: Topology, vertices_1: Array, vertices_2: Array) -> NDArray[np.int32]:
    """Sorted indices of the objects that move between two moments."""
    moved = np.linalg.norm(vertices_2 - vertices_1, axis=1) > MOVED_M
    return np.unique(topology.vertex_object[moved])


def dynamic_mask(view: View, moving: NDArray[np.int32]) -> Mask:
    """(H, W) pixels of moving objects."""
    return np.isin(view.instances(), moving)
