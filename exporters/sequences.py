"""How sequences, the samples of the `planar` kind, are described and shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from .photographs import beside_of, tile_of
from .tiles import Image, Tile, written_on

ABOUT = """A sample is a sequence: views of one picture under lamps, shadows, highlights and occluders, and a clean
label, with the exact homography from every view to the label and masks of what disturbs it."""

MOST = 10
"""Views of a sequence that a contact sheet shows."""

_COLOURS = {"highlight": (255, 225, 40), "shadow": (40, 90, 255), "occluder": (235, 40, 40)}


def pictures(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The label, and every view."""
    return "label", *(f"{k:02d}" for k in range(config["views"]))


def rows(sample: Mapping[str, Any]) -> list[list[Tile]]:
    """The label and the views; the masks in colour over them; and, where these are not aligned already, the views as
    their homographies lay them on the label. Then a row for each sort of picture that is stored beside the views."""
    names = [f"{k:02d}" for k in range(min(sample["meta"]["views"], MOST))]
    label, H = sample["label"], np.array(sample["meta"]["H_to_label"])
    views = [Tile("label", "label", label)] + [Tile(name, f"view {name}", sample[name]) for name in names]
    masks = [Tile("masks", "masks", _legend(label.shape))]
    masks += [Tile("masks", f"masks {name}", _masks(sample, name)) for name in names]
    if np.abs(H - np.eye(3)).max() < 1e-6:
        return [views, masks, *_beside_rows(sample, names)]
    warped = [
        on_label(_undistorted(sample, k, sample[name]), H[k], _undistorted(sample, k, sample[f"occluder_{name}"]) > 0)
        for k, name in enumerate(names)
    ]
    laid = [Tile("aligned", "median of the aligned views", _median(warped))]
    laid += [Tile("aligned", f"aligned {name}", picture) for name, (picture, _) in zip(names, warped, strict=True)]
    return [views, masks, laid, *_beside_rows(sample, names)]


def _beside_rows(sample: Mapping[str, Any], names: list[str]) -> list[list[Tile]]:
    """A row for each sort, which begins with its name, on the label where that has such a picture, too."""
    rows = []
    for what, called in beside_of(sample, names[0]).items():
        blank = Tile(what, called, np.full_like(sample["label"], 245))
        first = tile_of(sample, "label", what, called) if what in beside_of(sample, "label") else blank
        tiles = [tile_of(sample, name, what, f"{called} {name}") for name in names]
        rows.append([first._replace(picture=written_on(first.picture, called)), *tiles])
    return rows


def caption(meta: Mapping[str, Any]) -> str:
    """The painting, and what the views are like in the mean."""
    paintings = ", ".join(asset for asset in meta["assets"] if asset.startswith("painting/"))
    mean = {name: float(np.mean(meta[name])) for name in ("overlap", "coverage", "visible", "shadow", "highlight")}
    shares = "  ".join(f"{name} {value:.2f}" for name, value in mean.items())
    return f"{paintings}  {meta['views']} views  mean: {shares}"


def homographies_between(meta: Mapping[str, Any]) -> NDArray[np.float64]:
    """(N, N, 3, 3) homographies between the views of a sequence, each of determinant 1: `[j, k]` maps pixels of view j
    to pixels of view k; undistorted ones, where lenses distort."""
    to_label = np.array(meta["H_to_label"], np.float64)
    between = np.linalg.inv(to_label)[None] @ to_label[:, None]
    return between / np.cbrt(np.linalg.det(between))[..., None, None]


def _undistorted(sample: Mapping[str, Any], k: int, picture: NDArray) -> Image:
    """A picture or mask of a view without its lens's distortion, as homographies want it."""
    meta, image = sample["meta"], np.asarray(picture, np.uint8)
    if "distortion" not in meta:
        return image
    return cv2.undistort(image, np.array(meta["K"][k]), np.array(meta["distortion"][k]))


def on_label(
    view: Image, H_to_label: NDArray[np.float64], hidden: NDArray[np.bool_]
) -> tuple[Image, NDArray[np.bool_]]:
    """A view as the label's camera would see it, grey where it does not show the picture, and where it does."""
    height, width = view.shape[:2]
    picture = cv2.warpPerspective(view, H_to_label, (width, height), flags=cv2.INTER_LINEAR)
    shown = cv2.warpPerspective((~hidden).astype(np.uint8), H_to_label, (width, height), flags=cv2.INTER_NEAREST) > 0
    picture[~shown] = 128
    return picture, shown


def _median(warped: list[tuple[Image, NDArray[np.bool_]]]) -> Image:
    stack = np.ma.array([p for p, _ in warped], mask=[np.repeat(~s[..., None], 3, axis=2) for _, s in warped])
    return np.ma.median(stack, axis=0).filled(128).astype(np.uint8)


def _masks(sample: Mapping[str, Any], name: str) -> Image:
    """Grey, with what disturbs the picture in colour; black where the picture is not."""
    grey = np.repeat(sample[name].mean(axis=2, keepdims=True), 3, axis=2) * 0.6 + 70
    grey[~sample[f"valid_{name}"]] = 0
    for mask, colour in _COLOURS.items():
        here = sample[f"{mask}_{name}"]
        grey[here] = 0.35 * grey[here] + 0.65 * np.array(colour)
    return grey.astype(np.uint8)


def _legend(shape: tuple[int, ...]) -> Image:
    """The names of the colours."""
    picture = np.full(shape, 245, np.uint8)
    size = shape[1] / 240
    for k, (name, colour) in enumerate(_COLOURS.items()):
        at = round(12 * size), round(shape[0] * (0.3 + 0.2 * k))
        cv2.putText(
            picture, name, at, cv2.FONT_HERSHEY_SIMPLEX, 1.1 * size, colour, max(1, round(3 * size)), cv2.LINE_AA
        )
    return picture
