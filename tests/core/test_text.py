import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.text import block, clean, is_clean, line, slug
from tests.core.properties import CALM
from tests.hostile import CONTROLS, HOSTILE, INVISIBLE, MARKUP, NAMES, SCRIPTS

ANY = (
    st.text()
    | st.sampled_from(HOSTILE)
    | st.text(st.characters(max_codepoint=0x2FF))
    | st.text(st.sampled_from("\r\n\t \x1b\u202e\u200da"))
)
JOINERS = "\u200c\u200d"
ALLOWED_FORMAT = {*JOINERS, "\n", "\t"}


def is_dangerous(letter: str) -> bool:
    """Told apart by what Unicode says of a letter, not by our own list."""
    bidi = unicodedata.bidirectional(letter) in {
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    }
    return letter not in ALLOWED_FORMAT and (bidi or unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"})


@CALM
@given(ANY)
def test_nothing_dangerous_is_left(text: str) -> None:
    for cleaned in (clean(text), block(text), line(text)):
        assert not any(map(is_dangerous, cleaned))
        assert is_clean(cleaned)


def test_every_dangerous_letter_of_unicode_is_caught() -> None:
    for code in range(0x110000):
        if is_dangerous(chr(code)) and chr(code) != "\r":
            assert not is_clean(chr(code)), hex(code)
            assert not is_dangerous(clean(chr(code))[0]), hex(code)


@pytest.mark.parametrize("text", [*CONTROLS, *INVISIBLE])
def test_what_may_not_pass_becomes_visible(text: str) -> None:
    assert not is_clean(text)
    assert is_clean(clean(text))
    assert len(clean(text)) >= len(text.replace("\r\n", "\n")), "nothing is lost"


@pytest.mark.parametrize("text", [*MARKUP, *SCRIPTS, *NAMES, "\tone\ttwo\nthree"])
def test_honest_text_comes_through_letter_for_letter(text: str) -> None:
    assert clean(text) == text
    assert is_clean(text)


def test_what_the_stand_ins_look_like() -> None:
    assert clean("\x1b[31m") == "␛[31m"
    assert clean("a\x00b\x7f") == "a␀b␡"
    assert clean("x\u202ey") == "x⟨U+202E⟩y"
    assert clean("\x9b") == "⟨U+009B⟩"
    assert clean("one\r\ntwo\rthree") == "one\ntwo\nthree"


@CALM
@given(ANY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert line(line(text)) == line(text)
    assert block(block(text)) == block(text)


@CALM
@given(ANY)
def test_a_line_is_one_line_and_a_block_has_no_tabs(text: str) -> None:
    assert not re.search(r"[\n\t\r]|  |^ | $", line(text))
    assert "\t" not in block(text)
    assert block(text).count("\n") == clean(text).count("\n")
    assert not set(JOINERS) & set(line(text) + block(text))


def test_lines_and_blocks() -> None:
    assert line("  one\n\ttwo\u00a0three  ") == "one two three"
    assert block("one\n\ttwo") == "one\n    two"
    assert line("👨\u200d👩\u200d👧") == "👨👩👧"
    assert line("2\ufe0f") == "2"


# Slugs.


@CALM
@given(ANY, st.integers(1, 60))
def test_a_slug_is_a_safe_name(text: str, longest: int) -> None:
    made = slug(text, longest)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert len(made) <= longest
    assert slug(made, longest) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Gimnasio Norte, S. L.", "gimnasio-norte-s-l"),
        ("Bodega Añón & Cía", "bodega-anon-cia"),
        ("../../etc/passwd", "etc-passwd"),
        ("漢字", ""),
        ("ﬁrma ½", "firma-12"),
        ("x" * 300, "x" * 40),
        ("a" * 39 + " b", "a" * 39),
    ],
)
def test_slugs(text: str, made: str) -> None:
    assert slug(text) == made
