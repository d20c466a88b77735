"""The lists that sources keep: the files of an asset of Poly Haven, and the assets of a whole bucket."""

import hashlib
import io
import json
import zipfile

import pytest
import yaml

from viewlock.assets_manifest.cache import Cache
from viewlock.assets_manifest.collect import assets_of
from viewlock.assets_manifest.fetch import fetch
from viewlock.assets_manifest.manifest import read_manifest
from viewlock.errors import ConfigError, DatasetError

WEIGHTS = {"train": 0.7, "val": 0.1, "test": 0.2}
SKY = b"#?RADIANCE sky" * 100


def sha(data):
    return hashlib.sha256(data).hexdigest()


def only(result):
    """The one error of a result."""
    assert not result.new and len(result.failed) == 1
    return next(iter(result.failed.values()))


def zipped(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, content in files.items():
            file.writestr(name.replace("__", "/"), content)
    return data.getvalue()


def lock(file):
    return yaml.safe_load(file.with_name("there.lock.yaml").read_text())


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def polyhaven(site, name):
    """What Poly Haven's API says about a texture and a model."""
    pages = {f"{name}_{key}_1k.jpg": key.encode() for key in ("diff", "nor_gl", "rough")}
    files = {key: {"url": site.put(f"/dl/{key}", data), "size": len(data)} for key, data in pages.items()}
    by_map = zip(("Diffuse", "nor_gl", "Rough"), files.values(), strict=True)
    model = {"url": site.put("/dl/m_1k.gltf", b"{}"), "include": {"textures/d.jpg": next(iter(files.values()))}}
    listed = {"gltf": {"1k": {"gltf": model}}} | {key: {"1k": {"jpg": one}} for key, one in by_map}
    return site.put(f"/files/{name}", json.dumps(listed).encode())


def test_poly_haven_lists_its_files(site, manifest_file, bring, cache, tmp_path):
    source = {"url": polyhaven(site, "bricks"), "form": "polyhaven", "resolution": "1k"}
    texture = {"id": "texture/ph/bricks", "kind": "texture", "sources": [source]}
    model = {"id": "object/ph/bricks", "kind": "object", "sources": [source], "main": "m_1k.gltf"}
    file = manifest_file(texture, model)
    assert bring(file).new == ["texture/ph/bricks", "object/ph/bricks"]
    pins = lock(file)["assets"]
    texture_files = contents(cache.where(pins["texture/ph/bricks"]["sha256"]))
    assert set(texture_files) == {"bricks_diff_1k.jpg", "bricks_nor_gl_1k.jpg", "bricks_rough_1k.jpg"}
    assert set(contents(cache.where(pins["object/ph/bricks"]["sha256"]))) == {"m_1k.gltf", "textures/d.jpg"}
    # What was pinned is fetched again without asking the list, which may say something else by then.
    site.put("/files/bricks", b"{}")
    other = Cache.at(tmp_path / "other")
    assert len(fetch(read_manifest(file), other).new) == 2


def test_poly_haven_lists_a_sky(site, manifest_file, bring, cache):
    listed = {"hdri": {"1k": {"hdr": {"url": site.put("/dl/sky_1k.hdr", SKY), "md5": hashlib.md5(SKY).hexdigest()}}}}
    file = manifest_file(
        {"sources": [{"url": site.put("/files/sky", json.dumps(listed).encode()), "form": "polyhaven"}]}
    )
    bring(file)
    (asset,) = assets_of([str(file)], {"hdri"}, WEIGHTS, folder=cache.folder)
    assert asset.path.name == "sky_1k.hdr" and asset.sha256 == sha(SKY)


def test_a_list_of_another_form(site, manifest_file, bring):
    for data, why in (
        (b"{}", "expected Poly Haven's list of files"),
        (b"<html>", "expected JSON"),
        (b"[]", "expected"),
    ):
        source = {"url": site.put("/files/x", data, etag=None), "form": "polyhaven"}
        wrong = only(bring(manifest_file({"sources": [source]})))
        assert isinstance(wrong, DatasetError) and why in str(wrong)


def kubric(site, manifest_file, count):
    """A bucket of objects of which the manifest names one."""
    for n in range(count):
        site.put(f"/GSO/thing_{n}.tar.gz", zipped(**{"visual_geometry.obj": f"{n}"}))
    listed = {f"thing_{n}": {"metadata": {"category": "Shoe"}} for n in range(count)} | {"../evil": {}}
    index = site.put("/GSO/GSO.json", json.dumps({"name": "GSO", "assets": listed}).encode())
    entry = {"id": "object/gso/thing_0", "kind": "object", "main": "visual_geometry.obj", "group": "object/thing_0",
             "sources": [{"url": f"{site.url}/GSO/thing_0.tar.gz", "form": "archive"}]}  # fmt: skip
    return manifest_file(entry, index={"url": index, "form": "kubric", "like": "object/gso/thing_0"})


def test_an_index_knows_more(site, manifest_file, bring, cache):
    file = kubric(site, manifest_file, 8)
    assert bring(file).new == ["object/gso/thing_0"]  # what the manifest names; nobody asked for more
    assert bring(file, limit=3).new == ["object/gso/thing_1", "object/gso/thing_2"]
    assert bring(file, "thing_7").new == ["object/gso/thing_7"]
    with pytest.raises(ConfigError, match="'thing_9': not in the manifest there; did you mean 'thing_"):
        bring(file, "thing_9")
    assert [path for path, _ in site.requests].count("/GSO/GSO.json") == 1
    found = assets_of([str(file)], {"object"}, WEIGHTS, folder=cache.folder)
    assert [a.id for a in found] == [f"object/gso/thing_{n}" for n in (0, 1, 2, 7)]
    assert [a.category for a in found] == ["", "Shoe", "Shoe", "Shoe"]
    assert [a.path.read_text() for a in found] == ["0", "1", "2", "7"]


def test_an_index_of_another_form(site, manifest_file, bring):
    file = kubric(site, manifest_file, 2)
    site.put("/GSO/GSO.json", b"[]")
    with pytest.raises(DatasetError, match="expected a list of assets by their ids"):
        bring(file, limit=2)
