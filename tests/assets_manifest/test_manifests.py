"""Manifest files: what they may say, the shipped ones, and the list of everything."""

import re

import pytest
import yaml
from pydantic import ValidationError

from viewlock.assets_manifest.entry import KINDS, Entry
from viewlock.assets_manifest.licences import refusal
from viewlock.assets_manifest.manifest import find_manifest, load_manifest, manifest_files, read_manifest
from viewlock.assets_manifest.overview import overview
from viewlock.errors import ConfigError

GOOD = {"id": "hdri/a", "kind": "hdri", "path": "a.hdr"}
SHIPPED = sorted(manifest_files())


def wrong(tmp_path, **entry):
    """The complaint about an entry."""
    file = tmp_path / "m.yaml"
    file.write_text(yaml.safe_dump({"version": 1, "name": "m", "entries": [{**GOOD, **entry}]}))
    with pytest.raises(ConfigError) as problem:
        load_manifest(file)
    assert "\n" not in str(problem.value)
    return str(problem.value)


def test_mistakes_in_an_entry(tmp_path):
    assert "m.yaml: entry hdri/a: licens: unknown key; did you mean 'licence'?" in wrong(tmp_path, licens="MIT")
    assert "entry hdri/a: kind: expected 'character', 'object'" in wrong(tmp_path, kind="sky")
    assert "expected it to start with its kind, object/" in wrong(tmp_path, kind="object")
    assert "expected one of sources, path and manual" in wrong(tmp_path, path=None)
    assert "expected one of sources, path and manual" in wrong(tmp_path, manual="log in")
    assert "expected an address that starts with https://" in wrong(tmp_path, path=None, sources=[{"url": "file:///x"}])
    assert "expected a relative path without '..'" in wrong(tmp_path, path="../x")
    for path in ("/etc/passwd", "a/../../x", "C:/x", "a\\b", ""):
        assert "expected" in wrong(tmp_path, path=path)
    assert "sha256" in wrong(tmp_path, sha256="ABC")
    assert "unit_m: expected greater than 0" in wrong(tmp_path, unit_m=0)
    assert "finite" in wrong(tmp_path, unit_m=float("inf"))
    assert "size" in wrong(tmp_path, size=-1)
    assert "entry hdri/a|b" in wrong(tmp_path, id="hdri/a|b")
    assert "files belong to a local folder" in wrong(tmp_path, path=None, manual="x", files=["a"])


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "expected a manifest"), ("[1]", "expected a manifest"), ("a: [", "not YAML"), ("\0", "not YAML"),
     ("version: 2\nname: x", "version: expected 1"), ("version: 1", "name: is missing"),
     ("version: 1\nname: x\nentrys: []", "entrys: unknown key; did you mean 'entries'?"),
     ("version: 1\nname: x\nentries: 3", "entries: "), ("version: 1\nname: x\nentries: [3]", "entry 0: "),
     ("version: 1\nname: x\nentries: [{id: hdri/a, kind: hdri, path: a}, {id: hdri/a, kind: hdri, path: b}]",
      "two entries have the id 'hdri/a'"), ("1: 2", "expected a manifest"),
     ("version: 1\nname: x\nindex: {url: 'https://x', form: kubric, like: a/b}", "no entry has the id 'a/b'")],
)  # fmt: skip
def test_mistakes_in_a_manifest(tmp_path, text, why):
    (tmp_path / "m.yaml").write_text(text)
    with pytest.raises(ConfigError, match=re.escape(why)) as problem:
        read_manifest(tmp_path / "m.yaml")
    assert str(tmp_path / "m.yaml") in str(problem.value) and "\n" not in str(problem.value)


def test_manifests_that_cannot_be_read(tmp_path):
    with pytest.raises(ConfigError, match=r"gone\.yaml: no such file"):
        read_manifest(tmp_path / "gone.yaml")
    (tmp_path / "m.yaml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ConfigError, match=r"m\.yaml: cannot be read|m\.yaml: ?not YAML"):
        read_manifest(tmp_path / "m.yaml")
    (tmp_path / "d.yaml").mkdir()
    with pytest.raises(ConfigError, match=r"d\.yaml: cannot be read: Is a directory"):
        read_manifest(tmp_path / "d.yaml")


def test_manifests_by_name(tmp_path, monkeypatch):
    assert find_manifest("gso-kubric").name == "gso-kubric"
    with pytest.raises(ConfigError, match="did you mean 'gso-kubric'"):
        find_manifest("gso-cubric")
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump({"version": 1, "name": "mine", "entries": [GOOD]}))
    monkeypatch.setenv("VIEWLOCK_MANIFESTS", str(tmp_path))
    assert find_manifest("mine").entries[0].id == "hdri/a"
    monkeypatch.setenv("VIEWLOCK_MANIFESTS", str(tmp_path / "mine.yaml"))
    assert find_manifest("mine").entries[0].id == "hdri/a"
    monkeypatch.setenv("VIEWLOCK_MANIFESTS", str(tmp_path / "gone"))
    with pytest.raises(ConfigError, match=r"VIEWLOCK_MANIFESTS: .*gone: no such file or folder"):
        find_manifest("mine")


# ---------------------------------------------------------------- what is shipped
def test_every_public_source_has_a_manifest():
    wanted = {"ambientcg", "amass", "gso-gazebo", "gso-kubric", "mannequinchallenge", "mixamo", "objaverse",
              "polyhaven-hdris", "polyhaven-models", "polyhaven-textures", "realestate10k"}  # fmt: skip
    assert wanted == set(SHIPPED)
    found = {entry.kind for name in SHIPPED for entry in find_manifest(name).entries}
    assert found <= set(KINDS) and {"hdri", "texture", "object", "trajectory", "motion", "character"} <= found


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_manifests_say_only_what_is_known(name):
    manifest = find_manifest(name)
    assert manifest.name == name and manifest.title
    for entry in manifest.entries:
        assert entry.path is None, "a shipped manifest knows no folder of this machine"
        assert entry.sha256 is None and entry.size is None, "nothing was fetched to learn them"
        assert all(source.url.startswith("https://") for source in entry.sources)
        assert entry.page or entry.sources
        assert (refusal(entry) is None) == (name not in ("amass", "mixamo", "objaverse")), entry.id
        if entry.licence and entry.licence.startswith("CC-BY"):
            assert entry.author and entry.author in entry.credit


def test_no_two_shipped_assets_share_an_id():
    ids = [entry.id for name in SHIPPED for entry in find_manifest(name).entries]
    assert len(ids) == len(set(ids)) > 100


def test_the_same_scan_from_two_sources_is_one_identity():
    groups = [{entry.group for entry in find_manifest(name).entries} for name in ("gso-kubric", "gso-gazebo")]
    assert len(groups[0] & groups[1]) >= 4


def test_an_entry_does_not_change():
    with pytest.raises(ValidationError):
        Entry(**GOOD).licence = "MIT"  # type: ignore[misc, arg-type]


# ---------------------------------------------------------------- the list
def test_the_list_has_everything_with_its_state(tmp_path, monkeypatch):
    mine = {"version": 1, "name": "mine", "entries": [GOOD, {**GOOD, "id": "hdri/b", "path": "b.hdr"}]}
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump(mine))
    (tmp_path / "a.hdr").write_text("")
    monkeypatch.setenv("VIEWLOCK_MANIFESTS", str(tmp_path))
    rows = {row["id"]: row for row in overview([], tmp_path / "cache")}
    assert rows["hdri/a"]["state"] == "local" and rows["hdri/b"]["state"] == "missing"
    assert rows["hdri/a"]["licence"] == "unknown"
    assert rows["hdri/polyhaven/autoshop_01"]["state"] == "not fetched"
    assert rows["motion/amass"]["state"] == "by hand"
    assert rows["character/amara"]["state"] == "procedural"
    assert {row["manifest"] for row in rows.values()} == {*SHIPPED, "mine", "procedural"}
    assert [row["id"] for row in overview([str(tmp_path / "mine.yaml")])] == ["hdri/a", "hdri/b"]
