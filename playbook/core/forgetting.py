"""Taking one fact about a person out of what was recorded (docs/adr/0019-a-fact-can-be-deleted-for-good.md).

What a fact said is its text and its own words among its values, as they were logged and as they were ever amended.
It goes from the client's operations by these rules:

- The entry keeps its number and kind. Amendments of it keep its number, closings how it ended; no reason stays.
- **A whole value**: where an answer, a line of a list, a saved answer, the card, a note or a reason says that and
  nothing else, it goes, however short it is. Case, accents, blanks and a full stop at the end do not count.
- **Within a longer text**, or in an entry of another kind, it goes if it is of two words and `LONG` letters at least;
  `CUT` stands in its place. So a fact "tea" leaves every other "tea" alone.
- Words of a playbook (the title of a step, a choice, a default) are nobody's secret and stay, but for the answers
  that the fact was logged from.
- Other facts stay as they are: each is deleted by its own number. So do names, contacts, days and settings.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playbook.core.calendar import from_stamp
from playbook.core.client import TEXT_KEYS
from playbook.core.entry_kinds import ASLEEP, KINDS
from playbook.core.ledger import as_text, without_day
from playbook.core.operations import Operation, table, tables, text
from playbook.core.playbook import Playbook
from playbook.core.text import folded, line

LONG = 12
"""Letters from which on words are looked for within a longer text."""

CUT = "[…]"
"""What stands where words were taken out."""

_OF_ENTRY = frozenset({
    *(field.id for field in KINDS["fact"]), ASLEEP, "choice", "on", "owner", "n", "kind", "values", "old", "reason",
})  # fmt: skip
"""What is recorded of an entry beside words of its own: days, choices, names, and why it was changed."""

_STAYING = frozenset({"contact-set", "assign", "dates", "sync", "calendar", "undo", "forget"})
"""Kinds of operation that hold names, days and ids only."""

_PROSE = ("text", "reason", "because", "title", "card")
_VALUES = ("answers", "saves", "old", "value")

_END = ".,;:!?…"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact came from when a step logged it."""

    run: str = ""
    """The run; "" when it was logged by hand."""
    fields: frozenset[str] = frozenset()
    """Fields of the run that its words are answers to."""
    saved: frozenset[str] = frozenset()
    """Names under which the client keeps those answers."""


def entry_logged(operations: Iterable[Operation], number: int) -> tuple[Operation, Mapping[str, Any]] | None:
    """The operation that made an entry, in force or not, and what it says of it."""
    for op in operations:
        for data in tables(op.body.get("entries")):
            if data.get("n") == number:
                return op, data
    return None


def is_forgotten(operations: Iterable[Operation], number: int) -> bool:
    """Whether an entry was deleted for good before."""
    return any(op.kind == "forget" and op.body.get("n") == number for op in operations)


def source_of(logged: Operation, playbooks: Iterable[Playbook]) -> Source:
    """The fields that a step's facts are made of; `playbooks` are the copies that its run ever had."""
    names: set[str] = set()
    saved: set[str] = set()
    for playbook in playbooks if logged.step else ():
        logs = [log for step in playbook.steps() if step.id == logged.step for log in step.logs]
        for log in logs:
            if log.kind == "fact":
                of_values = (said for name, said in log.values.items() if name not in _OF_ENTRY)
                names |= {log.text, log.each, *of_values} - {""}
        saved |= {field.save_as for field in playbook.all_fields() if field.id in names and field.save_as}
    return Source(logged.run, frozenset(names), frozenset(saved))


def words_of_playbooks(playbooks: Iterable[Playbook]) -> frozenset[str]:
    """What playbooks say themselves, as it is compared."""
    found: set[str] = set()
    for playbook in playbooks:
        found |= {step.title for step in playbook.steps()}
        for field in playbook.all_fields():
            found |= {*field.choices, *field.choices.values()}
            found |= set(_strings(list(field.default) if isinstance(field.default, tuple) else field.default))
    return frozenset(_key(said) for said in found)


def words_of_fact(operations: Iterable[Operation], number: int) -> frozenset[str]:
    """All that a fact ever said."""
    found: set[str] = set()
    for op in operations:
        said = [data for data in tables(op.body.get("entries")) if data.get("n") == number]
        if op.kind == "amend" and op.body.get("n") == number:
            said += [op.body, table(op.body.get("old"))]
        for data in said:
            for name, value in {**table(data.get("values")), **data}.items():
                if name not in _OF_ENTRY:
                    found |= {*_strings(value), *([as_text(value)] if isinstance(value, list) else [])}
    return frozenset(words for words in found if _key(words))


def without_fact(
    operations: Sequence[Operation], number: int, own: frozenset[str] = frozenset(), source: Source = Source()
) -> dict[int, dict[str, Any]]:
    """The bodies that change when a fact goes, by the `seq` of each operation.

    `operations` are all of the client's, those of its runs among them; `own` is what `words_of_playbooks` gives.
    """
    facts = {
        data.get("n") for op in operations for data in tables(op.body.get("entries")) if data.get("kind") == "fact"
    }  # fmt: skip
    scissors = _Scissors(number, frozenset(facts), words_of_fact(operations, number), own, source)
    cut = {op.seq: scissors.body(op) for op in operations}
    return {op.seq: cut[op.seq] for op in operations if cut[op.seq] != op.body}


class _Scissors:
    """Cuts a fact out of the body of an operation."""

    def __init__(
        self, number: int, facts: frozenset[Any], words: frozenset[str], own: frozenset[str], source: Source
    ) -> None:
        self._number, self._facts, self._source = number, facts, source
        self._every = frozenset(map(_key, words))
        self._whole = frozenset(said for said in self._every - own if from_stamp(said) is None)
        long = {said for said in words if _is_long(said) and _key(said) not in own}
        self._within = [_pattern(said) for said in sorted(long, key=len, reverse=True)]

    def body(self, op: Operation) -> dict[str, Any]:
        """The body without the fact."""
        body = dict(op.body)
        if op.kind in _STAYING or (op.kind == "client-set" and _is_setting(body)):
            return body
        if op.kind == "amend":
            return self._amended(body)
        if op.kind == "close" and any(data.get("n") == self._number for data in tables(body.get("closed"))):
            body.pop("reason", None)
        for name in _PROSE:
            if isinstance(body.get(name), str):
                body[name] = self._prose(body[name])
        for name in _VALUES:
            if name in body:
                body[name] = self._kept(op, name, body[name])
        if reason := text(table(body.get("override")).get("reason")):
            body["override"] = {**body["override"], "reason": self._prose(reason)}
        if isinstance(entries := body.get("entries"), list):
            body["entries"] = [self._entry(data) if isinstance(data, Mapping) else data for data in entries]
        return body

    def _amended(self, body: dict[str, Any]) -> dict[str, Any]:
        if body.get("n") == self._number:
            return {"n": self._number}
        return body if body.get("n") in self._facts else self._cut(body)

    def _entry(self, data: Mapping[str, Any]) -> Any:
        if data.get("n") == self._number:
            return {"n": self._number, "kind": "fact"}
        return data if data.get("n") in self._facts else self._cut(data)

    def _kept(self, op: Operation, name: str, value: Any) -> Any:
        """Answers by field, saved answers by name, or one value: what says the fact is no longer known."""
        if op.kind == "client-set":
            return self._value(value, is_source=text(op.body.get("key")) in self._source.saved)
        if not isinstance(value, Mapping):
            return self._value(value)
        of_run = self._source.fields if op.run == self._source.run else frozenset()
        origins = self._source.saved if name == "saves" else of_run
        return {key: self._value(said, is_source=key in origins) for key, said in value.items()}

    def _value(self, value: Any, *, is_source: bool = False) -> Any:
        """What is left of a value; None when it is the fact."""
        if isinstance(value, list):
            if self._is_fact(as_text(value), is_source=is_source):
                return None
            left = [cut for each in value if (cut := self._value(each, is_source=is_source)) is not None]
            return left or (None if value else value)
        if isinstance(value, Mapping) and isinstance(value.get("text"), str):
            left = self._value(value["text"], is_source=is_source)
            return None if left is None else {**value, "text": left}
        if isinstance(value, str):
            return None if self._is_fact(value, is_source=is_source) else self._cut(value)
        return None if is_source and self._is_fact(as_text(value), is_source=True) else value

    def _is_fact(self, said: str, *, is_source: bool) -> bool:
        words = self._every if is_source else self._whole
        return _key(said) in words or _key(without_day(said)) in words

    def _prose(self, said: str) -> str:
        return CUT if _key(said) in self._whole else str(self._cut(said))

    def _cut(self, value: Any) -> Any:
        """The same with long words of the fact cut out of every text."""
        if isinstance(value, str):
            for pattern in self._within:
                value = pattern.sub(CUT, value)
            return value
        if isinstance(value, list):
            return [self._cut(each) for each in value]
        return {key: self._cut(each) for key, each in value.items()} if isinstance(value, Mapping) else value


def facts_saying_the_same(operations: Sequence[Operation], number: int) -> list[int]:
    """Numbers of other facts that hold these words, in force or not, and keep them."""
    words = frozenset(map(_key, words_of_fact(operations, number)))
    found = {
        data["n"] for op in operations for data in tables(op.body.get("entries"))
        if data.get("kind") == "fact" and data.get("n") != number and isinstance(data.get("n"), int)
    }  # fmt: skip
    return sorted(n for n in found if words & set(map(_key, words_of_fact(operations, n))))


def _is_setting(body: Mapping[str, Any]) -> bool:
    return body.get("key") in TEXT_KEYS and body.get("key") != "card"


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, Mapping):
        yield from _strings(value.get("text"))


def _key(said: str) -> str:
    """Words as they are compared."""
    return folded(line(said)).strip(_END + " ")


def _is_long(said: str) -> bool:
    key = _key(said)
    return len(key) >= LONG and " " in key


def _pattern(said: str) -> re.Pattern[str]:
    words = [re.escape(word) for word in said.strip(_END + " \n\t").split()]
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", re.IGNORECASE)
