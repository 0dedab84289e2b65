"""Help for writing a playbook's file: what the cursor stands in, what may stand there, pieces to begin with."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.playbook import Playbook
from playbook.files.outline import line_of_step, mark_at, outline
from playbook.files.read import read_playbook
from playbook.files.writing.completing import complete
from playbook.files.writing.context import context_at
from playbook.files.writing.snippets import piece

KNOWN = """
title = "Gift"
target_label = "Kickoff"

[roles]
lead = "Lead"

[snippets]
bye = "Bye"

[[field]]
id = "size"
label = "Size"
kind = "choice"
choices = ["small", "big"]

[[section]]
id = "first"
title = "First"

[[section.step]]
id = "ask"
title = "Ask them"
due = "start + 1bd"

[[section.step.field]]
id = "when-to-call"
label = "When to call"
kind = "date"
save_as = "call-day"

[[section.step]]
id = "send"
title = "Send it"
"""
STEP = "[[section]]\n[[section.step]]\n"


def known() -> Playbook:
    playbook = read_playbook(KNOWN, "gift").playbook
    assert playbook is not None
    return playbook


def offered(written: str) -> list[str]:
    """What may stand at the bar."""
    offset = written.index("|")
    found = complete(written.replace("|", "", 1), offset, known(), ["onboarding"])
    return [option.word for option in found.options]


def taken(written: str) -> str:
    """The text after the first thing that is offered at the bar, with a bar where the cursor stands."""
    offset = written.index("|")
    text = written.replace("|", "", 1)
    found = complete(text, offset, known(), ["onboarding"])
    option = found.options[0]
    said = option.before + option.word + option.after
    after = text[: found.start] + said + text[offset:]
    cursor = found.start + len(said) - option.back
    return after[:cursor] + "|" + after[cursor:]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("ti|", ["title"]),
        ("[[sec|", ["section"]),
        ("[[section.|", ["when", "step"]),
        (STEP + "ski|", ["skip"]),
        (STEP + 'skip = "free"\nsk|', []),
        (STEP + "skip = |", ["reason", "free", "never"]),
        (STEP + 'skip = "n|', ["never"]),
        (STEP + "key = |", ["true", "false"]),
        (STEP + 'needs = ["ask", "|', ["ask", "send"]),
        (STEP + 'due = "|', ["start", "target", "when-to-call", "ask", "send"]),
        (STEP + 'due = "s|', ["start", "send"]),
        (STEP + 'holds = ["|', ["ask", "send", "first"]),
        (STEP + 'role = "|', ["lead"]),
        (STEP + 'when = { field = "s|', ["size"]),
        (STEP + 'when = { field = "size", is = "|', ["small", "big"]),
        (STEP + 'when = { all = [ { field = "size", is = "b|', ["big"]),
        (STEP + 'logs = { kind = "c|', ["contact", "concern"]),
        (STEP + 'logs = { kind = "note", te|', ["text"]),
        (STEP + 'starts = { playbook = "|', ["onboarding"]),
        (STEP + 'guide = """\nDear {{ con|\n"""', ["contact.name", "contact.email"]),
        (STEP + 'say = "{{ snip|', ["snippets.bye"]),
        (STEP + 'say = "{{ client.call|', ["client.call-day"]),
        (STEP + "# a remark |", []),
    ],
)
def test_what_may_stand_there(written: str, words: list[str]) -> None:
    assert offered(written) == words


def test_kinds_are_those_of_the_table_that_asks() -> None:
    assert "long-text" in offered(STEP + "[[section.step.field]]\nkind = |")
    assert "long-text" not in offered(STEP + "logs = { kind = |")


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("tit|", 'title = "|"'),
        (STEP + "skip = fr|", STEP + 'skip = "free"|'),
        (STEP + 'skip = "fr|"', STEP + 'skip = "free|"'),
        (STEP + "nee|", STEP + "needs = [|]"),
        (STEP + "ke|", STEP + "key = true|"),
        (STEP + 'say = "{{ me|"', STEP + 'say = "{{ me }}|"'),
    ],
)
def test_what_is_taken_stands_ready_to_be_gone_on_with(written: str, after: str) -> None:
    found = taken(written)
    assert found.replace("|", "") == after.replace("|", "")
    if "true" not in after:
        assert found == after


@given(st.text("ab[]{}\"'=.#\n -", max_size=60), st.integers(0, 60))
def test_half_written_text_never_stops_it(text: str, at: int) -> None:
    found = context_at(text, min(at, len(text)))
    assert 0 <= found.start <= len(text)
    assert text[found.start : min(at, len(text))] == found.word
    complete(text, min(at, len(text)), known())


@pytest.mark.parametrize("kind", ["step", "field", "section"])
@given(line=st.integers(1, KNOWN.count("\n") + 1))
def test_a_piece_fits_wherever_the_cursor_stands(kind: str, line: int) -> None:
    offset = len("".join(KNOWN.splitlines(keepends=True)[: line - 1]))
    made = piece(kind, KNOWN, offset, "brand-new")
    text = KNOWN[: made.at] + made.text + KNOWN[made.at :]
    reading = read_playbook(text, "gift")
    assert reading.playbook is not None
    assert reading.problems == []
    playbook = reading.playbook
    ids = [
        *(s.id for s in playbook.sections),
        *(s.id for s in playbook.steps()),
        *(f.id for f in playbook.all_fields()),
    ]
    assert ids.count("brand-new") == 1
    begin, end = made.marked
    assert f'"{text[begin:end]}"' in text
    assert len(tomllib.loads(text)["section"]) == len(known().sections) + (kind == "section")


def test_a_new_step_stands_below_the_one_the_cursor_is_in() -> None:
    made = piece("step", KNOWN, KNOWN.index('title = "Ask them"'), "new-step")
    playbook = read_playbook(KNOWN[: made.at] + made.text + KNOWN[made.at :], "gift").playbook
    assert playbook is not None
    assert [step.id for step in playbook.steps()] == ["ask", "new-step", "send"]


def test_the_outline_says_what_a_line_belongs_to() -> None:
    marks = outline(KNOWN, known())
    lines = KNOWN.splitlines()
    assert [lines[mark.line - 1] for mark in marks] == ["[[section]]", "[[section.step]]", "[[section.step]]"]
    inside = lines.index("[[section.step.field]]") + 2
    assert mark_at(marks, inside) == marks[1]
    assert mark_at(marks, 2) is None
    assert line_of_step(marks, known(), "send") == lines.index('id = "send"')
    assert line_of_step(marks, known(), "nobody") == 0
