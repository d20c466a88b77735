"""What the renderer of every kind is given beside the spec."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from viewlock.assets_manifest.catalogue import Catalogue

from .sample import Sample
from .stopwatch import Stopwatch


@dataclass(frozen=True)
class Task:
    """Attributes:
    config: of the kind that is rendered.
    keep: what is kept of each sample as soon as it is made, such as its encoded files.
    beat: told what is going on, often enough to serve as a heartbeat.
    """

    config: Any
    catalogue: Catalogue
    watch: Stopwatch = field(default_factory=Stopwatch)
    keep: Callable[[Sample], Any] = lambda sample: sample
    beat: Callable[[str], None] = lambda what: None
