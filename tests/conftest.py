"""What all rooms share: real assets, the real command, one tiny data set rendered once, and disks with trouble."""

from __future__ import annotations

import fcntl
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import hypothesis  # noqa: F401 - else its plugin does in the summary, where Python 3.11 fails to parse it once bpy is loaded
import pytest

# Painted pictures are kept between test runs.
os.environ.setdefault("VIEWLOCK_CACHE", str(Path(tempfile.gettempdir()) / "viewlock-test-cache"))

# In the background of a script Ctrl-C is ignored, and every command that the tests start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Inside = Callable[..., "subprocess.CompletedProcess[str]"]

_TINY = {
    "sequences": "1",
    "frames": "3",
    "splits": "{train: 0.2, val: 0.3, test: 0.5}",  # scene 0 is train, 1 is test, 2 is val
    "fields.flows": "[flow_1to2, flow_gtto2, flow_1togt, flow_2to1, flow_2togt, flow_gtto1]",
    "fields.depth": "true",
    "shards.scenes": "2",
}


@pytest.fixture(scope="session")
def assets() -> Path:
    """Real files of other people: `VIEWLOCK_ASSETS`, or `shared/assets` beside the repository."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "assets"
    folder = Path(os.environ.get("VIEWLOCK_ASSETS", beside))
    if not folder.is_dir():
        pytest.skip(f"no folder of real assets at {folder}; name one with VIEWLOCK_ASSETS")
    return folder


@pytest.fixture(scope="session")
def viewlock() -> Command:
    """Runs the real command in its own process: `viewlock("plan", "dsia", ...)`."""

    def run(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "viewlock", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, timeout=600, **options)  # type: ignore[call-overload]

    return run


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs the command in this process; returns its exit code, output and complaint."""
    from viewlock.cli import main

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["viewlock", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err  # type: ignore[return-value]

    return run


@pytest.fixture(scope="session")
def tiny() -> list[str]:
    """Options of `generate` and `plan` that make three scenes of two small triples each, one scene a split."""
    options = ["--scenes", "3", "--seed", "7", "--size", "96x64", "--samples", "2"]
    return options + [word for key, value in _TINY.items() for word in ("--set", f"{key}={value}")]


@pytest.fixture(scope="session")
def tiny_dataset(viewlock: Command, tiny: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset rendered by the real command with one worker, once for all processes that test. Do not change it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "tiny" / "data"
    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "dataset.json").is_file():
            done = viewlock("generate", "dsia", "-o", folder, *tiny)
            assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def tiny_run(tiny_dataset: Path) -> Path:
    """The run that `tiny_dataset` was packed from. Do not change it."""
    return tiny_dataset.with_name(tiny_dataset.name + ".run")


# ---------------------------------------------------------------- disks in a mount namespace of their own


def _mounted(folder: Path, options: str, command: list[str], before: str = "true") -> subprocess.CompletedProcess[str]:
    script = f"mount -t tmpfs -o {options} tmpfs {shlex.quote(str(folder))} && {before} && exec {shlex.join(command)}"
    return subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="session")
def may_mount(tmp_path_factory: pytest.TempPathFactory) -> None:
    try:
        done = _mounted(tmp_path_factory.mktemp("mount"), "size=64k", ["true"])
    except OSError as refusal:
        pytest.skip(f"this machine has no unshare: {refusal}")
    if done.returncode:
        pytest.skip(f"this machine lets nobody mount a small disk: {done.stderr.strip()}")


@pytest.fixture
def small_disk(may_mount: None) -> Inside:
    """`small_disk(folder, "400k", command, before="cp ...")` runs a command that sees a new disk at a folder."""
    return lambda folder, size, command, before="true": _mounted(folder, f"size={size}", command, before)


@pytest.fixture
def read_only_disk(may_mount: None) -> Inside:
    """The same with a disk that nobody may write, not even root."""
    return lambda folder, command: _mounted(folder, "ro,size=64k", command)
