"""Presets load, and every mistake in one is a line that says what, where, what is allowed and what was meant."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from viewlock.errors import ConfigError
from viewlock.generator.config import check_config, load_config, preset_names, to_plain
from viewlock.generator.kinds import KINDS
from viewlock.settings import parse_overrides


def problem(preset="dsia", *settings, overrides=None):
    with pytest.raises(ConfigError) as caught:
        load_config(preset, parse_overrides(settings) | (overrides or {}))
    message = str(caught.value)
    assert "\n" not in message
    assert caught.value.exit_code == 2
    return message


@pytest.mark.parametrize("name", preset_names())
def test_presets_load_and_come_back_from_yaml(name):
    config = load_config(name)
    assert config.kind in KINDS
    assert check_config(yaml.safe_load(yaml.safe_dump(to_plain(config))), name) == config


def test_there_is_a_dsia_preset():
    assert "dsia" in preset_names()


UNKNOWN = [
    ("sequenses=3", ["'sequenses'", "allowed here: kind, name", "did you mean 'sequences'"]),
    ("camera.kind=[walk]", ["'camera.kind'", "kinds, focal_mm", "did you mean 'kinds'"]),
    ("camera={kind: [walk]}", ["'camera.kind'", "did you mean 'kinds'"]),
    ("render.sample=3", ["'render.sample'", "did you mean 'samples'"]),
    ("accept.zzz=3", ["'accept.zzz'", "dynamic_fraction"]),
    ("3=4", ["'3'", "allowed here"]),
    ("rendr.samples=3", ["'rendr' is not a section", "did you mean 'render'"]),
    ("camera.lens.focal=3", ["'lens' is not a section", "sections here are phone"]),
    ("scenes.first=3", ["'scenes' is not a section"]),
    ("light.change={nne: 1}", ["light.change", "none, weak, medium, strong", '"nne"', "did you mean 'none'"]),
    ("splits={tran: 1}", ["splits", "train, val, test", "did you mean 'train'"]),
    ("camera.kinds=[handhld]", ["camera.kinds", "'walk'", "did you mean 'handheld'"]),
    ("render.device=optx", ["render.device", "'cuda'", "did you mean 'optix'"]),
    ("fields.flows=[flow_1to2, flow_gtto2, flow_1tog]", ["fields.flows", "did you mean 'flow_1togt'"]),
]
TYPES = [
    ("scenes=many", ["scenes", "integer", '"many"']),
    ("scenes=true", ["scenes", "integer", "true"]),
    ("scenes=3.5", ["scenes", "integer", "3.5"]),
    ("scenes='3'", ["scenes", "integer", "text", "write 3"]),
    ("scenes=2024-01-01", ["scenes", "integer", "2024-01-01"]),
    ("render.adaptive_threshold=1e-3", ["render.adaptive_threshold", "text", "write 0.001"]),
    ("render.denoise=1", ["render.denoise", "boolean", "1"]),
    ("indoor=yes", ["indoor", "number", "true"]),
    ("name=3", ["name", "string", "3"]),
    ("camera=3", ["camera", "keys and values", "3"]),
    ("camera=null", ["camera", "keys and values", "null"]),
    ("splits=[1, 2]", ["splits", "keys and values"]),
    ("people=3", ["people", "a list such as", "3"]),
    ("camera.kinds=walk", ["camera.kinds", "a list such as", '"walk"']),
    ("people=[a, 2]", ["people", "integer", '"a"']),
    ("environments.folder=3", ["environments.folder", "string", "3"]),
    ("render.device=3", ["render.device", "'cpu'", "3"]),
]
RANGES = [
    ("scenes=0", ["scenes", "greater than or equal to 1", "got 0"]),
    ("seed=-1", ["seed", "greater than or equal to 0", "-1"]),
    ("seed=99999999999999999999", ["seed", "less than 9223372036854775808"]),
    ("size=[0, 0]", ["size", "greater than or equal to 32", "got 0", "1 more"]),
    ("size=[96, 20000]", ["size", "less than or equal to 16384", "20000"]),
    ("frames=1", ["frames", "greater than or equal to 2"]),
    ("people=[-1, 2]", ["people", "greater than or equal to 0", "-1"]),
    ("people=[1, 61]", ["people", "less than or equal to 60", "61"]),
    ("people=[3, 1]", ["people", "lower end first", "[3, 1]"]),
    ("camera.focal_mm=[0, 3]", ["camera.focal_mm", "greater than 0"]),
    ("camera.focal_mm=[30, 20]", ["camera.focal_mm", "lower end first"]),
    ("camera.focal_mm=[.nan, 3]", ["camera.focal_mm", "finite", "NaN"]),
    ("camera.height_m=[1, .inf]", ["camera.height_m", "finite", "Infinity"]),
    ("accept.overlap=1.5", ["accept.overlap", "less than or equal to 1"]),
    ("accept.dynamic_fraction=[0.5, 0.2]", ["accept.dynamic_fraction", "lower end first"]),
    ("splits={train: 0, val: 0}", ["splits", "at least one weight"]),
    ("splits={train: -1}", ["splits.train", "greater than or equal to 0"]),
    ("light.change={}", ["light", "at least one weight of change"]),
    ("light.relit_ratio=1", ["light.relit_ratio", "greater than 1"]),
    ("name=My Data", ["name", "^[a-z0-9]", '"My Data"']),
    ("fields.flows=[flow_1to2]", ["fields", "missing flow_gtto2, flow_1togt"]),
    ("kind=dsio", ["kind", "'dsia'", '"dsio"', "did you mean 'dsia'"]),
]
LENGTHS = [
    ("people=[3]", ["people", "one more value", "[3]"]),
    ("people=[1, 2, 3]", ["people", "2 values", "[1, 2, 3]"]),
    ("people=[]", ["people", "one more value", "[]"]),
    ("size=[96]", ["size", "one more value"]),
    ("camera.focal_mm=[24]", ["camera.focal_mm", "one more value"]),
    ("camera.kinds=[]", ["camera.kinds", "at least 1"]),
]


@pytest.mark.parametrize(("setting", "says"), UNKNOWN + TYPES + RANGES + LENGTHS)
def test_mistakes_are_explained(setting, says):
    message = problem("dsia", setting)
    for words in says:
        assert words in message


def test_two_keys_that_do_not_fit_together():
    message = problem("dsia", "people=[0, 0]", "moving_objects=[0, 0]")
    assert "people, moving_objects" in message and "nothing could ever move" in message


@pytest.mark.parametrize("setting", ["samples", "=3", ""])
def test_a_setting_needs_a_key_and_a_value(setting):
    assert "expected key=value" in problem("dsia", setting)


@pytest.mark.parametrize("setting", ["people=[1, 2", "name={", "scenes=: :"])
def test_a_setting_needs_a_yaml_value(setting):
    assert f"--set {setting}" in problem("dsia", setting)


def test_settings_are_yaml_values():
    pairs = ["camera.focal_mm=[24,35]", "name=x", "fields.depth=true", "splits={train: 1}", "a=b=c"]
    assert parse_overrides(pairs) == {
        "camera.focal_mm": [24, 35],
        "name": "x",
        "fields.depth": True,
        "splits": {"train": 1},
        "a": "b=c",
    }


def test_an_unknown_preset_names_the_known_and_the_nearest():
    message = problem("dsai")
    assert "dsia" in message and "did you mean 'dsia'" in message and ".yaml" in message


def test_a_missing_file():
    assert "nowhere.yaml: no such file" in problem("nowhere.yaml")


def test_a_folder_instead_of_a_file(tmp_path):
    (tmp_path / "x.yaml").mkdir()
    assert "cannot be read" in problem(str(tmp_path / "x.yaml"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("scenes: [1, 2\nseed: 3\n", "line 2 is not YAML"),
        ("\tscenes: 3\n", "line 1 is not YAML"),
        ("- a\n- b\n", "expected keys and values, got list"),
        ("", "expected keys and values, got NoneType"),
        ("just words", "expected keys and values, got str"),
        ("preset: dsai\n", "preset: expected one of dsia"),
        ("preset: [dsia]\n", "preset: expected one of dsia"),
        ("scenes: 3\n", "is missing"),
        ("preset: dsia\nsences: 3\n", "'sences'"),
        ("preset: dsia\ncamera: {focal: 3}\n", "'camera.focal'"),
        ("preset: dsia\n3: 4\n", "'3'"),
    ],
)
def test_mistakes_in_a_file_name_the_file(tmp_path, text, says):
    file = tmp_path / "mine.yaml"
    file.write_text(text)
    message = problem(str(file))
    assert str(file) in message and says in message


def test_a_file_that_is_not_text(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_bytes(b"\xff\xfe\x00\x01")
    assert str(file) in problem(str(file))


def test_a_file_starts_from_a_preset_and_changes_single_keys(tmp_path):
    file = tmp_path / "mine.yml"
    file.write_text("preset: dsia\nname: mine\nrender: {samples: 4}\nsplits: {train: 1}\n")
    mine, theirs = load_config(str(file)), load_config("dsia")
    assert (mine.name, mine.render.samples) == ("mine", 4)
    assert mine.render.bounces == theirs.render.bounces
    assert mine.camera == theirs.camera
    assert mine.splits == theirs.splits | {"train": 1.0}


def test_the_command_line_wins_over_the_file(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("preset: dsia\nseed: 5\nrender: {samples: 4}\n")
    config = load_config(str(file), {"render.samples": 9})
    assert (config.seed, config.render.samples) == (5, 9)


def test_loading_leaves_the_preset_alone():
    before = load_config("dsia")
    load_config("dsia", {"camera.focal_mm": [10, 11], "splits.train": 0.1})
    assert load_config("dsia") == before


def test_a_configuration_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        load_config("dsia").seed = 3


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
anything = st.recursive(leaves, lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=3), v, max_size=3))


@given(st.sampled_from(sorted(load_config("dsia").__class__.model_fields)), anything)
def test_whatever_stands_in_a_key_is_taken_or_explained(key, value):
    """Never a traceback, never more than one line."""
    try:
        load_config("dsia", {key: value})
    except ConfigError as refusal:
        assert "\n" not in str(refusal)
