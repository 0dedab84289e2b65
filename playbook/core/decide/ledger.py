"""Decisions on a client's ledger: log an entry, say how one ended, change one, put one off."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from playbook.core.calendar import Calendar, as_stamp, from_stamp
from playbook.core.client import FORGOTTEN, Entry
from playbook.core.decide.answers import parse_answers
from playbook.core.decide.sheet import Typed
from playbook.core.entry_kinds import ASLEEP, KINDS, OUTCOMES, OWNERS, buffer_of, completed, is_open
from playbook.core.ledger import default_outcome
from playbook.core.nearest import nearest
from playbook.core.operations import Draft
from playbook.core.playbook import Field
from playbook.core.problems import Refusal
from playbook.core.text import line

LONGEST = 2000
"""Letters of an entry's text."""

ON = Field(id="on", label="on", kind="datetime")
"""The day or instant of an entry, as typed among its values."""

WITHOUT_TEXT = frozenset({"contact", "status-asked", "next-word"})
"""Kinds that say enough without words."""


def log(
    kind: str, text: str, typed: Mapping[str, Typed], *, at: str, calendar: Calendar, facts: Mapping[str, Any],
    owner: str = "us",
) -> dict[str, Any] | Refusal:  # fmt: skip
    """An entry of a kind, without its number. `typed` are its values and `on`, as typed; `facts` are the client's."""
    kind = line(kind).casefold()
    if kind not in KINDS:
        return Refusal("entry-kind", {"kind": kind[:40], "known": list(KINDS), "near": nearest(kind, KINDS)})
    if owner not in OWNERS:
        return Refusal("entry-owner", {"owner": line(owner)[:40], "known": list(OWNERS)})
    text = line(text)
    if len(text) > LONGEST:
        return Refusal("entry-long", {"most": LONGEST})
    if not text and kind not in WITHOUT_TEXT:
        return Refusal("entry-text")
    values = parse_answers(KINDS[kind], {key: said for key, said in typed.items() if key != "on"}, calendar)
    if isinstance(values, Refusal):
        return values
    on = _moment(typed.get("on", ""))
    if isinstance(on, Refusal):
        return on
    if kind == "next-word" and not on:
        return Refusal("entry-day")
    kept = {key: value for key, value in values.items() if value not in (None, "", [])}
    entry = {"kind": kind, "on": on or at, "text": text, "owner": owner, "values": kept}
    return completed(entry, at, calendar, buffer_of(facts))


def _moment(typed: Typed) -> str | Refusal:
    said = line(typed if isinstance(typed, str) else " ".join(typed))
    if said and from_stamp(said) is None:
        return Refusal("day-words", {"text": said[:40]})
    return said


def close(
    entry: Entry, outcome: str, *, at: str, calendar: Calendar, on: str = "", reason: str = ""
) -> Draft | Refusal:
    """How an entry ended; with "" as the dates say, or as it only can. A promise moved with notice gets its new day.

    One that is closed ahead of its day was kept early; after its day it has to be said.
    """
    known = OUTCOMES.get(entry.kind, ())
    if not is_open(entry):
        return Refusal("entry-closed", {"entry": entry.text or entry.kind})
    outcome = (
        line(outcome).casefold()
        or default_outcome(entry, at, calendar, calendar.day_of_stamp(entry.on))
        or (known[0] if len(known) == 1 else "")
    )
    if not outcome:
        return Refusal("outcome-unsaid", {"entry": entry.text or entry.kind, "known": list(known)})
    if outcome not in known:
        return Refusal("outcome", {"text": outcome, "entry": entry.text or entry.kind, "known": list(known)})
    day = _moment(on)
    if isinstance(day, Refusal):
        return day
    if day and outcome != "moved":
        return Refusal("entry-moved-only", {"entry": entry.text})
    if outcome == "moved" and not day:
        return Refusal("entry-new-day", {"entry": entry.text})
    body: dict[str, Any] = {"closed": [{"n": entry.n, "outcome": outcome}], "reason": line(reason)}
    if day:
        values = {key: value for key, value in entry.values.items() if key not in ("internal", ASLEEP)}
        body["entries"] = [
            {"kind": entry.kind, "on": day, "text": entry.text, "owner": entry.owner, "values": values}
        ]
    return Draft("close", "", {key: value for key, value in body.items() if value})


def reopen_entry(entry: Entry) -> Draft | Refusal:
    """Open an entry again that had ended."""
    if entry.outcome == FORGOTTEN:
        return Refusal("entry-forgotten", {"number": entry.n})
    if entry.outcome is None:
        return Refusal("entry-open", {"entry": entry.text or entry.kind})
    return Draft("close", "", {"closed": [{"n": entry.n, "outcome": "", "old": entry.outcome}]})


def amend(
    entry: Entry, typed: Mapping[str, Typed], *, calendar: Calendar, reason: str = ""
) -> Draft | Refusal:
    """Say an entry's text, day, owner or values anew; what is typed empty goes."""
    if entry.outcome == FORGOTTEN:
        return Refusal("entry-forgotten", {"number": entry.n})
    body: dict[str, Any] = {}
    given = dict(typed)
    for part in ("text", "owner"):
        if part in given:
            body[part] = line(str(given.pop(part)))
    if "owner" in body and body["owner"] not in OWNERS:
        return Refusal("entry-owner", {"owner": body["owner"][:40], "known": list(OWNERS)})
    if "on" in given:
        day = _moment(given.pop("on"))
        if isinstance(day, Refusal):
            return day
        body["on"] = day or entry.at
    values = parse_answers(KINDS.get(entry.kind, ()), given, calendar)
    if isinstance(values, Refusal):
        return values
    body = {part: said for part, said in body.items() if said and said != getattr(entry, part)}
    changed = {key: value for key, value in values.items() if value != entry.values.get(key)}
    if not body and not changed:
        return Refusal("entry-same")
    old: dict[str, Any] = {part: getattr(entry, part) for part in body}
    old |= {key: entry.values.get(key) for key in changed}
    more = {"values": changed} if changed else {}
    return Draft("amend", "", {"n": entry.n, **body, **more, "old": old, "reason": line(reason)})


def put_off(entry: Entry, until: date, *, today: date, reason: str = "") -> Draft | Refusal:
    """Leave an open entry out of sight until a day; what was promised for when stays as it was said."""
    if not is_open(entry):
        return Refusal("entry-closed", {"entry": entry.text or entry.kind})
    if until <= today:
        return Refusal("put-off-past", {"day": as_stamp(until)})
    old = {ASLEEP: entry.values.get(ASLEEP)}
    return Draft(
        "amend", "", {"n": entry.n, "values": {ASLEEP: as_stamp(until)}, "old": old, "reason": line(reason)}
    )


def numbers_of(body: Mapping[str, Any]) -> Sequence[int]:
    """The numbers of the entries that a change is about, beside those it makes."""
    closed = body.get("closed")
    found = (
        [data.get("n") for data in closed if isinstance(data, Mapping)] if isinstance(closed, list) else []
    )
    return [n for n in (*found, body.get("n")) if isinstance(n, int)]
