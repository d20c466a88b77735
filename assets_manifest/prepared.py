"""What an import leaves behind, as data: one folder of the cache for each imported file. No Blender here."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from viewlock.errors import ConfigError, ViewlockError

from .clip_names import playable
from .plausible import stocky

IMPORTER_VERSION = 3
"""Raised when imports come out differently: everything is then imported anew."""

Vector = tuple[float, float, float]
ImportKind = Literal["object", "character", "scene"]
IMPORT_KINDS: tuple[ImportKind, ...] = ("object", "character", "scene")

DONE, CRASHED, UNUSABLE, STORAGE = 0, 1, 65, 75
"""How the process that imports a file can end."""

_RECORD = "asset.json"


class QuarantinedError(ViewlockError):
    """A file that cannot be used; it is not tried again until it or the importer changes.

    Attributes:
        reason: why, one line.
    """

    exit_code = 65

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class Hints:
    """What a person knows about a file and the file does not say.

    Attributes:
        height_m: wanted size along z.
        length_m: wanted largest side of the bounding box; not together with `height_m`.
        unit_m: metres in one unit of the file, as it comes out of Blender's importer.
        called, plausible_m: what a thing or an animal is taken for, and how large its largest side then may be; a file
            within is left alone.
        child: whether a person is a child.
        up: the axis that points up in an OBJ or PLY file.
        yaw_deg: turn about z after the import, counter-clockwise from above; the front should face -y.
        triangles: how many are kept at most, of an object or a character.
        leave_out: names of parts of the file that are not wanted; `*` stands for anything.
    """

    height_m: float | None = None
    length_m: float | None = None
    unit_m: float | None = None
    called: str = ""
    plausible_m: tuple[float, float] | None = None
    child: bool = False
    up: Literal["y", "z"] | None = None
    yaw_deg: float = 0.0
    triangles: int = 60_000
    leave_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "leave_out", tuple(self.leave_out))  # JSON has lists
        if self.plausible_m is not None:
            low, high = self.plausible_m
            object.__setattr__(self, "plausible_m", (low, high))
            if not 0 < low <= high < 1e6:
                raise ConfigError(f"hints.plausible_m: expected two positive numbers in order, got {self.plausible_m}")
        sizes = {"height_m": self.height_m, "length_m": self.length_m, "unit_m": self.unit_m}
        given = {name: value for name, value in sizes.items() if value is not None}
        if len(given) > 1:
            raise ConfigError(f"hints: expected one of {', '.join(given)}, got all of them; leave one")
        for name, value in given.items():
            if not 0 < value < 1e6:
                raise ConfigError(f"hints.{name}: expected a positive number, got {value}")
        if self.triangles < 100:
            raise ConfigError(f"hints.triangles: expected at least 100, got {self.triangles}")


@dataclass(frozen=True)
class Bone:
    """One joint of a character at rest; parents come before their children.

    Attributes:
        parent: index of the parent, -1 for a root.
        head, tail: its two ends, metres.
    """

    name: str
    parent: int
    head: Vector
    tail: Vector


@dataclass(frozen=True)
class OwnClip:
    """A motion that came with a character; its frames are in `clips.npz`.

    Attributes:
        key: prefix of its arrays in `clips.npz`.
    """

    name: str
    key: str
    fps: float
    frames: int

    @property
    def length_s(self) -> float:
        return (self.frames - 1) / self.fps


@dataclass(frozen=True)
class Spot:
    """A level rectangle of an imported place on which nothing stands; sides along x and y, metres of the import.

    Attributes:
        centre: of the rectangle, on the floor.
        ceiling_m: free height above it; None under the open sky.
        indoor: whether most of it is under a roof.
        level: whether enough of the floor lies in one exact plane.
        backdrop: points on surfaces that are seen from it, relative to `centre`.
        walls: (unit normal, offset) of upright planes that stand for what bounds it, relative to `centre`.
        lamps: good places for lamps, relative to `centre`.
    """

    centre: Vector
    half_width: float
    half_depth: float
    ceiling_m: float | None
    indoor: bool
    level: bool
    backdrop: tuple[Vector, ...]
    walls: tuple[tuple[Vector, float], ...]
    lamps: tuple[Vector, ...]


@dataclass(frozen=True)
class Prepared:
    """An imported file, ready to be put into scenes.

    An object or a place stands on z = 0 and is centred about x = y = 0; a character stands there, too, and faces -y.

    Attributes:
        folder: where its files are on this machine.
        source: name of the file it was made from.
        sha256: of that file, as the caller stated it.
        bounds_m: lowest and highest corner, at rest.
        repairs: what was mended, one short line each.
        bones: of a character.
        roles: joint of a human body -> name of the bone that plays it.
        missing: joints of a human body that a retargeted motion needs and no bone plays.
        soles: (bone, x, y, z): points of the soles at rest.
        clips: the motions that came with a character.
        spots: where scenes can take place in a place, the largest first.
    """

    folder: Path
    kind: ImportKind
    source: str
    sha256: str
    importer_version: int
    bounds_m: tuple[Vector, Vector]
    vertices: int
    triangles: int
    repairs: tuple[str, ...] = ()
    bones: tuple[Bone, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    soles: tuple[tuple[str, float, float, float], ...] = ()
    clips: tuple[OwnClip, ...] = ()
    spots: tuple[Spot, ...] = ()

    @property
    def height_m(self) -> float:
        return self.bounds_m[1][2] - self.bounds_m[0][2]

    @property
    def blend(self) -> Path:
        """A Blender file with one collection, `asset`."""
        return self.folder / "asset.blend"

    @property
    def clips_file(self) -> Path:
        return self.folder / "clips.npz"

    @property
    def humanoid(self) -> bool:
        """Whether motions of other people can be retargeted onto it."""
        return bool(self.bones) and not self.missing

    @property
    def acts(self) -> bool:
        """Whether it can do what our own people do: a human body of human proportions."""
        if not self.humanoid:
            return False
        heads = {bone.name: bone.head for bone in self.bones}
        left, right = (heads[bone] for role, bone in self.roles if role in ("thigh_l", "thigh_r"))
        floor = self.bounds_m[0][2]
        return not stocky(0.5 * (left[2] + right[2]) - floor, math.dist(left, right), self.height_m)

    @property
    def playable(self) -> tuple[str, ...]:
        """Names of its own motions that a scene can show."""
        return playable(clip.name for clip in self.clips if clip.frames > 1)

    def clip(self, name: str) -> OwnClip:
        """One of its own motions.

        Raises:
            ConfigError: it has none of that name.
        """
        for clip in self.clips:
            if clip.name == name:
                return clip
        known = ", ".join(clip.name for clip in self.clips) or "none"
        raise ConfigError(f"{self.source}: no motion {name!r}; it has: {known}")


def write_record(prepared: Prepared) -> None:
    """Write the record into the folder of an import."""
    record = {key: value for key, value in asdict(prepared).items() if key != "folder"}
    (prepared.folder / _RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")


def read_record(folder: Path) -> Prepared:
    """The import that lies in a folder of the cache.

    Raises:
        OSError, ValueError, TypeError, KeyError: there is none, or it is damaged.
    """
    record: dict[str, Any] = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    low, high = record.pop("bounds_m")
    lists = {name: tuple(record.pop(name)) for name in ("repairs", "missing")}
    bones = tuple(Bone(b["name"], b["parent"], _vector(b["head"]), _vector(b["tail"])) for b in record.pop("bones"))
    roles = tuple((role, bone) for role, bone in record.pop("roles"))
    soles = tuple((bone, x, y, z) for bone, x, y, z in record.pop("soles"))
    clips = tuple(OwnClip(**clip) for clip in record.pop("clips"))
    spots = tuple(_spot(spot) for spot in record.pop("spots"))
    return Prepared(
        folder=folder, bounds_m=(_vector(low), _vector(high)), bones=bones, roles=roles, soles=soles, clips=clips,
        spots=spots, **lists, **record,
    )  # fmt: skip


def _spot(record: dict[str, Any]) -> Spot:
    points = {name: tuple(map(_vector, record.pop(name))) for name in ("backdrop", "lamps")}
    walls = tuple((_vector(normal), offset) for normal, offset in record.pop("walls"))
    return Spot(centre=_vector(record.pop("centre")), walls=walls, **points, **record)


def _vector(values: list[float]) -> Vector:
    x, y, z = values
    return (float(x), float(y), float(z))
