"""The training loop: resuming bit for bit, learning four samples, and every mistake as one line."""

import json
import os
import shutil
import signal
import sys

import pytest
import torch
from diffusers.models.autoencoders.vq_model import VQModel
from safetensors.torch import load_file, save_file

from viewlock.cli import main
from viewlock.errors import ConfigError, DatasetError, DeviceError, OutputError, StoppedError
from viewlock.models.checkpoints import load_model
from viewlock.models.config import read_config, to_plain
from viewlock.models.crops import Window
from viewlock.models.first_stage import first_stage, on_first_stage
from viewlock.models.learner import psnr
from viewlock.models.loader import Stream, StreamState
from viewlock.models.place import Place, placed
from viewlock.models.registry import MODELS, model_kind
from viewlock.models.train import Limits, average, learning_rate, train
from viewlock.models.training_log import TrainingLog

from .toy_data import write_dataset, write_run

CPU = Place(torch.device("cpu"))


def config(model, **overrides):
    changes = {key.replace("__", "."): value for key, value in overrides.items()}
    return read_config(MODELS[model].config, model, "tiny", changes)


@pytest.fixture(scope="module")
def vqvae(toy, tmp_path_factory):
    """A run of the tiny VQ-VAE, six steps. Do not change it."""
    run = tmp_path_factory.mktemp("vqvae") / "run"
    train("vqvae", config("vqvae"), [toy], run, CPU, workers=0)
    return run


@pytest.fixture(scope="module")
def dmaligner(toy, vqvae, tmp_path_factory):
    """A run of the tiny DMAligner, six steps. Do not change it."""
    run = tmp_path_factory.mktemp("dmaligner") / "run"
    train("dmaligner", config("dmaligner", vqvae__weights=str(vqvae)), [toy], run, CPU, workers=0)
    return run


@pytest.fixture
def complaint(monkeypatch, capsys):
    """Runs `viewlock train ...`; returns the one line it must be refused with."""

    def run(*words, code=2):
        monkeypatch.setattr(sys, "argv", ["viewlock", "train", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        err = capsys.readouterr().err
        assert ended.value.code == code, err
        assert err.startswith("viewlock: ") and err.count("\n") == 1, err
        return err

    return run


# ------------------------------------------------------------------ bit for bit
def same_files(a, b):
    assert (a / "weights.safetensors").read_bytes() == (b / "weights.safetensors").read_bytes()
    one, other = (torch.load(run / "state.pt", weights_only=True) for run in (a, b))
    assert one["step"] == other["step"] and one["stream"] == other["stream"]
    for name in one["model"]:
        assert torch.equal(one["model"][name], other["model"][name]), name
    moments = [run["optimiser"]["state"] for run in (one, other)]
    assert all(torch.equal(moments[0][k]["exp_avg"], moments[1][k]["exp_avg"]) for k in moments[0])


def test_six_steps_are_three_and_three(toy, vqvae, dmaligner, tmp_path):
    settings = config("dmaligner", vqvae__weights=str(vqvae))
    run = tmp_path / "run"
    assert train("dmaligner", settings, [toy], run, CPU, Limits(steps=3), workers=0).step == 3
    half = load_file(run / "weights.safetensors")
    assert train("dmaligner", settings, [toy], run, CPU, workers=1).step == 6
    same_files(dmaligner, run)
    assert not torch.equal(half["unet.conv_in.weight"], load_file(run / "weights.safetensors")["unet.conv_in.weight"])
    assert train("dmaligner", settings, [toy], run, CPU).step == 6  # nothing is left to do


def test_the_vqvae_resumes_while_its_codebook_begins(toy, vqvae, tmp_path):
    for limit in (4, None):  # the codebook begins with step 4
        train("vqvae", config("vqvae"), [toy], tmp_path / "run", CPU, Limits(steps=limit), workers=0)
    same_files(vqvae, tmp_path / "run")


def test_the_frozen_vqvae_stays_as_it_was(vqvae, dmaligner):
    first, second = (load_file(run / "weights.safetensors") for run in (vqvae, dmaligner))
    assert sum(name.startswith("vq.") for name in first) > 20
    assert all(torch.equal(first[name], second[f"latents.{name}"]) for name in first if name.startswith("vq."))


def test_what_a_run_leaves_behind(dmaligner):
    assert {p.name for p in dmaligner.iterdir()} == {
        "config.yaml", "weights.safetensors", "state.pt", "log.jsonl", "tensorboard",
    }  # fmt: skip
    lines = [json.loads(line) for line in (dmaligner / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines if "loss/loss" in line] == [1, 2, 3, 4, 5, 6]
    assert {"preview/psnr", "preview/psnr_copy_i1", "preview/psnr_copy_i2"} <= lines[3].keys()
    assert list((dmaligner / "tensorboard").iterdir())


def test_a_signal_ends_the_training_after_a_step(toy, vqvae, tmp_path, monkeypatch):
    real = TrainingLog.losses

    def then_stop(self, step, *rest):
        real(self, step, *rest)
        if step == 2:
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(TrainingLog, "losses", then_stop)
    with pytest.raises(StoppedError, match="stopped at step 2; run the same command again") as ended:
        train("vqvae", config("vqvae"), [toy], tmp_path / "run", CPU, workers=0)
    assert ended.value.exit_code == 143
    train("vqvae", config("vqvae"), [toy], tmp_path / "run", CPU, workers=0)
    same_files(vqvae, tmp_path / "run")


def test_a_call_without_time_makes_one_step(toy, tmp_path):
    for expected in (1, 2):
        limits = Limits(minutes=1e-9)
        assert train("vqvae", config("vqvae"), [toy], tmp_path / "run", CPU, limits, workers=0).step == expected


def test_the_command_says_where_things_are(toy, tmp_path, monkeypatch, capsys):
    run = tmp_path / "run"
    words = ["train", "vqvae", "--data", toy, "-o", run, "--preset", "tiny", "--steps", "1", "--workers", "0"]
    monkeypatch.setattr(sys, "argv", ["viewlock", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    out = capsys.readouterr().out
    assert not ended.value.code and f"{run}: step 1 " in out and "weights.safetensors" in out and "tensorboard" in out


def test_mixed_precision(toy, tmp_path):
    """bf16 goes its own way, but not far."""
    losses = []
    for precision in ("fp32", "bf16"):
        settings = config("vqvae", train__precision=precision, train__steps=2, plain_steps=0)
        train("vqvae", settings, [toy], tmp_path / precision, CPU, workers=0)
        lines = (tmp_path / precision / "log.jsonl").read_text().splitlines()
        losses.append(json.loads(lines[0])["loss/mse"])
    assert losses[0] != losses[1] and losses[0] == pytest.approx(losses[1], rel=0.05)


# ------------------------------------------------------------------ it learns
STILL = {"gain": 1.0, "colour": 1.0, "gamma": 1.0, "noise": 0.0, "between": 0.0}
FOUR = {"data__flip_x": 0.0, "data__flip_y": 0.0, "data__photometric": STILL, "train__batch": 4, "train__accumulate": 1,
        "train__log_every": 20, "train__preview_every": 1000}  # fmt: skip


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    """Four samples, and the run of a VQ-VAE that has learned them; a codebook of few entries."""
    folder = tmp_path_factory.mktemp("four")
    data = write_dataset(folder / "data", {"train": range(4)}, Window(16, 8, 32, 32))
    settings = config("vqvae", **FOUR, shape__codes=16, train__steps=80, plain_steps=50)
    train("vqvae", settings, [data], folder / "vq", CPU, workers=0)
    return data, folder / "vq"


def overfit(four, run, **changes):
    """A DMAligner that learned the four samples, and the batch of them."""
    data, vq = four
    settings = config("dmaligner", **FOUR, vqvae__weights=str(vq), train__lr=4e-3, diffusion__stride=10, **changes)
    train("dmaligner", settings, [data], run, CPU, workers=0)
    model = load_model(run)
    return model, next(Stream([data], model.fields, "dsia", settings.data, 0, 4, workers=0).batches(StreamState()))


def test_four_samples_are_learned(four, tmp_path):
    """After 60 steps the prediction is far better than copying either picture, and ten steps of sampling end where
    true latents are: if predictions passed the codebook on their way to the loss, nothing would hold their size."""
    model, batch = overfit(four, tmp_path / "run", train__steps=60)
    lines = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    losses = [line["loss/loss"] for line in lines if "loss/loss" in line]
    assert losses[-1] < 0.06 and losses[-1] < 0.5 * losses[0]
    sampled, decode = [], model.latents.decode
    model.latents.decode = lambda latents: sampled.append(latents) or decode(latents)
    out = model.align(batch["i1"], batch["i2"])
    reached = psnr(out.image, batch["igt"])
    assert reached > 19
    assert reached > psnr(batch["i1"], batch["igt"]) + 3 and reached > psnr(batch["i2"], batch["igt"]) + 3
    found = out.dynamic > 0.5
    both = float((found & batch["dynamic"]).sum())
    assert both / float((found | batch["dynamic"]).sum()) > 0.5
    true = model.latents.encode(batch["igt"])
    assert len(model.diffusion.times()) == 10
    assert 0.5 < float(sampled[0].var() / true.var()) < 1.5
    assert float(((sampled[0] - true) ** 2).mean() / true.var()) < 0.5


@pytest.mark.parametrize("predict", ["v", "flow"])
def test_other_predictions_learn_four_samples(four, tmp_path, predict):
    """After 40 steps each is better than copying either picture."""
    changes = {"diffusion__predict": predict, "loss__space": "latent", "train__steps": 40}
    model, batch = overfit(four, tmp_path / "run", **changes)
    reached = psnr(model.align(batch["i1"], batch["i2"]).image, batch["igt"])
    assert reached > max(psnr(batch[name], batch["igt"]) for name in ("i1", "i2")) + 1.5


# ------------------------------------------------------------------ small parts
def test_learning_rates():
    settings = config("dmaligner", train__steps=100, train__warmup=4, train__lr=1.0).train
    assert [learning_rate(settings, step) for step in (0, 1)] == pytest.approx([0.25, 0.5], rel=1e-3)
    assert learning_rate(settings, 50) == pytest.approx(0.5)
    assert learning_rate(settings, 100) == pytest.approx(0)
    constant = config("dmaligner", train__schedule="constant", train__warmup=0, train__lr=1.0).train
    assert {learning_rate(constant, step) for step in (0, 7, 1000)} == {1.0}


def test_averaging():
    one, other = torch.nn.BatchNorm1d(2), torch.nn.BatchNorm1d(2)
    torch.nn.init.constant_(other.weight, 3.0)
    other.running_mean.fill_(7.0)
    average(one, other, 0.75)
    assert one.weight.tolist() == [1.5, 1.5] and one.running_mean.tolist() == [7.0, 7.0]


def test_published_weights_in_the_layout_of_diffusers(tmp_path, vqvae):
    theirs = VQModel(
        down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2,
        block_out_channels=(8, 16), latent_channels=3, num_vq_embeddings=32, norm_num_groups=4,
        mid_block_add_attention=True,
    )  # fmt: skip
    theirs.save_pretrained(tmp_path / "vq")
    settings, model = on_first_stage(config("dmaligner", vqvae__weights=str(tmp_path / "vq")))
    assert settings.vqvae.channels == (8, 16) and settings.vqvae.latent_channels == 3 and settings.vqvae.mid_attention
    pictures = torch.rand(1, 3, 16, 16)
    assert torch.equal(model.latents.vq.encode(pictures).latents, theirs.encode(pictures).latents)
    VQModel(norm_type="spatial", norm_num_groups=8).save_pretrained(tmp_path / "odd")
    with pytest.raises(ConfigError, match="of this form is not supported"):
        on_first_stage(config("dmaligner", vqvae__weights=str(tmp_path / "odd")))


def test_a_first_stage_goes_on_from_other_weights(toy, vqvae, tmp_path):
    """With the sizes and the codebook of the weights; a step that learns nothing leaves all of them as they were."""
    settings, model = first_stage(config("vqvae", weights=str(vqvae), shape__channels=[8, 8], plain_steps=3))
    assert settings.shape == config("vqvae").shape and settings.plain_steps == 0
    before = load_file(vqvae / "weights.safetensors")
    assert all(torch.equal(tensor, before[f"vq.{name}"]) for name, tensor in model.vq.state_dict().items())
    still = config("vqvae", weights=str(vqvae), train__lr=1e-30, train__steps=1)
    train("vqvae", still, [toy], tmp_path / "run", CPU, workers=0)
    after = load_file(tmp_path / "run" / "weights.safetensors")
    weights = [name for name in before if name.startswith("vq.")]
    assert all(torch.allclose(after[name], before[name], rtol=0, atol=1e-7) for name in weights)
    train("vqvae", still, [toy], tmp_path / "run", CPU, Limits(steps=2), workers=0)  # the same command goes on
    on_first_stage(config("dmaligner", vqvae__weights=str(tmp_path / "run")))
    with pytest.raises(ConfigError, match="weights: /nowhere: expected a run"):
        first_stage(config("vqvae", weights="/nowhere"))


@pytest.mark.parametrize("preset", ["paper", "released", "small", "tiny"])
def test_presets_load_and_come_back(preset):
    for model in ("dmaligner", "vqvae"):
        if (model, preset) != ("vqvae", "released"):
            found = read_config(MODELS[model].config, model, preset)
            assert type(found).model_validate_json(json.dumps(to_plain(found))) == found
            assert found.model == model


# ------------------------------------------------------------------ mistakes
def test_mistakes_in_the_configuration(complaint, toy, tmp_path):
    words = ["--data", toy, "-o", tmp_path / "x", "--preset"]
    assert "'dmalinger': expected one of dmaligner, vqvae; did you mean" in complaint("dmalinger", *words, "tiny")
    assert "expected one of paper, released, small, tiny" in complaint("dmaligner", *words, "smal")
    for setting, expected in {
        "train.stepz=3": "did you mean 'steps'",
        "unet.attention=[true]": "expected 2 values, one for each of channels, got 1",
        "unet.channels=[16,30]": "expected multiples of groups (8), got 30",
        "mask.neighbourhood=4": "expected an odd number, got 4",
        "data.crop=[30,32]": "data.crop: expected multiples of 4, got [30, 32]",
        "diffusion.stride=101": "stride: expected at most timesteps (100), got 101",
        "diffusion.predict=x0": "'sample', 'epsilon', 'v' or 'flow', got \"x0\"",
        "train.lr=fast": "train.lr: expected a valid number",
        "vqvae.weights=null": "needs a trained VQ-VAE; run 'viewlock train vqvae'",
        "vqvae.weights=/nowhere": "/nowhere: expected a run of 'viewlock train vqvae'",
    }.items():
        assert expected in complaint("dmaligner", *words, "tiny", "--set", setting), setting
    assert "--device gpu: expected auto, cpu or cuda" in complaint("vqvae", *words, "tiny", "--device", "gpu")
    assert "--max-minutes 0" in complaint("vqvae", *words, "tiny", "--max-minutes", "0")
    assert not (tmp_path / "x").exists()


def test_mistakes_in_the_data(complaint, toy, tmp_path):
    words = ["vqvae", "-o", tmp_path / "x", "--preset", "tiny", "--workers", "0"]
    assert "not a dataset" in complaint(*words, "--data", tmp_path)
    waiting = write_run(tmp_path / "run", {0: "train"}, [])
    assert "wait until a scene of it is rendered" in complaint(
        *words[:2], tmp_path / "y", *words[3:], "--data", waiting
    )
    large = [*words[:2], tmp_path / "z", *words[3:], "--data", toy, "--set", "data.crop=[128,32]"]
    assert "too small for a crop of 128x32" in complaint(*large)


def test_a_folder_of_another_training_is_refused(complaint, toy, vqvae, tmp_path):
    words = ["vqvae", "--data", toy, "--preset", "tiny", "-o"]
    line = complaint(*words, vqvae, "--set", "train.lr=0.5")
    assert "belongs to another training: train.lr is 0.001 there and 0.5 now" in line
    other = write_dataset(tmp_path / "other", {"train": [1]})
    assert "datasets is" in complaint("vqvae", "--data", other, "--preset", "tiny", "-o", vqvae)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    assert "something else is there" in complaint(*words, tmp_path / "mine")
    copy = tmp_path / "copy"
    shutil.copytree(vqvae, copy)
    (copy / "state.pt").write_bytes((copy / "state.pt").read_bytes()[:500])
    assert "state.pt: cannot be read" in complaint(*words, copy, "--steps", "9")


def test_a_run_is_continued_by_as_many_processes(toy, vqvae, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(vqvae, copy)
    state = torch.load(copy / "state.pt", weights_only=True)
    torch.save(state | {"world": 2}, copy / "state.pt")
    with pytest.raises(ConfigError, match="has run with 2 processes, now 1"):
        train("vqvae", config("vqvae"), [toy], copy, CPU)


def test_divergence_is_noticed_and_does_no_harm(toy, tmp_path):
    settings = config("vqvae", train__steps=30, plain_steps=0, commitment=1e38, train__checkpoint_every=5)
    with pytest.raises(ConfigError, match=r"no finite gradient in 10 steps up to step 9: it diverged; lower train.lr"):
        train("vqvae", settings, [toy], tmp_path / "run", CPU, workers=0)
    kept = load_file(tmp_path / "run" / "weights.safetensors")
    assert all(torch.isfinite(tensor).all() for tensor in kept.values())


def test_devices_that_are_not_there(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(DeviceError, match="torch sees no GPU"), placed("cuda"):
        pass
    with placed("auto") as place:
        assert place.device.type == "cpu"
    with pytest.raises(ConfigError, match="fp16 needs a GPU"):
        CPU.autocast("fp16")


def test_weights_that_cannot_be_used(vqvae, dmaligner, tmp_path):
    assert load_model(dmaligner, "cpu").training is False
    with pytest.raises(DatasetError, match="expected a run of 'viewlock train'"):
        load_model(tmp_path)
    file = tmp_path / "weights.safetensors"
    file.write_bytes((vqvae / "weights.safetensors").read_bytes()[:300])
    with pytest.raises(DatasetError, match="cannot be read"):
        load_model(tmp_path)
    tensors = load_file(vqvae / "weights.safetensors")
    save_file(tensors, file)
    with pytest.raises(DatasetError, match="no configuration inside"):
        load_model(tmp_path)
    plain = to_plain(config("vqvae"))
    save_file(tensors, file, {"viewlock": json.dumps({"step": 1, "config": plain | {"model": "vqvea"}})})
    with pytest.raises(ConfigError, match="did you mean 'vqvae'"):
        load_model(tmp_path)
    save_file({"x": torch.zeros(1)}, file, {"viewlock": json.dumps({"step": 1, "config": plain})})
    with pytest.raises(DatasetError, match="does not fit the configuration inside"):
        load_model(tmp_path)
    with pytest.raises(ConfigError, match="got one of 'dmaligner'"):
        on_first_stage(config("dmaligner", vqvae__weights=str(dmaligner)))
    with pytest.raises(OutputError, match="something else is there"):
        train("vqvae", config("vqvae"), [], tmp_path, CPU)
    assert model_kind("vqvae").config is type(config("vqvae"))
