"""The plan: one accepted draw for each scene, as JSON lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import ValidationError

from viewlock.assets_manifest.catalogue import Asset, Catalogue, procedural, scan_folder
from viewlock.assets_manifest.collect import assets_of
from viewlock.assets_manifest.imported import import_models
from viewlock.errors import ConfigError, DatasetError
from viewlock.store import cache_folder

from .coverings import why_not
from .drawing import Redraw
from .kinds import KINDS
from .motion_clips import read_clip
from .sections import Config
from .spec import SceneSpec


def load_catalogue(
    config: Config, say: Callable[[str], object] = lambda line: None, progress: Callable[[], object] = lambda: None
) -> Catalogue:
    """Procedural assets, and those of the manifests and user folders that a configuration names.

    Models of manifests are imported the first time that a machine meets them.

    Args:
        say: gets a line for each thing that was mended in one of them.
        progress: called after each of them.

    Raises:
        ConfigError: a folder or manifest is missing or has nothing of use, or a licence is not allowed.
    """
    theirs, left_out = import_models(_of_manifests(config), cache_folder(), say, progress)
    assets = [*procedural(), *theirs]
    for choice in config.folders.values():
        if choice.folder is not None:
            assets += scan_folder(choice.holds, choice.folder, config.splits)
    assets, useless = _of_use(assets)
    return Catalogue(assets, [*left_out, *useless])


def _of_use(assets: list[Asset]) -> tuple[list[Asset], list[str]]:
    """The assets without recordings that cannot be read and texture sets that suit nothing, and what is wrong."""
    found, useless = [], []
    for asset in assets:
        try:
            if asset.kind == "motion" and asset.path is not None:
                read_clip(asset.path)
            why = why_not(asset) if asset.kind == "texture" else None
        except ConfigError as refusal:
            why = str(refusal)
        if why is None:
            found.append(asset)
        else:
            useless.append(f"{asset.id}: left out: {why}")
    return found, useless


def _of_manifests(config: Config) -> list[Asset]:
    return assets_of(config.assets.manifests, KINDS[config.kind].assets, config.splits, config.assets.licences)


def draw(
    config: Config, catalogue: Catalogue, scene_id: int, attempt: int = 0, rejected: Counter[str] | None = None
) -> SceneSpec:
    """The first attempt at a scene, from `attempt` on, that can be arranged.

    Args:
        rejected: counts the reasons of the attempts that could not.

    Raises:
        ConfigError: no attempt can be arranged within the preset's limit.
    """
    reasons: Counter[str] = Counter() if rejected is None else rejected
    while attempt < config.accept.attempts:
        try:
            return KINDS[config.kind].sample(config, catalogue, scene_id, attempt)
        except Redraw as redraw:
            reasons[redraw.reason] += 1
            attempt += 1
    why = (
        ", ".join(f"{reason} ({count} times)" for reason, count in reasons.most_common(3)) or "rejected after the build"
    )
    raise ConfigError(
        f"scene {scene_id}: none of {config.accept.attempts} attempts could be arranged: {why}; "
        "widen the preset's ranges or raise accept.attempts"
    )


def draw_plan(
    config: Config, catalogue: Catalogue, progress: Callable[[], object] = lambda: None
) -> tuple[list[SceneSpec], Counter[str]]:
    """Every scene of a configuration, and why draws were rejected."""
    rejected: Counter[str] = Counter()
    specs = []
    for scene_id in range(config.scenes):
        specs.append(draw(config, catalogue, scene_id, rejected=rejected))
        progress()
    return specs, rejected


def plan_lines(specs: list[SceneSpec]) -> str:
    return "".join(spec.model_dump_json() + "\n" for spec in specs)


def read_plan(path: Path, kind: str) -> Iterator[SceneSpec]:
    """The specs of a plan file, which is of one kind.

    Args:
        kind: of the run.

    Raises:
        DatasetError: it is missing or a line is not a scene spec.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as refusal:
        why = getattr(refusal, "strerror", None) or "not text"
        raise DatasetError(f"{path}: cannot be read: {why}; is this a run folder made by 'viewlock plan'?") from None
    for number, line in enumerate(lines, start=1):
        try:
            yield KINDS[kind].spec.model_validate_json(line)
        except ValidationError as problem:
            first = problem.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise DatasetError(f"{path}:{number}: not a scene spec: {where}: {first['msg']}; plan again") from None
