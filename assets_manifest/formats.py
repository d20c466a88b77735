"""What a file is, by its content: cheap looks into headers, without Blender.

Each look answers with a `Look`, or with None where the file is not what its suffix says.
"""

from __future__ import annotations

import gzip
import json
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote

from .entry import EntryKind


@dataclass(frozen=True)
class Look:
    """Attributes:
    kind: what it is; None if that cannot be told, then `why` says what to do.
    refers: files it needs, as it names them, relative to its folder.
    category: the form of a motion or trajectory.
    """

    kind: EntryKind | None
    refers: tuple[str, ...] = ()
    up_axis: str | None = None
    unit_m: float | None = None
    category: str = ""
    why: str = ""


def look(path: Path) -> Look | None:
    """What a file is; None if it is damaged or not what its suffix says.

    Raises:
        OSError: it cannot be read.
    """
    reader = _LOOKS.get(path.suffix.lower())
    if reader is None:
        return None
    try:
        return reader(path)
    except _DAMAGED:
        return None


def _gltf(path: Path) -> Look:
    return _from_gltf(json.loads(path.read_bytes()))


def _glb(path: Path) -> Look | None:
    with path.open("rb") as file:
        head = file.read(20)
        if head[:4] != b"glTF" or head[16:20] != b"JSON":
            return None
        return _from_gltf(json.loads(file.read(struct.unpack("<I", head[12:16])[0])))


def _from_gltf(content: dict[str, Any]) -> Look | None:
    """A skin makes a character; glTF is in metres with y up."""
    if "asset" not in content or not content.get("meshes"):
        return None
    parts = [*content.get("buffers", []), *content.get("images", [])]
    refers = tuple(unquote(p["uri"]) for p in parts if "uri" in p and not p["uri"].startswith("data:"))
    # Units and axes are fixed by the format, and often wrong in the file: the importer judges.
    return Look("character" if content.get("skins") else "object", refers)


def _fbx(path: Path) -> Look | None:
    """FBX keeps its names uncompressed, in binary and in text: limb nodes are the bones of a character."""
    data = path.read_bytes()
    if not data.startswith(b"Kaydara FBX Binary") and b"FBXHeaderExtension" not in data[:4096]:
        return None
    names = {
        name.decode("utf-8", "replace") for name in re.findall(rb"[\w .()-]+\.(?:png|jpe?g|tga|tiff?)", data, re.I)
    }
    return Look("character" if b"LimbNode" in data else "object", tuple(sorted(names)))


def _obj(path: Path) -> Look | None:
    text = path.read_text(encoding="utf-8", errors="replace")
    if not re.search(r"^v\s", text, re.MULTILINE) or not re.search(r"^f\s", text, re.MULTILINE):
        return None
    libraries = [name.strip().removeprefix("./") for name in re.findall(r"^mtllib\s+(.+)$", text, re.MULTILINE)]
    refers = list(libraries)
    for name in libraries:
        file = path.parent / name
        if file.is_file():
            lines = file.read_text(encoding="utf-8", errors="replace")
            maps = re.findall(r"^\s*(?:map_\w+|bump|disp|norm)\s+(.+)$", lines, re.MULTILINE | re.IGNORECASE)
            # An option such as `-bm 0.5` stands before the name; names may have spaces.
            refers += [re.sub(r"^(?:-\w+(?:\s+[-\d.]+)*\s+)+", "", name.strip()) for name in maps]
    return Look("object", tuple(refers))


def _ply(path: Path) -> Look | None:
    with path.open("rb") as file:
        head = file.read(4096).split(b"end_header")[0].decode("ascii", "replace")
    if not head.startswith("ply"):
        return None
    faces = re.search(r"element face (\d+)", head)
    if faces is None or faces[1] == "0":
        return Look(None, why="a point cloud without faces; Viewlock needs a surface")
    return Look("object")


def _usd(path: Path) -> Look | None:
    """`Skel` is in the names of every schema of a skinned USD; in crate files names are often, not always, readable."""
    data = path.read_bytes()
    if not data.startswith((b"#usda", b"PXR-USDC", b"PK\x03\x04")):
        return None
    return Look("character" if b"Skel" in data else "object")


def _blend(path: Path) -> Look | None:
    """Blender writes a list of blocks: an armature makes a character, a camera or lamp a scene."""
    with path.open("rb") as file:
        magic = file.read(4)
    if magic == b"\x28\xb5\x2f\xfd":
        return Look(None, why="a compressed .blend does not show what is in it; say --kind object, character or scene")
    with gzip.open(path) if magic[:2] == b"\x1f\x8b" else path.open("rb") as file:
        codes = _blocks(file)
    if codes is None:
        return None
    if codes["AR"]:
        return Look("character")
    if codes["CA"] or codes["LA"]:
        return Look("scene")
    return Look("object" if codes["ME"] else None, why="a .blend without a mesh; say --kind if it is useful")


def _blocks(file: BinaryIO | gzip.GzipFile) -> Counter[str] | None:
    """How often each kind of data block is there."""
    head = file.read(12)
    if head[:12] == b"BLENDER17-01":  # Blender 5 and later: the head has 17 bytes, and lengths have 8
        file.read(5)
        form = "<4s12xQ8x"
    elif head[:7] == b"BLENDER" and head[7:8] in b"_-" and head[8:9] in b"vV":
        form = ("<" if head[8:9] == b"v" else ">") + ("4sI16x" if head[7:8] == b"-" else "4sI12x")
    else:
        return None
    codes: Counter[str] = Counter()
    size = struct.calcsize(form)
    while len(block := file.read(size)) == size and block[:4] != b"ENDB":
        code, length = struct.unpack(form, block)
        if length >= 1 << 48:
            return None
        codes[code.rstrip(b"\0").decode("latin-1")] += 1
        file.seek(length, 1)
    return codes


def _bvh(path: Path) -> Look | None:
    with path.open("rb") as file:
        return Look("motion", category="bvh") if file.read(256).lstrip().startswith(b"HIERARCHY") else None


def _npz(path: Path) -> Look | None:
    with zipfile.ZipFile(path) as archive:
        keys = {name.removesuffix(".npy") for name in archive.namelist()}
    if {"poses", "trans", "betas"} <= keys and keys & {"mocap_framerate", "mocap_frame_rate"}:
        return Look("motion", up_axis="Z", unit_m=1.0, category="amass")
    return Look(
        None, why=f"arrays {', '.join(sorted(keys)[:5])}, not those of AMASS (poses, trans, betas, mocap_framerate)"
    )


def _txt(path: Path) -> Look | None:
    """RealEstate10K and MannequinChallenge: an address, then rows of 19; TUM: rows of 8, comments with #."""
    with path.open("rb") as file:
        lines = file.read(16384).decode("utf-8", "replace").splitlines()[:-1][:20] or [""]
    rows = [line for line in lines if line.strip() and not line.startswith("#")]
    if rows and rows[0].startswith("http") and len(rows) > 1 and all(_numbers(row) == 19 for row in rows[1:]):
        return Look("trajectory", category="realestate10k")
    if len(rows) > 1 and all(_numbers(row) == 8 for row in rows):
        return Look("trajectory", category="tum")
    return Look(None, why="text, but neither rows of 19 numbers (RealEstate10K) nor of 8 (TUM)")


def _numbers(line: str) -> int:
    """How many numbers a line has; 0 if there is anything else."""
    try:
        return len([float(word) for word in line.split()])
    except ValueError:
        return 0


def _hdr(path: Path) -> Look | None:
    with path.open("rb") as file:
        head = file.read(4096)
    size = re.search(rb"[-+]Y (\d+) [-+]X (\d+)\s", head)
    return _environment(int(size[2]), int(size[1])) if head[:2] == b"#?" and size else None


def _exr(path: Path) -> Look | None:
    with path.open("rb") as file:
        head = file.read(65536)
    at = head.find(b"dataWindow\0box2i\0")
    if head[:4] != b"\x76\x2f\x31\x01" or at < 0:
        return None
    left, top, right, bottom = struct.unpack("<4i", head[at + 21 : at + 37])
    return _environment(right - left + 1, bottom - top + 1)


def _environment(width: int, height: int) -> Look:
    if width == 2 * height:
        return Look("hdri")
    return Look(None, why=f"{width} x {height} pixels; an environment is twice as wide as high")


_LOOKS: dict[str, Callable[[Path], Look | None]] = {
    ".gltf": _gltf, ".glb": _glb, ".fbx": _fbx, ".obj": _obj, ".ply": _ply, ".usd": _usd, ".usda": _usd,
    ".usdc": _usd, ".usdz": _usd, ".blend": _blend, ".bvh": _bvh, ".npz": _npz, ".txt": _txt, ".hdr": _hdr,
    ".exr": _exr,
}  # fmt: skip
SUFFIXES = tuple(_LOOKS)
_DAMAGED = (
    ValueError, KeyError, TypeError, AttributeError, EOFError, RecursionError, OverflowError, NotImplementedError,
    struct.error, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error,
)  # fmt: skip
