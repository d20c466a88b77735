"""Recorded motions are read as they are, and keep their directions, floor and knees on any other body."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from viewlock.errors import ConfigError
from viewlock.generator.amass import JOINTS
from viewlock.generator.bone_names import missing, roles_of, split_name
from viewlock.generator.grounding import ankles_of, lowest_sole, standing
from viewlock.generator.motion_clips import Clip, Motion, read_clip
from viewlock.generator.motions import CharacterMotion, joint_positions, pose
from viewlock.generator.retargeting import retarget
from viewlock.generator.rigs import Rig, make_rig, rig_of_skeleton
from viewlock.generator.rotations import from_axis_angle, matrices, quaternions, slerp_many
from viewlock.generator.skeleton import axis_turn, skeleton

OURS = rig_of_skeleton(skeleton(1.75))
SAMPLES = ["01_01.bvh", "walk1.bvh", "jumping.bvh", "derived/cmu_01_01_amass_form_poses.npz"]
LIMBS = [("upper_arm", "forearm"), ("forearm", "hand"), ("thigh", "shin"), ("shin", "foot")]


def walk_clip(height_m: float = 1.75, **motion: float) -> Clip:
    """Our own walker, as if it had been recorded."""
    bones = skeleton(height_m)
    walk = CharacterMotion(**({"speed_mps": 1.2} | motion))
    poses = np.array([pose(walk, bones, k / 30).skin for k in range(60)])
    heads = np.array([joint_positions(bones, skin) for skin in poses])
    turns = quaternions(poses[..., :3, :3])
    return Clip("walk", rig_of_skeleton(bones), Motion(30.0, turns, heads, np.ones(heads.shape[:2])))


def directions(heads: np.ndarray, rig: Rig, limb: str, below: str, side: str) -> np.ndarray:
    along = heads[:, rig.roles[f"{below}_{side}"]] - heads[:, rig.roles[f"{limb}_{side}"]]
    return along / np.linalg.norm(along, axis=1, keepdims=True)


def yaw(motion: Motion, rig: Rig) -> float:
    """Which way a body faces in the first frame."""
    first = motion.heads[0]
    left = sum(first[rig.roles[f"{limb}_l"]] - first[rig.roles[f"{limb}_r"]] for limb in ("thigh", "upper_arm"))
    return float(np.arctan2(left[1], left[0]))


def faced(clip: Clip, motion: Motion, rig: Rig) -> Motion:
    """The clip's motion turned to face as another one does."""
    turn = axis_turn(np.array([0, 0, 1.0]), yaw(motion, rig) - yaw(clip.motion, clip.rig))
    return clip.motion.moved(turn, np.zeros(3))


def worst_angle_deg(clip: Clip, motion: Motion, rig: Rig) -> float:
    """Largest angle between a limb of the source and of the target, over all frames, arms and legs."""
    source = faced(clip, motion, rig)
    worst = 0.0
    for limb, below in LIMBS:
        for side in "lr":
            a, b = (
                directions(source.heads, clip.rig, limb, below, side),
                directions(motion.heads, rig, limb, below, side),
            )
            worst = max(worst, float(np.degrees(np.arccos(np.clip((a * b).sum(axis=1), -1, 1))).max()))
    return worst


def knee_bends(motion: Motion, rig: Rig, side: str) -> np.ndarray:
    """(F,) how far each knee is in front of the line from hip to ankle, by the way the pelvis faces; metres."""
    hip, knee, ankle = (motion.heads[:, rig.roles[f"{n}_{side}"]] for n in ("thigh", "shin", "foot"))
    along = (ankle - hip) / np.linalg.norm(ankle - hip, axis=1, keepdims=True)
    off = (knee - hip) - along * ((knee - hip) * along).sum(axis=1, keepdims=True)
    ahead = matrices(motion.turns[:, rig.roles["hips"]]) @ np.array([0.0, -1.0, 0.0])
    return (off * ahead).sum(axis=1)


# ------------------------------------------------------------------ rotations
def test_many_rotations_there_and_back():
    vectors = np.random.default_rng(0).normal(size=(500, 3)) * 2
    turns = from_axis_angle(vectors)
    np.testing.assert_allclose(matrices(quaternions(turns)), turns, atol=1e-12)
    np.testing.assert_allclose(from_axis_angle(np.array([0, 0, np.pi / 2]))[:, 0], [0, 1, 0], atol=1e-12)


def test_between_two_quaternions_the_angle_is_shared():
    a, b = quaternions(np.eye(3)), quaternions(from_axis_angle(np.array([0.0, 1.2, 0.0])))
    np.testing.assert_allclose(matrices(slerp_many(a, -b, 0.25)), from_axis_angle(np.array([0, 0.3, 0])), atol=1e-12)


# ------------------------------------------------------------------ names
@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("mixamorig:LeftUpLeg", ("l", "upleg", 0)), ("LHipJoint", ("l", "hipjoint", 0)), ("thigh.L", ("l", "thigh", 0)),
        ("DEF-upper_arm.R.001", ("r", "upperarm", 1)), ("upperarm_l", ("l", "upperarm", 0)),
        ("Bip01 R Calf", ("r", "calf", 0)), ("left_hip", ("l", "hip", 0)), ("spine.006", ("", "spine", 6)),
        ("Character1_RightToeBase", ("r", "toebase", 0)), ("Skeleton_arm_joint_L__4_", ("l", "armjoint", 4)),
        ("IK-foot.l", ("l", "ikfoot", 0)),
    ],
)  # fmt: skip
def test_names_are_taken_apart(name: str, parts: tuple[str, str, int]):
    assert split_name(name) == parts


def tree(*lines: str) -> tuple[list[str], list[int]]:
    """Bones from `parent > child > grandchild` lines, parents first."""
    names: list[str] = []
    parents: list[int] = []
    for line in lines:
        words = [word.strip() for word in line.split(">")]
        for above, name in zip(["", *words], words, strict=False):
            if name not in names:
                names.append(name)
                parents.append(names.index(above) if above else -1)
    return names, parents


FORMS = {
    "Mixamo": [
        "mixamorig:Hips > mixamorig:Spine > mixamorig:Spine1 > mixamorig:Neck > mixamorig:Head",
        *(f"mixamorig:Spine1 > mixamorig:{s}Shoulder > mixamorig:{s}Arm > mixamorig:{s}ForeArm > mixamorig:{s}Hand > "
          f"mixamorig:{s}HandIndex1" for s in ("Left", "Right")),
        *(f"mixamorig:Hips > mixamorig:{s}UpLeg > mixamorig:{s}Leg > mixamorig:{s}Foot > mixamorig:{s}ToeBase"
          for s in ("Left", "Right")),
    ],
    "Rigify": [
        "spine > spine.001 > spine.002 > spine.003 > spine.004 > spine.005 > spine.006",
        *(f"spine.003 > shoulder.{s} > upper_arm.{s} > forearm.{s} > hand.{s}" for s in "LR"),
        *(f"spine > thigh.{s} > shin.{s} > foot.{s} > toe.{s}" for s in "LR"),
    ],
    "Unreal": [
        "root > pelvis > spine_01 > spine_02 > neck_01 > head",
        *(f"spine_02 > clavicle_{s} > upperarm_{s} > lowerarm_{s} > hand_{s}" for s in "lr"),
        *(f"upperarm_{s} > upperarm_twist_01_{s}" for s in "lr"),
        *(f"pelvis > thigh_{s} > calf_{s} > foot_{s} > ball_{s}" for s in "lr"),
    ],
}  # fmt: skip
PLAYED = {
    "Mixamo": {"hips": "mixamorig:Hips", "chest": "mixamorig:Spine1", "shoulder_l": "mixamorig:LeftShoulder",
               "upper_arm_l": "mixamorig:LeftArm", "shin_r": "mixamorig:RightLeg", "toe_r": "mixamorig:RightToeBase"},
    "Rigify": {"hips": "spine", "chest": "spine.003", "head": "spine.006", "upper_arm_r": "upper_arm.R"},
    "Unreal": {"hips": "pelvis", "chest": "spine_02", "shin_l": "calf_l", "upper_arm_l": "upperarm_l"},
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_bones_are_known_by_the_names_of(form: str):
    names, parents = tree(*FORMS[form])
    roles = roles_of(names, parents)
    assert missing(roles) == []
    assert {role: names[roles[role]] for role in PLAYED[form]} == PLAYED[form]


def test_smpl_says_hip_for_the_thigh_and_ankle_for_the_foot(tmp_path: Path):
    clip = read_clip(write_amass(tmp_path / "a.npz"))
    played = {role: clip.rig.names[j] for role, j in clip.rig.roles.items()}
    assert played["thigh_l"] == "left_hip" and played["foot_r"] == "right_ankle" and played["toe_r"] == "right_foot"
    assert played["upper_arm_l"] == "left_shoulder" and played["shoulder_l"] == "left_collar"
    assert played["hips"] == "pelvis" and played["chest"] == "spine3"


def test_our_own_bones_are_known():
    assert (
        OURS.missing == [] and OURS.names[OURS.roles["hips"]] == "hips" and OURS.names[OURS.roles["chest"]] == "chest"
    )


# ------------------------------------------------------------------ closed forms of retargeting
def test_on_its_own_skeleton_a_clip_is_itself():
    clip = walk_clip()
    made = retarget(clip, clip.rig)
    body = [j for j, name in enumerate(clip.rig.names) if name not in ("ground", "thrown")]
    given = faced(clip, made, clip.rig)
    np.testing.assert_allclose(matrices(made.turns)[:, body], matrices(given.turns)[:, body], atol=1e-6)
    shift = made.heads[0, 0] - given.heads[0, 0]
    # Its feet stand already, so that nothing but millimetres of height is left to mend.
    assert np.abs(made.heads[:, body] - given.heads[:, body] - shift).max() < 0.02


@pytest.mark.parametrize("factor", [0.7, 1.15])
def test_on_a_scaled_skeleton_angles_stay_and_the_way_scales(factor: float):
    clip = walk_clip()
    small = make_rig(clip.rig.names, clip.rig.parents, factor * clip.rig.heads, factor * clip.rig.tails)
    made, same = retarget(clip, small), retarget(clip, clip.rig)
    np.testing.assert_allclose(matrices(made.turns), matrices(same.turns), atol=1e-9)
    way = np.linalg.norm(made.heads[-1, 0, :2] - made.heads[0, 0, :2])
    assert way == pytest.approx(factor * 1.2 * 59 / 30, rel=0.03)


def bent_rest(rig: Rig, drop: float) -> Rig:
    """The same body with its arms turned up from where they hang, about the shoulders."""
    heads, tails = rig.heads.copy(), rig.tails.copy()
    for side, sign in (("l", 1.0), ("r", -1.0)):
        turn = axis_turn(np.array([0, 1.0, 0]), -sign * drop)
        pivot = rig.head(f"upper_arm_{side}")
        arm = [
            j for j, name in enumerate(rig.names)
            if name.endswith(f"_{side}") and heads[j, 2] > 0.6 and "thigh" not in name and "shoulder" not in name
        ]  # fmt: skip
        heads[arm], tails[arm] = ((points[arm] - pivot) @ turn.T + pivot for points in (heads, tails))
    return make_rig(rig.names, rig.parents, heads, tails)


@pytest.mark.parametrize("drop_deg", [65.0, 20.0])
def test_rest_poses_may_differ(drop_deg: float):
    """From our hanging arms to a T-pose and to an A-pose: the limbs point where they did."""
    clip, target = walk_clip(), bent_rest(OURS, np.radians(drop_deg))
    spread = target.head("hand_l") - target.head("upper_arm_l")
    assert np.degrees(np.arcsin(-spread[2] / np.linalg.norm(spread))) == pytest.approx(65 - drop_deg, abs=1)
    assert worst_angle_deg(clip, retarget(clip, target), target) < 0.01


def test_feet_that_hang_on_the_root_follow_the_legs():
    """As in rigs made for inverse kinematics."""
    names, parents = list(OURS.names), list(OURS.parents)
    for side in "lr":
        parents[names.index(f"foot_{side}")] = names.index("hips")
    rig = make_rig(names, parents, OURS.heads, OURS.tails)
    clip = walk_clip()
    made, usual = retarget(clip, rig), retarget(clip, OURS)
    np.testing.assert_allclose(made.heads, usual.heads, atol=1e-6)


# ------------------------------------------------------------------ real recordings
@pytest.fixture(scope="module", params=SAMPLES)
def clip(request: pytest.FixtureRequest) -> Clip:
    assets = request.getfixturevalue("assets")
    return read_clip(assets / "motion" / request.param)


@pytest.fixture(scope="module", params=[1.75, 1.2], ids=["adult", "child"])
def body(request: pytest.FixtureRequest) -> Rig:
    return rig_of_skeleton(skeleton(request.param, {"legs": 1.0 if request.param > 1.5 else 0.95}))


def test_a_recording_is_of_a_person_in_metres(clip: Clip):
    assert 0.7 < clip.rig.leg_m < 1.0
    left = clip.rig.head("thigh_l") - clip.rig.head("thigh_r")
    assert left[0] > 0.1 and abs(left[1]) < 0.02 and abs(left[2]) < 0.02
    assert clip.rig.head("head")[2] > clip.rig.head("hips")[2] > clip.rig.head("foot_l")[2]
    lengths = np.linalg.norm(
        clip.motion.heads[:, clip.rig.roles["shin_l"]] - clip.motion.heads[:, clip.rig.roles["foot_l"]], axis=1
    )
    assert np.ptp(lengths) < 1e-6


def test_limbs_point_where_the_recorded_ones_did(clip: Clip, body: Rig):
    assert worst_angle_deg(clip, retarget(clip, body), body) < 1.0


def test_feet_stay_out_of_the_floor_and_stand_still_on_it(clip: Clip, body: Rig):
    made = retarget(clip, body, 30.0)
    low = lowest_sole(made, body)
    assert low.min() > -0.01 and np.quantile(low, 0.3) < 0.02
    feet = made.heads[:, [body.roles["toe_l"], body.roles["toe_r"]], :2]
    stands = standing(ankles_of(clip.motion.resampled(30.0), clip.rig) * body.leg_m / clip.rig.leg_m, 30.0)
    firmly = np.minimum(stands[1:], stands[:-1]) > 0.9
    speed = np.linalg.norm(np.diff(feet, axis=0), axis=2) * 30.0
    assert firmly.any() and np.median(speed[firmly]) < 0.05


def test_knees_bend_forwards(clip: Clip, body: Rig):
    made = retarget(clip, body, 30.0)
    for side in "lr":
        bends = knee_bends(made, body, side)
        assert bends.max() > 0.05 and bends.min() > -0.03


def test_a_motion_begins_over_the_origin_facing_minus_y(clip: Clip, body: Rig):
    made = retarget(clip, body, 24.0)
    assert made.fps == 24.0 and made.length_s == pytest.approx(clip.motion.length_s, abs=1 / 24 + 1e-6)
    assert np.abs(made.heads[0, body.roles["hips"], :2]).max() < 1e-9
    assert abs(yaw(made, body)) < 1e-6


def test_walking_on_a_treadmill_goes_ahead(assets: Path):
    clip = read_clip(assets / "motion/walk1.bvh")
    assert np.ptp(clip.motion.heads[:, clip.rig.roles["hips"], :2], axis=0).max() < 0.1
    way = np.diff(retarget(clip, OURS, 30.0).heads[[0, -1], OURS.roles["hips"]], axis=0)[0]
    assert -2.0 < way[1] < -0.4 and abs(way[0]) < 0.2  # it faces -y


def test_the_npz_and_the_bvh_of_one_recording_agree(assets: Path):
    bvh, npz = (retarget(read_clip(assets / "motion" / name), OURS, 30.0) for name in (SAMPLES[0], SAMPLES[3]))
    count = min(bvh.frames, npz.frames)
    for limb, below in LIMBS[2:]:
        a, b = (directions(m.heads[:count], OURS, limb, below, "l") for m in (bvh, npz))
        assert np.degrees(np.median(np.arccos(np.clip((a * b).sum(axis=1), -1, 1)))) < 8.0


# ------------------------------------------------------------------ files made here
def write_amass(path: Path, **changes: object) -> Path:
    poses = np.zeros((5, 156))
    poses[:, 0] = np.pi / 2  # stands in a world whose z is up
    arrays = {"poses": poses, "trans": np.tile([0, 0, 0.95], (5, 1)), "mocap_framerate": np.array(120.00005),
              "gender": np.array(b"female")}  # fmt: skip
    np.savez(path, **{name: value for name, value in (arrays | changes).items() if value is not None})
    return path


def test_an_amass_body_at_rest_stands_in_a_t_pose(tmp_path: Path):
    clip = read_clip(write_amass(tmp_path / "a.npz"))
    np.testing.assert_allclose(matrices(clip.motion.turns), np.tile(np.eye(3), (5, len(JOINTS), 1, 1)), atol=1e-12)
    made = retarget(clip, OURS)
    arm = directions(made.heads, OURS, "upper_arm", "hand", "l")
    np.testing.assert_allclose(arm, np.tile([1.0, 0, 0], (5, 1)), atol=1e-3)


def test_an_elbow_bends_about_its_own_axis(tmp_path: Path):
    """Turning the left elbow about the body's vertical brings the hand forwards, to -y."""
    poses = np.zeros((5, 156))
    poses[:, 0] = np.pi / 2
    poses[:, 3 * JOINTS.index("left_elbow") + 1] = -np.pi / 2
    clip = read_clip(write_amass(tmp_path / "a.npz", poses=poses))
    fore = directions(retarget(clip, OURS).heads, OURS, "forearm", "hand", "l")
    np.testing.assert_allclose(fore, np.tile([0, -1.0, 0], (5, 1)), atol=1e-3)


def bvh_text(up: str, unit: float, order: str) -> str:
    """A stick figure whose left leg swings forwards by 30 degrees in its second frame."""
    place = (lambda x, y, z: f"{x * unit:.5f} {z * unit:.5f} {-y * unit:.5f}") if up == "y" else (
        lambda x, y, z: f"{x * unit:.5f} {y * unit:.5f} {z * unit:.5f}")  # fmt: skip
    turns = " ".join(f"{axis}rotation" for axis in order)
    joint = lambda name, at, inner: f"JOINT {name} {{ OFFSET {place(*at)} CHANNELS 3 {turns} {inner} }} "  # noqa: E731
    end = lambda at: f"End Site {{ OFFSET {place(*at)} }}"  # noqa: E731
    text = f"HIERARCHY ROOT Hips {{ OFFSET 0 0 0 CHANNELS 6 Xposition Yposition Zposition {turns} "
    for side, sign in (("Left", 1), ("Right", -1)):
        foot = joint(f"{side}Foot", (0, 0, -0.42), end((0, -0.15, -0.08)))
        text += joint(f"{side}UpLeg", (0.09 * sign, 0, 0), joint(f"{side}Leg", (0, 0, -0.42), foot))
    arms = ""
    for side, sign in (("Left", 1), ("Right", -1)):
        hand = joint(f"{side}Hand", (0.25 * sign, 0, 0), end((0.1 * sign, 0, 0)))
        arms += joint(f"{side}Arm", (0.17 * sign, 0, 0), joint(f"{side}ForeArm", (0.28 * sign, 0, 0), hand))
    text += joint("Spine", (0, 0, 0.45), joint("Head", (0, 0, 0.12), end((0, 0, 0.2))) + arms) + "}\n"
    # Forwards is a turn about +x by -30 degrees, in either frame: x stays x.
    swing = {"X": -30.0, "Y": 0.0, "Z": 0.0}
    names = [part.split()[0] for part in text.split("JOINT ")[1:]]
    still = "".join(" 0" for _ in range(3 * (len(names) + 1)))
    columns = [place(0, 0, 0.92), *("0" for _ in range(3))]
    for name in names:
        columns += [f"{swing[axis]}" if name == "LeftUpLeg" else "0" for axis in order]
    return f"{text}MOTION\nFrames: 2\nFrame Time: 0.04\n{place(0, 0, 0.92)}{still}\n{' '.join(columns)}\n"


@pytest.mark.parametrize("up", ["y", "z"])
@pytest.mark.parametrize("unit", [1.0, 100.0, 1 / 0.0254])
@pytest.mark.parametrize("order", ["ZXY", "XYZ"])
def test_axes_units_and_channel_orders_of_bvh(tmp_path: Path, up: str, unit: float, order: str):
    path = tmp_path / "swing.bvh"
    path.write_text(bvh_text(up, unit, order), encoding="utf-8")
    clip = read_clip(path)
    assert clip.motion.fps == pytest.approx(25.0) and clip.rig.leg_m == pytest.approx(0.84, abs=1e-3)
    thigh = directions(clip.motion.heads, clip.rig, "thigh", "shin", "l")
    np.testing.assert_allclose(thigh, [[0, 0, -1], [0, -0.5, -np.sqrt(0.75)]], atol=1e-6)
    np.testing.assert_allclose(clip.motion.heads[0, 0], [0, 0, 0.92], atol=1e-4)


BROKEN = {
    "an empty file": ("a.bvh", b"", "damaged"),
    "a cut one": ("a.bvh", bvh_text("y", 1.0, "ZXY").encode()[:900], "damaged"),
    "too few numbers": ("a.bvh", bvh_text("y", 1.0, "ZXY").replace("Frames: 2", "Frames: 9").encode(), "9 frames"),
    "no human": ("a.bvh", bvh_text("y", 1.0, "ZXY").replace("UpLeg", "Paw").encode(), "no joint for"),
    "no archive": ("a.npz", b"PK nothing", "damaged"),
    "another format": ("a.txt", b"", "expected a motion"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_motion_is_one_line(tmp_path: Path, what: str):
    name, data, why = BROKEN[what]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ConfigError, match=why) as caught:
        read_clip(tmp_path / name)
    assert "\n" not in str(caught.value) and str(tmp_path / name) in str(caught.value)


def test_a_missing_motion_is_one_line(tmp_path: Path):
    with pytest.raises(ConfigError, match="cannot be read"):
        read_clip(tmp_path / "none.bvh")


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"trans": None}, "expected poses, trans"), ({"poses": np.zeros((5, 10))}, r"poses \(T, 156\)"),
     ({"trans": np.full((5, 3), np.nan)}, "out of range")],
)  # fmt: skip
def test_an_npz_without_the_arrays_of_amass_is_one_line(tmp_path: Path, changes: dict, why: str):
    with pytest.raises(ConfigError, match=why):
        read_clip(write_amass(tmp_path / "a.npz", **changes))


def test_resampling_keeps_the_motion():
    clip = walk_clip()
    fine = clip.motion.resampled(120.0)
    np.testing.assert_allclose(
        fine.resampled(30.0).heads[:-1], clip.motion.heads[: fine.resampled(30.0).frames - 1], atol=1e-9
    )
    assert fine.frames == 237 and fine.length_s == pytest.approx(clip.motion.length_s)
