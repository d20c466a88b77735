"""Prints on the front of a top: ribbons and filled shapes that lie on the cloth. No Blender here."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..meshes import Array, Mesh, join, stack_rings
from .garments import Drape
from .lofts import Part, around, trunk_weights

_PROUD = 0.0022
"""How far a print lies before its cloth, which is coarser than the print, metres."""

# Strokes of letters in a box 1 wide and 1.6 tall.
_STROKES: dict[str, list[list[tuple[float, float]]]] = {
    "0": [[(0.5, 1.6), (0.1, 1.4), (0, 0.8), (0.1, 0.2), (0.5, 0), (0.9, 0.2), (1, 0.8), (0.9, 1.4), (0.5, 1.6)]],
    "1": [[(0.1, 1.2), (0.6, 1.6), (0.6, 0)]],
    "2": [[(0, 1.25), (0.25, 1.6), (0.75, 1.6), (1, 1.2), (0.85, 0.8), (0, 0), (1, 0)]],
    "3": [[(0, 1.6), (1, 1.6), (0.5, 0.95), (0.95, 0.6), (0.85, 0.1), (0.4, 0), (0, 0.25)]],
    "7": [[(0, 1.6), (1, 1.6), (0.4, 0)]],
    "8": [[(0.5, 0.85), (0.1, 1.2), (0.5, 1.6), (0.9, 1.2), (0.5, 0.85), (0, 0.4), (0.5, 0), (1, 0.4), (0.5, 0.85)]],
    "9": [[(1, 1.1), (0.7, 0.75), (0.15, 0.9), (0.1, 1.4), (0.5, 1.6), (0.9, 1.4), (1, 0.9), (0.7, 0)]],
    "A": [[(0, 0), (0.5, 1.6), (1, 0)], [(0.2, 0.55), (0.8, 0.55)]],
    "E": [[(1, 1.6), (0, 1.6), (0, 0), (1, 0)], [(0, 0.8), (0.8, 0.8)]],
    "K": [[(0, 0), (0, 1.6)], [(1, 1.6), (0.05, 0.75), (1, 0)]],
    "N": [[(0, 0), (0, 1.6), (1, 0), (1, 1.6)]],
    "O": [[(0.5, 1.6), (0.1, 1.4), (0, 0.8), (0.1, 0.2), (0.5, 0), (0.9, 0.2), (1, 0.8), (0.9, 1.4), (0.5, 1.6)]],
    "R": [[(0, 0), (0, 1.6), (0.7, 1.6), (1, 1.3), (0.95, 0.95), (0.65, 0.75), (0.05, 0.75)], [(0.5, 0.75), (1, 0)]],
    "S": [[(1, 1.35), (0.65, 1.6), (0.2, 1.5), (0.05, 1.15), (0.9, 0.55), (0.85, 0.1), (0.4, 0), (0, 0.25)]],
    "V": [[(0, 1.6), (0.5, 0), (1, 1.6)]],
    "W": [[(0, 1.6), (0.25, 0), (0.5, 1.1), (0.75, 0), (1, 1.6)]],
}


def print_part(drape: Drape, mark: str, material: int) -> Part:
    """A print of a cloth's `mark`."""
    body, k = drape.body, drape.body.k
    middle = body.shoulder - 0.135 * k
    if mark in ("star", "heart"):
        mesh = _filled(_star if mark == "star" else _heart, 0.082 * k, middle, material, drape)
    elif mark in ("bands", "safety"):
        heights = (0.10, 0.20) if mark == "bands" else (0.19, 0.31)
        rings = [_band(drape, body.shoulder - h * k, 0.045 * k, material) for h in heights]
        if mark == "safety":
            for x in (-0.095 * k, 0.095 * k):
                rings.append(_ribbon(np.array([[x, body.shoulder - 0.19 * k], [x, body.shoulder + 0.02 * k]]),
                                     0.023 * k, material, drape))  # fmt: skip
        mesh = join(*rings)
    else:
        mesh = _text(mark, k, middle, material, drape)
    return Part(mesh, trunk_weights(body.bones, mesh.vertices))


def _text(text: str, k: float, middle: float, material: int, drape: Drape) -> Mesh:
    """Letters side by side; a number stands tall."""
    tall = (0.125 if text.isdigit() else 0.07) * k
    unit = tall / 1.6
    step = 1.45 * unit
    left = -0.5 * (step * (len(text) - 1) + unit)
    made = []
    for n, letter in enumerate(text):
        for stroke in _STROKES[letter]:
            path = np.array(stroke) * unit + [left + n * step, middle - tall / 2]
            made.append(_ribbon(path, 0.14 * tall, material, drape))
    return join(*made)


def _ribbon(path: Array, width: float, material: int, drape: Drape) -> Mesh:
    """A flat stroke along (N, 2) points, mitred at its corners."""
    ahead = np.diff(path, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    tangent = np.concatenate([ahead[:1], ahead[:-1] + ahead[1:], ahead[-1:]])
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-6)
    normal = np.c_[-tangent[:, 1], tangent[:, 0]]
    share = np.concatenate([[1.0], np.clip((tangent[1:-1] * ahead[1:]).sum(axis=1), 0.6, 1.0), [1.0]])
    side = normal * (0.5 * width / share)[:, None]
    where = np.arange(len(path))
    fine = np.unique(np.concatenate([np.linspace(a, a + 1, 7) for a in where[:-1]]))
    # Across the stroke from its right to its left: the outside then looks towards the viewer.
    rows = []
    for offset in (-1.0, 0.0, 1.0):
        line = path + offset * side
        flat = np.stack([np.interp(fine, where, line[:, c]) for c in (0, 1)], axis=1)
        rows.append(drape.front(flat[:, 0], flat[:, 1], _PROUD))
    rings = [np.stack([row[n] for row in rows]) for n in range(len(fine))]
    return stack_rings(rings[::-1], closed=False, caps=(False, False), material=material)


def _band(drape: Drape, z: float, width: float, material: int) -> Mesh:
    """A stripe right round the trunk."""
    angles = around(64)
    rings = [drape.ring(angles, np.full(64, z + dz * width), _PROUD) for dz in (-0.5, 0.0, 0.5)]
    return stack_rings(rings, caps=(False, False), material=material)


def _star(turn: Array) -> Array:
    radius = np.interp((turn * 5 / (2 * np.pi)) % 1.0, [0, 0.5, 1.0], [1.0, 0.42, 1.0])
    return np.c_[radius * np.sin(turn), radius * np.cos(turn)]


def _heart(turn: Array) -> Array:
    x = np.sin(turn) ** 3
    y = (13 * np.cos(turn) - 5 * np.cos(2 * turn) - 2 * np.cos(3 * turn) - np.cos(4 * turn)) / 16
    return np.c_[x, y]


def _filled(outline: Callable[[Array], Array], size: float, middle: float, material: int, drape: Drape) -> Mesh:
    """A shape filled with rings that shrink to its middle."""
    edge = outline(np.linspace(0, 2 * np.pi, 40, endpoint=False)[::-1]) * size
    rings = [
        drape.front(share * edge[:, 0], middle + share * edge[:, 1], _PROUD)
        for share in (1.0, 0.8, 0.6, 0.4, 0.2, 0.02)
    ]
    return stack_rings(rings, caps=(False, False), material=material)
