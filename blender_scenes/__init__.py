"""A `SceneSpec` becomes a live Blender scene: people, things, places, lights and worlds."""
