"""LPIPS and DreamSim, for those who have their weights. Nothing is downloaded, and nothing stands in for them.

LPIPS (Zhang et al., The unreasonable effectiveness of deep features as a perceptual metric, 2018, Eq. 1) is computed
here, with the AlexNet of torchvision's `alexnet-owt-7be5be79.pth` and the linear layers of the `lpips` package's
`weights/v0.1/alex.pth`. DreamSim needs its own package, and that one torchvision.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate, max_pool2d, relu

from viewlock.errors import DatasetError
from viewlock.store import cache_folder

Distance = Callable[[Tensor, Tensor], float]
"""Of two pictures (1, 3, H, W) in [0, 1]; 0 for equal ones."""

ALEXNET, LINEAR = "alexnet-owt-7be5be79.pth", "alex.pth"

_LAYERS = ((0, 3, 64, 11, 4, 2), (3, 64, 192, 5, 1, 2), (6, 192, 384, 3, 1, 1), (8, 384, 256, 3, 1, 1),
           (10, 256, 256, 3, 1, 1))  # fmt: skip
"""(torchvision's index in `features`, channels in, channels out, kernel, stride, padding)"""
_POOLED_BEFORE = (3, 6)
_MEAN, _STD = (-0.030, -0.088, -0.188), (0.458, 0.448, 0.450)


def weights_folder() -> Path:
    """`$VIEWLOCK_WEIGHTS`, or `weights` in the cache folder."""
    named = os.environ.get("VIEWLOCK_WEIGHTS")
    return Path(named).expanduser() if named else cache_folder() / "weights"


def perceptual_distances(device: str = "cpu") -> tuple[dict[str, Distance], dict[str, str]]:
    """The distances that can be computed here, and why the others cannot, each by name."""
    loaded: dict[str, Distance] = {}
    missing: dict[str, str] = {}
    for name, load in (("lpips", load_lpips), ("dreamsim", load_dreamsim)):
        got = load(device)
        if isinstance(got, str):
            missing[name] = got
        else:
            loaded[name] = got
    return loaded, missing


def load_lpips(device: str = "cpu", folder: Path | None = None) -> Distance | str:
    """LPIPS, or the reason why not.

    Raises:
        DatasetError: a file of weights is there, and is something else.
    """
    folder = folder or weights_folder()
    files = [folder / ALEXNET, folder / LINEAR]
    absent = [file.name for file in files if not file.is_file()]
    if absent:
        return f"no {' and no '.join(absent)} in {folder} (docs/evaluation.md says where from)"
    return Lpips(*(_state(file) for file in files)).to(device).eval().distance


def load_dreamsim(device: str = "cpu", folder: Path | None = None) -> Distance | str:
    """DreamSim by its own package from weights in `folder`/dreamsim, or the reason why not."""
    folder = (folder or weights_folder()) / "dreamsim"
    if not folder.is_dir():
        return f"no folder {folder}; it should be the cache_dir that dreamsim filled"
    try:
        from dreamsim import dreamsim  # pyright: ignore[reportMissingImports]
    except (ImportError, RuntimeError) as problem:  # a torchvision of another torch raises RuntimeError
        return f"the package dreamsim cannot be imported ({problem}); pip install dreamsim where torchvision works"
    model, _ = dreamsim(pretrained=True, device=device, cache_dir=str(folder))

    def distance(one: Tensor, two: Tensor) -> float:
        sized = [interpolate(p.to(device), (224, 224), mode="bicubic", antialias=True).clamp(0, 1) for p in (one, two)]
        with torch.inference_mode():
            return float(model(*sized))

    return distance


class Lpips(nn.Module):
    """Features of AlexNet's five ReLU layers, unit length, squared difference, weighted, mean over pixels, summed.

    Args:
        alexnet: torchvision's state dict.
        linear: `lin0.model.1.weight` (1, 64, 1, 1) to `lin4.model.1.weight`.

    Raises:
        DatasetError: keys or shapes are not these.
    """

    def __init__(self, alexnet: dict[str, Tensor], linear: dict[str, Tensor]) -> None:
        super().__init__()
        self.convolutions = nn.ModuleList(
            nn.Conv2d(cin, cout, kernel, stride, padding) for _, cin, cout, kernel, stride, padding in _LAYERS
        )
        try:
            for layer, (index, *_) in zip(self.convolutions, _LAYERS, strict=True):
                layer.load_state_dict({part: alexnet[f"features.{index}.{part}"] for part in ("weight", "bias")})
            weights = [linear[f"lin{k}.model.1.weight"].reshape(1, layer[2], 1, 1) for k, layer in enumerate(_LAYERS)]
        except (KeyError, RuntimeError) as problem:
            raise DatasetError(
                f"LPIPS weights: expected torchvision's AlexNet and lpips' alex.pth, got others: {problem}"
            ) from None
        for k, weight in enumerate(weights):
            self.register_buffer(f"weight_{k}", weight.float())
        self.register_buffer("mean", torch.tensor(_MEAN).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(_STD).view(1, 3, 1, 1))
        self.requires_grad_(False)

    def features(self, picture: Tensor) -> list[Tensor]:
        """Of (B, 3, H, W) in [0, 1], each (B, C, h, w) of unit length along C."""
        x = (2 * picture - 1 - self.get_buffer("mean")) / self.get_buffer("std")
        found = []
        for layer, (index, *_) in zip(self.convolutions, _LAYERS, strict=True):
            x = max_pool2d(x, 3, 2) if index in _POOLED_BEFORE else x
            x = relu(layer(x))
            found.append(x / (x.norm(dim=1, keepdim=True) + 1e-10))
        return found

    def forward(self, one: Tensor, two: Tensor) -> Tensor:
        """(B,) distances of (B, 3, H, W) in [0, 1]."""
        gaps = zip(self.features(one), self.features(two), strict=True)
        return torch.stack(
            [((a - b).square() * self.get_buffer(f"weight_{k}")).sum(1).mean((1, 2)) for k, (a, b) in enumerate(gaps)]
        ).sum(0)

    def distance(self, one: Tensor, two: Tensor) -> float:
        device = self.get_buffer("mean").device
        with torch.inference_mode():
            return float(self(one.to(device), two.to(device)))


def _state(file: Path) -> dict[str, Tensor]:
    try:
        state = torch.load(file, map_location="cpu", weights_only=True)
    except Exception as problem:  # torch raises whatever the bytes provoke
        raise DatasetError(f"{file}: not a file of torch weights: {str(problem).splitlines()[0]}") from None
    if not isinstance(state, dict):
        raise DatasetError(f"{file}: expected a state dict, got {type(state).__name__}")
    return state
