"""Pairs of a fixed and a rotated frame from real videos, as "CNN rigid alignment" makes them of Stanford MAR."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from viewlock.degrade import degrade, described
from viewlock.errors import DatasetError
from viewlock.generator.degradations import DegradationRanges, draw_degradations
from viewlock.geometry import apply_homography, pixel_grid, rotation_homography

from .pictures import pictures_in, read_picture

Picture = NDArray[np.uint8]
Padding = Literal["none", "reflect"]

VIDEOS = (".mp4", ".avi", ".mov", ".mkv", ".m4v", ".webm", ".mpg", ".mpeg")


class RotatedVideos:
    """One pair for each frame of the videos below a folder, as a map-style dataset.

    Both pictures of a pair are sampled from the same frame in the same way, at `scale` pixels of the frame for each of
    their own, which is the same for all frames of a video and does not depend on the angle. The angle of a pair follows
    from `seed`, the video's name and the frame's number. Video files are decoded once and kept in memory, reduced to
    what the pictures need; folders of frames are read as they are asked for.

    Args:
        path: a folder of video files and of folders with frames, at any depth; or one of these.
        size: (width, height) of the pictures.
        theta_deg: range of the angles.
        padding: `none` takes the largest part of the frame that stays inside it at every angle of the range, and
            enlarges it where the frame is small; `reflect` takes the largest centred part and mirrors the frame at
            its border where the rotated picture shows more.
        degrade_by: what to spoil each picture with, as the `rigid` preset does; None for nothing. What spoils light
            takes the frame's sRGB values for all the light there was.

    Raises:
        DatasetError: no such folder, no video in it, or one cannot be decoded.
    """

    def __init__(
        self,
        path: str | Path,
        size: tuple[int, int] = (128, 128),
        theta_deg: tuple[float, float] = (-20.0, 20.0),
        seed: int = 0,
        padding: Padding = "none",
        degrade_by: DegradationRanges | None = None,
    ) -> None:
        if padding not in ("none", "reflect"):
            raise DatasetError(f"padding: expected none or reflect, got {padding!r}")
        self.path, self.size, self.theta_deg, self.seed, self.padding = Path(path), size, theta_deg, seed, padding
        self.degrade_by = degrade_by
        self._videos = [self._open(source) for source in _sources(self.path)]
        self._items = [(video, k) for video in self._videos for k in range(len(video.frames))]

    def __len__(self) -> int:
        return len(self._items)

    @property
    def keys(self) -> list[str]:
        return [f"{video.name}-{k:06d}" for video, k in self._items]

    def __getitem__(self, index: int) -> dict[str, Any]:
        """One pair: `key`, `fixed` and `moved` uint8 (H, W, 3) RGB, and `meta` with `theta_deg`, `rotate`, `padding`,
        `scale`, `video` and `frame`; with `degrade_by` also `noise_sigma` and `jpeg_quality`, and `degradations` if
        these are not all.

        Raises:
            IndexError: out of range.
            DatasetError: a frame cannot be read.
        """
        video, k = self._items[index]
        frame = video.frames[k]
        picture = frame if isinstance(frame, np.ndarray) else read_picture(frame)
        rng = np.random.default_rng([self.seed, zlib.crc32(video.name.encode()), k])
        theta_deg = float(rng.uniform(*self.theta_deg))
        scale = self._scale(picture.shape[1], picture.shape[0])
        meta = {
            "theta_deg": theta_deg,
            "rotate": "resample",
            "padding": self.padding,
            "scale": scale * video.reduced,
            "video": video.name,
            "frame": k,
        }
        fixed, moved = (rotated(picture, self.size, np.radians(theta), scale) for theta in (0.0, theta_deg))
        if self.degrade_by is not None:
            one, two = draw_degradations(self.degrade_by, rng)
            fixed, moved = degrade(fixed, one), degrade(moved, two)
            meta |= {"noise_sigma": one.noise_sigma, "jpeg_quality": one.jpeg_quality}
            if self.degrade_by.of_light:
                meta["degradations"] = {"fixed": described(one), "moved": described(two)}
        return {"key": f"{video.name}-{k:06d}", "fixed": fixed, "moved": moved, "meta": meta}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[index] for index in range(len(self)))

    def _scale(self, width: int, height: int) -> float:
        turns = (0.0, 0.0) if self.padding == "reflect" else self.theta_deg
        return inscribed_scale((width, height), self.size, (np.radians(turns[0]), np.radians(turns[1])))

    def _open(self, source: Path) -> _Video:
        name = source.relative_to(self.path).with_suffix("").as_posix() if source != self.path else source.stem
        if source.is_dir():
            return _Video(name, list(pictures_in(source)), 1)
        # Two pixels are left for one of the pictures, so that what `rotated` averages stays alike.
        frames, reduced = _decode(source, lambda width, height: max(1, int(self._scale(width, height) / 2)))
        return _Video(name, frames, reduced)


@dataclass(frozen=True)
class _Video:
    """Attributes:
    frames: decoded pictures, or the files of frames.
    reduced: pixels of the video for each of the kept pictures, along each side.
    """

    name: str
    frames: list[Any]
    reduced: int


def _sources(path: Path) -> list[Path]:
    """Every video file, and every folder that holds pictures, sorted by name."""
    if path.is_file() and path.suffix.lower() in VIDEOS:
        return [path]
    if not path.is_dir():
        raise DatasetError(f"{path}: expected a folder with videos or frames, or a video file, but there is none")
    inside = sorted(path.rglob("*"))
    found = [p for p in inside if p.suffix.lower() in VIDEOS and p.is_file()]
    found += [folder for folder in [path, *(p for p in inside if p.is_dir())] if pictures_in(folder)]
    if not found:
        raise DatasetError(f"{path}: expected videos ({', '.join(VIDEOS)}) or folders of frames, found none")
    return sorted(found)


def _decode(path: Path, reduction: Callable[[int, int], int]) -> tuple[list[Picture], int]:
    """All frames of a video file, of which each side is divided by `reduction(width, height)` of the first."""
    capture = cv2.VideoCapture(str(path))
    frames: list[Picture] = []
    factor = 1
    try:
        while (read := capture.read())[0]:
            frame = read[1]
            if not frames:
                factor = reduction(frame.shape[1], frame.shape[0])
            frames.append(np.ascontiguousarray(_reduced(frame, factor)[..., ::-1]))
    finally:
        capture.release()
    if not frames:
        raise DatasetError(f"{path}: expected a video, but no frame of it can be decoded; is it damaged?")
    return frames, factor


def _reduced(frame: Picture, factor: int) -> Picture:
    """A frame averaged over squares of pixels, cut evenly where they do not fill it: the same scale along x and y."""
    height, width = (side // factor for side in frame.shape[:2])
    top, left = (frame.shape[0] - height * factor) // 2, (frame.shape[1] - width * factor) // 2
    inside = frame[top : top + height * factor, left : left + width * factor]
    return cv2.resize(inside, (width, height), interpolation=cv2.INTER_AREA) if factor > 1 else frame


def inscribed_scale(frame: tuple[int, int], size: tuple[int, int], theta: tuple[float, float]) -> float:
    """How many pixels of a frame one of a centred picture may span so that the picture stays inside it.

    Args:
        frame, size: (width, height) of the frame and of the picture.
        theta: range of the angles by which the picture may be turned, radians.
    """
    (width, height), (w, h) = frame, size
    # Half of the turned picture's bounding box is largest at an end of the range, or where w or h lies along it.
    angles = np.clip([*theta, np.arctan2(h, w), np.arctan2(w, h), -np.arctan2(h, w), -np.arctan2(w, h)], *theta)
    c, s = np.abs(np.cos(angles)), np.abs(np.sin(angles))
    return float(min((width / (w * c + h * s)).min(), (height / (w * s + h * c)).min()))


def rotated(frame: Picture, size: tuple[int, int], theta: float, scale: float) -> Picture:
    """A picture about the middle of a frame, its content turned counter-clockwise by `theta` radians.

    It averages a grid of bilinear samples over each pixel, one for each pixel of the frame or more; beyond its border
    the frame is mirrored.

    Args:
        size: (width, height) of the picture.
        scale: pixels of the frame for one of the picture.
    """
    width, height = size
    fine = max(1, int(np.ceil(scale)))
    centres = (pixel_grid(width * fine, height * fine) + 0.5) / fine - 0.5
    unturned = apply_homography(np.linalg.inv(rotation_homography(theta, width, height)), centres)
    middle = (np.array(frame.shape[1::-1]) - 1) / 2
    where = (middle + scale * (unturned - (np.array(size) - 1) / 2)).astype(np.float32)
    x, y = (where[:, k].reshape(height * fine, width * fine) for k in (0, 1))
    samples = cv2.remap(frame, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    blocks = samples.reshape(height, fine, width, fine, 3).astype(np.float32)
    return np.rint(blocks.mean(axis=(1, 3))).astype(np.uint8)
