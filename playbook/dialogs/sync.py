"""What bringing a run up to its playbook would do, step by step, before it is done."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from playbook.core.playbook import Playbook
from playbook.core.text import line
from playbook.dialogs.dialog import LIST_ROWS, Dialog
from playbook.widgets.columns import Column
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, spans
from playbook.widgets.text_pane import TextPane
from playbook.words import N_, _
from playbook.words.names import Names
from playbook.words.refusals import state_word
from playbook.words.sync import ELSEWHERE, SIGNS, conflict_words, kept_words, taken_words

if TYPE_CHECKING:
    from playbook.core.sync import Conflict
    from playbook.workspace.syncing import Preview


class SyncDialog(Dialog[frozenset[str]]):
    """Answers the steps whose old answers are set aside, once the run is to be brought along."""

    DEFAULT_CSS = """
    SyncDialog > .box { width: 100; }
    SyncDialog RowList { height: 1fr; }
    SyncDialog TextPane { height: 8; border-top: solid $panel-border; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "agree", N_("bring it along"), id="sync.agree", priority=True, tooltip=N_("Bring the run up to the playbook")),
        Binding("space", "decide", N_("keep or set aside"), id="sync.decide", tooltip=N_("Keep the old question with its answer, or set the answer aside")),
    ]  # fmt: skip

    def __init__(self, preview: "Preview") -> None:
        super().__init__(_("What {run} would take over").format(run=preview.run.name), LIST_ROWS)
        self._preview = preview
        self._drop: set[str] = set()
        self._list = RowList((Column(30, stretch=1), Column(30, shrinks=True, right=True)))
        self._three = TextPane()
        self._conflicts = {f"conflict {each.step}": each for each in preview.sync.conflicts}

    def body(self) -> Iterable[Widget]:
        """The list, and below it the step under the cursor three ways."""
        said = _("What was done stays as it was done. One key takes all of it back.")
        yield Static(Content(said), classes="hint")
        yield self._list
        yield self._three

    def on_mount(self) -> None:
        """The list can be read through."""
        self._draw()
        self._list.focus()

    def _draw(self) -> None:
        found = self._preview.sync
        rows = [self._conflict_row(key, each) for key, each in self._conflicts.items()]
        for change in found.changes:
            said = spans(line(taken_words(change, found)))
            tone = "overdue" if change.kind == "removed" else "done" if change.kind == "added" else "accent"
            rows.append(Row(f"step {change.step}", (said, ()), Span(SIGNS[change.kind], tone)))
        for change in found.untouched:
            kept = spans(line(kept_words(change, found)))
            rows.append(Row(f"step {change.step}", (kept, ()), Span("✓", "dim"), tone="dim"))
        self._list.show(rows, empty=ELSEWHERE)

    def _conflict_row(self, key: str, conflict: "Conflict") -> Row:
        is_dropped = conflict.step in self._drop
        decided = _("its answer is set aside") if is_dropped else _("the old question stays")
        return Row(key, (spans(line(conflict_words(conflict))), spans(decided, "key")), Span("?", "overdue"))

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """The step under the cursor as the run has it, as the file has it, and where the run stands."""
        step_id = event.key.partition(" ")[2]
        preview = self._preview
        was = {new: old for old, new in preview.sync.renamed.items()}
        old_id = was.get(step_id, step_id)
        progress = preview.run.progress(old_id)
        labels = {field.id: field.label for field in preview.run.playbook.all_fields()}
        stands = [state_word(progress.state), *(line(labels.get(each, each)) for each in progress.answers)]
        stands += [progress.due_by_hand] if progress.due_by_hand else []
        self._three.show(_("Three ways"), [
            (Span(_("This run's copy"), "key"), *spans("  " + _said(preview.run.playbook, old_id))),
            (Span(_("The file now"), "key"), *spans("  " + _said(preview.file, step_id))),
            (Span(_("Where the run stands"), "key"), *spans("  " + " · ".join(stands))),
        ])  # fmt: skip

    def action_decide(self) -> None:
        """Keep the old question, or set its answer aside."""
        if conflict := self._conflicts.get(self._list.key):
            self._drop ^= {conflict.step}
            self._draw()

    def action_agree(self) -> None:
        """Do it."""
        self.dismiss(frozenset(self._drop))


def _said(playbook: Playbook, step_id: str) -> str:
    """A step on a few lines: its title, its date, its questions, its guide."""
    step = next((each for each in playbook.steps() if each.id == step_id), None)
    if step is None:
        return "–"
    names = Names(playbook)
    parts = [
        line(step.title),
        names.dates(step.due),
        *(line(field.label) for field in step.fields),
    ]
    return " · ".join(filter(None, [*parts, line(step.guide)]))
