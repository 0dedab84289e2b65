"""Rows as columns that line up on a terminal, also with wide letters and accents."""

import unicodedata
from collections.abc import Iterator, Sequence

WIDEST = 48
"""Cells up to which a column makes room; what is longer pushes the rest of its row."""

_SKIN = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
"""Colours that join the letter before them."""


def width(text: str) -> int:
    """How many cells a terminal gives the text."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Mc", "Cf") or letter in _SKIN:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def padded(text: str, cells: int) -> str:
    """The text with blanks behind it, up to so many cells."""
    return text + " " * (cells - width(text))


def columns(rows: Sequence[Sequence[str]], indent: str = "") -> Iterator[str]:
    """Each row as a line, its cells below those of the row above; a column that is empty throughout is left out."""
    sizes = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [padded(cell, min(size, WIDEST)) for cell, size in zip(row, sizes, strict=True) if size]
        yield f"{indent}{'  '.join(cells)}".rstrip()
