"""Rows for the screens that show many things at once. Imports nothing of the model: the first screen needs it."""

from datetime import time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.calendar import DAY, as_stamp
from playbook.core.problems import Refusal
from playbook.store import ledger_rows, queries
from playbook.store.ledger_rows import EntryRow, QuietRow
from playbook.store.queries import ClientRow, Named, ReadyRow, RunRow, TodayRow
from playbook.store.twins import TwinRow, twin_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from playbook.store.queries import DueCounts
    from playbook.workspace import Workspace

WEEK = timedelta(days=7)
MIDNIGHT = time()
MOST = 250
"""Rows Today draws at most; the counts name all."""


Due = TodayRow | EntryRow
"""What can be due: a step, or what was said."""


class TodayPage(NamedTuple):
    """Open steps and ledger entries over all clients, by when they are due."""

    day: "date"
    overdue: list[Due]
    today: list[Due]
    week: list[Due]
    waiting: list[Due]
    """Open steps where the client or a third party has to move, without a date within the week; and what they promised."""
    blocked: list[TodayRow]
    """Open steps that cannot go on, without a day within the week to look at them again."""
    words: list[EntryRow]
    """Promises and next words for later than the week."""
    quiet: list[QuietRow]
    """Clients who have not heard us for longer than feels right."""
    ready: list[ReadyRow]
    """Runs with nothing left to do but to finish them."""
    counts: "DueCounts"
    clients: int
    open_runs: int

    @property
    def at_risk(self) -> int:
        """Promises of ours that are still open after the day we meant to be ready, before the day we said."""
        return sum(
            isinstance(row, EntryRow) and row.kind == "promise" and row.owner == "us" and row.due < row.on
            for row in self.overdue
        )


class Lists:
    """What is due, and who there is."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace
        self._telling: dict[str, tuple[int, str]] = {}

    def today(self, day: "date | None" = None, person: str = "") -> TodayPage:
        """The steps due over all clients: overdue, on the day, in the seven days after it.

        With a `person`, theirs and those that are nobody's in particular; of what was said, what concerns their clients.
        """
        store, clock, calendar = self.workspace.store, self.workspace.clock, self.workspace.calendar
        day = day or clock.today()
        now = as_stamp(clock.now() if day == clock.today() else calendar.instant(day, MIDNIGHT))
        today_ends = as_stamp(calendar.instant(day + DAY, MIDNIGHT))
        week_ends = as_stamp(calendar.instant(day + WEEK + DAY, MIDNIGHT))
        ends = as_stamp(day), now, as_stamp(day + WEEK), today_ends, week_ends
        until = max(ends[2], week_ends)
        lanes = _by_time(
            [
                *ledger_rows.entry_rows(store, until, MOST, person),
                *queries.today_rows(store, until, MOST, person),
            ],
            ends,
        )
        near = {(row.run_id, row.step_id) for lane in lanes for row in lane if isinstance(row, TodayRow)}
        later = ledger_rows.later_words(store, until, MOST, person)
        waiting: list[Due] = [
            row for row in queries.waiting_rows(store, MOST, person) if (row.run_id, row.step_id) not in near
        ]
        waiting += [row for row in later if row.owner != "us"]
        waiting.sort(key=_in_order)
        blocked = [
            row for row in queries.blocked_rows(store, MOST, person) if (row.run_id, row.step_id) not in near
        ]
        of_steps = queries.due_counts(store, *ends, person)
        of_entries = [sum(isinstance(row, EntryRow) for row in lane) for lane in lanes]
        counts = queries.DueCounts(*(a + b for a, b in zip(of_steps, of_entries, strict=True)))
        return TodayPage(
            day, *lanes, waiting, blocked, [row for row in later if row.owner == "us"],
            ledger_rows.quiet_rows(store, ends[0], MOST, person), queries.ready_rows(store, MOST, person), counts, *queries.totals(store),
        )  # fmt: skip

    def clients(self) -> list[ClientRow]:
        """Every client with its open runs and the next due date, people with something due first."""
        words = ledger_rows.next_words(self.workspace.store)
        rows = queries.client_rows(self.workspace.store)
        return [row._replace(next_word=word) if (word := words.get(row.id)) else row for row in rows]

    def owners(self) -> list[str]:
        """Everybody who owns a client."""
        return queries.owners(self.workspace.store)

    def runs(self, client_id: str = "", *, ended: bool = False) -> list[RunRow]:
        """Runs of one client or of all; open ones only unless `ended`."""
        return queries.run_rows(self.workspace.store, client=client_id or None, ended=ended)

    def telling(self, run_ids: "Iterable[str]") -> dict[str, str]:
        """What tells a run from another open one of the same playbook and client: what it is about, else its start.

        By the run's id; a run that stands alone is not among them.
        """
        twins = twin_rows(self.workspace.store, list(dict.fromkeys(run_ids))[:MOST])
        kept = self._telling
        self._telling = {
            row.id: kept[row.id]
            if row.id in kept and kept[row.id][0] == row.ops
            else (row.ops, self._about(row))
            for row in twins
        }
        return {run_id: said for run_id, (_ops, said) in self._telling.items()}

    def _about(self, row: TwinRow) -> str:
        """The answer to the run's first required text field, else the day it began."""
        opened = self.workspace.runs.open(row.id)
        run = None if isinstance(opened, Refusal) else opened.sheet.run
        fields = run.playbook.fields if run else ()
        asked = next((field.id for field in fields if field.required and field.kind == "text"), "")
        return str(run.answers.get(asked) or row.start) if run else row.start

    def named(self, text: str, most: int) -> list[Named]:
        """Clients and runs whose names hold the text."""
        return queries.search_names(self.workspace.store, text, most)


def _by_time(rows: list[Due], ends: tuple[str, str, str, str, str]) -> tuple[list[Due], list[Due], list[Due]]:
    """What is overdue, due on the day, and due in the week after it, each in order.

    `ends`: the day, now, the last day of the week, and the instants at which the day and the week are over.
    """
    today, now, week, today_ends, week_ends = ends
    lanes: tuple[list[Due], list[Due], list[Due]] = ([], [], [])
    for row in rows:
        is_day = len(row.due) == len(today)
        if row.due < (today if is_day else now):
            lanes[0].append(row)
        elif row.due == today if is_day else row.due < today_ends:
            lanes[1].append(row)
        elif row.due <= week if is_day else row.due < week_ends:
            lanes[2].append(row)
    for lane in lanes:
        lane.sort(key=_in_order)
    return lanes


def _in_order(row: Due) -> tuple[str, str, str, int]:
    """The earliest first; on one day a client's rows stand together: what was said, then the steps in their order."""
    if isinstance(row, EntryRow):
        return row.due, row.client_name.casefold(), "", row.n
    return row.due, row.client_name.casefold(), row.run_name, row.ord


__all__ = [
    "ClientRow",
    "Due",
    "EntryRow",
    "Lists",
    "Named",
    "QuietRow",
    "ReadyRow",
    "RunRow",
    "TodayPage",
    "TodayRow",
]
