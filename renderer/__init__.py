"""What the renderer does: a live scene to pictures, exact truth and render jobs."""
