"""Meshes of things and people kept on disk, so that each is made once for all scenes, runs and workers of a machine.

They are in the folder `meshes` of `viewlock.store.cache_folder`, in a folder for each source and numpy that makes them,
under names that say what they are; where that cannot be written, they are made anew each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from viewlock.errors import ViewlockError
from viewlock.generator.flights import Bird
from viewlock.generator.gaits import Beast
from viewlock.generator.look import Appearance
from viewlock.generator.motions import CharacterMotion
from viewlock.store import cache_folder, write_file

from .meshes import Mesh
from .objects import OBJECTS
from .objects.birds import IN_FLIGHT
from .people.bodies import Figure, body_parts, figure
from .people.lofts import Part
from .sources import kept_in
from .surfaces import Model, Surface, Wheel

Arrays = dict[str, NDArray]

_REST = TypeAdapter(tuple[tuple[Surface, ...], tuple[Wheel, ...], Beast | Bird | None])
"""What a thing has beside arrays."""


def kept_object(name: str, flies: bool = False) -> Model:
    """A thing, as its builder in `OBJECTS` makes it, or in the air as that in `IN_FLIGHT` does."""
    what, shelf = ("object in flight", IN_FLIGHT) if flies else ("object", OBJECTS)
    arrays = _kept(f"{what} {name}", lambda: _object_arrays(shelf[name]()))
    surfaces, wheels, beast = _REST.validate_json(arrays["rest"].tobytes())
    return Model(_mesh(arrays), surfaces, wheels, beast, arrays.get("weights"))


def kept_figure(appearance: Appearance, motion: CharacterMotion | None) -> Figure:
    """A person, as `figure` makes them; what they carry is not kept."""

    def make() -> Arrays:
        above, below = body_parts(appearance)
        return _part_arrays(above, "above-") | _part_arrays(below, "below-")

    arrays = _kept(f"person {appearance}", make)
    return figure(appearance, motion, (_part(arrays, "above-"), _part(arrays, "below-")))


def _kept(what: str, make: Callable[[], Arrays]) -> Arrays:
    """Arrays from the cache folder if they are there, whole."""
    name = hashlib.sha256(what.encode()).hexdigest()
    path = cache_folder() / "meshes" / kept_in()["meshes"] / f"{name}.npz"
    arrays = _read(path)
    if arrays is None:
        arrays, file = make(), io.BytesIO()
        np.savez(file, **arrays)
        with contextlib.suppress(ViewlockError):
            write_file(path, file.getvalue())
    return arrays


def _read(path: Path) -> Arrays | None:
    try:
        with np.load(path, allow_pickle=False) as file:
            return dict(file)  # each array has a checksum
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None


# ------------------------------------------------------------------ arrays
def _object_arrays(model: Model) -> Arrays:
    rest = _REST.dump_json((model.surfaces, model.wheels, model.beast))
    arrays = _mesh_arrays(model.mesh) | {"rest": np.frombuffer(rest, np.uint8)}
    return arrays if model.weights is None else arrays | {"weights": model.weights}


def _mesh_arrays(mesh: Mesh, mark: str = "") -> Arrays:
    """A mesh without its integers' empty bytes."""
    small = {"faces": mesh.faces.astype(np.int32), "materials": mesh.materials.astype(np.uint8)}
    return {mark + f.name: small.get(f.name, getattr(mesh, f.name)) for f in fields(Mesh)}


def _mesh(arrays: Arrays, mark: str = "") -> Mesh:
    whole = {name: arrays[mark + name].astype(np.int64) for name in ("faces", "materials")}
    return Mesh(**{f.name: whole.get(f.name, arrays[mark + f.name]) for f in fields(Mesh)})


def _part_arrays(part: Part, mark: str) -> Arrays:
    """A part with the few joints that carry each vertex, and their shares."""
    most = int((part.weights > 0).sum(axis=1).max())
    joints = np.argsort(part.weights, axis=1)[:, -most:]
    return _mesh_arrays(part.mesh, mark) | {
        f"{mark}count": np.array(part.weights.shape[1]),
        f"{mark}joints": joints.astype(np.uint8),
        f"{mark}shares": np.take_along_axis(part.weights, joints, axis=1),
    }


def _part(arrays: Arrays, mark: str) -> Part:
    joints, shares = arrays[f"{mark}joints"].astype(np.int64), arrays[f"{mark}shares"]
    weights = np.zeros((len(joints), int(arrays[f"{mark}count"])))
    np.put_along_axis(weights, joints, shares, axis=1)
    return Part(_mesh(arrays, mark), weights)
