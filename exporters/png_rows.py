"""The first rows of a PNG, for readers that crop: what lies below the crop need not be decoded.

A PNG is one stream of rows from the top, each filtered with the one above. So the rows below may stay compressed, but
none above may. The rows that are wanted are inflated and packed anew, uncompressed, as a smaller PNG for any decoder.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from viewlock.errors import DatasetError

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">IIBBBBB")
"""Width, height, bits a channel, colour type, compression, filter, interlacing."""
_BODY_OF_HEADER, _END_OF_HEADER = 16, 33
_CHANNELS = {0: 1, 2: 3}
"""Colour types grey and RGB, the ones that fields are stored in."""
_WORTH = 0.9
"""Packing anew costs about what a tenth of the rows costs."""


def png_size(png: bytes) -> tuple[int, int]:
    """(width, height), from the header alone.

    Raises:
        DatasetError: not a PNG.
    """
    if len(png) < _END_OF_HEADER or not png.startswith(_SIGNATURE):
        raise DatasetError("not a PNG picture, or cut short")
    width, height, *_ = _HEADER.unpack_from(png, _BODY_OF_HEADER)
    return width, height


def first_rows(png: bytes, rows: int) -> bytes:
    """A PNG of the first rows, or the same PNG: where little would be left out, and where it is damaged or of a form
    that no field is stored in, which is for the decoder to say."""
    width, height = png_size(png)
    _, _, bits, colour, *form = _HEADER.unpack_from(png, _BODY_OF_HEADER)
    if rows > _WORTH * height or colour not in _CHANNELS or any(form):
        return png
    size = rows * (1 + (width * _CHANNELS[colour] * bits + 7) // 8)
    try:
        starts, bodies = zip(*((at, body) for at, kind, body in _chunks(png) if kind == b"IDAT"), strict=True)
        filtered = zlib.decompressobj().decompress(b"".join(bodies), size)
    except (ValueError, struct.error, zlib.error):
        return png
    if len(filtered) < size:
        return png
    header = _chunk(b"IHDR", _HEADER.pack(width, rows, bits, colour, *form))
    kept = png[_END_OF_HEADER : starts[0]]
    return b"".join((_SIGNATURE, header, kept, _chunk(b"IDAT", zlib.compress(filtered, 0)), _chunk(b"IEND", b"")))


def _chunks(png: bytes) -> Iterator[tuple[int, bytes, memoryview]]:
    """(where it starts, kind, body) of every chunk.

    Raises:
        ValueError, struct.error: damaged, or cut short.
    """
    whole, at = memoryview(png), len(_SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        end = at + 8 + length
        if struct.unpack_from(">I", png, end)[0] != zlib.crc32(whole[at + 4 : end]):
            raise ValueError("a checksum is wrong")
        yield at, png[at + 4 : at + 8], whole[at + 8 : end]
        at = end + 4


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(body, zlib.crc32(kind)))
