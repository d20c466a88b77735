"""Exact checks of a built scene, before anything is paid for: by rays and triangles, on small pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from viewlock.generator.dsia_config import DsiaConfig
from viewlock.generator.dsia_spec import DsiaSpec
from viewlock.generator.spec import StagedSpec
from viewlock.geometry import Camera

from .cameras import camera_at
from .ground_truth import correspond, dynamic_mask, look, moving_objects
from .meshes import Topology
from .moments import Moments
from .raycast import Layer, RayCaster

Array = NDArray[np.float64]
Box = tuple[Array, Array]

_WIDTH = 96
_CONTACT_M = 0.01
"""Up to this height things touch what they stand on."""

_CLOSE = "camera too close to something"

_SUNK_M = 0.02
"""How deep a thing may stand in the ground."""


@dataclass(frozen=True)
class PairMeasure:
    """What a pair shows; motions in pixels of the full picture, shares of P1's pixels. See docs/conventions.md."""

    camera_motion_px: float
    object_motion_px: float
    dynamic_fraction: float
    static_fraction: float
    overlap: float

    def subset(self, config: DsiaConfig) -> str:
        """LcLf, LcSf, ScLf or ScSf."""
        large_camera = self.camera_motion_px > config.subset.camera_threshold * config.diagonal_px
        large_objects = self.object_motion_px > config.subset.object_threshold * config.diagonal_px
        return f"{'L' if large_camera else 'S'}c{'L' if large_objects else 'S'}f"


def find_faults(spec: DsiaSpec, config: DsiaConfig, moments: Moments) -> str | None:
    """Why a built scene must be drawn again, in a few words; None if it is fit to be rendered."""
    return bodies_fault(spec, moments) or _cameras_fault(spec, config, moments) or _views_fault(spec, config, moments)


# ------------------------------------------------------------------ bodies
def bodies_fault(spec: StagedSpec, moments: Moments) -> str | None:
    """Whether people or things stand in the ground or cut through something."""
    placed = [item.index for item in (*spec.people, *spec.things)]
    contacts = Contacts(moments.topology)
    own = np.isin(moments.topology.vertex_object, placed)
    moving = set(placed)
    for time_s in spec.frame_times:
        vertices = moments.vertices(time_s)
        if own.any() and vertices[own, 2].min() < -_SUNK_M:
            return "below the floor"
        if contacts.cutting(vertices, placed, moving):
            return "interpenetration"
        # Whatever never moves needs no second look.
        moving = {item.index for item in (*spec.people, *spec.things) if item.index in moments.moving}
    return None


class Contacts:
    """Finds objects whose surfaces cut through each other.

    Two triangle meshes cut each other exactly when an edge of one passes through a triangle of the other, so edges
    are cast as rays of their own length. One mesh wholly inside another without touching it is not found.
    """

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self._triangles = {int(k): np.flatnonzero(topology.object_index == k) for k in np.unique(topology.object_index)}
        self._vertices = {
            int(k): np.flatnonzero(topology.vertex_object == k) for k in np.unique(topology.vertex_object)
        }
        self._still: dict[int, _Solid] = {}

    def cutting(self, vertices: Array, placed: list[int], moving: set[int]) -> tuple[int, int] | None:
        """The first two objects that cut each other more than a centimetre above the ground.

        Args:
            placed: objects to test against each other and against everything else, which never moves.
            moving: of each pair tested, at least one is in this set.
        """
        boxes = {k: _box(vertices[v]) for k, v in self._vertices.items()}
        now: dict[int, _Solid] = {}

        def solid(k: int) -> _Solid:
            kept = now if k in placed else self._still
            if k not in kept:
                kept[k] = _Solid(self.topology, vertices, self._triangles[k])
            return kept[k]

        for n, a in enumerate(placed):
            for b in boxes:
                if b in placed[: n + 1] or not moving & {a, b} or not _overlap(boxes[a], boxes[b]):
                    continue
                shared = _shared(boxes[a], boxes[b])
                if solid(a).cuts(solid(b), shared) or solid(b).cuts(solid(a), shared):
                    return a, b
        return None


class _Solid:
    """The triangles of one object at one moment."""

    def __init__(self, topology: Topology, vertices: Array, chosen: NDArray[np.int64]) -> None:
        self._corners = vertices[topology.triangles[chosen]]
        self._low, self._high = self._corners.min(axis=1), self._corners.max(axis=1)
        self._surface = lambda: Layer(topology, vertices, chosen)

    @cached_property
    def surface(self) -> Layer:
        return self._surface()

    def cuts(self, other: _Solid, box: Box) -> bool:
        """Whether an edge of a triangle in a box passes through another solid's surface."""
        near = (self._low <= box[1]).all(axis=1) & (self._high >= box[0]).all(axis=1)
        if not near.any():
            return False
        corners = self._corners[near]
        start, way = _above_floor(corners.reshape(-1, 3), corners[:, [1, 2, 0]].reshape(-1, 3))
        _, distance = other.surface.nearest(start.astype(np.float32), way.astype(np.float32))
        return bool((distance <= 1).any())


def _above_floor(start: Array, end: Array) -> tuple[Array, Array]:
    """Starts and ways of the parts of edges above the contact height.

    Feet and legs stand on floors, rugs and markings: contacts down there are no fault.
    """
    start, end = np.where((start[:, 2] < end[:, 2])[:, None], (end, start), (start, end))
    reaches = start[:, 2] > _CONTACT_M
    start, way = start[reaches], (end - start)[reaches]
    drop = np.maximum(-way[:, 2], 1e-12)
    share = np.minimum(1.0, (start[:, 2] - _CONTACT_M) / drop)
    return start, way * share[:, None]


def _box(points: Array) -> Box:
    return points.min(axis=0), points.max(axis=0)


def _overlap(a: Box, b: Box) -> bool:
    return bool((a[0] < b[1]).all() and (b[0] < a[1]).all())


def _shared(a: Box, b: Box) -> Box:
    return np.maximum(a[0], b[0]), np.minimum(a[1], b[1])


# ------------------------------------------------------------------ cameras
def _cameras_fault(spec: DsiaSpec, config: DsiaConfig, moments: Moments) -> str | None:
    for sequence in spec.sequences:
        for k, time_s in enumerate(sequence.frame_times_s):
            camera = camera_at(sequence, k, config.size)
            for moment in sequence.frame_times_s[k + 1 : k + 2]:
                if clearance(moments.caster(moment), camera.centre) < config.accept.clearance_m:
                    return _CLOSE
            fault = camera_fault(moments.caster(time_s), camera.centre, config.accept.clearance_m)
            if fault is not None:
                return fault
    return None


def camera_fault(caster: RayCaster, eye: Array, clearance_m: float) -> str | None:
    """Whether a camera is inside something, or nearer than that to a surface."""
    if clearance(caster, eye) < clearance_m:
        return _CLOSE
    return "camera inside something" if camera_inside(caster, eye) else None


def _sphere(count: int) -> Array:
    """(N, 3) unit directions, evenly spread (Fibonacci)."""
    k = np.arange(count) + 0.5
    z, angle = 1 - 2 * k / count, k * np.pi * (3 - np.sqrt(5))
    r = np.sqrt(1 - z * z)
    return np.stack([r * np.cos(angle), r * np.sin(angle), z], axis=1)


_DIRECTIONS = _sphere(400)


def clearance(caster: RayCaster, eye: Array) -> float:
    """Distance in metres from a point to the nearest surface, over 400 directions."""
    hits = caster.first_hits(np.broadcast_to(eye, _DIRECTIONS.shape), _DIRECTIONS)
    return float(hits.depth.min())


def camera_inside(caster: RayCaster, eye: Array) -> bool:
    """Whether most of what surrounds a point shows its back."""
    hits = caster.first_hits(np.broadcast_to(eye, _DIRECTIONS.shape), _DIRECTIONS)
    corners = caster.vertices[caster.topology.triangles[hits.triangle[hits.found]]]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    behind = np.einsum("ij,ij->i", normals, _DIRECTIONS[hits.found]) > 0
    return bool(behind.sum() > 0.5 * len(_DIRECTIONS))


# ------------------------------------------------------------------ views
def _views_fault(spec: DsiaSpec, config: DsiaConfig, moments: Moments) -> str | None:
    """Rejects by what is seen. Of a scene's pairs at least half must belong to the target subset."""
    right = total = 0
    low, high = config.accept.dynamic_fraction
    for measure in measure_pairs(spec, config, moments):
        if measure.dynamic_fraction < low:
            return "too little of the view moves"
        if measure.dynamic_fraction > high:
            return "too much of the view moves"
        if measure.static_fraction < config.accept.static_fraction:
            return "too little static background"
        if measure.overlap < config.accept.overlap:
            return "too little overlap"
        total += 1
        right += measure.subset(config) == spec.target_subset
    return None if right >= 0.5 * total else "motion misses the target subset"


def measure_pairs(spec: DsiaSpec, config: DsiaConfig, moments: Moments) -> Iterator[PairMeasure]:
    """Every pair of a scene, measured on pictures 96 pixels wide, whose rows are all of one moment."""
    width, height = config.size
    small = (_WIDTH, max(2, round(_WIDTH * height / width)))
    for sequence in spec.sequences:
        times = sequence.frame_times_s
        for k in range(len(times) - 1):
            camera_1 = camera_at(sequence, k, config.size).resized(*small).at_once()
            camera_2 = camera_at(sequence, k + 1, config.size).resized(*small).at_once()
            yield _measure(moments, camera_1, camera_2, times[k], times[k + 1], width / small[0])


def _measure(moments: Moments, one: Camera, two: Camera, t1: float, t2: float, scale: float) -> PairMeasure:
    caster_1, caster_2 = moments.caster(t1), moments.caster(t2)
    moving = moving_objects(moments.topology, caster_1.vertices, caster_2.vertices)
    view_1, view_gt = look(one, caster_1), look(one, caster_2)
    camera_flow, object_flow = correspond(view_gt, caster_2, two), correspond(view_1, caster_2, one)
    whole_flow = correspond(view_1, caster_2, two)
    dynamic_1, dynamic_gt = dynamic_mask(view_1, moving), dynamic_mask(view_gt, moving)
    dynamic = dynamic_1 | dynamic_gt
    return PairMeasure(
        camera_motion_px=scale * median_motion(camera_flow.flow, camera_flow.valid & ~dynamic_gt),
        object_motion_px=scale * median_motion(object_flow.flow, object_flow.valid & dynamic_1),
        dynamic_fraction=float(dynamic.mean()),
        static_fraction=float((~dynamic).mean()),
        overlap=float(whole_flow.in_frame.mean()),
    )


def median_motion(flow: Array, where: NDArray[np.bool_]) -> float:
    """Median length of flow vectors where asked, 0 if nowhere."""
    chosen = flow[where]
    return float(np.median(np.hypot(chosen[:, 0], chosen[:, 1]))) if len(chosen) else 0.0
