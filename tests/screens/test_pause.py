"""The pause: a section confirmed one line at a time."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.dialogs.form import FormDialog
from playbook.screens.call_sheet import CallSheetScreen
from playbook.screens.pause import PauseScreen
from playbook.screens.run import RunScreen
from playbook.workspace import Workspace
from tests.screens.calls import CALL, press, recorded, run_of, settled, told, typing, until
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace, start


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "call", CALL)
    yield made
    made.close()


@pytest.fixture
def run_id(workspace: Workspace) -> str:
    return start(workspace, "call", "Luz").run.id


@asynccontextmanager
async def paused(
    workspace: Workspace, run_id: str, *, section: str = "talk", short: bool = False
) -> AsyncIterator[tuple[PlaybookApp, Pilot[int]]]:
    """The pause, opened as people open it: enter on the section's heading."""
    app = PlaybookApp(workspace, run_id=run_id)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, RunScreen)
        app.screen.rows.select(f"-{section}")
        await press(pilot, *(["o"] if short else []), "enter")
        assert isinstance(app.screen, PauseScreen)
        yield app, pilot


def line(app: PlaybookApp) -> str:
    """The title of the line in view, and which of how many it is."""
    shown = rendered(app).splitlines()
    place = next((n for n, text in enumerate(shown) if " of " in text and "line" in text), None)
    if place is None:
        return next(text.strip() for text in shown if "last line" in text)
    title = next(text for text in shown[place + 1 :] if text.strip())
    return f"{title.split('  ')[0].removesuffix('★').strip()} | {shown[place].rpartition('  ')[2].strip()}"


def states(workspace: Workspace, run_id: str) -> list[str]:
    run = run_of(workspace, run_id)
    return [run.progress(step_id).state for step_id in ("hello", "money", "thanks")]


async def test_each_line_is_answered_confirmed_and_gives_way_to_the_next(
    workspace: Workspace, run_id: str
) -> None:
    async with paused(workspace, run_id) as (app, pilot):
        assert line(app) == "☐ How are they? | line 1 of 3"
        assert "Pause: Before you hang up" in rendered(app)
        assert "Good morning, Luz." in rendered(app)
        await press(pilot, "1", "space")
        assert run_of(workspace, run_id).answer("level") == "gold"
        assert isinstance(app.screen, FormDialog)
        assert states(workspace, run_id) == ["open", "open", "open"]
        await press(pilot, *typing("Cheerful"), "ctrl+s")
        assert run_of(workspace, run_id).answer("mood") == "Cheerful"
        assert line(app) == "☐ Say the price | line 2 of 3"
        await press(pilot, "space")
        assert isinstance(app.screen, FormDialog)
        await press(pilot, *typing("900 EUR"), "ctrl+s")
        assert line(app) == "☐ Thank them | line 3 of 3"
        await press(pilot, "enter")
        assert states(workspace, run_id) == ["done", "done", "done"]
        assert line(app) == "That was the last line."
        assert "Everything here is settled." in rendered(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, RunScreen)


async def test_what_is_not_yet_done_stays_open_and_is_named_at_the_end(
    workspace: Workspace, run_id: str
) -> None:
    async with paused(workspace, run_id) as (app, pilot):
        await press(pilot, "down", "s", *typing("no price today"), "ctrl+s")
        assert line(app) == "☐ Thank them | line 3 of 3"
        await press(pilot, "space")
        assert "2 lines" not in rendered(app)
        assert "1 line is still open:" in rendered(app)
        assert "☐ How are they?" in rendered(app)
        assert states(workspace, run_id) == ["open", "skipped", "done"]
        await press(pilot, "up")
        assert line(app) == "✓ Thank them | line 3 of 3"
        await press(pilot, "space")
        assert states(workspace, run_id) == ["open", "skipped", "done"]
        await press(pilot, "u")
        assert line(app) == "☐ Thank them | line 3 of 3"


async def test_it_opens_at_the_first_open_line_and_a_line_that_comes_is_asked_too(
    workspace: Workspace, run_id: str
) -> None:
    allowed(workspace.runs.tick(run_id, "hello"))
    async with paused(workspace, run_id) as (app, pilot):
        assert line(app) == "☐ Say the price | line 2 of 3"
        await press(pilot, "up", "2")
        assert line(app) == "✓ How are they? | line 1 of 4"
        await press(pilot, "down", "down", "down")
        assert line(app) == "☐ Offer a call with the owner | line 4 of 4"


async def test_one_who_was_away_goes_on_from_the_last_line_confirmed(
    workspace: Workspace, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playbook.screens.pause.LOOK", 0.02)
    async with paused(workspace, run_id) as (app, pilot):
        await press(pilot, "space", "ctrl+s", "down")
        assert line(app) == "⊘ Thank them | line 3 of 3"
        monkeypatch.setattr("playbook.screens.pause.AWAY", 0.0)
        await until(pilot, lambda: "line 1 of 3" in rendered(app))
        assert "You were away for a while." in told(app)
        assert states(workspace, run_id) == ["done", "open", "open"]
        assert recorded(workspace, run_id) == ["tick"]


async def test_the_short_form_asks_only_the_key_lines_of_any_section(
    workspace: Workspace, run_id: str
) -> None:
    async with paused(workspace, run_id, short=True) as (app, pilot):
        assert line(app) == "☐ How are they? | line 1 of 1"
        await press(pilot, "space", "ctrl+s")
        assert line(app) == "That was the last line."


async def test_c_shows_the_section_on_one_page_and_esc_goes_back_to_the_run(
    workspace: Workspace, run_id: str
) -> None:
    async with paused(workspace, run_id) as (app, pilot):
        await press(pilot, "c")
        assert isinstance(app.screen, CallSheetScreen)
        assert app.screen.section_id == "talk"
        await press(pilot, "escape")
        assert isinstance(app.screen, RunScreen)
        await press(pilot, "enter")
        assert isinstance(app.screen, PauseScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, RunScreen)


async def test_a_repeating_line_gives_way_though_it_comes_back(workspace: Workspace) -> None:
    add_playbook(
        workspace, "weekly", CALL.replace('key = true\ndue = "start + 1bd"', 'due = "start"\nrepeat = "1w"')
    )
    run_id = start(workspace, "weekly", "Sol").run.id
    async with paused(workspace, run_id) as (app, pilot):
        assert line(app).endswith("line 1 of 3")
        await press(pilot, "space", "ctrl+s")
        assert line(app).endswith("line 2 of 3")
        assert recorded(workspace, run_id) == ["tick"]
        await press(pilot, "u")
        assert recorded(workspace, run_id) == ["tick", "undo"]


async def test_choices_have_numbers_only_while_a_number_answers(workspace: Workspace, run_id: str) -> None:
    app = PlaybookApp(workspace, run_id=run_id)
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, RunScreen)
        app.screen.rows.select("hello")
        await settled(pilot)
        assert "Gold · Plain" in rendered(app)
        await press(pilot, "tab")
        assert "1 Gold · 2 Plain" in rendered(app)
        await press(pilot, "2")
        assert run_of(workspace, run_id).answer("level") == "plain"
        await press(pilot, "tab")
        assert "Gold · Plain" in rendered(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, FormDialog)
        assert "1 ( ) Gold" not in rendered(app)
        await press(pilot, "tab", "tab")
        assert "1 ( ) Gold" in rendered(app)
