"""A field on a call sheet: its input, and how much of what stands in it is recorded."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from playbook.core.text import line
from playbook.widgets.form_field import FormField, Question
from playbook.widgets.spans import spans, width_of

BESIDE = 30
"""Cells a label may take to stand beside its input; a longer one stands above it (`call_sheet.tcss`)."""


class CallField(FormField):
    """Knows what was typed since the last record; an answer from elsewhere never overwrites it."""

    DEFAULT_CSS = "CallField { margin: 0; padding: 0 1 0 3; }"

    def __init__(self, step_id: str, question: Question, offered: str = "") -> None:
        """`question.value`: the recorded answer; "" for none, then `offered` stands in the input at first."""
        super().__init__(question._replace(value=question.value or offered))
        self.set_class(width_of(spans(line(question.label))) + 2 <= BESIDE, "-short")
        self.step_id = step_id
        self._recorded, self._offered = question.value, offered
        self._untouched = self.raw

    def compose(self) -> ComposeResult:
        """Label and input; what is said comes below when there is something to say."""
        star = (" *", "$step-key bold") if self.question.required else ("", "")
        yield Static(Content.assemble(line(self.question.label), star), classes="label")
        yield self._input

    def on_descendant_focus(self) -> None:
        """The help is shown while somebody is here."""
        self._say_help()

    def on_descendant_blur(self) -> None:
        """The help goes."""
        self._say_help()

    def _say_help(self) -> None:
        if self.question.help and not self.is_wrong:
            self._say_reading()

    def _say(self, words: str, *, is_error: bool) -> None:
        words = words or (self.question.help if self.has_focus_within else "")
        if words and self.is_attached and not self._said.is_attached:
            self.mount(self._said)
        if self._said.is_attached:
            super()._say(words, is_error=is_error)

    @property
    def is_typed(self) -> bool:
        """Whether something stands here that is not recorded, and not merely offered."""
        return self.raw != self._untouched

    @property
    def is_offered(self) -> bool:
        """Whether nothing is recorded and what was offered stands here."""
        return not self._recorded and bool(self.raw) and not self.is_typed

    @property
    def is_open(self) -> bool:
        """Whether nothing stands here yet."""
        return not self.raw

    def keep(self, text: str) -> None:
        """What stands here is recorded as `text`; it stays letter for letter while somebody is in it."""
        self._recorded, self._untouched = text, self.raw

    def tidy(self) -> None:
        """Nobody is in it any more: it reads as it was recorded."""
        if self._recorded and not self.is_typed:
            self._put(self._recorded)

    def follow(self, text: str) -> None:
        """Show the answer as it is recorded now, unless somebody is typing another one."""
        if text != self._recorded and not self.is_typed:
            self._recorded = text
            self._put(text or self._offered)

    def _put(self, text: str) -> None:
        self.fill(text)
        self._untouched = self.raw


def field_of(widget: Widget | None) -> CallField | None:
    """The field that an input belongs to; None for anything else."""
    above = widget.ancestors if widget else ()
    return next((node for node in above if isinstance(node, CallField)), None)
