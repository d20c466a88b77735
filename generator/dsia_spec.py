"""The scene spec of the `dsia` kind."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from viewlock.degrade import Degradation
from viewlock.lens import Distortion

from .spec import Frozen, StagedSpec, Trajectory, Vector, absent

Subset = Literal["LcLf", "LcSf", "ScLf", "ScSf"]
SUBSETS: tuple[Subset, ...] = ("LcLf", "LcSf", "ScLf", "ScSf")


class Optics(Frozen):
    """Lens and shutter of a sequence's camera.

    Attributes:
        distortion: k1 and k2 of `viewlock.lens`.
        f_number: None for a pinhole.
        focus_m: of each frame; empty for a pinhole.
        shutter_s: how long each row is exposed; 0 for a moment.
        rolling_shutter_s: from the first row to the last; 0 for all at once.
    """

    distortion: Distortion
    f_number: float | None
    focus_m: tuple[float, ...]
    shutter_s: float
    rolling_shutter_s: float

    @property
    def blurs(self) -> bool:
        """Whether pictures are blurred by motion or out of focus."""
        return self.f_number is not None or self.shutter_s > 0


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
        optics: None for a pinhole that takes in one moment.
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
    optics: Annotated[Optics | None, Field(exclude_if=absent)] = None
    degradations: Annotated[tuple[Degradation, ...], Field(exclude_if=lambda drawn: not drawn)] = ()

    @property
    def blurs(self) -> bool:
        """Whether its photographs are less sharp than Igt."""
        return self.optics is not None and self.optics.blurs

    @property
    def pictures(self) -> int:
        """How many are rendered: (P_k, t_k), (P_k, t_k+1) and, where photographs are blurred, a sharp (P_k, t_k)."""
        return (3 if self.blurs else 2) * (len(self.frame_times_s) - 1) + 1


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

    @property
    def readouts(self) -> list[tuple[float, float]]:
        found = {(t, s.optics.rolling_shutter_s) for s in self.sequences if s.optics for t in s.frame_times_s}
        return sorted((t, readout_s) for t, readout_s in found if readout_s > 0)
