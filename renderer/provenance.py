"""Where pixels come from: what goes into the metadata of samples of every kind."""

from __future__ import annotations

import hashlib
import json
import platform

import bpy
import numpy as np

import viewlock
from viewlock.assets_manifest.prepared import IMPORTER_VERSION
from viewlock.generator.spec import SceneSpec


def spec_sha256(spec: SceneSpec) -> str:
    """Of the spec as JSON with sorted keys and without spaces, as `scene.json` holds it."""
    text = json.dumps(spec.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def versions() -> dict[str, str]:
    """What made the pixels."""
    return {
        "viewlock": viewlock.__version__,
        "bpy": bpy.app.version_string,
        "numpy": np.__version__,
        "importer": str(IMPORTER_VERSION),
        "machine": platform.machine(),
    }
