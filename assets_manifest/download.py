"""Downloads that go on where they stopped, and that end with the bytes that were promised or with an error."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import requests
import urllib3

from viewlock.errors import ConfigError, DatasetError, TryAgainError, writing

from .catalogue import file_sha256
from .entry import Source
from .web import HiccupError, answer, length_of, start_of, total_of, version_of

Progress = Callable[[int, int | None], object]
"""Called with the bytes that are there and the bytes there will be, if that is known."""

_ENOUGH = 1 << 20  # an attempt that brought as many bytes was no failure
_LONGEST_WAIT_S = 120.0
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Terms:
    """Attributes:
    max_bytes: the most that one asset may download; unpacked it may have five times as much.
    spent: bytes of it that other files of the asset had.
    attempts: failures in a row after which a download is given up.
    timeout_s: without any byte from the server.
    pause: waits a number of seconds.
    """

    max_bytes: int = 2_000_000_000
    spent: int = 0
    attempts: int = 5
    timeout_s: float = 30.0
    pause: Callable[[float], object] = time.sleep


def download(
    session: requests.Session, source: Source, part: Path, terms: Terms, progress: Progress = lambda done, total: None
) -> Source:
    """Brings a source to the file `part`, from where an earlier attempt stopped; the source with checksum and size.

    Beside the part lies a `.json` with the server's name for this version of the file, so that the parts of two
    versions are never joined.

    Raises:
        ConfigError: the server does not have it or does not give it, or it is larger than allowed.
        DatasetError: it is not what it should be; the part has been removed.
        TryAgainError: the server or the network failed too often, or the disk is full.
    """
    resumed = _size(part) > 0
    _all_bytes(session, source, part, terms, progress)
    try:
        return _checked(source, part)
    except DatasetError:
        forget(part)
        if not resumed:
            raise
    _all_bytes(session, source, part, terms, progress)  # the old part may have been the culprit
    try:
        return _checked(source, part)
    except DatasetError:
        forget(part)
        raise


def forget(part: Path) -> None:
    """Removes a part and what is known about it."""
    part.unlink(missing_ok=True)
    part.with_suffix(".json").unlink(missing_ok=True)


def _all_bytes(session: requests.Session, source: Source, part: Path, terms: Terms, progress: Progress) -> None:
    failures = 0
    while True:
        before = _size(part)
        try:
            _go_on(session, source, part, terms, progress)
        except HiccupError as hiccup:
            failures = 1 if _size(part) - before >= _ENOUGH else failures + 1
            wait_s = hiccup.wait_s if hiccup.wait_s is not None else min(0.5 * 2.0**failures, 30.0)
            if failures >= terms.attempts or wait_s > _LONGEST_WAIT_S:
                raise TryAgainError(f"{source.url}: {hiccup}; run the same command again later to go on") from None
            terms.pause(wait_s)
        else:
            return


def _go_on(session: requests.Session, source: Source, part: Path, terms: Terms, progress: Progress) -> None:
    """One request for what is missing."""
    have, version = _size(part), _version(part)
    if have and not version and source.sha256 is None:
        forget(part)
        have = 0
    headers = {"Range": f"bytes={have}-", **({"If-Range": version} if version else {})} if have else {}
    with answer(session, source.url, headers, terms.timeout_s) as response:
        if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            if total_of(response) == have:
                return
            forget(part)
            raise HiccupError("the server refuses to go on")
        if response.status_code == HTTPStatus.PARTIAL_CONTENT and start_of(response) != have:
            forget(part)
            raise HiccupError("the server goes on at the wrong place")
        partial = response.status_code == HTTPStatus.PARTIAL_CONTENT
        at, total = (have, total_of(response)) if partial else (0, length_of(response))
        _refuse_large(source, max(total or 0, at), terms)
        _receive(response, source, part, at, total, terms, progress)


def _receive(
    response: requests.Response,
    source: Source,
    part: Path,
    at: int,
    total: int | None,
    terms: Terms,
    progress: Progress,
) -> None:
    encoded = response.headers.get("Content-Encoding", "identity") != "identity"
    _remember(part, None if encoded else version_of(response))
    with writing(part), part.open("ab" if at else "wb") as file:
        progress(at, total)
        try:
            for chunk in response.raw.stream(_CHUNK, decode_content=encoded):
                at += len(chunk)
                _refuse_large(source, at, terms)
                file.write(chunk)
                progress(at, total)
        except (urllib3.exceptions.HTTPError, requests.RequestException):
            raise HiccupError(f"the connection broke after {at} bytes") from None
        except ConfigError:
            forget(part)
            raise
    if total is not None and at != total and not encoded:
        raise HiccupError(f"got {at} of {total} bytes")


def _refuse_large(source: Source, size: int, terms: Terms) -> None:
    if source.size is not None and size > source.size:
        raise ConfigError(f"{source.url}: expected {source.size} bytes, the server sends more; correct the manifest")
    if terms.spent + size > terms.max_bytes:
        raise ConfigError(
            f"{source.url}: the asset is larger than the allowed {terms.max_bytes} bytes; allow more with --max-size"
        )


def _checked(source: Source, part: Path) -> Source:
    size, sha256 = _size(part), file_sha256(part)
    if source.size not in (None, size):
        raise DatasetError(f"{source.url}: expected {source.size} bytes, got {size}; {_CHANGED}")
    if source.sha256 not in (None, sha256):
        raise DatasetError(f"{source.url}: expected sha256 {source.sha256}, got {sha256}; {_CHANGED}")
    if source.md5 is not None and source.md5 != _md5(part):
        raise DatasetError(f"{source.url}: expected md5 {source.md5}, got {_md5(part)}; {_CHANGED}")
    return source.model_copy(update={"size": size, "sha256": sha256})


_CHANGED = "it changed at its source or on the way; if you trust the new one, mend the manifest or its lock file"


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _version(part: Path) -> str | None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return json.loads(part.with_suffix(".json").read_text(encoding="utf-8")).get("version")
    return None


def _remember(part: Path, version: str | None) -> None:
    with writing(part):
        part.with_suffix(".json").write_text(json.dumps({"version": version}), encoding="utf-8")
