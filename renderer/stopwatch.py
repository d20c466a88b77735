"""CPU and wall seconds by stage."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Adds up the time of named stages; one stage at a time."""

    def __init__(self) -> None:
        self._cpu: defaultdict[str, float] = defaultdict(float)
        self._wall: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        cpu, wall = time.process_time(), time.perf_counter()
        try:
            yield
        finally:
            self._cpu[stage] += time.process_time() - cpu
            self._wall[stage] += time.perf_counter() - wall

    def seconds(self) -> dict[str, dict[str, float]]:
        """Stage -> cpu and wall seconds."""
        return {
            stage: {"cpu_s": round(self._cpu[stage], 3), "wall_s": round(self._wall[stage], 3)}
            for stage in sorted(self._cpu)
        }
