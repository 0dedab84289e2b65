"""What to write down: one key takes it."""

from collections.abc import Iterable, Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from playbook.core.text import line
from playbook.dialogs.dialog import Dialog


class KindLine(Static):
    """One choice."""

    DEFAULT_CSS = """
    KindLine { height: 1; pointer: pointer; }
    KindLine:hover { background: $cursor-line; }
    """

    class Taken(Message):
        """It was clicked."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    def __init__(self, letter: str, said: Content) -> None:
        super().__init__(said, markup=False)
        self._letter = letter

    def on_click(self) -> None:
        """Take it."""
        self.post_message(self.Taken(self._letter))


class KindDialog(Dialog[str]):
    """Answers the id whose letter was pressed."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str, str]]) -> None:
        """`choices`: letter, id and words of each."""
        super().__init__(title)
        self._choices = choices
        self._by_letter = {letter: name for letter, name, _words in choices}

    def body(self) -> Iterable[Widget]:
        """A line a choice, its letter first."""
        for letter, _name, words in self._choices:
            said = Content.assemble((f" {letter} ", "$accent bold"), " ", line(words))
            yield KindLine(letter, said)

    def on_kind_line_taken(self, event: "KindLine.Taken") -> None:
        """A click on a line takes it as well."""
        self.dismiss(self._by_letter[event.letter])

    def on_key(self, event: events.Key) -> None:
        """The letter of a choice takes it."""
        if event.character in self._by_letter:
            event.stop()
            self.dismiss(self._by_letter[event.character])
