"""The configuration of the `dsia` kind."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from .optics import OpticsRanges, check_lens
from .sections import (
    CountRange,
    Draws,
    FlowEncoding,
    MotionChoice,
    PositiveRange,
    Section,
    Share,
    TrajectoryChoice,
    Weight,
    ordered,
)
from .staged_config import Moods, StagedConfig

FLOW_FIELDS = ("flow_1to2", "flow_gtto2", "flow_1togt", "flow_2to1", "flow_2togt", "flow_gtto1")


class PhoneRanges(Section):
    """Cameras that are phones.

    Attributes:
        share: of the sequences.
    """

    share: Share
    focal_mm: PositiveRange
    height_m: PositiveRange


class CameraRanges(Section):
    kinds: tuple[
        Literal["handheld", "walk", "dolly", "truck", "crane", "jump", "orbit", "pan", "zoom", "follow"], ...
    ] = Field(min_length=1)
    focal_mm: PositiveRange
    sensor_width_mm: Annotated[float, Field(gt=0)]
    height_m: PositiveRange
    phone: PhoneRanges


class SubsetRanges(Section):
    """What large and small mean; shares of the image diagonal.

    Attributes:
        camera_threshold, object_threshold: a pair is Lc, Lf when its motion is larger than this.
        camera_small, camera_large: camera motion that a scene aims at.
        gap_small_s, gap_large_s: time between frames of Sf and Lf scenes.
    """

    camera_threshold: Annotated[float, Field(gt=0, lt=1)]
    object_threshold: Annotated[float, Field(gt=0, lt=1)]
    camera_small: PositiveRange
    camera_large: PositiveRange
    gap_small_s: PositiveRange
    gap_large_s: PositiveRange


class Acceptance(Draws):
    """What every pair of a scene must show, or the scene is drawn again.

    Attributes:
        dynamic_fraction: share of P1's pixels on moving objects (t1 or t2).
        static_fraction: least share of P1's pixels that are static at both times.
        overlap: least share of P1's pixels in frame in P2.
        clearance_m: least distance from a camera to any surface.
    """

    dynamic_fraction: Annotated[tuple[Share, Share], AfterValidator(ordered)]
    static_fraction: Share
    overlap: Share
    clearance_m: Annotated[float, Field(ge=0)]


class LightRanges(Moods):
    """Attributes:
    change: weights of how much the light changes between frames.
    relit_ratio: radiance ratio beyond which a static pixel counts as relit.
    """

    change: dict[Literal["none", "weak", "medium", "strong"], Weight]
    relit_ratio: Annotated[float, Field(gt=1)]

    @model_validator(mode="after")
    def _some_weight(self) -> LightRanges:
        if sum(self.change.values()) <= 0:
            raise ValueError("at least one weight of change must be positive")
        return self


class FieldChoice(Section):
    flows: tuple[Literal[FLOW_FIELDS], ...]  # type: ignore[valid-type]
    depth: bool

    @model_validator(mode="after")
    def _required_flows(self) -> FieldChoice:
        missing = [name for name in FLOW_FIELDS[:3] if name not in self.flows]
        if missing:
            raise ValueError(f"flows must contain {', '.join(FLOW_FIELDS[:3])}; missing {', '.join(missing)}")
        return self


class DsiaConfig(StagedConfig):
    """The `dsia` kind: triples of scenes with moving people, things, lights and cameras (DMAligner)."""

    kind: Literal["dsia"]
    sequences: Annotated[int, Field(ge=1, le=100)]
    frames: Annotated[int, Field(ge=2, le=1000)]
    people: CountRange
    objects: CountRange
    moving_objects: CountRange
    occluders: CountRange
    camera: CameraRanges
    optics: OpticsRanges = OpticsRanges()
    trajectories: TrajectoryChoice
    motions: MotionChoice
    light: LightRanges
    subset: SubsetRanges
    accept: Acceptance
    fields: FieldChoice
    encoding: FlowEncoding

    @model_validator(mode="after")
    def _consistent(self) -> DsiaConfig:
        if self.people[1] + self.moving_objects[1] == 0:
            raise ValueError("people, moving_objects: nothing could ever move; raise one of their upper ends")
        shortest = min(self.camera.focal_mm[0], self.camera.phone.focal_mm[0])
        check_lens(self.optics, self.render, shortest, self.camera.sensor_width_mm, self.size[1] / self.size[0])
        return self
