"""Who and what is in a scene: where people, movers, occluders and still things go, and how they move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Asset, Catalogue
from viewlock.geometry import Camera

from .camera_moves import Shape
from .character_motion import CharacterMotion
from .people import ball_way, draw_character_motion, draw_recorded_motion, faced, room, stand_in
from .placement import Floor
from .places import Stage
from .recordings import RecordedMotion, acts, playback
from .rigid_motion import GRAVITY, RigidMotion
from .spec import AssetRef, Person, Thing
from .thing_motions import FASTEST_SIZES, UPRIGHT, draw_kind, draw_thing_motion, extent, hovers, passing

Array = NDArray[np.float64]

_TRIES = 15


_NEAREST_FOCUS_M = 0.3


@dataclass(frozen=True)
class Shot:
    """One camera of a scene while it is planned.

    Attributes:
        camera: size, and intrinsics without zoom.
        poses: (N, 4, 4) cam_to_world of its frames.
        zoom: (N,) focal length of its frames over `focal_mm`.
    """

    camera: Camera
    focal_mm: float
    shape: Shape
    amount: float
    poses: Array
    zoom: Array
    times_s: tuple[float, ...]

    def at(self, frame: int) -> Camera:
        K = self.camera.K.copy()
        K[[0, 1], [0, 1]] *= self.zoom[frame]
        return Camera(self.camera.width, self.camera.height, K, self.poses[frame])


@dataclass(frozen=True)
class Body:
    """A mover's stand-in: points that move with it, and how tall and wide it is.

    Attributes:
        acting: of a person: function of time giving (P, 3) world points.
    """

    acting: Callable[[float], Array] | None
    thing: Thing | None
    height: float
    radius: float

    def points(self, time_s: float) -> Array:
        if self.acting is not None:
            return self.acting(time_s)
        assert self.thing is not None
        rotation, position = self.thing.motion.pose(time_s)
        r, h = 0.7 * self.radius, self.height
        local = np.array(
            [[0, 0, h / 2], [r, 0, h / 2], [-r, 0, h / 2], [0, r, h / 2], [0, -r, h / 2], [0, 0, 0], [0, 0, h]]
        )
        return local @ rotation.T + position


def draw_view(
    stage: Stage, height_m: tuple[float, float], person_m: tuple[float, float], rng: np.random.Generator
) -> tuple[Array, Array]:
    """An eye in the free rectangle and a target near its middle, from which the eye is `person_m` away if it fits."""
    angle = rng.uniform(0, 2 * np.pi)
    reach = np.array([stage.half_width, stage.half_depth]) - 0.35
    towards = np.array([np.cos(angle), np.sin(angle)])
    border = float((reach / np.maximum(np.abs(towards), 1e-6)).min())
    distance = min(border * rng.uniform(0.85, 1.0), rng.uniform(*person_m))
    low, high = height_m
    eye = np.array([*(towards * distance), min(rng.uniform(low, high), stage.ceiling - 0.5)])
    middle = rng.uniform(-0.25, 0.25, 2) * np.minimum(reach, 2.5)
    return eye, np.array([*middle, rng.uniform(0.7, 1.3)])


def keeps_in_view(shot: Shot, target: Array) -> bool:
    """Whether a shot keeps a point (3,), or one for each frame (N, 3), well inside its picture from first to last."""
    frames = len(shot.poses)
    pixels, depth, _ = _project(shot, list(range(frames)), np.broadcast_to(target, (frames, 3))[:, None])
    share = np.abs(pixels[:, 0] / [shot.camera.width, shot.camera.height] - 0.5)
    return bool((depth > 0.5).all() and (share < 0.4).all())


# ------------------------------------------------------------------ people
def place_person(
    asset: Asset,
    ref: AssetRef,
    floor: Floor,
    shots: list[Shot],
    fast: bool,
    rng: np.random.Generator,
    catalogue: Catalogue,
    recordings: Sequence[Asset | str] = (),
) -> Person | None:
    """A person who is near the middle of the scene in the middle of its time; None if there is no room.

    Args:
        recordings: what the person may play, if anything: motion files, and names of the character's own motions. Who
            is no human plays nothing else.
    """
    middle_s = float(floor.times_s[-1]) / 2
    for _ in range(2 * _TRIES):
        where = _near_the_middle(floor, rng)
        shot = shots[int(rng.integers(len(shots)))]
        across = np.arctan2(shot.poses[0, 1, 0], shot.poses[0, 0, 0]) + rng.choice([0.0, np.pi]) + np.pi / 2
        bare = asset.imported is not None
        motion: CharacterMotion | RecordedMotion | None = None
        if recordings:
            motion = draw_recorded_motion(recordings, asset, catalogue, where, 2 * middle_s, float(across), fast, rng)
        if motion is None and not acts(asset):
            continue
        if motion is None:
            motion = draw_character_motion(asset.name, where, middle_s, float(across), fast, floor.ceiling, rng, bare)
        for turned in faced(motion, where):
            if _settles(turned, asset, catalogue, floor):
                return Person(index=0, asset=ref, motion=turned)
    return None


def _settles(motion: CharacterMotion | RecordedMotion, asset: Asset, catalogue: Catalogue, floor: Floor) -> bool:
    """Whether a person, and a ball that is thrown, have room; then they take it up."""
    rooms = _rooms(motion, asset, catalogue, floor.times_s)
    centres = np.array([centre for centre, _, _ in rooms])
    radius, height = (max(values) for values in zip(*(found[1:] for found in rooms), strict=True))
    if not floor.fits(centres, radius, 0.0, height):
        return False
    assert asset.bounds_m is not None
    flies = ball_way(motion, asset.bounds_m[1][2], floor.times_s)
    if flies is not None:
        if not floor.fits(*flies):
            return False
        floor.occupy(*flies)
    floor.occupy(centres, radius, 0.0, height)
    return True


def _rooms(
    motion: CharacterMotion | RecordedMotion, asset: Asset, catalogue: Catalogue, times_s: Array
) -> list[tuple[Array, float, float]]:
    """The circles on the floor, and the heights, that a person takes up over time."""
    if isinstance(motion, RecordedMotion):
        played = playback(motion, asset, catalogue)
        return [played.room(motion, float(t)) for t in times_s]
    stays = not motion.travels and motion.gait != "jump"
    return [room(motion, float(t)) for t in (times_s[:1] if stays else times_s)]


def _near_the_middle(floor: Floor, rng: np.random.Generator) -> Array:
    reach = np.minimum(np.array([floor.half_width, floor.half_depth]) - 0.5, 2.2)
    return rng.uniform(-1, 1, 2) * reach


# ------------------------------------------------------------------ things
def place_still(asset: Asset, ref: AssetRef, floor: Floor, rng: np.random.Generator) -> Thing | None:
    """A thing that stands on the floor, anywhere free; None if there is no room."""
    scale = float(rng.uniform(0.9, 1.15))
    radius, height = extent(asset, scale)
    reach = np.minimum(np.array([floor.half_width, floor.half_depth]), 4.5) - radius
    for _ in range(_TRIES):
        if (reach <= 0).any():
            break
        centre = rng.uniform(-reach, reach)[None]
        if floor.fits(centre, radius, 0.0, height):
            floor.occupy(centre, radius, 0.0, height)
            motion = RigidMotion(position=(*map(float, centre[0]), 0.0), yaw=float(rng.uniform(0, 2 * np.pi)))
            return Thing(index=0, asset=ref, category=asset.category, role="object", scale=scale, motion=motion)
    return None


def place_occluder(
    asset: Asset, ref: AssetRef, floor: Floor, shots: list[Shot], rng: np.random.Generator
) -> Thing | None:
    """A thing close to a camera, at the side of its view, on the floor or flying still in the air."""
    for _ in range(_TRIES):
        shot = shots[int(rng.integers(len(shots)))]
        view = shot.at(int(rng.integers(len(shot.poses))))
        scale = float(rng.uniform(0.8, 1.1))
        radius, height = extent(asset, scale)
        distance = radius + rng.uniform(0.75, 1.5) * min(1.0, 0.7 + max(radius, height / 2))
        half_angle = np.arctan(view.width / 2 / view.K[0, 0])
        bearing = rng.choice([-1, 1]) * rng.uniform(0.55, 1.0) * half_angle
        forward, right = view.cam_to_world[:2, 2], view.cam_to_world[:2, 0]
        centre = view.centre[:2] + distance * (np.cos(bearing) * forward + np.sin(bearing) * right)
        floats = hovers(asset, scale)
        base = (
            float(np.clip(view.centre[2] - height / 2 - rng.uniform(0.0, 0.3) * distance, 0.0, None)) if floats else 0.0
        )
        if floor.fits(centre[None], radius, base, base + height):
            floor.occupy(centre[None], radius, base, base + height)
            motion = RigidMotion(
                position=(float(centre[0]), float(centre[1]), base), yaw=float(rng.uniform(0, 2 * np.pi))
            )
            if floats:
                floating = {"kind": "spin", "middle_m": height / 2, "axis": (0.2, 0.1, 1.0)}
                motion = motion.model_copy(update={**floating, "spin": float(rng.normal(0, 0.3))})
            return Thing(index=0, asset=ref, category=asset.category, role="occluder", scale=scale, motion=motion)
    return None


def place_mover(
    asset: Asset, ref: AssetRef, floor: Floor, shots: list[Shot], fast: bool, limit_px: float, rng: np.random.Generator
) -> Thing | None:
    """A thing that moves through the middle of the scene, fast or slow enough for the target subset."""
    middle_s = float(floor.times_s[-1]) / 2
    for _ in range(2 * _TRIES):
        scale = float(rng.uniform(0.8, 1.1))
        kind = draw_kind(asset, *extent(asset, scale), fast, rng)
        radius, height = extent(asset, scale, kind)
        motion = draw_thing_motion(kind, asset, scale, floor, fast, rng)
        motion = passing(motion, _aim(radius, height, floor, shots, rng), middle_s)
        thing = Thing(index=0, asset=ref, category=asset.category, role="object", scale=scale, motion=motion)
        if _sweep(thing, radius, height, floor) is None:
            continue
        thing = _paced(thing, (radius, height), shots, middle_s, fast, limit_px)
        way = _sweep(thing, radius, height, floor)
        if way is not None:
            floor.occupy(*way)
            return thing
    return None


def _aim(radius: float, height: float, floor: Floor, shots: list[Shot], rng: np.random.Generator) -> Array:
    """Where a mover is in the middle of the scene's time: near its middle, and small things nearer to a camera."""
    goal = _near_the_middle(floor, rng)
    shot = shots[int(rng.integers(len(shots)))]
    eye = shot.poses[len(shot.poses) // 2, :2, 3]
    away = goal - eye
    distance = float(np.linalg.norm(away))
    wanted = max(6.0 * max(2 * radius, height), 1.6)
    return eye + away * min(1.0, wanted / max(distance, 1e-6))


def _sweep(thing: Thing, radius: float, height: float, floor: Floor) -> tuple[Array, float, float, float] | None:
    """Centres, radius and heights that a mover takes up over time; None if it would touch anybody."""
    ball = float(np.hypot(radius, height / 2))
    wide, tall = (radius, height / 2) if thing.motion.kind in UPRIGHT else (ball, ball)
    arm = np.array([0, 0, height / 2])

    def middle(time_s: float) -> Array:
        rotation, position = thing.motion.pose(time_s)
        return position + rotation @ arm

    # Most that do not fit have left the floor at the first or the last time.
    ends = [middle(float(floor.times_s[0])), middle(float(floor.times_s[-1]))]
    if not all(floor.holds(end[:2], wide) for end in ends):
        return None
    middles = np.array([ends[0], *(middle(float(t)) for t in floor.times_s[1:-1]), ends[1]])
    low, high = float(middles[:, 2].min()) - tall, float(middles[:, 2].max()) + tall
    if thing.motion.kind in ("fly", "spin", "swing") and low <= 0.02:
        return None
    if thing.motion.kind == "swing" and not _hangs_well(thing.motion, floor):
        return None
    if not floor.fits(middles[:, :2], wide, max(low, 0.0), high):
        return None
    return middles[:, :2], wide, low, high


def _hangs_well(motion: RigidMotion, floor: Floor) -> bool:
    """Whether the rope of a swing ends under the ceiling and swings less than 60 degrees aside."""
    pivot = motion.position[2] + motion.middle_m + motion.pivot_m
    amplitude = float(np.linalg.norm(motion.velocity[:2])) / np.sqrt(GRAVITY * motion.pivot_m)
    return pivot < floor.ceiling - 0.05 and amplitude < np.radians(60)


def _paced(
    thing: Thing, size: tuple[float, float], shots: list[Shot], middle_s: float, fast: bool, limit_px: float
) -> Thing:
    """The thing with its speed and spin set well above the threshold of Lf, or well below it.

    Args:
        size: horizontal radius and height.
        middle_s: when it passes the place it was aimed at.
    """
    body = Body(None, thing, size[1], size[0])
    seen = object_motion_px([body], shots[0], [(len(shots[0].times_s) - 1) // 2])
    if not seen or (thing.motion.kind == "flap" and not fast):
        return thing  # a bird that is slower than it was drawn would fall
    factor = min(max(1.0, 1.8 * limit_px / seen), 4.0) if fast else min(1.0, 0.5 * limit_px / seen)
    motion = thing.motion
    x, y, z = motion.velocity
    if motion.kind in ("walk", "flap"):
        factor = min(factor, FASTEST_SIZES * 2 * size[0] / float(np.hypot(x, y)))
    # How high a thing was thrown stays: a faster throw would pass through the ceiling.
    lift = z if motion.kind in ("bounce", "tumble") else factor * z
    spin = motion.spin if motion.kind == "flap" else factor * motion.spin
    changes = {"velocity": (factor * x, factor * y, lift), "spin": spin}
    faster = motion.model_copy(update=changes)
    if motion.kind not in ("swing", "spin"):
        faster = passing(faster, motion.pose(middle_s)[1][:2], middle_s)
    return thing.model_copy(update={"motion": faster})


# ------------------------------------------------------------------ proxies of motion
def bodies(movers: list[Person | Thing], catalogue: Catalogue) -> list[Body]:
    """Stand-ins of everything that moves."""
    result = []
    for mover in movers:
        asset = catalogue.get(mover.asset.id)
        if isinstance(mover, Person):
            assert asset.bounds_m is not None
            result.append(Body(_acting(mover, asset, catalogue), None, asset.bounds_m[1][2], 0.3))
        else:
            radius, height = extent(asset, mover.scale, mover.motion.kind)
            result.append(Body(None, mover, height, radius))
    return result


def _acting(person: Person, asset: Asset, catalogue: Catalogue) -> Callable[[float], Array]:
    """Points of a person over time."""
    motion = person.motion
    if isinstance(motion, RecordedMotion):
        played = playback(motion, asset, catalogue)
        return lambda time_s: played.stand_in(motion, time_s)
    assert asset.bounds_m is not None
    height = asset.bounds_m[1][2]
    return lambda time_s: stand_in(motion, height, time_s)


def object_motion_px(movers: list[Body], shot: Shot, pairs: list[int] | None = None) -> float | None:
    """Median motion of what moves, seen by a standing camera and weighted by apparent size, over a shot's pairs.

    None if some pair sees no mover.

    Args:
        pairs: only these pairs; None for all.
    """
    chosen = list(range(len(shot.times_s) - 1)) if pairs is None else pairs
    shifts: list[list[Array]] = [[] for _ in chosen]
    weights: list[list[Array]] = [[] for _ in chosen]
    for body in movers:
        moments = {k: body.points(shot.times_s[k]) for k in sorted({*chosen, *(k + 1 for k in chosen)})}
        here, depth, inside = _project(shot, chosen, np.stack([moments[k] for k in chosen]))
        there, depth_there, _ = _project(shot, chosen, np.stack([moments[k + 1] for k in chosen]))
        ok = inside & (depth > 0.2) & (depth_there > 0.2)
        shift = np.linalg.norm(there - here, axis=-1)
        for n in np.flatnonzero(ok.any(axis=1)):
            size = body.height * body.radius / np.mean(depth[n, ok[n]]) ** 2 / ok.shape[1]
            shifts[n].append(shift[n, ok[n]])
            weights[n].append(np.full(ok[n].sum(), size))
    if not all(shifts):
        return None
    medians = [_weighted_median(np.concatenate(s), np.concatenate(w)) for s, w in zip(shifts, weights, strict=True)]
    return float(np.median(medians))


def subject_depths(movers: list[Body], shot: Shot) -> tuple[float, ...]:
    """Depth of the mover nearest to the optical axis, as an angle, in each frame; behind the camera its distance."""
    depths = []
    for pose, time_s in zip(shot.poses, shot.times_s, strict=True):
        middles = np.array([body.points(time_s).mean(axis=0) for body in movers])
        local = (middles - pose[:3, 3]) @ pose[:3, :3]
        distance = np.linalg.norm(local, axis=1)
        nearest = int(np.argmax(local[:, 2] / np.maximum(distance, 1e-9)))
        depth = float(local[nearest, 2])
        depths.append(depth if depth > _NEAREST_FOCUS_M else max(float(distance[nearest]), _NEAREST_FOCUS_M))
    return tuple(depths)


def _project(shot: Shot, frames: list[int], points: Array) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Pixels (F, P, 2), depths (F, P) and whether in frame, of points (F, P, 3) seen from a shot's frames."""
    poses = shot.poses[frames]
    local = (points - poses[:, None, :3, 3]) @ poses[:, :3, :3]
    depth = local[..., 2]
    K = shot.camera.K
    safe = np.where(np.abs(depth) < 1e-6, 1e-6, depth)
    pixels = local[..., :2] / safe[..., None] * shot.zoom[frames, None, None] * K[[0, 1], [0, 1]] + K[:2, 2]
    size = np.array([shot.camera.width, shot.camera.height])
    return pixels, depth, ((pixels >= -0.5) & (pixels < size - 0.5)).all(axis=-1)


def _weighted_median(values: Array, weights: Array) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])
