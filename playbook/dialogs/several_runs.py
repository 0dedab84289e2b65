"""What keys do to whole runs that stand in rows, one or several marked: note, dates, roles, finish, export."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from playbook.core.problems import Refusal
from playbook.dialogs.step_actions import StepActions
from playbook.words import N_, _, plural

if TYPE_CHECKING:
    from playbook.workspace.writing import Decision


class SeveralRuns(StepActions):
    """A screen whose rows are steps and runs: the keys for steps are for the runs when those are chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "finish_runs", N_("finish"), show=False, id="runs.finish", tooltip=N_("End the chosen runs well")),
        Binding("S", "sync_runs", N_("sync"), show=False, id="runs.sync", tooltip=N_("Bring the chosen runs up to their playbooks; what changes is listed first")),
        Binding("x", "export_runs", N_("export"), show=False, id="runs.export", tooltip=N_("Write the chosen runs, or what is kept about a person")),
    ]  # fmt: skip

    def action_sync_runs(self) -> None:
        """Bring each chosen run up to its playbook."""
        self._or_steps(lambda runs: self.ask(self._sync_runs, runs), self._want_run)

    async def _sync_runs(self, runs: list[str]) -> None:
        from playbook.dialogs.sync_actions import sync_runs

        none = plural("{count} run follows its playbook already.", "{count} runs follow their playbooks already.", len(runs))  # fmt: skip
        await sync_runs(self, runs, none)
        self.rows.clear_marks()
        self.calmly(self.reload)

    def chosen_runs(self) -> list[str]:
        """Ids of the runs that are marked, else of the one under the cursor."""
        raise NotImplementedError

    def _change_runs(self, runs: list[str], decision: "Decision") -> None:
        """The same change to each run, as one."""
        targets = [(run_id, "") for run_id in runs]
        self.change_several(
            targets,
            lambda _step: decision,
            lambda n: plural("{count} run changed", "{count} runs changed", n),
        )

    def _titled_runs(self, runs: list[str]) -> str:
        return plural("{count} run", "{count} runs", len(runs))

    def _or_steps(self, ask: Callable[[list[str]], None], steps: Callable[[], None]) -> None:
        """The key is for the chosen runs, or when there are none for steps; never for half of what is marked."""
        runs = self.chosen_runs()
        if runs and self.targets():
            self.tell(_("Runs and steps are marked. Esc drops the marks; then mark one kind."), "warning")
        elif runs:
            ask(runs)
        else:
            steps()

    def action_note(self) -> None:
        """A note on each chosen run, or step."""
        self._or_steps(lambda runs: self.ask(self._ask_run_notes, runs), super().action_note)

    async def _ask_run_notes(self, runs: list[str]) -> None:
        from playbook.dialogs.ask_text import AskTextDialog

        dialog = AskTextDialog(self._titled_runs(runs), _("Note"), several_lines=True)
        if text := await self.app.push_screen_wait(dialog):
            self._change_runs(runs, self.workspace.runs.decisions.note(text)(""))

    def action_due(self) -> None:
        """Another start for each chosen run, or a date for each step."""
        self._or_steps(lambda runs: self.ask(self._ask_run_starts, runs), super().action_due)

    async def _ask_run_starts(self, runs: list[str]) -> None:
        from playbook.dialogs.asking import dates_dialog, moments_of
        from playbook.dialogs.what_if import WhatIfDialog

        decisions = self.workspace.runs.decisions
        first = self.allowed(self.calmly(lambda: self.workspace.runs.open(runs[0])))
        if first is None:
            return
        title = self._titled_runs(runs) if len(runs) > 1 else ""
        typed = await self.app.push_screen_wait(dates_dialog(self.workspace, first.sheet, title))
        if typed is None:
            return
        start, target = moments_of(typed, self.workspace)
        if start is None and target is None:
            return
        moved = decisions.dates(start=start, target=target)
        for run_id in runs:
            changes = self.allowed(self.calmly(partial(self.workspace.runs.what_if, run_id, moved)))
            opened = self.allowed(self.calmly(partial(self.workspace.runs.open, run_id)))
            if changes is None or opened is None:
                return
            if not await self.app.push_screen_wait(WhatIfDialog(changes, opened.sheet, self.now())):
                return
        self._change_runs(runs, moved)

    def action_assign(self) -> None:
        """Give a role of each chosen run to somebody, or each step."""
        self._or_steps(lambda runs: self.ask(self._ask_run_roles, runs), super().action_assign)

    async def _ask_run_roles(self, runs: list[str]) -> None:
        from playbook.dialogs.asking import role_of_runs_dialog

        opened = [run for run_id in runs if not isinstance(run := self.workspace.runs.open(run_id), Refusal)]
        roles = {role: label for run in opened for role, label in run.sheet.run.playbook.roles.items()}
        if not roles:
            self.tell(_("These runs have no roles. p gives one step to somebody."))
            return
        typed = await self.app.push_screen_wait(role_of_runs_dialog(self._titled_runs(runs), roles))
        if typed is not None:
            self._change_runs(runs, self.workspace.runs.decisions.assign_role(typed["role"], typed["person"]))

    def action_finish_runs(self) -> None:
        """Finish each chosen run; those with open steps stay open."""
        self._or_steps(
            lambda runs: self._change_runs(runs, self.workspace.runs.decisions.finish()), self._want_run
        )

    def _want_run(self) -> None:
        self.tell(_("Put the cursor on a run first."))

    def action_export_runs(self) -> None:
        """Write each chosen run as a document into one folder."""
        self._or_steps(lambda runs: self.ask(self._ask_run_exports, runs), self._want_run)

    async def _ask_run_exports(self, runs: list[str]) -> None:
        from playbook.dialogs.asking import exports_dialog
        from playbook.workspace.exporting import Exporting, export_all

        folder = str(Exporting(self.workspace, runs[0]).proposed().parent)
        dialog = exports_dialog(self._titled_runs(runs), Exporting.formats(), folder)
        typed = await self.app.push_screen_wait(dialog)
        if typed is None:
            return
        written = self.allowed(self.calmly(lambda: export_all(
            self.workspace, runs, typed["folder"], typed["format"], client_safe=typed["for"] == "client"
        )))  # fmt: skip
        if written is not None:
            self.rows.clear_marks()
            said = plural(
                "{count} file written to {folder}.",
                "{count} files written to {folder}.",
                len(written),
                folder=typed["folder"],
            )
            self.tell(said)
