"""Every mistake a person can make with the command: one line, the right exit code, and nothing broken."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

import viewlock

FAST = ["--scenes", "2", "--set", "sequences=1", "--set", "frames=2"]


@pytest.fixture
def refused(command):
    """Runs a command that must be refused with one line; returns that line."""

    def run(*words, code=2):
        found, out, err = command(*words)
        assert (found, out) == (code, ""), err
        return one_line(err)

    return run


def one_line(err):
    assert "Traceback" not in err
    assert err.startswith("viewlock: ") and err.count("\n") == 1, err
    return err


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """A planned run of two scenes, not rendered. Do not change it."""
    folder = tmp_path_factory.mktemp("planned") / "run"
    done = subprocess.run([sys.executable, "-m", "viewlock", "plan", "dsia", "-o", folder, *FAST], capture_output=True)
    assert done.returncode == 0
    return folder


def contents(folder: Path):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# ---------------------------------------------------------------- words
def test_version_and_help(command):
    assert command("--version")[:2] == (0, f"viewlock {viewlock.__version__}\n")
    code, out, _ = command("--help")
    assert code == 0
    for verb in ("generate", "plan", "render", "pack", "inspect"):
        assert verb in out
    assert "worker" not in out  # not for people
    assert "Traceback" not in command()[2]


@pytest.mark.parametrize("words", [["fly"], ["plan", "dsia"], ["plan", "dsia", "-o", "x", "--speed", "3"],
                                   ["render", "x", "--workers", "0"], ["render", "x", "--workers", "many"],
                                   ["render", "x", "--scene", "a"]])  # fmt: skip
def test_wrong_usage(command, words):
    code, _, err = command(*words)
    assert code == 2 and "Traceback" not in err and "Error" in err


# ---------------------------------------------------------------- configuration
@pytest.mark.parametrize("verb", ["plan", "generate"])
def test_mistakes_in_the_configuration(refused, tmp_path, verb):
    here = ["-o", tmp_path / "x"]
    assert "did you mean 'dsia'" in refused(verb, "dsai", *here)
    assert "nowhere.yaml: no such file" in refused(verb, "nowhere.yaml", *here)
    for size in ("0", "abc", "96", "96x", "96x64x3", "-96x64", "9.6x64"):
        assert f"--size {size}: expected WIDTHxHEIGHT" in refused(verb, "dsia", *here, f"--size={size}")
    assert "size: expected greater than or equal to 32, got 0" in refused(verb, "dsia", *here, "--size", "0x0")
    assert "scenes: expected greater than or equal to 1" in refused(verb, "dsia", *here, "--scenes", "0")
    assert "render.samples: expected" in refused(verb, "dsia", *here, "--samples", "0")
    assert "did you mean 'optix'" in refused(verb, "dsia", *here, "--device", "optx")
    assert "expected key=value" in refused(verb, "dsia", *here, "--set", "samples")
    assert "did you mean 'people'" in refused(verb, "dsia", *here, "--set", "poeple=[1, 2]")
    gone = f"environments.folder={tmp_path / 'gone'}"
    assert "gone: expected a folder" in refused(verb, "dsia", *here, "--set", gone)
    assert list(tmp_path.iterdir()) == []


def test_a_preset_that_cannot_be_arranged(refused, tmp_path):
    impossible = ["--set", "subset.camera_large=[20, 30]", "--set", "accept.attempts=2"]
    line = refused("plan", "dsia", "-o", tmp_path / "x", "--scenes", "1", *impossible)
    assert "none of 2 attempts" in line and "no camera path with the wanted motion" in line
    assert not (tmp_path / "x").exists()


# ---------------------------------------------------------------- targets
@pytest.mark.parametrize("verb", ["plan", "generate"])
def test_a_file_in_the_way(refused, tmp_path, verb):
    (tmp_path / "x").write_text("mine")
    assert "is a file, not a folder" in refused(verb, "dsia", "-o", tmp_path / "x", *FAST)
    assert "is a file, not a folder" in refused(verb, "dsia", "-o", tmp_path / "x" / "y", *FAST)
    assert contents(tmp_path) == {"x": b"mine"}


@pytest.mark.parametrize("verb", ["plan", "generate"])
def test_a_folder_with_something_else_is_refused_before_the_work(refused, tmp_path, verb):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "thesis.txt").write_text("mine")
    start = time.monotonic()
    assert "something else is there" in refused(verb, "dsia", "-o", tmp_path / "x", "--scenes", "1033")
    assert time.monotonic() - start < 5  # a plan of 1033 scenes takes longer
    assert contents(tmp_path) == {"x/thesis.txt": b"mine"}


def test_a_folder_nobody_may_write(read_only_disk, tmp_path):
    for verb in ("plan", "generate"):
        done = read_only_disk(tmp_path, [sys.executable, "-m", "viewlock", verb, "dsia", "-o", str(tmp_path / "x")])
        assert done.returncode == 2
        assert "no permission to write" in one_line(done.stderr)


def test_a_full_disk(small_disk, tmp_path):
    command = [sys.executable, "-m", "viewlock", "plan", "dsia", "-o", str(tmp_path / "x"), *FAST, "--scenes", "9"]
    listing = ["sh", "-c", f"{' '.join(command)}; echo $?; ls -A {tmp_path}/x"]
    done = small_disk(tmp_path, "20k", listing)
    assert "No space left on device; free some space" in one_line(done.stderr)
    assert done.stdout.split() == ["75"]


def test_a_run_of_another_configuration(refused, command, planned):
    before = contents(planned)
    line = refused("plan", "dsia", "-o", planned, *FAST, "--seed", "9")
    assert "another configuration: seed is 0 there and 9 now" in line
    line = refused("plan", "dsia", "-o", planned, *FAST, "--set", "render.bounces=2")
    assert "render.bounces is 6 there and 2 now" in line
    assert command("plan", "dsia", "-o", planned, *FAST)[0] == 0  # the same again is nothing to do
    assert contents(planned) == before


def test_a_dataset_of_another_configuration(refused, planned, tmp_path):
    run = shutil.copytree(planned, tmp_path / "x.run")
    assert "seed is 0 there and 9 now" in refused("generate", "dsia", "-o", tmp_path / "x", *FAST, "--seed", "9")
    assert contents(run) == contents(planned)


# ---------------------------------------------------------------- runs
@pytest.mark.parametrize("verb", [["render"], ["pack", "-o", "y"]])
def test_what_is_not_a_run(refused, tmp_path, verb):
    for folder in (tmp_path, tmp_path / "gone"):
        assert "not a run folder" in refused(verb[0], folder, *verb[1:])


DAMAGE = {
    "config.yaml": [b"", b"scenes: [1", b"\xff\xfe", b"kind: dsia\n"],
    "plan.jsonl": [b"{}\n", b"hello\n", b"\x00\n"],
    "failed/000001.json": [b"", b"{"],
}


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, several in DAMAGE.items() for data in several])
def test_a_damaged_run(refused, planned, tmp_path, name, data):
    run = shutil.copytree(planned, tmp_path / "run")
    (run / name).parent.mkdir(exist_ok=True)
    (run / name).write_bytes(data)
    assert name in refused("pack", run, "-o", tmp_path / "y")
    assert name in refused("render", run)


@pytest.mark.parametrize("shard", ["5/4", "4/4", "-1/2", "a/b", "1", "1/", "/2", "0/0", "1/2/3"])
def test_a_shard_that_cannot_be(refused, planned, shard):
    assert f"--shard {shard}: expected I/N with 0 <= I < N" in refused("render", planned, f"--shard={shard}")


def test_a_scene_that_is_not_in_the_plan(refused, planned):
    assert "--scene 7: not in the plan; expected 0 to 1" in refused("render", planned, "--scene", "7", "--scene", "0")


def test_packing_what_is_not_rendered(refused, planned, tmp_path):
    assert "2 of 2 scenes are not rendered yet" in refused("pack", planned, "-o", tmp_path / "y")
    assert "no scene is finished" in refused("pack", planned, "-o", tmp_path / "y", "--partial")
    assert not (tmp_path / "y").exists()


def test_inspecting_what_is_not_a_dataset(refused, planned, tmp_path):
    assert "ends in .png" in refused("inspect", planned, "-o", tmp_path / "x.jpg")
    assert "no sample to show" in refused("inspect", planned, "-o", tmp_path / "x.png")
    assert "not a dataset" in refused("inspect", tmp_path, "-o", tmp_path / "x.png")
    (tmp_path / "x.tar").write_text("hello")
    assert "not a readable tar" in refused("inspect", tmp_path / "x.tar", "-o", tmp_path / "x.png")


# ---------------------------------------------------------------- rendering
def test_blender_that_is_not_installed(planned, tmp_path, viewlock):
    """The scheduling process needs no Blender; the worker's complaint reaches the person."""
    (tmp_path / "bpy.py").write_text("raise ModuleNotFoundError(\"No module named 'bpy'\", name='bpy')")
    run = shutil.copytree(planned, tmp_path / "run")
    done = viewlock("render", run, env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert done.returncode == 2
    assert "bpy: needed to render and not installed; run: pip install" in one_line(done.stderr)
    assert not (run / "scenes").exists() and not (run / "failed").exists()


def test_blender_that_cannot_load_its_libraries(planned, tmp_path, viewlock):
    (tmp_path / "bpy.py").write_text("raise ImportError('libX11.so.6: cannot open shared object file')")
    run = shutil.copytree(planned, tmp_path / "run")
    done = viewlock("render", run, env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert done.returncode == 2
    assert "libX11.so.6" in one_line(done.stderr)


def test_a_worker_that_cannot_start(planned, tmp_path, viewlock):
    (tmp_path / "bpy.py").write_text("import os; os.abort()")
    run = shutil.copytree(planned, tmp_path / "run")
    done = viewlock("render", run, env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert done.returncode == 2
    assert "a worker could not start" in one_line(done.stderr) and "see " in done.stderr


@pytest.mark.render
def test_a_device_that_is_not_there(planned, tmp_path, viewlock):
    run = shutil.copytree(planned, tmp_path / "run")
    config = yaml.safe_load((run / "config.yaml").read_text())
    config["render"]["device"] = "metal"  # this is Linux
    (run / "config.yaml").write_text(yaml.safe_dump(config))
    done = viewlock("render", run)
    assert done.returncode == 2
    assert "metal" in one_line(done.stderr)
    assert not (run / "failed").exists()


def cpu_seconds(pid):
    """That a running process has used."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def test_stopping_a_plan_leaves_nothing(tmp_path):
    words = [sys.executable, "-m", "viewlock", "plan", "dsia", "-o", tmp_path / "x", "--scenes", "5000"]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and cpu_seconds(process.pid) < 6:  # however busy the machine is, it plans by then
        time.sleep(0.2)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    err = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.render
def test_inspecting_a_dataset(command, tiny_dataset, tmp_path):
    code, out, _ = command("inspect", tiny_dataset, "-o", tmp_path / "x.png", "--rows", "2", "--split", "val")
    assert (code, out) == (0, f"2 samples shown in {tmp_path / 'x.png'}\n")
    assert (tmp_path / "x.png").stat().st_size > 10_000


@pytest.mark.render
def test_generate_again_is_nothing_to_do(tiny_dataset, tiny, viewlock, tmp_path):
    shutil.copytree(tiny_dataset.parent, tmp_path / "copy")
    before = contents(tmp_path / "copy" / "data")
    start = time.monotonic()
    done = viewlock("generate", "dsia", "-o", tmp_path / "copy" / "data", *tiny)
    assert done.returncode == 0 and "6 samples (train 2, val 2, test 2)" in done.stdout
    assert time.monotonic() - start < 10  # no worker was started
    assert contents(tmp_path / "copy" / "data") == before


@pytest.mark.render
def test_packing_onto_a_full_disk(small_disk, tiny_run, tmp_path):
    target = tmp_path / "disk"
    target.mkdir()
    words = [sys.executable, "-m", "viewlock", "pack", str(tiny_run), "-o", str(target / "y")]
    done = small_disk(target, "100k", ["sh", "-c", f"{' '.join(words)}; echo $?; find {target} -type f"])
    assert "No space left on device" in one_line(done.stderr)
    assert done.stdout.split() == ["75"]


@pytest.mark.render
def test_a_disk_that_is_full_when_a_scene_is_ready(small_disk, tiny_run, tmp_path):
    run = shutil.copytree(tiny_run, tmp_path / "run")
    (run / "scenes" / "000002.tar").unlink()
    disk = tmp_path / "disk"
    disk.mkdir()
    fill = f"cp -r {run}/. {disk} && (cat /dev/zero > {disk}/filler; truncate -s -60K {disk}/filler) 2> /dev/null"
    words = [sys.executable, "-m", "viewlock", "render", str(disk)]
    done = small_disk(disk, "2m", ["sh", "-c", f"{' '.join(words)}; echo $?; ls -A {disk}/scenes {disk}/failed"], fill)
    assert "000002.tar: cannot write: No space left on device" in one_line(done.stderr.split("ls: ")[0])
    assert [line for line in done.stdout.split() if not line.endswith(":")] == ["75", "000000.tar", "000001.tar"]
