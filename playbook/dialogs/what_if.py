"""Every date that a change would move, shown before it is done."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from playbook.core.dating import Due
from playbook.core.decide import Sheet
from playbook.core.what_if import MovedDate
from playbook.dialogs.dialog import LIST_ROWS, Dialog
from playbook.widgets.columns import Column
from playbook.widgets.due_label import Now, due_label
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, Spans, spans
from playbook.words import N_, _, plural
from playbook.words.date_faults import fault_words
from playbook.words.names import title_of
from playbook.words.signs import FAULTY


class WhatIfDialog(Dialog[bool]):
    """Answers True when the change is to be made."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,y",
            "agree",
            N_("move them"),
            id="what-if.agree",
            priority=True,
            tooltip=N_("Move these dates"),
        ),
    ]

    def __init__(self, changes: Sequence[MovedDate], sheet: Sheet, now: Now) -> None:
        super().__init__(_("What would change in {run}").format(run=sheet.run.name), LIST_ROWS)
        self._changes, self._sheet, self._now = tuple(changes), sheet, now
        self._rows = RowList((Column(20, stretch=1), Column(32, right=True, shrinks=True)))

    def body(self) -> Iterable[Widget]:
        """How many dates, and which."""
        impossible = sum(bool(change.faults) for change in self._changes)
        said = plural("{count} date moves", "{count} dates move", len(self._changes))
        if impossible:
            said += "; " + plural("{count} cannot be kept", "{count} cannot be kept", impossible)
        yield Static(Content(f"{said}."), classes="hint")
        yield self._rows

    def on_mount(self) -> None:
        """The list can be read through."""
        self._rows.show([self._row(place, change) for place, change in enumerate(self._changes)],
                        empty=N_("No open step is dated from it: only the day itself moves."))  # fmt: skip
        self._rows.focus()

    def action_agree(self) -> None:
        """Do it."""
        self.dismiss(True)

    def _row(self, place: int, change: MovedDate) -> Row:
        when = (*self._when(change.old), Span(" → ", "dim"), *self._when(change.new))
        sign = Span(FAULTY, "overdue") if change.faults else Span("")
        title = spans(change.title)
        if change.faults:
            fault = change.faults[0]
            title = (*title, Span(": " + fault_words(fault, title_of(self._sheet, fault.other)), "overdue"))
        return Row(str(place), (title, when), sign)

    def _when(self, due: Due) -> Spans:
        return due_label(due.moment, self._now) or spans(_("waiting") if due.waiting else "–", "waiting")
