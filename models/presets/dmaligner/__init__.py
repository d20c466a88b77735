"""Presets of DMAligner."""
