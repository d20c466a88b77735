"""The asset catalogue: what a dataset may be made of, by id, with checksum, size, licence and split."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from viewlock.errors import ConfigError

Kind = Literal["character", "object", "place", "sky", "hdri", "trajectory", "motion", "texture", "painting", "scene"]
SplitName = Literal["train", "val", "test", "any"]
Vector = tuple[float, float, float]

SUFFIXES: dict[str, tuple[str, ...]] = {
    "hdri": (".hdr", ".exr"),
    "trajectory": (".txt",),
    "motion": (".bvh", ".npz"),
    "painting": (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp"),
}


class Asset(BaseModel):
    """Attributes:
    id: `<kind>/<name>`.
    category: finer than the kind, for balance and metadata.
    sha256: of the file, or of the source code that builds a procedural asset.
    bounds_m: lowest and highest corner in metres, objects and characters only.
    rolls: whether an object is round enough to roll on a floor in any direction.
    wheels: whether an object has wheels that turn as it goes towards -x.
    axle_m: x of the axle about which an object with wheels can be driven round a bend without slip; None if it cannot.
    walks: whether an object is an animal that can walk, towards -x.
    flight_m: lowest and highest corner in the air, wings spread, of a bird that can fly, towards -x.
    split: the only split that may use it; `any` for what is not an identity (places, skies).
    licence: SPDX identifier, or `unknown` for a file nobody has said anything about.
    path: where the file is on this machine, or the folder of an asset that has no one file to open, such as a
        texture set; None for procedural assets. Never written into a plan.
    files: the members of that folder, if it holds other things, too; None for all of it.
    author, source: who made it and where it comes from; None if nobody has said.
    unit_m: metres of one unit of the file; None if the file or its importer says.
    up_axis: the axis that points up in the file; None if the file or its importer says.
    height_m: scale it to this height; None to keep its size.
    imported: folder of its import, in the form that Blender loads at once; objects and characters from files only.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Kind
    category: str = ""
    sha256: str
    bounds_m: tuple[Vector, Vector] | None = None
    rolls: bool = False
    wheels: bool = False
    axle_m: float | None = None
    walks: bool = False
    flight_m: tuple[Vector, Vector] | None = None
    split: SplitName = "any"
    licence: str = "Apache-2.0"
    attribution: str = "Viewlock procedural asset"
    path: Path | None = None
    files: tuple[str, ...] | None = None
    author: str | None = None
    source: str | None = None
    unit_m: float | None = None
    up_axis: Literal["Y", "Z"] | None = None
    height_m: float | None = None
    tags: tuple[str, ...] = ()
    imported: Path | None = None

    @property
    def name(self) -> str:
        return self.id.split("/", 1)[1]


class Catalogue:
    """Assets by id.

    Attributes:
        left_out: why files that were asked for are not among them, one line each.
    """

    def __init__(self, assets: Iterable[Asset], left_out: Iterable[str] = ()) -> None:
        self._assets = {asset.id: asset for asset in sorted(assets, key=lambda a: a.id)}
        self.left_out = tuple(left_out)

    def __len__(self) -> int:
        return len(self._assets)

    def of(self, kind: Kind, split: str | None = None) -> list[Asset]:
        """Assets of a kind that a split may use, sorted by id."""
        return [a for a in self._assets.values() if a.kind == kind and (split is None or a.split in (split, "any"))]

    def get(self, asset_id: str, sha256: str | None = None) -> Asset:
        """One asset.

        Raises:
            ConfigError: it is not here, or its bytes are not the ones asked for.
        """
        asset = self._assets.get(asset_id)
        if asset is None:
            raise ConfigError(f"asset {asset_id!r}: not in the catalogue; name the folder it lies in, or plan again")
        if sha256 is not None and asset.sha256 != sha256:
            raise ConfigError(
                f"asset {asset_id!r}: expected sha256 {sha256[:12]}..., got {asset.sha256[:12]}...: "
                "it changed since the plan was made; restore it or plan into a new run folder"
            )
        return asset


@lru_cache(maxsize=1)
def procedural() -> tuple[Asset, ...]:
    """The assets that Viewlock builds itself."""
    with (Path(__file__).parent / "procedural.yaml").open(encoding="utf-8") as file:
        return tuple(Asset(**entry) for entry in yaml.safe_load(file))


def scan_folder(
    kind: Literal["hdri", "trajectory", "motion", "painting"], folder: Path, weights: Mapping[str, float]
) -> list[Asset]:
    """One asset for each file of a kind in a folder (and below), split by hash in proportion to `weights`.

    Raises:
        ConfigError: the folder is missing, cannot be read, or holds no such file.
    """
    from .remembered import remembered_sha256

    suffixes = SUFFIXES[kind]
    if not folder.is_dir():
        raise ConfigError(f"{folder}: expected a folder with {' or '.join(suffixes)} files, but there is none")
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix.lower() in suffixes)
    if not files:
        raise ConfigError(f"{folder}: expected {' or '.join(suffixes)} files, found none")
    taken: dict[str, Path] = {}
    assets = []
    for file in files:
        name = f"{kind}/{file.relative_to(folder).with_suffix('').as_posix()}"
        if name in taken:
            raise ConfigError(f"{file}: has the same name as {taken[name]}; rename one of them")
        taken[name] = file
        digest = remembered_sha256(file)
        assets.append(
            Asset(id=name, kind=kind, sha256=digest, split=split_of_hash(digest, weights), licence="unknown",
                  attribution=f"user file {file.name}", path=file)
        )  # fmt: skip
    return assets


def file_sha256(path: Path) -> str:
    """Raises:
    ConfigError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as refusal:
        raise ConfigError(f"{path}: cannot be read: {refusal.strerror}") from refusal


def split_of_hash(sha256: str, weights: Mapping[str, float]) -> SplitName:
    """A split by the file's own bytes: adding files never moves another one."""
    position = int(sha256[:12], 16) / 16**12 * sum(weights.values())
    for split in ("train", "val", "test"):
        position -= weights.get(split, 0.0)
        if position < 0:
            return split
    return "train"
