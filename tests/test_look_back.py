"""F22: promised against actual for earlier runs of the same playbook, by figures worked out by hand."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.clock import Clock
from playbook.core.calendar import Calendar
from playbook.core.look_back import PastRun, working_days
from playbook.screens.playbooks import PlaybooksScreen
from playbook.screens.run import RunScreen
from playbook.words import speaking
from playbook.words.look_back import before_a_start, run_cells, summary_words, when_words
from playbook.workspace import Workspace
from playbook.workspace.looking_back import earlier
from playbook.workspace.starting import StartForm
from tests.cli.calling import bad, good
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
[[section.step]]
id = "shop"
title = "Open the shop"
when = { field = "sells", is = true }
[[section.step]]
id = "praise"
title = "Praise them"
[[section.step]]
id = "train"
title = "Train them"
[[field]]
id = "sells"
label = "Do they sell?"
kind = "yes-no"
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
        allowed(workspace.runs.finish(run.id, "done enough"))
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


def assert_same_after_a_rebuild(workspace: Workspace) -> None:
    before = earlier(workspace, "website")
    workspace.care.rebuild()
    assert earlier(workspace, "website") == before


def test_f22_look_back_by_hand(workspace: Workspace) -> None:
    history(workspace)
    found = earlier(workspace, "website")
    assert [(run.client_name, run.is_finished, run.working_days, run.days, run.late_by) for run in found.runs] == [
        ("Rio", False, 15, 19, None), ("Mar", True, 10, 12, None), ("Sol", True, 20, 26, 7), ("Luz", True, 10, 12, 0),
    ]  # fmt: skip
    assert (found.finished, found.abandoned) == (3, 1)
    assert (found.shortest, found.longest, found.usual) == (10, 20, 10)
    assert (found.with_target, found.target_met) == (2, 1)
    assert (found.promises, found.kept, found.moved) == (8, 4, 0)  # what is still open is not counted
    assert all(run.promises == {"": 1, "missed": 1, "on-time": 1} for run in found.runs)
    assert earlier(workspace, "onboarding").runs == ()
    assert_same_after_a_rebuild(workspace)


def test_f22_what_was_left_out_and_left_open(workspace: Workspace) -> None:
    """The shop is hidden from who does not sell, and counts nowhere."""
    run_id = finished(workspace, "Luz", "2026-10-05", "2026-10-16", ends="")
    allowed(workspace.runs.skip(run_id, "praise", "no time"))
    allowed(workspace.runs.skip(run_id, "train", "they know it", fits=False))
    allowed(workspace.runs.finish(run_id))
    finished(workspace, "Sol", "2026-10-12", "2026-10-19")
    runs = earlier(workspace, "website").runs
    assert {run.client_name: (run.left_open, run.left_out) for run in runs} == {
        "Luz": (0, {"skipped": 1, "n/a": 1}), "Sol": (2, {}),
    }  # fmt: skip
    assert_same_after_a_rebuild(workspace)


def test_f22_how_promises_end_is_told_apart(workspace: Workspace) -> None:
    """Theirs are not ours, and what was promised outside the run is not the run's."""
    run_id = finished(workspace, "Luz", "2026-10-05", "2026-10-16", ends="")
    client, ledger = allowed(workspace.clients.find("Luz")), workspace.ledger
    allowed(ledger.close(client, 3, "moved", on="2026-10-20"))
    early = allowed(ledger.log(client, "promise", "the logo", {"on": "2026-10-30"}, run_id=run_id))
    allowed(ledger.close(client, early.entries[0].n, "early"))
    allowed(ledger.log(client, "promise", "photos", {"on": "2026-10-30"}, run_id=run_id, owner="client"))
    allowed(ledger.log(client, "promise", "elsewhere", {"on": "2026-10-30"}))
    allowed(workspace.runs.finish(run_id, "done enough"))
    found = earlier(workspace, "website")
    assert [run.promises for run in found.runs] == [{"early": 1, "missed": 1, "moved": 1, "on-time": 1}]
    assert (found.promises, found.kept, found.moved) == (4, 2, 1)
    assert_same_after_a_rebuild(workspace)


def test_f22_a_run_that_goes_on_again_is_not_over(workspace: Workspace) -> None:
    run_id = finished(workspace, "Luz", "2026-10-05", "2026-10-16")
    allowed(workspace.runs.reopen_run(run_id))
    assert earlier(workspace, "website").runs == ()
    at(workspace, "2026-10-23")
    allowed(workspace.runs.finish(run_id, "done enough"))
    assert [run.working_days for run in earlier(workspace, "website").runs] == [15]
    allowed(workspace.runs.undo(run_id))
    assert earlier(workspace, "website").runs == ()
    assert_same_after_a_rebuild(workspace)


def test_f22_of_one_client_alone(workspace: Workspace) -> None:
    history(workspace)
    found = earlier(workspace, "website", allowed(workspace.clients.find("Sol")))
    assert [run.name for run in found.runs] == ["sol/website"]
    assert (found.promises, found.kept) == (2, 1)


def test_f22_over_before_the_day_it_was_to_count_from(workspace: Workspace) -> None:
    """It is counted from the day it was begun on."""
    at(workspace, "2026-10-05")
    allowed(workspace.clients.add("Luz"))
    run = allowed(workspace.runs.start(StartForm("website", "Luz", start="2026-11-02"))).run
    at(workspace, "2026-10-07")
    allowed(workspace.runs.finish(run.id, "done enough"))
    [over] = earlier(workspace, "website").runs
    assert (over.start, over.end, over.working_days) == (date(2026, 10, 5), date(2026, 10, 7), 3)


def test_f22_no_usual_length_of_fewer_than_three(workspace: Workspace) -> None:
    finished(workspace, "Luz", "2026-10-05", "2026-10-16")
    finished(workspace, "Sol", "2026-10-05", "2026-10-19")
    finished(workspace, "Mar", "2026-10-05", "2026-10-23", ends="abandon")
    found = earlier(workspace, "website")
    assert (found.shortest, found.longest, found.usual) == (10, 11, None)
    assert summary_words(found)[:2] == ["2 earlier runs", "10 to 11 working days"]


def test_f22_the_usual_length_is_the_middle(workspace: Workspace) -> None:
    for client, end in (("A", "2026-10-05"), ("B", "2026-10-08"), ("C", "2026-10-14"), ("D", "2026-10-30")):
        finished(workspace, client, "2026-10-05", end)  # 1, 4, 8 and 20 working days
    assert earlier(workspace, "website").usual == 6


def test_f22_working_days_are_counted_with_both_ends() -> None:
    days = Calendar(closed=frozenset({date(2026, 11, 24)}))
    assert working_days(date(2026, 11, 23), date(2026, 11, 27), days) == 4
    assert working_days(date(2026, 11, 28), date(2026, 11, 28), days) == 1  # a Saturday alone
    assert working_days(date.min, date.max, days) == 2_608_614  # no day is looked at one by one


DAYS = st.dates(date(2026, 10, 1), date(2027, 2, 1))


@given(DAYS, DAYS, st.frozensets(st.integers(0, 6)), st.frozensets(DAYS, max_size=9))
def test_f22_working_days_are_those_that_are_not_closed(
    start: date, end: date, week: frozenset[int], closed: frozenset[date]
) -> None:
    calendar = Calendar(work_week=week, closed=closed)
    between = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    assert working_days(start, end, calendar) == max(1, sum(not calendar.is_closed(day) for day in between))


@pytest.mark.parametrize(("runs", "said"), [
    ([], ""),
    ([(24, None)], "The last one took 24 working days."),
    ([(1, 0)], "The last one took 1 working day; the target was met."),
    ([(24, 2)], "The last one took 24 working days; the target was not met."),
    ([(24, None), (31, None)], "The last 2 took 24 and 31 working days."),
    ([(24, 0), (31, 3), (18, 1)], "The last 3 took 24, 31 and 18 working days; the target was met once."),
    ([(24, 0), (31, -3), (18, 1), (9, 0)], "The last 3 took 24, 31 and 18 working days; the target was met 2 times."),
    ([(24, 4), (31, 3), (18, 1)], "The last 3 took 24, 31 and 18 working days; the target was not met."),
    ([(24, 0), (31, 3), (18, None)], "The last 3 took 24, 31 and 18 working days; targets met: 1 of 2."),
    ([None], "The last run was abandoned."),
    ([None, None], "The last 2 runs were abandoned."),
    ([None, (24, 0)], "The last one took 24 working days; the target was met."),
])  # fmt: skip
def test_f22_what_is_said_before_a_start(runs: list[tuple[int, int | None] | None], said: str) -> None:
    """Each run: its working days and how late it was; None for an abandoned one."""
    assert before_a_start([past(*run) if run else past(9, None, is_finished=False) for run in runs]) == said


def past(length: int, late: int | None, *, is_finished: bool = True) -> PastRun:
    day = date(2026, 11, 20)
    target = None if late is None else day - timedelta(days=late)
    return PastRun("r", "acme/website", "Acme", is_finished, day, day, target, length, 0, {}, {})


def test_f22_a_run_in_words() -> None:
    promises = {"early": 1, "on-time": 2, "moved": 1, "missed": 1, "": 2}
    run = past(10, -2)._replace(
        start=date(2025, 12, 29), left_open=3, left_out={"skipped": 1, "n/a": 2}, promises=promises
    )
    assert run_cells(run, date(2027, 1, 5)) == (
        "acme/website", "Mon 29 Dec 2025 – Fri 20 Nov 2026", "10 working days (327 days)", "2 days before the target",
        "promises: kept 3, moved with notice 1, missed 1, still open 2", "steps: skipped 1, n/a 2, left open 3",
    )  # fmt: skip
    assert run_cells(past(1, None, is_finished=False), date(2026, 11, 23))[2:] == (
        "1 working day (1 day)", "abandoned", "", "",
    )  # fmt: skip
    assert when_words(past(1, None), date(2027, 1, 5)) == "Fri 20 Nov 2026"
    days = past(1, None)._replace(start=date(2026, 11, 16))
    assert when_words(days, date(2027, 1, 5)) == "Mon 16 Nov – Fri 20 Nov 2026"
    with speaking("es"):
        assert run_cells(run, date(2027, 1, 5)) == (
            "acme/website", "lun 29 dic 2025 – vie 20 nov 2026", "10 días hábiles (327 días)", "2 días antes de su fecha",
            "compromisos: cumplidos 3, aplazados con aviso 1, incumplidos 1, aún abiertos 2",
            "pasos: omitidos 1, no aplican 2, pendientes 3",
        )  # fmt: skip
        assert before_a_start([past(24, 0), past(31, 3), past(18, 1)]) == (
            "Las últimas 3 veces llevó 24, 31 y 18 días hábiles; la fecha objetivo se cumplió una vez."
        )


@asynccontextmanager
async def on_website(
    workspace: Workspace, *keys: str, wide: int = 190
) -> AsyncIterator[tuple[PlaybookApp, Pilot[int]]]:
    """The app on Playbooks at the website, with further keys pressed."""
    app = PlaybookApp(workspace)
    async with app.run_test(size=(wide, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "3", "slash", *typing("website"), "enter", *keys)
        yield app, pilot


def lines(app: PlaybookApp) -> list[str]:
    return [" ".join(text.split()) for text in rendered(app).splitlines()]


async def test_f22_look_back_stands_on_the_playbook_and_before_a_start(workspace: Workspace) -> None:
    history(workspace)
    async with on_website(workspace) as (app, pilot):
        shown = " ".join(lines(app))
        assert "3 earlier runs · 10 to 20 working days · usually 10 · target met 1 of 2" in shown
        await press(pilot, "a", *typing("Luz"), "enter", "enter", "enter", "enter")
        assert "The last 3 took 10, 20 and 10 working days; targets met: 1 of 2." in rendered(app)


async def test_f22_nothing_is_said_before_the_first_start(workspace: Workspace) -> None:
    async with on_website(workspace, "a", *typing("Luz"), "enter", "enter", "enter", "enter") as (
        app,
        _pilot,
    ):
        assert "Praise them" in rendered(app)
        assert "The last" not in rendered(app)


async def test_f22_h_lists_the_earlier_runs_and_enter_opens_one(workspace: Workspace) -> None:
    history(workspace)
    async with on_website(workspace, "h") as (app, pilot):
        assert "Earlier runs › Website" in lines(app)
        assert "promises kept 4 of 8 · 1 run abandoned" in lines(app)
        listed = [text.lstrip("▌ ") for text in lines(app) if "–" in text]
        assert [text.split()[0] for text in listed] == ["Rio", "Mar", "Sol", "Luz"]
        assert "15 working days abandoned Mon 2 Nov – Fri 20 Nov kept 1, missed 1, still open 1" in listed[0]
        assert "20 working days 7 days after the target Mon 12 Oct – Fri 6 Nov" in listed[2]
        assert "left open 2" in listed[2]
        await press(pilot, "slash", *typing("sol"), "enter", "enter")
        assert isinstance(app.screen, RunScreen)
        assert any(text.startswith("Sol › Website") for text in lines(app))
        await press(pilot, "escape", "escape", "escape")
        assert isinstance(app.screen, PlaybooksScreen)


async def test_f22_on_a_narrow_screen_the_length_and_the_target_stay(workspace: Workspace) -> None:
    history(workspace)
    async with on_website(workspace, "h", wide=80) as (app, _pilot):
        assert "Sol 20 working days 7 days after the target" in lines(app)
        assert "3 earlier runs · 10 to 20 working days · usually 10 · target met 1 of 2" in lines(app)
        assert "promises kept 4 of 8 · 1 run abandoned" in lines(app)


async def test_f22_the_list_of_none_says_what_will_stand_there(workspace: Workspace) -> None:
    async with on_website(workspace, "h") as (app, _pilot):
        assert "No run of this playbook has ended yet." in rendered(app)


def test_f22_look_back_on_the_command_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, workspace: Workspace
) -> None:
    history(workspace)
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-23T09:00")
    *rows, blank, summary = good("look-back", "website").splitlines()
    assert [row.split()[0] for row in rows] == ["rio/website", "mar/website", "sol/website", "luz/website"]
    assert " ".join(rows[2].split()) == (
        "sol/website Mon 12 Oct – Fri 6 Nov 20 working days (26 days) 7 days after the target "
        "promises: kept 1, missed 1, still open 1 steps: left open 2"
    )
    assert (blank, summary) == ("", (
        "3 earlier runs · 10 to 20 working days · usually 10 · target met 1 of 2 · promises kept 4 of 8 · 1 run abandoned"
    ))  # fmt: skip
    assert "1 earlier run · 20 working days" in good("look-back", "website", "--client", "sol")
    assert good("look-back", "onboarding") == ""
    workspace.locations.library.joinpath("website.toml").unlink()
    assert "sol/website" in good("look-back", "website"), "its file is gone, its runs are not"
    assert "webseite" in bad("look-back", "webseite")


def test_f22_look_back_for_programs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, workspace: Workspace
) -> None:
    history(workspace)
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
    found = json.loads(good("look-back", "website", "--json"))
    assert [(run["state"], run["late_by"]) for run in found["runs"]] == [
        ("abandoned", None), ("finished", None), ("finished", 7), ("finished", 0),
    ]  # fmt: skip
    assert found["runs"][2]["promises"] == {"on-time": 1, "missed": 1, "open": 1}
    assert found["runs"][2]["steps"] == {"skipped": 0, "n/a": 0, "left_open": 2}
    assert found["working_days"] == {"shortest": 10, "usual": 10, "longest": 20}
    assert (found["target"], found["promises"]) == ({"met": 1, "of": 2}, {"kept": 4, "moved": 0, "of": 8})
    nothing = json.loads(good("look-back", "onboarding", "--json"))
    assert (nothing["runs"], nothing["working_days"]) == ([], None)
