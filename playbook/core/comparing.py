"""What a newer playbook changes of an older one: steps added, reworded, re-dated, moved, renamed, removed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from playbook.core.playbook import Playbook, Section, Step
from playbook.core.text import folded

_PARTS: Mapping[str, tuple[str, ...]] = {
    "words": ("title", "guide", "say", "message", "formal"),
    "dates": ("due", "opens", "by", "roll", "repeat"),
    "questions": ("fields",),
    "rules": ("when", "needs", "gate", "holds", "skip", "key"),
    "contact": ("channel", "topic", "side", "role", "court"),
    "ledger": ("logs", "closes", "starts"),
}
"""What can differ in a step, by the attributes it stands in. Where it comes from (`source`) is nobody's concern."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")

TELLING = 25
"""Letters from which on a sentence is nobody else's."""

ALIKE = 0.8
"""How alike the words of two steps must be for one to be the other under a new id."""


class StepChange(NamedTuple):
    """One step that is not as it was."""

    kind: str
    """`added`, `changed`, `moved`, `renamed` (its id) or `removed`."""
    step: str
    """Its id now; of a removed one the id it had."""
    title: str
    old_id: str = ""
    """The id it had, of a renamed one."""
    old_title: str = ""
    """The title it had, where it has another."""
    parted_from: str = ""
    """The title of the step it was a part of, of an added one."""
    parts: tuple[str, ...] = ()
    """What changed: `words`, `dates`, `questions`, `rules`, `contact`, `ledger`; `place` when it moved."""


def compare(old: Playbook, new: Playbook) -> list[StepChange]:
    """What became of each step, in the order of the newer playbook; removed ones last."""
    before, after = {step.id: step for step in old.steps()}, {step.id: step for step in new.steps()}
    renamed = renames(old, new)
    was = {new_id: old_id for old_id, new_id in renamed.items()}
    stayed, parted = _in_place(old, new, renamed), parted_from(old, new, renamed)
    found: list[StepChange] = []
    for step_id, step in after.items():
        old_id = was.get(step_id, step_id)
        if old_id not in before:
            found.append(StepChange("added", step_id, step.title, parted_from=parted.get(step_id, "")))
            continue
        parts = (*changed_parts(before[old_id], step), *(() if step_id in stayed else ("place",)))
        kind = "renamed" if step_id in was else "moved" if parts == ("place",) else "changed" if parts else ""
        if kind:
            old_title = before[old_id].title
            found.append(
                StepChange(
                    kind,
                    step_id,
                    step.title,
                    was.get(step_id, ""),
                    "" if old_title == step.title else old_title,
                    parts=parts,
                )
            )
    gone = [step for step_id, step in before.items() if step_id not in after and step_id not in renamed]
    return [*found, *(StepChange("removed", step.id, step.title) for step in gone)]


def changed_parts(old: Step, new: Step) -> tuple[str, ...]:
    """What differs between two states of a step."""
    return tuple(
        part
        for part, names in _PARTS.items()
        if any(getattr(old, name) != getattr(new, name) for name in names)
    )


def renames(old: Playbook, new: Playbook) -> dict[str, str]:
    """Steps that have another id now, old id to new: same words or much alike, and no other step fits as well."""
    before, after = {step.id: step for step in old.steps()}, {step.id: step for step in new.steps()}
    gone = [step for step_id, step in before.items() if step_id not in after]
    come = [step for step_id, step in after.items() if step_id not in before]
    found: dict[str, str] = {}
    for step in gone:
        fits = [other for other in come if other.id not in found.values() and _alike(step, other)]
        same = [other for other in fits if folded(other.title) == folded(step.title)]
        if len(same or fits) == 1:
            found[step.id] = (same or fits)[0].id
    return found


def _alike(old: Step, new: Step) -> bool:
    if folded(old.title) == folded(new.title):
        return True
    a, b = f"{old.title}\n{old.guide}", f"{new.title}\n{new.guide}"
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def parted_from(old: Playbook, new: Playbook, renamed: Mapping[str, str]) -> dict[str, str]:
    """Added steps that were a part of another one: by their id, the title of that one.

    They ask one of its questions, or say a whole sentence of its guide, which it does no longer itself.
    """
    now, known = {step.id: step for step in new.steps()}, {step.id for step in old.steps()}
    lost: dict[str, str] = {}
    for step in old.steps():
        left = now.get(renamed.get(step.id, step.id))
        kept = _traits(left) if left else set()
        lost |= dict.fromkeys(_traits(step) - kept, step.title)
    come = [step for step in new.steps() if step.id not in known and step.id not in renamed.values()]
    found = {step.id: next((lost[t] for t in sorted(_traits(step)) if t in lost), "") for step in come}
    return {step_id: title for step_id, title in found.items() if title}


def _traits(step: Step) -> set[str]:
    """What a step is known by when it is a part of another one: the questions it asks, the sentences it says."""
    sentences = (part.strip() for part in _SENTENCE.split(folded(step.guide)))
    return {f"? {field.id}" for field in step.fields} | {s for s in sentences if len(s) >= TELLING}


def section_names(old: Playbook, new: Playbook) -> dict[str, str]:
    """The sections of the older playbook and what each is called now: by its id, else by most of its steps."""
    there = {section.id for section in new.sections}
    home = {step.id: section.id for section in new.sections for step in section.steps}
    found: dict[str, str] = {}
    for section in old.sections:
        if section.id in there:
            found[section.id] = section.id
            continue
        homes = [home[step.id] for step in section.steps if step.id in home]
        best = max(dict.fromkeys(homes), key=homes.count, default="")
        if best and homes.count(best) * 2 > len(section.steps):
            found[section.id] = best
    return found


def _in_place(old: Playbook, new: Playbook, renamed: Mapping[str, str]) -> set[str]:
    """Steps that stand where they stood: in the same section, and in the same order as most of the others."""
    names = section_names(old, new)
    was = [
        (renamed.get(step.id, step.id), names.get(section.id, section.id))
        for section in old.sections
        for step in section.steps
    ]
    now = [(step.id, section.id) for section in new.sections for step in section.steps]
    known = set(was) & set(now)
    place = {item: number for number, item in enumerate(item for item in was if item in known)}
    return {step_id for step_id, _section in _longest_rising([item for item in now if item in known], place)}


def _longest_rising(
    items: Sequence[tuple[str, str]], place: Mapping[tuple[str, str], int]
) -> Iterable[tuple[str, str]]:
    """The longest part of a sequence whose places rise: what need not have moved for the rest to have."""
    best: list[int] = []
    back: list[int] = []
    for number, item in enumerate(items):
        candidates = [i for i in range(number) if place[items[i]] < place[item]]
        before = max(candidates, key=lambda i: best[i], default=-1)
        best.append(best[before] + 1 if before >= 0 else 1)
        back.append(before)
    at = max(range(len(items)), key=lambda i: best[i], default=-1)
    while at >= 0:
        yield items[at]
        at = back[at]


def with_step(section: Section, step: Step, below: str) -> Section:
    """The section with one more step, below another one; at its end when that is not there."""
    ids = [each.id for each in section.steps]
    place = ids.index(below) + 1 if below in ids else len(ids)
    return replace(section, steps=(*section.steps[:place], step, *section.steps[place:]))
