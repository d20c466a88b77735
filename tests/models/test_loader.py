"""Order and contents of batches depend on the seed alone; resuming, sharing and growing data lose nothing."""

import copy
from itertools import islice

import numpy as np
import pytest
import torch

from viewlock.errors import DatasetError
from viewlock.exporters.fields import Flow
from viewlock.models.augment import augment
from viewlock.models.config import DataConfig, Photometric
from viewlock.models.loader import Stream, StreamState, to_tensors

from .toy_data import H, W, scene, triple, write_run

PLAIN = Photometric(gain=1.0, colour=1.0, gamma=1.0, noise=0.0, between=0.0)
STRONG = Photometric(gain=1.5, colour=1.3, gamma=1.4, noise=0.05, between=0.5)


def stream(paths, photometric=STRONG, crop=(32, 24), flips=0.5, **options):
    data = DataConfig(crop=crop, flip_x=flips, flip_y=flips, photometric=photometric)
    settings = {"kind": "dsia", "seed": 5, "batch": 2, "workers": 0} | options
    return Stream(paths, ("i1", "i2", "igt", "dynamic", "flow_1to2"), data=data, **settings)


def take(source, count, state=None):
    return list(islice(source.batches(state or StreamState()), count))


def same(a, b):
    return len(a) == len(b) and all(
        x.keys() == y.keys() and all(torch.equal(x[k], y[k]) for k in x) for x, y in zip(a, b, strict=True)
    )


@pytest.mark.filterwarnings("ignore:This DataLoader will create")
def test_workers_do_not_matter(toy):
    alone = take(stream([toy]), 4)
    assert same(alone, take(stream([toy], workers=2), 4))
    assert not same(alone, take(stream([toy], seed=6), 4))


def test_batches_have_the_documented_form(toy):
    batch = take(stream([toy]), 1)[0]
    assert batch["i1"].shape == (2, 3, 24, 32) and batch["i1"].dtype == torch.float32
    assert batch["dynamic"].shape == (2, 24, 32) and batch["dynamic"].dtype == torch.bool
    assert batch["flow_1to2"].shape == (2, 2, 24, 32) and batch["flow_1to2_valid"].dtype == torch.bool
    assert batch.keys() == {"i1", "i2", "igt", "dynamic", "flow_1to2", "flow_1to2_valid"}
    assert float(batch["i1"].min()) >= 0 and float(batch["i1"].max()) <= 1


@pytest.mark.parametrize("taken", range(5))
def test_resuming_anywhere_gives_the_same_batches(toy, taken):
    state = StreamState()
    going = stream([toy]).batches(state)
    for _ in range(taken):
        next(going)
    kept = copy.deepcopy(state)
    assert same(list(islice(going, 3)), take(stream([toy], workers=1), 3, kept))


def test_an_epoch_shows_every_sample_once_and_epochs_differ(toy):
    whole = stream([toy], PLAIN, crop=(W, H), flips=0.0, batch=1)
    pictures = [triple(n)["i1"] for n in range(6)]

    def number_of(batch):
        picture = (batch["i1"][0].permute(1, 2, 0) * 255).round().byte().numpy()
        return next(n for n, known in enumerate(pictures) if np.array_equal(known, picture))

    order = [number_of(batch) for batch in take(whole, 18)]
    epochs = [order[:6], order[6:12], order[12:]]
    assert all(sorted(epoch) == list(range(6)) for epoch in epochs)
    assert epochs[0] != epochs[1] or epochs[1] != epochs[2]


def test_processes_share_the_global_batch(toy):
    together = take(stream([toy], batch=2), 3)
    parts = [take(stream([toy], batch=1, rank=rank, world=2), 3) for rank in (0, 1)]
    for batch, first, second in zip(together, *parts, strict=True):
        for name in batch:
            assert torch.equal(batch[name], torch.cat([first[name], second[name]]))


def test_fewer_samples_than_a_batch_are_repeated(toy):
    batch = take(stream([toy], split="val", batch=5), 1)[0]
    assert len(batch["i1"]) == 5


def test_new_scenes_join_at_the_next_epoch_and_not_before(tmp_path):
    run = write_run(tmp_path / "run", dict.fromkeys(range(4), "train"), [0, 1])
    state = StreamState()
    source = stream([run], batch=1)
    going = source.batches(state)
    first = next(going)
    (run / "scenes" / "000002.tar").write_bytes(scene(2))
    kept = copy.deepcopy(state)
    second = next(going)
    assert len(state.files) == 2
    third = next(going)
    assert len(state.files) == 3 and state.epoch == 1 and state.batch == 1
    # The epoch that was under way is finished with its own files, also when resumed.
    assert same([second, third], take(source, 2, kept))
    assert not same([first], [second])


def test_tone_is_shared_where_truth_demands_it():
    sample = {"key": "k", **{name: triple(3)["igt"] for name in ("i1", "i2", "igt")}}
    tone_only = Photometric(**{**STRONG.model_dump(), "noise": 0.0})
    changed = augment(sample, tone_only, np.random.default_rng(1))
    assert np.array_equal(changed["i2"], changed["igt"])
    assert np.abs(changed["i1"] - changed["igt"]).mean() > 0.01
    noisy = augment(sample, STRONG, np.random.default_rng(1))
    assert np.array_equal(noisy["igt"], changed["igt"])  # the label stays clean
    assert not np.array_equal(noisy["i2"], noisy["igt"])
    together = Photometric(**{**tone_only.model_dump(), "between": 0.0})
    changed = augment(sample, together, np.random.default_rng(1))
    assert np.array_equal(changed["i1"], changed["igt"])


def test_tone_against_its_formula():
    """Gains, clip and gamma, pixel by pixel; what was drawn is found again with the same seed."""
    picture = triple(3)["igt"][:6, :9]
    changed = augment({"key": "k", "i1": picture, "igt": picture}, STRONG, np.random.default_rng(2))
    rng = np.random.default_rng(2)

    def draw(share):
        gain, colour = rng.uniform(-1, 1) * np.log(1.5), rng.uniform(-1, 1, 3) * np.log(1.3)
        return np.exp(share * (gain + colour)), np.exp(share * rng.uniform(-1, 1) * np.log(1.4))

    shared, own = draw(1.0), draw(0.5)
    for (y, x, c), value in np.ndenumerate(picture):
        toned = min(value / 255 * shared[0][c], 1) ** shared[1]
        assert changed["igt"][y, x, c] == pytest.approx(toned, abs=1e-5)
    quiet = Photometric(**{**STRONG.model_dump(), "noise": 0.0})
    changed = augment({"key": "k", "i1": picture}, quiet, np.random.default_rng(2))
    for (y, x, c), value in np.ndenumerate(picture):
        toned = min(value / 255 * shared[0][c], 1) ** shared[1]
        assert changed["i1"][y, x, c] == pytest.approx(min(toned * own[0][c], 1) ** own[1], abs=1e-5)


def test_no_change_changes_nothing():
    sample = {"key": "k", "i1": triple(3)["i1"]}
    assert np.array_equal(
        augment(sample, PLAIN, np.random.default_rng(0))["i1"], sample["i1"].astype(np.float32) / np.float32(255)
    )


def test_flow_becomes_two_tensors():
    flow = Flow(np.arange(24, dtype=np.float32).reshape(3, 4, 2), np.ones((3, 4), bool))
    tensors = to_tensors({"key": "k", "meta": {}, "flow_1to2": flow})
    assert tensors.keys() == {"flow_1to2", "flow_1to2_valid"}
    assert torch.equal(tensors["flow_1to2"][1], torch.from_numpy(flow.flow[..., 1]))


@pytest.mark.parametrize("workers", [0, 1])
def test_pictures_too_small_for_the_crop(toy, workers):
    with pytest.raises(DatasetError, match="pictures are 64x48, too small for a crop of 96x48") as caught:
        take(stream([toy], crop=(96, 48), workers=workers), 1)
    assert "\n" not in str(caught.value)
