"""The call sheet: a section on one page, recorded as it is typed, and never a letter lost."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from playbook.app import PlaybookApp
from playbook.dialogs.ask_text import AskTextDialog
from playbook.dialogs.confirm import ConfirmDialog
from playbook.screens.call_sheet import CallSheetScreen
from playbook.screens.run import RunScreen
from playbook.workspace import Workspace
from tests.screens.calls import CALL, here, opened, press, recorded, run_of, settled, told, typing, until
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace, start


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typing slowly is no pause: a loaded machine takes its time between two keys."""
    monkeypatch.setattr("playbook.screens.call_sheet.PAUSE", 60.0)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "call", CALL)
    yield made
    made.close()


async def test_enter_on_a_section_opens_it_and_escape_leads_back(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    app = PlaybookApp(workspace, run_id=run.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "home", "enter", "c")
        await settled(pilot)
        assert isinstance(app.screen, CallSheetScreen)
        assert here(app) == "How are they?"
        await press(pilot, "tab", *"sad", "escape")
        assert isinstance(app.screen, RunScreen)
        assert run_of(workspace, run.id).answer("mood") == "sad"
        assert "sad" in rendered(app) or "The talk" in rendered(app)


async def test_one_operation_when_a_field_is_left(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "tab", *typing("a little tired"))
        assert recorded(workspace, run.id) == []
        await press(pilot, "tab", *typing("fri"), "tab")
        assert recorded(workspace, run.id) == ["answer", "answer"]
        assert run_of(workspace, run.id).answer("mood") == "a little tired"
        assert run_of(workspace, run.id).answer("next-word") == "2026-11-27"
        assert "2026-11-27" in rendered(app)


async def test_a_pause_records_and_leaves_the_text_alone(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playbook.screens.call_sheet.PAUSE", 3.0)
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "tab", "tab", *"fri")
        assert recorded(workspace, run.id) == []
        await until(pilot, lambda: recorded(workspace, run.id) != [])
        assert recorded(workspace, run.id) == ["answer"]
        assert isinstance(app.focused, Input)
        assert app.focused.value == "fri"
        await press(pilot, "tab", "shift+tab")
        assert app.focused.value == "2026-11-27"
        assert recorded(workspace, run.id) == ["answer"]


async def test_nothing_is_recorded_that_did_not_change(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    allowed(workspace.runs.answer(run.id, "money", {"budget": "1200 EUR"}))
    async with opened(workspace, run.id) as (_app, pilot):
        await press(pilot, "tab", "x", "backspace", "tab", "tab", "tab")
        await press(pilot, *["backspace"] * 20, *typing("1200 eur"), "tab", "tab", "escape")
        assert recorded(workspace, run.id) == ["answer"]


async def test_a_tick_asks_for_what_is_missing_on_the_page(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "down", "space")
        assert isinstance(app.screen, CallSheetScreen)
        assert here(app) == "budget"
        assert "! Needs an answer." in rendered(app)
        assert recorded(workspace, run.id) == []
        await press(pilot, *typing("90 EUR"), "ctrl+s")
        assert recorded(workspace, run.id) == ["answer", "tick"]
        found = run_of(workspace, run.id).progress("money")
        assert (found.state, found.answers["payer"]) == ("done", "The owner")
        assert "✓ Say the price" in rendered(app)
        assert "1/3" in rendered(app)
        assert "⊘" not in rendered(app)


async def test_after_a_tick_what_is_typed_belongs_to_the_next_step(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "tab", *"well", "ctrl+s")
        assert here(app) == "budget"
        await press(pilot, *typing("90 EUR"), "ctrl+s")
        assert here(app) == "Thank them"
        assert run_of(workspace, run.id).answer("mood") == "well"
        assert run_of(workspace, run.id).answer("budget") == {"amount": "90.00", "currency": "EUR"}
        await press(pilot, "ctrl+s")
        assert here(app) == "Thank them" and "That was the last open step here." in told(app)


async def test_ctrl_s_keeps_a_settled_step_settled_and_space_opens_it(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    allowed(workspace.runs.tick(run.id, "hello"))
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "up", "tab", *"well", "ctrl+s")
        assert run_of(workspace, run.id).progress("hello").state == "done"
        assert run_of(workspace, run.id).answer("mood") == "well"
        await press(pilot, "up", "space")
        assert run_of(workspace, run.id).progress("hello").state == "open"
        assert "☐ How are they?" in rendered(app)


async def test_a_locked_step_asks_for_a_reason(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "down", "down", "space")
        await settled(pilot)
        assert isinstance(app.screen, AskTextDialog)
        await press(pilot, *"now", "enter")
        await settled(pilot)
        assert run_of(workspace, run.id).progress("thanks").state == "done"


async def test_an_answer_shows_and_hides_fields_and_steps_at_once(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "tab", "tab", "tab", "1", "tab")
        assert here(app) == "perk"
        await press(pilot, "shift+tab", "2", "tab")
        assert here(app) == "budget"
        assert "Their perk" not in rendered(app)
        assert "Offer a call with the owner" in rendered(app)


async def test_what_does_not_fit_is_said_and_kept_and_asked_about_once(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "tab", "tab", *typing("12 d"), "tab")
        assert "! Next word: “12 d” is not a day." in rendered(app)
        assert recorded(workspace, run.id) == []
        await press(pilot, "escape")
        await settled(pilot)
        assert isinstance(app.screen, ConfirmDialog)
        assert "Next word: 12 d" in rendered(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, CallSheetScreen)
        assert here(app) == "next-word"
        await press(pilot, *"ec", "escape")
        assert isinstance(app.screen, RunScreen)
        assert run_of(workspace, run.id).answer("next-word") == "2026-12-12"


@pytest.mark.parametrize("key", ["escape", "1", "q"])
async def test_leaving_without_what_does_not_fit(workspace: Workspace, key: str) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "tab", "tab", *"what", "up", key)
        await settled(pilot)
        assert isinstance(app.screen, ConfirmDialog)
        await press(pilot, "enter")
        await settled(pilot)
        assert not isinstance(app.screen, CallSheetScreen) or not app.is_running
        assert recorded(workspace, run.id) == []


async def test_a_required_answer_of_a_done_step_cannot_be_emptied(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    allowed(workspace.runs.tick(run.id, "money", {"budget": "90 EUR"}))
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "down", "tab", *["backspace"] * 10, "tab")
        assert "! This must keep an answer: Budget." in rendered(app)
        assert recorded(workspace, run.id) == ["tick"]


@pytest.mark.parametrize("how", ["quit", "signal"])
async def test_what_was_typed_is_recorded_when_the_app_is_closed(workspace: Workspace, how: str) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "tab", *"late")
        if how == "quit":
            await pilot.press("ctrl+q")
        else:
            app.exit(return_code=143)
    assert run_of(workspace, run.id).answer("mood") == "late"
    assert recorded(workspace, run.id) == ["answer"]


async def test_another_program_does_not_overwrite_what_is_being_typed(
    workspace: Workspace, tmp_path: Path
) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "tab", "tab", *"nonsense")
        other = make_workspace(tmp_path, me="Ben")
        allowed(other.runs.answer(run.id, "hello", {"mood": "Ben's word", "next-word": "2026-12-01"}))
        other.close()
        assert isinstance(app.screen, CallSheetScreen)
        app.screen.reload()
        await settled(pilot)
        assert "Ben's word" in rendered(app)
        assert "nonsense" in rendered(app)
        assert "2026-12-01" not in rendered(app)


async def test_a_step_added_elsewhere_appears_and_nothing_typed_is_lost(
    workspace: Workspace, tmp_path: Path
) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "tab", "tab", *"nonsense")
        other = make_workspace(tmp_path, me="Ben")
        added = other.runs.decisions.add_step("Call the bank", section="talk", after="hello")
        allowed(other.runs.change(run.id, added))
        other.close()
        assert isinstance(app.screen, CallSheetScreen)
        app.screen.reload()
        await settled(pilot)
        assert "Call the bank" in rendered(app)
        assert "nonsense" in rendered(app)
        assert here(app) == "How are they?"


async def test_a_database_that_is_busy_loses_nothing(workspace: Workspace) -> None:
    workspace.patience = 0.05
    run = start(workspace, "call", "Luz").run
    busy = sqlite3.connect(workspace.locations.store, isolation_level=None)
    async with opened(workspace, run.id) as (app, pilot):
        busy.execute("BEGIN IMMEDIATE")
        await press(pilot, "tab", *"tired", "tab")
        assert "! Not recorded yet." in rendered(app)
        busy.execute("ROLLBACK")
        busy.close()
        await press(pilot, "escape")
        assert isinstance(app.screen, RunScreen)
        assert run_of(workspace, run.id).answer("mood") == "tired"


async def test_help_is_shown_where_one_is(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, pilot):
        assert "In their own words." not in rendered(app)
        await press(pilot, "tab")
        assert "In their own words." in rendered(app)
        await press(pilot, "tab")
        assert "In their own words." not in rendered(app)
        assert "space tick" not in rendered(app)


async def test_undo_and_redo_show_in_the_fields(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "tab", *"glad", "up", "u")
        assert "glad" not in rendered(app).split("Taken back")[0]
        assert run_of(workspace, run.id).answer("mood") is None
        await press(pilot, "ctrl+r")
        assert "glad" in rendered(app)
        await press(pilot, "u", "space", "u")
        assert run_of(workspace, run.id).progress("hello").state == "open"


async def test_a_note_is_counted_on_the_head(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, pilot):
        await press(pilot, "n")
        await settled(pilot)
        await press(pilot, *"ill", "ctrl+s")
        await settled(pilot)
        assert "✎1" in rendered(app)


async def test_an_ended_run_is_read_only(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    allowed(workspace.runs.answer(run.id, "hello", {"mood": "fine"}))
    allowed(workspace.runs.finish(run.id, "enough"))
    async with opened(workspace, run.id) as (app, pilot):
        assert "fine" in rendered(app)
        assert "finished" in rendered(app)
        await press(pilot, "tab")
        assert here(app) == "Say the price"
        await press(pilot, "space")
        assert recorded(workspace, run.id) == ["answer", "finish"]
