"""A pane of toned lines that scrolls: previews, problems, cards."""

from collections.abc import Sequence

from textual.content import Content

from playbook.core.text import line
from playbook.widgets.line_view import LineView
from playbook.widgets.spans import Spans, one_line, wrap


class TextPane(LineView):
    """Shows paragraphs, each wrapped to the pane's width."""

    DEFAULT_CSS = "TextPane { padding: 0 0 0 1; }"

    _paragraphs: Sequence[Spans] = ()
    _lines: tuple[int, list[Spans]] | None = None

    def show(self, title: str, paragraphs: Sequence[Spans]) -> None:
        """Show these from the beginning; an empty one is an empty line."""
        self.border_title = Content(line(title)) if title else None
        self._paragraphs = paragraphs
        self._lines = None
        self.set_reactive(LineView.top, 0)
        self.refresh()

    @property
    def line_count(self) -> int:
        """Lines the paragraphs take at this width."""
        return len(self._wrapped(self.line_width))

    def line(self, index: int, width: int) -> Spans:
        """One line."""
        return self._wrapped(width)[index]

    def _wrapped(self, width: int) -> list[Spans]:
        if self._lines is None or self._lines[0] != width:
            room = max(4, width - 1)
            lines = [
                part
                for spans in self._paragraphs
                for part in (wrap(one_line(spans), room) if spans else [()])
            ]
            self._lines = (width, lines)
        return self._lines[1]
