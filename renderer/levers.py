"""What else a scene that was built could be like: for benchmarks of what a choice costs. No dataset is rendered so."""

from __future__ import annotations

import bpy


def aim_at_sky() -> None:
    """Send shadow rays to the scene's surroundings, too, as Cycles does unless it is told otherwise."""
    bpy.context.scene.world.cycles.sampling_method = "AUTOMATIC"


def split_faces() -> None:
    """Four times the triangles, or more, in the same shapes: each face is split at the middles of its edges."""
    for mesh in _meshes():
        _remake(mesh, "SUBSURF", subdivision_type="SIMPLE", uv_smooth="NONE", levels=1, render_levels=1)


def thin_faces(share: float) -> None:
    """Collapse edges until each mesh has that share of its triangles."""
    for mesh in _meshes():
        _remake(mesh, "DECIMATE", ratio=share)


def work_textures_out() -> None:
    """Have each image texture's colour worked out where it is looked up: fractal noise and cells, as a wood or plaster
    of nodes is made. They get a thousandth of the colour, so the picture stays what it is and only its cost shows."""
    for material in bpy.data.materials:
        tree = material.node_tree
        if tree is None:
            continue
        for image in [node for node in tree.nodes if node.type == "TEX_IMAGE"]:
            taken = [link.to_socket for link in image.outputs["Color"].links]
            if taken:
                shown = _worked_out(tree, image.outputs["Color"])
                for socket in taken:
                    tree.links.new(shown, socket)


def _meshes() -> list[bpy.types.Mesh]:
    """All that are in use and have edges to spare."""
    return [mesh for mesh in bpy.data.meshes if mesh.users and len(mesh.polygons) > 4 and mesh.shape_keys is None]


def _remake(mesh: bpy.types.Mesh, modifier: str, **options: object) -> None:
    """Put what a modifier makes of a mesh in its place, in every object that has it."""
    holder = bpy.data.objects.new("holder", mesh)
    bpy.context.scene.collection.objects.link(holder)
    made = holder.modifiers.new(modifier, modifier)
    for name, value in options.items():
        setattr(made, name, value)
    graph = bpy.context.evaluated_depsgraph_get()
    other = bpy.data.meshes.new_from_object(holder.evaluated_get(graph), preserve_all_data_layers=True, depsgraph=graph)
    bpy.data.objects.remove(holder)
    mesh.user_remap(other)


def _worked_out(tree: bpy.types.NodeTree, colour: bpy.types.NodeSocket) -> bpy.types.NodeSocket:
    grain, cells = tree.nodes.new("ShaderNodeTexNoise"), tree.nodes.new("ShaderNodeTexVoronoi")
    grain.inputs["Scale"].default_value, grain.inputs["Detail"].default_value = 40.0, 8.0
    cells.inputs["Scale"].default_value = 12.0
    tree.links.new(grain.outputs["Color"], cells.inputs["Vector"])  # cells with ragged edges
    mix = tree.nodes.new("ShaderNodeMix")
    mix.data_type = "RGBA"
    mix.inputs["Factor"].default_value = 0.001
    tree.links.new(colour, mix.inputs[6])
    tree.links.new(cells.outputs["Color"], mix.inputs[7])
    return mix.outputs[2]
