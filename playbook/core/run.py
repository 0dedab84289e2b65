"""A run: one playbook carried out for one client, as the fold of its operations.

`apply` is total: it never refuses and never fails. An operation on a step that is not there is kept in the
journal and does nothing here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from playbook.core.operations import Operation, in_force, table, text, texts
from playbook.core.playbook import Playbook

State = Literal["open", "done", "skipped", "n/a"]
RunState = Literal["open", "finished", "abandoned"]

EMPTY: Mapping[str, Any] = {}


class Note(NamedTuple):
    """A text a person added."""

    at: str
    by: str
    text: str


class Override(NamedTuple):
    """A lock that was passed over, with the reason."""

    at: str
    by: str
    reason: str
    gates: tuple[str, ...]


class Blocked(NamedTuple):
    """A step that cannot go on, until when."""

    reason: str
    follow_up_on: str | None


class Occurrence(NamedTuple):
    """An earlier time round of a repeating step."""

    n: int
    due: str | None
    state: State
    reason: str
    at: str
    by: str
    channel: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one step is."""

    state: State = "open"
    """Only a person changes it."""
    at: str = ""
    """When it was done, skipped or marked n/a (UTC)."""
    by: str = ""
    """Who did that."""
    reason: str = ""
    """Why it was skipped or does not fit."""
    channel: str = ""
    """Channel of the contact its tick logged."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    """Values by field id."""
    due_by_hand: str | None = None
    """A day or instant a person set, which outranks the playbook's rule."""
    notes: tuple[Note, ...] = ()
    """Notes, oldest first."""
    override: Override | None = None
    """The lock passed over when it was ticked."""
    blocked: Blocked | None = None
    """Why it cannot go on."""
    started_runs: tuple[str, ...] = ()
    """Names of the runs it started."""
    earlier: tuple[Occurrence, ...] = ()
    """Earlier occurrences of a repeating step."""

    @property
    def is_touched(self) -> bool:
        """Whether a person left anything on it."""
        left = self.answers or self.notes or self.earlier or self.started_runs or self.due_by_hand
        return bool(self.state != "open" or left)


UNTOUCHED = Progress()


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
    """Hash of the playbook's text it began with."""
    playbook: Playbook
    """Its own copy."""
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
    gates_passed: frozenset[str] = frozenset()
    """Soft gates for which a reason was given."""

    def progress(self, step_id: str) -> Progress:
        """How far a step is; an untouched one is open."""
        return self.steps.get(step_id, UNTOUCHED)

    def answer(self, field_id: str) -> Any:
        """The answer to a field of the run or of any step, hidden or not; None when unknown."""
        if field_id in self.answers:
            return self.answers[field_id]
        for progress in self.steps.values():
            if field_id in progress.answers:
                return progress.answers[field_id]
        return None


def begin(operation: Operation, playbook: Playbook) -> Run:
    """The fresh run that a `start` operation makes."""
    body = operation.body
    return Run(
        id=operation.run, client_id=operation.client, name=text(body.get("name")),
        version=text(body.get("version")), playbook=playbook, start=text(body.get("start")),
        target=text(body.get("target")) or None, answers=merged(EMPTY, body.get("answers")),
        roles=dict(table(body.get("roles"))), started_at=operation.at, by=operation.by,
        parent=text(body.get("parent")),
    )  # fmt: skip


def fold(operations: Iterable[Operation], playbook: Playbook) -> Run | None:
    """The run its operations make; None when it was never started or its start was undone."""
    run: Run | None = None
    for op in in_force(operations):
        if op.kind == "start":
            run = begin(op, playbook) if run is None else run
        elif run is not None:
            run = apply(run, op)
    return run


def apply(run: Run, op: Operation) -> Run:
    """The run after one more operation that sorts last and is no undo."""
    change = _CHANGES.get(op.kind)
    return run if change is None else change(run, op)


def _with(run: Run, step_id: str, **changes: Any) -> Run:
    steps = dict(run.steps)
    steps[step_id] = replace(run.progress(step_id), **changes)
    return replace(run, steps=steps)


def merged(answers: Mapping[str, Any], new: Any) -> dict[str, Any]:
    """The answers after a change; a value of None takes an answer away."""
    both = {**answers, **table(new)}
    return {key: value for key, value in both.items() if value is not None}


def _tick(run: Run, op: Operation) -> Run:
    override = table(op.body.get("override"))
    gates = texts(override.get("gates"))
    progress = run.progress(op.step)
    run = replace(run, gates_passed=run.gates_passed.union(gates)) if gates else run
    return _with(
        run, op.step, state="done", at=op.at, by=op.by, reason="", channel=text(op.body.get("channel")),
        answers=merged(progress.answers, op.body.get("answers")),
        override=Override(op.at, op.by, text(override.get("reason")), gates) if override else progress.override,
    )  # fmt: skip


def _skip(run: Run, op: Operation) -> Run:
    state = "skipped" if op.kind == "skip" else "n/a"
    return _with(run, op.step, state=state, at=op.at, by=op.by, reason=text(op.body.get("reason")))


def _reopen(run: Run, op: Operation) -> Run:
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
}  # fmt: skip
