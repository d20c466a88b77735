"""VQ-VAEs as latent diffusion's own code saves them: its names of tensors -> those of diffusers' `VQModel`.

LDM publishes `vq-f4`, `vq-f8` and so on as checkpoints (`model.ckpt`) with keys such as
`decoder.up.0.block.1.conv1.weight`, or as a part of a larger model under `first_stage_model.`. All sizes can be read
off the tensors, but for the groups of GroupNorm, 32 there.
"""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import Any, cast

import torch
from diffusers.models.autoencoders.vq_model import VQModel
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from viewlock.errors import ConfigError

from .dmaligner_config import VqvaeShape
from .vqvae import build_vqvae

CHECKPOINT = "model.ckpt"
ENDINGS = (".ckpt", ".pt", ".pth", ".safetensors")
GROUPS = 32

_OURS = re.compile(r"(encoder|decoder|quant_conv|post_quant_conv|quantize)\.")
_NAMES = (
    (r"\.norm_out\.", ".conv_norm_out."),
    (r"\.mid\.block_([12])\.", lambda m: f".mid_block.resnets.{int(m[1]) - 1}."),
    (r"\.mid\.attn_1\.", ".mid_block.attentions.0."),
    (r"\.down\.(\d+)\.block\.", r".down_blocks.\1.resnets."),
    (r"\.down\.(\d+)\.attn\.", r".down_blocks.\1.attentions."),
    (r"\.down\.(\d+)\.downsample\.", r".down_blocks.\1.downsamplers.0."),
    (r"\.nin_shortcut\.", ".conv_shortcut."),
)
_ATTENTION = {"norm": "group_norm", "q": "to_q", "k": "to_k", "v": "to_v", "proj_out": "to_out.0"}


def load_ldm(file: Path, groups: int = GROUPS) -> tuple[VQModel, VqvaeShape]:
    """A VQ-VAE from a checkpoint of LDM, its sizes read off the tensors.

    Raises:
        ConfigError: it cannot be read, or holds no VQ-VAE of this form.
    """
    tensors = _first_stage(_read(file))
    try:
        shape = _shape_of(tensors, groups)
        vq = build_vqvae(shape)
        vq.load_state_dict(renamed(tensors, len(shape.channels)))
    except (KeyError, ValueError, RuntimeError) as problem:
        line = " ".join(str(problem).split())[:200]
        raise ConfigError(f"weights: {file}: not a VQ-VAE of LDM's form: {line}") from None
    return vq, shape


def renamed(tensors: dict[str, Tensor], levels: int) -> dict[str, Tensor]:
    """LDM's tensors under diffusers' names. There, levels of the decoder are numbered from the finest, and the linear
    layers of attention are convolutions of 1 x 1."""
    found = {}
    for key, tensor in tensors.items():
        name = key
        for pattern, replacement in _NAMES:
            name = re.sub(pattern, cast(Any, replacement), name)
        name = re.sub(r"\.up\.(\d+)\.", lambda m: f".up_blocks.{levels - 1 - int(m[1])}.", name)
        name = re.sub(r"(up_blocks\.\d+)\.block\.", r"\1.resnets.", name)
        name = re.sub(r"(up_blocks\.\d+)\.attn\.", r"\1.attentions.", name)
        name = name.replace(".upsample.", ".upsamplers.0.")
        attention = re.fullmatch(r"(.*\.attentions\.\d+)\.(\w+)\.(weight|bias)", name)
        if attention:
            name = f"{attention[1]}.{_ATTENTION[attention[2]]}.{attention[3]}"
            tensor = tensor[..., 0, 0] if tensor.ndim == 4 else tensor
        found[name] = tensor
    return found


def _first_stage(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Those of the VQ-VAE alone, without a prefix; a checkpoint also holds the discriminator and the loss."""
    prefix = "first_stage_model."
    if any(name.startswith(prefix) for name in tensors):
        tensors = {name.removeprefix(prefix): t for name, t in tensors.items() if name.startswith(prefix)}
    return {name: tensor for name, tensor in tensors.items() if _OURS.match(name)}


def _shape_of(tensors: dict[str, Tensor], groups: int) -> VqvaeShape:
    """Raises:
    KeyError: a tensor is missing.
    """
    levels = 1 + max(int(m[1]) for m in map(re.compile(r"encoder\.down\.(\d+)\.block\.").match, tensors) if m)
    codes, latent_channels = tensors["quantize.embedding.weight"].shape
    return VqvaeShape(
        channels=tuple(len(tensors[f"encoder.down.{level}.block.0.conv1.weight"]) for level in range(levels)),
        layers=sum(re.fullmatch(r"encoder\.down\.0\.block\.\d+\.conv1\.weight", name) is not None for name in tensors),
        latent_channels=latent_channels,
        codes=codes,
        groups=groups,
        attention=tuple(f"encoder.down.{level}.attn.0.q.weight" in tensors for level in range(levels)),
        mid_attention="encoder.mid.attn_1.q.weight" in tensors,
    )


def _read(file: Path) -> dict[str, Tensor]:
    try:
        if file.suffix == ".safetensors":
            return load_file(file)
        content: Any = torch.load(file, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, EOFError, ValueError, KeyError, SafetensorError, pickle.UnpicklingError) as problem:
        line = " ".join(str(problem).split())[:160]
        raise ConfigError(f"weights: {file}: cannot be read as torch weights: {line}") from None
    tensors = content.get("state_dict", content) if isinstance(content, dict) else None
    if not isinstance(tensors, dict) or not all(isinstance(t, Tensor) for t in tensors.values()):
        raise ConfigError(f"weights: {file}: expected a state dict of tensors")
    return tensors
