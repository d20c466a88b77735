"""Samples <-> files: fields, scene files, shards, datasets and what people look at. Neither Blender nor torch."""
