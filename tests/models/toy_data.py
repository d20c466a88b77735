"""Synthetic triples with closed-form truth, written with the exporters' own encoder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import yaml

from viewlock.exporters.fields import Flow, encode_sample
from viewlock.exporters.scene_file import encode_scene
from viewlock.exporters.tar import tar_bytes
from viewlock.geometry import Camera, intrinsics, pixel_grid, plane_homography, rotation_about
from viewlock.models.crops import Window, crop_sample

W, H = 64, 48


def plane_texture(X, phase):
    """Colours in [0, 255] of points on the plane z = 0; smooth, so that it looks alike from everywhere."""
    x, y = X[:, 0], X[:, 1]
    waves = [np.sin(1.7 * x + phase), np.sin(2.1 * y - x + phase), np.cos(1.3 * x + 1.1 * y)]
    return (127.5 + 110 * np.stack(waves, axis=1)).round().astype(np.uint8)


def camera(position, angle):
    """Looks down on z = 0 from height 3."""
    pose = np.eye(4)
    pose[:3, :3] = rotation_about([0, 0, 1], angle) @ np.diag([1.0, -1.0, -1.0])
    pose[:3, 3] = [*position, 3.0]
    return Camera(W, H, intrinsics(W, H, 24, 36), pose)


def seen(view, phase, square):
    """The picture of a camera, the world points of its pixels, and which show the moving square."""
    origins, directions = view.rays(pixel_grid(W, H))
    X = origins - directions * (origins[:, 2:] / directions[:, 2:])
    inside = (np.abs(X[:, :2] - square) < 0.5).all(axis=1)
    picture = plane_texture(X, phase)
    picture[inside] = (230, 40, 60)
    return picture.reshape(H, W, 3), X, inside.reshape(H, W)


def triple(number):
    """Fields of a sample: a textured plane with a square that moves on it, under a camera that moves and turns."""
    rng = np.random.default_rng(number)
    one = camera(rng.uniform(-0.2, 0.2, 2), rng.uniform(-0.1, 0.1))
    two = camera(rng.uniform(-0.2, 0.2, 2), rng.uniform(-0.1, 0.1))
    phase, start, end = rng.uniform(0, 6), rng.uniform(-1, 1, 2), rng.uniform(-1, 1, 2)
    i1, X1, there_1 = seen(one, phase, start)
    igt, _, there_gt = seen(one, phase, end)
    i2, _, _ = seen(two, phase, end)
    moved = X1 + np.where(there_1.reshape(-1, 1), np.r_[end - start, 0.0], 0.0)
    pixels, depth = two.project(moved)
    flow = (pixels - pixel_grid(W, H)).reshape(H, W, 2).astype(np.float32)
    static, _ = two.project(X1)
    background = (static - pixel_grid(W, H)).reshape(H, W, 2).astype(np.float32)
    K = one.K.tolist()
    H_12 = plane_homography(one, two, [0, 0, 1], 0.0)
    meta = {
        "kind": "dsia", "scene_id": number, "pair": 0, "subset": "LcLf", "K_1": K, "K_2": K,
        "cam_to_world_1": one.cam_to_world.tolist(), "cam_to_world_2": two.cam_to_world.tolist(),
        "homographies": {"plane_floor_gtto2": {"H": H_12.tolist(), "index": 1}},
    }  # fmt: skip
    valid = (depth > 0).reshape(H, W)
    return {
        "i1": i1, "i2": i2, "igt": igt, "dynamic": there_1 | there_gt, "dynamic_1": there_1,
        "flow_1to2": Flow(flow, valid), "occluded_1to2": ~two.in_frame(pixels).reshape(H, W),
        "flow_gtto2": Flow(background, valid), "occluded_gtto2": ~two.in_frame(static).reshape(H, W), "meta": meta,
    }  # fmt: skip


def scene(number):
    """Bytes of a finished scene."""
    return encode_scene([encode_sample(f"{number:06d}-000", triple(number), "npz")], {"spec": {}})


def members(numbers, window):
    samples = {number: crop_sample(triple(number), window or Window(0, 0, W, H)) for number in numbers}
    encoded = [encode_sample(f"{number:06d}-000", sample, "npz") for number, sample in samples.items()]
    return sorted(member for sample in encoded for member in sample.items())


def write_dataset(folder: Path, splits, window=None):
    """A dataset folder: split -> scene numbers, one shard each; `window` is the part of the pictures that is kept."""
    shards = []
    for split, numbers in splits.items():
        path = folder / split / f"toy-{split}-000000.tar"
        path.parent.mkdir(parents=True)
        path.write_bytes(tar_bytes(members(numbers, window)))
        shards.append({"path": path.relative_to(folder).as_posix(), "split": split})
    content = {"kind": "dsia", "splits": {split: {} for split in splits}, "shards": shards, "provenance": {}}
    (folder / "dataset.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def write_run(folder: Path, planned, finished):
    """A run folder that is still rendered: scene -> split of the plan, and the scenes that are there."""
    (folder / "scenes").mkdir(parents=True)
    lines = [json.dumps({"kind": "dsia", "scene_id": n, "split": split}) for n, split in planned.items()]
    (folder / "plan.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "config.yaml").write_text(yaml.safe_dump({"kind": "dsia"}), encoding="utf-8")
    for number in finished:
        (folder / "scenes" / f"{number:06d}.tar").write_bytes(scene(number))
    return folder
