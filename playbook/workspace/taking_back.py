"""Undo and redo: the newest change made on this device is switched off, or on again."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.operations import Operation, next_redo, next_undo
from playbook.core.problems import Refusal
from playbook.store import journal
from playbook.store.database import Transaction

if TYPE_CHECKING:
    from playbook.workspace import Workspace
    from playbook.workspace.writing import Writing

Pick = Callable[[Sequence[Operation], str], Operation | None]
"""Picks the operation to switch, from those of a device."""

_KEPT_IN_RUN = frozenset({"start", "client-add"})
"""Kinds that undo within a run leaves alone: taking back a start is meant, not slipped into."""


class Undone(NamedTuple):
    """What was taken back, or done again."""

    operation: Operation
    run: str
    step: str
    """Title of the step; "" when the change was on none."""
    started: int
    """How many runs the change had started: a table starts many at once."""
    steps: int = 1
    """On how many steps the same was done: a section is ticked as one change."""


class TakingBack:
    """Undo without limit, across restarts; an undo is itself recorded."""

    def __init__(self, workspace: "Workspace", writing: "Writing") -> None:
        self._workspace, self._writing = workspace, writing

    def undo(self, run_id: str = "") -> Undone | Refusal:
        """Take back the newest change made here: in one run, or with "" anywhere."""
        return self._switch(
            run_id,
            lambda ops, device: next_undo(ops, device, _KEPT_IN_RUN if run_id else frozenset()),
            "undo",
        )

    def redo(self, run_id: str = "") -> Undone | Refusal:
        """Do again what was taken back last."""
        return self._switch(run_id, next_redo, "redo")

    def _switch(self, run_id: str, pick: Pick, what: str) -> Undone | Refusal:
        with self._workspace.store.write() as tx:
            device = self._workspace.store.device
            op = pick(journal.operations_of_run(tx, run_id) if run_id else journal.newest(tx, device), device)
            if op is None:
                only_start = what == "undo" and bool(run_id)
                return Refusal("undo-only-start" if only_start else f"{what}-nothing")
            if refusal := self._in_use(tx, op):
                return refusal
            told = self._told(tx, op)
            self._writing.switch(tx, op.batch)
        if told.operation.kind == "calendar":
            self._workspace.calendars.forget()
            self._workspace.calendars.rederive()
        return told

    def _in_use(self, tx: Transaction, op: Operation) -> Refusal | None:
        """A start is not taken back once somebody worked on the run."""
        for other in journal.operations_of_batch(tx, op.batch):
            if other.kind == "start" and other.undoes == "":
                later = [o for o in journal.operations_of_run(tx, other.run) if o.batch != op.batch]
                if next_undo(later, self._workspace.store.device) is not None:
                    return Refusal("undo-child", {"run": str(other.body.get("name", ""))})
        return None

    def _told(self, tx: Transaction, op: Operation) -> Undone:
        operations = journal.operations_of_batch(tx, op.batch)
        shown = next(first for first in operations if first.run == op.run)
        while shown.kind == "undo":
            operations = journal.operations_of_batch(tx, shown.undoes)
            shown = operations[0]
        run = self._writing.held(tx, shown.run) if shown.run else None
        step = run.view.steps.get(shown.step) if run else None
        name = run.run.name if run else str(shown.body.get("name", ""))
        started = sum(other.kind == "start" for other in operations)
        steps = {(other.run, other.step) for other in operations if other.kind == shown.kind and other.step}
        return Undone(shown, name, step.step.title if step else "", started, len(steps))
