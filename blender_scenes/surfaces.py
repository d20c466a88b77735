"""What a thing is made of, as data: textures are named numpy images, the rest are numbers of Blender's
Principled shader. No Blender here."""

from __future__ import annotations

from dataclasses import dataclass

from viewlock.generator.flights import Bird
from viewlock.generator.gaits import Beast

from .meshes import Array, Mesh

Colour = tuple[float, float, float]
"""Linear RGB reflectance in 0..1."""


@dataclass(frozen=True)
class Surface:
    """One material.

    Attributes:
        texture: name of a painter in `textures.PAINTERS`, or "plain".
        colours: linear RGB palette handed to the painter; "plain" uses the first.
        seed: which of the painter's variants.
        size_m: how much surface one repeat of the texture covers, in uv units (metres for most meshes).
        bump: depth of the relief that the painter's height map stands for, in metres; 0 for none.
        roughness, metallic, transmission, ior, coat: as in the Principled shader.
        emission: strength of light given off in the surface's own colour, W/m^2/sr; 0 for none.
        alpha: the painter's alpha channel cuts holes.
        mottle: strength 0..1 of soft stains many metres wide, so that repeats of the texture do not show.
        turned: mix the texture with a turned and enlarged copy of itself, in patches; for textures without direction.
    """

    texture: str = "plain"
    colours: tuple[Colour, ...] = ((0.5, 0.5, 0.5),)
    seed: int = 0
    size_m: float = 1.0
    bump: float = 0.0
    roughness: float = 0.6
    metallic: float = 0.0
    transmission: float = 0.0
    ior: float = 1.45
    coat: float = 0.0
    emission: float = 0.0
    alpha: bool = False
    mottle: float = 0.0
    turned: bool = False


@dataclass(frozen=True)
class Wheel:
    """A part of a mesh that turns about a level axle along y and rolls towards -x.

    Attributes:
        middle: of the axle, metres.
        radius: of what touches the ground.
        vertices: the first of its vertices, and the one after the last.
        steers: whether it turns about the vertical, too, to face the way it goes.
    """

    middle: tuple[float, float, float]
    radius: float
    vertices: tuple[int, int]
    steers: bool = False


@dataclass(frozen=True)
class Model:
    """A thing ready to be put into Blender.

    Attributes:
        mesh: its `materials` index `surfaces`.
        wheels: parts that turn when it rolls.
        beast: what it walks or flies with, if it does.
        weights: (V, J) shares of the joints of `beast` in each vertex.
    """

    mesh: Mesh
    surfaces: tuple[Surface, ...]
    wheels: tuple[Wheel, ...] = ()
    beast: Beast | Bird | None = None
    weights: Array | None = None
