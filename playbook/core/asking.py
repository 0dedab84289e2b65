"""Which questions a form asks while it is filled in: an answer may show or hide others beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from playbook.core.calendar import Calendar
from playbook.core.plan import Plan, plan_of
from playbook.core.playbook import Field
from playbook.core.run import Run, merged, with_answers
from playbook.core.view import asked_fields


def hang_on_answers(fields: Sequence[Field]) -> bool:
    """Whether any of these fields is asked under a condition."""
    return any(field.when for field in fields)


def asked_with(
    run: Run, calendar: Calendar, client: Mapping[str, Any], step_id: str, given: Mapping[str, Any],
    plan: Plan | None = None,
) -> tuple[Field, ...]:  # fmt: skip
    """The fields of a step, or with `step_id` "" of the run, that apply once what was given is recorded.

    `given`: values by field id, None for an answer taken away. Only what is given for a field that is itself
    asked will be recorded, so only that counts. Each round settles the fields that hang on those settled
    before; fields that hang on themselves stay as the last round left them.
    """
    plan = plan or plan_of(run.playbook)
    fields = plan.places[step_id][0].fields if step_id else run.playbook.fields
    if not hang_on_answers(fields):
        return fields
    known = run.progress(step_id).answers if step_id else run.answers
    asked = tuple(field for field in fields if not field.when)
    for _ in fields:
        kept = {field.id: given[field.id] for field in asked if field.id in given}
        before, after = asked, with_answers(run, step_id, merged(known, kept))
        asked = asked_fields(after, calendar, client, step_id, plan)
        if asked == before:
            break
    return asked
