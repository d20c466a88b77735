"""Submissions to render farms: every task runs `viewlock render RUN --shard I/N`, and a last one packs.

A task ends well with exit code 65, too: its scenes are rendered but for those in quarantine, which packing leaves out.
"""

from __future__ import annotations

import math
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from viewlock.errors import ConfigError

GRACE_S = 60
"""Between the signal to stop and the end."""

RESTARTS = 20
"""How often Slurm starts a task again that was stopped by its time limit or by storage."""

PACK_HOURS = 4.0
"""Packing copies files."""


@dataclass(frozen=True)
class Submission:
    """What to ask a farm for.

    Attributes:
        run, dataset: absolute paths, the same on all machines.
        shards: tasks.
        parallel: tasks at once; 0 for as many as there is room for.
        cpus, memory_gb: of each task.
        hours: after which a task is stopped.
        program: shell words that start viewlock there.
        image: container image (Kubernetes).
        claim, mount: persistent volume claim, and where it is mounted (Kubernetes).
    """

    run: Path
    dataset: Path
    shards: int
    parallel: int = 0
    cpus: int = 4
    memory_gb: float = 8.0
    hours: float = 12.0
    program: str = "viewlock"
    image: str = "viewlock"
    claim: str = "viewlock"
    mount: Path = Path("/data")

    def check(self, scenes: int) -> None:
        """Raises:
        ConfigError: there would be tasks without a scene, or a path cannot be said in a submission.
        """
        if self.shards > scenes:
            raise ConfigError(f"--shards {self.shards}: the run has {scenes} scenes; ask for at most as many shards")
        for path in (self.run, self.dataset):
            odd = re.search(r'[\x00-\x1f"%\\$`]|\{\{', str(path))
            if odd:
                raise ConfigError(f"{path}: farms do not take {odd.group()!r} in a path; move the folder")

    @property
    def memory_mb(self) -> int:
        return math.ceil(self.memory_gb * 1024)

    @property
    def seconds(self) -> int:
        return math.ceil(self.hours * 3600)

    def render_line(self, shard: str) -> str:
        """The command of one task.

        Args:
            shard: its number, in the words of a shell.
        """
        return f"{self.program} render {shlex.quote(str(self.run))} --shard {shard}/{self.shards} --threads {self.cpus}"

    @property
    def pack_line(self) -> str:
        return f"{self.program} pack {shlex.quote(str(self.run))} -o {shlex.quote(str(self.dataset))}"


def _waiting(line: str, again: str = "") -> str:
    """A script that runs a command, passes SIGTERM on to it, and forgives quarantined scenes.

    Args:
        again: what to do when it was stopped or storage was away; the end by default.
    """
    return f"""\
trap 'kill -TERM "$!" 2>/dev/null' TERM
{line} &
code=0
wait "$!" || code=$?
while kill -0 "$!" 2>/dev/null; do code=0; wait "$!" || code=$?; done
if [ "$code" -eq 65 ]; then echo "some scenes are in quarantine" >&2; exit 0; fi
{again}exit "$code"
"""


# ---------------------------------------------------------------- Slurm
_REQUEUE = f"""\
if [ "$code" -eq 75 ] || [ "$code" -eq 143 ]; then
  if [ "${{SLURM_RESTART_COUNT:-0}}" -lt {RESTARTS} ]; then scontrol requeue "$SLURM_JOB_ID"; sleep {GRACE_S}; fi
fi
"""


def slurm(ask: Submission) -> str:
    """A bash script that submits a job array, and a job that packs after it."""
    limit = f"%{ask.parallel}" if ask.parallel else ""
    logs = ask.run / "logs"
    script = _waiting(ask.render_line('"$SLURM_ARRAY_TASK_ID"'), _REQUEUE)
    return f"""\
#!/bin/bash
# Submits {ask.shards} render tasks, and packing after them: bash THIS_FILE
set -euo pipefail
mkdir -p {shlex.quote(str(logs))}
render=$(sbatch --parsable <<'TASK'
#!/bin/bash
#SBATCH --job-name=viewlock-render
#SBATCH --array=0-{ask.shards - 1}{limit}
#SBATCH --cpus-per-task={ask.cpus}
#SBATCH --mem={ask.memory_mb}M
#SBATCH --time={_slurm_time(ask.hours)}
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@{GRACE_S}
#SBATCH --output="{logs}/slurm-%A_%a.log"
{script}TASK
)
render=${{render%%;*}}
pack=$(sbatch --parsable --dependency=afterany:"$render" <<'TASK'
#!/bin/bash
#SBATCH --job-name=viewlock-pack
#SBATCH --cpus-per-task=1
#SBATCH --mem={min(ask.memory_mb, 4096)}M
#SBATCH --time={_slurm_time(PACK_HOURS)}
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output="{logs}/slurm-%j.log"
{ask.pack_line}
TASK
)
echo "render: job $render, {ask.shards} tasks; pack: job ${{pack%%;*}}"
"""


def _slurm_time(hours: float) -> str:
    minutes = math.ceil(hours * 60)
    return f"{minutes // 60}:{minutes % 60:02d}:00"


# ---------------------------------------------------------------- Open Job Description
def openjd(ask: Submission) -> str:
    """A job template, specification 2023-09, as YAML."""
    render = _openjd_step("Render", _waiting(ask.render_line("{{Task.Param.Shard}}")), ask.seconds)
    render["parameterSpace"] = {
        "taskParameterDefinitions": [{"name": "Shard", "type": "INT", "range": f"0-{ask.shards - 1}"}]
    }
    render["hostRequirements"] = {
        "amounts": [
            {"name": "amount.worker.vcpu", "min": ask.cpus},
            {"name": "amount.worker.memory", "min": ask.memory_mb},
        ]
    }
    pack = _openjd_step("Pack", ask.pack_line + "\n", math.ceil(PACK_HOURS * 3600))
    pack["dependencies"] = [{"dependsOn": "Render"}]
    name = f"viewlock {ask.run.name}"[:128]
    return _yaml({"specificationVersion": "jobtemplate-2023-09", "name": name, "steps": [render, pack]})


def _openjd_step(name: str, script: str, seconds: int) -> dict[str, Any]:
    action = {
        "command": "bash",
        "args": [f"{{{{Task.File.{name}}}}}"],
        "timeout": seconds,
        "cancelation": {"mode": "NOTIFY_THEN_TERMINATE", "notifyPeriodInSeconds": GRACE_S},
    }
    files = [{"name": name, "type": "TEXT", "data": script}]
    return {"name": name, "script": {"actions": {"onRun": action}, "embeddedFiles": files}}


# ---------------------------------------------------------------- Kubernetes
def kubernetes(ask: Submission) -> str:
    """An Indexed Job that renders, and a Job that waits for the run and packs, as YAML.

    Raises:
        ConfigError: the run or the dataset is not on the mounted volume.
    """
    for path in (ask.run, ask.dataset):
        if not path.is_relative_to(ask.mount):
            raise ConfigError(f"{path}: not under {ask.mount}, where the volume is mounted; say --mount")
    name = re.sub(r"[^a-z0-9]+", "-", ask.run.name.lower()).strip("-")[:40].strip("-") or "run"
    script = _waiting(ask.render_line('"$JOB_COMPLETION_INDEX"'))
    render = _job(f"viewlock-render-{name}", ask, script, ask.cpus, ask.memory_mb, ask.seconds)
    render["spec"] |= {
        "completions": ask.shards,
        "parallelism": ask.parallel or ask.shards,
        "completionMode": "Indexed",
        "backoffLimitPerIndex": 5,
        "maxFailedIndexes": ask.shards,
        "podFailurePolicy": {"rules": [{"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget"}]}]},
    }
    rounds = math.ceil(ask.shards / (ask.parallel or ask.shards))
    wait = f"{ask.program} status {shlex.quote(str(ask.run))} --watch --every {GRACE_S} >/dev/null || [ $? -eq 65 ]"
    longest = ask.seconds * (rounds + 5) + math.ceil(PACK_HOURS * 3600)
    pack = _job(
        f"viewlock-pack-{name}", ask, f"set -e\n{wait}\n{ask.pack_line}\n", 1, min(ask.memory_mb, 4096), longest
    )
    pack["spec"] |= {"backoffLimit": 5}
    return _yaml(render) + "---\n" + _yaml(pack)


def _job(name: str, ask: Submission, script: str, cpus: int, memory_mb: int, seconds: int) -> dict[str, Any]:
    amounts = {"cpu": str(cpus), "memory": f"{memory_mb}Mi"}
    container = {
        "name": "viewlock",
        "image": ask.image,
        "command": ["bash", "-c", script],
        "resources": {"requests": amounts, "limits": {"memory": amounts["memory"]}},
        "volumeMounts": [{"name": "data", "mountPath": str(ask.mount)}],
    }
    pod = {
        "restartPolicy": "Never",
        "activeDeadlineSeconds": seconds,
        "terminationGracePeriodSeconds": GRACE_S,
        "containers": [container],
        "volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": ask.claim}}],
    }
    return {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": name}, "spec": {"template": {"spec": pod}}}


class _Dumper(yaml.SafeDumper):
    """Scripts are written as lines, not as one long word with \\n in it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)


def _yaml(value: Mapping[str, Any]) -> str:
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, width=1000)


FARMS: Mapping[str, Callable[[Submission], str]] = {"slurm": slurm, "openjd": openjd, "kubernetes": kubernetes}
