"""Days and instants as plain words, for the command line and documents."""

from datetime import datetime

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.schedule import Moment, day_of
from playbook.words.dates import clock_time, near_day, overdue_words


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
