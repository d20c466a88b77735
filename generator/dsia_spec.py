"""The scene spec of the `dsia` kind."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from viewlock.degrade import Degradation

from .spec import Frozen, StagedSpec, Trajectory, Vector

Subset = Literal["LcLf", "LcSf", "ScLf", "ScSf"]
SUBSETS: tuple[Subset, ...] = ("LcLf", "LcSf", "ScLf", "ScSf")


class Sequence(Frozen):
    """One camera trajectory over one run of frame times: N frames make N - 1 triples.

    Attributes:
        focal_mm: of each frame.
        frame_times_s: t of each frame, increasing.
        meter_frame: the frame whose light is metered.
        exposure_ev: exposure of each frame relative to the metered one.
        white_balance: gains of linear red, green and blue of each frame.
        noise_seeds: Cycles seeds of the N frames (P_k, t_k).
        noise_seeds_gt: Cycles seeds of the N - 1 frames (P_k, t_k+1).
        degradations: of the N frames (P_k, t_k); empty where nothing is spoilt.
    """

    trajectory: Trajectory
    focal_mm: tuple[float, ...]
    sensor_width_mm: float
    frame_times_s: tuple[float, ...]
    meter_frame: int
    exposure_ev: tuple[float, ...]
    white_balance: tuple[Vector, ...]
    noise_seeds: tuple[int, ...]
    noise_seeds_gt: tuple[int, ...]
    degradations: Annotated[tuple[Degradation, ...], Field(exclude_if=lambda drawn: not drawn)] = ()


class DsiaSpec(StagedSpec):
    """A scene with moving people, things, lights and cameras."""

    kind: Literal["dsia"]
    target_subset: Subset
    light_change: str
    light_event: str
    sequences: tuple[Sequence, ...]

    @property
    def frame_times(self) -> list[float]:
        return sorted({t for sequence in self.sequences for t in sequence.frame_times_s})
