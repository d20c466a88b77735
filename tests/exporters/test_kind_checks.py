"""What `verify` says of planar, parallax and rigid samples: nothing of true ones, made here in closed form,
and where and what of spoilt ones."""

from __future__ import annotations

import copy
from typing import Any

import cv2
import numpy as np
import pytest

from viewlock.exporters.checks import general_faults
from viewlock.exporters.pair_checks import pair_faults
from viewlock.exporters.sequence_checks import sequence_faults
from viewlock.exporters.turned_checks import turned_faults
from viewlock.generator.planar import inside, on_picture, shares
from viewlock.geometry import (
    Camera,
    apply_homography,
    intrinsics,
    look_at,
    pixel_grid,
    plane_homography,
    rotation_homography,
)
from viewlock.renderer.rigid import rolled
from viewlock.renderer.sample import Flow

SIZE = (96, 80)
WIDTH, HEIGHT = SIZE


def texture(seed: int, size: tuple[int, int] = SIZE) -> np.ndarray:
    noise = np.random.default_rng(seed).uniform(0, 255, (size[1], size[0], 3))
    smooth = cv2.GaussianBlur(noise, (0, 0), 2)
    return np.clip(128 + 6 * (smooth - smooth.mean()), 0, 255).astype(np.uint8)


def camera(x: float, z: float = 0.0, size: tuple[int, int] = SIZE) -> Camera:
    """One that looks at the plane y = 0 from y = -2."""
    return Camera(*size, intrinsics(*size, 36, 36), look_at((x, -2.0, z), (0.3 * x, 0.0, 0.0), 0.0))


def warped(picture: np.ndarray, H: np.ndarray) -> np.ndarray:
    return cv2.warpPerspective(picture, H, SIZE, flags=cv2.INTER_LINEAR, borderValue=(90, 90, 90))


# ---------------------------------------------------------------- samples that are true
def pair() -> dict[str, Any]:
    """Two views of the plane y = 0 alone."""
    one, two = camera(-0.15), camera(0.2, 0.1)
    H = plane_homography(one, two, (0.0, -1.0, 0.0), 0.0)
    fields: dict[str, Any] = {"i1": texture(1), "i2": warped(texture(1), H)}
    for a, b, along in (("1", "2", H), ("2", "1", np.linalg.inv(H))):
        target = apply_homography(along, pixel_grid(*SIZE))
        flow = (target - pixel_grid(*SIZE)).reshape(HEIGHT, WIDTH, 2)
        fields[f"flow_{a}to{b}"] = Flow(np.rint(flow * 64).astype(np.float32) / 64, np.ones((HEIGHT, WIDTH), bool))
        fields[f"overlap_{a}"] = inside(target, SIZE).reshape(HEIGHT, WIDTH)
        fields[f"occluded_{a}to{b}"] = ~fields[f"overlap_{a}"]
    # Not exactly the plane's, so that there is a residual to be said.
    H = H @ np.array([[1, 0, 0.5], [0, 1, 0], [0, 0, 1]])
    unit = WIDTH / 512
    at = pixel_grid(*SIZE)[fields["overlap_1"].ravel()]
    there = fields["flow_1to2"].flow.reshape(-1, 2)[fields["overlap_1"].ravel()]
    left = float(np.median(np.linalg.norm(apply_homography(H, at) - at - there, axis=1))) / unit
    meta = {"kind": "parallax", "scene_id": 4, "H_1to2": H.tolist(), "parallax_px": round(left, 4),
            "difficulty": "easy", "overlap": round(float(fields["overlap_1"].mean()), 6)}  # fmt: skip
    for n, view in (("1", one), ("2", two)):
        meta |= {f"K_{n}": view.K.tolist(), f"cam_to_world_{n}": view.cam_to_world.tolist()}
    return {"key": "000004-001", **fields, "meta": meta}


def sequence() -> dict[str, Any]:
    """A picture of 2 m x 1.667 m seen by the label's camera and from beside."""
    label = camera(0.0)
    eyes = [label, camera(0.5, 0.3)]
    H = [plane_homography(eye, label, (0.0, -1.0, 0.0), 0.0) for eye in eyes]
    ends = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]]) - 0.5
    fields: dict[str, Any] = {"label": texture(2)}
    empty = np.zeros((HEIGHT, WIDTH), bool)
    for k, one in enumerate(H):
        lit = warped(texture(2), np.linalg.inv(one)) * np.linspace(0.4, 1.0, WIDTH)[None, :, None]
        fields |= {
            f"{k:02d}": lit.astype(np.uint8),
            f"valid_{k:02d}": on_picture(one, pixel_grid(*SIZE), SIZE).reshape(HEIGHT, WIDTH),
            f"occluder_{k:02d}": empty,
            f"shadow_{k:02d}": empty,
            f"highlight_{k:02d}": empty,
            f"unreliable_{k:02d}": empty,
        }
    meta = {
        "kind": "planar", "scene_id": 7, "views": 2, "K_label": label.K.tolist(),
        "cam_to_world_label": label.cam_to_world.tolist(), "K": [eye.K.tolist() for eye in eyes],
        "cam_to_world": [eye.cam_to_world.tolist() for eye in eyes], "H_to_label": [one.tolist() for one in H],
        "corners_px": [apply_homography(np.linalg.inv(one), ends).tolist() for one in H],
        "coverage": [round(float(fields[f"valid_{k:02d}"].mean()), 6) for k in range(2)], "visible": [1.0, 1.0],
        "shadow": [0.0, 0.0], "highlight": [0.0, 0.0], "overlap": [round(shares(one, SIZE)[0], 6) for one in H],
    }  # fmt: skip
    return {"key": "000007", **fields, "meta": meta}


def turned(theta_deg: float = 12.0) -> dict[str, Any]:
    """A piece of a large picture, and the same piece turned."""
    large = texture(3, (3 * WIDTH, 3 * HEIGHT))
    shift = np.array([[1, 0, -WIDTH], [0, 1, -HEIGHT], [0, 0, 1.0]])
    H = rotation_homography(np.radians(theta_deg), WIDTH, HEIGHT)
    fixed = camera(0.0)
    meta = {"kind": "rigid", "scene_id": 9, "theta_deg": theta_deg, "H_fixedtomoved": H.tolist(), "K": fixed.K.tolist(),
            "cam_to_world_fixed": fixed.cam_to_world.tolist(),
            "cam_to_world_moved": rolled(fixed, np.radians(theta_deg)).cam_to_world.tolist()}  # fmt: skip
    return {"key": "000009-000", "fixed": warped(large, shift), "moved": warped(large, H @ shift), "meta": meta}


CONFIG = {"difficulty": {"thresholds_px": [3, 9]}, "theta_deg": [-20, 20]}
KINDS = {"parallax": (pair, pair_faults), "planar": (sequence, sequence_faults), "rigid": (turned, turned_faults)}


def faults(kind: str, sample: dict[str, Any]) -> list[str]:
    return [*general_faults(sample), *KINDS[kind][1](sample, CONFIG)]


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_true_sample_nothing_is_said(kind):
    assert faults(kind, KINDS[kind][0]()) == []


@pytest.mark.parametrize("theta_deg", [-20.0, -3.0, 0.0, 1.0, 20.0])
def test_of_any_angle_nothing_is_said(theta_deg):
    assert faults("rigid", turned(theta_deg)) == []


# ---------------------------------------------------------------- and of spoilt ones
def spoil(sample: dict[str, Any], name: str, change: Any) -> None:
    sample[name] = change(copy.deepcopy(sample[name]))


def put(where: Any, value: Any) -> Any:
    def change(array: np.ndarray) -> np.ndarray:
        array[where] = value
        return array

    return change


def meta(key: str, value: Any) -> Any:
    return lambda values: {**values, key: value}


def longer(flow: Flow) -> Flow:
    return Flow(flow.flow + np.float32([0, 3]), flow.valid)


MIDDLE = (slice(30, 50), slice(30, 50))
CASES = [
    ("parallax", "i2", put(..., 3), "i2: black"),
    ("parallax", "i1", put(..., 255), "i1: burnt out"),
    ("parallax", "flow_1to2", lambda f: Flow(put((40, 40), np.nan)(f.flow), f.valid), "first at (40, 40): valid, but"),
    ("parallax", "flow_1to2", longer, "flow_1to2: does not agree with the poses"),
    ("parallax", "flow_2to1", longer, "flow_1to2: flow_2to1 does not lead back"),
    ("parallax", "overlap_1", put(MIDDLE, False), "overlap_1: 400 pixels fall inside the other picture"),
    ("parallax", "overlap_2", put(..., True), "overlap_2: "),
    ("parallax", "occluded_2to1", put(..., False), "occluded_2to1: "),
    ("parallax", "meta", meta("overlap", 0.1), "meta: overlap: expected 0."),
    ("parallax", "meta", meta("parallax_px", 1.0), "meta: parallax_px: expected 2."),
    ("parallax", "meta", meta("difficulty", "hard"), "meta: difficulty: expected easy for"),
    ("parallax", "meta", meta("H_1to2", (2 * np.eye(3)).tolist()), "meta: H_1to2: expected 3 x 3"),
    ("planar", "label", put(..., 0), "label: black"),
    ("planar", "01", put(..., 0), "01: black"),
    ("planar", "01", lambda a: np.roll(a, 4, 1), "01: fits the label better when it is moved by (4, 0) px"),
    ("planar", "valid_01", put(MIDDLE, False), "valid_01: 400 pixels are not as H_to_label[1] says, first at (30, 30)"),
    ("planar", "occluder_00", put(MIDDLE, True), "meta: visible[0]: expected 0."),
    ("planar", "shadow_01", put(..., True), "shadow_01: "),
    ("planar", "highlight_00", put(MIDDLE, True), "meta: highlight[0]: expected 0.05"),
    ("planar", "meta", meta("corners_px", 2 * [[[0, 0], [9, 0], [9, 9], [0, 9]]]), "meta: corners_px[1]: H_to_"),
    ("planar", "meta", meta("H_to_label", 2 * [np.eye(3).tolist()]), "meta: H_to_label[1]: not that of K"),
    ("planar", "meta", meta("overlap", [1.0, 0.2]), "meta: overlap[1]: expected 0."),
    ("rigid", "moved", put(..., 0), "moved: black"),
    ("rigid", "meta", meta("theta_deg", 30.0), "meta: theta_deg: expected -20 to 20, got 30.0"),
    ("rigid", "meta", meta("theta_deg", 12.5), "meta: H_fixedtomoved: not the rotation by theta_deg"),
    ("rigid", "meta", lambda m: {**m, "cam_to_world_moved": m["cam_to_world_fixed"]}, "not the fixed camera, rolled"),
    ("rigid", "moved", lambda _: turned(-12.0)["moved"], "moved: fits fixed better when it is turned back by 24.0"),
    ("rigid", "moved", lambda _: turned(16.0)["moved"], "moved: fits fixed better when it is turned +4 degrees"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name", "change", "said"), CASES, ids=lambda v: v if isinstance(v, str) else "")
def test_what_is_wrong_is_named(kind, name, change, said):
    sample = KINDS[kind][0]()
    spoil(sample, name, change)
    found = faults(kind, sample)
    assert any(said in line for line in found), found


def test_black_corners_are_found():
    sample = turned()
    H = np.array(sample["meta"]["H_fixedtomoved"])
    sample["moved"] = cv2.warpPerspective(sample["fixed"], H, SIZE)  # resampled, as it should not be
    (line,) = faults("rigid", sample)
    assert line.startswith("moved: ") and line.endswith("of its 7680 pixels are black corners"), line


@pytest.mark.parametrize(("kind", "gone"), [("parallax", "overlap_2"), ("planar", "valid_01"), ("rigid", "moved")])
def test_a_field_that_is_missing_is_named(kind, gone):
    sample = KINDS[kind][0]()
    del sample[gone]
    assert f"fields missing: {gone}" in faults(kind, sample)
