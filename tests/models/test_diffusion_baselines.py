"""What inpainting may change and what it may not; a stand-in paints, for the weights of the real one are not here."""

import sys
import types

import diffusers
import numpy as np
import pytest
import torch

from viewlock.errors import DatasetError, MissingLibraryError
from viewlock.models.baselines import dis_flow
from viewlock.models.methods import by_flow, get_method


class Painter:
    """Paints everything magenta, and keeps what it is asked."""

    asked: dict

    def to(self, device):
        return self

    def set_progress_bar_config(self, disable):
        pass

    def __call__(self, **asked):
        self.asked = asked
        size = asked["height"], asked["width"]
        return types.SimpleNamespace(images=torch.tensor([1.0, 0.0, 1.0]).view(1, 3, 1, 1).expand(1, 3, *size))


@pytest.fixture
def sample():
    draw = np.random.default_rng(0)
    world = np.kron(draw.integers(0, 256, (20, 30, 3), np.uint8), np.ones((6, 6, 1), np.uint8))
    return {"key": "k", "i1": world[:75, :101], "i2": world[3:78, 12:113]}


def test_holes_are_painted_and_the_rest_stays(sample, monkeypatch, tmp_path):
    painter = Painter()
    monkeypatch.setitem(sys.modules, "transformers", types.ModuleType("transformers"))
    monkeypatch.setattr(diffusers.StableDiffusionInpaintPipeline, "from_pretrained", lambda *a, **b: painter)
    image = get_method(f"sd-inpaint:{tmp_path}", seed=3).align(sample).image
    warped = by_flow(dis_flow, check=True)(sample)
    assert warped.valid is not None
    kept = warped.valid[0]
    assert 0 < (~kept).float().mean() < 1
    assert torch.equal(image[0, :, kept], warped.image[0, :, kept])
    assert torch.allclose(image[0, :, ~kept], torch.tensor([[1.0], [0.0], [1.0]]), atol=1e-5)
    assert (painter.asked["width"], painter.asked["height"]) == (104, 80)
    assert painter.asked["mask_image"].shape == (1, 1, 80, 104)
    assert painter.asked["generator"].initial_seed() == 3
    assert painter.asked["prompt"] == ""


def test_without_transformers_one_line_says_so(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(MissingLibraryError, match="pip install diffusers transformers"):
        get_method(f"sd-inpaint:{tmp_path}")


def test_another_folder_is_refused(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "transformers", types.ModuleType("transformers"))

    def refuse(*words, **options):
        raise OSError("no file named model_index.json")

    monkeypatch.setattr(diffusers.StableDiffusionInpaintPipeline, "from_pretrained", refuse)
    with pytest.raises(DatasetError, match="expected a saved Stable Diffusion inpainting pipeline: no file named"):
        get_method(f"sd-inpaint:{tmp_path}")
