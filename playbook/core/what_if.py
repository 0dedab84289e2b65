"""What a change of a run would do, before it is done."""

from typing import NamedTuple

from playbook.core.dating import DateFault, Due
from playbook.core.decide.sheet import Sheet
from playbook.core.operations import Draft, Operation
from playbook.core.run import Run, apply
from playbook.core.view import derive


class MovedDate(NamedTuple):
    """A step whose date a change would move."""

    step_id: str
    title: str
    old: Due
    new: Due
    faults: tuple[DateFault, ...]
    """What would be impossible about the new date."""


def run_after(sheet: Sheet, draft: Draft) -> Run:
    """The run as a change would leave it; nothing is recorded."""
    op = Operation("", 0, "", sheet.run.started_at, "", sheet.run.client_id, sheet.run.id, draft.step, draft.kind, draft.body, "")  # fmt: skip
    return apply(sheet.run, op)


def moved_dates(sheet: Sheet, draft: Draft) -> list[MovedDate]:
    """Every open step that a change would date otherwise, in the order of the run; nothing is recorded."""
    after = derive(run_after(sheet, draft), sheet.calendar, sheet.client, sheet.plan)
    return [
        MovedDate(step_id, found.step.title, sheet.view.steps[step_id].due, found.due, found.faults)
        for step_id, found in after.steps.items()
        if found.is_open and _date(found.due) != _date(sheet.view.steps[step_id].due)
    ]


def _date(due: Due) -> tuple[object, ...]:
    return due.moment, due.waiting
