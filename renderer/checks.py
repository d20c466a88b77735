"""Exact checks of a built scene, before anything is paid for: by rays and triangles, on small pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewlock.generator.config import DsiaConfig
from viewlock.generator.spec import SceneSpec
from viewlock.geometry import Camera

from .cameras import camera_at
from .ground_truth import correspond, dynamic_mask, look, moving_objects
from .meshes import Topology
from .moments import Moments
from .raycast import Layer, RayCaster

Array = NDArray[np.float64]

_WIDTH = 96
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


def find_faults(spec: SceneSpec, config: DsiaConfig, moments: Moments) -> str | None:
    """Why a built scene must be drawn again, in a few words; None if it is fit to be rendered."""
    return _bodies_fault(spec, moments) or _cameras_fault(spec, config, moments) or _views_fault(spec, config, moments)


# ------------------------------------------------------------------ bodies
def _bodies_fault(spec: SceneSpec, moments: Moments) -> str | None:
    placed = [item.index for item in (*spec.people, *spec.things)]
    for time_s in spec.frame_times:
        vertices = moments.vertices(time_s)
        if _lowest(moments.topology, vertices, placed) < -_SUNK_M:
            return "below the floor"
        if interpenetrating(moments.topology, vertices, placed, ignore=_floor_index(spec)):
            return "interpenetration"
    return None


def _floor_index(spec: SceneSpec) -> int:
    """The ground, which things stand on and so touch."""
    return next((plane.index for plane in spec.place.planes if plane.normal[2] > 0.9), -1)


def _lowest(topology: Topology, vertices: Array, objects: list[int]) -> float:
    own = np.isin(topology.vertex_object, objects)
    return float(vertices[own, 2].min()) if own.any() else 0.0


def interpenetrating(
    topology: Topology, vertices: Array, placed: list[int], ignore: int = -1
) -> tuple[int, int] | None:
    """The first two objects whose surfaces cut through each other.

    Two triangle meshes cut each other exactly when an edge of one passes through a triangle of the other, so edges
    are cast as rays of their own length. One mesh wholly inside another without touching it is not found this way.

    Args:
        placed: indices of the objects to test against each other and against everything else.
        ignore: index of an object whose contacts do not count, such as the floor.
    """
    boxes = {k: _box(topology, vertices, k) for k in np.unique(topology.object_index).tolist() if k != ignore}
    layers: dict[int, Layer] = {}
    for n, a in enumerate(placed):
        others = [b for b in boxes if b not in placed[: n + 1]]
        for b in others:
            if a not in boxes or not _overlap(boxes[a], boxes[b]):
                continue
            for edges_of, surface_of in ((a, b), (b, a)):
                if surface_of not in layers:
                    own = np.flatnonzero(topology.object_index == surface_of)
                    layers[surface_of] = Layer(topology, vertices, own)
                if _edges_hit(topology, vertices, edges_of, boxes[surface_of], layers[surface_of]):
                    return a, b
    return None


def _box(topology: Topology, vertices: Array, index: int) -> tuple[Array, Array]:
    own = vertices[topology.vertex_object == index]
    return (own.min(axis=0), own.max(axis=0)) if len(own) else (np.full(3, np.inf), np.full(3, -np.inf))


def _overlap(a: tuple[Array, Array], b: tuple[Array, Array]) -> bool:
    return bool((a[0] < b[1]).all() and (b[0] < a[1]).all())


def _edges_hit(topology: Topology, vertices: Array, index: int, box: tuple[Array, Array], layer: Layer) -> bool:
    triangles = topology.triangles[topology.object_index == index]
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    edges = np.unique(np.sort(edges, axis=1), axis=0)
    start, end = vertices[edges[:, 0]], vertices[edges[:, 1]]
    near = (np.minimum(start, end) <= box[1]).all(axis=1) & (np.maximum(start, end) >= box[0]).all(axis=1)
    if not near.any():
        return False
    _, distance = layer.nearest(start[near].astype(np.float32), (end - start)[near].astype(np.float32))
    return bool((distance <= 1).any())


# ------------------------------------------------------------------ cameras
def _cameras_fault(spec: SceneSpec, config: DsiaConfig, moments: Moments) -> str | None:
    for sequence in spec.sequences:
        for k, time_s in enumerate(sequence.frame_times_s):
            camera = camera_at(sequence, k, config.size)
            for moment in sequence.frame_times_s[k : k + 2]:
                if clearance(moments.caster(moment), camera.centre) < config.accept.clearance_m:
                    return "camera too close to something"
            if camera_inside(moments.caster(time_s), camera.centre):
                return "camera inside something"
    return None


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
def _views_fault(spec: SceneSpec, config: DsiaConfig, moments: Moments) -> str | None:
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


def measure_pairs(spec: SceneSpec, config: DsiaConfig, moments: Moments) -> Iterator[PairMeasure]:
    """Every pair of a scene, measured on pictures 96 pixels wide."""
    width, height = config.size
    small = (_WIDTH, max(2, round(_WIDTH * height / width)))
    for sequence in spec.sequences:
        times = sequence.frame_times_s
        for k in range(len(times) - 1):
            camera_1 = camera_at(sequence, k, config.size).resized(*small)
            camera_2 = camera_at(sequence, k + 1, config.size).resized(*small)
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

