"""A run as it stood at an earlier moment: the fold of its operations up to a place in the journal.

What was taken back later was still in force then, for the undo that took it back comes after that place.
"""

from collections.abc import Iterable

from playbook.core.operations import Operation, in_force, order
from playbook.core.playbook import Playbook
from playbook.core.run import Run, Versions, fold, no_versions

Place = tuple[int, str, str]
"""Where an operation stands in the one order of all of them (`operations.order`)."""


def up_to(operations: Iterable[Operation], place: Place) -> list[Operation]:
    """The operations that had been made by then, those at the place itself among them."""
    return [op for op in operations if order(op) <= place]


def run_at(
    operations: Iterable[Operation], playbook: Playbook, place: Place, versions: Versions = no_versions
) -> Run | None:
    """The run as it was when the operation at this place had just been made; None when it was not there then."""
    return fold(up_to(operations, place), playbook, versions)


def place_at(operations: Iterable[Operation], stamp: str) -> Place | None:
    """The place of the last operation made by an instant (its stamp); None when there is none so early.

    Stamps never order operations. Where a clock was set back, all that stands before the last one made by then
    counts, so that what comes out is a state that there was.
    """
    return max((order(op) for op in operations if op.at <= stamp), default=None)


def open_runs(operations: Iterable[Operation]) -> list[str]:
    """The ids of the runs that these operations started and did not end, in the order in which they began."""
    found: dict[str, None] = {}
    for op in in_force(operations):
        if op.kind in ("start", "reopen-run"):
            found[op.run] = None
        elif op.kind in ("finish", "abandon"):
            found.pop(op.run, None)
    return list(found)
