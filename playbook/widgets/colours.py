"""From the theme's plain data to what Textual and line-drawn widgets paint with."""

from collections.abc import Mapping

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color, ColorParseError
from textual.theme import Theme as TextualTheme
from textual.widget import Widget

from playbook.theme import DERIVED, THEMES, Theme

TONES: Mapping[str, str] = {
    "": "foreground", "title": "foreground", "strong": "foreground", "em": "foreground", "code": "step-key",
    "dim": "dim", "heading": "heading", "accent": "primary", "error": "error", "rule": "thumb",
    "done": "step-done", "skipped": "step-skipped", "overdue": "step-overdue", "locked": "step-locked",
    "waiting": "step-waiting", "hidden": "step-hidden", "key": "step-key", "care": "step-care",
}  # fmt: skip
"""What a span may be said in, and the theme variable that colours it."""

_BOLD = frozenset({"title", "strong", "heading", "overdue", "error"})


def textual_theme(theme: Theme) -> TextualTheme:
    """The theme as Textual registers it."""
    return TextualTheme(name=theme.name, dark=theme.is_dark, variables=dict(theme.variables), **theme.base)  # type: ignore[arg-type]


def variable_defaults(theme: TextualTheme) -> dict[str, str]:
    """Our variables for a theme that does not state them (`App.get_theme_variable_defaults`)."""
    if any(theme.name == own.name for own in THEMES):
        return {}
    known = theme.to_color_system().generate()
    return {name: known[source] for name, source in DERIVED.items()}


class Palette:
    """Rich styles by tone on one ground; made once for a widget, a theme and a background."""

    def __init__(self, variables: Mapping[str, str], background: Color) -> None:
        self._variables = variables
        self._background = background
        self._styles: dict[tuple[str, str], Style] = {}

    def style(self, tone: str = "", ground: str = "") -> Style:
        """The style of a tone (a key of TONES, or `match`) on a ground: "" or a theme variable."""
        key = (tone, ground)
        if key not in self._styles:
            self._styles[key] = self._made(tone, ground)
        return self._styles[key]

    def _made(self, tone: str, ground: str) -> Style:
        if tone == "match":
            return Style(color=self._colour("match-text"), bgcolor=self._colour("match-ground"), bold=True)
        return Style(
            color=self._colour(TONES.get(tone, tone)),
            bgcolor=self._colour(ground) if ground else self._background.rich_color,
            bold=tone in _BOLD or None,
            italic=tone == "em" or None,
        )

    def _colour(self, variable: str) -> RichColor | None:
        """The colour of a theme variable; the terminal's own where the theme has nothing that stands still."""
        try:
            colour = Color.parse(self._variables[variable])
        except (KeyError, ColorParseError):
            return None
        return colour.rich_color if colour.ansi is not None else (self._background + colour).rich_color


def palette_of(widget: Widget) -> Palette:
    """The palette in force where a widget stands."""
    return Palette(widget.app.theme_variables, widget.background_colors[1])
