"""When they hear from us next about how it goes: the next check-in."""

from collections.abc import Iterable
from datetime import datetime

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.client import Entry
from playbook.core.decide.sheet import Sheet
from playbook.core.entry_kinds import VOICE, is_open
from playbook.core.playbook import channel_of
from playbook.core.schedule import Moment, day_of


def next_check_in(
    sheets: Iterable[Sheet], entries: Iterable[Entry], now: datetime, calendar: Calendar
) -> Moment | None:
    """The earliest day or instant to come on which we talk with them about progress; None when none is set.

    That is an open step of an open run where we talk, with the topic `progress`; a talk about progress that is
    logged for a day to come; or the day for which something is kept for the check-in.
    """
    found = [moment for sheet in sheets for moment in _of_steps(sheet)]
    found += [moment for entry in entries if (moment := _of_entry(entry)) is not None]
    today = calendar.day_of(now)
    ahead = [m for m in found if (m > now if isinstance(m, datetime) else m >= today)]
    # On one day an hour says more than the day alone.
    return min(ahead, key=lambda m: (day_of(m, calendar), not isinstance(m, datetime), str(m)), default=None)


def _of_steps(sheet: Sheet) -> Iterable[Moment]:
    for view in sheet.view.steps.values():
        topic = view.step.topic or sheet.run.playbook.topic
        if view.is_open and topic == "progress" and channel_of(view.step) in VOICE and view.due_moment:
            yield view.due_moment


def _of_entry(entry: Entry) -> Moment | None:
    is_talk = (
        entry.kind == "contact"
        and entry.values.get("topic") == "progress"
        and entry.values.get("channel") in VOICE
    )
    is_kept = entry.kind == "batch" and is_open(entry) and entry.on != entry.at
    return from_stamp(entry.on) if is_talk or is_kept else None
