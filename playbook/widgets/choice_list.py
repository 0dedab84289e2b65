"""A few choices, all in view: `space` or the number takes one, `enter` goes on."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from playbook.widgets.line_view import LineView
from playbook.widgets.spans import Span, fit, one_line, segments
from playbook.words import N_

MOST_ROWS = 8
"""Rows it takes before it scrolls."""


class ChoiceList(LineView):
    """One of the choices, or several of them, can be taken."""

    DEFAULT_CSS = (
        "ChoiceList { height: auto; background: $panel; } ChoiceList:focus { background: $cursor-line; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", N_("up"), show=False, id="choice.up", tooltip=N_("To the choice above")),
        Binding(
            "down,j", "move(1)", N_("down"), show=False, id="choice.down", tooltip=N_("To the choice below")
        ),
        Binding("space", "take", N_("take"), id="choice.take", tooltip=N_("Take the choice, or leave it")),
        Binding(
            "enter", "go_on", N_("next"), show=False, id="choice.next", tooltip=N_("On to what comes next")
        ),
    ]

    cursor: reactive[int] = reactive(0)

    class _ListMessage(Message):
        def __init__(self, choice_list: "ChoiceList") -> None:
            super().__init__()
            self.choice_list = choice_list

        @property
        def control(self) -> "ChoiceList":
            """The list it comes from."""
            return self.choice_list

    class Changed(_ListMessage):
        """Another choice is taken."""

    class Submitted(_ListMessage):
        """`enter`: on to what comes next."""

    def __init__(
        self, choices: Mapping[str, str], taken: Iterable[str] = (), *, several: bool = False
    ) -> None:
        """`choices`: id and label; `taken`: ids taken at first."""
        super().__init__()
        self._choices = dict(choices)
        self._several = several
        self._taken = {key for key in taken if key in self._choices}
        keys = list(self._choices)
        self.set_reactive(ChoiceList.cursor, min((keys.index(key) for key in self._taken), default=0))
        self.styles.height = max(1, min(MOST_ROWS, len(keys)))

    @property
    def taken(self) -> tuple[str, ...]:
        """The ids taken, in the order of the choices."""
        return tuple(key for key in self._choices if key in self._taken)

    def take(self, keys: Iterable[str]) -> None:
        """Take these and no others; nobody is told."""
        self._taken = {key for key in keys if key in self._choices}
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Always on a choice."""
        return max(0, min(cursor, len(self._choices) - 1))

    def watch_cursor(self, cursor: int) -> None:
        """The cursor stays in view."""
        self.scroll_into_view(cursor)

    def action_move(self, by: int) -> None:
        """One choice on or back."""
        self.cursor += by

    def action_take(self) -> None:
        """Take the choice under the cursor, or leave it when it is taken."""
        self._switch(self.cursor)

    def action_go_on(self) -> None:
        """Of one choice, the one under the cursor is taken on the way."""
        if not self._several and not self._taken:
            self._switch(self.cursor)
        self.post_message(self.Submitted(self))

    def on_key(self, event: events.Key) -> None:
        """A number takes its choice."""
        if event.character and event.character in "123456789" and int(event.character) <= len(self._choices):
            event.stop()
            self.cursor = int(event.character) - 1
            self._switch(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """A click takes."""
        if self.top + event.y < len(self._choices):
            event.stop()
            self.cursor = self.top + event.y
            self._switch(self.cursor)

    def _switch(self, place: int) -> None:
        key = list(self._choices)[place]
        self._taken = self._taken ^ {key} if self._several else {key} - self._taken
        self.refresh()
        self.post_message(self.Changed(self))

    @property
    def line_count(self) -> int:
        """One line a choice."""
        return len(self._choices)

    def line(self, index: int, width: int) -> Strip:
        """`▌1 (•) gold`; the number is there while it takes the choice."""
        key, label = list(self._choices.items())[index]
        left, taken = ("[ ]", "[x]") if self._several else ("( )", "(•)")
        sign = taken if key in self._taken else left
        bar = "▌" if index == self.cursor and self.has_focus else " "
        number = str(index + 1) if index < 9 and self.has_focus else " "
        tone = "strong" if key in self._taken else ""
        parts = one_line((Span(bar, "accent"), Span(f"{number} ", "dim"), Span(f"{sign} {label}", tone)))
        return Strip(segments(fit(parts, width), self.palette), width)
