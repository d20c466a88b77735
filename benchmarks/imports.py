"""What an import costs once, and what it costs in each scene after that.

`python -m benchmarks.imports MANIFEST...`: every model of the manifests is imported into an empty cache, in a process
of its own as always, and then loaded from it into a scene.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from viewlock.assets_manifest.collect import assets_to_look_at
from viewlock.assets_manifest.imported import import_models
from viewlock.assets_manifest.prepared import read_record
from viewlock.blender_scenes.importers.placing import place_character, place_object


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit("imports: expected manifests with models, as written by 'viewlock assets add'")
    found = assets_to_look_at(sys.argv[1:], ("object", "character"))
    rows = []
    with tempfile.TemporaryDirectory() as cache:
        for asset in found:
            before = _children()
            made, _ = import_models([asset], Path(cache))
            first = _children() - before
            if not made:
                continue
            folder = made[0].imported
            assert folder is not None
            start = time.process_time()
            (place_object if asset.kind == "object" else place_character)(read_record(folder), "it")
            loaded = time.process_time() - start
            rows.append((first, loaded))
            print(f"{asset.id:70} first {first:5.2f} CPU s, from the cache {loaded:5.3f}", flush=True)
    first, loaded = np.array(rows).T
    print(f"{len(rows)} models: median {np.median(first):.2f} CPU s once, {np.median(loaded):.3f} in each scene, "
          f"at most {first.max():.2f} and {loaded.max():.3f}")  # fmt: skip
    sys.stdout.flush()
    os._exit(0)


def _children() -> float:
    """CPU seconds of finished child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
