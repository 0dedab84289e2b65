"""What the columns of a table for starting runs mean, by the names in its header."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from playbook.core.nearest import nearest
from playbook.core.playbook import Playbook
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.workspace.table import Table

CLIENT, START, TARGET, ROLE = "client", "start", "target", "role:"
"""Columns that are no field; `role:` goes before the id of a role."""


class Columns(NamedTuple):
    """The meaning of each column, and what is wrong with any."""

    meanings: tuple[str, ...]
    """`client`, `start`, `target`, a field's id, or `role:` with a role's id; "" for a column without content."""
    wrong: tuple[Refusal, ...]


def columns_of(table: Table, playbook: Playbook) -> Columns:
    """What the columns mean. A name is an id, or a label if only one thing has it; case is no matter."""
    names = _Names(playbook)
    meanings: list[str] = []
    wrong: list[Refusal] = []
    first: dict[str, str] = {}
    for place, header in enumerate(table.header):
        name = line(header)
        if not name and not any(row.cells[place] for row in table.rows):
            meanings.append("")
            continue
        meaning = names.meaning(name) if name else Refusal("column-blank", {"number": place + 1})
        if isinstance(meaning, Refusal):
            wrong.append(meaning)
        elif meaning in first:
            wrong.append(Refusal("column-twice", {"column": _short(name), "other": first[meaning]}))
        else:
            first[meaning] = _short(name)
        meanings.append("" if isinstance(meaning, Refusal) else meaning)
    if CLIENT not in first:
        wrong.append(Refusal("column-client"))
    if TARGET in first and not playbook.target_label:
        wrong.append(Refusal("target-unused", {"playbook": playbook.title}))
    return Columns(tuple(meanings), tuple(wrong))


def _short(name: str) -> str:
    return name if len(name) <= 60 else name[:59] + "…"


class _Names:
    """Every name that a column may have, the certain ones first."""

    def __init__(self, playbook: Playbook) -> None:
        fields = {field.id: field.id for field in playbook.fields}
        roles = {role: ROLE + role for role in playbook.roles}
        self._known = [CLIENT, START, *([TARGET] if playbook.target_label else []), *fields, *roles.values()]
        self._tiers = [
            _by_name([(name, name) for name in (CLIENT, START, TARGET, *fields, *roles.values())]),
            _by_name(roles.items()),
            _by_name(_labels(playbook)),
        ]

    def meaning(self, name: str) -> str | Refusal:
        folded = name.casefold()
        for tier in self._tiers:
            found = tier.get(folded, ())
            if len(found) == 1:
                return found[0]
            if found:
                return Refusal("column-many", {"column": _short(name), "names": list(found)})
        near = nearest(folded, dict.fromkeys(known for tier in self._tiers for known in tier))
        return Refusal("column", {"column": _short(name), "known": self._known, "near": near})


def _labels(playbook: Playbook) -> Iterator[tuple[str, str]]:
    yield playbook.start_label, START
    yield playbook.target_label, TARGET
    yield from ((field.label, field.id) for field in playbook.fields)
    yield from ((label, ROLE + role) for role, label in playbook.roles.items())


def _by_name(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """What each name stands for, without regard to case."""
    found: dict[str, tuple[str, ...]] = {}
    for name, meaning in pairs:
        if folded := line(name).casefold():
            found[folded] = (*found.get(folded, ()), meaning)
    return found
