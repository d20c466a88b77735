"""Files of camera paths: RealEstate10K and MannequinChallenge, and TUM RGB-D."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewlock.errors import ConfigError
from viewlock.geometry import rotation_from_quaternion

Array = NDArray[np.float64]


def read_trajectory(path: Path) -> tuple[Array, Array]:
    """Times in seconds (N,) and cam_to_world poses (N, 4, 4), cameras looking along +z with y down.

    A file of RealEstate10K or MannequinChallenge begins with an address; each further line has 19 numbers: time in
    microseconds, fx fy cx cy (normalised), k1 k2, and the 3 x 4 world-to-camera matrix row by row. A TUM file has
    comments that begin with # and 8 numbers a line: time in seconds, position in metres, quaternion x y z w, both
    camera to world.

    Raises:
        ConfigError: the file cannot be read, or a line is of neither form.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as refusal:
        raise ConfigError(f"{path}: cannot be read as a trajectory: {refusal}") from None
    plain = [(n, line) for n, line in enumerate(lines, start=1) if line.strip() and not line.startswith("#")]
    if plain and _numbers(plain[0][1], 8) is not None:
        rows, to_poses, unit_s = _rows(path, plain, 8, "TUM"), _tum_poses, 1.0
    else:
        rows, to_poses, unit_s = _rows(path, plain[1:], 19, "RealEstate10K"), _realestate_poses, 1e-6
    if len(rows) < 2:
        raise ConfigError(f"{path}: expected at least 2 poses, got {len(rows)}; remove the file")
    table = np.array([row for _, row in rows])
    times = table[:, 0] * unit_s
    if (np.diff(times) <= 0).any():
        raise ConfigError(f"{path}: times must increase from line to line; mend or remove the file")
    return times, to_poses(path, [number for number, _ in rows], table)


def _numbers(line: str, count: int) -> list[float] | None:
    """The numbers of a line; None if it has something else, or not so many."""
    try:
        row = [float(word) for word in line.split()]
    except ValueError:
        return None
    return row if len(row) == count and np.isfinite(row).all() else None


def _rows(path: Path, lines: list[tuple[int, str]], count: int, form: str) -> list[tuple[int, list[float]]]:
    rows = []
    for number, line in lines:
        row = _numbers(line, count)
        if row is None:
            raise ConfigError(
                f"{path}:{number}: expected {count} numbers ({form} form), got {len(line.split())} words; "
                "mend or remove the file"
            )
        rows.append((number, row))
    return rows


def _realestate_poses(path: Path, lines: list[int], table: Array) -> Array:
    world_to_cam = np.repeat(np.eye(4)[None], len(table), axis=0)
    world_to_cam[:, :3] = table[:, 7:].reshape(-1, 3, 4)
    for number, matrix in zip(lines, world_to_cam, strict=True):
        if not _is_rotation(matrix[:3, :3]):
            raise ConfigError(
                f"{path}:{number}: the left 3 x 3 of the matrix is not a rotation; mend or remove the file"
            )
    return np.linalg.inv(world_to_cam)


def _tum_poses(path: Path, lines: list[int], table: Array) -> Array:
    poses = np.repeat(np.eye(4)[None], len(table), axis=0)
    poses[:, :3, 3] = table[:, 1:4]
    for number, pose, quaternion in zip(lines, poses, table[:, [7, 4, 5, 6]], strict=True):
        length = float(np.linalg.norm(quaternion))
        if abs(length - 1) > 1e-2:
            raise ConfigError(
                f"{path}:{number}: the quaternion has length {length:.3g}, not 1; mend or remove the file"
            )
        pose[:3, :3] = rotation_from_quaternion(quaternion / length)
    return poses


def _is_rotation(matrix: Array) -> bool:
    """To the accuracy of printed numbers."""
    return bool(np.abs(matrix @ matrix.T - np.eye(3)).max() < 1e-3 and np.linalg.det(matrix) > 0)
