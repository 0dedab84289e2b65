"""Rules for the sources of widgets, dialogs and screens that a reader would not see broken."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

import playbook

SOURCES = Path(playbook.__file__).parent
OURS = sorted([*SOURCES.glob("widgets/*.py"), *SOURCES.glob("dialogs/*.py"), *SOURCES.glob("screens/*.py")])
READS_MARKUP = {
    "Static",
    "Label",
    "Button",
    "Checkbox",
    "RadioButton",
    "Option",
    "Collapsible",
    "TabPane",
    "ListItem",
}
TITLES = {"border_title", "border_subtitle", "tooltip"}
OWNED_BY_TEXTUAL = {"toggle", "back", "focus", "notify"}


def calls(source: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(node, ast.Call))


def called(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def is_content(node: ast.expr) -> bool:
    """`Content(…)`, `Content.assemble(…)`, None, or a choice between them."""
    if isinstance(node, ast.IfExp):
        return is_content(node.body) and is_content(node.orelse)
    if isinstance(node, ast.Call):
        made = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        return called(made) == "Content"
    return isinstance(node, ast.Constant) and node.value is None


@pytest.mark.parametrize("source", OURS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_text_is_given_to_anything_that_reads_markup(source: Path) -> None:
    for call in calls(source):
        literal = any(
            word.arg == "markup" and isinstance(word.value, ast.Constant) and word.value.value is False
            for word in call.keywords
        )
        if called(call.func) in READS_MARKUP:
            assert literal or all(is_content(arg) for arg in call.args), ast.unparse(call)
        if called(call.func) == "notify":
            assert literal, ast.unparse(call)
        if called(call.func) == "from_markup":
            assert isinstance(call.args[0], ast.Constant), ast.unparse(call)
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Assign) and any(called(target) in TITLES for target in node.targets):
            assert is_content(node.value), ast.unparse(node)


@pytest.mark.parametrize("source", OURS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_key_has_an_id_and_says_what_it_does(source: Path) -> None:
    for call in calls(source):
        if called(call.func) == "Binding":
            words = {word.arg: word.value for word in call.keywords}
            assert "id" in words and "tooltip" in words, ast.unparse(call)
            said = [call.args[2], words["tooltip"]]
            assert all(isinstance(text, ast.Call) and called(text.func) == "N_" for text in said), (
                ast.unparse(call)
            )
            key, action = (arg.value for arg in call.args[:2] if isinstance(arg, ast.Constant))
            assert "ctrl+z" not in str(key) and str(action).split("(")[0] not in OWNED_BY_TEXTUAL, (
                ast.unparse(call)
            )


def public_classes(folder: str) -> Iterator[type]:
    for source in sorted(SOURCES.glob(f"{folder}/*.py")):
        module = import_module(f"playbook.{folder}.{source.stem}")
        yield from (
            item
            for item in vars(module).values()
            if isinstance(item, type) and item.__module__ == module.__name__
        )


def test_ids_of_keys_are_unique_within_a_class_and_point_at_one_action() -> None:
    actions: dict[str, set[str]] = {}
    for folder in ("widgets", "dialogs"):
        for found in public_classes(folder):
            if issubclass(found, (Widget, Screen)):
                for binding in found.__dict__.get("BINDINGS", ()):
                    assert isinstance(binding, Binding) and binding.id
                    actions.setdefault(binding.id, set()).add(binding.action)
    assert {name: found for name, found in actions.items() if len(found) > 1} == {}


def test_widgets_bring_little_style_with_them() -> None:
    for folder in ("widgets", "dialogs"):
        for found in public_classes(folder):
            sheet = found.__dict__.get("DEFAULT_CSS", "")
            assert len([line for line in sheet.splitlines() if line.strip()]) <= 15, found
