"""Working days in the workspace: what is set, what is closed, and runs dated anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from playbook.core.calendar import Calendar
from playbook.core.problems import Refusal
from playbook.store import holidays, journal
from playbook.words import use_language
from playbook.workspace import Workspace
from playbook.workspace.calendars import CalendarChange
from tests.workspaces import add_playbook, allowed, make_workspace, start

BD = """title = "Days"
[[section]]
title = "All"
step = [
  { id = "first", title = "First", due = "start + 1bd" },
  { id = "later", title = "Later", due = "start + 10bd" },
]
"""
XMAS, EVE = date(2026, 12, 25), date(2026, 12, 24)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "days", BD)
    yield made
    made.close()


@contextmanager
def counted(workspace: Workspace) -> Iterator[list[str]]:
    """The statements carried out meanwhile."""
    said: list[str] = []
    connection = workspace.store._connection
    connection.set_trace_callback(said.append)
    yield said
    connection.set_trace_callback(None)


def dues(workspace: Workspace, name: str) -> list[str]:
    """The stored dates of a run."""
    query = "select due from step join run on run.id = step.run where run.name = ? order by step_id"
    return [row[0] for row in workspace.store.read(query, (name,))]


def changed(outcome: CalendarChange | Refusal, runs: int = 0) -> None:
    change = allowed(outcome)
    assert (change.is_changed, change.runs) == (True, runs)


def test_nothing_set_is_monday_to_friday_here(workspace: Workspace) -> None:
    assert workspace.calendars.base() == Calendar(UTC)
    assert workspace.calendars.of("ES") == Calendar(UTC)
    assert workspace.calendars.upcoming() == []
    assert workspace.calendars.place() == ("", "")


def test_what_is_set_closes_days(workspace: Workspace) -> None:
    calendars = workspace.calendars
    changed(calendars.set({"country": "Spain", "region": "madrid", "week": "lunes a jueves"}))
    changed(calendars.off([EVE]))
    base = calendars.base()
    assert base.work_week == {0, 1, 2, 3}
    assert {XMAS, EVE, date(2024, 12, 25), date(2031, 12, 25)} <= base.closed
    assert date(2023, 12, 25) not in base.closed
    assert [day for day, _ in calendars.upcoming(2)] == [date(2026, 12, 7), date(2026, 12, 8)]
    assert calendars.place() == ("Spain", "Madrid")
    changed(calendars.on([EVE]))
    assert EVE not in calendars.base().closed


def test_what_is_set_at_once_is_one_batch_with_what_was_before(workspace: Workspace) -> None:
    changed(workspace.calendars.set({"country": "ES", "region": "MD"}))
    changed(workspace.calendars.set({"country": "MX"}))
    ops = journal.operations_of_calendar(workspace.store)
    assert [dict(op.body) for op in ops] == [
        {"key": "country", "value": "ES", "old": ""}, {"key": "region", "value": "MD", "old": ""},
        {"key": "country", "value": "MX", "old": "ES"}, {"key": "region", "value": "", "old": "MD"},
    ]  # fmt: skip
    assert len({op.batch for op in ops}) == 2
    assert {(op.client, op.run, op.step, op.by) for op in ops} == {("", "", "", "Ana")}


@pytest.mark.parametrize(("values", "code"), [
    ({"country": "Spian"}, "calendar-country"), ({"country": "ES", "region": "zz"}, "calendar-region"),
    ({"region": "MD"}, "calendar-region-alone"), ({"country": "MX", "week": "x"}, "calendar-week"),
    ({"country": "MX", "zone": "UTC"}, "calendar-key"),
])  # fmt: skip
def test_all_or_nothing(workspace: Workspace, values: dict[str, str], code: str) -> None:
    refused = workspace.calendars.set(values)
    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert journal.operations_of_calendar(workspace.store) == []
    assert workspace.store.read("select * from holiday_year") == []


def test_a_client_elsewhere_closes_its_national_holidays_as_well(workspace: Workspace) -> None:
    changed(workspace.calendars.set({"country": "ES", "region": "MD"}))
    allowed(workspace.clients.add("Casa", {"country": "MX"}))
    base, theirs = workspace.calendars.base(), workspace.calendars.of("MX")
    revolution = date(2026, 11, 16)
    assert revolution in theirs.closed
    assert revolution not in base.closed
    assert base.closed < theirs.closed
    assert workspace.calendars.mark("MX") != workspace.calendars.mark("")
    assert workspace.calendars.mark("XX") == workspace.calendars.mark("")


def test_why_a_day_is_closed(workspace: Workspace) -> None:
    calendars = workspace.calendars
    use_language("es")
    changed(calendars.set({"country": "ES"}))
    allowed(workspace.clients.add("Casa", {"country": "MX"}))
    use_language("en")
    changed(calendars.off([EVE]))
    assert calendars.closed_because(XMAS) == "Natividad del Señor (ES)"
    assert calendars.closed_because(EVE) == "your day off"
    assert calendars.closed_because(date(2026, 11, 28)) == "Sat is outside your work week"
    assert calendars.closed_because(date(2026, 11, 16)) == ""
    assert calendars.closed_because(date(2026, 11, 16), "MX") == "Día de la Revolución (MX)"
    for day in (date.fromordinal(XMAS.toordinal() + n) for n in range(-60, 60)):
        assert bool(calendars.closed_because(day, "MX")) is calendars.of("MX").is_closed(day)


def test_holidays_are_looked_up_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(workspace.calendars.set({"country": "ES"}))
    asked: list[tuple[str, str, list[int]]] = []

    def found(country: str, region: str, years: frozenset[int], language: str) -> dict[date, str]:
        asked.append((country, region, sorted(years)))
        return {}

    monkeypatch.setattr("playbook.calendars.holidays_of", found)
    allowed(workspace.clients.add("Casa", {"country": "ES"}))
    allowed(workspace.clients.add("Dom", {"country": "XX"}))
    allowed(workspace.clients.add("Era", {"country": "XX"}))
    assert asked == [("XX", "", list(range(2024, 2032)))]
    with workspace.store.write() as tx:
        tx.execute("delete from holiday_year where year = 2031")
        workspace.calendars.ensure_years(tx, "ES")
        workspace.calendars.ensure_years(tx, "")
    assert asked[1:] == [("ES", "", [2031])]
    allowed(workspace.calendars.set({"country": "es"}))
    assert asked[2:] == [("ES", "", list(range(2024, 2032)))]
    assert workspace.calendars.base().closed == frozenset()


# Dating anew.


def test_open_runs_follow_the_calendar_and_its_undo(workspace: Workspace) -> None:
    start(workspace, "days", "Acme")
    start(workspace, "days", "Acme")
    assert dues(workspace, "acme/days") == ["2026-11-24", "2026-12-07"]
    changed(workspace.calendars.off([date(2026, 11, 24)]), runs=2)
    assert dues(workspace, "acme/days") == dues(workspace, "acme/days-2") == ["2026-11-25", "2026-12-08"]
    changed(workspace.calendars.set({"country": "ES"}), runs=2)
    assert dues(workspace, "acme/days") == ["2026-11-25", "2026-12-09"]
    allowed(workspace.runs.undo())
    assert dues(workspace, "acme/days") == ["2026-11-25", "2026-12-08"]
    allowed(workspace.runs.undo())
    assert dues(workspace, "acme/days") == ["2026-11-24", "2026-12-07"]
    allowed(workspace.runs.redo())
    assert dues(workspace, "acme/days") == ["2026-11-25", "2026-12-08"]
    assert workspace.calendars.rederive() == 0


def test_runs_that_are_over_keep_their_dates(workspace: Workspace) -> None:
    sheet = start(workspace, "days", "Acme")
    allowed(workspace.runs.abandon(sheet.run.id, "no"))
    before = dues(workspace, "acme/days")
    changed(workspace.calendars.off([date(2026, 11, 24)]), runs=0)
    assert dues(workspace, "acme/days") == before


def test_in_slices_until_all_are_right(workspace: Workspace) -> None:
    for n in range(5):
        start(workspace, "days", f"Client {n}")
    assert workspace.calendars.rederive() == 0
    with workspace.store.write() as tx:
        tx.execute("update run set calendar = 'another'")
        tx.execute("delete from setting where key = 'calendar'")
    assert [workspace.calendars.rederive(2) for _ in range(4)] == [2, 2, 1, 0]
    assert set(workspace.store.read("select calendar from run")) == {(workspace.calendars.mark(""),)}


def test_a_run_whose_operations_are_gone_does_not_hold_it_up(workspace: Workspace) -> None:
    start(workspace, "days", "Acme")
    with workspace.store.write() as tx:
        tx.execute("update run set calendar = 'another'")
        tx.execute("delete from operation where kind = 'start'")
        tx.execute("delete from setting where key = 'calendar'")
    assert workspace.calendars.rederive() == 1
    assert workspace.calendars.rederive() == 0


def test_when_nothing_changed_it_costs_one_query(workspace: Workspace) -> None:
    start(workspace, "days", "Acme")
    workspace.calendars.rederive()
    workspace.calendars.forget()
    with counted(workspace) as said:
        assert workspace.calendars.rederive() == 0
        workspace.calendars.freshen()
    assert len(said) == 1
    with counted(workspace) as said:
        workspace.calendars.base()
        workspace.calendars.freshen()
    assert len(said) <= 3
    with counted(workspace) as said:
        workspace.calendars.base()
        workspace.calendars.mark("")
    assert said == []


def test_today_needs_nothing_of_it(workspace: Workspace) -> None:
    start(workspace, "days", "Acme")
    workspace.calendars.forget()
    with counted(workspace) as said:
        workspace.lists.today()
    assert said
    assert not [query for query in said if "holiday" in query or "operation" in query]


def test_a_new_year_brings_its_holidays(workspace: Workspace, tmp_path: Path) -> None:
    changed(workspace.calendars.set({"country": "ES"}))
    start(workspace, "days", "Acme")
    workspace.calendars.rederive()
    later = make_workspace(tmp_path, now=datetime(2027, 1, 4, 9, tzinfo=UTC))
    assert date(2032, 12, 25) not in later.calendars.base().closed
    assert later.calendars.rederive() == 1
    assert {XMAS, date(2024, 12, 25), date(2032, 12, 25)} <= later.calendars.base().closed
    assert later.calendars.rederive() == 0
    later.close()


def test_a_clients_country_dates_its_runs_anew(workspace: Workspace) -> None:
    acme, other = start(workspace, "days", "Acme"), start(workspace, "days", "Other")
    before = dues(workspace, "acme/days")
    client = allowed(workspace.clients.set(acme.run.client_id, {"country": "ES"}))
    assert dues(workspace, "acme/days") == ["2026-11-24", "2026-12-07"]
    assert holidays.years_of(workspace.store, "ES", "") == set(range(2024, 2032))
    with workspace.store.write() as tx:
        assert workspace.calendars.redate_client(tx, client) == 0
    allowed(workspace.clients.set(acme.run.client_id, {"country": "US"}))
    assert dues(workspace, "acme/days") == ["2026-11-24", "2026-12-08"]
    assert dues(workspace, other.run.name) == before


def test_another_program_is_seen_after_freshening(workspace: Workspace, tmp_path: Path) -> None:
    other = make_workspace(tmp_path)
    assert other.calendars.base().closed == frozenset()
    changed(workspace.calendars.off([EVE]))
    other.calendars.freshen()
    assert other.calendars.base().closed == {EVE}
    other.close()


def test_a_change_that_fails_is_not_remembered(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("playbook.store.holidays.keep", failing)
    with pytest.raises(OSError):
        workspace.calendars.set({"country": "ES"})
    assert workspace.calendars.working_time().country == ""
    assert journal.operations_of_calendar(workspace.store) == []
