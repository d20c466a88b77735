"""The exact checks that a built scene must pass."""

from __future__ import annotations

import numpy as np
import pytest

from viewlock.renderer.checks import Contacts, camera_inside, clearance

bpy = pytest.importorskip("bpy")
pytestmark = pytest.mark.render

CUBE = [(x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (0.0, 1.0)]
CUBE_FACES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]


def cutting(bench, **moving):
    caster = bench.caster()
    return Contacts(caster.topology).cutting(caster.vertices, [1, 2], moving.get("moving", {1, 2}))


def test_cubes_that_share_space_cut_each_other(bench):
    bench.add(CUBE, CUBE_FACES)
    other = bench.add(CUBE, CUBE_FACES)
    other.rotation_euler.z = 0.3
    other.location = (1.3, 0.0, 0.0)
    assert cutting(bench) is None
    other.location.x = 1.05  # corners reach 0.5 * (cos 0.3 + sin 0.3) = 0.625
    assert cutting(bench) == (1, 2)
    assert cutting(bench, moving=set()) is None


def test_a_cut_in_the_middle_of_big_faces_is_found(bench):
    """No vertex of either lies inside the other: only edges through faces tell."""
    bench.add(np.array(CUBE) * [4, 4, 1], CUBE_FACES)
    bench.add(np.array(CUBE) * [0.2, 0.2, 3] - [0, 0, 1], CUBE_FACES)
    assert cutting(bench) == (1, 2)


def test_standing_on_the_floor_is_no_cut(bench):
    bench.add(CUBE, CUBE_FACES)
    bench.add([(-3, -3, 0.004), (3, -3, 0.004), (3, 3, 0.004), (-3, 3, 0.004)], [(0, 1, 2, 3)], "rug")
    caster = bench.caster()
    assert Contacts(caster.topology).cutting(caster.vertices, [1], {1}) is None


def test_clearance_is_the_distance_to_the_nearest_surface(bench):
    bench.add(CUBE, CUBE_FACES)
    caster = bench.caster()
    assert clearance(caster, np.array([0.0, -1.7, 0.5])) == pytest.approx(1.2, rel=0.02)


def test_a_camera_inside_something_is_found(bench):
    bench.add(CUBE, CUBE_FACES)
    caster = bench.caster()
    assert camera_inside(caster, np.array([0.1, 0.0, 0.5]))
    assert not camera_inside(caster, np.array([0.0, -1.0, 0.5]))


def test_a_camera_in_a_room_is_not_inside_something(bench):
    inward = [tuple(reversed(face)) for face in CUBE_FACES]
    bench.add(np.array(CUBE) * 4, inward)
    assert not camera_inside(bench.caster(), np.array([0.0, 0.0, 1.0]))
