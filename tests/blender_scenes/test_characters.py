"""Figures are well-formed and Blender poses them as numpy does."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from viewlock.blender_scenes.people.bodies import SLOTS, Figure, figure
from viewlock.blender_scenes.people.carried import SLOTS as CARRIED_SLOTS
from viewlock.generator import look
from viewlock.generator.actions import seat_height
from viewlock.generator.appearance import CHARACTERS
from viewlock.generator.motions import HELD_IN, CharacterMotion, pose
from viewlock.generator.skeleton import carry

POSES = [
    CharacterMotion(start_xy=(1.0, -2.0), heading_rad=0.6, curvature_per_m=0.3),
    CharacterMotion(gait="run", speed_mps=3.0, phase=0.4),
    CharacterMotion(gait="stand", gesture="wave", gesture_side="l"),
    CharacterMotion(gait="sit", start_xy=(0.5, 0.2), heading_rad=-0.8),
]
SIT = CharacterMotion(gait="sit", tempo_hz=0.25)
STRAINING = {
    "walk": CharacterMotion(), "run": CharacterMotion(gait="run", speed_mps=3.0),
    "stumble": CharacterMotion(gait="stumble"), "jump": CharacterMotion(gait="jump", speed_mps=0.5),
    "squat": CharacterMotion(gait="squat"), "sit": SIT, "ground": CharacterMotion(gait="sit", seat="ground"),
    "dance": CharacterMotion(gait="dance"), "throw": CharacterMotion(gait="stand", gesture="throw"),
    "stretch": CharacterMotion(gait="stand", gesture="stretch"), "phone": CharacterMotion(gesture="phone"),
    "carry": CharacterMotion(gesture="carry"),
}  # fmt: skip
ON_THE_FLOOR = {
    "walk": CharacterMotion(speed_mps=1.3), "slow": CharacterMotion(speed_mps=0.6, curvature_per_m=-0.5),
    "curve": CharacterMotion(speed_mps=1.5, curvature_per_m=0.4), "run": CharacterMotion(gait="run", speed_mps=2.8),
    "curved run": CharacterMotion(gait="run", speed_mps=2.2, curvature_per_m=0.25),
    "to a run": CharacterMotion(speed_mps=1.0, end_speed_mps=2.6, curvature_per_m=0.1),
    "to a stop": CharacterMotion(speed_mps=1.4, end_speed_mps=0.0, curvature_per_m=0.3),
    "stumble": CharacterMotion(gait="stumble", curvature_per_m=-0.2), "turn": CharacterMotion(gait="turn"),
    "jump": CharacterMotion(gait="jump", speed_mps=0.8, tempo_hz=0.7, curvature_per_m=0.3),
    "squat": CharacterMotion(gait="squat"), "sit": SIT, "dance": CharacterMotion(gait="dance", tempo_hz=0.7),
    "stand": CharacterMotion(gait="stand", gesture="throw"),
}  # fmt: skip


def part_of(made: Figure, chosen: np.ndarray) -> Figure:
    """Only some of a figure's vertices; its faces are not to be used."""
    mesh = replace(made.model.mesh, vertices=made.model.mesh.vertices[chosen])
    return replace(made, model=replace(made.model, mesh=mesh), weights=made.weights[chosen])


def of_slot(made: Figure, *names: str) -> np.ndarray:
    """Indices of the vertices of some surfaces."""
    every = (*SLOTS, *CARRIED_SLOTS)
    faces = np.isin(made.model.mesh.materials, [every.index(name) for name in names])
    return np.unique(made.model.mesh.faces[faces])


@pytest.mark.parametrize("name", CHARACTERS)
def test_figures_are_well_formed(name: str) -> None:
    made = figure(CHARACTERS[name])
    mesh, weights = made.model.mesh, made.weights
    assert weights.shape == (len(mesh.vertices), len(made.skeleton.names))
    np.testing.assert_allclose(weights.sum(axis=1), 1.0, atol=1e-9)
    assert weights.min() >= 0
    assert (weights > 0).sum(axis=1).max() <= 4
    assert np.isfinite(mesh.vertices).all()
    assert np.isfinite(mesh.uvs).all()
    assert mesh.faces.max() < len(mesh.vertices)
    assert mesh.materials.max() < len(made.model.surfaces)
    low, high = mesh.bounds()
    assert low[2] == pytest.approx(0.0, abs=1e-6)
    assert CHARACTERS[name].height_m - 0.01 < high[2] < CHARACTERS[name].height_m + 0.12
    assert 4000 < len(mesh.faces) < 20000


def test_people_are_balanced() -> None:
    """Half are women; ages, builds, skins and clothes are spread; nobody looks like anybody else."""
    people = list(CHARACTERS.values())
    assert len(people) >= 26
    assert sum(a.woman for a in people) * 2 == len(people)
    ages = Counter(a.age for a in people)
    assert set(ages) == {"child", "young", "middle", "old"} and min(ages.values()) >= 5
    for age in ages:
        assert 0.3 < np.mean([a.woman for a in people if a.age == age]) < 0.7
    builds = Counter(a.build for a in people)
    assert set(builds) == {"slim", "average", "heavy"} and min(builds.values()) >= 7
    skins = Counter(a.skin for a in people)
    assert len(skins) >= 6 and min(skins.values()) >= 4 and max(skins.values()) <= 6
    adults = [a for a in people if a.age != "child"]
    for woman, tall, short in ((True, 1.73, 1.61), (False, 1.82, 1.73)):
        heights = [a.height_m for a in adults if a.woman == woman]
        assert sum(h > tall for h in heights) >= 2 and sum(h < short for h in heights) >= 2
    assert len({(a.height_m, a.girth, a.top, a.bottom) for a in people}) == len(people)


def test_every_kind_of_clothing_is_worn() -> None:
    people = CHARACTERS.values()
    for kinds, worn in (
        (look.TOPS, {a.top.kind for a in people}), (look.BOTTOMS, {a.bottom.kind for a in people}),
        (look.SHOES, {a.shoes.kind for a in people}), (look.HAIR, {a.hair for a in people}),
        (look.ACCESSORIES, {kind for a in people for kind in a.accessories}),
    ):  # fmt: skip
        assert worn == set(kinds)
    assert len({a.top.mark for a in people if a.top.mark}) >= 6
    assert sum(a.beard for a in people) >= 4


@pytest.mark.parametrize("name", [n for n, a in CHARACTERS.items() if a.age == "child"])
def test_children_have_the_proportions_of_children(name: str) -> None:
    bones = CHARACTERS[name].skeleton()
    head = bones.height_m - (bones.head("upper_arm_l")[2] + 0.125 * bones.height_m / 1.75)
    assert bones.height_m < 1.4
    assert bones.height_m / head < 6.6
    assert bones.head("thigh_l")[2] / bones.height_m < 0.50
    adult = CHARACTERS["ben"].skeleton()
    assert adult.height_m / (adult.height_m - adult.head("upper_arm_l")[2] - 0.125 * adult.height_m / 1.75) > 7.0


@pytest.mark.parametrize("name", ["gina", "hugo"])
def test_blender_agrees_with_numpy(name: str) -> None:
    bpy = pytest.importorskip("bpy")
    from viewlock.blender_scenes.people.characters import add_character, apply_pose, skinned

    bpy.ops.wm.read_factory_settings(use_empty=True)
    made = figure(CHARACTERS[name])
    character = add_character(name, made)
    for motion in POSES:
        skin = pose(motion, made.skeleton, 0.37).skin
        apply_pose(character, skin)
        graph = bpy.context.evaluated_depsgraph_get()
        graph.update()
        evaluated = character.mesh.evaluated_get(graph)
        shape = evaluated.to_mesh()
        found = np.zeros(3 * len(shape.vertices), np.float32)
        shape.vertices.foreach_get("co", found)
        evaluated.to_mesh_clear()
        placed = found.reshape(-1, 3) @ np.array(character.mesh.matrix_world)[:3, :3].T
        np.testing.assert_allclose(placed, skinned(made, skin), atol=1e-4)


@pytest.mark.parametrize("name", ["ben", "bao"])
@pytest.mark.parametrize("kind", ON_THE_FLOOR)
def test_soles_do_not_slide(name: str, kind: str) -> None:
    """No vertex of a sole moves 2 cm while it is on the floor, and none goes below it."""
    from viewlock.blender_scenes.people.characters import skinned

    made = figure(CHARACTERS[name])
    soles = part_of(made, of_slot(made, "sole"))
    motion = ON_THE_FLOOR[kind]
    tracks = np.stack([skinned(soles, pose(motion, made.skeleton, t).skin) for t in np.arange(0.0, 2.4, 1 / 50)])
    start, worst, most = tracks[0], 0.0, np.zeros(len(tracks[0]), int)
    was_down = tracks[0][:, 2] < 0.003
    for now in tracks:
        down = now[:, 2] < 0.003
        start = np.where((down & was_down)[:, None], start, now)
        worst = max(worst, float(np.linalg.norm((now - start)[:, :2], axis=1)[down].max(initial=0.0)))
        most += down
        was_down = down
    assert most.max() > 20
    assert worst < 0.02
    assert tracks[..., 2].min() > -0.01


@pytest.mark.parametrize("name", CHARACTERS)
def test_nothing_tears_in_any_motion(name: str) -> None:
    """No edge grows to more than four times its length, those under 6 mm taken as 6 mm."""
    from viewlock.blender_scenes.people.characters import skinned

    made = figure(CHARACTERS[name])
    mesh, k = made.model.mesh, made.skeleton.height_m / 1.75
    edges = np.unique(np.sort(np.concatenate([mesh.faces[:, [a, (a + 1) % 4]] for a in range(4)]), axis=1), axis=0)
    edges = edges[edges[:, 0] != edges[:, 1]]
    rest = np.maximum(np.linalg.norm(np.diff(mesh.vertices[edges], axis=1)[:, 0], axis=1), 0.006 * k)
    for kind, motion in STRAINING.items():
        for time_s in (0.25, 0.6, 0.95, 1.5):
            now = skinned(made, pose(motion, made.skeleton, time_s).skin)
            ratio = np.linalg.norm(np.diff(now[edges], axis=1)[:, 0], axis=1) / rest
            assert ratio.max() < 4.0, (kind, time_s)
            if kind != "ground" or "bag" not in CHARACTERS[name].accessories:  # they never sit there
                assert now[:, 2].min() > -0.02, (kind, time_s)


def normals(points: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """(V, 3) unit normals of the vertices of some faces."""
    flat = np.cross(points[faces[:, 2]] - points[faces[:, 0]], points[faces[:, 3]] - points[faces[:, 1]])
    total = np.zeros_like(points)
    for corner in range(4):
        np.add.at(total, faces[:, corner], flat)
    return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)


@pytest.mark.parametrize("name", ["femi", "quinn", "maya", "hugo", "uma", "bao", "luis", "amara"])
def test_skin_stays_under_the_cloth(name: str) -> None:
    """The skin of arms and legs under sleeves and hems never comes through the cloth that covers it at rest."""
    from viewlock.blender_scenes.people.characters import skinned

    made = figure(CHARACTERS[name])
    mesh, k = made.model.mesh, made.skeleton.height_m / 1.75
    lead = made.weights.argmax(axis=1)
    limbs = [made.skeleton.index(f"{j}_{s}") for j in ("upper_arm", "arm_twist", "thigh", "shin") for s in "lr"]
    skin, cloth = of_slot(made, "skin"), of_slot(made, "top", "bottom")
    skin = skin[np.isin(lead[skin], limbs)]
    gaps = np.linalg.norm(mesh.vertices[skin][:, None] - mesh.vertices[cloth][None], axis=2)
    gaps[lead[skin][:, None] != lead[cloth][None]] = np.inf
    over, gap = cloth[gaps.argmin(axis=1)], gaps.min(axis=1)
    faces = mesh.faces[np.isin(mesh.materials, [SLOTS.index("top"), SLOTS.index("bottom")])]

    def out(points: np.ndarray) -> np.ndarray:
        return ((points[skin] - points[over]) * normals(points, faces)[over]).sum(axis=1)

    at_rest = out(mesh.vertices)
    covered = (gap < 0.025 * k) & (at_rest < -0.001 * k) & (at_rest < -0.75 * gap)
    assert covered.sum() > 20
    for kind, motion in STRAINING.items():
        for time_s in (0.25, 0.6, 0.95, 1.5):
            assert out(skinned(made, pose(motion, made.skeleton, time_s).skin))[covered].max() < 0.0, (kind, time_s)


@pytest.mark.parametrize("name", ["amara", "luis"])
def test_elbows_and_knees_keep_their_girth(name: str) -> None:
    """Where a limb bends most, its rings of skin or cloth keep most of their area: no candy wrapper."""
    from viewlock.blender_scenes.people.characters import skinned

    made = figure(CHARACTERS[name])
    for motion, joint in ((CharacterMotion(gesture="phone"), "forearm_r"), (CharacterMotion(gait="squat"), "shin_r")):
        head = made.skeleton.head(joint)
        near = np.linalg.norm(made.model.mesh.vertices - head, axis=1) < 0.085
        limb = part_of(made, np.flatnonzero(near & (made.model.mesh.vertices[:, 0] < 0)))
        skin = pose(motion, made.skeleton, 0.85).skin
        before, now = least_spread(limb.model.mesh.vertices), least_spread(skinned(limb, skin))
        assert now > 0.6 * before, joint


def least_spread(points: np.ndarray) -> float:
    """The least spread of a cloud of points."""
    return float(np.linalg.svd(points - points.mean(axis=0), compute_uv=False)[-1])


HOLDING = [
    CharacterMotion(gait="stand", holds=thing, gesture=gesture, gesture_side=side,
                    gesture_from_s=0.0 if gesture == "throw" else -10.0)
    for thing, gestures in HELD_IN.items() if gestures
    for gesture in gestures[:2]
    for side in "lr"
]  # fmt: skip


@pytest.mark.parametrize("motion", HOLDING, ids=lambda m: f"{m.holds}-{m.gesture}-{m.gesture_side}")
def test_what_is_held_is_rigid_with_the_hand(motion: CharacterMotion) -> None:
    made = figure(CHARACTERS["noor"], motion)
    held = of_slot(made, "held", "held_trim", "held_dark")
    hand = made.skeleton.index(f"hand_{motion.holding_side}")
    assert len(held) > 8
    joint = made.skeleton.index("thrown") if motion.gesture == "throw" else hand
    np.testing.assert_array_equal(made.weights[held, joint], 1.0)
    skin = pose(motion, made.skeleton, 0.4).skin
    np.testing.assert_array_equal(skin[joint], skin[hand])
    now = carry(skin[hand], made.model.mesh.vertices[held])
    reach = 0.14 if motion.gesture == "carry" else 0.07
    palm = carry(skin[hand], 0.5 * (made.skeleton.head(f"hand_{motion.holding_side}")
                                    + made.skeleton.tail(f"hand_{motion.holding_side}")))  # fmt: skip
    assert np.linalg.norm(now - palm, axis=1).min() < reach
    assert now[:, 2].min() > 0.05
    tall = {"umbrella": 2.2, "box": 1.5, "ball": 1.5, "bag": 1.0, "briefcase": 1.0}.get(motion.holds, 1.8)
    assert now[:, 2].max() < tall


def test_empty_hands_hold_nothing() -> None:
    made = figure(CHARACTERS["noor"])
    assert len(of_slot(made, *CARRIED_SLOTS)) == 0


@pytest.mark.parametrize("seat", ["stool", "crate"])
@pytest.mark.parametrize("name", ["luis", "gina", "zoe"])
def test_people_sit_on_a_seat_that_stays(name: str, seat: str) -> None:
    from viewlock.blender_scenes.people.characters import skinned

    motion = SIT.model_copy(update={"seat": seat, "start_xy": (0.4, -0.3), "heading_rad": 0.5})
    made = figure(CHARACTERS[name], motion)
    wood = part_of(made, of_slot(made, "seat", "seat_trim"))
    skins = [pose(motion, made.skeleton, t).skin for t in (0.0, 0.7, 1.6)]
    stays = [skinned(wood, skin) for skin in skins]
    np.testing.assert_allclose(stays[0], stays[1], atol=1e-9)
    np.testing.assert_allclose(stays[0], stays[2], atol=1e-9)
    top = seat_height(made.skeleton.height_m)
    assert stays[0][:, 2].min() == pytest.approx(0.0, abs=0.02)
    assert stays[0][:, 2].max() == pytest.approx(top, abs=0.01)
    # The lowest of the clothes right over the seat lies on it.
    cloth = part_of(made, of_slot(made, "bottom"))
    seated = skinned(cloth, skins[2])
    middle = stays[0][:, :2].mean(axis=0)
    above = seated[np.linalg.norm(seated[:, :2] - middle, axis=1) < 0.12 * made.skeleton.height_m / 1.75]
    assert top - 0.05 < above[:, 2].min() < top + 0.025


@pytest.mark.parametrize("name", CHARACTERS)
def test_hands_hang_beside_hips_and_skirts(name: str) -> None:
    pytest.importorskip("bpy")
    from viewlock.blender_scenes.people.characters import skinned

    made, motion = figure(CHARACTERS[name]), CharacterMotion(gait="stand")
    points = skinned(made, pose(motion, made.skeleton, 0.3).skin)
    joint = np.array(made.skeleton.names)[made.weights.argmax(1)]
    body = points[np.isin(joint, ["hips", "spine", "thigh_l", "thigh_r"])]
    for side in (1, -1):
        hand = points[joint == ("hand_l" if side > 0 else "hand_r")].mean(axis=0)
        near = body[(np.abs(body - hand)[:, 1:] < 0.04).all(axis=1)]
        assert len(near) > 5 and (side * (hand[0] - near[:, 0])).min() > 0.0, side
