"""Runs of toned text, measured in terminal cells: cut to a width, wrapped, and turned into segments."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from playbook.core.text import block
from playbook.widgets.colours import Palette

CUT = "…"


class Span(NamedTuple):
    """Text in one tone (`colours.TONES`)."""

    text: str
    tone: str = ""


Spans = tuple[Span, ...]


def spans(text: str, tone: str = "") -> Spans:
    """One span; none for an empty text."""
    return (Span(text, tone),) if text else ()


def joined(parts: Iterable[Spans], between: str = " · ") -> Spans:
    """Parts that are not empty, with a quiet sign between them."""
    out: list[Span] = []
    for part in parts:
        if part:
            out += [Span(between, "dim"), *part] if out else part
    return tuple(out)


def one_line(parts: Iterable[Span]) -> Spans:
    """The spans fit for a terminal line: dangerous characters made visible, line breaks turned into blanks."""
    return tuple(Span(block(text).replace("\n", " "), tone) for text, tone in parts if text)


def width_of(parts: Iterable[Span]) -> int:
    """Cells that the spans take."""
    return sum(cell_len(part.text) for part in parts)


def cut(parts: Sequence[Span], width: int) -> Spans:
    """The spans in at most `width` cells; what is left out is marked with `…`."""
    if width_of(parts) <= width:
        return tuple(parts)
    if width <= 0:
        return ()
    out: list[Span] = []
    room = width - 1
    for text, tone in parts:
        size = cell_len(text)
        if size > room:
            kept = set_cell_size(text, room).rstrip()
            out.append(Span(kept + CUT, tone))
            break
        out.append(Span(text, tone))
        room -= size
    return tuple(out)


def fit(parts: Sequence[Span], width: int, *, right: bool = False) -> Spans:
    """The spans in exactly `width` cells, cut or filled up with blanks."""
    shown = cut(parts, width)
    blank = Span(" " * (width - width_of(shown)))
    if not blank.text:
        return shown
    return (blank, *shown) if right else (*shown, blank)


def wrap(parts: Sequence[Span], width: int) -> list[Spans]:
    """The spans over lines of at most `width` cells, broken between words where that is possible."""
    if width_of(parts) <= width:
        return [tuple(parts)]
    lines: list[list[Span]] = [[]]
    room = width
    for text, tone in _words(parts):
        size = cell_len(text)
        if size > room and lines[-1]:
            if lines[-1][-1].text == " ":
                lines[-1].pop()
            lines.append([])
            room = width
        if text == " " and not lines[-1] and len(lines) > 1:
            continue
        while size > room > 1:
            piece = set_cell_size(text, room).rstrip(" ")
            if not piece:
                break
            lines[-1].append(Span(piece, tone))
            lines.append([])
            text, room = text[len(piece) :], width
            size = cell_len(text)
        lines[-1].append(Span(text, tone))
        room -= size
    return [tuple(parts) for parts in lines]


def _words(parts: Iterable[Span]) -> Iterator[Span]:
    """Words and the blanks between them, each as a span."""
    for text, tone in parts:
        for place, word in enumerate(text.split(" ")):
            if place:
                yield Span(" ", tone)
            if word:
                yield Span(word, tone)


def segments(parts: Iterable[Span], palette: Palette, ground: str = "") -> list[Segment]:
    """The spans as Rich draws them; neighbours that look alike become one."""
    out: list[Segment] = []
    last = "match"
    for text, tone in parts:
        if out and last != "match" and (tone == last or text.isspace()):
            out[-1] = Segment(out[-1].text + text, out[-1].style)
        else:
            out.append(Segment(text, palette.style(tone, ground)))
            last = tone
    return out
