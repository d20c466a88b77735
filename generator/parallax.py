"""Draws the scenes of the `parallax` kind (UDIS-D): a place in which nothing moves, and pairs of cameras in it.

How far apart the cameras of a pair are decides its parallax, and how far the second one is turned away its overlap.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.geometry import Camera, intrinsics, look_at, rotation_about

from . import cast, lights
from .camera_moves import Shape
from .degradations import draw_if_active
from .drawing import Redraw
from .optics import draw_lens, draw_shutter
from .parallax_config import ParallaxConfig
from .parallax_spec import DIFFICULTIES, Difficulty, ParallaxSpec, ViewPair
from .people import room
from .placement import Floor
from .recordings import acts
from .setting import Setting, reference
from .sightlines import Pillar, Sightlines
from .spec import Person, StillCamera, Thing
from .thing_motions import extent

Array = NDArray[np.float64]

_TRIES = 40
_SLIM = 0.8
"""Bodies are slimmer than the circles that they need."""


def difficulty_of(scene_id: int) -> Difficulty:
    """The difficulty a scene aims at."""
    return DIFFICULTIES[scene_id % len(DIFFICULTIES)]


def sample(config: ParallaxConfig, catalogue: Catalogue, scene_id: int, attempt: int) -> ParallaxSpec:
    """One attempt at one scene.

    Raises:
        Redraw: it cannot be arranged.
    """
    return _Draft(Setting(config, catalogue, scene_id, attempt), config).spec()


class _Draft:
    """One attempt in the making."""

    def __init__(self, setting: Setting, config: ParallaxConfig) -> None:
        self.setting, self.config, self.stage = setting, config, setting.stage
        self.difficulty = difficulty_of(setting.scene_id)
        self.floor = Floor(self.stage.half_width, self.stage.half_depth, self.stage.ceiling, np.zeros(1))

    def spec(self) -> ParallaxSpec:
        views = [self._view(self.setting.rng(f"camera-{k}")) for k in range(self.config.pairs)]
        people = self._people(views)
        things = self._things(views)
        sight = Sightlines(self.stage, [*map(_person_pillar, people), *map(self._thing_pillar, things)])
        mood = self.setting.mood()
        pairs = tuple(self._pair(k, view, sight, mood) for k, view in enumerate(views))
        light = self.setting.steady_light(mood)
        return ParallaxSpec(
            kind="parallax",
            target_difficulty=self.difficulty,
            pairs=pairs,
            **self.setting.described(mood, light, [*people, *things]),
        )

    # ------------------------------------------------------------ cameras
    def _view(self, rng: np.random.Generator) -> cast.Shot:
        """The first camera of a pair; nothing may come near it."""
        ranges, (width, height) = self.config.camera, self.config.size
        focal = float(np.exp(rng.uniform(*np.log(ranges.focal_mm))))
        whole = 1.75 * focal / ranges.sensor_width_mm * width / height
        eye, target = cast.draw_view(self.stage, ranges.height_m, (max(whole, 2.0), max(2.5 * whole, 3.0)), rng)
        pose = look_at(eye, target, rng.normal(0, np.radians(1.5)))
        self.floor.occupy(eye[None, :2], 0.5, eye[2] - 0.6, eye[2] + 0.4)
        camera = Camera(width, height, intrinsics(width, height, focal, ranges.sensor_width_mm), pose)
        still = Shape("still", lambda amount: pose[None], np.zeros(1))
        return cast.Shot(camera, focal, still, 0.0, pose[None], np.ones(1), (0.0,))

    def _pair(self, k: int, view: cast.Shot, sight: Sightlines, mood: str) -> ViewPair:
        rng = self.setting.rng(f"pair-{k}")
        for _ in range(_TRIES):
            two = self._partner(view.camera, sight, rng)
            if two is not None:
                break
        else:
            raise Redraw("no second view of the wanted parallax and overlap")
        ordered = enumerate(_either_way(view.camera, two, rng), start=1)
        one, two = (self._still(view.focal_mm, camera, f"-{k}", f"-{k}-{n}") for n, camera in ordered)
        seeds = self.setting.rng(f"noise-{k}").choice(1_000_000, 2, replace=False) + 1
        return ViewPair(
            cameras=(one, two),
            exposure_ev=lights.EXPOSURE_EV.get(mood, 0.0),
            noise_seeds=(int(seeds[0]), int(seeds[1])),
            degradations=draw_if_active(self.config.degrade, self.setting.rng(f"degradations-{k}"), 2),
        )

    def _partner(self, one: Camera, sight: Sightlines, rng: np.random.Generator) -> Camera | None:
        """A second camera with the wanted parallax and overlap, by sightlines; None if this direction has none."""
        aim = self.config.difficulty.of(self.difficulty)
        wanted_px = float(np.exp(rng.uniform(*np.log(aim.parallax_px))))
        wanted_overlap = float(rng.uniform(*aim.overlap))
        way = rng.normal(size=3) * [1.0, 0.3, 0.45]
        way = one.cam_to_world[:3, :3] @ (way / np.linalg.norm(way))
        ahead = float(rng.uniform(2.5, 6.0))
        turns = (float(rng.choice([-1.0, 1.0])), float(rng.normal(0, np.radians(2))))
        baseline = self._baseline(one, way, ahead, wanted_px, sight)
        if baseline is None:
            return None
        eye = one.centre + baseline * way
        if not self._free(eye, sight):
            return None
        facing = _facing(one, eye, ahead, turns[1])
        two = _turned_for(one, facing, wanted_overlap, turns[0], sight)
        there, back = sight.expect(one, two), sight.overlap(two, one)
        fits = all(aim.overlap[0] <= share <= aim.overlap[1] for share in (there.overlap, back))
        return two if fits and self.config.difficulty.label(there.parallax_px) == self.difficulty else None

    def _baseline(self, one: Camera, way: Array, ahead: float, wanted_px: float, sight: Sightlines) -> float | None:
        """How far to go so that the parallax is the wanted one."""
        baseline = 0.02 * wanted_px
        for _ in range(5):
            found = sight.expect(one, _facing(one, one.centre + baseline * way, ahead, 0.0)).parallax_px
            if abs(found - wanted_px) < 0.1 * wanted_px:
                return baseline
            if not np.isfinite(found) or baseline > 8.0:
                return None
            # Parallax grows about in proportion to the way.
            baseline *= float(np.clip(wanted_px / max(found, 1e-3), 0.3, 3.0))
        return None

    def _free(self, eye: Array, sight: Sightlines) -> bool:
        inside = (np.abs(eye[:2]) <= [self.stage.half_width - 0.2, self.stage.half_depth - 0.2]).all()
        high = 0.4 <= eye[2] <= self.stage.ceiling - 0.3
        return bool(inside and high and sight.clearance(eye) > self.config.accept.clearance_m + 0.1)

    def _still(self, focal_mm: float, camera: Camera, pair: str, part: str) -> StillCamera:
        optics, rng = self.config.optics, self.setting.rng
        lens, shutter = draw_lens(optics, rng, part), draw_shutter(optics, rng, part, pair)
        return StillCamera.of(camera.cam_to_world, focal_mm, self.config.camera.sensor_width_mm, lens, shutter)

    # ------------------------------------------------------------ who and what
    def _people(self, views: list[cast.Shot]) -> list[Person]:
        rng = self.setting.rng("people")
        able = [asset for asset in self.setting.catalogue.of("character", self.setting.split) if acts(asset)]
        assets = self.setting.shuffled(able, rng)
        count = min(int(rng.integers(self.config.people[0], self.config.people[1] + 1)), len(assets))
        placed = [
            cast.place_person(a, reference(a), self.floor, views, False, rng, self.setting.catalogue)
            for a in assets[:count]
        ]
        people = [person for person in placed if person is not None]
        if len(people) < min(self.config.people[0], len(assets)):
            raise Redraw("no room for the people")
        return people

    def _things(self, views: list[cast.Shot]) -> list[Thing]:
        """Things near the cameras, then things anywhere."""
        rng, (low, high) = self.setting.rng("near"), self.config.near
        placed: list[Thing | None] = []
        for _ in range(int(rng.integers(low, high + 1))):
            asset = self.setting.model(rng)
            placed.append(cast.place_occluder(asset, reference(asset), self.floor, views, rng))
        rng, (low, high) = self.setting.rng("objects"), self.config.objects
        for _ in range(int(rng.integers(low, high + 1))):
            asset = self.setting.model(rng)
            placed.append(cast.place_still(asset, reference(asset), self.floor, rng))
        # What would hover near a camera is left out: here everything rests.
        things = [thing for thing in placed if thing is not None and thing.motion.kind == "still"]
        if sum(thing.role == "object" for thing in things) < low:
            raise Redraw("no room for the things")
        return things

    def _thing_pillar(self, thing: Thing) -> Pillar:
        radius, height = extent(self.setting.catalogue.get(thing.asset.id), thing.scale)
        return Pillar(np.array(thing.motion.position[:2]), _SLIM * radius, 0.0, height)


def _person_pillar(person: Person) -> Pillar:
    centre, radius, height = room(person.motion, 0.0)
    return Pillar(centre, 0.6 * radius, 0.0, 0.85 * height)


def _facing(one: Camera, eye: Array, ahead: float, roll: float) -> Camera:
    """A camera at `eye` that looks at what the first one looks at, `ahead` metres away."""
    target = one.centre + ahead * one.cam_to_world[:3, 2]
    return Camera(one.width, one.height, one.K, look_at(eye, target, roll))


def _turned(camera: Camera, yaw: float) -> Camera:
    pose = camera.cam_to_world.copy()
    pose[:3, :3] = rotation_about((0.0, 0.0, 1.0), yaw) @ pose[:3, :3]
    return Camera(camera.width, camera.height, camera.K, pose)


def _turned_for(one: Camera, two: Camera, wanted: float, side: float, sight: Sightlines) -> Camera:
    """The second camera turned to a side until the overlap is the wanted one; as it is where it is less already."""
    low, high = 0.0, 2 * float(np.arctan(one.width / 2 / one.K[0, 0]))
    if sight.overlap(one, two) <= wanted:
        return two
    for _ in range(6):
        middle = (low + high) / 2
        enough = sight.overlap(one, _turned(two, side * middle)) > wanted
        low, high = (middle, high) if enough else (low, middle)
    return _turned(two, side * low)


def _either_way(one: Camera, two: Camera, rng: np.random.Generator) -> tuple[Camera, Camera]:
    """The two in an order that says nothing about which was drawn first."""
    return (one, two) if rng.random() < 0.5 else (two, one)
