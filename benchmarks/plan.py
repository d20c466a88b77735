"""CPU seconds to plan the full `dsia` preset, 1,033 scenes."""

from __future__ import annotations

import time

from viewlock.generator.config import load_config
from viewlock.generator.plan import draw_plan, load_catalogue


def main() -> None:
    config = load_config("dsia")
    catalogue = load_catalogue(config)
    start = time.process_time()
    specs, rejected = draw_plan(config, catalogue)
    spent = time.process_time() - start
    draws = len(specs) + sum(rejected.values())
    print(f"{len(specs)} scenes in {spent:.1f} CPU s, {draws} draws; rejected: {dict(rejected.most_common())}")


if __name__ == "__main__":
    main()
