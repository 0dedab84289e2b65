from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.calendar import Calendar
from playbook.core.problems import Problem
from playbook.core.schedule import (
    DateRule,
    Moment,
    due_on,
    moment_key,
    parse_clock,
    parse_interval,
    parse_rule,
)
from tests.core.properties import CALM, CLOSED, DAYS, NEAR_DAYS
from tests.hostile import HOSTILE

MADRID = Calendar(zone=ZoneInfo("Europe/Madrid"))
FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def due(text: str, anchor: Moment, calendar: Calendar = Calendar(), roll: str = "", by: str = "") -> Moment:  # noqa: B008
    rule = parse_rule(text)
    assert isinstance(rule, DateRule), rule
    return due_on(rule, anchor, calendar, roll, by)


# Reading a rule.


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("start", DateRule("start")),
        ("target", DateRule("target")),
        ("  start + 2bd ", DateRule("start", False, 1, 2, "bd")),
        ("kickoff - 1bd", DateRule("kickoff", False, -1, 1, "bd")),
        ("welcome-call + 3d", DateRule("welcome-call", False, 1, 3, "d")),
        ("send-quote.due + 1w", DateRule("send-quote", True, 1, 1, "w")),
        ("send-quote.due", DateRule("send-quote", True)),
        ("call-at - 10min", DateRule("call-at", False, -1, 10, "min")),
        ("call-at + 2h", DateRule("call-at", False, 1, 2, "h")),
        ("start + 1mo", DateRule("start", False, 1, 1, "mo")),
        ("start + 2 bd", DateRule("start", False, 1, 2, "bd")),
    ],
)
def test_rules_are_read(text: str, rule: DateRule) -> None:
    assert parse_rule(text) == rule


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("start + 2m", "rule-unit-m"),
        ("start +2bd", "rule-spaces"),
        ("start+2bd", "rule-spaces"),
        ("start + 2", "rule-spaces"),
        ("start + 2days", "rule-unit"),
        ("start + 2bd + 1d", "rule"),
        ("start + 2bd - 1h", "rule"),
        ("2bd after start", "rule"),
        ("start + bd", "rule"),
        ("start + 99999d", "rule"),
        ("start * 2d", "rule"),
        ("Start + 2d", "rule"),
        ("start.end + 2d", "rule"),
        ("", "rule"),
    ],
)
def test_slips_are_named(text: str, code: str) -> None:
    found = parse_rule(text)
    assert isinstance(found, Problem)
    assert found.code == code


def test_a_slip_without_spaces_is_told_what_was_meant() -> None:
    found = parse_rule("send-quote.due+1w")
    assert isinstance(found, Problem)
    assert found.args["meant"] == "send-quote.due + 1w"
    assert isinstance(parse_rule(str(found.args["meant"])), DateRule)


@pytest.mark.parametrize(
    "text", [*HOSTILE, "start + " + "9" * 5000 + "bd", "a" * 5000 + " + 1d", "start +" + " " * 5000]
)
def test_hostile_rules_are_problems(text: str) -> None:
    assert isinstance(parse_rule(text), (DateRule, Problem))
    assert isinstance(parse_interval(text), Problem)
    assert isinstance(parse_clock(text), Problem)


def test_intervals_and_clock_times() -> None:
    assert parse_interval("2w") == DateRule("", False, 1, 2, "w")
    assert parse_interval("1mo") == DateRule("", False, 1, 1, "mo")
    assert isinstance(parse_interval("0d"), Problem)
    assert isinstance(parse_interval("3h"), Problem)
    assert parse_clock("16:00") == time(16)
    assert isinstance(parse_clock("24:00"), Problem)
    assert isinstance(parse_clock("4pm"), Problem)


# Days.


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("start", MONDAY, MONDAY),
        ("start", SATURDAY, SATURDAY),
        ("start + 1bd", SATURDAY, MONDAY),
        ("start + 1bd", FRIDAY, MONDAY),
        ("start + 1bd", MONDAY, TUESDAY),
        ("start - 1bd", MONDAY, FRIDAY),
        ("start - 1bd", SATURDAY, FRIDAY),
        ("start + 5bd", MONDAY, date(2026, 11, 30)),
        ("start + 0bd", SATURDAY, MONDAY),
        ("start - 0bd", SATURDAY, FRIDAY),
        ("start + 1d", FRIDAY, MONDAY),
        ("start - 1d", MONDAY, FRIDAY),
        ("start + 3d", MONDAY, date(2026, 11, 26)),
        ("start + 2w", MONDAY, date(2026, 12, 7)),
        ("start - 1w", SATURDAY, date(2026, 11, 13)),
        ("start + 1mo", date(2026, 1, 30), date(2026, 3, 2)),
        ("start - 1mo", date(2026, 3, 31), date(2026, 2, 27)),
        ("start + 1mo", date(2026, 3, 31), date(2026, 4, 30)),
    ],
)
def test_days(text: str, anchor: date, expected: date) -> None:
    assert due(text, anchor) == expected


@pytest.mark.parametrize(
    ("text", "roll", "expected"),
    [
        ("start + 1d", "later", MONDAY),
        ("start + 1d", "none", SATURDAY),
        ("start + 2d", "earlier", FRIDAY),
        ("start - 6d", "later", date(2026, 11, 16)),
        ("start - 6d", "earlier", date(2026, 11, 13)),
        ("start - 6d", "none", date(2026, 11, 14)),
    ],
)
def test_roll_overrides_the_sign(text: str, roll: str, expected: date) -> None:
    assert due(text, FRIDAY, roll=roll) == expected


def test_roll_moves_a_bare_day_only_when_asked() -> None:
    assert due("start", SATURDAY) == SATURDAY
    assert due("start", SATURDAY, roll="later") == MONDAY
    assert due("start", SATURDAY, roll="earlier") == FRIDAY


def test_own_days_off_count_as_closed() -> None:
    calendar = Calendar(closed=frozenset({date(2026, 12, 7), date(2026, 12, 8)}))
    assert due("start + 1bd", date(2026, 12, 4), calendar) == date(2026, 12, 9)
    assert due("start + 3d", date(2026, 12, 4), calendar) == date(2026, 12, 9)
    assert due("start - 1bd", date(2026, 12, 9), calendar) == date(2026, 12, 4)


# Trap 1 of the peers: a "before" date rolled forward past its own anchor.


def test_a_day_before_the_meeting_never_lands_after_it() -> None:
    assert due("meeting - 1d", SUNDAY) == FRIDAY
    assert due("meeting - 1d", MONDAY) == FRIDAY


@CALM
@given(
    NEAR_DAYS,
    st.integers(0, 40),
    st.sampled_from(["d", "bd", "w", "mo"]),
    st.sampled_from(["", "earlier", "none"]),
    CLOSED,
)
def test_a_minus_date_is_never_after_its_anchor(
    anchor: date, amount: int, unit: str, roll: str, closed: frozenset[date]
) -> None:
    assert due(f"x - {amount}{unit}", anchor, Calendar(closed=closed), roll) <= anchor


@CALM
@given(
    NEAR_DAYS, st.integers(0, 40), st.sampled_from(["d", "bd", "w", "mo"]),
    st.sampled_from(["", "later", "earlier", "none"]), CLOSED,
)  # fmt: skip
def test_a_plus_date_is_never_before_its_anchor(
    anchor: date, amount: int, unit: str, roll: str, closed: frozenset[date]
) -> None:
    assert due(f"x + {amount}{unit}", anchor, Calendar(closed=closed), roll) >= anchor


@CALM
@given(NEAR_DAYS, st.sampled_from("+-"), st.integers(0, 40), st.sampled_from(["d", "bd", "w", "mo"]), CLOSED)
def test_a_rolled_date_is_open(
    anchor: date, sign: str, amount: int, unit: str, closed: frozenset[date]
) -> None:
    calendar = Calendar(closed=closed)
    assert not calendar.is_closed(due(f"x {sign} {amount}{unit}", anchor, calendar))


@CALM
@given(DAYS, st.integers(1, 60))
def test_working_days_there_and_back(day: date, count: int) -> None:
    there = due(f"x + {count}bd", day)
    back = due(f"x - {count}bd", there)
    assert back == Calendar().roll(day, -1)


# Trap 15 of the peers: the night the clocks change, and one month from 31 January.


def test_one_month_from_the_31st_of_january() -> None:
    assert due("start + 1mo", date(2026, 1, 31), roll="none") == date(2026, 2, 28)
    assert due("start + 1mo", date(2028, 1, 31)) == date(2028, 2, 29)


def test_hours_run_on_the_clock_through_the_night_the_clocks_change() -> None:
    evening = MADRID.instant(date(2026, 10, 24), time(20))
    assert MADRID.local(due_instant("x + 24h", evening)).time() == time(19)
    assert MADRID.local(due_instant("x + 1440min", evening)).time() == time(19)
    assert due("x + 1d", evening, MADRID, roll="none", by="20:00") == MADRID.instant(
        date(2026, 10, 25), time(20)
    )
    assert due("x + 1d", evening, MADRID, roll="none") == date(2026, 10, 25)


def due_instant(text: str, anchor: Moment) -> datetime:
    at = due(text, anchor, MADRID)
    assert isinstance(at, datetime)
    assert at.utcoffset() == UTC.utcoffset(None)
    return at


def test_a_clock_time_the_spring_night_does_not_have() -> None:
    at = due("x + 1d", date(2027, 3, 27), MADRID, roll="none", by="02:30")
    assert at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_a_clock_time_the_autumn_night_has_twice_is_the_first() -> None:
    at = due("x + 1d", date(2026, 10, 24), MADRID, roll="none", by="02:30")
    assert at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


# Instants.


def test_minutes_and_hours_never_roll() -> None:
    friday_night = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert due("x + 40min", friday_night, roll="later") == datetime(2026, 11, 21, 0, 10, tzinfo=UTC)
    assert due("x - 2h", friday_night) == datetime(2026, 11, 20, 21, 30, tzinfo=UTC)


def test_a_bare_instant_stays_one() -> None:
    saturday = datetime(2026, 11, 21, 15, tzinfo=UTC)
    assert due("x", saturday, roll="later", by="09:00") == saturday


def test_a_day_stands_for_nine_where_an_instant_is_needed() -> None:
    assert due("x - 10min", MONDAY, MADRID) == datetime(2026, 11, 23, 7, 50, tzinfo=UTC)


def test_days_from_an_instant_are_days_where_the_manager_is() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert due("x + 1d", late, MADRID) == date(2026, 11, 25)
    assert due("x + 1d", late) == TUESDAY


def test_by_gives_a_clock_time_on_the_day() -> None:
    assert due("x + 1bd", FRIDAY, MADRID, by="16:00") == datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert due("x + 1bd", FRIDAY, by="no clock") == MONDAY


def test_a_clock_time_does_not_bring_a_plus_date_before_its_anchor() -> None:
    five = datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert due("call + 0d", five, by="16:00") == five
    assert due("call + 1d", five, by="16:00") == datetime(2026, 11, 24, 16, tzinfo=UTC)


def test_the_ends_of_the_calendar_are_calm() -> None:
    for anchor in (date.min, date.max, datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)):
        for sign in "+-":
            for unit in ("min", "h", "d", "bd", "w", "mo"):
                found = due(f"x {sign} 9999{unit}", anchor, MADRID, by="16:00")
                assert isinstance(moment_key(found, MADRID), datetime)


# Order.


def test_a_day_sorts_after_its_instants_and_before_the_next_day() -> None:
    midnight = MADRID.instant(TUESDAY, time(0))
    moments: list[Moment] = [TUESDAY, midnight, MONDAY, MADRID.instant(MONDAY, time(23, 30))]
    ordered = sorted(moments, key=lambda moment: moment_key(moment, MADRID))
    assert ordered == [moments[3], MONDAY, midnight, TUESDAY]
