"""Days and instants as plain words, for the command line and documents."""

from datetime import datetime

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.schedule import Moment, day_of
from playbook.words import _
from playbook.words.dates import clock_time, near_day, overdue_words


def due_words(due: Moment, now: datetime, calendar: Calendar) -> str:
    """`today 16:00`, `Tue 24 Nov`, `! 2 days` when overdue; an instant is overdue once it is past."""
    day, today = day_of(due, calendar), calendar.day_of(now)
    clock = clock_time(due.astimezone(calendar.zone)) if isinstance(due, datetime) else ""
    if day < today:
        return "! " + overdue_words((today - day).days)
    late = "! " if isinstance(due, datetime) and due < now else ""
    return f"{late}{near_day(day, today)} {clock}".rstrip()


def local_time(stamp: str, calendar: Calendar) -> str:
    """`2026-11-23 10:12` in the PM's time zone; a day stays a day."""
    moment = from_stamp(stamp)
    return (
        moment.astimezone(calendar.zone).strftime("%Y-%m-%d %H:%M") if isinstance(moment, datetime) else stamp
    )


def moment_words(stamp: str, calendar: Calendar) -> str:
    """A stored day or instant for a document: `2026-11-24`, or `2026-11-24 16:00` with the zone's name."""
    name = getattr(calendar.zone, "key", "UTC")
    return f"{local_time(stamp, calendar)} ({name})" if len(stamp) > 10 else stamp or _("none")
