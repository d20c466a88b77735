"""Pictures and what is stored beside them: clean ones, brackets and linear ones. What they are called, and what must be
true of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from viewlock.colour import tone
from viewlock.degrade import NEUTRAL
from viewlock.generator.degradations import OFF, Degrade
from viewlock.renderer.sample import beside

from .fields import stem_of
from .tiles import Tile

LABELS = ("igt", "label")
"""Pictures that no camera takes."""

_DARKER_EV = -3
"""Linear light is shown so much darker."""

_STEPS = 1
"""Half floats may tip what is rounded to 8 bits."""


def degrade_of(config: Mapping[str, Any]) -> Degrade:
    """The section `degrade` of a configuration as plain data; data from before there was one is not degraded."""
    return Degrade.model_validate_json(json.dumps(config["degrade"])) if "degrade" in config else OFF


def stored_beside(pictures: Sequence[str], config: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The fields that are stored beside pictures: as 8 bits, and linear."""
    degrade = degrade_of(config)
    kinds = ["clean"] * degrade.keep_clean + [f"bracket{n}" for n in range(len(degrade.brackets_ev))]
    taken = [beside(name, kind) for name in pictures if name not in LABELS for kind in kinds]
    linear = config.get("encoding", {}).get("linear") is not None
    return taken, [beside(name, "linear") for name in pictures] if linear else []


def exposure_of(meta: Mapping[str, Any], name: str) -> tuple[float, tuple[float, ...]]:
    """(EV, gains of red, green and blue) with which `viewlock.colour.tone` makes the clean picture called `name` of its
    linear one, in samples of any kind."""
    stops, gains = meta.get("exposure_ev", 0.0), meta.get("white_balance", NEUTRAL)
    if name == "label":
        return 0.0, NEUTRAL
    if name.isdigit():
        return float(stops[int(name)]), NEUTRAL
    if isinstance(stops, list):
        later = int(name != "i1")
        return float(stops[later]), tuple(gains[later])
    return float(stops), tuple(gains)


def beside_of(sample: Mapping[str, Any], name: str) -> dict[str, str]:
    """What is stored beside a picture, such as `clean`, and what a person calls it."""
    stops = sample["meta"].get("brackets_ev", [])
    words = {"clean": "clean", **{f"bracket{n}": f"{ev:+g} EV" for n, ev in enumerate(stops)}}
    words["linear"] = f"linear, {-_DARKER_EV} EV darker"
    return {what: called for what, called in words.items() if beside(name, what) in sample}


def tile_of(sample: Mapping[str, Any], name: str, what: str, title: str) -> Tile:
    """What is stored beside a picture, as a tile; linear light darker than the picture, so that what is white there has
    its colours."""
    field = beside(name, what)
    picture = sample[field]
    if what == "linear":
        stops, gains = exposure_of(sample["meta"], name)
        picture = tone(picture, stops + _DARKER_EV, gains)
    return Tile(field, title, picture)


def tiles_beside(sample: Mapping[str, Any], names: Sequence[str]) -> list[Tile]:
    """All that is stored beside some pictures."""
    return [
        tile_of(sample, name, what, f"{name} {called}")
        for name in names
        for what, called in beside_of(sample, name).items()
    ]


def photo_faults(sample: Mapping[str, Any]) -> Iterator[str]:
    """One line for each thing that is wrong with a decoded sample of any kind, beginning with the field's name."""
    meta = sample.get("meta")
    if not isinstance(meta, dict):
        return
    for field in sorted(sample):
        name = stem_of(field)
        if field != name:
            yield from _linear_faults(field, name, sample, meta)
    for field in sorted(meta.get("degradations", {}).keys() - sample.keys()):
        yield f"{field}: missing, but meta.degradations has it"


def _linear_faults(field: str, name: str, sample: Mapping[str, Any], meta: Mapping[str, Any]) -> Iterator[str]:
    linear = sample[field]
    if not (np.isfinite(linear).all() and linear.min() >= 0):
        yield f"{field}: has values that are no radiance"
        return
    clean = _clean(name, sample, meta)
    if clean is None or "exposure_ev" not in meta:
        return
    off = np.abs(tone(linear, *exposure_of(meta, name)).astype(int) - clean)
    if off.max() > _STEPS:
        y, x = np.argwhere(off.max(axis=-1) > _STEPS)[0]
        yield f"{field}: its exposure and tone do not give the clean picture, first at ({x}, {y})"


def _clean(name: str, sample: Mapping[str, Any], meta: Mapping[str, Any]) -> Any:
    """The clean picture, if there is one in the sample."""
    kept = sample.get(beside(name, "clean"))
    spoilt = name in meta.get("degradations", {}) or "jpeg_quality" in meta
    return kept if kept is not None or spoilt else sample.get(name)
