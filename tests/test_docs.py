"""The documents say what the program does: every command, key, setting and file key, and no link leads nowhere."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import playbook
from playbook.cli import VERBS, Verbs
from playbook.config import Config
from playbook.core import playbook as model
from playbook.core.trial import trial
from playbook.files.check_files import check_file
from playbook.files.read import read_playbook
from playbook.files.typed import shape_of

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FORMAT = (ROOT / "docs" / "playbook-files.md").read_text(encoding="utf-8")
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "docs" / "playbook-files.md",
    ROOT / "docs" / "coverage.md",
    *ADRS,
]
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.svg"))

SHOWN = {
    "greater_than_sign": ">",
    "up": "↑", "down": "↓", "slash": "/", "escape": "esc", "question_mark": "?", "plus": "+", "full_stop": ".", "left": "←", "right": "→",
    "right_square_bracket": "]", "left_square_bracket": "[",
}  # fmt: skip
"""Keys that are written otherwise than Textual names them."""


def sections(page: str = README) -> dict[str, str]:
    """A page's text by its headings of the second and third level."""
    parts = re.split(r"^###? (.+)$", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def words_in(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text))


def subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)


def bindings() -> set[tuple[str, str]]:
    """Id and key of every binding of ours."""
    for found in pkgutil.walk_packages(playbook.__path__, "playbook."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    ours = [kind for kind in subclasses(DOMNode) if kind.__module__.startswith("playbook.")]
    every = [b for kind in ours for b in kind.__dict__.get("BINDINGS", ()) if isinstance(b, Binding)]
    return {(b.id or b.action, SHOWN.get(key, key)) for b in every for key in b.key.split(",")}


def key_rows() -> list[tuple[set[str], set[str]]]:
    """Keys and names of each row in the table of keys."""
    rows = [line.split("|")[1:3] for line in sections()["Keys"].splitlines() if line.startswith("|")]
    return [(words_in(keys), words_in(names)) for keys, names in rows if words_in(names)]


def test_the_first_screen_has_both_commands_and_a_picture() -> None:
    first = README.splitlines()[:40]
    assert "pip install . && playbook" in first
    assert "pip install '.[dev]' && pytest" in first
    assert any(line.startswith("![") for line in first)


def test_the_readme_is_a_manual_and_no_book() -> None:
    assert len(README.splitlines()) <= 250


def test_every_command_is_in_the_readme() -> None:
    told = " ".join(words_in(sections()["Commands"]))
    for verb in VERBS:
        assert re.search(rf"(^|[ |]){verb}\b", told), verb


def test_the_readme_names_no_command_or_option_that_is_not_there() -> None:
    verbs = Verbs("playbook")
    rows = [line.split(" | ")[0] for line in sections()["Commands"].splitlines() if line.startswith("| `")]
    for told in (words.replace("\\|", "|") for row in rows for words in words_in(row)):
        verb = told.split(" ")[0]
        if verb == "playbook":
            continue
        command = verbs.get_command(click.Context(verbs), verb)
        assert command is not None, verb
        options = {name for param in command.params for name in param.opts}
        for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", told):
            assert option in options, told


def test_every_key_is_in_the_table_and_no_other() -> None:
    told = {(name, key) for keys, names in key_rows() for name in names for key in keys}
    actual = bindings()
    assert actual - told == set()
    assert {name for _, names in key_rows() for name in names} == {name for name, _ in actual}
    for keys, names in key_rows():
        assert keys <= {key for name, key in actual if name in names}, keys


def test_every_setting_is_in_the_readme() -> None:
    told = words_in(sections()["Where things live"])
    for field in fields(Config):
        assert field.name in told or f"[{field.name}]" in told, field.name


@pytest.mark.parametrize(
    "kind",
    [
        model.Playbook,
        model.Section,
        model.Step,
        model.Field,
        model.PlaybookTest,
        model.Message,
        model.Formal,
        model.Starts,
        model.Log,
    ],
)
def test_every_key_of_a_playbook_file_is_told(kind: type) -> None:
    told = set(re.findall(r"[a-z][a-z_]*", " ".join(words_in(sections(FORMAT)["Every key"]))))
    assert set(shape_of(kind).keys) <= told


def test_every_choice_of_the_format_is_told() -> None:
    told = sections(FORMAT)["Every key"] + sections(FORMAT)["Dates, conditions, gates"]
    for choices in (model.FieldKind, model.Channel, model.Topic, model.Roll, model.EntryKind):
        for choice in get_args(choices):
            assert f"`{choice}`" in told, choice
    for test in model.TESTS:
        assert f"`{test.rstrip('_')}`" in told, test


def test_the_example_playbook_has_no_problem_and_meets_the_example_test(tmp_path: Path) -> None:
    found, test = (
        re.search(r"```toml\n(.+?)```", README, re.DOTALL),
        re.search(r"```\n(\[\[test.+?)```", FORMAT, re.DOTALL),
    )
    assert found is not None
    assert test is not None
    path = tmp_path / "proposal-call.toml"
    path.write_text(found[1] + test[1], encoding="utf-8")
    assert check_file(path) == []
    loaded = read_playbook(path.read_text(encoding="utf-8"), "proposal-call").playbook
    assert loaded is not None
    assert [trial(loaded, each) for each in loaded.tests] == [[]]


@pytest.mark.parametrize("page", ADRS, ids=lambda page: page.stem)
def test_a_decision_has_context_decision_and_consequences(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert text.startswith(f"# {int(page.name[:4])}. ")


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(page.name[:4]) for page in ADRS] == list(range(1, len(ADRS) + 1))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_there_are_pictures() -> None:
    assert PICTURES


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.stem)
def test_a_picture_fetches_nothing(picture: Path) -> None:
    text = picture.read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^\"'\s)]+", text)) <= {"http://www.w3.org/2000/svg"}
    assert "@font-face" not in text


def test_the_changelog_tells_of_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[(.+?)\]", text, re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert playbook.__version__ in headings
