"""Household machines."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, box, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .kit import (
    BLACK,
    BLUE,
    BRASS,
    OAK,
    RED,
    STEEL,
    WALNUT,
    YELLOW,
    Assembly,
    paint,
)
from .shapes import (
    aimed,
    beam,
    blob,
    curve,
    disc,
    pair,
    ring_of,
    rod,
    rounded_box,
    slab,
    unit_uv,
)


def gramophone() -> Model:
    """A gramophone with a petalled horn and a crank."""
    a = Assembly()
    a.add(
        WALNUT,
        box(0.42, 0.42, 0.04, bevel=0.01),
        box(0.36, 0.36, 0.14).moved(z=0.03),
        box(0.4, 0.4, 0.03, bevel=0.008).moved(z=0.17),
    )
    a.add(
        paint("floral", "d8a84a", "5b2a12", "8a3b1c", size=1.0, seed=8),
        unit_uv(box(0.28, 0.012, 0.1)).moved(0, -0.183, 0.05),
    )
    a.add(BLACK, lathe([(0, 0), (0.15, 0), (0.15, 0.012), (0, 0.012)], 40).moved(z=0.205))
    a.add(RED, lathe([(0, 0), (0.05, 0), (0.05, 0.015), (0, 0.015)]).moved(z=0.206))
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    wave, outer = (
        1 + 0.06 * np.abs(np.sin(4 * turn)),
        [(0.02, 0), (0.04, 0.15), (0.08, 0.27), (0.16, 0.36), (0.3, 0.42)],
    )
    levels = outer + [(r - 0.008, z + 0.004) for r, z in outer[::-1]]
    rings = [np.stack([r * wave * np.cos(turn), r * wave * np.sin(turn), np.full(48, z)], 1) for r, z in levels]
    horn = paint("stripes", "c98a2b", "7a1f1f", "f2d27a", size=0.19, seed=5, roughness=0.3)
    a.add(horn, aimed(stack_rings(rings), 58, 15).moved(0.02, 0.12, 0.5))
    a.add(
        BRASS,
        tube(
            curve([(0.03, 0.14, 0.52), (0.02, 0.24, 0.46), (0, 0.22, 0.34), (0, 0.06, 0.27), (0, -0.06, 0.225)]),
            0.02,
        ),
    )
    return a.add(BRASS, tube(curve([(0.17, 0, 0.1), (0.25, 0, 0.1), (0.26, 0, 0.02), (0.33, 0, 0.02)]), 0.01)).model(
        0.75
    )


def _tilt(mesh: Mesh) -> Mesh:
    """Lift a part of the telescope onto its tripod, pointing at the sky."""
    return mesh.turned("y", -28).turned("z", 25).moved(z=1.05)


def telescope() -> Model:
    """A brass telescope on a wooden tripod."""
    a = Assembly()
    a.add(
        paint("leather", "1f4e5f", "10303c", "3a7a90", size=0.2),
        _tilt(rod((-0.4, 0, 0), (0.2, 0, 0), 0.065, sides=28)),
    )
    a.add(
        BRASS,
        _tilt(rod((0.2, 0, 0), (0.42, 0, 0), 0.045, sides=24)),
        _tilt(rod((0.42, 0, 0), (0.56, 0, 0), 0.03, 0.034, 20)),
    )
    a.add(
        BRASS,
        *[
            _tilt(torus(r, 0.012).turned("y", 90).moved(x))
            for x, r in ((-0.4, 0.066), (-0.1, 0.066), (0.2, 0.062), (0.42, 0.044))
        ],
    )
    a.add(
        BLACK,
        _tilt(rod((-0.405, 0, 0), (-0.395, 0, 0), 0.06, sides=28)),
        _tilt(rod((0, 0.09, 0.06), (0.2, 0.09, 0.06), 0.016)),
    )
    a.add(
        BRASS,
        rod((0, 0, 0.86), (0, 0, 1.02), 0.03),
        lathe([(0, 0.84), (0.07, 0.84), (0.07, 0.88), (0, 0.88)], 24),
    )
    a.add(
        OAK,
        ring_of(beam((0.04, 0, 0.87), (0.36, 0, 0.0), 0.045, 0.03), 3, 30),
        ring_of(rod((0, 0, 0.45), (0.19, 0, 0.45), 0.008), 3, 30),
    )
    return a.model()


def television() -> Model:
    """A wooden tube television with knobs, a bright picture and rabbit ears."""
    a = Assembly()
    a.add(BLACK, *[box(0.56, 0.02, 0.018).moved(0, 0.205, 0.32 + 0.05 * i) for i in range(6)])
    a.add(
        WALNUT,
        rounded_box(0.76, 0.42, 0.52, 0.03).moved(z=0.2),
        pair(rod((0.3, -0.14, 0.21), (0.34, -0.18, 0), 0.022, 0.014)),
        pair(rod((0.3, 0.14, 0.21), (0.34, 0.18, 0), 0.022, 0.014)),
    )
    a.add(
        paint("fabric", "d8c49a", "9c8558", size=0.05),
        box(0.16, 0.02, 0.44, bevel=0.004).moved(0.27, -0.206, 0.24),
    )
    a.add(
        paint("painting", "2a6f97", "f4a261", "e9d8a6", size=1.0, seed=31, emission=0.4),
        unit_uv(blob(0.24, 0.02, 0.19, 0.35)).moved(-0.1, -0.21, 0.46),
    )
    a.add(BLACK, box(0.53, 0.02, 0.44, bevel=0.004).moved(-0.1, -0.202, 0.24))
    a.add(BRASS, *[rod((0.27, -0.2, z), (0.27, -0.25, z), 0.04, 0.032, 20) for z in (0.6, 0.48)])
    a.add(
        STEEL,
        pair(rod((0.02, 0.05, 0.74), (0.3, 0.05, 1.15), 0.006)),
        blob(0.07, 0.05, 0.04).moved(0, 0.05, 0.73),
    )
    return a.model()


def fan() -> Model:
    """A standing electric fan with a wire cage."""
    a = Assembly()
    a.add(BLACK, lathe([(0, 0), (0.2, 0), (0.19, 0.03), (0.05, 0.06), (0, 0.06)]))
    a.add(paint("stripes", "2a9d8f", "f4f1de", size=0.3), rod((0, 0, 0.05), (0, 0, 0.85), 0.022, sides=14))
    a.add(paint("scales", "e9e4d4", "2a9d8f", "c8bfa6", size=0.15), blob(0.07, 0.12, 0.07).moved(0, 0.07, 0.95))
    for i in range(4):
        blade = blob(0.06, 0.006, 0.1, segments=14, rings=8).turned("z", 25).moved(z=0.12)
        a.add(BLUE if i % 2 else RED, blade.turned("y", 90 * i + 20).moved(0, -0.09, 0.95))
    wire = tube(
        curve([(0, -0.13, 0.03), (0, -0.14, 0.15), (0, -0.09, 0.26), (0, -0.04, 0.15), (0, -0.03, 0.03)], 3),
        0.0035,
        5,
    )
    a.add(STEEL, *[wire.turned("y", 360 * i / 24).moved(0, 0, 0.95) for i in range(24)])
    ring = torus(0.26, 0.008, 40, 6).turned("x", 90).moved(0, -0.09, 0.95)
    return a.add(STEEL, ring).add(YELLOW, slab(disc(0.04), 0.04).moved(0, -0.13, 0.95)).model()


BUILDERS = {
    "machines": {
        "gramophone": gramophone,
        "telescope": telescope,
        "television": television,
        "fan": fan,
    },
}
