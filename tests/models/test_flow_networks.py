"""Flow in files, written and read, and ptlflow where it cannot be imported."""

import sys
import types

import numpy as np
import pytest
import torch

from viewlock.errors import DatasetError, MissingLibraryError
from viewlock.exporters.fields import encode_flow_png
from viewlock.models import flow_networks
from viewlock.models.flow_networks import NETWORKS, flo_bytes, network, read_flo, stored_flow, write_flows
from viewlock.renderer.sample import Flow


@pytest.fixture
def flow():
    return np.random.default_rng(0).normal(0, 20, (6, 9, 2)).astype(np.float32)


def test_flo_files_come_back(flow, tmp_path):
    file = tmp_path / "a.flo"
    file.write_bytes(flo_bytes(flow))
    assert np.array_equal(read_flo(file), flow)
    assert file.read_bytes()[:4] == b"PIEH"  # 202021.25 as a little-endian float


def test_a_real_flo_file(assets):
    file = assets / "eval" / "sintel" / "flow" / "frame_0001.flo"
    flow = read_flo(file)
    assert flow.shape == (436, 1024, 2)
    assert 0.1 < np.abs(flow).mean() < 100


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "expected it to begin"), (b"PIEHxx", "expected it to begin"), (b"WHAT" + bytes(20), "expected it to begin"),
     (flo_bytes(np.zeros((4, 5, 2), np.float32))[:-1], "expected 5 x 4 x 8 bytes"),
     (b"PIEH" + bytes(8), "expected 0 x 0")],
)  # fmt: skip
def test_what_is_no_flo_file_is_refused(data, why, tmp_path):
    file = tmp_path / "b.flo"
    file.write_bytes(data)
    with pytest.raises(DatasetError, match=why):
        read_flo(file)


def test_stored_flow_knows_both_forms_and_what_is_unknown(flow, tmp_path):
    assert stored_flow(tmp_path, "k", "1to2") is None
    flow[2, 3] = 1e10
    flow[0, 0, 1] = np.nan
    (tmp_path / "k.flow_1to2.flo").write_bytes(flo_bytes(flow))
    found, known = stored_flow(tmp_path, "k", "1to2") or (None, None)
    assert known is not None
    assert np.argwhere(~known).tolist() == [[0, 0], [2, 3]]
    assert np.array_equal(found[known], flow[known])
    valid = np.random.default_rng(1).random((6, 9)) < 0.5
    (tmp_path / "k.flow_2to1.png").write_bytes(encode_flow_png(Flow(flow, valid & known)))
    found, known = stored_flow(tmp_path, "k", "2to1") or (None, None)
    assert known is not None
    assert np.abs(found[known] - flow[known]).max() <= 1 / 128
    (tmp_path / "k.flow_2to1.png").write_bytes(b"no picture")
    with pytest.raises(DatasetError, match=r"k\.flow_2to1\.png: not a PNG"):
        stored_flow(tmp_path, "k", "2to1")


def test_flows_are_written_once_and_in_both_directions(tmp_path):
    samples = [{"key": key, "i1": np.zeros((4, 6, 3), np.uint8), "i2": np.ones((4, 6, 3), np.uint8)} for key in "ab"]
    asked = []

    def estimate(one, two):
        asked.append((int(one.max()), int(two.max())))
        return np.full((4, 6, 2), float(two.max()), np.float32)

    assert write_flows(samples, estimate, tmp_path) == 4
    assert asked == [(0, 1), (1, 0)] * 2
    assert read_flo(tmp_path / "b.flow_1to2.flo")[0, 0].tolist() == [1, 1]
    assert write_flows(samples, estimate, tmp_path) == 0


class Recorder(torch.nn.Module):
    """In place of a network of ptlflow: keeps what it is given, and answers a flow that is (column, row)."""

    def forward(self, inputs):
        self.given = inputs["images"]
        height, width = self.given.shape[-2:]
        y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
        return {"flows": torch.stack([x, y])[None, None]}


def test_ptlflow_gets_bgr_and_its_own_weights(monkeypatch, tmp_path):
    model, asked = Recorder(), []

    def get_model(name, ckpt_path):
        asked.append((name, ckpt_path))
        return model

    monkeypatch.setitem(sys.modules, "ptlflow", types.SimpleNamespace(get_model=get_model))
    monkeypatch.setenv("VIEWLOCK_WEIGHTS", str(tmp_path))
    estimate = network("flowformer++")
    (tmp_path / "raft.ckpt").write_bytes(b"")
    network("raft")
    assert asked == [("flowformer_pp", "things"), ("raft", str(tmp_path / "raft.ckpt"))]
    one, two = np.zeros((2, 5, 7, 3), np.uint8)
    one[1, 2] = [255, 0, 51]
    flow = estimate(one, two)
    assert flow.shape == (5, 7, 2)
    assert flow[3, 6].tolist() == [6, 3]
    assert model.given.shape == (1, 2, 3, 5, 7)
    assert model.given[0, 0, :, 1, 2].tolist() == pytest.approx([0.2, 0, 1])


def test_weights_that_cannot_be_had_are_one_line(monkeypatch, tmp_path):
    def get_model(name, ckpt_path):
        raise OSError("no route to host\nand more")

    monkeypatch.setitem(sys.modules, "ptlflow", types.SimpleNamespace(get_model=get_model))
    monkeypatch.setenv("VIEWLOCK_WEIGHTS", str(tmp_path))
    with pytest.raises(DatasetError) as told:
        network("dpflow")
    wanted = f"method dpflow: its weights cannot be had (no route to host); put them at {tmp_path / 'dpflow.ckpt'}"
    assert str(told.value) == wanted


@pytest.mark.parametrize("name", NETWORKS)
def test_without_ptlflow_one_line_says_what_to_do(name, monkeypatch):
    monkeypatch.setitem(sys.modules, "ptlflow", None)
    with pytest.raises(MissingLibraryError) as told:
        network(name)
    assert "pip install 'viewlock[models,flow]'" in str(told.value)
    assert f"flow_networks {name} --data" in str(told.value)
    assert "\n" not in str(told.value)


def test_the_bridge_refuses_in_one_line(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ptlflow", None)
    for name, why in (("rafd", "did you mean 'raft'?"), ("raft", "pip install 'viewlock[models,flow]'")):
        with pytest.raises(SystemExit) as ended:
            flow_networks.main([name, "--data", "nowhere", "-o", "out"])
        assert ended.value.code == 2
        assert why in capsys.readouterr().err
