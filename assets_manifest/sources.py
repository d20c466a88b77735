"""What the sources' own lists say: the files of a Poly Haven asset, and the assets of a whole source."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from viewlock.errors import DatasetError

from .entry import Entry, Index, Manifest, Source

ReadJson = Callable[[str], Any]
"""The content of a JSON file at an address."""

_MAPS = ("Diffuse", "nor_gl", "Rough", "arm")
_PLAIN = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._+-]*$")


def resolve(entry: Entry, read_json: ReadJson) -> tuple[Source, ...]:
    """What to download for an entry, with every list looked up.

    Raises:
        DatasetError: a list has not the form it had when this was written.
    """
    sources: list[Source] = []
    for source in entry.sources:
        sources += _polyhaven_files(entry, source, read_json(source.url)) if source.form == "polyhaven" else [source]
    return tuple(sources)


def _polyhaven_files(entry: Entry, source: Source, files: Any) -> list[Source]:
    """Objects as glTF with all it includes, textures as colour, normal and roughness in JPEG, skies as HDR."""
    size = source.resolution or "1k"
    try:
        if entry.kind == "texture":
            maps = [files[name][size]["jpg"] for name in _MAPS if name == "Diffuse" or name in files]
            return [_polyhaven_file(one, one["url"].rsplit("/", 1)[1]) for one in maps]
        if entry.kind == "hdri":
            sky = files["hdri"][size]["hdr"]
            return [_polyhaven_file(sky, sky["url"].rsplit("/", 1)[1])]
        model = files["gltf"][size]["gltf"]
        main = entry.main or model["url"].rsplit("/", 1)[1]
        return [_polyhaven_file(model, main)] + [
            _polyhaven_file(one, path) for path, one in sorted(model["include"].items())
        ]
    except (KeyError, TypeError, AttributeError, ValidationError) as problem:
        raise DatasetError(
            f"{source.url}: expected Poly Haven's list of files with the size {size}, got something else "
            f"({type(problem).__name__}: {str(problem).splitlines()[0]})"
        ) from None


def _polyhaven_file(one: Any, path: str) -> Source:
    return Source(url=one["url"], path=path, md5=one.get("md5"), size=one.get("size"))


def expand(manifest: Manifest, index: Index, content: Any) -> list[Entry]:
    """An entry for each asset of a source's list that the manifest does not name itself.

    Each is like the entry `index.like`, with its own name in place of that one's.

    Raises:
        DatasetError: the list has not the form it had when this was written.
    """
    listed = content.get("assets") if index.form == "kubric" and isinstance(content, dict) else content
    if not isinstance(listed, dict) or not listed:
        raise DatasetError(f"{index.url}: expected a list of assets by their ids, got something else")
    like = next(entry for entry in manifest.entries if entry.id == index.like)
    stated = {entry.id for entry in manifest.entries}
    made = (_like(like, name, about) for name, about in sorted(listed.items()) if _PLAIN.match(name))
    return [entry for entry in made if entry.id not in stated]


def _like(like: Entry, name: str, about: Any) -> Entry:
    example = like.id.rsplit("/", 1)[1]
    details = about.get("metadata", {}) if isinstance(about, dict) else {}
    category = details.get("category") if isinstance(details, dict) else None
    return like.model_copy(
        update={
            "id": f"{like.id.rsplit('/', 1)[0]}/{name}",
            "title": name.replace("_", " "),
            "sources": tuple(s.model_copy(update={"url": s.url.replace(example, name)}) for s in like.sources),
            "main": like.main and like.main.replace(example, name),
            "page": like.page and like.page.replace(example, name),
            "attribution": like.attribution and like.attribution.replace(example, name),
            "group": like.group and like.group.replace(example, name),
            "category": category if isinstance(category, str) else "",
            "tags": (),
            "notes": "",
            "sha256": None,
            "size": None,
        }
    )
