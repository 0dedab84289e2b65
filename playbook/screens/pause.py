"""The pause: a section that was done from memory is confirmed, one line at a time."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from playbook.dialogs.one_run import OneRun
from playbook.dialogs.step_targets import Target
from playbook.widgets.call_lines import sheet_head, step_head
from playbook.widgets.head_line import HeadLine
from playbook.widgets.spans import Span, Spans, spans
from playbook.widgets.step_detail import StepDetail
from playbook.widgets.step_sheet import StepSheet
from playbook.widgets.step_sheets import picked_field, picks_of, sheet_of
from playbook.widgets.step_signs import standing_of
from playbook.words import N_, _, plural

if TYPE_CHECKING:
    from playbook.core.view import StepView
    from playbook.workspace import Workspace
    from playbook.workspace.runs import OpenRun

AWAY = 180.0
"""Seconds without a key after which one begins again at the last line that was confirmed."""

LOOK = 5.0
"""Seconds from one look at the clock to the next."""


class PauseScreen(OneRun):
    """Confirm a section line by line: answer what you see, then the next."""

    CSS_PATH = "pause.tcss"
    AUTO_FOCUS = ""
    footer_order = (
        "pause.confirm", "pause.next", "pause.previous", "step.skip", "step.answer", "step.note", "pause.call-sheet", "undo",
    )  # fmt: skip

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "confirm", N_("done"), id="pause.confirm", tooltip=N_("It is done; on to the next line")),
        Binding("down,j,right", "go(1)", N_("not yet"), id="pause.next", tooltip=N_("Leave it open; on to the next line")),
        Binding("up,k,left", "go(-1)", N_("line before"), show=False, id="pause.previous", tooltip=N_("Back to the line before")),
        Binding("c", "call_sheet", N_("call sheet"), id="pause.call-sheet", tooltip=N_("The whole section on one page")),
        Binding("pagedown", "page(1)", N_("page down"), show=False, id="pause.page-down", tooltip=N_("One window down")),
        Binding("pageup", "page(-1)", N_("page up"), show=False, id="pause.page-up", tooltip=N_("One window up")),
    ]  # fmt: skip

    class CallSheetWanted(Message):
        """The section is to be shown on one page instead."""

        def __init__(self, run_id: str, section_id: str) -> None:
            super().__init__()
            self.run_id, self.section_id = run_id, section_id

    def __init__(
        self, workspace: "Workspace", run_id: str, section_id: str, *, is_short: bool = False
    ) -> None:
        """`is_short`: only the key steps are gone through."""
        super().__init__(workspace, run_id)
        self.section_id = section_id
        self._is_short = is_short
        self._lines: list[StepView] = []
        self._here = 0
        """The place of the line in view; one past the last is the end."""

    def compose_body(self) -> list[Widget]:
        """Head, card, pinned note, pause, how far, the line."""
        heads = ("call-head", "call-card", "call-note", "call-pause", "line-place", "line-title")
        line = StepDetail(id="line")
        line.answers_always = True
        return [*(HeadLine(id=name) for name in heads), line]

    def on_mount(self) -> None:
        """Paint first, read then; look at the clock from now on."""
        super().on_mount()
        self.set_interval(LOOK, self._look_away)

    def focus_body(self) -> None:
        """Every key is the screen's own."""
        self.set_focus(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to filter, and `space` confirms."""
        return False if action in ("filter", "tick") else super().check_action(action, parameters)

    # Reading and drawing.

    def show_opened(self, opened: "OpenRun") -> None:
        """What was settled gives way to the next line; one that was opened again is the one to look at."""
        before, settled = self._line, {line.step.id for line in self._lines if not line.is_open}
        is_new, self._opened = self._opened is None, opened
        self._lines = [
            line for line in opened.sheet.view.steps.values()
            if line.section.id == self.section_id and line.is_drawn and (line.step.key or not self._is_short)
        ]  # fmt: skip
        here = len(self._lines) if is_new else self._here
        if before and before.is_open and _is_over(before, opened.sheet.view.steps.get(before.step.id)):
            here += 1
        wanted = (
            n for n, line in enumerate(self._lines) if line.is_open and (is_new or line.step.id in settled)
        )
        self._here = min(next(wanted, here), len(self._lines))
        self.redraw()

    @property
    def _line(self) -> "StepView | None":
        """The line in view; None at the end."""
        return self._lines[self._here] if self._here < len(self._lines) else None

    def redraw(self) -> None:
        """The head, and the line or the end."""
        if self._opened is None:
            return
        sheet, client = self._opened.sheet, self._opened.client
        section = next((s for s in sheet.run.playbook.sections if s.id == self.section_id), None)
        if section is None:
            self.leave()
            return
        self.draw_head(sheet_head(sheet, client, section, self.owed))
        self.query_one("#line-place", HeadLine).show(tuple(self._trail()), self._place())
        found, now = self._line, self.now()
        left, right = step_head(found, now) if found else (spans(_("That was the last line."), "strong"), ())
        self.query_one("#line-title", HeadLine).show(left, right)
        texts = self._opened.texts(self.workspace.signature, now.today)
        self.query_one(StepDetail).show(sheet_of(found, sheet, texts, now) if found else self._end())

    def _trail(self) -> "list[Span]":
        """The sign of every line, that in view in brackets."""
        parts = []
        for place, line in enumerate(self._lines):
            standing, is_here = standing_of(line), place == self._here
            text = f"[{standing.sign}]" if is_here else f" {standing.sign} "
            parts.append(Span(text, "key" if is_here else standing.tone or "dim"))
        return parts

    def _place(self) -> Spans:
        if self._line is None:
            return ()
        return spans(
            _("line {number} of {count}").format(number=self._here + 1, count=len(self._lines)), "dim"
        )

    def _end(self) -> StepSheet:
        """What is left open, and where to go from here."""
        left = [line for line in self._lines if line.is_open]
        rest = plural("{count} line is still open:", "{count} lines are still open:", len(left))
        lines = [spans(rest)] + [
            (*spans(f"{standing_of(line).sign} "), *spans(line.step.title)) for line in left
        ]
        return StepSheet(
            title="-end", warnings=tuple(lines) if left else (spans(_("Everything here is settled."), "done"),),
            guide=_("Enter goes back to the run."),
        )  # fmt: skip

    # What the keys are for.

    def targets(self) -> list[Target]:
        """The line in view."""
        return [Target(self.run_id, self._line.step.id)] if self._line else []

    def action_confirm(self) -> None:
        """Done; what it lacks is asked for. A settled line is passed, and the end left."""
        if self._line is None:
            self.leave()
        elif self._line.is_open:
            self.tick(Target(self.run_id, self._line.step.id))
        else:
            self.action_go(1)

    def action_go(self, way: int) -> None:
        """To the next line, or the one before."""
        self._here = max(0, min(len(self._lines), self._here + way))
        self.redraw()

    def on_key(self, event: events.Key) -> None:
        """A number answers the line's choice."""
        field = picked_field(self._line) if self._line else None
        if field is None or not event.character or event.character not in "123456789":
            return
        picks, number = list(picks_of(field)), int(event.character)
        if number <= len(picks):
            event.stop()
            event.prevent_default()  # the number is also a tab's
            target, typed = (
                Target(self.run_id, self._lines[self._here].step.id),
                {field.id: picks[number - 1]},
            )
            self.take(self.calmly(lambda: self.workspace.runs.answer(*target, typed)))

    def action_page(self, way: int) -> None:
        """One window of a long line on or back."""
        self.query_one(StepDetail).action_page(way)

    def action_call_sheet(self) -> None:
        """The whole section on one page."""
        self.post_message(self.CallSheetWanted(self.run_id, self.section_id))

    def action_leave(self) -> None:
        """Back to the run."""
        self.leave()

    # Interrupted.

    def _look_away(self) -> None:
        """After a while without a key nobody knows any more what was seen: back to the last line confirmed."""
        app: Any = self.app
        if app.screen is not self or app.idle_for() < AWAY:
            return
        back = next(
            (n for n in range(min(self._here, len(self._lines) - 1), -1, -1) if not self._lines[n].is_open), 0
        )
        if back < self._here and self._line is not None:
            self._here = back
            self.redraw()
            self.tell(_("You were away for a while. Go on from here, the last line you confirmed."))


def _is_over(before: "StepView", after: "StepView | None") -> bool:
    """Whether an open line was settled; a repeating one is open again in its next round."""
    return after is not None and (
        not after.is_open or len(after.progress.earlier) > len(before.progress.earlier)
    )
