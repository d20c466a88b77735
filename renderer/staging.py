"""Scenes that take place somewhere: built, with their geometry at hand, and photographed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewlock.blender_scenes.build import LiveScene, build
from viewlock.generator.drawing import Redraw
from viewlock.generator.spec import StagedSpec
from viewlock.geometry import Camera

from .cycles import RenderSettings, place_camera, render
from .exposing import expose
from .lens import Aperture
from .meshes import SceneMeshes, use_render_levels
from .metering import metered_exposure
from .moments import Moments, key_times
from .task import Task

_METER_PX = 128


def checked(
    spec: StagedSpec, task: Task, find_faults: Callable[[Any, Any, Moments], str | None]
) -> tuple[LiveScene, Moments]:
    """The live scene and its geometry at all of its frame times and while rows are read about them, once a kind's own
    check has found nothing wrong.

    Raises:
        Redraw: it is not fit to be rendered.
    """
    with task.watch("build"):
        live = build(spec, task.catalogue)
        use_render_levels()
        read = [key for time_s, readout_s in spec.readouts for key in key_times(time_s, readout_s)]
        moments = Moments(SceneMeshes(), live.set_time, [*spec.frame_times, *read])
    task.beat("built")
    with task.watch("check"):
        fault = find_faults(spec, task.config, moments)
    task.beat("checked")
    if fault is not None:
        raise Redraw(fault)
    return live, moments


@dataclass(frozen=True)
class Photographer:
    """Takes pictures of the scene as it stands."""

    task: Task

    def picture(
        self, camera: Camera, seed: int, aperture: Aperture | None = None, shutter_s: float = 0.0
    ) -> NDArray[np.float32]:
        """(H, W, 3) linear radiance. The camera moves while it takes a picture, and the scene does not.

        Args:
            shutter_s: how long each row is exposed.
        """
        with self.task.watch("render"):
            picture = expose(self._settings, seed, camera, lambda _: None, 0.0, shutter_s, aperture)
        self.task.beat("picture")
        return picture

    def meter(self, camera: Camera, seed: int) -> float:
        """The exposure that suits what a camera sees, from a small picture.

        Raises:
            Redraw: it is black.
        """
        width = min(_METER_PX, camera.width)
        with self.task.watch("meter"):
            place_camera(camera.resized(width, max(2, round(width * camera.height / camera.width))))
            # With the samples of the pictures: Cycles' sampling tables depend on the largest count so far.
            picture = render(self._settings, seed)
        return metered_exposure(picture)

    @property
    def _settings(self) -> RenderSettings:
        return RenderSettings(**self.task.config.render.model_dump())
