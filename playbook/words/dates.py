"""Dates as people say them, in the language in force."""

from collections.abc import Mapping
from datetime import date, datetime, time

from playbook.core.schedule import DateRule
from playbook.words import N_, N_plural, _, plural

_WEEKDAYS = N_("Mon Tue Wed Thu Fri Sat Sun")
_LONG_WEEKDAYS = N_("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_MONTHS = N_("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
_LONG_MONTHS = N_("January February March April May June July August September October November December")


def weekday(day: date) -> str:
    """`Tue`."""
    return _(_WEEKDAYS).split()[day.weekday()]


def short_day(day: date, today: date | None = None) -> str:
    """`Tue 24 Nov`; with the year when that is not today's."""
    words = {
        "weekday": weekday(day),
        "day": day.day,
        "month": _(_MONTHS).split()[day.month - 1],
        "year": day.year,
    }
    if today is None or today.year == day.year:
        return _("{weekday} {day} {month}").format(**words)
    return _("{weekday} {day} {month} {year}").format(**words)


def long_day(day: date) -> str:
    """`Tuesday 24 November 2026`."""
    return _("{long_weekday} {day} {long_month} {year}").format(
        long_weekday=_(_LONG_WEEKDAYS).split()[day.weekday()],
        day=day.day,
        long_month=_(_LONG_MONTHS).split()[day.month - 1],
        year=day.year,
    )


def full_day(day: date, today: date) -> str:
    """`Tuesday 24 November`, with the year when that is not today's: a day in what is said or written to a client."""
    if day.year != today.year:
        return long_day(day)
    return _("{long_weekday} {day} {long_month}").format(
        long_weekday=_(_LONG_WEEKDAYS).split()[day.weekday()],
        day=day.day,
        long_month=_(_LONG_MONTHS).split()[day.month - 1],
    )


def clock_time(at: time | datetime) -> str:
    """`16:00`, of a time that is already local."""
    return f"{at:%H:%M}"


def short_moment(at: datetime, today: date | None = None) -> str:
    """`Tue 24 Nov 10:12`, of an instant that is already local; `10:12` alone on today."""
    return clock_time(at) if at.date() == today else f"{short_day(at.date(), today)} {clock_time(at)}"


def overdue_words(days: int) -> str:
    """`2 days`: for how long something is overdue."""
    return span_words(days, "d")


def near_day(day: date, today: date) -> str:
    """`today`, `tomorrow`, `yesterday`, else `Tue 24 Nov`."""
    match (day - today).days:
        case 0:
            return _("today")
        case 1:
            return _("tomorrow")
        case -1:
            return _("yesterday")
    return short_day(day, today)


_BARE: Mapping[str, tuple[str, str, str]] = {
    "start": (N_("with the start"), N_("{span} before the start"), N_("{span} after the start")),
    "target": (N_("with the target day"), N_("{span} before the target day"), N_("{span} after the target day")),
}  # fmt: skip
"""A date that counts from a day which the playbook gives no name of its own."""

_EVERY: Mapping[str, tuple[str, str]] = {
    "min": N_plural("every minute", "every {count} minutes"),
    "h": N_plural("every hour", "every {count} hours"),
    "d": N_plural("every day", "every {count} days"),
    "bd": N_plural("every working day", "every {count} working days"),
    "w": N_plural("every week", "every {count} weeks"),
    "mo": N_plural("every month", "every {count} months"),
}


def relative(rule: DateRule, title: str) -> str:
    """`2 working days after “Welcome call”`: a date whose anchor (by its title, in quotes) is not known yet.

    `title` is "" for a start or target without a name.
    """
    if not title and rule.anchor in _BARE:
        alone, before, after = map(_, _BARE[rule.anchor])
        if not rule.unit or not rule.amount:
            return alone
        return (before if rule.sign < 0 else after).format(span=span_words(rule.amount, rule.unit))
    title = title or rule.anchor
    what = _("the due date of {title}").format(title=title) if rule.of_due else title
    if not rule.unit or not rule.amount:
        return _("with {what}").format(what=what)
    words = _("{span} before {what}") if rule.sign < 0 else _("{span} after {what}")
    return words.format(span=span_words(rule.amount, rule.unit), what=what)


def every_words(amount: int, unit: str) -> str:
    """`every 2 weeks`: how often something repeats."""
    one, many = _EVERY.get(unit, _EVERY["d"])
    return plural(one, many, amount)


def span_words(amount: int, unit: str) -> str:
    """`2 working days`, of an amount and a unit of a date rule."""
    match unit:
        case "min":
            return plural("{count} minute", "{count} minutes", amount)
        case "h":
            return plural("{count} hour", "{count} hours", amount)
        case "bd":
            return plural("{count} working day", "{count} working days", amount)
        case "w":
            return plural("{count} week", "{count} weeks", amount)
        case "mo":
            return plural("{count} month", "{count} months", amount)
    return plural("{count} day", "{count} days", amount)
