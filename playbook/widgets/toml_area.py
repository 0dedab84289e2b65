"""A text area for a playbook's file: lines numbered, TOML coloured, words found."""

from collections.abc import Hashable, Mapping
from typing import Any, ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import TextAreaTheme

from playbook.core.text import clean, folded
from playbook.widgets.colours import palette_of
from playbook.words import N_

HIGHLIGHTED = 5000
"""Lines from which on nothing is coloured."""

_REMEMBERED = 500
"""Lines remembered as they were drawn."""

_TONES: Mapping[str, str] = {
    "property": "accent", "toml.type": "heading", "string": "", "boolean": "key", "number": "key",
    "toml.datetime": "key", "comment": "dim", "operator": "dim", "punctuation.bracket": "heading",
    "punctuation.delimiter": "dim", "toml.error": "error",
}  # fmt: skip
"""How each part of TOML is drawn, by the name that Textual's query has for it."""


class TomlArea(TextArea):
    """Edits a text of TOML; what is pasted is made clean."""

    DEFAULT_CSS = """
    TomlArea, TomlArea:focus { border: none; padding: 0; background: $background; color: $foreground; }
    TomlArea { scrollbar-size-vertical: 1; scrollbar-color: $thumb; scrollbar-background: $background; }
    TomlArea .text-area--cursor-line { background: $cursor-line; }
    TomlArea .text-area--cursor-gutter { color: $foreground; background: $cursor-line; }
    TomlArea .text-area--gutter { color: $dim; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "ends(0)", N_("top"), show=False, id="text.top", tooltip=N_("To the beginning of the text")),
        Binding("ctrl+end", "ends(1)", N_("end"), show=False, id="text.end", tooltip=N_("To the end of the text")),
    ]  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, soft_wrap=True, show_line_numbers=True, tab_behavior="focus")
        self.set_reactive(TextArea.cursor_blink, False)  # a still cursor costs no repaint
        self.match_cursor_bracket = False
        self._highlights = _Coloured(self)
        self._drawn: dict[Hashable, Strip] = {}

    def on_mount(self) -> None:
        """Colours of the theme in force."""
        self._colour()

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self._drawn.clear()
        if self.is_mounted:
            self._colour()

    def _colour(self) -> None:
        palette = palette_of(self)
        styles = {
            name: Style(color=(made := palette.style(tone)).color, bold=made.bold)
            for name, tone in _TONES.items()
        }
        self.register_theme(TextAreaTheme("playbook", syntax_styles=styles))
        if self.theme == "playbook":
            self._set_theme("playbook")
        else:
            self.theme = "playbook"

    def load(self, text: str) -> None:
        """Another text, with nothing to be undone."""
        is_short = text.count("\n") < HIGHLIGHTED
        if (self.language is not None) != is_short:
            self.language = "toml" if is_short else None
        self.load_text(text)

    def _build_highlight_map(self) -> None:
        """Lines are coloured when they come into view: a letter in a long file costs no more than in a short one."""
        self._line_cache.clear()
        self._highlights.clear()

    def render_line(self, y: int) -> Strip:
        """A line as it was drawn before, while nothing about it is other: Textual draws all of them anew at each letter."""
        key = self._standing_of(y)
        if key is None:
            return super().render_line(y)
        strip = self._drawn.get(key)
        if strip is None:
            if len(self._drawn) > _REMEMBERED:
                self._drawn.clear()
            strip = self._drawn[key] = super().render_line(y)
        return strip

    def _standing_of(self, y: int) -> Hashable | None:
        """All that a line of the window is drawn from; None below the text."""
        scroll_x, scroll_y = self.scroll_offset
        if scroll_y + y >= self.virtual_size.height:
            return None
        row, column = self.wrapped_document.offset_to_location(Offset(0, scroll_y + y))
        start, end = sorted(self.selection)
        marked = self.selection if start[0] <= row <= end[0] else None
        said, wraps = self.document.get_line(row), tuple(self.wrapped_document.get_offsets(row))
        looks = tuple(self._highlights[row])
        return said, row, column, wraps, looks, marked, self.has_focus, self.size.width, scroll_x

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.text = clean(event.text)
        await super()._on_paste(event)

    # Places.

    def action_ends(self, end: int) -> None:
        """To the beginning of the text, or to its end."""
        self.move_cursor(self.document.end if end else self.document.start)

    @property
    def offset_of_cursor(self) -> int:
        """How many letters stand before the cursor."""
        row, column = self.cursor_location
        return sum(len(line) + 1 for line in self.document.lines[:row]) + column

    def location(self, offset: int) -> tuple[int, int]:
        """Row and column of a letter, both from 0."""
        before = self.text[:offset]
        return before.count("\n"), len(before) - (before.rfind("\n") + 1)

    def go_to(self, line: int, column: int = 1) -> None:
        """The cursor to a line and column, both from 1, with what surrounds it in view."""
        row = max(0, min(line - 1, self.document.line_count - 1))
        self.move_cursor((row, max(0, min(column - 1, len(self.document.get_line(row))))), center=True)

    def put(
        self,
        at: int,
        until: int,
        text: str,
        *,
        cursor: int | None = None,
        marked: tuple[int, int] | None = None,
    ) -> None:
        """Text in the place of what stands between two letters; then the cursor, or a mark over some letters of it."""
        self.replace(text, self.location(at), self.location(until), maintain_selection_offset=False)
        if marked is not None:
            start, end = (self.location(each) for each in marked)
            self.selection = self.selection.__class__(start, end)
            self.scroll_cursor_visible(center=True)
        else:
            self.move_cursor(self.location(at + len(text) if cursor is None else cursor))

    def find(self, words: str, *, onwards: bool = False) -> bool:
        """Go to the next place, without case and accents, from the cursor on or behind it; whether there is one."""
        wanted = folded(words)
        if not wanted:
            return True
        row, column = self.cursor_location if not self.selected_text else self.selection.start
        lines = self.document.lines
        for step in range(len(lines) + 1):
            here = (row + step) % len(lines)
            begin = (column + onwards) if step == 0 else 0
            at = folded(lines[here]).find(wanted, begin)
            if at >= 0:
                self.selection = self.selection.__class__((here, at), (here, at + len(words)))
                self.scroll_cursor_visible(center=True)
                return True
        return False


class _Coloured(dict[int, list[Any]]):
    """By row, what is coloured on it; asked of the tree when the row is drawn."""

    def __init__(self, area: TomlArea) -> None:
        super().__init__()
        self._area = area

    def __bool__(self) -> bool:
        return True

    def __missing__(self, row: int) -> list[Any]:
        area = self._area
        query = area._highlight_query
        found: list[Any] = []
        captures = area.document.query_syntax_tree(query, (row, 0), (row + 1, 0)) if query else {}
        for name, nodes in captures.items():
            for node in nodes:
                (first, begin), (last, end) = node.start_point, node.end_point
                if first <= row <= last:
                    found.append((begin if first == row else 0, end if last == row else None, name))
        self[row] = found
        return found
