"""What a folder of files is taken for, and manifests that a person and `add` write together."""

import gzip
import json
import os
import struct
import zipfile

import numpy as np
import pytest
import yaml

from viewlock.assets_manifest.add import add_folder
from viewlock.assets_manifest.collect import assets_of
from viewlock.assets_manifest.manifest import load_manifest
from viewlock.assets_manifest.recognise import recognise
from viewlock.assets_manifest.textures import role_of, texture_maps
from viewlock.errors import ConfigError

WEIGHTS = {"train": 0.7, "val": 0.1, "test": 0.2}
OBJ = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"
POSE = " ".join(["1 0 0 0", "0 1 0 0", "0 0 1 0"])
CLIP = "https://example.org/watch\n" + "".join(f"{t} 0.5 0.8 0.5 0.5 0 0 {POSE}\n" for t in range(5))
TUM = "# timestamp tx ty tz qx qy qz qw\n" + "".join(f"{t} 0 0 0 0 0 0 1\n" for t in range(5))


@pytest.fixture
def folder(tmp_path):
    """Writes files into a folder: `folder({"a/b.obj": OBJ})`."""

    def write(files):
        for name, content in files.items():
            path = tmp_path / "mine" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / "mine"

    return write


def gltf(skin=False, uris=()):
    images = [{"uri": uri} for uri in uris]
    return json.dumps(
        {"asset": {"version": "2.0"}, "meshes": [{}], "images": images} | ({"skins": [{}]} if skin else {})
    )


def glb(**how):
    text = gltf(**how).encode()
    return b"glTF" + struct.pack("<II", 2, 20 + len(text)) + struct.pack("<I", len(text)) + b"JSON" + text


def blend(*codes):
    blocks = b"".join(c.encode().ljust(4, b"\0") + struct.pack("<I", 8) + bytes(16) + b"12345678" for c in codes)
    return b"BLENDER-v279" + blocks + b"ENDB" + bytes(20)


def blend_of_5(*codes, length=8):
    blocks = b"".join(c.encode().ljust(4, b"\0") + bytes(12) + struct.pack("<QQ", length, 1) + bytes(8) for c in codes)
    return b"BLENDER17-01v0500" + blocks + b"ENDB" + bytes(28)


def hdr(width, height):
    return f"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y {height} +X {width}\n".encode() + bytes(100)


def exr(width, height):
    window = struct.pack("<4i", 0, 0, width - 1, height - 1)
    return b"\x76\x2f\x31\x01\x02\0\0\0dataWindow\0box2i\0\x10\0\0\0" + window + bytes(100)


def npz(path, *keys):
    np.savez(path, **{key: np.zeros(3) for key in keys})
    return path.read_bytes()


def kinds(folder, kind=None):
    return {found.path + (f":{found.main}" if found.main else ""): found.kind for found in recognise(folder, kind)[0]}


def reasons(folder, kind=None):
    return {left.path: left.why for left in recognise(folder, kind)[1]}


# ---------------------------------------------------------------- single files
ONE_FILE = {
    "a.glb": (glb(), "object"),
    "b.glb": (glb(skin=True), "character"),
    "c.gltf": (gltf(skin=True), "character"),
    "d.fbx": (b"Kaydara FBX Binary  \0\x1a\0 Model Mesh", "object"),
    "e.fbx": (b"Kaydara FBX Binary  \0\x1a\0 LimbNode Hips", "character"),
    "f.fbx": (b"; FBX 7.3\nFBXHeaderExtension: {}\nModel: 1, LimbNode", "character"),
    "g.obj": (OBJ, "object"),
    "h.ply": ("ply\nformat ascii 1.0\nelement vertex 3\nelement face 1\nend_header\n", "object"),
    "i.usda": ('#usda 1.0\ndef SkelRoot "a" {}', "character"),
    "j.usdc": (b"PXR-USDC" + bytes(100), "object"),
    "k.blend": (blend("SC", "OB", "ME"), "object"),
    "l.blend": (blend("OB", "ME", "AR"), "character"),
    "m.blend": (gzip.compress(blend("OB", "ME", "CA", "LA")), "scene"),
    "five.blend": (blend_of_5("REND", "OB", "ME", "CA"), "scene"),
    "n.bvh": ("HIERARCHY\nROOT Hips", "motion"),
    "o.txt": (CLIP, "trajectory"),
    "p.txt": (TUM, "trajectory"),
    "q.hdr": (hdr(1024, 512), "hdri"),
    "r.exr": (exr(1024, 512), "hdri"),
    "paintings/s.jpg": (b"jpeg", "painting"),
}


@pytest.mark.parametrize("name", ONE_FILE)
def test_a_file_is_known_by_its_content(folder, name):
    content, kind = ONE_FILE[name]
    assert kinds(folder({name: content})) == {name: kind}


@pytest.mark.parametrize("name", ONE_FILE)
def test_a_file_that_breaks_off_is_no_bug(folder, name):
    whole = ONE_FILE[name][0] if isinstance(ONE_FILE[name][0], bytes) else ONE_FILE[name][0].encode()
    for length in range(0, len(whole), 7):
        found, left = recognise(folder({name: whole[:length]}))
        assert len(found) + len(left) == 1


NOTHING = {
    "a.glb": (b"glTF", "damaged, empty, or not a glb file"),
    "b.glb": (b"", "damaged, empty"),
    "c.gltf": (b"{", "damaged, empty"),
    "d.fbx": (b"<html>", "damaged, empty"),
    "e.obj": ("v 0 0 0", "damaged, empty"),
    "f.ply": ("ply\nelement vertex 9\nend_header", "a point cloud without faces"),
    "g.usdz": (b"zip?", "damaged, empty"),
    "h.blend": (b"\x28\xb5\x2f\xfd", "say --kind object, character or scene"),
    "i.blend": (gzip.compress(b"BLENDER")[:20], "damaged, empty"),
    "j.blend": (blend("SC"), "without a mesh"),
    "long.blend": (blend_of_5("ME", length=2**63), "damaged, empty"),
    "k.bvh": ("ROOT", "damaged, empty"),
    "l.txt": ("hello\nworld\n", "neither rows of 19 numbers (RealEstate10K) nor of 8 (TUM)"),
    "m.txt": (b"\xff\xfe\0\0", "neither rows"),
    "n.hdr": (hdr(512, 512), "512 x 512 pixels; an environment is twice as wide as high"),
    "o.exr": (exr(100, 90), "100 x 90 pixels"),
    "p.jpg": (b"jpeg", "say --kind painting if it is one"),
    "q.docx": (b"", "not a form that Viewlock reads"),
    "r.npz": (b"", "damaged, empty"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_is_not_understood_is_said_with_a_reason(folder, name):
    content, why = NOTHING[name]
    made = folder({name: content})
    assert kinds(made) == {}
    assert why in reasons(made)[name]


def test_motions_in_arrays(folder, tmp_path):
    amass = npz(tmp_path / "x.npz", "poses", "trans", "betas", "gender", "mocap_framerate")
    made = folder({"walk.npz": amass, "disparity.npz": npz(tmp_path / "x.npz", "arr_0")})
    assert kinds(made) == {"walk.npz": "motion"}
    assert "arrays arr_0, not those of AMASS" in reasons(made)["disparity.npz"]


# ---------------------------------------------------------------- several files
def test_a_model_and_what_it_needs_are_one_asset(folder):
    made = folder({
        "gltf/m.gltf": gltf(uris=["m.bin", "../shared/a%20b.png", "data:image/png;base64,AA", "gone.png"]),
        "gltf/m.bin": b"1",
        "shared/a b.png": b"2",
        "obj/m.obj": "mtllib ./m.mtl\n" + OBJ,
        "obj/m.mtl": "newmtl a\nmap_Kd -bm 0.5 my picture.png\n",
        "obj/my picture.png": b"3",
        "fbx/m.fbx": b"Kaydara FBX Binary  \0 C:\\work\\skin.png LimbNode",
        "fbx/skin.png": b"4",
    })  # fmt: skip
    found = {f"{f.path}:{f.main}": f.files for f in recognise(made)[0]}
    assert found == {
        ".:gltf/m.gltf": ("gltf/m.bin", "gltf/m.gltf", "shared/a b.png"),
        "obj:m.obj": ("m.mtl", "m.obj", "my picture.png"),
        "fbx:m.fbx": ("m.fbx", "skin.png"),
    }
    assert reasons(made) == {}


def test_references_never_lead_out_of_the_folder(folder, tmp_path):
    (tmp_path / "secret.png").write_bytes(b"!")
    made = folder({"m.gltf": gltf(uris=["../secret.png", str(tmp_path / "secret.png"), "a/../../secret.png"])})
    assert recognise(made)[0][0].files is None


def test_links_are_not_followed(folder, tmp_path):
    made = folder({"a.obj": OBJ})
    (tmp_path / "elsewhere.obj").write_text(OBJ)
    (made / "b.obj").symlink_to(tmp_path / "elsewhere.obj")
    assert kinds(made) == {"a.obj": "object"}


def test_names_that_a_manifest_cannot_hold(folder):
    made = folder({"good 日本.obj": OBJ, "bad\nname.obj": OBJ, "c:d.obj": OBJ, "back\\slash.obj": OBJ})
    (made / os.fsdecode(b"\xff.obj")).write_text(OBJ)
    added = add_folder(made)
    assert added.new == ["object/mine/good_日本"]
    assert len(added.left) == 4 and all("rename it" in left.why and left.path.isascii() for left in added.left)


def test_layouts_of_data_sets(folder):
    made = folder({
        "gso/Mug/meshes/model.obj": OBJ, "gso/Mug/materials/textures/texture.png": b"1", "gso/Mug/model.sdf": b"2",
        "kubric/Shoe/visual_geometry.obj": OBJ, "kubric/Shoe/collision_geometry.obj": OBJ,
        "ycb/Banana/textured_simple_reoriented.obj": OBJ, "ycb/Banana/texture_map.png": b"3",
    })  # fmt: skip
    found, left = recognise(made)
    assert {(f.path, f.main, f.layout, f.up_axis, f.unit_m) for f in found} == {
        ("gso/Mug", "meshes/model.obj", "gso", "Z", 1.0),
        ("kubric/Shoe", "visual_geometry.obj", "gso-kubric", "Z", 1.0),
        ("ycb/Banana", "textured_simple_reoriented.obj", "ycb", "Z", 1.0),
    }
    assert left == []
    assert {f.path: f.files for f in found}["gso/Mug"] == (
        "materials/textures/texture.png", "meshes/model.obj", "model.sdf")  # fmt: skip


def test_a_layout_swallows_nothing_else(folder):
    made = folder({"textured.obj": OBJ, "sky.hdr": hdr(1024, 512)})
    assert kinds(made) == {"textured.obj": "object", "sky.hdr": "hdri"}


def test_texture_sets(folder):
    made = folder({f"t/{name}": b"1" for name in (
        "bricks_diff_1k.jpg", "bricks_nor_gl_1k.jpg", "bricks_arm_1k.jpg",
        "Ice002_1K-JPG_Color.jpg", "Ice002_1K-JPG_NormalGL.jpg", "Ice002_1K-JPG_NormalDX.jpg", "lonely_diff_1k.jpg",
    )})  # fmt: skip
    added = add_folder(made)
    assert [e.id for e in added.manifest.entries] == ["texture/mine/t/Ice002", "texture/mine/t/bricks"]
    assert [left.path for left in added.left] == ["t/lonely_diff_1k.jpg"]
    assert texture_maps(added.manifest.entries[0].files) == {
        "colour": "Ice002_1K-JPG_Color.jpg", "normal_dx": "Ice002_1K-JPG_NormalDX.jpg",
        "normal_gl": "Ice002_1K-JPG_NormalGL.jpg"}  # fmt: skip
    assert add_folder(made).written is False


@pytest.mark.parametrize(
    ("name", "role"),
    [("wall_rough_2k.png", ("wall", "roughness")), ("A_B_nor_gl_4k.exr", ("A_B", "normal_gl")), ("diff.jpg", None),
     ("Metal053C_1K-JPG_Metalness.jpg", ("Metal053C", "metalness")), ("wall_diff_1k.txt", None),
     ("x_AmbientOcclusion.jpg", ("x", "occlusion")), ("portrait.jpg", None), ("x_disp_1k.png", ("x", "height"))],
)  # fmt: skip
def test_names_of_maps(name, role):
    assert role_of(name) == role


def test_what_a_person_says_they_are(folder):
    made = folder({"a.glb": glb(skin=True), "b.blend": b"\x28\xb5\x2f\xfd", "c.jpg": b"1", "d.bvh": "HIERARCHY"})
    assert kinds(made, "object") == {"a.glb": "object", "b.blend": "object"}
    assert "a motion, and --kind asks for an object" in reasons(made, "object")["d.bvh"]
    assert kinds(made, "painting") == {"c.jpg": "painting"}


# ---------------------------------------------------------------- the manifest
def test_adding_writes_what_is_known_and_null_for_the_rest(folder):
    made = folder({"a b/Chair 1.glb": glb()})
    added = add_folder(made, licence="CC0-1.0", author="Ada")
    assert added.new == ["object/mine/a_b/Chair_1"] and added.written
    (entry,) = yaml.safe_load((made / "viewlock-assets.yaml").read_text())["entries"]
    assert entry["path"] == "a b/Chair 1.glb" and entry["title"] == "Chair 1"
    assert (entry["licence"], entry["author"], entry["size"]) == ("CC0-1.0", "Ada", len(glb()))
    assert (entry["unit_m"], entry["up_axis"]) == (None, None)
    assert [entry[k] for k in ("attribution", "redistribution", "ml_use", "split", "page")] == [None] * 5
    assert load_manifest(made / "viewlock-assets.yaml") == list(added.manifest.entries)


def test_adding_again_changes_nothing(folder):
    made = folder({"a.glb": glb(), "b.obj": OBJ})
    add_folder(made)
    before = (made / "viewlock-assets.yaml").read_bytes()
    again = add_folder(made)
    assert (again.new, again.changed, again.gone, again.written) == ([], [], [], False)
    assert (made / "viewlock-assets.yaml").read_bytes() == before


def test_adding_again_keeps_what_a_person_wrote(folder):
    made = folder({"a.glb": glb(), "b.obj": OBJ, "c.obj": OBJ})
    add_folder(made)
    file = made / "viewlock-assets.yaml"
    content = yaml.safe_load(file.read_text())
    mine = {"id": "character/my-name", "kind": "character", "licence": "CC-BY-4.0", "attribution": "Me", "split": "val",
            "height_m": 1.8, "tags": ["nice"], "notes": "by hand", "ml_use": True}  # fmt: skip
    content["entries"][0].update(mine)
    file.write_text(yaml.safe_dump(content))
    folder({"a.glb": glb(uris=["x.png"]), "d.obj": OBJ})
    (made / "c.obj").unlink()
    added = add_folder(made, licence="MIT")
    assert added.new == ["object/mine/d"] and added.changed == ["character/my-name"] and added.gone == ["object/mine/c"]
    entries = {entry.id: entry for entry in load_manifest(file)}
    kept = entries["character/my-name"].model_dump(mode="json")
    assert {key: kept[key] for key in mine} == mine
    assert entries["object/mine/b"].licence == entries["object/mine/d"].licence == "MIT"


def test_one_thing_in_several_formats_has_one_split(folder):
    names = [f"chair{n}/{form}/chair{n}.{form}" for n in range(30) for form in ("obj", "fbx")]
    fbx = b"Kaydara FBX Binary  \0 "
    made = folder({name: f"{OBJ}# {name}" if name.endswith("obj") else fbx + name.encode() for name in names})
    add_folder(made, licence="MIT")
    splits: dict[str, set[str]] = {}
    for asset in assets_of([str(made / "viewlock-assets.yaml")], {"object"}, WEIGHTS):
        splits.setdefault(asset.path.stem, set()).add(asset.split)
    assert len(splits) == 30 and all(len(found) == 1 for found in splits.values())


def test_a_changed_file_is_noticed_when_it_is_used(folder):
    made = folder({"a.glb": glb()})
    add_folder(made, licence="MIT")
    manifest = str(made / "viewlock-assets.yaml")
    assert assets_of([manifest], {"object"}, WEIGHTS)[0].path == made / "a.glb"
    folder({"a.glb": glb(skin=True)})
    with pytest.raises(ConfigError, match=r"a\.glb: changed since it was added"):
        assets_of([manifest], {"object"}, WEIGHTS)
    (made / "a.glb").unlink()
    with pytest.raises(ConfigError, match=r"a\.glb: no such file or folder"):
        assets_of([manifest], {"object"}, WEIGHTS)


def test_a_manifest_elsewhere(folder, tmp_path):
    made = folder({"a.glb": glb()})
    file = tmp_path / "manifests" / "one.yaml"
    add_folder(made, file, licence="MIT")
    assert assets_of([str(file)], {"object"}, WEIGHTS)[0].path == made / "a.glb"
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(ConfigError, match=r"one\.yaml: belongs to .*mine, not to .*other; choose another manifest"):
        add_folder(other, file)


def test_folders_without_assets(folder, tmp_path):
    with pytest.raises(ConfigError, match="gone: expected a folder with assets"):
        add_folder(tmp_path / "gone")
    with pytest.raises(ConfigError, match=r"none of 1 files is an asset; for example a\.md: not a form"):
        add_folder(folder({"a.md": "hello"}))
    assert not (tmp_path / "mine" / "viewlock-assets.yaml").exists()


# ---------------------------------------------------------------- real files
def test_real_assets_are_what_their_own_list_says(assets, tmp_path):
    """Every kind in the list of the sample assets, but for the parts and evaluation files that are no assets."""
    listed = {f["path"]: f["kind"] for f in yaml.safe_load((assets / "MANIFEST.yaml").read_text())["files"]}
    added = add_folder(assets, tmp_path / "real.yaml")
    found = {}
    for entry in added.manifest.entries:
        members = entry.files or [""]
        if entry.kind == "texture":
            found |= {f"{entry.path}/{name}": "texture" for name in members}
        else:
            found["/".join(filter(None, (entry.path, entry.main)))] = entry.kind
    assert found == {path: kind for path, kind in listed.items() if not kind.startswith(("eval", "object_part"))}
    left = {item.path for item in added.left}
    assert {path for path, kind in listed.items() if kind.startswith("eval")} <= left
    parts = {path for path, kind in listed.items() if kind == "object_part"}
    assert not parts & left
    assert add_folder(assets, tmp_path / "real.yaml").written is False


def test_real_checksums(assets, tmp_path):
    listed = {f["path"]: f for f in yaml.safe_load((assets / "MANIFEST.yaml").read_text())["files"]}
    for entry in add_folder(assets, tmp_path / "real.yaml").manifest.entries:
        if entry.main is None and entry.files is None:
            assert (entry.sha256, entry.size) == (listed[entry.path]["sha256"], listed[entry.path]["size"])


def test_a_zip_is_not_an_asset(folder, tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as file:
        file.writestr("a.obj", OBJ)
    made = folder({"x.zip": (tmp_path / "x.zip").read_bytes()})
    assert reasons(made) == {"x.zip": "not a form that Viewlock reads"}
