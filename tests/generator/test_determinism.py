"""What decides and what builds may not look at clocks, global random states or the order of sets and folders."""

import ast
from pathlib import Path

import pytest

ROOMS = ("generator", "blender_scenes")
ROOT = Path(__file__).parents[2]
FILES = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))

MODULES = {"random", "uuid", "time", "datetime", "secrets"}
"""Modules that give another answer each time."""

UNORDERED = {"listdir", "scandir", "walk", "iterdir", "glob", "rglob", "iglob"}
"""Calls that list a folder in no certain order."""

NEW_STYLE = {"Generator", "SeedSequence", "default_rng", "BitGenerator", "PCG64"}


def faults(source: str) -> list[str]:
    """`line: what` for everything in a piece of Python that could give another answer on another day or machine."""
    tree = ast.parse(source)
    ordered = {id(inner) for call in calls(tree, {"sorted"}) for inner in ast.walk(call)}
    counted = {id(inner) for call in calls(tree, {"len", "any", "all", "set", "frozenset"}) for inner in ast.walk(call)}
    found = []
    for node in ast.walk(tree):
        what = imported(node) or global_random(node) or folder_order(node, ordered) or set_order(node, counted)
        if what:
            found.append(f"{getattr(node, 'lineno', 0)}: {what}")
    return found


def calls(tree: ast.AST, names: set[str]) -> list[ast.Call]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.Call) and called(n) in names]


def called(node: ast.Call) -> str:
    """The last name of what is called: `os.path.join(...)` is `join`."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def imported(node: ast.AST) -> str:
    if isinstance(node, ast.Import):
        names = [alias.name.split(".")[0] for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.level == 0:
        names = [(node.module or "").split(".")[0]]
    else:
        return ""
    wrong = sorted(MODULES & set(names))
    return f"imports {wrong[0]}" if wrong else ""


def global_random(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("np.random", "numpy.random"):
        return "" if node.attr in NEW_STYLE else f"uses the global state of np.random.{node.attr}"
    if isinstance(node, ast.Call) and called(node) == "default_rng" and not node.args and not node.keywords:
        return "makes a generator without a seed"
    if isinstance(node, ast.Call) and called(node) in ("urandom", "getpid", "hash"):
        return f"calls {called(node)}"
    return ""


def folder_order(node: ast.AST, ordered: set[int]) -> str:
    if isinstance(node, ast.Call) and called(node) in UNORDERED and id(node) not in ordered:
        return f"lists a folder with {called(node)} and does not sort"
    return ""


def set_order(node: ast.AST, counted: set[int]) -> str:
    """Iteration over a set: in loops, comprehensions, and what turns it into a sequence."""
    sources: list[ast.expr] = []
    if isinstance(node, ast.For):
        sources = [node.iter]
    elif isinstance(node, ast.ListComp | ast.GeneratorExp | ast.DictComp) and id(node) not in counted:
        sources = [generator.iter for generator in node.generators]
    elif isinstance(node, ast.Call) and called(node) in (
        "list",
        "tuple",
        "enumerate",
        "zip",
        "array",
        "choice",
        "iter",
    ):
        sources = node.args
    return "iterates over a set" if any(is_set(source) for source in sources) else ""


def is_set(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Sub | ast.BitXor):
        return is_set(node.left) or is_set(node.right)
    return isinstance(node, ast.Set | ast.SetComp) or (
        isinstance(node, ast.Call) and called(node) in ("set", "frozenset")
    )


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_nothing_here_depends_on_the_day_or_the_machine(file):
    assert faults(file.read_text(encoding="utf-8")) == []


PLANTED = [
    "import random",
    "import os, random",
    "from random import choice",
    "import uuid",
    "import time\ntime.time()",
    "from datetime import datetime",
    "import secrets",
    "np.random.rand(3)",
    "np.random.seed(0)",
    "numpy.random.shuffle(x)",
    "np.random.default_rng()",
    "rng = default_rng()",
    "os.urandom(8)",
    "hash('a')",
    "os.listdir('.')",
    "for p in folder.iterdir(): pass",
    "[p for p in folder.glob('*')]",
    "list(folder.rglob('*'))",
    "for x in {1, 2}: pass",
    "for x in set(xs): pass",
    "[x for x in {a, b}]",
    "list({1, 2})",
    "rng.choice(list(set(names)))",
    "for x in set(a) | set(b): pass",
    "{x: 1 for x in {y for y in ys}}",
]

ALLOWED = [
    "np.random.default_rng(3)",
    "np.random.default_rng(np.random.SeedSequence(1))",
    "def f(rng: np.random.Generator): pass",
    "for p in sorted(folder.glob('*')): pass",
    "sorted(p for p in folder.rglob('*') if p.is_file())",
    "for x in sorted({1, 2}): pass",
    "x in {1, 2}",
    "any(x in {1, 2} for x in xs)",
    "from .timing import x",
]


@pytest.mark.parametrize("source", PLANTED)
def test_the_scan_finds_what_is_planted(source):
    assert faults(source)


@pytest.mark.parametrize("source", ALLOWED)
def test_the_scan_lets_pass_what_is_fine(source):
    assert faults(source) == []


def test_the_scan_sees_both_rooms():
    assert len(FILES) > 30
    assert {file.relative_to(ROOT).parts[0] for file in FILES} == set(ROOMS)
