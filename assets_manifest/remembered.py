"""Checksums of files that were read before: a file that has not been written since is not read again.

One small JSON file each in `checksums` of the cache folder, found by the path of the file. What tells that it is the
same file: its size, its number on the disk, and when it and its entry were last changed, in nanoseconds.
"""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

from viewlock.errors import ViewlockError
from viewlock.store import cache_folder, write_file

from .catalogue import file_sha256

_SETTLED_S = 2.0
"""A file that was written so recently may be written again within one tick of the clock: it is not remembered."""


def remembered_sha256(path: Path) -> str:
    """The sha256 of a file, which is read only if it has changed since the last time.

    Raises:
        ConfigError: the file cannot be read.
    """
    path = path.absolute()
    try:
        seen = path.stat()
    except OSError:
        return file_sha256(path)  # says what is wrong
    mark = [seen.st_size, seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns]
    note = cache_folder() / "checksums" / f"{hashlib.sha256(str(path).encode('utf-8', 'surrogateescape')).hexdigest()}"
    try:
        known = json.loads(note.read_text(encoding="utf-8"))
        if known["mark"] == mark:
            return str(known["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    digest = file_sha256(path)
    if time.time() - max(seen.st_mtime, seen.st_ctime) > _SETTLED_S:
        try:
            note.parent.mkdir(parents=True, exist_ok=True)
            write_file(note, json.dumps({"mark": mark, "sha256": digest}))
        except (OSError, ViewlockError):
            pass  # a cache that cannot be written costs time, nothing else
    return digest
