"""Where people can walk in an imported place: level floor with room above it, found by rays on a grid.

Rays straight down find the surfaces with head room; those at one height are a storey. Points on all surfaces then say
which cells of the grid anything reaches into between the floor and a raised hand; what is left is cut into rectangles.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .probing import Array, Solid

HEAD_ROOM_M = 2.05
LEAST_SIDE_M, LEAST_AREA_M2 = 2.4, 8.0
_CELL_M = 0.2
_MOST_CELLS = 300
_LARGEST_SIDE_M = 13.0
"""Larger floors are used in pieces."""
_LEVEL_M, _CONTACT_M = 0.008, 0.012
_STOREYS = 8
_LEVELNESS = 0.995
_WIDE_M2 = 36.0
"""A place with so large a rectangle is left as it stands."""
_WORTH_TURNING = 1.2


class Rectangle(NamedTuple):
    """A free rectangle, metres.

    Attributes:
        z: of its floor.
        ceiling_m: free height above it, inf under the open sky.
        indoor: whether most of it is under a roof.
    """

    low: tuple[float, float]
    high: tuple[float, float]
    z: float
    ceiling_m: float
    indoor: bool

    @property
    def area(self) -> float:
        return (self.high[0] - self.low[0]) * (self.high[1] - self.low[1])


class _Grid(NamedTuple):
    low: Array
    cell_m: float
    shape: tuple[int, int]

    def centres(self) -> Array:
        """(X * Y, 2)."""
        x, y = (self.low[k] + self.cell_m * (np.arange(self.shape[k]) + 0.5) for k in (0, 1))
        return np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1).reshape(-1, 2)

    def cells(self, points: Array) -> NDArray[np.int64]:
        """(N,) number of the cell of each point; points on the rim belong to the last one."""
        at = np.clip(((points[:, :2] - self.low) / self.cell_m).astype(np.int64), 0, np.array(self.shape) - 1)
        return at[:, 0] * self.shape[1] + at[:, 1]


def best_turn(points: Array, triangles: NDArray[np.int32]) -> float:
    """By how many radians about z a place should be turned so that rectangles fit into it; 0 where they fit well."""
    best, chosen = 0.0, 0.0
    for turn in np.radians(np.arange(0, 90, 15)):
        c, s = np.cos(turn), np.sin(turn)
        turned = points @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]])
        area = max((r.area for r in find_rectangles(Solid(turned, triangles))), default=0.0)
        if area > _WORTH_TURNING * best:
            best, chosen = area, float(turn)
        if best > _WIDE_M2:
            break
    return chosen


def find_rectangles(solid: Solid) -> list[Rectangle]:
    """All rectangles of level, free floor of a useful size, the largest of each storey first."""
    low, high = solid.points.min(axis=0)[:2], solid.points.max(axis=0)[:2]
    cell = max(_CELL_M, float((high - low).max()) / _MOST_CELLS)
    nx, ny = (int(n) for n in np.ceil((high - low) / cell).astype(int))
    grid = _Grid(low, cell, (max(nx, 1), max(ny, 1)))
    columns = solid.columns(grid.centres())
    fit = (np.abs(columns.upward) > _LEVELNESS) & (columns.room >= HEAD_ROOM_M)
    line, z, roofed = columns.line[fit], columns.z[fit], columns.roofed[fit]
    storeys = list(_storeys(z, cell))
    reached, lowest = _reach(solid, grid, storeys)
    found = []
    for k, level in enumerate(storeys):
        here = np.abs(z - level) <= _LEVEL_M
        floor, roof = (np.zeros(grid.shape[0] * grid.shape[1], bool) for _ in range(2))
        floor[line[here]] = True
        roof[line[here & roofed]] = True
        free = (floor & ~reached[k]).reshape(grid.shape)
        for x0, x1, y0, y1 in _cut(free, cell):
            inside = np.s_[x0:x1, y0:y1]
            above = float(lowest[k].reshape(grid.shape)[inside].min()) - level
            indoor = bool(roof.reshape(grid.shape)[inside].mean() > 0.5)
            corners = (low + cell * np.array([x0, y0]), low + cell * np.array([x1, y1]))
            a, b = ((float(x), float(y)) for x, y in corners)
            found.append(Rectangle(a, b, level, above, indoor))
    return found


def _storeys(z: Array, cell: float) -> Iterator[float]:
    """Heights at which there is much floor, the largest floor first."""
    left = np.sort(z)
    for _ in range(_STOREYS):
        ends = np.searchsorted(left, left + 2 * _LEVEL_M, side="right")
        counts = ends - np.arange(len(left))
        if not len(left) or counts.max() * cell**2 < LEAST_AREA_M2:
            return
        first = int(counts.argmax())
        level = float(np.median(left[first : ends[first]]))
        yield level
        left = left[np.abs(left - level) > 2 * _LEVEL_M]


def _reach(solid: Solid, grid: _Grid, storeys: list[float]) -> tuple[list[NDArray[np.bool_]], list[Array]]:
    """For each storey and cell: whether anything is where bodies would be, and how low what is above them comes."""
    count = grid.shape[0] * grid.shape[1]
    reached = [np.zeros(count, bool) for _ in storeys]
    lowest = [np.full(count, np.inf) for _ in storeys]
    for points in solid.samples(grid.cell_m / 2) if storeys else ():
        cells, z = grid.cells(points), points[:, 2]
        for k, level in enumerate(storeys):
            body = (z > level + _CONTACT_M) & (z < level + HEAD_ROOM_M)
            reached[k][cells[body]] = True
            over = z >= level + HEAD_ROOM_M
            np.minimum.at(lowest[k], cells[over], z[over])
    return reached, lowest


# ------------------------------------------------------------------ rectangles
def _cut(free: NDArray[np.bool_], cell: float) -> Iterator[tuple[int, int, int, int]]:
    """Rectangles (x0, x1, y0, y1) of free cells that do not overlap, the largest first."""
    left, side = free.copy(), int(np.ceil(LEAST_SIDE_M / cell))
    while left.sum() * cell**2 >= LEAST_AREA_M2:
        best = _largest(left, side)
        if best is None or (best[1] - best[0]) * (best[3] - best[2]) * cell**2 < LEAST_AREA_M2:
            return
        x0, x1, y0, y1 = best
        left[x0:x1, y0:y1] = False
        xs, ys = (_pieces(a, b, cell) for a, b in ((x0, x1), (y0, y1)))
        yield from ((a, b, c, d) for a, b in xs for c, d in ys)


def _pieces(low: int, high: int, cell: float) -> list[tuple[int, int]]:
    edges = np.linspace(low, high, int(np.ceil((high - low) * cell / _LARGEST_SIDE_M)) + 1).astype(int)
    return [(int(a), int(b)) for a, b in itertools.pairwise(edges)]


def _largest(free: NDArray[np.bool_], side: int) -> tuple[int, int, int, int] | None:
    """The largest rectangle of free cells whose sides have at least so many: under the skyline of each column."""
    best, where = 0, None
    heights = np.zeros(free.shape[1], int)
    for x in range(free.shape[0]):
        heights = np.where(free[x], heights + 1, 0)
        if heights.max() < side:
            continue
        rising: list[tuple[int, int]] = []
        for y, height in enumerate([*heights.tolist(), 0]):
            start = y
            while rising and rising[-1][1] >= height:
                start, tall = rising.pop()
                if tall >= side and y - start >= side and tall * (y - start) > best:
                    best, where = tall * (y - start), (x + 1 - tall, x + 1, start, y)
            rising.append((start, height))
    return where
