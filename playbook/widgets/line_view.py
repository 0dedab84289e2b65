"""Lines drawn on demand: what the list and the detail pane scroll with.

Not Textual's ScrollView: there a new number of lines is a new layout and scroll bars come and go as widgets
of their own. Here a change of content is one repaint, and the thumb is drawn in the last column.
"""

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from playbook.widgets.colours import Palette, palette_of
from playbook.widgets.spans import Spans, fit, segments

WHEEL = 3
"""Lines a turn of the wheel moves."""


class LineView(Widget, can_focus=True):
    """Shows `line_count` lines through a window of the widget's height."""

    DEFAULT_CSS = "LineView { height: 1fr; width: 1fr; border-title-color: $heading; }"

    top: reactive[int] = reactive(0, repaint=False)
    """The first line in the window."""

    _palette: Palette | None = None
    _window: Size | None = None

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def line(self, index: int, width: int) -> Spans | Strip:
        """One line, at most `width` cells wide."""
        raise NotImplementedError

    @property
    def palette(self) -> Palette:
        """The styles in force here."""
        if self._palette is None:
            self._palette = palette_of(self)
        return self._palette

    @property
    def window(self) -> Size:
        """The room for lines; Textual works its size out anew each time it is asked."""
        if self._window is None:
            self._window = self.size
        return self._window

    @property
    def line_width(self) -> int:
        """Cells a line may take; the last column is the thumb's."""
        return max(0, self.window.width - 1)

    def notify_style_update(self) -> None:
        """Another theme, ground or focus."""
        self._palette = self._window = None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """The strip at a line of the window."""
        width = self.line_width
        count = self.line_count  # first: lines that became fewer move the window
        index = self.top + y
        shown = self.line(index, width) if index < count else ()
        if not isinstance(shown, Strip):
            shown = Strip(segments(fit(shown, width), self.palette), width)
        return Strip([*shown, self._edge(y)], width + 1)

    def _edge(self, y: int) -> Segment:
        """The last column: the thumb where it stands, when there is more than the window shows."""
        height, count = self.window.height, self.line_count
        if count <= height:
            return Segment(" ", self.palette.style())
        return Segment("▐" if y in self.thumb else " ", self.palette.style("thumb"))

    @property
    def thumb(self) -> range:
        """The lines of the window on which the thumb stands."""
        height, count = self.window.height, self.line_count
        size = max(1, height * height // max(1, count))
        start = round((height - size) * self.top / max(1, count - height))
        return range(start, start + size)

    def validate_top(self, top: int) -> int:
        """Never before the first line, and no empty space below the last one."""
        return max(0, min(top, self.line_count - self.window.height))

    def watch_top(self) -> None:
        """A moved window is painted whole."""
        self.refresh()

    def refresh_lines(self, *indexes: int) -> None:
        """Paint only these lines again."""
        width, height = self.window
        shown = [i - self.top for i in indexes if 0 <= i - self.top < height]
        if shown:
            self.refresh(*(Region(0, y, width, 1) for y in shown))

    def scroll_into_view(self, index: int) -> None:
        """Move the window as little as shows this line."""
        height = max(1, self.window.height)
        if index < self.top:
            self.top = index
        elif index >= self.top + height:
            self.top = index - height + 1

    def on_resize(self) -> None:
        """The window still shows lines after its size changed; all of them are drawn for the new size."""
        self._window = None
        self.top = self.validate_top(self.top)
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the window, not the cursor."""
        event.stop()
        self.top += WHEEL

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the window, not the cursor."""
        event.stop()
        self.top -= WHEEL
