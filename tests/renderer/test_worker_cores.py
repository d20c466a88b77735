"""How many threads Blender's scheduler reckons with, asked of oneTBB itself."""

import os
import subprocess
import sys

import pytest

pytest.importorskip("bpy")

ASK = """
import ctypes, os
from viewlock.renderer.worker import few_cores
with few_cores({count}):
    import bpy
library = next(line.split()[-1] for line in open("/proc/self/maps") if "/libtbb.so" in line)
concurrency = ctypes.CDLL(library)["_ZN3tbb6detail2r115max_concurrencyEPKNS0_2d115task_arena_baseE"]
threads = [len(os.sched_getaffinity(int(thread))) for thread in os.listdir("/proc/self/task")]
print(concurrency(None), min(threads), flush=True)
os._exit(0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, and affinity is of Linux")
@pytest.mark.parametrize("count", [0, 1, 1000])
def test_blender_reckons_with_a_workers_threads(count):
    said = subprocess.run([sys.executable, "-c", ASK.format(count=count)], capture_output=True, text=True)
    assert not said.returncode, said.stderr
    cores = len(os.sched_getaffinity(0))
    assert [int(word) for word in said.stdout.split()] == [min(count, cores) or cores, cores]
