"""The scene spec of the `rigid` kind."""

from __future__ import annotations

from typing import Literal

from viewlock.degrade import Degradation

from .spec import Frozen, StagedSpec, StillCamera


class TurnedFrame(Frozen):
    """One frame of a video, and how it is turned.

    Attributes:
        camera: of the fixed picture; that of the moved one is rolled about its optical axis.
        theta_deg: how far the moved picture's content is turned counter-clockwise.
        noise_seeds: Cycles seeds of the fixed and the moved picture.
        degradations: of the fixed and the moved picture.
    """

    camera: StillCamera
    theta_deg: float
    noise_seeds: tuple[int, int]
    degradations: tuple[Degradation, Degradation]


class RigidSpec(StagedSpec):
    """A video of an object that stands still.

    Attributes:
        group: of the object.
        object_index: of the object among the scene's.
        exposure_ev: of all pictures, relative to the metered one, in the middle of the video.
    """

    kind: Literal["rigid"]
    group: str
    object_index: int
    exposure_ev: float
    frames: tuple[TurnedFrame, ...]
