"""The dates of a repeating step, as plain reckoning."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from playbook.core.calendar import Calendar
from playbook.core.rhythm import Rhythm, day_of_beat, next_beat
from playbook.core.schedule import DateRule, parse_interval
from tests.core.properties import CALM, CLOSED, NEAR_DAYS

MONDAY = date(2026, 11, 23)


def rhythm(interval: str, first: date = MONDAY, roll: str = "") -> Rhythm:
    parsed = parse_interval(interval)
    assert isinstance(parsed, DateRule)
    return Rhythm(first, parsed, roll)


def beats(of: Rhythm, count: int, calendar: Calendar | None = None) -> list[date]:
    return [day_of_beat(of, beat, calendar or Calendar()) for beat in range(count)]


def test_a_monday_step_stays_a_monday_step_after_a_holiday_moved_it() -> None:
    holiday = Calendar(closed=frozenset({date(2026, 11, 30)}))
    assert beats(rhythm("1w"), 3, holiday) == [MONDAY, date(2026, 12, 1), date(2026, 12, 7)]


def test_the_31st_comes_back_after_a_short_month() -> None:
    found = beats(rhythm("1mo", date(2027, 1, 31), roll="none"), 4)
    assert found == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_working_days_pass_over_closed_ones() -> None:
    assert beats(rhythm("3bd"), 3) == [MONDAY, date(2026, 11, 26), date(2026, 12, 1)]


def test_after_a_pause_there_is_one_round_to_catch_up_on_and_never_a_pile() -> None:
    weekly = rhythm("1w")
    assert next_beat(weekly, 0, MONDAY, Calendar()) == 1
    assert next_beat(weekly, 0, date(2026, 12, 16), Calendar()) == 4, "the 30th, 7th and 14th are passed over"
    assert day_of_beat(weekly, 4, Calendar()) == date(2026, 12, 21)


def test_done_early_the_next_round_is_one_interval_after_its_own_date() -> None:
    assert next_beat(rhythm("1w"), 3, date(2026, 12, 10), Calendar()) == 4
    assert next_beat(rhythm("1w"), 3, date(2026, 12, 14), Calendar()) == 4


def test_done_on_a_later_date_of_the_rhythm_that_date_is_done_as_well() -> None:
    assert next_beat(rhythm("1w"), 0, date(2026, 11, 30), Calendar()) == 2


def test_a_pause_of_ten_years_is_worked_out() -> None:
    daily = rhythm("1bd", date(2016, 11, 1))
    beat = next_beat(daily, 0, date(2026, 11, 23), Calendar())
    assert day_of_beat(daily, beat, Calendar()) == date(2026, 11, 24)
    assert day_of_beat(daily, beat - 1, Calendar()) == date(2026, 11, 23)


@CALM
@given(
    st.sampled_from(["1d", "3d", "1w", "2w", "1mo", "5bd", "1bd"]),
    NEAR_DAYS,
    st.integers(0, 30),
    NEAR_DAYS,
    CLOSED,
)
def test_the_next_round_is_the_first_later_than_its_date_and_the_day_it_was_done(
    interval: str, first: date, last: int, done_on: date, closed: frozenset[date]
) -> None:
    calendar, of = Calendar(closed=closed), rhythm(interval, first)
    beat = next_beat(of, last, done_on, calendar)
    assert beat > last
    assert day_of_beat(of, beat, calendar) > done_on
    for passed in range(last + 1, beat):
        assert day_of_beat(of, passed, calendar) <= done_on
    assert not calendar.is_closed(day_of_beat(of, beat, calendar))


@CALM
@given(st.sampled_from(["3d", "1w", "1mo", "2bd"]), NEAR_DAYS, CLOSED)
def test_a_rhythm_never_goes_back(interval: str, first: date, closed: frozenset[date]) -> None:
    found = beats(rhythm(interval, first), 20, Calendar(closed=closed))
    assert found == sorted(found)
    assert found[0] - first < timedelta(days=120)
