"""One question of a form: its label, the fitting input, and what is wrong with what was typed."""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from playbook.core.text import block, line
from playbook.widgets.choice_list import ChoiceList
from playbook.widgets.text_box import TextBox
from playbook.widgets.text_input import TextInput


class Reading(NamedTuple):
    """What free text means."""

    value: str
    """What is kept instead of it; "" when it was not understood."""
    words: str
    """What it means, or why it does not."""


class Question(NamedTuple):
    """What a form asks. Every text may come from outside; none is read as markup."""

    id: str
    label: str
    kind: Literal["line", "lines", "one", "several"] = "line"
    value: str = ""
    """What is there at first; of `several`, one id a line."""
    choices: Mapping[str, str] = {}
    """Of `one` and `several`: id and label."""
    required: bool = False
    help: str = ""
    placeholder: str = ""
    read: Callable[[str], Reading] | None = None
    """Says while one types what a text (a date) means."""


class FormField(Vertical):
    """A question and its answer as typed."""

    DEFAULT_CSS = """
    FormField { height: auto; margin: 0 0 1 0; }
    FormField .label { height: auto; color: $heading; }
    FormField .help { height: auto; color: $dim; }
    FormField .said { height: auto; color: $step-waiting; display: none; }
    FormField .said.-shown { display: block; }
    FormField .said.-error { color: $error; }
    """

    class _FieldMessage(Message):
        def __init__(self, field: "FormField") -> None:
            super().__init__()
            self.field = field

    class Changed(_FieldMessage):
        """Something was typed or chosen."""

    class Submitted(_FieldMessage):
        """`enter`: on to the next question."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self.is_asked = True
        """Whether it stands here at all."""
        self._input = _input_for(question)
        self._said = Static(markup=False, classes="said")

    def compose(self) -> ComposeResult:
        """Label, input, what is said about it, help."""
        question = self.question
        star = (" *", "$step-key bold") if question.required else ("", "")
        yield Static(Content.assemble((line(question.label), "bold"), star), classes="label")
        yield self._input
        yield self._said
        if question.help:
            yield Static(Content(line(question.help)), classes="help")

    def on_mount(self) -> None:
        """Say at once what the first value means."""
        self._say_reading()

    @property
    def raw(self) -> str:
        """What was typed, letter for letter; of choices the ids taken, one a line."""
        if isinstance(self._input, ChoiceList):
            return "\n".join(self._input.taken)
        if isinstance(self._input, TextArea):
            return self._input.text
        return self._input.value if isinstance(self._input, Input) else ""

    @property
    def reading(self) -> Reading:
        """What the text means; nothing when it is empty or nobody reads it."""
        text = self.raw
        return self.question.read(text) if self.question.read and text.strip() else Reading("", "")

    @property
    def typed(self) -> str:
        """The answer: the value of the reading where there is one, else what was typed."""
        return self.reading.value or self.raw

    def fill(self, text: str) -> None:
        """Put another answer in, as if it had been there from the beginning."""
        with self.prevent(Input.Changed, TextArea.Changed):
            if isinstance(self._input, ChoiceList):
                self._input.take(text.splitlines())
            elif isinstance(self._input, TextArea):
                self._input.text = block(text)
            elif isinstance(self._input, Input):
                self._input.value = line(text)
        self._say_reading()

    def focus_input(self) -> None:
        """Go here."""
        # Now: `focus()` leaves time in which typed letters are lost. The label comes into view as well.
        self.screen.set_focus(self._input, scroll_visible=False)
        self.scroll_visible(animate=False)

    def ask(self, is_asked: bool) -> None:
        """Stand here, or not; what was wrong with it is forgotten when it goes."""
        if self.is_asked != is_asked:
            self.is_asked = self.display = is_asked
            if not is_asked and self.is_wrong:
                self._say_reading()

    @property
    def is_wrong(self) -> bool:
        """Whether something is said to be wrong here."""
        return self._said.has_class("-error")

    def show_error(self, words: str) -> None:
        """Say what is wrong, or with "" nothing any more."""
        if words:
            self._say(words, is_error=True)
        else:
            self._say_reading()

    def _say_reading(self) -> None:
        self._say(self.reading.words, is_error=False)

    def _say(self, words: str, *, is_error: bool) -> None:
        self._said.update(Content(line(f"! {words}" if is_error else words)))
        self._said.set_class(bool(words), "-shown")
        self._said.set_class(is_error, "-error")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Typing takes an error away and says what the text means now."""
        self._changed(event)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Typing takes an error away."""
        self._changed(event)

    def on_choice_list_changed(self, event: ChoiceList.Changed) -> None:
        """Choosing takes an error away."""
        self._changed(event)

    def _changed(self, event: Message) -> None:
        event.stop()
        self._say_reading()
        self.post_message(self.Changed(self))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next."""
        event.stop()
        self.post_message(self.Submitted(self))

    def on_choice_list_submitted(self, event: ChoiceList.Submitted) -> None:
        """On to the next."""
        event.stop()
        self.post_message(self.Submitted(self))


def _input_for(question: Question) -> Widget:
    match question.kind:
        case "lines":
            return TextBox(question.value, placeholder=question.placeholder)
        case "one" | "several":
            return ChoiceList(
                question.choices, question.value.splitlines(), several=question.kind == "several"
            )
    return TextInput(question.value, placeholder=question.placeholder)
