"""The documents keep up with the code: commands, options, preset keys, fields, metadata and paths."""

from __future__ import annotations

import ast
import itertools
import re
import typing
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from pydantic import BaseModel

import viewlock.exporters.pack
from viewlock import cli
from viewlock.exporters.fields import FIELDS
from viewlock.generator.config import PRESET_FOLDER
from viewlock.generator.dsia_config import DsiaConfig
from viewlock.generator.dsia_spec import DsiaSpec
from viewlock.generator.kinds import KINDS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FORMAT = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
PRESETS = (ROOT / "docs" / "presets.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(ROOT.glob("docs/**/*.md"))]

MADE_LATER = ("demo/",)
"""What the commands in the README make."""


def in_code(text: str) -> set[str]:
    """Everything between single backticks."""
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)))


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)


def without(text: str, word: str) -> str:
    """A document that has forgotten a word: the checks must notice."""
    return text.replace(f"`{word}`", "").replace(f" {word} ", " ")


# ------------------------------------------------------------------ commands
COMMANDS: dict[str, Any] = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
VERBS = sorted(name for name, command in COMMANDS.items() if not command.hidden)


def commands_table(text: str) -> set[str]:
    return set(re.findall(r"^\| `viewlock (\w+)", text, flags=re.MULTILINE))


def test_the_table_of_commands_is_exactly_the_commands() -> None:
    assert commands_table(README) == set(VERBS)


def command_lines(text: str) -> list[str]:
    """Lines and inline code that call viewlock."""
    lines = [line.strip() for block in blocks(text, "sh") for line in block.splitlines()]
    return [line for line in [*lines, *in_code(text)] if re.match(r"viewlock [a-z]", line)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_documents_exist_with_their_options(path: Path) -> None:
    for line in command_lines(path.read_text(encoding="utf-8")):
        verb, *words = line.split()[1:]
        assert verb in VERBS, f"{path.name}: {line}"
        command = COMMANDS[verb]
        if words and hasattr(command, "commands"):
            assert words[0] in command.commands, f"{path.name}: {line}"
            command = command.commands[words[0]]
        known = {option for parameter in command.params for option in (*parameter.opts, "--help")}
        for option in re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", line):
            assert option in known, f"{path.name}: {line}: no option {option}"


def test_options_named_in_the_readme_exist() -> None:
    commands = [c for verb in VERBS for c in (COMMANDS[verb], *getattr(COMMANDS[verb], "commands", {}).values())]
    known = {option for command in commands for parameter in command.params for option in parameter.opts} | {"--help"}
    named = {re.match(r"--[a-z-]+", code)[0] for code in in_code(README) if code.startswith("--")}  # type: ignore[index]
    assert named
    assert named <= known


# ------------------------------------------------------------------ presets
def model_keys(model: type[BaseModel], prefix: str = "") -> list[str]:
    """Dotted keys of a configuration, without its sections' own names."""
    keys = []
    for name, field in model.model_fields.items():
        inner = next((part for part in typing.get_args(field.annotation) if part is not type(None)), None)
        inner = inner if type(None) in typing.get_args(field.annotation) else field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            keys += model_keys(inner, f"{prefix}{name}.")
        else:
            keys.append(prefix + name)
    return keys


KEYS = model_keys(DsiaConfig)


def documented_keys(text: str) -> set[str]:
    return set(re.findall(r"^\| `([a-z_.]+)` \|", text, flags=re.MULTILINE))


def presets_of(preset: str) -> str:
    """The part of the document that says what is in a preset: for `dsia` all before the other presets' sections."""
    first, *others = re.split(r"\n## The `([a-z-]+)` preset\n", PRESETS)
    return first if preset == "dsia" else dict(zip(others[::2], others[1::2], strict=True))[preset]


def test_the_preset_tables_are_exactly_the_keys() -> None:
    assert len(KEYS) > 40
    assert documented_keys(presets_of("dsia")) == set(KEYS)


@pytest.mark.parametrize("name", ["planar-misaligned", "parallax", "rigid"])
def test_what_other_presets_do_not_share_with_dsia_is_in_their_own_table(name: str) -> None:
    dsia, preset = (preset_values(name) for name in ("dsia", name))
    own, keys = documented_keys(presets_of(name)), set(model_keys(KINDS[preset["kind"]].config))
    assert own <= keys
    assert keys - own <= set(KEYS)
    assert [key for key in sorted(keys - own) if value_at(dsia, key) != value_at(preset, key)] == []


def test_the_planar_presets_differ_in_what_the_document_says() -> None:
    aligned, misaligned = (preset_values(name) for name in ("planar-aligned", "planar-misaligned"))
    assert aligned["camera"].pop("moves") is None and misaligned["camera"].pop("moves")
    assert aligned | {"name": 0} == misaligned | {"name": 0}


def preset_values(name: str) -> Any:
    return yaml.safe_load((PRESET_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def value_at(values: Any, key: str) -> Any:
    for part in key.split("."):
        values = values[part]
    return values


@pytest.mark.parametrize(("name", "least"), [("dsia", 36), ("planar-misaligned", 36), ("parallax", 20), ("rigid", 20)])
def test_preset_values_in_the_tables_are_those_of_the_preset(name: str, least: int) -> None:
    """Numbers, names and lists that the third column gives literally."""
    preset, checked = preset_values(name), 0
    table = re.findall(r"^\| `([a-z_.]+)` \| [^|]* \| ([^|]*) \|", presets_of(name), flags=re.MULTILINE)
    for key, value in table:
        stated = yaml.safe_load(value)
        if isinstance(stated, str) and stated in ("all", "the first three", "0.25 each", "0.84, 0.08, 0.08", "four"):
            continue
        assert stated == value_at(preset, key), key
        checked += 1
    assert checked >= least


# ------------------------------------------------------------------ the format
def expanded(pattern: str) -> set[str]:
    """Every name that a pattern of alternatives, such as `a|b_(1|2)|c(_1|_2)?`, covers."""
    names = set()
    for alternative in re.findall(r"(?:[^|()]|\([^()]*\)\??)+", pattern):
        choices = [
            [*group.split("|"), *([""] if maybe else [])] if group else [plain]
            for plain, group, maybe in re.findall(r"([^()]+)|\(([^()]*)\)(\??)", alternative)
        ]
        names |= {"".join(chosen) for chosen in itertools.product(*choices)}
    return names


def field_names() -> set[str]:
    """Names of the registry, without flow from a frame to itself."""
    names: set[str] = set()
    for field in FIELDS:
        # The one nested group, `(_(1|2|gt))?`, is written as `(_1|_2|_gt)?`.
        # Views of a sequence have two digits, written as NN, and brackets one.
        plain = field.pattern.pattern.replace("[0-9][0-9]", "NN").replace("[0-9]", "N")
        pattern = re.sub(r"\(_\(([^()]*)\)\)\?", lambda m: f"(_{m[1].replace('|', '|_')})?", plain)
        names |= expanded(pattern)
    return {name for name in names if not re.search(r"_(1|2|gt)to\1$", name)}


def documented_fields(text: str) -> set[str]:
    tables = [part.split("\n## ")[0] for part in text.split("\n## Fields of a ")[1:]]
    firsts = [first for table in tables for first in re.findall(r"^\| (`[^|]*) \|", table, flags=re.MULTILINE)]
    return {name for first in firsts for name in re.findall(r"`([^`]+)`", first)}


def test_expansion_of_patterns() -> None:
    assert expanded("a|b_(1|2)|c(_1|_2)?|d") == {"a", "b_1", "b_2", "c", "c_1", "c_2", "d"}
    assert expanded("f_(1|2)to(1|2)") == {"f_1to1", "f_1to2", "f_2to1", "f_2to2"}


def test_the_table_of_fields_is_exactly_the_registry() -> None:
    names = field_names()
    assert {"igt", "flow_gtto2", "dynamic", "dynamic_gt", "meta"} <= names
    written = {name.replace("NN", "07").replace("bracketN", "bracket0") for name in names}
    assert all(any(field.pattern.fullmatch(name) for field in FIELDS) for name in written)
    assert documented_fields(FORMAT) == names


def returned_keys(file: Path, function: str) -> set[str]:
    """Keys of the dictionary that a function returns, read from its source: no Blender needed."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name == function:
            for part in ast.walk(node):
                if isinstance(part, ast.Return) and isinstance(part.value, ast.Dict):
                    return {key.value for key in part.value.keys if isinstance(key, ast.Constant)}
    raise AssertionError(f"{file}: no function {function} that returns a dictionary")


def section(text: str, title: str) -> str:
    return text.split(f"\n## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize(
    ("file", "function", "title"),
    [
        ("renderer/triples.py", "_meta", "`meta`"),
        ("renderer/triples.py", "_background", "`meta`"),
        ("renderer/provenance.py", "versions", "`meta`"),
        ("renderer/parallax.py", "_meta", "`meta` of a `parallax` sample"),
        ("renderer/rigid.py", "_meta", "`meta` of a `rigid` sample"),
        ("renderer/planar.py", "_meta", "`meta` of a `planar` sample"),
        ("renderer/photography.py", "recorded", "`meta` of degraded pictures"),
        ("exporters/pack.py", "_content", "`dataset.json`"),
        ("exporters/pack.py", "_asset_entry", "`dataset.json`"),
        ("exporters/pack.py", "_write_shard", "`dataset.json`"),
        ("renderer/scene.py", "describe", "A run"),
        ("renderer/jobs.py", "_report", "A run"),
    ],
)
def test_keys_that_are_written_are_documented(file: str, function: str, title: str) -> None:
    keys = returned_keys(ROOT / file, function)
    assert keys
    missing = keys - in_code(section(FORMAT, title))
    assert not missing


def test_meta_table_has_no_key_that_is_not_written() -> None:
    rows = re.findall(r"^\| (`[^|]*) \|", section(FORMAT, "`meta`"), flags=re.MULTILINE)
    documented = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    assert documented == returned_keys(ROOT / "renderer" / "triples.py", "_meta")


def spec_models(model: type[BaseModel], found: dict[str, type[BaseModel]]) -> dict[str, type[BaseModel]]:
    """A model and all models within its fields."""
    found[model.__name__] = model
    for field in model.model_fields.values():
        waiting = [field.annotation]
        while waiting:
            kind: Any = waiting.pop()
            waiting += typing.get_args(kind)
            if isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__name__ not in found:
                spec_models(kind, found)
    return found


SPECS = [(DsiaSpec, {"Sequence", "RigidMotion", "CharacterMotion", "Track", "Plane"}),
          (KINDS["parallax"].spec, {"ViewPair", "StillCamera", "Thing"}), (KINDS["rigid"].spec, {"TurnedFrame"}),
         (KINDS["planar"].spec, {"Eye", "Lamp", "Occluder", "Canvas"})]  # fmt: skip


@pytest.mark.parametrize(("spec", "parts"), SPECS)
def test_every_field_of_the_scene_spec_is_documented(spec: type[BaseModel], parts: set[str]) -> None:
    models = spec_models(spec, {})
    assert parts <= models.keys()
    fields = [item for model in models.values() for item in model.model_fields.items()]
    names = {field.serialization_alias or name for name, field in fields}
    assert not names - in_code(section(FORMAT, "The scene spec"))


def test_the_format_number_is_the_documented_one() -> None:
    assert f"version of this format: {viewlock.exporters.pack.SCHEMA} " in FORMAT


# ------------------------------------------------------------------ paths, links, code
def paths_in(text: str) -> set[str]:
    """Inline code that names a file or folder of the repository."""
    top = {path.name for path in ROOT.iterdir()}
    return {code for code in in_code(text) if re.fullmatch(r"[\w./-]+", code) and code.split("/")[0] in top}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_paths_in_documents_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name in paths_in(text):
        assert name.startswith(MADE_LATER) or (ROOT / name).exists(), f"{path.name}: {name}"
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{path.name}: link to {target}"


def test_the_file_map_names_every_room() -> None:
    rooms = {path.name for path in (ROOT / "src" / "viewlock").iterdir() if path.is_symlink()}
    assert len(rooms) == 6
    assert {f"{room}/" for room in rooms} <= in_code(README)


def test_python_blocks_compile() -> None:
    found = [(path, code) for path in DOCUMENTS for code in blocks(path.read_text(encoding="utf-8"), "python")]
    assert any(path.name == "README.md" for path, _ in found)
    for path, code in found:
        compile(code, str(path), "exec")


def test_names_that_python_blocks_import_exist() -> None:
    import importlib

    imported = 0
    for path in DOCUMENTS:
        for code in blocks(path.read_text(encoding="utf-8"), "python"):
            for node in ast.walk(ast.parse(code)):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("viewlock"):
                    module = importlib.import_module(node.module or "")
                    assert all(hasattr(module, alias.name) for alias in node.names), path
                    imported += 1
    assert imported >= 2


def test_make_targets_in_documents_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z0-9-]+):", makefile, flags=re.MULTILINE))
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        lines = [line for block in blocks(text, "sh") for line in block.splitlines()]
        for line in [*lines, *in_code(text)]:
            if line.startswith("make "):
                words = [word for word in line.split("#")[0].split()[1:] if "=" not in word]
                assert set(words) <= targets, f"{path.name}: {line}"


def test_decisions_are_short_and_of_one_form() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{k + 1:04d}" for k in range(len(decisions))]
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 40, path.name
        assert text.startswith(f"# {path.name[:4]} ")
        assert re.findall(r"^## (.*)$", text, flags=re.MULTILINE) == ["Context", "Decision", "Consequences"], path.name


# ------------------------------------------------------------------ the checks can fail
@pytest.mark.parametrize("verb", VERBS)
def test_a_forgotten_command_is_noticed(verb: str) -> None:
    assert commands_table(README.replace(f"| `viewlock {verb} ", "| ")) != set(VERBS)


@pytest.mark.parametrize("name", ["occluded_gtto2", "unreliable_gt", "meta"])
def test_a_forgotten_field_is_noticed(name: str) -> None:
    assert documented_fields(without(FORMAT, name)) != field_names()


@pytest.mark.parametrize("key", ["seed", "camera.focal_mm", "encoding.flow"])
def test_a_forgotten_key_is_noticed(key: str) -> None:
    assert documented_keys(without(presets_of("dsia"), key)) != set(KEYS)
