"""Dates as people write them: `fri`, `+2`, `+3bd`, `+3 hábiles`, `12 dec`, `27/11`, `vie 16:00`."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from playbook.core.calendar import Calendar, from_stamp, shift
from playbook.core.problems import Refusal
from playbook.core.schedule import DateRule, due_on

_OFFSET = re.compile(r"([+-]) ?(\d{1,4}) ?([^\W\d_]+(?: [^\W\d_]+)?)?")
_CLOCK = re.compile(r"(?:(.*?)[ T]+)?([01]?\d|2[0-3]):([0-5]\d)")
_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?\.?")
_NAMED = re.compile(
    r"(\d{1,2})\.?(?: de)? ([^\W\d]+)\.?(?: (?:de )?(\d{4}))?|([^\W\d]+)\.? (\d{1,2})(?:,? (\d{4}))?"
)

_WEEKDAYS: Mapping[str, int] = {
    name: day
    for day, names in enumerate((
        "mon monday lun lunes", "tue tues tuesday mar martes", "wed wednesday mie mié miércoles miercoles",
        "thu thur thurs thursday jue jueves", "fri friday vie viernes", "sat saturday sab sáb sábado sabado",
        "sun sunday dom domingo",
    ))
    for name in names.split()
}  # fmt: skip
_UNITS: Mapping[str, str] = {
    name: unit
    for unit, names in {
        "d": "d,day,days,día,días,dia,dias", "w": "w,week,weeks,semana,semanas", "mo": "mo,month,months,mes,meses",
        "bd": "bd,working day,working days,hábil,hábiles,habil,habiles,día hábil,días hábiles,dia habil,dias habiles",
    }.items()
    for name in names.split(",")
}  # fmt: skip
_MONTHS: Mapping[str, int] = {
    name: month
    for month, names in enumerate((
        "jan january ene enero", "feb february febrero", "mar march marzo", "apr april abr abril", "may mayo",
        "jun june junio", "jul july julio", "aug august ago agosto", "sep sept september septiembre",
        "oct october octubre", "nov november noviembre", "dec december dic diciembre",
    ), start=1)
    for name in names.split()
}  # fmt: skip
_NEAR: Mapping[str, int] = {
    "today": 0, "hoy": 0, "tomorrow": 1, "mañana": 1, "manana": 1, "yesterday": -1, "ayer": -1,
}  # fmt: skip


RECENT = 60
"""Days: a day of so short a time ago, written without its year, is meant and not the same a year on."""


def read_day(
    text: str, today: date, calendar: Calendar, *, back: int = 0, now: datetime | None = None
) -> date | datetime | Refusal:
    """The day, or with a clock time the instant, that a person means.

    Offsets count from today. A weekday is the next one after today, or today with an hour that is still ahead of
    `now`; a day without a year the next one from today on, or one up to `back` days ago. `27/11` is day and month.
    """
    words = " ".join(text.split()).casefold()
    stamp = from_stamp(text.strip(), calendar.zone) if len(text.strip()) >= 10 else None
    if stamp is not None:
        return stamp
    clock: time | None = None
    if match := _CLOCK.fullmatch(words):
        words, clock = match[1] or "today", time(int(match[2]), int(match[3]))
    day = _day(words, today, calendar, back)
    if day is None:
        return Refusal("day-words", {"text": text.strip()[:40]})
    if clock is None:
        return day
    if now is not None and _WEEKDAYS.get(words) == today.weekday() and calendar.instant(today, clock) > now:
        day = today
    return calendar.instant(day, clock)


YEAR = 364
"""Days: of a day gone by that is written without its year, the last one is meant."""


def read_past(text: str, today: date, calendar: Calendar, now: datetime) -> date | datetime | Refusal:
    """The day or instant gone by that a person means: a weekday is the last one, today among them."""
    words = text.split()
    is_weekday = bool(words) and words[0].casefold() in _WEEKDAYS
    return read_day(text, shift(today, -7) if is_weekday else today, calendar, back=YEAR, now=now)


def _day(words: str, today: date, calendar: Calendar, back: int) -> date | None:
    if words in _NEAR:
        return shift(today, _NEAR[words])
    if words in _WEEKDAYS:
        return shift(today, (_WEEKDAYS[words] - today.weekday() - 1) % 7 + 1)
    if len(words) == 10 and (stamp := from_stamp(words)):
        return stamp
    if match := _OFFSET.fullmatch(words):
        unit = _UNITS.get(match[3] or "d")
        if unit is None:
            return None
        return _plain(due_on(DateRule("", False, 1 if match[1] == "+" else -1, int(match[2]), unit), today, calendar, roll="none"))  # fmt: skip
    if match := _NUMERIC.fullmatch(words):
        return _dated(int(match[1]), int(match[2]), match[3], today, back)
    if match := _NAMED.fullmatch(words):
        month = _MONTHS.get(match[2] or match[4])
        return _dated(int(match[1] or match[5]), month, match[3] or match[6], today, back) if month else None
    return None


def _plain(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _dated(day: int, month: int, year: str | None, today: date, back: int) -> date | None:
    """The next such day from `back` days ago on, or in the year given; a leap day looks up to eight years ahead."""
    first = shift(today, -back)
    for candidate in (int(year),) if year else range(first.year, today.year + 9):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= first:
            return found
    return None
