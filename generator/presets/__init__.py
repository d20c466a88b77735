"""The presets, one YAML file each; `viewlock.generator.config` reads them."""
