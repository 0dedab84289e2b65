"""Remarks: what was said on the steps of a playbook over all its runs, and what became of it."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from playbook.core.problems import Refusal
from playbook.core.remarks import Remarks
from playbook.core.text import line
from playbook.dialogs.main_screen import MainScreen
from playbook.widgets.columns import Column
from playbook.widgets.head_line import HeadLine
from playbook.widgets.matching import matches, words_of
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, Spans, spans
from playbook.widgets.text_pane import TextPane
from playbook.words import N_, _, plural
from playbook.words.dates import short_day
from playbook.words.remarks import decided_words, fate_of_step, remark_state, whence_words
from playbook.workspace.improving import accept, remarks, set_aside

if TYPE_CHECKING:
    from playbook.core.playbook import Playbook
    from playbook.core.remarks import Remarked
    from playbook.workspace import Workspace


class RemarksScreen(MainScreen):
    """Those to be decided on come first, then the newest; below the list one of them in full."""

    CSS_PATH = "remarks.tcss"
    tab = "playbooks"
    footer_order = ("list.open", "remarks.accept", "remarks.aside", "undo", "filter")
    AUTO_FOCUS = "RowList"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "accept", N_("accept, and edit"), id="remarks.accept", tooltip=N_("Edit the step, with the remark in view; the file keeps it as the reason")),
        Binding("s", "aside", N_("set it aside"), id="remarks.aside", tooltip=N_("Leave the playbook as it is, with a reason")),
    ]  # fmt: skip

    columns: ClassVar[tuple[Column, ...]] = (
        Column(18), Column(20, stretch=1), Column(12), Column(10), Column(16),
    )  # fmt: skip

    def __init__(self, workspace: "Workspace", playbook_id: str) -> None:
        super().__init__(workspace)
        self.playbook_id = playbook_id
        self._found = Remarks((), {}, {})
        self._by_key: dict[str, Remarked] = {}

    def compose_body(self) -> list[Widget]:
        """Head, list, and the remark under the cursor."""
        return [HeadLine(id="remarks-head"), RowList(self.columns, signs=False), TextPane(id="remark")]

    def _playbook(self) -> "Playbook | None":
        loaded = self.workspace.playbooks.read(self.playbook_id)
        return None if isinstance(loaded, Refusal) else loaded.playbook

    def reload(self) -> None:
        """Read the remarks."""
        playbook = self._playbook()
        self._found = remarks(self.workspace, self.playbook_id, playbook)
        self._by_key = {found.remark.id: found for found in self._found.every}
        title = playbook.title if playbook else self.playbook_id
        head = (Span(_("Remarks"), "title"), Span(" › ", "dim"), Span(title, "strong"))
        count = plural("{count} remark", "{count} remarks", len(self._found.every))
        self.query_one("#remarks-head", HeadLine).show(head, spans(count, "dim"))
        self.redraw()

    def redraw(self) -> None:
        """Draw those the filter lets through."""
        words = words_of(self.wanted)
        every = sorted(self._found.every, key=lambda found: bool(found.remark.outcome))
        rows = [
            self._row(found)
            for found in every
            if not words or matches(words, f"{self._title(found)} {found.remark.text} {found.client_name}")
        ]
        empty = (
            N_("No remark has these words. Esc shows all.")
            if words
            else N_("Nothing was remarked on this playbook yet.\nIn a run, r on a step says what should be otherwise.")
        )  # fmt: skip
        self.rows.show(rows, empty=empty)
        self._draw_remark(self.rows.key)

    def _title(self, found: "Remarked") -> str:
        return self._found.title(found)

    def _row(self, found: "Remarked") -> Row:
        remark = found.remark
        is_gone = self._found.is_gone(found) and not remark.outcome
        state = spans(_("step is gone"), "overdue") if is_gone else spans(remark_state(remark.outcome), "dim")
        day = short_day(self.workspace.calendar.day_of_stamp(remark.at), self.workspace.clock.today())
        cells = (
            spans(self._title(found), "strong"), spans(line(remark.text)), state, spans(day, "dim"),
            spans(found.client_name, "dim"),
        )  # fmt: skip
        return Row(remark.id, cells, tone="dim" if remark.outcome else "")

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """The pane follows the cursor."""
        self._draw_remark(event.key)

    def _draw_remark(self, key: str) -> None:
        found = self._by_key.get(key)
        pane = self.query_one(TextPane)
        if found is None:
            pane.show("", ())
            return
        calendar, remark, today = self.workspace.calendar, found.remark, self.workspace.clock.today()
        lines: list[Spans] = [spans(part) for part in remark.text.splitlines()]
        lines.append(spans(whence_words(found, calendar, today), "dim"))
        fate = fate_of_step(self._found.fates.get(remark.step))
        gone = _("The playbook has this step no longer.") if self._found.is_gone(found) else ""
        said = ((fate, "key"), (gone, "overdue"), (decided_words(remark, calendar, today), "done"))
        lines += [spans(words, tone) for words, tone in said if words]
        pane.show(self._title(found), lines)

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Open the run it comes from, at its step."""
        if found := self._by_key.get(event.key):
            self.post_message(self.RunChosen(found.run_id, found.remark.step))

    def action_accept(self) -> None:
        """Make it an edit of its step."""
        if found := self._open_one():
            self.ask(self._accept, found)

    def action_aside(self) -> None:
        """Leave the playbook as it is."""
        if found := self._open_one():
            self.ask(self._set_aside, found)

    def _open_one(self) -> "Remarked | None":
        """The remark under the cursor, unless it was decided on."""
        found = self._by_key.get(self.rows.key)
        if found is not None and found.remark.outcome:
            self.allowed(Refusal("remark-closed"))
            return None
        return found

    async def _accept(self, found: "Remarked") -> None:
        from playbook.dialogs.step_form import changed_keys, step_form
        from playbook.dialogs.sync_actions import sync_all

        remark, playbook_id = found.remark, self.playbook_id
        loaded = self.allowed(self.workspace.playbooks.exactly(playbook_id, found.language))
        step = self.allowed(self.workspace.editing.step(playbook_id, found.language, remark.step))
        if step is None or loaded is None:
            return
        hint = f"{remark.text}\n{line(whence_words(found, self.workspace.calendar, self.workspace.clock.today()))}"
        typed = await self.app.push_screen_wait(
            step_form(loaded.playbook, step, hint=hint, because=remark.text)
        )
        if typed is None:
            return
        values, why = changed_keys(step, typed), typed["because"]
        paths = self.allowed(self.calmly(lambda: accept(self.workspace, playbook_id, found, values, why)))
        if paths is None:
            return
        self.tell(
            _("Written to {path}.").format(path=str(paths[0])) if paths else _("The file says it already.")
        )
        await sync_all(self, playbook_id, silent=True)
        self.calmly(self.reload)

    async def _set_aside(self, found: "Remarked") -> None:
        from playbook.dialogs.ask_text import AskTextDialog

        dialog = AskTextDialog(_("Set this remark aside"), _("Why"), hint=found.remark.text, required=True)
        reason = await self.app.push_screen_wait(dialog)
        if reason and self.allowed(self.calmly(lambda: set_aside(self.workspace, found, reason))):
            self.calmly(self.reload)
