import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events, on

from playbook.core.text import is_clean
from playbook.widgets.columns import GAP, Column, kept_columns, laid_out
from playbook.widgets.matching import folded, marked, matches, words_of
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, cut, fit, one_line, spans, width_of, wrap
from tests.hostile import HOSTILE
from tests.screens.stage import Stage, rendered

texts = st.text(
    st.one_of(st.characters(), st.sampled_from("ab  日本語👍é\u0301\u200d\ufe0f\x1b\x07\u202e[/x]\n\t")),
    max_size=30,
)
parts = st.lists(st.builds(Span, texts, st.sampled_from(["", "dim", "overdue"])), max_size=4)

COLUMNS = (Column(8), Column(12, stretch=1), Column(10, right=True, shrinks=True))


# Measuring and cutting.


@given(parts, st.integers(0, 40))
def test_cut_never_exceeds_the_width_and_says_so(given_parts: list[Span], width: int) -> None:
    clean = one_line(given_parts)
    shown = cut(clean, width)
    assert width_of(shown) <= width
    text, whole = "".join(span.text for span in shown), "".join(span.text for span in clean)
    assert text == whole or not width or text.endswith("…")


@given(parts, st.integers(0, 40), st.booleans())
def test_fit_fills_exactly(given_parts: list[Span], width: int, right: bool) -> None:
    assert width_of(fit(one_line(given_parts), width, right=right)) == width


@given(parts, st.integers(2, 40))
def test_wrap_keeps_every_letter_and_the_width(given_parts: list[Span], width: int) -> None:
    clean = one_line(given_parts)
    lines = wrap(clean, width)
    assert all(width_of(line) <= width for line in lines)
    said = "".join(span.text for line in lines for span in line)
    assert said.replace(" ", "") == "".join(span.text for span in clean).replace(" ", "")


@given(parts)
def test_what_is_drawn_is_clean(given_parts: list[Span]) -> None:
    assert all(is_clean(span.text) and "\n" not in span.text for span in one_line(given_parts))


@given(st.lists(parts, max_size=4), st.integers(0, 60))
def test_a_row_takes_exactly_its_room(cells: list[list[Span]], room: int) -> None:
    row = [one_line(cell) for cell in cells]
    assert width_of(laid_out(row, COLUMNS, kept_columns(COLUMNS, room), room)) == room


def test_columns_leave_from_the_right_and_the_stretching_one_stays() -> None:
    columns = (Column(8), Column(16), Column(20, stretch=1), Column(18))
    assert kept_columns(columns, 80) == (0, 1, 2, 3)
    assert kept_columns(columns, 8 + 16 + 20 + 2 * GAP) == (0, 1, 2)
    assert kept_columns(columns, 20) == (2,)
    assert kept_columns(columns, 3) == (2,)


def test_a_shrinking_column_gives_its_room_to_the_words() -> None:
    columns = (Column(5, stretch=1), Column(20, right=True, shrinks=True))
    short = laid_out((spans("a long title here"), spans("Mon 16")), columns, (0, 1), 30)
    none = laid_out((spans("a long title here"), ()), columns, (0, 1), 30)
    assert "".join(span.text for span in short) == "a long title here       Mon 16"
    assert "".join(span.text for span in none) == "a long title here             "


@given(texts)
def test_folding_keeps_places(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(parts, texts)
def test_marking_changes_no_letter(given_parts: list[Span], wanted: str) -> None:
    shown = marked(given_parts, words_of(wanted))
    assert "".join(span.text for span in shown) == "".join(span.text for span in given_parts)


def test_matching_ignores_case_and_accents() -> None:
    assert matches(words_of("agora ESTU"), "Estudio Ágora")
    assert not matches(words_of("agora x"), "Estudio Ágora")
    assert [
        span.text for span in marked(spans("Estudio Ágora"), words_of("agora")) if span.tone == "match"
    ] == ["Ágora"]


# The list.


class ListStage(Stage):
    """Notes what the list tells."""

    @on(RowList.Highlighted)
    @on(RowList.Opened)
    @on(RowList.Marked)
    def note(self, event: RowList.Highlighted | RowList.Opened | RowList.Marked) -> None:
        self.seen.append((type(event).__name__, event.key))


def row(key: str, title: str = "") -> Row:
    return Row(key, (spans("today"), spans(title or f"Title {key}"), spans("Mon 16")), sign=Span("☐"))


def heading(title: str) -> Row:
    return Row(f"#{title}", (spans(title), spans("2")), kind="heading")


def sample() -> list[Row]:
    return [heading("Overdue"), row("a"), row("b"), heading("Today"), row("c"), row("d")]


def staged(rows: list[Row], empty: str = "") -> tuple[ListStage, RowList]:
    row_list = RowList(COLUMNS, empty=empty)
    stage = ListStage(row_list)
    row_list.show(rows)
    return stage, row_list


LOOK = """\
─ Overdue ────────────────────────────── 2 ─
  ☐ today     Title a                Mon 16
 ●☐ today     Title b                Mon 16
─ Today ──────────────────────────────── 2 ─
▌ ☐ today     Title c                Mon 16
  ☐ today     Title d                Mon 16
"""


async def test_it_looks_like_this() -> None:
    stage, row_list = staged(sample())
    async with stage.run_test(size=(45, 7)) as pilot:
        row_list.focus()
        await pilot.press("j", "v")
        assert rendered(stage) == LOOK


async def test_the_cursor_passes_over_headings() -> None:
    stage, row_list = staged(sample())
    async with stage.run_test(size=(44, 10)) as pilot:
        row_list.focus()
        walked = [row_list.key]
        for key in ("down", "j", "j", "down", "k", "home", "up", "G", "g", "end", "pageup", "pagedown"):
            await pilot.press(key)
            walked.append(row_list.key)
        assert walked == ["a", "b", "c", "d", "d", "c", "a", "a", "d", "a", "d", "a", "d"]


async def test_it_tells_where_it_is_once() -> None:
    stage, row_list = staged(sample())
    async with stage.run_test(size=(44, 10)) as pilot:
        row_list.focus()
        await pilot.press("up", "down", "enter")
        assert stage.seen == [("Highlighted", "a"), ("Highlighted", "b"), ("Opened", "b")]


async def test_the_cursor_stays_on_its_key_when_rows_change() -> None:
    stage, row_list = staged(sample())
    async with stage.run_test(size=(44, 10)) as pilot:
        await pilot.pause()
        row_list.select("c")
        row_list.show([row("new"), *sample()])
        assert row_list.key == "c"
        row_list.show([heading("Today"), row("a"), row("d")])
        assert row_list.key == "d"
        row_list.show([heading("Today")])
        assert row_list.key == ""
        row_list.show(sample())
        assert row_list.key == "a"
        assert not row_list.select("nowhere") and row_list.key == "a"


async def test_it_stays_at_the_same_height_on_the_screen() -> None:
    rows = [row(f"{n}") for n in range(100)]
    stage, row_list = staged(rows)
    async with stage.run_test(size=(44, 10)) as pilot:
        row_list.select("50")
        await pilot.pause()
        held = row_list.cursor - row_list.top
        row_list.show(rows[20:])
        assert (row_list.key, row_list.cursor - row_list.top) == ("50", held)


async def test_marks_choose_what_an_action_is_for() -> None:
    stage, row_list = staged(sample())
    async with stage.run_test(size=(44, 10)) as pilot:
        row_list.focus()
        assert row_list.chosen() == ("a",)
        await pilot.press("v", "down", "v")
        assert row_list.chosen() == ("a", "c")
        row_list.show([row("c"), row("b")])
        assert row_list.chosen() == ("c",)
        row_list.clear_marks()
        assert row_list.chosen() == (row_list.key,)


async def test_a_hundred_thousand_rows_are_not_made() -> None:
    made: list[int] = []

    def make(index: int) -> Row:
        made.append(index)
        return row(f"k{index}")

    row_list = RowList(COLUMNS)
    row_list.show_made([f"k{n}" for n in range(100_000)], make)
    stage = ListStage(row_list)
    async with stage.run_test(size=(80, 24)) as pilot:
        row_list.focus()
        await pilot.press("G")
        assert row_list.key == "k99999"
        assert len(set(made)) < 100
        made.clear()
        await pilot.press("up")
        assert len(set(made)) < 6


async def test_a_changed_row_is_the_only_one_made_again() -> None:
    rows = sample()
    made: list[int] = []

    def make(index: int) -> Row:
        made.append(index)
        return rows[index]

    row_list = RowList(COLUMNS)
    row_list.show_made([item.key for item in rows], make)
    stage = ListStage(row_list)
    async with stage.run_test(size=(44, 10)) as pilot:
        await pilot.pause()
        made.clear()
        rows[2] = row("b", "Changed")
        row_list.update_row("b")
        await pilot.pause()
        assert "Changed" in rendered(stage)
        assert set(made) == {2}


async def test_a_filter_shows_where_its_words_stand() -> None:
    stage, row_list = staged(sample())
    async with stage.run_test(size=(44, 10)) as pilot:
        row_list.highlight("TITLE")
        await pilot.pause()
        strip = row_list.line(4, 43)
        assert not isinstance(strip, tuple)
        assert [segment.text for segment in strip if segment.style == row_list.palette.style("match")] == [
            "Title"
        ]


async def test_an_empty_list_says_what_to_do() -> None:
    stage, row_list = staged([], "Nothing is due.\nPress a to start a playbook for a client.")
    async with stage.run_test(size=(30, 8)) as pilot:
        row_list.focus()
        await pilot.press("down", "enter", "v", "G", "pageup")
        assert rendered(stage).split("\n")[:4] == [
            "", "  Nothing is due.", "  Press a to start a", "  playbook for a client."
        ]  # fmt: skip
        assert stage.seen == []


async def test_the_mouse_chooses_and_opens() -> None:
    stage, row_list = staged(sample())
    async with stage.run_test(size=(44, 10)) as pilot:
        await pilot.click(RowList, offset=(5, 4))
        assert row_list.key == "c"
        await pilot.click(RowList, offset=(5, 3))
        assert row_list.key == "c"
        await pilot.click(RowList, offset=(5, 4))
        assert stage.seen[-1] == ("Opened", "c")


async def test_the_wheel_moves_the_window() -> None:
    stage, row_list = staged([row(f"{n}") for n in range(50)])
    async with stage.run_test(size=(44, 10)) as pilot:
        await pilot.pause()
        row_list.post_message(events.MouseScrollDown(row_list, 5, 5, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert (row_list.top, row_list.cursor) == (3, 0)
        await pilot.resize_terminal(44, 60)
        assert row_list.top == 0


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (20, 5), (80, 24), (200, 60)])
async def test_hostile_rows_stay_inside_their_lines(size: tuple[int, int]) -> None:
    rows = [row(f"{n}", text) for n, text in enumerate((*HOSTILE, "日本語" * 30, "👍🏽" * 40, "[/x] [red]y"))]
    stage, row_list = staged([heading(HOSTILE[0]), *rows])
    async with stage.run_test(size=size) as pilot:
        await pilot.pause()
        width = row_list.line_width
        for index in range(len(rows) + 1):
            strip = row_list.line(index, width)
            assert not isinstance(strip, tuple)
            text = "".join(segment.text for segment in strip)
            assert sum(cell_len(segment.text) for segment in strip) == width
            assert is_clean(text) and "\n" not in text


async def test_another_theme_repaints_in_its_colours() -> None:
    stage, row_list = staged(sample())
    async with stage.run_test(size=(44, 10)) as pilot:
        await pilot.pause()
        before = row_list.line(2, 43)
        stage.theme = "playbook-light"
        await pilot.pause()
        assert row_list.line(2, 43) != before
