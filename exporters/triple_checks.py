"""What must be true of a triple: flows that compose and agree with the poses, masks that agree with each other, and
metadata that says what is in the arrays. Definitions: docs/conventions.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from viewlock.generator.domes import DOME
from viewlock.geometry import Camera

from .checks import STEP_PX, grid, left_frame, missing
from .flow_checks import (
    EXACT_PX,
    FEW,
    HARDLY_ANY,
    LOOSE_PX,
    Array,
    Mask,
    at_infinity,
    between_pixels,
    camera_of,
    epipolar_fault,
    flow_of_depth,
    length,
    mapped,
    off,
)


def triple_faults(sample: Mapping[str, Any], config: Mapping[str, Any] | None = None) -> Iterator[str]:
    """One line for each thing that is wrong with a decoded triple, beginning with the field's name.

    Args:
        config: the configuration, as plain data, if it is known.
    """
    if lacking := missing(sample, _REQUIRED):
        yield lacking
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
    found = off(length(flow), flow.valid & ~sample["dynamic_1"], 0.5)
    if found:
        yield f"flow_1togt: static pixels move: {found}"


# ---------------------------------------------------------------- composition
def _composition_faults(sample: Mapping[str, Any]) -> Iterator[str]:
    """1 -> gt -> 2 is 1 -> 2 where the point is seen in Igt."""
    whole, first, second = (sample[f"flow_{pair}"] for pair in ("1to2", "1togt", "gtto2"))
    still = whole.valid & second.valid & first.valid & (first.flow == 0).all(axis=-1)
    still &= ~sample["occluded_1togt"] & (sample["instances_1"] == sample["instances_gt"])
    found = off(np.linalg.norm(whole.flow - second.flow, axis=-1), still & ~sample["dynamic_1"], EXACT_PX)
    if found:
        yield f"flow_1to2: not flow_gtto2 on pixels that stand still: {found}"
    moved = whole.valid & first.valid & sample["dynamic_1"] & ~sample["occluded_1togt"] & ~left_frame(first)
    between, sure = between_pixels(second, sample["instances_gt"], first, sample["instances_1"], moved)
    found = off(np.linalg.norm(whole.flow - first.flow - between, axis=-1), sure, LOOSE_PX, share=0.1)
    if found:
        yield f"flow_1to2: not flow_1togt joined with flow_gtto2 on moving pixels: {found}"


# ---------------------------------------------------------------- poses
def _cameras(sample: Mapping[str, Any]) -> dict[str, Camera]:
    """Those of views 1, gt (the same) and 2."""
    height, width = sample["dynamic"].shape
    one, two = (camera_of(sample["meta"], name, (width, height)) for name in "12")
    return {"1": one, "gt": one, "2": two}


def _pose_faults(sample: Mapping[str, Any]) -> Iterator[str]:
    view = _cameras(sample)
    if not view["2"].rolls:
        yield from _one_pose_faults(sample, view["gt"], view["2"])
    for name, static_only in (("gtto2", False), ("2togt", False), ("1to2", True), ("2to1", True)):
        a, b = name.split("to")
        if f"depth_{a}" in sample and f"flow_{name}" in sample:
            flow, depth = sample[f"flow_{name}"], sample[f"depth_{a}"]
            error = np.linalg.norm(flow.flow - flow_of_depth(view[a], view[b], depth), axis=-1)
            # Rows of different moments see even one world's things at different places.
            still = ~sample[f"dynamic_{a}"] if static_only or view[b].rolls else np.ones_like(flow.valid)
            found = off(error, flow.valid & np.isfinite(depth) & still, EXACT_PX, FEW if static_only else HARDLY_ANY)
            if found:
                yield f"flow_{name}: does not agree with depth_{a} and the poses: {found}"


def _one_pose_faults(sample: Mapping[str, Any], gt: Camera, two: Camera) -> Iterator[str]:
    """For pictures that have one pose each."""
    flow = sample["flow_gtto2"]
    if f"place/{DOME}" not in sample["meta"].get("assets", ()):  # whose sky hangs on a shell at a distance
        error = np.linalg.norm(grid(flow.valid) + flow.flow - at_infinity(gt, two, flow.valid), axis=-1)
        found = off(error, flow.valid & (sample["instances_gt"] == 0), EXACT_PX, HARDLY_ANY)
        if found:
            yield f"flow_gtto2: the sky does not turn with the camera: {found}"
    found = epipolar_fault(gt, two, flow)
    if found:
        yield f"flow_gtto2: does not agree with the poses: {found}"


def _plane_faults(sample: Mapping[str, Any]) -> Iterator[str]:
    flow, view = sample["flow_gtto2"], _cameras(sample)
    for name, entry in sample["meta"].get("homographies", {}).items():
        H = np.array(entry["H"], np.float64)
        if H.shape != (3, 3) or abs(np.linalg.det(H) - 1) > 1e-6:
            yield f"meta: homographies.{name}: expected 3 x 3 numbers of determinant 1"
        elif "index" in entry and not view["2"].rolls:
            way = mapped(H, view["gt"], view["2"], flow.valid) - grid(flow.valid)
            on = flow.valid & (sample["instances_gt"] == entry["index"])
            found = off(np.linalg.norm(flow.flow - way, axis=-1), on, EXACT_PX, HARDLY_ANY)
            if found:
                yield f"flow_gtto2: differs from homographies.{name} on its plane: {found}"


# ---------------------------------------------------------------- statistics
def _statistics_faults(sample: Mapping[str, Any], config: Mapping[str, Any] | None) -> Iterator[str]:
    meta = sample["meta"]
    camera, objects, whole = (sample[f"flow_{pair}"] for pair in ("gtto2", "1togt", "1to2"))
    near = 3 * STEP_PX
    expected = {
        "camera_motion_px": (_median(length(camera), camera.valid & ~sample["dynamic_gt"]), near),
        "object_motion_px": (_median(length(objects), objects.valid & sample["dynamic_1"]), near),
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
