"""One text: a note, a reason, a title."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from playbook.core.text import block
from playbook.dialogs.dialog import Dialog
from playbook.widgets.form import Form
from playbook.widgets.form_field import Question
from playbook.words import N_, _


def _anything(_text: str) -> str | None:
    return None


class AskTextDialog(Dialog[str]):
    """Answers the text, without blanks around it; "" only when it is not required."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+enter", "submit", N_("save"), id="text.save", tooltip=N_("Save the text")),
    ]

    def __init__(
        self, title: str, label: str = "", *, value: str = "", hint: str = "", placeholder: str = "",
        several_lines: bool = False, required: bool = False, check: Callable[[str], str | None] = _anything,
    ) -> None:  # fmt: skip
        """`check`: the words for why a text is refused, None when it is not."""
        super().__init__(title)
        self._hint, self._check = hint, check
        self._required, self._several_lines = required, several_lines
        question = Question("text", label or title, value=value, required=required, placeholder=placeholder)
        self._form = Form([question._replace(kind="lines") if several_lines else question])

    def body(self) -> Iterable[Widget]:
        """The hint and the text."""
        if self._hint:
            yield Static(Content(block(self._hint)), classes="hint")
        yield self._form

    def on_form_submitted(self) -> None:
        """`enter` in a text of one line."""
        self.action_submit()

    def action_submit(self) -> None:
        """Close, or say why not."""
        text = self._form.typed()["text"].strip()
        refused = _("This needs a few words.") if self._required and not text else self._check(text)
        if not self._form.show_errors({"text": refused or ""}):
            self.dismiss(text)
