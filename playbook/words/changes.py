"""Changes in words, for History: what was done, from what to what, and why."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from playbook.core.answers import is_answer
from playbook.core.calendar import Calendar
from playbook.core.history import HistoryRow
from playbook.core.playbook import Field, Playbook
from playbook.core.text import line
from playbook.words import N_, _, plural
from playbook.words.answers import answer_words, value_words
from playbook.words.moments import when_words
from playbook.words.names import Names, day_name
from playbook.words.outcomes import outcome_word
from playbook.words.refusals import state_word
from playbook.words.remarks import remark_state

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
    "remark": N_("remarked for the playbook"),
    "remark-close": N_("decided on a remark"),
    "promote": N_("put into the playbook"),
    "sync": N_("brought it up to the playbook"),
    "started": N_("started from here"),
    "finish": N_("finished"),
    "abandon": N_("abandoned"),
    "reopen-run": N_("opened the run again"),
    "client-add": N_("added the client"),
    "client-set": N_("changed the client"),
    "contact-set": N_("changed a contact"),
    "log": N_("logged"),
    "close": N_("closed"),
    "amend": N_("changed the entry"),
    "forget": N_("deleted for good"),
    "calendar": N_("changed the working days"),
    "undo": N_("took back"),
    "redo": N_("did again"),
}
"""What each kind of operation did."""

_STAMP = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")

_STATE_KINDS = frozenset({"start", "tick", "skip", "na", "reopen", "finish", "abandon", "reopen-run"})
"""Kinds whose old and new value are states."""


def kind_word(kind: str) -> str:
    """The verb of a change."""
    return _(CHANGES.get(kind, kind))


def taken_words(kind: str, steps: int, where: str) -> str:
    """What was taken back or done again: a change to one step or run, or the same to several steps."""
    if steps > 1 and kind == "tick":
        return plural("{count} tick", "{count} ticks", steps)
    if steps > 1:
        where = plural("{count} step", "{count} steps", steps)
    return kind_word(kind) + (f", {where}" if where else "")


def detail_words(row: HistoryRow, calendar: Calendar, names: Names | None = None) -> str:
    """What a change did beside its main part: a field's answer, or an entry that was logged or ended."""
    names = names or Names(Playbook())
    return f"{_subject(row, names)}: {_values(row, calendar, names)}"


def change_words(row: HistoryRow, calendar: Calendar, names: Names | None = None) -> str:
    """A change on one line, its instants on the PM's clock; `names` are those of its run, where they are known."""
    names = names or Names(Playbook())
    verb = _("cleared the date of") if row.kind == "due" and row.new is None else kind_word(row.kind)
    title = "" if row.kind == "own-step" else line(names.titles.get(row.step or "", row.step or ""))
    undone = f"#{row.undoes}" if row.undoes is not None else ""
    words = f"{verb} {' · '.join(part for part in (title, _subject(row, names), undone) if part)}".rstrip()
    is_state = row.kind in _STATE_KINDS and row.field is None and row.entry is None
    if not is_state and (said := _values(row, calendar, names)):
        words += f": {said}"
    return f"{words} ({line(row.reason)})" if row.reason else words


def whole_words(
    row: HistoryRow, by_seq: Mapping[int, HistoryRow], calendar: Calendar, names: Mapping[str, Names]
) -> str:
    """A change on one line; where something was taken back or done again, with what that was.

    `by_seq` are the changes of the same history by their number, `names` those of each run.
    """
    meant = row
    while meant.undoes is not None and meant.undoes < meant.seq and meant.undoes in by_seq:
        meant = by_seq[meant.undoes]
    said = change_words(meant, calendar, names.get(meant.run))
    return said if meant is row else f"{kind_word(row.kind)}: {said}"


def _subject(row: HistoryRow, names: Names) -> str:
    """What a row is about beside its step: a question, a role, a day of the run or an entry."""
    name = (row.entry if row.kind == "amend" else row.field) or row.entry or ""
    if row.kind == "assign":
        return line(names.playbook.roles.get(name, name))
    if row.kind == "dates":
        return line(day_name(names.playbook, name))
    field = names.fields.get(name)
    return line(field.label if field else name)


def _values(row: HistoryRow, calendar: Calendar, names: Names) -> str:
    """What it was and what it is, as far as there is anything."""
    values = [value for value in (row.old, row.new) if value is not None]
    if _is_of_field(row) and row.new is None:
        values.append("")
    return " → ".join(_shown(row, value, calendar, names) for value in values)


def _is_of_field(row: HistoryRow) -> bool:
    return row.field is not None and row.kind not in ("assign", "dates")


def _shown(row: HistoryRow, value: Any, calendar: Calendar, names: Names) -> str:
    """What a value was; the states of steps and runs are words of ours, all else is a person's."""
    if row.kind == "amend":
        return value_words(value) if row.field == "text" else _dated(value, calendar)
    if row.kind == "remark-close":
        return line(remark_state(str(value)))
    if row.entry is not None:
        return _ending(value) if row.old is not None else value_words(value)
    if _is_of_field(row) and (field := names.fields.get(row.field or "")):
        return _answer(field, value, calendar)
    if isinstance(value, str):
        if row.field is None and row.kind in _STATE_KINDS:
            return state_word(value)
        if row.field or row.kind in ("due", "block"):
            return _dated(value, calendar)
    return value_words(value)


def _dated(value: Any, calendar: Calendar) -> str:
    """A value that may be a day or an instant: those in words and with their year, all else as it is."""
    is_stamp = isinstance(value, str) and _STAMP.fullmatch(value)
    return when_words(value, calendar, date.min) if is_stamp else value_words(value)


def _ending(value: Any) -> str:
    """How an entry stood: open, or how it ended."""
    return state_word(value) if value == "open" else line(outcome_word(str(value)))


def _answer(field: Field, value: Any, calendar: Calendar) -> str:
    if isinstance(value, list):
        return ", ".join(_answer(field, item, calendar) for item in value)
    if value in (None, "") or not is_answer(value):
        return value_words(value)
    if field.kind == "list":  # one line of it, with a day at its end
        value = [value]
    return line(answer_words(field, value, calendar))
