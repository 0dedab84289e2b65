"""Steps that a person added to one run: they stand in the run's copy of its playbook like any other."""

from dataclasses import replace
from typing import NamedTuple

from playbook.core.playbook import Playbook, Section, Step

_PREFIX = "own-"


class OwnStep(NamedTuple):
    """A step that only one run has."""

    id: str
    """`own-1`, `own-2` …"""
    title: str
    section: str
    after: str
    """The step of that section below which it stands; "" or an unknown one: at the section's end."""
    promoted: str = ""
    """The step of the playbook that it was made into; this run has it as that once it is brought along."""


def next_own_id(playbook: Playbook) -> str:
    """The first free id for a step to be added."""
    taken = {step.id for step in playbook.steps()}
    number = 1
    while f"{_PREFIX}{number}" in taken:
        number += 1
    return f"{_PREFIX}{number}"


def with_own_step(playbook: Playbook, own: OwnStep) -> tuple[Playbook, OwnStep]:
    """The playbook with the step in its place, and the step as it stands there.

    An id that is taken (two devices added one at once) gives way to the next free one, and a section that is
    not there to the last one, so that no step gets lost.
    """
    if not own.id or any(step.id == own.id for step in playbook.steps()):
        own = own._replace(id=next_own_id(playbook))
    sections = list(playbook.sections) or [Section(id="own", title=own.title)]
    place = next((i for i, section in enumerate(sections) if section.id == own.section), len(sections) - 1)
    steps = list(sections[place].steps)
    ids = [step.id for step in steps]
    below = ids.index(own.after) + 1 if own.after in ids else len(steps)
    steps.insert(below, Step(id=own.id, title=own.title))
    sections[place] = replace(sections[place], steps=tuple(steps))
    return replace(playbook, sections=tuple(sections)), own._replace(section=sections[place].id)
