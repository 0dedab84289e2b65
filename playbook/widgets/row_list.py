"""The one list of the app: rows are made when they come into view, so its length costs nothing."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import ClassVar, Literal, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from playbook.widgets.columns import Column, kept_columns, laid_out
from playbook.widgets.line_view import LineView
from playbook.widgets.matching import marked, words_of
from playbook.widgets.spans import Span, Spans, cut, fit, one_line, segments, spans, width_of, wrap
from playbook.words import N_, _

GUTTER = 2
"""Cells for the cursor's bar and the mark of a row."""
SIGN = 2
"""Cells for a row's sign and the blank after it."""
KEPT_STRIPS = 2_000

_BARS = {"cursor-line": "▌", "cursor-line-blurred": "│", "": " "}
"""Where the cursor is shows without colour, too."""


class Row(NamedTuple):
    """What stands on one line."""

    key: str
    """What the row is about; unique in its list."""
    cells: tuple[Spans, ...]
    """One for each column; a heading has its title and, if wanted, a word at the right."""
    sign: Span = Span("")
    """Its state as one sign."""
    kind: Literal["row", "heading", "section"] = "row"
    """The cursor passes over headings; a section is drawn like one, and can be acted on."""
    tone: str = ""
    """The tone of every span that has none of its own."""
    indent: int = 0
    """Blank cells before the sign."""


class RowList(LineView):
    """Rows with a cursor, marks and columns that fit."""

    DEFAULT_CSS = "RowList { pointer: default; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", N_("up"), show=False, id="list.up", tooltip=N_("To the row above")),
        Binding("down,j", "move(1)", N_("down"), show=False, id="list.down", tooltip=N_("To the row below")),
        Binding("pageup", "page(-1)", N_("page up"), show=False, id="list.page-up", tooltip=N_("One window up")),
        Binding("pagedown", "page(1)", N_("page down"), show=False, id="list.page-down", tooltip=N_("One window down")),
        Binding("home,g", "edge(-1)", N_("first"), show=False, id="list.first", tooltip=N_("To the first row")),
        Binding("end,G", "edge(1)", N_("last"), show=False, id="list.last", tooltip=N_("To the last row")),
        Binding("enter", "open", N_("open"), show=False, id="list.open", tooltip=N_("Open the row")),
        Binding("v", "mark", N_("mark"), show=False, id="list.mark",
                tooltip=N_("Mark the row; the next action is for every marked one")),
    ]  # fmt: skip

    cursor: reactive[int] = reactive(-1, repaint=False)
    """The row it is on; -1 when there is none."""

    class _RowMessage(Message):
        def __init__(self, row_list: "RowList", key: str) -> None:
            super().__init__()
            self.row_list = row_list
            self.key = key

        @property
        def control(self) -> "RowList":
            """The list it comes from."""
            return self.row_list

    class Highlighted(_RowMessage):
        """The cursor came to another row; `key` is "" when there is none any more."""

    class Opened(_RowMessage):
        """A row was opened by enter or by a click."""

    class Marked(_RowMessage):
        """A row was marked or no longer is."""

    def __init__(
        self, columns: Sequence[Column] = (Column(1, stretch=1),), *, empty: str = "", signs: bool = True,
        id: str | None = None, classes: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:  # fmt: skip
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self.empty = empty
        self.marked: set[str] = set()
        self._signs = SIGN if signs else 0
        self._keys: Sequence[str] = ()
        self._make: Callable[[int], Row] = ().__getitem__
        self._key = ""
        self._words: tuple[str, ...] = ()
        self._strips: LRUCache[str, dict[tuple[int, str], Strip]] = LRUCache(KEPT_STRIPS)

    # What it shows.

    def show(self, rows: Sequence[Row], *, empty: str | None = None) -> None:
        """Show these rows. The sequence stays the caller's: change an item, then call `update_row`."""
        self.show_made([row.key for row in rows], rows.__getitem__, empty=empty)

    def show_made(
        self, keys: Sequence[str], make: Callable[[int], Row], *, empty: str | None = None,
        changed: Collection[str] | None = None,
    ) -> None:  # fmt: skip
        """Show rows made on demand, `make(index)` for each key; the cursor stays on its key or its place.

        `changed` names the rows that read otherwise than before, for callers that know; None: any may.
        """
        before = self._painted() if changed is not None else []
        held = self.cursor - self.top if self.cursor >= 0 else None
        self._keys, self._make = keys, make
        if empty is not None:
            self.empty = empty
        self.marked &= set(keys) if self.marked else set()
        place = self._place_of(self._key)
        cursor = self._settled(self.cursor if place is None else place)
        self.set_reactive(RowList.cursor, cursor)
        self.set_reactive(
            LineView.top, self.validate_top(cursor - held if held is not None and cursor >= 0 else 0)
        )
        self._reveal(cursor)
        if changed is None:
            self._strips.clear()
            self.refresh()
        else:
            self._paint(before, changed)
        self._tell()

    def _painted(self) -> list[tuple[str, bool, bool]]:
        """What each line of the window shows: a key, and whether cursor and thumb stand there."""
        top, height, thumb = self.top, self.window.height, self.thumb
        has_thumb = self.line_count > height
        keys = self._keys[top : top + height]
        return [(key, top + y == self.cursor, has_thumb and y in thumb) for y, key in enumerate(keys)]

    def _paint(self, before: list[tuple[str, bool, bool]], changed: Collection[str]) -> None:
        """Paint the lines that read otherwise now."""
        for key in changed:
            self._strips.discard(key)
        after = self._painted()
        if len(before) != len(after) or not after:
            self.refresh()
            return
        lines = [y for y, shown in enumerate(after) if shown != before[y] or shown[0] in changed]
        self.refresh_lines(*(self.top + y for y in lines))

    def update_row(self, key: str) -> None:
        """Make the row anew and paint its line, nothing else."""
        place = self._place_of(key)
        if place is not None:
            self._forget(place)

    def highlight(self, wanted: str) -> None:
        """Show where the words of a filter stand in the rows."""
        if (words := words_of(wanted)) != self._words:
            self._words = words
            self._strips.clear()
            self.refresh()

    # Where the cursor is.

    @property
    def key(self) -> str:
        """The key under the cursor; "" when there is none."""
        return self._keys[self.cursor] if 0 <= self.cursor < len(self._keys) else ""

    def chosen(self) -> tuple[str, ...]:
        """What an action is for: the marked rows in their order, else the one under the cursor."""
        if self.marked:
            return tuple(key for key in self._keys if key in self.marked)
        return (self.key,) if self.key else ()

    def select(self, key: str) -> bool:
        """Move the cursor to a key; False when no row has it."""
        place = self._place_of(key)
        if place is None:
            return False
        self.cursor = self._settled(place)
        return True

    def mark(self, keys: Iterable[str], *, but: str = "") -> None:
        """Mark these rows as well, or when all of them are, none of them; `but` loses its mark."""
        wanted = set(keys)
        self.marked -= {but}
        self.marked = self.marked - wanted if wanted <= self.marked else self.marked | wanted
        self._strips.clear()
        self.refresh()

    def clear_marks(self) -> None:
        """Mark nothing."""
        if self.marked:
            self.marked.clear()
            self._strips.clear()
            self.refresh()
            self.post_message(self.Marked(self, self.key))

    def validate_cursor(self, cursor: int) -> int:
        """Always on a row while there is one."""
        return max(-1, min(cursor, len(self._keys) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Two lines are painted, or the whole window when it moves."""
        self.refresh_lines(old, new)
        self._reveal(new)
        self._tell()

    def action_move(self, by: int) -> None:
        """One row on or back."""
        self.cursor = self._row_from(self.cursor + by, by)

    def action_page(self, by: int) -> None:
        """One window on or back."""
        self.cursor = self._settled(self.cursor + by * max(1, self.window.height - 1), by)

    def action_edge(self, to: int) -> None:
        """The first (-1) or the last (1) row."""
        self.cursor = self._settled(0 if to < 0 else len(self._keys) - 1, -to)

    def action_open(self) -> None:
        """Tell that the row is to be opened."""
        if self.key:
            self.post_message(self.Opened(self, self.key))

    def action_mark(self) -> None:
        """Mark the row, or take its mark away, and go on to the next."""
        if key := self.key:
            self.marked ^= {key}
            self._forget(self.cursor)
            self.post_message(self.Marked(self, key))
            self.action_move(1)

    def on_click(self, event: events.Click) -> None:
        """A click brings the cursor; a click on the cursor's row opens it."""
        event.stop()
        if event.x >= self.line_width and self.line_count > self.window.height:
            self.top = event.y * self.line_count // max(1, self.window.height)
            return
        place = self.top + event.y
        if place >= len(self._keys) or self._make(place).kind == "heading":
            return
        if place == self.cursor:
            self.action_open()
        self.cursor = place

    def _place_of(self, key: str) -> int | None:
        if key and key == self.key:
            return self.cursor
        try:
            return self._keys.index(key) if key else None
        except ValueError:
            return None

    def _row_from(self, place: int, step: int) -> int:
        """The first row that is no heading from a place on; the cursor's own when there is none."""
        while 0 <= place < len(self._keys):
            if self._make(place).kind != "heading":
                return place
            place += step
        return self.cursor

    def _settled(self, place: int, step: int = 1) -> int:
        """A row at the place or near it, looking on first; -1 when there are only headings."""
        place = max(0, min(place, len(self._keys) - 1))
        for way in (step, -step):
            near = place
            while 0 <= near < len(self._keys):
                if self._make(near).kind != "heading":
                    return near
                near += way
        return -1

    def _reveal(self, place: int) -> None:
        """Bring a row into view, and the heading right above it."""
        if place >= 0 and self.window.height:
            above = place - 1 if place and self._make(place - 1).kind == "heading" else place
            if self.window.height > 1:
                self.scroll_into_view(above)
            self.scroll_into_view(place)

    def _tell(self) -> None:
        if self.key != self._key:
            self._key = self.key
            self.post_message(self.Highlighted(self, self._key))

    def _forget(self, place: int) -> None:
        self._strips.discard(self._keys[place])
        self.refresh_lines(place)

    # How it is drawn.

    @property
    def line_count(self) -> int:
        """The rows, or the lines that say what to do while there are none."""
        return len(self._keys) or len(self._empty_lines(self.line_width))

    def _empty_lines(self, width: int) -> list[Spans]:
        said = [spans(part, "dim") for part in _(self.empty).splitlines()] if self.empty else []
        return [(), *(part for text in said for part in wrap(one_line(text), max(8, width - 4)))]

    def line(self, index: int, width: int) -> Spans | Strip:
        """The strip of a row; kept until the row, the width or the colours change."""
        if not self._keys:
            return (Span("  "), *self._empty_lines(width)[index])
        has_keys = self.has_focus or not self.can_focus  # a filter beside it may have them instead
        ground = "" if index != self.cursor else "cursor-line" if has_keys else "cursor-line-blurred"
        key = self._keys[index]
        drawn = self._strips.get(key)
        if drawn is None:
            self._strips.set(key, drawn := {})
        if (width, ground) not in drawn:
            drawn[width, ground] = self._drawn(self._make(index), width, ground)
        return drawn[width, ground]

    def _drawn(self, row: Row, width: int, ground: str) -> Strip:
        if row.kind != "row":
            return self._drawn_heading(row, width, ground)
        mark = "●" if row.key in self.marked else " "
        head = (
            fit((Span(" " * row.indent), *one_line((row.sign,))), row.indent + self._signs)
            if self._signs
            else ()
        )
        room = max(0, width - GUTTER - width_of(head) - 1)
        cells = [marked(one_line(cell), self._words) if self._words else one_line(cell) for cell in row.cells]
        body = laid_out(cells, self.columns, kept_columns(self.columns, room), room)
        toned = [Span(text, tone or row.tone) for text, tone in (*head, *body)]
        parts = fit((Span(_BARS[ground], "accent"), Span(mark, "accent"), *toned), width)
        return Strip(segments(parts, self.palette, ground), width)

    def _drawn_heading(self, row: Row, width: int, ground: str) -> Strip:
        """A heading over the whole width; a section has the cursor's bar before it."""
        if row.kind == "heading":
            return Strip(segments(fit(self._heading(row, width), width), self.palette), width)
        parts = fit((Span(_BARS[ground], "accent"), *self._heading(row, width - 1)), width)
        return Strip(segments(parts, self.palette, ground), width)

    def _heading(self, row: Row, width: int) -> Spans:
        """`─ Overdue ───────── 5/6 ─`, or with the row's sign in front: `▾ Overdue ───── 5/6 ─`."""
        title, *right = (one_line(cell) for cell in row.cells)
        sign = row.sign if row.sign.text else Span("─", "rule")
        left = (sign, Span(" "), *(Span(text, tone or "heading") for text, tone in title), Span(" "))
        last = (Span(" "), *right[0], Span(" ─", "rule")) if right and right[0] else ()
        left = cut(left, max(0, width - width_of(last)))
        rule = Span("─" * max(0, width - width_of(left) - width_of(last)), "rule")
        return (*left, rule, *last)

    def on_resize(self) -> None:
        """The cursor stays in view."""
        self._window = None
        self._reveal(self.cursor)

    def notify_style_update(self) -> None:
        """Other colours: every strip is drawn anew."""
        self._strips.clear()
        super().notify_style_update()
