"""What decisions are made on, and what they first look at."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from playbook.core.calendar import Calendar
from playbook.core.plan import Plan
from playbook.core.playbook import Field
from playbook.core.problems import Refusal
from playbook.core.run import Run, with_answers
from playbook.core.view import RunView, StepView, missing_fields

Typed = str | Sequence[str]
"""An answer as typed: one text, or one text a line."""


class Sheet(NamedTuple):
    """A run together with all that follows from it."""

    run: Run
    view: RunView
    calendar: Calendar
    client: Mapping[str, Any]
    """What is known of the client, by name."""
    plan: Plan | None = None
    """The plan of the run's playbook, where somebody keeps it."""


def refuse_ended(run: Run) -> Refusal | None:
    """The refusal when a run is over: nothing in it changes any more."""
    return None if run.state == "open" else Refusal("run-ended", {"run": run.name, "state": run.state})


def known_step(sheet: Sheet, step_id: str) -> StepView | Refusal:
    """A step of a run, over or not."""
    found = sheet.view.steps.get(step_id)
    return found or Refusal(
        "no-step", {"step": step_id, "run": sheet.run.name, "near": near(step_id, sheet.view.steps)}
    )


def any_step(sheet: Sheet, step_id: str) -> StepView | Refusal:
    """A step of an open run."""
    return refuse_ended(sheet.run) or known_step(sheet, step_id)


def open_step(sheet: Sheet, step_id: str) -> StepView | Refusal:
    """A step that is still to be done."""
    found = any_step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    if found.progress.state != "open":
        return Refusal("step-settled", {"step": found.step.title, "state": found.progress.state})
    if found.is_hidden:
        return Refusal("step-hidden", {"step": found.step.title})
    if found.is_retired:
        return Refusal("step-retired", {"step": found.step.title})
    return found


def first_ready(view: RunView) -> StepView | None:
    """The step to do next: the first unsettled one that nothing holds, else one that is held.

    When all are settled, it is a repeating one that comes back.
    """
    steps = view.steps.values()
    left = [s for s in steps if not s.is_settled] or [s for s in steps if s.is_open]
    ready = (s for s in left if not s.locked_by and s.blocked is None)
    return next(ready, left[0] if left else None)


def missing_after(sheet: Sheet, step_id: str, answers: Mapping[str, Any]) -> tuple[Field, ...]:
    """Required fields that would lack an answer if the step, or with `step_id` "" the run, had these."""
    run = with_answers(sheet.run, step_id, answers)
    return missing_fields(run, sheet.calendar, sheet.client, step_id, sheet.plan)


def near(name: str, known: Mapping[str, Any]) -> str:
    """The known name that a mistyped one probably means, or ""."""
    from playbook.core.nearest import nearest  # only when something was mistyped: it loads difflib

    return nearest(name, known)
