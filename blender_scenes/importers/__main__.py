"""`python -m viewlock.blender_scenes.importers FILE --kind KIND --sha256 SUM --hints JSON --out FOLDER`, internal.

Exit codes: 0 done; 65 the file is unusable, why stands in FOLDER/refused.txt; 75 the cache cannot be written; others
are crashes. The process leaves by `os._exit`, since Blender can hang at its own end.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from pathlib import Path

from viewlock.assets_manifest.prepared import CRASHED, DONE, IMPORT_KINDS, STORAGE, UNUSABLE, Hints


def main(words: list[str]) -> int:
    """Import one file."""
    parser = argparse.ArgumentParser(prog="viewlock.blender_scenes.importers")
    parser.add_argument("file", type=Path)
    parser.add_argument("--kind", choices=IMPORT_KINDS, required=True)
    parser.add_argument("--sha256", required=True)
    parser.add_argument("--hints", default="{}")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(words)
    from .faults import UnusableError
    from .importing import import_file

    try:
        import_file(given.file.resolve(), given.kind, Hints(**json.loads(given.hints)), given.sha256, given.out)
    except UnusableError as fault:
        (given.out / "refused.txt").write_text(str(fault), encoding="utf-8")
        return UNUSABLE
    except OSError as refusal:
        print(f"{refusal.filename or given.out}: {refusal.strerror}", file=sys.stderr)
        return STORAGE
    return DONE


if __name__ == "__main__":
    status = CRASHED
    try:
        status = main(sys.argv[1:])
    except SystemExit as end:
        status = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
