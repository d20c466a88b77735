"""The scene spec of the `parallax` kind."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from viewlock.degrade import Degradation

from .spec import Frozen, StagedSpec, StillCamera

Difficulty = Literal["easy", "moderate", "hard"]
DIFFICULTIES: tuple[Difficulty, ...] = ("easy", "moderate", "hard")

PARALLAX_WIDTH = 512
"""Parallax is given in pixels of a picture that is this wide, so that it does not depend on the size."""


class ViewPair(Frozen):
    """Two cameras that see the same moment.

    Attributes:
        exposure_ev: of both pictures, relative to the metered one, which is the first.
        noise_seeds: Cycles seeds of the two pictures.
        degradations: of the two pictures; empty where nothing is spoilt.
    """

    cameras: tuple[StillCamera, StillCamera]
    exposure_ev: float
    noise_seeds: tuple[int, int]
    degradations: Annotated[tuple[Degradation, ...], Field(exclude_if=lambda drawn: not drawn)] = ()


class ParallaxSpec(StagedSpec):
    """A scene in which nothing moves, and pairs of cameras in it."""

    kind: Literal["parallax"]
    target_difficulty: Difficulty
    pairs: tuple[ViewPair, ...]
