"""Every id of a playbook and where it stands: one namespace for sections, steps and fields."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from playbook.core.nearest import nearest
from playbook.core.playbook import RESERVED, Field, Playbook, Section, Step
from playbook.core.problem_list import ProblemList
from playbook.core.problems import Where
from playbook.core.text import slug

ID = re.compile(r"[a-z][a-z0-9-]{0,63}")


Found = TypeVar("Found")


class SectionAt(NamedTuple):
    """A section and its path."""

    section: Section
    where: Where


class StepAt(NamedTuple):
    """A step, its path and its section."""

    step: Step
    where: Where
    home: SectionAt


class FieldAt(NamedTuple):
    """A field, its path, and the step that asks it (None for a field of the run)."""

    field: Field
    where: Where
    asked_by: StepAt | None


class Names:
    """What a playbook defines, by id; of two with the same id the first counts."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self.every_section = [SectionAt(part, ("section", i)) for i, part in enumerate(playbook.sections)]
        self.every_step = [
            StepAt(step, (*home.where, "step", i), home)
            for home in self.every_section
            for i, step in enumerate(home.section.steps)
        ]
        self.every_field = list(self._fields())
        self.sections = _first((at.section.id, at) for at in self.every_section)
        self.steps = _first((at.step.id, at) for at in self.every_step)
        self.fields = _first((at.field.id, at) for at in self.every_field)

    def _fields(self) -> Iterator[FieldAt]:
        for i, field in enumerate(self.playbook.fields):
            yield FieldAt(field, ("field", i), None)
        for at in self.every_step:
            for i, field in enumerate(at.step.fields):
                yield FieldAt(field, (*at.where, "field", i), at)

    def ids(self) -> Iterator[tuple[str, Where]]:
        """Every id with the path of what it names, in the order of the file."""
        yield from ((at.field.id, at.where) for at in self.every_field if at.asked_by is None)
        fields = iter(at for at in self.every_field if at.asked_by is not None)
        steps = iter(self.every_step)
        for home in self.every_section:
            yield home.section.id, home.where
            for _ in home.section.steps:
                at = next(steps)
                yield at.step.id, at.where
                for _ in at.step.fields:
                    field = next(fields)
                    yield field.field.id, field.where

    def is_hideable(self, at: StepAt) -> bool:
        """Whether conditions can hide the step."""
        return bool(at.step.when or at.home.section.when)


def _first(pairs: Iterable[tuple[str, Found]]) -> dict[str, Found]:
    """By id, in the order of the file; of two with the same id the first."""
    found: dict[str, Found] = {}
    for name, at in pairs:
        if name:
            found.setdefault(name, at)
    return found


def check_ids(names: Names, problems: ProblemList) -> None:
    """Ids that are badly formed, reserved, or given twice."""
    playbook_id = names.playbook.id
    if playbook_id and not ID.fullmatch(playbook_id):
        problems.add("id-pattern", ("id",), id=playbook_id, meant=slug(playbook_id))
    first: dict[str, Where] = {}
    for name, where in names.ids():
        place = (*where, "id")
        if not name:
            continue
        if not ID.fullmatch(name):
            problems.add("id-pattern", place, id=name, meant=slug(name))
        elif name in RESERVED:
            problems.add("id-reserved", place, id=name)
        if name in first:
            problems.add("id-twice", place, id=name, at=(*first[name], "id"))
        first.setdefault(name, where)


class References:
    """Looks ids up and tells the ones that lead nowhere, with the id that was probably meant."""

    def __init__(self, names: Names, problems: ProblemList) -> None:
        self._names = names
        self._problems = problems

    def step(self, name: str, where: Where) -> StepAt | None:
        """The step of this id; a problem when there is none."""
        if name and name not in self._names.steps:
            self._missing("step-unknown", name, where, self._names.steps)
        return self._names.steps.get(name)

    def field(self, name: str, where: Where) -> FieldAt | None:
        """The field of this id; a problem when there is none."""
        if name and name not in self._names.fields:
            self._missing("field-unknown", name, where, self._names.fields)
        return self._names.fields.get(name)

    def held(self, name: str, where: Where) -> None:
        """A problem when the id is neither a step's nor a section's."""
        if name and name not in self._names.steps and name not in self._names.sections:
            self._missing("held-unknown", name, where, [*self._names.steps, *self._names.sections])

    def anchor(self, name: str, where: Where) -> None:
        """Tells that nothing a date can count from has this id."""
        dated = {key for key, at in self._names.fields.items() if at.field.kind in ("date", "datetime")}
        self._missing("anchor-unknown", name, where, {"start", "target", *self._names.steps, *dated})

    def _missing(self, code: str, name: str, where: Where, known: Iterable[str]) -> None:
        if self._problems.is_full:
            self._problems.add(code, where)
            return
        names = self._names
        kind = "step" if name in names.steps else "field" if name in names.fields else "section" if name in names.sections else ""  # fmt: skip
        self._problems.add(code, where, name=name, nearest=nearest(name, known), stands_for=kind)
