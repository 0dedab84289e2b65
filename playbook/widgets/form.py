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
        *,
        begins_at_top: bool = False,
    ) -> None:
        """`shown`: of what was typed, the ids of the questions that are asked at all.

        `begins_at_top`: the first question has the focus, also when it is answered.
        """
        super().__init__()
        self._questions = tuple(questions)
        self._fields: tuple[FormField, ...] = ()
        self._shown = shown
        self._begins_at_top = begins_at_top
        self._seen: dict[str, str] = {}
        self._asks: Collection[str] = ()
        self._named: frozenset[str] = frozenset()

    @property
    def rows_wanted(self) -> int:
        """Rows that show every question at once, as far as is known before they are drawn."""
        return sum(_rows(question) for question in self._questions)

    def compose(self) -> ComposeResult:
        """One field a question; those that are not asked stand ready."""
        self._fields = tuple(FormField(question) for question in self._questions)
        self._show_asked()
        yield from self._fields

    def on_mount(self) -> None:
        """Begin at the first question without an answer."""
        self.focus_first()

    def focus_first(self) -> None:
        """Go to the first question without an answer, else to the first."""
        fields = self._asked()
        lacking = [] if self._begins_at_top else [field for field in fields if not field.typed]
        for field in lacking or fields:
            field.focus_input()
            break

    def typed(self) -> dict[str, str]:
        """What was typed, by id, of the questions that are asked."""
        self._show_asked()
        return {field.question.id: field.typed for field in self._asked()}

    def show_errors(self, errors: Mapping[str, str]) -> bool:
        """Say what is wrong by id and go to the first; whether there was anything.

        A question that something is wrong with is asked, whatever the answers say. Words for one that is not
        in the form are said at the first one.
        """
        self._show_asked()
        if self._shown is not None:
            self._named = frozenset(i for i, words in errors.items() if words).difference(self._asks)
            self._show_asked()
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
        later = self._after(event.field)
        if later:
            later[0].focus_input()
        else:
            self.post_message(self.Submitted())

    def focus_next(self) -> None:
        """On to the next question, and from the last one to the first; what an answer opens counts already."""
        here = next((field for field in self._fields if field.has_focus_within), None)
        for field in ((self._after(here) if here else []) or self._asked())[:1]:
            field.focus_input()

    def _after(self, field: FormField) -> list[FormField]:
        self._show_asked()
        return [later for later in self._fields[self._fields.index(field) + 1 :] if later.is_asked]

    def _asked(self) -> list[FormField]:
        return [field for field in self._fields if field.is_asked]

    def _show_asked(self) -> None:
        """Show what is asked of what stands in the form.

        What the last check wanted besides stays until another answer changes.
        """
        if self._shown is None:
            return
        typed = {field.question.id: field.typed for field in self._fields}
        if typed != self._seen:
            if any(typed[i] != self._seen.get(i) for i in typed.keys() - self._named):
                self._named = frozenset()
            self._seen, self._asks = typed, self._shown(typed)
        for field in self._fields:
            field.ask(field.question.id in self._asks or field.question.id in self._named)
        self._leave_hidden()

    def _leave_hidden(self) -> None:
        """The focus goes on from a question that is not asked any more: to the next, else to the one before."""
        for place, field in enumerate(self._fields):
            if not field.is_asked and field.has_focus_within:
                near = (*self._fields[place:], *reversed(self._fields[:place]))
                for other in [other for other in near if other.is_asked][:1]:
                    other.focus_input()


def _rows(question: Question) -> int:
    """Label, input, what is said, help, and an empty row."""
    size = {"line": 1, "lines": BOX_ROWS}.get(question.kind) or min(MOST_ROWS, len(question.choices))
    return 2 + size + bool(question.help) + bool(question.read)
