"""What the house rules ask of every file, checked."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

PACKAGE = Path(__file__).parent.parent / "playbook"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
TAKEN_ACTIONS = {"action_toggle", "action_back", "action_focus", "action_notify"}
"""Names of actions that Textual owns."""


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    long = [
        f"{node.name}: {size}"
        for node in functions(path)
        if (size := (node.end_lineno or 0) - node.lineno + 1) > 40
    ]
    assert long == []
    assert not TAKEN_ACTIONS & {node.name for node in functions(path)}


@pytest.mark.parametrize("path", sorted((PACKAGE / "screens").glob("*.tcss")), ids=lambda path: path.stem)
def test_a_screens_sheet_holds_one_block_of_its_own(path: Path) -> None:
    """A screen's rules leak into later screens unless they stand under its name."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    name = "".join(part.capitalize() for part in path.stem.split("_")) + "Screen"
    depth = 0
    tops = []
    for part in re.findall(r"[^{}]+\{|\}", text):
        if part == "}":
            depth -= 1
            continue
        if not depth:
            tops.append(part.strip(" {\n"))
        depth += 1
    assert tops == [name]


def bound_classes() -> list[type[DOMNode]]:
    found = []
    for folder in ("screens", "dialogs", "widgets"):
        for path in sorted((PACKAGE / folder).glob("*.py")):
            module = import_module(f"playbook.{folder}.{path.stem}")
            found += [
                c
                for c in vars(module).values()
                if isinstance(c, type) and issubclass(c, DOMNode) and c.__module__ == module.__name__
            ]
    from playbook.app import PlaybookApp

    return [*found, PlaybookApp]


@pytest.mark.parametrize("owner", bound_classes(), ids=lambda owner: owner.__name__)
def test_every_binding_has_an_id_and_says_what_it_does(owner: type[DOMNode]) -> None:
    for binding in owner.__dict__.get("BINDINGS", []):
        assert isinstance(binding, Binding)
        assert binding.id, binding
        assert binding.tooltip, binding
        assert "ctrl+z" not in binding.key


def test_ids_of_bindings_name_one_action_each() -> None:
    seen: dict[str, str] = {}
    for owner in bound_classes():
        for binding in owner.__dict__.get("BINDINGS", []):
            assert seen.setdefault(binding.id, binding.action) == binding.action, binding.id


HEAVY = (
    "sqlite_utils",
    "tomlkit",
    "jinja2",
    "tree_sitter",
    "markdown_it",
    "holidays",
    "click_default_group",
)


def test_nothing_heavy_is_loaded_before_the_first_paint() -> None:
    """Opening the app's modules and reading the first screen's rows loads no library that only later keys need."""
    code = (
        "import sys, playbook.app\n"
        "from playbook.cli.opened import open_workspace\n"
        "workspace = open_workspace((), print)\n"
        "workspace.lists.today()\n"
        "print(*sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert [name for name in HEAVY if name in loaded] == []
    assert "playbook.screens.run" not in loaded
    assert "playbook.core.playbook" not in loaded
