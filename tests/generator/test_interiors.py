"""Rooms as numbers: wide enough in the middle, with openings that do not meet and materials of their tables."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from viewlock.generator.interiors import INTERIORS, lamp_points
from viewlock.generator.layouts import walls
from viewlock.generator.places import free_rectangle

KINDS = sorted(INTERIORS)
SEEDS = range(25)


def test_there_are_many_kinds() -> None:
    assert len(INTERIORS) >= 10


@pytest.mark.parametrize("kind", KINDS)
def test_the_middle_is_wide_enough_to_place_people(kind: str) -> None:
    for seed in SEEDS:
        half = free_rectangle(kind, INTERIORS[kind].draw(np.random.default_rng(seed)))
        assert min(half) >= 2.2


@pytest.mark.parametrize("kind", KINDS)
def test_sizes_and_materials_stay_in_their_ranges(kind: str) -> None:
    interior = INTERIORS[kind]
    drawn = [interior.draw(np.random.default_rng(seed)) for seed in SEEDS]
    for params in drawn:
        for key in ("width", "depth", "height"):
            low, high = getattr(interior, key)
            assert low - 1e-3 <= params[key] <= high + 1e-3
    assert {p["wall"] for p in drawn} == set(interior.wall)
    assert {p["floor"] for p in drawn} == set(interior.floor)


@pytest.mark.parametrize("kind", KINDS)
def test_openings_of_a_wall_do_not_meet(kind: str) -> None:
    for seed in SEEDS:
        params = INTERIORS[kind].draw(np.random.default_rng(seed))
        for wall in walls(kind, params):
            holes = sorted(wall.holes, key=lambda h: h.at)
            for hole in holes:
                assert hole.sill >= 0 and hole.sill + hole.height < wall.height - 0.05, (seed, wall.name)
            for a, b in pairwise(holes):
                assert a.at + a.width / 2 + 0.1 < b.at - b.width / 2, (seed, wall.name)


@pytest.mark.parametrize("kind", KINDS)
def test_lamps_form_the_grid_of_their_kind(kind: str) -> None:
    params = INTERIORS[kind].draw(np.random.default_rng(3))
    across, along, drop = INTERIORS[kind].lamps
    points = np.array(lamp_points(kind, params))
    assert len(points) == across * along
    np.testing.assert_allclose(points[:, 2], float(params["height"]) - drop)
    np.testing.assert_allclose(points[:, :2].mean(axis=0), 0, atol=1e-9)
