"""Classical answers to `where is this pixel of I1 in I2`: homographies, a mesh of them, and dense flow of OpenCV.

Each takes two uint8 pictures (H, W, 3) and gives a flow (H, W, 2) from I1 to I2, or None where it finds nothing to hold
on to. Nothing here is learnt, and nothing is random: the same two pictures give the same flow.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import cv2
import numpy as np
from numpy.typing import NDArray

from viewlock.geometry import apply_homography

from .warping import flow_of_homography

Picture = NDArray[np.uint8]
Flow = NDArray[np.float32]
Array = NDArray[np.float64]

RATIO = 0.8
"""Lowe's ratio test: the best match must be nearer than this share of the second best."""
RANSAC_PX = 3.0
"""Transfer error of an inlier of the one homography."""
MESH_RANSAC_PX = 10.0
"""The same for the mesh, whose points need not lie on one plane."""
MESH = (17, 17)
"""Vertices of the mesh, across and down."""
MESH_SIGMA = 0.12
"""Reach of a point's weight, in diagonals of the picture."""
MESH_FLOOR = 0.05
"""Least weight of a point, so that a vertex far from every point follows the homography of all."""
MESH_POINTS = 30
"""Fewer matches than this carry one homography and no mesh."""
MESH_LEAVE = 0.1
"""How far a vertex may leave the one homography, in diagonals; beyond, its own points did not hold it."""
ECC_LEVELS, ECC_STEPS, ECC_EPSILON = 4, 60, 1e-5


# ------------------------------------------------------------------ homographies
def sift_homography(i1: Picture, i2: Picture) -> Flow | None:
    """One homography by RANSAC on matched SIFT keypoints."""
    found = _sift_inliers(i1, i2, RANSAC_PX)
    return None if found is None else flow_of_homography(found[0], i1.shape[1], i1.shape[0])


def ecc_homography(i1: Picture, i2: Picture) -> Flow | None:
    """One homography that maximises the enhanced correlation coefficient, from coarse to fine.

    Evangelidis and Psarakis, Parametric image alignment using enhanced correlation coefficient maximization, 2008.
    """
    one, two = _grey(i1), _grey(i2)
    levels = [k for k in range(ECC_LEVELS) if min(one.shape) >> k >= 32] or [0]
    H = np.eye(3, dtype=np.float32)
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, ECC_STEPS, ECC_EPSILON)
    for level in reversed(levels):
        small = [cv2.resize(p, None, fx=0.5**level, fy=0.5**level, interpolation=cv2.INTER_AREA) for p in (one, two)]
        # Rounded sizes: the true scales may differ a little between the axes.
        scale = _scaling(small[0].shape[1] / one.shape[1], small[0].shape[0] / one.shape[0])
        guess = (scale @ H @ np.linalg.inv(scale)).astype(np.float32)
        try:
            _, guess = cv2.findTransformECC(small[0], small[1], guess, cv2.MOTION_HOMOGRAPHY, criteria, None, 5)  # type: ignore[call-overload]
        except cv2.error:  # did not converge: the coarser answer stays
            continue
        H = (np.linalg.inv(scale) @ guess @ scale).astype(np.float32)
    if np.array_equal(H, np.eye(3)) or not np.isfinite(H).all():
        return None
    return flow_of_homography(H.astype(float), i1.shape[1], i1.shape[0])


def mesh_homographies(i1: Picture, i2: Picture) -> Flow | None:
    """A mesh whose vertices each follow a homography of their own, fitted to the matches around them in closed form.

    The moving DLT of Zaragoza et al., As-projective-as-possible image stitching with moving DLT, 2013 (Eq. 9 and 10);
    between vertices the displacement is bilinear.
    """
    found = _sift_inliers(i1, i2, MESH_RANSAC_PX)
    if found is None:
        return None
    H, source, target = found
    height, width = i1.shape[:2]
    if len(source) < MESH_POINTS:
        return flow_of_homography(H, width, height)
    x, y = np.meshgrid(np.linspace(0, width - 1, MESH[0]), np.linspace(0, height - 1, MESH[1]))
    vertices = np.stack([x.ravel(), y.ravel()], axis=1)
    diagonal = float(np.hypot(width, height))
    moved = moving_dlt(source, target, vertices, MESH_SIGMA * diagonal, MESH_FLOOR)
    rigid = apply_homography(H, vertices)
    held = np.linalg.norm(moved - rigid, axis=1) < MESH_LEAVE * diagonal
    moved = np.where(held[:, None], moved, rigid)
    return _bilinear_mesh((moved - vertices).reshape(MESH[1], MESH[0], 2), width, height)


def moving_dlt(source: Array, target: Array, at: Array, sigma_px: float, floor: float) -> Array:
    """Where points `at` (M, 2) go by homographies from `source` to `target` (N, 2), weighted by nearness to each.

    Minimises |W A h| with W = max(exp(-d^2 / sigma^2), floor), the smallest eigenvector of A^T W^2 A for each point.
    """
    to_source, to_target = _normaliser(source), _normaliser(target)
    a = np.c_[source, np.ones(len(source))] @ to_source.T
    b = np.c_[target, np.ones(len(target))] @ to_target.T
    zero = np.zeros_like(a)
    rows = np.stack([np.c_[zero, -a, b[:, 1:2] * a], np.c_[a, zero, -b[:, :1] * a]], axis=1)  # (N, 2, 9)
    outer = np.einsum("nki,nkj->nij", rows, rows).reshape(len(source), 81)
    distance = ((at[:, None] - source[None]) ** 2).sum(-1)
    weight = np.maximum(np.exp(-distance / sigma_px**2), floor)
    _, vectors = np.linalg.eigh((weight**2 @ outer).reshape(-1, 9, 9))
    homographies = np.linalg.inv(to_target) @ vectors[:, :, 0].reshape(-1, 3, 3) @ to_source
    return np.concatenate([apply_homography(H, point[None]) for H, point in zip(homographies, at, strict=True)])


def _sift_inliers(i1: Picture, i2: Picture, threshold_px: float) -> tuple[Array, Array, Array] | None:
    """The homography from I1 to I2 with its inliers in both, or None: too few matches agree."""
    sift = cv2.SIFT_create(nfeatures=4000)  # type: ignore[attr-defined]
    points_1, described_1 = sift.detectAndCompute(_grey(i1), None)
    points_2, described_2 = sift.detectAndCompute(_grey(i2), None)
    if described_1 is None or described_2 is None or len(described_2) < 2:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(described_1, described_2, k=2)
    good = [best for best, second in pairs if best.distance < RATIO * second.distance]
    if len(good) < 8:
        return None
    source = np.array([points_1[match.queryIdx].pt for match in good])
    target = np.array([points_2[match.trainIdx].pt for match in good])
    H, kept = cv2.findHomography(source, target, cv2.RANSAC, threshold_px, maxIters=5000, confidence=0.999)
    if H is None or kept.sum() < 8 or abs(np.linalg.det(H)) < 1e-9:
        return None
    inlier = kept.ravel() > 0
    return H, source[inlier], target[inlier]


def _bilinear_mesh(displacement: Array, width: int, height: int) -> Flow:
    rows, columns = displacement.shape[:2]
    x = np.linspace(0, columns - 1, width, dtype=np.float32)
    y = np.linspace(0, rows - 1, height, dtype=np.float32)
    grid_x, grid_y = np.meshgrid(x, y)
    # remap rounds positions to 1/32 of a cell, so interpolate along each axis ourselves.
    left, top = np.minimum(grid_x.astype(int), columns - 2), np.minimum(grid_y.astype(int), rows - 2)
    u, v = (grid_x - left)[..., None], (grid_y - top)[..., None]
    upper = displacement[top, left] * (1 - u) + displacement[top, left + 1] * u
    lower = displacement[top + 1, left] * (1 - u) + displacement[top + 1, left + 1] * u
    return (upper * (1 - v) + lower * v).astype(np.float32)


def _scaling(sx: float, sy: float) -> Array:
    """Pixels of a picture -> pixels of the same picture at another size; integers are centres in both."""
    return np.array([[sx, 0, (sx - 1) / 2], [0, sy, (sy - 1) / 2], [0, 0, 1]])


def _normaliser(points: Array) -> Array:
    mean = points.mean(axis=0)
    scale = np.sqrt(2) / max(np.linalg.norm(points - mean, axis=1).mean(), 1e-12)
    return np.array([[scale, 0, -scale * mean[0]], [0, scale, -scale * mean[1]], [0, 0, 1]])


# ------------------------------------------------------------------ dense flow
def dis_flow(i1: Picture, i2: Picture) -> Flow:
    """Kroeger et al., Fast optical flow using dense inverse search, 2016; OpenCV's medium preset."""
    with _one_thread():
        return cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM).calc(_grey(i1), _grey(i2), None)  # type: ignore[attr-defined,call-overload]


def farneback_flow(i1: Picture, i2: Picture) -> Flow:
    """Farneback, Two-frame motion estimation based on polynomial expansion, 2003."""
    return cv2.calcOpticalFlowFarneback(  # type: ignore[call-overload]
        _grey(i1), _grey(i2), None, 0.5, 6, 21, 5, 7, 1.5, cv2.OPTFLOW_FARNEBACK_GAUSSIAN
    )


@contextmanager
def _one_thread() -> Iterator[None]:
    """DIS cuts the picture into one stripe a thread, so its flow depends on their number."""
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before)


def _grey(picture: Picture) -> Picture:
    return np.ascontiguousarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
