"""Imported characters stand, face -y, move as in their files, and take motions of other people."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from viewlock.assets_manifest.prepared import Hints, Prepared, QuarantinedError, read_record

bpy = pytest.importorskip("bpy", reason="needs Blender: pip install 'viewlock[render]'")

from viewlock.assets_manifest.prepare import prepare  # noqa: E402
from viewlock.blender_scenes.importers.placing import place_character  # noqa: E402
from viewlock.blender_scenes.importers.weights import mend_weights  # noqa: E402
from viewlock.blender_scenes.people.bodies import Figure, figure  # noqa: E402
from viewlock.blender_scenes.people.characters import add_character, skinned  # noqa: E402
from viewlock.generator.appearance import CHARACTERS  # noqa: E402
from viewlock.generator.motion_clips import Clip, Motion, read_clip  # noqa: E402
from viewlock.generator.motions import CharacterMotion, joint_positions, pose  # noqa: E402
from viewlock.generator.own_motions import own_motion  # noqa: E402
from viewlock.generator.retargeting import retarget  # noqa: E402
from viewlock.generator.rigs import carried, rig_of_prepared, rig_of_skeleton  # noqa: E402
from viewlock.generator.rotations import matrices, quaternions  # noqa: E402

Import = Callable[..., Prepared]
HUMANS = {
    "Animated Woman.fbx": 10, "CesiumMan.glb": 1, "Female_Casual.blend": 12, "RiggedFigure.usdz": 1,
    "RobotExpressive.glb": 14, "Smooth_Male_Casual.fbx": 11, "derived/woman_walking_mixamorig_names.fbx": 1,
    "mannequiny-0.3.0.glb": 10, "maya_kenney_character_7700_binary.fbx": 1, "Knight.glb": 76,
}  # fmt: skip
"""And how many motions each has."""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Import:
    cache = tmp_path_factory.mktemp("cache")

    def run(path: Path, **hints: object) -> Prepared:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        return prepare(path, "character", sha256=sha256, hints=Hints(**hints), cache=cache)  # type: ignore[arg-type]

    return run


def empty() -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)


def evaluated(thing: bpy.types.Object) -> np.ndarray:
    """(V, 3) world vertices as they render."""
    bpy.context.view_layer.update()
    seen = thing.evaluated_get(bpy.context.evaluated_depsgraph_get())
    points = np.array([v.co[:] for v in seen.to_mesh().vertices])
    world = np.array(seen.matrix_world)
    return points @ world[:3, :3].T + world[:3, 3]


# ------------------------------------------------------------------ real files
@pytest.mark.parametrize("name", HUMANS)
def test_a_human_stands_upright_facing_minus_y(assets: Path, imported: Import, name: str) -> None:
    made = imported(assets / "characters" / name)
    assert made.humanoid and len(made.clips) == HUMANS[name]
    assert 1.4 <= made.height_m <= 2.0
    assert made.acts == (name not in ("Knight.glb", "RobotExpressive.glb"))  # legs too short, or at the sides
    rig = rig_of_prepared(made)
    left = rig.head("thigh_l") - rig.head("thigh_r")
    assert left[0] > 0 and abs(left[1]) < 0.06 * left[0]
    assert np.abs(0.5 * (rig.head("thigh_l") + rig.head("thigh_r"))[:2]).max() < 0.01
    rise = rig.head("head") - 0.5 * (rig.head("foot_l") + rig.head("foot_r"))
    assert rise[2] > 0.9 * np.linalg.norm(rise)
    # Toes, where they are known, are in front of the ankles.
    if "toe_l" in rig.roles:
        assert rig.head("toe_l")[1] < rig.head("foot_l")[1]
    assert rig.soles[1][:, 2].min() == pytest.approx(0.0, abs=1e-4)
    empty()
    start = time.perf_counter()
    character = place_character(made, "person")
    assert time.perf_counter() - start < 1.0
    assert sorted(thing.type for thing in bpy.data.objects) == ["ARMATURE", "MESH"]
    points = evaluated(character.mesh)
    np.testing.assert_allclose([points.min(axis=0), points.max(axis=0)], made.bounds_m, atol=1e-3)


def test_what_is_no_human_keeps_its_own_motions_only(assets: Path, imported: Import) -> None:
    fox = imported(assets / "characters/Fox.glb")
    assert not fox.humanoid and {"hips", "thigh_l", "thigh_r"} <= set(fox.missing)
    assert [clip.name for clip in fox.clips] == ["Run", "Survey", "Walk"]
    assert 0.3 < fox.height_m < 1.2 and "154.7 units large: taken as centimetres" in fox.repairs
    rig = rig_of_prepared(fox)
    assert rig.heads[fox_bone(fox, "Head")][1] < -0.2 < 0.2 < rig.heads[fox_bone(fox, "Tail03")][1]  # it faces -y
    assert {fox.bones[j].name.split("_")[1] for j in rig.soles[0]} == {
        "LeftFoot02",
        "RightFoot02",
        "LeftHand",
        "RightHand",
    }
    for name in ("Walk", "Run", "Survey"):
        motion = own_motion(fox, name)
        ahead = (motion.heads[-1] - motion.heads[0])[rig.middle] / motion.length_s
        assert abs(ahead[0]) < 0.1 and (-2.5 < ahead[1] < -0.4 if name != "Survey" else abs(ahead[1]) < 0.01)
        soles = carried(motion.skin(rig), *rig.soles)[..., 2]
        assert soles.min() > -0.02 and soles.min(axis=1).mean() < 0.06


def fox_bone(fox: Prepared, name: str) -> int:
    return next(k for k, bone in enumerate(fox.bones) if name in bone.name)


def test_bodies_without_colours_wear_plain_clothes(assets: Path, imported: Import) -> None:
    made = imported(assets / "characters/Animated Woman.fbx")
    assert "no colours of its own: dressed in plain ones" in made.repairs
    empty()
    mesh = place_character(made, "person").mesh
    names = [material.name.split(".")[0] for material in mesh.data.materials]
    assert names == ["skin", "shirt", "trousers", "shoes", "hair"]  # which she has, in the colour of her skin
    heights = {k: [] for k in range(5)}
    for face in mesh.data.polygons:
        heights[face.material_index].append(face.center.z)
    shoes, trousers, shirt = (float(np.median(heights[k])) for k in (3, 2, 1))
    assert shoes < 0.2 < trousers < shirt < made.height_m
    assert not any("dressed" in line for line in imported(assets / "characters/CesiumMan.glb").repairs)


def test_a_bald_head_gets_our_hair_and_a_block_does_not(assets: Path, imported: Import) -> None:
    """It goes with the head, lies above its brow and covers its back."""
    bald = imported(assets / "characters/maya_kenney_character_7700_binary.fbx")
    assert "no hair of its own: given short hair" in bald.repairs
    empty()
    person = place_character(bald, "person")
    slots = [material.name.split(".")[0] for material in person.mesh.data.materials]
    hair = {v for face in person.mesh.data.polygons if slots[face.material_index] == "hair" for v in face.vertices}
    (head,) = (name for role, name in bald.roles if role == "head")
    for k in hair:
        assert [(person.mesh.vertex_groups[g.group].name, g.weight) for g in person.mesh.data.vertices[k].groups] == [
            (head, 1.0)
        ]
    points = np.array([person.mesh.data.vertices[k].co[:] for k in hair])
    rest = np.array([v.co[:] for v in person.mesh.data.vertices if v.index not in hair])
    assert rest[:, 2].max() < points[:, 2].max() < rest[:, 2].max() + 0.08
    above = rest[rest[:, 2] > 1.2]
    assert points[:, 1].max() > above[:, 1].max() and np.abs(points[:, 0]).max() > np.abs(above[:, 0]).max()
    block = imported(assets / "characters/RiggedFigure.usdz")
    assert any(line.startswith("no hair: its head has only") for line in block.repairs)


def test_one_thing_in_each_hand(assets: Path, imported: Import) -> None:
    said = [line for line in imported(assets / "characters/Knight.glb").repairs if "to hold: left out" in line]
    assert len(said) == 5 and sum("Shield" in line for line in said) == 4


def test_a_rig_without_a_body_is_quarantined(assets: Path, imported: Import) -> None:
    with pytest.raises(QuarantinedError, match="no mesh hangs on its armature"):
        imported(assets / "characters/maya_human_ik_7400_binary.fbx")


def test_invisible_people_are_made_visible(assets: Path, imported: Import) -> None:
    man = imported(assets / "characters/Smooth_Male_Casual.fbx")
    assert sum("alpha 0 set to 1" in line for line in man.repairs) == 7
    woman = imported(assets / "characters/Animated Woman.fbx")
    assert "material 'Texture': metallic 1 set to 0" in woman.repairs


def test_parts_may_be_left_out(assets: Path, imported: Import) -> None:
    whole = imported(assets / "characters/Knight.glb")
    bare = imported(assets / "characters/Knight.glb", leave_out=("*Sword*", "*Shield"))
    assert bare.triangles < whole.triangles
    assert bare.bounds_m[1][0] - bare.bounds_m[0][0] < whole.bounds_m[1][0] - whole.bounds_m[0][0]


MOVING = {
    "CesiumMan.glb": "Anim_0", "Fox.glb": "Walk", "Smooth_Male_Casual.fbx": "Man_Run", "Animated Woman.fbx": "Walking",
    "RiggedFigure.usdz": "skelAnim_0", "Female_Casual.blend": "Female_Walk",
}  # fmt: skip


@pytest.mark.parametrize("name", MOVING)
def test_own_motions_move_the_mesh_as_the_file_does(assets: Path, imported: Import, name: str) -> None:
    """Distances between vertices of a frame, as Blender shows the file, and as the import is posed."""
    from viewlock.blender_scenes.importers.formats import read_source

    path, frame = assets / "characters" / name, 10
    made = imported(path)
    read_source(path, Hints())
    rig = next(thing for thing in bpy.data.objects if thing.type == "ARMATURE")
    mesh = next(thing for thing in bpy.data.objects if thing.type == "MESH")
    holder = rig.animation_data or rig.animation_data_create()
    holder.use_nla = False
    holder.action = next(a for a in bpy.data.actions if a.name.endswith(MOVING[name]))
    holder.action_slot = holder.action_suitable_slots[0]
    first = int(np.floor(holder.action.frame_range[0]))
    bpy.context.scene.frame_set(first + frame)
    shown = evaluated(mesh)
    empty()
    character = place_character(made, "person")
    clip = made.clip(MOVING[name])
    character.set_pose(own_motion(made, clip.name).pose(rig_of_prepared(made), frame / clip.fps))
    posed = evaluated(character.mesh)
    assert len(posed) == len(shown)
    rng = np.random.default_rng(0)
    a, b = rng.integers(0, len(posed), (2, 400))
    wanted, found = (np.linalg.norm(points[a] - points[b], axis=1) for points in (shown, posed))
    factor = np.median(found[wanted > 0] / wanted[wanted > 0])
    assert np.abs(found - factor * wanted).max() < 0.004 * made.height_m


@pytest.mark.parametrize("name", HUMANS)
def test_a_recorded_walk_on_everybody(assets: Path, imported: Import, name: str) -> None:
    """No exploded skin, no foot in the floor, and the walker moves on."""
    made = imported(assets / "characters" / name)
    rig = rig_of_prepared(made)
    clip = read_clip(assets / "motion/walk1.bvh")
    motion = retarget(clip, rig, 24.0)
    empty()
    character = place_character(made, "person")
    for frame in (0, 5, 10):
        character.set_pose(motion.skin(rig)[frame])
        points = evaluated(character.mesh)
        size = np.ptp(points, axis=0)
        assert np.isfinite(points).all() and size.max() < 1.6 * made.height_m
        assert size[2] > 0.7 * made.height_m
        feet = points[np.isin(strongest(character.mesh), feet_of(made))]
        assert feet[:, 2].min() > -0.01 and feet[:, 2].min() < 0.1 * made.height_m
    way = motion.heads[-1, rig.roles["hips"]] - motion.heads[0, rig.roles["hips"]]
    assert way[1] < -0.2 * rig.leg_m


def feet_of(made: Prepared) -> list[str]:
    return [bone for role, bone in made.roles if role.split("_")[0] in ("foot", "toe")]


def strongest(thing: bpy.types.Object) -> np.ndarray:
    """(V,) name of the group with the largest weight."""
    names = [group.name for group in thing.vertex_groups]
    return np.array([names[max(v.groups, key=lambda g: g.weight).group] for v in thing.data.vertices])


# ------------------------------------------------------------------ people made here
@pytest.fixture(scope="module")
def own() -> Figure:
    return figure(CHARACTERS[sorted(CHARACTERS)[0]])


@pytest.fixture(scope="module")
def foreign(own: Figure, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of our own people as somebody else's file: in centimetres, facing +x, under an empty, with a camera, a lamp,
    a loose box, some vertices without weight and a script."""
    empty()
    character = add_character("somebody", own)
    holder = bpy.data.objects.new("holder", None)
    bpy.context.scene.collection.objects.link(holder)
    holder.scale, holder.rotation_euler, holder.location = (100,) * 3, (0, 0, np.pi / 2), (300, 50, 20)
    character.rig.parent = character.mesh.parent = holder
    # A fox that was laid beside: it does not hang on the armature.
    bpy.ops.mesh.primitive_cube_add(location=(500, 0, 0), scale=(40, 40, 40))
    bpy.ops.object.light_add(type="SUN")
    bpy.ops.object.camera_add()
    for group in character.mesh.vertex_groups:
        group.remove(list(range(20)))
    path = tmp_path_factory.mktemp("foreign") / "somebody.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(path))
    empty()
    return path


def test_another_unit_heading_and_place_are_undone(foreign: Path, imported: Import, own: Figure) -> None:
    made = imported(foreign)
    assert made.humanoid
    assert any("taken as centimetres" in line for line in made.repairs)
    assert any("turned by -90 degrees" in line for line in made.repairs)
    assert any("does not hang on the armature" in line for line in made.repairs)
    assert any(line.startswith("20 of ") and "no weight" in line for line in made.repairs)
    rig, bones = rig_of_prepared(made), own.skeleton
    for role in ("hips", "chest", "hand_l", "foot_r", "toe_l"):
        np.testing.assert_allclose(rig.head(role), bones.head(role), atol=0.02)
    low, high = own.model.mesh.bounds()
    np.testing.assert_allclose(made.bounds_m, [low, high], atol=0.02)


def own_walk(made: Figure) -> Clip:
    poses = np.array([pose(CharacterMotion(), made.skeleton, k / 30).skin for k in range(40)])
    heads = np.array([joint_positions(made.skeleton, skin) for skin in poses])
    rig = rig_of_skeleton(made.skeleton)
    return Clip("walk", rig, Motion(30.0, quaternions(poses[..., :3, :3]), heads, np.ones(heads.shape[:2])))


def test_the_same_body_moves_the_same_whether_ours_or_imported(foreign: Path, imported: Import, own: Figure) -> None:
    made, clip = imported(foreign), own_walk(own)
    ours, theirs = retarget(clip, rig_of_skeleton(own.skeleton)), retarget(clip, rig_of_prepared(made))
    empty()
    character = place_character(made, "somebody")
    for frame in (0, 17, 30):
        character.set_pose(theirs.skin(rig_of_prepared(made))[frame])
        wanted = skinned(own, ours.skin(rig_of_skeleton(own.skeleton))[frame])
        off = np.linalg.norm(evaluated(character.mesh) - wanted, axis=1)
        assert np.median(off) < 0.01 and np.quantile(off, 0.99) < 0.03


def test_two_of_the_same_character_move_apart(foreign: Path, imported: Import, own: Figure) -> None:
    made = imported(foreign)
    empty()
    one, two = place_character(made, "one"), place_character(made, "two")
    skin = np.tile(np.eye(4), (len(made.bones), 1, 1))
    skin[:, 0, 3] = 2.0
    two.set_pose(skin)
    shift = evaluated(two.mesh).mean(axis=0) - evaluated(one.mesh).mean(axis=0)
    np.testing.assert_allclose(shift, [2.0, 0.0, 0.0], atol=1e-4)


def test_the_record_says_all_of_it(foreign: Path, imported: Import) -> None:
    made = imported(foreign)
    assert read_record(made.folder) == made
    assert made.source == "somebody.blend" and made.kind == "character"
    assert made.bones[0].parent == -1 and all(bone.parent < k for k, bone in enumerate(made.bones))


def test_a_thing_without_an_armature_is_no_character(tmp_path: Path, imported: Import) -> None:
    empty()
    bpy.ops.mesh.primitive_uv_sphere_add()
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "ball.blend"))
    with pytest.raises(QuarantinedError, match="no armature"):
        imported(tmp_path / "ball.blend")


def test_vertices_without_weight_go_with_the_nearest_bone() -> None:
    heads, tails = np.array([[0, 0, 0.0], [0, 0, 1.0]]), np.array([[0, 0, 1.0], [1.0, 0, 1.0]])
    weights = np.array([[2.0, 0], [0, 0], [0, 0], [0, 0.5]])
    points = np.array([[0, 0, 0], [0.1, 0, 0.4], [0.9, 0, 0.8], [1, 0, 1]], float)
    mended, said = mend_weights(weights, points, heads, tails)
    np.testing.assert_allclose(mended, [[1, 0], [1, 0], [0, 1], [0, 1]])
    assert said == ["2 of 4 vertices had no weight: given to the nearest bone"]


def test_on_its_own_body_an_imported_motion_is_itself(assets: Path, imported: Import) -> None:
    """Fingers, too: they have no role and are found by name."""
    made = imported(assets / "characters/derived/woman_walking_mixamorig_names.fbx")
    rig = rig_of_prepared(made)
    motion = own_motion(made, "mixamo.com")
    again = retarget(Clip("walk", rig, motion), rig)
    np.testing.assert_allclose(matrices(again.turns), matrices(motion.turns), atol=2e-3)
    finger = rig.names.index("mixamorig:LeftHandIndex2")
    assert np.ptp(matrices(motion.turns)[:, finger], axis=0).max() > 0.05


def test_truth_reads_an_imported_character_at_any_time(foreign: Path, imported: Import, own: Figure) -> None:
    """One topology, vertices as they render, and motion where there is some."""
    from viewlock.renderer.meshes import SceneMeshes, use_render_levels

    made = imported(foreign)
    rig, motion = rig_of_prepared(made), retarget(own_walk(own), rig_of_prepared(made))
    empty()
    character = place_character(made, "somebody")
    character.mesh.pass_index = 7
    use_render_levels()
    meshes = SceneMeshes()
    seen = []
    for time_s in (0.0, 0.5):
        character.set_pose(motion.pose(rig, time_s))
        bpy.context.view_layer.update()
        seen.append(meshes.vertices())
    assert set(meshes.topology.object_index) == {7} and len(meshes.topology.triangles) == made.triangles
    assert len(seen[0]) == len(seen[1]) == made.vertices
    np.testing.assert_allclose(seen[1], evaluated(character.mesh), atol=1e-5)
    assert np.median(np.linalg.norm(seen[1] - seen[0], axis=1)) > 0.3
