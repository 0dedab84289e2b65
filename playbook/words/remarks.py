"""Remarks on a playbook, and what became of its steps, in words."""

from collections.abc import Mapping
from datetime import date

from playbook.core.calendar import Calendar
from playbook.core.remarks import ACCEPTED, ASIDE, Remark, Remarked, StepFate
from playbook.words import N_, _, plural
from playbook.words.moments import when_words

_STATES: Mapping[str, str] = {"": N_("to decide"), ACCEPTED: N_("accepted"), ASIDE: N_("set aside")}


def remark_state(outcome: str) -> str:
    """Where a remark stands."""
    return _(_STATES.get(outcome, outcome))


def fate_of_step(fate: StepFate | None) -> str:
    """`skipped in 3, n/a in 1, overdue in 2 of 12 runs`; "" when the step went as it should."""
    if fate is None:
        return ""
    counts = (
        (fate.skipped, _("skipped in {count}")),
        (fate.not_applicable, _("n/a in {count}")),
        (fate.overdue, _("overdue in {count}")),
    )
    said = ", ".join(words.format(count=count) for count, words in counts if count)
    return plural("{said} of {count} run", "{said} of {count} runs", fate.runs, said=said) if said else ""


def whence_words(found: Remarked, calendar: Calendar, today: date) -> str:
    """When it was written, by whom, and in whose run."""
    remark = found.remark
    return " · ".join((when_words(remark.at, calendar, today), remark.by, found.client_name))


def decided_words(remark: Remark, calendar: Calendar, today: date) -> str:
    """What came of it, when, by whom and why; "" while it is open."""
    if not remark.outcome:
        return ""
    said = f"{remark_state(remark.outcome)} · {when_words(remark.closed_at, calendar, today)} · {remark.closed_by}"
    return f"{said}: {remark.reason}" if remark.reason else said


def settled_words(accepted: int, aside: int) -> str:
    """How many were decided on, whose words are left to the list; "" of none."""
    parts = (
        plural("{count} was accepted", "{count} were accepted", accepted) if accepted else "",
        plural("{count} was set aside", "{count} were set aside", aside) if aside else "",
    )
    return ", ".join(filter(None, parts))
