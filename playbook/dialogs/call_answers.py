"""The fields of a call sheet: which of them are asked, and recording what was typed into them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from playbook.core.answers import as_typed
from playbook.core.problems import Refusal
from playbook.dialogs.asking import asked_of, words_by_field
from playbook.dialogs.one_run import OneRun
from playbook.dialogs.step_targets import Target
from playbook.widgets.call_field import CallField
from playbook.widgets.call_step import CallStep
from playbook.words import _
from playbook.words.refusals import refusal_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.core.decide import Sheet, Typed
    from playbook.workspace import Workspace


class CallAnswers(OneRun):
    """A screen on which the fields of steps stand open, saved as they are typed."""

    def __init__(self, workspace: "Workspace", run_id: str) -> None:
        super().__init__(workspace, run_id)
        self._steps: list[CallStep] = []

    def fields(self) -> Iterator[CallField]:
        """Every field that may be asked, in order."""
        return (field for step in self._steps for field in step.fields)

    def step_of(self, field: CallField) -> CallStep:
        """The step that asks it."""
        return next(step for step in self._steps if step.step_id == field.step_id)

    def show_asked(self, step: CallStep) -> None:
        """Show the fields that are asked of what is recorded and what stands in the others, offered or typed."""
        if self._opened is None:
            return
        asked = asked_of(self.workspace, self._opened.sheet, step.step_id)
        if asked is not None:
            step.ask(asked({f.question.id: f.typed for f in step.fields if f.is_typed or f.is_offered}))

    # Recording.

    def record(self, field: CallField) -> bool:
        """Record what was typed; whether nothing else than what is recorded stands there now."""
        self.show_asked(self.step_of(field))
        if self._opened is None or not (field.is_asked and field.is_typed):
            return True
        fields, outcome = self.recorded(field)
        if outcome is None or isinstance(outcome, Refusal):
            self._say_wrong(field, outcome)
            return False
        found = outcome.view.steps[field.step_id]
        known = {asked.id: asked for asked in found.step.fields}
        for kept in fields:
            answer = found.progress.answers.get(kept.question.id)
            kept.keep(as_typed(known[kept.question.id], answer, outcome.calendar))
        self.changed(outcome)
        return True

    def record_all(self) -> list[CallField]:
        """Record everything; the fields in which something stays that does not fit."""
        return [field for field in self.fields() if not self.record(field)]

    def recorded(self, field: CallField) -> "tuple[list[CallField], Sheet | Refusal | None]":
        """The run with what was typed into a field, and the fields that were recorded.

        What waits in other fields of the step goes with it, for in a done step an answer and one that it
        opens are only taken together; if that does not fit, it goes alone. What is offered goes with it
        when it is not taken without.
        """
        beside = [f for f in self.step_of(field).fields if f.is_asked and f is not field]
        typed = [f for f in beside if f.is_typed]
        tried = [field, *typed]
        outcome = self._written(tried)
        if isinstance(outcome, Refusal) and typed:
            tried = [field]
            outcome = self._written(tried)
        offered = [f for f in beside if f.is_offered]
        if isinstance(outcome, Refusal) and outcome.code == "field-required" and offered:
            tried = [field, *typed, *offered]
            outcome = self._written(tried)
        return tried, outcome

    def _written(self, fields: Sequence[CallField]) -> "Sheet | Refusal | None":
        """The run with these answers; nothing is written when they say what is recorded already."""
        assert self._opened is not None
        runs, step_id = self.workspace.runs, fields[0].step_id
        answer = runs.decisions.answer({field.question.id: field.typed for field in fields})(step_id)
        draft = answer(self._opened.sheet)
        if isinstance(draft, Refusal):
            return draft
        if draft.body.get("answers") == draft.body.get("old"):
            return self._opened.sheet
        return self.calmly(lambda: runs.change(self.run_id, answer))

    # What is wrong.

    def _say_wrong(self, field: CallField, refusal: Refusal | None) -> None:
        """Say why a field was not recorded: under the fields that would lack an answer, else under itself."""
        if refusal is None:
            field.show_error(_("Not recorded yet."))
            return
        step, own = self.step_of(field), field.question.id
        words = words_by_field(refusal, step.asked)
        self._say(step, {own: refusal_words(refusal)} if "" in words or own in words else words)

    def _say(self, step: CallStep, words: "Mapping[str, str]") -> list[CallField]:
        faulty = [field for field in step.fields if field.question.id in words]
        for field in faulty:
            field.show_error(words[field.question.id])
        return faulty

    def go_to_fault(self, unfit: Sequence[CallField]) -> None:
        """To the first field of the step that something is wrong with, else to the first that does not fit."""
        beside = self.step_of(unfit[0]).fields
        wrong = [field for field in beside if field.is_asked and field.is_wrong]
        (wrong or unfit)[0].focus_input()

    def _ask_for(
        self, lacking: Refusal, target: Target, answers: "Mapping[str, Typed] | None", override: str
    ) -> None:
        """A missing or unfit answer is asked for right where it belongs; in a dialog when it has no place here."""
        step = next((step for step in self._steps if step.step_id == target.step_id), None)
        words = words_by_field(lacking, step.asked) if step else {"": ""}
        if step is None or "" in words:
            super()._ask_for(lacking, target, answers, override)
        else:
            self._say(step, words)[0].focus_input()
