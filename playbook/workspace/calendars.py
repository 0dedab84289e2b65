"""Working days: work week, holidays and days off, and open runs dated anew when those change."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.calendar import Calendar, mark_of
from playbook.core.client import Client
from playbook.core.operations import Draft
from playbook.core.problems import Refusal
from playbook.core.working_time import (
    WorkingTime,
    apply_to_calendar,
    back_on,
    calendar_of,
    fold_calendar,
    set_values,
    take_off,
)
from playbook.store import holidays, journal
from playbook.store.database import Transaction
from playbook.words import language

if TYPE_CHECKING:
    from playbook.workspace import Workspace

YEARS_BACK, YEARS_AHEAD = 2, 5
"""Holidays are kept for so many years around this one."""

SLICE = 100
"""Runs dated anew in one transaction, so that another program waits a moment at most."""


class CalendarChange(NamedTuple):
    """What stands after a change."""

    working_time: WorkingTime
    is_changed: bool
    """Whether anything was set that was not so already."""
    runs: int
    """How many open runs were dated anew."""


class Place(NamedTuple):
    """Where the PM works, by name; "" where it is not said or has no name."""

    country: str
    region: str


class Calendars:
    """The PM's calendar, those of clients in other countries, and every change to them.

    What was read is held until `forget`; each change returns what stands after COMMIT, or the refusal.
    """

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace
        self._seq = -1
        self._working_time: WorkingTime | None = None
        self._days: dict[tuple[str, str], frozenset[date]] = {}
        self._calendars: dict[str, Calendar] = {}
        self._marks: dict[str, str] = {}

    # Reading.

    def working_time(self) -> WorkingTime:
        """What the PM set."""
        if self._working_time is None:
            operations = journal.operations_of_calendar(self.workspace.store)
            self._seq = max((op.seq for op in operations), default=0)
            self._working_time = fold_calendar(operations)
        return self._working_time

    def base(self) -> Calendar:
        """The PM's own calendar."""
        return self.of("")

    def of(self, client_country: str) -> Calendar:
        """The calendar for a client's runs: closed are also the public holidays of the client's country."""
        if client_country not in self._calendars:
            self._calendars[client_country] = self.under(self.working_time(), client_country)
        return self._calendars[client_country]

    def under(self, working_time: WorkingTime, client_country: str) -> Calendar:
        """The calendar for a client's runs while this working time was in force."""
        closed = self._closed(working_time.country, working_time.region) | self._closed(client_country)
        return calendar_of(working_time, self.workspace.clock.zone, closed)

    def mark(self, client_country: str) -> str:
        """The mark that runs dated by this calendar carry."""
        if client_country not in self._marks:
            self._marks[client_country] = mark_of(self.of(client_country))
        return self._marks[client_country]

    def closed_because(self, day: date, client_country: str = "") -> str:
        """Why nobody works on a day, such as the name of the holiday; "" when it is a working day."""
        from playbook.words.calendars import day_off_words, holiday_words, outside_week_words

        working_time = self.working_time()
        if day in working_time.off:
            return day_off_words()
        for country, region in ((working_time.country, working_time.region), (client_country, "")):
            if name := holidays.name_of(self.workspace.store, country, region, day):
                return holiday_words(name, country)
        return "" if day.weekday() in working_time.week else outside_week_words(day)

    def upcoming(self, count: int = 5) -> list[tuple[date, str]]:
        """The next public holidays here that fall on days of the work week, with their names."""
        here = self.working_time()
        named = holidays.named_from(
            self.workspace.store, here.country, here.region, self.workspace.clock.today()
        )
        return [(day, name) for day, name in named if day.weekday() in here.week][:count]

    def place(self) -> Place:
        """Country and region by name."""
        from playbook.calendars import country_name, region_name

        here = self.working_time()
        if not here.country:
            return Place("", "")
        return Place(country_name(here.country, language()), region_name(here.country, here.region))

    def forget(self) -> None:
        """Read everything anew from now on."""
        self._seq, self._working_time = -1, None
        self._forget_days()

    def _forget_days(self) -> None:
        for held in (self._days, self._calendars, self._marks):
            held.clear()

    def freshen(self) -> None:
        """Forget what another program, or an undo, has changed since it was read; one small query."""
        if self._working_time is not None and holidays.newest_change(self.workspace.store)[0] != self._seq:
            self.forget()

    def _closed(self, country: str, region: str = "") -> frozenset[date]:
        if not country:
            return frozenset()
        if (country, region) not in self._days:
            self._days[country, region] = holidays.days_of(self.workspace.store, country, region)
        return self._days[country, region]

    # Changing.

    def set(self, values: Mapping[str, str]) -> CalendarChange | Refusal:
        """Set week, country and region, all or none; an empty value clears one. Names of places will do.

        A country or region that is named has its holidays looked up anew, also when it stays the same.
        """

        def decision(working_time: WorkingTime) -> list[Draft] | Refusal:
            named = _with_codes(values, working_time)
            return named if isinstance(named, Refusal) else set_values(working_time, named)

        return self._change(decision, anew=not values.keys().isdisjoint(("country", "region")))

    def off(self, days: Iterable[date]) -> CalendarChange | Refusal:
        """Take days off."""
        return self._change(lambda working_time: take_off(working_time, days))

    def on(self, days: Iterable[date]) -> CalendarChange | Refusal:
        """Work on days off after all."""
        return self._change(lambda working_time: back_on(working_time, days))

    def _change(
        self, decide: Callable[[WorkingTime], list[Draft] | Refusal], *, anew: bool = False
    ) -> CalendarChange | Refusal:
        self.forget()
        try:
            with self.workspace.store.write() as tx:
                working_time, batch = self.working_time(), ""
                drafts = decide(working_time)
                if isinstance(drafts, Refusal):
                    return drafts
                for draft in drafts:
                    batch = self.workspace.runs.writing.append(tx, "", "", draft, batch).batch
                    working_time = apply_to_calendar(working_time, draft.body["key"], draft.body["value"])
                if anew:
                    self._look_up(tx, working_time.country, working_time.region, self._years())
        finally:
            self.forget()
        return CalendarChange(working_time, bool(drafts), self.rederive())

    # Holidays.

    def ensure_years(self, tx: Transaction, country: str, region: str = "") -> None:
        """Look up the holidays of a country or region for the years around this one, as far as they are not kept."""
        if country:
            missing = self._years() - holidays.years_of(tx, country, region)
            self._look_up(tx, country, region, missing)

    def _years(self) -> frozenset[int]:
        year = self.workspace.clock.today().year
        return frozenset(range(year - YEARS_BACK, year + YEARS_AHEAD + 1))

    def _look_up(self, tx: Transaction, country: str, region: str, years: frozenset[int]) -> None:
        if not country or not years:
            return
        from playbook.calendars import holidays_of

        holidays.keep(tx, country, region, years, holidays_of(country, region, years, language()))
        self._forget_days()

    # Dating runs anew.

    def rederive(self, limit: int | None = None) -> int:
        """Date anew what open runs were dated otherwise; how many it did, 0 when all are right.

        With a limit it does at most so many, in one transaction. When nothing changed it costs one small query.
        """
        done = last = self._rederive(limit or SLICE)
        while limit is None and last:
            last = self._rederive(SLICE)
            done += last
        return done

    def _rederive(self, limit: int) -> int:
        store = self.workspace.store
        state, kept = self._state()
        if state == kept or store.is_read_only:
            return 0
        self.forget()
        try:
            with store.write() as tx:
                state, _ = self._state()
                here, countries = self.working_time(), holidays.countries(tx)
                for country, region in ((here.country, here.region), *((other, "") for other in countries)):
                    self.ensure_years(tx, country, region)
                marks = {country: self.mark(country) for country in countries}
                runs = holidays.misdated_runs(tx, marks, limit)
                self._date(tx, runs)
                if len(runs) < limit:
                    holidays.keep_mark(tx, state)
        except BaseException:
            self.forget()  # what was read was rolled back
            raise
        return len(runs)

    def redate_client(self, tx: Transaction, client: Client) -> int:
        """Date a client's open runs anew after its country changed, as part of that change; how many it did."""
        country = client.settings.get("country", "")
        self.ensure_years(tx, country)
        runs = holidays.misdated_runs(tx, {country: self.mark(country)}, -1, client.id)
        self._date(tx, runs)
        return len(runs)

    def _date(self, tx: Transaction, runs: Iterable[tuple[str, str]]) -> None:
        for run_id, mark in runs:
            self.workspace.runs.writing.refold_run(tx, run_id)
            holidays.mark_run(tx, run_id, mark)

    def _state(self) -> tuple[str, str]:
        """What all dates hang on, as a mark: as it is now, and as it was when every run was right."""
        seq, kept = holidays.newest_change(self.workspace.store)
        return f"{seq} {self.workspace.clock.zone} {self.workspace.clock.today().year}", kept


def _with_codes(values: Mapping[str, str], working_time: WorkingTime) -> dict[str, str] | Refusal:
    """The values with the codes of the places that are named."""
    from playbook.calendars import find_country, find_region

    named = dict(values)
    country = working_time.country
    if "country" in named:
        found = find_country(named["country"], language()) if named["country"].strip() else ""
        if isinstance(found, Refusal):
            return found
        country = named["country"] = found
    if named.get("region", "").strip() and country:
        found = find_region(country, named["region"], language())
        if isinstance(found, Refusal):
            return found
        named["region"] = found
    return named
