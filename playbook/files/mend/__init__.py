"""Mending the slips in a playbook's text that can only mean one thing. Every other letter stays as it is.

A mend counts only when the text is read again and says what was meant: the same table but for the mended place,
with fewer errors and none of a new kind; or, where it was no TOML before, the parser gets past the place.
"""

from collections.abc import Container, Generator, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from playbook.core.check import check
from playbook.core.playbook import Playbook
from playbook.core.problems import Problem, Where
from playbook.files.mend.broken import broken_changes
from playbook.files.mend.change import Change, Edit, Mend, Table, edited, edits_of, place_of, shifted
from playbook.files.mend.layout import Layout
from playbook.files.mend.slipped import slipped_changes
from playbook.files.read import parse, read_playbook

LONGEST = 250_000
"""Letters of a text that is mended: more than a thousand steps."""

ROOM = 5_000_000
"""Letters that are read in search of mends; a whole reading counts as eight of the parser's."""


class Mended(NamedTuple):
    """A text and what was mended in it, by line."""

    text: str
    mends: tuple[Mend, ...]


class _State(NamedTuple):
    """A text as it is read."""

    text: str
    table: Table
    playbook: Playbook | None
    """None when the text is no TOML."""
    problems: Sequence[Problem]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level == "error"]


def mend(text: str, default_id: str) -> Mended:
    """The text with its certain slips mended; the same text when there are none, or it is too large to be sure."""
    mender = _Mender(default_id)
    state = mender.read(text) if len(text) <= LONGEST else None
    marks: list[tuple[Change, int]] = []
    while state is not None and state.errors:
        step = next(mender.steps(state), None)
        if step is None:
            break
        changes, after = step
        edits = edits_of(changes)
        marks = [(change, shifted(at, edits)) for change, at in marks]
        marks += [(change, place_of(change, edits)) for change in changes]
        state = after
    if state is None or not marks:
        return Mended(text, ())
    layout = Layout(state.text)
    mends = [Mend(change.code, layout.line(at), change.args) for change, at in marks]
    return Mended(state.text, tuple(sorted(mends, key=lambda mend: mend.line)))


class _Mender:
    """Reads texts as long as there is room for it."""

    def __init__(self, default_id: str) -> None:
        self._default_id = default_id
        self._room = ROOM

    def read(self, text: str) -> _State | None:
        """The text as it is read; None when there is no room left."""
        self._room -= len(text)
        if self._room <= 0:
            return None
        table = parse(text)
        if isinstance(table, Problem):
            return _State(text, {}, None, [table])
        self._room -= 7 * len(text)
        reading = read_playbook(text, self._default_id)
        problems = [*reading.problems, *(check(reading.playbook) if reading.playbook else ())]
        return _State(text, table, reading.playbook, problems)

    def steps(self, state: _State) -> Iterator[tuple[Sequence[Change], _State]]:
        """Changes that hold, and the text after them; of a kind all at once, else as many as hold."""
        if state.playbook is None:
            for changes in broken_changes(state.text, state.problems[0]):
                after = yield from self._step(state, changes)
                if after is not None and after.playbook is None:
                    yield from self._step(state, _passed(changes, _stop(after)))
            return
        for changes in slipped_changes(state.text, state.table, state.playbook, state.errors):
            yield from self._step(state, changes)
            for change in changes:
                yield from self._step(state, [change])

    def _step(
        self, state: _State, changes: Sequence[Change]
    ) -> Generator[tuple[Sequence[Change], _State], None, _State | None]:
        """These changes if they hold, and in any case the text after them."""
        edits = edits_of(changes)
        are_apart = all(one.end <= other.start for one, other in pairwise(edits))
        after = self.read(edited(state.text, edits)) if edits and are_apart and self._room > 0 else None
        if after is not None and _is_better(state, after, changes, edits):
            yield changes, after
        return after


def _passed(changes: Sequence[Change], stop: int) -> list[Change]:
    """Those of these changes, which are in order, that the parser got past before it stopped here."""
    passed: list[Change] = []
    grown = 0
    for change in changes:
        grown += sum(len(edit.new) - (edit.end - edit.start) for edit in change.edits)
        if change.edits[-1].end + grown > stop:
            break
        passed.append(change)
    return passed


def _is_better(before: _State, after: _State, changes: Sequence[Change], edits: Sequence[Edit]) -> bool:
    if before.playbook is None:
        return after.playbook is not None or _stop(after) > _least(before, edits)
    made = {change.made for change in changes if change.made}
    known = {problem.code for problem in before.errors}
    errors = [problem for problem in after.errors if not _is_inside(problem.where, made)]
    is_clear = _count(errors) < _count(before.errors) and {problem.code for problem in errors} <= known
    return is_clear and after.playbook is not None and after.table == _meant(before, changes)


def _is_inside(where: Where, made: Container[Where]) -> bool:
    return any(where[:n] in made for n in range(1, len(where) + 1))


def _count(errors: Sequence[Problem]) -> int:
    """How many errors there are, with those that are only counted."""
    return sum(
        int(str(problem.args["count"])) if problem.code == "more-problems" else 1 for problem in errors
    )


def _stop(state: _State) -> int:
    """The letter at which the parser stopped."""
    args = state.problems[0].args
    return Layout(state.text).offset(int(str(args.get("line", 1))), int(str(args.get("column", 1))))


def _least(before: _State, edits: Sequence[Edit]) -> int:
    """The letter that the parser must have got past: the place where it stopped, and the last edit before."""
    last = edits[-1]
    return max(shifted(_stop(before), edits), shifted(last.start, edits[:-1]) + len(last.new) - 1)


def _meant(before: _State, changes: Sequence[Change]) -> Table | None:
    """The table that these changes are meant to make."""
    table = parse(before.text)
    if isinstance(table, Problem):
        return None
    for change in reversed(changes):  # what lies deeper is told later
        if change.meant is not None:
            change.meant(table)
    return table
