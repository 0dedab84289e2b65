"""Which copies of a playbook runs have used: the versions of its file, one after the other."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from playbook.core.operations import Operation, in_force, text


class Used(NamedTuple):
    """A version of a playbook's file, as far as runs tell of it."""

    of: str
    """The hash of the file's text."""
    copy: str
    """The hash of the first copy that a run had of it: the same, or with what the run kept of an older one."""
    at: str
    """When a run first had it (UTC)."""
    open: int
    """Open runs that have it."""
    ended: int
    """Ended runs that have it."""
    left: int
    """Runs that had it and were brought up to another one since."""


def used_versions(operations: Iterable[Operation], states: Mapping[str, str]) -> list[Used]:
    """The versions that runs have used, the one used first at the beginning.

    `operations` are the starts, syncs and undos of all runs of a playbook, `states` those of the runs by id; runs
    without one are gone, and do not count.
    """
    first: dict[str, tuple[str, str]] = {}
    had: dict[str, set[str]] = {}
    has: dict[str, str] = {}
    for op in in_force(operations):
        copy = text(op.body.get("version"))
        of = copy if op.kind == "start" else text(op.body.get("of"))
        if op.run not in states or op.kind not in ("start", "sync"):
            continue
        first.setdefault(of, (copy, op.at))
        had.setdefault(of, set()).add(op.run)
        has[op.run] = of

    def used(of: str) -> Used:
        now = [states[run] for run, version in has.items() if version == of]
        is_open = now.count("open")
        return Used(of, *first[of], is_open, len(now) - is_open, len(had[of]) - len(now))

    return [used(of) for of in first]
