"""Changes in words, for History: what was done, from what to what, and why."""

import re
from collections.abc import Mapping
from typing import Any

from playbook.core.calendar import Calendar
from playbook.core.history import HistoryRow
from playbook.core.text import line
from playbook.words import N_, _
from playbook.words.moments import local_time
from playbook.words.refusals import state_word

CHANGES: Mapping[str, str] = {
    "start": N_("started"),
    "tick": N_("ticked"),
    "skip": N_("skipped"),
    "na": N_("set to n/a"),
    "reopen": N_("opened again"),
    "answer": N_("answered"),
    "note": N_("noted"),
    "due": N_("dated by hand"),
    "dates": N_("moved the dates"),
    "block": N_("blocked"),
    "unblock": N_("unblocked"),
    "assign": N_("assigned"),
    "own-step": N_("added the step"),
    "retire": N_("retired"),
    "started": N_("started from here"),
    "finish": N_("finished"),
    "abandon": N_("abandoned"),
    "reopen-run": N_("opened the run again"),
    "client-add": N_("added the client"),
    "client-set": N_("changed the client"),
    "contact-set": N_("changed a contact"),
    "calendar": N_("changed the working days"),
    "undo": N_("took back"),
    "redo": N_("did again"),
}
"""What each kind of operation did."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

_STATE_KINDS = frozenset({"start", "tick", "skip", "na", "reopen", "finish", "abandon", "reopen-run"})
"""Kinds whose old and new value are states."""


def kind_word(kind: str) -> str:
    """The verb of a change."""
    return _(CHANGES.get(kind, kind))


def detail_words(row: HistoryRow, calendar: Calendar) -> str:
    """What a change did beside its main part: a field's answer, or an entry that was logged."""
    values = [value for value in (row.old, row.new) if value is not None]
    said = " → ".join(_shown(row, value, calendar) for value in values)
    return f"{row.field or row.entry}: {said}"


def change_words(row: HistoryRow, calendar: Calendar, title: str = "") -> str:
    """A change on one line, its instants on the PM's clock; `title` stands for the step's id where it is known."""
    verb = _("cleared the date of") if row.kind == "due" and row.new is None else kind_word(row.kind)
    parts = [verb, line(title or row.step or ""), row.field or "", row.entry or ""]
    if row.undoes is not None:
        parts.append(f"#{row.undoes}")
    words = " ".join(part for part in parts if part)
    values = [value for value in (row.old, row.new) if value is not None]
    if values and not (row.kind in _STATE_KINDS and row.field is None and row.entry is None):
        words += ": " + " → ".join(_shown(row, value, calendar) for value in values)
    return f"{words} ({line(row.reason)})" if row.reason else words


def _shown(row: HistoryRow, value: Any, calendar: Calendar) -> str:
    """What a value was; the states of steps and runs are words of ours, all else is a person's."""
    if isinstance(value, str) and row.entry is None:
        if row.field is None and row.kind in _STATE_KINDS:
            return state_word(value)
        if (row.field or row.kind == "due") and _INSTANT.fullmatch(value):
            return local_time(value, calendar)
    return value_words(value)


def value_words(value: Any) -> str:
    """A stored value on one line."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        shown = (
            value.get("text"),
            value.get("choice"),
            value.get("name"),
            value.get("amount"),
            value.get("currency"),
        )
        return " ".join(line(str(part)) for part in shown if part)
    if isinstance(value, list):
        return ", ".join(value_words(item) for item in value)
    return line(str(value))
