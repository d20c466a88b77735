"""A run whose assets changed since it was planned."""

from __future__ import annotations

import pytest

from viewlock.errors import ConfigError
from viewlock.generator.config import load_config
from viewlock.generator.plan import draw_plan, load_catalogue
from viewlock.renderer.jobs import JobOptions, render_run
from viewlock.renderer.run import Run


def test_it_stops_with_one_line_and_sets_nothing_aside(tmp_path):
    config = load_config("dsia", {"scenes": 2, "sequences": 1, "frames": 2})
    specs, _ = draw_plan(config, load_catalogue(config))
    Run.create(tmp_path / "run", config, specs)
    plan = tmp_path / "run" / "plan.jsonl"
    sha = specs[0].world.asset.sha256
    assert plan.read_text().count(sha) == 2
    plan.write_text(plan.read_text().replace(sha, "0" * 64))
    run = Run.open(tmp_path / "run")
    with pytest.raises(ConfigError, match="changed since the plan was made") as refusal:
        render_run(run, JobOptions())
    assert "\n" not in str(refusal.value)
    assert run.failed() == {} and not (tmp_path / "run" / "logs").exists()
