"""What is wrong with a configuration, in one line: the key, what is allowed there, and the nearest spelling."""

from __future__ import annotations

import contextlib
import json
import re
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from viewlock.errors import nearest


def explain(problems: ValidationError, model: type[BaseModel]) -> str:
    """The first mistake in one line; a misspelt key before the keys that are missing for it.

    Args:
        model: of the whole configuration.
    """
    errors = problems.errors(include_url=False)
    error = min(errors, key=lambda e: e["type"] != "extra_forbidden")
    more = f" (and {problems.error_count() - 1} more)" if problems.error_count() > 1 else ""
    return _sentence(error, model) + more


def _sentence(error: Any, model: type[BaseModel]) -> str:
    location = [str(part) for part in error["loc"] if not isinstance(part, int)]
    key = ".".join(location) or "configuration"
    kind, given, ctx = error["type"], error["input"], error.get("ctx", {})
    message = error["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    if kind == "extra_forbidden":
        allowed = _fields_at(location[:-1], model)
        return f"unknown key {key!r}; allowed here: {', '.join(allowed)}{nearest(location[-1], allowed)}"
    if kind == "missing" and not isinstance(error["loc"][-1], int):
        return f"key {key!r} is missing"
    if kind == "value_error":
        return f"{'' if key == 'configuration' else key + ': '}{message}"
    if location and location[-1] == "[key]":
        key, allowed = ".".join(location[:-2]), _quoted(message)
        return f"{key}: expected one of {', '.join(allowed)}, got {_shown(given)}{nearest(given, allowed)}"
    wanted = {
        "missing": "one more value",
        "too_long": f"{ctx.get('max_length')} values",
        "too_short": f"at least {ctx.get('min_length')} values",
        "model_type": "keys and values",
        "dict_type": "keys and values",
        "tuple_type": "a list such as [1, 2]",
        "string_pattern_mismatch": f"a text of the form {ctx.get('pattern')}",
    }.get(kind, message)
    return f"{key}: expected {wanted}, got {_shown(given)}{_hint(given, message)}"


def _hint(given: Any, message: str) -> str:
    """What was probably meant instead of a text."""
    if not isinstance(given, str):
        return ""
    if "number" in message or "integer" in message:
        with contextlib.suppress(ValueError):
            return f"; YAML takes this for a text, write {float(given):g}"
    return nearest(given, _quoted(message))


def _shown(value: Any) -> str:
    """A value as in YAML."""
    return json.dumps(value, default=str, ensure_ascii=False)


def _quoted(message: str) -> list[str]:
    return re.findall(r"'([^']*)'", message)


def _fields_at(location: list[Any], model: Any) -> list[str]:
    for part in location:
        annotation = model.model_fields[part].annotation
        model = annotation if isinstance(annotation, type) else get_args(annotation)[0]
    return list(model.model_fields)
