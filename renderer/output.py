"""What Cycles writes on its own."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Cycles reports on file descriptor 1; only redirecting the descriptor silences it."""
    sys.stdout.flush()
    kept, null = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    try:
        yield
    finally:
        ctypes.CDLL(None).fflush(None)  # what C still buffers would appear later
        os.dup2(kept, 1)
        os.close(kept)
        os.close(null)
