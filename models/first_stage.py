"""Where a VQ-VAE's weights come from: a run of ours, or published ones (diffusers' layout or LDM's). `vqvae` may go on
from them, and DMAligner stands on them, frozen."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from diffusers.models.autoencoders.vq_model import VQModel

from viewlock.errors import ConfigError

from .config import check_config, to_plain
from .dmaligner import DMAligner
from .dmaligner_config import DmalignerConfig, VqvaeConfig, VqvaeShape
from .ldm_weights import CHECKPOINT, ENDINGS, load_ldm
from .run_files import WEIGHTS, load_tensors, read_weights
from .vqvae import Vqvae


def first_stage(config: VqvaeConfig) -> tuple[VqvaeConfig, Vqvae]:
    """A VQ-VAE with random weights, or one that goes on from `weights`, with their sizes and their codebook.

    Raises:
        ConfigError, DatasetError: the weights are not those of a VQ-VAE.
    """
    if config.weights is None:
        return config, Vqvae(config)
    vq, shape = _load(config.weights)
    values = to_plain(config) | {"shape": to_plain(shape), "plain_steps": 0}
    config = check_config(VqvaeConfig, values, f"on {config.weights}")
    model = Vqvae(config)
    model.vq.load_state_dict(vq.state_dict())
    return config, model


def on_first_stage(config: DmalignerConfig) -> tuple[DmalignerConfig, DMAligner]:
    """An untrained DMAligner on the VQ-VAE of `vqvae.weights`, and the configuration with that VQ-VAE's sizes.

    Raises:
        ConfigError, DatasetError: no weights are named, or they are not those of a VQ-VAE.
    """
    folder = config.vqvae.weights
    if folder is None:
        raise ConfigError(
            "vqvae.weights: null: DMAligner needs a trained VQ-VAE; run 'viewlock train vqvae' and say "
            "--set vqvae.weights=RUN"
        )
    vq, shape = _load(folder)
    values = to_plain(config)
    values["vqvae"].update(to_plain(shape))
    config = check_config(DmalignerConfig, values, f"on {folder}")
    model = DMAligner(config)
    model.latents.vq.load_state_dict(vq.state_dict())
    return config, model


def _load(path: Path) -> tuple[VQModel, VqvaeShape]:
    if (path / WEIGHTS).is_file():
        return _load_run(path)
    if path.suffix in ENDINGS and path.is_file():
        return load_ldm(path)
    return load_ldm(path / CHECKPOINT) if (path / CHECKPOINT).is_file() else load_diffusers(path)


def _load_run(run: Path) -> tuple[VQModel, VqvaeShape]:
    values, _, tensors = read_weights(run)
    if values["model"] != "vqvae":
        raise ConfigError(f"weights: {run}: expected a run of 'viewlock train vqvae', got one of {values['model']!r}")
    config = check_config(VqvaeConfig, values, str(run / WEIGHTS))
    stage = Vqvae(config)
    load_tensors(stage, tensors, run)
    return stage.vq, config.shape


def load_diffusers(folder: Path) -> tuple[VQModel, VqvaeShape]:
    """A VQ-VAE in the layout of diffusers: `config.json` beside its weights, as LDM's are published.

    Raises:
        ConfigError: it is not one, or of a form that is not known here.
    """
    try:
        vq = cast(VQModel, VQModel.from_pretrained(folder, local_files_only=True, low_cpu_mem_usage=False))
    except (OSError, ValueError, RuntimeError, TypeError) as problem:
        raise ConfigError(
            f"weights: {folder}: expected a run of 'viewlock train vqvae', a VQModel in diffusers' layout, or a "
            f"checkpoint of LDM ({CHECKPOINT}): {str(problem).splitlines()[0]}"
        ) from None
    return vq, _shape_of(vq, folder)


def _shape_of(vq: VQModel, folder: Path) -> VqvaeShape:
    has: Any = vq.config
    down, up = list(has.down_block_types), list(has.up_block_types)
    attention = tuple(name == "AttnDownEncoderBlock2D" for name in down)
    mirrored = ["AttnUpDecoderBlock2D" if there else "UpDecoderBlock2D" for there in reversed(attention)]
    plain = all(name in ("AttnDownEncoderBlock2D", "DownEncoderBlock2D") for name in down) and up == mirrored
    if not plain or has.norm_type != "group" or has.vq_embed_dim not in (None, has.latent_channels):
        raise ConfigError(f"weights: {folder}: a VQModel of this form is not supported: {down}, {up}")
    return VqvaeShape(
        channels=tuple(has.block_out_channels),
        layers=has.layers_per_block,
        latent_channels=has.latent_channels,
        codes=has.num_vq_embeddings,
        groups=has.norm_num_groups,
        attention=attention,
        mid_attention=has.mid_block_add_attention,
    )
