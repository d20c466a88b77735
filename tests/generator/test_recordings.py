"""Recorded motions in plans: looping, the part that is played, and where."""

import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Catalogue, procedural, scan_folder
from viewlock.generator.config import load_config
from viewlock.generator.motion_clips import Motion, read_clip
from viewlock.generator.plan import draw, load_catalogue, plan_lines, read_plan
from viewlock.generator.recordings import Playback, RecordedMotion, arms_out, can_play, playback, prolonged, speed_mps
from viewlock.generator.rigs import rig_of_skeleton
from viewlock.generator.rotations import matrices, quaternions
from viewlock.generator.skeleton import axis_turn, skeleton

UP = np.array([0.0, 0.0, 1.0])
RIG = rig_of_skeleton(skeleton(1.75))


def circling(steps=20, turn=0.3, fps=30.0, stride=0.05):
    """A stiff body that moves straight ahead by `stride` a frame while it turns, one way, by `turn` in all."""
    turns, heads = [], []
    place = np.zeros(3)
    for k in range(steps + 1):
        R = axis_turn(UP, turn * k / steps)
        turns.append(np.tile(R, (len(RIG.names), 1, 1)))
        heads.append(RIG.heads @ R.T + place)
        place = place + R @ [0.0, -stride, 0.0]
    return Motion(fps, quaternions(np.array(turns)), np.array(heads), np.ones((steps + 1, len(RIG.names))))


def test_a_motion_that_ends_as_it_began_goes_on_along_its_way():
    once = circling()
    longer = prolonged(once, RIG, least_s=2.0)
    assert longer.length_s >= 2.0 and longer.fps == once.fps
    # The closed form: the same small step and turn, again and again.
    wanted = circling(steps=longer.frames - 1, turn=0.3 * (longer.frames - 1) / 20)
    np.testing.assert_allclose(matrices(longer.turns), matrices(wanted.turns), atol=1e-9)
    np.testing.assert_allclose(longer.heads, wanted.heads, atol=0.012)  # steps are straight within a piece


def test_a_motion_that_ends_otherwise_is_not_repeated():
    motion = circling()
    arm = RIG.roles["upper_arm_l"]
    bent = motion.turns.copy()
    for k, joint in enumerate(RIG.parents):
        if k == arm or joint == arm:
            bent[-1, k] = quaternions(axis_turn(np.array([1.0, 0, 0]), 2.5)[None])[0]
    bent[-1, RIG.roles["shin_l"]] = bent[-1, RIG.roles["shin_r"]] = quaternions(axis_turn(UP, 2.5)[None])[0]
    other = Motion(motion.fps, bent, motion.heads, motion.sizes)
    assert prolonged(other, RIG, least_s=5.0) is other


class Stiff:
    """A playback of `circling` on the average adult."""

    rig, motion = RIG, circling(steps=60, turn=0.0)


@pytest.mark.parametrize(("raised", "level"), [(90.0, True), (75.0, True), (20.0, False), (140.0, False)])
def test_parts_in_which_an_actor_is_calibrated_are_known(raised, level):
    """Straight arms, `raised` degrees from hanging, at both sides."""
    motion = circling(turn=0.0)
    heads = motion.heads.copy()
    for side, sign in (("l", 1.0), ("r", -1.0)):
        shoulder = heads[:, RIG.roles[f"upper_arm_{side}"]]
        along = np.array([sign * np.sin(np.radians(raised)), 0.0, -np.cos(np.radians(raised))])
        heads[:, RIG.roles[f"hand_{side}"]] = shoulder + 0.5 * along
    assert arms_out(Playback(RIG, Motion(motion.fps, motion.turns, heads, motion.sizes)), 0.1, 0.3) == level


def test_speed_and_length_of_a_part():
    assert speed_mps(Stiff, 0.2, 1.0) == pytest.approx(0.05 * 30, rel=1e-6)
    assert can_play(Stiff, 2.0) and not can_play(Stiff, 2.1)
    low = Motion(30.0, Stiff.motion.turns, Stiff.motion.heads - 0.5 * RIG.leg_m * UP, Stiff.motion.sizes)
    assert not can_play(type("Crawling", (), {"rig": RIG, "motion": low}), 1.0)


@pytest.fixture(scope="module")
def recorded(assets):
    """The first scenes of a plan whose people play the sample recordings whenever they can."""
    config = load_config("dsia", {
        "motions": {"folder": str(assets / "motion"), "share": 1.0}, "splits": {"train": 1.0},
        "people": [1, 2], "sequences": 1, "frames": 3, "objects": [2, 3],
    })  # fmt: skip
    catalogue = load_catalogue(config)
    return config, catalogue, [draw(config, catalogue, k) for k in range(8)]


def test_people_play_recordings_and_specs_name_them(recorded, tmp_path):
    _, catalogue, specs = recorded
    people = [(spec, p) for spec in specs for p in spec.people if isinstance(p.motion, RecordedMotion)]
    assert len(people) >= 5
    for spec, person in people:
        assert person.motion.asset in spec.assets
        played = playback(person.motion, catalogue.get(person.asset.id), catalogue)
        last = max(spec.frame_times)
        assert 0 <= person.motion.begin_s <= played.motion.length_s - person.motion.rate * last + 1e-9
        # Upright on the floor: no joint of the body is under it, and the head is above the hips.
        joints = played.joints(person.motion, last / 2)
        assert joints[played.rig.roles["head"], 2] > joints[played.rig.roles["hips"], 2] + 0.3
        assert joints[list(played.rig.roles.values()), 2].min() > 0.0
    (tmp_path / "plan.jsonl").write_text(plan_lines(specs))
    assert list(read_plan(tmp_path / "plan.jsonl", "dsia")) == specs


def test_a_recording_is_placed_as_the_spec_says(recorded):
    _, catalogue, specs = recorded
    person = next(p for spec in specs for p in spec.people if isinstance(p.motion, RecordedMotion))
    character = catalogue.get(person.asset.id)
    plain = person.motion.model_copy(update={"start_xy": (0.0, 0.0), "heading_rad": 0.0, "begin_s": 0.0, "rate": 1.0})
    played = playback(plain, character, catalogue)
    # By itself it begins over the origin, facing -y: the left shoulder is on the +x side.
    first = played.joints(plain, 0.0)
    assert np.linalg.norm(played.hips(plain, 0.0)[:2]) < 1e-6
    assert (first[played.rig.roles["upper_arm_l"]] - first[played.rig.roles["upper_arm_r"]])[0] > 0.1
    moved = plain.model_copy(update={"start_xy": (1.0, -2.0), "heading_rad": np.pi / 2, "rate": 0.5})
    turned = played.joints(plain, 0.5) @ axis_turn(UP, np.pi / 2).T + [1.0, -2.0, 0.0]
    np.testing.assert_allclose(played.joints(moved, 1.0), turned, atol=1e-9)
    # Skinning matrices carry the joints of the rest pose to where the joints are.
    skin = played.pose(moved, 1.0)
    carried = np.einsum("jab,jb->ja", skin[:, :3, :3], played.rig.heads) + skin[:, :3, 3]
    np.testing.assert_allclose(carried, turned, atol=1e-9)


def test_fast_worlds_take_faster_parts(recorded):
    _, catalogue, specs = recorded
    speeds = {True: [], False: []}
    for spec in specs:
        for person in spec.people:
            if isinstance(person.motion, RecordedMotion):
                played = playback(person.motion, catalogue.get(person.asset.id), catalogue)
                length = person.motion.rate * max(spec.frame_times)
                fast = spec.target_subset.endswith("Lf")
                speeds[fast].append(person.motion.rate * speed_mps(played, person.motion.begin_s, length))
    assert np.mean(speeds[True]) > 1.2 * np.mean(speeds[False])


def test_without_recordings_nobody_plays_any_and_plans_do_not_change(tmp_path):
    config = load_config("dsia", {"sequences": 1, "frames": 2})
    catalogue = Catalogue(procedural())
    with_share = load_config("dsia", {"sequences": 1, "frames": 2, "motions.share": 1.0})
    assert draw(config, catalogue, 3) == draw(with_share, catalogue, 3)


def test_a_recording_that_cannot_be_read_is_left_out_with_its_reason(tmp_path):
    (tmp_path / "torn.bvh").write_text("HIERARCHY\nROOT Hips\n{\n")
    catalogue = load_catalogue(load_config("dsia", {"motions.folder": str(tmp_path)}))
    assert catalogue.of("motion") == []
    (line,) = catalogue.left_out
    assert line.startswith("motion/torn: left out: ") and "torn.bvh" in line


def test_the_sample_recordings_are_found_in_a_folder(assets):
    found = scan_folder("motion", assets / "motion", {"train": 1.0})
    assert len(found) == 4 and all(read_clip(asset.path).motion.frames > 10 for asset in found)
