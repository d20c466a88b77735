"""Camera and homography algebra in float64.

OpenCV camera axes (x right, y down, z forward), pixel centres at integer coordinates, world right-handed with
z up in metres. Directions stand in names and read left to right: `cam_to_world`, `H_1to2`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

_IDENTITY = np.eye(3)


@dataclass(frozen=True)
class Camera:
    """A pinhole camera with square pixels at one moment.

    Truth uses a camera only through `rays`, `project` and `project_directions`; a camera with lens distortion or
    a rolling shutter needs no other interface.

    Attributes:
        width, height: pixels.
        K: (3, 3) intrinsics for integer pixel centres.
        cam_to_world: (4, 4) rigid pose.
    """

    width: int
    height: int
    K: Array
    cam_to_world: Array

    @property
    def centre(self) -> Array:
        """(3,) optical centre in the world."""
        return self.cam_to_world[:3, 3]

    def rays(self, pixels: Array) -> tuple[Array, Array]:
        """World rays through pixels (N, 2): origins (N, 3) and directions (N, 3) of unit depth.

        A point at `origin + t * direction` has depth t along the optical axis.
        """
        homogeneous = np.c_[pixels, np.ones(len(pixels))]
        directions = homogeneous @ (self.cam_to_world[:3, :3] @ np.linalg.inv(self.K)).T
        return np.broadcast_to(self.centre, directions.shape), directions

    def project(self, points: Array) -> tuple[Array, Array]:
        """Pixels (N, 2) and depths (N,) of world points (N, 3); pixels of points at depth <= 0 mean nothing."""
        return self.project_directions(points - self.centre)

    def project_directions(self, directions: Array) -> tuple[Array, Array]:
        """As `project`, for points given relative to the optical centre, or infinitely far in a direction."""
        image = directions @ (self.K @ self.cam_to_world[:3, :3].T).T
        depth = image[:, 2]
        with np.errstate(divide="ignore", invalid="ignore"):
            pixels = image[:, :2] / depth[:, None]
        return pixels, depth

    def in_frame(self, pixels: Array) -> NDArray[np.bool_]:
        """(N,) whether pixel positions fall on the sensor, whose border lies half a pixel beyond the centres."""
        x, y = pixels[:, 0], pixels[:, 1]
        return (x >= -0.5) & (x < self.width - 0.5) & (y >= -0.5) & (y < self.height - 0.5)

    def resized(self, width: int, height: int) -> Camera:
        """The same camera with another number of pixels on the same sensor."""
        sx, sy = width / self.width, height / self.height
        scale = np.array([[sx, 0, (sx - 1) / 2], [0, sy, (sy - 1) / 2], [0, 0, 1]])
        return Camera(width, height, scale @ self.K, self.cam_to_world)


def pixel_grid(width: int, height: int) -> Array:
    """(H * W, 2) pixel centres (x, y), row by row."""
    x, y = np.meshgrid(np.arange(width, dtype=float), np.arange(height, dtype=float))
    return np.stack([x.ravel(), y.ravel()], axis=1)


def intrinsics(width: int, height: int, focal_mm: float, sensor_width_mm: float) -> Array:
    """(3, 3) K of a centred pinhole whose sensor width spans the image width."""
    focal_px = focal_mm / sensor_width_mm * width
    return np.array([[focal_px, 0, width / 2 - 0.5], [0, focal_px, height / 2 - 0.5], [0, 0, 1]])


def look_at(eye: ArrayLike, target: ArrayLike, roll: float = 0.0) -> Array:
    """(4, 4) cam_to_world at `eye` with the optical axis through `target`; `roll` turns the camera clockwise as
    seen from behind it. The axis must not be vertical."""
    eye, target = np.asarray(eye, float), np.asarray(target, float)
    forward = target - eye
    norm = np.linalg.norm(forward)
    right = np.cross(forward, [0.0, 0.0, 1.0])
    if norm == 0 or np.linalg.norm(right) < 1e-9 * norm:
        raise ValueError(f"look_at needs a target that is not at, above or below the eye, got {eye} -> {target}")
    forward, right = forward / norm, right / np.linalg.norm(right)
    down = np.cross(forward, right)
    c, s = np.cos(roll), np.sin(roll)
    pose = np.eye(4)
    pose[:3, :3] = np.stack([c * right + s * down, c * down - s * right, forward], axis=1)
    pose[:3, 3] = eye
    return pose


def quaternion_from_rotation(rotation: Array) -> Array:
    """(4,) unit quaternion (w, x, y, z), w >= 0, of a (3, 3) rotation."""
    m = np.asarray(rotation, float)
    candidates = np.array(
        [
            [1 + m[0, 0] + m[1, 1] + m[2, 2], m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]],
            [m[2, 1] - m[1, 2], 1 + m[0, 0] - m[1, 1] - m[2, 2], m[0, 1] + m[1, 0], m[0, 2] + m[2, 0]],
            [m[0, 2] - m[2, 0], m[0, 1] + m[1, 0], 1 - m[0, 0] + m[1, 1] - m[2, 2], m[1, 2] + m[2, 1]],
            [m[1, 0] - m[0, 1], m[0, 2] + m[2, 0], m[1, 2] + m[2, 1], 1 - m[0, 0] - m[1, 1] + m[2, 2]],
        ]
    )
    best = candidates[np.argmax(np.diag(candidates))]
    q = best / np.linalg.norm(best)
    return q if q[0] >= 0 else -q


def rotation_from_quaternion(quaternion: ArrayLike) -> Array:
    """(3, 3) rotation of a quaternion (w, x, y, z) of any length."""
    w, x, y, z = np.asarray(quaternion, float) / np.linalg.norm(quaternion)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )


def slerp(a: Array, b: Array, share: float) -> Array:
    """The quaternion `share` of the way from a to b along the shorter arc."""
    dot = float(a @ b)
    b, dot = (-b, -dot) if dot < 0 else (b, dot)
    if dot > 0.9995:
        mixed = a + share * (b - a)
        return mixed / np.linalg.norm(mixed)
    angle = np.arccos(dot)
    return (np.sin((1 - share) * angle) * a + np.sin(share * angle) * b) / np.sin(angle)


def rotation_about(axis: ArrayLike, angle: float) -> Array:
    """(3, 3) rotation by `angle` radians about an axis of any length (Rodrigues)."""
    axis = np.asarray(axis, float)
    x, y, z = (axis / math.sqrt(axis.dot(axis))).tolist()
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    return _IDENTITY + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross


# ------------------------------------------------------------------ homographies
def rotation_homography(theta: float, width: int, height: int) -> Array:
    """(3, 3) H that turns a picture about its centre ((W - 1) / 2, (H - 1) / 2) by `theta` radians, counter-clockwise
    as seen on the screen; determinant 1."""
    c, s = np.cos(theta), np.sin(theta)
    x, y = (width - 1) / 2, (height - 1) / 2
    # y points down, so this is the transpose of the matrix of textbooks.
    return np.array([[c, s, x - c * x - s * y], [-s, c, y + s * x - c * y], [0, 0, 1]])


def apply_homography(H: Array, points: Array) -> Array:
    """Map points (N, 2) by a (3, 3) homography."""
    image = np.c_[points, np.ones(len(points))] @ H.T
    return image[:, :2] / image[:, 2:]


def unit_determinant(H: Array) -> Array:
    """H scaled to determinant 1."""
    return H / np.cbrt(np.linalg.det(H))


def homography_dlt(source: Array, target: Array) -> Array:
    """(3, 3) H with H(source) = target in the least-squares sense of the normalised DLT, determinant 1.

    Hartley and Zisserman, Multiple View Geometry, algorithm 4.2.

    Args:
        source, target: (N, 2), N >= 4, no three of four points on a line.

    Raises:
        ValueError: fewer than four pairs, or points that do not fix a homography.
    """
    if len(source) < 4:
        raise ValueError(f"a homography needs at least 4 point pairs, got {len(source)}")
    to_source, to_target = _normaliser(source), _normaliser(target)
    a = np.c_[source, np.ones(len(source))] @ to_source.T
    b = np.c_[target, np.ones(len(target))] @ to_target.T
    zero = np.zeros_like(a)
    rows = np.concatenate([np.c_[zero, -a, b[:, 1:2] * a], np.c_[a, zero, -b[:, :1] * a]])
    _, singular, right = np.linalg.svd(rows, full_matrices=len(rows) < 9)
    if singular[7] < 1e-12 * singular[0]:
        raise ValueError("the point pairs do not fix a homography: too many lie on one line")
    H = np.linalg.inv(to_target) @ right[-1].reshape(3, 3) @ to_source
    return unit_determinant(H)


def _normaliser(points: Array) -> Array:
    """The similarity that moves points to mean 0 and mean distance sqrt 2."""
    mean = points.mean(axis=0)
    scale = np.sqrt(2) / max(np.linalg.norm(points - mean, axis=1).mean(), 1e-12)
    return np.array([[scale, 0, -scale * mean[0]], [0, scale, -scale * mean[1]], [0, 0, 1]])


def refine_homography(H: Array, source: Array, target: Array, huber_px: float = 1.0, steps: int = 10) -> Array:
    """H after Gauss-Newton steps on the Huber loss of the transfer error |H(source) - target| in pixels."""
    normal = _normaliser(source)
    H = H @ np.linalg.inv(normal)
    points = np.c_[source, np.ones(len(source))] @ normal.T
    for _ in range(steps):
        image = points @ H.T
        mapped = image[:, :2] / image[:, 2:]
        residual = mapped - target
        error = np.linalg.norm(residual, axis=1)
        weight = np.sqrt(np.where(error <= huber_px, 1.0, huber_px / np.maximum(error, 1e-12)))
        a = points / image[:, 2:]
        zero = np.zeros_like(a)
        jacobian = np.concatenate([np.c_[a, zero, -mapped[:, :1] * a], np.c_[zero, a, -mapped[:, 1:2] * a]])
        weights = np.tile(weight, 2)[:, None]
        # The overall scale of H is free; the minimum-norm solution leaves it alone.
        step = np.linalg.lstsq(jacobian * weights, -residual.T.reshape(-1, 1) * weights, rcond=1e-12)[0]
        H = H + step.reshape(3, 3)
        if np.abs(step).max() < 1e-12 * np.abs(H).max():
            break
    return unit_determinant(H @ normal)


def best_homography(source: Array, target: Array, huber_px: float = 1.0) -> Array:
    """(3, 3) H with H(source) = target as well as possible: the normalised DLT, refined on the Huber loss.

    Args:
        source, target: (N, 2) the same points in two pictures.
        huber_px: where the loss bends; inf for least squares, which has one answer where no plane dominates.

    Raises:
        ValueError: the points do not fix a homography.
    """
    return refine_homography(homography_dlt(source, target), source, target, huber_px)


def transfer_error(H: Array, source: Array, target: Array) -> Array:
    """(N,) pixels from H(source) to target."""
    return np.linalg.norm(apply_homography(H, source) - target, axis=1)


def infinity_homography(source: Camera, target: Camera) -> Array:
    """(3, 3) H of points infinitely far away, K2 R K1^-1, determinant 1."""
    rotation = target.cam_to_world[:3, :3].T @ source.cam_to_world[:3, :3]
    return unit_determinant(target.K @ rotation @ np.linalg.inv(source.K))


def plane_homography(source: Camera, target: Camera, normal: ArrayLike, offset: float) -> Array:
    """(3, 3) H of the world plane normal . x = offset from `source` pixels to `target` pixels, determinant 1.

    Raises:
        ValueError: the plane passes through the source camera's centre.
    """
    normal = np.asarray(normal, float)
    distance = offset - normal @ source.centre
    if abs(distance) < 1e-9:
        raise ValueError("the plane passes through the camera centre: it has no homography")
    rotation = target.cam_to_world[:3, :3].T @ source.cam_to_world[:3, :3]
    shift = target.cam_to_world[:3, :3].T @ (source.centre - target.centre)
    normal_in_source = source.cam_to_world[:3, :3].T @ normal
    H = target.K @ (rotation + np.outer(shift, normal_in_source) / distance) @ np.linalg.inv(source.K)
    return unit_determinant(H)
