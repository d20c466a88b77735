"""Streams by name: repeatable, different from each other, and with no memory of who asked first."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from viewlock.generator.randomness import spread, stream

numbers = st.integers(0, 2**40)


def draw(*arguments):
    return stream(*arguments).random(8)


@given(numbers, st.integers(0, 10**6), st.integers(0, 99), st.text(max_size=12))
def test_a_stream_repeats_itself(seed, scene, attempt, part):
    np.testing.assert_array_equal(draw(seed, scene, attempt, part), draw(seed, scene, attempt, part))


def test_every_argument_matters():
    streams = [draw(*a) for a in [(1, 2, 3, "x"), (0, 2, 3, "x"), (1, 0, 3, "x"), (1, 2, 0, "x"), (1, 2, 3, "y")]]
    assert len({tuple(s) for s in streams}) == len(streams)


def test_scene_and_attempt_are_not_mixed_up():
    assert draw(0, 1, 2, "x").tolist() != draw(0, 2, 1, "x").tolist()


def test_streams_are_not_correlated():
    rows = np.array([stream(0, scene, 0, part).random(500) for scene in range(20) for part in ("people", "camera-0")])
    off_diagonal = np.corrcoef(rows)[~np.eye(len(rows), dtype=bool)]
    assert np.abs(off_diagonal).max() < 0.25  # 780 pairs; the spread of one is 0.045


def test_the_numbers_of_a_seed_never_change():
    """They are part of the format: plans of old seeds must come out the same."""
    np.testing.assert_allclose(stream(7, 3, 1, "lights").random(2), [0.96807635, 0.42974269], atol=1e-8)


@given(st.integers(0, 10**6), st.integers(20, 400))
def test_any_run_is_spread_evenly(start, length):
    terms = np.array([spread(k) for k in range(start, start + length)])
    assert ((terms >= 0) & (terms < 1)).all()
    for split in (0.08, 0.5, 0.84):
        assert abs((terms < split).mean() - split) < 4 / length
