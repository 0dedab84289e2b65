"""Editing a playbook from where the step stands: the file keeps its layout, twins keep their ids, runs may follow."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.app import PlaybookApp
from playbook.core.problems import Refusal
from playbook.dialogs.form import FormDialog
from playbook.workspace import Workspace
from playbook.workspace.editing import beside, free_id
from playbook.workspace.outside_editor import command_of, line_of
from tests.cli.calling import call, good
from tests.screens.calls import press, settled, typing
from tests.screens.stage import rendered
from tests.workspaces import (
    add_playbook,
    allowed,
    file_text,
    start,
    workspace_in_two_languages,
)

TEXT = """# ours
title = "Gift"

[[section]]
id = "first"
title = "First"

# ask early
[[section.step]]
id = "ask"
title = "Ask them"   # in their words
due = "start + 1d"

[[section.step]]
id = "send"
title = "Send it"

[[section]]
id = "last"
title = "Last"

[[section.step]]
id = "thank"
title = "Thank them"
"""

TWIN = TEXT.replace('title = "Gift"', 'title = "Regalo"\nlanguage = "es"').replace("Ask them", "Preguntar")
WHERE = ("gift", "en")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = workspace_in_two_languages(tmp_path, "gift", TEXT, TWIN)
    yield made
    made.close()


def text(workspace: Workspace, language: str = "en") -> str:
    return file_text(workspace, "gift", language)


def ids(workspace: Workspace, language: str = "en") -> list[str]:
    loaded = workspace.playbooks.library.load("gift", language)
    assert loaded is not None
    return [step.id for step in loaded.playbook.steps()]


def test_a_title_changes_one_line_of_one_language(workspace: Workspace) -> None:
    allowed(workspace.editing.set_keys(*WHERE, "ask", {"title": "Ask what they like"}))
    assert text(workspace) == TEXT.replace('"Ask them"', '"Ask what they like"')
    assert text(workspace, "es") == TWIN
    assert stat.S_IMODE((workspace.locations.library / "gift.toml").stat().st_mode) == 0o600


def test_a_date_changes_in_every_language(workspace: Workspace) -> None:
    allowed(workspace.editing.set_keys(*WHERE, "ask", {"due": "start + 3bd", "key": True, "title": "Ask"}))
    for language in ("en", "es"):
        assert 'due = "start + 3bd"' in text(workspace, language)
        assert "key = true" in text(workspace, language)
    assert "Preguntar" in text(workspace, "es")


def test_steps_come_go_and_move_in_every_language(workspace: Workspace) -> None:
    editing = workspace.editing
    allowed(editing.insert(*WHERE, "ask", "Wrap it", "start + 2d"))
    allowed(editing.move(*WHERE, "ask", 1))
    allowed(editing.duplicate(*WHERE, "thank"))
    allowed(editing.move_into(*WHERE, "send", 1))
    allowed(editing.delete(*WHERE, "thank"))
    for language in ("en", "es"):
        assert ids(workspace, language) == ["wrap-it", "ask", "thank-2", "send"]
        assert '# ask early\n[[section.step]]\nid = "ask"' in text(workspace, language)
    assert workspace.playbooks.check([]).problems == [] or all(
        p.level != "error" for p in workspace.playbooks.check([]).problems
    )


def test_moving_past_the_end_of_a_section_goes_into_the_next(workspace: Workspace) -> None:
    loaded = workspace.playbooks.library.load("gift", "en")
    assert loaded is not None
    assert beside(loaded.playbook, "send", 1) == (1, "")
    assert beside(loaded.playbook, "thank", -1) == (0, "send")
    assert beside(loaded.playbook, "ask", -1) is None
    assert beside(loaded.playbook, "thank", 1) is None
    assert workspace.editing.move(*WHERE, "ask", -1) == Refusal("edit-nothing")


def test_a_new_step_has_an_id_that_nothing_else_has(workspace: Workspace) -> None:
    loaded = workspace.playbooks.library.load("gift", "en")
    assert loaded is not None
    assert free_id(loaded.playbook, "Ask!") == "ask-2"
    assert free_id(loaded.playbook, "First") == "first-2"
    assert free_id(loaded.playbook, "灯台") == "step"
    assert free_id(loaded.playbook, "3 things") == "step-3-things"


@pytest.mark.parametrize(("values", "code"), [
    ({"due": "nonsense + 1d"}, "edit-problem"), ({"due": "send + 1d"}, ""), ({"title": "Ask them"}, "edit-nothing"),
    ({"skip": "sometimes"}, "edit-problem"),
])  # fmt: skip
def test_what_would_not_be_right_is_not_written(
    workspace: Workspace, values: dict[str, str], code: str
) -> None:
    outcome = workspace.editing.set_keys(*WHERE, "ask", values)
    assert (outcome.code if isinstance(outcome, Refusal) else "") == code
    if code:
        assert text(workspace) == TEXT


def test_an_unknown_step_a_broken_file_and_one_without_blocks_are_left_alone(workspace: Workspace) -> None:
    outcome = workspace.editing.delete(*WHERE, "nothing")
    assert isinstance(outcome, Refusal)
    assert outcome.code == "edit-no-step"
    inline = 'title = "Gift"\nsection = [{ title = "S", step = [{ id = "ask", title = "A" }] }]\n'
    add_playbook(workspace, "gift", inline)
    refused = workspace.editing.set_keys(*WHERE, "ask", {"title": "B"})
    assert isinstance(refused, Refusal)
    assert refused.code == "edit-by-hand"
    assert text(workspace) == inline


def test_a_twin_that_lacks_the_step_keeps_the_edit_out_of_both(workspace: Workspace) -> None:
    twin = workspace.locations.library / "es" / "gift.toml"
    twin.write_text(TWIN.replace('id = "ask"', 'id = "other"'), encoding="utf-8")
    refused = workspace.editing.insert(*WHERE, "ask", "Wrap it")
    assert isinstance(refused, Refusal)
    assert refused.code == "edit-no-step"
    assert text(workspace) == TEXT


def test_a_shipped_playbook_is_copied_first_in_every_language(workspace: Workspace) -> None:
    allowed(workspace.editing.set_keys("welcome-gift", "en", "write-note", {"title": "Write two lines"}))
    library = workspace.locations.library
    assert 'title = "Write two lines"' in (library / "en" / "welcome-gift.toml").read_text("utf-8")
    assert (library / "es" / "welcome-gift.toml").exists()


# From the run.


async def test_a_pm_rewords_dates_adds_and_moves_without_seeing_toml_and_the_runs_follow(
    workspace: Workspace,
) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    other = start(workspace, "gift", "Sol").run.id
    app = PlaybookApp(workspace)

    def titles(of: str) -> list[str]:
        return [step.title for step in allowed(workspace.runs.open(of)).sheet.run.playbook.steps()]

    async with app.run_test(size=(110, 44), notifications=True) as pilot:
        await settled(pilot)
        app.show_run(run_id, "ask")
        await settled(pilot)
        await press(pilot, "e", "e", *typing(" first"), "tab", "ctrl+u", *typing("start + 2bd"))
        assert "2 working days after" in rendered(app)
        await press(pilot, "ctrl+s")
        assert "“Ask them first”, before “Ask them”: words, dates" in rendered(app)
        await press(pilot, "enter")
        assert "sol/gift: 1 change" in rendered(app)
        await press(pilot, "enter")
        assert titles(run_id) == titles(other) == ["Ask them first", "Send it", "Thank them"]
        await press(pilot, "e", "n", *typing("Wrap it"), "ctrl+s", "enter", "escape")
        assert titles(run_id) == ["Ask them first", "Wrap it", "Send it", "Thank them"]
        assert titles(other) == ["Ask them first", "Send it", "Thank them"]
        await press(pilot, "e", "j", "enter", "enter")
        assert titles(run_id) == titles(other) == ["Wrap it", "Ask them first", "Send it", "Thank them"]
        assert "[[" not in rendered(app)
    assert text(workspace).startswith('# ours\ntitle = "Gift"\n')


async def test_from_the_library_a_step_is_changed_and_the_open_runs_follow(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 44), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "3", "end", "e")
        assert "Which step?" in rendered(app)
        await press(pilot, *typing("send"), "enter", "e", *typing(" off"), "ctrl+s")
        assert "luz/gift: 1 change" in rendered(app)
        await press(pilot, "enter")
        assert "Send it off" in rendered(app)
    assert text(workspace) == TEXT.replace("Send it", "Send it off")
    assert text(workspace, "es") == TWIN
    titles = [step.title for step in allowed(workspace.runs.open(run_id)).sheet.run.playbook.steps()]
    assert "Send it off" in titles


DRAFTS = {
    "inline": 'message = { to = "{{ contact.email }}", subject = "Hello", body = """\nDear you\nBye""" }   # short\n',
    "under a heading": '# what we write\n[section.step.message]\nsubject = "Hello"   # short\nbody = """\nDear you\nBye"""\n',
}


@pytest.mark.parametrize("way", list(DRAFTS))
async def test_a_draft_is_reworded_by_the_form_however_it_is_written(workspace: Workspace, way: str) -> None:
    begun = TEXT.replace('title = "Send it"\n', 'title = "Send it"\n' + DRAFTS[way])
    add_playbook(workspace, "gift", begun)
    run_id = start(workspace, "gift", "Luz").run.id
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 60), notifications=True) as pilot:
        await settled(pilot)
        app.show_run(run_id, "send")
        await settled(pilot)
        await press(
            pilot,
            "e",
            "e",
            *["tab"] * 4,
            *typing(" again"),
            "tab",
            "ctrl+end",
            *typing(" now"),
            "ctrl+s",
            "enter",
        )
    found = workspace.playbooks.library.load("gift", "en")
    assert found is not None
    message = next(step for step in found.playbook.steps() if step.id == "send").message
    assert message is not None
    assert (message.subject, message.body) == ("Hello again", "Dear you\nBye now")
    head, tail = begun.split('title = "Send it"\n')
    assert text(workspace).startswith(head)
    assert text(workspace).endswith(tail.split("\n\n", 1)[1])
    assert ("# what we write" in text(workspace)) == ("# what we write" in begun)
    assert "# short" in text(workspace)
    assert text(workspace, "es") == TWIN, "words are said in one language"


async def test_a_section_is_renamed_from_one_of_its_steps(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 44), notifications=True) as pilot:
        await settled(pilot)
        app.show_run(run_id, "thank")
        await settled(pilot)
        await press(pilot, "e", "t", *typing(" of all"), "ctrl+s", "enter")
        assert "Last of all" in rendered(app)
    assert text(workspace) == TEXT.replace('"Last"', '"Last of all"')
    assert text(workspace, "es") == TWIN


async def test_a_date_that_is_not_understood_keeps_the_form_open(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    before = text(workspace)
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 44), notifications=True) as pilot:
        await settled(pilot)
        app.show_run(run_id, "ask")
        await settled(pilot)
        await press(pilot, "e", "e", "tab", "ctrl+u", *typing("soon"), "ctrl+s")
        assert isinstance(app.screen, FormDialog)
        assert "Such as: start + 2bd" in rendered(app)
        await press(pilot, "escape")
    assert text(workspace) == before


# In the user's own editor.


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor with a blank in its path that runs the script it is given in EDIT."""
    script = tmp_path / "my editor.sh"
    script.write_text('#!/bin/sh\nfor last; do :; done\neval "$EDIT"\n', encoding="utf-8")
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", f"'{script}' --wait")
    return script


@pytest.mark.parametrize(("edit", "code", "said"), [
    ("sed -i 's/Send it/Send it off/' \"$last\"", 0, "Written to"), ("true", 0, "Nothing was changed"),
    ("exit 3", 1, "ended with a fault"), ("echo 'titel = 1' >> \"$last\"", 1, "gift.toml:"),
])  # fmt: skip
def test_edit_opens_the_editor_with_its_arguments_and_checks_afterwards(
    workspace: Workspace,
    editor: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    edit: str,
    code: int,
    said: str,
) -> None:
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
    monkeypatch.setenv("EDIT", edit)
    outcome = call("edit", "gift", "send")
    assert (outcome.code, said in outcome.err) == (code, True), outcome


def test_without_an_editor_it_says_what_to_set(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    assert "EDITOR" in call("edit", "gift").err
    assert good("edit", "--help")


def test_editors_that_know_lines_begin_at_the_step(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.locations.library / "gift.toml"
    assert TEXT.splitlines()[line_of(path, "send") - 1] == "[[section.step]]"
    monkeypatch.setenv("VISUAL", "/usr/bin/nvim -p")
    assert command_of(path, 12) == ["/usr/bin/nvim", "-p", "+12", str(path)]
    monkeypatch.setenv("VISUAL", "code --wait")
    assert command_of(path, 12) == ["code", "--wait", str(path)]
    assert os.environ["VISUAL"]
