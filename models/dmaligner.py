"""DMAligner (arXiv 2602.23022, CVPR 2026): image alignment by dynamics-aware diffusion.

Igt, what camera 1 sees at time 2, is denoised in the latent space of a frozen VQ-VAE, under the condition of I1 and I2:

    V1, V2 = E(I1), E(I2)                                       `Latents.encode`
    Eq. 6   C(u, o) = <V1(u), V2(u + o)>, o in Theta            `correlate`
            M~ = mask predictor of C                            `MaskProducer.forward`
    Eq. 7   V_M = V2 d_r(M~) + V1 (1 - d_r(M~))                 `mix`, with d_r = `dilate`
            UNet(concat(x_t, V1, V2, V_M), t) -> x_0            `DMAligner.denoise`
    Eq. 9   M^ = Upsample(d_r(M~))                              `upsample`
    Eq. 10  L_den = (1 - gamma) |(1 - M^)(Igt - Ipred)|^2 + gamma |M^ (Igt - Ipred)|^2      `denoising_loss`
    Eq. 11  L_mask = cross-entropy of the mask and M_gt         `mask_loss`
    Eq. 12  L = 2 L_den + 0.1 L_mask                            `DMAligner.forward`

Read as follows where the paper leaves it open. |.|^2 is the mean of squares over pixels and channels. Theta is a
square, one channel an offset, of latents of unit length. The mask predictor is a stack of convolutions. M_gt is the
field `dynamic`. M^ is a constant in Eq. 10, or the mask could lower that loss by answering 1/2 everywhere. Eq. 11
supervises M~ as the text says, or the dilated M^ as the formula says (`loss.dilated`). Ipred is decoded from the
predicted x_0, through the frozen decoder.

Without `mask` there is no DMP: the condition is (V1, V2) and the loss a plain mean of squares. That with `loss.space:
latent` is what the authors' public code trains (preset `released`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import torch
import torch.nn.functional as F  # noqa: N812
from diffusers.models.unets.unet_2d import UNet2DModel
from torch import Tensor, nn

from .aligner import AlignOutput
from .correlation import correlate
from .diffusion import Diffusion
from .dmaligner_config import DmalignerConfig, GammaRange, MaskShape, UnetShape
from .learner import Batch, Preview, first_samples, psnr
from .vqvae import Latents, build_vqvae, padded

_MEASURED_SAMPLES = 32


class DMAligner(nn.Module):
    """The network, its losses, and its use."""

    kind = "dsia"

    def __init__(self, config: DmalignerConfig) -> None:
        super().__init__()
        self.config = config
        channels = config.vqvae.latent_channels
        self.latents = Latents(build_vqvae(config.vqvae), channels, config.vqvae.quantise)
        self.masks = MaskProducer(config.mask) if config.mask else None
        self.diffusion = Diffusion(config.diffusion)
        self.unet = build_unet(config.unet, channels, inputs=4 if config.mask else 3)
        self.fields = ("i1", "i2", "igt", "dynamic") if config.mask else ("i1", "i2", "igt")

    def prepare(self, batches: Iterable[Batch]) -> None:
        """Scale the latents by those of the first samples."""
        few = first_samples(batches, ("i1", "igt"), _MEASURED_SAMPLES)
        self.latents.measure(torch.cat([few["i1"], few["igt"]]))

    # ------------------------------------------------------------------ training
    def forward(self, batch: Batch, step: int) -> dict[str, Tensor]:
        """Losses of a batch of `i1`, `i2`, `igt` and, with a DMP, `dynamic`; `loss` is Eq. 12."""
        v1, v2, x0 = self.latents.encode(torch.cat([batch["i1"], batch["i2"], batch["igt"]])).chunk(3)
        t = torch.randint(self.config.diffusion.timesteps, (len(x0),), device=x0.device)
        noise = torch.randn_like(x0)
        xt = self.diffusion.noisy(x0, noise, t)
        mask = self.masks(v1, v2) if self.masks else None
        answer = self.denoise(xt, t, self.condition(v1, v2, mask)).float()
        gamma = gamma_at(self.config.loss.gamma, step)
        weights = None if mask is None else self._dilated(mask).detach()
        if self.config.loss.space == "image":
            prediction, truth = self.latents.decode(self.diffusion.to_x0(xt, answer, t)).float(), batch["igt"]
            weights = None if weights is None else upsample(weights, truth.shape[-2:])
        else:
            prediction, truth = answer, self.diffusion.target(x0, noise, t)
        losses = {"denoise": denoising_loss(prediction, truth, weights, gamma)}
        losses["loss"] = self.config.loss.denoise * losses["denoise"]
        if mask is not None:
            supervised = self._dilated(mask) if self.config.loss.dilated else mask
            losses["mask"] = mask_loss(supervised, batch["dynamic"])
            losses["loss"] = losses["loss"] + self.config.loss.mask * losses["mask"]
        return losses

    def condition(self, v1: Tensor, v2: Tensor, mask: Tensor | None) -> Tensor:
        """concat(V1, V2, V_M), or concat(V1, V2) without a mask."""
        parts = [v1, v2] if mask is None else [v1, v2, mix(v1, v2, self._dilated(mask))]
        return torch.cat(parts, dim=1)

    def denoise(self, xt: Tensor, t: Tensor, condition: Tensor) -> Tensor:
        """The UNet's answer; what it means is `diffusion.predict`."""
        answer: Any = self.unet(torch.cat([xt, condition], dim=1), t)
        return answer.sample

    def _dilated(self, mask: Tensor) -> Tensor:
        return dilate(mask, cast(MaskShape, self.config.mask).dilation)

    # ------------------------------------------------------------------ use
    @torch.no_grad()
    def align(self, i1: Tensor, i2: Tensor, *, seed: int = 0, stride: int | None = None) -> AlignOutput:
        """Igt by sampling from noise.

        Args:
            i1, i2: (B, 3, H, W) in [0, 1], any size.
            seed: of the noise; the same on every device.
            stride: time steps at once; the configuration's by default.
        """
        height, width = i1.shape[-2:]
        v1, v2 = self.latents.encode(
            torch.cat([padded(i1, self.config.multiple), padded(i2, self.config.multiple)])
        ).chunk(2)
        mask = self.masks(v1, v2) if self.masks else None
        condition = self.condition(v1, v2, mask)
        noise = torch.randn(v1.shape, generator=torch.Generator().manual_seed(seed)).to(v1)
        x0 = self.diffusion.sample(lambda x, t: self.denoise(x, t, condition), noise, stride)
        image = self.latents.decode(x0).float().clamp(0, 1)
        dynamic = None
        if mask is not None:
            dynamic = upsample(mask, image.shape[-2:])[:, 0, :height, :width]
        return AlignOutput(image[..., :height, :width], dynamic)

    @torch.no_grad()
    def rebuild(self, pictures: Tensor) -> Tensor:
        """Pictures (B, 3, H, W) in [0, 1] through the first stage and back: what `align` could give at best."""
        height, width = pictures.shape[-2:]
        decoded = self.latents.decode(self.latents.encode(padded(pictures, self.config.multiple)))
        return decoded[..., :height, :width].float().clamp(0, 1)

    def preview(self, batch: Batch, step: int) -> Preview:
        """Alignment of a batch beside its truth, with PSNR of the prediction and of copying I1 or I2."""
        out = self.align(batch["i1"], batch["i2"])
        igt = batch["igt"]
        images = {"i1": batch["i1"], "i2": batch["i2"], "prediction": out.image, "igt": igt}
        if out.dynamic is not None:
            images["dynamic"] = out.dynamic.unsqueeze(1)
        numbers = {"psnr": out.image, "psnr_copy_i1": batch["i1"], "psnr_copy_i2": batch["i2"]}
        return Preview(images, {name: psnr(image, igt) for name, image in numbers.items()})


class MaskProducer(nn.Module):
    """DMP: probability that something moves, for every latent, from the correlation of both pictures' latents."""

    def __init__(self, shape: MaskShape) -> None:
        super().__init__()
        self.shape = shape
        channels = 1 if shape.sum else shape.neighbourhood**2
        layers: list[nn.Module] = []
        for _ in range(shape.layers):
            layers += [
                nn.Conv2d(channels, shape.channels, 3, padding=1),
                nn.GroupNorm(_groups(shape.channels), shape.channels),
            ]
            layers += [nn.SiLU()]
            channels = shape.channels
        self.predictor = nn.Sequential(*layers, nn.Conv2d(channels, 1, 1))

    def forward(self, v1: Tensor, v2: Tensor) -> Tensor:
        """M~ (B, 1, h, w) in (0, 1)."""
        shape = self.shape
        return self.predictor(correlate(v1, v2, shape.neighbourhood, shape.sum, shape.normalise)).float().sigmoid()


def dilate(mask: Tensor, steps: int) -> Tensor:
    """d_r: the largest value of the 3 x 3 neighbourhood, so many times over."""
    for _ in range(steps):
        mask = F.max_pool2d(mask, 3, stride=1, padding=1)
    return mask


def mix(v1: Tensor, v2: Tensor, dilated: Tensor) -> Tensor:
    """V_M (Eq. 7): V2 where something moves, V1 elsewhere."""
    return v2 * dilated + v1 * (1 - dilated)


def upsample(mask: Tensor, size: Any) -> Tensor:
    """Eq. 9: (B, 1, h, w) to the size (H, W) of the picture, bilinear."""
    return F.interpolate(mask, size=tuple(size), mode="bilinear", align_corners=False)


def denoising_loss(prediction: Tensor, truth: Tensor, mask: Tensor | None, gamma: float) -> Tensor:
    """L_den (Eq. 10); without a mask the mean of squares.

    Args:
        prediction, truth: (B, C, H, W).
        mask: (B, 1, H, W), M^, or d_r(M~) where latents are compared.
    """
    error = truth - prediction
    if mask is None:
        return (error**2).mean()
    return (1 - gamma) * (((1 - mask) * error) ** 2).mean() + gamma * ((mask * error) ** 2).mean()


def mask_loss(mask: Tensor, dynamic: Tensor) -> Tensor:
    """L_mask (Eq. 11): cross-entropy of the upsampled mask (B, 1, h, w) and `dynamic` (B, H, W), in pixels."""
    predicted = upsample(mask.float(), dynamic.shape[-2:])[:, 0].clamp(1e-6, 1 - 1e-6)
    truth = dynamic.to(predicted.dtype)
    return -(truth * predicted.log() + (1 - truth) * (1 - predicted).log()).mean()


def gamma_at(gamma: GammaRange, step: int) -> float:
    return gamma.start + (gamma.end - gamma.start) * min(step / gamma.steps, 1.0)


def build_unet(shape: UnetShape, channels: int, inputs: int) -> UNet2DModel:
    """diffusers' UNet on `inputs` maps of latents side by side, the noisy one first."""
    down = tuple("AttnDownBlock2D" if there else "DownBlock2D" for there in shape.attention)
    up = tuple("AttnUpBlock2D" if there else "UpBlock2D" for there in reversed(shape.attention))
    unet = UNet2DModel(
        in_channels=channels * (1 if shape.widen else inputs),
        out_channels=channels,
        block_out_channels=shape.channels,
        layers_per_block=shape.layers,
        down_block_types=down,
        up_block_types=up,
        attention_head_dim=shape.head_channels,
        norm_num_groups=shape.groups,
    )
    if shape.widen:
        widen_input(unet, inputs)
    return unet


def widen_input(unet: UNet2DModel, inputs: int) -> None:
    """Let a UNet of one map take several: the kernel of its first convolution is repeated for each and halved, as the
    authors' code does."""
    narrow = cast(nn.Conv2d, unet.conv_in)
    wide = nn.Conv2d(narrow.in_channels * inputs, narrow.out_channels, 3, padding=1)
    with torch.no_grad():
        wide.weight.copy_(narrow.weight.repeat(1, inputs, 1, 1) * 0.5)
        cast(Tensor, wide.bias).copy_(cast(Tensor, narrow.bias))
    unet.conv_in = wide
    unet.register_to_config(in_channels=wide.in_channels)


def _groups(channels: int) -> int:
    return next(groups for groups in (8, 4, 2, 1) if channels % groups == 0)
