"""A due date as a few words: what it says depends on today, and overdue shows without colour."""

from datetime import date, datetime
from typing import NamedTuple

from playbook.core.calendar import Calendar
from playbook.core.schedule import DateRule, Moment
from playbook.widgets.spans import Span, Spans, spans
from playbook.words import _
from playbook.words.dates import clock_time, near_day, overdue_words, relative, short_day


class Now(NamedTuple):
    """What dates are read against."""

    at: datetime
    """This instant (UTC)."""
    calendar: Calendar

    @property
    def today(self) -> date:
        """The day it is for the PM."""
        return self.calendar.day_of(self.at)


def is_overdue(due: Moment | None, now: Now) -> bool:
    """Whether a moment is past: an instant when it is over, a day when the next one began."""
    if due is None:
        return False
    return due < now.at if isinstance(due, datetime) else due < now.today


def due_label(due: Moment | None, now: Now) -> Spans:
    """`! 2 days`, `today 16:00`, `Tue 24 Nov`; nothing for no date."""
    if due is None:
        return ()
    day = now.calendar.day_of(due) if isinstance(due, datetime) else due
    clock = clock_time(due.astimezone(now.calendar.zone)) if isinstance(due, datetime) else ""
    if is_overdue(due, now):
        late = (now.today - day).days
        return spans(f"! {overdue_words(late) if late else clock}", "overdue")
    if day == now.today:
        return (Span(f"{_('today')} {clock}".rstrip(), "strong"),)
    return spans(f"{short_day(day, now.today)} {clock}".rstrip())


def due_sentence(due: Moment | None, now: Now) -> Spans:
    """`due today 16:00`, `overdue since Thu 19 Nov`, for the detail pane."""
    if due is None:
        return ()
    day = now.calendar.day_of(due) if isinstance(due, datetime) else due
    clock = f" {clock_time(due.astimezone(now.calendar.zone))}" if isinstance(due, datetime) else ""
    when = near_day(day, now.today) + clock
    if is_overdue(due, now):
        return spans("! " + _("overdue since {when}").format(when=when), "overdue")
    return spans(_("due {when}").format(when=when))


def waiting_label(rule: DateRule, title: str) -> Spans:
    """What a date waits for; never overdue."""
    return spans(relative(rule, title), "waiting")
