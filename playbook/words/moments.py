"""Days and instants as plain words, for the command line and documents."""

from datetime import date, datetime

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.schedule import Moment, day_of
from playbook.words import _
from playbook.words.dates import clock_time, long_day, near_day, overdue_words, short_day


def due_words(due: Moment, now: datetime, calendar: Calendar) -> str:
    """`today 16:00`, `Tue 24 Nov`, `! 2 days` when overdue; an instant is overdue once it is past."""
    day, today = day_of(due, calendar), calendar.day_of(now)
    clock = clock_time(calendar.local(due)) if isinstance(due, datetime) else ""
    if day < today:
        return "! " + overdue_words((today - day).days)
    late = "! " if isinstance(due, datetime) and due < now else ""
    return f"{late}{near_day(day, today)} {clock}".rstrip()


def local_time(stamp: str, calendar: Calendar) -> str:
    """`2026-11-23 10:12` in the PM's time zone; a day stays a day."""
    moment = from_stamp(stamp)
    return calendar.local(moment).strftime("%Y-%m-%d %H:%M") if isinstance(moment, datetime) else stamp


def when_words(stamp: str, calendar: Calendar, today: date | None = None) -> str:
    """`Mon 23 Nov 10:12` in the PM's time zone, a day without an hour; with the year when that is not today's.

    What is no stamp stays as it is.
    """
    moment = from_stamp(stamp)
    if moment is None:
        return stamp
    clock = f" {clock_time(calendar.local(moment))}" if isinstance(moment, datetime) else ""
    return short_day(day_of(moment, calendar), today) + clock


def as_of_words(moment: Moment, calendar: Calendar) -> str:
    """What a document says of a past state: the end of which day, or which instant."""
    day = long_day(day_of(moment, calendar))
    if not isinstance(moment, datetime):
        return _("As it stood at the end of {day}. It may have changed since.").format(day=day)
    time = clock_time(calendar.local(moment))
    return _("As it stood on {day}, {time}. It may have changed since.").format(day=day, time=time)


def moment_words(moment: Moment, calendar: Calendar, today: date) -> str:
    """`Thu 19 Nov, 14:05`, or a day alone; with the year when that is not today's."""
    day = short_day(day_of(moment, calendar), today)
    return f"{day}, {clock_time(calendar.local(moment))}" if isinstance(moment, datetime) else day
