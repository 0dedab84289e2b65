"""What every dialog is: a quiet framed box with its title in the frame and its keys at the bottom."""

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

from playbook.core.text import line
from playbook.dialogs.held_keys import hold_frame, release_frame, release_keys
from playbook.widgets.footer import KeyFooter
from playbook.words import N_

Result = TypeVar("Result")

FRAME = 4
"""Rows of the frame, the empty row and the keys."""
LIST_ROWS = 26
"""Rows for a long list, as far as the terminal has them."""


class Dialog(ModalScreen[Result | None]):
    """Asks something; `esc` leaves it with None."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > .box { width: 72; max-width: 100%; height: auto; max-height: 100%; background: $surface; }
    Dialog > .box { border: round $panel-border-active; border-title-color: $heading; border-title-style: bold; }
    Dialog > .box { padding: 1 2 0 2; overflow-y: auto; scrollbar-size-vertical: 1; }
    Dialog HeadLine { margin: 0 0 1 0; }
    Dialog .lines { height: auto; margin: 0 0 1 0; }
    Dialog .hint { height: auto; color: $dim; margin: 0 0 1 0; }
    Dialog KeyFooter { dock: none; height: 1; background: $surface; }
    Dialog.-tall Form { height: 1fr; max-height: 100%; }
    Dialog:ansi { background: transparent; }
    """
    AUTO_FOCUS = ""
    leaving: ClassVar[str] = "dialog.leave"
    """Id of the binding that leaves; it stands at the right of the keys."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "leave", N_("cancel"), id="dialog.leave", tooltip=N_("Leave without doing anything")
        ),
    ]

    def __init__(self, title: str, rows_wanted: int = 0) -> None:
        """`rows_wanted`: rows of what scrolls inside; 0 for a box as high as what stands in it."""
        super().__init__(classes="-tall" if rows_wanted else None)
        self._title = title
        self.rows_wanted = rows_wanted

    def compose(self) -> ComposeResult:
        """The box."""
        box = Vertical(classes="box")
        if self.rows_wanted:
            box.styles.height = self.rows_wanted + FRAME
        box.border_title = Content(line(self._title))
        with box:
            yield from self.body()
            yield KeyFooter(kept=(self.leaving,), margin=0)

    def on_mount(self) -> None:
        """What was typed ahead is for this dialog."""
        release_frame(self)
        self.call_after_refresh(release_keys, self)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close, and paint it together with what comes of the answer."""
        hold_frame(self)
        return super().dismiss(result)

    def body(self) -> Iterable[Widget]:
        """What is asked."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
