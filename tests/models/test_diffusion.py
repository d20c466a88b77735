"""Schedules, predictions and steps against their formulas, and against diffusers' own scheduler."""

import math

import pytest
import torch
from diffusers.schedulers.scheduling_ddim import DDIMScheduler

from viewlock.models.diffusion import Diffusion
from viewlock.models.dmaligner_config import DiffusionConfig

PREDICT = ["sample", "epsilon", "v", "flow"]


def diffusion(predict="sample", timesteps=1000, stride=20, betas="scaled_linear"):
    return Diffusion(
        DiffusionConfig(
            timesteps=timesteps, betas=betas, beta_start=0.00085, beta_end=0.012, predict=predict, stride=stride
        )
    )


@pytest.fixture
def parts():
    torch.manual_seed(0)
    return torch.randn(3, 4, 5, 6), torch.randn(3, 4, 5, 6), torch.tensor([0, 421, 999])


def test_noise_schedule_against_a_naive_product(parts):
    x0, noise, t = parts
    kept = 1.0
    for k in range(1000):
        beta = (math.sqrt(0.00085) + k / 999 * (math.sqrt(0.012) - math.sqrt(0.00085))) ** 2
        kept *= 1 - beta
        if k in (0, 421, 999):
            i = [0, 421, 999].index(k)
            expected = math.sqrt(kept) * x0[i] + math.sqrt(1 - kept) * noise[i]
            assert torch.allclose(diffusion().noisy(x0, noise, t)[i], expected, atol=1e-5)


@pytest.mark.parametrize("predict", PREDICT)
def test_the_target_means_x0(predict, parts):
    x0, noise, t = parts
    d = diffusion(predict)
    xt = d.noisy(x0, noise, t)
    assert torch.allclose(d.to_x0(xt, d.target(x0, noise, t), t), x0, atol=1e-4)


def test_what_each_prediction_is(parts):
    x0, noise, t = parts
    a, s = diffusion().coefficients(t)
    assert torch.equal(diffusion("sample").target(x0, noise, t), x0)
    assert torch.equal(diffusion("epsilon").target(x0, noise, t), noise)
    assert torch.allclose(diffusion("v").target(x0, noise, t), a * noise - s * x0)
    assert torch.allclose(a**2 + s**2, torch.ones_like(a))
    flow = diffusion("flow")
    assert torch.equal(flow.target(x0, noise, t), noise - x0)
    share = ((t + 1) / 1000).view(-1, 1, 1, 1)
    assert torch.allclose(flow.noisy(x0, noise, t), (1 - share) * x0 + share * noise, atol=1e-6)


@pytest.mark.parametrize("betas", ["linear", "scaled_linear"])
@pytest.mark.parametrize(("predict", "theirs"), [("sample", "sample"), ("epsilon", "epsilon"), ("v", "v_prediction")])
def test_sampling_is_that_of_diffusers(predict, theirs, betas):
    scheduler = DDIMScheduler(
        1000, 0.00085, 0.012, betas, prediction_type=theirs, clip_sample=False, timestep_spacing="trailing"
    )
    scheduler.set_timesteps(50)
    torch.manual_seed(1)
    start, kernel = torch.randn(2, 4, 4, 4), torch.randn(4, 4)

    def network(x, t):
        return torch.einsum("ij,bjhw->bihw", kernel, x).tanh() * (1 + t.view(-1, 1, 1, 1) / 1000)

    x = start
    for t in scheduler.timesteps:
        x = scheduler.step(network(x, t.expand(2)), int(t), x).prev_sample
    ours = diffusion(predict, betas=betas)
    assert [now for now, _ in ours.times()] == scheduler.timesteps.tolist()
    assert torch.allclose(ours.sample(network, start), x, rtol=1e-3, atol=1e-3 * float(x.abs().max()))


def test_a_step_of_rectified_flow_is_eulers(parts):
    x0, noise, _ = parts
    d, t, later = diffusion("flow"), torch.tensor([99, 499, 999]), torch.tensor([49, 249, -1])
    xt = d.noisy(x0, noise, t)
    velocity = torch.randn_like(x0)
    dt = ((later - t) / 1000).view(-1, 1, 1, 1)
    assert torch.allclose(d.step(xt, d.to_x0(xt, velocity, t), t, later), xt + dt * velocity, atol=1e-5)


@pytest.mark.parametrize("predict", PREDICT)
@pytest.mark.parametrize("stride", [1000, 300, 20, 7])
def test_a_perfect_network_is_sampled_exactly(predict, stride):
    torch.manual_seed(2)
    x0, start = torch.randn(2, 4, 3, 3), torch.randn(2, 4, 3, 3)
    d = diffusion(predict)

    def perfect(x, t):
        a, s = d.coefficients(t)
        return d.target(x0, (x - a * x0) / s, t)

    assert torch.allclose(d.sample(perfect, start, stride), x0, atol=1e-3)


def test_times_are_trailing_and_end_clean():
    assert diffusion(stride=20).times()[:2] == [(999, 979), (979, 959)]
    assert diffusion(stride=20).times()[-1] == (19, -1) and len(diffusion(stride=20).times()) == 50
    assert diffusion(stride=300).times() == [(999, 699), (699, 399), (399, 99), (99, -1)]
    assert diffusion(stride=1000).times() == [(999, -1)]
