"""A pane of toned lines that scrolls: previews, problems, cards."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from playbook.core.text import line
from playbook.widgets.line_view import LineView
from playbook.widgets.spans import Span, Spans, one_line, wrap


class _Line(NamedTuple):
    """A line, and the paragraph it is of."""

    paragraph: int
    said: Spans


class TextPane(LineView):
    """Shows paragraphs, each wrapped to the pane's width."""

    DEFAULT_CSS = "TextPane { padding: 0 0 0 1; }"

    _paragraphs: Sequence[Spans] = ()
    _lines: tuple[int, list[_Line]] | None = None
    _pointed: int | None = None

    def show(self, title: str, paragraphs: Sequence[Spans], *, stays: bool = False) -> None:
        """Show these from the beginning; an empty one is an empty line. `stays`: the window is not moved."""
        self.border_title = Content(line(title)) if title else None
        self._paragraphs = paragraphs
        self._lines = None
        if not stays:
            self._pointed = None
        self.set_reactive(LineView.top, self.validate_top(self.top) if stays else 0)
        self.refresh()

    def point_at(self, paragraph: int | None) -> None:
        """Mark a paragraph, with what surrounds it in view."""
        if paragraph == self._pointed:
            return
        self._pointed = paragraph
        lines = self._wrapped(self.line_width)
        at = next((place for place, each in enumerate(lines) if each.paragraph == paragraph), None)
        height = self.window.height
        if at is not None and not self.top <= at < self.top + height - 1:
            self.top = self.validate_top(at - height // 3)
        self.refresh()

    @property
    def line_count(self) -> int:
        """Lines the paragraphs take at this width."""
        return len(self._wrapped(self.line_width))

    def line(self, index: int, width: int) -> Spans:
        """One line."""
        paragraph, said = self._wrapped(width)[index]
        if paragraph != self._pointed:
            return said
        return tuple(Span(text, "strong" if tone in ("", "dim") else tone) for text, tone in said)

    def _wrapped(self, width: int) -> list[_Line]:
        if self._lines is None or self._lines[0] != width:
            room = max(4, width - 1)
            lines = [
                _Line(number, part)
                for number, spans in enumerate(self._paragraphs)
                for part in (wrap(one_line(spans), room) if spans else [()])
            ]
            self._lines = (width, lines)
        return self._lines[1]
