"""The first stage: a VQ-VAE between pictures and latents (Rombach et al., LDM), from diffusers.

`Vqvae` trains it, `Latents` is how a diffusion model uses it: frozen, with latents of mean 0 and variance 1 in every
channel. There is no adversarial and no perceptual loss: those need other people's weights.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import torch
import torch.distributed as dist
import torch.nn.functional as F  # noqa: N812
from diffusers.models.autoencoders.vq_model import VQModel
from torch import Tensor, nn

from .dmaligner_config import VqvaeConfig, VqvaeShape
from .learner import Batch, Preview, first_samples, psnr

_MEASURED_SAMPLES = 32


def build_vqvae(shape: VqvaeShape) -> VQModel:
    """With random weights."""
    down = tuple("AttnDownEncoderBlock2D" if there else "DownEncoderBlock2D" for there in shape.attention)
    up = tuple("AttnUpDecoderBlock2D" if there else "UpDecoderBlock2D" for there in reversed(shape.attention))
    return VQModel(
        down_block_types=down,
        up_block_types=up,
        block_out_channels=shape.channels,
        layers_per_block=shape.layers,
        latent_channels=shape.latent_channels,
        num_vq_embeddings=shape.codes,
        norm_num_groups=shape.groups,
        mid_block_add_attention=shape.mid_attention,
    )


def coloured_error(error: Tensor, colour: float) -> Tensor:
    """Mean square of an error (B, 3, H, W); what differs between its channels counts `colour` times as much as their
    mean. Colour is a small part of most pictures, and at 1 the last that is learned."""
    grey = error.mean(dim=1, keepdim=True)
    return grey.pow(2).mean() + colour * (error - grey).pow(2).mean()


def principal_components(pictures: Tensor, count: int, side: int) -> tuple[Tensor, Tensor]:
    """A convolution with stride `side` whose channels are the principal components of blocks of side x side pixels,
    largest first, each with mean 0 and variance 1.

    Args:
        pictures: (N, 3, H, W); what is left over on the right and below counts for nothing.

    Returns:
        Its weights (count, 3, side, side) and offsets (count,).
    """
    blocks = F.unfold(pictures, side, stride=side).transpose(1, 2).flatten(0, 1).double()
    centre = blocks.mean(dim=0)
    variances, directions = torch.linalg.eigh(torch.cov(blocks.T, correction=0))
    largest = directions.T.flip(0)[:count] / variances.flip(0)[:count, None].clamp(min=1e-8).sqrt()
    return largest.float().unflatten(1, (3, side, side)), -(largest @ centre).float()


class Vqvae(nn.Module):
    """Trains a VQ-VAE on single pictures.

    Loss: mean squared error of values in [-1, 1], in which colour counts `colour` times as much as brightness, plus
    `commitment` times diffusers' codebook loss. (The absolute error of LDM finds colour late: most pixels are nearly
    grey.) For the first `plain_steps` steps it is a plain autoencoder;
    then the codebook starts as a draw of the latents of that step, so that no entry is far from all of them. One that
    started from `weights` keeps theirs. Every other picture still passes it by, for so are latents decoded that a
    diffusion model predicts.

    In those first steps latents are also drawn, with the weight `principal`, towards the principal components of the
    blocks of pixels under them. Left alone, an autoencoder finds brightness in the first hundred steps and one
    direction of colour in the first thousand.
    """

    kind = "dsia"
    fields = ("i1", "igt")
    components: Tensor
    offsets: Tensor

    def __init__(self, config: VqvaeConfig) -> None:
        super().__init__()
        self.config = config
        self.vq = build_vqvae(config.shape)
        side = config.shape.factor
        count = min(config.shape.latent_channels, 3 * side**2)
        self.register_buffer("components", torch.zeros(count, 3, side, side))
        self.register_buffer("offsets", torch.zeros(count))

    def prepare(self, batches: Iterable[Batch]) -> None:
        """Find the principal components of the first samples, if they are asked for."""
        if self.config.principal > 0 and self.config.plain_steps > 0:
            few = self._pictures(first_samples(batches, self.fields, _MEASURED_SAMPLES))
            components, offsets = principal_components(few, len(self.components), self.config.shape.factor)
            self.components.copy_(components)
            self.offsets.copy_(offsets)

    def forward(self, batch: Batch, step: int) -> dict[str, Tensor]:
        """Losses; `loss` is the one to descend."""
        pictures = self._pictures(batch)
        latents = cast(Tensor, self.vq.encode(pictures).latents)
        plain = step < self.config.plain_steps
        if step == self.config.plain_steps and self.training and self.config.weights is None:
            self._seed_codebook(latents.detach())
        rebuilt, wanted, codebook = self._rebuilt(latents, pictures, plain)
        error = coloured_error(rebuilt - wanted, self.config.colour)
        # Zero times its entries: a parameter without a gradient would stop training in several processes.
        codebook = codebook + 0 * self.vq.quantize.embedding.weight.sum()
        losses = {"mse": error, "codebook": codebook}
        loss = error + self.config.commitment * codebook
        if plain and self.config.principal > 0:
            losses["principal"] = self._off_principal(latents.float(), pictures)
            loss = loss + self.config.principal * losses["principal"]
        return {"loss": loss, **losses}

    def _rebuilt(self, latents: Tensor, pictures: Tensor, plain: bool) -> tuple[Tensor, Tensor, Tensor]:
        """Decoded pictures, those they should be, and the codebook's loss."""
        if plain:
            decoded: Any = self.vq.decode(latents, force_not_quantize=True)
            return decoded.sample.float(), pictures, decoded.commit_loss.mean()
        coded: Any = self.vq.decode(latents[::2])
        direct: Any = self.vq.decode(latents[1::2], force_not_quantize=True)
        both = torch.cat([coded.sample, direct.sample]).float()
        return both, torch.cat([pictures[::2], pictures[1::2]]), coded.commit_loss.mean()

    def _pictures(self, batch: Batch) -> Tensor:
        """Those of all fields, (B, 3, H, W) in [-1, 1]."""
        return torch.cat([batch[name] for name in self.fields]) * 2 - 1

    def _off_principal(self, latents: Tensor, pictures: Tensor) -> Tensor:
        """Mean squared error of the first latents as principal components."""
        wanted = F.conv2d(pictures, self.components, self.offsets, stride=self.config.shape.factor)
        return F.mse_loss(latents[:, : len(wanted[0])], wanted)

    @torch.no_grad()
    def _seed_codebook(self, latents: Tensor) -> None:
        entries = self.vq.quantize.embedding.weight
        found = latents.float().permute(0, 2, 3, 1).flatten(0, 2)
        entries.copy_(found[torch.randint(len(found), (len(entries),), device=found.device)])
        if dist.is_initialized():
            dist.broadcast(entries, 0)

    @torch.no_grad()
    def preview(self, batch: Batch, step: int) -> Preview:
        pictures = batch["igt"]
        rebuilt = self.rebuild(pictures, plain=step < self.config.plain_steps)
        return Preview({"picture": pictures, "rebuilt": rebuilt}, {"psnr": psnr(rebuilt, pictures)})

    @torch.no_grad()
    def rebuild(self, pictures: Tensor, plain: bool = False) -> Tensor:
        """Pictures (B, 3, H, W) in [0, 1] of any size, encoded and decoded; `plain` leaves the codebook out."""
        height, width = pictures.shape[-2:]
        latents = self.vq.encode(padded(pictures, self.config.shape.factor) * 2 - 1).latents
        decoded: Any = self.vq.decode(latents, force_not_quantize=plain)  # type: ignore[arg-type]
        return (decoded.sample[..., :height, :width].float() / 2 + 0.5).clamp(0, 1)


def padded(picture: Tensor, multiple: int) -> Tensor:
    """(B, 3, H, W) continued right and below by its border, to sides that are multiples."""
    height, width = picture.shape[-2:]
    return F.pad(picture, (0, -width % multiple, 0, -height % multiple), mode="replicate")


class Latents(nn.Module):
    """A frozen VQ-VAE whose latents have mean 0 and variance 1 in every channel, once `measure` has seen some.

    Args:
        quantise: latents pass the codebook before they are decoded, straight through for gradients.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, vq: VQModel, channels: int, quantise: bool) -> None:
        super().__init__()
        self.vq, self.quantise = vq, quantise
        self.register_buffer("mean", torch.zeros(1, channels, 1, 1))
        self.register_buffer("std", torch.ones(1, channels, 1, 1))
        self.vq.requires_grad_(False)

    @torch.no_grad()
    def measure(self, pictures: Tensor) -> None:
        """Take mean and deviation of the latents of pictures (N, 3, H, W)."""
        z = torch.cat([self._encode(part) for part in pictures.split(8)])
        self.mean.copy_(z.mean(dim=(0, 2, 3), keepdim=True))
        self.std.copy_(z.std(dim=(0, 2, 3), keepdim=True).clamp(min=1e-6))

    @torch.no_grad()
    def encode(self, pictures: Tensor) -> Tensor:
        """(B, 3, H, W) in [0, 1] -> (B, C, h, w)."""
        return (self._encode(pictures) - self.mean) / self.std

    def decode(self, latents: Tensor) -> Tensor:
        """(B, C, h, w) -> (B, 3, H, W), about [0, 1] but not clipped, so that gradients pass."""
        scaled: Any = latents * self.std + self.mean
        decoded: Any = self.vq.decode(scaled, force_not_quantize=not self.quantise)
        return decoded.sample / 2 + 0.5

    def _encode(self, pictures: Tensor) -> Tensor:
        return cast(Tensor, self.vq.encode(pictures * 2 - 1).latents).float()  # type: ignore[arg-type]
