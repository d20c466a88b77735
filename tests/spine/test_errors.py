"""The error tree: its exit codes, and how the operating system's refusals become one line."""

import errno
import inspect

import pytest

from viewlock import errors
from viewlock.errors import OutputError, StoppedError, TryAgainError, ViewlockError, nearest, writing

CODES = {
    "ViewlockError": 2,
    "ConfigError": 2,
    "MissingLibraryError": 2,
    "DeviceError": 2,
    "OutputError": 2,
    "DatasetError": 2,
    "CheckError": 1,
    "TryAgainError": 75,
    "QuarantineError": 65,
    "StoppedError": None,
}


def tree() -> dict[str, type]:
    found = inspect.getmembers(errors, inspect.isclass)
    return {name: kind for name, kind in found if issubclass(kind, ViewlockError)}


def test_every_error_has_its_exit_code():
    assert tree().keys() == CODES.keys()
    for name, code in CODES.items():
        if code is not None:
            assert tree()[name]("x").exit_code == code


def test_every_error_is_in_the_overview():
    for name in CODES:
        assert name in (errors.__doc__ or "")


@pytest.mark.parametrize(("signal_number", "code"), [(2, 130), (15, 143)])
def test_signals_have_the_shell_codes(signal_number, code):
    assert StoppedError("x", signal_number).exit_code == code


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ESTALE])
def test_storage_that_is_full_or_away_may_be_tried_again(number):
    with pytest.raises(TryAgainError, match=r"place: cannot write: .*run the same command again"), writing("place"):
        raise OSError(number, "reason")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG])
def test_other_refusals_need_another_place(number):
    with pytest.raises(OutputError, match="place: cannot write: reason; choose another place"), writing("place"):
        raise OSError(number, "reason")


def test_other_errors_pass_through():
    with pytest.raises(ZeroDivisionError), writing("place"):
        raise ZeroDivisionError


def test_nearest():
    assert nearest("sampels", ["samples", "seed"]) == "; did you mean 'samples'?"
    assert nearest("xyz", ["samples", "seed"]) == ""
