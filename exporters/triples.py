"""How triples, the samples of the `dsia` kind, are described and shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .photographs import tiles_beside
from .tiles import Tile, picture_of

ABOUT = """A sample is a triple: I1 = (camera 1, time 1), I2 = (camera 2, time 2) and the label Igt = (camera 1,
time 2), with exact optical flow, occlusion, dynamic masks, instances and homographies."""

_TITLES = {
    "i1": "I1 (P1, t1)",
    "i2": "I2 (P2, t2)",
    "igt": "Igt (P1, t2)",
    "flow_1to2": "flow 1 to 2",
    "flow_gtto2": "camera flow gt to 2",
    "flow_1togt": "object flow 1 to gt",
    "dynamic": "dynamic on P1",
    "occluded_1to2": "occluded 1 to 2",
    "instances_gt": "instances gt",
}


def pictures(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that are photographs."""
    return "i1", "i2", "igt"


def rows(sample: Mapping[str, Any]) -> list[list[Tile]]:
    """One row: the three pictures, flows and masks, and what is stored beside the pictures."""
    tiles = [Tile(name, title, picture_of(name, sample[name])) for name, title in _TITLES.items()]
    return [tiles + tiles_beside(sample, ("i1", "i2", "igt"))]


def caption(meta: Mapping[str, Any]) -> str:
    """The motions that were measured, and the change of light."""
    return (
        f"{meta['subset']} (target {meta['target_subset']})  camera {meta['trajectory']} "
        f"{meta['camera_motion_px']:.1f} px  objects {meta['object_motion_px']:.1f} px  dynamic "
        f"{meta['dynamic_fraction']:.2f}  overlap {meta['overlap']:.2f}  light {meta['light_change']}"
    )
