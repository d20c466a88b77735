"""The configuration of the `rigid` kind."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from .degradations import Degrade
from .optics import OpticsRanges, check_lens
from .sections import CountRange, Draws, Encoding, PositiveRange, Range, Section, Share
from .staged_config import StagedConfig


class FilmRanges(Section):
    """How an object is filmed.

    Attributes:
        fill: diameter of the ball about the object, as a share of the picture's smaller side.
        elevation_deg: of the camera above the object's middle.
        sweep_deg: how far the camera goes around the object in a video.
        roll_deg: standard deviation of how crooked a video is held.
    """

    focal_mm: PositiveRange
    sensor_width_mm: Annotated[float, Field(gt=0)]
    fill: PositiveRange
    elevation_deg: Range
    sweep_deg: Range
    roll_deg: Annotated[float, Field(ge=0, le=45)]


class VideoAcceptance(Draws):
    """What a video must show, or its scene is drawn again.

    Attributes:
        visible: least share of a frame that the object covers.
        clearance_m: least distance from a camera to any surface.
    """

    visible: Share
    clearance_m: Annotated[float, Field(ge=0)]


class RigidConfig(StagedConfig):
    """The `rigid` kind: frames of object videos and their rotated counterparts (CNN rigid alignment on MAR).

    Attributes:
        frames: of a video, each of which makes a pair.
        seconds: that a video lasts; its frames are spread evenly over it.
        groups: group -> categories of the objects in it; scene i films an object of group i modulo their number.
        objects: things that stand around the object.
        theta_deg: range of the angles.
    """

    kind: Literal["rigid"]
    frames: Annotated[int, Field(ge=1, le=100_000)]
    seconds: Annotated[float, Field(gt=0)]
    groups: dict[str, tuple[str, ...]] = Field(min_length=1)
    objects: CountRange
    theta_deg: Range
    film: FilmRanges
    optics: OpticsRanges = OpticsRanges()
    degrade: Degrade
    encoding: Encoding = Encoding()
    accept: VideoAcceptance

    @model_validator(mode="after")
    def _drawable(self) -> RigidConfig:
        ranges, (width, height) = self.film, self.size
        check_lens(self.optics, self.render, ranges.focal_mm[0], ranges.sensor_width_mm, height / width)
        return self
