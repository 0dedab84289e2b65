"""Working days with real holidays, counted a second way: every open day of ten years in one list."""

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.calendars import holidays_of
from playbook.core.calendar import DAY, Calendar, mark_of
from playbook.core.schedule import DateRule, due_on
from tests.core.properties import CALM

FIRST, LAST = date(2022, 1, 1), date(2032, 12, 31)
"""A year more than the days that are tried, on either side."""

PLACES = (
    ("ES", "MD", "Europe/Madrid"), ("MX", "", "America/Mexico_City"), ("CO", "", "America/Bogota"),
    ("US", "", "America/New_York"), ("GB", "", "Europe/London"), ("DE", "", "Europe/Berlin"), ("FR", "", "Europe/Paris"),
    ("AR", "", "America/Argentina/Buenos_Aires"),
)  # fmt: skip

WEEKS = st.sampled_from([
    frozenset(range(5)), frozenset(range(6)), frozenset({6, 0, 1, 2, 3}), frozenset({0, 1, 3}), frozenset({5}),
])  # fmt: skip
TRIED = st.dates(date(2023, 6, 1), date(2031, 6, 30))
PLACE = st.sampled_from(PLACES)
ROLLS = st.sampled_from(["", "later", "earlier"])


@cache
def calendar_at(place: tuple[str, str, str], week: frozenset[int] = frozenset(range(5))) -> Calendar:
    """The calendar of a place with its public holidays."""
    country, region, zone = place
    closed = holidays_of(country, region, range(FIRST.year, LAST.year + 1), "en")
    assert len(closed) > 60
    return Calendar(ZoneInfo(zone), week, frozenset(closed))


@cache
def open_days(place: tuple[str, str, str], week: frozenset[int]) -> list[date]:
    """Every working day from first to last, numbered by its place in the list."""
    closed = calendar_at(place, week).closed
    every = (date.fromordinal(n) for n in range(FIRST.toordinal(), LAST.toordinal() + 1))
    return [day for day in every if {day.weekday()} <= week and not {day} & closed]


@CALM
@given(PLACE, WEEKS, TRIED, st.integers(-60, 60))
def test_working_days_agree_with_a_list_of_them(
    place: tuple[str, str, str], week: frozenset[int], day: date, count: int
) -> None:
    calendar, listed = calendar_at(place, week), open_days(place, week)
    if count > 0:
        expected = listed[bisect_right(listed, day) + count - 1]
    else:
        expected = listed[bisect_left(listed, day) + count] if count else day
    assert calendar.add_working_days(day, count) == expected


@CALM
@given(PLACE, WEEKS, TRIED)
def test_rolling_finds_the_nearest_open_day_of_the_list(
    place: tuple[str, str, str], week: frozenset[int], day: date
) -> None:
    calendar, listed = calendar_at(place, week), open_days(place, week)
    assert calendar.roll(day, 1) == listed[bisect_left(listed, day)]
    assert calendar.roll(day, -1) == listed[bisect_right(listed, day) - 1]
    assert calendar.is_closed(day) is (listed[bisect_left(listed, day)] != day)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[0])
def test_every_closed_day_of_ten_years_counts_from_its_neighbours(place: tuple[str, str, str]) -> None:
    week = frozenset(range(5))
    calendar, listed = calendar_at(place, week), open_days(place, week)
    day = date(2022, 7, 1)
    while day < date(2032, 6, 30):
        if calendar.is_closed(day):
            number = bisect_left(listed, day)
            for count in (1, 2, 10):
                assert calendar.add_working_days(day, count) == listed[number + count - 1], day
                assert calendar.add_working_days(day, -count) == listed[number - count], day
        day += DAY


@CALM
@given(PLACE, WEEKS, TRIED, st.integers(0, 40), st.sampled_from(["d", "bd", "w", "mo"]))
def test_before_is_never_after_and_after_never_before(
    place: tuple[str, str, str], week: frozenset[int], anchor: date, amount: int, unit: str
) -> None:
    calendar = calendar_at(place, week)
    before = due_on(DateRule("a", False, -1, amount, unit), anchor, calendar)
    after = due_on(DateRule("a", False, 1, amount, unit), anchor, calendar)
    assert before <= anchor <= after
    assert not calendar.is_closed(after)
    assert amount == 0 or unit != "bd" or before < anchor < after


@CALM
@given(PLACE, TRIED, st.integers(1, 40), st.sampled_from(["d", "bd", "w", "mo"]), ROLLS, st.times())
def test_a_plus_date_with_a_clock_is_never_before_its_instant(
    place: tuple[str, str, str], day: date, amount: int, unit: str, roll: str, clock: time
) -> None:
    calendar = calendar_at(place)
    at = calendar.instant(day, clock)
    due = due_on(DateRule("a", False, 1, amount, unit), at, calendar, roll, "09:00")
    assert isinstance(due, datetime)
    assert due >= at


# Nights on which the clocks change.

NIGHTS = (
    ("Europe/Madrid", date(2026, 3, 29), -60), ("Europe/Madrid", date(2026, 10, 25), 60),
    ("America/Mexico_City", date(2022, 4, 3), -60), ("America/Mexico_City", date(2022, 10, 30), 60),
    ("America/New_York", date(2026, 3, 8), -60), ("America/New_York", date(2026, 11, 1), 60),
    ("Australia/Lord_Howe", date(2026, 10, 4), -30), ("Australia/Lord_Howe", date(2026, 4, 5), 30),
)  # fmt: skip


@pytest.mark.parametrize(("zone", "night", "longer"), NIGHTS)
def test_a_day_stays_a_day_when_the_clocks_change(zone: str, night: date, longer: int) -> None:
    calendar = Calendar(ZoneInfo(zone), frozenset(range(7)))
    midnights = calendar.instant(night, time(0)), calendar.instant(night + DAY, time(0))
    assert midnights[1] - midnights[0] == timedelta(hours=24, minutes=longer)
    for unit in ("d", "bd"):
        assert due_on(DateRule("a", False, 1, 1, unit), night - DAY, calendar) == night
        assert due_on(DateRule("a", False, 1, 1, unit), night, calendar) == night + DAY
        assert due_on(DateRule("a", False, -1, 1, unit), night + DAY, calendar) == night
    for minutes in range(0, 24 * 60, 15):
        clock = time(minutes // 60, minutes % 60)
        assert calendar.day_of(calendar.instant(night, clock)) == night
    at = due_on(DateRule("a", False, 1, 1, "d"), night - DAY, calendar, by="16:00")
    assert isinstance(at, datetime)
    assert calendar.local(at).replace(tzinfo=None) == datetime.combine(night, time(16))


@pytest.mark.parametrize(("zone", "night", "longer"), NIGHTS)
def test_hours_run_on_the_clock_when_it_changes(zone: str, night: date, longer: int) -> None:
    calendar = Calendar(ZoneInfo(zone))
    evening = calendar.instant(night - DAY, time(20))
    at = due_on(DateRule("a", False, 1, 24, "h"), evening, calendar)
    assert isinstance(at, datetime)
    assert at - evening == timedelta(hours=24)
    shown = calendar.local(at).replace(tzinfo=None)
    assert shown == datetime.combine(night, time(20)) - timedelta(minutes=longer)
    assert due_on(DateRule("a", False, -1, 24 * 60, "min"), at, calendar) == evening


# What the dates hang on.


def test_the_mark_follows_all_that_moves_a_date() -> None:
    madrid = calendar_at(PLACES[0])
    others = [
        calendar_at(PLACES[1]), calendar_at(PLACES[0], frozenset(range(6))), Calendar(), Calendar(madrid.zone),
        Calendar(UTC, madrid.work_week, madrid.closed),
        Calendar(madrid.zone, madrid.work_week, madrid.closed | {date(2026, 12, 24)}),
    ]  # fmt: skip
    marks = {mark_of(calendar) for calendar in (madrid, *others)}
    assert len(marks) == len(others) + 1
    again = Calendar(
        ZoneInfo("Europe/Madrid"), frozenset([4, 3, 2, 1, 0]), frozenset(sorted(madrid.closed)[::-1])
    )
    assert mark_of(again) == mark_of(madrid)
    assert mark_of(Calendar()) == mark_of(Calendar()) == "8a4c061a925ee999"
