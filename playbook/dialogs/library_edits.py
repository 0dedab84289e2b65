"""Changing a playbook from the library: a step by a form, or its file."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from playbook.core.text import line
from playbook.dialogs.step_edits import StepEdits
from playbook.dialogs.sync_actions import SyncActions, sync_all
from playbook.words import N_, _


class LibraryEdits(StepEdits, SyncActions):
    """A full screen with a playbook under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit_step", N_("edit a step"), id="playbooks.edit", tooltip=N_("Change one of its steps, by a form: words, date, place; then bring open runs along")),
        Binding("E", "edit_file", N_("edit the file"), id="playbooks.edit-file", tooltip=N_("Open its file in the editor")),
    ]  # fmt: skip

    def action_edit_step(self) -> None:
        """Ask which step, and what is to change about it."""
        if self.current_playbook:
            self.ask(self._edit_one, self.current_playbook)

    def action_edit_file(self) -> None:
        """The file of the playbook, to be written by hand."""
        if self.current_playbook:
            self.post_message(self.EditWanted(self.current_playbook))

    async def _edit_one(self, playbook_id: str) -> None:
        from playbook.dialogs.choose import ChooseDialog
        from playbook.widgets.picker import Choice
        from playbook.workspace.editing import Written

        loaded = self.allowed(self.workspace.playbooks.load(playbook_id))
        if loaded is None:
            return
        choices = [
            Choice(step.id, line(step.title), line(section.title))
            for section in loaded.playbook.sections
            for step in section.steps
        ]
        chosen = await self.app.push_screen_wait(ChooseDialog(_("Which step?"), choices))
        if chosen is None:
            return
        written = await self.edit_step(playbook_id, loaded.playbook.language, chosen.key)
        if isinstance(written, Written):
            self.tell(_("Written to {path}.").format(path=str(written.paths[0])))
            await sync_all(self, playbook_id, silent=True)
            self.calmly(self.reload)
