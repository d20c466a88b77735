"""`viewlock assets fetch`: entries of a manifest become files in the cache, pinned in the lock file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import requests

from viewlock.errors import ConfigError, DatasetError, TryAgainError, ViewlockError, nearest, writing
from viewlock.store import write_file

from .cache import Cache
from .catalogue import file_sha256
from .checksums import folder_sha256, listing, members
from .download import Progress, Terms, download, forget
from .entry import Entry, Manifest, Source
from .index import index_file, json_file, known_entries
from .licences import refusal
from .lock import Lock, Pin
from .sources import expand, resolve
from .unpack import Bounds, unpack
from .web import new_session

_LIST_BYTES = 100_000_000
_AWAY = 3  # assets in a row
_UNPACKED = 5  # times what may be downloaded


@dataclass
class Fetched:
    """Attributes:
    new: ids that were downloaded.
    there: ids that were here already.
    failed: what went wrong with others, by id.
    untried: ids that were left, because a server or the network was away for several in a row.
    """

    new: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    failed: dict[str, ViewlockError] = field(default_factory=dict)
    untried: list[str] = field(default_factory=list)


def fetch(
    manifest: Manifest,
    cache: Cache,
    names: Sequence[str] = (),
    limit: int | None = None,
    terms: Terms | None = None,
    allowed: Collection[str] = (),
    watch: Callable[[Entry], Progress] = lambda entry: lambda done, total: None,
) -> Fetched:
    """Downloads assets of a manifest that are not in the cache yet.

    Args:
        names: ids of entries, or their last parts; all entries that the manifest names if there are none.
        limit: at most so many; if the manifest names fewer and has an index, the index says which others there are.
        allowed: licences beside the free ones; see `licences.refusal`.
        watch: gives what is to be told about the progress of an entry.

    Raises:
        ConfigError: a name is not there, can only be got by hand, or has a licence that is not allowed; nothing has
            been downloaded then.
        TryAgainError: the disk is full. Other errors concern one asset and are in the result.
    """
    work = _Work(cache, Lock.of(manifest, cache), terms or Terms(), new_session())
    chosen = _choose(manifest, work, names, limit)
    _refuse(chosen, allowed)
    result, away = Fetched(), 0
    for entry in chosen:
        if away >= _AWAY:
            result.untried.append(entry.id)
            continue
        try:
            (result.new if work.bring(entry, watch(entry)) else result.there).append(entry.id)
        except ViewlockError as problem:
            if isinstance(problem.__cause__, OSError):
                raise  # the disk; the next asset would fare no better
            result.failed[entry.id] = problem
            away = away + 1 if isinstance(problem, TryAgainError) else 0
        else:
            away = 0
    return result


def _choose(manifest: Manifest, work: _Work, names: Sequence[str], limit: int | None) -> list[Entry]:
    """Raises:
    ConfigError: a name is not there, or can only be got by hand.
    """
    entries = list(manifest.entries)
    enough = len(entries) >= (limit or 0) and all(_named(entries, name) for name in names)
    if manifest.index is not None and not enough:
        work.bring_index(manifest)
        entries = known_entries(manifest, work.cache)
    if names:
        chosen = [entry for name in names for entry in _named(entries, name) or [_unknown(manifest, entries, name)]]
    else:
        chosen = entries if limit is not None else list(manifest.entries)
    chosen = [entry for entry in chosen if entry.path is None][:limit]
    by_hand = [entry for entry in chosen if entry.manual]
    if by_hand and (names or len(by_hand) == len(chosen)):
        raise ConfigError(f"{by_hand[0].id}: cannot be downloaded by a program: {by_hand[0].manual}")
    return [entry for entry in chosen if not entry.manual]


def _named(entries: list[Entry], name: str) -> list[Entry]:
    exact = [entry for entry in entries if entry.id == name]
    return exact or [entry for entry in entries if entry.id.endswith(f"/{name}")]


def _unknown(manifest: Manifest, entries: list[Entry], name: str) -> Entry:
    hint = nearest(name, [entry.id for entry in entries] + [entry.id.rsplit("/", 1)[1] for entry in entries])
    raise ConfigError(f"{name!r}: not in the manifest {manifest.name}{hint}; see viewlock assets list {manifest.name}")


def _refuse(chosen: list[Entry], allowed: Collection[str]) -> None:
    """Raises:
    ConfigError: a licence is not allowed.
    """
    refused = [(entry, why) for entry in chosen if (why := refusal(entry, allowed)) is not None]
    if refused:
        entry, why = refused[0]
        more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
        raise ConfigError(
            f"{entry.id}: {why}{more}; name other assets, or allow it with --allow-licence {entry.licence or 'unknown'}"
        )


@dataclass(frozen=True)
class _Work:
    cache: Cache
    lock: Lock
    terms: Terms
    session: requests.Session

    def bring(self, entry: Entry, progress: Progress) -> bool:
        """Brings an asset into the cache; False if it was there."""
        with self.cache.work([source.url for source in entry.sources]) as place:
            # Somebody else may have brought it while we waited.
            lock = self.lock.read_again()
            expected = lock.sha256(entry)
            if expected is not None and self.cache.has(expected):
                return False
            pinned = lock.pins.get(entry.id)
            wanted = pinned.downloads if pinned else resolve(entry, lambda url: self.read_json(url, place))
            parts = self.download_all(wanted, place, progress)
            with self.cache.staging(place) as staged:
                sha256, size = self.unpack_all(entry, parts, staged)
                if expected not in (None, sha256):
                    forget_all(parts)
                    raise DatasetError(
                        f"{entry.id}: expected sha256 {expected}, got {sha256}; it changed at its source; "
                        f"if you trust the new one, mend the manifest or {lock.file}"
                    )
                self.cache.place(staged, sha256, None if entry.one_file else listing(staged))
            lock.pin(entry.id, Pin(sha256=sha256, size=size, downloads=tuple(source for source, _ in parts)))
            forget_all(parts)
            return True

    def download_all(self, wanted: Sequence[Source], place: Path, progress: Progress) -> list[tuple[Source, Path]]:
        """Every source of an asset; together they keep to the limit."""
        parts, before = [], 0
        for source in wanted:
            part = place / f"{hashlib.sha256(source.url.encode()).hexdigest()[:16]}.part"
            rest = replace(self.terms, spent=before)
            done = download(
                self.session, source, part, rest, lambda n, total, b=before: progress(b + n, total and b + total)
            )
            before += done.size or 0
            parts.append((done, part))
        return parts

    def unpack_all(self, entry: Entry, parts: list[tuple[Source, Path]], staged: Path) -> tuple[str, int]:
        """Checksum and size of the asset whose files are then in `staged`."""
        for source, part in parts:
            if source.form == "archive":
                unpack(part, staged, Bounds(_UNPACKED * self.terms.max_bytes), source.url)
                continue
            target = staged / (source.path or source.url.split("?")[0].rstrip("/").rsplit("/", 1)[1])
            with writing(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                part.rename(target)
        files = members(staged)
        if entry.main is not None and entry.main not in files:
            files = _lifted(staged, files)
        if entry.main is not None and entry.main not in files:
            raise DatasetError(
                f"{entry.id}: expected the file {entry.main} in it, but there is none; correct the manifest"
            )
        if not files:
            raise DatasetError(f"{entry.id}: {entry.sources[0].url} is an empty archive")
        size = sum((staged / name).stat().st_size for name in files)
        return file_sha256(staged / files[0]) if entry.one_file else folder_sha256(staged, files), size

    def bring_index(self, manifest: Manifest) -> None:
        """The list of a source's assets, unless it is there; it stays as it is until somebody removes it."""
        file = index_file(manifest, self.cache)
        if manifest.index is None or file.exists():
            return
        with self.cache.work([manifest.index.url]) as place:
            content = self.read_json(manifest.index.url, place)
            expand(manifest, manifest.index, content)
            write_file(file, json.dumps(content))

    def read_json(self, url: str, place: Path) -> Any:
        part = place / "list.part"
        forget(part)
        download(self.session, Source(url=url), part, replace(self.terms, max_bytes=_LIST_BYTES))
        try:
            return json_file(part, url)
        finally:
            forget(part)


def _lifted(folder: Path, files: list[str]) -> list[str]:
    """The files after those of an only folder have moved up; some archives have one around everything."""
    tops = {name.split("/")[0] for name in files}
    if len(tops) == 1 and all("/" in name for name in files):
        top = (folder / tops.pop()).rename(folder / ".only")
        for path in list(top.iterdir()):
            path.rename(folder / path.name)
        top.rmdir()
    return members(folder)


def forget_all(parts: list[tuple[Source, Path]]) -> None:
    for _, part in parts:
        forget(part)
