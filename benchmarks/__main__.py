"""Runs the named benchmarks, or all: `python -m benchmarks plan cost`. Each runs in its own process."""

from __future__ import annotations

import subprocess
import sys

NAMES = ("plan", "build", "cost", "noise", "frontier", "triple", "training", "soak", "balance", "kills")


def main() -> int:
    chosen = sys.argv[1:] or list(NAMES)
    unknown = [name for name in chosen if name not in NAMES]
    if unknown:
        print(f"benchmarks: expected some of {', '.join(NAMES)}, got {', '.join(unknown)}", file=sys.stderr)
        return 2
    worst = 0
    for name in chosen:
        print(f"== {name}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
