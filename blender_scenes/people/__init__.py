"""People: skinned, clothed figures, and how they enter Blender."""
