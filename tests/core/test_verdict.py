"""Bad news: now, at tomorrow's check-in, or after a short attempt to mend it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.calendar import Calendar
from playbook.core.verdict import verdict

CALENDAR = Calendar(zone=ZoneInfo("Europe/Madrid"))
FRIDAY = datetime(2026, 11, 27, 9, tzinfo=UTC)  # ten in the morning there


def code(
    check_in: date | datetime | None, now: datetime = FRIDAY, *, mendable: bool = False
) -> tuple[str, str]:
    found = verdict(["time"], now, check_in, CALENDAR, mendable=mendable)
    return found.code, found.because


def test_fridays_news_with_a_check_in_on_monday_is_told_on_friday() -> None:
    assert code(date(2026, 11, 30)) == ("tell-now", "check-in-later")
    assert code(datetime(2026, 11, 30, 8, tzinfo=UTC)) == ("tell-now", "check-in-later")


@pytest.mark.parametrize(("check_in", "said"), [
    (None, ("tell-now", "check-in-unknown")),
    (date(2026, 11, 28), ("may-wait", "check-in-tomorrow")),
    (datetime(2026, 11, 28, 9, tzinfo=UTC), ("may-wait", "check-in-tomorrow")),
    (datetime(2026, 11, 28, 9, 1, tzinfo=UTC), ("tell-now", "over-a-day")),
    (date(2026, 11, 27), ("may-wait", "check-in-today")),
    (datetime(2026, 11, 27, 8, tzinfo=UTC), ("tell-now", "check-in-later")),  # it was this morning
    (date(2026, 11, 29), ("tell-now", "check-in-later")),
])  # fmt: skip
def test_it_waits_for_tomorrow_only(check_in: date | datetime | None, said: tuple[str, str]) -> None:
    assert code(check_in) == said


def test_the_hours_until_the_check_in_are_told() -> None:
    assert verdict(["cost"], FRIDAY, FRIDAY + timedelta(hours=22, minutes=30), CALENDAR).hours == 22


def test_what_is_no_worse_than_they_expect_is_no_bad_news() -> None:
    assert verdict([], FRIDAY, None, CALENDAR).code == "no-news"


def test_a_time_box_is_two_hours_and_never_past_the_end_of_the_day() -> None:
    assert verdict(["quality"], FRIDAY, None, CALENDAR, mendable=True).until == FRIDAY + timedelta(hours=2)
    late = datetime(2026, 11, 27, 16, 30, tzinfo=UTC)
    assert verdict(["quality"], late, None, CALENDAR, mendable=True).until == datetime(
        2026, 11, 27, 17, tzinfo=UTC
    )
    assert code(None, datetime(2026, 11, 27, 17, tzinfo=UTC), mendable=True) == (
        "tell-now",
        "check-in-unknown",
    )


@given(st.integers(0, 23), st.integers(0, 200))
def test_nobody_hears_bad_news_more_than_a_day_late(hour: int, ahead: int) -> None:
    now = datetime(2026, 11, 27, hour, tzinfo=UTC)
    check_in = now + timedelta(hours=ahead)
    if verdict(["time"], now, check_in, CALENDAR).code == "may-wait":
        assert ahead <= 24
        assert (CALENDAR.day_of(check_in) - CALENDAR.day_of(now)).days <= 1
