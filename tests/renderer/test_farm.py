"""Submissions: accepted by the programs that read them, and what they run makes the data set."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from viewlock.errors import ConfigError
from viewlock.renderer.farm import FARMS, Submission, kubernetes, openjd, slurm

RUN = Path("/data/my runs/it's one")


def ask(**changed) -> Submission:
    return Submission(**{"run": RUN, "dataset": Path("/data/out"), "shards": 3, "parallel": 2, **changed})


def executable(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def bash(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", **environment}
    return subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, env=env)


# ---------------------------------------------------------------- what all have in common
def test_what_cannot_be_said_is_refused():
    ask().check(3)
    with pytest.raises(ConfigError, match="--shards 3: the run has 2 scenes"):
        ask().check(2)
    for odd in ("/data/a\nb", '/data/a"b', "/data/50%", "/data/{{x}}", "/data/$HOME"):
        with pytest.raises(ConfigError, match="farms do not take"):
            ask(run=Path(odd)).check(3)


def test_all_shards_are_asked_for_once(tmp_path):
    """The scripts are run with a program that writes down what it is told."""
    executable(tmp_path / "viewlock", f'#!/bin/bash\necho "$@" >> {tmp_path}/told\n')
    jobs = list(yaml.safe_load_all(kubernetes(ask())))
    script = jobs[0]["spec"]["template"]["spec"]["containers"][0]["command"][2]
    for index in range(jobs[0]["spec"]["completions"]):
        assert bash(script, tmp_path, JOB_COMPLETION_INDEX=str(index)).returncode == 0
    assert bash(jobs[1]["spec"]["template"]["spec"]["containers"][0]["command"][2], tmp_path).returncode == 0
    told = (tmp_path / "told").read_text().splitlines()
    assert told[:3] == [f"render {RUN} --shard {index}/3 --threads 4" for index in range(3)]
    assert told[3:] == [f"status {RUN} --watch --every 60", f"pack {RUN} -o /data/out"]


@pytest.mark.parametrize(("code", "expected"), [(0, 0), (65, 0), (2, 2), (75, 75), (143, 143)])
def test_quarantine_is_forgiven_and_nothing_else(tmp_path, code, expected):
    executable(tmp_path / "viewlock", f"#!/bin/bash\nexit {code}\n")
    script = yaml.safe_load(openjd(ask()))["steps"][0]["script"]["embeddedFiles"][0]["data"]
    assert bash(script.replace("{{Task.Param.Shard}}", "0"), tmp_path).returncode == expected


def test_a_signal_reaches_the_program_and_its_code_comes_back(tmp_path):
    executable(
        tmp_path / "viewlock",
        "#!/bin/bash\ntrap 'sleep 0.2; exit 42' TERM\nkill -TERM $PPID\nsleep 3 >&- 2>&- & wait\n",
    )
    script = yaml.safe_load(openjd(ask()))["steps"][0]["script"]["embeddedFiles"][0]["data"]
    assert bash(script.replace("{{Task.Param.Shard}}", "0"), tmp_path).returncode == 42


# ---------------------------------------------------------------- Slurm
SBATCH = """#!/bin/bash
n=$(ls {0}/job.* 2>/dev/null | wc -l)
echo "$@" > {0}/args.$n
cat > {0}/job.$n
echo "10$n;cluster"
"""


def test_the_slurm_script_submits_an_array_and_then_packing(tmp_path):
    executable(tmp_path / "sbatch", SBATCH.format(tmp_path))
    run = tmp_path / "my run"
    done = bash(slurm(ask(run=run, hours=1.51, memory_gb=1.5)), tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "render: job 100, 3 tasks; pack: job 101\n"
    assert (run / "logs").is_dir()  # Slurm does not make the folder of its logs
    render, pack = (tmp_path / "job.0").read_text(), (tmp_path / "job.1").read_text()
    for line in ("--array=0-2%2", "--requeue", "--cpus-per-task=4", "--mem=1536M", "--time=1:31:00"):
        assert f"#SBATCH {line}\n" in render
    assert (tmp_path / "args.1").read_text() == "--parsable --dependency=afterany:100\n"
    assert f"viewlock pack '{run}' -o /data/out" in pack
    for job in (render, pack):
        assert subprocess.run(["bash", "-n"], input=job, text=True, capture_output=True).returncode == 0


@pytest.mark.parametrize(
    ("code", "restarts", "again"), [(75, 0, True), (143, 3, True), (143, 20, False), (2, 0, False)]
)
def test_slurm_starts_stopped_tasks_again_but_not_for_ever(tmp_path, code, restarts, again):
    executable(tmp_path / "sbatch", SBATCH.format(tmp_path))
    executable(tmp_path / "viewlock", f"#!/bin/bash\nexit {code}\n")
    executable(tmp_path / "scontrol", f'#!/bin/bash\necho "$@" > {tmp_path}/told\n')
    executable(tmp_path / "sleep", "#!/bin/bash\n")
    assert bash(slurm(ask(run=tmp_path / "run")), tmp_path).returncode == 0
    job = (tmp_path / "job.0").read_text()
    done = bash(job, tmp_path, SLURM_ARRAY_TASK_ID="1", SLURM_JOB_ID="17", SLURM_RESTART_COUNT=str(restarts))
    assert done.returncode == code
    assert (tmp_path / "told").exists() == again
    if again:
        assert (tmp_path / "told").read_text() == "requeue 17\n"


# ---------------------------------------------------------------- Open Job Description
def test_the_template_has_a_task_for_each_shard_and_packs_after_them():
    template = yaml.safe_load(openjd(ask(hours=2, memory_gb=3)))
    assert template["specificationVersion"] == "jobtemplate-2023-09"
    render, pack = template["steps"]
    assert render["parameterSpace"]["taskParameterDefinitions"] == [{"name": "Shard", "type": "INT", "range": "0-2"}]
    assert render["script"]["actions"]["onRun"]["timeout"] == 7200
    assert {a["name"]: a["min"] for a in render["hostRequirements"]["amounts"]} == {
        "amount.worker.vcpu": 4,
        "amount.worker.memory": 3072,
    }
    assert pack["dependencies"] == [{"dependsOn": render["name"]}]


@pytest.mark.render
def test_the_real_cli_checks_and_runs_the_template(tiny_run, tiny_dataset, tmp_path):
    beside = Path(sys.executable).with_name("openjd")
    program = os.environ.get("OPENJD") or shutil.which("openjd") or (str(beside) if beside.exists() else None)
    if program is None:
        pytest.skip("openjd is not installed: pip install openjd-cli, or name it with OPENJD")
    run = shutil.copytree(tiny_run, tmp_path / "my run")  # finished, so its tasks have nothing to do
    asked = ask(run=run, dataset=tmp_path / "packed", program=f"{sys.executable} -m viewlock", cpus=1, memory_gb=1)
    template = tmp_path / "job.yaml"
    template.write_text(openjd(asked))
    checked = subprocess.run([program, "check", template], capture_output=True, text=True, timeout=60)
    assert checked.returncode == 0 and "passes validation" in checked.stdout, checked.stdout
    words = [program, "run", template, "--step", "Pack", "--run-dependencies"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "Chunks run: 4" in done.stdout or "Tasks run: 4" in done.stdout
    assert (tmp_path / "packed" / "SHA256SUMS").read_bytes() == (tiny_dataset / "SHA256SUMS").read_bytes()


# ---------------------------------------------------------------- Kubernetes
def test_the_jobs_have_what_kubernetes_requires():
    render, pack = yaml.safe_load_all(kubernetes(ask(image="registry/viewlock:1", claim="disk")))
    for job in (render, pack):
        assert (job["apiVersion"], job["kind"]) == ("batch/v1", "Job")
        assert len(job["metadata"]["name"]) <= 63 and job["metadata"]["name"].replace("-", "").isalnum()
        pod = job["spec"]["template"]["spec"]
        assert pod["restartPolicy"] == "Never"  # podFailurePolicy asks for it
        (container,) = pod["containers"]
        assert container["image"] == "registry/viewlock:1"
        assert container["resources"]["requests"]["memory"] == container["resources"]["limits"]["memory"]
        assert [v["name"] for v in pod["volumes"]] == [m["name"] for m in container["volumeMounts"]]
        assert pod["volumes"][0]["persistentVolumeClaim"] == {"claimName": "disk"}
    spec = render["spec"]
    assert (spec["completionMode"], spec["completions"], spec["parallelism"]) == ("Indexed", 3, 2)
    assert spec["backoffLimitPerIndex"] > 0 and "backoffLimit" not in spec  # one rules out the other
    assert render["metadata"]["name"] != pack["metadata"]["name"]


def test_a_run_outside_the_volume_is_refused():
    with pytest.raises(ConfigError, match="not under /mnt"):
        kubernetes(ask(mount=Path("/mnt")))


# ---------------------------------------------------------------- the command
@pytest.mark.render
def test_the_command_writes_each_kind(tiny_run, viewlock, tmp_path):
    more = {"kubernetes": ["--image", "viewlock:1", "--claim", "disk", "--mount", str(tiny_run.parent)]}
    for kind in FARMS:
        file = tmp_path / "sub" / kind
        done = viewlock("farm", kind, tiny_run, "-o", file, "--shards", "3", *more.get(kind, []))
        assert done.returncode == 0, done.stderr
        assert done.stdout == f"{file}: 3 tasks, then packing into {tiny_run}.dataset\n"
        assert "--shard" in file.read_text() and f"-o {tiny_run}.dataset" in file.read_text()
    done = viewlock("farm", "slurm", tiny_run, "-o", tmp_path / "x", "--shards", "4")
    assert done.returncode == 2 and done.stderr.startswith("viewlock: --shards 4: the run has 3 scenes")
