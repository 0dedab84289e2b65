"""What a change of a run's dates would do, before it is done."""

from typing import NamedTuple

from playbook.core.dating import DateFault, Due
from playbook.core.decide.sheet import Sheet
from playbook.core.operations import Draft, Operation
from playbook.core.run import apply
from playbook.core.view import derive


class MovedDate(NamedTuple):
    """A step whose date a change would move."""

    step_id: str
    title: str
    old: Due
    new: Due
    faults: tuple[DateFault, ...]
    """What would be impossible about the new date."""


def moved_dates(sheet: Sheet, draft: Draft) -> list[MovedDate]:
    """Every open step that a change would date otherwise, in the order of the run; nothing is recorded."""
    op = Operation("", 0, "", sheet.run.started_at, "", sheet.run.client_id, sheet.run.id, draft.step, draft.kind, draft.body, "")  # fmt: skip
    after = derive(apply(sheet.run, op), sheet.calendar, sheet.client, sheet.plan)
    return [
        MovedDate(step_id, found.step.title, sheet.view.steps[step_id].due, found.due, found.faults)
        for step_id, found in after.steps.items()
        if found.is_open and _date(found.due) != _date(sheet.view.steps[step_id].due)
    ]


def _date(due: Due) -> tuple[object, ...]:
    return due.moment, due.waiting
