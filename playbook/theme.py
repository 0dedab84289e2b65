"""The colours: two themes of our own as plain data, so that nothing heavy is imported to know them.

Every text colour keeps a contrast of at least 4.5 on every ground it is drawn on, the cursor line among
them (tested).
"""

from collections.abc import Mapping
from typing import NamedTuple


class Theme(NamedTuple):
    """A theme by the names Textual gives to colours, and our own variables beside them."""

    name: str
    is_dark: bool
    base: Mapping[str, str]
    """primary, secondary, accent, warning, error, success, foreground, background, surface, panel."""
    variables: Mapping[str, str]
    """What widgets and style sheets use as `$name`."""


TEXTS = (
    "foreground", "dim", "heading", "step-done", "step-skipped", "step-overdue", "step-locked", "step-waiting",
    "step-hidden", "step-key", "step-care",
)  # fmt: skip
"""Colours of text."""

GROUNDS = ("background", "surface", "panel", "cursor-line", "cursor-line-blurred")
"""Colours that text stands on."""

_DARK = {
    "primary": "#7fb2e0",
    "secondary": "#a9b8cc",
    "accent": "#e2bd78",
    "warning": "#e2bd78",
    "error": "#f2938c",
    "success": "#8dbd82",
    "foreground": "#d6dbe4",
    "background": "#14171d",
    "surface": "#1a1e26",
    "panel": "#20252f",
}
_DARK_OWN = {
    "dim": "#98a1b1",
    "heading": "#8fb2d9",
    "step-done": "#8dbd82",
    "step-skipped": "#a3a9b5",
    "step-overdue": "#f2938c",
    "step-locked": "#b0a3d4",
    "step-waiting": "#86b8c9",
    "step-hidden": "#98a0ad",
    "step-key": "#e2bd78",
    "step-care": "#dd9dbb",
    "cursor-line": "#2a3546",
    "cursor-line-blurred": "#222a36",
    "match-text": "#14171d",
    "match-ground": "#e2bd78",
    "panel-border": "#39424f",
    "panel-border-active": "#7fb2e0",
    "thumb": "#4a5564",
}
_LIGHT = {
    "primary": "#1f5c91",
    "secondary": "#4d5c70",
    "accent": "#7a5300",
    "warning": "#7a5300",
    "error": "#a92f2b",
    "success": "#2f6632",
    "foreground": "#262b33",
    "background": "#faf8f4",
    "surface": "#f3f0ea",
    "panel": "#eae6de",
}
_LIGHT_OWN = {
    "dim": "#586170",
    "heading": "#285d8c",
    "step-done": "#2f6632",
    "step-skipped": "#5a6270",
    "step-overdue": "#a92f2b",
    "step-locked": "#644a9a",
    "step-waiting": "#1d6473",
    "step-hidden": "#5b6471",
    "step-key": "#7a5300",
    "step-care": "#983763",
    "cursor-line": "#d9e4ee",
    "cursor-line-blurred": "#e6e8e8",
    "match-text": "#262b33",
    "match-ground": "#f0cf86",
    "panel-border": "#c9c3b7",
    "panel-border-active": "#1f5c91",
    "thumb": "#b5ae9f",
}


def _framework(base: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Textual's own variables, so that its inputs and scroll bars look like the rest."""
    return {
        "text": base["foreground"],
        "text-muted": own["dim"],
        "text-disabled": own["dim"],
        "text-error": base["error"],
        "border": own["panel-border-active"],
        "border-blurred": own["panel-border"],
        "block-cursor-foreground": base["foreground"],
        "block-cursor-background": own["cursor-line"],
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": base["foreground"],
        "block-cursor-blurred-background": own["cursor-line-blurred"],
        "input-cursor-background": base["primary"],
        "input-cursor-foreground": base["background"],
        "input-selection-background": own["cursor-line"],
        "scrollbar": own["thumb"],
        "scrollbar-hover": own["dim"],
        "scrollbar-active": base["primary"],
        "scrollbar-background": base["background"],
        "scrollbar-background-hover": base["background"],
        "scrollbar-background-active": base["background"],
        "screen-selection-background": own["cursor-line"],
        "screen-selection-foreground": base["foreground"],
    }


THEMES = (
    Theme("playbook-dark", True, _DARK, {**_framework(_DARK, _DARK_OWN), **_DARK_OWN}),
    Theme("playbook-light", False, _LIGHT, {**_framework(_LIGHT, _LIGHT_OWN), **_LIGHT_OWN}),
)
"""The themes that come with the program; the first is the default."""

DERIVED = {
    "dim": "foreground", "heading": "text-primary", "step-done": "text-success", "step-skipped": "foreground",
    "step-overdue": "text-error", "step-locked": "text-secondary", "step-waiting": "text-secondary",
    "step-hidden": "foreground", "step-key": "text-accent", "step-care": "text-accent", "cursor-line": "panel",
    "cursor-line-blurred": "surface", "match-text": "background", "match-ground": "foreground",
    "panel-border": "panel", "panel-border-active": "primary", "thumb": "panel",
}  # fmt: skip
"""Our variables under a theme that is not ours: which of its own colours each one takes."""
