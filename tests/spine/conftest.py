"""Disks that are small or may not be written, in a mount namespace of their own."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Inside = Callable[..., "subprocess.CompletedProcess[str]"]


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
