"""Questions below each other, answered from the keyboard: `enter` goes on, and at the last one it is done."""

from collections.abc import Callable, Collection, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message

from playbook.widgets.choice_list import MOST_ROWS
from playbook.widgets.form_field import FormField, Question
from playbook.widgets.text_box import BOX_ROWS


class Form(VerticalScroll, can_focus=False):
    """Holds what was typed and shows what is wrong with it; it decides nothing."""

    DEFAULT_CSS = """
    Form { height: auto; max-height: 70vh; scrollbar-size-vertical: 1; scrollbar-background: $surface; }
    """

    class Submitted(Message):
        """`enter` at the last question."""

    def __init__(
        self,
        questions: Sequence[Question],
        shown: Callable[[Mapping[str, str]], Collection[str]] | None = None,
    ) -> None:
        """`shown`: of what was typed, the ids of the questions that are asked at all."""
        super().__init__()
        self._questions = tuple(questions)
        self._shown = shown

    @property
    def rows_wanted(self) -> int:
        """Rows that show every question at once, as far as is known before they are drawn."""
        return sum(_rows(question) for question in self._questions)

    def compose(self) -> ComposeResult:
        """One field a question."""
        for question in self._questions:
            yield FormField(question)

    def on_mount(self) -> None:
        """Begin at the first question without an answer."""
        self._show_asked()
        self.focus_first()

    def focus_first(self) -> None:
        """Go to the first question without an answer, else to the first."""
        fields = self._asked()
        for field in [field for field in fields if not field.typed] or fields:
            field.focus_input()
            break

    def typed(self) -> dict[str, str]:
        """What was typed, by id, of the questions that are asked."""
        return {field.question.id: field.typed for field in self._asked()}

    def show_errors(self, errors: Mapping[str, str]) -> bool:
        """Say what is wrong by id and go to the first; whether there was anything.

        Words for a question that is not asked are said at the first one.
        """
        fields = self._asked()
        said = {field.question.id: errors.get(field.question.id, "") for field in fields}
        rest = [words for question_id, words in errors.items() if question_id not in said and words]
        if rest and fields:
            first = fields[0].question.id
            said[first] = " ".join((said[first], *rest)).strip()
        for field in fields:
            field.show_error(said[field.question.id])
        for field in [field for field in fields if said[field.question.id]][:1]:
            field.focus_input()
        return any(errors.values())

    def on_form_field_changed(self, event: FormField.Changed) -> None:
        """An answer may show or hide other questions."""
        event.stop()
        self._show_asked()

    def on_form_field_submitted(self, event: FormField.Submitted) -> None:
        """On to the next question; after the last one it is done."""
        event.stop()
        fields = self._asked()
        place = fields.index(event.field) + 1
        if place < len(fields):
            fields[place].focus_input()
        else:
            self.post_message(self.Submitted())

    def _asked(self) -> list[FormField]:
        return [field for field in self.query(FormField) if field.display]

    def _show_asked(self) -> None:
        if self._shown is not None:
            asked = self._shown({field.question.id: field.typed for field in self.query(FormField)})
            for field in self.query(FormField):
                field.display = field.question.id in asked


def _rows(question: Question) -> int:
    """Label, input, what is said, help, and an empty row."""
    size = {"line": 1, "lines": BOX_ROWS}.get(question.kind) or min(MOST_ROWS, len(question.choices))
    return 2 + size + bool(question.help) + bool(question.read)
