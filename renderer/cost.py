"""What a scene will cost, reckoned from its spec, so that the long ones begin first and no core is idle at the end.

The proxy is pictures x (what a picture costs with its checks + megapixels x samples) x a factor of the place, + build
and metering of the place. `benchmarks.costs` fitted its numbers to the `timings` of 80 scenes
(docs/benchmarks.md, "Balance"). Only the order of work follows from it: scenes, their ids and their bytes do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from viewlock.generator.dsia_spec import DsiaSpec
from viewlock.generator.parallax_spec import ParallaxSpec
from viewlock.generator.places import INDOOR
from viewlock.generator.planar_spec import LABEL_SAMPLES, PlanarSpec
from viewlock.generator.rigid_spec import RigidSpec
from viewlock.generator.sections import Config
from viewlock.generator.spec import SceneSpec, StagedSpec

_PICTURE_S, _SAMPLES_S = 0.64, 6.00
"""CPU seconds of a picture, and of a million samples in it."""

_INDOOR, _OUTDOOR = (1.16, 2.9), (0.83, 3.0)
"""Factor of a picture, and CPU seconds of build and metering, where a place is not listed."""

_PLACES: Mapping[str, tuple[float, float]] = {
    "bedroom": (1.12, 3.0),
    "carpark": (0.79, 3.1),
    "courtyard": (0.89, 3.0),
    "garage": (0.98, 1.9),
    "harbour": (0.6, 2.0),
    "kitchen": (1.1, 3.1),
    "library": (1.16, 2.8),
    "market": (0.88, 2.9),
    "railway": (0.76, 2.6),
    "shop": (1.2, 3.3),
    "sports": (0.86, 2.4),
}


def expected_cpu_s(spec: SceneSpec, config: Config) -> float:
    """CPU seconds; good for comparing scenes of one run, less so for their sum, which depends on the machine."""
    pictures, size = pictures_of(spec, config)
    place = spec.place.asset.id.partition("/")[2] if isinstance(spec, StagedSpec) else None
    return reckoned(place, pictures, size[0] * size[1] * config.render.samples / 1e6)


def reckoned(place: str | None, pictures: int, megasamples: float) -> float:
    """The proxy itself.

    Args:
        place: the name of its kind; None where there is none.
        megasamples: of each picture, in millions.
    """
    pictures_s = pictures * (_PICTURE_S + _SAMPLES_S * megasamples)
    if place is None:
        return pictures_s
    factor, setup_s = _PLACES.get(place, _INDOOR if place in INDOOR else _OUTDOOR)
    return pictures_s * factor + setup_s


def pictures_of(spec: SceneSpec, config: Config) -> tuple[int, tuple[int, int]]:
    """How many pictures a scene takes, and their size."""
    if isinstance(spec, DsiaSpec):
        return sum(sequence.pictures for sequence in spec.sequences), config.size
    if isinstance(spec, ParallaxSpec):
        return 2 * len(spec.pairs), config.size
    if isinstance(spec, RigidSpec):
        return 2 * len(spec.frames), config.size
    if isinstance(spec, PlanarSpec):
        return len(spec.views) + LABEL_SAMPLES, spec.size
    raise TypeError(f"no cost is known of scenes of kind {spec.kind!r}")


def longest_first(specs: Iterable[SceneSpec], config: Config) -> list[int]:
    """Ids of scenes in the order in which they should begin; equal ones in the order of their ids."""
    cost = {spec.scene_id: expected_cpu_s(spec, config) for spec in specs}
    return sorted(cost, key=lambda scene: (-cost[scene], scene))
