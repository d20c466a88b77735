"""Alignment networks that learn from the shards, and how they are trained. This room needs torch and never Blender."""
