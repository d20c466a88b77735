"""`viewlock assets`: what a dataset may be made of, and how it gets onto this machine."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from viewlock.errors import ConfigError, nearest

app = typer.Typer(help="List, add, fetch and verify assets.", no_args_is_help=True)

KindName = Annotated[
    str | None, typer.Option("--kind", help="character, object, motion, trajectory, hdri, texture, painting or scene.")
]
Cache = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Where downloads are kept; VIEWLOCK_CACHE/assets by default.")
]


@app.command("list")
def list_(
    manifests: Annotated[list[str] | None, typer.Argument(metavar="[MANIFEST|NAME]...", help="All by default.")] = None,
    kind: KindName = None,
    licence: Annotated[str | None, typer.Option(help="Only this licence; 'unknown' for none.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    cache: Cache = None,
) -> None:
    """Show the assets of the shipped and your own manifests, and the procedural ones."""
    from viewlock.assets_manifest.entry import KINDS
    from viewlock.assets_manifest.overview import overview

    _check_kind(kind, (*KINDS, "place", "sky"))
    rows = overview(manifests or [], cache)
    chosen = [r for r in rows if kind in (None, r["kind"]) and licence in (None, r["licence"])]
    for row in chosen:
        print(json.dumps(row) if as_json else f"{row['state']:<12} {row['licence']:<16} {row['id']}")
    if not as_json:
        print(f"{len(chosen)} assets")


@app.command()
def add(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder with assets; searched below, too.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="MANIFEST.yaml", help="FOLDER/viewlock-assets.yaml by default."),
    ] = None,
    kind: KindName = None,
    licence: Annotated[str | None, typer.Option(help="SPDX identifier, where none is known yet.")] = None,
    author: Annotated[str | None, typer.Option(help="Who made them, where nobody is known yet.")] = None,
) -> None:
    """Enter the files of a folder in a manifest. Started again, it keeps what you wrote there."""
    from viewlock.assets_manifest.add import add_folder
    from viewlock.assets_manifest.entry import KINDS

    _check_kind(kind, KINDS)
    if output is not None and output.suffix not in (".yaml", ".yml"):
        raise ConfigError(f"-o {output}: expected a file name that ends in .yaml")
    with _bar("assets", "add") as bar:
        done = add_folder(folder, output, kind, licence, author, bar.update)  # type: ignore[arg-type]
    for left in done.left:
        print(f"left out  {left.path}: {left.why}")
    for word, ids in (("new", done.new), ("changed", done.changed), ("gone", done.gone)):
        for name in ids:
            print(f"{word:<9} {name}")
    unknown = sum(entry.licence is None for entry in done.manifest.entries)
    hint = f"; {unknown} without a licence: say --licence, or write it there" if unknown else ""
    print(
        f"{done.manifest.file}: {len(done.manifest.entries)} assets, {len(done.new)} new, {len(done.changed)} changed, "
        f"{len(done.gone)} gone, {len(done.left)} files left out{hint}"
    )


def _check_kind(kind: str | None, known: tuple[str, ...]) -> None:
    if kind is not None and kind not in known:
        raise ConfigError(f"--kind {kind}: expected one of {', '.join(known)}{nearest(kind, list(known))}")


def _bar(unit: str, what: str, **options: Any) -> Any:
    from tqdm import tqdm

    return tqdm(unit=unit, desc=what, disable=None, file=sys.stderr, **options)
