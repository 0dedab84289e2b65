"""F22: promised against actual for earlier runs of the same playbook, by figures worked out by hand."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from playbook.app import PlaybookApp
from playbook.clock import Clock
from playbook.core.calendar import Calendar
from playbook.core.look_back import working_days
from playbook.workspace import Workspace
from playbook.workspace.looking_back import earlier
from playbook.workspace.starting import StartForm
from tests.cli.calling import good
from tests.screens.calls import press, settled, typing
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace

TEXT = """
title = "Website"
target_label = "Go-live"
[[section]]
title = "All"
[[section.step]]
id = "build"
title = "Build it"
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "website", TEXT)
    yield made
    made.close()


def at(workspace: Workspace, day: str) -> None:
    workspace.clock = Clock(UTC, datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=UTC))


def finished(
    workspace: Workspace, client: str, start: str, end: str, target: str = "", *, ends: str = "finish"
) -> str:
    """A run with one promise kept and one missed, finished on a day."""
    at(workspace, start)
    allowed(workspace.clients.add(client))
    form = StartForm(
        "website", client, start=start, answers={"target": target} if target else {}, target=target
    )
    run = allowed(workspace.runs.start(form)).run
    for text, outcome in (("drafts", "on-time"), ("texts", "missed"), ("later", "")):
        logged = allowed(workspace.ledger.log(run.client_id, "promise", text, {"on": end}, run_id=run.id))
        if outcome:
            allowed(workspace.ledger.close(run.client_id, logged.entries[0].n, outcome))
    at(workspace, end)
    allowed(workspace.runs.tick(run.id, "build"))
    if ends == "finish":
        allowed(workspace.runs.finish(run.id))
    elif ends == "abandon":
        allowed(workspace.runs.abandon(run.id, "they left"))
    return run.id


def history(workspace: Workspace) -> None:
    finished(workspace, "Luz", "2026-10-05", "2026-10-16", "2026-10-16")  # 10 working days, on target
    finished(workspace, "Sol", "2026-10-12", "2026-11-06", "2026-10-30")  # 20, a week late
    finished(workspace, "Mar", "2026-11-02", "2026-11-13", "")  # 10, without a target
    finished(workspace, "Rio", "2026-11-02", "2026-11-20", "", ends="abandon")
    finished(workspace, "Ola", "2026-11-09", "2026-11-20", "", ends="")
    at(workspace, "2026-11-23")


def test_f22_look_back_by_hand(workspace: Workspace) -> None:
    history(workspace)
    found = earlier(workspace, "website")
    assert [(run.client_name, run.working_days, run.late_by) for run in found.runs] == [
        ("Mar", 10, None), ("Sol", 20, 7), ("Luz", 10, 0),
    ]  # fmt: skip
    assert (found.shortest, found.longest, found.usual) == (10, 20, 10)
    assert (found.with_target, found.target_met) == (2, 1)
    assert (found.promises, found.kept) == (6, 3)  # what is still open is not counted
    assert earlier(workspace, "onboarding").runs == ()
    workspace.care.rebuild()
    assert earlier(workspace, "website") == found


def test_f22_no_usual_length_of_fewer_than_three(workspace: Workspace) -> None:
    finished(workspace, "Luz", "2026-10-05", "2026-10-16")
    assert earlier(workspace, "website").usual is None


def test_f22_working_days_are_counted_with_both_ends() -> None:
    days = Calendar(closed=frozenset({date(2026, 11, 24)}))
    assert working_days(date(2026, 11, 23), date(2026, 11, 27), days) == 4
    assert working_days(date(2026, 11, 28), date(2026, 11, 28), days) == 1  # a Saturday alone


async def test_f22_look_back_stands_on_the_playbook_and_before_a_start(workspace: Workspace) -> None:
    history(workspace)
    app = PlaybookApp(workspace)
    async with app.run_test(size=(190, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "3", "slash", *typing("website"), "enter")
        shown = rendered(app)
        assert "3 earlier runs" in shown
        assert "target met 1 of 2" in " ".join(shown.split())
        assert "7 days after the target" in " ".join(shown.split())
        await press(pilot, "a", *typing("Luz"), "enter", "enter", "enter")
        assert "3 earlier runs · 10 to 20 working days" in rendered(app)


def test_f22_look_back_on_the_command_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, workspace: Workspace
) -> None:
    history(workspace)
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
    assert "sol/website" in good("look-back", "website")
    found = json.loads(good("look-back", "website", "--json"))
    assert [run["late_by"] for run in found] == [None, 7, 0]
    assert json.loads(good("look-back", "onboarding", "--json")) == []
