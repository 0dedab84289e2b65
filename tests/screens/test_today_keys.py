"""Today: where blocked steps stand, and whose steps are shown and counted."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.screens.run import RunScreen
from playbook.screens.today import TodayScreen
from playbook.widgets.row_list import RowList
from playbook.workspace import Workspace
from tests.screens.calls import press, run_of, settled, told, typing
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace, start

DAY = """
title = "Day"
[roles]
lead = "The lead"
[[section]]
title = "All"
[[section.step]]
id = "now"
title = "Ring them"
due = "start"
[[section.step]]
id = "soon"
title = "Write to them"
due = "start + 2bd"
[[section.step]]
id = "later"
title = "Visit them"
due = "start + 30d"
[[section.step]]
id = "undated"
title = "Think of them"
[[section.step]]
id = "led"
title = "Lead them"
due = "start + 1bd"
role = "lead"
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "day", DAY)
    yield made
    made.close()


@pytest.fixture
def run_id(workspace: Workspace) -> str:
    return start(workspace, "day", "Luz").run.id


@asynccontextmanager
async def opened(workspace: Workspace) -> AsyncIterator[tuple[PlaybookApp, Pilot[int], RowList]]:
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 30), notifications=True, tooltips=True) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, TodayScreen)
        yield app, pilot, app.screen.rows


def lanes(app: PlaybookApp) -> dict[str, list[str]]:
    """The titles of the steps by the heading they stand under, blocked ones with their sign."""
    found: dict[str, list[str]] = {}
    titles = {"Ring them", "Write to them", "Visit them", "Think of them", "Lead them"}
    for line in rendered(app).splitlines():
        if line.strip().startswith("─"):
            found[line.strip("─ 0123456789")] = []
        for title in titles:
            if title in line and found:
                sign = "■ " if "■" in line else ""
                found[next(reversed(found))].append(sign + title)
    return found


def counts(app: PlaybookApp) -> str:
    return " ".join(rendered(app).splitlines()[1].split())


async def test_a_blocked_step_stands_in_the_lane_of_its_date(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace) as (app, pilot, rows):
        assert lanes(app)["Today"] == ["Ring them"]
        assert rows.select(f"{run_id} now")
        await press(pilot, "b", *typing("ill"), "enter", "enter")
        assert isinstance(app.screen, TodayScreen) and rows.has_focus
        assert lanes(app)["Today"] == ["■ Ring them"] and "Blocked" not in lanes(app)
        await press(pilot, "space")
        assert "is blocked: ill. Unblock it first." in told(app)
        assert run_of(workspace, run_id).progress("now").state == "open"
        await press(pilot, "b")
        assert lanes(app)["Today"] == ["Ring them"]


async def test_a_blocked_step_stands_on_the_day_to_look_at_it_again(
    workspace: Workspace, run_id: str
) -> None:
    async with opened(workspace) as (app, pilot, rows):
        assert rows.select(f"{run_id} now")
        await press(pilot, "b", *typing("ill"), "enter", *typing("fri"), "enter")
        assert "Today" not in lanes(app)
        assert lanes(app)["Next seven days"] == ["Lead them", "Write to them", "■ Ring them"]
        assert any("Fri 27 Nov" in line and "Ring them" in line for line in rendered(app).splitlines())
        assert "0 today" in counts(app) and "3 this week" in counts(app)


@pytest.mark.parametrize("step_id", ["undated", "later"])
async def test_a_blocked_step_without_a_near_day_has_a_lane_of_its_own(
    workspace: Workspace, run_id: str, step_id: str
) -> None:
    title = {"undated": "Think of them", "later": "Visit them"}[step_id]
    async with opened(workspace) as (app, _pilot, _rows):
        assert title not in rendered(app)
    blocked = workspace.runs.decisions.block("no answer")(step_id)
    allowed(workspace.runs.change(run_id, blocked))
    async with opened(workspace) as (app, pilot, rows):
        assert lanes(app)["Blocked"] == [f"■ {title}"]
        assert rows.select(f"{run_id} {step_id}")
        await press(pilot, "enter")
        assert isinstance(app.screen, RunScreen) and app.screen.rows.key == step_id
        await press(pilot, "escape")
        assert rows.select(f"{run_id} {step_id}")
        await press(pilot, "b")
        assert "Blocked" not in lanes(app)


async def test_a_day_to_look_again_that_is_past_is_overdue(workspace: Workspace, run_id: str) -> None:
    blocked = workspace.runs.decisions.block("no answer", date(2026, 11, 20))("undated")
    allowed(workspace.runs.change(run_id, blocked))
    async with opened(workspace) as (app, _pilot, _rows):
        assert lanes(app)["Overdue"] == ["■ Think of them"]
        assert "1 overdue" in counts(app)


async def test_whose_steps_are_shown_and_counted(workspace: Workspace, run_id: str) -> None:
    """Everybody's, mine, then each other's; a step that is nobody's is everybody's."""
    given = workspace.runs.decisions
    allowed(workspace.runs.change(run_id, given.assign("Ana")("now"), given.assign_role("lead", "Ben")))
    async with opened(workspace) as (app, pilot, _rows):
        seen = []
        for _press in range(4):
            said = counts(app)
            assert "1 open run" in said
            seen.append(
                (said.split("1 open run")[0], sorted(title for lane in lanes(app).values() for title in lane))
            )
            await press(pilot, "P")
        both = ["Lead them", "Ring them", "Write to them"]
        assert [titles for _said, titles in seen] == [
            both, ["Ring them", "Write to them"], ["Lead them", "Write to them"], both,
        ]  # fmt: skip
        everybody, mine, bens, again = (said for said, _titles in seen)
        assert "1 today" in everybody and "2 this week" in everybody and "→" not in everybody
        assert "1 today" in mine and "1 this week" in mine and "→ Ana" in mine
        assert "0 today" in bens and "2 this week" in bens and "→ Ben" in bens
        assert again == everybody
        for words in (
            "The steps of Ana, and those that nobody has.",
            "The steps of Ben, and those that nobody has.",
            "Everybody's steps.",
        ):
            assert words in told(app)


async def test_a_step_given_away_leaves_my_list_at_once(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace) as (app, pilot, rows):
        await press(pilot, "P")
        assert rows.select(f"{run_id} now")
        await press(pilot, "p", *typing("Ben"), "enter")
        assert run_of(workspace, run_id).progress("now").person == "Ben"
        assert "Today" not in lanes(app) and "0 today" in counts(app)


async def test_client_by_client_everything_for_the_one_on_the_phone(
    workspace: Workspace, run_id: str
) -> None:
    start(workspace, "day", "Sol")
    luz = allowed(workspace.clients.find("luz"))
    allowed(workspace.ledger.log(luz, "promise", "The drafts", {"on": "2026-11-24"}))
    async with opened(workspace) as (app, pilot, rows):
        await press(pilot, "C")
        found = lanes(app)
        assert list(found) == ["Luz", "Sol"]
        assert found["Luz"] == found["Sol"] == ["Ring them", "Lead them", "Write to them"]
        assert rendered(app).index("The drafts") < rendered(app).index("─ Sol")
        assert rows.select(f"entry {luz} 1")
        await press(pilot, "c")  # on an entry, c says how it ended
        await press(pilot, "ctrl+s")
        [entry] = workspace.ledger.entries(luz)
        assert entry.outcome
        rows.select(f"{run_id} now")
        await press(pilot, "c")
        assert list(lanes(app)) == ["Today", "Next seven days"]


async def test_what_was_said_is_filtered_by_who_owns_the_client(workspace: Workspace, run_id: str) -> None:
    for name, owner in (("Sol", "Bruno"), ("Mar", "Ana"), ("Rio", "")):
        client = allowed(workspace.clients.add(name, {"owner": owner} if owner else {}))
        allowed(workspace.ledger.log(client.id, "promise", f"drafts for {name}", {"on": "2026-11-25"}))
    async with opened(workspace) as (app, pilot, _rows):
        for people in ({"Sol", "Mar", "Rio"}, {"Mar", "Rio"}, {"Sol"}):
            assert {name for name in ("Sol", "Mar", "Rio") if f"drafts for {name}" in rendered(app)} == people
            await press(pilot, "P")
        assert "Everybody" in told(app)


async def test_a_run_that_is_ready_is_closed_with_a_note_and_the_next_word(
    workspace: Workspace, run_id: str
) -> None:
    for step in ("now", "soon", "later", "undated", "led"):
        allowed(workspace.runs.tick(run_id, step))
    luz = allowed(workspace.clients.find("luz"))
    async with opened(workspace) as (app, pilot, rows):
        assert rows.select(f"ready {run_id}")
        await press(pilot, "space", *typing("Ring earlier"), "enter", *typing("fri"), "ctrl+s")
        assert "Finished" in told(app)
        assert "Ready to close" not in lanes(app)
        run = run_of(workspace, run_id)
        assert run.state == "finished"
        assert [note.text for note in run.notes] == ["Ring earlier"]
        [word] = workspace.ledger.entries(luz)
        assert (word.kind, word.on, word.run) == ("next-word", "2026-11-27", run_id)
        await press(pilot, "u")
        assert run_of(workspace, run_id).state == "open"
        assert run_of(workspace, run_id).notes == ()
        assert workspace.ledger.entries(luz) == []
