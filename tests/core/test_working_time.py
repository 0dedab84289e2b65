from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.calendar import Calendar
from playbook.core.operations import Draft, Operation
from playbook.core.problems import Refusal
from playbook.core.working_time import (
    LONGEST_RANGE,
    MOST_OFF,
    WEEK,
    WorkingTime,
    back_on,
    calendar_of,
    fold_calendar,
    parse_week,
    read_days,
    set_values,
    take_off,
    week_spans,
    week_text,
)
from tests.core.properties import CALM, CLOSED, NEAR_DAYS

TODAY = date(2026, 11, 23)
XMAS = date(2026, 12, 24)
MADRID = WorkingTime(country="ES", region="MD")
WEEKS = st.frozensets(st.integers(0, 6), min_size=1)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def operation(n: int, body: Mapping[str, Any], *, kind: str = "calendar", undoes: str = "") -> Operation:
    return Operation(
        f"{n:032x}", n, "d", "2026-11-23T09:00:00Z", "Ana", "", "", "", kind, body, f"b{n}", undoes, seq=n
    )


def folded(drafts: list[Draft] | Refusal, onto: WorkingTime = WorkingTime()) -> WorkingTime:  # noqa: B008
    """What drafts make of a working time, by way of the journal's fold."""
    assert not isinstance(drafts, Refusal), drafts
    known = [{"key": key, "value": value} for key, value in onto.values().items()]
    known.append({"key": "off", "value": [day.isoformat() for day in onto.off]})  # type: ignore[dict-item]
    return fold_calendar(operation(n, body) for n, body in enumerate([*known, *(d.body for d in drafts)]))


def days(week: frozenset[int] | Refusal) -> list[int]:
    assert not isinstance(week, Refusal), week
    return sorted(week)


# The work week.


@pytest.mark.parametrize(("text", "expected"), [
    ("mon-fri", [0, 1, 2, 3, 4]), ("Mon – Fri", [0, 1, 2, 3, 4]), ("monday to friday", [0, 1, 2, 3, 4]),
    ("from Monday through Saturday", [0, 1, 2, 3, 4, 5]), ("mon-sat", [0, 1, 2, 3, 4, 5]), ("mo..we", [0, 1, 2]),
    ("sun-thu", [0, 1, 2, 3, 6]), ("sat - wed", [0, 1, 2, 5, 6]), ("mon,tue,thu", [0, 1, 3]), ("mon, tue & thu", [0, 1, 3]),
    ("mon tue/thu;sat", [0, 1, 3, 5]), ("mon-wed, fri", [0, 1, 2, 4]), ("Mon.–Wed. and Fri.", [0, 1, 2, 4]),
    ("tuesdays and fridays", [1, 4]), ("lunes a viernes", [0, 1, 2, 3, 4]), ("de lunes a jueves y sábado", [0, 1, 2, 3, 5]),
    ("lun-vie", [0, 1, 2, 3, 4]), ("Lu Ma Mi", [0, 1, 2]), ("MIÉRCOLES", [2]), ("miércoles", [2]),
    ("sábados, domingos", [5, 6]), ("mié", [2]), ("dom-jue", [0, 1, 2, 3, 6]), ("mon-sun", [0, 1, 2, 3, 4, 5, 6]),
    ("sun-sat", [0, 1, 2, 3, 4, 5, 6]), ("fri-fri", [4]), ("mar", [1]), ("  thu  ", [3]),
])  # fmt: skip
def test_work_weeks_as_people_write_them(text: str, expected: list[int]) -> None:
    assert days(parse_week(text)) == expected


@pytest.mark.parametrize(
    "text", ["x", "m", "mon-", "-fri", "mon-fri-sun", "mon-x", "5", "weekdays?", "mondayish", "mon\0fri", "t" * 9999]
)  # fmt: skip
def test_what_is_no_work_week(text: str) -> None:
    found = parse_week(text)
    assert isinstance(found, Refusal)
    assert found.code == "calendar-week"


@pytest.mark.parametrize("text", ["", "  ", ",", " ; / ", "and", "y"])
def test_a_work_week_needs_a_day(text: str) -> None:
    assert parse_week(text) == Refusal("calendar-week-empty")


@CALM
@given(st.text())
def test_any_text_is_a_work_week_or_none(text: str) -> None:
    assert parse_week(text)


@CALM
@given(WEEKS)
def test_a_work_week_reads_back(week: frozenset[int]) -> None:
    assert parse_week(week_text(week)) == week
    within = [(first + n) % 7 for first, last in week_spans(week) for n in range((last - first) % 7 + 1)]
    assert sorted(within) == sorted(week)


@pytest.mark.parametrize(("week", "text"), [
    (WEEK, "mon-fri"), ({6, 0, 1, 2, 3}, "sun-thu"), ({0, 1, 3}, "mon,tue,thu"), ({5, 6}, "sat,sun"), ({6, 0}, "sun,mon"),
    (set(range(7)), "mon-sun"), ({2}, "wed"), ({0, 1, 2, 4, 5, 6}, "fri-wed"),
])  # fmt: skip
def test_a_work_week_in_short(week: set[int], text: str) -> None:
    assert week_text(frozenset(week)) == text


# The fold.


def test_nothing_set_is_monday_to_friday() -> None:
    assert fold_calendar([]) == WorkingTime()
    assert WorkingTime().values() == {"week": "mon-fri", "country": "", "region": ""}


def test_later_values_count_and_undone_ones_do_not() -> None:
    ops = [
        operation(1, {"key": "country", "value": "ES"}),
        operation(2, {"key": "country", "value": "MX"}),
        operation(3, {"key": "off", "value": ["2026-12-31", "2026-12-24", "2026-12-31"]}),
        operation(4, {"key": "week", "value": "sun-thu"}),
    ]
    assert fold_calendar(ops[::-1]) == WorkingTime(
        frozenset({6, 0, 1, 2, 3}), "MX", "", (XMAS, date(2026, 12, 31))
    )
    undone = fold_calendar([*ops, operation(5, {}, kind="undo", undoes="b2")])
    assert undone.country == "ES"
    redone = fold_calendar(
        [*ops, operation(5, {}, kind="undo", undoes="b2"), operation(6, {}, kind="undo", undoes="b5")]
    )
    assert redone.country == "MX"


@pytest.mark.parametrize("body", [
    {}, {"key": "week"}, {"key": "week", "value": 5}, {"key": "week", "value": "x"}, {"key": "country", "value": "Spain"},
    {"key": "country", "value": ["ES"]}, {"key": "region", "value": None}, {"key": "off", "value": "2026-12-24"},
    {"key": "zone", "value": "UTC"}, {"key": ["off"], "value": []},
])  # fmt: skip
def test_what_makes_no_sense_counts_for_nothing(body: Mapping[str, Any]) -> None:
    before = operation(1, {"key": "off", "value": ["2026-12-24", "2026-02-30", 7, "2026-12-24T09:00:00Z"]})
    assert fold_calendar([before, operation(2, body)]) == WorkingTime(off=(XMAS,))


@CALM
@given(st.lists(st.dictionaries(st.sampled_from(["key", "value", "old"]), ANYTHING)))
def test_the_fold_never_fails(bodies: list[Mapping[str, Any]]) -> None:
    assert fold_calendar(operation(n, body) for n, body in enumerate(bodies)).week


@CALM
@given(st.sampled_from(["week", "country", "region", "off"]), ANYTHING)
def test_no_value_makes_the_fold_fail(key: str, value: Any) -> None:
    assert fold_calendar([operation(1, {"key": key, "value": value})]).week


# Decisions.


def test_setting_values() -> None:
    drafts = set_values(WorkingTime(), {"region": "MD", "country": " es ", "week": "lunes a jueves"})
    assert drafts == [
        Draft("calendar", "", {"key": "week", "value": "mon-thu", "old": "mon-fri"}),
        Draft("calendar", "", {"key": "country", "value": "ES", "old": ""}),
        Draft("calendar", "", {"key": "region", "value": "MD", "old": ""}),
    ]  # fmt: skip
    assert folded(drafts) == WorkingTime(frozenset(range(4)), "ES", "MD")


def test_what_stays_as_it_is_gives_no_change() -> None:
    assert set_values(MADRID, {"country": "es", "region": "MD", "week": "mon-fri"}) == []
    assert set_values(WorkingTime(), {"week": "", "country": "", "region": ""}) == []


def test_an_empty_value_clears() -> None:
    sunday = replace(MADRID, week=frozenset({6}))
    assert folded(set_values(sunday, {"week": " "}), sunday) == MADRID
    assert folded(set_values(MADRID, {"region": ""}), MADRID) == WorkingTime(country="ES")
    assert folded(set_values(MADRID, {"country": ""}), MADRID) == WorkingTime()


def test_a_region_goes_with_its_country() -> None:
    assert folded(set_values(MADRID, {"country": "MX"}), MADRID) == WorkingTime(country="MX")
    both = set_values(MADRID, {"country": "US", "region": "CA"})
    assert folded(both, MADRID) == WorkingTime(country="US", region="CA")
    same = set_values(MADRID, {"country": "ES"})
    assert folded(same, MADRID) == MADRID


@pytest.mark.parametrize(("values", "code"), [
    ({"week": "x"}, "calendar-week"), ({"week": ","}, "calendar-week-empty"), ({"country": "Spain"}, "calendar-country"),
    ({"country": "E1"}, "calendar-country"), ({"country": "ñs"}, "calendar-country"), ({"zone": "UTC"}, "calendar-key"),
    ({"off": "2026-12-24"}, "calendar-key"), ({"region": "MD"}, "calendar-region-alone"),
    ({"country": "", "region": "MD"}, "calendar-region-alone"), ({"week": "mon", "country": "Spain"}, "calendar-country"),
])  # fmt: skip
def test_refusals(values: Mapping[str, str], code: str) -> None:
    found = set_values(WorkingTime(), values)
    assert isinstance(found, Refusal)
    assert found.code == code


def test_days_off_and_back_on() -> None:
    taken = take_off(WorkingTime(), [date(2026, 12, 31), XMAS, XMAS])
    assert taken == [Draft("calendar", "", {"key": "off", "value": ["2026-12-24", "2026-12-31"], "old": []})]
    off = folded(taken)
    assert off.off == (XMAS, date(2026, 12, 31))
    assert take_off(off, [XMAS]) == []
    assert folded(back_on(off, [XMAS]), off).off == (date(2026, 12, 31),)
    refused = back_on(off, [XMAS, date(2026, 12, 25)])
    assert refused == Refusal("calendar-not-off", {"days": ["2026-12-25"]})
    assert back_on(off, []) == []


def test_days_off_are_not_without_end() -> None:
    many = [date.fromordinal(XMAS.toordinal() + n) for n in range(MOST_OFF)]
    assert len(folded(take_off(WorkingTime(), many)).off) == MOST_OFF
    assert take_off(WorkingTime(off=tuple(many)), [TODAY]) == Refusal("calendar-off-many", {"most": MOST_OFF})


@CALM
@given(CLOSED, CLOSED)
def test_on_takes_back_what_off_took(before: frozenset[date], more: frozenset[date]) -> None:
    at_first = WorkingTime(off=tuple(sorted(before)))
    off = folded(take_off(at_first, more), at_first)
    assert set(off.off) == before | more
    assert folded(back_on(off, more - before), off) == at_first


@CALM
@given(WEEKS, CLOSED, CLOSED, NEAR_DAYS)
def test_the_calendar_closes_what_was_set(
    week: frozenset[int], off: frozenset[date], holidays: frozenset[date], day: date
) -> None:
    zone = ZoneInfo("Europe/Madrid")
    calendar = calendar_of(WorkingTime(week, off=tuple(sorted(off))), zone, holidays)
    assert calendar.zone is zone
    assert calendar.is_closed(day) is (day.weekday() not in week or day in off or day in holidays)


# Days as people write them.


@pytest.mark.parametrize(("text", "first", "last"), [
    ("2026-12-24", "2026-12-24", "2026-12-24"), ("fri", "2026-11-27", "2026-11-27"), ("+3", "2026-11-26", "2026-11-26"),
    ("2026-12-24..2026-12-31", "2026-12-24", "2026-12-31"), ("24 dec .. 31 dec", "2026-12-24", "2026-12-31"),
    ("28 dic..3 ene", "2026-12-28", "2027-01-03"), ("24/12..+2", "2026-12-24", "2026-12-26"),
    ("1 mar 2027..5 mar", "2027-03-01", "2027-03-05"), ("24 dec..24 dec", "2026-12-24", "2026-12-24"),
    ("2026-12-24T23:30:00Z..2026-12-27", "2026-12-25", "2026-12-27"), ("fri 16:00", "2026-11-27", "2026-11-27"),
])  # fmt: skip
def test_days_and_ranges(text: str, first: str, last: str) -> None:
    found = read_days(text, TODAY, Calendar(zone=ZoneInfo("Europe/Madrid")))
    assert isinstance(found, list)
    assert (found[0].isoformat(), found[-1].isoformat()) == (first, last)
    assert len(found) == (found[-1] - found[0]).days + 1


@pytest.mark.parametrize(("text", "code"), [
    ("soon", "day-words"), ("", "day-words"), ("..", "day-words"), ("2026-12-24..", "day-words"), ("..fri", "day-words"),
    ("2026-12-24..2026-12-23", "calendar-range"), ("2026-12-01..2027-12-31", "calendar-range"), ("31 dec..1 dec", "calendar-range"),
    ("a..b..c", "day-words"), ("2026-02-30", "day-words"),
])  # fmt: skip
def test_what_is_no_range(text: str, code: str) -> None:
    found = read_days(text, TODAY, Calendar(zone=UTC))
    assert isinstance(found, Refusal)
    assert found.code == code


def test_the_longest_range() -> None:
    assert len(list(read_days(f"today..+{LONGEST_RANGE - 1}", TODAY, Calendar()))) == LONGEST_RANGE
    assert isinstance(read_days(f"today..+{LONGEST_RANGE}", TODAY, Calendar()), Refusal)
