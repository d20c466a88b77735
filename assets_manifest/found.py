"""What can be found in a folder of files, and how known data sets lay out theirs."""

from __future__ import annotations

from dataclasses import dataclass

from .entry import EntryKind


@dataclass(frozen=True)
class Found:
    """Attributes:
    path: relative to the folder that was looked at; a file or a folder.
    main: the file to open, within `path`, if that is a folder.
    files: members of the folder; None for all.
    layout: the form of a known data set, such as `gso`.
    """

    kind: EntryKind
    path: str
    main: str | None = None
    files: tuple[str, ...] | None = None
    up_axis: str | None = None
    unit_m: float | None = None
    category: str = ""
    layout: str = ""


@dataclass(frozen=True)
class Left:
    """A file that became no asset."""

    path: str
    why: str


@dataclass(frozen=True)
class Layout:
    """A data set that keeps each object, with nothing else, in a folder of its own: metres, z up."""

    name: str
    main: str


LAYOUTS = (
    Layout("gso", "meshes/model.obj"),
    Layout("gso-kubric", "visual_geometry.obj"),
    Layout("ycb", "textured_simple_reoriented.obj"),
    Layout("ycb", "textured_simple.obj"),
    Layout("ycb", "textured.obj"),
)
