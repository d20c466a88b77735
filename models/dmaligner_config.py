"""Configurations of DMAligner and of the VQ-VAE under it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from .config import DataConfig, Positive, Section, Share, TrainConfig, check_crop

Weights = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())] | None


class VqvaeShape(Section):
    """Sizes of the VQ-VAE; latents are smaller than the picture by 2^(levels - 1).

    Attributes:
        channels: of each level.
        layers: residual blocks of a level.
        latent_channels: of the latents and of the codebook's entries.
        codes: entries of the codebook.
        groups: of GroupNorm; divides every level's channels.
        attention: in each level, finest first.
        mid_attention: in the middle.
    """

    channels: tuple[Positive, ...] = Field(min_length=1)
    layers: Positive
    latent_channels: Positive
    codes: Annotated[int, Field(ge=2)]
    groups: Positive
    attention: tuple[bool, ...]
    mid_attention: bool

    @model_validator(mode="after")
    def _fits(self) -> VqvaeShape:
        _check_levels(self.channels, self.attention, self.groups)
        return self

    @property
    def factor(self) -> int:
        """Pixels of the picture along a side of one latent."""
        return 2 ** (len(self.channels) - 1)


def _check_levels(channels: tuple[int, ...], attention: tuple[bool, ...], groups: int) -> None:
    if len(attention) != len(channels):
        raise ValueError(f"attention: expected {len(channels)} values, one for each of channels, got {len(attention)}")
    odd = [width for width in channels if width % groups]
    if odd:
        raise ValueError(f"channels: expected multiples of groups ({groups}), got {odd[0]}")


class UnetShape(Section):
    """Sizes of the denoising UNet.

    Attributes:
        channels: of each level.
        layers: residual blocks of a level.
        attention: in each level, finest first.
        head_channels: of one attention head.
        groups: of GroupNorm; divides every level's channels.
        widen: start the first convolution as that of an unconditional UNet, repeated for each input and halved.
    """

    channels: tuple[Positive, ...] = Field(min_length=1)
    layers: Positive
    attention: tuple[bool, ...]
    head_channels: Positive
    groups: Positive
    widen: bool

    @model_validator(mode="after")
    def _fits(self) -> UnetShape:
        _check_levels(self.channels, self.attention, self.groups)
        return self


def _odd(side: int) -> int:
    if side % 2 == 0:
        raise ValueError(f"expected an odd number, got {side}")
    return side


class MaskShape(Section):
    """The dynamics-aware mask producer (DMP).

    Attributes:
        neighbourhood: side of the square of offsets of Eq. 6, odd.
        sum: add up the correlations of all offsets to one channel, as Eq. 6 reads literally.
        normalise: correlate latents of unit length.
        channels, layers: of the mask predictor's convolutions.
        dilation: r, steps of 3 x 3 dilation.
    """

    neighbourhood: Annotated[int, Field(ge=1, le=31), AfterValidator(_odd)]
    sum: bool
    normalise: bool
    channels: Positive
    layers: Positive
    dilation: Annotated[int, Field(ge=0)]


class DiffusionConfig(Section):
    """Attributes:
    timesteps: T.
    beta_start, beta_end: of the schedule whose square roots are evenly spaced (`scaled_linear`) or not (`linear`).
    predict: what the UNet's output means.
    stride: time steps that one step of sampling goes.
    """

    timesteps: Positive
    betas: Literal["linear", "scaled_linear"]
    beta_start: Annotated[float, Field(gt=0, lt=1)]
    beta_end: Annotated[float, Field(gt=0, lt=1)]
    predict: Literal["sample", "epsilon", "v", "flow"]
    stride: Positive

    @model_validator(mode="after")
    def _fits(self) -> DiffusionConfig:
        if self.stride > self.timesteps:
            raise ValueError(f"stride: expected at most timesteps ({self.timesteps}), got {self.stride}")
        return self


class GammaRange(Section):
    """gamma of Eq. 10: linear from start to end over so many steps, then constant."""

    start: Share
    end: Share
    steps: Positive


class LossConfig(Section):
    """Attributes:
    space: where the error of the prediction is measured: `image` decodes it (Eq. 10), `latent` does not.
    denoise, mask: weights of Eq. 12.
    gamma: of Eq. 10, used with a mask only.
    dilated: supervise the dilated mask, as Eq. 11 is written, instead of the mask itself.
    """

    space: Literal["image", "latent"]
    denoise: Annotated[float, Field(ge=0)]
    mask: Annotated[float, Field(ge=0)]
    gamma: GammaRange
    dilated: bool


class FrozenVqvae(VqvaeShape):
    """The VQ-VAE under a diffusion model; its sizes are replaced by those of `weights`.

    Attributes:
        weights: run of `viewlock train vqvae`, a folder of weights in the layout of diffusers, or a checkpoint of LDM.
        quantise: predicted latents pass the codebook before they are decoded. With a loss in the image this hides how
            large they are: all that snap to the same codes decode alike, and sampling goes on from the wrong ones.
    """

    weights: Weights
    quantise: bool


class DmalignerConfig(Section):
    """DMAligner; see `viewlock.models.dmaligner`.

    Attributes:
        mask: null for no DMP.
    """

    model: Literal["dmaligner"]
    vqvae: FrozenVqvae
    unet: UnetShape
    mask: MaskShape | None
    diffusion: DiffusionConfig
    loss: LossConfig
    data: DataConfig
    train: TrainConfig

    @model_validator(mode="after")
    def _fits(self) -> DmalignerConfig:
        check_crop(self.data.crop, self.multiple)
        return self

    @property
    def multiple(self) -> int:
        """Sides of pictures must be multiples of this."""
        return self.vqvae.factor * 2 ** (len(self.unet.channels) - 1)


class VqvaeConfig(Section):
    """The first stage; see `viewlock.models.vqvae`.

    Attributes:
        weights: to start from, as in `FrozenVqvae`, with their sizes and their codebook; null for random ones.
        shape: sizes.
        plain_steps: steps without codebook before its entries are chosen among the latents.
        principal: weight with which latents are drawn to principal components of the pictures in those steps.
        colour: weight of an error in colour, where one in brightness has 1.
        commitment: weight of the codebook's loss.
    """

    model: Literal["vqvae"]
    weights: Weights = None
    shape: VqvaeShape
    plain_steps: Annotated[int, Field(ge=0)]
    principal: Annotated[float, Field(ge=0)]
    colour: Annotated[float, Field(ge=0)]
    commitment: Annotated[float, Field(ge=0)]
    data: DataConfig
    train: TrainConfig

    @model_validator(mode="after")
    def _fits(self) -> VqvaeConfig:
        check_crop(self.data.crop, self.shape.factor)
        return self
