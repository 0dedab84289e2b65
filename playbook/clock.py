"""The only place that reads the time."""

import os
from datetime import UTC, date, datetime, tzinfo


class Clock:
    """The PM's clock: the system's, or one that stands still at `PLAYBOOK_NOW`."""

    def __init__(self, zone: tzinfo, fixed: datetime | None = None) -> None:
        self.zone = zone
        self._fixed = fixed

    def now(self) -> datetime:
        """Now, in UTC, to the second."""
        return (self._fixed or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)  # noqa: TID251

    def today(self) -> date:
        """The day it is for the PM."""
        return self.now().astimezone(self.zone).date()

    def stamp(self) -> str:
        """Now, as `2026-11-23T09:00:00Z`."""
        return self.now().strftime("%Y-%m-%dT%H:%M:%SZ")


def local_zone() -> tzinfo:
    """The time zone of this machine, with its changes over the year where the system names it."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    name = os.environ.get("TZ", "").lstrip(":")
    if not name:
        try:
            name = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
        except OSError:
            name = ""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.now(UTC).astimezone().tzinfo or UTC  # noqa: TID251


def open_clock(zone: tzinfo) -> Clock:
    """The clock to go by; raises ValueError when `PLAYBOOK_NOW` is no ISO time of the years 1900 to 9000."""
    text = os.environ.get("PLAYBOOK_NOW", "")
    if not text:
        return Clock(zone)
    at = datetime.fromisoformat(text)
    if not 1900 <= at.year <= 9000:  # nearer to the ends of the calendar, dates cannot be reckoned with
        raise ValueError(text)
    return Clock(zone, at if at.tzinfo else at.replace(tzinfo=zone))
