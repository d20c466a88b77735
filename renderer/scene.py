"""One spec -> its finished samples: build, check, draw again if need be, render."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.generator.drawing import Redraw
from viewlock.generator.kinds import KINDS
from viewlock.generator.plan import draw
from viewlock.generator.sections import Config
from viewlock.generator.spec import SceneSpec

from .kinds import MAKERS
from .provenance import versions
from .sample import Sample
from .stopwatch import Stopwatch
from .task import Task


@dataclass(frozen=True)
class FinishedScene:
    """Attributes:
    spec: the accepted draw, which may be a later attempt than the planned one.
    samples: what was kept of each, in the order of their keys.
    rejected: reason -> how many earlier attempts were refused for it.
    timings: stage -> cpu and wall seconds.
    """

    spec: SceneSpec
    samples: list[Any]
    rejected: dict[str, int]
    timings: dict[str, dict[str, float]]
    versions: dict[str, str]


def make_scene(
    planned: SceneSpec,
    config: Config,
    catalogue: Catalogue,
    beat: Callable[[str], None] = lambda _: None,
    keep: Callable[[Sample], Any] = lambda sample: sample,
) -> FinishedScene:
    """Build, check and render a planned scene; what the checks refuse is drawn again.

    Args:
        keep: what to keep of each sample; the sample itself by default.
        beat: told what is going on, often enough to serve as a heartbeat.

    Raises:
        ConfigError: no attempt passes within the preset's limit, or an asset is missing.
    """
    task = Task(config, catalogue, Stopwatch(), keep, beat)
    rejected = Counter(_refused_in_the_plan(planned, config, catalogue))
    spec = planned
    while True:
        beat(f"building scene {spec.scene_id}, attempt {spec.attempt}")
        try:
            samples = MAKERS[spec.kind](spec, task)
            return FinishedScene(spec, samples, dict(sorted(rejected.items())), task.watch.seconds(), versions())
        except Redraw as fault:
            rejected[fault.reason] += 1
        spec = draw(config, catalogue, spec.scene_id, spec.attempt + 1, rejected)


def _refused_in_the_plan(planned: SceneSpec, config: Config, catalogue: Catalogue) -> list[str]:
    """Why the attempts before the planned one were refused, found by making them again."""
    reasons = []
    for attempt in range(planned.attempt):
        try:
            KINDS[config.kind].sample(config, catalogue, planned.scene_id, attempt)
        except Redraw as redraw:
            reasons.append(redraw.reason)
    return reasons


def describe(scene: FinishedScene) -> dict[str, Any]:
    """What `scene.json` says of a scene besides its members' checksums."""
    return {
        "spec": scene.spec.model_dump(mode="json"),
        "attempt": scene.spec.attempt,
        "rejected": scene.rejected,
        "timings": scene.timings,
        "versions": scene.versions,
    }
