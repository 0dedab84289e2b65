"""Yes or no."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from playbook.core.text import block
from playbook.dialogs.dialog import Dialog
from playbook.words import N_


class ConfirmDialog(Dialog[bool]):
    """Answers True for yes, None for anything else."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "agree", N_("yes"), id="confirm.yes", tooltip=N_("Do it")),
        Binding("n", "leave", N_("no"), show=False, id="confirm.no", tooltip=N_("Do nothing")),
    ]

    def __init__(self, title: str, lines: Sequence[str] = ()) -> None:
        """`lines`: what will happen."""
        super().__init__(title)
        self._lines = tuple(lines)

    def body(self) -> Iterable[Widget]:
        """What will happen."""
        yield Static(Content("\n".join(block(text) for text in self._lines)), classes="lines")

    def action_agree(self) -> None:
        """Yes."""
        self.dismiss(True)
