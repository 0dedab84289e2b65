"""One step on a call sheet: its head, what is to be said, and its fields."""

from collections.abc import Collection, Sequence

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from playbook.core.text import block
from playbook.widgets.call_field import CallField
from playbook.widgets.call_head import CallHead
from playbook.widgets.guide_text import LONGEST
from playbook.widgets.spans import Spans
from playbook.words import quoted


class CallStep(Vertical):
    """Marked with a bar at its left while the focus is in it."""

    DEFAULT_CSS = """
    CallStep { height: auto; margin: 0 0 1 0; border-left: blank; }
    CallStep:focus-within { border-left: outer $primary; }
    CallStep .words { height: auto; padding: 0 1 0 4; text-style: bold; display: none; }
    CallStep .words.-shown { display: block; }
    """

    def __init__(self, step_id: str, fields: Sequence[CallField], *, says: bool = True) -> None:
        """`fields`: all that the step can ask; `ask` says which of them it does. `says`: it has words to speak."""
        self.step_id = step_id
        self.fields = tuple(fields)
        self.head = CallHead()
        self._words = Static(markup=False, classes="words")
        self._said = ""
        super().__init__(self.head, *([self._words] if says else []), *self.fields)

    def show(self, left: Spans, right: Spans, say: str) -> None:
        """The head, and the text to be spoken ("" for none)."""
        self.head.show(left, right)
        said = block(quoted(say[:LONGEST])) if say else ""
        if said != self._said:
            self._said = said
            self._words.update(Content(said))
            self._words.set_class(bool(said), "-shown")

    @property
    def asked(self) -> list[str]:
        """The ids of the fields that are asked."""
        return [field.question.id for field in self.fields if field.is_asked]

    def ask(self, asked: Collection[str]) -> None:
        """Show the fields of these ids; from one that goes the focus goes to what stands above it."""
        for field in self.fields:
            field.ask(field.question.id in asked)
        left = next((field for field in self.fields if not field.is_asked and field.has_focus_within), None)
        if left is None:
            return
        above = [field for field in self.fields[: self.fields.index(left)] if field.is_asked]
        if above:
            above[-1].focus_input()
        else:
            self.screen.set_focus(self.head)

    @property
    def stops(self) -> list[CallHead | CallField]:
        """Where the focus can go, in order: Textual's own order is that of the last drawing."""
        return [self.head, *(field for field in self.fields if field.is_asked and not field.disabled)]
