"""What the samplers of all kinds share: the split of a scene, and how to refuse a draw."""

from __future__ import annotations

from .randomness import spread
from .sections import Config
from .spec import SPLITS, Split


class Redraw(Exception):  # noqa: N818 - not an error: the next attempt may do
    """This attempt cannot be arranged.

    Attributes:
        reason: a short name, for counting.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def split_of(config: Config, scene_id: int) -> Split:
    """The split of a scene: in proportion to the weights over any run of scenes."""
    position = spread(scene_id) * sum(config.splits.values())
    for split in SPLITS:
        position -= config.splits.get(split, 0.0)
        if position < 0:
            return split
    return max(config.splits, key=lambda s: config.splits[s])
