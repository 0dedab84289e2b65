"""One out of many: type to narrow, `enter` takes it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.widget import Widget

from playbook.dialogs.dialog import LIST_ROWS, Dialog
from playbook.widgets.picker import Choice, Picker


class Chosen(NamedTuple):
    """What was taken."""

    key: str
    """"" for something new."""
    text: str = ""
    """What the new one is to be called."""


class ChooseDialog(Dialog[Chosen]):
    """Answers the choice taken."""

    def __init__(
        self, title: str, choices: Sequence[Choice], *, placeholder: str = "", new: str = "", empty: str = ""
    ) -> None:
        """`new`: a msgid with `{text}` that offers what was typed as something new."""
        super().__init__(title, LIST_ROWS)
        self._picker = Picker(choices, placeholder=placeholder, new=new, empty=empty)

    def body(self) -> Iterable[Widget]:
        """The filter and the list."""
        yield self._picker

    def on_mount(self) -> None:
        """One can type at once."""
        self._picker.focus_filter()

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Close with what was taken."""
        self.dismiss(Chosen(event.key, event.text))
