"""Bad news: tell it now, at tomorrow's check-in, or after a short attempt to mend it.

Bad news is what costs more, takes longer or is less good than they expected. It waits for a check-in only when
that is tomorrow, the next calendar day, and no more than a day away: Friday's news with a check-in on Monday is
told on Friday.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from playbook.core.calendar import DAY, Calendar

CEILING = timedelta(hours=24)
"""No bad news is older than this when they hear it."""

TIME_BOX = timedelta(hours=2)
"""How long one may try to mend it before telling."""

DAY_ENDS = time(18)
"""A time box never reaches past this on its day."""


class Verdict(NamedTuple):
    """When they hear it, and why."""

    code: str
    """`no-news`, `tell-now`, `may-wait` or `time-box`."""
    because: str
    """`nothing-worse`, `check-in-tomorrow`, `check-in-today`, `check-in-later`, `check-in-unknown`, `over-a-day`,
    `may-be-mended`."""
    until: date | datetime | None = None
    """The check-in, or the end of the time box."""
    hours: int | None = None
    """Hours until the check-in, where its hour is known."""


def verdict(
    worse: Collection[str], now: datetime, check_in: date | datetime | None, calendar: Calendar, *, mendable: bool = False
) -> Verdict:  # fmt: skip
    """When to tell it. `worse`: which of cost, time and quality are; `mendable`: nothing gets worse meanwhile, and it may still be put right."""
    if not worse:
        return Verdict("no-news", "nothing-worse", check_in)
    today = calendar.day_of(now)
    if mendable:
        end = min(now + TIME_BOX, calendar.instant(today, DAY_ENDS))
        if end > now:
            return Verdict("time-box", "may-be-mended", end)
    if check_in is None:
        return Verdict("tell-now", "check-in-unknown")
    day = calendar.day_of(check_in) if isinstance(check_in, datetime) else check_in
    hours = int((check_in - now) / timedelta(hours=1)) if isinstance(check_in, datetime) else None
    if day == today and (not isinstance(check_in, datetime) or check_in > now):
        return Verdict("may-wait", "check-in-today", check_in, hours)
    if day != today + DAY:
        return Verdict("tell-now", "check-in-later", check_in, hours)
    if isinstance(check_in, datetime) and check_in - now > CEILING:
        return Verdict("tell-now", "over-a-day", check_in, hours)
    return Verdict("may-wait", "check-in-tomorrow", check_in, hours)
