"""What earlier runs of a playbook came to, out of the store."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from playbook.core.calendar import Calendar
from playbook.core.look_back import LookBack, PastRun, look_back, working_days
from playbook.store import past_runs

if TYPE_CHECKING:
    from playbook.store.past_runs import PastRow
    from playbook.workspace import Workspace

LATELY = 12
"""Runs before a start that are looked at for the last ones that were finished."""

_NONE: Mapping[str, int] = {}


def earlier(workspace: "Workspace", playbook_id: str, client_id: str = "") -> LookBack:
    """The ended runs of a playbook, for one client or all, and what became of what was promised in them."""
    calendar = workspace.calendars.base()
    rows = past_runs.past_runs(workspace.store, playbook_id, client_id)
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for found in past_runs.counts_of_past_runs(workspace.store, playbook_id, client_id) if rows else ():
        counts.setdefault((found.run, found.what), {})[found.outcome] = found.number
    return look_back([
        _past(row, calendar, counts.get((row.id, "step"), _NONE), counts.get((row.id, "promise"), _NONE))
        for row in rows
    ])  # fmt: skip


def lately(workspace: "Workspace", playbook_id: str) -> list[PastRun]:
    """The newest ended runs of a playbook, without what was left out and promised in them: one quick look."""
    calendar = workspace.calendars.base()
    return [
        _past(row, calendar, _NONE, _NONE)
        for row in past_runs.past_runs(workspace.store, playbook_id, limit=LATELY)
    ]


def _past(
    row: "PastRow", calendar: Calendar, left_out: Mapping[str, int], promises: Mapping[str, int]
) -> PastRun:
    begun, ended = calendar.day_of_stamp(row.start), calendar.day_of_stamp(row.ended_at)
    if begun > ended:  # it was over before the day it was to count from
        begun = min(calendar.day_of_stamp(row.started_at), ended)
    return PastRun(
        row.id, row.name, row.client_name, row.state == "finished", begun, ended,
        calendar.day_of_stamp(row.target) if row.target else None, working_days(begun, ended, calendar),
        row.left_open, left_out, promises,
    )  # fmt: skip
