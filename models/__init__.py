"""Alignment networks that learn from the shards. This room needs torch and never Blender; it is still empty."""
