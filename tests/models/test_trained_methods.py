"""Runs as methods: an aligner with other steps of sampling, and a VQ-VAE as the ceiling above it."""

import numpy as np
import pytest
import torch

from viewlock.errors import ConfigError
from viewlock.models.checkpoints import load_model
from viewlock.models.config import read_config
from viewlock.models.methods import get_method, get_methods
from viewlock.models.registry import MODELS
from viewlock.models.run_files import save_weights


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Untrained networks as runs: a sampled picture is noise, but the same noise again. Do not change them."""
    folder = tmp_path_factory.mktemp("runs")
    for model in ("vqvae", "dmaligner"):
        torch.manual_seed(1)
        config = read_config(MODELS[model].config, model, "tiny")
        (folder / model).mkdir()
        save_weights(folder / model, MODELS[model].build(config), config, 1)
    return folder


@pytest.fixture(scope="module")
def sample():
    """Pictures of a size that no network halves evenly."""
    draw = np.random.default_rng(0)
    return {"key": "k", **{name: draw.integers(0, 256, (33, 45, 3), np.uint8) for name in ("i1", "i2", "igt")}}


def picture(method, sample):
    return method.align(sample).image


def test_steps_of_sampling_are_chosen_behind_an_at(runs, sample):
    run = str(runs / "dmaligner")
    usual, same, one = get_methods([run, f"{run}@20", f"{run}@100"])
    assert (usual.label, one.label) == ("dmaligner", "dmaligner@100") and usual.facts["DMP"] == "yes"
    assert torch.equal(picture(usual, sample), picture(same, sample))  # tiny has 20
    pair = [torch.from_numpy(sample[name]).permute(2, 0, 1)[None].float() / 255 for name in ("i1", "i2")]
    expected = load_model(runs / "dmaligner").align(*pair, stride=100).image  # type: ignore[operator]
    assert torch.allclose(picture(one, sample), expected, atol=1e-6)
    assert not torch.allclose(picture(one, sample), picture(usual, sample), atol=0.01)


def test_a_vqvae_shows_what_it_can_keep(runs, sample):
    ceiling, floor = get_methods([f"vqvae:{runs / 'vqvae'}", f"vqvae-i1:{runs / 'vqvae'}"])
    assert (ceiling.needs, floor.needs) == (("igt",), ())
    assert (ceiling.label, floor.label) == ("Igt through vqvae", "I1 through vqvae")
    swapped = {"key": "k", "i1": sample["igt"], "i2": sample["i2"], "igt": sample["i1"]}
    assert picture(ceiling, sample).shape == (1, 3, 33, 45)
    assert torch.equal(picture(ceiling, sample), picture(floor, swapped))
    assert not torch.equal(picture(ceiling, sample), picture(floor, sample))


def test_the_ceiling_of_an_aligner_is_decoded_as_its_predictions(runs, sample):
    model = load_model(runs / "dmaligner")
    igt = torch.from_numpy(sample["igt"][:32, :44]).permute(2, 0, 1)[None].float() / 255
    latents = model.latents  # type: ignore[union-attr]
    expected = latents.decode(latents.encode(igt)).clamp(0, 1)  # type: ignore[operator]
    found = picture(get_method(f"vqvae:{runs / 'dmaligner'}"), {**sample, "igt": sample["igt"][:32, :44]})
    assert torch.allclose(found, expected, atol=1e-6)


def test_mistakes_are_named(runs):
    for name, expected in {
        str(runs / "vqvae"): f"expected the run of an aligner, got that of a Vqvae; vqvae:{runs / 'vqvae'} scores that",
        f"vqvae:{runs / 'nowhere'}": "is not a folder",
        f"{runs / 'dmaligner'}@0": "RUN@STRIDE",
        f"{runs / 'dmaligner'}@fast": "RUN@STRIDE",
        f"{runs / 'nowhere'}@10": "RUN@STRIDE",
    }.items():
        with pytest.raises(ConfigError) as told:
            get_method(name)
        assert expected in str(told.value) and "\n" not in str(told.value)
