"""Runs as they stood at a past moment: after one of their changes, or at a day or instant.

All that a run hangs on is taken as it was then: its client and ledger, the working days, the copy of its
playbook. Nothing here can be changed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from playbook.core.calendar import Calendar, as_stamp, from_stamp, shift
from playbook.core.check_in import next_check_in
from playbook.core.client import Client, Entry, fold_client
from playbook.core.decide import Sheet
from playbook.core.figures import Standing, figures
from playbook.core.history import HistoryRow, history
from playbook.core.operations import Operation, order
from playbook.core.past import Place, open_runs, place_at, up_to
from playbook.core.problems import Refusal
from playbook.core.schedule import Moment
from playbook.core.view import derive
from playbook.core.working_time import fold_calendar
from playbook.store import journal, queries
from playbook.workspace.runs import OpenRun
from playbook.workspace.writing import Held

if TYPE_CHECKING:
    from playbook.exports import Handout
    from playbook.workspace import Workspace


class Then(NamedTuple):
    """A run as it stood at a moment."""

    opened: OpenRun
    """The run and its client, as of then."""
    moment: Moment
    """Which moment that is: a day, at its end, or an instant."""
    at: datetime
    """The same as an instant (UTC). What was overdue is judged by it, never by today's clock."""
    history: tuple[HistoryRow, ...]
    """The changes up to then, oldest first; marked as undone are those that were so by then."""
    entries: tuple[Entry, ...]
    """The client's ledger up to then."""
    standing: Standing
    """How the client stood at that moment."""
    on_paper: Standing
    """How it stood when the newest of those entries was logged, as documents tell it."""


class Past:
    """Reads past states from the journal; nothing is kept ready for them."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace

    def after(self, run_id: str, seq: int) -> Then | Refusal:
        """The run as it stood right after a change of it, by the change's number in its history."""
        every = self._recorded(run_id)
        if isinstance(every, Refusal):
            return every
        op = next((op for op in every.of_client if (op.run, op.seq) == (run_id, seq)), None)
        at = from_stamp(op.at) if op else None
        if op is None or not isinstance(at, datetime):
            return Refusal("as-of-change", {"change": seq})
        return self._then(every.up_to(order(op)), run_id, at, at)

    def at(self, run_id: str, moment: Moment) -> Then | Refusal:
        """The run as it stood at the end of a day, at the latest now, or at an instant.

        An instant to the minute takes that whole minute in, for History shows no seconds.
        """
        now, calendar = self.workspace.clock.now(), self.workspace.calendar
        if isinstance(moment, datetime):
            is_ahead, end = moment > now, moment if moment.second else moment.replace(second=59)
        else:
            is_ahead = moment > calendar.day_of(now)
            end = calendar.instant(shift(moment, 1), time(0)) - timedelta(seconds=1)
        every = self._recorded(run_id)
        if isinstance(every, Refusal):
            return every
        if is_ahead:
            return Refusal("as-of-ahead", {"day": self._said(moment)})
        place = place_at([*every.of_client, *every.of_calendar], as_stamp(min(end, now)))
        if place is None:
            return Refusal("as-of-before", {"day": self._said(moment)})
        is_over = end <= now or isinstance(moment, datetime)
        return self._then(every.up_to(place), run_id, moment if is_over else now, min(end, now))

    def handout(self, then: Then, *, client_safe: bool) -> "Handout":
        """All an export needs to write a past state."""
        from playbook.exports import Handout

        sheet, client = then.opened.sheet, then.opened.client
        entries = tuple(entry for entry in then.entries if entry.run == sheet.run.id)
        zone = str(getattr(self.workspace.clock.zone, "key", "UTC"))
        return Handout(
            sheet, client, entries, then.history, sheet.run.playbook.language, zone, client_safe, then.on_paper,
            then.moment,
        )  # fmt: skip

    def _said(self, moment: Moment) -> str:
        """A day, or an instant by the clock here, as refusals take it."""
        if not isinstance(moment, datetime):
            return as_stamp(moment)
        return self.workspace.calendar.local(moment).strftime("%Y-%m-%dT%H:%M")

    def _recorded(self, run_id: str) -> "_Recorded | Refusal":
        row = queries.run_head(self.workspace.store, run_id)
        if row is None:
            return Refusal("no-run", {"run": run_id})
        of_client = journal.operations_of_client(self.workspace.store, row.client)
        deleted = frozenset(op.body.get("n") for op in of_client if op.kind == "forget")
        return _Recorded(of_client, journal.operations_of_calendar(self.workspace.store), deleted)

    def _then(self, recorded: "_Recorded", run_id: str, moment: Moment, at: datetime) -> Then | Refusal:
        known = _Known(self.workspace, recorded, at)
        client = fold_client(recorded.of_client)
        found = known.run(run_id) if client else None
        if client is None or found is None:
            return Refusal("as-of-before", {"day": self._said(moment)})
        held, sheet = found
        opened = OpenRun(sheet, held.client, self.workspace.runs.writing.scripts(held), known.named)
        changes = history((op for op in recorded.of_client if op.run == run_id), client.slug)
        calendar = known.calendar("")
        today = calendar.day_of(at)
        newest = max((calendar.day_of_stamp(entry.at) for entry in known.entries), default=today)
        standings = known.standing(today), known.standing(newest)
        return Then(opened, moment, at, tuple(changes), known.entries, *standings)


class _Recorded(NamedTuple):
    """What was recorded about a client with all of its runs, and about the working days."""

    of_client: Sequence[Operation]
    of_calendar: Sequence[Operation]
    deleted: frozenset[object]
    """Numbers of the facts that were deleted for good, also later: their words are nowhere any more."""

    def up_to(self, place: Place) -> "_Recorded":
        """As much as had been recorded when the operation at that place had just been made."""
        return _Recorded(up_to(self.of_client, place), up_to(self.of_calendar, place), self.deleted)


class _Known:
    """What follows from all that had been recorded by a moment."""

    def __init__(self, workspace: "Workspace", recorded: _Recorded, at: datetime) -> None:
        self.workspace = workspace
        self.recorded = recorded
        self.at = at

    @cached_property
    def client(self) -> Client:
        """The client with its ledger; an empty one when it was not there yet."""
        return fold_client(self.recorded.of_client) or Client("", "", "")

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The ledger without the facts that were deleted for good: nothing brings those back."""
        return tuple(entry for entry in self.client.entries if entry.n not in self.recorded.deleted)

    def calendar(self, country: str) -> Calendar:
        """The working days as they were set."""
        return self.workspace.calendars.under(fold_calendar(self.recorded.of_calendar), country)

    def run(self, run_id: str) -> tuple[Held, Sheet] | None:
        """A run of the client; None when it was not there."""
        writing = self.workspace.runs.writing
        operations = [op for op in self.recorded.of_client if op.run == run_id]
        run = writing.fold(self.workspace.store, operations)
        if run is None:
            return None
        client = replace(self.client, entries=())
        calendar, plan = self.calendar(client.settings.get("country", "")), writing.plan(run)
        view = derive(run, calendar, client.facts(), plan)
        held = Held(run, view, len(operations), client, "")
        return held, Sheet(run, view, calendar, client.facts(), plan)

    def standing(self, day: date) -> Standing:
        """How the client stood on a day."""
        found = figures(self.entries, self.client.facts(), day, self.calendar(""))
        client = replace(self.client, entries=())
        return Standing(client, self.entries, found, bool(open_runs(self.recorded.of_client)))

    def named(self, name: str) -> Any:
        """What texts may name of a client that follows from its ledger, as `Ledger.known` gives it."""
        calendar = self.calendar("")
        if name != "next-check-in":
            return self.workspace.ledger.known_of(self.standing(calendar.day_of(self.at)), name)
        runs = [self.run(run_id) for run_id in open_runs(self.recorded.of_client)]
        sheets = [sheet for _held, sheet in filter(None, runs)]
        moment = next_check_in(sheets, self.entries, self.at, calendar)
        return None if moment is None else as_stamp(moment)
