"""The first stage's start from principal components."""

import torch
import torch.nn.functional as F  # noqa: N812

from viewlock.models.config import read_config
from viewlock.models.dmaligner_config import VqvaeConfig
from viewlock.models.vqvae import Vqvae, coloured_error, principal_components

GREY = torch.ones(3, 2, 2) / 12**0.5
GREEN = torch.tensor([-1.0, 2, -1])[:, None, None].expand(3, 2, 2) / 24**0.5
EDGE = torch.tensor([-1.0, 1]).expand(3, 2, 2) / 12**0.5
DEVIATIONS = torch.tensor([1.0, 0.3, 0.1])


def pictures(count):
    """(N, 3, 16, 16): blocks of 2 x 2 that are 0.1 plus three patterns of length 1, and how much of each is in them,
    (N, 3, 8, 8)."""
    generator = torch.Generator().manual_seed(0)
    amounts = torch.randn(count, 3, 8, 8, generator=generator) * DEVIATIONS[:, None, None]
    blocks = torch.einsum("nkhw,kcyx->nchywx", amounts, torch.stack([GREY, GREEN, EDGE]))
    return 0.1 + blocks.flatten(4, 5).flatten(2, 3), amounts


def test_principal_components_are_the_patterns_that_pictures_are_made_of():
    made, _ = pictures(200)
    weights, offsets = principal_components(made, 3, 2)
    for found, pattern, deviation in zip(weights, (GREY, GREEN, EDGE), DEVIATIONS, strict=True):
        along = float((found * pattern).sum())
        assert abs(abs(along) * float(deviation) - 1) < 0.02
        assert float((found - along * pattern).norm()) < 0.05 * abs(along)
    latents = F.conv2d(made, weights, offsets, stride=2).transpose(0, 1).flatten(1)
    assert latents.mean(dim=1).abs().max() < 1e-4
    assert torch.allclose(torch.cov(latents, correction=0), torch.eye(3), atol=1e-3)


def test_what_does_not_fill_a_block_and_what_never_changes_do_no_harm():
    made, _ = pictures(5)
    weights, offsets = principal_components(made, 6, 2)  # there are only three
    assert torch.isfinite(weights).all() and torch.isfinite(offsets).all()
    ragged = F.pad(made, (0, 1, 0, 1), value=7.0)
    assert torch.equal(principal_components(ragged, 3, 2)[0], principal_components(made, 3, 2)[0])


def learned(principal):
    """Squared error of the green of pictures after 100 steps, in units of its variance."""
    settings = read_config(VqvaeConfig, "vqvae", "tiny", {"principal": principal, "plain_steps": 100})
    torch.manual_seed(0)
    model = Vqvae(settings)
    made, amounts = pictures(16)
    batch = {"i1": made[:8] / 2 + 0.5, "igt": made[8:] / 2 + 0.5}
    model.prepare(iter([batch]))
    optimiser = torch.optim.AdamW(model.vq.parameters(), 3e-3, (0.9, 0.99))
    for step in range(100):
        losses = model(batch, step)
        assert ("principal" in losses) == (principal > 0)
        losses["loss"].backward()
        optimiser.step()
        optimiser.zero_grad()
    with torch.no_grad():
        error = model.vq.decode(model.vq.encode(made).latents, force_not_quantize=True).sample - made
    green = torch.einsum("nchywx,cyx->nhw", error.unflatten(2, (8, 2)).unflatten(4, (8, 2)), GREEN)
    return float((green**2).mean() / amounts[:, 1].var())


def test_colour_is_found_early():
    assert learned(0.3) < 0.4 * learned(0.0)


def test_errors_of_colour_and_of_brightness_are_weighed():
    error = torch.randn(2, 3, 4, 5, generator=torch.Generator().manual_seed(0))
    assert torch.allclose(coloured_error(error, 1.0), error.pow(2).mean())
    same = error[:, :1].expand(-1, 3, -1, -1)
    assert torch.allclose(coloured_error(same, 7.0), same.pow(2).mean())
    sums_to_nothing = error - error.mean(dim=1, keepdim=True)
    assert torch.allclose(coloured_error(sums_to_nothing, 7.0), 7 * sums_to_nothing.pow(2).mean())
