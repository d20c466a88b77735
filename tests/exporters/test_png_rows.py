"""The upper part of a PNG is that of the whole picture, bit for bit; anything odd is left to the decoder."""

import struct
import zlib

import cv2
import numpy as np
import pytest

from viewlock.errors import DatasetError
from viewlock.exporters.fields import (
    Flow,
    decode_flow_png,
    decode_mask,
    decode_rgb,
    encode_flow_png,
    encode_mask,
    encode_rgb,
)
from viewlock.exporters.png_rows import first_rows, png_size

W, H = 37, 40
RNG = np.random.default_rng(4)
PICTURE = np.cumsum(RNG.integers(-9, 10, (H, W, 3)), axis=0).astype(np.uint8)  # rows alike: filters look upwards
MASK = RNG.random((H, W)) > 0.7
FLOW = Flow(RNG.uniform(-90, 90, (H, W, 2)).round().astype(np.float32), MASK)


@pytest.mark.parametrize("rows", [1, 2, 17, 35, 36, 37, H, H + 5])
def test_the_upper_rows_are_those_of_the_whole(rows):
    png = encode_rgb(PICTURE)
    upper = first_rows(png, rows)
    assert png_size(png) == (W, H)
    kept = rows if rows <= 36 else H  # near the end it is not worth it
    assert png_size(upper) == (W, kept) and (upper is png) == (kept == H)
    assert np.array_equal(decode_rgb(upper), PICTURE[:kept])


def test_masks_of_one_bit_and_flow_of_sixteen():
    assert np.array_equal(decode_mask(first_rows(encode_mask(MASK), 11)), MASK[:11])
    flow, whole = decode_flow_png(first_rows(encode_flow_png(FLOW), 11)), decode_flow_png(encode_flow_png(FLOW))
    assert np.array_equal(flow.flow, whole.flow[:11]) and np.array_equal(flow.valid, MASK[:11])


def test_many_chunks_are_one_stream():
    noise = np.random.default_rng(0).integers(0, 256, (120, 200, 3)).astype(np.uint8)
    png = encode_rgb(noise)
    assert png.count(b"IDAT") > 3
    assert np.array_equal(decode_rgb(first_rows(png, 70)), noise[:70])


def test_what_comes_before_the_pixels_is_kept():
    png = encode_rgb(PICTURE)
    body = b"tEXtTitle\0x"
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    upper = first_rows(png[:33] + chunk + png[33:], 9)
    assert chunk in upper and np.array_equal(decode_rgb(upper), PICTURE[:9])


@pytest.mark.parametrize("at", [20, 60, 300, -30, -6])
def test_damage_is_left_to_the_decoder(at):
    """Damage below the rows that are wanted is noticed, too."""
    png = bytearray(encode_rgb(PICTURE))
    png[at] ^= 0x55
    damaged = bytes(png)
    assert first_rows(damaged, 5) is damaged


def test_forms_of_other_programs_are_left_to_the_decoder():
    _, grown = cv2.imencode(".png", np.dstack([PICTURE, PICTURE[..., :1]]))
    alpha = grown.tobytes()
    assert first_rows(alpha, 5) is alpha
    png = encode_rgb(PICTURE)
    header = png[12:28] + b"\1"
    interlaced = png[:12] + header + struct.pack(">I", zlib.crc32(header)) + png[33:]
    assert first_rows(interlaced, 5) is interlaced


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8" + bytes(40)])
def test_what_is_no_png(data):
    with pytest.raises(DatasetError, match="not a PNG picture, or cut short"):
        png_size(data)


def test_a_png_cut_short_is_left_to_the_decoder():
    cut = encode_rgb(PICTURE)[:-40]
    assert first_rows(cut, 5) is cut
    with pytest.raises(DatasetError):
        decode_rgb(first_rows(cut, 5))
