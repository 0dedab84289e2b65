"""Another due date, in free words."""

from collections.abc import Callable, Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from playbook.core.text import block
from playbook.dialogs.dialog import Dialog
from playbook.widgets.form import Form
from playbook.widgets.form_field import FormField, Question, Reading
from playbook.words import _


class DueDialog(Dialog[str]):
    """Answers the value of the reading: what `read` made of the text."""

    def __init__(self, title: str, read: Callable[[str], Reading], *, now: str = "") -> None:
        """`read`: what a text means, asked at each key; `now`: words for the date in force."""
        super().__init__(title)
        self._now = now
        self._form = Form(
            [Question("due", _("Due"), placeholder=_("+2, fri, 12 dec, +3bd, clear"), read=read)]
        )

    def body(self) -> Iterable[Widget]:
        """The date in force and the new one."""
        if self._now:
            yield Static(Content(block(self._now)), classes="hint")
        yield self._form

    def on_form_submitted(self) -> None:
        """`enter`."""
        self._submit()

    def _submit(self) -> None:
        """Close with what the text means, or say that it means nothing."""
        reading = self.query_one(FormField).reading
        if reading.value:
            self.dismiss(reading.value)
        else:
            self._form.show_errors({"due": reading.words or _("When? For example +2, fri, 12 dec or clear.")})
