"""Fetching and verifying: the cache, the lock file, licences, archives and two fetchers at once."""

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import threading
import zipfile

import pytest
import yaml

from viewlock.assets_manifest.cache import Cache
from viewlock.assets_manifest.collect import assets_of
from viewlock.assets_manifest.download import Terms
from viewlock.assets_manifest.fetch import fetch
from viewlock.assets_manifest.manifest import read_manifest
from viewlock.assets_manifest.verify import verify
from viewlock.errors import ConfigError, DatasetError, OutputError, TryAgainError

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


# ---------------------------------------------------------------- files
def test_a_file_is_fetched_once_and_pinned(site, manifest_file, bring, cache):
    url = site.put("/sky.hdr", SKY)
    file = manifest_file({"sources": [{"url": url}]})
    assert bring(file).new == ["hdri/there/0"]
    assert cache.the_file(sha(SKY)).read_bytes() == SKY and cache.the_file(sha(SKY)).name == "sky.hdr"
    download = {"url": url, "sha256": sha(SKY), "size": len(SKY)}
    pin = {"sha256": sha(SKY), "size": len(SKY), "downloads": [download]}
    assert lock(file) == {"version": 1, "assets": {"hdri/there/0": pin}}
    assert bring(file).there == ["hdri/there/0"]
    assert len(site.requests) == 1
    assert not list(cache.folder.glob("parts/*/*.part"))
    assert not list(cache.folder.glob("parts/*/staged"))


def test_a_pin_is_enforced_ever_after(site, manifest_file, bring, tmp_path, cache):
    file = manifest_file({"sources": [{"url": site.put("/sky.hdr", SKY)}]})
    bring(file)
    before = lock(file)
    site.put("/sky.hdr", SKY + b"!", etag='"2"')
    other = Cache.at(tmp_path / "other")
    failed = fetch(read_manifest(file), other, terms=Terms(pause=lambda s: None)).failed["hdri/there/0"]
    assert isinstance(failed, ConfigError) and f"expected {len(SKY)} bytes, the server sends more" in str(failed)
    site.put("/sky.hdr", b"?" * len(SKY), etag='"3"')
    failed = fetch(read_manifest(file), other, terms=Terms(pause=lambda s: None)).failed["hdri/there/0"]
    assert isinstance(failed, DatasetError) and "expected sha256" in str(failed)
    assert lock(file) == before and not other.has(sha(SKY))


def test_what_the_manifest_says_comes_first(site, manifest_file, bring):
    url = site.put("/sky.hdr", SKY)
    wrong = only(bring(manifest_file({"sources": [{"url": url}], "sha256": "0" * 64})))
    assert isinstance(wrong, DatasetError) and f"expected sha256 {'0' * 64}, got {sha(SKY)}" in str(wrong)
    assert "expected sha256" in str(only(bring(manifest_file({"sources": [{"url": url, "sha256": "0" * 64}]}))))
    assert bring(manifest_file({"sources": [{"url": url, "sha256": sha(SKY)}], "sha256": sha(SKY)})).new


def test_a_lock_that_contradicts_the_manifest(site, manifest_file, bring):
    url = site.put("/sky.hdr", SKY)
    bring(manifest_file({"sources": [{"url": url}]}))
    wrong = only(bring(manifest_file({"sources": [{"url": url}], "sha256": "0" * 64})))
    assert "the manifest says sha256 000000000000..." in str(wrong) and "remove the entry from the lock" in str(wrong)


@pytest.mark.parametrize("text", ["", "version: 2\nassets: {}", "version: 1\nassets: {a: {sha256: x}}", "a: [", "\0"])
def test_a_damaged_lock(site, manifest_file, bring, text):
    file = manifest_file({"sources": [{"url": site.put("/sky.hdr", SKY)}]})
    file.with_name("there.lock.yaml").write_text(text)
    with pytest.raises(ConfigError, match=r"there\.lock\.yaml:"):
        bring(file)


def test_failures_stop_no_other(site, manifest_file, bring):
    urls = [site.put("/a.hdr", SKY), site.url + "/gone.hdr", site.put("/c.hdr", SKY + b"c", faults=[503] * 9)]
    result = bring(manifest_file(*({"sources": [{"url": url}]} for url in urls)))
    assert result.new == ["hdri/there/0"]
    assert isinstance(result.failed["hdri/there/1"], ConfigError)
    assert isinstance(result.failed["hdri/there/2"], TryAgainError)


def test_a_server_that_is_away_is_not_asked_for_everything(site, manifest_file, bring):
    entries = [{"sources": [{"url": site.put(f"/{n}.hdr", SKY, faults=[503] * 9)}]} for n in range(6)]
    result = bring(manifest_file(*entries))
    assert list(result.failed) == ["hdri/there/0", "hdri/there/1", "hdri/there/2"]
    assert result.untried == ["hdri/there/3", "hdri/there/4", "hdri/there/5"]
    assert len(site.requests) == 15


def test_choosing(site, manifest_file, bring):
    file = manifest_file(*({"sources": [{"url": site.put(f"/{n}.hdr", b"%d" % n)}]} for n in range(5)))
    assert bring(file, "hdri/there/3").new == ["hdri/there/3"]
    assert bring(file, "4").new == ["hdri/there/4"]
    assert bring(file, limit=2).new == ["hdri/there/0", "hdri/there/1"]
    with pytest.raises(ConfigError, match="'hdri/there/7': not in the manifest there; did you mean 'hdri/there/"):
        bring(file, "hdri/there/7")
    assert bring(file).new == ["hdri/there/2"]


def test_the_limit_is_for_all_files_of_an_asset(site, manifest_file, bring, cache):
    sources = [{"url": site.put(f"/{n}", bytes(400)), "path": f"{n}"} for n in range(3)]
    wrong = only(bring(manifest_file({"sources": sources}), max_bytes=1000))
    assert "the asset is larger than the allowed 1000 bytes" in str(wrong)
    assert not (cache.folder / "sha256").exists()


# ---------------------------------------------------------------- licences
@pytest.mark.parametrize("licence", [None, "NOASSERTION", "unknown"])
def test_unknown_licences_are_refused(site, manifest_file, bring, licence):
    file = manifest_file({"sources": [{"url": site.put("/a.hdr", SKY)}], "licence": licence})
    with pytest.raises(ConfigError, match=r"hdri/there/0: its licence is unknown; .* --allow-licence"):
        bring(file)
    assert site.requests == []
    assert bring(file, allowed=["unknown"]).new


@pytest.mark.parametrize(
    ("licence", "why"),
    [("CC-BY-NC-4.0", "forbids commercial use"), ("CC-BY-NC-ND-4.0", "forbids commercial use"),
     ("CC-BY-ND-4.0", "forbids changes"), ("LicenseRef-AMASS", "is not known to allow"),
     ("MIT AND CC-BY-NC-4.0", "forbids commercial use"), ("CC BY 4.0", "is not an SPDX identifier")],
)  # fmt: skip
def test_licences_that_are_not_free(site, manifest_file, bring, licence, why):
    file = manifest_file({"sources": [{"url": site.put("/a.hdr", SKY)}], "licence": licence})
    with pytest.raises(ConfigError, match=why):
        bring(file)
    assert site.requests == []
    assert bring(file, allowed=[licence, "CC-BY-NC-4.0"]).new


@pytest.mark.parametrize("licence", ["CC0-1.0", "MIT OR Unlicense", "CC-BY-NC-4.0 OR MIT", "CC0-1.0 AND (MIT OR X)"])
def test_licences_that_are_free(site, manifest_file, bring, licence):
    assert bring(manifest_file({"sources": [{"url": site.put("/a.hdr", SKY)}], "licence": licence})).new


def test_terms_that_exclude_learning(site, manifest_file, bring):
    file = manifest_file({"sources": [{"url": site.put("/a.hdr", SKY)}], "ml_use": False})
    with pytest.raises(ConfigError, match="exclude machine learning"):
        bring(file)
    assert bring(file, allowed=["CC0-1.0"]).new


def test_what_only_a_person_can_get(manifest_file, bring):
    with pytest.raises(ConfigError, match="cannot be downloaded by a program: log in, then"):
        bring(manifest_file({"manual": "log in, then ..."}))


# ---------------------------------------------------------------- archives
def test_an_archive_becomes_a_folder(site, manifest_file, bring, cache, tmp_path):
    url = site.put("/a.zip", zipped(meshes__model_obj=b"1", texture_png=b"2"))
    file = manifest_file({"sources": [{"url": url, "form": "archive"}], "main": "meshes/model_obj"})
    assert bring(file).new
    pin = lock(file)["assets"]["hdri/there/0"]
    listing = f"{sha(b'1')}  meshes/model_obj\n{sha(b'2')}  texture_png\n"
    assert pin["sha256"] == sha(listing.encode()) and pin["size"] == 2
    assert contents(cache.where(pin["sha256"])) == {"meshes/model_obj": b"1", "texture_png": b"2"}
    assert cache.where(pin["sha256"]).with_suffix(".files").read_text() == listing
    checked = subprocess.run(["sha256sum", "-c"], input=listing, cwd=cache.where(pin["sha256"]), text=True)
    assert checked.returncode == 0
    found = assets_of([str(file)], {"hdri"}, WEIGHTS, folder=cache.folder)
    assert found[0].path == cache.where(pin["sha256"]) / "meshes/model_obj" and found[0].sha256 == pin["sha256"]


def test_a_folder_around_everything_is_taken_off(site, manifest_file, bring, cache):
    url = site.put("/a.zip", zipped(thing__model_obj=b"1", thing__maps__t_png=b"2"))
    file = manifest_file({"sources": [{"url": url, "form": "archive"}], "main": "model_obj"})
    assert bring(file).new
    assert set(contents(cache.where(lock(file)["assets"]["hdri/there/0"]["sha256"]))) == {"model_obj", "maps/t_png"}


def test_archives_that_are_not_taken(site, manifest_file, bring, cache):
    def tried(data, **more):
        url = site.put("/a.zip", data, etag=None)
        return str(only(bring(manifest_file({"sources": [{"url": url, "form": "archive"}], **more}))))

    assert "expected the file b in it" in tried(zipped(a="1"), main="b")
    assert "is an empty archive" in tried(zipped())
    assert "expected a zip or tar archive" in tried(b"<html>")
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as file:
        file.addfile(tarfile.TarInfo("../evil"))
    assert "outside of the archive" in tried(data.getvalue())
    assert not (cache.folder / "sha256").exists()


# ---------------------------------------------------------------- together, and trouble
def test_a_file_may_get_another_name(site, manifest_file, bring, cache):
    bring(manifest_file({"sources": [{"url": site.put("/get?file=7", SKY), "path": "sky.hdr"}]}))
    assert cache.the_file(sha(SKY)).name == "sky.hdr"


def test_what_a_killed_process_left_behind(site, manifest_file, bring, cache):
    url = site.put("/a.hdr", SKY)
    with cache.work([url]) as place:
        (place / "staged").mkdir(parents=True)
        (place / "staged" / "half").write_text("?")
        part = place / f"{sha(url.encode())[:16]}.part"
        part.write_bytes(SKY[:100])
        part.with_suffix(".json").write_text(json.dumps({"version": '"1"'}))
    bring(manifest_file({"sources": [{"url": url}]}))
    assert contents(cache.where(sha(SKY))) == {"a.hdr": SKY}
    assert site.ranges() == ["bytes=100-"]


def test_two_fetchers_at_once(site, manifest_file, cache):
    file = manifest_file(
        *({"sources": [{"url": site.put(f"/{n}.hdr", b"%d" % n * 9999, slow_s=0.01)}]} for n in range(8))
    )
    results, threads = [], []
    for _ in range(4):
        threads.append(threading.Thread(target=lambda: results.append(fetch(read_manifest(file), cache))))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4 and not any(r.failed for r in results)
    assert sorted(name for r in results for name in r.new) == [f"hdri/there/{n}" for n in range(8)]
    assert len(site.requests) == 8 and len(lock(file)["assets"]) == 8
    assert len(verify(read_manifest(file), cache).good) == 8


def test_two_processes_at_once(site, manifest_file, cache):
    file = manifest_file(
        *({"sources": [{"url": site.put(f"/{n}.hdr", b"%d" % n * 999, slow_s=0.05)}]} for n in range(6))
    )
    words = [sys.executable, "-m", "viewlock", "assets", "fetch", str(file), "--cache", str(cache.folder)]
    running = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    assert len(site.requests) == 6 and len(lock(file)["assets"]) == 6


def test_a_cache_that_is_a_file(site, manifest_file, tmp_path):
    (tmp_path / "cache").write_text("mine")
    file = manifest_file({"sources": [{"url": site.put("/a.hdr", SKY)}]})
    with pytest.raises(OutputError, match="cannot write"):
        fetch(read_manifest(file), Cache.at(tmp_path / "cache"))
    assert (tmp_path / "cache").read_text() == "mine"


def test_verify_reads_every_byte(site, manifest_file, bring, cache):
    archive = site.put("/b.zip", zipped(a="1", b="2"))
    file = manifest_file(
        {"sources": [{"url": site.put("/a.hdr", SKY)}]},
        {"sources": [{"url": archive, "form": "archive"}]},
        {"sources": [{"url": site.url + "/never"}]},
    )
    bring(file, "0")
    bring(file, "1")
    manifest = read_manifest(file)
    checked = verify(manifest, cache)
    assert (checked.good, checked.absent, checked.bad) == (["hdri/there/0", "hdri/there/1"], ["hdri/there/2"], {})
    cache.the_file(sha(SKY)).write_bytes(SKY[:-1] + b"?")
    folder = cache.where(lock(file)["assets"]["hdri/there/1"]["sha256"])
    (folder / "c").write_text("more")
    bad = verify(manifest, cache).bad
    assert set(bad) == {"hdri/there/0", "hdri/there/1"}
    assert all("remove that folder and fetch again" in why for why in bad.values())
    cache.the_file(sha(SKY)).unlink()
    assert "empty; remove it and fetch again" in verify(manifest, cache).bad["hdri/there/0"]
