"""The made-up home: whole, plausible at any now, and the same every time."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from playbook.clock import local_zone, open_clock
from playbook.config import Config
from playbook.core.calendar import from_stamp
from playbook.core.problems import Refusal
from playbook.locations import Locations
from playbook.workspace import Workspace
from playbook.workspace.demo import fill_home
from playbook.workspace.demo.cast import firm
from playbook.workspace.demo.trades import TRADES

MADRID = ZoneInfo("Europe/Madrid")
WEDNESDAY = "2026-11-18T10:00"
DERIVED = ("client", "run", "step", "entry", "version", "version_step", "tally", "taken")


def filled(home: Path, clients: int, now: str = WEDNESDAY) -> Workspace:
    """A home made in Madrid at `now`, opened at the same moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYBOOK_NOW", now)
        patch.setenv("TZ", "Europe/Madrid")
        fill_home(home, clients)
        places = Locations(home / "config", home / "data", home / "state", home / "cache")
        return Workspace(places, open_clock(local_zone()), Config(), me="Ana")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Four clients on a Wednesday morning."""
    workspace = filled(tmp_path_factory.mktemp("demo"), 4)
    yield workspace
    workspace.close()


def journal(workspace: Workspace) -> list[dict[str, Any]]:
    """Every change, without the ids that differ from home to home."""
    rows = workspace.store.read("select at, by, kind, step, undoes <> '', body from operation order by seq")
    names = ("at", "by", "kind", "step", "undoes")
    return [
        {**dict(zip(names, row, strict=False)), "body": re.sub(r"[0-9a-f]{32}", "", row[-1])} for row in rows
    ]


def test_is_whole(demo: Workspace) -> None:
    checkup = demo.care.check()
    assert checkup.problems == ()
    assert checkup.operations > 300


def test_today_has_rows_in_each_lane(demo: Workspace) -> None:
    page = demo.lists.today()
    assert all((page.overdue, page.today, page.week, page.waiting))
    assert page.clients == 4


def test_some_runs_are_over_and_one_is_ready_to_finish(demo: Workspace) -> None:
    runs = demo.lists.runs(ended=True)
    assert {run.state for run in runs} >= {"open", "finished"}
    assert any(run.state == "open" and run.done == run.total for run in runs)
    assert any(run.name.endswith("/onboarding-2") for run in runs)


def test_what_the_lists_show_is_what_the_journal_says(tmp_path: Path) -> None:
    workspace = filled(tmp_path, 4)
    before = {table: sorted(workspace.store.read(f"select * from {table}"), key=repr) for table in DERIVED}
    workspace.care.rebuild()
    for table, rows in before.items():
        assert rows, table
        assert sorted(workspace.store.read(f"select * from {table}"), key=repr) == rows, table
    workspace.close()


def test_the_same_now_gives_the_same_texts(demo: Workspace, tmp_path: Path) -> None:
    again = filled(tmp_path, 4)
    assert journal(again) == journal(demo)
    again.close()


def test_changes_come_in_order_at_working_hours_up_to_now(demo: Workspace) -> None:
    stamps = [row["at"] for row in journal(demo)]
    assert stamps == sorted(stamps)
    assert stamps[-1] <= "2026-11-18T09:00:00Z"
    for stamp in set(stamps):
        moment = from_stamp(stamp, UTC)
        assert isinstance(moment, datetime)
        local = moment.astimezone(MADRID)
        assert local.weekday() < 5, stamp
        assert time(8) <= local.time() < time(19), stamp


def test_every_name_in_a_text_is_filled_in(demo: Workspace) -> None:
    for row in journal(demo):
        assert not re.search(r"\{\w+\}", json.dumps(json.loads(row["body"]))), row["body"]


def test_no_step_is_done_without_its_required_answers(demo: Workspace) -> None:
    for row in demo.lists.runs(ended=True):
        opened = demo.runs.open(row.id)
        assert not isinstance(opened, Refusal)
        done = [step for step in opened.sheet.view.steps.values() if step.progress.state == "done"]
        assert [step.step.id for step in done if step.missing] == [], row.name


@pytest.mark.parametrize("now", ["2026-11-20T18:30", "2026-11-22T09:00", "2028-02-29T23:30"])
def test_the_mix_is_good_at_any_now(tmp_path: Path, now: str) -> None:
    workspace = filled(tmp_path, 12, now)
    page = workspace.lists.today()
    assert 2 <= len(page.overdue) <= 5
    assert 2 <= len(page.today) <= 8
    assert 5 <= len(page.week) <= 12
    assert page.waiting
    assert any(row.locked for row in (*page.overdue, *page.today, *page.week))
    workspace.close()


def test_no_two_clients_share_a_name() -> None:
    firms = [firm(number) for number in range(2000)]
    assert len({one.slug for one in firms}) == len({one.name for one in firms}) == 2000
    assert all(one.slug for one in firms)
    assert {one.trade for one in firms} == set(TRADES.values())
