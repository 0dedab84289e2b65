"""A run: one playbook carried out for one client, as the fold of its operations.

`apply` is total: it never refuses and never fails. An operation on a step that is not there is kept in the
journal and does nothing here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from playbook.core.operations import Operation, in_force, table, text, texts
from playbook.core.own_steps import OwnStep, with_own_step
from playbook.core.playbook import Playbook
from playbook.core.progress import (
    UNTOUCHED,
    Blocked,
    Note,
    Occurrence,
    Override,
    Progress,
    close_round,
    reopen_round,
)
from playbook.core.remarks import OUTCOMES, Remark

RunState = Literal["open", "finished", "abandoned"]

EMPTY: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Run:
    """One playbook being carried out for one client."""

    id: str
    """32 hex digits, permanent."""
    client_id: str
    """Whom it is for."""
    name: str
    """`client/playbook-2`: what people type."""
    version: str
    """Hash of its copy of the playbook: at first that of the text it began with."""
    playbook: Playbook
    """Its own copy, the steps that were added to this run among it."""
    start: str
    """Day or instant it counts from."""
    target: str | None = None
    """Target day."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    """Answers to the run's own fields."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """Role and person."""
    steps: Mapping[str, Progress] = field(default_factory=dict)
    """Progress by step id; a step nobody touched is absent."""
    notes: tuple[Note, ...] = ()
    """Notes on the whole run."""
    state: RunState = "open"
    """open, finished or abandoned."""
    reason: str = ""
    """Why it was finished early or abandoned."""
    left_open: tuple[str, ...] = ()
    """Steps left open when it was finished."""
    started_at: str = ""
    """When it was started (UTC)."""
    finished_at: str | None = None
    """When it was finished or abandoned (UTC)."""
    by: str = ""
    """Who started it."""
    parent: str = ""
    """Name of the run whose step started it."""
    because: str = ""
    """Why that step started it."""
    translations: Mapping[str, str] = field(default_factory=dict)
    """The same playbook in other languages, as it was at the start: language and version."""
    gates_passed: frozenset[str] = frozenset()
    """Soft gates for which a reason was given."""
    own: tuple[OwnStep, ...] = ()
    """Steps added to this run alone."""
    source: str = ""
    """Hash of the playbook's text that it began with, or was brought up to since."""
    retired: frozenset[str] = frozenset()
    """Steps that the playbook no longer has, kept for what was recorded in them."""
    remarks: tuple[Remark, ...] = ()
    """What should be otherwise in the playbook, oldest first; those that were decided on among them."""

    def progress(self, step_id: str) -> Progress:
        """How far a step is; an untouched one is open."""
        return self.steps.get(step_id, UNTOUCHED)

    def answer(self, field_id: str) -> Any:
        """The answer to a field of the run or of any step, hidden or not; None when unknown."""
        if field_id in self.answers:
            return self.answers[field_id]
        for progress in self.steps.values():
            if field_id in (answers := progress.last_answers):
                return answers[field_id]
        return None


def begin(operation: Operation, playbook: Playbook) -> Run:
    """The fresh run that a `start` operation makes."""
    body = operation.body
    return Run(
        id=operation.run, client_id=operation.client, name=text(body.get("name")),
        version=text(body.get("version")), playbook=playbook, start=text(body.get("start")),
        target=text(body.get("target")) or None, answers=merged(EMPTY, body.get("answers")),
        roles=dict(table(body.get("roles"))), started_at=operation.at, by=operation.by,
        parent=text(body.get("parent")), because=text(body.get("because")), source=text(body.get("version")),
        translations={code: text(version) for code, version in table(body.get("translations")).items()},
    )  # fmt: skip


Versions = Callable[[str], Playbook | None]
"""The copy of a playbook by its hash, where it is kept."""


def no_versions(_version: str) -> None:
    """For runs that were never brought up to a newer playbook."""


def fold(operations: Iterable[Operation], playbook: Playbook, versions: Versions = no_versions) -> Run | None:
    """The run its operations make; None when it was never started or its start was undone.

    `playbook` is the copy it began with, `versions` gives those it was brought up to since.
    """
    run: Run | None = None
    for op in in_force(operations):
        if op.kind == "start":
            run = begin(op, playbook) if run is None else run
        elif run is not None:
            run = apply(run, op, versions)
    return run


def apply(run: Run, op: Operation, versions: Versions = no_versions) -> Run:
    """The run after one more operation that sorts last and is no undo."""
    if op.kind == "sync":
        playbook = versions(text(op.body.get("version")))
        return run if playbook is None else _sync(run, op, playbook)
    change = _CHANGES.get(op.kind)
    return run if change is None else change(run, op)


def _at(run: Run, step_id: str, progress: Progress) -> Run:
    return replace(run, steps={**run.steps, step_id: progress})


def _with(run: Run, step_id: str, **changes: Any) -> Run:
    return _at(run, step_id, replace(run.progress(step_id), **changes))


def with_answers(run: Run, step_id: str, answers: Mapping[str, Any]) -> Run:
    """The run if a step, or with `step_id` "" the run itself, had these answers and no others."""
    return _with(run, step_id, answers=answers) if step_id else replace(run, answers=answers)


def merged(answers: Mapping[str, Any], new: Any) -> dict[str, Any]:
    """The answers after a change; a value of None takes an answer away."""
    both = {**answers, **table(new)}
    return {key: value for key, value in both.items() if value is not None}


def _tick(run: Run, op: Operation) -> Run:
    override = table(op.body.get("override"))
    gates = texts(override.get("gates"))
    progress = run.progress(op.step)
    run = replace(run, gates_passed=run.gates_passed.union(gates)) if gates else run
    if override:
        passed = Override(op.at, op.by, text(override.get("reason")), gates)
        early = progress.opened_early or bool(override.get("early"))
        progress = replace(progress, override=passed, opened_early=early)
    return _settle(run, op, progress, state="done", channel=text(op.body.get("channel")))


def _skip(run: Run, op: Operation) -> Run:
    state = "skipped" if op.kind == "skip" else "n/a"
    return _settle(run, op, run.progress(op.step), state=state, reason=text(op.body.get("reason")))


def _settle(run: Run, op: Operation, progress: Progress, **outcome: Any) -> Run:
    """A step settled, or with a `beat` one round of a repeating step."""
    beat = op.body.get("beat")
    if not isinstance(beat, int):
        answers = merged(progress.answers, op.body.get("answers"))
        settled = {"reason": "", "channel": "", "blocked": None, **outcome}
        return _at(run, op.step, replace(progress, at=op.at, by=op.by, answers=answers, **settled))
    if any(occurrence.beat == beat for occurrence in progress.earlier):
        progress_of_round = UNTOUCHED  # another device closed it; what is written by now is for the next one
    else:
        progress_of_round = progress
    closed = Occurrence(
        beat, text(op.body.get("due")) or None, outcome["state"], outcome.get("reason", ""), op.at, op.by,
        outcome.get("channel", ""), merged(progress_of_round.answers, op.body.get("answers")), progress_of_round.notes,
    )  # fmt: skip
    return _at(run, op.step, close_round(progress, closed))


def _reopen(run: Run, op: Operation) -> Run:
    progress = run.progress(op.step)
    if progress.state == "open" and progress.earlier:
        return _at(run, op.step, reopen_round(progress))
    return _with(run, op.step, state="open", at="", by="", reason="", channel="")


def _answer(run: Run, op: Operation) -> Run:
    if not op.step:
        return replace(run, answers=merged(run.answers, op.body.get("answers")))
    return _with(run, op.step, answers=merged(run.progress(op.step).answers, op.body.get("answers")))


def _note(run: Run, op: Operation) -> Run:
    note = Note(op.at, op.by, text(op.body.get("text")))
    if not op.step:
        return replace(run, notes=(*run.notes, note))
    return _with(run, op.step, notes=(*run.progress(op.step).notes, note))


def _due(run: Run, op: Operation) -> Run:
    return _with(run, op.step, due_by_hand=text(op.body.get("due")) or None)


def _dates(run: Run, op: Operation) -> Run:
    return replace(
        run, start=text(op.body.get("start")) or run.start, target=text(op.body.get("target")) or None
    )


def _started(run: Run, op: Operation) -> Run:
    runs = run.progress(op.step).started_runs
    return _with(run, op.step, started_runs=(*runs, text(op.body.get("name"))))


def _block(run: Run, op: Operation) -> Run:
    follow_up = text(op.body.get("follow_up_on")) or None
    return _with(run, op.step, blocked=Blocked(text(op.body.get("reason")), follow_up))


def _unblock(run: Run, op: Operation) -> Run:
    return _with(run, op.step, blocked=None)


def _assign(run: Run, op: Operation) -> Run:
    person = text(op.body.get("person"))
    if op.step:
        return _with(run, op.step, person=person)
    return replace(run, roles={**run.roles, text(op.body.get("role")): person})


def _own_step(run: Run, op: Operation) -> Run:
    own = OwnStep(
        op.step, text(op.body.get("title")), text(op.body.get("section")), text(op.body.get("after"))
    )
    playbook, own = with_own_step(run.playbook, own)
    return replace(run, playbook=playbook, own=(*run.own, own))


def _sync(run: Run, op: Operation, playbook: Playbook) -> Run:
    """The run with another copy of its playbook: what was done goes along, under the ids that steps have now."""
    renamed = {old: text(new) for old, new in table(op.body.get("renamed")).items()}
    own: list[OwnStep] = []
    there = {step.id for step in playbook.steps()}
    for added in run.own:
        if renamed.get(added.id) in there:
            continue  # it is a step of the playbook now
        playbook, kept = with_own_step(playbook, added._replace(after=renamed.get(added.after, added.after)))
        own.append(kept)
    return replace(
        run, playbook=playbook, version=text(op.body.get("version")), source=text(op.body.get("of")), own=tuple(own),
        steps=_moved(
            {renamed.get(step_id, step_id): progress for step_id, progress in run.steps.items()},
            {field_id: [renamed.get(step_id, step_id) for step_id in texts(steps)]
             for field_id, steps in table(op.body.get("moved")).items()},
        ),
        retired=frozenset(texts(op.body.get("retired"))),
        gates_passed=frozenset(renamed.get(gate, gate) for gate in run.gates_passed),
        remarks=tuple(each._replace(step=renamed.get(each.step, each.step)) for each in run.remarks),
        translations={code: text(version) for code, version in table(op.body.get("translations")).items()},
    )  # fmt: skip


def _moved(steps: Mapping[str, Progress], moved: Mapping[str, list[str]]) -> dict[str, Progress]:
    """The steps with these answers gone along into other ones."""
    found = dict(steps)
    for field_id, places in moved.items():
        if len(places) != 2 or field_id not in found.get(places[0], UNTOUCHED).answers:
            continue
        left, taken = found[places[0]], found.get(places[1], UNTOUCHED)
        rest = {key: value for key, value in left.answers.items() if key != field_id}
        found[places[0]] = replace(left, answers=rest)
        found[places[1]] = replace(taken, answers={**taken.answers, field_id: left.answers[field_id]})
    return found


def _promote(run: Run, op: Operation) -> Run:
    new_id = text(op.body.get("as"))
    return replace(
        run, own=tuple(each._replace(promoted=new_id) if each.id == op.step else each for each in run.own)
    )


def _remark(run: Run, op: Operation) -> Run:
    said = text(op.body.get("text"))
    title = next((step.title for step in run.playbook.steps() if step.id == op.step), None)
    if title is None or not said:
        return run
    return replace(run, remarks=(*run.remarks, Remark(op.id, op.step, title, op.at, op.by, said)))


def _close_remark(run: Run, op: Operation) -> Run:
    """The first decision on a remark holds, should two devices decide."""
    of, outcome = op.body.get("of"), text(op.body.get("outcome"))
    if outcome not in OUTCOMES:
        return run
    closed = {
        "outcome": outcome,
        "reason": text(op.body.get("reason")),
        "closed_at": op.at,
        "closed_by": op.by,
    }
    return replace(
        run,
        remarks=tuple(
            each._replace(**closed) if each.id == of and not each.outcome else each for each in run.remarks
        ),
    )


def _retire(run: Run, op: Operation) -> Run:
    return replace(run, retired=run.retired | {op.step})


def _end(run: Run, op: Operation) -> Run:
    return replace(
        run, state="finished" if op.kind == "finish" else "abandoned", reason=text(op.body.get("reason")),
        left_open=texts(op.body.get("left_open")), finished_at=op.at,
    )  # fmt: skip


def _reopen_run(run: Run, op: Operation) -> Run:
    return replace(run, state="open", reason="", left_open=(), finished_at=None)


_CHANGES: Mapping[str, Callable[[Run, Operation], Run]] = {
    "tick": _tick, "skip": _skip, "na": _skip, "reopen": _reopen, "answer": _answer, "note": _note, "due": _due,
    "dates": _dates, "started": _started, "finish": _end, "abandon": _end, "reopen-run": _reopen_run,
    "block": _block, "unblock": _unblock, "assign": _assign, "own-step": _own_step, "retire": _retire,
    "promote": _promote, "remark": _remark, "remark-close": _close_remark,
}  # fmt: skip
