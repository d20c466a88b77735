"""`viewlock assets verify`: whether the files of assets still are what the manifests and lock files say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from viewlock.errors import ConfigError

from .cache import Cache
from .checksums import measure
from .entry import Entry, Manifest
from .index import known_entries
from .lock import Lock


@dataclass
class Verified:
    """Attributes:
    good: ids of assets whose files are what they should be.
    absent: ids of downloads that are not here; that is no fault.
    bad: what is wrong with others, by id.
    """

    good: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    bad: dict[str, str] = field(default_factory=dict)


def verify(manifest: Manifest, cache: Cache, progress: Callable[[], object] = lambda: None) -> Verified:
    """Reads every file of every asset of a manifest that is on this machine.

    Raises:
        ConfigError: the lock file is damaged or disagrees with the manifest.
    """
    lock, result = Lock.of(manifest, cache), Verified()
    for entry in known_entries(manifest, cache):
        local = manifest.local(entry)
        expected = entry.sha256 if local is not None else lock.sha256(entry)
        if local is None and (expected is None or not cache.has(expected)):
            result.absent.append(entry.id)
            continue
        try:
            if local is not None:
                got = measure(entry, local)[0]
            else:
                got = _cached(entry, cache, expected or "")
        except (ConfigError, StopIteration) as problem:
            result.bad[entry.id] = str(problem) or f"{cache.where(expected or '')}: empty; remove it and fetch again"
        else:
            if expected in (None, got):
                result.good.append(entry.id)
            elif local is not None:
                result.bad[entry.id] = f"{local}: expected sha256 {expected}, got {got}; restore it, or add it again"
            else:
                where = cache.where(expected or "")
                result.bad[entry.id] = f"{where}: got sha256 {got}; remove that folder and fetch again"
        progress()
    return result


def _cached(entry: Entry, cache: Cache, sha256: str) -> str:
    where = cache.the_file(sha256) if entry.one_file else cache.where(sha256)
    return measure(entry, where)[0]
