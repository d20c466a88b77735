"""`viewlock assets`: what a dataset may be made of, and how it gets onto this machine."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from viewlock.errors import CheckError, ConfigError, QuarantineError, TryAgainError, nearest

app = typer.Typer(help="List, add, fetch and verify assets.", no_args_is_help=True)

KindName = Annotated[
    str | None, typer.Option("--kind", help="character, object, motion, trajectory, hdri, texture, painting or scene.")
]
CacheFolder = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Where downloads are kept; VIEWLOCK_CACHE/assets by default.")
]


@app.command("list")
def list_(
    manifests: Annotated[list[str] | None, typer.Argument(metavar="[MANIFEST|NAME]...", help="All by default.")] = None,
    kind: KindName = None,
    licence: Annotated[str | None, typer.Option(help="Only this licence; 'unknown' for none.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    cache: CacheFolder = None,
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


@app.command()
def fetch(
    manifest: Annotated[str, typer.Argument(metavar="MANIFEST|NAME", help="A manifest's file or name; see list.")],
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Only these assets.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many; the index of a source knows more.")] = None,
    max_size: Annotated[str, typer.Option(metavar="SIZE", help="Most that one asset may download, as 500MB.")] = "2GB",
    cache: CacheFolder = None,
    allow_licence: Annotated[
        list[str] | None, typer.Option(metavar="SPDX", help="Allow this licence, too, or 'unknown'; may be repeated.")
    ] = None,
) -> None:
    """Download assets, once, and pin what was downloaded. May be stopped and started again."""
    from viewlock.assets_manifest.cache import Cache
    from viewlock.assets_manifest.download import Terms
    from viewlock.assets_manifest.fetch import fetch as fetch_assets
    from viewlock.assets_manifest.manifest import find_manifest

    terms = Terms(max_bytes=_parse_bytes(max_size))
    with _bar("B", "fetch", unit_scale=True) as bar:

        def watch(entry: Any) -> Any:
            bar.set_description(entry.id)
            return lambda done, total: _advance(bar, done, total)

        opened = find_manifest(manifest)
        done = fetch_assets(opened, Cache.at(cache), ids or [], limit, terms, allow_licence or [], watch)
    problems = list(done.failed.values())
    if len(problems) == 1 and not (done.new or done.there):
        raise problems[0]
    for problem in problems:
        print(f"viewlock: {problem}", file=sys.stderr)
    line = f"{opened.name}: {len(done.new)} fetched, {len(done.there)} already there"
    if any(isinstance(problem, TryAgainError) for problem in problems):
        missing = len(problems) + len(done.untried)
        raise TryAgainError(f"{line}, {missing} not fetched; run the same command again later")
    if problems:
        raise QuarantineError(f"{line}, {len(problems)} could not be fetched; see above")
    print(line)


@app.command()
def verify(
    manifests: Annotated[list[str] | None, typer.Argument(metavar="[MANIFEST|NAME]...", help="All by default.")] = None,
    cache: CacheFolder = None,
) -> None:
    """Read every asset on this machine again and compare its checksum."""
    from viewlock.assets_manifest.cache import Cache
    from viewlock.assets_manifest.manifest import find_manifest, manifest_files
    from viewlock.assets_manifest.verify import verify as verify_assets

    opened = [find_manifest(name) for name in manifests or manifest_files()]
    with _bar("assets", "verify") as bar:
        results = [verify_assets(manifest, Cache.at(cache), bar.update) for manifest in opened]
    problems = [f"{name}: {why}" for result in results for name, why in result.bad.items()]
    for problem in problems:
        print(f"viewlock: {problem}", file=sys.stderr)
    good, absent = (sum(len(getattr(result, what)) for result in results) for what in ("good", "absent"))
    line = f"{good} assets are what they should be, {absent} are not fetched"
    if problems:
        raise CheckError(f"{line}, {len(problems)} are wrong; see above")
    print(line)


@app.command()
def sheet(
    manifests: Annotated[list[str], typer.Argument(metavar="MANIFEST|NAME...", help="Whose assets to show.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="SHEET.png", help="The picture to write.")],
    kind: KindName = None,
    cache: CacheFolder = None,
) -> None:
    """Draw a tile for each asset on this machine, as scenes show it, and say what its import found."""
    from viewlock.assets_manifest.collect import assets_to_look_at
    from viewlock.assets_manifest.entry import KINDS
    from viewlock.assets_manifest.imported import import_models
    from viewlock.renderer.asset_sheet_job import draw_asset_sheet, facts
    from viewlock.store import cache_folder

    _check_kind(kind, KINDS)
    if output.suffix.lower() != ".png":
        raise ConfigError(f"-o {output}: expected a file name that ends in .png")
    found = assets_to_look_at(manifests, KINDS if kind is None else (kind,), cache)  # type: ignore[arg-type]
    with _bar("models", "import") as bar:
        assets, left_out = import_models(found, cache_folder(), progress=bar.update)
    for asset in assets:
        known = facts(asset)
        told = [f"{known['height_m']:g} m high", f"{known['triangles']} triangles"] if known else []
        told += [f"{known['bones']} bones"] if known.get("bones") else []
        told += [f"{known['spots']} spots for scenes"] if known.get("spots") else []
        told += [f"motions: {', '.join(known['motions'])}"] if known.get("motions") else []
        told += known.get("repairs", [])
        print("; ".join([asset.id, *told]))
    for line in [*left_out, *(draw_asset_sheet(assets, output) if assets else [])]:
        print(line, file=sys.stderr)
    if not assets:
        raise ConfigError(f"{', '.join(manifests)}: none of its assets can be shown; see above")
    print(f"{len(assets)} assets shown in {output}, {len(left_out)} left out")


def _parse_bytes(text: str) -> int:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(|k|M|G|T)B?", text)
    if match is None:
        raise ConfigError(f"--max-size {text}: expected a size such as 500MB or 2GB")
    return int(float(match[1]) * 1000 ** ("", "k", "M", "G", "T").index(match[2]))


def _advance(bar: Any, done: int, total: int | None) -> None:
    bar.total, bar.n = total, done
    bar.update(0)


def _check_kind(kind: str | None, known: tuple[str, ...]) -> None:
    if kind is not None and kind not in known:
        raise ConfigError(f"--kind {kind}: expected one of {', '.join(known)}{nearest(kind, list(known))}")


def _bar(unit: str, what: str, **options: Any) -> Any:
    from tqdm import tqdm

    return tqdm(unit=unit, desc=what, disable=None, file=sys.stderr, **options)
