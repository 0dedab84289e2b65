"""One entry of a client's ledger as a row."""

from playbook.core.calendar import from_stamp
from playbook.core.client import Entry
from playbook.core.entry_kinds import due_of
from playbook.widgets.due_label import Now, due_label
from playbook.widgets.row_list import Row
from playbook.widgets.spans import Span, spans
from playbook.words.dates import short_day
from playbook.words.entries import KIND_SIGNS, entry_words, value_line
from playbook.words.outcomes import outcome_word


def entry_line(entry: Entry, now: Now) -> Row:
    """What was said, with its values; at the right when it is due, or when it was and how it ended."""
    said = entry_words(entry.kind, entry.text, entry.on, entry.at, entry.owner, now.calendar, now.today)
    due = due_of(entry)
    if due:
        right = due_label(from_stamp(due), now)
    else:
        right = spans(short_day(now.calendar.day_of_stamp(entry.on), now.today), "dim")
    values = outcome_word(entry.outcome, entry.owner) if entry.outcome else value_line(entry, now.calendar)
    sign = Span(KIND_SIGNS.get(entry.kind, "·"), "dim" if entry.outcome else "care")
    return Row(f"entry {entry.n}", (spans(said), spans(values, "dim"), right), sign)
