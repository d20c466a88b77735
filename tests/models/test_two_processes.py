"""Training in two processes: the same as one process with twice the batch, and exact when it goes on."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from viewlock.models.place import Place
from viewlock.models.train import train

from .two_processes import CHANGES, settings

TOLERANCE = 2e-5
"""Of weights: four steps of at most 1e-3 each. Sums are added up in another order."""


@pytest.fixture(scope="module")
def together(toy, tmp_path_factory):
    """What `two_processes` wrote."""
    folder = tmp_path_factory.mktemp("two")
    script = Path(__file__).with_name("two_processes.py")
    done = subprocess.run([sys.executable, script, toy, folder], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return folder


def test_two_processes_are_one_with_twice_the_batch(toy, together, tmp_path):
    alone = settings("vqvae", **CHANGES | {"train.batch": 2})
    train("vqvae", alone, [toy], tmp_path / "alone", Place(torch.device("cpu")), workers=0)
    one, two = (torch.load(run / "state.pt", weights_only=True) for run in (tmp_path / "alone", together / "whole"))
    assert (one["world"], two["world"]) == (1, 2) and one["stream"] == two["stream"]
    gaps = [float((one["model"][name] - two["model"][name]).abs().max()) for name in one["model"]]
    assert max(gaps) < TOLERANCE
    half = settings("vqvae", **CHANGES)  # one of the two alone has gone elsewhere
    train("vqvae", half, [toy], tmp_path / "half", Place(torch.device("cpu")), workers=0)
    other = torch.load(tmp_path / "half" / "state.pt", weights_only=True)["model"]
    assert max(float((other[name] - two["model"][name]).abs().max()) for name in other) > 20 * TOLERANCE


def test_two_processes_go_on_bit_for_bit(together):
    whole, parts = (together / name / "weights.safetensors" for name in ("whole", "parts"))
    assert whole.read_bytes() == parts.read_bytes()
    one, other = (torch.load(together / name / "state.pt", weights_only=True) for name in ("whole", "parts"))
    moments = [state["optimiser"]["state"] for state in (one, other)]
    assert all(torch.equal(moments[0][k]["exp_avg_sq"], moments[1][k]["exp_avg_sq"]) for k in moments[0])


def test_the_aligner_trains_in_two_processes(together):
    """Every parameter that learns has a gradient, or the two would wait for each other."""
    weights = load_file(together / "aligner" / "weights.safetensors")
    assert all(torch.isfinite(tensor).all() for tensor in weights.values())
    assert len((together / "aligner" / "log.jsonl").read_text().splitlines()) >= 1
