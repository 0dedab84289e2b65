from hypothesis import given
from hypothesis import strategies as st

from playbook.core.playbook import Message
from playbook.core.text import is_clean
from playbook.widgets.guide_text import guide_lines, inline
from playbook.widgets.spans import Span, Spans, spans, width_of
from playbook.widgets.step_detail import StepDetail
from playbook.widgets.step_sheet import AnswerSheet, NoteSheet, StepSheet, sheet_lines
from tests.hostile import HOSTILE
from tests.screens.stage import Stage, rendered

SHEET = StepSheet(
    title="Walk through what happens next",
    facts=(spans("care", "care"), spans("call"), spans("due Tue 24 Nov"), spans("★", "key")),
    warnings=(spans("⊘ locked by Paper and payment", "locked"),),
    guide="Silence after signing breeds **doubt**.\nSay why you are *glad*.\n\n- one person: `name`\n- the [note](https://example.org)",
    say="I am glad we are doing this.",
    message=Message("Ana <ana@acme.example>", "What happens next", "Hello Ana,\n\nthree dates."),
    fields=(
        AnswerSheet("Next word", "Fri 27 Nov", required=True),
        AnswerSheet("Success", required=True),
        AnswerSheet("Tone"),
    ),
    reasons=("Shown because Tier is gold.",),
    notes=(NoteSheet("Tue 10:12", "Ana", "prefers mornings"),),
)

LOOK = """\
 care · call · due Tue 24 Nov · ★

 ⊘ locked by Paper and payment

 Silence after signing breeds doubt. Say
 why you are glad.

 • one person: name
 • the note (https://example.org)

 Say  “I am glad we are doing this.”

 Next word *  Fri 27 Nov
 Success *    still to answer
 Tone         –

 ✎ Tue 10:12 Ana
   prefers mornings

 Shown because Tier is gold.

 To       Ana <ana@acme.example>
 Subject  What happens next
 │ Hello Ana,
 │
 │ three dates.
"""


def said(lines: list[Spans]) -> list[str]:
    return ["".join(part.text for part in line) for line in lines]


async def test_it_looks_like_this() -> None:
    detail = StepDetail()
    stage = Stage(detail)
    async with stage.run_test(size=(43, 27)) as pilot:
        detail.show(SHEET)
        await pilot.pause()
        assert rendered(stage) == LOOK
        assert str(detail.border_title) == "Walk through what happens next"


async def test_it_scrolls_and_begins_anew_for_another_step() -> None:
    detail = StepDetail()
    stage = Stage(detail)
    async with stage.run_test(size=(43, 10)) as pilot:
        detail.show(SHEET)
        detail.focus()
        await pilot.press("G")
        assert "three dates" in rendered(stage)
        detail.show(SHEET._replace(say="Another word."))
        await pilot.pause()
        assert detail.top > 0
        detail.show(StepSheet(title="Short", guide="One line."))
        await pilot.pause()
        assert (detail.top, rendered(stage).split("\n")[0]) == (0, " One line.")
        await pilot.press("pagedown", "j", "down")
        assert detail.top == 0


async def test_the_same_step_that_grew_shorter_leaves_no_empty_window() -> None:
    detail = StepDetail()
    stage = Stage(detail)
    async with stage.run_test(size=(43, 10)) as pilot:
        detail.show(SHEET)
        detail.focus()
        await pilot.press("G")
        detail.show(StepSheet(title=SHEET.title, guide="One line."))
        await pilot.pause()
        assert rendered(stage).split("\n")[0] == " One line."


def test_marks_become_tones() -> None:
    assert inline("a **b** *c* `d` __e__ _f_ snake_case_name 2*3*4") == (
        Span("a "), Span("b", "strong"), Span(" "), Span("c", "em"), Span(" "), Span("d", "code"), Span(" "),
        Span("e", "strong"), Span(" "), Span("f", "em"), Span(" snake_case_name 2"), Span("3", "em"), Span("4"),
    )  # fmt: skip
    assert inline("[x](javascript:alert)") == (Span("x"), Span(" (javascript:alert)", "dim"))
    assert inline("[red]x[/red] [/foo] [@click=app.quit]y") == (
        Span("[red]x[/red] [/foo] [@click=app.quit]y"),
    )
    assert inline(r"\*kept\* **open") == (Span("*"), Span("kept"), Span("*"), Span(" **open"))


def test_numbered_and_indented_bullets_hang() -> None:
    assert said(guide_lines("1. first step of two\n  - below it", 14)) == [
        "1. first step",
        "   of two",
        "  • below it",
    ]


MARKS = st.text(st.sampled_from("ab *_`[]()#-\\\n1.日👍"), max_size=80)


@given(st.one_of(MARKS, st.text(max_size=60)), st.integers(24, 60))
def test_no_line_is_wider_than_the_pane(text: str, width: int) -> None:
    sheet = StepSheet(text, (spans(text),), (spans(text),), text, text, Message(text, text, text),
                      (AnswerSheet(text, text, required=True),), (text,), (NoteSheet(text, text, text),))  # fmt: skip
    for line in sheet_lines(sheet, width):
        assert width_of(line) <= width
        assert all(is_clean(part.text) and "\n" not in part.text for part in line)


def test_hostile_texts_are_shown_and_nothing_runs() -> None:
    for text in HOSTILE:
        assert all(is_clean(line) for line in said(sheet_lines(StepSheet(text, guide=text, say=text), 40)))


def test_a_huge_text_is_cut_and_says_so() -> None:
    lines = said(guide_lines("**a " * 50_000, 80))
    assert lines[-1].endswith("…") and len(lines) < 1_000
