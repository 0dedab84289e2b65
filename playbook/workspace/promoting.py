"""Putting a step that one run alone has into its playbook."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from playbook.core import decide
from playbook.core.calendar import Calendar
from playbook.core.decide import Sheet
from playbook.core.operations import Draft
from playbook.core.playbook import Playbook, Step
from playbook.core.problems import Refusal

if TYPE_CHECKING:
    from playbook.files.library import Loaded
    from playbook.workspace import Workspace
    from playbook.workspace.editing import Written

FARTHEST = 520
"""Working days from the start that a date is looked for: two years."""


def as_step(sheet: Sheet, own_id: str) -> Step:
    """The step of the playbook that an own step would make: its title, its notes as guide, its date as a rule."""
    found = sheet.view.steps[own_id]
    by_hand, day = found.progress.due_by_hand, sheet.calendar.day_of_stamp
    due = rule_of(day(sheet.run.start), day(by_hand), sheet.calendar) if by_hand else ""
    notes = "\n\n".join(note.text for note in found.progress.notes)
    return Step(title=found.step.title, guide=notes, due=(due,) if due else ())


def rule_of(start: date, day: date, calendar: Calendar) -> str:
    """The rule that gives this day, in working days from the start; "" where none does: before it, and on a closed day."""
    if day == start:
        return "start"
    count, at = 0, start
    while at < day and count < FARTHEST:
        count, at = count + 1, calendar.add_working_days(at, 1)
    return f"start + {count}bd" if at == day else ""


def place_for(sheet: Sheet, own_id: str, playbook: Playbook) -> tuple[str, str]:
    """The step of the playbook that stands above an own step in its run, or "" for none, and their section."""
    section = sheet.view.steps[own_id].section
    there = {step.id for part in playbook.sections for step in part.steps if part.id == section.id}
    ids = [step.id for step in section.steps]
    above = [step_id for step_id in ids[: ids.index(own_id)] if step_id in there]
    return (above[-1] if above else ""), section.id


def ready(workspace: "Workspace", sheet: Sheet, own_id: str) -> "Loaded | Refusal":
    """The file that an own step may be put into."""
    own = sheet.run.playbook
    loaded = workspace.playbooks.exactly(own.id, own.language)
    if isinstance(loaded, Refusal):
        return loaded
    draft = decide.promote(sheet, own_id, "", _ids(loaded.playbook))
    return draft if isinstance(draft, Refusal) else loaded


def _ids(playbook: Playbook) -> set[str]:
    return {step.id for step in playbook.steps()}


def promote(
    workspace: "Workspace", run_id: str, own_id: str, values: Mapping[str, Any]
) -> "Written | Refusal":
    """Put an own step into the playbook where it stands in the run, and note in the run as which step.

    The run keeps its own step until it is brought along, and has the playbook's in its place then, with what was done.
    The file is written while the database is held: where one refuses, both stay as they were.
    """
    written: list[Written] = []

    def decision(sheet: Sheet) -> Draft | Refusal:
        loaded = ready(workspace, sheet, own_id)
        if isinstance(loaded, Refusal):
            return loaded
        own = loaded.playbook
        below, section = place_for(sheet, own_id, own)
        outcome = workspace.editing.put_in(
            own.id, own.language, below, section, values, sorted(_ids(sheet.run.playbook))
        )
        if isinstance(outcome, Refusal):
            return outcome
        written.append(outcome)
        return decide.promote(sheet, own_id, outcome.step, _ids(own))

    noted = workspace.runs.change(run_id, decision)
    return noted if isinstance(noted, Refusal) else written[0]
