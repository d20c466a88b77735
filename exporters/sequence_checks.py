"""What must be true of a `planar` sequence: homographies that are those of the poses and of the corners, masks that
follow from them, and views that show the label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import cv2
import numpy as np

from viewlock.generator.planar import on_picture, shares
from viewlock.geometry import Camera, apply_homography, pixel_grid, plane_homography
from viewlock.lens import NO_DISTORTION

from .checks import correlation, missing
from .flow_checks import ENOUGH, HARDLY_ANY, Array, Mask

_CLOSE_PX = 1e-3
"""Numbers in `meta` are exact; only their decimal form is rounded."""

_SHIFT_PX, _LIKE, _WORSE = 4, 0.5, 0.1
"""A view that fits the label so well when it is moved by so many pixels, and better by so much than where it is, does
not show what H says."""


def sequence_faults(sample: Mapping[str, Any], config: Mapping[str, Any] | None = None) -> Iterator[str]:
    """One line for each thing that is wrong with a decoded sequence, beginning with the field's name."""
    meta = sample["meta"]
    names = [f"{k:02d}" for k in range(meta["views"])]
    fields = [f"{mask}{name}" for name in names for mask in ("", "valid_", "occluder_", "shadow_", "highlight_")]
    if lacking := missing(sample, {"label", *fields}):
        yield lacking
        return
    H = np.array(meta["H_to_label"], np.float64)
    if H.shape != (len(names), 3, 3) or np.abs(np.linalg.det(H) - 1).max() > 1e-6:
        yield f"meta: H_to_label: expected {len(names)} times 3 x 3 numbers of determinant 1"
        return
    for k, name in enumerate(names):
        camera = _camera(sample, k)
        yield from _homography_faults(sample, k, H[k], camera)
        yield from _mask_faults(sample, name, k, H[k], camera)
        yield from _picture_faults(sample, name, H[k], camera)


def _camera(sample: Mapping[str, Any], k: int) -> Camera:
    """Of a view, with its lens."""
    meta, (height, width) = sample["meta"], sample["label"].shape[:2]
    lens = meta["distortion"][k] if "distortion" in meta else NO_DISTORTION
    return Camera(width, height, np.array(meta["K"][k]), np.array(meta["cam_to_world"][k]), (lens[0], lens[1]))


def _homography_faults(sample: Mapping[str, Any], k: int, H: Array, camera: Camera) -> Iterator[str]:
    meta, (height, width) = sample["meta"], sample["label"].shape[:2]
    ends = np.array([[0, 0], [width, 0], [width, height], [0, height]]) - 0.5
    corners = np.array(meta["corners_px"][k], np.float64)
    if not _apart(apply_homography(H, corners), ends) < _CLOSE_PX:
        yield f"meta: corners_px[{k}]: H_to_label[{k}] does not map them to the corners of the label"
    label = Camera(width, height, np.array(meta["K_label"]), np.array(meta["cam_to_world_label"]))
    posed = plane_homography(camera, label, (0.0, -1.0, 0.0), 0.0)
    if not _apart(apply_homography(posed, corners), apply_homography(H, corners)) < _CLOSE_PX:
        yield f"meta: H_to_label[{k}]: not that of K and the poses"
    if k == 0 and not _apart(apply_homography(H, ends), ends) < _CLOSE_PX:
        yield "meta: H_to_label[0]: expected the identity, since view 00 is from the label's camera"


def _apart(one: Array, two: Array) -> float:
    return float(np.abs(one - two).max())


def _mask_faults(sample: Mapping[str, Any], name: str, k: int, H: Array, camera: Camera) -> Iterator[str]:
    meta, (height, width) = sample["meta"], sample["label"].shape[:2]
    valid, occluder = sample[f"valid_{name}"], sample[f"occluder_{name}"]
    expected = on_picture(H, camera.ideal(pixel_grid(width, height)), (width, height)).reshape(height, width)
    wrong = valid != expected
    if wrong.mean() > HARDLY_ANY:
        y, x = np.argwhere(wrong)[0]
        yield f"valid_{name}: {int(wrong.sum())} pixels are not as H_to_label[{k}] says, first at ({x}, {y})"
    for mask in ("shadow", "highlight"):
        beside = sample[f"{mask}_{name}"] & ~(valid & ~occluder)
        if beside.any():
            yield f"{mask}_{name}: {int(beside.sum())} pixels do not show the picture"
    seen = {
        "coverage": float(valid.mean()),
        "visible": float((valid & ~occluder).sum() / max(valid.sum(), 1)),
        "shadow": float(sample[f"shadow_{name}"].mean()),
        "highlight": float(sample[f"highlight_{name}"].mean()),
        "overlap": shares(H, (width, height), camera)[0],
    }
    for key, value in seen.items():
        if not abs(meta[key][k] - value) <= 1e-5:
            yield f"meta: {key}[{k}]: expected {value:.6f}, got {meta[key][k]}"


def _picture_faults(sample: Mapping[str, Any], name: str, H: Array, camera: Camera) -> Iterator[str]:
    """Light and shadow change slowly over a picture; so its fine detail is compared with that of the label."""
    view, seen = sample[name], sample[f"valid_{name}"] & ~sample[f"occluder_{name}"]
    seen &= ~sample[f"highlight_{name}"]
    if seen.sum() < 20 * ENOUGH:
        return
    there = apply_homography(H, camera.ideal(pixel_grid(camera.width, camera.height)))
    x, y = there.astype(np.float32).T.reshape(2, camera.height, camera.width)
    label = cv2.remap(sample["label"], x, y, cv2.INTER_LINEAR)
    fits = {(dx, dy): _likeness(_detail(view), np.roll(_detail(label), (dy, dx), (0, 1)), seen)
            for dx, dy in ((0, 0), (_SHIFT_PX, 0), (-_SHIFT_PX, 0), (0, _SHIFT_PX), (0, -_SHIFT_PX))}  # fmt: skip
    best = max(fits, key=lambda shift: fits[shift])
    if fits[best] > max(_LIKE, fits[0, 0] + _WORSE):
        yield f"{name}: fits the label better when it is moved by {best} px: {fits[best]:.2f} over {fits[0, 0]:.2f}"


def _detail(picture: np.ndarray) -> Array:
    grey = cv2.GaussianBlur(picture.mean(axis=-1), (0, 0), 1.5)
    return grey - cv2.GaussianBlur(grey, (0, 0), 6)


def _likeness(one: Array, two: Array, where: Mask) -> float:
    """Correlation over some pixels; 0 where there is nothing to compare."""
    return correlation(one[where], two[where])
