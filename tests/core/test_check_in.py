"""The next check-in: the earliest talk about progress that is to come."""

from datetime import UTC, date, datetime

import pytest

from playbook.core.calendar import Calendar
from playbook.core.check_in import next_check_in
from playbook.core.client import Entry
from playbook.core.decide import Sheet
from tests.builders import make_operation, make_playbook, make_run, make_step, sheet_of

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
AT = "2026-11-25T10:00:00Z"


def sheet(*steps: tuple[str, str, str, str]) -> Sheet:
    """A run begun today with steps: id, due, channel, topic."""
    made = [make_step(name, due=(due,), channel=channel, topic=topic) for name, due, channel, topic in steps]
    return sheet_of(make_run(make_playbook(*made), start="2026-11-25"))


def entry(kind: str, on: str, outcome: str | None = None, **values: str) -> Entry:
    return Entry(1, kind, AT, "Ana", on, "x", "us", "", "", values, outcome)


def found(*sheets: Sheet, entries: tuple[Entry, ...] = ()) -> object:
    return next_check_in(sheets, entries, NOW, Calendar())


def test_only_a_talk_about_progress_counts() -> None:
    assert found() is None
    assert (
        found(sheet(("mail", "start + 1d", "email", "progress"), ("money", "start + 1d", "call", "money")))
        is None
    )
    assert found(sheet(("talk", "start + 1d", "call", "progress"))) == date(2026, 11, 26)


def test_the_earliest_over_all_runs_counts_and_what_is_done_does_not() -> None:
    both = (
        sheet(("late", "start + 9d", "call", "progress")),
        sheet(("soon", "start + 2d", "video", "progress")),
    )
    assert found(*both) == date(2026, 11, 27)
    run = make_run(
        make_playbook(make_step("talk", due=("start + 1d",), channel="call", topic="progress")),
        start="2026-11-25",
    )
    from playbook.core.run import apply

    assert found(sheet_of(apply(run, make_operation("tick", "talk", {}, at=AT)))) is None


@pytest.mark.parametrize(("on", "expected"), [
    ("2026-11-24", None), ("2026-11-25", date(2026, 11, 25)), ("2026-11-25T09:59:00Z", None),
    ("2026-11-25T10:30:00Z", datetime(2026, 11, 25, 10, 30, tzinfo=UTC)),
])  # fmt: skip
def test_a_day_counts_until_it_is_over_and_an_hour_until_it_has_come(on: str, expected: object) -> None:
    assert found(entries=(entry("contact", on, channel="call", topic="progress"),)) == expected


def test_what_is_kept_for_a_check_in_says_its_day_until_it_was_told() -> None:
    assert found(entries=(entry("batch", "2026-11-30"),)) == date(2026, 11, 30)
    assert found(entries=(entry("batch", "2026-11-30", outcome="told"),)) is None
    assert found(entries=(entry("batch", AT),)) is None  # it has no day of its own


def test_on_one_day_the_hour_says_more_than_the_day() -> None:
    talk = entry("contact", "2026-11-30T15:00:00Z", channel="call", topic="progress")
    assert found(entries=(entry("batch", "2026-11-30"), talk)) == datetime(2026, 11, 30, 15, tzinfo=UTC)
