"""The configuration of the `parallax` kind."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from .optics import HandheldOptics, check_lens
from .parallax_spec import DIFFICULTIES
from .sections import CountRange, Draws, FlowEncoding, PositiveRange, Section, Share, ordered
from .staged_config import StagedConfig

ShareRange = Annotated[tuple[Share, Share], AfterValidator(ordered)]


class StillCameraRanges(Section):
    focal_mm: PositiveRange
    sensor_width_mm: Annotated[float, Field(gt=0)]
    height_m: PositiveRange


class DifficultyRange(Section):
    """What pairs of a difficulty aim at.

    Attributes:
        parallax_px: median residual after the best homography, in pixels of a picture 512 wide.
        overlap: share of each picture that is in frame in the other one.
    """

    parallax_px: PositiveRange
    overlap: ShareRange


class Difficulty(Section):
    """Attributes:
    thresholds_px: parallax beyond which a pair is moderate, and hard.
    """

    thresholds_px: PositiveRange
    easy: DifficultyRange
    moderate: DifficultyRange
    hard: DifficultyRange

    @model_validator(mode="after")
    def _within(self) -> Difficulty:
        low, high = self.thresholds_px
        for name, (lowest, highest) in zip(DIFFICULTIES, ((0.0, low), (low, high), (high, float("inf"))), strict=True):
            aim = self.of(name).parallax_px
            if not lowest <= aim[0] <= aim[1] <= highest:
                raise ValueError(
                    f"{name}.parallax_px: expected a range within {lowest:g} to {highest:g}, as thresholds_px says, "
                    f"got {list(aim)}"
                )
        return self

    def of(self, name: str) -> DifficultyRange:
        return {"easy": self.easy, "moderate": self.moderate, "hard": self.hard}[name]

    def label(self, parallax_px: float) -> str:
        """The difficulty of a pair."""
        return DIFFICULTIES[sum(parallax_px > threshold for threshold in self.thresholds_px)]


class PairAcceptance(Draws):
    """What every pair of a scene must show, or the scene is drawn again.

    Attributes:
        sky: largest share of a picture that is sky.
        clearance_m: least distance from a camera to any surface.
    """

    sky: Share
    clearance_m: Annotated[float, Field(ge=0)]


class PairFields(Section):
    depth: bool


class ParallaxConfig(StagedConfig):
    """The `parallax` kind: two views of a scene in which nothing moves (UDIS-D).

    Attributes:
        pairs: of a scene.
        near: things close to a camera.
    """

    kind: Literal["parallax"]
    pairs: Annotated[int, Field(ge=1, le=100)]
    people: CountRange
    objects: CountRange
    near: CountRange
    camera: StillCameraRanges
    optics: HandheldOptics = HandheldOptics()
    difficulty: Difficulty
    accept: PairAcceptance
    fields: PairFields
    encoding: FlowEncoding

    @model_validator(mode="after")
    def _drawable(self) -> ParallaxConfig:
        if self.optics.f_number is not None and self.optics.focus_m is None:
            raise ValueError("optics.f_number: nothing here moves to focus on; give focus_m, too, for example [2, 6]")
        self._check_shake()
        ranges, (width, height) = self.camera, self.size
        check_lens(self.optics, self.render, ranges.focal_mm[0], ranges.sensor_width_mm, height / width)
        return self

    def _check_shake(self) -> None:
        """A camera is kept clear of surfaces where it is in the middle of an exposure."""
        optics, free_m = self.optics, self.accept.clearance_m
        longest_s = sum(ends[1] for ends in (optics.shutter_s, optics.rolling_shutter_s) if ends is not None)
        way_m = optics.shake.speed_mps[1] * longest_s / 2
        if way_m > free_m:
            raise ValueError(
                f"optics.shake.speed_mps: half an exposure takes a camera {way_m:g} m away, and only "
                f"accept.clearance_m = {free_m:g} m are kept free; lower it, or the times of the shutter"
            )
