"""Diffusion: noise schedules, what a network may predict, and deterministic sampling (DDIM with eta 0).

Everything is written with the two numbers of a time t, in

    x_t = a_t x_0 + s_t e,        e ~ N(0, 1)

`sample`, `epsilon` and `v` keep a^2 + s^2 = 1, with a^2 the cumulative product of 1 - beta (Ho et al., DDPM; Song et
al., DDIM; Salimans and Ho, v = a e - s x_0). `flow` is rectified flow (Liu et al.): a = 1 - s with s = (t + 1) / T,
and the network predicts the velocity e - x_0. The time before 0, t = -1, is clean: a = 1, s = 0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import torch
from torch import Tensor, nn

from .dmaligner_config import DiffusionConfig

Denoiser = Callable[[Tensor, Tensor], Tensor]
"""(x_t, t (B,)) -> what the network predicts."""


class Diffusion(nn.Module):
    """The schedule of a configuration, and the algebra between x_0, noise and predictions."""

    def __init__(self, config: DiffusionConfig) -> None:
        super().__init__()
        self.config = config
        a, s = _flow(config.timesteps) if config.predict == "flow" else _variance_preserving(config)
        # Index t + 1: the first entry is the clean time -1.
        self.register_buffer("a", torch.cat([torch.ones(1), a.float()]), persistent=False)
        self.register_buffer("s", torch.cat([torch.zeros(1), s.float()]), persistent=False)

    def coefficients(self, t: Tensor) -> tuple[Tensor, Tensor]:
        """(a_t, s_t) of times (B,) from -1 to T - 1, each (B, 1, 1, 1)."""
        a, s = cast(Tensor, self.a), cast(Tensor, self.s)
        return a[t + 1].view(-1, 1, 1, 1), s[t + 1].view(-1, 1, 1, 1)

    def noisy(self, x0: Tensor, noise: Tensor, t: Tensor) -> Tensor:
        """x_t."""
        a, s = self.coefficients(t)
        return a * x0 + s * noise

    def target(self, x0: Tensor, noise: Tensor, t: Tensor) -> Tensor:
        """What the network should answer."""
        a, s = self.coefficients(t)
        if self.config.predict == "sample":
            return x0
        if self.config.predict == "epsilon":
            return noise
        if self.config.predict == "v":
            return a * noise - s * x0
        return noise - x0

    def to_x0(self, xt: Tensor, answer: Tensor, t: Tensor) -> Tensor:
        """The x_0 that an answer of the network means."""
        a, s = self.coefficients(t)
        if self.config.predict == "sample":
            return answer
        if self.config.predict == "epsilon":
            return (xt - s * answer) / a
        if self.config.predict == "v":
            return a * xt - s * answer
        return xt - s * answer

    def step(self, xt: Tensor, x0: Tensor, t: Tensor, t_next: Tensor) -> Tensor:
        """From x_t to an earlier time, keeping the noise that x_0 implies (DDIM, eta 0; for `flow`, an Euler step)."""
        a, s = self.coefficients(t)
        a_next, s_next = self.coefficients(t_next)
        noise = (xt - a * x0) / s
        return a_next * x0 + s_next * noise

    def times(self, stride: int | None = None) -> list[tuple[int, int]]:
        """(t, next t) of sampling, from T - 1 on (trailing spacing) to -1."""
        stride = stride or self.config.stride
        return [(t, max(t - stride, -1)) for t in range(self.config.timesteps - 1, -1, -stride)]

    @torch.no_grad()
    def sample(self, denoiser: Denoiser, start: Tensor, stride: int | None = None) -> Tensor:
        """x_0 from noise `start` (B, C, H, W)."""
        x = start
        for now, following in self.times(stride):
            t = torch.full((len(x),), now, device=x.device)
            x = self.step(x, self.to_x0(x, denoiser(x, t), t), t, torch.full_like(t, following))
        return x


def _variance_preserving(config: DiffusionConfig) -> tuple[Tensor, Tensor]:
    low, high = config.beta_start, config.beta_end
    if config.betas == "scaled_linear":
        betas = torch.linspace(low**0.5, high**0.5, config.timesteps, dtype=torch.float64) ** 2
    else:
        betas = torch.linspace(low, high, config.timesteps, dtype=torch.float64)
    kept = torch.cumprod(1 - betas, dim=0)
    return kept.sqrt(), (1 - kept).sqrt()


def _flow(timesteps: int) -> tuple[Tensor, Tensor]:
    s = torch.arange(1, timesteps + 1, dtype=torch.float64) / timesteps
    return 1 - s, s
