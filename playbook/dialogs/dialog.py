"""What every dialog is: a quiet framed box with its title in the frame and its keys at the bottom."""

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

from playbook.core.text import line
from playbook.widgets.footer import KeyFooter
from playbook.words import N_

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None]):
    """Asks something; `esc` leaves it with None."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > .box { width: 72; max-width: 100%; height: auto; max-height: 100%; background: $surface; }
    Dialog > .box { border: round $panel-border-active; border-title-color: $heading; border-title-style: bold; }
    Dialog > .box { padding: 1 2 0 2; overflow-y: auto; scrollbar-size-vertical: 1; }
    Dialog .lines { height: auto; margin: 0 0 1 0; }
    Dialog .hint { height: auto; color: $dim; margin: 0 0 1 0; }
    Dialog KeyFooter { dock: none; height: 1; background: $surface; }
    Dialog.-tall > .box { height: 100%; max-height: 30; }
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

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """The box."""
        box = Vertical(classes="box")
        box.border_title = Content(line(self._title))
        with box:
            yield from self.body()
            yield KeyFooter(kept=(self.leaving,), margin=0)

    def body(self) -> Iterable[Widget]:
        """What is asked."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
