"""What motions are, by the names that animators give them: `Armature|Walking_A`, `Sit_Chair_Idle`, `T-Pose`."""

from __future__ import annotations

from collections.abc import Iterable

from .plausible import words_of

_UNFIT = {
    "death", "die", "dying", "dead", "pose", "bind", "rest", "lie", "lying", "laying", "sleep", "sit", "sits",
    "sitting", "crawl", "fall", "falling", "hit", "land", "landing", "dodge", "roll", "swim", "swimming", "climb",
    "climbing", "fly", "flying", "hang", "ride", "riding", "drive", "air", "anticipation", "start", "end", "down",
    "standing", "strafe", "backward", "backwards", "sideways",
}  # fmt: skip
"""What needs a chair, a wall or a reason, is half of something (`Standing` is getting up in many packs), or goes where
nobody looks."""
_GOING = {
    "walk", "walking", "walks", "run", "running", "runs", "jog", "jogging", "trot", "trotting", "gallop", "galloping",
    "canter", "sprint", "sprinting", "march", "marching", "sneak", "sneaking", "strut", "limp",
}  # fmt: skip
_RUNNING = {"run", "running", "runs", "jog", "jogging", "gallop", "galloping", "canter", "sprint", "sprinting"}


def playable(names: Iterable[str]) -> tuple[str, ...]:
    """Those motions that can be played on a level floor among others, as far as their names say."""
    return tuple(name for name in names if not _UNFIT & _words(name) and not {"jump", "idle"} <= _words(name))


def goes(name: str) -> bool:
    """Whether a motion takes its body somewhere."""
    return bool(_GOING & _words(name))


def runs(name: str) -> bool:
    """Whether it does so in a hurry."""
    return bool(_RUNNING & _words(name))


def _words(name: str) -> set[str]:
    return set(words_of(name))
