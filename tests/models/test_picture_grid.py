"""Grids: sizes, pictures where they belong, words that can be read."""

import numpy as np
import pytest

from viewlock.models.picture_grid import picture_grid


def tile(level):
    return np.full((30, 60, 3), level, np.uint8)


def test_tiles_stand_where_they_belong():
    grid = picture_grid([("one", [("a", tile(10)), ("b", tile(90)), ("c", tile(200))])], width=60, columns=2)
    assert grid.shape == (30 + 2 * (24 + 30 + 4), 2 * 60 + 4, 3)
    assert (grid[54:84, :60] == 10).all()
    assert (grid[54:84, 64:124] == 90).all()
    assert (grid[112:142, :60] == 200).all()


def test_lines_are_of_about_equal_length():
    tiles = [(str(k), tile(k)) for k in range(13)]
    assert picture_grid([("t", tiles)], width=60, columns=6).shape[1] == 5 * 60 + 4 * 4


@pytest.mark.parametrize("words", ["I1", "DMAligner small, twenty thousand steps 23.45 dB – and a very long name"])
def test_words_are_dark_on_light_and_fit(words):
    grid = picture_grid([("", [(words, tile(0))])], width=160)
    bar = grid[30:54, :160]
    assert (bar < 80).any(axis=2).sum() > 10
    assert (bar[:, -3:] == 245).all(), "nothing is cut off at the right"


def test_masks_are_shown_as_grey():
    grid = picture_grid([("", [("mask", np.full((30, 60), 128, np.uint8))])], width=60)
    assert (grid[54:84, :60] == 128).all()
