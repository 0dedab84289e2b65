"""Rows of Today that are no steps: what was said, who is quiet, what can be closed."""

from typing import TYPE_CHECKING

from playbook.core.calendar import from_stamp
from playbook.widgets.due_label import Now, due_label
from playbook.widgets.row_list import Row
from playbook.widgets.spans import Span, spans
from playbook.words import _

if TYPE_CHECKING:
    from playbook.workspace.lists import EntryRow, QuietRow, ReadyRow


def entry_row(key: str, row: "EntryRow", now: Now) -> Row:
    """A promise, a next word, a concern and the like."""
    from playbook.words.entries import KIND_SIGNS, entry_words

    due = due_label(from_stamp(row.due), now) if row.due else ()
    said = entry_words(row.kind, row.text, row.on, row.at, row.owner, now.calendar, now.today)
    return Row(
        key,
        (due, spans(row.client_name, "strong"), spans(said), ()),
        Span(KIND_SIGNS.get(row.kind, "·"), "care"),
    )


def quiet_row(key: str, row: "QuietRow", now: Now) -> Row:
    """Since when a client has not heard us."""
    from playbook.words.standing import quiet_words

    days = (now.today - now.calendar.day_of_stamp(row.last_voice)).days
    return Row(key, ((), spans(row.name, "strong"), spans(quiet_words(days)), ()), Span("☎", "care"))


def ready_row(key: str, row: "ReadyRow") -> Row:
    """What only waits to be finished."""
    said = _("everything is settled: space closes it")
    return Row(key, (spans(f"{row.done}/{row.total}", "dim"), spans(row.client_name, "strong"), spans(said), spans(row.title, "dim")), Span("✓", "done"))  # fmt: skip
