"""The full screens, driven by keys: what they show, where they lead, what they change."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.dialogs.ask_text import AskTextDialog
from playbook.dialogs.start import StartDialog
from playbook.screens.client import ClientScreen
from playbook.screens.clients import ClientsScreen
from playbook.screens.history import HistoryScreen
from playbook.screens.playbooks import PlaybooksScreen
from playbook.screens.run import RunScreen
from playbook.screens.today import TodayScreen
from playbook.workspace import Workspace
from tests.screens.calls import typing
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace, plain_playbook, start

GATED = """
title = "Gated"
[[section]]
title = "All"
[[section.step]]
id = "paper"
title = "Paper in order"
gate = "hard"
due = "start + 1bd"
[[section.step]]
id = "work"
title = "Start the work"
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "gated", GATED)
    add_playbook(made, "many", plain_playbook(30))
    yield made
    made.close()


@asynccontextmanager
async def opened(
    workspace: Workspace, *, run_id: str = "", size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[PlaybookApp, Pilot[int]]]:
    app = PlaybookApp(workspace, run_id=run_id)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause(0.2)
        yield app, pilot


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause(0.05)


async def test_today_acts_in_place_and_comes_back_from_a_run(workspace: Workspace) -> None:
    run = start(workspace, "many", "Luz").run
    async with opened(workspace) as (app, pilot):
        assert "Step 0" in rendered(app)
        await press(pilot, "space")
        assert allowed(workspace.runs.open(run.id)).sheet.view.done == 1
        assert "Step 0" not in rendered(app)
        await press(pilot, "u")
        assert allowed(workspace.runs.open(run.id)).sheet.view.done == 0
        await press(pilot, "enter")
        assert isinstance(app.screen, RunScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_tabs_lead_to_each_screen_and_escape_back(workspace: Workspace) -> None:
    start(workspace, "many", "Luz")
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2")
        assert isinstance(app.screen, ClientsScreen)
        await press(pilot, "enter")
        assert isinstance(app.screen, ClientScreen)
        await press(pilot, "h")
        assert isinstance(app.screen, HistoryScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, ClientsScreen)
        await press(pilot, "3")
        assert isinstance(app.screen, PlaybooksScreen)
        await press(pilot, "1")
        assert isinstance(app.screen, TodayScreen)


@pytest.mark.parametrize("tab", ["1", "2", "3"])
async def test_a_starts_a_playbook_from_every_tab(workspace: Workspace, tab: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, tab, "a")
        assert isinstance(app.screen, StartDialog)


async def test_the_name_is_asked_for_once_before_the_first_run(workspace: Workspace) -> None:
    workspace.signature = ""
    async with opened(workspace) as (app, pilot):
        await press(pilot, "a")
        assert isinstance(app.screen, AskTextDialog)
        await press(pilot, "escape")
        assert isinstance(app.screen, StartDialog)
        await press(pilot, "escape", "a")
        assert isinstance(app.screen, StartDialog)
        assert not workspace.locations.config_file.exists()


async def test_the_name_is_kept_and_drafts_are_signed_with_it(workspace: Workspace) -> None:
    workspace.signature = ""
    async with opened(workspace) as (app, pilot):
        await press(pilot, "a", *typing("Eva Sol"), "enter")
        assert isinstance(app.screen, StartDialog)
        assert (workspace.signature, workspace.me) == ("Eva Sol", "Eva Sol")
        assert 'name = "Eva Sol"' in workspace.locations.config_file.read_text(encoding="utf-8")


async def test_who_has_runs_is_not_asked_for_a_name(workspace: Workspace) -> None:
    start(workspace, "many", "Luz")
    workspace.signature = ""
    async with opened(workspace) as (app, pilot):
        await press(pilot, "a")
        assert isinstance(app.screen, StartDialog)


async def test_several_steps_are_ticked_and_taken_back_at_once(workspace: Workspace) -> None:
    run = start(workspace, "many", "Luz").run
    async with opened(workspace, run_id=run.id) as (_app, pilot):
        await press(pilot, "v", "v", "v", "space")
        assert allowed(workspace.runs.open(run.id)).sheet.view.done == 3
        await press(pilot, "u")
        assert allowed(workspace.runs.open(run.id)).sheet.view.done == 0


async def test_a_locked_step_says_by_what_and_goes_on_with_a_reason(workspace: Workspace) -> None:
    run = start(workspace, "gated", "Luz").run
    async with opened(workspace, run_id=run.id) as (app, pilot):
        await press(pilot, "down", "space")
        assert isinstance(app.screen, AskTextDialog)
        assert "locked by Paper in order" in " ".join(rendered(app).split())
        await press(pilot, *"they", "space", *"insist", "enter")
        progress = allowed(workspace.runs.open(run.id)).sheet.run.progress("work")
        assert progress.override is not None
        assert progress.override.reason == "they insist"


async def test_keys_typed_ahead_are_for_the_dialog(workspace: Workspace) -> None:
    run = start(workspace, "many", "Luz").run
    async with opened(workspace, run_id=run.id) as (app, pilot):
        for key in ("n", "f", "q", "s", "ctrl+s"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause(0.5)
        [note] = allowed(workspace.runs.open(run.id)).sheet.run.progress("step-0").notes
        assert note.text == "fqs"
        assert isinstance(app.screen, RunScreen)


async def test_letters_typed_ahead_of_the_filter_are_for_it(workspace: Workspace) -> None:
    run = start(workspace, "many", "Luz").run
    async with opened(workspace, run_id=run.id) as (app, pilot):
        for key in ("slash", "2", "9"):
            app.post_message(events.Key(key, {"slash": "/"}.get(key, key)))
        await pilot.pause(0.4)
        shown = rendered(app)
        assert "Step 29" in shown
        assert "Step 1 " not in shown


async def test_finishing_early_lists_what_is_open_and_takes_a_reason(workspace: Workspace) -> None:
    run = start(workspace, "gated", "Luz").run
    async with opened(workspace, run_id=run.id) as (app, pilot):
        await press(pilot, "f")
        assert "Start the work" in rendered(app)
        await press(pilot, *"enough", "enter")
        after = allowed(workspace.runs.open(run.id)).sheet.run
        assert (after.state, after.reason, after.left_open) == ("finished", "enough", ("paper", "work"))


async def test_another_programs_change_appears(workspace: Workspace) -> None:
    run = start(workspace, "gated", "Luz").run
    async with opened(workspace, run_id=run.id) as (app, pilot):
        await pilot.pause(1.2)
        other = make_workspace(workspace.locations.data.parent, me="Ben")
        allowed(other.runs.tick(run.id, "paper"))
        other.close()
        await pilot.pause(1.5)
        assert "1/2" in rendered(app)


async def test_a_narrow_run_shows_one_pane_and_swaps(workspace: Workspace) -> None:
    run = start(workspace, "gated", "Luz").run
    async with opened(workspace, run_id=run.id, size=(80, 24)) as (app, pilot):
        assert "Start the work" in rendered(app)
        await press(pilot, "tab")
        assert "Start the work" not in rendered(app)
        assert "due tomorrow" in rendered(app)
        await press(pilot, "escape")
        assert "Start the work" in rendered(app)


async def test_a_key_that_cannot_do_anything_says_why(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "space")
        assert "Put the cursor on a step first" in rendered(app)


async def test_a_playbook_that_changes_outside_is_shown_anew(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3")
        add_playbook(workspace, "fresh", 'title = "Brand new"\n\n[[section]]\ntitle = "All"\n')
        await pilot.pause(1.6)
        assert "Brand new" in rendered(app)
