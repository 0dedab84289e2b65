"""What is recorded: one operation a change, and which of them are in force.

The journal of operations is the truth. Operations are sorted by `(clock, device, id)`; `at` never orders.
An undo is an operation too: it switches a batch off, and undoing the undo switches it on again.

Kinds and the body each carries (`old` is kept for the history and never compared):

=============  =========================================================================================
start          playbook, version, language, name, start, target, answers, roles, parent, because, saves
tick           answers, old, channel, override {gates, early, unspoken, careless, reason}, saves, entries, closed [{n, outcome}];
               of a repeating step: beat, due (the round that is over)
skip, na       reason, old; of a repeating step that is skipped: beat, due
reopen         old
answer         answers, old, saves (step "" = a field of the run)
note           text (step "" = the run's note)
due            due (None clears a date set by hand), old, reason
dates          start, target, old
block          reason, follow_up_on, old · unblock: old
assign         person, old (step "" = a role of the run: role, person, old)
own-step       title, section, after (the step below which it stands; "" = at the section's end)
retire         nothing: the playbook no longer has the step
sync           version (of the run's copy now), of (of the playbook's file), retired, renamed {old: new}, moved {field: [step, step]}, translations, old
remark         text: what should be otherwise in the playbook's step
remark-close   of (the remark's operation), outcome (accepted, aside), reason
promote        as (the step of the playbook that this own step was made into). Never undone: its file stays
started        run, name (the run that a step started)
finish         reason, left_open · abandon, reopen-run: reason
log            entries, and closed where the same change ended others; in a run when it was said there
close          closed [{n, outcome}] (outcome "" = open again), entries (what stands in their place), reason
amend          n, and of text, on, owner, values those that change (a value of None goes), old, reason
forget         n: the fact that was deleted for good; its words are gone from every other operation. Never undone
client-add     slug, name, and the settings given
client-set     key, value, old
contact-set    index, contact (None removes it), old
calendar       key, value, old
undo           nothing; `undoes` names the batch
=============  =========================================================================================
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

RUN_KINDS = frozenset({
    "start", "tick", "skip", "na", "reopen", "answer", "note", "due", "dates", "block", "unblock", "assign",
    "own-step", "retire", "sync", "started", "finish", "abandon", "reopen-run", "remark", "remark-close", "promote",
})  # fmt: skip
CLIENT_KINDS = frozenset({"client-add", "client-set", "contact-set", "log", "close", "amend", "forget"})
FOR_GOOD = frozenset({"forget", "promote"})
"""Kinds that undo and redo pass over: there is nothing to bring back, and what stands in a file stays there."""

NOTHING: Mapping[str, Any] = {}


class Draft(NamedTuple):
    """A change that was decided but has no place in the journal yet."""

    kind: str
    step: str
    body: Mapping[str, Any]


class Operation(NamedTuple):
    """One recorded change. `at` is UTC, `2026-11-23T09:00:00Z`; ids are 32 hex digits."""

    id: str
    clock: int
    device: str
    at: str
    by: str
    client: str
    run: str
    step: str
    kind: str
    body: Mapping[str, Any]
    batch: str
    undoes: str = ""
    v: int = 1
    seq: int = 0


def table(value: Any) -> Mapping[str, Any]:
    """A table out of a body; anything else counts as an empty one, so that a fold never fails."""
    return value if isinstance(value, Mapping) else NOTHING


def text(value: Any) -> str:
    """A text out of a body; anything else counts as an empty one."""
    return value if isinstance(value, str) else ""


def texts(value: Any) -> tuple[str, ...]:
    """The texts of a list out of a body."""
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, (list, tuple)) else ()


def tables(value: Any) -> tuple[Mapping[str, Any], ...]:
    """The tables of a list out of a body."""
    return tuple(map(table, value)) if isinstance(value, (list, tuple)) else ()


def order(operation: Operation) -> tuple[int, str, str]:
    """The one order of operations, the same on every device."""
    return operation.clock, operation.device, operation.id


def switched_off(operations: Iterable[Operation]) -> frozenset[str]:
    """Batches that an undo in force names; an undo that was itself undone counts for nothing."""
    off: set[str] = set()
    undos = sorted((op for op in operations if op.kind == "undo"), key=order, reverse=True)
    for undo in undos:  # newest first: whether an undo is in force depends only on later ones
        if undo.batch not in off:
            off.add(undo.undoes)
    return frozenset(off)


def in_force(operations: Iterable[Operation]) -> list[Operation]:
    """The operations that count, in order: no undo, and nothing an undo switched off."""
    every = sorted(operations, key=order)
    off = switched_off(every)
    return [op for op in every if op.kind != "undo" and op.batch not in off]


def next_undo(
    operations: Iterable[Operation], device: str, keep: frozenset[str] = frozenset()
) -> Operation | None:
    """The newest change made on this device that is in force; kinds in `keep` are never undone here."""
    for op in in_force(operations)[::-1]:
        if op.device == device and op.kind not in keep and op.kind not in FOR_GOOD:
            return op
    return None


def next_redo(operations: Iterable[Operation], device: str) -> Operation | None:
    """The undo to take back: the newest in force on this device with no newer change in force."""
    every = sorted(operations, key=order)
    off = switched_off(every)
    kinds = {op.batch: op.kind for op in every}
    for op in every[::-1]:
        if op.device != device or op.batch in off or op.kind in FOR_GOOD:
            continue
        if op.kind != "undo":
            return None
        if kinds.get(op.undoes) != "undo":
            return op
    return None
