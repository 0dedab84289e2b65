"""Several questions at once, checked before the dialog closes."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from playbook.core.text import block
from playbook.dialogs.dialog import Dialog
from playbook.widgets.form import Form
from playbook.widgets.form_field import Question
from playbook.words import N_

Typed = Mapping[str, str]
"""What was typed, by the id of the question; of several lines or choices, one a line."""
Check = Callable[[Typed], Mapping[str, str]]
"""The words for what is wrong, by the id of the question; empty when nothing is."""

SHORT = 12
"""Rows of a form that fits every terminal and may grow when something is wrong."""


def nothing_wrong(_typed: Typed) -> Mapping[str, str]:
    """The check of a form that takes everything."""
    return {}


class FormDialog(Dialog[dict[str, str]]):
    """Answers what was typed, by id, once the check has nothing against it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+enter", "submit", N_("save"), id="form.save", tooltip=N_("Check and save")),
        Binding("tab", "next", N_("next"), id="form.next", tooltip=N_("To the next question")),
    ]

    def __init__(
        self,
        title: str,
        questions: Sequence[Question],
        *,
        check: Check = nothing_wrong,
        shown: Callable[[Typed], Collection[str]] | None = None,
        hint: str = "",
        begins_at_top: bool = False,
    ) -> None:
        """`shown`: the ids of the questions asked at all, of what was typed so far. `begins_at_top`: what is there is to be changed."""
        form = Form(questions, shown, begins_at_top=begins_at_top)
        rows = form.rows_wanted + (2 + hint.count("\n") if hint else 0)
        super().__init__(title, rows if rows > SHORT else 0)
        self._check = check
        self._hint = hint
        self._form = form

    def body(self) -> Iterable[Widget]:
        """The hint and the questions."""
        if self._hint:
            yield Static(Content(block(self._hint)), classes="hint")
        yield self._form

    def action_next(self) -> None:
        """To the next question."""
        self._form.focus_next()

    def on_form_submitted(self) -> None:
        """`enter` at the last question."""
        self.action_submit()

    def action_submit(self) -> None:
        """Close when nothing is wrong; else say what is, beside it."""
        typed = self._form.typed()
        if not self._form.show_errors(self._check(typed)):
            self.dismiss(typed)
