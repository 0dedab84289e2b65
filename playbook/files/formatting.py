"""A playbook's text put in order: blanks at line ends, empty lines between tables, one line end at the last line.

Nothing else moves: keys keep their order and their columns, remarks their words and their place. What comes out
is read again; when it does not say exactly what it said before, the text is left alone.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from playbook.core.problems import Problem
from playbook.files.decode import LARGEST, decode
from playbook.files.edit import Unlike
from playbook.files.edit.blocks import STEP, heading_path
from playbook.files.mend.change import Edit, edited
from playbook.files.mend.files import Kept, write_back
from playbook.files.mend.layout import TOKEN, Layout
from playbook.files.read import parse

_BOM = "\ufeff"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class FileFormatted(NamedTuple):
    """A file that was not in order, or of which nobody can say."""

    file: Path
    before: str
    after: str
    kept: Kept | Literal["kept-broken", "kept-unlike", "kept-unreadable"] = ""
    """Why it was left as it is."""
    reason: str = ""
    """What the system said when it could not be read or written."""


def format_files(paths: Iterable[Path], *, writes: bool) -> list[FileFormatted]:
    """Puts these files in order, or only says what would change; those in order already are not named."""
    return [done for path in paths if (done := _format_file(path, writes=writes)) is not None]


def _format_file(path: Path, *, writes: bool) -> FileFormatted | None:
    try:
        target = path.resolve()
        if target.stat().st_size > LARGEST:
            return FileFormatted(path, "", "", "kept-broken")
        raw = target.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        return FileFormatted(path, "", "", "kept-unreadable", getattr(error, "strerror", "") or "")
    decoded = decode(raw)
    before = (_BOM if decoded.has_bom else "") + decoded.text
    try:
        after = formatted(before) if decoded.problem is None else None
    except Unlike:
        return FileFormatted(path, before, before, "kept-unlike")
    if after is None:
        return FileFormatted(path, before, before, "kept-broken")
    if after == before:
        return None
    try:
        return FileFormatted(path, before, after, write_back(target, raw, after.encode()) if writes else "")
    except OSError as error:
        return FileFormatted(path, before, after, "kept-failed", error.strerror or "")


def formatted(text: str) -> str | None:
    """The text in order; None when it is no TOML. Raises Unlike when the result would say something else."""
    bom, body = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    before = parse(body)
    if isinstance(before, Problem):
        return None
    trimmed = edited(body, _trimmed(body))
    after = edited(trimmed, _spaced(trimmed))
    if parse(after) != before or [*_remarks(after)] != [*_remarks(body)]:
        raise Unlike
    return bom + after


def _remarks(text: str) -> Iterator[str]:
    return (token[0].rstrip(" \t\r") for token in TOKEN.finditer(text) if token[0].startswith("#"))


def _trimmed(text: str) -> Iterator[Edit]:
    """Without blanks at line ends; those inside a text of several lines are part of what it says."""
    for token in TOKEN.finditer(text + "\n"):  # the last line may lack its end
        if token[0] == "\n":
            end = token.start() - text.endswith("\r", 0, token.start())
            start = end
            while start and text[start - 1] in " \t":
                start -= 1
            if start < end:
                yield Edit(start, end, "")


def _spaced(text: str) -> Iterator[Edit]:
    """With one empty line between tables, none at the top and none at the end."""
    layout = Layout(text)
    above = 0
    for begin, end in layout.statements(0, len(text)):
        start = layout.line_start(begin)
        if text[begin] == "[":
            yield Edit(above, start, _gap(text[above:start], layout, text[begin:end], is_first=not above))
        elif not above:
            yield Edit(0, start, text[:start].lstrip("\r\n"))
        above = end
    rest = text[above:].rstrip("\r\n") if above else text.strip("\r\n")
    is_open = bool(rest) or (above > 0 and not text.endswith("\n", 0, above))
    yield Edit(above, len(text), rest + layout.eol if is_open else "")


def _gap(gap: str, layout: Layout, heading: str, *, is_first: bool) -> str:
    """The empty lines and remarks above a heading, in order. Remarks that touch it stay its own."""
    lines: list[str] = []
    for line in _LINE.findall(gap):
        if line.strip() or not lines or lines[-1].strip():
            lines.append(line)
    if is_first:
        return "".join(lines).lstrip("\r\n")
    is_close = all(line.strip() for line in lines)
    return layout.eol + "".join(lines) if is_close and _stands_apart(heading) else "".join(lines)


def _stands_apart(heading: str) -> bool:
    """Whether a table always has an empty line above; one that belongs to a step or section may follow closely."""
    path, _is_array = heading_path(heading)
    return len(path) == 1 or path == STEP
