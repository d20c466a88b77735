"""Draws the scenes of the `dsia` kind (DMAligner, section 3): people, things, lights, occluders and cameras.

`sample(config, catalogue, scene_id, attempt)` is a pure function. What it cannot arrange it refuses with a `Redraw`;
the next attempt is another pure function.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.geometry import Camera, intrinsics
from viewlock.lens import NO_DISTORTION

from . import cast, light_changes, lights
from .camera_moves import Shape, draw_shape, follow_shape, middle
from .degradations import draw_if_active
from .drawing import Redraw
from .dsia_config import DsiaConfig
from .dsia_spec import SUBSETS, DsiaSpec, Optics, Sequence, Subset
from .motions import root_xy
from .optics import OpticsRanges, draw_distortion, draw_log, draw_times
from .placement import Floor
from .places import Stage
from .recordings import RecordedMotion, playback
from .setting import Setting, reference
from .spec import Person, Thing
from .trajectories import as_trajectory, file_shape, fit_amount, motion_px

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Timing:
    """When the frames of each sequence are: (S, N) seconds on the scene's clock."""

    frame_times_s: Array

    @cached_property
    def samples_s(self) -> Array:
        """Some moments from the first frame to the last, for planning."""
        return np.linspace(0.0, float(self.frame_times_s.max()), 7)


def subset_of(scene_id: int) -> Subset:
    """The subset a scene aims at."""
    return SUBSETS[scene_id % len(SUBSETS)]


def sample(config: DsiaConfig, catalogue: Catalogue, scene_id: int, attempt: int) -> DsiaSpec:
    """One attempt at one scene.

    Raises:
        Redraw: it cannot be arranged.
    """
    return _Draft(config, catalogue, scene_id, attempt).spec()


class _Draft:
    """One attempt in the making. Each part draws from its own stream."""

    def __init__(self, config: DsiaConfig, catalogue: Catalogue, scene_id: int, attempt: int) -> None:
        self.config, self.catalogue, self.subset = config, catalogue, subset_of(scene_id)
        self.setting = Setting(config, catalogue, scene_id, attempt)
        self.rng, self.stage = self.setting.rng, self.setting.stage
        self.timing = self._timing()
        width, depth = self.stage.half_width, self.stage.half_depth
        backdrop = np.asarray(self.stage.backdrop)
        self.static_points = np.concatenate([backdrop[:: max(1, len(backdrop) // 60)], _ground_points(self.stage)])
        self.floor = Floor(width, depth, self.stage.ceiling, self.timing.samples_s)

    @property
    def fast_world(self) -> bool:
        """Whether moving things shall move far between frames (Lf)."""
        return self.subset.endswith("Lf")

    def spec(self) -> DsiaSpec:
        change = self._change()
        shots = self._shots()
        people = self._people(shots)
        shots = self._followed(shots, people)
        movers = self._movers(shots, len(people))
        self._check_motion(shots, [*people, *movers])
        things = movers + self._still(shots)
        mood = self.setting.mood()
        light = self.setting.light(mood, change, self.timing.frame_times_s)
        return DsiaSpec(
            kind="dsia",
            target_subset=self.subset,
            light_change=change,
            light_event=light.change.event if light.change.amount > 0 else "none",
            sequences=tuple(
                self._sequence(k, shot, mood, light.change, change, self._optics(k, shot, [*people, *movers]))
                for k, shot in enumerate(shots)
            ),
            **self.setting.described(mood, light, [*people, *things]),
        )

    # ------------------------------------------------------------ time and light
    def _timing(self) -> Timing:
        rng, config = self.rng("timing"), self.config
        low, high = config.subset.gap_large_s if self.subset.endswith("Lf") else config.subset.gap_small_s
        gap = rng.uniform(low, high)
        offsets = np.sort(rng.uniform(0.0, 1.2, config.sequences))
        return Timing(np.round(offsets[:, None] + gap * np.arange(config.frames), 6))

    def _change(self) -> str:
        weights = self.config.light.change
        names = sorted(weights)
        total = sum(weights.values())
        return str(self.rng("change").choice(names, p=[weights[n] / total for n in names]))

    # ------------------------------------------------------------ cameras
    def _shots(self) -> list[cast.Shot]:
        """Where each sequence's camera starts, what it looks at, and how it moves; it moves by the wanted pixels."""
        shots = []
        for k in range(self.config.sequences):
            rng, kind = self.rng(f"camera-{k}"), ""
            for attempt in range(20):
                # A kind that seldom fits gets four tries, so that it does not become rare.
                kind = str(rng.choice(self.config.camera.kinds)) if attempt % 4 == 0 else kind
                shot = self._shot(k, kind, rng)
                if shot is not None:
                    shots.append(shot)
                    self._keep_clear(shot)
                    break
            else:
                raise Redraw("no camera path with the wanted motion")
        return shots

    def _shot(self, k: int, kind: str, rng: np.random.Generator) -> cast.Shot | None:
        config, ranges = self.config, self.config.camera
        device = ranges.phone if rng.random() < ranges.phone.share else ranges
        focal = float(np.exp(rng.uniform(*np.log(device.focal_mm))))
        # A person takes up between two fifths of the picture's height and all of it.
        whole = 1.75 * focal / ranges.sensor_width_mm * config.size[0] / config.size[1]
        eye, target = cast.draw_view(self.stage, device.height_m, (max(whole, 2.0), max(2.5 * whole, 3.0)), rng)
        width, height = config.size
        camera = Camera(width, height, intrinsics(width, height, focal, ranges.sensor_width_mm), np.eye(4))
        times = tuple(float(t) for t in self.timing.frame_times_s[k])
        shape = self._shape(kind, eye, target, times, rng)
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
        focals = focal * shape.zoom(amount)
        if shape.kind == "zoom" and not ranges.focal_mm[0] <= focals.min() <= focals.max() <= ranges.focal_mm[1]:
            return None
        shot = cast.Shot(camera, focal, shape, amount, poses, shape.zoom(amount), times)
        return shot if cast.keeps_in_view(shot, target) else None

    def _shape(self, kind: str, eye: Array, target: Array, times: tuple[float, ...], rng: np.random.Generator) -> Shape:
        files = self.catalogue.of("trajectory", self.setting.split)
        if files and rng.random() < self.config.trajectories.share:
            file = files[int(rng.integers(len(files)))]
            assert file.path is not None
            return file_shape(file.path, reference(file), eye, target, self.config.frames, rng)
        return draw_shape(kind, eye, target, times, rng)

    def _keep_clear(self, shot: cast.Shot) -> None:
        """No body may come near a camera path; several circles cover the path."""
        for position in shot.poses[:: max(1, len(shot.poses) // 3), :3, 3]:
            self.floor.occupy(position[None, :2], 0.5, position[2] - 0.5, position[2] + 0.4)

    def _followed(self, shots: list[cast.Shot], people: list[Person]) -> list[cast.Shot]:
        """The shots with those that follow somebody turned after a person who walks, or left as pans."""
        return [self._follow(shot, people) if shot.shape.kind == "follow" else shot for shot in shots]

    def _follow(self, shot: cast.Shot, people: list[Person]) -> cast.Shot:
        wanted = motion_px(shot.shape, shot.amount, self.static_points, shot.camera)
        eye = shot.poses[middle(len(shot.poses)), :3, 3]
        for person in people:
            way = np.array([[*self._root_xy(person, t), 1.1] for t in shot.times_s])
            if np.linalg.norm((way - eye)[:, :2], axis=1).min() < 1.2 or np.ptp(way, axis=0).max() < 1e-3:
                continue
            shape = follow_shape(eye, way)
            amount = fit_amount(shape, self.static_points, shot.camera, wanted)
            if amount is not None:
                turned = replace(shot, shape=shape, amount=amount, poses=shape.poses(amount))
                if cast.keeps_in_view(turned, way):
                    return turned
        return replace(shot, shape=replace(shot.shape, kind="pan"))

    def _root_xy(self, person: Person, time_s: float) -> Array:
        if isinstance(person.motion, RecordedMotion):
            played = playback(person.motion, self.catalogue.get(person.asset.id), self.catalogue)
            return played.hips(person.motion, time_s)[:2]
        return root_xy(person.motion, time_s)

    def _optics(self, k: int, shot: cast.Shot, movers: list[Person | Thing]) -> Optics | None:
        """Lens and shutter of a sequence; None for a pinhole that takes in one moment."""
        ranges, rng = self.config.optics, self.rng
        if ranges == OpticsRanges():
            return None
        f_number = draw_log(ranges.f_number, rng, f"aperture-{k}")
        focus_m: tuple[float, ...] = ()
        if f_number is not None:
            drawn = draw_log(ranges.focus_m, rng, f"focus-{k}")
            focus_m = (drawn,) * len(shot.poses) if drawn is not None else self._focus(shot, movers)
        shutter_s, rolling_shutter_s = draw_times(ranges, rng, f"-{k}")
        return Optics(
            distortion=draw_distortion(ranges, rng, f"-{k}") or NO_DISTORTION,
            f_number=f_number,
            focus_m=focus_m,
            shutter_s=shutter_s,
            rolling_shutter_s=rolling_shutter_s,
        )

    def _focus(self, shot: cast.Shot, movers: list[Person | Thing]) -> tuple[float, ...]:
        """Depth of the mover nearest to the middle of the picture, in each frame."""
        return cast.subject_depths(cast.bodies(movers, self.catalogue), shot)

    def _sequence(
        self, k: int, shot: cast.Shot, mood: str, change: light_changes.Change, strength: str, optics: Optics | None
    ) -> Sequence:
        frames = self.config.frames
        seeds = self.rng(f"noise-{k}").choice(1_000_000, 2 * frames - 1, replace=False) + 1
        return Sequence(
            trajectory=as_trajectory(shot.shape, shot.amount, shot.times_s),
            focal_mm=tuple(float(f) for f in shot.focal_mm * shot.zoom),
            sensor_width_mm=self.config.camera.sensor_width_mm,
            frame_times_s=shot.times_s,
            meter_frame=change.meter_frame(shot.times_s),
            exposure_ev=light_changes.draw_exposure(
                strength, lights.EXPOSURE_EV.get(mood, 0.0), frames, self.rng(f"exposure-{k}")
            ),
            white_balance=light_changes.draw_white_balance(strength, frames, self.rng(f"white balance-{k}")),
            noise_seeds=tuple(int(s) for s in seeds[:frames]),
            noise_seeds_gt=tuple(int(s) for s in seeds[frames:]),
            optics=optics,
            degradations=draw_if_active(self.config.degrade, self.rng(f"degradations-{k}"), frames),
        )

    # ------------------------------------------------------------ who and what
    def _people(self, shots: list[cast.Shot]) -> list[Person]:
        rng = self.rng("people")
        assets = self.setting.shuffled(self.setting.catalogue.of("character", self.setting.split), rng)
        low, high = self.config.people
        count = min(int(rng.integers(low, high + 1)), len(assets))
        people = []
        for asset in assets[:count]:
            recordings = self.setting.recordings(asset, self.config.motions.share, rng)
            person = cast.place_person(
                asset, reference(asset), self.floor, shots, self.fast_world, rng, self.catalogue, recordings
            )
            if person is not None:
                people.append(person)
        if len(people) < min(low, len(assets)):
            raise Redraw("no room for the people")
        return people

    def _movers(self, shots: list[cast.Shot], people: int) -> list[Thing]:
        rng = self.rng("movers")
        low, high = self.config.moving_objects
        count = max(int(rng.integers(low, high + 1)), 0 if people else 1)
        limit_px = self.config.subset.object_threshold * self.config.diagonal_px
        movers = []
        for _ in range(count):
            asset = self.setting.model(rng)
            thing = cast.place_mover(asset, reference(asset), self.floor, shots, self.fast_world, limit_px, rng)
            if thing is not None:
                movers.append(thing)
        if len(movers) < min(low, count):
            raise Redraw("no room for the moving things")
        return movers

    def _still(self, shots: list[cast.Shot]) -> list[Thing]:
        things = []
        rng = self.rng("occluders")
        for _ in range(int(rng.integers(self.config.occluders[0], self.config.occluders[1] + 1))):
            asset = self.setting.model(rng)
            things.append(cast.place_occluder(asset, reference(asset), self.floor, shots, rng))
        rng = self.rng("objects")
        low, high = self.config.objects
        for _ in range(int(rng.integers(low, high + 1))):
            asset = self.setting.model(rng)
            things.append(cast.place_still(asset, reference(asset), self.floor, rng))
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
