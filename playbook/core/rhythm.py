"""The dates of a repeating step: one interval apart from its first, however late each round was done.

A rhythm is counted from its first date, so that a Monday step stays a Monday step after a holiday moved it
once, and the 31st comes back after a short month. A *beat* is the number of a date in it, from 0.
"""

from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from playbook.core.calendar import Calendar
from playbook.core.schedule import DateRule, counted_on, rolled


class Rhythm(NamedTuple):
    """Where a rhythm begins and how it goes on."""

    first: date
    """Its first day, before that moved off a closed one."""
    interval: DateRule
    roll: str = ""


def day_of_beat(rhythm: Rhythm, beat: int, calendar: Calendar) -> date:
    """The day of a beat, moved off a closed day."""
    step = rhythm.interval._replace(amount=rhythm.interval.amount * beat)
    return rolled(counted_on(step, rhythm.first, calendar), 1, calendar, rhythm.roll)


def next_beat(rhythm: Rhythm, last: int, done_on: date, calendar: Calendar) -> int:
    """The beat after a round: the first one later than both its own date and the day it was done.

    What was missed in between is passed over, so that a pause leaves one round to catch up on, never a pile.
    """
    days = max(0, (done_on - rhythm.first).days)
    beats = range(last + 1, last + 3 + days)  # they lie a day apart or more, but for rolling
    return beats[0] + bisect_right(beats, done_on, key=lambda beat: day_of_beat(rhythm, beat, calendar))
