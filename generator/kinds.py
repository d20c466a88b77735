"""The kinds of dataset: what each needs to go from a preset to a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.assets_manifest.entry import EntryKind

from . import dsia, parallax, planar, rigid
from .dsia_config import DsiaConfig
from .dsia_spec import DsiaSpec
from .parallax_config import ParallaxConfig
from .parallax_spec import ParallaxSpec
from .planar_config import PlanarConfig
from .planar_spec import PlanarSpec
from .rigid_config import RigidConfig
from .rigid_spec import RigidSpec
from .sections import Config
from .spec import SceneSpec


@dataclass(frozen=True)
class Kind:
    """Attributes:
    config: what its presets are checked with.
    spec: what a line of its plan is.
    sample: (config, catalogue, scene id, attempt) -> spec, a pure function that may raise `Redraw`.
    assets: what its scenes use, of all that a manifest may list.
    """

    config: type[Config]
    spec: type[SceneSpec]
    sample: Callable[[Any, Catalogue, int, int], SceneSpec]
    assets: tuple[EntryKind, ...]


KINDS: Mapping[str, Kind] = {
    "dsia": Kind(
        DsiaConfig, DsiaSpec, dsia.sample, ("hdri", "trajectory", "motion", "object", "character", "texture", "scene")
    ),
    "planar": Kind(PlanarConfig, PlanarSpec, planar.sample, ("painting",)),
    "parallax": Kind(
        ParallaxConfig, ParallaxSpec, parallax.sample, ("hdri", "object", "character", "texture", "scene")
    ),
    "rigid": Kind(RigidConfig, RigidSpec, rigid.sample, ("hdri", "object", "texture")),
}
