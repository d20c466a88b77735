"""What Blender would render, as triangles: one fixed topology and a vertex array for each moment.

Everything comes from the evaluated dependency graph, so modifiers, armatures, shape keys and instances are what
Cycles sees. Objects are told apart by their `pass_index`; several Blender objects may share one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import bpy
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_SURFACES = {"MESH", "CURVE", "SURFACE", "FONT", "META"}


@dataclass(frozen=True)
class Cutout:
    """A material with holes: (H, W) opacity, row 0 at v = 0."""

    alpha: NDArray[np.float32]


@dataclass(frozen=True)
class Topology:
    """Attributes:
    triangles: (T, 3) vertex indices.
    object_index: (T,) pass index of the object a triangle belongs to.
    unreliable: (T,) bool, glass and mirrors.
    cutout: (T,) index into `cutouts`, -1 for solid triangles.
    uvs: (T, 3, 2) texture coordinates of cut-out triangles, zero elsewhere.
    vertex_object: (V,) pass index of the object a vertex belongs to.
    """

    triangles: NDArray[np.int32]
    object_index: NDArray[np.int32]
    unreliable: NDArray[np.bool_]
    cutout: NDArray[np.int32]
    uvs: NDArray[np.float32]
    vertex_object: NDArray[np.int32]
    cutouts: tuple[Cutout, ...]


@dataclass(frozen=True)
class _Piece:
    """One visible mesh of the dependency graph.

    Attributes:
        span: its vertices among all.
        local: (N, 3) its vertices, where nothing but its matrix can change.
    """

    span: slice
    local: Array | None

    def placed(self, thing: bpy.types.Object, matrix: Array) -> Array:
        """(N, 3) where its vertices are in the world.

        Raises:
            ValueError: their number has changed.
        """
        local = self.local
        if local is None:
            with _mesh(thing) as mesh:
                local = _vertices(mesh)
        count = self.span.stop - self.span.start
        if len(local) != count:
            raise ValueError(f"object {thing.name!r} changed from {count} to {len(local)} vertices over time")
        return local @ matrix[:3, :3].T + matrix[:3, 3]


@dataclass
class SceneMeshes:
    """Reads the scene at one moment after another.

    Attributes:
        topology: fixed when made; a later read with other vertex counts is an error.
    """

    topology: Topology = field(init=False)
    _pieces: dict[tuple, _Piece] = field(init=False, default_factory=dict)
    _last: tuple[Array, dict[tuple, Array]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        materials = _Materials()
        known: dict[tuple, tuple[_Surface, Array | None]] = {}
        parts = []
        start = 0
        for key, thing, _ in _visible_meshes():
            slots = materials.slots(thing)
            shape = (_shape(thing), slots)
            if shape not in known:
                with _mesh(thing) as mesh:
                    known[shape] = _read_surface(mesh, slots), None if _deforms(thing) else _vertices(mesh)
            surface, local = known[shape]
            parts.append(surface.columns(start, thing.pass_index))
            self._pieces[key] = _Piece(slice(start, start + surface.count), local)
            start += surface.count
        if not parts:
            raise ValueError("the scene has no visible surface to cast rays against")
        self.topology = Topology(*(np.concatenate(column) for column in zip(*parts, strict=True)), materials.cutouts)

    def vertices(self) -> Array:
        """(V, 3) world positions of all vertices as the scene stands now; not to be written to."""
        world, matrices = np.empty((len(self.topology.vertex_object), 3)), {}
        for key, piece, thing, matrix in self._read():
            world[piece.span] = piece.placed(thing, matrix)
            matrices[key] = matrix
        world.flags.writeable = False
        self._last = world, matrices
        return world

    def changes(self) -> tuple[NDArray[np.int64], Array]:
        """Which vertices (M,), in their order, are now elsewhere than `vertices` last gave, and their positions (M, 3).

        Only what deforms, and what has another matrix, is looked at.
        """
        if self._last is None:
            raise ValueError("vertices() must be called first")
        last, matrices = self._last
        numbers, positions = [np.empty(0, np.int64)], [np.empty((0, 3))]
        for key, piece, thing, matrix in self._read():
            if piece.local is not None and np.array_equal(matrix, matrices[key]):
                continue
            now = piece.placed(thing, matrix)
            changed = np.flatnonzero((now != last[piece.span]).any(axis=1))
            numbers.append(piece.span.start + changed)
            positions.append(now[changed])
        return np.concatenate(numbers), np.concatenate(positions)

    def _read(self) -> Iterator[tuple[tuple, _Piece, bpy.types.Object, Array]]:
        """The pieces with their evaluated objects and world matrices as the scene stands now.

        Raises:
            ValueError: one has appeared or disappeared since the topology was read.
        """
        gone = set(self._pieces)
        for key, thing, matrix in _visible_meshes():
            if key not in gone:
                raise ValueError(f"object {key[0]!r} appeared after the topology was read")
            gone.remove(key)
            yield key, self._pieces[key], thing, matrix
        if gone:
            raise ValueError(f"object {min(gone)[0]!r} disappeared after the topology was read")


@dataclass(frozen=True)
class _Surface:
    """What `Topology` says of one mesh, whatever its place among others; with its number of vertices."""

    count: int
    triangles: NDArray[np.int32]
    unreliable: NDArray[np.bool_]
    cutout: NDArray[np.int32]
    uvs: NDArray[np.float32]

    def columns(self, start: int, index: int) -> tuple[NDArray, ...]:
        """As in `Topology`, for a mesh whose vertices begin at `start` and whose pass index is `index`."""
        of_object = np.full(len(self.triangles), index, np.int32)
        of_vertex = np.full(self.count, index, np.int32)
        return self.triangles + np.int32(start), of_object, self.unreliable, self.cutout, self.uvs, of_vertex


def use_render_levels() -> None:
    """Makes the dependency graph show what Cycles renders: render levels and render visibility of modifiers."""
    for thing in bpy.data.objects:
        for modifier in thing.modifiers:
            modifier.show_viewport = modifier.show_render
            if hasattr(modifier, "render_levels"):
                modifier.levels = modifier.render_levels
        if thing.type in _SURFACES:
            thing.hide_viewport = thing.hide_render


def _visible_meshes() -> Iterator[tuple[tuple, bpy.types.Object, Array]]:
    """(key, evaluated object, world matrix) of everything with a surface that cameras can see, in a fixed order."""
    graph = bpy.context.evaluated_depsgraph_get()
    found = []
    for instance in graph.object_instances:
        thing = instance.object
        if thing.type not in _SURFACES or not instance.show_self or not thing.visible_camera or thing.hide_render:
            continue
        parent = instance.parent.name if instance.is_instance else ""
        key = (thing.name, parent, tuple(instance.persistent_id) if instance.is_instance else ())
        # Instances die with the iterator: keep the object's data, and the matrix by value.
        found.append((key, thing.original.evaluated_get(graph), np.array(instance.matrix_world, np.float64)))
    yield from sorted(found, key=lambda item: item[0])


class _mesh:  # noqa: N801 - used as a function
    """The evaluated mesh of an object, freed on exit."""

    def __init__(self, thing: bpy.types.Object) -> None:
        self.thing = thing

    def __enter__(self) -> bpy.types.Mesh:
        return self.thing.to_mesh()

    def __exit__(self, *_: object) -> None:
        self.thing.to_mesh_clear()


def _deforms(thing: bpy.types.Object) -> bool:
    """Whether anything but the matrix of an object can change over time."""
    data = thing.data
    keyed = getattr(data, "shape_keys", None) is not None or data.animation_data is not None
    return thing.type != "MESH" or bool(thing.modifiers) or keyed


def _shape(thing: bpy.types.Object) -> tuple[str, bpy.types.ID]:
    """Equal for objects whose evaluated meshes are: instances of one, and objects that share a mesh as it is."""
    original = thing.original
    return (thing.type, original) if _deforms(thing) else (thing.type, original.data)


def _vertices(mesh: bpy.types.Mesh) -> Array:
    flat = np.empty(len(mesh.vertices) * 3, np.float32)
    mesh.vertices.foreach_get("co", flat)
    return flat.reshape(-1, 3).astype(np.float64)


def _integers(items: object, name: str, count: int) -> NDArray[np.int32]:
    flat = np.empty(count, np.int32)
    items.foreach_get(name, flat)  # type: ignore[attr-defined]
    return flat


def _read_surface(mesh: bpy.types.Mesh, known: tuple[tuple[bool, int], ...]) -> _Surface:
    """Args:
    known: what `_Materials` knows of each material slot.
    """
    mesh.calc_loop_triangles()
    count = len(mesh.loop_triangles)
    triangles = _integers(mesh.loop_triangles, "vertices", count * 3).reshape(-1, 3)
    slots = np.clip(_integers(mesh.loop_triangles, "material_index", count), 0, len(known) - 1)
    cutout = np.array([k[1] for k in known], np.int32)[slots]
    uvs = np.zeros((count, 3, 2), np.float32)
    if (cutout >= 0).any() and mesh.uv_layers.active is not None:
        flat = np.empty(len(mesh.loops) * 2, np.float32)
        mesh.uv_layers.active.uv.foreach_get("vector", flat)
        uvs = flat.reshape(-1, 2)[_integers(mesh.loop_triangles, "loops", count * 3)].reshape(-1, 3, 2)
    return _Surface(len(mesh.vertices), triangles, np.array([k[0] for k in known])[slots], cutout, uvs)


class _Materials:
    """What truth must know of Blender's materials: glass or mirror, and where they have holes."""

    def __init__(self) -> None:
        self._cutouts: list[Cutout] = []
        self._known: dict[str, tuple[bool, int]] = {}

    @property
    def cutouts(self) -> tuple[Cutout, ...]:
        return tuple(self._cutouts)

    def slots(self, thing: bpy.types.Object) -> tuple[tuple[bool, int], ...]:
        """`properties` of the material in each slot of an object, at least one."""
        return tuple(self.properties(slot.material) for slot in thing.material_slots) or ((False, -1),)

    def properties(self, material: bpy.types.Material | None) -> tuple[bool, int]:
        """(unreliable, index of the cutout or -1)."""
        if material is None:
            return False, -1
        if material.name not in self._known:
            shader = _first(material, lambda node: node.type == "BSDF_PRINCIPLED")
            self._known[material.name] = (_unreliable(material, shader), self._holes(shader))
        return self._known[material.name]

    def _holes(self, shader: bpy.types.Node | None) -> int:
        image = None if shader is None else _image_behind(shader.inputs["Alpha"])
        if image is None:
            return -1
        width, height = image.size
        pixels = np.empty(width * height * 4, np.float32)
        image.pixels.foreach_get(pixels)
        self._cutouts.append(Cutout(pixels.reshape(height, width, 4)[..., 3].copy()))
        return len(self._cutouts) - 1


def _first(material: bpy.types.Material, wanted: Callable[[bpy.types.Node], bool]) -> bpy.types.Node | None:
    tree = material.node_tree
    return next((node for node in tree.nodes if wanted(node)), None) if tree else None


def _unreliable(material: bpy.types.Material, shader: bpy.types.Node | None) -> bool:
    if "unreliable" in material:
        return bool(material["unreliable"])
    if shader is None:
        return _first(material, lambda n: n.type in {"BSDF_GLASS", "BSDF_REFRACTION"}) is not None
    value = {name: shader.inputs[name].default_value for name in ("Metallic", "Roughness", "Transmission Weight")}
    mirror = value["Metallic"] > 0.5 and value["Roughness"] < 0.15
    return value["Transmission Weight"] > 0.5 or mirror


def _image_behind(socket: bpy.types.NodeSocket) -> bpy.types.Image | None:
    """The image whose alpha feeds a socket, straight or through one math node."""
    for _ in range(2):
        if not socket.is_linked:
            return None
        node = socket.links[0].from_node
        if node.type == "TEX_IMAGE":
            return node.image
        socket = node.inputs[0]
    return None
