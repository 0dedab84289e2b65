"""Working days in words: the work week, days off, and why a day is closed."""

from collections.abc import Iterable
from datetime import date, timedelta

from playbook.core.working_time import week_spans
from playbook.words import _
from playbook.words.dates import short_day, weekday

_MONDAY = date(2024, 1, 1)


def week_words(week: frozenset[int]) -> str:
    """`Mon–Fri`, `Mon, Tue, Thu`."""
    said = []
    for first, last in week_spans(week):
        begin, end = (weekday(_MONDAY + timedelta(days=day)) for day in (first, last))
        between = "–" if (last - first) % 7 > 1 else ", "
        said.append(begin if first == last else f"{begin}{between}{end}")
    return ", ".join(said)


def days_words(days: Iterable[date], today: date) -> list[str]:
    """`Thu 24 Dec – Thu 31 Dec` for each stretch of days, which come in order."""
    spans: list[tuple[date, date]] = []
    for day in days:
        if spans and day - spans[-1][1] == timedelta(days=1):
            spans[-1] = spans[-1][0], day
        else:
            spans.append((day, day))
    return [" – ".join(short_day(day, today) for day in dict.fromkeys(span)) for span in spans]


def day_off_words() -> str:
    """Why a day off is closed."""
    return _("your day off")


def outside_week_words(day: date) -> str:
    """Why a day outside the work week is closed: `Sat is outside your work week`."""
    return _("{weekday} is outside your work week").format(weekday=weekday(day))


def holiday_words(name: str, country: str) -> str:
    """Why a public holiday is closed: `Navidad (ES)`."""
    return f"{name} ({country})"
