"""A store on S3, by fsspec: publishing is a PUT with `If-None-Match: *`, so a name is published once, whole.

s3fs and not boto3, since it has the same call for other object stores, and tries again what it loses on the way.
"""

from __future__ import annotations

import importlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .errors import DatasetError, MissingLibraryError, OutputError, TryAgainError

_CONFLICTS = 5
"""How often a PUT is tried again that met another one of the same name (S3 answers 409)."""

_ONE_PUT = 5 * 2**30 - 1
"""A larger object goes up in parts, and is published by the last request of them."""


class ObjectStore:
    """The names below a URL `s3://BUCKET/NAME`; credentials and endpoint are those of the AWS environment.

    Raises:
        MissingLibraryError: s3fs is not installed.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._fs = _s3()

    def __reduce__(self) -> Any:
        return ObjectStore, (self.url,)

    def publish_if_absent(self, name: str, data: bytes) -> bool:
        """When an answer is lost and the request sent again, the name may be taken by one's own bytes: that is False,
        too.

        Raises:
            OutputError, TryAgainError: it cannot be written, or not now.
        """
        with self._talking(name):
            for turn in range(_CONFLICTS):
                try:
                    self._fs.pipe_file(self._path(name), data, mode="create", chunksize=_ONE_PUT)
                    return True
                except FileExistsError:
                    return False
                except OSError as refusal:
                    code = _code(refusal)
                    if code in ("PreconditionFailed", "412"):
                        return False
                    if code not in ("ConditionalRequestConflict", "409") or turn == _CONFLICTS - 1:
                        raise
                time.sleep(0.2 * 2**turn)
        raise AssertionError("the last turn returns or raises")

    def write(self, name: str, data: bytes | str) -> None:
        """Raises:
        OutputError, TryAgainError: it cannot be written, or not now.
        """
        with self._talking(name):
            self._fs.pipe_file(self._path(name), data.encode() if isinstance(data, str) else data)

    def list(self, prefix: str = "") -> list[str]:
        """Raises:
        OutputError, TryAgainError: the storage does not answer, or refuses.
        """
        folder = prefix.rpartition("/")[0]
        with self._talking(prefix):
            found = self._fs.find(self._path(folder) if folder else self._root)
        names = (path.removeprefix(self._root + "/") for path in found)
        return sorted(name for name in names if name.startswith(prefix))

    def read(self, name: str, last: int | None = None) -> bytes:
        """Raises:
        DatasetError: there is no such name.
        OutputError, TryAgainError: the storage does not answer, or refuses.
        """
        with self._talking(name):
            return self._fs.cat_file(self._path(name), start=None if last is None else -last)

    def has(self, name: str) -> bool:
        with self._talking(name):
            try:
                self._fs.info(self._path(name))
            except FileNotFoundError:
                return False
        return True

    def remove(self, name: str) -> None:
        with self._talking(name):
            self._fs.rm_file(self._path(name))

    def published_at(self, name: str) -> float:
        with self._talking(name):
            return self._fs.modified(self._path(name)).timestamp()

    @contextmanager
    def file(self, name: str) -> Iterator[Path]:
        handle, copy = tempfile.mkstemp(prefix="viewlock-", suffix=Path(name).suffix)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(self.read(name))
            yield Path(copy)
        finally:
            Path(copy).unlink(missing_ok=True)

    @property
    def _root(self) -> str:
        return self.url.removeprefix("s3://")

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _talking(self, name: str) -> Iterator[None]:
        """Turns what goes wrong between here and the storage into one-line errors."""
        where = f"{self.url}/{name}".rstrip("/")
        try:
            yield
        except FileNotFoundError:
            raise DatasetError(f"{where}: there is no such object or bucket") from None
        except PermissionError as refusal:
            raise OutputError(f"{where}: refused: {refusal}; check the credentials and the bucket's policy") from None
        except Exception as problem:
            if type(problem).__name__ in ("NoCredentialsError", "PartialCredentialsError", "ProfileNotFound"):
                raise OutputError(f"{where}: {problem}; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY") from None
            if not isinstance(problem, OSError) and "botocore" not in type(problem).__module__:
                raise
            raise TryAgainError(f"{where}: storage does not answer as it should: {_line(problem)}; try again") from None


def _s3() -> Any:
    try:
        importlib.import_module("s3fs")
    except ImportError:
        raise MissingLibraryError("s3fs: needed for s3:// and not installed; run: pip install 'viewlock[s3]'") from None
    import fsspec

    # What others publish must be seen at once. Large objects are read in one request each.
    return fsspec.filesystem("s3", use_listings_cache=False, max_concurrency=1)


def _code(refusal: OSError) -> str:
    """S3's own word for a refusal."""
    answer = getattr(refusal.__cause__, "response", None) or {}
    return str(answer.get("Error", {}).get("Code", ""))


def _line(problem: BaseException) -> str:
    return " ".join(str(problem).split()) or type(problem).__name__
