"""The sheet of other people's assets, drawn by a process of its own. No Blender in this one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from viewlock.assets_manifest.catalogue import Asset
from viewlock.assets_manifest.prepared import read_record
from viewlock.errors import MissingLibraryError, OutputError, TryAgainError
from viewlock.scratch import scratch


def draw_asset_sheet(assets: Sequence[Asset], target: Path) -> list[str]:
    """Write a PNG with a tile for each asset, in the order given.

    Returns:
        Why tiles are empty, one line each.

    Raises:
        MissingLibraryError: Blender is not installed.
        OutputError, TryAgainError: the picture cannot be written, or Blender crashed.
    """
    command = [sys.executable, "-m", "viewlock.renderer.asset_sheet", str(target)]
    lines = "".join(asset.model_dump_json() + "\n" for asset in assets)
    with scratch() as own:
        done = subprocess.run(
            command, input=lines, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
            env=own.part("sheet"), pass_fds=own.locks,
        )  # fmt: skip
    said = done.stderr.splitlines()
    if done.returncode == 0:
        return [line for line in said if ": no picture: " in line]
    last = said[-1] if said else f"exit code {done.returncode}"
    if "No module named 'bpy'" in last:
        raise MissingLibraryError(
            "bpy: needed to draw assets and not installed; run: pip install 'viewlock[render]' (Python 3.11)"
        )
    kind = TryAgainError if "TryAgainError" in last else OutputError
    raise kind(f"{target}: the sheet could not be drawn: {last}")


def facts(asset: Asset) -> dict[str, Any]:
    """What an import found out about a model: height and width in metres, triangles, bones, own motions, repairs."""
    if asset.imported is None:
        return {}
    record = read_record(asset.imported)
    low, high = record.bounds_m
    return {
        "height_m": round(high[2] - low[2], 3),
        "width_m": round(max(high[0] - low[0], high[1] - low[1]), 3),
        "triangles": record.triangles,
        "bones": len(record.bones),
        "spots": len(record.spots),
        "motions": [clip.name for clip in record.clips],
        "repairs": list(record.repairs),
    }
