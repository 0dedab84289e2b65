"""How somebody deals with one step: the change to record, decided as the app decides it."""

from collections.abc import Iterable
from datetime import datetime

from playbook.core import decide
from playbook.core.calendar import as_stamp
from playbook.core.decide import Typed
from playbook.core.operations import Draft
from playbook.core.problems import Refusal
from playbook.core.view import StepView
from playbook.workspace.demo.thread import Thread

SKIPPED, LEFT_OUT, NOTED, NOTED_ANYHOW = 0.2, 0.3, 0.3, 0.03
"""How often a step with a known reason is skipped, an optional one left out, and a note is written."""


def settle(thread: Thread, found: StepView, at: datetime) -> Draft | Refusal:
    """The step done, skipped or n/a."""
    dice = thread.chance(found.step.id, "settle")
    said = thread.remarks
    reasons = said.skips.get(found.step.id, ())
    reasons += said.skips_again.get(found.step.id, ()) if thread.is_again else ()
    if reasons and dice.random() < SKIPPED:
        fits, reason = dice.choice(reasons)
        return decide.skip(
            thread.sheet(), found.step.id, reason=thread.answering.filled(reason, at), fits=fits
        )
    if found.step.skip == "free" and dice.random() < LEFT_OUT:
        return decide.skip(thread.sheet(), found.step.id, reason="")
    return _tick(thread, found, at)


def _tick(thread: Thread, found: StepView, at: datetime) -> Draft | Refusal:
    """The step done; what it lacks because of its own answers is answered as well."""
    step, sheet = found.step, thread.sheet()
    typed: dict[str, Typed] = dict(thread.answering.answers(sheet, found.fields, at))
    override = ""
    if found.locked_by or found.warned_by:
        reasons = thread.remarks.overrides.get(step.id, thread.remarks.any_overrides)
        override = text_for(thread, f"override {step.id}", reasons, at)
    outcome = decide.tick(sheet, step.id, at=as_stamp(at), answers=typed, override=override)
    for _field in step.fields:
        if isinstance(outcome, Draft) or outcome.code != "fields-missing":
            break
        lacking = outcome.args["fields"]
        assert isinstance(lacking, Iterable)
        typed |= thread.answering.answers(sheet, step.fields, at, only=frozenset(lacking))
        outcome = decide.tick(sheet, step.id, at=as_stamp(at), answers=typed, override=override)
    return outcome


def note(thread: Thread, found: StepView, at: datetime) -> Draft | Refusal | None:
    """What is noted beside the step; mostly nothing."""
    dice = thread.chance(found.step.id, "note")
    texts = thread.remarks.notes.get(found.step.id, ())
    if texts and dice.random() < NOTED:
        text = text_for(thread, f"note {found.step.id}", texts, at)
    elif dice.random() < NOTED_ANYHOW:
        text = text_for(thread, "note", thread.remarks.any_notes, at)
    else:
        return None
    return decide.note(thread.sheet(), found.step.id, text)


def text_for(thread: Thread, name: str, texts: tuple[str, ...], at: datetime) -> str:
    """The next of these texts, with the names of this run."""
    return thread.answering.filled(thread.answering.bank.next(name, texts), at)
