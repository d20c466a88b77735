"""DMAligner's equations against naive loops and closed forms; where gradients go; use on pictures of any size."""

import itertools
import math

import pytest
import torch

from viewlock.models.config import read_config
from viewlock.models.correlation import correlate
from viewlock.models.dmaligner import (
    DMAligner,
    MaskProducer,
    build_unet,
    denoising_loss,
    dilate,
    gamma_at,
    mask_loss,
    mix,
    upsample,
)
from viewlock.models.dmaligner_config import DmalignerConfig, GammaRange


def config(**overrides):
    changes = {key.replace("__", "."): value for key, value in overrides.items()}
    return read_config(DmalignerConfig, "dmaligner", "tiny", changes)


def batch(size=(32, 32), count=2):
    generator = torch.Generator().manual_seed(3)
    pictures = {name: torch.rand(count, 3, *size, generator=generator) for name in ("i1", "i2", "igt")}
    return pictures | {"dynamic": torch.rand(count, *size, generator=generator) > 0.8}


# ------------------------------------------------------------------ Eq. 6
@pytest.mark.parametrize("normalise", [False, True])
@pytest.mark.parametrize("side", [1, 3, 5])
def test_correlation_against_loops(side, normalise):
    torch.manual_seed(0)
    v1, v2 = torch.randn(2, 3, 4, 6), torch.randn(2, 3, 4, 6)
    found = correlate(v1, v2, side, normalise=normalise)
    assert found.shape == (2, side**2, 4, 6)
    k = side // 2
    for b, y, x in itertools.product(range(2), range(4), range(6)):
        for i, (dy, dx) in enumerate(itertools.product(range(-k, k + 1), repeat=2)):
            there = 0 <= y + dy < 4 and 0 <= x + dx < 6
            one = v1[b, :, y, x]
            other = v2[b, :, y + dy, x + dx] if there else torch.zeros(3)
            expected = float(one @ other)
            if normalise and there:
                expected /= float(one.norm() * other.norm())
            assert float(found[b, i, y, x]) == pytest.approx(expected, abs=1e-5)
    total = correlate(v1, v2, side, total=True, normalise=normalise)
    assert torch.allclose(total, found.sum(dim=1, keepdim=True), atol=1e-5)


def test_correlation_finds_a_shift():
    torch.manual_seed(0)
    v1 = torch.randn(1, 8, 9, 9)
    v2 = torch.roll(v1, (1, -2), dims=(2, 3))  # v2(y + 1, x - 2) = v1(y, x)
    best = correlate(v1, v2, 5).argmax(dim=1)[0, 2:-2, 2:-2]
    assert (best == (1 + 2) * 5 + (-2 + 2)).all()


# ------------------------------------------------------------------ dilation, Eq. 7 and 9
@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_dilation_grows_a_point_to_a_square(steps):
    mask = torch.zeros(1, 1, 11, 11)
    mask[0, 0, 5, 5] = 0.7
    mask[0, 0, 0, 10] = 0.3
    grown = dilate(mask, steps)
    for y, x in itertools.product(range(11), repeat=2):
        near = 0.7 if max(abs(y - 5), abs(x - 5)) <= steps else 0.0
        corner = 0.3 if max(y, abs(x - 10)) <= steps else 0.0
        assert float(grown[0, 0, y, x]) == pytest.approx(max(near, corner))


def test_mix_takes_the_second_picture_where_something_moves():
    v1, v2 = torch.full((1, 4, 2, 2), 1.0), torch.full((1, 4, 2, 2), 5.0)
    mask = torch.tensor([[[[0.0, 1.0], [0.25, 0.5]]]])
    assert mix(v1, v2, mask)[0, 0].tolist() == [[1.0, 5.0], [2.0, 3.0]]


def test_upsampling_keeps_a_constant_and_the_range():
    assert torch.allclose(upsample(torch.full((1, 1, 3, 4), 0.4), (12, 16)), torch.full((1, 1, 12, 16), 0.4))


# ------------------------------------------------------------------ Eq. 10 and 11
def test_denoising_loss_against_loops():
    torch.manual_seed(0)
    prediction, truth, mask = torch.rand(2, 3, 4, 5), torch.rand(2, 3, 4, 5), torch.rand(2, 1, 4, 5)
    for gamma in (0.0, 0.3, 0.5, 1.0):
        total = 0.0
        for b, c, y, x in itertools.product(range(2), range(3), range(4), range(5)):
            error, m = float(truth[b, c, y, x] - prediction[b, c, y, x]), float(mask[b, 0, y, x])
            total += (1 - gamma) * ((1 - m) * error) ** 2 + gamma * (m * error) ** 2
        assert float(denoising_loss(prediction, truth, mask, gamma)) == pytest.approx(total / 120, rel=1e-5)
    assert float(denoising_loss(prediction, truth, None, 0.5)) == pytest.approx(
        float(((prediction - truth) ** 2).mean())
    )


def test_mask_loss_against_loops():
    torch.manual_seed(0)
    mask, dynamic = torch.rand(1, 1, 4, 5), torch.rand(1, 4, 5) > 0.5
    total = 0.0
    for y, x in itertools.product(range(4), range(5)):
        p = float(mask[0, 0, y, x])
        total -= math.log(p) if dynamic[0, y, x] else math.log(1 - p)
    assert float(mask_loss(mask, dynamic)) == pytest.approx(total / 20, rel=1e-5)
    assert torch.isfinite(mask_loss(torch.zeros(1, 1, 4, 5), dynamic))


def test_gamma_is_linear_then_constant():
    gamma = GammaRange(start=0.5, end=0.7, steps=100)
    assert [gamma_at(gamma, step) for step in (0, 50, 100, 1000)] == pytest.approx([0.5, 0.6, 0.7, 0.7])


@torch.no_grad()
@pytest.mark.parametrize("dilated", [False, True])
def test_eq_12_puts_the_parts_together(dilated):
    model = DMAligner(config(loss__dilated=dilated))
    data = batch()
    torch.manual_seed(0)
    losses = model(data, 0)
    assert float(losses["loss"]) == pytest.approx(2 * float(losses["denoise"]) + 0.1 * float(losses["mask"]), rel=1e-5)
    mask = model.masks(*model.latents.encode(torch.cat([data["i1"], data["i2"]])).chunk(2))
    assert float(losses["mask"]) == pytest.approx(float(mask_loss(dilate(mask, 2 if dilated else 0), data["dynamic"])))


# ------------------------------------------------------------------ gradients
@pytest.mark.parametrize("predict", ["sample", "epsilon", "v", "flow"])
@pytest.mark.parametrize("space", ["image", "latent"])
def test_gradients_reach_the_unet_and_never_the_vqvae(space, predict):
    model = DMAligner(config(loss__space=space, diffusion__predict=predict, loss__mask=0.0))
    losses = model(batch(), 0)
    losses["loss"].backward()
    for name, parameter in model.named_parameters():
        if name.startswith("latents."):
            assert parameter.grad is None and not parameter.requires_grad, name
    first = model.unet.conv_in.weight.grad
    assert first is not None and float(first.abs().sum()) > 0
    # The mask is a constant in Eq. 10, but learns from what V_M does to the prediction.
    assert float(model.masks.predictor[-1].weight.grad.abs().sum()) > 0


@torch.no_grad()
def test_the_image_loss_is_that_of_the_decoded_prediction():
    """Decoding by hand what the network answers gives the same loss, so the gradient's way is the decoder."""
    model = DMAligner(config(mask=None, vqvae__quantise=False))
    data = batch()
    torch.manual_seed(7)
    loss = model(data, 0)["denoise"]
    torch.manual_seed(7)
    v1, v2, x0 = model.latents.encode(torch.cat([data["i1"], data["i2"], data["igt"]])).chunk(3)
    t = torch.randint(100, (2,))
    xt = model.diffusion.noisy(x0, torch.randn_like(x0), t)
    answer = model.unet(torch.cat([xt, v1, v2], dim=1), t).sample
    picture = model.latents.vq.decode(answer * model.latents.std + model.latents.mean, force_not_quantize=True).sample
    assert float(loss) == pytest.approx(float(((picture / 2 + 0.5 - data["igt"]) ** 2).mean()), rel=1e-5)


@torch.no_grad()
@pytest.mark.parametrize("preset", ["tiny", "small", "paper"])
def test_the_loss_sees_how_large_predicted_latents_are(preset, monkeypatch):
    """Whatever passes the codebook decodes alike far off and near by, and sampling goes on from latents that drift."""
    settings = read_config(DmalignerConfig, "dmaligner", preset)
    assert settings.loss.space == "image" and not settings.vqvae.quantise
    model = DMAligner(config(vqvae__quantise=settings.vqvae.quantise))
    decoded, answers = [], []
    model.latents.vq.post_quant_conv.register_forward_pre_hook(lambda _, given: decoded.append(given[0]))
    monkeypatch.setattr(
        model, "denoise", lambda xt, t, condition: answers.append(9 * torch.randn_like(xt)) or answers[-1]
    )
    model(batch(), 0)
    assert torch.equal(decoded[0], answers[0] * model.latents.std + model.latents.mean)


# ------------------------------------------------------------------ parts
def test_latents_are_scaled_to_unit_variance():
    model = DMAligner(config())
    data = batch(count=4)
    model.prepare(iter([data]))
    z = model.latents.encode(torch.cat([data["i1"], data["igt"]]))
    assert z.mean(dim=(0, 2, 3)) == pytest.approx(torch.zeros(4), abs=1e-4)
    assert z.std(dim=(0, 2, 3)) == pytest.approx(torch.ones(4), abs=1e-3)


def test_decoding_undoes_the_scale():
    model = DMAligner(config(vqvae__quantise=False))
    pictures = batch()["igt"]
    plain = model.latents.decode(model.latents.encode(pictures))
    model.latents.measure(pictures)
    assert torch.allclose(model.latents.decode(model.latents.encode(pictures)), plain, atol=1e-4)


def test_quantising_decodes_codes_of_the_book_only():
    model = DMAligner(config(vqvae__quantise=True))
    seen = []
    model.latents.vq.post_quant_conv.register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    model.latents.decode(torch.randn(1, 4, 4, 4))
    book = model.latents.vq.quantize.embedding.weight
    vectors = seen[0].permute(0, 2, 3, 1).reshape(-1, 4)
    assert float(torch.cdist(vectors, book).min(dim=1).values.max()) < 1e-5


def test_the_widened_input_is_the_narrow_one_repeated_and_halved():
    torch.manual_seed(0)
    wide = build_unet(config(unet__widen=True).unet, 4, inputs=3)
    torch.manual_seed(0)
    narrow = build_unet(config().unet, 4, inputs=1)
    x, t = torch.randn(1, 4, 8, 8), torch.tensor([5])
    halves = torch.cat([x, x, torch.zeros_like(x)], dim=1)
    assert torch.allclose(wide(halves, t).sample, narrow(x, t).sample, atol=1e-5)


def test_the_released_form_has_no_mask():
    model = DMAligner(config(mask=None, loss__space="latent"))
    assert model.masks is None and "dynamic" not in model.fields
    assert model.unet.conv_in.in_channels == 12
    losses = model({k: v for k, v in batch().items() if k != "dynamic"}, 0)
    assert losses.keys() == {"loss", "denoise"}


@torch.no_grad()
def test_sum_gives_the_mask_predictor_one_channel():
    producer = MaskProducer(config(mask__sum=True).mask)
    assert producer.predictor[0].in_channels == 1
    mask = producer(torch.randn(1, 4, 6, 7), torch.randn(1, 4, 6, 7))
    assert mask.shape == (1, 1, 6, 7) and float(mask.min()) > 0 and float(mask.max()) < 1


# ------------------------------------------------------------------ use
@pytest.mark.parametrize("size", [(32, 32), (33, 50), (7, 5), (1, 1)])
def test_any_size_is_aligned(size):
    model = DMAligner(config()).eval()
    data = batch(size)
    out = model.align(data["i1"], data["i2"])
    assert out.image.shape == (2, 3, *size) and out.dynamic is not None and out.dynamic.shape == (2, *size)
    assert float(out.image.min()) >= 0 and float(out.image.max()) <= 1
    assert out.valid is None and out.flow_1to2 is None


def test_the_seed_decides():
    model = DMAligner(config(mask=None)).eval()
    data = batch()
    first = model.align(data["i1"], data["i2"], seed=1)
    assert first.dynamic is None
    assert torch.equal(first.image, model.align(data["i1"], data["i2"], seed=1).image)
    assert not torch.equal(first.image, model.align(data["i1"], data["i2"], seed=2).image)
