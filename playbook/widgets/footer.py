"""The keys that work now, on one line: drawn at once, never made of widgets."""

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from playbook.widgets.colours import Palette, palette_of
from playbook.widgets.spans import Span, fit, one_line, segments, width_of
from playbook.words import _

GAP = 2
"""Blank cells between two entries."""

_TEXTUALS = {"command_palette": "palette"}
"""Textual binds this one itself, over ours and without an id."""


class _Entry(NamedTuple):
    """A key as it is drawn, and what it does."""

    id: str
    key: str
    description: str
    """A message id, translated when it is drawn."""
    binding: Binding
    node: DOMNode
    enabled: bool


class _Place(NamedTuple):
    """An entry and the cells it is drawn in."""

    start: int
    end: int
    entry: _Entry


class KeyFooter(Widget):
    """Shows keys in the given order as far as they fit; some always stand at the right."""

    DEFAULT_CSS = "KeyFooter { dock: bottom; height: 1; width: 1fr; background: $panel; }"
    ALLOW_SELECT = False

    def __init__(
        self, order: Sequence[str] = (), kept: Sequence[str] = ("help", "palette"), *, margin: int = 1
    ) -> None:
        """`order`: ids of bindings, most needed first; the others follow. `kept`: ids drawn at the right.

        `margin`: blank cells before each edge.
        """
        super().__init__()
        self._margin = margin
        self._order = {binding_id: place for place, binding_id in enumerate(order)}
        self._kept = tuple(kept)
        self._entries: tuple[_Entry, ...] = ()
        self._places: tuple[_Place, ...] = ()
        self._palette: Palette | None = None

    def on_mount(self) -> None:
        """Follow the keys of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self._follow(self.screen)

    def _follow(self, screen: Screen[object]) -> None:
        """Draw anew when other keys work than before."""
        if screen is not self.screen or not self.is_mounted:
            return
        entries = _entries_of(screen, self._order, self._kept)
        if entries != self._entries:
            self._entries = entries
            self.refresh()

    def speak(self) -> None:
        """Draw anew in the language in force."""
        self._entries = ()
        self._follow(self.screen)

    def notify_style_update(self) -> None:
        """Another theme."""
        self._palette = None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """The line of keys."""
        width = self.size.width
        self._palette = self._palette or palette_of(self)
        self._places = _placed(self._entries, self._kept, width, self._margin) if y == 0 else ()
        parts: list[Span] = []
        for place in self._places:
            parts.append(Span(" " * (place.start - width_of(parts))))
            parts += _drawn(place.entry)
        return Strip(segments(fit(parts, width), self._palette), width)

    async def on_click(self, event: events.Click) -> None:
        """A click on an entry does what its key does."""
        event.stop()
        for start, end, entry in self._places:
            if start <= event.x < end and entry.enabled:
                await self.app.run_action(entry.binding.action, entry.node)


def _entries_of(screen: Screen[object], order: dict[str, int], kept: Sequence[str]) -> tuple[_Entry, ...]:
    """The shown bindings of a screen, each once, the most needed first."""
    found: dict[str, _Entry] = {}
    for node, binding, enabled, _tooltip in screen.active_bindings.values():
        name = binding.id or _TEXTUALS.get(binding.action, binding.action)
        if name not in found and (binding.show or name in kept):
            key = screen.app.get_key_display(binding)
            found[name] = _Entry(name, key, binding.description, binding, node, enabled)
    return tuple(sorted(found.values(), key=lambda entry: order.get(entry.id, len(order))))


def _drawn(entry: _Entry) -> tuple[Span, ...]:
    """A key and its word; what does not work now is dim."""
    tone = "accent" if entry.enabled else "dim"
    return one_line((Span(entry.key, tone), Span(" " + _(entry.description), "" if entry.enabled else "dim")))


def _placed(entries: Sequence[_Entry], kept: Sequence[str], width: int, margin: int) -> tuple[_Place, ...]:
    """The entries that fit whole, from the left; the kept ones at the right edge."""
    right = [entry for name in kept for entry in entries if entry.id == name]
    places: list[_Place] = []
    edge = width - margin
    for entry in reversed(right):
        start = edge - width_of(_drawn(entry))
        if start < margin:
            break
        places.append(_Place(start, edge, entry))
        edge = start - GAP
    left = margin
    for entry in entries:
        end = left + width_of(_drawn(entry))
        if entry in right:
            continue
        if end > edge:
            break
        places.append(_Place(left, end, entry))
        left = end + GAP
    return tuple(sorted(places))
