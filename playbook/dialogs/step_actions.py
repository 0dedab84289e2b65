"""What keys do to steps, wherever a step stands in a row: tick, skip, answer, note, date."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from playbook.core.problems import Refusal
from playbook.dialogs.starting import StartActions
from playbook.words import N_, _, plural

if TYPE_CHECKING:
    from playbook.core.decide import Sheet, Typed
    from playbook.core.view import StepView
    from playbook.workspace.decisions import OfStep


class Target(NamedTuple):
    """The step an action is for."""

    run_id: str
    step_id: str


class StepActions(StartActions):
    """Mixed into a MainScreen whose rows are steps; `targets` says which, `changed` draws what came of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", N_("tick"), id="step.tick", tooltip=N_("Mark done, or open again")),
        Binding("s", "skip", N_("skip"), id="step.skip", tooltip=N_("Leave out, with a reason; or mark n/a")),
        Binding(
            "w", "answer", N_("answer"), show=False, id="step.answer", tooltip=N_("Write the step's answers")
        ),
        Binding("n", "note", N_("note"), id="step.note", tooltip=N_("Add a note to the step")),
        Binding(
            "d",
            "due",
            N_("due"),
            id="step.due",
            tooltip=N_("Set the date by hand: fri, +3bd, 12 dec, or clear"),
        ),
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

    def _several(self, of_step: "OfStep") -> None:
        """One change to all marked steps; those that refuse are told and stay marked."""
        outcome = self.calmly(lambda: self.workspace.runs.change_several(self.targets(), of_step))
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
            self._several(self.workspace.runs.decisions.tick())
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
            self.ask(self._ask_override, target, answers, outcome)
        elif outcome.code == "fields-missing" or "field" in outcome.args:
            self.ask(self._ask_and_tick, target, override)
        else:
            self.allowed(outcome)

    def _reopen(self, target: Target) -> None:
        sheet = self.allowed(self.calmly(lambda: self.workspace.runs.reopen(target.run_id, target.step_id)))
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

        title = _("Locked") if refusal.code == "step-locked" else _("Not yet?")
        dialog = AskTextDialog(title, _("Reason to go on"), hint=refusal_words(refusal), required=True)
        if reason := await self.app.push_screen_wait(dialog):
            self.tick(target, answers, reason)

    async def _ask_and_tick(self, target: Target, override: str) -> None:
        answers = await self._ask_answers(target, override=override, ticks=True)
        if answers is not None:
            self.tick(target, answers, override)

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
            return self.workspace.runs.would_refuse(*target, answers, override=override, ticks=ticks)

        dialog = answer_dialog(
            self.workspace, found.step.title, found.fields, offered, check, hint=found.step.say
        )
        return await self.app.push_screen_wait(dialog)

    def _offer(self, target: Target, sheet: "Sheet") -> None:
        """A step that starts a playbook offers it once."""
        found = sheet.view.steps[target.step_id]
        if found.step.starts is not None and not found.progress.started_runs:
            self.start_from(sheet, found)

    # Skip, answer, note, date.

    def action_skip(self) -> None:
        """Skip or n/a, with a reason."""
        if self._one():
            self.ask(self._ask_skip)

    async def _ask_skip(self) -> None:
        from playbook.dialogs.asking import skip_dialog

        found = self.targets()
        views = [view for target in found if (view := self._view(target))]
        if not views:
            return
        needs_reason = any(view.step.skip == "reason" for view in views)
        answer = await self.app.push_screen_wait(
            skip_dialog(self._titled(found, views[0]), needs_reason=needs_reason)
        )
        if answer is None:
            return
        reason, fits = answer["reason"], answer["how"] != "na"
        if len(found) > 1:
            self._several(self.workspace.runs.decisions.skip(reason, fits=fits))
        else:
            self._take(self.calmly(lambda: self.workspace.runs.skip(*found[0], reason, fits=fits)))

    @staticmethod
    def _titled(found: list[Target], view: "StepView") -> str:
        return view.step.title if len(found) == 1 else plural("{count} step", "{count} steps", len(found))

    def _take(self, outcome: "Sheet | Refusal | None") -> None:
        """Draw a change, or tell why there is none."""
        sheet = self.allowed(outcome)
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
        self.ask(self._answer, target)

    async def _answer(self, target: Target) -> None:
        answers = await self._ask_answers(target)
        if answers is not None:
            self._take(self.calmly(lambda: self.workspace.runs.answer(*target, answers)))

    def action_note(self) -> None:
        """Add a note."""
        if self._one():
            self.ask(self._ask_note)

    async def _ask_note(self) -> None:
        from playbook.dialogs.ask_text import AskTextDialog

        found = self.targets()
        view = self._view(found[0])
        if view is None:
            return
        text = await self.app.push_screen_wait(
            AskTextDialog(self._titled(found, view), _("Note"), several_lines=True)
        )
        if not text:
            return
        if len(found) > 1:
            self._several(self.workspace.runs.decisions.note(text))
        else:
            self._take(self.calmly(lambda: self.workspace.runs.note(*found[0], text)))

    def action_due(self) -> None:
        """Set or clear the date."""
        if self._one():
            self.ask(self._ask_due)

    async def _ask_due(self) -> None:
        from playbook.core.calendar import from_stamp
        from playbook.dialogs.asking import CLEAR, reading_of
        from playbook.dialogs.due import DueDialog
        from playbook.widgets.due_label import due_sentence

        found = self.targets()
        view = self._view(found[0])
        if view is None:
            return
        now = "".join(span.text for span in due_sentence(view.due.moment, self.now()))
        by_hand = f"{now}, {_('set by hand')}" if view.due.by_hand else now
        dialog = DueDialog(self._titled(found, view), reading_of(self.workspace), now=by_hand)
        answer = await self.app.push_screen_wait(dialog)
        if answer is None:
            return
        moment = None if answer == CLEAR else from_stamp(answer)
        if len(found) > 1:
            self._several(self.workspace.runs.decisions.due(moment))
        else:
            self._take(self.calmly(lambda: self.workspace.runs.due(*found[0], moment)))
