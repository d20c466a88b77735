"""What one expects to see of a place before it is built, against closed forms."""

import numpy as np
import pytest

from viewlock.generator.parallax_spec import PARALLAX_WIDTH
from viewlock.generator.places import Stage
from viewlock.generator.sightlines import Pillar, Sightlines
from viewlock.geometry import Camera, intrinsics, look_at

SIZE = 256
FOCAL_PX = 28 / 36 * SIZE


def hall(*walls: tuple[str, tuple[float, float, float], float]) -> Stage:
    return Stage(True, 50.0, 50.0, 50.0, np.zeros((0, 3)), walls, (), ())


WALL = ("north", (0.0, -1.0, 0.0), -4.0)
"""The plane y = 4, which faces -y."""


def camera(x: float = 0.0, yaw: float = 0.0) -> Camera:
    target = np.array([x + np.sin(yaw), np.cos(yaw), 0.0])
    return Camera(SIZE, SIZE, intrinsics(SIZE, SIZE, 28, 36), look_at((x, 0, 0), target))


def test_distances_to_a_wall_a_pillar_and_the_sky():
    sight = Sightlines(hall(WALL), [Pillar(np.array([1.0, 2.0]), 0.5, -1.0, 1.0)])
    ways = np.array([[0, 1, 0], [0.5, 1, 0], [0.5, 1, 0.8], [0, -1, 0], [0, 2, 0.0]])
    # The second meets the pillar: |(t / 2 - 1, t - 2)| = 0.5 at t = 2 - 0.5 / |(0.5, 1)|; the third passes over it.
    np.testing.assert_allclose(
        sight.distance(np.zeros(3), ways), [4, 2 - 0.5 / np.hypot(0.5, 1), 4, np.inf, 2], atol=1e-12
    )
    assert sight.clearance(np.array([1.0, 0.5, 0.0])) == pytest.approx(1.0)
    assert sight.clearance(np.array([1.0, 0.5, 3.0])) == np.inf


@pytest.mark.parametrize("baseline", [0.3, 1.5])
def test_a_wall_alone_has_no_parallax_and_the_stated_overlap(baseline):
    found = Sightlines(hall(WALL), []).expect(camera(), camera(baseline))
    assert found.parallax_px < 1e-6
    assert found.overlap == pytest.approx(1 - FOCAL_PX * baseline / 4 / SIZE, abs=1 / 16)


def test_turning_alone_has_no_parallax():
    pillars = [Pillar(np.array([0.3, 2.0]), 0.4, -1.0, 1.0)]
    assert Sightlines(hall(WALL), pillars).expect(camera(), camera(yaw=0.2)).parallax_px < 1e-6


def test_the_parallax_of_two_depths():
    """A row of slim pillars before a wall: half of the rays meet each, and the best homography goes between them."""
    rays = (np.arange(16) - 7.5) / 16 * SIZE / FOCAL_PX * 3.0
    chosen = [Pillar(np.array([x, 3.0]), 0.02, -9.0, 9.0) for x in rays[::2]]
    baseline = 0.012  # so small that the wall's rays still meet the wall
    found = Sightlines(hall(WALL), chosen).expect(camera(), camera(baseline))
    shift = FOCAL_PX * baseline * (1 / 3 - 1 / 4) * PARALLAX_WIDTH / SIZE
    assert shift < 1
    assert found.parallax_px == pytest.approx(shift / 2, rel=0.1)


def test_too_little_seen_by_both_has_no_parallax():
    found = Sightlines(hall(WALL), []).expect(camera(), camera(yaw=2.0))
    assert found.parallax_px == np.inf and found.overlap == 0.0
