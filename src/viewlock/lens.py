"""Radial lens distortion in float64: OpenCV's k1 and k2, both ways.

In units of the focal length, a point at distance r from the optical axis is drawn at distance

    r_drawn = r (1 + k1 r^2 + k2 r^4)

in the same direction. With a negative coefficient this may stop growing at some r: what lies farther out has no
place in the picture, and is NaN.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Distortion = tuple[float, float]

NO_DISTORTION: Distortion = (0.0, 0.0)

_MOST_STRETCH = 2.25
"""Where r_drawn grows for ever, 1 + k1 r^2 + k2 r^4 is nowhere less than 4/9."""

_STEPS = 60


def distort(points: Array, distortion: Distortion) -> Array:
    """(N, 2) where a lens draws points (N, 2) of a pinhole's picture; NaN for those that it cannot show."""
    k1, k2 = distortion
    q = (points**2).sum(axis=1, keepdims=True)
    seen = q < reach(distortion) ** 2
    return np.where(seen, points * (1 + q * (k1 + q * k2)), np.nan)


def undistort(points: Array, distortion: Distortion) -> Array:
    """(N, 2) the points of a pinhole's picture that a lens draws at (N, 2); NaN beyond all that it draws."""
    k1, k2 = distortion
    drawn = np.hypot(points[:, 0], points[:, 1])
    inside = drawn < widest(distortion)
    wanted = np.where(inside, drawn, 0.0)
    low, high = np.zeros_like(wanted), np.minimum(_MOST_STRETCH * wanted, reach(distortion))
    radius, move = np.minimum(wanted, high), high
    for _ in range(_STEPS):
        q = radius**2
        error = radius * (1 + q * (k1 + q * k2)) - wanted
        low, high = np.where(error <= 0, radius, low), np.where(error >= 0, radius, high)
        with np.errstate(divide="ignore", invalid="ignore"):
            newton = radius - error / (1 + q * (3 * k1 + 5 * q * k2))
        # Newton's step, unless it leaves what is known to be too small and too large, or does not get shorter.
        way = np.abs(newton - radius)
        good = (newton >= low) & (newton <= high) & (way <= move / 2) | (way <= 4e-16 * radius)
        next_radius = np.where(good, newton, (low + high) / 2)
        radius, move = next_radius, np.abs(next_radius - radius)
        if (way <= 4e-16 * radius).all():
            break
    with np.errstate(divide="ignore", invalid="ignore"):
        stretch = np.where(drawn > 0, radius / drawn, 1.0)
    return np.where(inside[:, None], points * stretch[:, None], np.nan)


def reach(distortion: Distortion) -> float:
    """The radius in a pinhole's picture at which the drawn radius stops growing; inf if it never does."""
    k1, k2 = distortion
    # The smallest positive root q = r^2 of 1 + 3 k1 q + 5 k2 q^2.
    roots = np.roots([5 * k2, 3 * k1, 1.0]) if k2 else np.array([-1 / (3 * k1)]) if k1 else np.array([])
    real = np.real(roots[np.abs(np.imag(roots)) < 1e-12])
    return float(np.sqrt(min((q for q in real if q > 0), default=np.inf)))


def widest(distortion: Distortion) -> float:
    """The largest radius that is drawn at; inf if there is none."""
    k1, k2 = distortion
    q = reach(distortion) ** 2
    return float(np.sqrt(q) * (1 + q * (k1 + q * k2))) if np.isfinite(q) else np.inf
