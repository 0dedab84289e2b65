"""The pane that shows one step: its guide, words to say, answers and notes. It scrolls."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from playbook.core.text import line
from playbook.widgets.line_view import LineView
from playbook.widgets.spans import Spans
from playbook.widgets.step_sheet import StepSheet, sheet_lines
from playbook.words import N_


class StepDetail(LineView):
    """Draws a `StepSheet`; another one is one repaint."""

    DEFAULT_CSS = "StepDetail { padding: 0 0 0 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_by(-1)", N_("up"), show=False, id="detail.up", tooltip=N_("One line up")),
        Binding("down,j", "scroll_by(1)", N_("down"), show=False, id="detail.down", tooltip=N_("One line down")),
        Binding("pageup", "page(-1)", N_("page up"), show=False, id="detail.page-up", tooltip=N_("One window up")),
        Binding("pagedown", "page(1)", N_("page down"), show=False, id="detail.page-down",
                tooltip=N_("One window down")),
        Binding("home,g", "edge(-1)", N_("top"), show=False, id="detail.top", tooltip=N_("To the beginning")),
        Binding("end,G", "edge(1)", N_("end"), show=False, id="detail.end", tooltip=N_("To the end")),
    ]  # fmt: skip

    class Picked(Message):
        """A number was typed that takes a choice of the step."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    answers_always = False
    """Whether numbers answer without the focus, as where the screen sends them here; else they lead to the tabs."""
    _sheet: StepSheet = StepSheet()
    _lines: tuple[int, list[Spans]] | None = None

    @property
    def sheet(self) -> StepSheet:
        """What it shows."""
        return self._sheet

    def show(self, sheet: StepSheet) -> None:
        """Show this step from its beginning; the same step stays where it was scrolled to."""
        if sheet == self._sheet:
            return
        is_same_step = sheet.title == self._sheet.title
        before = self._lines
        self._sheet, self._lines = sheet, None
        if not is_same_step:
            self.border_title = Content(line(sheet.title)) if sheet.title else None
            self.set_reactive(LineView.top, 0)
        top = self.validate_top(self.top)
        if is_same_step and before is not None and top == self.top and before[0] == self.line_width:
            self._paint_changed(before[1])
            return
        self.set_reactive(LineView.top, top)
        self.refresh()

    def _paint_changed(self, before: list[Spans]) -> None:
        """Paint only the lines that read otherwise than before."""
        now = self._wrapped(self.line_width)
        both = range(max(len(before), len(now)))
        self.refresh_lines(*(i for i in both if before[i : i + 1] != now[i : i + 1]))

    @property
    def line_count(self) -> int:
        """Lines the sheet takes at this width."""
        return len(self._wrapped(self.line_width))

    def line(self, index: int, width: int) -> Spans:
        """One line of the sheet."""
        return self._wrapped(width)[index]

    def _wrapped(self, width: int) -> list[Spans]:
        if self._lines is None or self._lines[0] != width:
            numbered = self.answers_always or self.has_focus
            self._lines = (width, sheet_lines(self._sheet, max(4, width - 1), numbered=numbered))
            self.set_reactive(LineView.top, max(0, min(self.top, len(self._lines[1]) - self.window.height)))
        return self._lines[1]

    def watch_has_focus(self, has_focus: bool) -> None:
        """The numbers of the choices are there while they answer."""
        super().watch_has_focus(has_focus)
        self._lines = None
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """A number answers the step's choice, so that the phone need not wait for a form."""
        most = max((len(field.choices) for field in self._sheet.fields), default=0)
        if event.character and event.character in "123456789" and int(event.character) <= most:
            event.stop()
            event.prevent_default()
            self.post_message(self.Picked(int(event.character)))

    def action_scroll_by(self, lines: int) -> None:
        """Some lines on or back."""
        self.top += lines

    def action_page(self, by: int) -> None:
        """One window on or back."""
        self.top += by * max(1, self.window.height - 1)

    def action_edge(self, to: int) -> None:
        """The beginning (-1) or the end (1)."""
        self.top = 0 if to < 0 else self.line_count
