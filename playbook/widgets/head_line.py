"""One line with something at its left and something at its right edge."""

from collections.abc import Iterable, Sequence

from textual.strip import Strip
from textual.widget import Widget

from playbook.widgets.colours import Palette, palette_of
from playbook.widgets.spans import Span, Spans, cut, fit, one_line, segments, width_of


class HeadLine(Widget):
    """Titles, counts and the client's card; what is at the right is kept whole when room is scarce."""

    DEFAULT_CSS = "HeadLine { height: 1; width: 1fr; }"

    _palette: Palette | None = None

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._left: Spans = ()
        self._right: Spans = ()

    def show(self, left: Sequence[Span], right: Sequence[Span] = ()) -> None:
        """Say this from now on; nothing is painted when it is the same."""
        new = one_line(left), one_line(right)
        if new != (self._left, self._right):
            self._left, self._right = new
            self.refresh()

    def notify_style_update(self) -> None:
        """Another theme."""
        self._palette = None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        self._palette = self._palette or palette_of(self)
        parts = side_by_side(self._left, self._right, width) if y == 0 else fit((), width)
        return Strip(segments(parts, self._palette), width)


def show_heads(node: Widget, lines: Iterable[tuple[str, Spans, Spans]]) -> None:
    """Say these in the heads of a screen, each by its id; one with nothing at its left takes no room."""
    for name, left, right in lines:
        head = node.query_one(f"#{name}", HeadLine)
        head.set_class(not left, "-hidden")
        head.show(left, right)


def side_by_side(left: Spans, right: Spans, width: int) -> Spans:
    """Both in `width` cells with a blank before each edge; the left one is cut first."""
    right = cut(right, max(0, width - 2))
    room = max(0, width - 2 - width_of(right) - 2 * bool(right))
    return fit((Span(" "), *fit(cut(left, room), room + 2 * bool(right)), *right), width)
