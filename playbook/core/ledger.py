"""The ledger entries that ticking a step makes and closes (PRODUCT.md §3: `channel`, `logs`, `closes`)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.client import Entry
from playbook.core.entry_kinds import OUTCOMES
from playbook.core.playbook import Field, Log, Playbook, Step
from playbook.core.problems import Refusal
from playbook.core.schedule import day_of

_DAY = len("2026-11-27")
_DAY_AT_END = re.compile(r"(.*[^\s,;:])[,;:]?\s+(\d{4}-\d{2}-\d{2})")


def entries_for(
    step: Step, playbook: Playbook, answer: Callable[[str], Any], channel: str, at: str
) -> list[dict[str, Any]]:
    """The contact and the logged entries of one tick, without their numbers. What says nothing is not logged."""
    entries: list[dict[str, Any]] = []
    if channel:
        values = {"channel": channel, "direction": "out", "topic": step.topic or playbook.topic}
        entries.append(
            _entry("contact", step.title, at, {key: value for key, value in values.items() if value})
        )
    fields = {field.id: field for field in playbook.all_fields()}
    for log in step.logs:
        entries += _logged(log, step, fields, answer, at)
    return entries


def entries_later(
    step: Step, playbook: Playbook, before: Callable[[str], Any], after: Callable[[str], Any],
    logged: Sequence[Entry], at: str,
) -> list[dict[str, Any]]:  # fmt: skip
    """The entries that an answer to a ticked step makes: what its `logs` say only since this answer.

    A line that was changed is the same line put better, so where something that was said is gone, nothing new is
    made of it. `logged` are the entries the step made so far: what stands there is not made twice.
    """
    entries: list[dict[str, Any]] = []
    fields = {field.id: field for field in playbook.all_fields()}
    there = {(entry.kind, entry.text) for entry in logged}
    for log in step.logs:
        was = [_key(entry) for entry in _logged(log, step, fields, before, at)]
        now = list(_logged(log, step, fields, after, at))
        if not {*was} - {_key(entry) for entry in now}:
            entries += [entry for entry in now if _key(entry) not in {*was, *there}]
    return entries


def _key(entry: Mapping[str, Any]) -> tuple[str, str]:
    return str(entry["kind"]), str(entry["text"])


def _entry(kind: str, text: str, on: str, values: Mapping[str, Any], owner: str = "us") -> dict[str, Any]:
    return {"kind": kind, "on": on, "text": text, "owner": owner, "values": dict(values)}


def _logged(
    log: Log, step: Step, fields: Mapping[str, Field], answer: Callable[[str], Any], at: str
) -> Iterator[dict[str, Any]]:
    def resolved(text: str) -> Any:
        return answer(text) if text in fields else text

    values = {name: resolved(text) for name, text in log.values.items()}
    values = {name: value for name, value in values.items() if value not in (None, "", [])}
    on, owner = str(values.pop("on", at)), str(values.pop("owner", "us"))
    if log.each:
        default = fields[log.each].default if log.each in fields else None
        nothing = default if isinstance(default, tuple) else (default,)
        for item in answer(log.each) or ():
            if item not in nothing:  # "nothing this week" is no promise
                yield _line(log, item, on, values, owner)
        return
    text = resolved(log.text) if log.text else step.title
    asked = [name for name in (log.text, *log.values.values()) if name in fields]
    if text in (None, "", []) or (asked and all(answer(name) in (None, "", []) for name in asked)):
        return
    yield _entry(log.kind, as_text(text), on, values, owner)


def without_day(text: str) -> str:
    """A line without the date at its end."""
    match = _DAY_AT_END.fullmatch(text)
    return match[1] if match and from_stamp(match[2]) else text


def _line(log: Log, item: Any, on: str, values: Mapping[str, Any], owner: str) -> dict[str, Any]:
    """One line of a list field as an entry; a date at its end is the entry's day."""
    text = item["text"] if isinstance(item, Mapping) else str(item)
    if (rest := without_day(text)) != text:
        text, on = rest, text[-_DAY:]
    more = {"choice": item["choice"]} if isinstance(item, Mapping) else {}
    return _entry(log.kind, text, on, {**values, **more}, owner)


def as_text(value: Any) -> str:
    """An answer as the text of an entry."""
    if isinstance(value, list):
        return "; ".join(item["text"] if isinstance(item, Mapping) else str(item) for item in value)
    if isinstance(value, Mapping):
        return f"{value.get('amount', '')} {value.get('currency', '')}".strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def default_outcome(entry: Entry, at: str, calendar: Calendar, kept_on: date | None = None) -> str:
    """How an entry most likely ended; "" where the dates do not say, and it stays open until somebody does.

    On its day: on time. Before its day it is still ahead, and kept early only when `kept_on`, the day that
    what closes it is for (the step's due day), is that very day. After its day nobody but the PM knows whether
    it was kept in time and is written down late, or was missed. Other kinds only the client can tell.
    """
    outcome = outcome_by_date(entry, at, calendar)
    if outcome == "early":
        return outcome if kept_on == _promised_day(entry, calendar) else ""
    return outcome if outcome == "on-time" else ""


def outcome_by_date(entry: Entry, at: str, calendar: Calendar) -> str:
    """How an entry ended if it was kept at that moment; "" for those that have no day to keep."""
    promised, done = _promised_day(entry, calendar), from_stamp(at)
    if promised is None or done is None:
        return ""
    day = day_of(done, calendar)
    return "early" if day < promised else "on-time" if day == promised else "missed"


def is_ahead(entry: Entry, at: str, calendar: Calendar) -> bool:
    """Whether the day of a promise or next word is still to come."""
    return outcome_by_date(entry, at, calendar) == "early"


def _promised_day(entry: Entry, calendar: Calendar) -> date | None:
    promised = from_stamp(entry.on) if entry.kind in ("promise", "next-word") else None
    return None if promised is None else day_of(promised, calendar)


def heard(
    new: Sequence[Mapping[str, Any]], words: Iterable[Entry], at: str, calendar: Calendar
) -> list[dict[str, Any]]:
    """Next words that a contact of ours makes good: those for its day or before, ended as the dates say.

    `new` are the entries about to be logged, `words` the client's open next words.
    """
    days = [
        calendar.day_of_stamp(str(entry["on"]))
        for entry in new
        if entry["kind"] == "contact" and entry["values"].get("direction", "out") == "out"
    ]
    if not days:
        return []
    return [
        {"n": word.n, "outcome": outcome}
        for word in words
        if word.kind == "next-word" and word.owner == "us" and word.on != word.at
        and calendar.day_of_stamp(word.on) <= max(days)
        and (outcome := outcome_by_date(word, at, calendar))
    ]  # fmt: skip


def closings(
    entries: Sequence[Entry], outcomes: Mapping[int, str] | None, at: str, calendar: Calendar,
    due: date | None = None,
) -> list[dict[str, Any]] | Refusal:  # fmt: skip
    """What a tick records of the open entries it closes: those with an outcome, given or from the dates.

    `due` is the day the ticked step is for.
    """
    closed: list[dict[str, Any]] = []
    for entry in entries:
        default = default_outcome(entry, at, calendar, due)
        outcome = default if outcomes is None else outcomes.get(entry.n, default)
        if outcome and outcome not in OUTCOMES.get(entry.kind, ()):
            known = list(OUTCOMES.get(entry.kind, ()))
            return Refusal("outcome", {"text": outcome, "entry": entry.text, "known": known})
        if outcome:
            closed.append({"n": entry.n, "outcome": outcome})
    return closed
