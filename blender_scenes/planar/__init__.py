"""A `PlanarSpec` becomes a live Blender scene: a picture on a wall, and what each view adds to it."""
