"""What a ledger entry of each kind may say, how it can end, and on which day it asks to be looked at."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from playbook.core.calendar import Calendar, as_stamp, from_stamp
from playbook.core.client import Entry
from playbook.core.playbook import Field, FieldKind
from playbook.core.schedule import day_of

CHANNELS = ("call", "video", "in-person", "email", "chat", "post")
"""The ways of a contact, the most usual first."""

VOICE = frozenset({"in-person", "video", "call"})
"""Channels on which they hear us."""

WRITTEN = frozenset(CHANNELS) - VOICE
"""Channels on which they read us."""

TOPICS = ("progress", "problem", "money", "no-agenda", "personal")

OWNERS = ("us", "client", "third")
"""Who has to move."""

WORSE = ("cost", "time", "quality")
"""How something can be worse than they expected: costs more, takes longer, is less good."""

SENSITIVE = ("health", "faith", "politics", "union", "sex-life", "ethnicity")
"""Categories of facts about a person that are better not kept."""

CATEGORIES = ("work", "family", "taste", "moment", "other", *SENSITIVE)

AREAS = ("result", "quality", "date", "cost", "contact", "their-effort")
"""What an expectation is about."""

ANSWER_IN = 2
"""Working days in which a concern is answered, unless a day is said."""

BUFFER = 2
"""Working days between the day we mean to be ready and the day we say, unless the client has its own."""

ASLEEP = "asleep-until"
"""The value that puts an entry off to a later day."""


def _field(name: str, kind: FieldKind = "text") -> Field:
    """A value that is called what one types for it; the interface has a question for it."""
    return Field(id=name, label=name, kind=kind)


def _choice(name: str, ids: tuple[str, ...], default: str = "") -> Field:
    return Field(
        id=name, label=name, kind="choice", choices={each: each for each in ids}, default=default or None
    )


KINDS: Mapping[str, tuple[Field, ...]] = {
    "contact": (_choice("channel", CHANNELS, "call"), _choice("direction", ("out", "in"), "out"), _choice("topic", TOPICS)),
    "promise": (_field("internal", "date"), _field("to", "person"), _choice("channel", CHANNELS)),
    "next-word": (_choice("by", CHANNELS),),
    "status-asked": (_field("missing"), _field("change")),
    "concern": (_field("by", "person"), _field("answer", "date")),
    "batch": (Field(id="worse", label="worse", kind="several", choices={each: each for each in WORSE}), _choice("mendable", ("no", "yes"))),
    "expectation": (_choice("area", AREAS), _field("limit")),
    "fact": (
        _choice("category", CATEGORIES), _field("about", "person"), _choice("volunteered", ("yes", "no")),
        _field("follow-up", "date"),
    ),
    "gift": (
        _field("to", "person"), _field("value", "money"), _field("rule"), _field("approver", "person"),
        _field("sent", "date"), _field("landed"),
    ),
    "note": (_field("follow-up", "date"), _field("cost", "money"), _field("approver", "person")),
}  # fmt: skip
"""The values of each kind beside its text, day and owner. Their labels are words of the interface."""

OUTCOMES: Mapping[str, tuple[str, ...]] = {
    "promise": ("early", "on-time", "moved", "missed"),
    "next-word": ("early", "on-time", "moved", "missed"),
    "concern": ("confirmed",),
    "expectation": ("met", "partly", "not-met"),
    "batch": ("told",),
    "fact": ("followed-up",),
    "note": ("followed-up",),
}
"""How entries of a kind can end; those of other kinds are never open."""

_ONLY_WITH_A_DAY = frozenset({"fact", "note"})
"""Kinds that are open only while something about them is to be done on a day."""


def is_open(entry: Entry) -> bool:
    """Whether the entry still waits for its end."""
    if entry.outcome is not None or entry.kind not in OUTCOMES:
        return False
    return entry.kind not in _ONLY_WITH_A_DAY or bool(entry.values.get("follow-up"))


def due_of(entry: Entry) -> str | None:
    """The day or instant on which an open entry asks to be looked at; None when none was said.

    Of a promise of ours it is the day we mean to be ready, for the day we said is too late to begin.
    """
    if not is_open(entry):
        return None
    if _stamp(entry.values.get(ASLEEP)):
        return str(entry.values[ASLEEP])
    said = entry.on if entry.on != entry.at else None
    match entry.kind:
        case "promise" if entry.owner == "us":
            return _stamp(entry.values.get("internal")) or said
        case "promise" | "next-word" | "batch":
            return said
        case "concern":
            return _stamp(entry.values.get("answer"))
    return _stamp(entry.values.get("follow-up"))


def completed(entry: Mapping[str, Any], at: str, calendar: Calendar, buffer: int = BUFFER) -> dict[str, Any]:
    """An entry with the days that follow from those given: what is said of a promise, when a concern is answered."""
    values, on = dict(entry["values"]), str(entry["on"])
    today = calendar.day_of_stamp(at)
    if entry["kind"] == "promise" and on == at and (ready := _day(values.get("internal"), calendar)):
        on = as_stamp(calendar.add_working_days(ready, buffer))
    if entry["kind"] == "concern" and not values.get("answer"):
        values["answer"] = as_stamp(calendar.add_working_days(today, ANSWER_IN))
    return {**entry, "on": on, "values": values}


def buffer_of(facts: Mapping[str, Any]) -> int:
    """Working days this client's promises are given beyond the day we mean to be ready."""
    try:
        return max(0, min(int(str(facts.get("promise-buffer", BUFFER)).removesuffix("bd").strip()), 250))
    except ValueError:
        return BUFFER


def is_at_risk(entry: Entry, today: date, calendar: Calendar) -> bool:
    """Whether a promise of ours is still open after the day on which we meant to be ready."""
    ready = _day(entry.values.get("internal"), calendar)
    ours = entry.kind == "promise" and entry.owner == "us"
    return ours and is_open(entry) and ready is not None and ready < today


def cautions(entry: Mapping[str, Any], calendar: Calendar) -> list[str]:
    """What the PM should know before an entry is kept: `promise-tight`, `fact-sensitive`, `fact-not-volunteered`."""
    values, found = entry["values"], []
    if entry["kind"] == "promise" and (ready := _day(values.get("internal"), calendar)):
        said = _day(entry["on"], calendar)
        if said is not None and said <= ready:
            found.append("promise-tight")
    if entry["kind"] == "fact" and values.get("category") in SENSITIVE:
        found.append("fact-sensitive")
    if entry["kind"] == "fact" and values.get("volunteered") == "no":
        found.append("fact-not-volunteered")
    return found


def _stamp(value: Any) -> str | None:
    return value if isinstance(value, str) and from_stamp(value) is not None else None


def _day(value: Any, calendar: Calendar) -> date | None:
    moment = from_stamp(value) if isinstance(value, str) else None
    return None if moment is None else day_of(moment, calendar)
