"""The scene spec: everything random about one scene, decided, as data; what the kinds have in common.

A `SceneSpec` is one line of `plan.jsonl`. Building and rendering it needs no further decision. All lengths are
metres, times seconds on the scene's own clock, angles radians, quaternions (w, x, y, z). Files are named by asset id
and sha256, never by path.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
)

from viewlock.geometry import Camera, intrinsics, quaternion_from_rotation, rotation_from_quaternion, slerp
from viewlock.lens import Distortion

from .asset_ref import AssetRef
from .coverings import Covering
from .motions import CharacterMotion
from .recordings import RecordedMotion
from .rigid_motion import RigidMotion

SCHEMA = 1

Vector = tuple[float, float, float]
Split = Literal["train", "val", "test"]
SPLITS: tuple[Split, ...] = ("train", "val", "test")


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Track(Frozen):
    """A quantity that changes over time: straight between its keys, constant beyond them."""

    times_s: tuple[float, ...]
    values: tuple[tuple[float, ...], ...]

    @classmethod
    def constant(cls, *value: float) -> Track:
        return cls(times_s=(0.0,), values=(value,))

    def at(self, time_s: float) -> NDArray[np.float64]:
        columns = np.array(self.values, float)
        return np.array([np.interp(time_s, self.times_s, column) for column in columns.T])


class Trajectory(Frozen):
    """Camera poses over time; `asset` names the file they were taken from, if any."""

    kind: str
    asset: AssetRef | None = None
    times_s: tuple[float, ...]
    positions: tuple[Vector, ...]
    quaternions: tuple[tuple[float, float, float, float], ...]

    def cam_to_world(self, time_s: float) -> NDArray[np.float64]:
        """(4, 4) pose: positions straight, orientations along the arc between keys."""
        k = int(np.clip(np.searchsorted(self.times_s, time_s, side="right") - 1, 0, max(len(self.times_s) - 2, 0)))
        nxt = min(k + 1, len(self.times_s) - 1)
        span = self.times_s[nxt] - self.times_s[k]
        share = float(np.clip((time_s - self.times_s[k]) / span, 0, 1)) if span > 0 else 0.0
        pose = np.eye(4)
        pose[:3, 3] = (1 - share) * np.array(self.positions[k]) + share * np.array(self.positions[nxt])
        a, b = np.array(self.quaternions[k]), np.array(self.quaternions[nxt])
        pose[:3, :3] = rotation_from_quaternion(slerp(a, b, share))
        return pose


def absent(value: object) -> bool:
    """Whether a field is left out when written, so that a spec in which an option is off is what it was without it."""
    return value is None


class Lens(Frozen):
    """Attributes:
    distortion: k1 and k2 of `viewlock.lens`.
    f_number: None for a pinhole, which has no `focus_m` either.
    """

    distortion: Distortion
    f_number: float | None = None
    focus_m: float | None = None


class Shutter(Frozen):
    """How long a picture takes, and how the camera moves meanwhile.

    Attributes:
        shutter_s: how long each row is exposed; 0 for a moment.
        rolling_shutter_s: from the first row to the last; 0 for all at once.
        velocity: m/s in the world.
        turning: rotation vector in the world, radians a second.
    """

    shutter_s: float
    rolling_shutter_s: float
    velocity: Vector
    turning: Vector


class StillCamera(Frozen):
    """One camera of a still scene; without a lens it is a pinhole, and without a shutter it takes in one moment."""

    position: Vector
    quaternion: tuple[float, float, float, float]
    focal_mm: float
    sensor_width_mm: float
    lens: Annotated[Lens | None, Field(exclude_if=absent)] = None
    shutter: Annotated[Shutter | None, Field(exclude_if=absent)] = None

    @classmethod
    def of(
        cls,
        cam_to_world: NDArray[np.float64],
        focal_mm: float,
        sensor_width_mm: float,
        lens: Lens | None = None,
        shutter: Shutter | None = None,
    ) -> StillCamera:
        x, y, z = map(float, cam_to_world[:3, 3])
        turn = quaternion_from_rotation(cam_to_world[:3, :3]).tolist()
        return cls(
            position=(x, y, z), quaternion=turn, focal_mm=focal_mm, sensor_width_mm=sensor_width_mm, lens=lens,
            shutter=shutter,
        )  # fmt: skip

    def camera(self, size: tuple[int, int]) -> Camera:
        """With `size` = (width, height) pixels."""
        pose = np.eye(4)
        pose[:3, :3], pose[:3, 3] = rotation_from_quaternion(self.quaternion), self.position
        plain = Camera(*size, intrinsics(*size, self.focal_mm, self.sensor_width_mm), pose)
        return equipped(plain, self.lens, self.shutter)


def equipped(pinhole: Camera, lens: Lens | None, shutter: Shutter | None) -> Camera:
    """A camera with the distortion of a lens, and with rows that are read and a pose that moves as a shutter says."""
    if lens is not None:
        pinhole = replace(pinhole, distortion=lens.distortion)
    if shutter is None:
        return pinhole
    readout_s, velocity, turning = shutter.rolling_shutter_s, shutter.velocity, shutter.turning
    return replace(pinhole, readout_s=readout_s, velocity=velocity, turning=turning)


class Place(Frozen):
    """Floor, walls and scenery. `planes` are its large planes, their object index, unit normal and offset
    (normal . x = offset); `coverings` are texture sets of other people on some of its parts."""

    asset: AssetRef
    params: dict[str, float | int | str]
    index: int
    planes: tuple[Plane, ...]
    coverings: tuple[Covering, ...] = ()


class Plane(Frozen):
    name: str
    index: int
    normal: Vector
    offset: float


class Thing(Frozen):
    """A rigid object, moving or still."""

    index: int
    asset: AssetRef
    category: str
    role: Literal["object", "occluder"]
    scale: float
    motion: RigidMotion


class Person(Frozen):
    index: int
    asset: AssetRef
    motion: Annotated[CharacterMotion | RecordedMotion, Field(discriminator="gait")]


class Light(Frozen):
    """A lamp. `power` is W/m^2 for a sun and W for the others; a sun uses only the direction of
    `target` - `position`.

    Attributes:
        size_m: radius or width; of a sun the angle it spans, in radians.
        cone_rad: full angle of a spot's cone; 0 for the others.
    """

    name: str
    kind: Literal["sun", "area", "point", "spot"]
    position: Track
    target: Track
    power: Track
    colour: Track
    size_m: Track
    cone_rad: float = 0.0


class World(Frozen):
    """What surrounds everything: a painted sky with these parameters, or an environment file.

    Attributes:
        strength: multiplies the picture's radiance; a painted sky lights level ground with 1 W/m^2 before.
        turn: rotation about the vertical axis.
    """

    asset: AssetRef
    params: dict[str, float | int]
    strength: Track
    turn: float


class SceneSpec(Frozen):
    """What the specs of every kind have; see the module's docstring. The table of kinds is in
    `viewlock.generator.kinds`.

    Attributes:
        schema_version: written as `schema`, a name that a pydantic model cannot have.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)

    schema_version: Annotated[Literal[1], BeforeValidator(int)] = Field(SCHEMA, alias="schema")
    kind: str
    scene_id: int
    attempt: int
    seed: int
    split: Split

    @property
    def assets(self) -> list[AssetRef]:
        """Every asset of the scene, sorted by id, once each."""
        return sorted({asset.id: asset for asset in _assets_in(self)}.values(), key=lambda asset: asset.id)


class StagedSpec(SceneSpec):
    """A scene that takes place somewhere, with people and things in it.

    Attributes:
        glow: multiplies what lamps and lit windows of the place give off.
    """

    light_mood: str
    place: Place
    people: tuple[Person, ...]
    things: tuple[Thing, ...]
    lights: tuple[Light, ...]
    glow: Track
    world: World

    @property
    def frame_times(self) -> list[float]:
        """Every moment at which something is rendered, sorted, once each; one alone where nothing moves."""
        return [0.0]

    @property
    def readouts(self) -> list[tuple[float, float]]:
        """The frame times about which rows are read one after the other, and for how many seconds."""
        return []


def _assets_in(value: Any) -> Iterator[AssetRef]:
    if isinstance(value, AssetRef):
        yield value
    elif isinstance(value, BaseModel):
        for _, inner in value:
            yield from _assets_in(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _assets_in(inner)


Place.model_rebuild()
