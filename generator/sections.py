"""What the configurations of all kinds are made of: ranges, shared sections, and the keys that every preset has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator


def ordered(pair: tuple[float, float]) -> tuple[float, float]:
    if pair[0] > pair[1]:
        raise ValueError(f"a range needs its lower end first, got {list(pair)}")
    return pair


Range = Annotated[tuple[float, float], AfterValidator(ordered)]
PositiveRange = Annotated[tuple[Annotated[float, Field(gt=0)], Annotated[float, Field(gt=0)]], AfterValidator(ordered)]
CountRange = Annotated[
    tuple[Annotated[int, Field(ge=0, le=60)], Annotated[int, Field(ge=0, le=60)]], AfterValidator(ordered)
]
Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0)]


class Section(BaseModel):
    """Unknown keys, silent conversions and numbers without end are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class FolderChoice(Section):
    """User files to mix with the procedural ones.

    Attributes:
        holds: the kind of asset that is in there.
        folder: where they are; null for none.
        share: how often a scene takes one of them, where its split has any.
    """

    holds: ClassVar[Literal["hdri", "trajectory", "motion", "painting"]]
    folder: Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())] | None = None
    share: Share = 1.0


class EnvironmentChoice(FolderChoice):
    """Attributes:
    dome: how often a scene with an environment file takes place on the file's own ground, instead of only under
        its sky.
    """

    holds = "hdri"
    dome: Share = 0.5


class TrajectoryChoice(FolderChoice):
    """Camera paths."""

    holds = "trajectory"


class MotionChoice(FolderChoice):
    """Recorded motions."""

    holds = "motion"


def _manifest_name(name: str) -> str:
    """A shipped manifest keeps its name; a file is known by its absolute path, wherever the run is rendered from."""
    path = Path(name).expanduser()
    return str(path.absolute()) if path.suffix in (".yaml", ".yml") else name


class Manifests(Section):
    """Assets of other people, by manifest (docs/assets.md).

    Attributes:
        manifests: names of shipped manifests, or manifest files.
        licences: licences that are allowed beside the free ones.
    """

    manifests: tuple[Annotated[str, AfterValidator(_manifest_name)], ...]
    licences: tuple[str, ...]


class AssetChoice(Manifests):
    """Attributes:
    share: how often a person, a thing, a place, a floor or a wall is one of theirs instead of a procedural one, where
        its split has any that fits.
    """

    share: Share


class RenderConfig(Section):
    samples: Annotated[int, Field(ge=1, le=65536)]
    denoise: bool
    prefilter: Literal["auto", "none", "fast", "accurate"]
    adaptive_threshold: Annotated[float, Field(ge=0, lt=1)]
    bounces: Annotated[int, Field(ge=0, le=64)]
    filter_width_px: Annotated[float, Field(ge=0.01, le=10)]
    light_tree: bool
    fast_gi: bool
    device: Literal["cpu", "optix", "cuda", "hip", "metal", "oneapi"]


class Encoding(Section):
    """Attributes:
    linear: also store the pictures as linear radiance, in half floats.
    """

    linear: Literal["exr"] | None = None


class FlowEncoding(Encoding):
    flow: Literal["png", "npz"]


class Shards(Section):
    scenes: Annotated[int, Field(ge=1)]


class Draws(Section):
    """What a scene must show, or it is drawn again; each kind adds its own.

    Attributes:
        attempts: draws before a scene is given up.
    """

    attempts: Annotated[int, Field(ge=1, le=1000)]


class Config(Section):
    """What the presets of every kind have. The table of kinds is in `viewlock.generator.kinds`."""

    kind: str
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    scenes: Annotated[int, Field(ge=1, le=1_000_000)]
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    size: tuple[Annotated[int, Field(ge=32, le=16384)], Annotated[int, Field(ge=32, le=16384)]]
    splits: dict[Literal["train", "val", "test"], Weight]
    assets: AssetChoice
    accept: Draws
    render: RenderConfig
    shards: Shards

    @model_validator(mode="after")
    def _some_split(self) -> Self:
        if sum(self.splits.values()) <= 0:
            raise ValueError("splits: at least one weight must be positive")
        return self

    @property
    def diagonal_px(self) -> float:
        return float((self.size[0] ** 2 + self.size[1] ** 2) ** 0.5)

    @property
    def flow_form(self) -> Literal["png", "npz"]:
        """How flow is stored, for the kinds that have any."""
        encoding = getattr(self, "encoding", None)
        return encoding.flow if isinstance(encoding, FlowEncoding) else "png"

    @property
    def folders(self) -> dict[str, FolderChoice]:
        """The sections that name folders of user files, by key."""
        return {name: value for name, value in self if isinstance(value, FolderChoice)}
