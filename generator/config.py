"""Presets: YAML files of ranges, checked by pydantic, with overrides from the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from viewlock import settings
from viewlock.config_mistakes import explain
from viewlock.errors import ConfigError

from .lights import INDOOR, OUTDOOR

MOODS = (*OUTDOOR, *INDOOR)

PRESET_FOLDER = Path(__file__).parent / "presets"

FLOW_FIELDS = ("flow_1to2", "flow_gtto2", "flow_1togt", "flow_2to1", "flow_2togt", "flow_gtto1")


def _ordered(pair: tuple[float, float]) -> tuple[float, float]:
    if pair[0] > pair[1]:
        raise ValueError(f"a range needs its lower end first, got {list(pair)}")
    return pair


Range = Annotated[tuple[float, float], AfterValidator(_ordered)]
PositiveRange = Annotated[tuple[Annotated[float, Field(gt=0)], Annotated[float, Field(gt=0)]], AfterValidator(_ordered)]
CountRange = Annotated[
    tuple[Annotated[int, Field(ge=0, le=60)], Annotated[int, Field(ge=0, le=60)]], AfterValidator(_ordered)
]
Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0)]


class Section(BaseModel):
    """Unknown keys, silent conversions and numbers without end are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class FolderChoice(Section):
    """User files to mix with the procedural ones.

    Attributes:
        folder: where they are; null for none.
        share: how often a scene takes one of them, where its split has any.
    """

    folder: Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())] | None = None
    share: Share = 1.0


class EnvironmentChoice(FolderChoice):
    """Attributes:
    dome: how often a scene with an environment file takes place on the file's own ground, instead of only under
        its sky.
    """

    dome: Share = 0.5


def _manifest_name(name: str) -> str:
    """A shipped manifest keeps its name; a file is known by its absolute path, wherever the run is rendered from."""
    path = Path(name).expanduser()
    return str(path.absolute()) if path.suffix in (".yaml", ".yml") else name


class AssetChoice(Section):
    """Assets of other people, by manifest (docs/assets.md).

    Attributes:
        manifests: names of shipped manifests, or manifest files.
        licences: licences that are allowed beside the free ones.
        share: how often a person or thing is one of theirs instead of a procedural one, where its split has any.
    """

    manifests: tuple[Annotated[str, AfterValidator(_manifest_name)], ...]
    licences: tuple[str, ...]
    share: Share


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


class Acceptance(Section):
    """What every pair of a scene must show, or the scene is drawn again.

    Attributes:
        dynamic_fraction: share of P1's pixels on moving objects (t1 or t2).
        static_fraction: least share of P1's pixels that are static at both times.
        overlap: least share of P1's pixels in frame in P2.
        clearance_m: least distance from a camera to any surface.
        attempts: draws before a scene is given up.
    """

    dynamic_fraction: Annotated[tuple[Share, Share], AfterValidator(_ordered)]
    static_fraction: Share
    overlap: Share
    clearance_m: Annotated[float, Field(ge=0)]
    attempts: Annotated[int, Field(ge=1, le=1000)]


class LightRanges(Section):
    """Attributes:
    moods: the moods of light to draw from.
    change: weights of how much the light changes between frames.
    relit_ratio: radiance ratio beyond which a static pixel counts as relit.
    """

    moods: tuple[Literal[MOODS], ...] = Field(min_length=1)  # type: ignore[valid-type]
    change: dict[Literal["none", "weak", "medium", "strong"], Weight]
    relit_ratio: Annotated[float, Field(gt=1)]

    @model_validator(mode="after")
    def _some_weight(self) -> LightRanges:
        if sum(self.change.values()) <= 0:
            raise ValueError("at least one weight of change must be positive")
        return self


class RenderConfig(Section):
    samples: Annotated[int, Field(ge=1, le=65536)]
    denoise: bool
    prefilter: Literal["none", "fast", "accurate"]
    adaptive_threshold: Annotated[float, Field(ge=0, lt=1)]
    bounces: Annotated[int, Field(ge=0, le=64)]
    filter_width_px: Annotated[float, Field(ge=0.01, le=10)]
    light_tree: bool
    fast_gi: bool
    device: Literal["cpu", "optix", "cuda", "hip", "metal", "oneapi"]


class FieldChoice(Section):
    flows: tuple[Literal[FLOW_FIELDS], ...]  # type: ignore[valid-type]
    depth: bool

    @model_validator(mode="after")
    def _required_flows(self) -> FieldChoice:
        missing = [name for name in FLOW_FIELDS[:3] if name not in self.flows]
        if missing:
            raise ValueError(f"flows must contain {', '.join(FLOW_FIELDS[:3])}; missing {', '.join(missing)}")
        return self


class Encoding(Section):
    flow: Literal["png", "npz"]


class Shards(Section):
    scenes: Annotated[int, Field(ge=1)]


class DsiaConfig(Section):
    """The `dsia` kind: triples of scenes with moving people, things, lights and cameras (DMAligner)."""

    kind: Literal["dsia"]
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    scenes: Annotated[int, Field(ge=1, le=1_000_000)]
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    size: tuple[Annotated[int, Field(ge=32, le=16384)], Annotated[int, Field(ge=32, le=16384)]]
    splits: dict[Literal["train", "val", "test"], Weight]
    sequences: Annotated[int, Field(ge=1, le=100)]
    frames: Annotated[int, Field(ge=2, le=1000)]
    indoor: Share
    people: CountRange
    objects: CountRange
    moving_objects: CountRange
    occluders: CountRange
    camera: CameraRanges
    assets: AssetChoice
    environments: EnvironmentChoice
    trajectories: FolderChoice
    motions: FolderChoice
    light: LightRanges
    subset: SubsetRanges
    accept: Acceptance
    render: RenderConfig
    fields: FieldChoice
    encoding: Encoding
    shards: Shards

    @model_validator(mode="after")
    def _consistent(self) -> DsiaConfig:
        if sum(self.splits.values()) <= 0:
            raise ValueError("splits: at least one weight must be positive")
        if self.people[1] + self.moving_objects[1] == 0:
            raise ValueError("people, moving_objects: nothing could ever move; raise one of their upper ends")
        for moods, place, asked in ((INDOOR, "indoor", self.indoor > 0), (OUTDOOR, "outdoor", self.indoor < 1)):
            if asked and not set(moods) & set(self.light.moods):
                raise ValueError(f"light.moods: nothing for {place} scenes; add one of {', '.join(moods)}")
        return self

    @property
    def diagonal_px(self) -> float:
        return float((self.size[0] ** 2 + self.size[1] ** 2) ** 0.5)


def preset_names() -> list[str]:
    return settings.preset_names(PRESET_FOLDER)


def load_config(preset: str, overrides: Mapping[str, Any] | None = None) -> DsiaConfig:
    """A checked configuration.

    Args:
        preset: a preset's name, or the path of a YAML file. A file may start from a preset with `preset: NAME`.
        overrides: dotted keys and their values, as from `--set`.

    Raises:
        ConfigError: anything in it is wrong; the message names the key, what is allowed and the nearest spelling.
    """
    return check_config(settings.read_preset(PRESET_FOLDER, preset, overrides), preset)


def check_config(values: Mapping[str, Any], where: str) -> DsiaConfig:
    """Validate a configuration given as plain data; `where` names it in errors.

    Raises:
        ConfigError: anything in it is wrong.
    """
    try:
        # As JSON, because only there a list is a tuple and every key a text.
        return DsiaConfig.model_validate_json(json.dumps(values, default=str))
    except ValidationError as problems:
        raise ConfigError(f"{where}: {explain(problems, DsiaConfig)}") from None


def to_plain(config: DsiaConfig) -> dict[str, Any]:
    """The configuration as plain data for YAML and JSON."""
    return config.model_dump(mode="json")
