"""Crops and flips of a whole sample: images, flow, occlusion, masks, cameras and homographies follow.

A window of the picture becomes the picture, mirrored or not. A pixel p = (x, y) moves to T p, with

    T = [[sx, 0, tx], [0, sy, ty], [0, 0, 1]]     sx = -1 and tx = width - 1 + left where x is mirrored,
                                                  else sx = 1 and tx = -left; y likewise

so flow (dx, dy) becomes (sx dx, sy dy), a homography H of pixels becomes T H T^-1, and a pixel whose target leaves the
window becomes occluded. All pictures of a sample get the same window.

Cameras: only the principal point of K moves, and focal lengths stay positive. With F = diag(sx, sy, 1) a mirrored
picture is what a camera with axes R F sees, which is left-handed if one axis is mirrored. The world is then mirrored,
too (M = diag(-1, 1, 1) on world coordinates): `cam_to_world` becomes [M R F | M c], a proper pose again. So a flipped
sample is an exact sample of a world seen in a mirror; both cameras stand in the same one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewlock.errors import DatasetError
from viewlock.exporters.fields import Flow

_PICTURES = re.compile(r"i1|i2|igt|dynamic(_(1|2|gt))?|relit_1togt|unreliable_\w+|instances_\w+|depth_\w+")


@dataclass(frozen=True)
class Window:
    """Attributes:
    left, top: the pixel of the picture that becomes the first of the window.
    width, height: pixels.
    mirror_x, mirror_y: flips within the window.
    """

    left: int
    top: int
    width: int
    height: int
    mirror_x: bool = False
    mirror_y: bool = False

    @property
    def signs(self) -> tuple[float, float]:
        """(sx, sy)."""
        return (-1.0 if self.mirror_x else 1.0, -1.0 if self.mirror_y else 1.0)

    @property
    def matrix(self) -> NDArray[np.float64]:
        """(3, 3) T: pixels of the picture to pixels of the window."""
        sx, sy = self.signs
        tx = self.width - 1 + self.left if self.mirror_x else -self.left
        ty = self.height - 1 + self.top if self.mirror_y else -self.top
        return np.array([[sx, 0, tx], [0, sy, ty], [0, 0, 1]], float)

    def cut(self, picture: NDArray) -> NDArray:
        """The window of an array (H, W, ...)."""
        part = picture[self.top : self.top + self.height, self.left : self.left + self.width]
        return part[:: -1 if self.mirror_y else 1, :: -1 if self.mirror_x else 1]


def random_window(
    size: tuple[int, int], crop: tuple[int, int], flip_x: float, flip_y: float, rng: np.random.Generator
) -> Window:
    """A window anywhere in the picture.

    Args:
        size, crop: (width, height) of picture and window.
        flip_x, flip_y: probabilities.
    """
    left = int(rng.integers(size[0] - crop[0] + 1))
    top = int(rng.integers(size[1] - crop[1] + 1))
    mirror_x, mirror_y = (rng.random(2) < (flip_x, flip_y)).tolist()
    return Window(left, top, *crop, mirror_x, mirror_y)


def picture_size(sample: dict[str, Any]) -> tuple[int, int]:
    """(width, height) of a sample's pictures."""
    for value in sample.values():
        array = value.valid if isinstance(value, Flow) else value
        if isinstance(array, np.ndarray):
            return array.shape[1], array.shape[0]
    raise ValueError(f"sample {sample.get('key')} has no picture")


def crop_sample(sample: dict[str, Any], window: Window, size: tuple[int, int] | None = None) -> dict[str, Any]:
    """The sample that the window shows.

    Args:
        size: (width, height) of the pictures, whose rows below the window need not be there; None if all are.

    `occluded_*` needs the flow of the same name beside it, else one cannot know what leaves the window. A pixel whose
    flow is not valid is occluded in a window smaller than the picture. In `meta`, cameras and homographies follow;
    statistics (motion, fractions, overlap) stay those of the whole picture.

    Raises:
        DatasetError: the window is not within the picture, or a field that cannot follow.
    """
    width, height = size or picture_size(sample)
    if window.left + window.width > width or window.top + window.height > height:
        raise DatasetError(
            f"sample {sample.get('key')}: pictures are {width}x{height}, too small for a crop of "
            f"{window.width}x{window.height}; use larger pictures or --set data.crop=[{width},{height}]"
        )
    whole = (window.width, window.height) == (width, height)
    return {name: _follow(name, value, sample, window, whole) for name, value in sample.items()}


def _follow(name: str, value: Any, sample: dict[str, Any], window: Window, whole: bool) -> Any:
    if name == "key":
        return value
    if name == "meta":
        return _crop_meta(value, window)
    if isinstance(value, Flow):
        return _crop_flow(value, window)
    if name.startswith("occluded_"):
        flow = sample.get("flow_" + name.removeprefix("occluded_"))
        if flow is None:
            raise DatasetError(f"{name} cannot follow a crop without flow_{name.removeprefix('occluded_')} beside it")
        occluded = window.cut(value)
        return occluded if whole else occluded | _leaves(_crop_flow(flow, window))
    if _PICTURES.fullmatch(name):
        return window.cut(value)
    raise DatasetError(f"field {name!r} cannot follow a crop")


def _crop_flow(flow: Flow, window: Window) -> Flow:
    return Flow(window.cut(flow.flow) * np.array(window.signs, np.float32), window.cut(flow.valid))


def _leaves(flow: Flow) -> NDArray[np.bool_]:
    """Pixels whose target is out of the picture, or unknown; borders as in `Camera.in_frame`."""
    height, width = flow.valid.shape
    x = flow.flow[..., 0] + np.arange(width, dtype=np.float32)
    y = flow.flow[..., 1] + np.arange(height, dtype=np.float32)[:, None]
    inside = (x >= -0.5) & (x < width - 0.5) & (y >= -0.5) & (y < height - 0.5)
    return ~(inside & flow.valid)


_OF_WHOLE_ROWS = {"rolling_shutter_s", *(f"camera_{motion}_{n}" for motion in ("velocity", "turning") for n in "12")}
"""A rolling shutter says when the rows of a whole, unmirrored picture were read: a crop does not know."""


def _crop_meta(meta: dict[str, Any], window: Window) -> dict[str, Any]:
    T = window.matrix
    cropped = {name: value for name, value in meta.items() if name not in _OF_WHOLE_ROWS}
    for view in ("1", "2"):
        if f"K_{view}" in meta:
            cropped[f"K_{view}"] = _crop_intrinsics(np.array(meta[f"K_{view}"], float), T).tolist()
        if f"cam_to_world_{view}" in meta:
            cropped[f"cam_to_world_{view}"] = _mirror_pose(np.array(meta[f"cam_to_world_{view}"], float), T).tolist()
    if "homographies" in meta:
        cropped["homographies"] = {
            name: {**entry, "H": (T @ np.array(entry["H"], float) @ np.linalg.inv(T)).tolist()}
            for name, entry in meta["homographies"].items()
        }
    return cropped


def _crop_intrinsics(K: NDArray[np.float64], T: NDArray[np.float64]) -> NDArray[np.float64]:
    """K' = T K F: the principal point moves, the focal lengths stay positive."""
    return T @ K @ np.diag([T[0, 0], T[1, 1], 1.0])


def _mirror_pose(cam_to_world: NDArray[np.float64], T: NDArray[np.float64]) -> NDArray[np.float64]:
    handedness = T[0, 0] * T[1, 1]
    return np.diag([handedness, 1, 1, 1]) @ cam_to_world @ np.diag([T[0, 0], T[1, 1], 1, 1])
