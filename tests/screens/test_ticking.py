"""Ticking that asks first: what may stay empty, what a step starts, and a whole section at once."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.dialogs.form import FormDialog
from playbook.dialogs.start import StartDialog
from playbook.screens.run import RunScreen
from playbook.workspace import Workspace
from tests.screens.calls import press, recorded, run_of, settled, told, typing
from tests.workspaces import add_playbook, allowed, make_workspace, start

ASKING = """
title = "Asking"

[[section]]
id = "all"
title = "All of it"
mode = "do-confirm"
pause = "At the end of the day"
step = [
  { id = "plain", title = "Clear the desk" },
  { id = "other", title = "Thank the team", due = "start" },
  { id = "fact", title = "Ask after them", field = [ { id = "news", label = "News" } ] },
  { id = "later", title = "Open the letter", opens = "start + 5d" },
  { id = "waits", title = "Ring after the fact", due = "fact + 1d" },
  { id = "held", title = "Close the folder", needs = ["fact"] },
  { id = "kept", title = "Ask about the extra", closes = "extra" },
  { id = "gift", title = "Start the gift", starts = { playbook = "gift", set = { whom = "for-whom" } }, field = [
    { id = "for-whom", label = "For whom" },
  ] },
]

[[section]]
id = "offers"
title = "Offers"
step = [
  { id = "extra", title = "Offer an extra", logs = { kind = "promise", text = "what", on = "when" }, field = [
    { id = "what", label = "What" }, { id = "when", label = "When", kind = "date" },
  ] },
  { id = "gate", title = "Start the check", gate = "hard", starts = "gift" },
]
"""

GIFT = """
title = "Gift"
field = [ { id = "whom", label = "Whom" } ]
[[section]]
title = "All"
step = [ { id = "wrap", title = "Wrap it" } ]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "asking", ASKING)
    add_playbook(made, "gift", GIFT)
    yield made
    made.close()


@pytest.fixture
def run_id(workspace: Workspace) -> str:
    return start(workspace, "asking", "Luz").run.id


@asynccontextmanager
async def opened(workspace: Workspace, run_id: str, at: str) -> AsyncIterator[tuple[PlaybookApp, Pilot[int]]]:
    """The run with the cursor on a row."""
    app = PlaybookApp(workspace, run_id=run_id)
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, RunScreen)
        assert app.screen.rows.select(at)
        await settled(pilot)
        yield app, pilot


def done(workspace: Workspace, run_id: str) -> list[str]:
    steps = run_of(workspace, run_id).steps.items()
    return [step_id for step_id, progress in steps if progress.state == "done"]


def promises(workspace: Workspace, run_id: str) -> list[tuple[str, str]]:
    entries = allowed(workspace.runs.handout(run_id, client_safe=False)).entries
    return [(entry.text, entry.on) for entry in entries if entry.kind == "promise"]


# A section at once.


async def test_a_section_leaves_out_what_asks_starts_waits_or_is_held(
    workspace: Workspace, run_id: str
) -> None:
    allowed(workspace.runs.tick(run_id, "extra", {"what": "A card", "when": "2026-11-24"}))
    async with opened(workspace, run_id, "-all") as (app, pilot):
        await press(pilot, "space")
        assert done(workspace, run_id) == ["extra", "plain", "other"]
        await press(pilot, "u")
        assert "Taken back: 2 ticks" in told(app)
        assert done(workspace, run_id) == ["extra"]
        await press(pilot, "ctrl+r")
        assert "Done again: 2 ticks" in told(app)


# What may stay empty.


async def test_a_question_that_may_stay_empty_is_asked(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "fact") as (app, pilot):
        await press(pilot, "space")
        assert isinstance(app.screen, FormDialog) and not done(workspace, run_id)
        await press(pilot, "escape")
        assert not done(workspace, run_id)
        await press(pilot, "space", "ctrl+s")
        assert done(workspace, run_id) == ["fact"]
        await press(pilot, "space")
        assert not done(workspace, run_id) and isinstance(app.screen, RunScreen)


async def test_once_answered_it_is_not_asked_again(workspace: Workspace, run_id: str) -> None:
    allowed(workspace.runs.answer(run_id, "fact", {"news": "They moved"}))
    async with opened(workspace, run_id, "fact") as (app, pilot):
        await press(pilot, "space")
        assert done(workspace, run_id) == ["fact"] and isinstance(app.screen, RunScreen)


async def test_an_answer_after_the_tick_makes_its_entry_once(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "extra") as (_app, pilot):
        await press(pilot, "space", "ctrl+s")
        assert done(workspace, run_id) == ["extra"] and promises(workspace, run_id) == []
        await press(pilot, "w", *typing("A card"), "tab", *typing("2026-12-04"), "ctrl+s")
        assert promises(workspace, run_id) == [("A card", "2026-12-04")]
        await press(pilot, "w", "ctrl+s")
        await press(pilot, "w", "end", *typing("!"), "ctrl+s")
        assert promises(workspace, run_id) == [("A card", "2026-12-04")]
        assert recorded(workspace, run_id)[:2] == ["tick", "answer"]
        row = next(row for row in workspace.runs.history(run_id) if row.entry)
        assert (row.kind, row.step, row.new) == ("answer", "extra", "A card")
        while promises(workspace, run_id):
            await press(pilot, "u")
        assert done(workspace, run_id) == ["extra"]


# What a step starts.


async def test_leaving_the_start_dialog_leaves_the_step_open_with_its_answer(
    workspace: Workspace, run_id: str
) -> None:
    async with opened(workspace, run_id, "gift") as (app, pilot):
        await press(pilot, "space", *typing("Ana"), "ctrl+s")
        assert isinstance(app.screen, StartDialog)
        assert not done(workspace, run_id)
        await press(pilot, "escape")
        assert "The step stays open: nothing was started." in told(app)
        assert not done(workspace, run_id)
        assert run_of(workspace, run_id).answer("for-whom") == "Ana"


async def test_a_step_can_be_ticked_without_starting(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "gate") as (app, pilot):
        await press(pilot, "space", "ctrl+t")
        assert done(workspace, run_id) == ["gate"] and isinstance(app.screen, RunScreen)
        assert len(workspace.lists.runs()) == 1


async def test_tick_and_run_are_one_change(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "gift") as (_app, pilot):
        await press(pilot, "space", *typing("Ana"), "ctrl+s", "ctrl+s", "ctrl+s")
        run = run_of(workspace, run_id)
        assert done(workspace, run_id) == ["gift"] and len(run.progress("gift").started_runs) == 1
        child = allowed(workspace.runs.find(run.progress("gift").started_runs[0]))
        assert run_of(workspace, child).answer("whom") == "Ana"
        await press(pilot, "u")
        assert not done(workspace, run_id)
        assert not run_of(workspace, run_id).progress("gift").started_runs
        assert len(workspace.lists.runs()) == 1
