"""One line of typed text."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from playbook.core.text import line
from playbook.words import N_


class TextInput(Input):
    """An input of one row; what is pasted becomes one clean line."""

    DEFAULT_CSS = """
    TextInput, TextInput:focus { height: 1; border: none; padding: 0 1; background: $panel; color: $foreground; }
    TextInput:focus { background: $cursor-line; }
    TextInput > .input--placeholder { color: $dim; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("ok"), id="text.ok", tooltip=N_("On to what comes next")),
    ]

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(line(value), placeholder=line(placeholder), id=id, select_on_focus=False)
        self.set_reactive(Input.cursor_blink, False)  # a still cursor costs no repaint

    @property
    def content_width(self) -> int:
        """As wide as the box while the text fits: another width is a new layout of the whole screen at each letter."""
        return max(super().content_width, self.scrollable_content_region.width)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.text = line(event.text)
        super()._on_paste(event)
