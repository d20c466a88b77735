"""`viewlock assets add`: a folder of files becomes, or brings up to date, a manifest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from viewlock.errors import ConfigError

from .checksums import measure
from .entry import Entry, EntryKind, Manifest
from .found import Found, Left
from .manifest import LOCK_SUFFIX, read_manifest, write_manifest
from .recognise import recognise
from .textures import role_of

FILE_NAME = "viewlock-assets.yaml"
_FORMATS = ("fbx", "gltf", "glb", "obj", "ply", "usd", "usda", "usdc", "usdz", "blend", "dae")


@dataclass(frozen=True)
class Added:
    """What `add_folder` did.

    Attributes:
        new, changed: ids of entries that were not there, and whose files have other bytes than before.
        gone: ids of entries whose files are no longer there; they stay in the manifest.
        left: files that became no asset, with the reason.
        written: whether the manifest file says something new.
    """

    manifest: Manifest
    new: list[str]
    changed: list[str]
    gone: list[str]
    left: list[Left]
    written: bool


def add_folder(
    folder: Path,
    file: Path | None = None,
    kind: EntryKind | None = None,
    licence: str | None = None,
    author: str | None = None,
    progress: Callable[[], object] = lambda: None,
) -> Added:
    """Looks at every file below a folder and enters the assets in a manifest.

    Entries that are there already keep everything a person may have written; their checksum, size and list of files
    follow the disk. `licence` and `author` fill in what is still unknown.

    Args:
        file: the manifest; `viewlock-assets.yaml` in the folder if None.
        kind: what a person says they are; see `recognise`.
        progress: called once for each asset.

    Raises:
        ConfigError: the folder is missing, a file cannot be read, or nothing in it is an asset.
        OutputError, TryAgainError: the manifest cannot be written.
    """
    if not folder.is_dir():
        raise ConfigError(f"{folder}: expected a folder with assets, but there is none")
    folder, file = folder.resolve(), (file or folder / FILE_NAME).absolute()
    old = read_manifest(file) if file.exists() else _empty(folder, file)
    if old.root != folder:
        raise ConfigError(f"{file}: belongs to {old.root}, not to {folder}; choose another manifest with -o")
    found, left = _looked(folder, kind, file)
    known = {_place(entry.path or entry.id, entry.main, entry.files): entry for entry in old.entries}
    names = _names(found, old.name)
    groups = _groups(found, names)
    taken = {entry.id for entry in old.entries}
    entries, new, changed = dict(known), [], []
    for one, name in zip(found, names, strict=True):
        place = _place(one.path, one.main, one.files)
        before = known.get(place)
        entry = before or _new_entry(one, _free(f"{one.kind}/{name}", taken))
        taken.add(entry.id)
        if before is None:
            new.append(entry.id)
        entry = _filled(entry, one, licence=licence, author=author, group=groups.get(name))
        sha256, size = measure(entry, folder / one.path)
        if before is not None and before.sha256 not in (None, sha256):
            changed.append(entry.id)
        entries[place] = entry.model_copy(update={"sha256": sha256, "size": size})
        progress()
    if not entries:
        raise ConfigError(f"{folder}: none of {len(left)} files is an asset{_first(left)}")
    gone = [e.id for e in known.values() if e.path is not None and not (folder / e.path / (e.main or "")).exists()]
    manifest = old.model_copy(update={"entries": tuple(sorted(entries.values(), key=lambda e: e.id))})
    return Added(manifest, new, changed, gone, left, write_manifest(manifest))


def _empty(folder: Path, file: Path) -> Manifest:
    where = "." if file.parent == folder else str(folder)
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", folder.name).strip("._-")
    return Manifest(name=name or "assets", folder=where, file=file)


def _looked(folder: Path, kind: EntryKind | None, file: Path) -> tuple[list[Found], list[Left]]:
    own = {file, file.with_name(file.name.removesuffix(".yaml") + LOCK_SUFFIX), folder / FILE_NAME}
    ignore = frozenset(path.relative_to(folder).as_posix() for path in own if path.is_relative_to(folder))
    try:
        return recognise(folder, kind, ignore)
    except OSError as refusal:
        raise ConfigError(f"{refusal.filename or folder}: cannot be read: {refusal.strerror}") from refusal


def _place(path: str, main: str | None, files: tuple[str, ...] | None) -> tuple[str, str]:
    """What tells local assets apart: where they are, and which of several in one folder."""
    return path, main or (_set_name(files[0]) if files else "")


def _set_name(picture: str) -> str:
    """The name of the texture set a picture belongs to."""
    found = role_of(PurePosixPath(picture).name)
    return found[0] if found else PurePosixPath(picture).stem


def _new_entry(found: Found, name: str) -> Entry:
    return Entry(
        id=name,
        kind=found.kind,
        title=_title(found),
        path=found.path,
        main=found.main,
        unit_m=found.unit_m,
        up_axis=found.up_axis,  # type: ignore[arg-type]
        category=found.category,
        tags=(found.layout,) if found.layout else (),
    )


def _filled(entry: Entry, found: Found, **known: str | None) -> Entry:
    """An entry with the files of today, and with what is known where it says nothing."""
    missing = {key: value for key, value in known.items() if getattr(entry, key) is None}
    return entry.model_copy(update={"files": found.files, **missing})


# ------------------------------------------------------------------ names
def _names(found: list[Found], manifest: str) -> list[str]:
    """The part of an id after the kind: manifest, then the place of the asset, made unique."""
    plain = [_plain_name(one) for one in found]
    counts = Counter(zip((one.kind for one in found), plain, strict=True))
    named = []
    for one, name in zip(found, plain, strict=True):
        if counts[one.kind, name] > 1:
            of_set = one.kind == "texture" and one.files
            name += f"/{_slug(_set_name(one.files[0]))}" if of_set else f"-{_main(one).suffix[1:].lower()}"
        named.append(f"{manifest}/{name}".removesuffix("/."))
    return named


def _plain_name(found: Found) -> str:
    """A folder of one thing is called by its folder, anything else by its file."""
    whole = found.layout or found.kind == "texture"
    return _slug(found.path if whole else _main(found).with_suffix("").as_posix())


def _main(found: Found) -> PurePosixPath:
    return PurePosixPath(found.path, found.main or "")


def _title(found: Found) -> str:
    name = PurePosixPath(found.path).name if found.layout or found.kind == "texture" else _main(found).stem
    return name.replace("_", " ").strip()


def _groups(found: list[Found], names: list[str]) -> dict[str, str]:
    """Names whose assets are one thing in several file formats, and the name of that thing."""
    things: dict[str, list[str]] = {}
    for one, name in zip(found, names, strict=True):
        parts = [part for part in _main(one).with_suffix("").parts if part.lower() not in _FORMATS]
        things.setdefault(f"{one.kind}/{_slug('/'.join(parts))}", []).append(name)
    return {name: thing for thing, several in things.items() if len(several) > 1 for name in several}


def _slug(text: str) -> str:
    return re.sub(r"[^\w./-]+", "_", text).strip("_")


def _free(name: str, taken: set[str]) -> str:
    """A name that no other entry has."""
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{name}-{number}"
    return free


def _first(left: list[Left]) -> str:
    return f"; for example {left[0].path}: {left[0].why}" if left else ""
