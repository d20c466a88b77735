"""Setting Blender's properties only where they differ: Cycles prepares a scene anew for every one that is set."""

from __future__ import annotations

from typing import Any

import numpy as np


def change(target: Any, **values: Any) -> None:
    """Set the properties of a Blender object that do not have these values yet."""
    for name, value in values.items():
        now = getattr(target, name)
        same = np.float32(now) == np.float32(value) if isinstance(value, float) else now == value
        if not same:
            setattr(target, name, value)


def change_vector(target: Any, name: str, value: Any) -> None:
    """As `change`, for a vector, a matrix or a colour."""
    if not np.array_equal(np.array(getattr(target, name), np.float32), np.asarray(value, np.float32)):
        setattr(target, name, value)
