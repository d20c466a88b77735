"""Presets of the models, one folder for each model; `viewlock.models.config` reads them."""
