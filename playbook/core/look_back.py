"""What earlier runs of a playbook came to: promised against actual. Facts of one's own, never a score."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from playbook.core.calendar import DAY, Calendar

FEW = 3
"""Runs from which a usual length is named."""


class PastRun(NamedTuple):
    """A run that was finished."""

    run_id: str
    name: str
    client_name: str
    start: date
    end: date
    target: date | None
    working_days: int
    """From its start to its end, both counted."""
    promises: Mapping[str, int]
    """How many promises of ours each outcome had; "" for those still open."""

    @property
    def late_by(self) -> int | None:
        """Days after its target that it ended, negative before it; None without a target."""
        return None if self.target is None else (self.end - self.target).days


class LookBack(NamedTuple):
    """Earlier runs of one playbook, the newest first, and what they have in common."""

    runs: tuple[PastRun, ...]
    shortest: int
    longest: int
    usual: int | None
    """The median length in working days; None of fewer than three runs."""
    with_target: int
    target_met: int
    promises: int
    kept: int
    """Of the promises that ended, those that came early or on time."""


def look_back(runs: Sequence[PastRun]) -> LookBack:
    """What these runs, the newest first, have in common."""
    lengths = sorted(run.working_days for run in runs)
    aims = [run.late_by for run in runs if run.late_by is not None]
    ended = [(outcome, count) for run in runs for outcome, count in run.promises.items() if outcome]
    return LookBack(
        tuple(runs), lengths[0] if lengths else 0, lengths[-1] if lengths else 0,
        lengths[len(lengths) // 2] if len(lengths) >= FEW else None, len(aims), sum(late <= 0 for late in aims),
        sum(count for _outcome, count in ended), sum(count for outcome, count in ended if outcome in ("early", "on-time")),
    )  # fmt: skip


def working_days(start: date, end: date, calendar: Calendar) -> int:
    """Working days from one day to another, both counted; at least one."""
    day, count = start, 0
    while day <= end:
        count += not calendar.is_closed(day)
        day += DAY
    return max(count, 1)
