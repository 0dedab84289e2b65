"""History: every change to a run or client: when, who, what, from what to what, why."""

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.widget import Widget

from playbook.core.problems import Refusal
from playbook.dialogs.main_screen import MainScreen
from playbook.widgets.columns import Column
from playbook.widgets.head_line import HeadLine
from playbook.widgets.matching import matches, words_of
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, spans, width_of
from playbook.words import N_, _, plural
from playbook.words.changes import detail_words, whole_words
from playbook.words.moments import when_words

if TYPE_CHECKING:
    from playbook.core.history import HistoryRow
    from playbook.words.names import Names
    from playbook.workspace import Workspace


class HistoryScreen(MainScreen):
    """The newest change first; those taken back are marked."""

    CSS_PATH = "history.tcss"
    footer_order = ("list.open", "undo", "redo", "filter")
    AUTO_FOCUS = "RowList"

    columns: ClassVar[tuple[Column, ...]] = (
        Column(16),
        Column(10, shrinks=True),
        Column(20, stretch=1),
        Column(10, shrinks=True, right=True),
    )

    class MomentWanted(Message):
        """A run is to be shown as it stood right after a change."""

        def __init__(self, run_id: str, change: int) -> None:
            super().__init__()
            self.run_id, self.change = run_id, change

    def __init__(self, workspace: "Workspace", *, run_id: str = "", client_id: str = "") -> None:
        super().__init__(workspace)
        self.run_id, self.client_id = run_id, client_id
        self._changes: list[HistoryRow] = []
        self._names: dict[str, Names] = {}
        self._by_seq: dict[int, HistoryRow] = {}

    def compose_body(self) -> list[Widget]:
        """Head and list."""
        return [HeadLine(id="history-head"), RowList(self.columns)]

    @property
    def undo_run(self) -> str:
        """`u` takes back within the run that is shown."""
        return self.run_id

    def reload(self) -> None:
        """Read the changes."""
        name = ""
        if self.run_id:
            opened = self.workspace.runs.open(self.run_id)
            if not isinstance(opened, Refusal):
                name = opened.sheet.run.name
            self._changes = self.workspace.runs.history(self.run_id)
        else:
            client = self.workspace.clients.get(self.client_id)
            name = client.name if client else ""
            self._changes = self.workspace.clients.history(self.client_id)
        self._names = self.workspace.runs.names(self._changes)
        self._by_seq = {}
        for row in self._changes:
            self._by_seq.setdefault(row.seq, row)
        count = plural("{count} change", "{count} changes", len(self._by_seq))
        hint = " · " + _("enter: as it stood then") if self._changes else ""
        self.query_one("#history-head", HeadLine).show(
            (Span(_("History"), "title"), Span(" › ", "dim"), Span(name, "strong")),
            spans(count + hint, "dim"),
        )
        self.redraw()

    def redraw(self) -> None:
        """Draw those the filter lets through."""
        words = words_of(self.wanted)
        whens = self._whens()
        rows: list[Row] = []
        groups: dict[int, list[int]] = {}
        for place, row in enumerate(self._changes):
            groups.setdefault(row.seq, []).append(place)
        for places in reversed(groups.values()):
            said = [self._said(self._changes[place], place == places[0]) for place in places]
            if not words or matches(words, " ".join([*said, self._changes[places[0]].by])):
                rows += [
                    self._row(place, text, whens[place] if place == places[0] else "")
                    for place, text in zip(places, said, strict=True)
                ]
        self.rows.columns = (Column(max(map(width_of, map(spans, whens)), default=0)), *self.columns[1:])
        self.rows.show(rows, empty=N_("No change has these words. Esc shows all."))

    def _whens(self) -> list[str]:
        """When each change was made, as people write it."""
        calendar, today = self.workspace.calendar, self.workspace.clock.today()
        return [when_words(row.at, calendar, today) for row in self._changes]

    def _said(self, row: "HistoryRow", is_first: bool) -> str:
        """A change in words; what else the same key did stands below it."""
        calendar = self.workspace.calendar
        if is_first:
            return whole_words(row, self._by_seq, calendar, self._names)
        return "   " + detail_words(row, calendar, self._names.get(row.run))

    def _row(self, place: int, said: str, when: str) -> Row:
        """A change with its moment, or without one what else the same key did."""
        row = self._changes[place]
        by = spans(row.by if when else "", "dim")
        undone = spans(_("taken back") if row.is_undone and when else "", "dim")
        tone = "hidden" if row.is_undone else "" if when else "dim"
        return Row(str(place), (spans(when, "dim"), by, spans(said), undone), tone=tone)

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Enter shows the run as it stood right after the change; a change of the client alone has no run."""
        row = self._changes[int(event.key)]
        if row.run:
            self.post_message(self.MomentWanted(row.run, row.seq))
        else:
            self.tell(
                _(
                    "This change is about the client alone. Enter on a change of a run shows the run as it stood then."
                )
            )
