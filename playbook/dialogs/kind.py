"""What to write down: one key takes it."""

from collections.abc import Iterable, Sequence

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from playbook.core.text import line
from playbook.dialogs.dialog import Dialog


class KindDialog(Dialog[str]):
    """Answers the id whose letter was pressed."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str, str]]) -> None:
        """`choices`: letter, id and words of each."""
        super().__init__(title)
        self._choices = choices
        self._by_letter = {letter: name for letter, name, _words in choices}

    def body(self) -> Iterable[Widget]:
        """A line a choice, its letter first."""
        lines = Content("\n").join(
            Content.assemble((f" {letter} ", "$accent bold"), " ", line(words))
            for letter, _name, words in self._choices
        )
        yield Static(lines, classes="lines", markup=False)

    def on_key(self, event: events.Key) -> None:
        """The letter of a choice takes it."""
        if event.character in self._by_letter:
            event.stop()
            self.dismiss(self._by_letter[event.character])
