"""Changes to a text: what is put where, what is told of it, and what it must mean afterwards."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from playbook.core.problems import Where

Table = dict[str, Any]
Meant = Callable[[Table], None]


class Edit(NamedTuple):
    """Letters from `start` to `end` that give way to others."""

    start: int
    end: int
    new: str
    to: int = -1
    """Where these letters go, when they are taken out to stand elsewhere."""


class Change(NamedTuple):
    """One slip and the edits that mend it."""

    code: str
    at: int
    """The letter of the old text at which the mended place begins."""
    edits: tuple[Edit, ...]
    args: Mapping[str, object]
    meant: Meant | None = None
    """Does to the table that was read what the edits do to its text; None where the text was no TOML before."""
    made: Where = ()
    """Path of a key that is read only now, with faults of its own that nobody could see before."""


class Mend(NamedTuple):
    """A slip that was mended; `words.mends` makes a sentence of its code."""

    code: str
    line: int
    """In the text as it is now."""
    args: Mapping[str, object]


def edits_of(changes: Iterable[Change]) -> list[Edit]:
    """The edits of these changes in the order of the text."""
    return sorted((edit for change in changes for edit in change.edits), key=lambda edit: edit[:2])


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text after these edits, which are in order and apart from each other."""
    parts: list[str] = []
    end = 0
    for edit in edits:
        parts += (text[end : edit.start], edit.new)
        end = edit.end
    return "".join((*parts, text[end:]))


def shifted(offset: int, edits: Sequence[Edit]) -> int:
    """Where a letter of the old text stands after these edits."""
    moved = offset
    for edit in edits:
        if edit.to >= 0 and edit.start <= offset < edit.end:
            return edit.to + _growth(e for e in edits if e.end < edit.to) + offset - edit.start
        if edit.end <= offset:
            moved += _growth([edit])
    return moved


def place_of(change: Change, edits: Sequence[Edit]) -> int:
    """Where what a change made stands after these edits, of which its own are some."""
    return change.at + _growth(edits[: edits.index(change.edits[0])])


def _growth(edits: Iterable[Edit]) -> int:
    return sum(len(edit.new) - (edit.end - edit.start) for edit in edits)
