"""A `planar` spec -> its one sample: a clean label, and the views of the picture with masks and homographies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import bpy
import cv2
import numpy as np
from numpy.typing import NDArray

from viewlock.blender_scenes.planar.studio import FIRST_OCCLUDER, FRAME, Studio, build_studio
from viewlock.colour import luminance
from viewlock.generator.drawing import Redraw
from viewlock.generator.planar import shares
from viewlock.generator.planar_config import PlanarConfig
from viewlock.generator.planar_spec import LABEL_SAMPLES, PlanarSpec, PlanarView
from viewlock.geometry import Camera, apply_homography, pixel_grid

from .cameras import aperture_of, shutter_s_of, still_optics_meta
from .cycles import RenderSettings, place_camera, render, render_channels
from .exposing import exposure
from .meshes import SceneMeshes
from .photography import Shot, develop, nth, recorded
from .planar_truth import Solids, ViewMasks, homography_of, mean_shares, solids_of, view_masks
from .provenance import spec_sha256, versions
from .sample import Sample
from .task import Task

Linear = NDArray[np.float32]

_CHECK_WIDTH = 96


def make_sequence(spec: PlanarSpec, task: Task) -> list[Any]:
    """What is kept of the one sample of a scene.

    Raises:
        Redraw: occluders hide too much of a view, or a view is black.
    """
    with task.watch("build"):
        studio = build_studio(spec, task.catalogue)
        _use_passes()
    with task.watch("check"):
        _check(studio, task.config)
    sample = Sample(f"{spec.scene_id:06d}", spec.kind, _fields(studio, task))
    with task.watch("encode"):
        return [task.keep(sample)]


def _use_passes() -> None:
    """Light that lamps send by reflection, as passes of their own."""
    layer = bpy.context.scene.view_layers[0]
    layer.use_pass_glossy_direct = layer.use_pass_glossy_color = True


def read_solids(view: PlanarView) -> Solids:
    """The studio as it stands, with what only casts shadows."""
    hidden = [thing for thing in bpy.data.objects if thing.type == "MESH" and not thing.visible_camera]
    for thing in hidden:
        thing.visible_camera = True
    bpy.context.view_layer.update()
    meshes = SceneMeshes()
    solids = solids_of(meshes.topology, meshes.vertices(), view, FIRST_OCCLUDER, FRAME)
    for thing in hidden:
        thing.visible_camera = False
    bpy.context.view_layer.update()
    return solids


def _check(studio: Studio, config: PlanarConfig) -> None:
    spec = studio.spec
    small = (_CHECK_WIDTH, max(2, round(_CHECK_WIDTH * spec.size[1] / spec.size[0])))
    for view in spec.views:
        studio.show(view)
        # The homography of a small picture is not that of the full one, but the shares are.
        masks = view_masks(spec, view, small, read_solids(view), FRAME, None)
        if masks.visible_share < config.accept.visible:
            raise Redraw("occluders hide too much of a view")


def _fields(studio: Studio, task: Task) -> dict[str, Any]:
    spec, config = studio.spec, task.config
    settings = RenderSettings(**config.render.model_dump(), keeps=False)  # occluders and lamps come and go
    studio.show_unlit()
    # The label comes first: Cycles' sampling tables depend on the largest count so far. It is not denoised.
    with task.watch("render"):
        place_camera(spec.label.camera(spec.size))
        clean = replace(settings, samples=LABEL_SAMPLES * settings.samples, denoise=False, bounces=0)
        label = render(clean, spec.label_noise_seed)
    task.beat("label")
    made = [_View(studio, task, k, label, settings) for k in range(len(spec.views))]
    fields, taken = develop([Shot("label", label, 0.0)], config)
    for view in made:
        fields |= view.fields
        taken |= view.taken
    fields["meta"] = _meta(spec, made) | recorded(taken, config)
    return fields


class _View:
    """One view, rendered, with its masks."""

    def __init__(self, studio: Studio, task: Task, number: int, label: Linear, settings: RenderSettings) -> None:
        spec, config = studio.spec, task.config
        view = spec.views[number]
        camera = view.eye.camera(spec.size)
        studio.show(view)
        with task.watch("truth"):
            self.masks: ViewMasks = view_masks(spec, view, spec.size, read_solids(view), FRAME, config.masks.shadow)
            self.H, self.corners = homography_of(spec, view)
        optics = shutter_s_of(view.eye), aperture_of(view.eye)
        with task.watch("render"), exposure(camera, lambda _: None, 0.0, *optics) as shutter:
            channels = render_channels(settings, view.noise_seed, shutter)
        picture = take(channels, "Combined")
        self.exposure_ev = metered(picture, label, self.H, self.masks.visible, camera) + view.exposure_ev
        shine = luminance(take(channels, "GlossDir") * take(channels, "GlossCol")) * np.float32(2**self.exposure_ev)
        self.highlight = (cv2.medianBlur(shine, 3) > config.masks.highlight) & self.masks.visible
        shot = Shot(f"{number:02d}", picture, self.exposure_ev, degradation=nth(view.degradations, 0))
        pictures, self.taken = develop([shot], config)
        self.fields = {
            **pictures,
            f"valid_{number:02d}": self.masks.valid,
            f"occluder_{number:02d}": self.masks.occluder,
            f"shadow_{number:02d}": self.masks.shadow,
            f"highlight_{number:02d}": self.highlight,
            f"unreliable_{number:02d}": self.masks.unreliable,
        }
        task.beat(f"view {number}")


_IN_BLENDER_5 = {"GlossDir": "Glossy Direct", "GlossCol": "Glossy Color"}


def take(channels: dict[str, Linear], name: str) -> Linear:
    """(H, W, 3) of a pass, by its name in Blender 4."""
    names = (name, _IN_BLENDER_5.get(name, name))
    ends = [tuple(f"{n}.{letter}" for n in names) for letter in "RGB"]
    found = [next(v for k, v in channels.items() if k.endswith(end)) for end in ends]
    return np.ascontiguousarray(np.stack(found, axis=-1))


def metered(
    picture: Linear, label: Linear, H_to_label: NDArray[np.float64], visible: NDArray[np.bool_], camera: Camera
) -> float:
    """The exposure in EV that makes the picture on its visible pixels as bright, in the geometric mean, as the label is
    there, without burning more than a tenth of them.

    Raises:
        Redraw: it is black.
    """
    height, width = visible.shape
    at = apply_homography(H_to_label, camera.ideal(pixel_grid(width, height)[visible.ravel()]))
    at = np.rint(at).astype(int)
    x, y = np.clip(at[:, 0], 0, width - 1), np.clip(at[:, 1], 0, height - 1)
    wanted, found = luminance(label)[y, x], luminance(picture)[visible]
    if len(found) == 0 or float(np.percentile(found, 97)) < 1e-6:
        raise Redraw("a view is black")
    ratio = float(np.log2(np.maximum(wanted, 5e-3)).mean() - np.log2(np.maximum(found, 1e-6)).mean())
    bright = max(float(np.percentile(wanted, 90)), 0.7)
    burnt = float(np.log2(bright / max(float(np.percentile(found, 90)), 1e-6)))
    return min(ratio, burnt)


def _meta(spec: PlanarSpec, made: list[_View]) -> dict[str, Any]:
    label = spec.label.camera(spec.size)
    cameras = [view.eye.camera(spec.size) for view in spec.views]
    optics = still_optics_meta([view.eye for view in spec.views])
    return {
        "kind": spec.kind,
        "scene_id": spec.scene_id,
        "views": len(spec.views),
        "K_label": label.K.tolist(),
        "cam_to_world_label": label.cam_to_world.tolist(),
        "K": [camera.K.tolist() for camera in cameras],
        "cam_to_world": [camera.cam_to_world.tolist() for camera in cameras],
        "H_to_label": [view.H.tolist() for view in made],
        **{name: said for name, said in optics.items() if name != "rolling_shutter_s"},  # never asked for here
        "corners_px": [view.corners.tolist() for view in made],
        "overlap": [round(shares(view.H, spec.size, camera)[0], 6) for view, camera in zip(made, cameras, strict=True)],
        "coverage": mean_shares([view.masks.valid for view in made]),
        "visible": [round(view.masks.visible_share, 6) for view in made],
        "shadow": mean_shares([view.masks.shadow for view in made]),
        "highlight": mean_shares([view.highlight for view in made]),
        "exposure_ev": [round(view.exposure_ev, 4) for view in made],
        "lamps": [[lamp.kind for lamp in view.lamps] for view in spec.views],
        "occluders": [
            [{"shape": o.shape, "material": o.material, "shadow_only": o.shadow_only} for o in view.occluders]
            for view in spec.views
        ],
        "noise_seeds": {"label": spec.label_noise_seed, "views": [view.noise_seed for view in spec.views]},
        "assets": [asset.id for asset in spec.assets],
        "spec_sha256": spec_sha256(spec),
        "versions": versions(),
    }
