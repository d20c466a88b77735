"""What must be true of a `parallax` pair: flows that undo each other and agree with the poses, masks that say what the
flows say, and a homography with the residual that `meta` gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from viewlock.generator.parallax_spec import PARALLAX_WIDTH
from viewlock.geometry import transfer_error

from .checks import STEP_PX, grid, left_frame, missing
from .flow_checks import (
    EXACT_PX,
    HARDLY_ANY,
    LOOSE_PX,
    Mask,
    between_pixels,
    camera_of,
    epipolar_fault,
    flow_of_depth,
    off,
)

_REQUIRED = {"i1", "i2", "flow_1to2", "flow_2to1", "occluded_1to2", "occluded_2to1", "overlap_1", "overlap_2", "meta"}


def pair_faults(sample: Mapping[str, Any], config: Mapping[str, Any] | None = None) -> Iterator[str]:
    """One line for each thing that is wrong with a decoded pair, beginning with the field's name.

    Args:
        config: the configuration, as plain data, if it is known.
    """
    if lacking := missing(sample, _REQUIRED):
        yield lacking
        return
    for a, b in (("1", "2"), ("2", "1")):
        yield from _overlap_faults(sample, a, b)
        yield from _return_faults(sample, a, b)
        yield from _pose_faults(sample, a, b)
    yield from _homography_faults(sample, config)


def _overlap_faults(sample: Mapping[str, Any], a: str, b: str) -> Iterator[str]:
    flow, overlap = sample[f"flow_{a}to{b}"], sample[f"overlap_{a}"]
    outside = flow.valid & overlap & left_frame(flow)
    inside = flow.valid & ~overlap & _surely_inside(grid(flow.valid) + flow.flow)
    for where, what in ((outside, "fall outside of"), (inside, "fall inside")):
        if where.any():
            y, x = np.argwhere(where)[0]
            yield f"overlap_{a}: {int(where.sum())} pixels {what} the other picture by the flow, first at ({x}, {y})"
    hidden = flow.valid & ~overlap & ~sample[f"occluded_{a}to{b}"]
    if hidden.any():
        yield f"occluded_{a}to{b}: {int(hidden.sum())} pixels that are not in overlap_{a} are not occluded"
    found = float(overlap.mean())
    if a == "1" and abs(sample["meta"]["overlap"] - found) > 1e-5:
        yield f"meta: overlap: expected {found:.6f} as in overlap_1, got {sample['meta']['overlap']}"


def _surely_inside(target: np.ndarray) -> Mask:
    height, width = target.shape[:2]
    slack = 2 * STEP_PX - 0.5
    with np.errstate(invalid="ignore"):
        return ((target > slack) & (target < np.array([width, height]) - 1 - slack)).all(axis=-1)


def _return_faults(sample: Mapping[str, Any], a: str, b: str) -> Iterator[str]:
    """There and back again, for what both see."""
    there, back = sample[f"flow_{a}to{b}"], sample[f"flow_{b}to{a}"]
    seen = there.valid & ~sample[f"occluded_{a}to{b}"] & ~left_frame(there)
    one = np.zeros(seen.shape, np.uint8)
    home, sure = between_pixels(back, one, there, one, seen)
    found = off(np.linalg.norm(there.flow + home, axis=-1), sure, LOOSE_PX, share=0.1)
    if found:
        yield f"flow_{a}to{b}: flow_{b}to{a} does not lead back: {found}"


def _pose_faults(sample: Mapping[str, Any], a: str, b: str) -> Iterator[str]:
    flow = sample[f"flow_{a}to{b}"]
    height, width = flow.valid.shape
    one, two = (camera_of(sample["meta"], name, (width, height)) for name in (a, b))
    # Rows of different moments have no lines in common on which a point must lie.
    found = "" if one.rolls else epipolar_fault(one, two, flow)
    if found:
        yield f"flow_{a}to{b}: does not agree with the poses: {found}"
    depth = sample.get(f"depth_{a}")
    if depth is not None:
        error = np.linalg.norm(flow.flow - flow_of_depth(one, two, depth), axis=-1)
        found = off(error, flow.valid & np.isfinite(depth), EXACT_PX, HARDLY_ANY)
        if found:
            yield f"flow_{a}to{b}: does not agree with depth_{a} and the poses: {found}"


def _homography_faults(sample: Mapping[str, Any], config: Mapping[str, Any] | None) -> Iterator[str]:
    meta, flow = sample["meta"], sample["flow_1to2"]
    H = np.array(meta["H_1to2"], np.float64)
    if H.shape != (3, 3) or abs(np.linalg.det(H) - 1) > 1e-6:
        yield "meta: H_1to2: expected 3 x 3 numbers of determinant 1"
        return
    both = (flow.valid & ~sample["occluded_1to2"]).ravel()
    height, width = flow.valid.shape
    one, two = (camera_of(meta, name, (width, height)) for name in "12")
    source = grid(flow.valid).reshape(-1, 2)[both]
    target = two.ideal(source + flow.flow.reshape(-1, 2)[both])
    unit = flow.valid.shape[1] / PARALLAX_WIDTH
    residual = float(np.median(transfer_error(H, one.ideal(source), target))) / unit
    if not abs(residual - meta["parallax_px"]) <= 3 * STEP_PX / unit:
        yield f"meta: parallax_px: expected {residual:.4f} as left by H_1to2, got {meta['parallax_px']}"
    if config is not None and "difficulty" in config:
        easy, moderate = config["difficulty"]["thresholds_px"]
        px = meta["parallax_px"]
        found = "easy" if px <= easy else "moderate" if px <= moderate else "hard"
        if meta["difficulty"] != found:
            yield f"meta: difficulty: expected {found} for {px} px, got {meta['difficulty']}"
