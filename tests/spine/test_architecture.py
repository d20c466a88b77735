"""The shape of the repository: who may import what, and where things are."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPINE = ROOT / "src" / "viewlock"
ROOMS = ("assets_manifest", "generator", "blender_scenes", "renderer", "exporters", "models")
BLENDER_ROOMS = {"blender_scenes", "renderer"}
BLENDER = {"bpy", "bmesh", "mathutils"}

MAY_IMPORT = {
    "assets_manifest": set(),
    "generator": {"assets_manifest"},
    "blender_scenes": {"assets_manifest", "generator"},
    "renderer": {"assets_manifest", "generator", "blender_scenes"},
    "exporters": {"assets_manifest", "generator", "renderer"},
    "models": {"exporters"},
    "spine": set(),
}
"""Upstream rooms; nobody imports downstream. Writers and readers of files never touch Blender's rooms but for the
plain types and the run folder of `renderer`."""

FILES = sorted(f for room in ROOMS for f in (ROOT / room).rglob("*.py")) + sorted(SPINE.glob("*.py"))
EVERY_FILE = FILES + sorted(f for room in ("tests", "examples", "benchmarks") for f in (ROOT / room).rglob("*.py"))


def room_of(file: Path) -> str:
    top = file.relative_to(ROOT).parts[0]
    return "spine" if top == "src" else top


def module_of(file: Path) -> list[str]:
    """Dotted parts of a file's module."""
    inside = file.relative_to(SPINE if room_of(file) == "spine" else ROOT).with_suffix("")
    return ["viewlock", *inside.parts]


def imports(file: Path) -> set[str]:
    """Absolute names of everything a file imports, at the top or within functions."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = module_of(file)[: -node.level] if node.level else []
            stem = ".".join([*base, *(node.module or "").split(".")]).rstrip(".")
            found |= {f"{stem}.{alias.name}" for alias in node.names} | {stem}
    return found


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", FILES, ids=name)
def test_only_two_rooms_import_blender(file):
    used = {module.split(".")[0] for module in imports(file)} & BLENDER
    assert not used or room_of(file) in BLENDER_ROOMS


def test_what_stands_beside_the_rooms_leaves_blender_to_them():
    beside = [file for folder in ("benchmarks", "examples") for file in sorted((ROOT / folder).rglob("*.py"))]
    assert len(beside) > 5
    assert [name(file) for file in beside if {m.split(".")[0] for m in imports(file)} & BLENDER] == []


@pytest.mark.parametrize("file", FILES, ids=name)
def test_torch_stays_in_models(file):
    used = {module.split(".")[0] for module in imports(file)} & {"torch", "torchvision", "diffusers", "kornia"}
    assert not used or room_of(file) == "models"
    assert "torchvision" not in used


@pytest.mark.parametrize("file", FILES, ids=name)
def test_imports_go_upstream_only(file):
    room = room_of(file)
    rooms = {m.split(".")[1] for m in imports(file) if m.startswith("viewlock.")} & set(ROOMS)
    words = ("assets", "cache", "evaluate", "farm", "options", "train")
    if room == "spine" and file.name in ("cli.py", *(f"cli_{word}.py" for word in words)):
        return  # words on the command line reach every room
    assert rooms - {room} <= MAY_IMPORT[room]


@pytest.mark.parametrize("file", [f for f in FILES if room_of(f) == "exporters"], ids=name)
def test_exporters_use_only_the_renderer_without_blender(file):
    used = {".".join(m.split(".")[:3]) for m in imports(file) if m.startswith("viewlock.renderer.")}
    assert used <= {"viewlock.renderer.sample", "viewlock.renderer.run"}


@pytest.mark.parametrize("file", [f for f in FILES if room_of(f) == "generator"], ids=name)
def test_the_generator_writes_no_files(file):
    text = file.read_text(encoding="utf-8")
    assert "write_text" not in text and "write_bytes" not in text


def test_the_scan_reads_relative_imports():
    found = imports(ROOT / "renderer" / "scene.py")
    assert {"viewlock.renderer.kinds", "viewlock.generator.plan.draw"} <= found
    assert "bpy" in imports(ROOT / "renderer" / "cycles.py")


@pytest.mark.parametrize(
    "module",
    [
        "viewlock.cli",
        "viewlock.renderer.cache",
        "viewlock.renderer.farm",
        "viewlock.renderer.jobs",
        "viewlock.renderer.ray_engine",
        "viewlock.renderer.run",
        "viewlock.exporters.dataset",
        "viewlock.exporters.pack",
        "viewlock.exporters.scene_file",
        "viewlock.exporters.estimate",
        "viewlock.exporters.rerender",
        "viewlock.exporters.status",
        "viewlock.exporters.verify",
        "viewlock.exporters.contact_sheet",
        "viewlock.generator.plan",
    ],
)
def test_importing_it_loads_neither_blender_nor_torch(module):
    code = f"import sys, {module}; print(*sorted({{'bpy', 'torch', 'embreex'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


# ---------------------------------------------------------------- packaging
def setup() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def packages() -> set[str]:
    """Every package there is on the disk, by its name."""
    inits = [f for room in ROOMS for f in (ROOT / room).rglob("__init__.py")]
    return {"viewlock"} | {".".join(["viewlock", *f.parent.relative_to(ROOT).parts]) for f in inits}


def test_every_package_is_listed_or_wheels_lose_it():
    assert set(setup()["packages"]) == packages()


def test_the_mapping_names_the_folders():
    mapping = setup()["package-dir"]
    assert set(mapping) == packages()
    for package, folder in mapping.items():
        expected = "src/viewlock" if package == "viewlock" else "/".join(package.split(".")[1:])
        assert folder == expected
        assert (ROOT / folder / "__init__.py").is_file()


def test_every_folder_of_python_is_a_package():
    folders = {f.parent for f in FILES if room_of(f) != "spine"}
    assert [name(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_the_links_for_editors_are_the_rooms():
    links = {p.name: str(p.readlink()) for p in SPINE.iterdir() if p.is_symlink()}
    assert links == {room: f"../../{room}" for room in ROOMS}


def test_data_files_are_packed():
    data = setup()["package-data"]
    for package in ("assets_manifest", "generator.presets"):
        assert "*.yaml" in data[f"viewlock.{package}"]
        assert list((ROOT / package.replace(".", "/")).glob("*.yaml"))
    others = [f for room in ROOMS for f in (ROOT / room).rglob("*") if f.is_file() and f.suffix not in (".py", ".pyc")]
    assert {f.suffix for f in others} <= {".yaml"}


# ---------------------------------------------------------------- size and names
@pytest.mark.parametrize("file", EVERY_FILE, ids=name)
def test_files_are_short_and_say_what_they_are(file):
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 400
    assert file.stem.removeprefix("test_") not in ("utils", "util", "common", "helpers", "core", "misc")


@pytest.mark.parametrize("file", FILES, ids=name)
def test_modules_have_a_docstring(file):
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))


def test_no_folder_has_a_name_that_says_nothing():
    folders = {p.name for room in ROOMS for p in (ROOT / room).rglob("*") if p.is_dir()}
    assert not folders & {"utils", "util", "common", "helpers", "core", "misc"}
