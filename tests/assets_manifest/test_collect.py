"""From manifests into the catalogue: what is on this machine, licences, and splits that share nothing."""

import hashlib
import io
import zipfile

import pytest

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.assets_manifest.collect import assets_of
from viewlock.errors import ConfigError

WEIGHTS = {"train": 0.7, "val": 0.1, "test": 0.2}
SKY = b"#?RADIANCE sky" * 100


def sha(data):
    return hashlib.sha256(data).hexdigest()


def zipped(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, content in files.items():
            file.writestr(name.replace("__", "/"), content)
    return data.getvalue()


def test_a_collection_is_many_assets(site, manifest_file, bring, cache):
    clips = {f"train__{n}.txt": f"clip {n}" for n in range(50)}
    url = site.put("/a.zip", zipped(README="hello", **clips))
    entry = {"id": "trajectory/clips", "kind": "trajectory", "collection": True}
    file = manifest_file({"sources": [{"url": url, "form": "archive"}], **entry})
    assert bring(file).new
    found = assets_of([str(file)], {"trajectory"}, WEIGHTS, folder=cache.folder)
    assert len(found) == 50 and {a.split for a in found} == {"train", "val", "test"}
    assert found[0].id == "trajectory/clips/train/0" and found[0].path.read_text() == "clip 0"
    assert found[0].sha256 == sha(b"clip 0")


def test_assets_for_the_catalogue(site, manifest_file, bring, cache):
    more = {"author": "Ada", "page": "https://example.org/sky", "split": "val", "title": "Sky", "unit_m": 0.01}
    urls = [site.put("/a.hdr", SKY), site.put("/b.hdr", b"b")]
    file = manifest_file({"sources": [{"url": urls[0]}], **more}, {"sources": [{"url": urls[1]}]})
    with pytest.raises(ConfigError, match="no hdri of it is on this machine; run: viewlock assets fetch there"):
        assets_of([str(file)], {"hdri"}, WEIGHTS, folder=cache.folder)
    bring(file, "0")
    (asset,) = assets_of([str(file)], {"hdri"}, WEIGHTS, folder=cache.folder)
    assert (asset.id, asset.split, asset.licence) == ("hdri/there/0", "val", "CC0-1.0")
    assert (asset.attribution, asset.author, asset.source) == ("Sky by Ada", "Ada", "https://example.org/sky")
    assert asset.path.read_bytes() == SKY and asset.unit_m == 0.01
    assert Catalogue([asset]).get("hdri/there/0", sha(SKY)) == asset
    with pytest.raises(ConfigError, match="no object of it is on this machine"):
        assets_of([str(file)], {"object"}, WEIGHTS, folder=cache.folder)


def test_splits_share_no_asset(site, manifest_file, bring, cache):
    same = [{"url": site.put(f"/{n}.hdr", SKY)} for n in range(2)]
    file = manifest_file({"sources": same[:1], "split": "train"}, {"sources": same[1:], "split": "test"})
    bring(file)
    with pytest.raises(ConfigError, match="the same bytes in the splits train and test"):
        assets_of([str(file)], {"hdri"}, WEIGHTS, folder=cache.folder)
    with pytest.raises(ConfigError, match="in two manifests"):
        assets_of([str(file), str(file)], {"hdri"}, WEIGHTS, folder=cache.folder)


def test_a_group_shares_a_split(site, manifest_file, bring, cache):
    entries = [{"sources": [{"url": site.put(f"/{n}.hdr", b"%d" % n)}], "group": f"thing {n % 10}"} for n in range(60)]
    file = manifest_file(*entries)
    bring(file)
    splits: dict[int, set[str]] = {}
    for asset in assets_of([str(file)], {"hdri"}, WEIGHTS, folder=cache.folder):
        splits.setdefault(int(asset.path.stem) % 10, set()).add(asset.split)
    assert all(len(found) == 1 for found in splits.values()) and len(set.union(*splits.values())) > 1


def test_the_catalogue_takes_no_licence_that_is_not_allowed(site, manifest_file, bring, cache):
    file = manifest_file({"sources": [{"url": site.put("/a.hdr", SKY)}], "licence": "CC-BY-NC-4.0"})
    bring(file, allowed=["CC-BY-NC-4.0"])
    with pytest.raises(ConfigError, match=r"forbids commercial use; allow 'CC-BY-NC-4\.0' in the preset"):
        assets_of([str(file)], {"hdri"}, WEIGHTS, folder=cache.folder)
    assert assets_of([str(file)], {"hdri"}, WEIGHTS, ["CC-BY-NC-4.0"], cache.folder)
