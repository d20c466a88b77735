"""Which licences let a dataset be made of an asset, by anyone and for any purpose."""

from __future__ import annotations

import re
from collections.abc import Collection

from .entry import Entry

# fmt: off
FREE = frozenset((
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC-BY-2.0", "CC-BY-2.5",
    "CC-BY-3.0", "CC-BY-4.0", "CC-BY-SA-2.0", "CC-BY-SA-2.5", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC-PDDC",
    "CC0-1.0", "CDLA-Permissive-1.0", "CDLA-Permissive-2.0", "ISC", "MIT", "MIT-0", "ODC-By-1.0",
    "ODbL-1.0", "OGL-UK-3.0", "PDDL-1.0", "Unlicense", "WTFPL", "Zlib",
))
# fmt: on
"""SPDX identifiers that allow commercial use and changes. Everything else must be allowed by name."""

UNKNOWN = "unknown"
_NOBODY_SAID = (None, "", UNKNOWN, "NOASSERTION", "NONE")


def refusal(entry: Entry, allowed: Collection[str] = ()) -> str | None:
    """Why an asset may not be used; None if it may.

    Args:
        allowed: licences that a person allows beside the free ones: SPDX identifiers, `LicenseRef-...`, or
            `unknown`. A licence that is named also answers for terms that exclude machine learning.
    """
    if entry.licence in _NOBODY_SAID:
        return None if UNKNOWN in allowed else "its licence is unknown"
    assert entry.licence is not None
    named = FREE | set(allowed)
    try:
        permitted = _permits(entry.licence, named)
    except ValueError:
        permitted = entry.licence in allowed
        return None if permitted else f"its licence {entry.licence!r} is not an SPDX identifier"
    if not permitted:
        return f"its licence {entry.licence} {_trouble(entry.licence)}"
    if entry.ml_use is False and not _permits(entry.licence, frozenset(allowed)):
        return f"its terms ({entry.licence}) exclude machine learning"
    return None


def _trouble(licence: str) -> str:
    if re.search(r"-NC(-|$)", licence):
        return "forbids commercial use"
    if re.search(r"-ND(-|$)", licence):
        return "forbids changes"
    return "is not known to allow commercial use and changes"


def _permits(expression: str, named: frozenset[str] | set[str]) -> bool:
    """An SPDX expression: AND needs all of its licences, OR one; AND binds closer.

    Raises:
        ValueError: it is not an expression.
    """
    words = re.findall(r"\(|\)|[^\s()]+", expression)
    value, rest = _either(words, named)
    if rest:
        raise ValueError(expression)
    return value


def _either(words: list[str], named: frozenset[str] | set[str]) -> tuple[bool, list[str]]:
    value, words = _both(words, named)
    while words[:1] == ["OR"]:
        other, words = _both(words[1:], named)
        value = value or other
    return value, words


def _both(words: list[str], named: frozenset[str] | set[str]) -> tuple[bool, list[str]]:
    value, words = _one(words, named)
    while words[:1] == ["AND"]:
        other, words = _one(words[1:], named)
        value = value and other
    return value, words


def _one(words: list[str], named: frozenset[str] | set[str]) -> tuple[bool, list[str]]:
    if not words or words[0] in ("AND", "OR", "WITH", ")"):
        raise ValueError
    if words[0] == "(":
        value, words = _either(words[1:], named)
        if words[:1] != [")"]:
            raise ValueError
        return value, words[1:]
    if words[1:2] == ["WITH"] and len(words) > 2:
        return " ".join(words[:3]) in named, words[3:]
    return words[0] in named, words[1:]
