"""History: every change to a run or client: when, who, what, from what to what, why."""

from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from playbook.core.problems import Refusal
from playbook.dialogs.main_screen import MainScreen
from playbook.widgets.columns import Column
from playbook.widgets.head_line import HeadLine
from playbook.widgets.matching import matches, words_of
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, spans
from playbook.words import N_, _, plural
from playbook.words.changes import change_words
from playbook.words.moments import local_time

if TYPE_CHECKING:
    from playbook.core.history import HistoryRow
    from playbook.workspace import Workspace


class HistoryScreen(MainScreen):
    """The newest change first; those taken back are marked."""

    CSS_PATH = "history.tcss"
    footer_order = ("undo", "redo", "filter")
    AUTO_FOCUS = "RowList"

    columns: ClassVar[tuple[Column, ...]] = (
        Column(16),
        Column(10, shrinks=True),
        Column(20, stretch=1),
        Column(10, shrinks=True, right=True),
    )

    def __init__(self, workspace: "Workspace", *, run_id: str = "", client_id: str = "") -> None:
        super().__init__(workspace)
        self.run_id, self.client_id = run_id, client_id
        self._changes: list[HistoryRow] = []
        self._titles: dict[str, str] = {}

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
                self._titles = {
                    step_id: found.step.title for step_id, found in opened.sheet.view.steps.items()
                }
            self._changes = self.workspace.runs.history(self.run_id)
        else:
            client = self.workspace.clients.get(self.client_id)
            name = client.name if client else ""
            self._changes = self.workspace.clients.history(self.client_id)
        count = plural("{count} change", "{count} changes", len(self._changes))
        self.query_one("#history-head", HeadLine).show(
            (Span(_("History"), "title"), Span(" › ", "dim"), Span(name, "strong")), spans(count, "dim")
        )
        self.redraw()

    def redraw(self) -> None:
        """Draw those the filter lets through."""
        words = words_of(self.wanted)
        rows = []
        calendar = self.workspace.calendar
        for place in range(len(self._changes) - 1, -1, -1):
            row = self._changes[place]
            said = change_words(row, calendar, self._titles.get(row.step or "", ""))
            if words and not matches(words, f"{said} {row.by}"):
                continue
            undone = spans(_("taken back"), "dim") if row.is_undone else ()
            tone = "hidden" if row.is_undone else ""
            rows.append(
                Row(
                    str(place),
                    (spans(local_time(row.at, calendar), "dim"), spans(row.by, "dim"), spans(said), undone),
                    tone=tone,
                )
            )
        self.rows.show(rows, empty=N_("No change has these words. Esc shows all."))
