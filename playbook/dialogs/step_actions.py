"""What keys do to steps, wherever a step stands in a row: tick, skip, answer, note, date."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from playbook.core.problems import Refusal
from playbook.dialogs.starting import StartActions
from playbook.words import N_, _, plural

if TYPE_CHECKING:
    from playbook.core.decide import Sheet, Typed
    from playbook.core.view import StepView
    from playbook.workspace.writing import Decision


class Target(NamedTuple):
    """The step an action is for."""

    run_id: str
    step_id: str


class StepActions(StartActions):
    """Mixed into a MainScreen whose rows are steps; `targets` says which, `changed` draws what came of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", N_("tick"), id="step.tick", tooltip=N_("Mark done, or open again")),
        Binding("s", "skip", N_("skip"), id="step.skip", tooltip=N_("Leave out, with a reason; or mark n/a")),
        Binding("w", "answer", N_("answer"), show=False, id="step.answer", tooltip=N_("Write the step's answers")),
        Binding("n", "note", N_("note"), id="step.note", tooltip=N_("Add a note to the step")),
        Binding("d", "due", N_("due"), id="step.due", tooltip=N_("Set the date by hand: fri, +3bd, 12 dec, or clear")),
    ]

    def targets(self) -> list[Target]:
        """The marked steps, else the one under the cursor."""
        raise NotImplementedError

    def changed(self, sheet: "Sheet | None") -> None:
        """Draw what a change left."""
        self.calmly(self.reload)

    def _one(self) -> Target | None:
        """The one step an action is for; several or none are told."""
        found = self.targets()
        if not found:
            self.tell(_("Put the cursor on a step first."))
            return None
        return found[0]

    def _view(self, target: Target) -> "StepView | None":
        """The step as it stands."""
        opened = self.allowed(self.calmly(lambda: self.workspace.runs.open(target.run_id)))
        return opened.sheet.view.steps.get(target.step_id) if opened else None

    def _several(self, decision: "Callable[[str], Decision]") -> None:
        """One change to all marked steps; those that refuse are told and stay marked."""
        outcome = self.calmly(lambda: self.workspace.runs.change_several(self.targets(), decision))
        if outcome is None:
            return
        done, refused = outcome
        self.rows.clear_marks()
        self.changed(None)
        words = plural("{count} step changed", "{count} steps changed", done)
        if refused:
            from playbook.words.refusals import refusal_words

            words += ". " + refusal_words(refused[0][1])
        self.tell(words, "warning" if refused else "information")

    # Tick.

    def action_tick(self) -> None:
        """Mark done; a settled step is opened again."""
        if len(self.targets()) > 1:
            self._several(self.workspace.runs.ticking)
        elif target := self._one():
            self.tick(target)

    def tick(self, target: Target, answers: "Mapping[str, Typed] | None" = None, override: str = "") -> None:
        """Tick one step; what it lacks is asked for."""
        runs = self.workspace.runs
        outcome = self.calmly(lambda: runs.tick(target.run_id, target.step_id, answers, override=override))
        if outcome is None:
            return
        if not isinstance(outcome, Refusal):
            self.changed(outcome)
            self._offer(target, outcome)
        elif outcome.code == "step-settled":
            self._reopen(target)
        elif outcome.code in ("step-locked", "step-warned"):
            self.run_worker(self._ask_override(target, answers, outcome), exclusive=True)
        elif outcome.code == "fields-missing" or "field" in outcome.args:
            self.run_worker(self._ask_and_tick(target, override), exclusive=True)
        else:
            self.allowed(outcome)

    def _reopen(self, target: Target) -> None:
        sheet = self.allowed(self.calmly(lambda: self.workspace.runs.reopen(target.run_id, target.step_id)))
        if sheet is not None:
            self.changed(sheet)
            logged = sheet.view.steps[target.step_id].step.channel
            self.tell(_("Open again. The contact it logged stays in the ledger.") if logged else _("Open again."))

    async def _ask_override(self, target: Target, answers: "Mapping[str, Typed] | None", refusal: Refusal) -> None:
        from playbook.dialogs.ask_text import AskText
        from playbook.words.refusals import refusal_words

        title = _("Locked") if refusal.code == "step-locked" else _("Not yet?")
        reason = await self.app.push_screen_wait(
            AskText(title, hint=refusal_words(refusal), label=_("Reason to go on"), required=True)
        )
        if reason:
            self.tick(target, answers, reason)

    async def _ask_and_tick(self, target: Target, override: str) -> None:
        answers = await self._ask_answers(target, _("Tick"), override=override, ticks=True)
        if answers is not None:
            self.tick(target, answers, override)

    async def _ask_answers(self, target: Target, verb: str, *, override: str = "", ticks: bool = False) -> "dict[str, Typed] | None":
        """The form of a step's fields; checked by the core before it closes."""
        from playbook.dialogs.answer import AnswerForm
        from playbook.dialogs.fields import form_fields
        from playbook.workspace.starting import prefilled

        opened = self.allowed(self.calmly(lambda: self.workspace.runs.open(target.run_id)))
        if opened is None:
            return None
        found = opened.sheet.view.steps[target.step_id]
        runs = self.workspace.runs
        offered = {**prefilled(found.step.fields, opened.client), **found.progress.answers}

        def check(answers: "Mapping[str, Typed]") -> Refusal | None:
            return runs.would_refuse(target.run_id, target.step_id, answers, override=override, ticks=ticks)

        form = AnswerForm(
            found.step.title, form_fields(found.step.fields, offered, self.workspace.calendar), check, verb=verb,
            say=found.step.say,
        )  # fmt: skip
        return await self.app.push_screen_wait(form)

    def _offer(self, target: Target, sheet: "Sheet") -> None:
        """A step that starts a playbook offers it once."""
        found = sheet.view.steps[target.step_id]
        if found.step.starts is not None and not found.progress.started_runs:
            self.start_from(sheet, found)

    # Skip, answer, note, date.

    def action_skip(self) -> None:
        """Skip or n/a, with a reason."""
        if self._one():
            self.run_worker(self._ask_skip(), exclusive=True)

    async def _ask_skip(self) -> None:
        from playbook.dialogs.skip import SkipDialog

        found = self.targets()
        views = [view for target in found if (view := self._view(target))]
        if not views:
            return
        title = views[0].step.title if len(views) == 1 else plural("{count} step", "{count} steps", len(views))
        skipped = await self.app.push_screen_wait(SkipDialog(title, needs_reason=any(v.step.skip == "reason" for v in views)))
        if skipped is None:
            return
        if len(found) > 1:
            self._several(self.workspace.runs.skipping(skipped.reason, fits=skipped.fits))
            return
        [target] = found
        runs = self.workspace.runs
        sheet = self.allowed(self.calmly(lambda: runs.skip(*target, skipped.reason, fits=skipped.fits)))
        if sheet is not None:
            self.changed(sheet)

    def action_answer(self) -> None:
        """Write the step's answers without ticking."""
        target = self._one()
        view = self._view(target) if target else None
        if target is None or view is None:
            return
        if not view.step.fields:
            self.tell(_("This step asks for nothing. Space ticks it."))
            return
        self.run_worker(self._answer(target), exclusive=True)

    async def _answer(self, target: Target) -> None:
        answers = await self._ask_answers(target, _("Keep"))
        if answers is not None:
            sheet = self.allowed(self.calmly(lambda: self.workspace.runs.answer(*target, answers)))
            if sheet is not None:
                self.changed(sheet)

    def action_note(self) -> None:
        """Add a note."""
        if self._one():
            self.run_worker(self._ask_note(), exclusive=True)

    async def _ask_note(self) -> None:
        from playbook.dialogs.ask_text import AskText

        found = self.targets()
        view = self._view(found[0])
        title = view.step.title if view and len(found) == 1 else plural("{count} step", "{count} steps", len(found))
        text = await self.app.push_screen_wait(AskText(title, label=_("Note"), is_long=True))
        if not text:
            return
        if len(found) > 1:
            self._several(self.workspace.runs.noting(text))
            return
        sheet = self.allowed(self.calmly(lambda: self.workspace.runs.note(*found[0], text)))
        if sheet is not None:
            self.changed(sheet)

    def action_due(self) -> None:
        """Set or clear the date."""
        if self._one():
            self.run_worker(self._ask_due(), exclusive=True)

    async def _ask_due(self) -> None:
        from playbook.dialogs.due import DueDialog

        found = self.targets()
        view = self._view(found[0])
        if view is None:
            return
        title = view.step.title if len(found) == 1 else plural("{count} step", "{count} steps", len(found))
        chosen = await self.app.push_screen_wait(DueDialog(title, self.read_moment, by_hand=view.due.by_hand))
        if chosen is None:
            return
        if len(found) > 1:
            self._several(self.workspace.runs.dating(chosen.moment))
            return
        sheet = self.allowed(self.calmly(lambda: self.workspace.runs.due(*found[0], chosen.moment)))
        if sheet is not None:
            self.changed(sheet)


