"""Money is spoken first, and after some care: a sum goes out in writing only minutes before a booked talk, or after it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.client import Entry
from playbook.core.decide.sheet import Sheet
from playbook.core.entry_kinds import VOICE
from playbook.core.playbook import channel_of
from playbook.core.schedule import day_of
from playbook.core.view import StepView

AHEAD = timedelta(hours=1)
"""So long before the talk a sum may be with them; the habit is ten minutes."""

LATELY = timedelta(days=7)
"""Days after a talk about money in which what is written counts as following it."""


def is_unspoken(sheet: Sheet, found: StepView, channel: str, at: str) -> bool:
    """Whether ticking this step would put money in writing that nobody has talked about, nor is about to."""
    if not channel or channel in VOICE or _topic(sheet, found) != "money":
        return False
    others = [
        view for view in sheet.view.steps.values() if view is not found and _topic(sheet, view) == "money"
    ]
    if any(channel_of(view.step) in VOICE and _is_done(view) for view in others):
        return False
    return not any(_is_now(value, at, sheet.calendar) for value in _answers(sheet))


def is_about_money(sheet: Sheet, found: StepView, channel: str) -> bool:
    """Whether ticking this step is a contact about money, and the first one of its run."""
    return bool(channel) and _topic(sheet, found) == "money" and not any(
        _topic(sheet, view) == "money" and channel_of(view.step) and _is_done(view)
        for view in sheet.view.steps.values()
    )  # fmt: skip


def is_contact_unspoken(
    new: Sequence[Mapping[str, Any]], kept: Iterable[Entry], at: str, calendar: Calendar
) -> bool:
    """Whether an entry about to be logged puts money in writing without a talk about money in the days before."""
    written = [entry["values"] for entry in new if entry["kind"] == "contact"]
    if not any(
        v.get("topic") == "money" and v.get("channel") not in VOICE and v.get("direction", "out") == "out"
        for v in written
    ):
        return False
    since = calendar.day_of_stamp(at) - LATELY
    return not any(
        entry.kind == "contact" and entry.values.get("topic") == "money" and entry.values.get("channel") in VOICE
        and (moment := from_stamp(entry.on)) is not None and day_of(moment, calendar) >= since
        for entry in kept
    )  # fmt: skip


def _topic(sheet: Sheet, found: StepView) -> str:
    return found.step.topic or sheet.run.playbook.topic


def _is_done(found: StepView) -> bool:
    return found.progress.state == "done" or any(before.state == "done" for before in found.progress.earlier)


def _answers(sheet: Sheet) -> Iterable[Any]:
    yield from sheet.run.answers.values()
    for found in sheet.view.steps.values():
        if not found.is_hidden:
            yield from found.progress.last_answers.values()


def _is_now(value: Any, at: str, calendar: Calendar) -> bool:
    """Whether an answer is an instant at which one talks: later today within the hour, or earlier today."""
    talk = from_stamp(value) if isinstance(value, str) else None
    now = from_stamp(at)
    if not isinstance(talk, datetime) or not isinstance(now, datetime):
        return False
    return talk <= now + AHEAD and calendar.day_of(talk) == calendar.day_of(now)
