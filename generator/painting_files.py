"""Pictures in files, of any size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageCms

from viewlock.errors import ConfigError

_ORIENTATION = 274
"""The EXIF tag; from 5 on, width and height are exchanged."""


@contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """A picture file, whose pixels are read when they are asked for.

    Raises:
        ConfigError: it cannot be read, here or within the block.
    """
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None  # scans of paintings are large
    try:
        with Image.open(path) as image:
            yield image
    except (OSError, ValueError, SyntaxError, ImageCms.PyCMSError) as problem:
        why = " ".join(str(problem).split())
        raise ConfigError(f"{path}: not a picture that can be read: {why}; remove it or plan again") from None
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def shape_of(path: Path) -> tuple[int, int]:
    """Width and height of a picture as it is to be seen, from the file's header.

    Raises:
        ConfigError: it is not a picture.
    """
    with opened(path) as image:
        turned = image.getexif().get(_ORIENTATION, 1) >= 5
        return (image.height, image.width) if turned else (image.width, image.height)
