"""What to make: presets, configuration, sampling. Numpy only; the result is a plan of `SceneSpec`s."""
