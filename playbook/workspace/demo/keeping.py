"""What was promised in the made-up years is kept in them: entries end a little before or on their day."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import NamedTuple

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.client import Entry
from playbook.core.entry_kinds import due_of
from playbook.core.ledger import outcome_by_date
from playbook.core.operations import Draft, Operation, tables
from playbook.core.schedule import day_of

_HOURS_LATE = timedelta(hours=7)
"""From nine in the morning of its day until an entry has ended."""
_MISSED = 11
"""One in so many promises is kept a day late."""


class Ended(NamedTuple):
    """An entry that ended, and who says so when."""

    at: datetime
    client_id: str
    by: str
    draft: Draft


class Keeping:
    """Follows what is promised, and ends it when its time has come; what is due after the last change stays open."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._pending: list[tuple[datetime, str, int, Entry]] = []
        self._gone: set[tuple[str, int]] = set()

    def note(self, op: Operation) -> None:
        """Take in what a change promises, and what it ends."""
        self._gone |= {(op.client, int(data["n"])) for data in tables(op.body.get("closed"))}
        for data in tables(op.body.get("entries")):
            entry = Entry(
                int(data["n"]), str(data["kind"]), op.at, op.by, str(data["on"]), str(data["text"]), str(data["owner"]),
                op.run, op.step, dict(data["values"]),
            )  # fmt: skip
            moment = from_stamp(due_of(entry) or "")
            if moment is not None:
                day = self._calendar.roll(day_of(moment, self._calendar), 1)
                if entry.kind == "promise" and entry.n % _MISSED == 0:
                    day = self._calendar.add_working_days(day, 1)
                ends = self._calendar.instant(day) + _HOURS_LATE
                heappush(self._pending, (ends, op.client, entry.n, entry))

    def ended_by(self, at: datetime) -> Iterator[Ended]:
        """What has ended before a moment, in order."""
        while self._pending and self._pending[0][0] < at:
            when, client_id, n, entry = heappop(self._pending)
            if (client_id, n) not in self._gone:
                known = outcome_by_date(entry, when.isoformat(), self._calendar)
                outcome = known or {"concern": "confirmed", "batch": "told"}.get(entry.kind, "followed-up")
                draft = Draft("close", "", {"closed": [{"n": n, "outcome": outcome}]})
                yield Ended(when, client_id, entry.by, draft)
