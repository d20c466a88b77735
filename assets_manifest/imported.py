"""Models of a catalogue, imported: what `assets_of` found on the disk becomes what a scene can be planned with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from .catalogue import Asset
from .plausible import is_child, plausible_size
from .prepare import prepare
from .prepared import Hints, Prepared, QuarantinedError

IMPORTED = ("object", "character", "scene")


def import_models(
    assets: Iterable[Asset],
    cache: Path,
    say: Callable[[str], object] = lambda line: None,
    progress: Callable[[], object] = lambda: None,
) -> tuple[list[Asset], list[str]]:
    """The assets with their models imported, and why some of these could not be.

    An import is made once on a machine; a file that cannot be used is left out, and remembered.

    Args:
        cache: folder of all that this machine can make again.
        say: gets a line for each thing that was mended in a file, when it is imported.

    Raises:
        ViewlockError: the cache cannot be written, or Blender is missing.
    """
    found, left_out = [], []
    for asset in assets:
        if asset.kind in IMPORTED:
            try:
                found.append(_imported(asset, cache, say))
            except QuarantinedError as refusal:
                left_out.append(f"{asset.id}: {refusal}")
            progress()
        else:
            found.append(asset)
    return found, left_out


def _imported(asset: Asset, cache: Path, say: Callable[[str], object]) -> Asset:
    assert asset.path is not None and asset.kind in IMPORTED
    up = {"Y": "y", "Z": "z", None: None}[asset.up_axis]
    # A hint on the unit is of no use beside a wanted height.
    hints = Hints(height_m=asset.height_m, unit_m=None if asset.height_m else asset.unit_m, up=up, **_expected(asset))  # type: ignore[arg-type]
    made = prepare(asset.path, asset.kind, sha256=asset.sha256, hints=hints, cache=cache, say=say)
    if made.kind == "character" and not (made.acts or made.playable):
        raise QuarantinedError(f"{asset.path}: left out: {_what_it_lacks(made)}", "cannot act")
    return asset.model_copy(update={"imported": made.folder, "bounds_m": made.bounds_m})


def _expected(asset: Asset) -> dict[str, Any]:
    """Hints on its size from what it is called, unless somebody has stated its size."""
    if asset.height_m is not None or asset.unit_m is not None or asset.kind == "scene":
        return {}
    words = (asset.category, asset.tags, asset.name)
    known = plausible_size(*words)
    found: dict[str, Any] = {} if known is None else {"called": known[0], "plausible_m": known[1]}
    return found | ({"child": True} if asset.kind == "character" and is_child(*words) else {})


def _what_it_lacks(made: Prepared) -> str:
    body = "proportions of a human" if made.humanoid else f"body of a human: no {', '.join(made.missing) or 'bones'}"
    return f"not the {body}; and no motion of its own that a scene can show"
