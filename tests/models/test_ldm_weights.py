"""Published VQ-VAEs under LDM's own names of tensors, checked against diffusers' converter of its autoencoders."""

import pytest
import torch
from diffusers.loaders.single_file_utils import convert_ldm_vae_checkpoint
from safetensors.torch import save_file

from viewlock.errors import ConfigError
from viewlock.models.config import read_config
from viewlock.models.dmaligner_config import VqvaeShape
from viewlock.models.first_stage import on_first_stage
from viewlock.models.ldm_weights import load_ldm, renamed
from viewlock.models.registry import MODELS
from viewlock.models.vqvae import build_vqvae

CHANNELS = (32, 64, 64)
ATTENTION = {"group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v", "to_out.0": "proj_out"}


def network(attention=(False, False, True)):
    """Of the form of vq-f4 and vq-f8, but narrow."""
    torch.manual_seed(0)
    shape = VqvaeShape(
        channels=CHANNELS, layers=2, latent_channels=3, codes=16, groups=32, attention=attention, mid_attention=True
    )
    return build_vqvae(shape), shape


def as_ldm(vq):
    """The tensors of a network of diffusers as LDM's code would save them, with a discriminator beside."""
    found = {"loss.discriminator.main.0.weight": torch.zeros(1), "loss.logvar": torch.zeros(())}
    for name, tensor in vq.state_dict().items():
        parts = name.split(".")
        side, rest = parts[0], parts[1:]
        if side in ("quantize", "quant_conv", "post_quant_conv"):
            found[name] = tensor
            continue
        if rest[0] == "mid_block":
            where = [side, "mid", f"block_{int(rest[2]) + 1}" if rest[1] == "resnets" else "attn_1"]
            rest = ["mid", *rest[1:]]
        elif rest[0] in ("down_blocks", "up_blocks"):
            up = rest[0] == "up_blocks"
            level = str(len(CHANNELS) - 1 - int(rest[1])) if up else rest[1]
            kind = {"resnets": "block", "attentions": "attn"}.get(rest[2])
            sampler = "upsample" if up else "downsample"
            where = [side, "up" if up else "down", level, *([kind, rest[3]] if kind else [sampler])]
            rest = [rest[0], *rest[2:]]
        else:
            found[name.replace("conv_norm_out", "norm_out")] = tensor
            continue
        tail = ".".join(rest[3:])
        for theirs, ldm in ATTENTION.items():
            if where[-1] == "attn_1" or "attn" in where:
                tail = tail.replace(f"{theirs}.", f"{ldm}.")
        tail = tail.replace("conv_shortcut", "nin_shortcut")
        if ("attn_1" in where or "attn" in where) and tensor.ndim == 2:
            tensor = tensor[..., None, None]
        found[".".join([*where, tail])] = tensor
    return found


def test_known_names():
    """As they stand in LDM's checkpoint of vq-f4."""
    names = as_ldm(network()[0])
    for name in (
        "encoder.down.0.block.1.norm2.bias", "encoder.down.1.block.0.nin_shortcut.weight",
        "encoder.down.1.downsample.conv.weight", "encoder.mid.attn_1.proj_out.weight", "encoder.norm_out.weight",
        "decoder.up.2.upsample.conv.bias", "decoder.up.0.block.2.conv1.weight", "decoder.mid.block_2.norm1.weight",
        "decoder.up.2.attn.0.q.weight", "quantize.embedding.weight", "post_quant_conv.bias",
    ):  # fmt: skip
        assert name in names, name
    assert names["decoder.up.2.attn.0.q.weight"].shape == (64, 64, 1, 1)


def test_names_are_those_of_diffusers_converter():
    """It knows neither the codebook nor attention beside the middle."""
    vq, _ = network(attention=(False, False, False))
    theirs = convert_ldm_vae_checkpoint(
        {f"first_stage_model.{name}": tensor for name, tensor in as_ldm(vq).items()},
        {"down_block_types": CHANNELS, "up_block_types": CHANNELS},
    )
    ours = renamed({name: t for name, t in as_ldm(vq).items() if not name.startswith("loss.")}, len(CHANNELS))
    assert ours.keys() - theirs.keys() == {"quantize.embedding.weight"} and not theirs.keys() - ours.keys()
    assert all(torch.equal(tensor, ours[name]) for name, tensor in theirs.items())


@pytest.mark.parametrize("prefix", ["", "first_stage_model."])
def test_a_checkpoint_is_the_network_it_was(tmp_path, prefix):
    vq, shape = network()
    torch.save(
        {"state_dict": {prefix + name: t for name, t in as_ldm(vq).items()}, "epoch": 3}, tmp_path / "model.ckpt"
    )
    changes = {"vqvae.weights": str(tmp_path), "data.crop": [32, 32]}
    settings, model = on_first_stage(read_config(MODELS["dmaligner"].config, "dmaligner", "tiny", changes))
    assert all(getattr(settings.vqvae, name) == value for name, value in shape)
    pictures = torch.rand(1, 3, 16, 16)
    latents = vq.encode(pictures).latents
    assert torch.equal(model.latents.vq.encode(pictures).latents, latents)
    assert torch.equal(model.latents.vq.decode(latents).sample, vq.decode(latents).sample)


def test_mistakes(tmp_path):
    file = tmp_path / "vq.safetensors"
    for content, expected in (
        ({"encoder.conv_in.weight": torch.zeros(1)}, "not a VQ-VAE of LDM's form"),
        (as_ldm(network()[0]) | {"encoder.conv_in.weight": torch.zeros(3, 3)}, "size mismatch"),
    ):
        save_file({name: tensor.contiguous() for name, tensor in content.items()}, file)
        with pytest.raises(ConfigError, match=expected) as told:
            load_ldm(file)
        assert "\n" not in str(told.value) and str(file) in str(told.value)
    for name, data in (("a.ckpt", b"no"), ("b.safetensors", b"no")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ConfigError, match="cannot be read as torch weights"):
            load_ldm(tmp_path / name)
    torch.save([1, 2], tmp_path / "c.ckpt")
    with pytest.raises(ConfigError, match="expected a state dict"):
        load_ldm(tmp_path / "c.ckpt")
