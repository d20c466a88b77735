"""Draws the scenes of the `rigid` kind (CNN rigid alignment on MAR): an object on the ground, filmed by hand from
around it, and for each frame an angle."""

from __future__ import annotations

import copy
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Asset, Catalogue
from viewlock.geometry import look_at, rotation_vector

from . import cast, lights
from .camera_moves import rotations_about
from .degradations import draw_degradations
from .drawing import Redraw, split_of
from .optics import draw_lens, draw_times, shutter_of
from .placement import Floor
from .rigid_config import RigidConfig
from .rigid_motion import RigidMotion
from .rigid_spec import RigidSpec, TurnedFrame
from .setting import Setting, reference
from .shake import hand_shake, oscillation
from .spec import Shutter, StillCamera, Thing
from .thing_motions import extent

Array = NDArray[np.float64]

_SHORTLY_S = 1e-3
"""Over twice this time a path's velocity is taken."""

_LARGE_M = 0.9
"""Objects with a larger radius, or twice as high, are not filmed."""

_STEEPEST_DEG = 80.0
"""Straight down there is no way up in a picture."""


def group_of(config: RigidConfig, asset: Asset) -> str:
    """The group of an object: that of its category, or for a category that no group names, one by its name."""
    for group, categories in config.groups.items():
        if asset.category in categories:
            return group
    return list(config.groups)[zlib.crc32(asset.category.encode()) % len(config.groups)]


def sample(config: RigidConfig, catalogue: Catalogue, scene_id: int, attempt: int) -> RigidSpec:
    """One attempt at one scene.

    Raises:
        Redraw: it cannot be arranged.
    """
    return _Draft(Setting(config, catalogue, scene_id, attempt), config).spec()


@dataclass(frozen=True)
class _Film:
    """Attributes:
    poses: (N, 4, 4) of the frames.
    middle: (3,) of the object.
    path: the same path, times (M,) -> poses (M, 4, 4).
    times: (N,) of the frames.
    """

    poses: Array
    focal_mm: float
    middle: Array
    path: Callable[[Array], Array]
    times: Array

    def motions(self) -> list[tuple[Array, Array]]:
        """Velocity (3,) in m/s and turning (3,), a rotation vector in radians a second, at each frame."""
        before, after = self.path(self.times - _SHORTLY_S), self.path(self.times + _SHORTLY_S)
        return [
            ((b[:3, 3] - a[:3, 3]) / (2 * _SHORTLY_S), rotation_vector(b[:3, :3] @ a[:3, :3].T) / (2 * _SHORTLY_S))
            for a, b in zip(before, after, strict=True)
        ]


class _Draft:
    """One attempt in the making."""

    def __init__(self, setting: Setting, config: RigidConfig) -> None:
        self.setting, self.config, self.stage = setting, config, setting.stage
        self.group = list(config.groups)[setting.scene_id % len(config.groups)]
        self.floor = Floor(self.stage.half_width, self.stage.half_depth, self.stage.ceiling, np.zeros(1))

    def spec(self) -> RigidSpec:
        thing = self._object()
        film = self._film(thing)
        things = [thing, *self._around()]
        mood = self.setting.mood()
        light = self.setting.steady_light(mood)
        return RigidSpec(
            kind="rigid",
            group=self.group,
            object_index=self.setting.place_index + 1,
            exposure_ev=lights.EXPOSURE_EV.get(mood, 0.0),
            frames=self._frames(film),
            **self.setting.described(mood, light, things),
        )

    # ------------------------------------------------------------ the object
    def _object(self) -> Thing:
        rng = self.setting.rng("object")
        asset = self._chosen()
        reach = 0.35 * np.array([self.stage.half_width, self.stage.half_depth])
        x, y = map(float, rng.uniform(-reach, reach))
        motion = RigidMotion(position=(x, y, 0.0), yaw=float(rng.uniform(0, 2 * np.pi)))
        return Thing(index=0, asset=reference(asset), category=asset.category, role="object", scale=1.0, motion=motion)

    def _chosen(self) -> Asset:
        """Each scene of a split and group gets another object as long as there are any."""
        fitting = [a for a in self.setting.catalogue.of("object", self.setting.split) if self._suits(a)]
        if not fitting:
            raise Redraw(f"the split {self.setting.split} has no object of the group {self.group}")
        count, config = len(self.config.groups), self.config
        earlier = range(self.setting.scene_id % count, self.setting.scene_id, count)
        turn = sum(split_of(config, scene_id) == self.setting.split for scene_id in earlier)
        order = np.random.default_rng([config.seed, zlib.crc32(f"{self.group} {self.setting.split}".encode())])
        return self.setting.shuffled(fitting, order)[turn % len(fitting)]

    def _suits(self, asset: Asset) -> bool:
        radius, height = extent(asset, 1.0)
        return radius <= _LARGE_M and height <= 2 * _LARGE_M and group_of(self.config, asset) == self.group

    # ------------------------------------------------------------ the camera
    def _film(self, thing: Thing) -> _Film:
        """How the object is filmed; what stands around must leave the view free."""
        rng, ranges = self.setting.rng("film"), self.config.film
        radius, height = extent(self.setting.catalogue.get(thing.asset.id), thing.scale)
        focal_mm = float(np.exp(rng.uniform(*np.log(ranges.focal_mm))))
        ball = float(np.hypot(0.75 * radius, height / 2))  # the corners of its box are empty
        half = ranges.sensor_width_mm / focal_mm / 2 * min(1.0, self.config.size[1] / self.config.size[0])
        distance = ball / (float(rng.uniform(*ranges.fill)) * half)
        middle = np.array(thing.motion.position) + [0.0, 0.0, height / 2]
        times = np.linspace(0.0, self.config.seconds, self.config.frames)
        path = lambda at: self._path(middle, distance, at, copy.deepcopy(rng))  # noqa: E731
        poses = path(times)
        eyes = poses[:, :3, 3]
        inside = (np.abs(eyes[:, :2]) <= [self.stage.half_width - 0.1, self.stage.half_depth - 0.1]).all()
        if not inside or eyes[:, 2].min() < 0.15 or eyes[:, 2].max() > self.stage.ceiling - 0.2:
            raise Redraw("no room to film the object")
        self.floor.occupy(middle[None, :2], radius, 0.0, height)
        for eye in eyes[[0, len(eyes) // 2, -1]]:
            for share in (0.35, 0.7, 1.0):
                between = middle + share * (eye - middle)
                self.floor.occupy(between[None, :2], 0.25 + 0.3 * share, 0.0, between[2] + 0.3)
        return _Film(poses, focal_mm, middle, path, times)

    def _path(self, middle: Array, distance: float, times: Array, rng: np.random.Generator) -> Array:
        """(N, 4, 4) around a point at some times, with drifting height, distance and aim, and the shake of hands."""
        config, ranges = self.config, self.config.film
        share = times / config.seconds - 0.5
        sweep = np.radians(rng.choice([-1.0, 1.0]) * rng.uniform(*ranges.sweep_deg))
        azimuth = rng.uniform(0, 2 * np.pi) + sweep * share
        drift = 0.3 * oscillation(times / 4, 4, rng)
        tilt = rng.uniform(*ranges.elevation_deg) + np.clip(6 * drift[:, 0] + 8 * rng.normal() * share, -8, 8)
        elevation = np.radians(np.clip(tilt, -_STEEPEST_DEG, _STEEPEST_DEG))
        away = distance * np.exp(np.clip(0.1 * drift[:, 1], -0.15, 0.15))
        direction = np.stack(
            [np.cos(azimuth) * np.cos(elevation), np.sin(azimuth) * np.cos(elevation), np.sin(elevation)], axis=1
        )
        shift, turn = hand_shake(times, rng)
        aim = middle + 0.05 * distance * np.c_[drift[:, 2:], np.zeros(len(times))]
        roll = np.radians(rng.normal(0, ranges.roll_deg))
        near = min(distance, 1.0)
        poses = np.stack(
            [
                look_at(eye, at, roll)
                for eye, at in zip(middle + away[:, None] * direction + near * shift, aim, strict=True)
            ]
        )
        poses[:, :3, :3] = poses[:, :3, :3] @ rotations_about(2 * turn)
        return poses

    def _frames(self, film: _Film) -> tuple[TurnedFrame, ...]:
        count, rng = len(film.poses), self.setting.rng("degradations")
        theta_deg = self.setting.rng("angles").uniform(*self.config.theta_deg, count)
        seeds = self.setting.rng("noise").choice(1_000_000, (count, 2), replace=False) + 1
        return tuple(
            TurnedFrame(
                camera=camera,
                theta_deg=float(theta),
                noise_seeds=(int(pair[0]), int(pair[1])),
                degradations=draw_degradations(self.config.degrade, rng),
            )
            for camera, theta, pair in zip(self._cameras(film), theta_deg, seeds, strict=True)
        )

    def _cameras(self, film: _Film) -> list[StillCamera]:
        """With one lens and one shutter for a video; the lens is focused on the object's middle in each frame."""
        optics, stream, sensor_mm = self.config.optics, self.setting.rng, self.config.film.sensor_width_mm
        depths = ((film.middle - film.poses[:, :3, 3]) * film.poses[:, :3, 2]).sum(axis=1)
        lenses = [draw_lens(optics, stream, "", float(depth)) for depth in depths]
        shutters: list[Shutter | None] = [None] * len(depths)
        if optics.takes_time:
            times_s = draw_times(optics, stream, "")
            shutters = [shutter_of(times_s, *motion) for motion in film.motions()]
        each = zip(film.poses, lenses, shutters, strict=True)
        return [StillCamera.of(pose, film.focal_mm, sensor_mm, lens, shutter) for pose, lens, shutter in each]

    # ------------------------------------------------------------ what stands around
    def _around(self) -> list[Thing]:
        rng, (low, high) = self.setting.rng("objects"), self.config.objects
        assets = [self.setting.model(rng) for _ in range(int(rng.integers(low, high + 1)))]
        placed = [cast.place_still(asset, reference(asset), self.floor, rng) for asset in assets]
        things = [thing for thing in placed if thing is not None]
        if len(things) < low:
            raise Redraw("no room for the things")
        return things
