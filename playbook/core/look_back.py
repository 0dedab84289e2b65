"""What earlier runs of a playbook came to: promised against actual. Facts of one's own, never a score."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from playbook.core.calendar import Calendar
from playbook.core.figures import median

FEW = 3
"""Runs from which a usual length is named."""

KEPT = ("early", "on-time")
"""How a promise ends that was kept."""


class PastRun(NamedTuple):
    """A run that is over."""

    run_id: str
    name: str
    client_name: str
    is_finished: bool
    """Else it was abandoned, and tells neither how long such a run takes nor whether a target can be met."""
    start: date
    end: date
    target: date | None
    """The target as it stood at the end."""
    working_days: int
    """From its start to its end, both counted."""
    left_open: int
    """Steps that were neither done nor left out when it ended."""
    left_out: Mapping[str, int]
    """How many steps were skipped, and how many n/a."""
    promises: Mapping[str, int]
    """How many promises of ours each outcome had; "" for those still open."""

    @property
    def days(self) -> int:
        """Days from its start to its end, both counted."""
        return (self.end - self.start).days + 1

    @property
    def late_by(self) -> int | None:
        """Days after its target that it ended, negative before it; None without a target."""
        return None if self.target is None else (self.end - self.target).days

    @property
    def kept(self) -> int:
        """Promises that came early or on time."""
        return sum(self.promises.get(outcome, 0) for outcome in KEPT)

    @property
    def promised(self) -> int:
        """Promises that ended, in whatever way."""
        return sum(count for outcome, count in self.promises.items() if outcome)


class LookBack(NamedTuple):
    """Earlier runs of one playbook, the newest first, and what they have in common."""

    runs: tuple[PastRun, ...]
    finished: int
    abandoned: int
    shortest: int
    longest: int
    """In working days, of the finished ones."""
    usual: int | None
    """The median length in working days; None of fewer than three runs."""
    with_target: int
    target_met: int
    promises: int
    """Promises of ours that ended, in the abandoned runs too: they were promises all the same."""
    kept: int
    """Those of them that came early or on time."""
    moved: int
    """Those of them that were moved with notice."""


def look_back(runs: Sequence[PastRun]) -> LookBack:
    """What these runs, the newest first, have in common."""
    finished = [run for run in runs if run.is_finished]
    lengths = sorted(run.working_days for run in finished)
    aims = [run.late_by for run in finished if run.late_by is not None]
    return LookBack(
        tuple(runs), len(finished), len(runs) - len(finished), lengths[0] if lengths else 0, lengths[-1] if lengths else 0,
        median(lengths) if len(lengths) >= FEW else None, len(aims), sum(late <= 0 for late in aims),
        sum(run.promised for run in runs), sum(run.kept for run in runs),
        sum(run.promises.get("moved", 0) for run in runs),
    )  # fmt: skip


def working_days(start: date, end: date, calendar: Calendar) -> int:
    """Working days from one day to another, both counted; at least one."""
    week = calendar.work_week or frozenset(range(7))
    weeks, rest = divmod(max(0, (end - start).days + 1), 7)
    count = weeks * len(week) + sum((start.weekday() + day) % 7 in week for day in range(rest))
    if calendar.work_week:  # a week without a working day never closes
        count -= sum(start <= day <= end and day.weekday() in week for day in calendar.closed)
    return max(count, 1)
