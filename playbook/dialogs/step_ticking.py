"""Ticking a step: what it lacks is asked for, one question after the other."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from playbook.core.problems import PASSABLE, Refusal
from playbook.dialogs.step_targets import StepTargets, Target
from playbook.words import N_, _

if TYPE_CHECKING:
    from playbook.core.client import Entry
    from playbook.core.decide import Typed
    from playbook.core.view import StepView


class StepTicking(StepTargets):
    """Space: done, or open again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", N_("tick"), id="step.tick", tooltip=N_("Mark done, or open again")),
        Binding("w", "answer", N_("answer"), show=False, id="step.answer", tooltip=N_("Write the step's answers")),
    ]  # fmt: skip

    def action_tick(self) -> None:
        """Mark done; a settled step is opened again."""
        found = self.targets()
        if len(found) > 1:
            self.carry_out(_("ticked"), self.workspace.runs.decisions.tick(), found)
        elif target := self.one():
            self.tick(target)

    def tick(
        self, target: Target, answers: "Mapping[str, Typed] | None" = None, override: str = "",
        outcomes: "Mapping[int, str] | None" = None,
    ) -> None:  # fmt: skip
        """Tick one step; what it lacks is asked for, and so is what may stay empty."""
        runs = self.workspace.runs
        if answers is None and self._has_questions(target):
            self.ask(self._ask_and_tick, target, override)
            return
        ending = self._to_close(target) if outcomes is None else []
        if ending:
            lacking = self.calmly(
                lambda: runs.would_refuse(*target, answers or {}, override=override, ticks=True)
            )
            if lacking is None:
                self.ask(self._ask_outcomes, target, answers, override, ending)
            else:
                self._ask_for(lacking, target, answers, override)
            return
        if self._starts(target, answers, override):
            self.ask(self._tick_and_start, target, answers, override, outcomes)
            return
        outcome = self.calmly(lambda: runs.tick(*target, answers, override=override, outcomes=outcomes))
        if isinstance(outcome, Refusal):
            self._ask_for(outcome, target, answers, override)
        elif outcome is not None:
            self.remember(_("ticked"), runs.decisions.tick())
            self.changed(outcome)

    def _step(self, target: Target) -> "StepView | None":
        """The step as it stands: of a run on the screen, as last read."""
        if self.sheet is not None and self.sheet.run.id == target.run_id:
            return self.sheet.view.steps.get(target.step_id)
        return self.view_of(target)

    def _has_questions(self, target: Target) -> bool:
        """Whether a step that could be ticked asks for something; what it needs is asked for anyway."""
        found = self._step(target)
        if found is None or not (found.is_open and found.unanswered):
            return False
        lacking = self.calmly(lambda: self.workspace.runs.would_refuse(*target, {}, ticks=True))
        return lacking is None or lacking.code in PASSABLE

    def _starts(self, target: Target, answers: "Mapping[str, Typed] | None", override: str) -> bool:
        """Whether a step starts a playbook and can be ticked now."""
        found = self._step(target)
        if found is None or not found.is_open or found.step.starts is None:
            return False
        runs = self.workspace.runs
        lacking = self.calmly(
            lambda: runs.would_refuse(*target, answers or {}, override=override, ticks=True)
        )
        return lacking is None

    def _to_close(self, target: Target) -> "list[Entry]":
        """The open entries whose outcome a tick asks for; most steps close none, which a run on the screen tells."""
        found = self.sheet.view.steps.get(target.step_id) if self.sheet else None
        if found is not None and not found.step.closes:
            return []
        return self.calmly(lambda: self.workspace.runs.closing(*target)) or []

    def _ask_for(
        self, lacking: Refusal, target: Target, answers: "Mapping[str, Typed] | None", override: str
    ) -> None:
        """Ask for what a tick was refused for, or tell it."""
        if lacking.code == "step-settled":
            self._reopen(target)
        elif lacking.code in PASSABLE:
            self.ask(self._ask_override, target, answers, lacking)
        elif lacking.code == "fields-missing" or "field" in lacking.args:
            self.ask(self._ask_and_tick, target, override)
        else:
            self.allowed(lacking)

    def _reopen(self, target: Target) -> None:
        sheet = self.allowed(self.calmly(lambda: self.workspace.runs.reopen(*target)))
        if sheet is not None:
            self.changed(sheet)
            logged = sheet.view.steps[target.step_id].step.channel
            self.tell(
                _("Open again. The contact it logged stays in the ledger.") if logged else _("Open again.")
            )

    async def _ask_override(
        self, target: Target, answers: "Mapping[str, Typed] | None", refusal: Refusal
    ) -> None:
        from playbook.dialogs.ask_text import AskTextDialog
        from playbook.words.refusals import refusal_words

        titles = {"step-locked": _("Locked"), "step-early": _("Not open yet")}
        title = titles.get(refusal.code) or _("Not yet?")
        dialog = AskTextDialog(title, _("Reason to go on"), hint=refusal_words(refusal), required=True)
        if reason := await self.app.push_screen_wait(dialog):
            self.tick(target, answers, reason)

    async def _ask_and_tick(self, target: Target, override: str) -> None:
        answers = await self._ask_answers(target, override=override, ticks=True)
        if answers is not None:
            self.tick(target, answers, override)

    async def _ask_outcomes(
        self, target: Target, answers: "Mapping[str, Typed] | None", override: str, ending: "list[Entry]"
    ) -> None:
        """How the entries that this step closes have ended."""
        from playbook.dialogs.asking import outcome_dialog
        from playbook.workspace.outcomes import read_outcome

        opened = self.allowed(self.calmly(lambda: self.workspace.runs.open(target.run_id)))
        if opened is None:
            return
        due = opened.sheet.view.steps[target.step_id].due.moment
        typed = await self.app.push_screen_wait(outcome_dialog(self.workspace, ending, due))
        if typed is not None:
            outcomes = {int(number): read_outcome(outcome) for number, outcome in typed.items()}
            self.tick(target, answers, override, outcomes)

    async def _ask_answers(
        self, target: Target, *, override: str = "", ticks: bool = False
    ) -> dict[str, str] | None:
        """The form of a step's fields; the core checks it before it closes."""
        from playbook.dialogs.asking import answer_dialog
        from playbook.workspace.typing_in import prefilled

        opened = self.allowed(self.calmly(lambda: self.workspace.runs.open(target.run_id)))
        if opened is None:
            return None
        found = opened.sheet.view.steps[target.step_id]
        offered = {
            **prefilled(found.step.fields, opened.client, self.workspace.calendar),
            **found.progress.answers,
        }

        def check(answers: "Mapping[str, Typed]") -> Refusal | None:
            refusal = self.workspace.runs.would_refuse(*target, answers, override=override, ticks=ticks)
            return None if refusal is not None and refusal.code in PASSABLE else refusal

        texts = opened.texts(self.workspace.signature, self.now().today)
        dialog = answer_dialog(
            self.workspace, opened.sheet, target.step_id, offered, check, hint=texts.script(found.step).say
        )
        return await self.app.push_screen_wait(dialog)

    async def _tick_and_start(
        self, target: Target, answers: "Mapping[str, Typed] | None", override: str,
        outcomes: "Mapping[int, str] | None",
    ) -> None:  # fmt: skip
        """Offer the playbook that a step starts: the tick and the run are one change, or the tick is alone."""
        from playbook.dialogs.start import ALONE, StepStartDialog
        from playbook.dialogs.start_form import given_form, start_dialog

        runs = self.workspace.runs
        ticked = runs.decisions.tick(answers, override=override, outcomes=outcomes)(target.step_id)
        form = self.allowed(self.calmly(lambda: runs.start_form_of(*target, ticked)))
        found = self._step(target)
        if form is None or found is None:
            return
        if found.progress.started_runs and not await self._wants_another(found):
            self.take(self.calmly(lambda: runs.change(target.run_id, ticked)))
            return
        form = form._replace(again=bool(found.progress.started_runs))
        dialog = self.calmly(lambda: start_dialog(self.workspace, form, StepStartDialog))
        given = await self.app.push_screen_wait(dialog) if dialog else None
        if given is None:
            self._keep_answers(target, answers)
        elif given is ALONE:
            self.take(self.calmly(lambda: runs.change(target.run_id, ticked)))
        else:
            started = self.allowed(
                self.calmly(lambda: runs.tick_and_start(target.run_id, ticked, given_form(form, given)))
            )
            if started is not None:
                self.changed(None)
                self.tell(_("Started {run}.").format(run=started.run.name))

    async def _wants_another(self, found: "StepView") -> bool:
        from playbook.dialogs.confirm import ConfirmDialog

        started = ", ".join(found.progress.started_runs)
        lines = [
            _("This step has started {runs} already.").format(runs=started),
            _("If not, the step is ticked and nothing more is started."),
        ]
        wanted = await self.app.push_screen_wait(ConfirmDialog(_("Start another one?"), lines))
        return bool(wanted)

    def _keep_answers(self, target: Target, answers: "Mapping[str, Typed] | None") -> None:
        """The step stays open; what was typed for it is not lost."""
        if answers:
            self.take(self.calmly(lambda: self.workspace.runs.answer(*target, answers)))
        self.tell(_("The step stays open: nothing was started."))

    # Answers without ticking.

    def action_answer(self) -> None:
        """Write the step's answers without ticking."""
        target = self.one()
        view = self.view_of(target) if target else None
        if target is None or view is None:
            return
        if not view.step.fields:
            self.tell(_("This step asks for nothing. Space ticks it."))
            return
        self.ask(self._answer, target)

    async def _answer(self, target: Target) -> None:
        answers = await self._ask_answers(target)
        if answers is not None:
            self.take(self.calmly(lambda: self.workspace.runs.answer(*target, answers)))
