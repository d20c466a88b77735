"""Intervals for averages over samples, by resampling scenes.

The pairs of one scene share its place, people, light and often its camera run, so their errors are alike. Resampling
pairs as if they were independent gives intervals that are too narrow, by about the square root of the number of alike
pairs a scene; whole scenes are what was drawn independently, so whole scenes are drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

DRAWS = 2000
LEVEL = 0.95
FEWEST = 5
"""Scenes below which there is no interval: so few say next to nothing about how scenes differ."""


def cluster_bootstrap(
    values: ArrayLike,
    clusters: Sequence[object],
    groups: Sequence[object] | None = None,
    *,
    seed: int = 0,
    draws: int = DRAWS,
    level: float = LEVEL,
    after: Callable[[NDArray[np.float64]], NDArray[np.float64]] | None = None,
) -> tuple[float, float] | None:
    """Percentile interval of a mean, or of the mean of the groups' means.

    Args:
        values: (N,) one number a sample.
        clusters: N names; samples of one name are drawn together. The order of samples does not matter.
        groups: N names; each group's mean counts alike, however many samples it has. One group by default. A group of
            which a draw has no sample is left out of that draw.
        after: a function of the mean, such as from squared error to dB.

    Returns:
        The ends of the interval, or None if there are fewer than `FEWEST` clusters.
    """
    numbers = np.asarray(values, float)
    row, names = _numbered(clusters)
    if names < FEWEST:
        return None
    column, kinds = _numbered(groups if groups is not None else [None] * len(row))
    sums, sizes = np.zeros((2, names, kinds))
    # Added in the order of values, so that the order of samples does not change the last digits.
    order = np.lexsort((numbers, column, row))
    np.add.at(sums, (row[order], column[order]), numbers[order])
    np.add.at(sizes, (row, column), 1)
    often = np.random.default_rng(seed).multinomial(names, np.full(names, 1 / names), size=draws)
    counts = often @ sizes
    with np.errstate(invalid="ignore"):
        means = np.where(counts > 0, often @ sums / counts, np.nan)
    averages = np.nanmean(means if after is None else after(means), axis=1)
    tail = (1 - level) / 2
    low, high = np.quantile(averages, [tail, 1 - tail])
    return float(low), float(high)


def _numbered(names: Sequence[object]) -> tuple[NDArray[np.int64], int]:
    """Numbers instead of names, in the order of the names as text, and how many names there are."""
    order = {name: number for number, name in enumerate(sorted(set(names), key=str))}
    return np.array([order[name] for name in names], np.int64), len(order)
