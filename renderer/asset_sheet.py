"""A picture with one tile for each asset of other people. A process of its own:

python -m viewlock.renderer.asset_sheet TARGET.png, with the assets as JSON lines on standard input.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import bpy
import cv2
import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Asset, Catalogue, procedural
from viewlock.assets_manifest.clip_names import goes, runs
from viewlock.assets_manifest.prepared import Prepared, read_record
from viewlock.assets_manifest.textures import texture_maps
from viewlock.blender_scenes.importers.placing import place_character, place_object
from viewlock.colour import tone
from viewlock.errors import ViewlockError, writing
from viewlock.generator.acting import act, body
from viewlock.generator.character_motion import CharacterMotion
from viewlock.generator.motion_clips import read_clip
from viewlock.generator.own_motions import own_motion
from viewlock.generator.rigs import rig_of_prepared
from viewlock.generator.skies import read_environment
from viewlock.generator.trajectory_files import read_trajectory
from viewlock.store import write_file

from .studio import Image, grid, open_studio, shoot

TILE, TEXT = 192, 52
COLUMNS = 8
_LETTERS = 30


def main() -> None:
    target = Path(sys.argv[1])
    assets = [Asset.model_validate_json(line) for line in sys.stdin]
    sheet = grid([tile(asset) for asset in assets], COLUMNS)
    done, data = cv2.imencode(".png", sheet[..., ::-1])
    assert done
    with writing(target):
        write_file(target, data.tobytes())
    sys.stdout.flush()
    os._exit(0)


def tile(asset: Asset) -> Image:
    """The asset, (TILE + TEXT, TILE, 3), with its id below."""
    makers = {
        "object": _object, "character": _character, "hdri": _environment, "trajectory": _trajectory, "motion": _motion,
        "texture": _texture, "painting": _painting, "scene": _place,
    }  # fmt: skip
    picture = np.full((TILE + TEXT, TILE, 3), 255, np.uint8)
    maker = makers.get(asset.kind)
    try:
        if maker is not None:
            picture[:TILE] = maker(asset)
    except (ViewlockError, ValueError) as problem:
        print(f"{asset.id}: no picture: {problem}", file=sys.stderr)
    for line, start in enumerate(range(0, min(len(asset.id), 3 * _LETTERS), _LETTERS)):
        text, where = asset.id[start : start + _LETTERS], (3, TILE + 13 + 16 * line)
        cv2.putText(picture, text, where, cv2.FONT_HERSHEY_SIMPLEX, 0.35, (0, 0, 0), 1, cv2.LINE_AA)
    return picture


# ------------------------------------------------------------------ models
def _object(asset: Asset) -> Image:
    open_studio(Catalogue(procedural()))
    assert asset.imported is not None and asset.bounds_m is not None
    place_object(read_record(asset.imported), asset.id)
    low, high = np.array(asset.bounds_m)
    middle, reach = (low + high) / 2, float(np.linalg.norm(high - low))
    eye = middle + reach * 1.75 * np.array([0.45, -0.78, 0.42])
    return shoot(tuple(eye), tuple(middle), (TILE, TILE), 52.0)


def _character(asset: Asset) -> Image:
    """In mid-stride: feet on the floor, arms and legs in their joints."""
    open_studio(Catalogue(procedural()))
    assert asset.imported is not None
    prepared = read_record(asset.imported)
    place_character(prepared, asset.id).set_pose(_stride(prepared))
    bpy.context.view_layer.update()
    height = max(prepared.height_m, 0.9 * (prepared.bounds_m[1][1] - prepared.bounds_m[0][1]))
    eye = (0.0, -2.9 * height, 0.75 * height) if prepared.acts else (1.9 * height, -2.2 * height, 0.9 * height)
    return shoot(eye, (0.0, 0.0, 0.5 * prepared.height_m), (TILE, TILE), 72.0)


def _stride(prepared: Prepared) -> NDArray[np.float64]:
    """A pose of a walk: of ours, or of one of its own motions for a body that ours do not fit."""
    if prepared.acts:
        return act(CharacterMotion(gait="walk", phase=0.05, heading_rad=-0.6), *body(prepared), 0.0)
    names = prepared.playable
    motion, rig = (
        own_motion(prepared, next((n for n in names if goes(n) and not runs(n)), names[0])),
        rig_of_prepared(prepared),
    )
    now = motion.at(np.array([0.3 * motion.length_s]))
    return now.moved(np.eye(3), -now.heads[0, rig.middle] * [1.0, 1.0, 0.0]).skin(rig)[0]


def _place(asset: Asset) -> Image:
    """From a corner of its best spot, with lamps lit where scenes light them."""
    open_studio(Catalogue(procedural()))
    bpy.data.objects.remove(bpy.data.objects["ground"])
    assert asset.imported is not None
    prepared = read_record(asset.imported)
    spot = prepared.spots[0]
    place_object(prepared, asset.id).location = -np.array(spot.centre)
    for k, lamp in enumerate(spot.lamps):
        data = bpy.data.lights.new(f"lamp-{k}", "POINT")
        data.energy = 60.0
        lit = bpy.data.objects.new(data.name, data)
        lit.location, lit.visible_camera = lamp, False
        bpy.context.scene.collection.objects.link(lit)
    reach = 0.85 * np.minimum([spot.half_width, spot.half_depth], 5.0)
    return shoot((-reach[0], -reach[1], 1.6), (0.4 * reach[0], 0.4 * reach[1], 1.1), (TILE, TILE), 24.0)


# ------------------------------------------------------------------ pictures
def _environment(asset: Asset) -> Image:
    assert asset.path is not None
    linear = read_environment(asset.path)
    if linear is None:
        raise ValueError(f"{asset.path}: cannot be read")
    small = cv2.resize(linear.astype(np.float32), (TILE, TILE // 2), interpolation=cv2.INTER_AREA)
    return _centred(tone(small, float(np.log2(0.2 / max(np.median(small), 1e-6)))))


def _texture(asset: Asset) -> Image:
    assert asset.path is not None
    folder = asset.path if asset.path.is_dir() else asset.path.parent
    maps = texture_maps(asset.files or sorted(p.name for p in folder.iterdir()))
    return _picture(folder / maps["colour"]) if "colour" in maps else _picture(asset.path)


def _painting(asset: Asset) -> Image:
    assert asset.path is not None
    return _picture(asset.path)


def _picture(path: Path) -> Image:
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError(f"{path}: cannot be read as a picture")
    factor = TILE / max(picture.shape[:2])
    size = tuple(max(1, round(n * factor)) for n in picture.shape[1::-1])
    return _centred(cv2.resize(picture[..., ::-1], size, interpolation=cv2.INTER_AREA))


def _centred(picture: Image) -> Image:
    result = np.full((TILE, TILE, 3), 255, np.uint8)
    top, left = ((TILE - n) // 2 for n in picture.shape[:2])
    result[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return result


# ------------------------------------------------------------------ drawings
def _trajectory(asset: Asset) -> Image:
    """The path from above, from green to red, and where the camera looks."""
    assert asset.path is not None
    _, poses = read_trajectory(asset.path)
    chosen = poses[np.linspace(0, len(poses) - 1, min(len(poses), 60)).astype(int)]
    at, ahead = chosen[:, :3, 3], chosen[:, :3, 2]
    flat = [0, 2] if np.ptp(at[:, 2]) > np.ptp(at[:, 1]) else [0, 1]
    return _drawn([at[:, flat]], np.stack([at, at + 0.12 * max(np.ptp(at), 1e-6) * ahead], axis=1)[::6][..., flat])


def _motion(asset: Asset) -> Image:
    """Stick figures at five moments, side by side."""
    assert asset.path is not None
    clip = read_clip(asset.path)
    figures = []
    for k, share in enumerate(np.linspace(0.1, 0.9, 5)):
        heads = clip.motion.at(np.array([share * clip.motion.length_s])).heads[0]
        heads = heads - [*heads[clip.rig.roles["hips"], :2], 0.0]
        pairs = [(j, p) for j, p in enumerate(clip.rig.parents) if p >= 0]
        bones = np.array([[heads[p], heads[j]] for j, p in pairs])[..., [1, 2]] * [1.0, -1.0]
        figures.append(bones + [0.9 * k, 0.0])
    return _drawn([], np.concatenate(figures))


def _drawn(lines: list[NDArray[np.float64]], strokes: NDArray[np.float64]) -> Image:
    """Lines (N, 2) and strokes (S, 2, 2), scaled into a tile; lines turn from green to red."""
    picture = np.full((TILE, TILE, 3), 255, np.uint8)
    points = np.concatenate([*lines, strokes.reshape(-1, 2)])
    low, size = points.min(axis=0), max(float(np.ptp(points, axis=0).max()), 1e-6)
    spare = (TILE - 24) * (1 - np.ptp(points, axis=0) / size) / 2
    place = lambda p: tuple(np.round(12 + spare + (p - low) / size * (TILE - 24)).astype(int).tolist())  # noqa: E731
    for a, b in strokes:
        cv2.line(picture, place(a), place(b), (60, 60, 60), 1, cv2.LINE_AA)
    for line in lines:
        for k in range(len(line) - 1):
            share = k / max(len(line) - 2, 1)
            colour = (round(220 * share), round(170 * (1 - share)), 0)
            cv2.line(picture, place(line[k]), place(line[k + 1]), colour, 2, cv2.LINE_AA)
    return picture


if __name__ == "__main__":
    main()
