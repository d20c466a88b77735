"""`viewlock cache`: what this machine keeps, and making room."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from viewlock.errors import ConfigError


def cache(
    prune: Annotated[bool, typer.Option("--prune", help="Remove what no run of this version can use.")] = False,
    older_than: Annotated[
        float | None, typer.Option(min=0, metavar="DAYS", help="Of that, only what was not used for so long.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Say what is in the cache folder, or remove what is of no use any more. Assets that were fetched stay."""
    from viewlock.renderer import cache as room
    from viewlock.store import cache_folder

    folder = cache_folder()
    if not prune:
        if older_than is not None:
            raise ConfigError("--older-than: only together with --prune")
        found = room.contents(folder)
        print(json.dumps(room.as_json(folder, found)) if as_json else room.summary(folder, found))
        return
    removed = room.prune(folder, older_than or 0.0)
    files, size = sum(entry.files for entry in removed), sum(entry.size for entry in removed)
    said = {"folder": str(folder), "removed_files": files, "removed_bytes": size}
    print(json.dumps(said) if as_json else f"{folder}: {files} files removed, {size / 1e6:.1f} MB")
