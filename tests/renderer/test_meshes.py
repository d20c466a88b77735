"""Reading what moves alone gives what reading everything gives, whatever it is that moves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from viewlock.renderer import meshes as meshes_room  # noqa: E402
from viewlock.renderer.meshes import SceneMeshes  # noqa: E402
from viewlock.renderer.moments import Moments  # noqa: E402
from viewlock.renderer.raycast import Layer  # noqa: E402

pytestmark = pytest.mark.render

TIMES = (0.0, 1.0, 2.0)
CORNERS = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 0, 1)]


def mesh(name: str) -> bpy.types.Mesh:
    """A pyramid."""
    made = bpy.data.meshes.new(name)
    made.from_pydata(CORNERS, [], [(0, 3, 2, 1), (0, 1, 4), (1, 2, 4), (2, 3, 4), (3, 0, 4)])
    return made


def add(name: str, data: bpy.types.ID | None = None, index: int = 1) -> bpy.types.Object:
    made = bpy.data.objects.new(name, data)
    bpy.context.scene.collection.objects.link(made)
    made.pass_index = index
    return made


def by_frame(thing: bpy.types.ID, path: str, index: int = -1, first: int = 0) -> None:
    """Animate a property from `first` by 1 a moment."""
    curve = thing.driver_add(path, index) if index >= 0 else thing.driver_add(path)
    curve.driver.expression = f"frame + {first}"


def parented() -> None:
    parent = add("parent")
    by_frame(parent, "location", 0)
    add("moving", mesh("child")).parent = parent


def keyed() -> None:
    moving = add("moving", mesh("keyed"))
    moving.shape_key_add(name="rest")
    moving.shape_key_add(name="tall").data[4].co = (0, 0, 3)
    tall = moving.data.shape_keys.key_blocks["tall"]
    tall.slider_max = 2.0
    by_frame(tall, "value")


def waving() -> None:
    wave = add("moving", mesh("waved")).modifiers.new("wave", "WAVE")
    wave.height = 1.0
    wave.use_normal = False


def grown() -> None:
    """A curve whose own data are animated, without any modifier."""
    curve = bpy.data.curves.new("grown", "CURVE")
    curve.dimensions = "3D"
    curve.splines.new("POLY").points.add(1)
    curve.splines[0].points[1].co = (1, 0, 0, 1)
    curve.bevel_depth = 0.1
    by_frame(curve, "extrude", first=1)
    add("moving", curve)


def instanced() -> None:
    """A collection shown by an empty that moves; its mesh keeps still in its own axes."""
    hidden = bpy.data.collections.new("hidden")
    hidden.objects.link(bpy.data.objects.new("moving", mesh("shown")))
    for name in ("left", "right"):
        shown = add(name)
        shown.instance_type, shown.instance_collection = "COLLECTION", hidden
    by_frame(bpy.data.objects["left"], "location", 2)


def set_time(time_s: float) -> None:
    bpy.context.scene.frame_set(round(time_s))
    bpy.context.view_layer.update()


@pytest.mark.parametrize("moving", [parented, keyed, waving, grown, instanced])
def test_what_moves_is_read_as_if_all_were_read(moving: Callable[[], None]) -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    add("before", mesh("before"), 2)
    add("still", mesh("still"), 3)
    moving()
    set_time(TIMES[0])
    meshes = SceneMeshes()
    everything = {}
    for time_s in TIMES:
        set_time(time_s)
        everything[time_s] = meshes.vertices()
    moments = Moments(meshes, set_time, TIMES)
    assert all(np.array_equal(moments.vertices(time_s), everything[time_s]) for time_s in TIMES)
    assert not np.array_equal(everything[1.0], everything[2.0])
    changed = np.flatnonzero((everything[2.0] != everything[0.0]).any(axis=1))
    assert not np.isin(meshes.topology.vertex_object[changed], (2, 3)).any()
    set_time(2.0)
    numbers, positions = meshes.changes()
    assert np.array_equal(numbers, changed) and np.array_equal(positions, everything[2.0][changed])


def test_what_keeps_still_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for k in range(3):
        add(f"still{k}", mesh(f"still{k}"))
    keyed()
    set_time(0.0)
    meshes = SceneMeshes()
    meshes.vertices()
    read, placed = [], meshes_room._Piece.placed
    note = lambda piece, thing, matrix: (read.append(thing.name), placed(piece, thing, matrix))[1]  # noqa: E731
    monkeypatch.setattr(meshes_room._Piece, "placed", note)
    set_time(1.0)
    meshes.changes()
    assert read == ["moving"]


def test_objects_of_one_mesh_keep_their_own_index_and_materials() -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    shared = mesh("shared")
    mirror = bpy.data.materials.new("mirror")
    mirror["unreliable"] = True
    shared.materials.append(None)
    for k in range(3):
        made = add(f"thing{k}", shared, k + 1)
        made.location.x = 10 * k
        if k == 1:
            made.material_slots[0].link = "OBJECT"
            made.material_slots[0].material = mirror
    set_time(0.0)
    meshes = SceneMeshes()
    topology, count = meshes.topology, 6  # triangles of a pyramid
    assert topology.object_index.tolist() == [1] * count + [2] * count + [3] * count
    assert topology.unreliable.tolist() == [False] * count + [True] * count + [False] * count
    assert np.array_equal(topology.triangles[count:], topology.triangles[:-count] + len(CORNERS))
    assert np.allclose(np.diff(meshes.vertices().reshape(3, -1, 3), axis=0), (10, 0, 0))


def test_rays_meet_some_triangles_as_they_meet_all() -> None:
    """A layer of triangles far apart in the vertex array, with its own numbers."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for k in range(3):
        add(f"thing{k}", mesh(f"mesh{k}"), k + 1).location.x = 10 * k
    set_time(0.0)
    meshes = SceneMeshes()
    topology, vertices = meshes.topology, meshes.vertices()
    chosen = np.flatnonzero(topology.object_index != 2)
    rng = np.random.default_rng(0)
    origins = rng.uniform((-1, -1, 3), (22, 2, 4), (2000, 3)).astype(np.float32)
    down = np.tile(np.float32([0, 0, -1]), (2000, 1))
    some, distance = Layer(topology, vertices, chosen).nearest(origins, down)
    every, far = Layer(topology, vertices, np.arange(len(topology.triangles))).nearest(origins, down)
    own = np.isin(every, chosen)
    assert own.sum() > 20
    assert np.array_equal(some[own], every[own]) and np.array_equal(distance[own], far[own])
    assert (some[~own] == -1).all()
