"""Pictures that take time: motion blur, and rows that are read one after the other.

Blender has no animation of our scenes; code moves them to any moment. While Cycles renders, it asks for the frames
around the current one, and each of them is answered by moving scene and camera to its moment: a frame is as long as the
whole exposure. Between those moments Cycles moves everything straight on, and turns what is rigid along an arc.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import bpy
import numpy as np
from numpy.typing import NDArray

from viewlock.blender_scenes.changes import change
from viewlock.geometry import Camera

from .cycles import RenderSettings, Shutter, place_camera, put_camera, render
from .lens import Aperture

_MOTION_STEPS = 2
"""Of Cycles: 2^2 + 1 moments of an exposure at which everything is where it truly is."""


@contextmanager
def exposure(
    camera: Camera,
    set_time: Callable[[float], None],
    time_s: float,
    shutter_s: float = 0.0,
    aperture: Aperture | None = None,
) -> Iterator[Shutter | None]:
    """Stands scene and camera ready for a picture, and moves them while it is taken.

    Yields what to render it with: None for one moment. Arguments are as of `expose`.
    """
    set_time(time_s)
    place_camera(camera, aperture)
    # Cycles has H steps from the first row's moment to the end of the last one's, of which we use the first H - 1 ...
    line_s = camera.readout_s / (camera.height - 1)
    whole_s = shutter_s + line_s * camera.height
    if whole_s == 0:
        yield None
        return
    # ... and its row y is at the share (y + 1) / H of them: half a step later than about the middle row.
    middle_s = -line_s / 2

    def move(share: float) -> None:
        dt = middle_s + share * whole_s
        set_time(time_s + dt)
        put_camera(camera.pose_at(dt))

    with _frames_answered(move):
        yield Shutter(rolls=camera.rolls, open_share=shutter_s / whole_s)


def expose(
    settings: RenderSettings,
    seed: int,
    camera: Camera,
    set_time: Callable[[float], None],
    time_s: float,
    shutter_s: float = 0.0,
    aperture: Aperture | None = None,
) -> NDArray[np.float32]:
    """(H, W, 3) mean linear radiance of each row's exposure.

    Args:
        set_time: moves the scene to a moment.
        time_s: the middle of the exposure of the middle row.
        shutter_s: how long each row is exposed; its brightness does not depend on it.
    """
    with exposure(camera, set_time, time_s, shutter_s, aperture) as shutter:
        return render(settings, seed, shutter)


@contextmanager
def _frames_answered(move: Callable[[float], None]) -> Iterator[None]:
    """Calls `move` with the share of a frame from the current one to each that Blender goes to; it is at the current
    one at the end."""
    scene = bpy.context.scene
    now = scene.frame_current_final
    for thing in bpy.data.objects:
        change(thing.cycles, motion_steps=_MOTION_STEPS)
    _touch()
    failures: list[Exception] = []

    def answer(scene: bpy.types.Scene, *_: object) -> None:
        try:
            move(scene.frame_current_final - now)
        except Exception as failure:  # Blender prints what a handler raises and goes on
            failures.append(failure)

    bpy.app.handlers.frame_change_pre.append(answer)
    try:
        yield
    finally:
        bpy.app.handlers.frame_change_pre.remove(answer)
        move(0.0)
        _touch()
    if failures:
        raise failures[0]


def _touch() -> None:
    """Cycles 4.5 may crash where motion blur is switched on or off and nothing but the camera has changed."""
    for thing in bpy.data.objects:
        if thing.type == "MESH":
            thing.update_tag()
            return
