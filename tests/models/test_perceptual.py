"""LPIPS against a plain reading of its formula, on weights made here; nothing stands in where weights are missing."""

import numpy as np
import pytest
import torch
from torch import nn

from viewlock.errors import DatasetError
from viewlock.models.perceptual import ALEXNET, LINEAR, Lpips, load_dreamsim, load_lpips, perceptual_distances

CHANNELS = (64, 192, 384, 256, 256)


def alexnet():
    """The convolutional part as torchvision orders it, with random weights."""
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 64, 11, 4, 2), nn.ReLU(), nn.MaxPool2d(3, 2),
        nn.Conv2d(64, 192, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
        nn.Conv2d(192, 384, 3, padding=1), nn.ReLU(),
        nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(),
        nn.Conv2d(256, 256, 3, padding=1), nn.ReLU(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def states():
    backbone = {f"features.{name}": tensor for name, tensor in alexnet().state_dict().items()}
    linear = {f"lin{k}.model.1.weight": torch.rand(1, width, 1, 1) for k, width in enumerate(CHANNELS)}
    return backbone, linear


@pytest.fixture
def folder(states, tmp_path):
    for name, state in zip((ALEXNET, LINEAR), states, strict=True):
        torch.save(state, tmp_path / name)
    return tmp_path


def pictures():
    draw = torch.Generator().manual_seed(1)
    return torch.rand(1, 3, 64, 80, generator=draw), torch.rand(1, 3, 64, 80, generator=draw)


def test_lpips_against_its_formula(states, folder):
    distance = load_lpips(folder=folder)
    assert not isinstance(distance, str)
    layers, linear = alexnet(), states[1]
    mean, std = (torch.tensor(v).view(1, 3, 1, 1) for v in ((-0.030, -0.088, -0.188), (0.458, 0.448, 0.450)))
    maps = []
    for picture in pictures():
        x, found = (picture * 2 - 1 - mean) / std, []
        for index, layer in enumerate(layers):
            x = layer(x)
            if index in (1, 4, 7, 9, 11):
                found.append(x[0].detach().numpy())
        maps.append(found)
    total = 0.0
    for k, (a, b) in enumerate(zip(*maps, strict=True)):
        weight = linear[f"lin{k}.model.1.weight"].numpy().ravel()
        for y, x in np.ndindex(a.shape[1:]):
            one, two = (v[:, y, x] / (np.linalg.norm(v[:, y, x]) + 1e-10) for v in (a, b))
            total += weight @ (one - two) ** 2 / a[0].size
    assert distance(*pictures()) == pytest.approx(total, rel=1e-4)


def test_equal_pictures_have_no_distance(states):
    one, two = pictures()
    lpips = Lpips(*states)
    assert lpips.distance(one, one) == 0
    assert lpips.distance(one, two) == pytest.approx(lpips.distance(two, one))


def test_missing_weights_are_said_to_be_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("VIEWLOCK_WEIGHTS", str(tmp_path))
    loaded, missing = perceptual_distances()
    assert loaded == {}
    assert ALEXNET in missing["lpips"]
    assert "dreamsim" in missing["dreamsim"]


def test_dreamsim_without_its_package_says_so(tmp_path):
    (tmp_path / "dreamsim").mkdir()
    try:
        import dreamsim  # noqa: F401  # pyright: ignore[reportMissingImports]
    except (ImportError, RuntimeError):
        found = load_dreamsim(folder=tmp_path)
        assert isinstance(found, str)
        assert "pip install dreamsim" in found
    else:
        pytest.skip("dreamsim is installed here")


def test_other_weights_are_refused(states, folder):
    torch.save(states[1], folder / ALEXNET)
    with pytest.raises(DatasetError, match="expected torchvision's AlexNet"):
        load_lpips(folder=folder)
    (folder / ALEXNET).write_bytes(b"no weights")
    with pytest.raises(DatasetError, match="not a file of torch weights"):
        load_lpips(folder=folder)
    torch.save([1, 2], folder / ALEXNET)
    with pytest.raises(DatasetError, match="expected a state dict, got list"):
        load_lpips(folder=folder)
