"""Look-back: how earlier runs of a playbook went, promised against actual."""

from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from playbook.core.problems import Refusal
from playbook.dialogs.main_screen import MainScreen
from playbook.widgets.columns import Column
from playbook.widgets.head_line import HeadLine
from playbook.widgets.matching import matches, words_of
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, spans
from playbook.words import N_, _
from playbook.words.look_back import (
    fate_words,
    length_words,
    promise_words,
    step_words,
    target_words,
    time_words,
    when_words,
)
from playbook.workspace.looking_back import earlier

if TYPE_CHECKING:
    from playbook.core.look_back import PastRun
    from playbook.workspace import Workspace


class LookBackScreen(MainScreen):
    """The run that ended last comes first; `enter` opens it."""

    CSS_PATH = "look_back.tcss"
    tab = "playbooks"
    footer_order = ("list.open", "filter")
    AUTO_FOCUS = "RowList"

    columns: ClassVar[tuple[Column, ...]] = (
        Column(14, stretch=1), Column(16), Column(28), Column(27), Column(34, shrinks=True), Column(34),
    )  # fmt: skip

    def __init__(self, workspace: "Workspace", playbook_id: str) -> None:
        super().__init__(workspace)
        self.playbook_id = playbook_id
        self._runs: tuple[PastRun, ...] = ()

    def compose_body(self) -> list[Widget]:
        """Head, what they have in common, and the list."""
        heads = [HeadLine(id=f"look-back-{part}") for part in ("head", "time", "fate")]
        return [*heads, RowList(self.columns, signs=False)]

    def reload(self) -> None:
        """Read the runs."""
        found = earlier(self.workspace, self.playbook_id)
        self._runs = found.runs
        loaded = self.workspace.playbooks.read(self.playbook_id)
        title = self.playbook_id if isinstance(loaded, Refusal) else loaded.playbook.title
        head = (Span(_("Earlier runs"), "title"), Span(" › ", "dim"), Span(title, "strong"))
        self.query_one("#look-back-head", HeadLine).show(head)
        for part, said in (("time", time_words(found)), ("fate", fate_words(found))):
            self.query_one(f"#look-back-{part}", HeadLine).show(spans(" · ".join(said)))
        self.redraw()

    def redraw(self) -> None:
        """Draw those the filter lets through; a row is made when it comes into view."""
        words, today = words_of(self.wanted), self.workspace.clock.today()
        found = [run for run in self._runs if not words or matches(words, f"{run.client_name} {run.name}")]

        def made(place: int) -> Row:
            run = found[place]
            said = (
                length_words(run),
                target_words(run),
                when_words(run, today),
                promise_words(run),
                step_words(run),
            )
            cells = (spans(run.client_name, "strong"), *map(spans, said))
            return Row(run.run_id, cells, tone="" if run.is_finished else "dim")

        empty = (
            N_("No run has these words. Esc shows all.")
            if words
            else N_("No run of this playbook has ended yet.\nOnce one has, this tells how long it took and what was kept.")
        )  # fmt: skip
        self.rows.show_made([run.run_id for run in found], made, empty=empty)

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Open the run."""
        self.post_message(self.RunChosen(event.key))
