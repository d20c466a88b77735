"""Viewlock: image-alignment datasets with exact truth, rendered with Blender.

The rooms, in the order data flows through them: `assets_manifest`, `generator`, `blender_scenes`,
`renderer`, `exporters`, `models`. A room imports only from rooms before it.
"""

__version__ = "0.1.0"
