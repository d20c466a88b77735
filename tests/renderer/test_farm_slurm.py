"""The Slurm submission on a real slurmctld and slurmd of one's own, where they are installed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from viewlock.renderer.farm import Submission, slurm

pytestmark = pytest.mark.render

CONFIGURATION = """\
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
AuthType=auth/none
CredType=cred/none
{plugins}
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmUser={user}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory=2000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def free_ports() -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment in which `sbatch` finds a cluster of one node: this machine."""
    programs = {name: shutil.which(name) for name in ("slurmctld", "slurmd", "slurmstepd", "sbatch", "squeue")}
    missing = [name for name, path in programs.items() if path is None]
    if missing or os.geteuid() != 0:
        pytest.skip(f"needs root, slurmctld, slurmd and slurm-client; missing: {', '.join(missing) or 'root'}")
    folder = tmp_path / "slurm"
    for name in ("state", "spool"):
        (folder / name).mkdir(parents=True)
    plugins = os.environ.get("SLURM_PLUGIN_DIR")
    values = {"host": socket.gethostname().split(".")[0], "ports": free_ports(), "folder": folder, "user": "root",
              "cpus": os.cpu_count(), "plugins": f"PluginDir={plugins}" if plugins else ""}  # fmt: skip
    (folder / "slurm.conf").write_text(CONFIGURATION.format(**values))
    env = {**os.environ, "SLURM_CONF": str(folder / "slurm.conf")}
    daemons = [["slurmctld", "-D"], ["slurmd", "-D", "-d", str(programs["slurmstepd"])]]
    logs = [(folder / f"{command[0]}.log").open("wb") for command in daemons]
    started = [subprocess.Popen(c, env=env, stdout=log, stderr=log) for c, log in zip(daemons, logs, strict=True)]
    try:
        wait_until(lambda: "idle" in told(["sinfo", "-h"], env), 60)
        yield env
    finally:
        for daemon in started:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(timeout=60)
        for log in logs:
            log.close()


def told(command: list[str], env: dict[str, str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, env=env, timeout=60).stdout


def wait_until(what, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.5)


def test_the_array_runs_and_then_it_is_packed(cluster, tiny_run, tiny_dataset, tmp_path):
    run = shutil.copytree(tiny_run, tmp_path / "my run")  # finished, so its tasks have nothing to do
    asked = Submission(run=run, dataset=tmp_path / "packed", shards=3, parallel=2, cpus=1, memory_gb=1, hours=0.2,
                       program=f"{sys.executable} -m viewlock")  # fmt: skip
    done = subprocess.run(["bash"], input=slurm(asked), capture_output=True, text=True, env=cluster, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("render: job ")
    wait_until(lambda: not told(["squeue", "-h"], cluster), 240)
    logs = {path.name: path.read_text() for path in (run / "logs").glob("slurm-*.log")}
    assert len(logs) == 4, logs
    assert (tmp_path / "packed" / "SHA256SUMS").read_bytes() == (tiny_dataset / "SHA256SUMS").read_bytes(), logs
