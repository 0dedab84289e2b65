"""What earlier runs of a playbook came to, out of the store."""

from typing import TYPE_CHECKING

from playbook.core.calendar import Calendar
from playbook.core.look_back import LookBack, PastRun, look_back, working_days
from playbook.store import ledger_rows

if TYPE_CHECKING:
    from datetime import date

    from playbook.workspace import Workspace

MOST = 50
"""Runs looked back at, the newest."""


def earlier(workspace: "Workspace", playbook_id: str) -> LookBack:
    """The finished runs of a playbook and what became of what was promised in them."""
    calendar = workspace.calendars.base()
    promises: dict[str, dict[str, int]] = {}
    rows = ledger_rows.past_runs(workspace.store, playbook_id, MOST)
    for run_id, outcome, count in ledger_rows.promises_of_runs(workspace.store, playbook_id) if rows else ():
        promises.setdefault(run_id, {})[outcome] = count
    return look_back([_past(row, promises.get(row[0], {}), calendar) for row in rows])


def _past(row: tuple[str, ...], promises: dict[str, int], calendar: Calendar) -> PastRun:
    run_id, name, client, start, target, end = row
    begun, ended = _day(start, calendar), _day(end, calendar)
    return PastRun(
        run_id, name, client, begun, ended, _day(target, calendar) if target else None,
        working_days(begun, ended, calendar), promises,
    )  # fmt: skip


def _day(stamp: str, calendar: Calendar) -> "date":
    return calendar.day_of_stamp(stamp)
