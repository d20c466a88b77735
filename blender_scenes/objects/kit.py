"""What object builders share: an assembly of painted pieces and a shelf of ready surfaces."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np

from viewlock.generator.flights import Bird
from viewlock.generator.gaits import Beast

from ..meshes import Array, Mesh, join
from ..surfaces import Colour, Model, Surface, Wheel
from .shapes import disc, selected, slab, wheel


class Assembly:
    """Collects pieces by surface and hands back a model that stands on z = 0, centred about x = y = 0."""

    def __init__(self) -> None:
        self._pieces: list[Mesh] = []
        self._surfaces: list[Surface] = []
        self._wheels: list[Wheel] = []
        self._shares: list[dict[str, Array]] = []
        self._joint = "trunk"

    def add(self, surface: Surface, *meshes: Mesh) -> Assembly:
        """Add pieces made of a surface; returns itself, so that calls can be chained."""
        if surface not in self._surfaces:
            self._surfaces.append(surface)
        index = self._surfaces.index(surface)
        self._pieces += [mesh.painted(index) for mesh in meshes]
        self._shares += [{self._joint: np.ones(len(mesh.vertices))} for mesh in meshes]
        return self

    def weigh(self, shares: dict[str, Array]) -> None:
        """Say which joints carry the vertices of the last piece, (V,) each, instead of one for all."""
        self._shares[-1] = shares

    @contextmanager
    def joint(self, name: str) -> Iterator[None]:
        """What is added meanwhile is carried by a joint of an animal; otherwise the trunk carries it."""
        self._joint, before = name, self._joint
        yield
        self._joint = before

    @contextmanager
    def wheel(self, radius: float, x: float, y: float, steers: bool = False) -> Iterator[None]:
        """What is added meanwhile is a wheel that stands on z = 0 at x, y and rolls towards -x, or where it steers."""
        first = self._count()
        yield
        self._wheels.append(Wheel((x, y, radius), radius, (first, self._count()), steers))

    def _count(self) -> int:
        return sum(len(piece.vertices) for piece in self._pieces)

    def model(self, scale: float = 1.0, beast: Beast | Bird | None = None) -> Model:
        """The finished model, `scale` times as large as its pieces, prints and patterns included.

        Args:
            beast: what it walks or flies with, in the axes of the pieces.
        """
        mesh = join(*self._pieces).scaled(scale)
        low, high = mesh.bounds()
        middle = (low + high) / 2
        shift = np.array([-middle[0], -middle[1], -low[2]])
        wheels = tuple(
            replace(w, middle=tuple((scale * np.array(w.middle) + shift).tolist()), radius=scale * w.radius)
            for w in self._wheels
        )
        made = Model(mesh.moved(*shift), tuple(self._surfaces), wheels)
        return made if beast is None else replace(made, beast=beast.placed(scale, shift), weights=self._weights(beast))

    def _weights(self, beast: Beast | Bird) -> Array:
        """(V, J) shares of an animal's joints."""
        column = {name: j for j, name in enumerate(beast.joints)}
        weights = np.zeros((self._count(), len(column)))
        first = 0
        for piece, shares in zip(self._pieces, self._shares, strict=True):
            for name, values in shares.items():
                weights[first : first + len(piece.vertices), column[name]] = values
            first += len(piece.vertices)
        heights = np.concatenate([piece.vertices[:, 2] for piece in self._pieces])
        for leg in beast.legs if isinstance(beast, Beast) else ():
            # The sole is the foot's alone, or it would follow what turns above it.
            own = [column[joint] for joint in leg.joints]
            share = np.clip((leg.ankle[2] - heights) / (0.6 * leg.ankle[2]), 0.0, 1.0)
            near = np.minimum(3 * weights[:, own].sum(axis=1), 1.0)
            for other, part in ((own[0], share), (own[1], share), (column["trunk"], share * near)):
                weights[:, own[2]] += part * weights[:, other]
                weights[:, other] -= part * weights[:, other]
        return weights


def apart(model: Model) -> tuple[Model, list[tuple[Model, Wheel]]]:
    """A model without its wheels, and each wheel as a model of its own, all in the model's axes."""
    if not model.wheels:
        return model, []
    first = model.mesh.faces[:, 0]
    member = [(first >= wheel.vertices[0]) & (first < wheel.vertices[1]) for wheel in model.wheels]
    rest = replace(model, mesh=selected(model.mesh, ~np.any(member, axis=0)), wheels=())
    loose = [replace(model, mesh=selected(model.mesh, own), wheels=()) for own in member]
    return rest, list(zip(loose, model.wheels, strict=True))


def tint(code: str) -> Colour:
    """Linear RGB of an sRGB colour such as "c0392b"."""
    values = [int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return red, green, blue


def paint(texture: str, *codes: str, size: float = 1.0, **more: Any) -> Surface:
    """A surface from sRGB colour codes; `size` is the length of one repeat, the rest goes to `Surface`."""
    return Surface(texture=texture, colours=tuple(tint(c) for c in codes), size_m=size, **more)


OAK = paint("wood", "b5834a", "7d5228", "d9a86c", size=0.5, seed=3, roughness=0.5)
WALNUT = paint("wood", "6b4226", "3a2212", "8a5a35", size=0.5, seed=5, roughness=0.45)
PINE = paint("planks", "d8ab6a", "a5753c", "e9c78f", size=0.6, seed=7, roughness=0.6)
STEEL = paint("metal", "b9bec4", "8b9097", "d5d9dd", size=0.3, roughness=0.35, metallic=0.8)
IRON = paint("metal", "3a3d42", "24262a", "55585e", size=0.3, seed=2, roughness=0.5, metallic=0.4)
BRASS = paint("metal", "c99a3e", "9a7026", "e6c06a", size=0.2, seed=4, roughness=0.3, metallic=0.8)
RUBBER = paint("noise", "1c1c1e", "242427", "2a2a2e", "202023", size=0.1, roughness=0.85)
BLACK = paint("plain", "151517", roughness=0.4)
WHITE = paint("plain", "f2efe8", roughness=0.45)
RED = paint("plain", "c22f24", roughness=0.35, coat=0.4)
YELLOW = paint("plain", "f2b92a", roughness=0.4, coat=0.3)
BLUE = paint("plain", "2560b0", roughness=0.4, coat=0.3)
GREEN = paint("leaves", "3f8a36", "24602a", "6fb552", size=0.25, seed=1, roughness=0.55)
SOIL = paint("soil", "4a3322", "2c1d12", "6b4d35", size=0.2, roughness=0.95)
CLAY = paint("terracotta", "bd6a41", "95492a", "d88a5e", size=0.3, roughness=0.8)


def toy_wheel(a: Assembly, radius: float, width: float, x: float, y: float, steers: bool = False) -> None:
    """Add a toy wheel with a bright hub and five holes at x, y, on the ground."""
    hole = slab(disc(0.11 * radius, 8), width + 0.018).moved(0, 0, 0.4 * radius)
    with a.wheel(radius, x, y, steers):
        a.add(RUBBER, wheel(radius, width).moved(x, y, radius))
        a.add(YELLOW, wheel(radius * 0.6, width + 0.015).moved(x, y, radius))
        a.add(BLACK, wheel(radius * 0.18, width + 0.03).moved(x, y, radius))
        a.add(BLACK, *[hole.turned("y", 72 * k).moved(x, y, radius) for k in range(5)])
