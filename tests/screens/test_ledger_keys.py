"""The ledger at the keyboard: logged from any screen in a few keys, closed and put off where it stands."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.core.client import Entry
from playbook.screens.client import ClientScreen
from playbook.screens.run import RunScreen
from playbook.workspace import Workspace
from tests.screens.calls import press, settled, told, typing
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace, plain_playbook, start


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)  # Monday 23 November 2026
    add_playbook(made, "many", plain_playbook(3))
    start(made, "many", "Luz")
    yield made
    made.close()


@asynccontextmanager
async def opened(workspace: Workspace, where: str) -> AsyncIterator[tuple[PlaybookApp, Pilot[int]]]:
    client_id = allowed(workspace.clients.find("luz"))
    run_id = workspace.lists.runs(client_id)[0].id
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 40), notifications=True, tooltips=True) as pilot:
        await settled(pilot)
        if where == "run":
            app.show_run(run_id)
        elif where == "client":
            app.show_client(client_id)
        await settled(pilot)
        yield app, pilot


def entries(workspace: Workspace) -> list[Entry]:
    standing = workspace.ledger.standing(allowed(workspace.clients.find("luz")))
    assert standing is not None
    return list(standing.entries)


PLACES = ("today", "client", "run")


@pytest.mark.parametrize("where", PLACES)
async def test_asked_for_the_status_takes_four_keys_at_most(workspace: Workspace, where: str) -> None:
    keys = ("l", "s", "ctrl+s")
    assert len(keys) <= 4
    async with opened(workspace, where) as (app, pilot):
        await press(pilot, *keys)
        assert "Logged." in told(app)
    assert [entry.kind for entry in entries(workspace)] == ["status-asked"]


@pytest.mark.parametrize("where", PLACES)
async def test_a_contact_with_a_next_word_takes_eight_keys_at_most(workspace: Workspace, where: str) -> None:
    before, after = ("l", "c"), ("enter", *"fri", "ctrl+s")
    assert len(before) + len(after) <= 8
    async with opened(workspace, where) as (_app, pilot):
        await press(pilot, *before, *typing("The wireframes"), *after)
    assert [(e.kind, e.text, e.on[:10]) for e in entries(workspace)] == [
        ("contact", "The wireframes", "2026-11-23"), ("next-word", "The wireframes", "2026-11-27"),
    ]  # fmt: skip


async def test_for_any_client_a_few_letters_come_first(workspace: Workspace) -> None:
    allowed(workspace.clients.add("Bodega"))
    async with opened(workspace, "today") as (_app, pilot):
        await press(pilot, "L", *"bod", "enter", "n", *typing("Prefers mornings"), "ctrl+s")
    standing = workspace.ledger.standing(allowed(workspace.clients.find("bodega")))
    assert standing is not None
    assert [entry.text for entry in standing.entries] == ["Prefers mornings"]


async def test_a_warning_is_said_once_and_saving_again_keeps_it(workspace: Workspace) -> None:
    async with opened(workspace, "client") as (app, pilot):
        await press(pilot, "l", "p", *typing("Wireframes"), "enter", *"fri", "enter", *"fri", "ctrl+s")
        assert "no room for a surprise" in " ".join(rendered(app).split())
        assert entries(workspace) == []
        await press(pilot, "ctrl+s")
    assert [(e.on, e.values["internal"]) for e in entries(workspace)] == [("2026-11-27", "2026-11-27")]


async def test_bad_news_for_the_check_in_is_told_now_unless_that_is_tomorrow(workspace: Workspace) -> None:
    async with opened(workspace, "client") as (app, pilot):
        await press(pilot, "l", "b", *typing("The photos"), "enter", *"fri", "enter", "2", "ctrl+s")
        assert "Tell them now. The next check-in is Fri 27 Nov" in " ".join(rendered(app).split())
        await press(pilot, "ctrl+s")
    assert [(e.kind, e.values["worse"], e.on) for e in entries(workspace)] == [
        ("batch", ["time"], "2026-11-27")
    ]


async def test_a_day_that_is_none_is_said_under_its_question(workspace: Workspace) -> None:
    async with opened(workspace, "client") as (app, pilot):
        await press(pilot, "l", "p", *typing("Wireframes"), "enter", *typing("someday"), "ctrl+s")
        assert "We mean to be ready by: “someday” is not a day." in " ".join(rendered(app).split())


async def test_an_entry_without_words_stays_in_its_form(workspace: Workspace) -> None:
    async with opened(workspace, "client") as (app, pilot):
        await press(pilot, "l", "p", "ctrl+s")
        assert "An entry needs a few words." in rendered(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, ClientScreen)
    assert entries(workspace) == []


def promise(workspace: Workspace, text: str = "Wireframes", on: str = "2026-11-23") -> None:
    client_id = allowed(workspace.clients.find("luz"))
    allowed(workspace.ledger.log(client_id, "promise", text, {"on": on}))


async def test_a_row_of_today_is_closed_where_it_stands_and_undone(workspace: Workspace) -> None:
    promise(workspace)
    async with opened(workspace, "today") as (app, pilot):
        assert "promise: Wireframes" in rendered(app)
        assert app.screen.rows.select(f"entry {allowed(workspace.clients.find('luz'))} 1")  # type: ignore[attr-defined]
        await press(pilot, "space", "ctrl+s")
        assert "promise: Wireframes" not in rendered(app)
        assert [e.outcome for e in entries(workspace)] == ["on-time"]
        await press(pilot, "u")
        assert "promise: Wireframes" in rendered(app)


async def test_moved_asks_for_the_new_day(workspace: Workspace) -> None:
    promise(workspace)
    async with opened(workspace, "client") as (app, pilot):
        assert app.screen.rows.select("entry 1")  # type: ignore[attr-defined]
        await press(pilot, "c", "shift+tab", "3", "ctrl+s")
        assert "say to which day" in rendered(app)
        await press(pilot, *"fri", "ctrl+s")
    assert [(e.outcome, e.on) for e in entries(workspace)] == [("moved", "2026-11-23"), (None, "2026-11-27")]


async def test_a_row_is_put_off_until_tomorrow_in_two_keys(workspace: Workspace) -> None:
    promise(workspace)
    async with opened(workspace, "today") as (app, pilot):
        assert app.screen.rows.select(f"entry {allowed(workspace.clients.find('luz'))} 1")  # type: ignore[attr-defined]
        await press(pilot, "greater_than_sign", "ctrl+s")
    assert entries(workspace)[0].values["asleep-until"] == "2026-11-24"
    assert entries(workspace)[0].on == "2026-11-23"


async def test_a_step_is_put_off_with_its_reason(workspace: Workspace) -> None:
    async with opened(workspace, "today") as (app, pilot):
        run_id = workspace.lists.runs()[0].id
        assert app.screen.rows.select(f"{run_id} step-0")  # type: ignore[attr-defined]
        await press(pilot, "greater_than_sign", *typing("They are away"), "ctrl+s")
    step = allowed(workspace.runs.open(run_id)).sheet.view.steps["step-0"]
    assert (str(step.due.moment), step.due.by_hand) == ("2026-11-24", True)
    assert [row.reason for row in workspace.runs.history(run_id) if row.kind == "due"] == ["They are away"]


async def test_something_wrong_offers_the_recovery_for_this_client(workspace: Workspace) -> None:
    async with opened(workspace, "today") as (app, pilot):
        await press(pilot, "l", "exclamation_mark")
        seen = " ".join(rendered(app).split())
        assert "Recovering from a mistake" in seen
        assert "Luz" in seen


async def test_the_head_of_a_run_says_what_is_owed(workspace: Workspace) -> None:
    promise(workspace, on="2026-11-27")
    async with opened(workspace, "run") as (app, pilot):
        assert isinstance(app.screen, RunScreen)
        assert "1 open promise (Fri 27 Nov) · ! no next word" in rendered(app)
        await press(pilot, "l", "c", "enter", *"fri", "ctrl+s")
        assert "voice 0 days ago · next word Fri 27 Nov" in rendered(app)


async def test_in_a_run_undo_takes_back_what_was_logged_there(workspace: Workspace) -> None:
    async with opened(workspace, "run") as (app, pilot):
        await press(pilot, "space", "l", "n", *typing("Prefers mornings"), "ctrl+s")
        run_id = workspace.lists.runs()[0].id
        assert [row.new for row in workspace.runs.history(run_id) if row.kind == "log"] == [
            "Prefers mornings"
        ]
        await press(pilot, "u")
        assert entries(workspace) == []
        assert "1/3" in rendered(app)
        await press(pilot, "ctrl+r")
    assert [entry.text for entry in entries(workspace)] == ["Prefers mornings"]


async def test_quiet_clients_and_runs_to_close_stand_on_today(workspace: Workspace) -> None:
    client_id = allowed(workspace.clients.find("luz"))
    allowed(workspace.clients.set(client_id, {"feels-long-after": "10"}))
    allowed(workspace.ledger.log(client_id, "contact", "Rang", {"on": "2026-11-02", "channel": "call"}))
    run_id = workspace.lists.runs()[0].id
    for n in range(3):
        allowed(workspace.runs.tick(run_id, f"step-{n}"))
    async with opened(workspace, "today") as (app, pilot):
        seen = rendered(app)
        assert "no voice for 21 days" in seen
        assert "everything is settled" in seen
        assert app.screen.rows.select(f"quiet {client_id}")  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert isinstance(app.screen, ClientScreen)
