"""How the cells of a row share the width: what does not fit leaves from the right, words last."""

from collections.abc import Sequence
from typing import NamedTuple

from playbook.widgets.spans import Span, Spans, fit, width_of

GAP = 2
"""Blank cells between two columns."""
SHRUNK = 8
"""Cells a shrinking column keeps before it leaves."""


class Column(NamedTuple):
    """One column of a list."""

    width: int
    """Cells it takes; for a stretching one the least it takes."""
    stretch: int = 0
    """Its share of the room that is left."""
    right: bool = False
    """Text stands at its right edge."""
    shrinks: bool = False
    """It takes what a row's text needs, at most `width`, and leaves the rest to the stretching ones."""


def kept_columns(columns: Sequence[Column], room: int) -> tuple[int, ...]:
    """The columns that fit, by their place; the last one that does not stretch leaves first."""
    kept = list(range(len(columns)))
    while _least(columns, kept) > room:
        fixed = [place for place in kept if not columns[place].stretch]
        if not fixed or len(kept) == 1:
            break
        kept.remove(fixed[-1])
    return tuple(kept)


def _least(columns: Sequence[Column], kept: Sequence[int]) -> int:
    """Cells the columns cannot do without."""
    return sum(_narrowest(columns[place]) for place in kept) + GAP * (len(kept) - 1)


def _narrowest(column: Column) -> int:
    return min(column.width, SHRUNK) if column.shrinks else column.width


def laid_out(cells: Sequence[Spans], columns: Sequence[Column], kept: Sequence[int], room: int) -> Spans:
    """The cells of one row side by side in exactly `room` cells."""
    sizes = {place: _narrowest(columns[place]) for place in kept}
    spare = room - _least(columns, kept)
    for place in kept:
        if columns[place].shrinks:
            wanted = min(columns[place].width, width_of(_cell(cells, place)))
            spare += sizes[place] + (0 if wanted else GAP)
            sizes[place] = min(wanted, max(0, spare))
            spare -= sizes[place]
    _share(columns, sizes, spare)
    parts: list[Span] = []
    for place in (place for place in kept if sizes[place] > 0):
        if parts:
            parts.append(Span(" " * GAP))
        parts += fit(_cell(cells, place), sizes[place], right=columns[place].right)
    return fit(parts, room)


def _cell(cells: Sequence[Spans], place: int) -> Spans:
    return cells[place] if place < len(cells) else ()


def _share(columns: Sequence[Column], sizes: dict[int, int], spare: int) -> None:
    """Give the spare room to the stretching columns, or take from them what is missing."""
    stretching = [place for place in sizes if columns[place].stretch]
    whole = sum(columns[place].stretch for place in stretching)
    for number, place in enumerate(stretching):
        last = number == len(stretching) - 1
        part = spare if last else spare * columns[place].stretch // whole
        whole -= columns[place].stretch
        spare -= part
        sizes[place] = max(0, sizes[place] + part)
