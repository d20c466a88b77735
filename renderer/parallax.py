"""A built `parallax` scene -> its pairs: two pictures each, exact flow both ways, and how far off a homography is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewlock.generator.drawing import Redraw
from viewlock.generator.parallax_config import ParallaxConfig
from viewlock.generator.parallax_spec import PARALLAX_WIDTH, ParallaxSpec, ViewPair
from viewlock.geometry import Camera, best_homography, pixel_grid, transfer_error

from .cameras import aperture_of, shutter_s_of, still_optics_meta
from .checks import bodies_fault, camera_fault
from .ground_truth import Correspondence, View, correspond, look
from .moments import Moments
from .photography import Shot, develop, nth, recorded
from .provenance import spec_sha256, versions
from .raycast import RayCaster
from .sample import Flow, Sample, unstorable
from .staging import Photographer, checked
from .task import Task

_CHECK_PX = 128
"""Width of the pictures on which pairs are checked."""

_FIT_PIXELS = 4000
"""A homography is fitted to this many pixels, drawn with a seed."""

_LEAST_PIXELS = 50


@dataclass(frozen=True)
class PairTruth:
    """What is known of a pair.

    Attributes:
        there, back: where the pixels of 1 are in 2, and those of 2 in 1.
        H_1to2: (3, 3) the best homography, by least squares, of the undistorted pixels that both see.
        parallax_px: median residual after it, in pixels of a picture 512 wide.
    """

    one: View
    two: View
    there: Correspondence
    back: Correspondence
    H_1to2: NDArray[np.float64]
    parallax_px: float


def pair_truth(one: Camera, two: Camera, caster: RayCaster, seed: tuple[int, int]) -> PairTruth:
    """Exact truth of two views of one moment.

    Args:
        seed: of the pixels that the homography is fitted to.

    Raises:
        Redraw: what both see does not fix a homography.
    """
    view_1, view_2 = look(one, caster), look(two, caster)
    there, back = correspond(view_1, caster, two), correspond(view_2, caster, one)
    both = np.flatnonzero((there.valid & ~there.occluded).ravel())
    if len(both) < _LEAST_PIXELS:
        raise Redraw("too little is seen by both cameras")
    source = pixel_grid(one.width, one.height)[both]
    source, target = one.ideal(source), two.ideal(source + there.flow.reshape(-1, 2)[both])
    unit = one.width / PARALLAX_WIDTH
    chosen = np.sort(np.random.default_rng(seed).permutation(len(both))[:_FIT_PIXELS])
    try:
        H = best_homography(source[chosen], target[chosen], huber_px=np.inf)
    except ValueError:
        raise Redraw("what both cameras see lies on one line") from None
    return PairTruth(view_1, view_2, there, back, H, float(np.median(transfer_error(H, source, target))) / unit)


def make_pairs(spec: ParallaxSpec, task: Task) -> list[Any]:
    """What is kept of the pairs of a scene: built, checked and rendered.

    Raises:
        Redraw: the built scene is not fit to be rendered, or too dark.
    """
    _, moments = checked(spec, task, find_faults)
    work = _Work(spec, task, moments.caster(0.0), Photographer(task))
    metered = [work.meter(pair) for pair in spec.pairs]
    return [work.kept(number, exposure) for number, exposure in enumerate(metered)]


def find_faults(spec: ParallaxSpec, config: ParallaxConfig, moments: Moments) -> str | None:
    """Why a built scene must be drawn again; of its pairs at least half must be of the target difficulty."""
    fault = bodies_fault(spec, moments)
    caster = moments.caster(0.0)
    for camera in (camera.camera(config.size) for pair in spec.pairs for camera in pair.cameras):
        fault = fault or camera_fault(caster, camera.centre, config.accept.clearance_m)
    if fault is not None:
        return fault
    right = 0
    for number, pair in enumerate(spec.pairs):
        truth = pair_truth(*_small_cameras(pair, config.size), caster, (spec.scene_id, number))
        fault = _view_fault(truth, config, spec.target_difficulty)
        if fault is not None:
            return fault
        right += config.difficulty.label(truth.parallax_px) == spec.target_difficulty
    return None if right >= 0.5 * len(spec.pairs) else "parallax misses the target difficulty"


def _small_cameras(pair: ViewPair, size: tuple[int, int]) -> tuple[Camera, Camera]:
    small = (_CHECK_PX, max(2, round(_CHECK_PX * size[1] / size[0])))
    one, two = (camera.camera(size).resized(*small) for camera in pair.cameras)
    return one, two


def _view_fault(truth: PairTruth, config: ParallaxConfig, target: str) -> str | None:
    low, high = config.difficulty.of(target).overlap
    shares = (float(truth.there.in_frame.mean()), float(truth.back.in_frame.mean()))
    if min(shares) < low:
        return "too little overlap"
    if max(shares) > high:
        return "too much overlap"
    if max(float((~view.hits.found).mean()) for view in (truth.one, truth.two)) > config.accept.sky:
        return "too much sky"
    return None


@dataclass(frozen=True)
class _Work:
    """Renders the pairs of one scene."""

    spec: ParallaxSpec
    task: Task
    caster: RayCaster
    photographer: Photographer

    def meter(self, pair: ViewPair) -> float:
        """Exposure of a pair in EV."""
        metered = self.photographer.meter(pair.cameras[0].camera(self.task.config.size), pair.noise_seeds[0])
        return metered + pair.exposure_ev

    def kept(self, number: int, exposure_ev: float) -> Any:
        """What is kept of a pair."""
        pair, config = self.spec.pairs[number], self.task.config
        one, two = (camera.camera(config.size) for camera in pair.cameras)
        optics = [(aperture_of(camera), shutter_s_of(camera)) for camera in pair.cameras]
        shots = zip((one, two), pair.noise_seeds, optics, strict=True)
        linear = [self.photographer.picture(camera, seed, *lens) for camera, seed, lens in shots]
        with self.task.watch("truth"):
            truth = pair_truth(one, two, self.caster, (self.spec.scene_id, number))
        shots = [
            Shot(name, linear[n], exposure_ev, degradation=nth(pair.degradations, n))
            for n, name in enumerate(("i1", "i2"))
        ]
        pictures, taken = develop(shots, config)
        fields = pictures | _fields(truth, config.fields.depth)
        fields["meta"] = self._meta(number, truth, exposure_ev) | recorded(taken, config)
        sample = Sample(f"{self.spec.scene_id:06d}-{number:03d}", self.spec.kind, fields)
        with self.task.watch("encode"):
            return self.task.keep(sample)

    def _meta(self, number: int, truth: PairTruth, exposure_ev: float) -> dict[str, Any]:
        spec, config, pair = self.spec, self.task.config, self.spec.pairs[number]
        one, two = truth.one.camera, truth.two.camera
        flows = {"flow_1to2": truth.there, "flow_2to1": truth.back}
        lost = {name: unstorable(found.flow, found.valid, config.flow_form) for name, found in flows.items()}
        return {
            "kind": spec.kind,
            "scene_id": spec.scene_id,
            "pair": number,
            "difficulty": config.difficulty.label(truth.parallax_px),
            "target_difficulty": spec.target_difficulty,
            "parallax_px": round(truth.parallax_px, 4),
            "H_1to2": truth.H_1to2.tolist(),
            "K_1": one.K.tolist(),
            "K_2": two.K.tolist(),
            "cam_to_world_1": one.cam_to_world.tolist(),
            "cam_to_world_2": two.cam_to_world.tolist(),
            **_optics(pair),
            "overlap": round(float(truth.there.in_frame.mean()), 6),
            "invalid_share": {name: round(float(pixels.mean()), 6) for name, pixels in lost.items()},
            "light_mood": spec.light_mood,
            "exposure_ev": round(exposure_ev, 4),
            "noise_seeds": dict(zip(("i1", "i2"), pair.noise_seeds, strict=True)),
            "assets": [asset.id for asset in spec.assets],
            "spec_sha256": spec_sha256(spec),
            "versions": versions(),
        }


def _optics(pair: ViewPair) -> dict[str, Any]:
    said = still_optics_meta(pair.cameras)
    own = ("distortion", "camera_velocity", "camera_turning")
    of_each = {f"{name}_{n}": value for name in own for n, value in enumerate(said.pop(name, []), 1)}
    # Both take equally long.
    of_both = {name: said.pop(name)[0] for name in ("shutter_s", "rolling_shutter_s") if name in said}
    return {**said, **of_each, **of_both}


def _fields(truth: PairTruth, depth: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "overlap_1": truth.there.in_frame,
        "overlap_2": truth.back.in_frame,
        "unreliable_1": truth.one.unreliable(),
        "unreliable_2": truth.two.unreliable(),
    }
    for name, found in (("1to2", truth.there), ("2to1", truth.back)):
        fields[f"flow_{name}"] = Flow(found.flow.astype(np.float32), found.valid)
        fields[f"occluded_{name}"] = found.occluded
    if depth:
        fields |= {"depth_1": truth.one.depth(), "depth_2": truth.two.depth()}
    return fields
