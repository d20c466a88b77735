"""Cycles: settings, devices, and pictures as float arrays. Every setting is set before every render, since
Blender keeps whatever was there before."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
import OpenEXR
from mathutils import Matrix
from numpy.typing import NDArray

from viewlock.blender_scenes.changes import change, change_vector
from viewlock.errors import DeviceError
from viewlock.geometry import Camera
from viewlock.scratch import memory_folder

from .lens import Aperture, lens_blurs, use_lens
from .output import quiet
from .pixel_filter import drawn_width_px, soften

DEVICES = ("cpu", "optix", "cuda", "hip", "metal", "oneapi")


@dataclass(frozen=True)
class RenderSettings:
    """Attributes:
    samples: Cycles samples a pixel.
    denoise: OpenImageDenoise with albedo and normal guides.
    prefilter: how OIDN cleans its guides: none, fast or accurate; auto for accurate where lens or shutter blur them,
        and none otherwise.
    adaptive_threshold: noise level at which Cycles stops sampling a pixel; 0 for never.
    bounces: total light bounces.
    filter_width_px: of the filter that a pixel is seen through, as Blender counts it: a Blackman-Harris window twice as
        long, half of which lies within 0.38 of the width. Pictures wider than 1.5 are drawn with 1.5 and softened.
    light_tree: draw lamps by what they contribute; where there is one to draw, it is left out.
    fast_gi: replace light after the second bounce by ambient occlusion; it is fast and biased.
    device: one of `DEVICES`.
    keeps: whether Cycles keeps what it made of the scene for the next picture. Not where objects come and go: it
        knows them by their addresses in memory, and takes a new one at an old address for the old one.
    """

    samples: int
    denoise: bool = True
    prefilter: str = "accurate"
    adaptive_threshold: float = 0.0
    bounces: int = 6
    filter_width_px: float = 2.5
    light_tree: bool = True
    fast_gi: bool = False
    device: str = "cpu"
    keeps: bool = True


@dataclass(frozen=True)
class Shutter:
    """How the time of an exposure is shared out: it is from half a frame before the current one to half a frame after.

    Attributes:
        rolls: whether rows are read one after the other, from the top.
        open_share: of the exposure's time that each row takes in; the readout has the rest. 1 if it does not roll.
    """

    rolls: bool
    open_share: float


_threads = 0


def use_threads(count: int) -> None:
    """CPU threads of every later render of this process, 0 for all cores. Pixels do not depend on it."""
    global _threads
    _threads = count


def select_device(name: str) -> None:
    """Make Cycles use the CPU, or all GPUs of one kind.

    Raises:
        DeviceError: there is no such device here; the message lists what there is.
    """
    cycles = bpy.context.scene.cycles
    if name == "cpu":
        change(cycles, device="CPU")
        return
    if cycles.device == "GPU":
        return
    preferences = bpy.context.preferences.addons["cycles"].preferences
    try:
        preferences.compute_device_type = name.upper()
    except TypeError:
        raise DeviceError(f"--device {name}: this build of Blender cannot use it; use --device cpu") from None
    preferences.refresh_devices()
    found = [device for device in preferences.devices if device.type == name.upper()]
    if not found:
        raise DeviceError(f"--device {name}: no such device on this machine; use --device cpu")
    for device in preferences.devices:
        device.use = device.type == name.upper()
    cycles.device = "GPU"


def place_camera(camera: Camera, aperture: Aperture | None = None) -> None:
    """Give the scene's camera the pose, the intrinsics, the lens and the picture size of `camera`.

    Args:
        aperture: of a lens that draws out of focus; a pinhole if not given.
    """
    scene = bpy.context.scene
    if scene.camera is None:
        scene.camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
        scene.collection.objects.link(scene.camera)
    change(
        scene.camera.data,
        sensor_fit="HORIZONTAL",
        lens=float(camera.K[0, 0]) / camera.width * scene.camera.data.sensor_width,
        shift_x=(camera.width / 2 - 0.5 - float(camera.K[0, 2])) / camera.width,
        shift_y=(float(camera.K[1, 2]) - camera.height / 2 + 0.5) / camera.width,
        clip_start=0.01,
        clip_end=10_000.0,
    )
    use_lens(camera, aperture)
    put_camera(camera.cam_to_world)
    change(
        scene.render,
        resolution_x=camera.width,
        resolution_y=camera.height,
        resolution_percentage=100,
        pixel_aspect_x=1.0,
        pixel_aspect_y=1.0,
    )


def put_camera(cam_to_world: NDArray[np.float64]) -> None:
    """Move the scene's camera to a pose."""
    # OpenCV's camera looks along +z with y down, Blender's along -z with y up.
    pose = cam_to_world @ np.diag([1.0, -1, -1, 1])
    change_vector(bpy.context.scene.camera, "matrix_world", Matrix(pose.tolist()))


def render(settings: RenderSettings, seed: int, shutter: Shutter | None = None) -> NDArray[np.float32]:
    """(H, W, 3) linear radiance of the scene as it stands, seen from its camera.

    Args:
        shutter: takes the scene in over a frame's time (`viewlock.renderer.exposing`); one moment if not given.
    """
    channels = render_channels(settings, seed, shutter)
    return np.stack([_channel(channels, letter) for letter in "RGB"], axis=-1)


def render_channels(
    settings: RenderSettings, seed: int, shutter: Shutter | None = None
) -> dict[str, NDArray[np.float32]]:
    """All channels of the view layer's passes, by their name in the EXR file. Colours are softened, data are not."""
    _apply(settings, seed, shutter)
    scene = bpy.context.scene
    pixels = scene.render.resolution_x * scene.render.resolution_y
    picture = 16 * 4 * pixels
    with tempfile.TemporaryDirectory(dir=memory_folder(8 * picture)) as folder:
        target = Path(folder) / "frame.exr"
        scene.render.filepath = str(target)
        with quiet():
            bpy.ops.render.render(write_still=True)
        channels = _read_exr(target)
    width_px = settings.filter_width_px
    return {name: soften(c, width_px) if name.endswith((".R", ".G", ".B")) else c for name, c in channels.items()}


def _apply(settings: RenderSettings, seed: int, shutter: Shutter | None) -> None:
    scene = bpy.context.scene
    change(scene.render, engine="CYCLES")
    select_device(settings.device)
    change(
        scene.cycles,
        samples=settings.samples,
        seed=seed,
        use_animated_seed=False,
        sampling_pattern="BLUE_NOISE",  # OIDN takes its noise, which is finer than a pixel's neighbourhood, better away
        time_limit=0.0,
        use_adaptive_sampling=settings.adaptive_threshold > 0,
        adaptive_threshold=settings.adaptive_threshold,
        use_denoising=settings.denoise,
        denoiser="OPENIMAGEDENOISE",
        denoising_input_passes="RGB_ALBEDO_NORMAL",
        denoising_prefilter=_prefilter(settings, shutter),
        denoising_quality="HIGH",
        denoising_use_gpu=settings.device != "cpu",
        max_bounces=settings.bounces,
        diffuse_bounces=min(settings.bounces, 3),
        glossy_bounces=min(settings.bounces, 3),
        transmission_bounces=settings.bounces,
        transparent_max_bounces=32,
        use_light_tree=settings.light_tree and _lights() > 1,
        use_fast_gi=settings.fast_gi,
        ao_bounces_render=2,
        sample_clamp_indirect=10.0,
        caustics_reflective=False,
        caustics_refractive=False,
        pixel_filter_type="BLACKMAN_HARRIS",
        filter_width=drawn_width_px(settings.filter_width_px),
        use_auto_tile=False,
    )
    change(
        scene.render,
        use_persistent_data=settings.keeps,
        film_transparent=False,
        use_compositing=False,
        use_sequencer=False,
        use_border=False,
        threads_mode="FIXED" if _threads else "AUTO",
    )
    if _threads:
        change(scene.render, threads=_threads)
    output = scene.render.image_settings
    if hasattr(output, "media_type"):  # Blender 5
        change(output, media_type="MULTI_LAYER_IMAGE")
    change(output, file_format="OPEN_EXR_MULTILAYER", color_depth="32", exr_codec="NONE")
    _apply_shutter(shutter)


def _prefilter(settings: RenderSettings, shutter: Shutter | None) -> str:
    if settings.prefilter != "auto":
        return settings.prefilter.upper()
    return "ACCURATE" if shutter is not None or lens_blurs() else "NONE"


def _lights() -> int:
    """How many there are that a shadow ray could be sent to, the surroundings being one."""
    scene = bpy.context.scene
    surroundings = scene.world is not None and scene.world.cycles.sampling_method != "NONE"
    return surroundings + sum(thing.type == "LIGHT" for thing in scene.objects)


def _apply_shutter(shutter: Shutter | None) -> None:
    scene = bpy.context.scene
    change(scene.render, use_motion_blur=shutter is not None)
    if shutter is not None:
        change(scene.render, motion_blur_shutter=1.0, motion_blur_position="CENTER")
        rolling = "TOP" if shutter.rolls else "NONE"
        change(scene.cycles, rolling_shutter_type=rolling, rolling_shutter_duration=shutter.open_share)


def _read_exr(path: Path) -> dict[str, NDArray[np.float32]]:
    with OpenEXR.File(str(path), separate_channels=True) as file:
        return {
            name: channel.pixels.astype(np.float32) for part in file.parts for name, channel in part.channels.items()
        }


def _channel(channels: dict[str, NDArray[np.float32]], letter: str) -> NDArray[np.float32]:
    name = next(name for name in channels if name.endswith(f"Combined.{letter}"))
    return channels[name]
