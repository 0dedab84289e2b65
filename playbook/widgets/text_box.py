"""Several lines of typed text."""

from textual import events
from textual.widgets import TextArea

from playbook.core.text import block

BOX_ROWS = 5
"""Rows it takes."""


class TextBox(TextArea):
    """A box of a few rows; what is pasted is made clean. `tab` goes on to what comes next."""

    DEFAULT_CSS = f"""
    TextBox, TextBox:focus {{ height: {BOX_ROWS}; border: none; padding: 0 1; background: $panel; color: $foreground; }}
    TextBox:focus {{ background: $cursor-line; }}
    TextBox .text-area--cursor-line {{ background: transparent; }}
    TextBox .text-area--placeholder {{ color: $dim; }}
    """

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(block(value), placeholder=block(placeholder), id=id, soft_wrap=True)
        self.set_reactive(TextArea.cursor_blink, False)  # a still cursor costs no repaint
        self.cursor_location = self.document.end

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.text = block(event.text)
        await super()._on_paste(event)
