"""Slips in a text that is TOML: what the problems of its table say, mended where only one thing can be meant."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from playbook.core.check.names import ID, Names
from playbook.core.playbook import RESERVED, Playbook, Step
from playbook.core.problems import Problem, Where
from playbook.core.text import slug
from playbook.files.locate import NOWHERE, Place, locate
from playbook.files.mend.broken import FLAG_KEYS, FLAGS, HEADER, doubled
from playbook.files.mend.change import Change, Edit, Meant, Table
from playbook.files.mend.layout import Layout
from playbook.files.slips import has_key

_LISTS = frozenset({"needs", "holds", "tags"})
_OWNERS = {"step-key-below": "step", "section-key-below": "section", "playbook-key-below": ""}
_FIRST_KEY = re.compile(r"[ \t]*(?=[\w\"'])")


def slipped_changes(
    text: str, table: Table, playbook: Playbook, problems: Sequence[Problem]
) -> Iterator[list[Change]]:
    """What may mend these problems: lists of changes of one kind each, to be tried one after the other."""
    mender = _Mender(text, table, playbook, problems)
    menders: tuple[tuple[Callable[[Problem], Change | None], frozenset[str]], ...] = (
        (mender.brackets, frozenset({"single-brackets"})),
        (mender.move, frozenset(_OWNERS)),
        (mender.id, frozenset({"key-missing"})),
        (mender.rule, frozenset({"rule-spaces"})),
        (mender.list, frozenset({"wants-list"})),
        (mender.flag, frozenset({"wants-flag"})),
    )
    for mend, codes in menders:
        found = [mend(problem) for problem in problems if problem.code in codes]
        if changes := [change for change in found if change is not None]:
            yield changes


class _Mender:
    """One text with the places of its problems."""

    def __init__(self, text: str, table: Table, playbook: Playbook, problems: Sequence[Problem]) -> None:
        self.text, self.table, self.playbook = text, table, playbook
        self.layout = Layout(text)
        self.places = locate(text, {place for problem in problems for place in _places_of(problem)})
        self.taken = {*RESERVED, *(name for name, _ in Names(playbook).ids())}

    def offset(self, where: Where) -> int:
        """The letter a path begins at; -1 when unknown."""
        place: Place = self.places.get(where, NOWHERE)
        if place.line is None or place.column is None:
            return -1
        return self.layout.offset(place.line, place.column)

    def brackets(self, problem: Problem) -> Change | None:
        """A heading with too few brackets."""
        offset = self.offset(problem.where)
        match = HEADER.match(self.text, offset) if offset >= 0 else None
        if match is None or match[2] != problem.args.get("header") or len(match[1]) != 1:
            return None
        return doubled(offset, match)._replace(meant=partial(_listed, where=problem.where))

    def id(self, problem: Problem) -> Change | None:
        """A step or field without an id, but with a title or label to make it of."""
        where = problem.where
        if problem.args.get("key") != "id" or len(where) < 2 or where[-2] not in ("step", "field"):
            return None
        entry, offset = dig(self.table, where), self.offset(where)
        name = entry.get("title" if where[-2] == "step" else "label") if isinstance(entry, dict) else None
        if offset < 0 or not isinstance(name, str) or not name.strip() or "id" in entry:
            return None
        new_id = self._free_id(name, str(where[-2]))
        edit = self._first_key(offset, f'id = "{new_id}"')
        if edit is None:
            return None
        self.taken.add(new_id)
        meant = partial(_put, where=(*where, "id"), value=new_id)
        return Change("id-added", edit.start, (edit,), {"id": new_id}, meant)

    def _free_id(self, name: str, kind: str) -> str:
        stem = slug(name)
        stem = stem if stem[:1].isalpha() else f"{kind}-{stem}".rstrip("-")
        tries = (stem, *(f"{stem}-{n}" for n in range(2, len(self.taken) + 3)))
        return next(name for name in tries if name not in self.taken)

    def _first_key(self, offset: int, pair: str) -> Edit | None:
        """A key as the first one below the heading, or inside the braces, that begin at a letter."""
        text, layout = self.text, self.layout
        if text[offset] == "{":
            is_tight = not text[offset + 1 : offset + 2].isspace()
            return Edit(offset + 1, offset + 1, f"{pair}, " if is_tight else f" {pair},")
        if text[offset] != "[":
            return None
        end = layout.statement_end(offset)
        if not text.endswith("\n", 0, end):
            return Edit(end, end, layout.eol + pair)
        match = _FIRST_KEY.match(text, end)
        indent = match[0] if match else text[layout.line_start(offset) : offset]
        return Edit(end, end, indent + pair + layout.eol)

    def move(self, problem: Problem) -> Change | None:
        """A key below the wrong heading, whose right one is not in doubt."""
        where, key = problem.where, str(problem.args.get("key"))
        kind = _OWNERS[problem.code]
        owner = where[: where.index(kind) + 2] if kind else ()
        if (not kind and has_key(Step, key)) or key in (dig(self.table, owner) or {key: None}):
            return None
        begin = self.offset(where)
        line_start = self.layout.line_start(begin) if begin >= 0 else -1
        home = self.offset(owner) if owner else None
        is_pair = re.compile(rf"{re.escape(key)}[ \t]*=").match(self.text, begin) if begin >= 0 else None
        if (
            not is_pair
            or self.text[line_start:begin].strip(" \t")
            or not self._is_statement(where[:-1], begin)
        ):
            return None
        if home is not None and (home < 0 or self.text[home] != "["):
            return None
        return self._moved(where, owner, line_start, self.layout.body_end(home))

    def _is_statement(self, table: Where, begin: int) -> bool:
        """Whether a key stands below its table's heading, not inside braces."""
        home = self.offset(table)
        return (
            0 <= home < begin
            and self.text[home] == "["
            and any(start == begin for start, _ in self.layout.statements(home, begin + 1))
        )

    def _moved(self, where: Where, owner: Where, start: int, to: int) -> Change | None:
        layout = self.layout
        end = layout.statement_end(start)
        block = self.text[start:end]
        if to >= start:
            return None
        if not block.endswith("\n"):  # the last line of the file keeps no line end, whichever it is
            block += layout.eol
            start -= len(layout.eol)
        edits = (Edit(to, to, block), Edit(start, end, "", to))
        meant = partial(_carry, where=where, owner=owner)
        return Change("key-moved", to, edits, {"key": where[-1]}, meant, (*owner, where[-1]))

    def rule(self, problem: Problem) -> Change | None:
        """A date rule that lacks nothing but its blanks."""
        text, meant = str(problem.args.get("text")), str(problem.args.get("meant"))
        if text.replace(" ", "") != meant.replace(" ", ""):
            return None
        return self._value(
            problem.where, text, f"{{0}}{meant}{{0}}", meant, Change("rule", 0, (), {"rule": meant})
        )

    def list(self, problem: Problem) -> Change | None:
        """One id where a list of ids is wanted."""
        value = dig(self.table, problem.where)
        if problem.where[-1] not in _LISTS or not isinstance(value, str) or not ID.fullmatch(value):
            return None
        change = Change("list", 0, (), {"key": problem.where[-1]})
        return self._value(problem.where, value, f"[{{0}}{value}{{0}}]", [value], change)

    def flag(self, problem: Problem) -> Change | None:
        """True or false in quotes."""
        value = dig(self.table, problem.where)
        flag = FLAGS.get(value, value) if isinstance(value, str) else ""
        if problem.where[-1] not in FLAG_KEYS or flag not in ("true", "false"):
            return None
        change = Change("flag", 0, (), {"flag": flag})
        return self._value(problem.where, str(value), flag, flag == "true", change)

    def _value(self, where: Where, old: str, new: str, meant: Any, change: Change) -> Change | None:
        """The change with a value put in place of a text in quotes; `{0}` in the new one is its quote."""
        offset = self.offset(where)
        span = self.layout.value_text(offset) if offset >= 0 else None
        if span is None or self.text[span[0] + 1 : span[1] - 1] != old:
            return None
        edit = Edit(*span, new.format(self.text[span[0]]))
        does: Meant = partial(_put, where=where, value=meant)
        return change._replace(at=span[0], edits=(edit,), meant=does)


def _places_of(problem: Problem) -> Iterator[Where]:
    """The paths whose places are needed to mend a problem."""
    yield problem.where
    if problem.code in _OWNERS:
        yield problem.where[:-1]
        kind = _OWNERS[problem.code]
        if kind in problem.where:
            yield problem.where[: problem.where.index(kind) + 2]


# What the edits mean for the table that was read.


def dig(table: Any, where: Where) -> Any:
    """What stands at a path; None where it leads nowhere."""
    for part in where:
        is_inside = part in table if isinstance(table, Mapping) else False
        if isinstance(table, list) and isinstance(part, int):
            is_inside = part < len(table)
        if not is_inside:
            return None
        table = table[part]
    return table


def _put(table: Table, where: Where, value: Any) -> None:
    dig(table, where[:-1])[where[-1]] = value


def _listed(table: Table, where: Where) -> None:
    _put(table, where, [dig(table, where)])


def _carry(table: Table, where: Where, owner: Where) -> None:
    dig(table, owner)[where[-1]] = dig(table, where[:-1]).pop(where[-1])
