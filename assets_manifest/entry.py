"""The entries of an asset manifest: where an asset comes from, what may be done with it, and how it is to be read."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

EntryKind = Literal["character", "object", "motion", "trajectory", "hdri", "texture", "painting", "scene"]
KINDS: tuple[EntryKind, ...] = (
    "character", "object", "motion", "trajectory", "hdri", "texture", "painting", "scene",
)  # fmt: skip


def _inside(path: str) -> str:
    """A relative path that stays below the folder it starts in."""
    if (
        not path
        or path.startswith("/")
        or "\\" in path
        or ":" in path.split("/")[0]
        or ".." in PurePosixPath(path).parts
    ):
        raise ValueError(f"expected a relative path without '..', got {path!r}")
    return path


def _web(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise ValueError(f"expected an address that starts with https:// or http://, got {url!r}")
    return url


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise ValueError("expected a finite number")
    return number


Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Size = Annotated[int, Field(ge=0)]
Inside = Annotated[str, AfterValidator(_inside)]
Web = Annotated[str, AfterValidator(_web)]
Positive = Annotated[float, Field(gt=0), AfterValidator(_finite)]


class Source(BaseModel):
    """One thing to download.

    Attributes:
        form: `file` is the asset or a part of it; `archive` is a zip or tar that is unpacked; `polyhaven` is the list
            of an asset's files that Poly Haven's API gives.
        path: where a file belongs within the asset, and its name; None for the last part of its address.
        resolution: which of the sizes in a `polyhaven` list, such as `1k`.
        sha256, size, md5: of what is downloaded; None if nobody has said. Size in bytes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: Web
    form: Literal["file", "archive", "polyhaven"] = "file"
    path: Inside | None = None
    resolution: str | None = None
    sha256: Sha256 | None = None
    size: Size | None = None
    md5: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")] | None = None


class Entry(BaseModel):
    """One asset of a manifest. Unknown is None, and stays None until it is known.

    Attributes:
        id: `<kind>/<name>`; a name may have several parts.
        sources: what to download; empty for a local asset and where `manual` says what a person must do.
        path: a local asset, a file or a folder, relative to the manifest's folder.
        main: the file to open, where the asset is a folder.
        files: the members of a local folder; None for everything below it.
        collection: whether every file in it is an asset of its own, with its own split.
        sha256: of the file, or of the listing of the folder (`checksums.folder_sha256`).
        size: bytes of all its files together.
        licence: SPDX identifier or expression, or `LicenseRef-...`; None if nobody has said.
        page: where a person can read about it.
        redistribution: whether the asset's own files may be handed on.
        ml_use: whether its terms allow machine learning.
        unit_m: metres of one unit of the file; None if the file or its importer says.
        up_axis: the axis that points up in the file; None if the file or its importer says.
        height_m: scale it to this height; None to keep its size.
        split: the only split that may use it; None to decide by hash.
        group: assets of one group share a split, for instance the same thing in two file formats.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z]+/[^\s|`]+$")]
    kind: EntryKind
    title: str = ""
    sources: tuple[Source, ...] = ()
    manual: str = ""
    path: Inside | None = None
    main: Inside | None = None
    files: tuple[Inside, ...] | None = None
    collection: bool = False
    sha256: Sha256 | None = None
    size: Size | None = None
    licence: str | None = None
    author: str | None = None
    attribution: str | None = None
    page: Web | None = None
    redistribution: bool | None = None
    ml_use: bool | None = None
    unit_m: Positive | None = None
    up_axis: Literal["Y", "Z"] | None = None
    height_m: Positive | None = None
    category: str = ""
    tags: tuple[str, ...] = ()
    split: Literal["train", "val", "test", "any"] | None = None
    group: str | None = None
    notes: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Entry:
        if not self.id.startswith(f"{self.kind}/"):
            raise ValueError(f"id {self.id!r}: expected it to start with its kind, {self.kind}/")
        ways = [bool(self.sources), self.path is not None, bool(self.manual)]
        if sum(ways) != 1:
            raise ValueError(f"{self.id}: expected one of sources, path and manual")
        if self.path is None and self.files is not None:
            raise ValueError(f"{self.id}: files belong to a local folder; say its path")
        return self

    @property
    def one_file(self) -> bool:
        """Whether a downloaded asset is a file, not a folder."""
        forms = [source.form for source in self.sources]
        return self.main is None and (forms == ["file"] or (forms == ["polyhaven"] and self.kind == "hdri"))

    @property
    def credit(self) -> str:
        """The line that `ATTRIBUTION.md` shows."""
        name = self.title or self.id.split("/", 1)[1]
        return self.attribution or (f"{name} by {self.author}" if self.author else name)


class Index(BaseModel):
    """A list of a source's assets that can be downloaded, for more of them than the manifest names.

    Attributes:
        form: `kubric` for the manifest of a Kubric bucket, `polyhaven` for the list of Poly Haven's API.
        like: the id of an entry of the manifest; the others differ from it in their names alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: Web
    form: Literal["kubric", "polyhaven"]
    like: str


class Manifest(BaseModel):
    """A list of assets.

    Attributes:
        folder: where the paths of local assets begin, relative to the manifest's own folder.
        file: where the manifest was read from; not part of it.
    """

    model_config = ConfigDict(extra="forbid")

    version: Literal[1] = 1
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    title: str = ""
    folder: str = "."
    index: Index | None = None
    entries: tuple[Entry, ...] = ()
    file: Annotated[Path, Field(exclude=True)] = Path()

    @model_validator(mode="after")
    def _known_ids(self) -> Manifest:
        twice = first_repeated(entry.id for entry in self.entries)
        if twice is not None:
            raise ValueError(f"two entries have the id {twice!r}")
        if self.index is not None and self.index.like not in {entry.id for entry in self.entries}:
            raise ValueError(f"index.like: no entry has the id {self.index.like!r}")
        return self

    @property
    def root(self) -> Path:
        """The folder in which the paths of local assets begin."""
        return (self.file.parent / Path(self.folder).expanduser()).resolve()

    def local(self, entry: Entry) -> Path | None:
        """Where a local asset is; None for one that is downloaded."""
        return None if entry.path is None else self.root / entry.path


def first_repeated(names: Iterable[str]) -> str | None:
    """The first name that is there for the second time."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None
