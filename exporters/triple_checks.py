"""What must be true of a triple: flows that compose and agree with the poses, masks that agree with each other, and
metadata that says what is in the arrays. Definitions: docs/conventions.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewlock.geometry import Camera, apply_homography, infinity_homography
from viewlock.lens import NO_DISTORTION
from viewlock.renderer.sample import Flow

from .checks import STEP_PX, grid, left_frame

Mask = NDArray[np.bool_]
Array = NDArray[np.float64]

EXACT_PX = 3 * STEP_PX
"""What two roundings and float32 may add up to."""

LOOSE_PX = 1.0
"""Where one flow is read between the pixels of another."""

FEW = 0.02
"""Share of pixels that may be off: objects that move by less than 1 mm count as static, and borders between
surfaces of one object are not known."""

HARDLY_ANY = 1e-3
"""The same for views of one moment, where all is exact but for rays along an edge."""

ENOUGH = 30
"""Fewer pixels prove nothing."""


def triple_faults(sample: Mapping[str, Any], config: Mapping[str, Any] | None = None) -> Iterator[str]:
    """One line for each thing that is wrong with a decoded triple, beginning with the field's name.

    Args:
        config: the configuration, as plain data, if it is known.
    """
    missing = _REQUIRED - sample.keys()
    if missing:
        yield f"fields missing: {', '.join(sorted(missing))}"
        return
    yield from _mask_faults(sample)
    yield from _object_flow_faults(sample)
    yield from _composition_faults(sample)
    yield from _pose_faults(sample)
    yield from _plane_faults(sample)
    yield from _statistics_faults(sample, config)
    if np.array_equal(sample["i1"], sample["igt"]):
        yield "igt: the same picture as i1, noise included"


_REQUIRED = {"i1", "i2", "igt", "flow_1to2", "flow_gtto2", "flow_1togt", "occluded_1to2", "occluded_gtto2",
             "occluded_1togt", "dynamic", "dynamic_1", "dynamic_2", "dynamic_gt", "relit_1togt", "instances_1",
             "instances_2", "instances_gt", "meta"}  # fmt: skip


def _length(flow: Flow) -> Array:
    return np.linalg.norm(flow.flow.astype(np.float64), axis=-1)


def _off(error: Array, where: Mask, limit: float, share: float = FEW) -> str:
    """What to say when too many of these pixels are off by more than a limit; the empty string if not."""
    count = int(where.sum())
    if count < ENOUGH:
        return ""
    bad = where & ~(error <= limit)
    if bad.sum() <= share * count:
        return ""
    y, x = np.argwhere(bad)[0]
    middle = float(np.median(error[bad]))
    return (
        f"{int(bad.sum())} of {count} pixels off by more than {limit:.2f} px (median {middle:.2f}), first at ({x}, {y})"
    )


# ---------------------------------------------------------------- masks
def _mask_faults(sample: Mapping[str, Any]) -> Iterator[str]:
    differ = sample["dynamic"] != (sample["dynamic_1"] | sample["dynamic_gt"])
    if differ.any():
        yield f"dynamic: differs from dynamic_1 or dynamic_gt at {int(differ.sum())} pixels"
    both = sample["relit_1togt"] & sample["dynamic"]
    if both.any():
        yield f"relit_1togt: {int(both.sum())} pixels are dynamic"
    table = sample["meta"].get("objects", {})
    moving = [int(index) for index, entry in table.items() if entry["moving"]]
    for view in ("1", "2", "gt"):
        instances = sample[f"instances_{view}"]
        unknown = sorted({int(index) for index in np.unique(instances)} - {0, *map(int, table)})
        if unknown:
            yield f"instances_{view}: object {unknown[0]} is not in meta.objects"
        differ = sample[f"dynamic_{view}"] != np.isin(instances, moving)
        if differ.any():
            yield f"dynamic_{view}: differs from the moving objects of meta at {int(differ.sum())} pixels"


def _object_flow_faults(sample: Mapping[str, Any]) -> Iterator[str]:
    """Igt has the camera of I1, so only what moves has flow between them."""
    flow = sample["flow_1togt"]
    found = _off(_length(flow), flow.valid & ~sample["dynamic_1"], 0.5)
    if found:
        yield f"flow_1togt: static pixels move: {found}"


# ---------------------------------------------------------------- composition
def _composition_faults(sample: Mapping[str, Any]) -> Iterator[str]:
    """1 -> gt -> 2 is 1 -> 2 where the point is seen in Igt."""
    whole, first, second = (sample[f"flow_{pair}"] for pair in ("1to2", "1togt", "gtto2"))
    still = whole.valid & second.valid & first.valid & (first.flow == 0).all(axis=-1)
    still &= ~sample["occluded_1togt"] & (sample["instances_1"] == sample["instances_gt"])
    found = _off(np.linalg.norm(whole.flow - second.flow, axis=-1), still & ~sample["dynamic_1"], EXACT_PX)
    if found:
        yield f"flow_1to2: not flow_gtto2 on pixels that stand still: {found}"
    moved = whole.valid & first.valid & sample["dynamic_1"] & ~sample["occluded_1togt"] & ~left_frame(first)
    between, sure = _between_pixels(second, sample["instances_gt"], first, sample["instances_1"], moved)
    found = _off(np.linalg.norm(whole.flow - first.flow - between, axis=-1), sure, LOOSE_PX, share=0.1)
    if found:
        yield f"flow_1to2: not flow_1togt joined with flow_gtto2 on moving pixels: {found}"


def _between_pixels(
    flow: Flow, instances: NDArray, way: Flow, own: NDArray, wanted: Mask
) -> tuple[NDArray[np.float32], Mask]:
    """`flow` at the ends of `way`, bilinearly, and where all four pixels around are of the same object, valid, and
    agree to a pixel, so that no silhouette lies between."""
    height, width = wanted.shape
    x, y = np.moveaxis(np.where(wanted[..., None], grid(wanted) + way.flow, 0.0), -1, 0)
    x, y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    x0, y0 = np.minimum(x.astype(int), width - 2), np.minimum(y.astype(int), height - 2)
    fx, fy = (x - x0)[..., None], (y - y0)[..., None]
    corners = [(y0 + dy, x0 + dx) for dy in (0, 1) for dx in (0, 1)]
    weights = [(1 - fy) * (1 - fx), (1 - fy) * fx, fy * (1 - fx), fy * fx]
    values = np.stack([flow.flow[corner] for corner in corners])
    sure = wanted.copy()
    for corner in corners:
        sure &= flow.valid[corner] & (instances[corner] == own)
    sure &= (np.ptp(values, axis=0) < LOOSE_PX).all(axis=-1)
    return sum(w * v for w, v in zip(weights, values, strict=True)).astype(np.float32), sure


# ---------------------------------------------------------------- poses
def _cameras(sample: Mapping[str, Any]) -> dict[str, Camera]:
    """Those of views 1, gt (the same) and 2."""
    meta, (height, width) = sample["meta"], sample["dynamic"].shape
    one, two = (
        Camera(
            width,
            height,
            np.array(meta[f"K_{n}"]),
            np.array(meta[f"cam_to_world_{n}"]),
            tuple(meta.get(f"distortion_{n}", NO_DISTORTION)[:2]),
            meta.get("rolling_shutter_s", 0.0),
            tuple(meta.get(f"camera_velocity_{n}", (0.0, 0.0, 0.0))),
            tuple(meta.get(f"camera_turning_{n}", (0.0, 0.0, 0.0))),
        )
        for n in "12"
    )
    return {"1": one, "gt": one, "2": two}


def _pose_faults(sample: Mapping[str, Any]) -> Iterator[str]:
    view = _cameras(sample)
    if not view["2"].rolls:
        yield from _one_pose_faults(sample, view["gt"], view["2"])
    for name, static_only in (("gtto2", False), ("2togt", False), ("1to2", True), ("2to1", True)):
        a, b = name.split("to")
        if f"depth_{a}" in sample and f"flow_{name}" in sample:
            flow, depth = sample[f"flow_{name}"], sample[f"depth_{a}"]
            error = np.linalg.norm(flow.flow - _flow_of_depth(view[a], view[b], depth), axis=-1)
            # Rows of different moments see even one world's things at different places.
            still = ~sample[f"dynamic_{a}"] if static_only or view[b].rolls else np.ones_like(flow.valid)
            found = _off(error, flow.valid & np.isfinite(depth) & still, EXACT_PX, FEW if static_only else HARDLY_ANY)
            if found:
                yield f"flow_{name}: does not agree with depth_{a} and the poses: {found}"


def _one_pose_faults(sample: Mapping[str, Any], gt: Camera, two: Camera) -> Iterator[str]:
    """For pictures that have one pose each."""
    flow = sample["flow_gtto2"]
    target = grid(flow.valid) + flow.flow
    far = _mapped(infinity_homography(gt, two), gt, two, flow.valid)
    found = _off(
        np.linalg.norm(target - far, axis=-1), flow.valid & (sample["instances_gt"] == 0), EXACT_PX, HARDLY_ANY
    )
    if found:
        yield f"flow_gtto2: the sky does not turn with the camera: {found}"
    ideal = [two.ideal(pixels.reshape(-1, 2)).reshape(target.shape) for pixels in (target, far)]
    limit = EXACT_PX * _stretch(two)
    shown = flow.valid & ~left_frame(flow) if two.distortion != NO_DISTORTION else flow.valid
    found = _off(_epipolar_distance(gt, two, *ideal), shown, limit, HARDLY_ANY)
    if found:
        yield f"flow_gtto2: does not agree with the poses: {found}"


def _mapped(H: Array, a: Camera, b: Camera, valid: Mask) -> Array:
    """(H, W, 2) where a homography of undistorted pixels takes the pixels of a in b."""
    return b.real(apply_homography(H, a.ideal(grid(valid).reshape(-1, 2)))).reshape(*valid.shape, 2)


def _stretch(camera: Camera) -> float:
    """How much longer a short way at a corner is without the lens's distortion; at least 1."""
    corner = np.array([[0.0, 0.0], [1.0, 1.0]])
    return max(1.0, float(np.linalg.norm(np.diff(camera.ideal(corner), axis=0))) / 2**0.5)


def _epipolar_distance(a: Camera, b: Camera, target: Array, far: Array) -> Array:
    """(H, W) distance of targets in b from the lines on which they must lie: through the image of infinity, towards
    the image of camera a's centre."""
    eye = b.cam_to_world[:3, :3].T @ (a.centre - b.centre)
    if np.linalg.norm(eye) < 1e-9:
        return np.linalg.norm(target - far, axis=-1)
    ones = np.ones((*far.shape[:2], 1))
    line = np.cross(np.concatenate([far, ones], axis=-1), b.K @ eye)
    return np.abs((line[..., :2] * target).sum(axis=-1) + line[..., 2]) / np.maximum(
        np.linalg.norm(line[..., :2], axis=-1), 1e-12
    )


def _flow_of_depth(a: Camera, b: Camera, depth: NDArray[np.float32]) -> Array:
    """(H, W, 2) flow of points that stand still, from depth along the axis of a."""
    pixels = grid(depth)
    origins, directions = a.rays(pixels.reshape(-1, 2))
    reach = np.where(np.isfinite(depth), depth, 1.0).ravel()
    return b.project(origins + directions * reach[:, None])[0].reshape(pixels.shape) - pixels


def _plane_faults(sample: Mapping[str, Any]) -> Iterator[str]:
    flow, view = sample["flow_gtto2"], _cameras(sample)
    for name, entry in sample["meta"].get("homographies", {}).items():
        H = np.array(entry["H"], np.float64)
        if H.shape != (3, 3) or abs(np.linalg.det(H) - 1) > 1e-6:
            yield f"meta: homographies.{name}: expected 3 x 3 numbers of determinant 1"
        elif "index" in entry and not view["2"].rolls:
            mapped = _mapped(H, view["gt"], view["2"], flow.valid) - grid(flow.valid)
            on = flow.valid & (sample["instances_gt"] == entry["index"])
            found = _off(np.linalg.norm(flow.flow - mapped, axis=-1), on, EXACT_PX, HARDLY_ANY)
            if found:
                yield f"flow_gtto2: differs from homographies.{name} on its plane: {found}"


# ---------------------------------------------------------------- statistics
def _statistics_faults(sample: Mapping[str, Any], config: Mapping[str, Any] | None) -> Iterator[str]:
    meta = sample["meta"]
    camera, objects, whole = (sample[f"flow_{pair}"] for pair in ("gtto2", "1togt", "1to2"))
    near = 3 * STEP_PX
    expected = {
        "camera_motion_px": (_median(_length(camera), camera.valid & ~sample["dynamic_gt"]), near),
        "object_motion_px": (_median(_length(objects), objects.valid & sample["dynamic_1"]), near),
        "dynamic_fraction": (float(sample["dynamic"].mean()), 1e-5),
        "overlap": (float((whole.valid & ~left_frame(whole)).mean()), 5e-3),
    }
    for name, (value, slack) in expected.items():
        if name not in meta or not abs(meta[name] - value) <= slack:
            yield f"meta: {name}: expected {value:.4f} as in the arrays, got {meta.get(name)}"
    for index, entry in meta.get("objects", {}).items():
        share = float((sample["instances_gt"] == int(index)).mean())
        if not abs(entry["visible_fraction"] - share) <= 1e-5:
            yield f"meta: objects.{index}.visible_fraction: expected {share:.6f}, got {entry['visible_fraction']}"
    if config is not None and "subset" in config:
        found = _subset(meta, config["subset"], float(np.hypot(*sample["dynamic"].shape)))
        if meta.get("subset") != found:
            yield f"meta: subset: expected {found}, got {meta.get('subset')}"


def _median(values: Array, where: Mask) -> float:
    return float(np.median(values[where])) if where.any() else 0.0


def _subset(meta: Mapping[str, Any], limits: Mapping[str, float], diagonal: float) -> str:
    camera = "Lc" if meta.get("camera_motion_px", 0) > limits["camera_threshold"] * diagonal else "Sc"
    return camera + ("Lf" if meta.get("object_motion_px", 0) > limits["object_threshold"] * diagonal else "Sf")
