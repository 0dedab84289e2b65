"""From a section of a run to the steps and fields of its call sheet, each with the input that fits."""

from typing import TYPE_CHECKING

from playbook.core.answers import as_typed
from playbook.dialogs.answer import question_of
from playbook.dialogs.asking import reading_of
from playbook.widgets.call_field import CallField
from playbook.widgets.call_step import CallStep
from playbook.workspace.typing_in import prefilled

if TYPE_CHECKING:
    from playbook.core.playbook import Section
    from playbook.workspace import Workspace
    from playbook.workspace.runs import OpenRun


def call_steps(workspace: "Workspace", opened: "OpenRun", section: "Section") -> list[CallStep]:
    """Every step and field of the section, also those not needed now; unanswered ones hold what is offered."""
    sheet, read = opened.sheet, reading_of(workspace, clears=False)
    steps = []
    for step in section.steps:
        answers = sheet.view.steps[step.id].progress.answers
        offered = prefilled(step.fields, opened.client, sheet.calendar)
        fields = []
        for field in step.fields:
            now, first = (
                as_typed(field, known.get(field.id), sheet.calendar) for known in (answers, offered)
            )
            fields.append(CallField(step.id, question_of(field, now, read), first))
        steps.append(CallStep(step.id, fields, says=bool(step.say)))
    return steps
