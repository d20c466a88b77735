"""A built `dsia` scene -> its triples: 2N - 1 pictures a sequence of N frames, and exact truth for N - 1 pairs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewlock.blender_scenes.build import LiveScene
from viewlock.generator.dsia_config import DsiaConfig
from viewlock.generator.dsia_spec import DsiaSpec, Sequence
from viewlock.geometry import (
    Camera,
    best_homography,
    infinity_homography,
    pixel_grid,
    plane_homography,
    transfer_error,
)

from .cameras import aperture_at, camera_at, optics_meta
from .checks import PairMeasure, find_faults, median_motion
from .cycles import RenderSettings, place_camera, render
from .exposing import expose
from .ground_truth import Correspondence, View, correspond, dynamic_mask, look, moving_objects
from .metering import metered_exposure
from .moments import Moments
from .photography import Shot, develop, nth, recorded
from .provenance import spec_sha256, versions
from .relighting import light_change_log, relit_mask
from .sample import Flow, Sample, unstorable
from .staging import checked
from .stopwatch import Stopwatch
from .task import Task

Linear = NDArray[np.float32]

_PLANE_SHARE = 0.03
"""A plane must cover this share of Igt to be worth a homography."""


def make_triples(spec: DsiaSpec, task: Task) -> list[Any]:
    """What is kept of the triples of a scene: built, checked and rendered.

    Raises:
        Redraw: the built scene is not fit to be rendered, or too dark.
    """
    live, moments = checked(spec, task, find_faults)
    work = TripleRenderer(live, moments, task.config, task.watch, task.keep, lambda: task.beat("picture"))
    return work.render()


@dataclass
class TripleRenderer:
    """Renders the triples of one scene.

    Attributes:
        keep: what is kept of each sample as soon as it is made, such as its encoded files; a decoded sample of
            960 x 540 is some 28 MB.
        progress: called after each picture.
    """

    live: LiveScene
    moments: Moments
    config: DsiaConfig
    watch: Stopwatch
    keep: Callable[[Sample], Any] = lambda sample: sample
    progress: Callable[[], object] = lambda: None
    _spec: DsiaSpec = field(init=False)

    def __post_init__(self) -> None:
        self._spec = self.live.spec

    def render(self) -> list[Any]:
        """What is kept of all samples of the scene, in the order of their keys.

        Raises:
            Redraw: a sequence's metered picture is black.
        """
        metered = [self._meter(sequence) for sequence in self._spec.sequences]
        samples: list[Any] = []
        for sequence, exposure in zip(self._spec.sequences, metered, strict=True):
            samples += self._sequence(sequence, exposure, first_pair=len(samples))
        return samples

    # ------------------------------------------------------------ pictures
    def _settings(self) -> RenderSettings:
        return RenderSettings(**self.config.render.model_dump())

    def _meter(self, sequence: Sequence) -> float:
        """`metered_exposure` of a sequence's metered frame, rendered small."""
        width, height = self.config.size
        frame = sequence.meter_frame
        full = camera_at(sequence, frame, self.config.size)
        small = full.resized(128, max(2, round(128 * height / width))).at_once()
        self.live.set_time(sequence.frame_times_s[frame])
        with self.watch("meter"):
            place_camera(small)
            # With the samples of the pictures: Cycles' sampling tables depend on the largest count so far.
            picture = render(self._settings(), sequence.noise_seeds[frame])
        return metered_exposure(picture)

    def _picture(self, sequence: Sequence, frame: int, time_s: float, seed: int, sharp: bool = False) -> Linear:
        """What the camera of a frame draws of a moment; `sharp` through a pinhole that takes in one moment of each
        row, with the same distortion and the same moments."""
        optics = None if sharp else sequence.optics
        camera = camera_at(sequence, frame, self.config.size)
        with self.watch("render"):
            shutter_s, aperture = (optics.shutter_s, aperture_at(sequence, frame)) if optics else (0.0, None)
            picture = expose(self._settings(), seed, camera, self.live.set_time, time_s, shutter_s, aperture)
        self.progress()
        return picture

    # ------------------------------------------------------------ triples
    def _sequence(self, sequence: Sequence, metered_ev: float, first_pair: int) -> list[Any]:
        times = sequence.frame_times_s
        cameras = [camera_at(sequence, k, self.config.size) for k in range(len(times))]
        samples = []
        linear_1 = self._picture(sequence, 0, times[0], sequence.noise_seeds[0])
        view_1 = self._look(cameras[0], times[0])
        for k in range(len(times) - 1):
            sharp_1 = linear_1
            if sequence.blurs:  # light is compared between pictures that are equally sharp
                sharp_1 = self._picture(sequence, k, times[k], sequence.noise_seeds[k], sharp=True)
            linear_gt = self._picture(sequence, k, times[k + 1], sequence.noise_seeds_gt[k], sharp=True)
            linear_2 = self._picture(sequence, k + 1, times[k + 1], sequence.noise_seeds[k + 1])
            view_gt, view_2 = self._look(cameras[k], times[k + 1]), self._look(cameras[k + 1], times[k + 1])
            exposures = [metered_ev + sequence.exposure_ev[k], metered_ev + sequence.exposure_ev[k + 1]]
            linear = (linear_1, linear_gt, linear_2)
            pair = _Pair(sequence, k, view_1, view_gt, view_2, linear, sharp_1, exposures)
            sample = self._sample(pair, first_pair + k)
            with self.watch("encode"):
                samples.append(self.keep(sample))
            linear_1, view_1 = linear_2, view_2
        return samples

    def _look(self, camera: Camera, time_s: float) -> View:
        with self.watch("truth"):
            rolls = camera.rolls
            return look(
                camera, self.moments.rolling(time_s, camera.readout_s) if rolls else self.moments.caster(time_s)
            )

    def _sample(self, pair: _Pair, number: int) -> Sample:
        with self.watch("truth"):
            truth = pair.truth(self.config)
        linear_1, linear_gt, linear_2 = pair.linear
        one, two = zip(pair.exposures, pair.white_balance, strict=True)
        first, second = (nth(pair.sequence.degradations, k) for k in (pair.frame, pair.frame + 1))
        shots = (Shot("i1", linear_1, *one, first), Shot("igt", linear_gt, *two), Shot("i2", linear_2, *two, second))
        pictures, taken = develop(shots, self.config)
        fields = {**pictures, **truth.fields}
        static = ~(fields["dynamic_1"] | fields["dynamic_gt"])
        fields["relit_1togt"] = relit_mask(pair.sharp_1, linear_gt, static, self.config.light.relit_ratio)
        measured = light_change_log(pair.sharp_1, linear_gt, static)
        fields["meta"] = self._meta(pair, truth, measured, number) | recorded(taken, self.config)
        return Sample(f"{self._spec.scene_id:06d}-{number:03d}", self._spec.kind, fields)

    def _meta(self, pair: _Pair, truth: _Truth, light_change_log: float, number: int) -> dict[str, Any]:
        spec, measure = self._spec, truth.measure
        one, two = pair.view_1.camera, pair.view_2.camera
        return {
            "kind": spec.kind,
            "scene_id": spec.scene_id,
            "pair": number,
            "subset": measure.subset(self.config),
            "target_subset": spec.target_subset,
            "K_1": one.K.tolist(),
            "K_2": two.K.tolist(),
            "cam_to_world_1": one.cam_to_world.tolist(),
            "cam_to_world_2": two.cam_to_world.tolist(),
            **optics_meta(pair.sequence, pair.frame, one, two),
            "time_1_s": pair.times[0],
            "time_2_s": pair.times[1],
            "camera_motion_px": round(measure.camera_motion_px, 4),
            "object_motion_px": round(measure.object_motion_px, 4),
            "dynamic_fraction": round(measure.dynamic_fraction, 6),
            "overlap": round(measure.overlap, 6),
            "invalid_share": truth.invalid_share,
            "trajectory": pair.sequence.trajectory.kind,
            "light_mood": spec.light_mood,
            "light_change": spec.light_change,
            "light_event": spec.light_event,
            "light_change_log": round(light_change_log, 4),
            "exposure_ev": [round(v, 4) for v in pair.exposures],
            "white_balance": [list(gains) for gains in pair.white_balance],
            "noise_seeds": pair.noise_seeds,
            "homographies": _homographies(spec, pair, truth, number),
            "objects": self._objects(pair, truth.moving),
            "assets": [asset.id for asset in spec.assets],
            "spec_sha256": spec_sha256(spec),
            "versions": versions(),
        }

    def _objects(self, pair: _Pair, moving: NDArray[np.int32]) -> dict[str, Any]:
        """Index -> what it is and how much of Igt it covers."""
        counts = np.bincount(pair.view_gt.instances().ravel(), minlength=1)
        share = lambda index: round(float(counts[index]) / counts.sum(), 6) if index < len(counts) else 0.0  # noqa: E731
        entry = lambda asset, category, index: {  # noqa: E731
            "asset": asset, "category": category, "moving": bool(index in moving), "visible_fraction": share(index)
        }  # fmt: skip
        place = self._spec.place
        table = {p.index: entry(place.asset.id, p.name, p.index) for p in place.planes}
        table[place.index] = entry(place.asset.id, "place", place.index)
        table |= {p.index: entry(p.asset.id, "person", p.index) for p in self._spec.people}
        table |= {t.index: entry(t.asset.id, t.category, t.index) for t in self._spec.things}
        return {str(index): table[index] for index in sorted(table)}


@dataclass(frozen=True)
class _Truth:
    """Exact truth of one pair."""

    fields: dict[str, Any]
    measure: PairMeasure
    moving: NDArray[np.int32]
    invalid_share: dict[str, float]
    camera_flow: Correspondence
    dynamic_gt: NDArray[np.bool_]


@dataclass(frozen=True)
class _Pair:
    """One triple's three views: (P1, t1), (P1, t2) and (P2, t2); pictures in that order.

    Attributes:
        sharp_1: the first picture without blur.
    """

    sequence: Sequence
    frame: int
    view_1: View
    view_gt: View
    view_2: View
    linear: tuple[Linear, Linear, Linear]
    sharp_1: Linear
    exposures: list[float]

    @property
    def times(self) -> tuple[float, float]:
        return self.sequence.frame_times_s[self.frame], self.sequence.frame_times_s[self.frame + 1]

    @property
    def white_balance(self) -> list[tuple[float, float, float]]:
        return list(self.sequence.white_balance[self.frame : self.frame + 2])

    @property
    def noise_seeds(self) -> dict[str, int]:
        s, k = self.sequence, self.frame
        return {"i1": s.noise_seeds[k], "igt": s.noise_seeds_gt[k], "i2": s.noise_seeds[k + 1]}

    def truth(self, config: DsiaConfig) -> _Truth:
        """Flows, occlusions, masks and instances of the pair."""
        views = {"1": self.view_1, "2": self.view_2, "gt": self.view_gt}
        flows = {name: _between(views, name) for name in config.fields.flows}
        moving = moving_objects(self.view_1.caster.topology, self.view_1.caster.vertices, self.view_2.caster.vertices)
        dynamic = {name: dynamic_mask(view, moving) for name, view in views.items()}
        fields: dict[str, Any] = {}
        invalid = {}
        for name, found in flows.items():
            fields[name] = Flow(found.flow.astype(np.float32), found.valid)
            fields[name.replace("flow_", "occluded_")] = found.occluded
            lost = unstorable(found.flow, found.valid, config.flow_form)
            invalid[name] = round(float(lost.mean()), 6)
        fields |= {f"dynamic_{name}": mask for name, mask in dynamic.items()}
        fields["dynamic"] = dynamic["1"] | dynamic["gt"]
        for name, view in views.items():
            fields[f"instances_{name}"] = view.instances()
            fields[f"unreliable_{name}"] = view.unreliable()
            if config.fields.depth:
                fields[f"depth_{name}"] = view.depth()
        camera, objects = flows["flow_gtto2"], flows["flow_1togt"]
        measure = PairMeasure(
            camera_motion_px=median_motion(camera.flow, camera.valid & ~dynamic["gt"]),
            object_motion_px=median_motion(objects.flow, objects.valid & dynamic["1"]),
            dynamic_fraction=float(fields["dynamic"].mean()),
            static_fraction=float((~fields["dynamic"]).mean()),
            overlap=float(flows["flow_1to2"].in_frame.mean()),
        )
        return _Truth(fields, measure, moving, invalid, camera, dynamic["gt"])


def _between(views: dict[str, View], name: str) -> Correspondence:
    """The flow called `flow_<a>to<b>`."""
    a, b = name.removeprefix("flow_").split("to")
    return correspond(views[a], views[b].caster, views[b].camera)


# ------------------------------------------------------------------ homographies
def _homographies(spec: DsiaSpec, pair: _Pair, truth: _Truth, number: int) -> dict[str, Any]:
    """Homographies from Igt to I2: of the static background, of infinity, and of each large plane in view, for
    undistorted pixels."""
    gt, two = pair.view_gt.camera, pair.view_2.camera
    found: dict[str, Any] = {"infinity_gtto2": {"H": infinity_homography(gt, two).tolist()}}
    background = _background(truth, gt, two, (spec.scene_id, number))
    if background is not None:
        found["background_gtto2"] = background
    counts = np.bincount(pair.view_gt.instances().ravel())
    for plane in spec.place.planes:
        share = counts[plane.index] / counts.sum() if plane.index < len(counts) else 0.0
        if share >= _PLANE_SHARE:
            H = plane_homography(gt, two, plane.normal, plane.offset)
            found[f"plane_{plane.name}_gtto2"] = {"H": H.tolist(), "index": plane.index}
    return found


def _background(truth: _Truth, gt: Camera, two: Camera, seed: tuple[int, int]) -> dict[str, Any] | None:
    """The best homography of static pixels seen in both Igt and I2; None if they do not fix one."""
    flow = truth.camera_flow
    usable = np.flatnonzero((~truth.dynamic_gt & flow.valid & ~flow.occluded).ravel())
    if len(usable) < 50:
        return None
    chosen = np.sort(np.random.default_rng(seed).permutation(usable)[:2000])
    height, width = flow.valid.shape
    source = pixel_grid(width, height)[chosen]
    source, target = gt.ideal(source), two.ideal(source + flow.flow.reshape(-1, 2)[chosen])
    try:
        H = best_homography(source, target)
    except ValueError:  # all on one line
        return None
    residual = transfer_error(H, source, target)
    return {
        "H": H.tolist(),
        "residual_p50_px": round(float(np.percentile(residual, 50)), 4),
        "residual_p95_px": round(float(np.percentile(residual, 95)), 4),
        "inlier_share_1px": round(float((residual < 1).mean()), 4),
    }
