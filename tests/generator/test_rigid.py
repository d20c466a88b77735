"""Plans of the `rigid` kind: objects by group, films by hand, angles and degradations."""

import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.errors import ConfigError
from viewlock.generator.config import load_config
from viewlock.generator.degradations import draw_degradations
from viewlock.generator.kinds import KINDS
from viewlock.generator.plan import draw, draw_plan, load_catalogue
from viewlock.generator.rigid import group_of
from viewlock.geometry import look_at


@pytest.fixture(scope="module")
def plan():
    config = load_config("rigid", {"frames": 50})
    return config, draw_plan(config, load_catalogue(config))[0]


def filmed(spec):
    return next(thing for thing in spec.things if thing.index == spec.object_index)


def test_23_objects_of_4_groups_none_twice(plan):
    config, specs = plan
    assert len(specs) == 23 and len(config.groups) == 4
    catalogue = load_catalogue(config)
    for k, spec in enumerate(specs):
        asset = catalogue.get(filmed(spec).asset.id)
        assert spec.group == list(config.groups)[k % 4] == group_of(config, asset)
        assert asset.split == spec.split
    assert len({filmed(spec).asset.id for spec in specs}) == 23


def test_every_category_is_in_one_group(plan):
    config, _ = plan
    named = [category for categories in config.groups.values() for category in categories]
    assert len(named) == len(set(named))
    assert {asset.category for asset in load_catalogue(config).of("object")} == set(named)


def test_a_category_that_no_group_names_has_one_anyway(plan):
    config, _ = plan
    asset = load_catalogue(config).of("object")[0].model_copy(update={"category": "spoons"})
    assert group_of(config, asset) in config.groups


def test_angles_fill_the_range_evenly(plan):
    _, specs = plan
    angles = np.array([frame.theta_deg for spec in specs for frame in spec.frames])
    assert -20 <= angles.min() < -19 and 19 < angles.max() <= 20
    counts, _ = np.histogram(angles, np.linspace(-20, 20, 9))
    assert counts.min() > 0.7 * len(angles) / 8


def test_the_camera_goes_around_the_object_and_looks_at_it(plan):
    _, specs = plan
    for spec in specs:
        at = np.array(filmed(spec).motion.position)
        poses = np.stack([frame.camera.camera((64, 64)).cam_to_world for frame in spec.frames])
        away = poses[:, :2, 3] - at[:2]
        azimuth = np.unwrap(np.arctan2(away[:, 1], away[:, 0]))
        assert np.radians(12) < abs(azimuth[-1] - azimuth[0]) < np.radians(65)
        sight = (at - poses[:, :3, 3])[:, :2] / np.linalg.norm((at - poses[:, :3, 3])[:, :2], axis=1)[:, None]
        ahead = poses[:, :2, 2] / np.linalg.norm(poses[:, :2, 2], axis=1)[:, None]
        assert (np.einsum("ij,ij->i", sight, ahead) > np.cos(np.radians(12))).all()
        # Handheld: no jump from frame to frame.
        assert np.linalg.norm(np.diff(poses[:, :3, 3], axis=0), axis=1).max() < 0.15


def test_hands_do_not_hold_a_camera_level(plan):
    rolls = []
    for spec in plan[1]:
        pose = spec.frames[0].camera.camera((64, 64)).cam_to_world
        level = look_at(pose[:3, 3], pose[:3, 3] + pose[:3, 2])
        rolls.append(np.degrees(np.arctan2(-(level[:3, 1] @ pose[:3, 0]), level[:3, 0] @ pose[:3, 0])))
    assert 1.0 < np.std(rolls) < 6.0


def test_fewer_frames_cover_the_same_time(plan):
    config = load_config("rigid", {"frames": 3, "scenes": 1})
    few = draw_plan(config, load_catalogue(config))[0][0].frames
    many = plan[1][0].frames
    np.testing.assert_allclose(few[0].camera.position, many[0].camera.position, atol=1e-9)
    np.testing.assert_allclose(few[-1].camera.position, many[-1].camera.position, atol=1e-9)


def test_noise_is_each_picture_s_own(plan):
    _, specs = plan
    for spec in specs:
        assert len({seed for frame in spec.frames for seed in frame.noise_seeds}) == 2 * len(spec.frames)
        for frame in spec.frames:
            one, two = frame.degradations
            assert one.seed != two.seed
            assert (one.noise_sigma, one.jpeg_quality) == (two.noise_sigma, two.jpeg_quality)


def test_degradations_come_in_the_stated_shares_and_levels(plan):
    config, _ = plan
    rng = np.random.default_rng(0)
    drawn = [draw_degradations(config.degrade, rng)[0] for _ in range(2000)]
    noisy = np.array([d.noise_sigma > 0 for d in drawn])
    jpeg = np.array([d.jpeg_quality is not None for d in drawn])
    shares = [(~noisy & ~jpeg).mean(), (noisy & ~jpeg).mean(), (~noisy & jpeg).mean(), (noisy & jpeg).mean()]
    np.testing.assert_allclose(shares, [0.4, 0.2, 0.2, 0.2], atol=0.04)
    assert all(4 <= d.noise_sigma <= 25 for d in drawn if d.noise_sigma)
    assert all(15 <= d.jpeg_quality <= 75 for d in drawn if d.jpeg_quality is not None)


def test_a_draw_is_a_pure_function(plan):
    config, specs = plan
    again = KINDS["rigid"].sample(config, load_catalogue(config), specs[5].scene_id, specs[5].attempt)
    assert again == specs[5]
    assert type(again).model_validate_json(again.model_dump_json()) == again


def test_a_split_without_objects_of_a_group_is_said():
    config = load_config("rigid", {"accept.attempts": 2})
    config = config.model_copy(update={"groups": {"some": ("tools",), "none": ("spoons",)}})
    every = load_catalogue(config)
    tools = [a for a in every.of("object") if a.category == "tools"]
    catalogue = Catalogue([*tools, *every.of("place"), *every.of("sky")])
    with pytest.raises(ConfigError, match="the split train has no object of the group none"):
        draw(config, catalogue, 1)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("theta_deg", [20, -20], "a range needs its lower end first"),
        ("groups", {}, "groups: expected"),
        ("degrade.share", {"none": 0}, "at least one weight of share must be positive"),
        ("degrade.jpeg_quality", [0, 50], "degrade.jpeg_quality: expected"),
        ("degrade.noise", 3, "unknown key 'degrade.noise'"),
        ("frames", 0, "frames: expected"),
    ],
)
def test_mistakes_in_a_preset(key, value, words):
    with pytest.raises(ConfigError) as error:
        load_config("rigid", {key: value})
    assert words in str(error.value) and "\n" not in str(error.value)
