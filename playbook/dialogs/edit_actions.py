"""Editing the playbook from one of its runs: a form for words and dates, and the step's place; no TOML is seen."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from playbook.core import decide
from playbook.core.playbook import Step
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.dialogs.run_actions import RunActions
from playbook.dialogs.step_edits import StepEdits
from playbook.words import N_, _
from playbook.workspace.editing import Written

if TYPE_CHECKING:
    from pathlib import Path


class EditActions(StepEdits, RunActions):
    """The screen of a run, from which its playbook can be edited."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit_step", N_("edit the playbook"), show=False, id="run.edit", tooltip=N_("Change this step in the playbook: words, date, place; then bring open runs along")),
        Binding("E", "edit_file", N_("edit the file"), show=False, id="run.edit-file", tooltip=N_("Open the playbook's file in the editor, at this step")),
        Binding("r", "remark", N_("remark"), show=False, id="run.remark", tooltip=N_("Remark on this step of the playbook, for when it is improved; Playbooks collects what was remarked")),
    ]  # fmt: skip

    def action_edit_step(self) -> None:
        """Ask what is to change about the step under the cursor."""
        step_id = self.place[1]
        if self.sheet is None or not step_id:
            self.tell(_("Put the cursor on a step first."))
        elif step_id in {own.id for own in self.sheet.run.own}:
            self.ask(self._ask_promote, step_id)
        else:
            self.ask(self._edit, step_id)

    def action_remark(self) -> None:
        """Write down what the playbook's step should be the next time."""
        step_id = self.place[1]
        if self.sheet is None or not step_id:
            self.tell(_("Put the cursor on a step first."))
        elif step_id in {own.id for own in self.sheet.run.own}:
            self.allowed(decide.remark(self.sheet, step_id, ""))
        else:
            self.ask(self._ask_remark, step_id)

    def action_edit_file(self) -> None:
        """The file itself, at this step."""
        if self.sheet is not None:
            playbook = self.sheet.run.playbook
            self.post_message(self.EditWanted(playbook.id, playbook.language, self.place[1]))

    async def _edit(self, step_id: str) -> None:
        assert self.sheet is not None
        playbook = self.sheet.run.playbook
        more = {"r": ("remark", N_("leave it, with a remark for later"))}
        made = await self.edit_step(playbook.id, playbook.language, step_id, more)
        if made == "remark":
            await self._ask_remark(step_id)
        elif isinstance(made, Written):
            await self._follow(made.paths[0], playbook.id)

    async def _ask_remark(self, step_id: str) -> None:
        from playbook.dialogs.ask_text import AskTextDialog

        view = self.sheet.view.steps.get(step_id) if self.sheet else None
        if view is None:
            return
        dialog = AskTextDialog(
            _("For the playbook: {title}").format(title=line(view.step.title)), _("What should be otherwise?"),
            hint=_("The playbook stays as it is. On Playbooks, r lists what was remarked."),
            several_lines=True, required=True,
        )  # fmt: skip
        if text := await self.app.push_screen_wait(dialog):
            runs = self.workspace.runs
            remarked = runs.decisions.remark(text)(step_id)
            self.take(self.calmly(lambda: runs.change(self.run_id, remarked)), _("Remarked."))

    async def _ask_promote(self, step_id: str) -> None:
        """A step of this run alone may become one of the playbook."""
        from playbook.dialogs.kind import KindDialog
        from playbook.dialogs.step_form import changed_keys, step_form
        from playbook.workspace.promoting import as_step, promote, ready

        sheet = self.sheet
        loaded = self.allowed(ready(self.workspace, sheet, step_id)) if sheet else None
        if sheet is None or loaded is None:
            return
        step = as_step(sheet, step_id)
        title = _("Only in this run: {title}").format(title=line(step.title))
        if not await self.app.push_screen_wait(
            KindDialog(title, [("p", "promote", _("put it into the playbook"))])
        ):
            return
        typed = await self.app.push_screen_wait(step_form(loaded.playbook, step, _("A new step")))
        if typed is None:
            return
        values = changed_keys(Step(), typed)
        written = self.allowed(self.calmly(lambda: promote(self.workspace, self.run_id, step_id, values)))
        if written is not None:
            await self._follow(written.paths[0], sheet.run.playbook.id)

    async def _follow(self, path: "Path", playbook_id: str) -> None:
        """Show what this run would take over, then what the others would."""
        from playbook.dialogs.sync import SyncDialog
        from playbook.dialogs.sync_actions import sync_all

        preview = self.calmly(lambda: self.workspace.syncing.preview(self.run_id))
        self.tell(_("Written to {path}.").format(path=str(path)))
        if preview is None or isinstance(preview, Refusal):
            self.calmly(self.reload)
            return
        drop = await self.app.push_screen_wait(SyncDialog(preview))
        if drop is not None:
            self.take(
                self.calmly(lambda: self.workspace.syncing.apply(self.run_id, drop)), _("This run follows.")
            )
            await sync_all(self, playbook_id, silent=True)
        self.calmly(self.reload)
