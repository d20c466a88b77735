"""Pictures as uncompressed TIFF files: Blender keeps them as they are, and unpacks no other format as fast.

After TIFF, Revision 6.0 (Adobe, 1992): one directory, then all rows in one strip.
"""

from __future__ import annotations

import struct
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_SHORT, _LONG = 3, 4
_GREY, _RGB = 1, 2
_STRAIGHT_ALPHA = 2


def encode(pixels: NDArray[np.uint8]) -> bytes:
    """The file of an (H, W, C) picture, row 0 on top: grey, RGB, or RGB with straight alpha."""
    return _head(*pixels.shape) + pixels.tobytes()


def decode(data: bytes, size: int) -> NDArray[np.uint8]:
    """The (size, size, C) picture in a file that `encode` made.

    Raises:
        ValueError: it is not such a file, or not whole.
    """
    for channels in (1, 3, 4):
        head = _head(size, size, channels)
        if data.startswith(head) and len(data) == len(head) + size * size * channels:
            return np.frombuffer(data, np.uint8, offset=len(head)).reshape(size, size, channels)
    raise ValueError(f"expected a picture of {size} x {size} pixels, got {len(data)} other bytes")


@lru_cache(maxsize=16)
def _head(height: int, width: int, channels: int) -> bytes:
    """Everything before the pixels."""
    # tag -> type and values: sizes, bits a channel, no compression, what the channels are, and where the rows lie.
    tags: dict[int, tuple[int, list[int]]] = {
        256: (_LONG, [width]),
        257: (_LONG, [height]),
        258: (_SHORT, [8] * channels),
        259: (_SHORT, [1]),
        262: (_SHORT, [_GREY if channels == 1 else _RGB]),
        273: (_LONG, [0]),
        277: (_SHORT, [channels]),
        278: (_LONG, [height]),
        279: (_LONG, [height * width * channels]),
    }
    if channels == 4:
        tags[338] = (_SHORT, [_STRAIGHT_ALPHA])
    bits_at = 8 + 2 + 12 * len(tags) + 4
    tags[273] = (_LONG, [bits_at + 8])
    directory = b"".join(_entry(tag, kind, values, bits_at) for tag, (kind, values) in tags.items())
    start = struct.pack("<2sHIH", b"II", 42, 8, len(tags))
    return start + directory + struct.pack("<I4H", 0, 8, 8, 8, 8)


def _entry(tag: int, kind: int, values: list[int], elsewhere: int) -> bytes:
    """One entry of a directory; what does not fit into it is at `elsewhere` in the file."""
    letter = {_SHORT: "H", _LONG: "I"}[kind]
    content = struct.pack(f"<{len(values)}{letter}", *values)
    return struct.pack("<HHI", tag, kind, len(values)) + (
        content.ljust(4, b"\0") if len(content) <= 4 else struct.pack("<I", elsewhere)
    )
