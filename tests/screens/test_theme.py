import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

import playbook
from playbook.theme import DERIVED, GROUNDS, TEXTS, THEMES, Theme
from playbook.widgets.colours import TONES, Palette, textual_theme, variable_defaults

LEAST = 4.5
SOURCES = Path(playbook.__file__).parent


def luminance(colour: str) -> float:
    """WCAG 2: relative luminance of `#rrggbb`."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs(theme: Theme) -> Iterator[tuple[str, str]]:
    yield from (
        (text, ground)
        for text in (*TEXTS, "primary", "accent", "error", "warning", "success")
        for ground in GROUNDS
    )
    yield "match-text", "match-ground"


def test_contrast_is_computed_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_every_ground(theme: Theme) -> None:
    colours = {**theme.base, **theme.variables}
    weak = {
        f"{text} on {ground}": round(contrast(colours[text], colours[ground]), 2)
        for text, ground in pairs(theme)
    }
    assert {pair: ratio for pair, ratio in weak.items() if ratio < LEAST} == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_palette_paints_what_was_measured(theme: Theme) -> None:
    variables = {**textual_theme(theme).to_color_system().generate(), **theme.variables}
    palette = Palette(variables, Color.parse(theme.base["background"]))
    for tone in (*TONES, "match"):
        for ground in ("", "cursor-line", "cursor-line-blurred"):
            style = palette.style(tone, ground)
            assert style.color is not None and style.bgcolor is not None
            if tone != "rule":
                painted = style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex
                assert contrast(*painted) >= LEAST, (tone, ground)


def test_both_themes_state_the_same_variables() -> None:
    dark, light = THEMES
    assert dark.is_dark and not light.is_dark
    assert dark.base.keys() == light.base.keys()
    assert dark.variables.keys() == light.variables.keys()
    assert set(DERIVED) <= set(dark.variables)


@pytest.mark.parametrize("name", sorted(BUILTIN_THEMES))
def test_a_theme_that_is_not_ours_still_has_all_our_variables(name: str) -> None:
    theme = BUILTIN_THEMES[name]
    known = theme.to_color_system().generate() | theme.variables | variable_defaults(theme)
    palette = Palette(known, Color.parse("#000000"))
    for tone in TONES:
        palette.style(tone, "cursor-line")
    assert set(DERIVED) <= set(known)


def test_our_own_themes_need_no_defaults() -> None:
    assert all(variable_defaults(textual_theme(theme)) == {} for theme in THEMES)


def test_style_sheets_use_only_variables_that_exist() -> None:
    known = {**textual_theme(THEMES[0]).to_color_system().generate(), **THEMES[0].variables}
    sheets = [*SOURCES.rglob("*.tcss"), *SOURCES.glob("widgets/*.py"), *SOURCES.glob("dialogs/*.py")]
    used = {name for sheet in sheets for name in re.findall(r"\$([a-z][a-z0-9-]*)", sheet.read_text("utf-8"))}
    assert used and used <= set(known)


def test_colours_stand_only_in_the_theme() -> None:
    """No `#rrggbb` and no named colour outside theme.py."""
    sheets = [*SOURCES.rglob("*.tcss"), *SOURCES.glob("widgets/*.py"), *SOURCES.glob("dialogs/*.py")]
    for sheet in sheets:
        assert not re.search(r"#[0-9a-fA-F]{6}\b", sheet.read_text("utf-8")), sheet
