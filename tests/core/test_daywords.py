from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.calendar import Calendar, as_stamp, from_stamp
from playbook.core.daywords import read_day
from playbook.core.problems import Refusal
from tests.core.properties import CALM, DAYS
from tests.hostile import HOSTILE

MADRID = Calendar(zone=ZoneInfo("Europe/Madrid"))
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", MONDAY),
        ("Hoy", MONDAY),
        ("tomorrow", date(2026, 11, 24)),
        ("mañana", date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22)),
        # Weekdays are the next one after today.
        ("fri", date(2026, 11, 27)),
        ("Viernes", date(2026, 11, 27)),
        ("mon", date(2026, 11, 30)),
        ("sunday", date(2026, 11, 29)),
        ("mié", date(2026, 11, 25)),
        ("mar", date(2026, 11, 24)),
        # Offsets count from today.
        ("+2", date(2026, 11, 25)),
        ("+ 2", date(2026, 11, 25)),
        ("-1", date(2026, 11, 22)),
        ("+5d", date(2026, 11, 28)),
        ("+3bd", date(2026, 11, 26)),
        ("+5bd", date(2026, 11, 30)),
        ("-1bd", date(2026, 11, 20)),
        ("+3 hábiles", date(2026, 11, 26)),
        ("+1 día hábil", date(2026, 11, 24)),
        ("+3 Habiles", date(2026, 11, 26)),
        ("+5 working days", date(2026, 11, 30)),
        ("+2 semanas", date(2026, 12, 7)),
        ("+1w", date(2026, 11, 30)),
        ("+1mo", date(2026, 12, 23)),
        # Days without a year are the next such day.
        ("12 dec", date(2026, 12, 12)),
        ("12. December", date(2026, 12, 12)),
        ("dec 12", date(2026, 12, 12)),
        ("December 12, 2027", date(2027, 12, 12)),
        ("12 de diciembre de 2027", date(2027, 12, 12)),
        ("3 ene", date(2027, 1, 3)),
        ("23 nov", MONDAY),
        ("22 nov", date(2027, 11, 22)),
        ("29 feb", date(2028, 2, 29)),
        ("12 mar", date(2027, 3, 12)),
        ("27/11", date(2026, 11, 27)),
        ("27.11.", date(2026, 11, 27)),
        ("1/2/2027", date(2027, 2, 1)),
        ("2026-12-24", date(2026, 12, 24)),
        ("  2026-12-24  ", date(2026, 12, 24)),
    ],
)
def test_days(words: str, day: date) -> None:
    found = read_day(words, MONDAY, MADRID)
    assert found == day
    assert not isinstance(found, datetime)


@pytest.mark.parametrize(
    ("words", "stamp"),
    [
        ("16:00", "2026-11-23T15:00:00Z"),
        ("vie 16:00", "2026-11-27T15:00:00Z"),
        ("+2 9:30", "2026-11-25T08:30:00Z"),
        ("12 jul 8:05", "2027-07-12T06:05:00Z"),
        ("2026-11-24 16:00", "2026-11-24T15:00:00Z"),
        ("2026-11-24T16:00", "2026-11-24T15:00:00Z"),
        ("2026-11-24 9:00", "2026-11-24T08:00:00Z"),
        ("2026-11-24T16:00:00Z", "2026-11-24T16:00:00Z"),
        ("2026-11-24T16:00+02:00", "2026-11-24T14:00:00Z"),
        ("2026-11-24T16:00-05:00", "2026-11-24T21:00:00Z"),
    ],
)
def test_instants_are_on_the_managers_clock_unless_they_say_otherwise(words: str, stamp: str) -> None:
    found = read_day(words, MONDAY, MADRID)
    assert isinstance(found, datetime)
    assert as_stamp(found) == stamp
    assert found.utcoffset() == UTC.utcoffset(None)


@pytest.mark.parametrize(
    "words",
    [
        "", " ", "soon", "friday week", "31/11", "30 feb", "0 dec", "12 foo", "27/13", "+", "+2x", "++2", "+99999", "+2h", "+30min",
        "25:00", "fri 24:00", "2026-02-30", "12 dec 0000", "clear", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00",
    ],
)  # fmt: skip
def test_what_is_no_day(words: str) -> None:
    assert read_day(words, MONDAY, MADRID) == Refusal("day-words", {"text": words.strip()})


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize(
    "words", ["9999-12-31", "9999-12-31 23:59", "0001-01-01 00:00", "0001-01-01", "+9999mo", "-9999mo 16:00"]
)
def test_the_ends_of_the_calendar_are_calm(zone: str, words: str) -> None:
    found = read_day(words, MONDAY, Calendar(zone=ZoneInfo(zone)))
    if not isinstance(found, Refusal):
        assert from_stamp(as_stamp(found)) == found


def test_hostile_words_are_refused_briefly() -> None:
    for words in HOSTILE:
        found = read_day(words, MONDAY, MADRID)
        assert isinstance(found, Refusal), words
        assert len(str(found.args["text"])) <= 40


@CALM
@given(DAYS, st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_is_one_to_seven_days_on(today: date, words: str) -> None:
    found = read_day(words, today, MADRID)
    assert isinstance(found, date)
    assert 1 <= (found - today).days <= 7
    assert found.strftime("%a").casefold() == words


@CALM
@given(DAYS, DAYS)
def test_a_day_and_month_is_the_next_one(today: date, other: date) -> None:
    found = read_day(f"{other.day}/{other.month}", today, MADRID)
    assert isinstance(found, date)
    assert (found.day, found.month) == (other.day, other.month)
    assert found >= today
    assert (found - today).days <= (366 if (other.day, other.month) != (29, 2) else 4 * 366)


@CALM
@given(DAYS, DAYS)
def test_a_full_day_is_itself(today: date, day: date) -> None:
    assert read_day(day.isoformat(), today, MADRID) == day
    assert read_day(f"{day.day}/{day.month}/{day.year}", today, MADRID) == day


@pytest.mark.parametrize(("words", "day"), [
    ("mon 15:30", MONDAY), ("lunes 9:31", MONDAY), ("mon 9:30", date(2026, 11, 30)), ("mon 8:00", date(2026, 11, 30)),
    ("tue 15:30", date(2026, 11, 24)),
])  # fmt: skip
def test_todays_weekday_with_an_hour_ahead_is_today(words: str, day: date) -> None:
    now = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)  # 9:30 in Madrid
    found = read_day(words, MONDAY, MADRID, now=now)
    assert isinstance(found, datetime)
    assert MADRID.day_of(found) == day
