"""History as a time machine: enter on a change shows the run as it stood then, and nothing there can be changed."""

from collections.abc import Callable
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.clock import Clock
from playbook.screens.history import HistoryScreen
from playbook.screens.past_run import PastRunScreen
from playbook.screens.run import RunScreen
from playbook.screens.today import TodayScreen
from playbook.widgets.step_detail import StepDetail
from playbook.workspace import Workspace
from tests.screens.calls import press, settled, told
from tests.screens.stage import rendered
from tests.workspaces import MONDAY, add_playbook, allowed, make_workspace, start

PLAYBOOK = """
title = "Gift"
[[section]]
title = "All"
[[section.step]]
id = "ask"
title = "Ask them"
due = "start + 1d"
field = [{ id = "size", label = "Size", kind = "choice", choices = { s = "Small", l = "Large" } }]
[[section.step]]
id = "give"
title = "Give it"
due = "start + 2d"
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A run started on Monday, asked on Thursday, given a note on the Monday after, which is now."""
    made = make_workspace(tmp_path)
    add_playbook(made, "gift", PLAYBOOK)
    run = start(made, "gift", "Acme").run
    changes: dict[int, Callable[[], Any]] = {
        3: lambda: made.runs.tick(run.id, "ask", {"size": "s"}, note="They smiled"),
        7: lambda: made.runs.note(run.id, "give", "later"),
    }
    for days, change in changes.items():
        made.clock = Clock(UTC, MONDAY + timedelta(days=days, hours=5, minutes=5))
        allowed(change())
    return made


def run_id(workspace: Workspace) -> str:
    return allowed(workspace.runs.find("acme/gift"))


async def to_the_past(pilot: Pilot[int], *keys: str) -> PastRunScreen:
    """From the run to its history, there with some keys to a change, and into it."""
    await settled(pilot)
    await press(pilot, "h", *keys, "enter")
    screen = pilot.app.screen
    assert isinstance(screen, PastRunScreen)
    return screen


def lines(app: PlaybookApp) -> list[str]:
    return [text for line in rendered(app).splitlines() if (text := " ".join(line.split()))]


async def test_enter_on_a_change_shows_the_run_as_it_stood_then(workspace: Workspace) -> None:
    app = PlaybookApp(workspace, run_id=run_id(workspace))
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await to_the_past(pilot, "j", "j")
        seen = lines(app)
        head = next(line for line in seen if line.startswith("As it stood on"))
        assert head.startswith("As it stood on Thu 26 Nov, 14:05, after: ticked Ask them")
        assert head.endswith("of 4")
        assert screen.rows.key == "ask"
        assert any("✓ Ask them" in line and "Thu 26 Nov" in line for line in seen)
        assert any("☐ Give it" in line and "! 1 day" in line for line in seen)  # by that day, not today's
        assert any("Size Small" in line for line in seen)
        assert not any("later" in line for line in seen)
        await press(pilot, "escape")
        assert isinstance(app.screen, HistoryScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, RunScreen)
        assert any("! 5 days" in line for line in lines(app))


@pytest.mark.parametrize(("back", "on"), [("left_square_bracket", "right_square_bracket"), ("left", "right")])
async def test_the_changes_before_and_after(workspace: Workspace, back: str, on: str) -> None:
    app = PlaybookApp(workspace, run_id=run_id(workspace))
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await to_the_past(pilot)

        def head() -> str:
            return next(line for line in lines(app) if line.startswith("As it stood on"))

        assert "Mon 30 Nov, 14:05, after: noted Give it: later" in head()
        assert "change 4 of 4" in head()
        await press(pilot, on)
        assert "This is the newest change." in told(app)
        await press(pilot, back, back, back)
        assert "Mon 23 Nov, 09:00, after: started" in head()
        assert any("☐ Ask them" in line and "Tue 24 Nov" in line for line in lines(app))
        await press(pilot, back)
        assert "There is no change before this one." in told(app)
        await press(pilot, on, on, on)
        assert "change 4 of 4" in head()


EVERY_KEY = [
    "space", "s", "w", "n", "d", "b", "p", "l", "c", "greater_than_sign", "u", "ctrl+r", "f", "F", "N", "t", "i",
    "R", "S", "y", "plus", "e", "E", "full_stop", "o", "h", "v", "enter", "1", "tab",
]  # fmt: skip


async def test_no_key_of_it_is_for_changing(workspace: Workspace) -> None:
    app = PlaybookApp(workspace, run_id=run_id(workspace))
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await to_the_past(pilot, "j", "j", "j")
        keys = screen.active_bindings.values()
        named = {binding.id or "" for _node, binding, enabled, _tip in keys if enabled}
        assert {name for name in named if name.startswith(("step.", "run."))} == {"run.export", "run.swap"}
        assert not {"undo", "redo"} & named
        assert {"past.before", "past.after", "help", "back"} <= named


async def test_a_number_in_the_step_answers_nothing(workspace: Workspace) -> None:
    run = run_id(workspace)
    count = len(workspace.runs.history(run))
    app = PlaybookApp(workspace, run_id=run)
    async with app.run_test(size=(120, 30)) as pilot:
        await to_the_past(pilot, "G")
        await press(pilot, "j", "tab", "1")
        assert isinstance(app.screen, TodayScreen)
    assert len(workspace.runs.history(run)) == count


async def test_keys_pressed_on_the_past_do_nothing(workspace: Workspace) -> None:
    run = run_id(workspace)
    count = len(workspace.runs.history(run))
    app = PlaybookApp(workspace, run_id=run)
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await to_the_past(pilot, "j")
        await press(pilot, *[key for key in EVERY_KEY if key not in ("1", "tab", "enter")])
        assert app.screen is screen
    assert len(workspace.runs.history(run)) == count


async def test_the_moment_is_exported(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = PlaybookApp(workspace, run_id=run_id(workspace))
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await to_the_past(pilot, "j", "j")
        await press(pilot, "x", "ctrl+s")
        assert "acme-gift-2026-11-26.md" in told(app)
    text = (tmp_path / "acme-gift-2026-11-26.md").read_text(encoding="utf-8")
    assert "> As it stood on Thursday 26 November 2026, 14:05." in text
    assert "later" not in text


async def test_filter_narrow_window_and_another_program(workspace: Workspace) -> None:
    app = PlaybookApp(workspace, run_id=run_id(workspace))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_the_past(pilot, "j", "j")
        await press(pilot, "slash", *"give", "enter")
        assert not any("Ask them" in line for line in lines(app)[4:])
        assert not screen.query_one(StepDetail).display
        await press(pilot, "enter")
        assert screen.query_one(StepDetail).display
        allowed(workspace.runs.undo())
        screen.reload()
        await settled(pilot)
        assert any("of 5" in line for line in lines(app))


async def test_a_change_of_the_client_alone_has_no_run(workspace: Workspace) -> None:
    client_id = allowed(workspace.clients.find("acme"))
    app = PlaybookApp(workspace, client_id=client_id)
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "h", "G", "enter")
        assert isinstance(app.screen, HistoryScreen)
        assert "about the client alone" in told(app)
        await press(pilot, "home", "enter")
        assert isinstance(app.screen, PastRunScreen)


async def test_history_has_days_as_people_write_them(workspace: Workspace) -> None:
    from datetime import date

    allowed(workspace.runs.due(run_id(workspace), "give", date(2027, 1, 8)))
    workspace.clock = Clock(UTC, MONDAY + timedelta(days=70))
    app = PlaybookApp(workspace, run_id=run_id(workspace))
    async with app.run_test(size=(120, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "h")
        seen = lines(app)
    assert any("Mon 30 Nov 2026 14:05" in line and "dated by hand Give it" in line for line in seen)
    assert any("Fri 8 Jan 2027" in line for line in seen)
    assert not any("2026-" in line or "2027-" in line for line in seen)


async def test_what_was_taken_back_and_done_again_is_said_in_words(workspace: Workspace) -> None:
    run = run_id(workspace)
    for _again in range(2):
        allowed(workspace.runs.undo(run))
        allowed(workspace.runs.redo(run))
    allowed(workspace.runs.undo(run))
    app = PlaybookApp(workspace, run_id=run)
    async with app.run_test(size=(120, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "h")
        seen = lines(app)
        assert any("9 changes · enter: as it stood then" in line for line in seen)
        assert sum("took back: noted Give it: later" in line for line in seen) == 3
        assert sum("did again: noted Give it: later" in line for line in seen) == 2
        await press(pilot, "enter")
        assert any("after: took back: noted Give it: later" in line for line in lines(app))
        await press(pilot, "left_square_bracket")
        assert any("after: did again: noted Give it: later" in line for line in lines(app))
