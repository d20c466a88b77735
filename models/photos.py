"""Anybody's pictures: read as the eye sees them, aligned, and written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from viewlock.errors import ConfigError, DatasetError
from viewlock.store import write_file

from .methods import Method
from .picture_grid import picture_grid
from .warping import picture_of_tensor

Picture = NDArray[np.uint8]

WRITES = (".png", ".jpg", ".jpeg")
READS = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp", ".ppm", ".pgm")
LEAST = 32
"""Pixels of the shorter side; methods need something to look at."""


def read_photo(file: Path) -> Picture:
    """Any picture that OpenCV reads as uint8 RGB (H, W, 3).

    Turned as its EXIF orientation says; grey becomes RGB, 16 bit become 8, what is transparent lies on white.

    Raises:
        DatasetError: missing, not a picture, linear floats, or too small.
    """
    try:
        data = np.frombuffer(file.read_bytes(), np.uint8)
    except OSError as refusal:
        raise DatasetError(f"{file}: cannot be read: {refusal.strerror or refusal}") from None
    raw = cv2.imdecode(data, cv2.IMREAD_UNCHANGED) if data.size else None
    if raw is None:
        raise DatasetError(f"{file}: expected a picture such as PNG or JPEG, got something else, or a damaged one")
    if raw.dtype not in (np.uint8, np.uint16):
        raise DatasetError(f"{file}: expected 8 or 16 bits a channel, got {raw.dtype}; tone-map it first")
    if raw.ndim == 3 and raw.shape[2] == 4:
        colour = _on_white(raw)  # formats with alpha have no orientation that OpenCV would follow
    else:
        # Not IMREAD_UNCHANGED: that leaves the orientation aside.
        colour = _eight_bit(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR | cv2.IMREAD_ANYDEPTH)))
    if min(colour.shape[:2]) < LEAST:
        height, width = colour.shape[:2]
        raise DatasetError(f"{file}: expected at least {LEAST} pixels a side, got {width} x {height}")
    return np.ascontiguousarray(colour[..., ::-1])


def _eight_bit(picture: NDArray[Any]) -> Picture:
    return picture if picture.dtype == np.uint8 else np.rint(picture / 257.0).astype(np.uint8)


def _on_white(picture: NDArray[Any]) -> Picture:
    most = float(np.iinfo(picture.dtype).max)
    alpha = picture[..., 3:] / most
    return np.rint((picture[..., :3] / most * alpha + 1 - alpha) * 255).astype(np.uint8)


def check_output(file: Path) -> None:
    """Raises:
    ConfigError: the name does not end as a picture that can be written.
    """
    if file.suffix.lower() not in WRITES:
        raise ConfigError(f"-o {file}: expected a file name that ends in {', '.join(WRITES)}")


def write_photo(file: Path, picture: Picture) -> None:
    """Raises:
    ConfigError: the name does not end as a picture that can be written.
    OutputError, TryAgainError: it cannot be written.
    """
    check_output(file)
    options = [] if file.suffix.lower() == ".png" else [cv2.IMWRITE_JPEG_QUALITY, 95]
    done, data = cv2.imencode(file.suffix.lower(), np.ascontiguousarray(picture[..., ::-1]), options)
    if not done:
        raise ConfigError(f"-o {file}: a picture of {picture.shape[1]} x {picture.shape[0]} does not fit that format")
    write_file(file, data.tobytes())


def same_size(first: Picture, second: Picture, words: str, resize: bool = False) -> Picture:
    """`second`, resized to `first` if asked for.

    Raises:
        ConfigError: the sizes differ, and nobody asked to resize.
    """
    if first.shape == second.shape:
        return second
    sizes = [f"{picture.shape[1]} x {picture.shape[0]}" for picture in (first, second)]
    if not resize:
        raise ConfigError(f"{words}: expected pictures of one size, got {sizes[0]} and {sizes[1]}; say --resize")
    shrinks = second.shape[0] > first.shape[0]
    way = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(second, first.shape[1::-1], interpolation=way), np.uint8)


def align_photos(
    first: Path, second: Path, target: Path, method: Method, resize: bool, sheet: Path | None = None
) -> None:
    """What `second` shows, seen from the camera of `first`, as a picture; `sheet` shows all three beside each other.

    Raises:
        ConfigError: the method needs truth, the sizes differ, or a target's name is wrong.
        DatasetError: a picture cannot be read.
    """
    for file in filter(None, (target, sheet)):
        check_output(file)
    check_without_truth(method)
    i1 = read_photo(first)
    i2 = same_size(i1, read_photo(second), f"{first}, {second}", resize)
    output = method.align({"key": first.stem, "i1": i1, "i2": i2})
    picture = picture_of_tensor(output.image)
    write_photo(target, picture)
    if sheet is not None:
        tiles = [("I1", i1), ("I2", i2), (f"I2 as seen from I1: {method.label}", picture)]
        tiles += [("difference from I1", difference(i1, picture))]
        if output.dynamic is not None:
            tiles.append(("moving", np.rint(output.dynamic[0].float().cpu().numpy() * 255).astype(np.uint8)))
        write_photo(sheet, picture_grid([(f"{first.name} and {second.name}", tiles)], width=480, columns=2))


def difference(one: Picture, two: Picture) -> Picture:
    """Absolute difference, twice as strong."""
    return np.minimum(2 * np.abs(one.astype(np.int32) - two), 255).astype(np.uint8)


def check_without_truth(method: Method) -> None:
    """Raises:
    ConfigError: the method looks at truth that pictures alone do not have.
    """
    if method.needs:
        raise ConfigError(
            f"method {method.name!r}: needs truth that pictures alone lack ({', '.join(method.needs)}); choose another"
        )


def frames_of(folder: Path) -> Sequence[Path]:
    """The pictures of a folder, by name.

    Raises:
        DatasetError: fewer than two.
    """
    if not folder.is_dir():
        raise DatasetError(f"{folder}: expected a folder of frames")
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in READS)
    if len(files) < 2:
        raise DatasetError(f"{folder}: expected two frames at least ({', '.join(READS)}), got {len(files)}")
    return files
