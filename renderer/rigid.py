"""A built `rigid` scene -> its pairs: each frame of the video, and the same with the camera rolled by an angle.

Square pixels and a centred principal point make a roll about the optical axis exactly a rotation of the picture about
its centre ((W - 1) / 2, (H - 1) / 2), and radial distortion, being the same all around, leaves it one. So does motion
blur, since the rolled camera goes the same way. Only rows of different moments do not: the angle is then that of the
middle row's moment. Both pictures are rendered, so neither is blurred by resampling and neither has black corners.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from viewlock.generator.rigid_config import RigidConfig
from viewlock.generator.rigid_spec import RigidSpec, TurnedFrame
from viewlock.geometry import Camera, pixel_grid, rotation_about, rotation_homography, transfer_error

from .cameras import aperture_of, shutter_s_of, still_optics_meta
from .checks import bodies_fault, camera_fault
from .ground_truth import correspond, look
from .moments import Moments
from .photography import Shot, develop, recorded
from .provenance import spec_sha256, versions
from .raycast import RayCaster
from .sample import Sample
from .staging import Photographer, checked
from .task import Task

_CHECK_PX = 96
_CHECKED_FRAMES = 9


def rolled(camera: Camera, theta: float) -> Camera:
    """The camera that sees the picture's content turned counter-clockwise by `theta` radians: it is itself turned
    clockwise, seen from behind."""
    pose = camera.cam_to_world.copy()
    pose[:3, :3] = pose[:3, :3] @ rotation_about((0.0, 0.0, 1.0), theta)
    return replace(camera, cam_to_world=pose)


def make_turned(spec: RigidSpec, task: Task) -> list[Any]:
    """What is kept of the pairs of a video: built, checked and rendered.

    Raises:
        Redraw: the built scene is not fit to be rendered, or too dark.
    """
    _, moments = checked(spec, task, find_faults)
    photographer = Photographer(task)
    middle = spec.frames[len(spec.frames) // 2]
    exposure_ev = photographer.meter(middle.camera.camera(task.config.size), middle.noise_seeds[0]) + spec.exposure_ev
    kept = []
    for k in range(len(spec.frames)):
        sample = _sample(spec, task, photographer, k, exposure_ev)
        fixed, moved = _cameras(spec.frames[k], task.config.size)
        if fixed.rolls:
            with task.watch("truth"):
                residual = rolling_residual_px(fixed, moved, spec.frames[k].theta_deg, moments.caster(0.0))
            sample.fields["meta"]["rolling_residual_px"] = round(residual, 4)
        with task.watch("encode"):
            kept.append(task.keep(sample))
    return kept


def find_faults(spec: RigidSpec, config: RigidConfig, moments: Moments) -> str | None:
    """Why a built scene must be drawn again, by some frames of its video; None if it is fit to be rendered."""
    fault = bodies_fault(spec, moments)
    caster = moments.caster(0.0)
    small = (_CHECK_PX, max(2, round(_CHECK_PX * config.size[1] / config.size[0])))
    for k in np.unique(np.linspace(0, len(spec.frames) - 1, _CHECKED_FRAMES).round().astype(int)):
        camera = spec.frames[k].camera.camera(config.size).resized(*small)
        fault = fault or camera_fault(caster, camera.centre, config.accept.clearance_m)
        if fault is not None:
            return fault
        if (look(camera, caster).instances() == spec.object_index).mean() < config.accept.visible:
            return "too little of the object is seen"
    return None


def _cameras(frame: TurnedFrame, size: tuple[int, int]) -> tuple[Camera, Camera]:
    """Of the fixed and of the moved picture."""
    fixed = frame.camera.camera(size)
    return fixed, rolled(fixed, np.radians(frame.theta_deg))


def rolling_residual_px(fixed: Camera, moved: Camera, theta_deg: float, caster: RayCaster) -> float:
    """How far rolling shutters take pixels from where the rotation puts them: the median over what both pictures see;
    0 if they see nothing together."""
    found = correspond(look(fixed, caster), caster, moved)
    pixels = pixel_grid(fixed.width, fixed.height)
    H = rotation_homography(np.radians(theta_deg), fixed.width, fixed.height)
    off = transfer_error(H, pixels, pixels + found.flow.reshape(-1, 2))[(found.valid & ~found.occluded).ravel()]
    return float(np.median(off)) if len(off) else 0.0


def _sample(spec: RigidSpec, task: Task, photographer: Photographer, k: int, exposure_ev: float) -> Sample:
    frame = spec.frames[k]
    cameras = _cameras(frame, task.config.size)
    optics = aperture_of(frame.camera), shutter_s_of(frame.camera)
    seeds = zip(cameras, frame.noise_seeds, strict=True)
    linear = [photographer.picture(camera, seed, *optics) for camera, seed in seeds]
    shots = [
        Shot(name, linear[n], exposure_ev, degradation=frame.degradations[n])
        for n, name in enumerate(("fixed", "moved"))
    ]
    fields, taken = develop(shots, task.config)
    fields["meta"] = _meta(spec, frame, k, cameras, exposure_ev)
    if task.config.degrade.extended:  # else the three keys above say all
        fields["meta"] |= recorded(taken, task.config)
    return Sample(f"{spec.scene_id:06d}-{k:03d}", spec.kind, fields)


def _meta(
    spec: RigidSpec, frame: TurnedFrame, k: int, cameras: tuple[Camera, Camera], exposure_ev: float
) -> dict[str, Any]:
    fixed, moved = cameras
    filmed = next(thing for thing in spec.things if thing.index == spec.object_index)
    one, two = frame.degradations
    return {
        "kind": spec.kind,
        "scene_id": spec.scene_id,
        "frame": k,
        "theta_deg": frame.theta_deg,
        "rotate": "render",
        "H_fixedtomoved": rotation_homography(np.radians(frame.theta_deg), fixed.width, fixed.height).tolist(),
        "group": spec.group,
        "object": filmed.asset.id,
        "category": filmed.category,
        "K": fixed.K.tolist(),
        **{name: said for name, (said,) in still_optics_meta([frame.camera]).items()},
        "cam_to_world_fixed": fixed.cam_to_world.tolist(),
        "cam_to_world_moved": moved.cam_to_world.tolist(),
        "noise_sigma": one.noise_sigma,
        "jpeg_quality": one.jpeg_quality,
        "degradation_seeds": {"fixed": one.seed, "moved": two.seed},
        "light_mood": spec.light_mood,
        "exposure_ev": round(exposure_ev, 4),
        "noise_seeds": dict(zip(("fixed", "moved"), frame.noise_seeds, strict=True)),
        "assets": [asset.id for asset in spec.assets],
        "spec_sha256": spec_sha256(spec),
        "versions": versions(),
    }
