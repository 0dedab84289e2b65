"""Changes in words, for History: what was done, from what to what, and why."""

from collections.abc import Mapping
from typing import Any

from playbook.core.history import HistoryRow
from playbook.core.text import line
from playbook.words import N_, _
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
    "started": N_("started from here"),
    "finish": N_("finished"),
    "abandon": N_("abandoned"),
    "reopen-run": N_("opened the run again"),
    "client-add": N_("added the client"),
    "client-set": N_("changed the client"),
    "contact-set": N_("changed a contact"),
    "undo": N_("took back"),
    "redo": N_("did again"),
}
"""What each kind of operation did."""

_STATE_KINDS = frozenset({"start", "tick", "skip", "na", "reopen", "finish", "abandon", "reopen-run"})
"""Kinds whose old and new value are states."""


def kind_word(kind: str) -> str:
    """The verb of a change."""
    return _(CHANGES.get(kind, kind))


def change_words(row: HistoryRow, title: str = "") -> str:
    """A change on one line; `title` stands for the step's id where it is known."""
    verb = _("cleared the date of") if row.kind == "due" and row.new is None else kind_word(row.kind)
    parts = [verb, line(title or row.step or ""), row.field or "", row.entry or ""]
    if row.undoes is not None:
        parts.append(f"#{row.undoes}")
    words = " ".join(part for part in parts if part)
    if row.old is not None or row.new is not None:
        new = _shown(row, row.new)
        words += f": {new}" if row.old is None else f": {_shown(row, row.old)} → {new}"
    return f"{words} ({line(row.reason)})" if row.reason else words


def _shown(row: HistoryRow, value: Any) -> str:
    """What a value was; the states of steps and runs are words of ours, all else is a person's."""
    is_state = row.kind in _STATE_KINDS and row.field is None and row.entry is None
    return state_word(str(value)) if is_state and value is not None else value_words(value)


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
