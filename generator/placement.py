"""Where things may stand: circles on the floor over time. A cheap stand-in for the exact checks after the build."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass
class Floor:
    """The free rectangle |x| <= half_width, |y| <= half_depth, and who is where in it at the sampled times.

    A body is a circle (T, 2) x radius that spans heights `low` to `high`.
    """

    half_width: float
    half_depth: float
    ceiling: float
    times_s: Array
    _bodies: list[tuple[Array, float, float, float]] = field(default_factory=list)

    def holds(self, centres: Array, radius: float) -> bool:
        """Whether circles about centres (..., 2) are whole inside."""
        return bool((np.abs(centres) + radius <= [self.half_width, self.half_depth]).all())

    def fits(self, centres: Array, radius: float, low: float = 0.0, high: float = 2.0) -> bool:
        """Whether a body would stay inside and touch nobody at any of the times.

        Args:
            centres: (T, 2), or (1, 2) for something that stays.
        """
        if not self.holds(centres, radius) or high > self.ceiling - 0.05 or low < 0:
            return False
        for other, other_radius, other_low, other_high in self._bodies:
            if low < other_high and other_low < high:
                x, y = (centres - other).T
                gap = np.sqrt(x * x + y * y) - radius - other_radius
                if (gap < 0.05).any():
                    return False
        return True

    def occupy(self, centres: Array, radius: float, low: float = 0.0, high: float = 2.0) -> None:
        self._bodies.append((centres, radius, low, high))

    def distance(self, point: Array) -> float:
        """Least horizontal distance from a point (x, y, z) to anybody at its height at any of the times."""
        gaps = [
            float((np.linalg.norm(centres - point[:2], axis=1) - radius).min())
            for centres, radius, low, high in self._bodies
            if low - 0.1 <= point[2] <= high + 0.1
        ]
        return min(gaps, default=np.inf)
