"""The plan is a pure function of configuration and catalogue."""

import shutil
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.errors import ConfigError, DatasetError
from viewlock.generator.config import load_config
from viewlock.generator.drawing import Redraw, split_of
from viewlock.generator.dsia import sample, subset_of
from viewlock.generator.dsia_spec import SUBSETS, DsiaSpec
from viewlock.generator.plan import draw, draw_plan, load_catalogue, plan_lines, read_plan
from viewlock.generator.spec import SPLITS

CONFIG = load_config("dsia", {"scenes": 60, "sequences": 2, "frames": 4, "seed": 11})


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(CONFIG)


@pytest.fixture(scope="module")
def planned(catalogue) -> tuple[list[DsiaSpec], Counter]:
    return draw_plan(CONFIG, catalogue)


@pytest.fixture(scope="module")
def specs(planned) -> list[DsiaSpec]:
    return planned[0]


def test_sixty_scenes_can_be_planned(specs):
    assert [spec.scene_id for spec in specs] == list(range(60))
    assert all(spec.attempt < CONFIG.accept.attempts for spec in specs)


def test_each_scene_is_a_pure_function(specs, catalogue):
    """Made again alone, in another order and from a fresh catalogue, it is the same."""
    fresh = load_catalogue(CONFIG)
    for scene in (41, 3, 17):
        assert draw(CONFIG, fresh, scene) == specs[scene] == draw(CONFIG, catalogue, scene)


def test_a_bigger_plan_begins_with_the_smaller_one(specs, catalogue):
    bigger = CONFIG.model_copy(update={"scenes": 1000})
    assert [draw(bigger, catalogue, k) for k in (0, 9)] == [specs[0], specs[9]]


def test_seeds_and_attempts_make_other_scenes(catalogue):
    other = CONFIG.model_copy(update={"seed": 12})
    assert draw(CONFIG, catalogue, 5).sequences != draw(other, catalogue, 5).sequences
    accepted = draw(CONFIG, catalogue, 5)
    again = draw(CONFIG, catalogue, 5, accepted.attempt + 1)
    assert again.attempt > accepted.attempt
    assert again.sequences != accepted.sequences
    assert (again.split, again.target_subset) == (accepted.split, accepted.target_subset)
    assert again.place.asset == accepted.place.asset  # hard places must not become rare


def test_specs_survive_json(specs, tmp_path):
    file = tmp_path / "plan.jsonl"
    file.write_text(plan_lines(specs))
    back = list(read_plan(file, "dsia"))
    assert back == specs
    assert plan_lines(back) == file.read_text()


def test_a_spec_says_nothing_of_this_machine(specs, tmp_path):
    text = plan_lines(specs)
    for word in ("/home", "/tmp", str(tmp_path.parent), "\\\\"):
        assert word not in text


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda text: text[: len(text) // 2], "not a scene spec"),
        (lambda text: text.replace('"scene_id":0', '"scene_id":"a"', 1), "plan.jsonl:1: not a scene spec: scene_id"),
        (lambda text: text.replace('"schema":1', '"schema":9', 1), ":1: not a scene spec: schema: "),
        (lambda text: "hello\n" + text, ":1: not a scene spec"),
    ],
)
def test_damaged_plans_are_named_with_the_line(specs, tmp_path, damage, says):
    file = tmp_path / "plan.jsonl"
    file.write_text(damage(plan_lines(specs[:2])))
    with pytest.raises(DatasetError, match=says) as caught:
        list(read_plan(file, "dsia"))
    assert "\n" not in str(caught.value)


def test_a_missing_plan_is_named(tmp_path):
    with pytest.raises(DatasetError, match=r"plan\.jsonl: cannot be read"):
        list(read_plan(tmp_path / "plan.jsonl", "dsia"))


# ---------------------------------------------------------------- shares
def test_subsets_take_turns(specs):
    assert Counter(spec.target_subset for spec in specs) == dict.fromkeys(SUBSETS, 15)
    assert [subset_of(k) for k in range(5)] == ["LcLf", "LcSf", "ScLf", "ScSf", "LcLf"]


weights = st.fixed_dictionaries({s: st.floats(0.05, 1) for s in SPLITS})


@given(weights, st.integers(0, 5000))
def test_splits_have_their_shares_in_any_run_of_scenes(splits, start):
    config = CONFIG.model_copy(update={"splits": splits})
    counts = Counter(split_of(config, k) for k in range(start, start + 200))
    for split in SPLITS:
        assert abs(counts[split] / 200 - splits[split] / sum(splits.values())) < 0.02


def test_every_split_has_every_subset():
    counts = Counter((split_of(CONFIG, k), subset_of(k)) for k in range(1033))
    assert len(counts) == 12
    for split in SPLITS:
        share = [counts[split, subset] for subset in SUBSETS]
        assert max(share) - min(share) <= 6


def test_a_split_without_weight_stays_empty():
    config = CONFIG.model_copy(update={"splits": {"train": 1.0}})
    assert {split_of(config, k) for k in range(300)} == {"train"}


def test_assets_keep_to_their_split(specs, catalogue):
    used = Counter()
    for spec in specs:
        for ref in spec.assets:
            asset = catalogue.get(ref.id, ref.sha256)
            assert asset.split in (spec.split, "any"), ref.id
            used[asset.kind] += 1
    assert used["character"] > 60 and used["object"] > 300


def test_indoor_share(specs, catalogue):
    indoor = np.mean([catalogue.get(spec.place.asset.id).category == "indoor" for spec in specs])
    assert 0.3 < indoor < 0.7
    for share, category in ((0.0, "outdoor"), (1.0, "indoor")):
        config = CONFIG.model_copy(update={"indoor": share})
        assert {catalogue.get(draw(config, catalogue, k).place.asset.id).category for k in range(4)} == {category}


# ---------------------------------------------------------------- what a spec holds
def test_counts_are_in_their_ranges(specs):
    for spec in specs:
        still = [t for t in spec.things if t.role == "object" and t.motion.kind == "still"]
        moving = [t for t in spec.things if t.role == "object" and t.motion.kind != "still"]
        occluders = [t for t in spec.things if t.role == "occluder"]
        assert CONFIG.people[0] <= len(spec.people) <= CONFIG.people[1]
        assert CONFIG.objects[0] <= len(still) <= CONFIG.objects[1]
        assert CONFIG.moving_objects[0] <= len(moving) <= CONFIG.moving_objects[1]
        assert len(occluders) <= CONFIG.occluders[1]
        assert len(spec.sequences) == 2
        for sequence in spec.sequences:
            assert len(sequence.frame_times_s) == len(sequence.noise_seeds) == len(sequence.exposure_ev) == 4
            assert len(sequence.noise_seeds_gt) == 3
            assert (np.diff(sequence.frame_times_s) > 0).all()
            assert len(sequence.focal_mm) == len(sequence.white_balance) == 4 and 0 <= sequence.meter_frame < 4
            low, high = CONFIG.camera.focal_mm
            assert low <= sequence.focal_mm[1] <= high
            assert (len(set(sequence.focal_mm)) > 1) == (sequence.trajectory.kind == "zoom")


def test_no_two_pictures_of_a_sequence_share_noise(specs):
    for spec in specs:
        for sequence in spec.sequences:
            seeds = [*sequence.noise_seeds, *sequence.noise_seeds_gt]
            assert len(set(seeds)) == len(seeds)


def test_sequences_are_drawn_apart(specs):
    for spec in specs:
        one, two = spec.sequences
        assert one.focal_mm != two.focal_mm and one.trajectory.positions != two.trajectory.positions
        assert set(one.noise_seeds) != set(two.noise_seeds)


def test_indices_are_unique_and_start_after_the_sky(specs):
    for spec in specs:
        indices = [p.index for p in (*spec.place.planes, spec.place, *spec.people, *spec.things)]
        assert sorted(indices) == list(range(1, len(indices) + 1))


def test_gaps_between_frames_follow_the_subset(specs):
    for spec in specs:
        low, high = CONFIG.subset.gap_large_s if spec.target_subset.endswith("Lf") else CONFIG.subset.gap_small_s
        for sequence in spec.sequences:
            gaps = np.diff(sequence.frame_times_s)
            assert low - 1e-5 <= gaps.min() and gaps.max() <= high + 1e-5


def test_adding_things_does_not_move_the_camera_or_the_light(catalogue):
    """Each part of a scene draws from its own stream."""
    same = 0
    for scene in range(12):
        try:
            few = sample(CONFIG.model_copy(update={"objects": (0, 0), "occluders": (0, 0)}), catalogue, scene, 0)
            many = sample(CONFIG.model_copy(update={"objects": (3, 3), "occluders": (0, 0)}), catalogue, scene, 0)
        except Redraw:
            continue
        assert len(many.things) > len(few.things)
        for part in ("place", "people", "lights", "world", "sequences"):
            assert getattr(few, part) == getattr(many, part)
        same += 1
    assert same >= 3


def test_changing_the_light_does_not_move_anything(catalogue):
    same = 0
    for scene in range(12):
        specs = []
        for change in ("none", "strong"):
            light = CONFIG.light.model_copy(update={"change": {change: 1.0}})
            try:
                specs.append(sample(CONFIG.model_copy(update={"light": light}), catalogue, scene, 0))
            except Redraw:
                break
        else:
            none, strong = specs
            assert none.light_change == "none" and strong.light_change == "strong"
            assert (none.people, none.things, none.place) == (strong.people, strong.things, strong.place)
            assert [s.trajectory for s in none.sequences] == [s.trajectory for s in strong.sequences]
            assert (none.lights, none.world) != (strong.lights, strong.world)
            same += 1
    assert same >= 3


# ---------------------------------------------------------------- what cannot be done
def test_an_impossible_preset_says_why(catalogue):
    subset = CONFIG.subset.model_copy(update={"camera_small": (20.0, 30.0), "camera_large": (20.0, 30.0)})
    accept = CONFIG.accept.model_copy(update={"attempts": 3})
    with pytest.raises(ConfigError, match=r"scene 0: none of 3 attempts.*no camera path with the wanted motion \(3"):
        draw_plan(CONFIG.model_copy(update={"subset": subset, "accept": accept}), catalogue)


def test_reasons_of_rejected_draws_are_counted(planned):
    specs, rejected = planned
    assert sum(rejected.values()) == sum(spec.attempt for spec in specs)


# ---------------------------------------------------------------- user files
def fake_skies(folder, count):
    for k in range(count):
        (folder / f"sky-{k}.hdr").write_bytes(b"#?RADIANCE %d" % k)


def test_a_folder_of_environments_is_used_in_the_wanted_share(tmp_path):
    fake_skies(tmp_path, 40)
    for share, expected in ((1.0, 8), (0.0, 0)):
        config = load_config("dsia", {"environments": {"folder": str(tmp_path), "share": share}})
        catalogue = load_catalogue(config)
        specs = [draw(config, catalogue, k) for k in range(8)]
        used = [spec.world.asset for spec in specs if spec.world.asset.id.startswith("hdri/")]
        assert len(used) == expected
        for spec in specs:
            assert catalogue.get(spec.world.asset.id).split in (spec.split, "any")
        assert str(tmp_path) not in plan_lines(specs)


def test_a_folder_of_real_trajectories_is_used(assets, tmp_path):
    for k, file in enumerate(sorted((assets / "trajectories" / "realestate10k").glob("*.txt"))):
        shutil.copy(file, tmp_path / f"clip-{k}.txt")
    config = load_config("dsia", {"trajectories": {"folder": str(tmp_path), "share": 1.0}, "splits": {"train": 1.0}})
    catalogue = load_catalogue(config)
    split = {asset.split for asset in catalogue.of("trajectory")}
    assert split == {"train"}
    specs = [draw(config, catalogue, k) for k in range(8)]
    kinds = Counter(s.trajectory.kind for spec in specs for s in spec.sequences)
    assert set(kinds) == {"file"}
    assert len({s.trajectory.asset.id for spec in specs for s in spec.sequences}) > 1
    for spec in specs:
        assert {s.trajectory.asset.id for s in spec.sequences} <= {ref.id for ref in spec.assets}


@pytest.mark.parametrize("key", ["environments", "trajectories"])
def test_a_folder_that_is_not_there_is_named(tmp_path, key):
    config = load_config("dsia", {f"{key}.folder": str(tmp_path / "gone")})
    with pytest.raises(ConfigError, match="gone: expected a folder"):
        load_catalogue(config)


def test_swings_hang_under_the_ceiling_and_stay_under_sixty_degrees():
    from viewlock.generator.places import stage

    config = load_config("dsia", {"indoor": 1.0, "scenes": 25, "moving_objects": [3, 4]})
    specs, _ = draw_plan(config, load_catalogue(config))
    swings = 0
    for spec in specs:
        ceiling = stage(spec.place.asset.id.split("/")[1], spec.place.params).ceiling
        for thing in spec.things:
            motion = thing.motion
            if motion.kind == "swing":
                swings += 1
                assert motion.position[2] + motion.middle_m + motion.pivot_m < ceiling
                tilts = [np.arccos(np.clip(motion.pose(t)[0][2, 2], -1, 1)) for t in np.linspace(0, 3, 60)]
                assert max(tilts) < np.radians(60)
    assert swings >= 3
