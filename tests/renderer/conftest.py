"""A bare Blender scene to build closed forms in, and one full scene of the preset."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from viewlock.exporters.scene_file import decode_scene
from viewlock.geometry import Camera, intrinsics, look_at, pixel_grid

bpy = pytest.importorskip("bpy", reason="needs Blender: pip install 'viewlock[render]'")

from viewlock.renderer import cycles  # noqa: E402
from viewlock.renderer.cameras import camera_at  # noqa: E402
from viewlock.renderer.ground_truth import View, correspond, look  # noqa: E402
from viewlock.renderer.meshes import SceneMeshes, use_render_levels  # noqa: E402
from viewlock.renderer.raycast import RayCaster, surface_points  # noqa: E402

SIZE = (240, 136)


class Bench:
    """Makes simple objects, and rays against them at moments."""

    def __init__(self) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self.scene = bpy.context.scene
        self._meshes: SceneMeshes | None = None
        self._index = 0

    def add(self, vertices: Any, faces: Any, name: str = "thing") -> Any:
        """A mesh object with its own pass index."""
        data = bpy.data.meshes.new(name)
        data.from_pydata([tuple(map(float, v)) for v in vertices], [], [tuple(f) for f in faces])
        thing = bpy.data.objects.new(name, data)
        self.scene.collection.objects.link(thing)
        self._index += 1
        thing.pass_index = self._index
        return thing

    def rectangle(self, x: tuple, z: tuple, y: float = 0.0, cuts: int = 1, name: str = "rectangle") -> Any:
        """An upright rectangle in the plane y = const that faces -y."""
        xs, zs = np.linspace(*x, cuts + 1), np.linspace(*z, cuts + 1)
        vertices = [(a, y, b) for b in zs for a in xs]
        n = cuts + 1
        faces = [
            (j * n + i, j * n + i + 1, (j + 1) * n + i + 1, (j + 1) * n + i) for j in range(cuts) for i in range(cuts)
        ]
        return self.add(vertices, faces, name)

    def caster(self) -> RayCaster:
        """Rays against the scene as it stands."""
        bpy.context.view_layer.update()
        if self._meshes is None:
            use_render_levels()
            bpy.context.view_layer.update()
            self._meshes = SceneMeshes()
        return RayCaster(self._meshes.topology, self._meshes.vertices())

    def view(self, camera: Camera) -> View:
        return look(camera, self.caster())


def make_camera(eye=(0.0, -5.0, 0.0), target=(0.0, 0.0, 0.0), roll=0.0, size=SIZE, focal_mm=30.0) -> Camera:
    return Camera(*size, intrinsics(*size, focal_mm, 36), look_at(eye, target, roll))


def glowing(thing: Any, strength: float = 1.0) -> None:
    """Give a thing a material that shines and reflects nothing."""
    material = bpy.data.materials.new("glow")
    material.use_nodes = True
    nodes = material.node_tree.nodes
    nodes.clear()
    glow, out = nodes.new("ShaderNodeEmission"), nodes.new("ShaderNodeOutputMaterial")
    glow.inputs["Strength"].default_value = strength
    material.node_tree.links.new(glow.outputs[0], out.inputs[0])
    thing.data.materials.append(material)


def centroid(light: np.ndarray, about: Any, reach: int = 6) -> np.ndarray:
    """Centre (x, y) of the light (H, W) within a square of pixels about a place."""
    x0, y0 = (round(float(v)) - reach for v in about)
    window = light[y0 : y0 + 2 * reach + 1, x0 : x0 + 2 * reach + 1]
    ys, xs = np.mgrid[0 : window.shape[0], 0 : window.shape[1]]
    return np.array([(xs * window).sum(), (ys * window).sum()]) / window.sum() + [x0, y0]


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def camera() -> Callable[..., Camera]:
    return make_camera


@dataclass(frozen=True, repr=False)  # of removed Blender objects a representation crashes
class FullScene:
    """A rendered scene of the preset, with what it was rendered from."""

    config: Any
    spec: Any
    live: Any
    moments: Any
    samples: list[Any]

    def views(self, size: tuple[int, int]) -> tuple[View, View, View]:
        """(P1, t1), (P1, t2) and (P2, t2) at any size."""
        sequence = self.spec.sequences[0]
        one, two = (camera_at(sequence, k, size) for k in (0, 1))
        first, second = (self.moments.caster(t) for t in sequence.frame_times_s[:2])
        return look(one, first), look(one, second), look(two, second)


def joined_flows_off_px(scene: FullScene, size: tuple[int, int]) -> np.ndarray:
    """How far F(gt to 2), cast at each landing point of F(1 to gt), ends from where F(1 to 2) says; pixels that are
    seen."""
    view_1, view_gt, view_2 = scene.views(size)
    objects = correspond(view_1, view_gt.caster, view_gt.camera)
    whole = correspond(view_1, view_2.caster, view_2.camera).flow
    seen = ~objects.occluded & objects.in_frame
    grid = pixel_grid(*size).reshape(*size[::-1], 2)
    hits = view_gt.caster.first_hits(*view_gt.camera.rays((grid + objects.flow)[seen]))
    points = surface_points(view_2.caster.vertices, view_2.caster.topology.triangles, hits)
    arrival = view_2.camera.project_directions(points - view_2.camera.centre)[0]
    return np.linalg.norm(arrival - (grid + whole)[seen], axis=1)[hits.found]


@pytest.fixture(scope="package")
def full_scene() -> FullScene:
    """One LcLf scene of the `dsia` preset in a room by day, small, with exact flows; built and rendered once."""
    sideways = {"camera.kinds": ["truck"], "subset.camera_large": [0.03, 0.035]}
    return render_full_scene(
        44, "room", {"indoor": 1.0, "light.moods": ["daylight"], "render.samples": 28, "size": [480, 270], **sideways}
    )


def render_full_scene(scene_id: int, place: str, overrides: dict[str, Any]) -> FullScene:
    from viewlock.assets_manifest.catalogue import Catalogue, procedural
    from viewlock.blender_scenes.build import build
    from viewlock.generator.config import load_config
    from viewlock.generator.plan import draw
    from viewlock.renderer.checks import find_faults
    from viewlock.renderer.moments import Moments
    from viewlock.renderer.stopwatch import Stopwatch
    from viewlock.renderer.triples import TripleRenderer

    flows = ["flow_1to2", "flow_gtto2", "flow_1togt", "flow_2to1", "flow_2togt", "flow_gtto1"]
    small = {"size": [640, 360], "sequences": 1, "frames": 2, "render.samples": 16, "fields.flows": flows}  # fmt: skip
    config = load_config("dsia", small | overrides)
    catalogue = Catalogue(a for a in procedural() if a.kind != "place" or a.id == f"place/{place}")
    attempt = 0
    while True:
        spec = draw(config, catalogue, scene_id, attempt)
        live = build(spec, catalogue)
        use_render_levels()
        moments = Moments(SceneMeshes(), live.set_time, spec.frame_times)
        if find_faults(spec, config, moments) is None:
            break
        attempt = spec.attempt + 1
    layer = bpy.context.scene.view_layers[0]
    # Passes must be on before the first render: later, Blender 4.5 crashes with persistent data.
    layer.use_pass_z = layer.use_pass_object_index = layer.use_pass_position = True
    samples = TripleRenderer(live, moments, config, Stopwatch()).render()
    return FullScene(config, spec, live, moments, samples)


def data_passes(scene, frame, moment, size):
    """Cycles' depth, object index and position at pixel centres: one sample, no filter, nothing denoised."""
    sequence = scene.spec.sequences[0]
    scene.live.set_time(sequence.frame_times_s[moment])
    cycles.place_camera(camera_at(sequence, frame, size))
    settings = cycles.RenderSettings(samples=1, denoise=False, bounces=0)
    cycles._apply(settings, 1, None)
    bpy.context.scene.cycles.filter_width = 0.01
    bpy.context.scene.cycles.pixel_filter_type = "BOX"
    original, cycles._apply = cycles._apply, lambda *_: None
    try:
        channels = cycles.render_channels(settings, 1)
    finally:
        cycles._apply = original
    take = lambda *names: next(v for k, v in channels.items() if k.endswith(names))  # noqa: E731
    position = np.stack([take(f"Position.{axis}") for axis in "XYZ"], axis=-1)
    return take("Depth.Z", "Depth.V"), np.rint(take("IndexOB.X", "Object Index.X")).astype(int), position


def second_scene_twice(dataset: Path, folder: Path, viewlock: Callable[..., Any]) -> tuple[dict, dict]:
    """Members of the second scene of a dataset's run, and of the same rendered alone in a copy of the run."""
    first = dataset.with_name(dataset.name + ".run")
    again = shutil.copytree(first, folder / "run", ignore=shutil.ignore_patterns("scenes", "logs", "log.jsonl"))
    done = viewlock("render", again, "--scene", "1")
    assert done.returncode == 0, done.stderr
    one, two = (decode_scene((run / "scenes" / "000001.tar").read_bytes(), str(run))[0] for run in (first, again))
    assert one
    return one, two
