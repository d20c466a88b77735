"""The vocabulary of samples: every field's name, type and file form, for all kinds of dataset.

docs/format.md says the same for people.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from viewlock.errors import DatasetError, MissingLibraryError
from viewlock.renderer.sample import Flow, beside

KITTI_SCALE, KITTI_ZERO = 64.0, 2.0**15
"""u is stored as uint16 u * 64 + 2^15, so +-512 pixels in steps of 1/64."""

_PNG = [cv2.IMWRITE_PNG_COMPRESSION, 3]


@dataclass(frozen=True)
class Field:
    """Attributes:
    pattern: of the names it covers.
    extension: of its file.
    encode, decode: value <-> bytes.
    """

    pattern: re.Pattern[str]
    extension: str
    encode: Callable[[Any], bytes]
    decode: Callable[[bytes], Any]


def _png(image: NDArray, options: list[int] | None = None) -> bytes:
    done, data = cv2.imencode(".png", image, _PNG + (options or []))
    if not done:
        raise ValueError(f"cannot encode an array of shape {image.shape} and type {image.dtype} as PNG")
    return data.tobytes()


def _unpng(data: bytes) -> NDArray:
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED) if data else None
    if image is None:
        raise DatasetError("not a PNG picture, or cut short")
    return image


def _unpng_as(data: bytes, dtype: type, channels: int) -> NDArray:
    """A picture that must have this type and number of channels."""
    image = _unpng(data)
    found = image.shape[2] if image.ndim == 3 else 1
    if image.dtype != dtype or found != channels:
        raise DatasetError(
            f"expected a PNG with {channels} channels of {np.dtype(dtype)}, got {found} of {image.dtype}"
        )
    return image


def encode_rgb(image: NDArray[np.uint8]) -> bytes:
    return _png(np.ascontiguousarray(image[..., ::-1]))


def decode_rgb(data: bytes) -> NDArray[np.uint8]:
    # OpenCV turns BGR about in a fortieth of the time that numpy takes.
    return np.asarray(cv2.cvtColor(_unpng_as(data, np.uint8, 3), cv2.COLOR_BGR2RGB), np.uint8)


def encode_mask(mask: NDArray[np.bool_]) -> bytes:
    return _png(mask.astype(np.uint8) * 255, [cv2.IMWRITE_PNG_BILEVEL, 1])


def decode_mask(data: bytes) -> NDArray[np.bool_]:
    return _unpng_as(data, np.uint8, 1) > 0


def encode_flow_png(flow: Flow) -> bytes:
    """KITTI's 16-bit PNG. Flow beyond +-512 pixels cannot be said and becomes not valid."""
    raw = np.rint(flow.flow.astype(np.float64) * KITTI_SCALE + KITTI_ZERO)
    valid = flow.valid & ((raw >= 0) & (raw <= 65535)).all(axis=-1)
    stored = np.zeros((*valid.shape, 3), np.uint16)
    stored[..., 0] = valid
    stored[..., 1] = np.where(valid, raw[..., 1], KITTI_ZERO)
    stored[..., 2] = np.where(valid, raw[..., 0], KITTI_ZERO)
    return _png(stored)


def decode_flow_png(data: bytes) -> Flow:
    stored = _unpng_as(data, np.uint16, 3).astype(np.float32)
    return Flow((stored[..., 2:0:-1] - np.float32(KITTI_ZERO)) / np.float32(KITTI_SCALE), stored[..., 0] > 0)


def encode_flow_npz(flow: Flow) -> bytes:
    return _npz(flow=flow.flow.astype(np.float32), valid=flow.valid)


def decode_flow_npz(data: bytes) -> Flow:
    arrays = _unnpz(data)
    return Flow(arrays["flow"], arrays["valid"])


def _npz(**arrays: NDArray) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def _unnpz(data: bytes) -> dict[str, NDArray]:
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return dict(arrays)
    except (OSError, ValueError, TypeError, EOFError, zipfile.BadZipFile, zlib.error) as problem:
        raise DatasetError(f"not an npz archive, or damaged: {problem}") from None


HALF_MAX = 65504.0
"""The largest half float; brighter light is stored as this."""

_REC_709 = (0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290)


def encode_linear(linear: NDArray[np.float32]) -> bytes:
    """A half-float OpenEXR file, whose header says nothing but shape, primaries and compression."""
    half = np.clip(linear, 0.0, HALF_MAX).astype(np.float16)
    exr = _openexr()
    header = {"compression": exr.ZIP_COMPRESSION, "type": exr.scanlineimage, "chromaticities": _REC_709}
    buffer = io.BytesIO()
    exr.File(header, {"RGB": half}, num_threads=0).write(buffer)
    return buffer.getvalue()


def decode_linear(data: bytes) -> NDArray[np.float32]:
    try:
        pixels = _openexr().File(io.BytesIO(data), num_threads=0).channels()["RGB"].pixels
    except (RuntimeError, ValueError, KeyError):
        raise DatasetError("not an OpenEXR picture with red, green and blue, or damaged") from None
    return pixels.astype(np.float32)


def _openexr() -> Any:
    try:
        import OpenEXR

        found = OpenEXR.__version__
    except ImportError:
        found = "none"
    if found == "none" or tuple(map(int, found.split(".")[:2])) < (3, 5):  # the first that reads from memory
        raise MissingLibraryError(
            f"OpenEXR: 3.5 or later is needed for linear pictures, found {found}; run: pip install -U OpenEXR, "
            "or read only other fields"
        )
    return OpenEXR


def encode_json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _field(pattern: str, extension: str, encode: Callable, decode: Callable) -> Field:
    return Field(re.compile(pattern), extension, encode, decode)


FIELDS: tuple[Field, ...] = (
    _field(r"i1|i2|igt|label|[0-9][0-9]|fixed|moved", "png", encode_rgb, decode_rgb),
    _field(r"(i1|i2|fixed|moved)_clean|clean_[0-9][0-9]", "png", encode_rgb, decode_rgb),
    _field(r"(i1|i2|fixed|moved)_bracket[0-9]|bracket[0-9]_[0-9][0-9]", "png", encode_rgb, decode_rgb),
    _field(r"(i1|i2|igt|label|fixed|moved)_linear|linear_[0-9][0-9]", "exr", encode_linear, decode_linear),
    _field(r"flow_(1|2|gt)to(1|2|gt)", "png", encode_flow_png, decode_flow_png),
    _field(r"flow_(1|2|gt)to(1|2|gt)", "npz", encode_flow_npz, decode_flow_npz),
    _field(r"occluded_(1|2|gt)to(1|2|gt)|dynamic(_(1|2|gt))?|relit_1togt|unreliable_(1|2|gt)|overlap_(1|2)", "png",
           encode_mask, decode_mask),
    _field(r"(valid|occluder|shadow|highlight|unreliable)_[0-9][0-9]", "png", encode_mask, decode_mask),
    _field(r"instances_(1|2|gt)", "png", lambda v: _png(v.astype(np.uint16)),
           lambda d: _unpng_as(d, np.uint16, 1)),
    _field(r"depth_(1|2|gt)", "npz", lambda v: _npz(depth=v.astype(np.float32)), lambda d: _unnpz(d)["depth"]),
    _field(r"meta", "json", encode_json, json.loads),
)  # fmt: skip


def field_of(name: str, extension: str | None = None) -> Field:
    """The field that a name (and file extension) belongs to.

    Raises:
        DatasetError: no such field.
    """
    for field in FIELDS:
        if field.pattern.fullmatch(name) and extension in (None, field.extension):
            return field
    raise DatasetError(
        f"field {name!r}{f' as .{extension}' if extension else ''}: not part of the format (docs/format.md)"
    )


def encode_sample(key: str, fields: dict[str, Any], flow_form: str = "png") -> dict[str, bytes]:
    """`<key>.<field>.<extension>` -> bytes, for every field of a sample."""
    members = {}
    for name, value in fields.items():
        field = field_of(name, flow_form if isinstance(value, Flow) else None)
        members[f"{key}.{stem_of(name)}.{field.extension}"] = field.encode(value)
    return members


def stem_of(name: str) -> str:
    """The middle of a field's member: a linear picture has the name of the picture, as another kind of file."""
    return name.removesuffix("_linear").removeprefix("linear_")


def name_of(member: str) -> str:
    """The field of a member `<key>.<field>.<extension>`.

    Raises:
        DatasetError: it has not three parts.
    """
    try:
        _, stem, extension = member.split(".")
    except ValueError:
        raise DatasetError(f"member {member!r}: expected <key>.<field>.<extension>") from None
    return beside(stem, "linear") if extension == "exr" else stem


def decode_member(name: str, data: bytes) -> tuple[str, str, Any]:
    """(key, field, value) of a member.

    Raises:
        DatasetError: the name or the bytes are not of the format.
    """
    field = name_of(name)
    key, _, extension = name.split(".")
    try:
        return key, field, field_of(field, extension).decode(data)
    except (ValueError, KeyError, OSError, DatasetError) as problem:
        raise DatasetError(f"member {name!r}: {problem}") from None
