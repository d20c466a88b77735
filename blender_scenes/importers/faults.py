"""Why a file cannot be used."""

from __future__ import annotations


class UnusableError(Exception):
    """The file is broken or unfit; the message is one line and goes into the quarantine."""
