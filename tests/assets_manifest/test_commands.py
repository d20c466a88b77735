"""`viewlock assets`: every mistake is one line with the right exit code, and nothing is broken by it."""

import json
import sys

import pytest
import yaml

from viewlock.cli import main

OBJ = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"
SKY = b"sky" * 1000


@pytest.fixture
def assets_command(monkeypatch, capsys, tmp_path):
    """Runs `viewlock assets` in this process with a cache of its own; returns exit code, output and complaint."""
    monkeypatch.setenv("VIEWLOCK_CACHE", str(tmp_path / "cache"))

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["viewlock", "assets", *map(str, words)])
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = ended.code or 0
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run


@pytest.fixture
def refused(assets_command):
    """Runs a command that must be refused with one line; returns that line."""

    def run(*words, code=2):
        found, out, err = assets_command(*words)
        assert (found, out) == (code, ""), err
        lines = [line for line in err.splitlines() if line.startswith("viewlock: ")]
        assert len(lines) == 1, err
        return lines[0]

    return run


@pytest.fixture
def mine(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "a.obj").write_text(OBJ)
    (folder / "notes.md").write_text("hello")
    return folder


def test_help(assets_command):
    code, out, _ = assets_command("--help")
    assert code == 0 and all(verb in out for verb in ("list", "add", "fetch", "verify"))


@pytest.mark.parametrize(
    "words", [["fly"], ["add"], ["fetch"], ["add", "x", "--speed"], ["fetch", "x", "--limit", "0"]]
)
def test_wrong_usage(assets_command, words):
    code, _, err = assets_command(*words)
    assert code == 2 and "Error" in err


def test_add_list_and_verify(assets_command, mine):
    code, out, _ = assets_command("add", mine, "--licence", "MIT", "--author", "Ada")
    assert code == 0
    assert "left out  notes.md: not a form that Viewlock reads\n" in out and "new       object/mine/a\n" in out
    assert "viewlock-assets.yaml: 1 assets, 1 new, 0 changed, 0 gone, 1 files left out\n" in out
    file = mine / "viewlock-assets.yaml"
    code, out, _ = assets_command("list", file)
    assert code == 0 and out.split() == ["local", "MIT", "object/mine/a", "1", "assets"]
    assert assets_command("verify", file)[:2] == (0, "1 assets are what they should be, 0 are not fetched\n")
    (mine / "a.obj").write_text(OBJ + "#")
    code, out, err = assets_command("verify", file)
    assert (code, out) == (1, "")
    first, last = err.splitlines()
    assert first.startswith("viewlock: object/mine/a: ") and "restore it, or add it again" in first
    assert last == "viewlock: 0 assets are what they should be, 0 are not fetched, 1 are wrong; see above"
    (mine / "a.obj").unlink()
    assert "no such file or folder" in assets_command("verify", file)[2]


def test_adding_without_a_licence_says_what_to_do(assets_command, mine):
    assert "1 without a licence: say --licence, or write it there" in assets_command("add", mine)[1]


def test_mistakes_of_add(refused, mine, tmp_path):
    assert "gone: expected a folder with assets" in refused("add", tmp_path / "gone")
    assert "--kind chair: expected one of character, object" in refused("add", mine, "--kind", "chair")
    assert "did you mean 'object'" in refused("add", mine, "--kind", "objekt")
    assert "expected a file name that ends in .yaml" in refused("add", mine, "-o", tmp_path / "x.json")
    assert "is an asset" in refused("add", mine, "--kind", "motion")
    (tmp_path / "file").write_text("")
    assert "cannot write" in refused("add", mine, "-o", tmp_path / "file" / "x.yaml")
    (mine / "viewlock-assets.yaml").write_text("entries: [")
    assert "viewlock-assets.yaml:" in refused("add", mine)
    assert (mine / "viewlock-assets.yaml").read_text() == "entries: ["


def test_list_chooses(assets_command, refused):
    code, out, _ = assets_command("list", "--kind", "trajectory", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and [row["id"] for row in rows] == ["trajectory/mannequinchallenge", "trajectory/realestate10k"]
    code, out, _ = assets_command("list", "--licence", "LicenseRef-AMASS")
    assert out.splitlines()[-1] == "1 assets"
    assert "motion/amass" in out and "by hand" in out
    assert "character/amara" in assets_command("list", "--kind", "character")[1]
    assert "--kind chair: expected one of" in refused("list", "--kind", "chair")
    assert "manifest 'nothing': expected a .yaml file or one of amass, ambientcg" in refused("list", "nothing")


def test_fetch_and_verify(assets_command, site, manifest_file, tmp_path):
    file = manifest_file({"sources": [{"url": site.put("/a.hdr", SKY)}]})
    assert assets_command("fetch", file)[:2] == (0, "there: 1 fetched, 0 already there\n")
    assert assets_command("fetch", file)[:2] == (0, "there: 0 fetched, 1 already there\n")
    assert assets_command("list", file)[1].split()[0] == "fetched"
    assert assets_command("verify", file)[:2] == (0, "1 assets are what they should be, 0 are not fetched\n")
    (kept,) = (tmp_path / "cache" / "assets").rglob("*.hdr")
    kept.write_bytes(b"?")
    code, _, err = assets_command("verify", file)
    assert code == 1 and "remove that folder and fetch again" in err
    other = ("--cache", tmp_path / "other")
    assert assets_command("fetch", file, *other)[1] == "there: 1 fetched, 0 already there\n"
    assert assets_command("verify", file, *other)[0] == 0


def test_mistakes_of_fetch(refused, site, manifest_file, tmp_path):
    file = manifest_file({"sources": [{"url": site.put("/a.hdr", SKY)}], "licence": "CC-BY-NC-4.0"})
    assert "forbids commercial use" in refused("fetch", file)
    assert "--allow-licence CC-BY-NC-4.0" in refused("fetch", file)
    assert site.requests == []
    allow = ("--allow-licence", "CC-BY-NC-4.0")
    assert "larger than the allowed 1000 bytes" in refused("fetch", file, *allow, "--max-size", "1kB")
    assert "--max-size big: expected a size such as 500MB" in refused("fetch", file, "--max-size", "big")
    assert "'x': not in the manifest there" in refused("fetch", file, "x", *allow)
    assert "did you mean 'polyhaven-hdris'" in refused("fetch", "polyhaven-hdri")
    assert "gone.yaml: no such file" in refused("fetch", tmp_path / "gone.yaml")
    assert "motion/amass: cannot be downloaded by a program: log in at" in refused("fetch", "amass")
    assert "character/mixamo: cannot be downloaded" in refused("fetch", "mixamo")
    (tmp_path / "file").write_text("")
    assert "cannot write" in refused("fetch", file, *allow, "--cache", tmp_path / "file")


def test_faults_of_the_web(refused, site, manifest_file):
    def of(url, **entry):
        return manifest_file({"sources": [{"url": url}], **entry})

    assert "/gone: the server answers 404 Not Found" in refused("fetch", of(site.url + "/gone"))
    assert "expected sha256 0000" in refused("fetch", of(site.put("/a", SKY), sha256="0" * 64))
    assert "not http:// or https://" in refused("fetch", of(site.put("/b", b"", redirect="file:///etc/passwd")))
    busy = of(site.put("/c", SKY, faults=[503] * 9, headers={"Retry-After": "999"}))
    assert "503 Service Unavailable; run the same command again later" in refused("fetch", busy, code=75)


def test_some_fetched_and_some_not(assets_command, site, manifest_file):
    good = {"sources": [{"url": site.put("/a.hdr", SKY)}]}
    file = manifest_file(good, {"sources": [{"url": site.url + "/gone"}]})
    code, out, err = assets_command("fetch", file)
    assert (code, out) == (65, "")
    first, last = [line for line in err.splitlines() if line.startswith("viewlock: ")]
    assert "404 Not Found" in first
    assert last == "viewlock: there: 1 fetched, 0 already there, 1 could not be fetched; see above"
    busy = {"sources": [{"url": site.put("/c", SKY, faults=[503] * 9, headers={"Retry-After": "999"})}]}
    code, _, err = assets_command("fetch", manifest_file(good, busy))
    assert code == 75 and "1 not fetched; run the same command again later" in err


def test_a_full_disk(small_disk, site, manifest_file, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    file = manifest_file({"sources": [{"url": site.put("/a.hdr", bytes(2_000_000))}]})
    words = [sys.executable, "-m", "viewlock", "assets", "fetch", str(file), "--cache", str(disk)]
    done = small_disk(disk, "1m", ["sh", "-c", f"{' '.join(words)}; echo $?"])
    assert "No space left on device; free some space" in done.stderr and "Traceback" not in done.stderr
    assert done.stdout.split() == ["75"]
    assert not file.with_name("there.lock.yaml").exists()


def test_your_own_manifests_have_names(assets_command, mine, monkeypatch, tmp_path):
    manifests = tmp_path / "manifests"
    assets_command("add", mine, "-o", manifests / "things.yaml", "--licence", "MIT")
    monkeypatch.setenv("VIEWLOCK_MANIFESTS", str(manifests))
    assert assets_command("verify", "things")[0] == 0
    assert "object/mine/a" in assets_command("list", "--kind", "object")[1]
    assert yaml.safe_load((manifests / "things.yaml").read_text())["folder"] == str(mine)
