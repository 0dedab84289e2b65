"""Date rules: from `start + 2bd` and an anchor to a day or an instant (PRODUCT.md §4)."""

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from playbook.core.calendar import Calendar, add_months, shift
from playbook.core.problems import Problem

Moment = date | datetime
"""A day, or an instant in UTC; a `datetime` is always an instant."""

_ID = r"[a-z][a-z0-9-]{0,63}"
_RULE = re.compile(rf"({_ID})(\.due)?(?: ([+-]) (\d{{1,4}}) ?(min|h|d|bd|w|mo))?")
_INTERVAL = re.compile(r"(\d{1,4}) ?(d|bd|w|mo)")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_TIGHT = re.compile(rf"({_ID})(\.due)? ?([+-]) ?(\d+) ?([a-z]+)?")

INSTANT_UNITS = frozenset({"min", "h"})


class DateRule(NamedTuple):
    """An anchor and at most one offset."""

    anchor: str
    of_due: bool = False
    sign: int = 0
    amount: int = 0
    unit: str = ""


def parse_rule(text: str) -> DateRule | Problem:
    """The rule a text states, or the problem with a code that says which slip it is."""
    if match := _RULE.fullmatch(text.strip()):
        anchor, of_due, sign, amount, unit = match.groups()
        return DateRule(
            anchor, bool(of_due), {"+": 1, "-": -1}.get(sign or "", 0), int(amount or 0), unit or ""
        )
    if slip := _TIGHT.fullmatch(text.strip()):
        anchor, of_due, sign, amount, unit = slip.groups()
        if unit == "m":
            return Problem("rule-unit-m", args={"text": text})
        meant = f"{anchor}{of_due or ''} {sign} {int(amount[:9])}{unit or 'd'}"
        if _RULE.fullmatch(meant):
            return Problem("rule-spaces", args={"text": text, "meant": meant})
        if len(amount) <= 4:
            return Problem("rule-unit", args={"text": text, "unit": unit})
    return Problem("rule", args={"text": text})


def parse_interval(text: str) -> DateRule | Problem:
    """A repeat such as `2w`, as a rule without an anchor."""
    match = _INTERVAL.fullmatch(text.strip())
    if match is None or int(match[1]) == 0:
        return Problem("interval", args={"text": text})
    return DateRule("", False, 1, int(match[1]), match[2])


def parse_clock(text: str) -> time | Problem:
    """A clock time `16:00`."""
    match = _CLOCK.fullmatch(text.strip())
    return time(int(match[1]), int(match[2])) if match else Problem("clock", args={"text": text})


def moment_key(moment: Moment, calendar: Calendar) -> datetime:
    """What moments are ordered by; a day ends at midnight, so it sorts after its instants."""
    if isinstance(moment, datetime):
        return moment
    return calendar.instant(moment, time(23, 59, 59))


def day_of(moment: Moment, calendar: Calendar) -> date:
    """The day of a moment in the PM's time zone."""
    return calendar.day_of(moment) if isinstance(moment, datetime) else moment


def is_later(one: Moment, other: Moment, calendar: Calendar) -> bool:
    """Whether one moment is after another; by the day unless both are instants."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one > other
    return day_of(one, calendar) > day_of(other, calendar)


def due_on(rule: DateRule, anchor: Moment, calendar: Calendar, roll: str = "", by: str = "") -> Moment:
    """The day or instant a rule gives. `roll` is later, earlier, none or "" (by the sign); `by` a clock time.

    `min` and `h` run on the clock and never roll; a bare instant stays one. A day anchor stands for 09:00 where they need an instant.
    """
    if rule.unit in INSTANT_UNITS:
        at = anchor if isinstance(anchor, datetime) else calendar.instant(anchor)
        step = timedelta(minutes=rule.amount) if rule.unit == "min" else timedelta(hours=rule.amount)
        try:
            return at + step * rule.sign
        except OverflowError:
            return at
    if not rule.unit and isinstance(anchor, datetime):
        return anchor
    base = day_of(anchor, calendar)
    day = _settle(rule, base, calendar, roll)
    clock = parse_clock(by) if by else None
    if not isinstance(clock, time):
        return day
    at = calendar.instant(day, clock)
    return max(at, anchor) if rule.sign > 0 and isinstance(anchor, datetime) else at


def counted_on(rule: DateRule, anchor: Moment, calendar: Calendar) -> date:
    """The day a rule counts to, before it moves off a closed day."""
    if rule.unit in INSTANT_UNITS:
        return day_of(due_on(rule, anchor, calendar), calendar)
    return _moved(rule, day_of(anchor, calendar), calendar)


def rolled(day: date, sign: int, calendar: Calendar, roll: str) -> date:
    """The day moved off a closed one: as `roll` says, else later for what comes after (+1), earlier before (-1)."""
    way = roll or {1: "later", -1: "earlier"}.get(sign, "none")
    return day if way == "none" else calendar.roll(day, 1 if way == "later" else -1)


def _settle(rule: DateRule, base: date, calendar: Calendar, roll: str) -> date:
    day = rolled(_moved(rule, base, calendar), rule.sign, calendar, roll)
    return max(day, base) if rule.sign > 0 else day


def _moved(rule: DateRule, base: date, calendar: Calendar) -> date:
    count = rule.sign * rule.amount
    match rule.unit:
        case "bd":
            return calendar.add_working_days(base, count)
        case "d":
            return shift(base, count)
        case "w":
            return shift(base, count * 7)
        case "mo":
            return add_months(base, count)
    return base
