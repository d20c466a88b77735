"""The scene spec: everything random about one scene, decided, as data.

A `SceneSpec` is one line of `plan.jsonl`. Building and rendering it needs no further decision. All lengths are
metres, times seconds on the scene's own clock, angles radians, quaternions (w, x, y, z). Files are named by asset id
and sha256, never by path.
"""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from viewlock.geometry import rotation_from_quaternion, slerp

from .asset_ref import AssetRef
from .motions import CharacterMotion
from .recordings import RecordedMotion
from .rigid_motion import RigidMotion

SCHEMA = 1

Vector = tuple[float, float, float]
Subset = Literal["LcLf", "LcSf", "ScLf", "ScSf"]
SUBSETS: tuple[Subset, ...] = ("LcLf", "LcSf", "ScLf", "ScSf")
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


class Place(Frozen):
    """Floor, walls and scenery. `planes` are its large planes, their object index, unit normal and offset
    (normal . x = offset)."""

    asset: AssetRef
    params: dict[str, float | int | str]
    index: int
    planes: tuple[Plane, ...]


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
    """One scene; see the module's docstring.

    Attributes:
        schema_version: written as `schema`, a name that a pydantic model cannot have.
        glow: multiplies what lamps and lit windows of the place give off.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)

    schema_version: Annotated[Literal[1], BeforeValidator(int)] = Field(SCHEMA, alias="schema")
    kind: Literal["dsia"]
    scene_id: int
    attempt: int
    seed: int
    split: Split
    target_subset: Subset
    light_mood: str
    light_change: str
    light_event: str
    place: Place
    people: tuple[Person, ...]
    things: tuple[Thing, ...]
    lights: tuple[Light, ...]
    glow: Track
    world: World
    sequences: tuple[Sequence, ...]

    @property
    def frame_times(self) -> list[float]:
        """Every moment at which something is rendered, sorted, once each."""
        return sorted({t for sequence in self.sequences for t in sequence.frame_times_s})

    @property
    def assets(self) -> list[AssetRef]:
        """Every asset of the scene, sorted by id, once each."""
        used = [self.place.asset, self.world.asset]
        used += [p.asset for p in self.people] + [t.asset for t in self.things]
        used += [s.trajectory.asset for s in self.sequences if s.trajectory.asset]
        motions = [p.motion for p in self.people if isinstance(p.motion, RecordedMotion)]
        used += [motion.asset for motion in motions if motion.asset]
        return sorted({a.id: a for a in used}.values(), key=lambda a: a.id)


Place.model_rebuild()
