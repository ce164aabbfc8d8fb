"""The house's own rules, checked on the tree as it stands."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import tabapp

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60


@pytest.fixture
def project(root: Path) -> dict[str, Any]:
    document = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(document["project"])


def test_no_file_is_longer_than_a_person_reads_at_once(root: Path, sources: Any) -> None:
    files = [root / source.name for source in sources if not source.frozen]
    files += [*(root / "tests").rglob("*.py"), root / "build.spec", root / ".ci" / "run"]
    lengths = {
        path.relative_to(root).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in files
    }
    assert {name: n for name, n in lengths.items() if n > MOST_LINES} == {}


def test_no_function_is_longer_than_a_screen(sources: Any) -> None:
    long = [
        f"{source.name}:{node.lineno} {node.name}"
        for source in sources
        if not source.frozen
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno > MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_every_module_and_package_begins_with_a_sentence(sources: Any) -> None:
    silent = [
        source.name
        for source in sources
        if not (ast.get_docstring(source.tree) or "").split("\n\n")[0].endswith((".", ":"))
    ]
    assert silent == []


def test_every_folder_with_modules_is_a_package(root: Path, sources: Any) -> None:
    folders = {(root / source.name).parent for source in sources}
    assert sorted(str(f) for f in folders if not (f / "__init__.py").exists()) == []


def test_the_package_and_the_project_name_the_same_version(project: dict[str, Any]) -> None:
    assert tabapp.__version__ == project["version"]


def test_every_library_has_a_lower_bound(project: dict[str, Any]) -> None:
    wanted = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        wanted += extra
    assert [line for line in wanted if ">=" not in line] == []


def chance_without_seed(node: ast.AST) -> bool:
    """Tell whether ``node`` draws from a generator that nobody can repeat."""
    if isinstance(node, ast.ImportFrom):
        return node.module in {"random", "numpy.random"}
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    if ast.unparse(node.func.value) not in {"random", "np.random", "numpy.random"}:
        return False
    seeded = node.func.attr in {"Random", "default_rng", "PCG64"} and (node.args or node.keywords)
    return not seeded


def test_the_domain_takes_chance_only_from_a_seed(sources: Any) -> None:
    found = [
        f"{source.name}:{getattr(node, 'lineno', 0)}"
        for source in sources
        if source.name.startswith("tabapp/domain/")
        for node in ast.walk(source.tree)
        if chance_without_seed(node)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "unrepeatable"),
    [
        ("random.shuffle(teams)", True),
        ("random.Random()", True),
        ("np.random.default_rng()", True),
        ("from random import choice", True),
        ("random.Random(seed)", False),
        ("rng.shuffle(teams)", False),
    ],
)
def test_the_search_for_unseeded_chance_finds_it(text: str, unrepeatable: bool) -> None:
    assert any(map(chance_without_seed, ast.walk(ast.parse(text)))) is unrepeatable


def test_nothing_but_the_window_loads_qt(root: Path) -> None:
    code = (
        "import importlib, json, pkgutil, sys, tabapp\n"
        "outside = ('tabapp.gui', 'tabapp.store.migrations.')\n"
        "names = []\n"
        "for found in pkgutil.walk_packages(tabapp.__path__, 'tabapp.'):\n"
        "    if not found.name.startswith(outside):\n"
        "        importlib.import_module(found.name)\n"
        "        names.append(found.name)\n"
        "print(json.dumps([names, sorted({n.partition('.')[0] for n in sys.modules})]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=False
    )
    assert done.returncode == 0, done.stderr
    names, loaded = json.loads(done.stdout)
    assert "tabapp.core.errors" in names
    assert {"PySide6", "shiboken6", "pytestqt"}.isdisjoint(loaded)


def test_the_start_loads_nothing_slow_that_most_commands_do_not_need(root: Path) -> None:
    code = "import json, sys, tabapp.app, tabapp.cli.results\nprint(json.dumps([*sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=False
    )
    assert done.returncode == 0, done.stderr
    slow = {
        "scipy", "alembic", "rustworkx", "rich.table", "sqlalchemy.dialects.postgresql", "typst",
        "xlsxwriter",
    }
    assert slow.isdisjoint(json.loads(done.stdout))
