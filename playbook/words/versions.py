"""The versions of a playbook in words: who used each, since when, and what it changed."""

from collections.abc import Iterator, Sequence
from datetime import date

from playbook.core.calendar import Calendar
from playbook.core.comparing import StepChange
from playbook.core.versions import Used
from playbook.words import _, plural
from playbook.words.dates import short_day
from playbook.words.sync import ELSEWHERE, SIGNS, version_change_words


def since_words(used: Used, calendar: Calendar, today: date) -> str:
    """The day on which a run first had it; “in the library” while none has."""
    return short_day(calendar.day_of_stamp(used.at), today) if used.at else _("in the library")


def runs_words(used: Used) -> str:
    """`3 runs: 1 open, 2 ended`, and how many went on to another version."""
    if not used.at:
        return _("no run has used it yet")
    parts = []
    if used.open:
        parts.append(plural("{count} open", "{count} open", used.open))
    if used.ended:
        parts.append(plural("{count} ended", "{count} ended", used.ended))
    if used.left:
        parts.append(plural("{count} brought up to another", "{count} brought up to another", used.left))
    runs = plural("{count} run", "{count} runs", used.open + used.ended + used.left)
    return f"{runs}: {', '.join(parts)}"


def change_lines(used: Used, changes: Sequence[StepChange], *, is_first: bool) -> Iterator[tuple[str, str]]:
    """Sign and words of what a version changed of the one before it."""
    if is_first:
        yield "·", _("The first that a run used.") if used.at else _("There is none before it.")
        return
    for change in changes:
        yield SIGNS[change.kind], version_change_words(change)
    if not changes:
        yield "·", _(ELSEWHERE)
