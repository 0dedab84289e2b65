"""Bringing an open run up to the playbook as it is now, without touching what was done.

Steps are matched by id. A settled step stays as it was done; a removed one with anything in it stays, marked
retired; dates set by hand stay. Doing it again changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from playbook.core.comparing import StepChange, compare, renames, section_names, with_step
from playbook.core.playbook import Field, Playbook, Section, Step
from playbook.core.progress import Progress
from playbook.core.run import Run


class Conflict(NamedTuple):
    """An open step whose answers do not fit its questions any more."""

    step: str
    title: str
    labels: tuple[str, ...]
    """The questions that were answered and are gone, or ask for something else now."""


@dataclass(frozen=True, slots=True)
class Sync:
    """What bringing a run along would do."""

    playbook: Playbook
    """The run's copy after it, without the steps that were added to this run."""
    changes: tuple[StepChange, ...]
    """What it changes in this run."""
    untouched: tuple[StepChange, ...]
    """What the playbook changes and this run does not take, for the step is settled."""
    retired: tuple[str, ...]
    """Steps that the playbook no longer has and that stay for what is in them."""
    renamed: Mapping[str, str]
    """Steps whose id changed: old id to new. What was done goes along."""
    by_hand: tuple[str, ...]
    """Steps that are dated by hand and would have another date."""
    conflicts: tuple[Conflict, ...]
    """To be decided one by one; until then the old questions stay beside the new ones."""
    moved: Mapping[str, tuple[str, str]]
    """Answers that go along with their question into another step: the field, the step it was in, the step it is in."""


def sync(run: Run, new: Playbook, drop: frozenset[str] = frozenset()) -> Sync:
    """What bringing the run to the playbook `new` would do. `drop`: steps in conflict whose old answers are set aside."""
    promoted = _promoted(run, new)
    run = _as_promoted(run, promoted)
    old = _without(run.playbook, {step.id for step in run.own})
    renamed = renames(old, new)
    was = {new_id: old_id for old_id, new_id in renamed.items()}
    before = {step.id: step for step in old.steps()}
    settled = {step_id for step_id in before if run.progress(step_id).was_settled}
    owners, moved = _owners(run, before, new, renamed, settled, drop)
    conflicts: list[Conflict] = []

    def chosen(step: Step) -> Step:
        old_id = was.get(step.id, step.id)
        if old_id not in before:
            return step
        if old_id in settled:
            return replace(before[old_id], id=step.id)
        lost = _lost(before[old_id].fields, step.fields, _left(run.progress(old_id), moved).answers)
        if lost:
            conflicts.append(Conflict(step.id, step.title, tuple(field.label for field in lost)))
        if not lost or step.id in drop:
            return step
        ids = {field.id for field in lost}
        return replace(step, fields=(*(f for f in step.fields if f.id not in ids), *lost))

    sections = tuple(replace(part, steps=tuple(map(chosen, part.steps))) for part in new.sections)
    fields = (*new.fields, *_answered(run, old.fields, new.fields))
    taken = {step.id for step in new.steps()}
    left = [step_id for step_id in before if step_id not in taken and step_id not in renamed]
    retired = tuple(step_id for step_id in left if _left(run.progress(step_id), moved).is_touched)
    whole = _with_left(replace(new, sections=sections, fields=fields), old, retired)
    made = Sync(_asked_once(whole, owners), (), (), retired, renamed, (), tuple(conflicts), moved)
    told = _told(run, compare(old, new), made, settled)
    return replace(told, renamed={**renamed, **promoted})


def _owners(
    run: Run, before: Mapping[str, Step], new: Playbook, renamed: Mapping[str, str], settled: set[str], drop: frozenset[str]
) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:  # fmt: skip
    """By question the step that asks it afterwards, and the answers that go along with a question that moved.

    What was answered in a settled step stays there, and is not asked a second time.
    """
    was = {new_id: old_id for old_id, new_id in renamed.items()}
    asks = {field.id: (step.id, field) for step in new.steps() for field in step.fields}
    owners, moved = {field_id: step_id for field_id, (step_id, _field) in asks.items()}, {}
    for old_id, step in before.items():
        here, answers = renamed.get(old_id, old_id), run.progress(old_id).last_answers
        for field in step.fields:
            there, asked = asks.get(field.id, (here, field))
            if there == here or field.id not in answers or here in drop:
                continue
            is_shut = old_id in settled or was.get(there, there) in settled
            if is_shut or not _fits(answers[field.id], field, asked):
                owners[field.id] = here
            else:
                moved[field.id] = old_id, there
    return owners, moved


def _left(progress: Progress, moved: Mapping[str, tuple[str, str]]) -> Progress:
    """A step without the answers that move."""
    left = {field_id: value for field_id, value in progress.answers.items() if field_id not in moved}
    return replace(progress, answers=left)


def _asked_once(playbook: Playbook, owners: Mapping[str, str]) -> Playbook:
    """Each question only in the step that asks it."""
    return replace(playbook, sections=tuple(
        replace(part, steps=tuple(
            replace(step, fields=tuple(f for f in step.fields if owners.get(f.id, step.id) == step.id))
            for step in part.steps
        ))
        for part in playbook.sections
    ))  # fmt: skip


def _promoted(run: Run, new: Playbook) -> dict[str, str]:
    """Own steps of the run that stand in the playbook by now: their id here, and there."""
    there = {step.id for step in new.steps()} - {step.id for step in run.playbook.steps()}
    return {own.id: own.promoted for own in run.own if own.promoted in there}


def _as_promoted(run: Run, ids: Mapping[str, str]) -> Run:
    """The run as if it had these own steps from its playbook, so that they are compared like any other."""
    if not ids:
        return run
    sections = tuple(
        replace(part, steps=tuple(replace(step, id=ids.get(step.id, step.id)) for step in part.steps))
        for part in run.playbook.sections
    )
    return replace(
        run, playbook=replace(run.playbook, sections=sections),
        own=tuple(each for each in run.own if each.id not in ids),
        steps={ids.get(step_id, step_id): progress for step_id, progress in run.steps.items()},
    )  # fmt: skip


def _told(run: Run, found: list[StepChange], made: Sync, settled: set[str]) -> Sync:
    """What the playbook changes, parted into what the run takes and what it does not."""
    was = {new_id: old_id for old_id, new_id in made.renamed.items()}

    def is_kept(change: StepChange) -> bool:
        return was.get(change.step, change.step) in settled and _is_of_content(change)

    def is_by_hand(change: StepChange) -> bool:
        dated = run.progress(was.get(change.step, change.step)).due_by_hand
        return "dates" in change.parts and bool(dated)

    taken = [c for c in found if not is_kept(c) and not (c.kind == "removed" and c.step in run.retired)]
    return replace(
        made, changes=tuple(taken), untouched=tuple(filter(is_kept, found)),
        by_hand=tuple(change.step for change in found if is_by_hand(change)),
    )  # fmt: skip


def is_up_to_date(run: Run, found: Sync) -> bool:
    """Whether bringing it along would change nothing."""
    same = found.playbook == _without(run.playbook, {step.id for step in run.own})
    return same and not found.renamed and not found.moved and set(found.retired) == set(run.retired)


def as_body(found: Sync, run: Run, version: str, of: str, translations: Mapping[str, str]) -> dict[str, Any]:
    """What the operation records.

    `version`: the hash of the run's copy after it; `of`: that of the playbook's file; `translations`: those of
    its twins in other languages.
    """
    return {
        "version": version, "of": of, "retired": list(found.retired), "renamed": dict(found.renamed),
        "translations": dict(translations), "old": run.source,
        "moved": {field_id: list(steps) for field_id, steps in found.moved.items()},
    }  # fmt: skip


def _is_of_content(change: StepChange) -> bool:
    """Whether a change is about more than the place; a settled step may stand elsewhere."""
    return change.kind in ("changed", "renamed") and any(part != "place" for part in change.parts)


def _without(playbook: Playbook, own: set[str]) -> Playbook:
    if not own:
        return playbook
    kept = (
        replace(part, steps=tuple(s for s in part.steps if s.id not in own)) for part in playbook.sections
    )
    return replace(playbook, sections=tuple(kept))


def _lost(old: tuple[Field, ...], new: tuple[Field, ...], answers: Mapping[str, Any]) -> list[Field]:
    """Answered questions that are gone, or to which the answer is none any more."""
    now = {field.id: field for field in new}
    return [
        field
        for field in old
        if field.id in answers and not _fits(answers[field.id], field, now.get(field.id))
    ]


def _fits(answer: Any, old: Field, new: Field | None) -> bool:
    if new is None or new.kind != old.kind:
        return False
    chosen = answer if isinstance(answer, list) else [answer]
    taken = [each.get("choice", "") if isinstance(each, Mapping) else each for each in chosen]
    return not new.choices or all(
        each in new.choices for each in taken if isinstance(each, str) and each in old.choices
    )


def _answered(run: Run, old: tuple[Field, ...], new: tuple[Field, ...]) -> list[Field]:
    """Questions of the run itself that were answered and are asked no more; what was said stays to be read."""
    now = {field.id for field in new}
    return [field for field in old if field.id not in now and field.id in run.answers]


def _with_left(whole: Playbook, old: Playbook, retired: tuple[str, ...]) -> Playbook:
    """The playbook with the steps that stay, each below the one it stood below; a section that is gone comes back for them."""
    names = section_names(old, whole)
    sections = list(whole.sections)
    for place, section in enumerate(old.sections):
        above = ""
        for step in section.steps:
            if step.id in retired:
                at = next(
                    (i for i, s in enumerate(sections) if s.id == names.get(section.id, section.id)), None
                )
                if at is None:
                    at = min(place, len(sections))
                    sections.insert(at, Section(id=section.id, title=section.title))
                sections[at] = with_step(sections[at], step, above)
            above = step.id
    return replace(whole, sections=tuple(sections))
