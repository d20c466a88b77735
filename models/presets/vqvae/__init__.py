"""Presets of the VQ-VAE."""
