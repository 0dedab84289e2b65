from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.calendar import FIRST, LAST, Calendar, add_months, as_stamp, from_stamp, shift
from tests.core.properties import CALM, CLOSED, DAYS, NEAR_DAYS

MADRID = Calendar(zone=ZoneInfo("Europe/Madrid"))
NEW_YORK = Calendar(zone=ZoneInfo("America/New_York"))
TOKYO = Calendar(zone=ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(9999, 12, 1), 0, date(9999, 12, 1)),
        (date(9999, 11, 30), 1, date(9999, 12, 30)),
        (date(9999, 12, 1), 1, date.max),
        (date(1, 1, 31), -1, date.min),
    ],
)
def test_months_fall_to_the_last_day(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@CALM
@given(DAYS, st.integers(-60, 60))
def test_months_keep_the_day_or_end_the_month(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == day.day or (moved.day < day.day and shift(moved, 1).day == 1)


def test_shift_stops_at_the_ends() -> None:
    assert shift(date.max, 1) == date.max
    assert shift(date.min, -1) == date.min
    assert shift(date(2026, 2, 28), 1) == date(2026, 3, 1)


@CALM
@given(NEAR_DAYS, st.integers(-15, 15), CLOSED)
def test_working_days_agree_with_counting_them_one_by_one(
    day: date, count: int, closed: frozenset[date]
) -> None:
    calendar = Calendar(closed=closed)
    landed = calendar.add_working_days(day, count)
    between = [date.fromordinal(n) for n in range(*sorted((day.toordinal(), landed.toordinal())))]
    passed = [d for d in (*between, day, landed) if d != day and d.weekday() < 5 and d not in closed]
    assert len(set(passed)) == abs(count)
    assert count == 0 or not calendar.is_closed(landed)
    assert (landed > day) is (count > 0)


def test_a_closed_day_rolls_both_ways() -> None:
    calendar = Calendar(closed=frozenset({date(2026, 12, 25), date(2026, 12, 28)}))
    assert calendar.roll(date(2026, 12, 25), 1) == date(2026, 12, 29)
    assert calendar.roll(date(2026, 12, 28), -1) == date(2026, 12, 24)
    assert calendar.roll(date(2026, 12, 24), 1) == date(2026, 12, 24)


def test_another_work_week() -> None:
    calendar = Calendar(work_week=frozenset({6, 0, 1, 2, 3}))
    assert calendar.is_closed(date(2026, 11, 27))
    assert calendar.add_working_days(date(2026, 11, 26), 1) == date(2026, 11, 29)


def test_a_work_week_without_a_day_ends() -> None:
    calendar = Calendar(work_week=frozenset())
    assert calendar.add_working_days(date(2026, 11, 21), 3) == date(2026, 11, 24)


def test_years_without_an_open_day_end() -> None:
    closed = frozenset(date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(4000))
    assert Calendar(closed=closed).roll(date(2026, 1, 1), 1) > date(2035, 12, 31)


def test_counting_ends_where_the_calendar_does() -> None:
    saturdays = Calendar(work_week=frozenset({5}))
    assert saturdays.add_working_days(date(9999, 12, 30), 9999) == date.max
    assert saturdays.roll(date.max, 1) == date.max
    assert saturdays.roll(date(1, 1, 1), -1) == date.min


def test_clock_times_on_the_nights_the_clocks_change() -> None:
    assert MADRID.instant(date(2026, 10, 25), time(0)) == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert MADRID.instant(date(2026, 10, 25), time(9)) == datetime(2026, 10, 25, 8, tzinfo=UTC)
    not_there = MADRID.instant(date(2027, 3, 28), time(2, 30))
    assert MADRID.local(not_there).time() == time(3, 30)


def test_a_day_ends_where_the_manager_is() -> None:
    at = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert MADRID.day_of(at) == date(2026, 11, 24)
    assert NEW_YORK.day_of(at) == date(2026, 11, 23)
    assert MADRID.day_of_stamp("2026-11-23T23:30:00Z") == date(2026, 11, 24)
    assert MADRID.day_of_stamp("2026-11-23") == date(2026, 11, 23)


@pytest.mark.parametrize("calendar", [MADRID, NEW_YORK, TOKYO, Calendar()])
def test_calm_at_the_ends_of_the_calendar(calendar: Calendar) -> None:
    for day in (date.min, date.max):
        for clock in (time(0), time(9), time(23, 59, 59)):
            at = calendar.instant(day, clock)
            assert FIRST <= at <= LAST
            assert from_stamp(as_stamp(at)) == at
            assert abs((calendar.day_of(at) - day).days) <= 1


@CALM
@given(st.datetimes(timezones=st.just(UTC)))
def test_stamps_of_instants_round_trip(at: datetime) -> None:
    stamp = as_stamp(at)
    assert len(stamp) == 20
    assert from_stamp(stamp) == at.replace(microsecond=0)


@CALM
@given(st.dates())
def test_stamps_of_days_round_trip(day: date) -> None:
    found = from_stamp(as_stamp(day))
    assert found == day
    assert not isinstance(found, datetime)


def test_instants_are_read_into_utc() -> None:
    assert from_stamp("2026-11-24T15:00:00+01:00") == datetime(2026, 11, 24, 14, tzinfo=UTC)
    found = from_stamp("2026-11-24T15:00:00+01:00")
    assert isinstance(found, datetime)
    assert found.utcoffset() == UTC.utcoffset(None)
    assert from_stamp("2026-11-24T15:00", MADRID.zone) == datetime(2026, 11, 24, 14, tzinfo=UTC)
    assert from_stamp("2026-11-24T15:00") == datetime(2026, 11, 24, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-02-30", "2026-13-01", "2026-11-24T25:00:00Z", "0001-01-01T00:00+14:00", "9" * 5000],
)
def test_what_is_no_stamp(text: str) -> None:
    assert from_stamp(text) is None
