"""Everything that can go wrong and is not a bug.

    ViewlockError            exit code
    ├── ConfigError          2   a preset, an option or a file a person wrote is wrong
    ├── MissingLibraryError  2   an optional package is needed and not installed
    ├── DeviceError          2   the asked-for render device is not there
    ├── OutputError          2   the target cannot be written, or belongs to another configuration
    ├── DatasetError         2   what should be a run or a dataset is not one, or is damaged
    ├── CheckError           1   what was to be verified is not what it should be
    ├── TryAgainError       75   disk full, storage away: the same command may work later
    ├── QuarantineError     65   finished, but some scenes or assets could not be made
    └── StoppedError   130/143   stopped by Ctrl-C or SIGTERM; start again to go on

A message is one line: what, where, expected, got, what to do.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ViewlockError(Exception):
    """A mistake or a mishap a person can do something about."""

    exit_code = 2


class ConfigError(ViewlockError):
    """A preset, an option or an input file is wrong."""


class MissingLibraryError(ViewlockError):
    """An optional package is not installed."""


class DeviceError(ViewlockError):
    """The asked-for render device is not there."""


class OutputError(ViewlockError):
    """The target cannot be written, or belongs to another configuration."""


class DatasetError(ViewlockError):
    """What should be a run or a dataset is not one, or is damaged."""


class CheckError(ViewlockError):
    """What was to be verified is not what it should be."""

    exit_code = 1


class TryAgainError(ViewlockError):
    """Storage is full or away; the same command may work later."""

    exit_code = 75


class QuarantineError(ViewlockError):
    """The work is finished, but some scenes or assets could not be made."""

    exit_code = 65


class StoppedError(ViewlockError):
    """Stopped by a signal; what is finished is kept."""

    def __init__(self, message: str, signal_number: int) -> None:
        super().__init__(message)
        self.exit_code = 128 + signal_number


_STORAGE_AWAY = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ESTALE}


@contextmanager
def writing(target: Path | str) -> Iterator[None]:
    """Turns the operating system's refusals to write `target` into one-line errors.

    Raises:
        TryAgainError: the disk is full or the storage is away.
        OutputError: any other refusal: no permission, a file where a folder should be, ...
    """
    try:
        yield
    except OSError as refusal:
        why = refusal.strerror or str(refusal)
        if refusal.errno in _STORAGE_AWAY:
            raise TryAgainError(
                f"{target}: cannot write: {why}; free some space and run the same command again"
            ) from refusal
        raise OutputError(
            f"{target}: cannot write: {why}; choose another place with -o or mend the permissions"
        ) from refusal


def nearest(word: str, allowed: list[str]) -> str:
    """`; did you mean 'x'?` for a word that resembles an allowed one, else the empty string."""
    import difflib

    match = difflib.get_close_matches(word, allowed, n=1, cutoff=0.6)
    return f"; did you mean {match[0]!r}?" if match else ""
