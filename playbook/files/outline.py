"""Where the sections and steps of a playbook stand in its text."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from playbook.core.playbook import Playbook
from playbook.core.problems import Where
from playbook.files.locate import locate


class Mark(NamedTuple):
    """The line at which a section, or with a `step` a step, begins."""

    line: int
    """From 1."""
    section: int
    """Its place among the sections, from 0."""
    step: int | None = None
    """Its place in the section, from 0."""


def outline(text: str, playbook: Playbook) -> list[Mark]:
    """Every section and step of a text that says `playbook`, in the order of their lines."""
    places: dict[Where, tuple[int, int | None]] = {}
    for number, section in enumerate(playbook.sections):
        places["section", number] = number, None
        for place in range(len(section.steps)):
            places["section", number, "step", place] = number, place
    found = locate(text, places)
    return sorted(Mark(line, *places[path]) for path, (line, _column) in found.items() if line)


def mark_at(marks: Sequence[Mark], line: int) -> Mark | None:
    """What a line belongs to: the last mark above it, or on it."""
    return next((mark for mark in reversed(marks) if mark.line <= line), None)


def line_of_step(marks: Iterable[Mark], playbook: Playbook, step_id: str) -> int:
    """The line at which a step of the playbook begins, from 1; 0 when it is not there."""
    for mark in marks:
        if mark.step is not None and playbook.sections[mark.section].steps[mark.step].id == step_id:
            return mark.line
    return 0
