"""Plans of the `parallax` kind: still scenes, and second views that fit."""

from collections import Counter

import numpy as np
import pytest

from viewlock.errors import ConfigError
from viewlock.generator.config import load_config
from viewlock.generator.kinds import KINDS
from viewlock.generator.parallax import difficulty_of
from viewlock.generator.plan import draw_plan, load_catalogue

SIZE = (256, 256)


@pytest.fixture(scope="module")
def plan():
    config = load_config("parallax", {"scenes": 9, "pairs": 2, "size": list(SIZE)})
    specs, rejected = draw_plan(config, load_catalogue(config))
    return config, specs, rejected


def test_difficulties_take_turns(plan):
    _, specs, _ = plan
    assert Counter(spec.target_difficulty for spec in specs) == {"easy": 3, "moderate": 3, "hard": 3}
    assert [difficulty_of(k) for k in range(4)] == ["easy", "moderate", "hard", "easy"]


def test_nothing_moves_and_nothing_hovers(plan):
    _, specs, _ = plan
    for spec in specs:
        assert spec.frame_times == [0.0]
        assert {thing.motion.kind for thing in spec.things} <= {"still"}
        assert all(thing.motion.position[2] == 0 for thing in spec.things)
        for track in [spec.glow, spec.world.strength, *(light.power for light in spec.lights)]:
            assert len(set(track.values)) == 1


def test_cameras_are_apart_and_every_picture_has_its_noise(plan):
    _, specs, _ = plan
    for spec in specs:
        assert len(spec.pairs) == 2
        for pair in spec.pairs:
            one, two = (np.array(camera.position) for camera in pair.cameras)
            assert np.linalg.norm(one - two) > 0.01
            assert pair.cameras[0].focal_mm == pair.cameras[1].focal_mm
            assert pair.noise_seeds[0] != pair.noise_seeds[1]


def test_harder_pairs_have_wider_baselines(plan):
    _, specs, _ = plan
    baselines = {name: [] for name in ("easy", "moderate", "hard")}
    for spec in specs:
        for pair in spec.pairs:
            one, two = (np.array(camera.position) for camera in pair.cameras)
            baselines[spec.target_difficulty].append(np.linalg.norm(one - two))
    medians = [float(np.median(baselines[name])) for name in ("easy", "moderate", "hard")]
    assert medians[0] < medians[1] < medians[2]


def test_a_draw_is_a_pure_function(plan):
    config, specs, _ = plan
    again = KINDS["parallax"].sample(config, load_catalogue(config), specs[4].scene_id, specs[4].attempt)
    assert again == specs[4]
    assert type(again).model_validate_json(again.model_dump_json()) == again


def test_a_still_camera_is_the_one_it_was_made_of(plan):
    from viewlock.generator.spec import StillCamera

    camera = plan[1][0].pairs[0].cameras[0]
    full = camera.camera(SIZE)
    again = StillCamera.of(full.cam_to_world, camera.focal_mm, camera.sensor_width_mm).camera(SIZE)
    np.testing.assert_allclose(again.cam_to_world, full.cam_to_world, atol=1e-12)
    np.testing.assert_allclose(full.K[0, 0], camera.focal_mm / 36 * 256)


def test_labels(plan):
    label = plan[0].difficulty.label
    assert [label(px) for px in (0.0, 3.0, 3.01, 9.0, 9.01, 99.0)] == ["easy", "easy", "moderate", "moderate", "hard",
                                                                        "hard"]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("difficulty.easy.parallax_px", [1, 5], "easy.parallax_px: expected a range within 0 to 3"),
        ("difficulty.hard.parallax_px", [5, 20], "hard.parallax_px: expected a range within 9 to inf"),
        ("difficulty.easy.overlap", [0.9, 0.5], "a range needs its lower end first"),
        ("pairs", 0, "pairs: expected"),
        ("people", [1], "people: expected"),
        ("light.moods", ["noon"], "light.moods: nothing for indoor scenes"),
        ("moving_objects", [1, 2], "unknown key 'moving_objects'"),
    ],
)
def test_mistakes_in_a_preset(key, value, words):
    with pytest.raises(ConfigError) as error:
        load_config("parallax", {key: value})
    assert words in str(error.value) and "\n" not in str(error.value)
