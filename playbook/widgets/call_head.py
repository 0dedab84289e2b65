"""The head of a step on a call sheet: its state, its title, its date. The keys for steps work here."""

from textual.strip import Strip

from playbook.widgets.colours import palette_of
from playbook.widgets.head_line import HeadLine, side_by_side
from playbook.widgets.spans import Span, segments


class CallHead(HeadLine, can_focus=True):
    """A head line that the focus can be on; it shows so with a sign, not by colour alone."""

    DEFAULT_CSS = "CallHead:focus { background: $cursor-line; }"

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        self._palette = self._palette or palette_of(self)
        left = (Span("›" if self.has_focus else " ", "accent"), *self._left)
        parts = side_by_side(left, self._right, width) if y == 0 else ()
        return Strip(segments(parts, self._palette), width)
