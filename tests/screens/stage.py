"""A bare app to try one widget or dialog on, and the text of what it draws."""

from typing import Any

from textual.app import App, ComposeResult
from textual.widget import Widget

from playbook.theme import THEMES
from playbook.widgets.colours import textual_theme, variable_defaults


class Stage(App[None]):
    """Shows the widgets it is given, under our first theme."""

    def __init__(self, *widgets: Widget, css: str = "") -> None:
        super().__init__()
        self.widgets = widgets
        self.css = css
        self.seen: list[Any] = []
        for theme in THEMES:
            self.register_theme(textual_theme(theme))
        self.theme = THEMES[0].name
        self.animation_level = "none"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.available_themes.get(self.theme) or textual_theme(THEMES[0]))

    def compose(self) -> ComposeResult:
        yield from self.widgets


def rendered(app: App[Any]) -> str:
    """The text on the screen, line by line; the one place that asks Textual's compositor."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)
