"""Type to narrow a list, arrows and enter to take a row."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from playbook.core.text import line
from playbook.widgets.columns import Column
from playbook.widgets.matching import folded, matches, words_of
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, spans
from playbook.widgets.text_input import TextInput
from playbook.words import N_, _

_NEW = "\0new"


class Choice(NamedTuple):
    """One row to take."""

    key: str
    title: str
    note: str = ""
    """Said quietly at the right, or in full below the list."""


class Picker(Vertical):
    """A filter over a list; the filter has the keys, so one just types."""

    DEFAULT_CSS = """
    Picker { height: 1fr; }
    Picker RowList { height: 1fr; margin: 1 0 0 0; }
    Picker .about { height: 2; margin: 1 0 0 0; color: $dim; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", N_("up"), show=False, id="picker.up", tooltip=N_("To the row above")),
        Binding("down", "move(1)", N_("down"), show=False, id="picker.down", tooltip=N_("To the row below")),
        Binding("pageup", "page(-1)", N_("page up"), show=False, id="picker.page-up", tooltip=N_("One window up")),
        Binding("pagedown", "page(1)", N_("page down"), show=False, id="picker.page-down",
                tooltip=N_("One window down")),
    ]  # fmt: skip

    class Picked(Message):
        """A row was taken; without a key, what was typed is to be something new."""

        def __init__(self, key: str, text: str) -> None:
            super().__init__()
            self.key = key
            self.text = text

    def __init__(
        self, choices: Sequence[Choice], *, placeholder: str = "", new: str = "", empty: str = "",
        notes_below: bool = False,
    ) -> None:  # fmt: skip
        """`new`: a msgid with `{text}` that offers what was typed as something new; "" offers nothing.

        `notes_below`: the note of the row under the cursor stands below the list, where a sentence has room.
        """
        super().__init__()
        self._choices = tuple(choices)
        self._new = new
        self._typed = TextInput(placeholder=placeholder)
        self._about = Static(markup=False, classes="about") if notes_below else None
        columns = Column(12, stretch=1), Column(24, right=True, shrinks=True)
        self._list = RowList(columns, signs=False, empty=empty or N_("Nothing matches."))
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """The filter above the list."""
        yield self._typed
        yield self._list
        if self._about is not None:
            yield self._about

    def on_mount(self) -> None:
        """Everything is shown at first."""
        self._show()

    def focus_filter(self) -> None:
        """Go to where one types."""
        self.screen.set_focus(self._typed)  # now: `focus()` leaves time in which typed letters are lost

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow."""
        event.stop()
        self._show()

    def _show(self) -> None:
        text = self._typed.value.strip()
        words = words_of(text)
        found = [choice for choice in self._choices if matches(words, f"{choice.title} {choice.note}")]
        found.sort(
            key=lambda choice: (
                not folded(choice.title).startswith(words[:1]),
                not matches(words, choice.title),
            )
        )
        beside = self._about is None
        rows = [Row(c.key, (spans(c.title), spans(c.note if beside else "", "dim"))) for c in found]
        if self._new and text:
            said = _(self._new).format(text=text)
            rows.append(Row(_NEW, ((Span("+ ", "accent"), Span(said, "accent")),)))
        self._list.show(rows)
        self._list.highlight(text)
        self._list.action_edge(-1)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """`enter` takes the row under the cursor."""
        event.stop()
        self.take()

    def take(self) -> None:
        """Take the row under the cursor."""
        self._list.action_open()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Tell which row was taken."""
        event.stop()
        is_new = event.key == _NEW
        self.post_message(
            self.Picked("" if is_new else event.key, self._typed.value.strip() if is_new else "")
        )

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Say below what the row is about; nobody outside needs to know."""
        event.stop()
        if self._about is not None:
            note = next((choice.note for choice in self._choices if choice.key == event.key), "")
            self._about.update(Content(line(note)))

    def on_click(self, event: events.Click) -> None:
        """The filter keeps the keys."""
        self.focus_filter()

    def action_move(self, by: int) -> None:
        """One row on or back."""
        self._list.action_move(by)

    def action_page(self, by: int) -> None:
        """One window on or back."""
        self._list.action_page(by)
