"""The ledger entries that ticking a step makes and closes (PRODUCT.md §3: `channel`, `logs`, `closes`)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


def default_outcome(entry: Entry, at: str, calendar: Calendar) -> str:
    """How an entry ended as far as the dates say; "" where only the client can tell."""
    if entry.kind not in ("promise", "next-word"):
        return ""
    promised, done = from_stamp(entry.on), from_stamp(at)
    if promised is None or done is None:
        return ""
    days = day_of(done, calendar), day_of(promised, calendar)
    return "early" if days[0] < days[1] else "on-time" if days[0] == days[1] else "missed"


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
        and (outcome := default_outcome(word, at, calendar))
    ]  # fmt: skip


def closings(
    entries: Sequence[Entry], outcomes: Mapping[int, str] | None, at: str, calendar: Calendar
) -> list[dict[str, Any]] | Refusal:
    """What a tick records of the open entries it closes: those with an outcome, given or from the dates."""
    closed: list[dict[str, Any]] = []
    for entry in entries:
        default = default_outcome(entry, at, calendar)
        outcome = default if outcomes is None else outcomes.get(entry.n, default)
        if outcome and outcome not in OUTCOMES.get(entry.kind, ()):
            known = list(OUTCOMES.get(entry.kind, ()))
            return Refusal("outcome", {"text": outcome, "entry": entry.text, "known": known})
        if outcome:
            closed.append({"n": entry.n, "outcome": outcome})
    return closed
