"""A folder of files becomes a list of assets, and a list of what was not understood, with the reason."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from .checksums import is_text
from .entry import EntryKind
from .formats import SUFFIXES, Look, look
from .found import LAYOUTS, Found, Left
from .textures import PICTURES, role_of

MODELS = (".gltf", ".glb", ".fbx", ".obj", ".ply", ".usd", ".usda", ".usdc", ".usdz", ".blend")
_SHAPES = ("object", "character", "scene")
_PAINTING_FOLDERS = re.compile(r"(?i)paintings?$")


def recognise(
    folder: Path, kind: EntryKind | None = None, ignore: frozenset[str] = frozenset()
) -> tuple[list[Found], list[Left]]:
    """Every asset in a folder and below, and every file that is none.

    Args:
        kind: what a person says they are: decides between object, character and scene, and makes pictures
            paintings; assets of other kinds are left out.
        ignore: relative paths that are none of this.

    Raises:
        OSError: a file cannot be read.
    """
    files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    names = [n for n in files if n not in ignore and not any(part.startswith(".") for part in n.split("/"))]
    search = _Search(folder, [name for name in names if _writable(name)], kind)
    search.left += [
        Left(ascii(name), "its name is not text that a manifest can hold; rename it")
        for name in names
        if not _writable(name)
    ]
    search.layouts()
    search.usd_folders()
    search.models()
    search.texture_sets()
    search.single_files()
    return search.sorted_results()


class _Search:
    """The files of a folder, claimed step by step; what a step claims is no business of the next."""

    def __init__(self, folder: Path, names: list[str], kind: EntryKind | None) -> None:
        self.folder, self.kind = folder, kind
        self.free = dict.fromkeys(names)
        self.found: list[Found] = []
        self.left: list[Left] = []

    def layouts(self) -> None:
        for layout in LAYOUTS:
            for name in [n for n in self.free if n == layout.main or n.endswith(f"/{layout.main}")]:
                root = name.removesuffix(layout.main).rstrip("/") or "."
                inside = self.below(root)
                others = [
                    n
                    for n in inside
                    if n.lower().endswith(SUFFIXES) and not n.lower().endswith((".obj", ".ply", ".txt"))
                ]
                if name not in self.free or others or look(self.folder / name) is None:
                    continue
                self.claim(inside)
                made = self.bundle("object", name, inside, root)
                self.keep(replace(made, up_axis="Z", unit_m=1.0, layout=layout.name))

    def usd_folders(self) -> None:
        """A USD file whose name begins those of all others beside it is the root of its folder."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.free:
            if name.lower().endswith((".usd", ".usda", ".usdc")):
                groups[_parent(name)].append(name)
        for parent, names in sorted(groups.items()):
            root = min(names, key=len)
            stem = PurePosixPath(root).stem
            if (
                len(names) < 2
                or root not in self.free
                or not all(PurePosixPath(n).stem.startswith(stem) for n in names)
            ):
                continue
            inside = [n for n in self.below(parent) if n.lower().endswith((".usd", ".usda", ".usdc", *PICTURES))]
            seen = [look(self.folder / name) for name in inside if name.lower().endswith((".usd", ".usda", ".usdc"))]
            skinned = any(s is not None and s.kind == "character" for s in seen)
            kind = self.kind if self.kind in _SHAPES else "character" if skinned else "object"
            self.claim(inside)
            self.keep(self.bundle(kind, root, inside))

    def models(self) -> None:
        """Models and the files they need; two models may share a picture."""
        shared: set[str] = set()
        for name in [n for n in self.free if n.lower().endswith(MODELS)]:
            seen = self.looked(name)
            if seen is None:
                continue
            parts = self.parts(name, seen)
            shared.update(parts)
            kind = self.kind if self.kind in _SHAPES else seen.kind
            self.claim([name])
            if kind is None:
                self.left.append(Left(name, seen.why))
                continue
            made = self.bundle(kind, name, [name, *parts]) if parts else Found(kind, name)
            self.keep(replace(made, up_axis=seen.up_axis, unit_m=seen.unit_m))
        self.claim(shared)

    def parts(self, name: str, seen: Look) -> list[str]:
        """The files a model needs and that are there, each once."""
        parent = _parent(name)
        wanted = dict.fromkeys(posixpath.normpath(posixpath.join(parent, _tidy(ref))) for ref in seen.refers)
        return [
            part for part in wanted if part != name and part.split("/")[0] != ".." and (self.folder / part).is_file()
        ]

    def texture_sets(self) -> None:
        """Pictures of one stem in one folder, with a colour among them."""
        sets: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for name in self.free:
            found = role_of(name.rsplit("/", 1)[-1])
            if found is not None:
                sets[_parent(name), found[0]][name] = found[1]
        for (parent, _), roles in sorted(sets.items()):
            if "colour" in roles.values() and len(roles) > 1:
                self.claim(roles)
                inside = tuple(sorted(PurePosixPath(n).relative_to(parent).as_posix() for n in roles))
                self.keep(Found("texture", parent, None, inside))

    def single_files(self) -> None:
        for name in list(self.free):
            suffix = PurePosixPath(name).suffix.lower()
            if suffix in PICTURES and suffix != ".exr":
                self.picture(name)
                continue
            seen = self.looked(name)
            if seen is None:
                continue
            self.claim([name])
            if seen.kind is None:
                self.left.append(Left(name, seen.why))
            else:
                self.keep(Found(seen.kind, name, None, None, seen.up_axis, seen.unit_m, seen.category))

    def picture(self, name: str) -> None:
        self.claim([name])
        folders = (self.folder.name, *name.split("/")[:-1])
        if self.kind == "painting" or any(_PAINTING_FOLDERS.search(part) for part in folders):
            self.keep(Found("painting", name))
        else:
            self.left.append(
                Left(name, "a picture that no model or texture set needs; say --kind painting if it is one")
            )

    def looked(self, name: str) -> Look | None:
        """What a file is; a file that is nothing is set aside."""
        seen = look(self.folder / name)
        if seen is None:
            self.claim([name])
            suffix = PurePosixPath(name).suffix.lower()
            known = suffix in MODELS or suffix in (".bvh", ".npz", ".hdr", ".exr")
            why = f"damaged, empty, or not a {suffix[1:]} file" if known else "not a form that Viewlock reads"
            self.left.append(Left(name, why))
        return seen

    def bundle(self, kind: EntryKind, main: str, names: list[str], within: str | None = None) -> Found:
        """An asset of several files, within a folder or else the deepest one that holds them all."""
        root = PurePosixPath(_parent(main) if within is None else within)
        while not all(PurePosixPath(name).is_relative_to(root) for name in names):
            root = root.parent
        inside = [PurePosixPath(name).relative_to(root).as_posix() for name in (main, *names)]
        return Found(kind, str(root), inside[0], tuple(sorted(set(inside))))

    def keep(self, found: Found) -> None:
        """Adds what was found, unless a person asked for another kind."""
        chosen = replace(found, kind=self.kind) if self.kind in _SHAPES and found.kind in _SHAPES else found
        if self.kind is None or chosen.kind == self.kind:
            self.found.append(chosen)
        else:
            shown = found.path if found.main is None else str(PurePosixPath(found.path) / found.main)
            self.left.append(Left(shown, f"{_article(found.kind)}, and --kind asks for {_article(self.kind)}"))

    def claim(self, names: Iterable[str]) -> None:
        for name in list(names):
            self.free.pop(name, None)

    def below(self, root: str) -> list[str]:
        return [n for n in self.free if root == "." or n.startswith(f"{root}/")]

    def sorted_results(self) -> tuple[list[Found], list[Left]]:
        return sorted(self.found, key=lambda f: (f.kind, f.path, f.main or "")), sorted(self.left, key=lambda x: x.path)


def _writable(name: str) -> bool:
    """Whether a manifest takes a name as the path of a file."""
    return is_text(name) and "\\" not in name and ":" not in name.split("/")[0]


def _parent(name: str) -> str:
    return PurePosixPath(name).parent.as_posix()


def _tidy(reference: str) -> str:
    """A reference as a relative path; an absolute one of the machine it was made on keeps its last part."""
    plain = reference.replace("\\", "/").removeprefix("./")
    return plain.rsplit("/", 1)[-1] if plain.startswith("/") or ":" in plain else plain


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" or kind == "hdri" else f"a {kind}"
