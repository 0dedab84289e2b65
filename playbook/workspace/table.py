"""Tables from files: CSV in UTF-8 with a header, as any spreadsheet writes it."""

import csv
import errno
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playbook.core.problems import Refusal
from playbook.core.text import line

LARGEST = 5_000_000
"""Bytes a table may have."""
MOST_ROWS = 5_000
MOST_COLUMNS = 1_000

_DELIMITERS = "\t;,"


class TableRow(NamedTuple):
    """One row that is not empty."""

    line: int
    """Where it begins in the file, from 1."""
    cells: tuple[str, ...]
    """Its cells without blanks around them; at least as many as there are columns."""


class Table(NamedTuple):
    """What stands in the file."""

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]


def read_table(path: Path) -> Table | Refusal:
    """The table in a file, or why it is none. Commas, semicolons or tabs separate; the header tells which."""
    text = _text(path)
    if isinstance(text, Refusal):
        return text
    rows: list[TableRow] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begun = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(TableRow(begun, tuple(cell.strip() for cell in cells)))
            begun = reader.line_num + 1
            if len(rows) > MOST_ROWS + 1:
                return Refusal("table-rows", {"path": _shown(path), "most": f"{MOST_ROWS:,}"})
    except csv.Error:
        return Refusal("table-broken", {"path": _shown(path), "line": begun})
    if len(rows) < 2:
        return Refusal("table-empty", {"path": _shown(path)})
    header, *rest = rows
    if len(header.cells) > MOST_COLUMNS:
        return Refusal("table-columns", {"path": _shown(path), "most": f"{MOST_COLUMNS:,}"})
    return _squared(header.cells, rest)


def _shown(path: Path) -> str:
    return line(str(path))[-200:]


def _text(path: Path) -> str | Refusal:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # a name with a zero byte is none that a file can have
        reason = getattr(error, "strerror", None) or os.strerror(errno.ENOENT)
        return Refusal("table-read", {"path": _shown(path), "reason": line(reason)})
    if len(data) > LARGEST:
        return Refusal("table-large", {"path": _shown(path), "most": f"{LARGEST // 1_000_000} MB"})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Refusal("table-encoding", {"path": _shown(path)})
    return Refusal("table-nul", {"path": _shown(path)}) if "\0" in text else text


def _delimiter(text: str) -> str:
    """What stands most often in the header, quoted cells aside; a comma when there is but one column."""
    counts = dict.fromkeys(_DELIMITERS, 0)
    for letter in _first_line_unquoted(text):
        if letter in counts:
            counts[letter] += 1
    most = max(counts.values())
    return next(letter for letter in counts if counts[letter] == most) if most else ","


def _first_line_unquoted(text: str) -> Iterator[str]:
    """The letters of the first line that is not blank, without those in quotation marks."""
    is_quoted = is_begun = False
    for letter in text:
        if letter == '"':
            is_quoted = not is_quoted
        elif is_quoted:
            continue
        elif letter not in "\r\n":
            yield letter
        elif is_begun:
            return
        is_begun = is_begun or not letter.isspace()


def _squared(header: tuple[str, ...], rows: list[TableRow]) -> Table:
    """The table without columns at its end that have neither a name nor a cell; short rows are filled up."""
    filled = [max((i for i, cell in enumerate(row.cells, 1) if cell), default=0) for row in rows]
    named = max((i for i, name in enumerate(header, 1) if name), default=0)
    wide = max(named, min(len(header), max(filled, default=0)))
    kept = tuple(
        row._replace(cells=row.cells[: max(wide, count)] + ("",) * (wide - len(row.cells)))
        for row, count in zip(rows, filled, strict=True)
    )
    return Table(header[:wide], kept)
