"""The procedural assets as catalogue entries. Run as `python -m viewlock.blender_scenes.inventory` after changing
a builder: it rewrites `assets_manifest/procedural.yaml`, which a test compares with this file's answer."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from viewlock.assets_manifest import catalogue
from viewlock.generator.appearance import CHARACTERS
from viewlock.generator.domes import DOME
from viewlock.generator.places import INDOOR, PLACES

from .meshes import Mesh
from .objects import CATEGORY, OBJECTS
from .objects.birds import IN_FLIGHT
from .objects.shapes import is_round
from .paintings import STYLES
from .people.bodies import figure
from .sources import sources_sha256
from .surfaces import Model

_SPLITS = ("train", "val", "train", "test", "train")


def inventory() -> list[dict[str, Any]]:
    """One entry an asset, sorted by id."""
    objects = [_entry("object", name, CATEGORY[name], OBJECTS[name]()) for name in sorted(OBJECTS)]
    people = [_entry("character", name, "person", figure(CHARACTERS[name]).model) for name in sorted(CHARACTERS)]
    places = [_entry("place", name, "indoor" if name in INDOOR else "outdoor", None) for name in sorted(PLACES)]
    pictures = [_entry("painting", name, "", None) for name in STYLES]
    rest = [_entry("place", DOME, DOME, None), _entry("sky", "painted", "", None)]
    return sorted([*_split(objects), *_split(people), *places, *pictures, *rest], key=lambda entry: entry["id"])


def _entry(kind: str, name: str, category: str, model: Model | None) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": f"{kind}/{name}", "kind": kind, "category": category}
    entry["sha256"] = hashlib.sha256(f"{kind}/{name}:{sources_sha256()}".encode()).hexdigest()
    if model is not None:
        entry["bounds_m"] = _rounded(model.mesh)
    if model is not None and kind == "object" and is_round(model.mesh):
        entry["rolls"] = True
    if model is not None and model.wheels:
        entry["wheels"] = True
        fixed = [wheel.middle[0] for wheel in model.wheels if not wheel.steers]
        if np.ptp(fixed) < 1e-6:
            entry["axle_m"] = round(fixed[0], 6)
    if model is not None and model.beast is not None:
        entry["walks"] = True
    if kind == "object" and name in IN_FLIGHT:
        entry["flight_m"] = _rounded(IN_FLIGHT[name]().mesh)
    return entry


def _rounded(mesh: Mesh) -> list[list[float]]:
    """Its lowest and its highest corner."""
    return [np.round(corner, 3).tolist() for corner in mesh.bounds()]


def _split(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Splits in fixed proportion within each category, in the order of a hash of the id."""
    ordered = sorted(entries, key=lambda e: (e["category"], hashlib.sha256(e["id"].encode()).hexdigest()))
    return [{**entry, "split": _SPLITS[k % len(_SPLITS)]} for k, entry in enumerate(ordered)]


def main() -> None:
    target = Path(catalogue.__file__).parent / "procedural.yaml"
    text = yaml.safe_dump(inventory(), sort_keys=False, default_flow_style=None, width=140)
    target.write_text("# Written by `python -m viewlock.blender_scenes.inventory`.\n" + text, encoding="utf-8")


if __name__ == "__main__":
    main()
