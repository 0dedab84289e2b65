"""Working time as a person sets it: work week, country, region and days off, as the fold of its operations.

Values are kept as texts: the week as `mon-fri`, days off as a sorted list of ISO days.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.daywords import read_day
from playbook.core.operations import Draft, Operation, in_force, text, texts
from playbook.core.problems import Refusal
from playbook.core.schedule import day_of
from playbook.core.text import folded, line

KEYS = ("week", "country", "region")
"""What a person sets as a text; days off are taken and given back one by one."""

WEEK = frozenset(range(5))
"""Monday to Friday."""

MOST_OFF = 2000
"""So many days off are kept."""

LONGEST_RANGE = 92
"""Days in one range, both ends counted: a slip such as `31 dec..1 dec` must not take a year off."""

_LONGEST = 100
"""Letters of a value."""

_NAMES = (
    "monday lunes", "tuesday martes", "wednesday miercoles", "thursday jueves", "friday viernes", "saturday sabado",
    "sunday domingo",
)  # fmt: skip
_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TO = re.compile(r"\s*(?:\.\.|[-–—]|\b(?:to|through|a|al|hasta)\b)\s*")
_APART = re.compile(r"[\s,;/+&]+|\b(?:and|y|from|de)\b")
_POINT = re.compile(r"(?<!\.)\.(?!\.)")


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When the PM works."""

    week: frozenset[int] = WEEK
    """Working weekdays, Monday = 0; never empty."""
    country: str = ""
    """ISO 3166 code, `ES`; its public holidays are closed."""
    region: str = ""
    """Code of a part of the country, `MD`, with holidays of its own."""
    off: tuple[date, ...] = ()
    """Own days off, in order."""

    def values(self) -> dict[str, str]:
        """What a person sets, as texts."""
        return {"week": week_text(self.week), "country": self.country, "region": self.region}


def fold_calendar(operations: Iterable[Operation]) -> WorkingTime:
    """The working time its operations make; what makes no sense counts for nothing."""
    working_time = WorkingTime()
    for op in in_force(operations):
        if op.kind == "calendar":
            working_time = apply_to_calendar(working_time, text(op.body.get("key")), op.body.get("value"))
    return working_time


def apply_to_calendar(working_time: WorkingTime, key: str, value: Any) -> WorkingTime:
    """The working time after one more value was set."""
    if key == "off" and isinstance(value, (list, tuple)):
        days = {day for item in texts(value) if (day := _iso_day(item)) is not None}
        return replace(working_time, off=tuple(sorted(days)))
    if key not in KEYS or not isinstance(value, str):
        return working_time
    checked = _checked(key, value)
    if isinstance(checked, Refusal):
        return working_time
    match key:
        case "country":
            return replace(working_time, country=checked)
        case "region":
            return replace(working_time, region=checked)
    week = parse_week(checked)
    return working_time if isinstance(week, Refusal) else replace(working_time, week=week)


def calendar_of(working_time: WorkingTime, zone: tzinfo, holidays: frozenset[date]) -> Calendar:
    """The calendar that dates are worked out with."""
    return Calendar(zone, working_time.week, holidays.union(working_time.off))


# Decisions.


def set_values(working_time: WorkingTime, values: Mapping[str, str]) -> list[Draft] | Refusal:
    """Set week, country and region, all or none; an empty value clears one. What stays as it is gives no draft."""
    given: dict[str, str] = {}
    for key, value in values.items():
        checked = _checked(key, value)
        if isinstance(checked, Refusal):
            return checked
        given[key] = checked
    before = working_time.values()
    country = given.get("country", before["country"])
    if country != before["country"]:
        given.setdefault("region", "")  # it was a part of the other country
    if given.get("region") and not country:
        return Refusal("calendar-region-alone", {"region": given["region"]})
    return [
        Draft("calendar", "", {"key": key, "value": given[key], "old": before[key]})
        for key in KEYS
        if given.get(key, before[key]) != before[key]
    ]


def take_off(working_time: WorkingTime, days: Iterable[date]) -> list[Draft] | Refusal:
    """Take days off; those that are off already stay so."""
    off = {*working_time.off, *days}
    if len(off) > MOST_OFF:
        return Refusal("calendar-off-many", {"most": MOST_OFF})
    return _off(working_time, off)


def back_on(working_time: WorkingTime, days: Iterable[date]) -> list[Draft] | Refusal:
    """Work on these days off after all; all or none."""
    given = set(days)
    if others := sorted(given.difference(working_time.off)):
        return Refusal("calendar-not-off", {"days": [day.isoformat() for day in others]})
    return _off(working_time, set(working_time.off) - given)


def _off(working_time: WorkingTime, off: set[date]) -> list[Draft]:
    old, new = ([day.isoformat() for day in sorted(days)] for days in (working_time.off, off))
    return [] if old == new else [Draft("calendar", "", {"key": "off", "value": new, "old": old})]


def _checked(key: str, value: str) -> str | Refusal:
    """The value as it is kept, or why not."""
    value = line(value[:_LONGEST]).strip()
    match key:
        case "week":
            week = parse_week(value) if value else WEEK
            return week if isinstance(week, Refusal) else week_text(week)
        case "country" if value and not re.fullmatch("[A-Za-z]{2}", value):
            return Refusal("calendar-country", {"country": value[:40], "near": ""})
        case "country":
            return value.upper()
        case "region":
            return value[:40]
    return Refusal("calendar-key", {"key": line(key)[:40], "known": list(KEYS)})


# How a person writes it.


def parse_week(text: str) -> frozenset[int] | Refusal:
    """The working weekdays that a text means: `mon-fri`, `sun to thu`, `lunes a viernes`, `mon, tue & thu`."""
    words = _POINT.sub("", folded(text[:_LONGEST]))
    days: set[int] = set()
    for part in filter(None, _APART.split(_TO.sub("-", words))):
        ends = [_weekday(word) for word in part.split("-")]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2:
            return Refusal("calendar-week", {"text": line(text)[:40]})
        days.update((first + n) % 7 for n in range((last - first) % 7 + 1))
    return frozenset(days) if days else Refusal("calendar-week-empty")


def _weekday(word: str) -> int | None:
    """The weekday that a word of at least two letters begins, or stands for several of."""
    for day, names in enumerate(_NAMES):
        if len(word) >= 2 and any(name.startswith(word) or word == f"{name}s" for name in names.split()):
            return day
    return None


def week_text(week: frozenset[int]) -> str:
    """The work week as `parse_week` reads it: `mon-fri`, `sun-thu`, `mon,tue,thu`."""
    return ",".join(
        f"{_SHORT[first]}-{_SHORT[last]}" if (last - first) % 7 > 1 else ",".join(_SHORT[day] for day in dict.fromkeys((first, last)))
        for first, last in week_spans(week)
    )  # fmt: skip


def week_spans(week: frozenset[int]) -> list[tuple[int, int]]:
    """First and last day of each stretch of working days; one that goes on over Sunday stays whole."""
    if len(week) == 7:
        return [(0, 6)]
    spans = []
    for first in sorted(day for day in week if (day - 1) % 7 not in week):
        last = first
        while (last + 1) % 7 in week:
            last = (last + 1) % 7
        spans.append((first, last))
    return spans


def read_days(text: str, today: date, calendar: Calendar) -> list[date] | Refusal:
    """The day, or every day of a range `2026-12-24..2026-12-31`, as people write them; an end counts from its start."""
    begin, dots, end = (part.strip() for part in text.partition(".."))
    first = read_day(begin, today, calendar)
    if isinstance(first, Refusal) or not dots:
        return first if isinstance(first, Refusal) else [day_of(first, calendar)]
    last = read_day(end, day_of(first, calendar), calendar)
    if isinstance(last, Refusal):
        return last
    begin_on, end_on = day_of(first, calendar), day_of(last, calendar)
    count = (end_on - begin_on).days + 1
    if not 1 <= count <= LONGEST_RANGE:
        return Refusal("calendar-range", {"text": line(text)[:60], "most": LONGEST_RANGE})
    return [begin_on + timedelta(days=n) for n in range(count)]


def _iso_day(text: str) -> date | None:
    found = from_stamp(text) if len(text) == 10 else None
    return None if isinstance(found, datetime) else found
