"""Draws the scenes of the `dsia` kind (DMAligner, section 3): people, things, lights, occluders and cameras.

`sample(config, catalogue, scene_id, attempt)` is a pure function. What it cannot arrange it refuses with a `Redraw`;
the next attempt is another pure function.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Asset, Catalogue
from viewlock.geometry import Camera, intrinsics

from . import cast, lights
from .config import DsiaConfig
from .domes import DOME, dome_stage, draw_dome
from .placement import Floor
from .places import PLACES, Stage, stage
from .randomness import spread, stream
from .spec import SPLITS, SUBSETS, AssetRef, Person, Place, Plane, SceneSpec, Sequence, Split, Subset, Thing
from .trajectories import Shape, as_trajectory, draw_shape, file_shape, fit_amount

Array = NDArray[np.float64]


class Redraw(Exception):  # noqa: N818 - not an error: the next attempt may do
    """This attempt cannot be arranged.

    Attributes:
        reason: a short name, for counting.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Timing:
    """When the frames of each sequence are: (S, N) seconds on the scene's clock."""

    frame_times_s: Array

    @property
    def all_s(self) -> tuple[float, ...]:
        return tuple(float(t) for t in np.unique(self.frame_times_s))

    @cached_property
    def samples_s(self) -> Array:
        """Some moments from the first frame to the last, for planning."""
        return np.linspace(0.0, float(self.frame_times_s.max()), 7)


def split_of(config: DsiaConfig, scene_id: int) -> Split:
    """The split of a scene: in proportion to the weights over any run of scenes, and unrelated to its subset."""
    position = spread(scene_id) * sum(config.splits.values())
    for split in SPLITS:
        position -= config.splits.get(split, 0.0)
        if position < 0:
            return split
    return max(config.splits, key=lambda s: config.splits[s])


def subset_of(scene_id: int) -> Subset:
    """The subset a scene aims at."""
    return SUBSETS[scene_id % len(SUBSETS)]


def sample(config: DsiaConfig, catalogue: Catalogue, scene_id: int, attempt: int) -> SceneSpec:
    """One attempt at one scene.

    Raises:
        Redraw: it cannot be arranged.
    """
    return _Draft(config, catalogue, scene_id, attempt).spec()


class _Draft:
    """One attempt in the making. Each part draws from its own stream."""

    def __init__(self, config: DsiaConfig, catalogue: Catalogue, scene_id: int, attempt: int) -> None:
        self.config, self.catalogue = config, catalogue
        self.scene_id, self.attempt = scene_id, attempt
        self.split, self.subset = split_of(config, scene_id), subset_of(scene_id)
        self.timing = self._timing()
        self.environment = self._environment()
        self.kind, self.params = self._place()
        self.stage: Stage = dome_stage(self.params) if self.kind == DOME else stage(self.kind, self.params)
        width, depth = self.stage.half_width, self.stage.half_depth
        backdrop = np.asarray(self.stage.backdrop)
        self.static_points = np.concatenate([backdrop[:: max(1, len(backdrop) // 60)], _ground_points(self.stage)])
        self.floor = Floor(width, depth, self.stage.ceiling, self.timing.samples_s)

    def rng(self, part: str) -> np.random.Generator:
        return stream(self.config.seed, self.scene_id, self.attempt, part)

    def _settled(self, part: str) -> np.random.Generator:
        """A stream that every attempt at the scene shares: what is hard to arrange must not become rare."""
        return stream(self.config.seed, self.scene_id, 0, part)

    @property
    def fast_world(self) -> bool:
        """Whether moving things shall move far between frames (Lf)."""
        return self.subset.endswith("Lf")

    def spec(self) -> SceneSpec:
        change = self._change()
        shots = self._shots()
        people = self._people(shots)
        movers = self._movers(shots, len(people))
        self._check_motion(shots, [*people, *movers])
        things = movers + self._still(shots)
        sequences = tuple(self._sequence(k, shot, change) for k, shot in enumerate(shots))
        times = self.timing.all_s
        sky = self.catalogue.of("sky")[0]
        world = lights.draw_world(self.stage, sky, self.environment, change, times, self.rng("world"))
        planes = tuple(
            Plane(name=name, index=k + 1, normal=normal, offset=offset)
            for k, (name, normal, offset) in enumerate(self.stage.planes)
        )
        first = len(planes) + 2
        numbered = [item.model_copy(update={"index": first + k}) for k, item in enumerate([*people, *things])]
        return SceneSpec(
            kind="dsia",
            scene_id=self.scene_id,
            attempt=self.attempt,
            seed=self.config.seed,
            split=self.split,
            target_subset=self.subset,
            light_change=change,
            place=Place(asset=self._ref(self._place_asset()), params=self.params, index=first - 1, planes=planes),
            people=tuple(p for p in numbered if isinstance(p, Person)),
            things=tuple(t for t in numbered if isinstance(t, Thing)),
            lights=lights.draw_lights(self.stage, world, change, times, self.rng("lights")),
            world=world,
            sequences=sequences,
        )

    # ------------------------------------------------------------ time, place, light
    def _timing(self) -> Timing:
        rng, config = self.rng("timing"), self.config
        low, high = config.subset.gap_large_s if self.subset.endswith("Lf") else config.subset.gap_small_s
        gap = rng.uniform(low, high)
        offsets = np.sort(rng.uniform(0.0, 1.2, config.sequences))
        return Timing(np.round(offsets[:, None] + gap * np.arange(config.frames), 6))

    def _place(self) -> tuple[str, dict[str, float | int | str]]:
        if self.environment is not None and self._settled("dome").random() < self.config.environments.dome:
            return DOME, draw_dome(self.rng("place"))
        choice = self._settled("kind of place")
        category = "indoor" if choice.random() < self.config.indoor else "outdoor"
        kinds = [a.name for a in self.catalogue.of("place") if a.category == category]
        kind = str(choice.choice(kinds))
        return kind, PLACES[kind](self.rng("place"))

    def _place_asset(self) -> Asset:
        return self.catalogue.get(f"place/{self.kind}")

    def _change(self) -> str:
        weights = self.config.light.change
        names = sorted(weights)
        total = sum(weights.values())
        return str(self.rng("change").choice(names, p=[weights[n] / total for n in names]))

    def _environment(self) -> Asset | None:
        files = self.catalogue.of("hdri", self.split)
        rng = self._settled("environment")
        if not files or rng.random() >= self.config.environments.share:
            return None
        return files[int(rng.integers(len(files)))]

    @staticmethod
    def _ref(asset: Asset) -> AssetRef:
        return AssetRef(id=asset.id, sha256=asset.sha256)

    # ------------------------------------------------------------ cameras
    def _shots(self) -> list[cast.Shot]:
        """Where each sequence's camera starts, what it looks at, and how it moves; it moves by the wanted pixels."""
        shots = []
        for k in range(self.config.sequences):
            rng = self.rng(f"camera-{k}")
            for _ in range(20):
                shot = self._shot(k, rng)
                if shot is not None:
                    shots.append(shot)
                    self._keep_clear(shot)
                    break
            else:
                raise Redraw("no camera path with the wanted motion")
        return shots

    def _shot(self, k: int, rng: np.random.Generator) -> cast.Shot | None:
        config, ranges = self.config, self.config.camera
        eye, target = cast.draw_view(self.stage, ranges.height_m, rng)
        focal = float(np.exp(rng.uniform(*np.log(ranges.focal_mm))))
        width, height = config.size
        camera = Camera(width, height, intrinsics(width, height, focal, ranges.sensor_width_mm), np.eye(4))
        shape = self._shape(eye, target, rng)
        low, high = config.subset.camera_large if self.subset.startswith("Lc") else config.subset.camera_small
        wanted = float(np.exp(rng.uniform(np.log(low), np.log(high)))) * config.diagonal_px
        amount = fit_amount(shape, self.static_points, camera, wanted)
        if amount is None:
            return None
        poses = shape.poses(amount)
        positions = poses[:, :3, 3]
        inside = (np.abs(positions[:, :2]) <= [self.stage.half_width - 0.2, self.stage.half_depth - 0.2]).all()
        if not inside or positions[:, 2].min() < 0.35 or positions[:, 2].max() > self.stage.ceiling - 0.3:
            return None
        times = tuple(float(t) for t in self.timing.frame_times_s[k])
        shot = cast.Shot(camera, focal, shape, amount, poses, times)
        return shot if cast.keeps_in_view(shot, target) else None

    def _shape(self, eye: Array, target: Array, rng: np.random.Generator) -> Shape:
        files = self.catalogue.of("trajectory", self.split)
        frames = self.config.frames
        if files and rng.random() < self.config.trajectories.share:
            file = files[int(rng.integers(len(files)))]
            assert file.path is not None
            return file_shape(file.path, self._ref(file), eye, target, frames, rng)
        return draw_shape(str(rng.choice(self.config.camera.kinds)), eye, target, frames, rng)

    def _keep_clear(self, shot: cast.Shot) -> None:
        """No body may come near a camera path; several circles cover the path."""
        for position in shot.poses[:: max(1, len(shot.poses) // 3), :3, 3]:
            self.floor.occupy(position[None, :2], 0.5, position[2] - 0.5, position[2] + 0.4)

    def _sequence(self, k: int, shot: cast.Shot, change: str) -> Sequence:
        frames = self.config.frames
        seeds = self.rng(f"noise-{k}").choice(1_000_000, 2 * frames - 1, replace=False) + 1
        return Sequence(
            trajectory=as_trajectory(shot.shape, shot.amount, shot.times_s),
            focal_mm=shot.focal_mm,
            sensor_width_mm=self.config.camera.sensor_width_mm,
            frame_times_s=shot.times_s,
            exposure_ev=lights.draw_exposure(change, frames, self.rng(f"exposure-{k}")),
            noise_seeds=tuple(int(s) for s in seeds[:frames]),
            noise_seeds_gt=tuple(int(s) for s in seeds[frames:]),
        )

    # ------------------------------------------------------------ who and what
    def _people(self, shots: list[cast.Shot]) -> list[Person]:
        rng = self.rng("people")
        assets = self.catalogue.of("character", self.split)
        low, high = self.config.people
        count = min(int(rng.integers(low, high + 1)), len(assets))
        chosen = rng.permutation(len(assets))[:count]
        people = []
        for n in chosen:
            person = cast.place_person(assets[n], self._ref(assets[n]), self.floor, shots, self.fast_world, rng)
            if person is not None:
                people.append(person)
        if len(people) < min(low, len(assets)):
            raise Redraw("no room for the people")
        return people

    def _movers(self, shots: list[cast.Shot], people: int) -> list[Thing]:
        rng = self.rng("movers")
        low, high = self.config.moving_objects
        count = max(int(rng.integers(low, high + 1)), 0 if people else 1)
        assets = self.catalogue.of("object", self.split)
        limit_px = self.config.subset.object_threshold * self.config.diagonal_px
        movers = []
        for _ in range(count):
            asset = assets[int(rng.integers(len(assets)))]
            thing = cast.place_mover(asset, self._ref(asset), self.floor, shots, self.fast_world, limit_px, rng)
            if thing is not None:
                movers.append(thing)
        if len(movers) < min(low, count):
            raise Redraw("no room for the moving things")
        return movers

    def _still(self, shots: list[cast.Shot]) -> list[Thing]:
        things = []
        assets = self.catalogue.of("object", self.split)
        rng = self.rng("occluders")
        for _ in range(int(rng.integers(self.config.occluders[0], self.config.occluders[1] + 1))):
            asset = assets[int(rng.integers(len(assets)))]
            things.append(cast.place_occluder(asset, self._ref(asset), self.floor, shots, rng))
        rng = self.rng("objects")
        low, high = self.config.objects
        for _ in range(int(rng.integers(low, high + 1))):
            asset = assets[int(rng.integers(len(assets)))]
            things.append(cast.place_still(asset, self._ref(asset), self.floor, rng))
        found = [thing for thing in things if thing is not None]
        if sum(thing.role == "object" for thing in found) < low:
            raise Redraw("no room for the things")
        return found

    def _check_motion(self, shots: list[cast.Shot], movers: list[Person | Thing]) -> None:
        """The median motion of what moves must look like the target subset in most shots, by proxy."""
        threshold = self.config.subset.object_threshold * self.config.diagonal_px
        bodies = cast.bodies(movers, self.catalogue)
        right = 0
        for shot in shots:
            motion = cast.object_motion_px(bodies, shot)
            if motion is None:
                raise Redraw("a shot sees nothing that moves")
            right += motion > 1.15 * threshold if self.fast_world else motion < 0.9 * threshold
        if right < 0.6 * len(shots):
            raise Redraw("objects move too little" if self.fast_world else "objects move too much")


def _ground_points(of: Stage) -> Array:
    """(25, 3) points on the floor of the free rectangle."""
    x, y = np.meshgrid(np.linspace(-1, 1, 5) * of.half_width, np.linspace(-1, 1, 5) * of.half_depth)
    return np.stack([x.ravel(), y.ravel(), np.zeros(25)], axis=1)
