"""Animals and robots on their way: feet on the floor that do not slide, at the speed of their steps."""

import json

import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Asset, Catalogue, procedural
from viewlock.assets_manifest.prepared import Bone, OwnClip, Prepared, write_record
from viewlock.generator.config import load_config
from viewlock.generator.motion_clips import Motion
from viewlock.generator.own_motions import RUN_PER_S, WALK_PER_S, on_its_way
from viewlock.generator.plan import draw
from viewlock.generator.recordings import RecordedMotion, acts, can_play, own_names, playback
from viewlock.generator.rigs import carried, rig_of_prepared

FPS, STEP = 24.0, 0.03
NAMES = ("root", "paw_a", "paw_b")
HEADS = np.array([[0.0, 0.0, 0.4], [0.0, -0.3, 0.1], [0.0, 0.3, 0.1]])


def animal(folder, clips=()):
    """A body on two paws, one before the other, that faces -y."""
    bones = tuple(
        Bone(name, -1 if k == 0 else 0, tuple(head), (head[0], head[1], head[2] - 0.1))
        for k, (name, head) in enumerate(zip(NAMES, HEADS.tolist(), strict=True))
    )
    soles = tuple((name, 0.0, float(head[1]), 0.0) for name, head in zip(NAMES[1:], HEADS[1:], strict=True))
    return Prepared(folder, "character", "beast.glb", "0" * 64, 2, ((-0.1, -0.4, 0.0), (0.1, 0.4, 0.5)), 9, 9,
                    bones=bones, missing=("hips",), soles=soles, clips=tuple(clips))  # fmt: skip


def treading(frames=49, lift=0.1, base=0.25):
    """Paws that take turns: one slides back over the ground by `STEP` a frame, the other is carried forward.

    The file has its floor at `base`.
    """
    heads = np.repeat(HEADS[None], frames, axis=0)
    for f in range(frames):
        for paw in (1, 2):
            share = ((f / 24 + (paw - 1) / 2) % 1.0) * 2
            down = share < 1
            heads[f, paw, 1] += STEP * 12 * ((share if down else 2 - share) - 0.5)
            heads[f, paw, 2] += 0.0 if down else lift * np.sin(np.pi * (share - 1))
    heads[..., 2] += base
    turns = np.zeros((frames, 3, 4))
    turns[..., 0] = 1.0
    return Motion(FPS, turns, heads, np.ones((frames, 3)))


def test_paws_on_a_treadmill_take_the_body_ahead_and_do_not_slide(tmp_path):
    rig = rig_of_prepared(animal(tmp_path))
    moved = on_its_way(treading(), rig, "Walk")
    gone = moved.heads[-1, 0] - moved.heads[0, 0]
    assert gone[1] == pytest.approx(-STEP * 48, rel=0.05) and abs(gone[0]) < 1e-9
    soles = carried(moved.skin(rig), *rig.soles)
    assert soles[..., 2].min() > -1e-3 and np.abs(soles[..., 2].min(axis=1)).max() < 1e-3
    down = (soles[1:, :, 2] < 0.005) & (soles[:-1, :, 2] < 0.005)
    slide = np.linalg.norm(np.diff(soles[..., :2], axis=0), axis=-1)[down]
    assert np.median(slide) < 0.1 * STEP


@pytest.mark.parametrize(("name", "per_s"), [("Walk", WALK_PER_S), ("Gallop", RUN_PER_S), ("Idle", 0.0)])
def test_feet_that_say_nothing_go_at_the_stated_speed(tmp_path, name, per_s):
    rig = rig_of_prepared(animal(tmp_path))
    still = treading()
    still.heads[:] = still.heads[0]
    moved = on_its_way(still, rig, name)
    size = np.ptp(rig.heads, axis=0).max()
    assert (moved.heads[-1, 0] - moved.heads[0, 0])[1] == pytest.approx(-per_s * size * moved.length_s, abs=1e-6)


@pytest.fixture
def beast(tmp_path):
    """A catalogue whose only characters are an animal with three motions, as an import left it."""
    motion = treading()
    prepared = animal(tmp_path, [OwnClip(name, "c0", FPS, motion.frames) for name in ("Walk", "T-Pose", "Death")])
    write_record(prepared)
    np.savez(prepared.clips_file, c0_turns=motion.turns, c0_heads=motion.heads)
    asset = Asset(id="character/beast", kind="character", sha256="0" * 64, imported=tmp_path,
                  bounds_m=prepared.bounds_m)  # fmt: skip
    others = [asset for asset in procedural() if asset.kind != "character"]
    return asset, Catalogue([*others, asset])


def test_an_animal_plays_only_its_own_motions_and_walks_along_its_way(beast):
    asset, catalogue = beast
    assert own_names(asset) == ["Walk"] and not acts(asset)
    spec = draw(load_config("dsia", {"motions.share": 0.0, "people": [1, 1], "frames": 2}), catalogue, 0)
    (person,) = spec.people
    assert isinstance(person.motion, RecordedMotion) and person.motion.own == "Walk"
    played = playback(person.motion, asset, catalogue)
    assert played.motion.length_s >= 12 and can_play(played, 5.0)
    hips = np.array([played.hips(person.motion, t) for t in np.linspace(0, 2, 9)])
    speed = np.linalg.norm(np.diff(hips[:, :2], axis=0), axis=1) / 0.25 / person.motion.rate
    np.testing.assert_allclose(speed, STEP * FPS, rtol=0.15)
    assert person.motion == RecordedMotion.model_validate(json.loads(person.motion.model_dump_json()))


def test_who_cannot_act_is_not_asked_to_stand_still_for_other_kinds(beast):
    _, catalogue = beast
    assert draw(load_config("parallax", {"people": [0, 2]}), catalogue, 0).people == ()
