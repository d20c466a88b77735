"""Imports kept on disk: each file is read once on a machine, in a process of its own. No Blender in this one.

An import lies in `imports/<key>` of the cache, a refusal in `imports/quarantine/<key>.json`. The key covers the bytes
of the file, its format and kind, the hints and the version of the importer.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from viewlock.errors import ConfigError, MissingLibraryError, TryAgainError, writing
from viewlock.scratch import scratch
from viewlock.store import write_file

from .prepared import (
    DONE,
    IMPORTER_VERSION,
    STORAGE,
    UNUSABLE,
    Hints,
    ImportKind,
    Prepared,
    QuarantinedError,
    read_record,
)

TIMEOUT_S = 300.0
_DAMAGED = (OSError, ValueError, TypeError, KeyError)


def prepare(
    path: Path,
    kind: ImportKind,
    *,
    sha256: str,
    hints: Hints | None = None,
    cache: Path,
    timeout_s: float = TIMEOUT_S,
    say: Callable[[str], None] | None = None,
) -> Prepared:
    """The import of a file, from the cache or made now.

    Args:
        sha256: of the file, and of those it refers to if they may change; it is believed.
        cache: folder of all that this machine can make again.
        timeout_s: how long an import may take.
        say: told of each repair, one line each, when the import is made; not when it is found.

    Raises:
        QuarantinedError: the file cannot be used. It is not tried again before it or the importer changes.
        ConfigError: there is no such file.
        MissingLibraryError: Blender is not installed.
        OutputError, TryAgainError: the cache cannot be written, or the import was stopped from outside.
    """
    hints = hints or Hints()
    key = _key(path, kind, sha256, hints)
    target = cache / "imports" / key
    refusal = cache / "imports" / "quarantine" / f"{key}.json"
    found = _read(target)
    if found is not None:
        return found
    reason = _remembered(refusal)
    if reason is None:
        reason = _make(path, kind, sha256, hints, target, timeout_s)
        if reason is None:
            made = read_record(target)
            for repair in made.repairs if say else ():
                say(f"{path}: {repair}")
            return made
        write_file(refusal, json.dumps({"file": path.name, "reason": reason, "importer": IMPORTER_VERSION}))
    raise QuarantinedError(f"{path}: left out: {reason}; to try it again delete {refusal}", reason)


def of_this_version(kept: Path) -> bool:
    """Whether an import of the cache, or a refusal, is of this version of the importer, and whole."""
    try:
        if kept.is_dir():
            return read_record(kept).importer_version == IMPORTER_VERSION
        return json.loads(kept.read_text(encoding="utf-8"))["importer"] == IMPORTER_VERSION
    except _DAMAGED:
        return False


def _key(path: Path, kind: str, sha256: str, hints: Hints) -> str:
    told = json.dumps([IMPORTER_VERSION, path.suffix.lower(), kind, sha256, asdict(hints)], sort_keys=True)
    return f"{kind}-{sha256[:12]}-{hashlib.sha256(told.encode()).hexdigest()[:20]}"


def _read(folder: Path) -> Prepared | None:
    """An import of the cache; what is damaged there is removed."""
    if not folder.is_dir():
        return None
    try:
        found = read_record(folder)
        if found.blend.stat().st_size > 0:
            return found
    except _DAMAGED:
        pass
    shutil.rmtree(folder, ignore_errors=True)
    return None


def _remembered(refusal: Path) -> str | None:
    try:
        return str(json.loads(refusal.read_text(encoding="utf-8"))["reason"])
    except _DAMAGED:
        return None


def _make(path: Path, kind: str, sha256: str, hints: Hints, target: Path, timeout_s: float) -> str | None:
    """Import into a folder beside the target and give it its name; None, or why it cannot be."""
    if not path.is_file():
        raise ConfigError(f"{path}: there is no such file")
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
        try:
            log = staged / "log.txt"
            reason = _run(path, kind, sha256, hints, staged, log, timeout_s)
            if reason is None:
                log.unlink(missing_ok=True)
                _publish(staged, target)
            return reason
        finally:
            shutil.rmtree(staged, ignore_errors=True)


def _run(path: Path, kind: str, sha256: str, hints: Hints, staged: Path, log: Path, timeout_s: float) -> str | None:
    command = [sys.executable, "-m", "viewlock.blender_scenes.importers", str(path), "--kind", kind, "--sha256", sha256,
               "--hints", json.dumps(asdict(hints)), "--out", str(staged)]  # fmt: skip
    with scratch() as own, log.open("wb") as file:
        try:
            code = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, timeout=timeout_s, check=False,
                env=own.part("import"), pass_fds=own.locks,
            ).returncode  # fmt: skip
        except subprocess.TimeoutExpired:
            return f"the import took more than {timeout_s:g} s"
    if code == DONE:
        return None if (staged / "asset.json").is_file() else "the importer left nothing behind"
    last = _last_line(log)
    if code == UNUSABLE:
        return (staged / "refused.txt").read_text(encoding="utf-8").strip()
    if code == STORAGE:
        raise TryAgainError(f"{path}: import: {last}; run the same command again")
    if code in (-2, -15):
        raise TryAgainError(f"{path}: the import was stopped; run the same command again")
    if "No module named 'bpy'" in last:
        raise MissingLibraryError(
            "bpy: needed to import files and not installed; run: pip install 'viewlock[render]' (Python 3.11)"
        )
    how = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
    return f"the importer crashed ({how}): {last}"


def _last_line(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1][:200] if lines else "it said nothing"


def _publish(staged: Path, target: Path) -> None:
    """Rename a finished folder; if another process was faster, its folder stays."""
    staged.chmod(0o755)
    try:
        os.rename(staged, target)  # noqa: PTH104 - the name of the operation matters: it never merges folders
    except OSError as refusal:
        if refusal.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
