"""The papers of a dataset for people: its card and its attribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from viewlock.assets_manifest.catalogue import Asset, Catalogue

from .kinds import SHOWN
from .photographs import degrade_of, stored_beside

_CARD = """---
pretty_name: {name}
tags: [image-alignment, optical-flow, homography, synthetic, viewlock]
task_categories: [image-to-image]
---

# {name}

{samples} samples of the kind `{kind}`, {width} x {height} pixels, in {scenes} scenes, rendered with Viewlock.

| split | scenes | samples | subsets |
|---|---|---|---|
{rows}

{about}
{photographs}
## Reading it

```python
from viewlock.exporters.dataset import ShardDataset

data = ShardDataset("{folder}", split="train")
sample = data[0]          # {{"key": ..., "{picture}": uint8 (H, W, 3), ..., "meta": {{...}}}}
```

The shards are plain tar files that WebDataset reads as well. `SHA256SUMS` holds for `sha256sum -c`.
Who made what is in this dataset: `ATTRIBUTION.md`.
"""


def card(content: dict[str, Any]) -> str:
    """`README.md` of a dataset."""
    splits, shown, config = content["splits"], SHOWN[content["kind"]], content["provenance"]["config"]
    pictures = shown.pictures(config)
    rows = "\n".join(
        f"| {name} | {s['scenes']} | {s['samples']} | {', '.join(f'{k} {v}' for k, v in s['subsets'].items()) or '-'} |"
        for name, s in splits.items()
    )
    width, height = content["size"]
    return _CARD.format(
        name=content["name"],
        kind=content["kind"],
        about=shown.about,
        picture=pictures[0],
        photographs=_photographs(pictures, config),
        samples=sum(s["samples"] for s in splits.values()),
        scenes=sum(s["scenes"] for s in splits.values()),
        width=width,
        height=height,
        rows=rows,
        folder=".",
    )


def _photographs(pictures: Sequence[str], config: Mapping[str, Any]) -> str:
    """What was done to the pictures, and what is stored beside them; nothing where there is nothing to say."""
    degrade, (more, linear) = degrade_of(config), stored_beside(pictures, config)
    lines = []
    if degrade.active:
        lines.append("What cameras did to the pictures is in `meta`, one entry a picture; labels are clean.")
    if degrade.keep_clean:
        lines.append(f"The pictures as they were before are there, too, such as `{more[0]}`.")
    if degrade.brackets_ev:
        stops = ", ".join(f"{ev:+g}" for ev in degrade.brackets_ev)
        lines.append(f"Of each there are exposure brackets at {stops} EV, such as `{more[-1]}`.")
    if linear:
        lines.append(f"So is the linear radiance of every picture, such as `{linear[0]}`: half-float OpenEXR files.")
    return "".join(f"\n{line}\n" for line in lines)


def attribution(content: dict[str, Any], catalogue: Catalogue) -> str:
    """`ATTRIBUTION.md`: exactly the assets that were used, with licence, author and source where these are known."""
    lines = ["# Attribution", "", "| asset | licence | credit | sha256 | used in |", "|---|---|---|---|---|"]
    for entry in content["assets"]:
        asset = catalogue.get(entry["id"])
        lines.append(
            f"| {asset.id} | {asset.licence} | {_credit(asset)} | `{asset.sha256[:16]}` "
            f"| {', '.join(entry['used_in'])} |"
        )
    return "\n".join(lines) + "\n"


def _credit(asset: Asset) -> str:
    """The credit line with its author, if it does not name him, and where the asset comes from."""
    author = f" by {asset.author}" if asset.author and asset.author not in asset.attribution else ""
    source = f", <{asset.source}>" if asset.source else ""
    return " ".join(f"{asset.attribution}{author}{source}".split()).replace("|", "\\|")
