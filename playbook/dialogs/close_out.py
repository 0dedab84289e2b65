"""The minute in which a run that is ready is closed."""

from typing import TYPE_CHECKING

from playbook.core.text import line
from playbook.dialogs.asking import reading_of
from playbook.dialogs.form import FormDialog
from playbook.widgets.form_field import Question
from playbook.words import _
from playbook.words.entries import KIND_SIGNS
from playbook.workspace.closing import still_owed

if TYPE_CHECKING:
    from playbook.workspace import Workspace
    from playbook.workspace.lists import ReadyRow

_MOST = 5
"""Entries listed at most."""


def close_out_dialog(workspace: "Workspace", row: "ReadyRow") -> FormDialog:
    """Asks what to remember and when they hear from us next; both may stay empty."""
    owed = still_owed(workspace, row.run_id)
    listed = [f"{KIND_SIGNS.get(entry.kind, '·')} {line(entry.text)}" for entry in owed[:_MOST]]
    listed += ["…"] if len(owed) > _MOST else []
    hint = "\n".join([_("Still open in the ledger, and it stays there:"), *listed]) if owed else ""
    questions = [
        Question("note", _("Worth remembering next time"), placeholder=_("may stay empty")),
        Question("next-word", _("They hear from us next on"), placeholder=_("fri, +3bd or 12 dec"),
                 read=reading_of(workspace, clears=False)),
    ]  # fmt: skip
    title = _("Close {playbook} for {client}").format(playbook=line(row.title), client=line(row.client_name))
    return FormDialog(title, questions, hint=hint)
