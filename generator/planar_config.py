"""The configuration of the `planar` kind."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from .degradations import OFF, Degrade
from .optics import HandheldOptics, check_lens
from .planar_spec import SENSOR_MM
from .sections import (
    Config,
    CountRange,
    Draws,
    Encoding,
    FolderChoice,
    Manifests,
    PositiveRange,
    Range,
    Section,
    Share,
    ordered,
)

STYLES = ("abstract", "brushwork", "geometric", "landscape", "portrait", "sea", "still-life", "town")
"""Of embedded paintings: `painting/<style>`."""

LAMPS = ("point", "spot", "area")
SHAPES = ("cone", "sphere", "cylinder", "torus", "cube", "pyramid", "disc", "rod", "ring", "rock")
MATERIALS = ("diffuse", "glossy", "transparent", "refractive", "glass")

ShareRange = Annotated[tuple[Share, Share], AfterValidator(ordered)]
Angle = Annotated[float, Field(ge=0, le=80)]


class PaintingChoice(FolderChoice):
    """Attributes:
    styles: embedded ones to draw from.
    aspect: width over height of embedded ones, and bounds beyond which a file's picture is cropped.
    frame: how often a picture hangs in a frame.
    """

    holds = "painting"
    styles: tuple[Literal[STYLES], ...] = Field(min_length=1)  # type: ignore[valid-type]
    aspect: PositiveRange
    frame: Share


class SurfaceRanges(Section):
    """The picture's surface, which is the same in all views of a scene.

    Attributes:
        roughness: of the paint.
        varnish: how often there is a coat of varnish over it.
        varnish_roughness: of that coat.
        relief_mm: depth of the relief of brush strokes, which bends highlights and moves no pixel.
    """

    roughness: ShareRange
    varnish: Share
    varnish_roughness: ShareRange
    relief_mm: Annotated[tuple[Annotated[float, Field(ge=0, le=20)], Annotated[float, Field(ge=0, le=20)]],
                         AfterValidator(ordered)]  # fmt: skip


class Moves(Section):
    """How the cameras of misaligned views stand.

    Attributes:
        distance: in units of that from which the picture just fits.
        tilt_deg: between the line from the picture to the camera and the picture's normal.
        roll_deg: about the optical axis, to either side.
        aim: how far off the middle the camera looks, in parts of half the picture.
        overlap: share of the label's pixels that a view has in frame.
        coverage: least share of a view's pixels that fall on the picture.
    """

    distance: PositiveRange
    tilt_deg: Annotated[tuple[Angle, Angle], AfterValidator(ordered)]
    roll_deg: Annotated[float, Field(ge=0, le=180)]
    aim: Annotated[float, Field(ge=0, le=1)]
    overlap: ShareRange
    coverage: Share


class PlanarCamera(Section):
    """Attributes:
    focal_mm: for a sensor that is 36 mm wide.
    moves: of all views but the first; null keeps every view where the label's camera is.
    """

    focal_mm: PositiveRange
    moves: Moves | None


class PlanarLight(Section):
    """Each view has its own light.

    Attributes:
        lamps: how many.
        kinds: of lamps.
        distance_m: from the middle of a picture of 1 m^2.
        angle_deg: from the picture's normal.
        strength: of each lamp where it is aimed, relative to the others.
        size_m: radius of point and spot lamps, side of area lamps.
        cone_deg: full angle of spots.
        saturation: of the colour of light, whose hue is any.
        ambient: light from all around, relative to that of all lamps together.
        exposure_ev: brightness of a view's visible picture, relative to the label's.
    """

    lamps: CountRange
    kinds: tuple[Literal[LAMPS], ...] = Field(min_length=1)  # type: ignore[valid-type]
    distance_m: PositiveRange
    angle_deg: Annotated[tuple[Angle, Angle], AfterValidator(ordered)]
    strength: PositiveRange
    size_m: PositiveRange
    cone_deg: Annotated[
        tuple[Annotated[float, Field(ge=5, le=170)], Annotated[float, Field(ge=5, le=170)]], AfterValidator(ordered)
    ]
    saturation: ShareRange
    ambient: PositiveRange
    exposure_ev: Range

    @model_validator(mode="after")
    def _some_lamp(self) -> PlanarLight:
        if self.lamps[0] < 1:
            raise ValueError("light.lamps: a view needs at least one lamp")
        return self


class PlanarOccluders(Section):
    """Attributes:
    visible: how many stand between picture and camera.
    shadow_only: how many stand in the light only; no camera sees them.
    shapes, materials: to draw from.
    size: across, in parts of the picture's mean side as the camera (or lamp) sees them.
    """

    visible: CountRange
    shadow_only: CountRange
    shapes: tuple[Literal[SHAPES], ...] = Field(min_length=1)  # type: ignore[valid-type]
    materials: tuple[Literal[MATERIALS], ...] = Field(min_length=1)  # type: ignore[valid-type]
    size: PositiveRange


class MaskRanges(Section):
    """Attributes:
    shadow: share of the light on a point that occluders must hold back, or it is no shadow.
    highlight: what lamps must add by mirror-like reflection to the exposed linear luminance, white being 1.
    """

    shadow: Annotated[float, Field(gt=0, lt=1)]
    highlight: Annotated[float, Field(gt=0)]


class PlanarAcceptance(Draws):
    """Attributes:
    visible: least share of a view's pixels on the picture that no occluder hides.
    """

    visible: Share


class PlanarConfig(Config):
    """The `planar` kind: views of a picture under lamps, shadows, highlights and occluders (DIAR, SIDAR).

    Attributes:
        views: distorted images in a sequence. The first is from the label's camera, and the others, too, unless
            `camera.moves` says how they move.
    """

    kind: Literal["planar"]
    views: Annotated[int, Field(ge=1, le=100)]
    assets: Manifests
    paintings: PaintingChoice
    surface: SurfaceRanges
    camera: PlanarCamera
    optics: HandheldOptics = HandheldOptics()
    light: PlanarLight
    occluders: PlanarOccluders
    masks: MaskRanges
    degrade: Degrade = OFF
    encoding: Encoding = Encoding()
    accept: PlanarAcceptance

    @model_validator(mode="after")
    def _drawable(self) -> PlanarConfig:
        if self.camera.moves is None and self.optics.distortion.on:
            raise ValueError(
                "optics.distortion: aligned views have the label's lens; give camera.moves, or leave it out"
            )
        if self.optics.rolling_shutter_s is not None:
            raise ValueError(
                "optics.rolling_shutter_s: rows of different moments have no homography in common, which is the truth "
                "of this kind; leave it out, or use the kind parallax, whose truth is flow"
            )
        if self.camera.moves is None and self.optics.shutter_s is not None:
            raise ValueError(
                "optics.shutter_s: a camera that shakes is not aligned with the label; give camera.moves, or leave it "
                "out"
            )
        # An upright picture lies on the sensor's short side.
        check_lens(self.optics, self.render, self.camera.focal_mm[0], SENSOR_MM, max(self.size) / min(self.size))
        return self
