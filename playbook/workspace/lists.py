"""Rows for the screens that show many things at once. Imports nothing of the model: the first screen needs it."""

from datetime import time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.calendar import DAY, as_stamp
from playbook.store import queries
from playbook.store.queries import ClientRow, Named, RunRow, TodayRow

if TYPE_CHECKING:
    from datetime import date

    from playbook.store.queries import DueCounts
    from playbook.workspace import Workspace

WEEK = timedelta(days=7)
MIDNIGHT = time()
MOST = 250
"""Rows Today draws at most; the counts name all."""


class TodayPage(NamedTuple):
    """Open steps over all clients, by when they are due."""

    day: "date"
    overdue: list[TodayRow]
    today: list[TodayRow]
    week: list[TodayRow]
    waiting: list[TodayRow]
    """Open steps where the client or a third party has to move, without a date within the week."""
    blocked: list[TodayRow]
    """Open steps that cannot go on, without a day within the week to look at them again."""
    counts: "DueCounts"
    clients: int
    open_runs: int


class Lists:
    """What is due, and who there is."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace

    def today(self, day: "date | None" = None, person: str = "") -> TodayPage:
        """The steps due over all clients: overdue, on the day, in the seven days after it.

        With a `person`, theirs and those that are nobody's in particular.
        """
        store, clock, calendar = self.workspace.store, self.workspace.clock, self.workspace.calendar
        day = day or clock.today()
        now = as_stamp(clock.now() if day == clock.today() else calendar.instant(day, MIDNIGHT))
        today_ends = as_stamp(calendar.instant(day + DAY, MIDNIGHT))
        week_ends = as_stamp(calendar.instant(day + WEEK + DAY, MIDNIGHT))
        today, week = as_stamp(day), as_stamp(day + WEEK)
        lanes: tuple[list[TodayRow], list[TodayRow], list[TodayRow]] = ([], [], [])
        for row in queries.today_rows(store, max(week, week_ends), MOST, person):
            is_day = len(row.due) == len(today)
            if row.due < (today if is_day else now):
                lanes[0].append(row)
            elif row.due == today if is_day else row.due < today_ends:
                lanes[1].append(row)
            elif row.due <= week if is_day else row.due < week_ends:
                lanes[2].append(row)
        for lane in lanes:
            lane.sort(key=_in_order)
        near = {(row.run_id, row.step_id) for lane in lanes for row in lane}
        waiting = [
            row for row in queries.waiting_rows(store, MOST, person) if (row.run_id, row.step_id) not in near
        ]
        waiting.sort(key=_in_order)
        blocked = [
            row for row in queries.blocked_rows(store, MOST, person) if (row.run_id, row.step_id) not in near
        ]
        counts = queries.due_counts(store, today, now, week, today_ends, week_ends, person)
        return TodayPage(day, *lanes, waiting, blocked, counts, *queries.totals(store))

    def clients(self) -> list[ClientRow]:
        """Every client with its open runs and the next due date, people with something due first."""
        return queries.client_rows(self.workspace.store)

    def runs(self, client_id: str = "", *, ended: bool = False) -> list[RunRow]:
        """Runs of one client or of all; open ones only unless `ended`."""
        return queries.run_rows(self.workspace.store, client=client_id or None, ended=ended)

    def named(self, text: str, most: int) -> list[Named]:
        """Clients and runs whose names hold the text."""
        return queries.search_names(self.workspace.store, text, most)


def _in_order(row: TodayRow) -> tuple[str, str, str, int]:
    """The earliest first; on one day a client's steps stand together, in the order of their playbook."""
    return row.due, row.client_name.casefold(), row.run_name, row.ord


__all__ = ["ClientRow", "Lists", "Named", "RunRow", "TodayPage", "TodayRow"]
