"""What follows from a client's ledger: who was last seen when, what is owed, how it stands. Never a score."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.client import Client, Entry
from playbook.core.entry_kinds import VOICE, WRITTEN, due_of, is_at_risk, is_open
from playbook.core.operations import Operation, in_force
from playbook.core.schedule import day_of

LOOK_BACK = timedelta(days=90)
"""How far back counts look."""

LAST_FIVE = 5
"""Contacts of ours that the mix of channels is read from."""

LEARNED_FROM = 3
"""Gaps between live talks that must be known before one is called usual."""

FLOOR = 14
"""Days that a learned number is raised to before somebody is called quiet: weeks of daily calls make nobody quiet."""

FEW = 3
"""Steps done on one side from which an empty other side is worth a notice."""

COOLING, COLD = 1, 3
"""Signals from which a reading of cooling, and of cold, is proposed."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One client's figures on a day."""

    last_face: date | None
    """When we last sat in one room."""
    last_voice: date | None
    """When they last heard us: in one room, by video or by phone."""
    feels_long: int | None
    """Days without voice after which it feels long; None while nobody knows."""
    feels_long_learned: bool
    """Whether that is the median of the PM's own gaps, and not what the PM said."""
    quiet_for: int | None
    """Days without voice, when they are more than feels long (of a learned number, than two weeks); else None."""
    mix: str
    """`written` or `trouble` when the last five contacts of ours were all that; else ""."""
    asked: int
    """Times they asked for the status in 90 days; the target is none."""
    asked_before: int
    """The same in the 90 days before those."""
    asked_last: date | None
    """The last time they asked."""
    logged_last: date | None
    """The last entry of any kind: a count of nothing may mean that nobody wrote it down."""
    promises: tuple[Entry, ...]
    """Open promises of ours, the most pressing first."""
    at_risk: tuple[Entry, ...]
    """Those of them whose own day has passed."""
    theirs: tuple[Entry, ...]
    """Open promises of the client's or a third party's."""
    concerns: tuple[Entry, ...]
    """Open concerns."""
    batch: tuple[Entry, ...]
    """What waits for the next check-in."""
    next_word: Entry | None
    """The next open word we owe; None when they do not know when they hear from us."""
    goodwill: Mapping[str, Decimal]
    """What making good has cost so far, by currency."""
    signals: tuple[str, ...]
    """What speaks for a colder reading, each by its code."""
    temperature: str
    """`warm`, `cooling` or `cold`, proposed from the signals; the PM's own reading outranks it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A client with its whole ledger and what follows from it."""

    client: Client
    entries: tuple[Entry, ...]
    """Oldest first."""
    figures: Figures
    is_active: bool = False
    """Whether there is a run under way for them."""


def figures(entries: Sequence[Entry], facts: Mapping[str, Any], today: date, calendar: Calendar) -> Figures:
    """The figures of a client; `entries` is the whole ledger, oldest first, `facts` what is saved of the client."""

    def day(entry: Entry) -> date:
        return _day_of(entry.on, calendar) or calendar.day_of_stamp(entry.at)

    past = [entry for entry in entries if entry.kind != "contact" or day(entry) <= today]
    contacts = sorted((entry for entry in past if entry.kind == "contact"), key=day)
    face = [day(entry) for entry in contacts if entry.values.get("channel") == "in-person"]
    voice = sorted({day(entry) for entry in contacts if entry.values.get("channel") in VOICE})
    feels_long, learned = feels_long_of(voice, facts)
    since = (today - voice[-1]).days if voice else None
    asked = [day(entry) for entry in entries if entry.kind == "status-asked"]
    pending = sorted(
        (entry for entry in entries if is_open(entry)), key=lambda entry: (due_of(entry) or "~", entry.n)
    )
    ours = tuple(e for e in pending if e.kind == "promise" and e.owner == "us")
    theirs = tuple(e for e in pending if e.kind == "promise" and e.owner != "us")
    concerns = tuple(e for e in pending if e.kind == "concern")
    limit = quiet_after(feels_long, learned=learned)
    quiet = since if since is not None and limit is not None and since > limit else None
    window = today - LOOK_BACK
    recent = sum(window < asked_on <= today for asked_on in asked)
    signals = _signals(entries, pending, window, today, calendar, asked=recent, quiet=quiet is not None)
    temperature = "cold" if len(signals) >= COLD else "cooling" if len(signals) >= COOLING else "warm"
    return Figures(
        last_face=face[-1] if face else None, last_voice=voice[-1] if voice else None, feels_long=feels_long,
        feels_long_learned=learned, quiet_for=quiet, mix=_mix(contacts),
        asked=recent,
        asked_before=sum(window - LOOK_BACK < asked_on <= window for asked_on in asked),
        asked_last=max(asked, default=None), logged_last=max((calendar.day_of_stamp(e.at) for e in entries), default=None),
        promises=ours, at_risk=tuple(e for e in ours if is_at_risk(e, today, calendar)), theirs=theirs, concerns=concerns,
        batch=tuple(e for e in pending if e.kind == "batch"),
        next_word=next((e for e in pending if e.kind == "next-word" and e.owner == "us"), None),
        goodwill=_goodwill(entries), signals=signals, temperature=temperature,
    )  # fmt: skip


def _signals(
    entries: Sequence[Entry], pending: Sequence[Entry], window: date, today: date, calendar: Calendar, *, asked: int, quiet: bool
) -> tuple[str, ...]:  # fmt: skip
    """What speaks for a colder reading."""
    missed = any(
        e.kind == "promise" and e.outcome == "missed" and _closed_since(e, window, calendar) for e in entries
    )
    concerns = [entry for entry in pending if entry.kind == "concern"]
    theirs = [entry for entry in pending if entry.kind == "promise" and entry.owner != "us"]
    found = (
        ("status-asked", asked > 0), ("missed-promise", missed),
        ("late-answer", any(_is_past(entry, today, calendar) for entry in concerns)),
        ("slow-replies", any(_is_past(entry, today, calendar) for entry in theirs)), ("unseen", quiet),
        ("open-concerns", bool(concerns)),
    )  # fmt: skip
    return tuple(code for code, holds in found if holds)


class Balance(NamedTuple):
    """Steps done for a client in 90 days, by what they are for."""

    care: int
    competence: int

    @property
    def is_one_sided(self) -> bool:
        """Whether one side is empty while a few steps were done on the other."""
        return min(self) == 0 and max(self) >= FEW

    @property
    def is_careless(self) -> bool:
        """Whether it is the person for whom nothing was done."""
        return self.is_one_sided and self.care == 0


def balance(operations: Iterable[Operation], sides: Mapping[tuple[str, str], str], since: str) -> Balance:
    """How many steps of each side were done since an instant; what was taken back or opened again is not counted.

    `sides` says of each run and step whether it is care or competence.
    """
    done: dict[tuple[str, str], list[str]] = {}
    for op in in_force(operations):
        if op.kind == "tick":
            done.setdefault((op.run, op.step), []).append(op.at)
        elif op.kind == "reopen" and done.get((op.run, op.step)):
            done[op.run, op.step].pop()
    counted = [sides.get(step, "") for step, days in done.items() for at in days if at >= since]
    return Balance(counted.count("care"), counted.count("competence"))


def feels_long_of(voice: Sequence[date], facts: Mapping[str, Any]) -> tuple[int | None, bool]:
    """Days without voice that feel long, and whether they were learned. `voice` are the days of live talks, in order.

    What the PM said counts; else, from three gaps on, their median.
    """
    try:
        said = int(float(str(facts.get("feels-long-after", "")).replace(",", ".")))
    except (ValueError, OverflowError):
        said = 0
    if said > 0:
        return said, False
    gaps = sorted((later - earlier).days for earlier, later in pairwise(voice))
    if len(gaps) < LEARNED_FROM:
        return None, False
    return median(gaps), True


def median(numbers: Sequence[int]) -> int:
    """The middle of some numbers in their order, in whole ones."""
    middle = len(numbers) // 2  # without a library that every write would load
    return numbers[middle] if len(numbers) % 2 else (numbers[middle - 1] + numbers[middle]) // 2


def quiet_after(feels_long: int | None, *, learned: bool) -> int | None:
    """Days without voice after which a client counts as quiet. A learned number is never a hurry: two weeks at least."""
    return max(feels_long, FLOOR) if learned and feels_long is not None else feels_long


def _mix(contacts: Sequence[Entry]) -> str:
    last = [entry for entry in contacts if entry.values.get("direction", "out") == "out"][-LAST_FIVE:]
    if len(last) < LAST_FIVE:
        return ""
    if all(entry.values.get("channel") in WRITTEN for entry in last):  # of some nobody said how
        return "written"
    return "trouble" if all(entry.values.get("topic") in ("problem", "money") for entry in last) else ""


def _goodwill(entries: Sequence[Entry]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for entry in entries:
        cost = entry.values.get("cost")
        if isinstance(cost, Mapping):
            currency = str(cost.get("currency", ""))
            total[currency] = total.get(currency, Decimal(0)) + Decimal(str(cost.get("amount", 0)))
    return total


def _is_past(entry: Entry, today: date, calendar: Calendar) -> bool:
    day = _day_of(due_of(entry) or "", calendar)
    return day is not None and day < today


def _closed_since(entry: Entry, window: date, calendar: Calendar) -> bool:
    day = _day_of(entry.closed_at or "", calendar)
    return day is not None and day > window


def _day_of(stamp: str, calendar: Calendar) -> date | None:
    moment = from_stamp(stamp) if stamp else None
    return None if moment is None else day_of(moment, calendar)
