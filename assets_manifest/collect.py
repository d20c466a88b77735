"""Assets on this machine, from manifests to what the catalogue holds: the way into a preset.

A preset that names manifests needs one call, where the catalogue is put together:

    Catalogue([*procedural(), *assets_of(["polyhaven-hdris", "mine.yaml"], {"hdri", "object"}, config.splits)])

What an importer then finds in an `Asset`: `path` is the file to open, or the folder of an asset without one, such as
a texture set (`textures.texture_maps` of its `files`, or of all in the folder, says which picture is what); `unit_m`,
`up_axis` and `height_m` are hints where the file itself does not say; `category` is the form of a motion (`bvh`,
`amass`) or trajectory (`realestate10k`, `tum`). Paths are of this machine and never enter a plan; id and sha256 do, and
`Catalogue.get` refuses other bytes.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath

from viewlock.errors import ConfigError

from .cache import Cache
from .catalogue import SUFFIXES, Asset, SplitName, split_of_hash
from .checksums import listing, measure, read_listing
from .entry import Entry, EntryKind, Manifest
from .index import known_entries
from .licences import UNKNOWN, refusal
from .lock import Lock
from .manifest import find_manifest
from .remembered import remembered_sha256


def assets_of(
    manifests: Iterable[str],
    kinds: Collection[EntryKind],
    weights: Mapping[str, float],
    allowed: Collection[str] = (),
    folder: Path | None = None,
) -> list[Asset]:
    """Every asset of some kinds that is on this machine, sorted by id.

    Local files that have changed are noticed; one that has not been written since it was last read is not read again.
    Downloads that were not fetched are passed over, but not all of a manifest's. A split that is not stated follows
    from the group, or else from the checksum, so that adding assets never moves another.

    Args:
        manifests: paths, or names of shipped manifests.
        weights: of the splits.
        allowed: licences beside the free ones; see `licences.refusal`.
        folder: of the cache.

    Raises:
        ConfigError: a manifest is wrong, an asset's licence is not allowed, its bytes have changed, a manifest has
            nothing of these kinds on this machine, or two splits would share an asset.
    """
    cache = Cache.at(folder)
    assets: list[Asset] = []
    for name in manifests:
        assets += _of_manifest(find_manifest(name), kinds, weights, allowed, cache)
    return _disjoint(sorted(assets, key=lambda asset: asset.id))


def assets_to_look_at(
    manifests: Iterable[str], kinds: Collection[EntryKind], folder: Path | None = None
) -> list[Asset]:
    """Every asset of some kinds that is on this machine, whatever its licence and split: nothing is made of them.

    Raises:
        ConfigError: a manifest is wrong or has nothing of these kinds on this machine, or an asset has changed.
    """
    cache = Cache.at(folder)
    found: list[Asset] = []
    for manifest in (find_manifest(name) for name in manifests):
        licences = {entry.licence or UNKNOWN for entry in known_entries(manifest, cache)}
        found += _of_manifest(manifest, kinds, {"train": 1.0}, licences, cache)
    return sorted(found, key=lambda asset: (asset.kind, asset.id))


def _of_manifest(
    manifest: Manifest,
    kinds: Collection[EntryKind],
    weights: Mapping[str, float],
    allowed: Collection[str],
    cache: Cache,
) -> list[Asset]:
    lock = Lock.of(manifest, cache)
    entries = [entry for entry in known_entries(manifest, cache) if entry.kind in kinds]
    assets: list[Asset] = []
    for entry in entries:
        found = _on_disk(manifest, entry, lock, cache)
        if found is None:
            continue
        why = refusal(entry, allowed)
        if why is not None:
            raise ConfigError(
                f"{manifest.file}: {entry.id}: {why}; allow {entry.licence or UNKNOWN!r} in the preset, correct the "
                "manifest, or take the entry out"
            )
        path, sha256 = found
        assets += (
            _members(entry, path, sha256, weights, cache)
            if entry.collection
            else [_asset(entry, path, sha256, weights)]
        )
    if not assets:
        hint = f"; run: viewlock assets fetch {manifest.name}" if any(entry.sources for entry in entries) else ""
        raise ConfigError(f"{manifest.file}: no {' or '.join(sorted(kinds))} of it is on this machine{hint}")
    return assets


def _on_disk(manifest: Manifest, entry: Entry, lock: Lock, cache: Cache) -> tuple[Path, str] | None:
    """Where an asset's file or folder is, and its checksum; None if it was not fetched."""
    local = manifest.local(entry)
    if local is not None:
        sha256 = measure(entry, local, remembered_sha256)[0]
        if entry.sha256 not in (None, sha256):
            raise ConfigError(f"{local}: changed since it was added; restore it, or run viewlock assets add again")
        return local, sha256
    known = lock.sha256(entry)
    if known is None or not cache.has(known):
        return None
    return cache.the_file(known) if entry.one_file else cache.where(known), known


def _asset(entry: Entry, path: Path, sha256: str, weights: Mapping[str, float], name: str | None = None) -> Asset:
    return Asset(
        id=name or entry.id,
        kind=entry.kind,
        category=entry.category,
        sha256=sha256,
        split=_split(entry, sha256, weights),
        licence=entry.licence or UNKNOWN,
        attribution=entry.credit,
        path=path if entry.main is None else path / entry.main,
        files=entry.files,
        author=entry.author,
        source=entry.page or (entry.sources[0].url if entry.sources else None),
        unit_m=entry.unit_m,
        up_axis=entry.up_axis,
        height_m=entry.height_m,
        tags=entry.tags,
    )


def _split(entry: Entry, sha256: str, weights: Mapping[str, float]) -> SplitName:
    if entry.split is not None:
        return entry.split
    if entry.group is not None:
        sha256 = hashlib.sha256(entry.group.encode()).hexdigest()
    return split_of_hash(sha256, weights)


def _members(entry: Entry, path: Path, sha256: str, weights: Mapping[str, float], cache: Cache) -> list[Asset]:
    """An asset for each file of a collection that has the suffix of its kind."""
    suffixes = SUFFIXES.get(entry.kind, ())
    rows = read_listing(listing(path, digest=remembered_sha256)) if entry.path is not None else cache.listing(sha256)
    return [
        _asset(entry, path / name, digest, weights, f"{entry.id}/{PurePosixPath(name).with_suffix('').as_posix()}")
        for digest, name in rows
        if name.lower().endswith(suffixes)
    ]


def _disjoint(assets: list[Asset]) -> list[Asset]:
    """Raises:
    ConfigError: an id is there twice, or the same bytes are in two splits.
    """
    split_of: dict[str, Asset] = {}
    for before, asset in itertools.pairwise(assets):
        if before.id == asset.id:
            raise ConfigError(f"asset {asset.id!r}: in two manifests; rename it in one of them")
    for asset in assets:
        other = split_of.setdefault(asset.sha256, asset)
        if other.split != asset.split:
            raise ConfigError(
                f"{other.id} and {asset.id}: the same bytes in the splits {other.split} and {asset.split}; "
                "state one split for both"
            )
    return assets
