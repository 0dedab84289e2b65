"""Working days, as a frozen value: the core is handed one and never looks one up."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)
MORNING = time(9)
"""The clock time a day stands for where an instant is needed."""

FIRST, LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""The ends of the calendar, where instants stop."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are working days, and in which time zone a day is a day."""

    zone: tzinfo = UTC
    """The PM's time zone."""
    work_week: frozenset[int] = frozenset(range(5))
    """Working weekdays, Monday = 0."""
    closed: frozenset[date] = frozenset()
    """Public holidays and days off."""

    def is_closed(self, day: date) -> bool:
        """Whether nobody works on that day; a work week without a day never closes."""
        return bool(self.work_week) and (day.weekday() not in self.work_week or day in self.closed)

    def roll(self, day: date, step: int) -> date:
        """The first open day from `day` on, looking forward (+1) or back (-1).

        It gives up after ten years, and where the calendar ends.
        """
        for _ in range(3660):
            if not self.is_closed(day) or (following := shift(day, step)) == day:
                break
            day = following
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """`count` working days after (or, when negative, before) `day`, which itself never counts."""
        step = 1 if count >= 0 else -1
        for _ in range(abs(count)):
            day = self.roll(shift(day, step), step)
        return day

    def day_of(self, at: datetime) -> date:
        """The day an instant falls on here."""
        return self.local(at).date()

    def local(self, at: datetime) -> datetime:
        """An instant on the clock here; at the ends of the calendar it stays as it is."""
        try:
            return at.astimezone(self.zone)
        except OverflowError:
            return at

    def day_of_stamp(self, stamp: str) -> date:
        """The day here of a stamp that is known to be one."""
        moment = from_stamp(stamp)
        return self.day_of(moment) if isinstance(moment, datetime) else moment or date.min

    def instant(self, day: date, clock: time = MORNING) -> datetime:
        """The instant of a clock time on a day here, in UTC."""
        try:
            return datetime.combine(day, clock, self.zone).astimezone(UTC)
        except OverflowError:
            return FIRST if day.year == 1 else LAST


def mark_of(calendar: Calendar) -> str:
    """A short text that changes when a date could: with the zone, the work week or a closed day."""
    from hashlib import blake2b  # only who changes something needs it

    closed = sorted(day.toordinal() for day in calendar.closed)
    said = repr((str(calendar.zone), sorted(calendar.work_week), closed))
    return blake2b(said.encode(), digest_size=8).hexdigest()


def shift(day: date, days: int) -> date:
    """`days` days on; stops at the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the 31st falls to a shorter month's last day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= years <= 9999:
        return date.max if months > 0 else date.min
    first = date(years, month + 1, 1)
    following = date(years + (month == 11), (month + 1) % 12 + 1, 1) if (years, month) != (9999, 11) else None
    last = 31 if following is None else (following - DAY).day
    return first.replace(day=min(day.day, last))


def as_stamp(value: date | datetime) -> str:
    """`2026-11-24` for a day, `2026-11-24T15:00:00Z` for an instant."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
    return value.isoformat()


def from_stamp(text: str, zone: tzinfo = UTC) -> date | datetime | None:
    """The day or instant (UTC) a stamp means, one without a zone in `zone`; None when it is neither."""
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
