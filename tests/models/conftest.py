"""A dataset of synthetic triples for all tests of the models."""

import pytest
import torch

from .toy_data import write_dataset


@pytest.fixture(scope="session")
def toy(tmp_path_factory):
    """Six samples of train, two of val, two of test. Do not change it."""
    return write_dataset(tmp_path_factory.mktemp("toy") / "data", {"train": range(6), "val": [6, 7], "test": [8, 9]})


@pytest.fixture(scope="session", autouse=True)
def torch_settings():
    """Tiny networks are slower with more threads."""
    torch.set_num_threads(1)
    torch.set_warn_always(True)  # else only the first test of a process sees a warning
