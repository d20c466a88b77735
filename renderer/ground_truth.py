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
from .raycast import Hits, RayCaster, surface_points

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

MOVED_M = 1e-3
"""An object moves when one of its vertices moves farther than this between the two moments."""

_SHADOW_SLACK = 1e-4
"""A shadow ray that gets this close (as a share of the distance) has arrived: float32 ray casting ends there."""


@dataclass(frozen=True)
class View:
    """What one frame sees.

    Attributes:
        camera: pose and intrinsics.
        caster: the scene at the frame's moment.
        hits: one ray a pixel, row by row.
        directions: (H * W, 3) the rays, for the sky.
    """

    camera: Camera
    caster: RayCaster
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


def look(camera: Camera, caster: RayCaster) -> View:
    """Cast one ray through each pixel centre."""
    origins, directions = camera.rays(pixel_grid(camera.width, camera.height))
    return View(camera, caster, caster.first_hits(origins, directions), directions)


def correspond(a: View, caster_b: RayCaster, camera_b: Camera) -> Correspondence:
    """Follow every pixel of frame a to moment b and camera b."""
    points = surface_points(caster_b.vertices, caster_b.topology.triangles, a.hits)
    # The sky is infinitely far away: it moves with the rotation of the camera alone.
    offsets = np.where(a.hits.found[:, None], points - camera_b.centre, a.directions)
    pixels, depth = camera_b.project_directions(offsets)
    valid = depth > 0
    in_frame = valid & camera_b.in_frame(pixels)
    occluded = ~in_frame
    seen = np.flatnonzero(in_frame)
    occluded[seen] = _hidden(caster_b, camera_b.centre, offsets[seen], a.hits.triangle[seen])
    flow = np.where(valid[:, None], pixels - pixel_grid(a.camera.width, a.camera.height), 0.0)
    height, width = a.shape
    return Correspondence(
        flow.reshape(height, width, 2),
        valid.reshape(a.shape),
        in_frame.reshape(a.shape),
        occluded.reshape(a.shape),
    )


def _hidden(caster: RayCaster, eye: Array, offsets: Array, triangle: NDArray[np.int64]) -> Mask:
    """Whether something opaque stands between `eye` and eye + offset; sky (triangle -1) must meet nothing at all."""
    hits = caster.first_hits(np.broadcast_to(eye, offsets.shape), offsets)
    arrived = (hits.depth >= 1 - _SHADOW_SLACK) | (hits.triangle == triangle)
    return np.where(triangle >= 0, ~arrived, hits.found)


def moving_objects(topology: Topology, vertices_1: Array, vertices_2: Array) -> NDArray[np.int32]:
    """Sorted indices of the objects that move between two moments."""
    moved = np.linalg.norm(vertices_2 - vertices_1, axis=1) > MOVED_M
    return np.unique(topology.vertex_object[moved])


def dynamic_mask(view: View, moving: NDArray[np.int32]) -> Mask:
    """(H, W) pixels of moving objects."""
    return np.isin(view.instances(), moving)
