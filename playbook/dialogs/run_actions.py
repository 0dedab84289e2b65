"""What keys do to a whole run: its note, its dates, finishing, abandoning, exporting."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from playbook.core.problems import Refusal
from playbook.dialogs.one_run import OneRun
from playbook.words import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.core.decide import Sheet
    from playbook.workspace.syncing import Preview


class RunActions(OneRun):
    """The screen of a run, with all its steps."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "finish", N_("finish"), id="run.finish", tooltip=N_("End the run well, or open it again")),
        Binding("x", "export", N_("export"), id="run.export", tooltip=N_("Write the run as a document")),
        Binding("F", "abandon", N_("abandon"), show=False, id="run.abandon", tooltip=N_("End the run without claiming success")),
        Binding("N", "note_run", N_("note on the run"), show=False, id="run.note", tooltip=N_("Pin a note above every step")),
        Binding("t", "dates", N_("start, target"), show=False, id="run.dates",
                tooltip=N_("Move the start or the target day; every date that would change is shown first")),
        Binding("plus", "own_step", N_("own step"), show=False, id="run.own-step", key_display="+",
                tooltip=N_("Add a step to this run alone")),
        Binding("R", "roles", N_("roles"), show=False, id="run.roles", tooltip=N_("Give the roles of this run to people")),
        Binding("S", "sync", N_("sync"), show=False, id="run.sync", tooltip=N_("Bring the run up to its playbook as it is now; what changes is shown first")),
        Binding("i", "intake", N_("run's answers"), show=False, id="run.answers", tooltip=N_("Answer what was asked at the start")),
    ]  # fmt: skip

    @property
    def place(self) -> tuple[str, str]:
        """The section the cursor is in, and the step under it ("" on a section)."""
        raise NotImplementedError

    def action_answer(self) -> None:
        """Write a step's answers; on the heading of a section, those asked at the start of the run."""
        section, step = self.place
        if section and not step and not self.rows.marked:
            self.action_intake()
        else:
            super().action_answer()

    # Ending.

    def action_finish(self) -> None:
        """Finish; what is still open is listed and asks for a reason. An ended run is opened again."""
        if self.sheet is None:
            return
        if self.sheet.run.state != "open":
            self.ask(self._ask_reopen)
            return
        outcome = self.calmly(lambda: self.workspace.runs.finish(self.run_id))
        if isinstance(outcome, Refusal) and outcome.code == "steps-open":
            self.ask(self._ask_finish, outcome)
        else:
            self.take(outcome, _("Finished. Well done; h shows its history, x writes it down."))

    async def _ask_finish(self, refusal: Refusal) -> None:
        from playbook.dialogs.ask_text import AskTextDialog

        titles = refusal.args["titles"]
        assert isinstance(titles, list)
        listed = "\n".join(f"☐ {title}" for title in titles[:8]) + ("\n…" if len(titles) > 8 else "")
        hint = _("Still open:") + "\n" + listed
        dialog = AskTextDialog(_("Finish all the same?"), _("Reason"), hint=hint, required=True)
        reason = await self.app.push_screen_wait(dialog)
        if reason:
            self.take(self.calmly(lambda: self.workspace.runs.finish(self.run_id, reason)), _("Finished."))

    async def _ask_reopen(self) -> None:
        from playbook.dialogs.confirm import ConfirmDialog

        lines = [_("It becomes an open run again. That it was ended stays in its history.")]
        if await self.app.push_screen_wait(ConfirmDialog(_("Open this run again?"), lines)):
            self.take(self.calmly(lambda: self.workspace.runs.reopen_run(self.run_id)), _("Open again."))

    def action_abandon(self) -> None:
        """Abandon, with a reason."""
        if self.sheet is not None and self.sheet.run.state == "open":
            self.ask(self._ask_abandon)

    async def _ask_abandon(self) -> None:
        from playbook.dialogs.ask_text import AskTextDialog

        hint = _("The run ends without claiming success. Nothing is deleted.")
        reason = await self.app.push_screen_wait(
            AskTextDialog(_("Abandon this run?"), _("Reason"), hint=hint, required=True)
        )
        if reason:
            self.take(self.calmly(lambda: self.workspace.runs.abandon(self.run_id, reason)), _("Abandoned."))

    # The run's own note, dates and answers.

    def action_note_run(self) -> None:
        """A note on the run."""
        self.ask(self._ask_run_note)

    async def _ask_run_note(self) -> None:
        from playbook.dialogs.ask_text import AskTextDialog

        text = await self.app.push_screen_wait(
            AskTextDialog(_("The run"), _("Note, pinned above every step"), several_lines=True)
        )
        if text:
            self.take(self.calmly(lambda: self.workspace.runs.note(self.run_id, "", text)))

    def action_dates(self) -> None:
        """Move the start or the target day."""
        if self.sheet is not None:
            self.ask(self._ask_dates, self.sheet)

    async def _ask_dates(self, sheet: "Sheet") -> None:
        """Ask for the new days, show every date that would change, and move them as one change."""
        from playbook.dialogs.asking import dates_dialog, moments_of
        from playbook.dialogs.what_if import WhatIfDialog

        typed = await self.app.push_screen_wait(dates_dialog(self.workspace, sheet))
        if typed is None:
            return
        start, target = moments_of(typed, self.workspace)
        if start is None and target is None:
            return
        runs = self.workspace.runs
        moved = runs.decisions.dates(start=start, target=target)
        changes = self.allowed(self.calmly(lambda: runs.what_if(self.run_id, moved)))
        if changes is None:
            return
        if await self.app.push_screen_wait(WhatIfDialog(changes, sheet, self.now())):
            self.take(self.calmly(lambda: runs.change(self.run_id, moved)), _("Moved."))

    def action_own_step(self) -> None:
        """Add a step to this run alone, below the one under the cursor."""
        if self.sheet is not None and self.sheet.run.state == "open":
            self.ask(self._ask_own_step)

    async def _ask_own_step(self) -> None:
        from playbook.dialogs.ask_text import AskTextDialog

        section, after = self.place
        dialog = AskTextDialog(
            _("A step for this run alone"), _("What is to be done"), required=True,
            hint=_("The playbook stays as it is. d gives it a date, p gives it to somebody."),
        )  # fmt: skip
        title = await self.app.push_screen_wait(dialog)
        if title:
            runs = self.workspace.runs
            added = runs.decisions.add_step(title, section=section, after=after)
            self.take(self.calmly(lambda: runs.change(self.run_id, added)))

    def action_roles(self) -> None:
        """Give the roles of this run to people."""
        if self.sheet is None:
            return
        if not self.sheet.run.playbook.roles:
            self.tell(_("This playbook has no roles. p gives one step to somebody."))
            return
        self.ask(self._ask_roles, self.sheet)

    async def _ask_roles(self, sheet: "Sheet") -> None:
        from playbook.dialogs.asking import roles_dialog

        typed = await self.app.push_screen_wait(roles_dialog(sheet))
        if typed is None:
            return
        runs = self.workspace.runs
        given = [runs.decisions.assign_role(role, person) for role, person in typed.items()
                 if person.strip() != sheet.run.roles.get(role, "")]  # fmt: skip
        if given:
            self.take(self.calmly(lambda: runs.change(self.run_id, *given)))

    def action_intake(self) -> None:
        """The answers to the run's own fields."""
        if self.sheet is None:
            return
        if not self.sheet.run.playbook.fields:
            self.tell(_("This playbook asked nothing at its start."))
            return
        self.ask(self._ask_intake)

    async def _ask_intake(self) -> None:
        from playbook.dialogs.asking import answer_dialog
        from playbook.workspace.typing_in import prefilled_later

        runs = self.workspace.runs
        opened = self.allowed(self.calmly(lambda: runs.open(self.run_id)))
        if opened is None:
            return
        sheet = opened.sheet
        offered = prefilled_later(sheet, opened.client, self.now().today)

        def check(typed: "Mapping[str, str]") -> Refusal | None:
            return runs.would_refuse(self.run_id, "", typed)

        dialog = answer_dialog(self.workspace, sheet, "", {**offered, **sheet.run.answers}, check)
        answers = await self.app.push_screen_wait(dialog)
        if answers is not None:
            self.take(self.calmly(lambda: runs.answer(self.run_id, "", answers)))

    # Out and in.

    def action_sync(self) -> None:
        """Show what the playbook changes in this run, then bring it along."""
        preview = self.allowed(self.calmly(lambda: self.workspace.syncing.preview(self.run_id)))
        if preview is not None:
            self.ask(self._ask_sync, preview)

    async def _ask_sync(self, preview: "Preview") -> None:
        from playbook.dialogs.sync import SyncDialog

        drop = await self.app.push_screen_wait(SyncDialog(preview))
        if drop is not None:
            self.take(
                self.calmly(lambda: self.workspace.syncing.apply(self.run_id, drop)),
                _("It follows its playbook again; u takes it back."),
            )

    def action_export(self) -> None:
        """Write the run as a document."""
        from playbook.dialogs.exporting import ask_export
        from playbook.workspace.exporting import Exporting

        self.ask(ask_export, self, Exporting(self.workspace, self.run_id))
