from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from textual.widget import Widget

from playbook.core.client import Entry
from playbook.core.playbook import Field
from playbook.core.text import is_clean
from playbook.dialogs.answer import AnswerDialog
from playbook.dialogs.ask_text import AskTextDialog
from playbook.dialogs.asking import outcome_dialog, reading_of, skip_dialog
from playbook.dialogs.choose import ChooseDialog, Chosen
from playbook.dialogs.confirm import ConfirmDialog
from playbook.dialogs.dialog import Dialog
from playbook.dialogs.due import DueDialog
from playbook.dialogs.form import FormDialog
from playbook.dialogs.help import HelpDialog, keys_of
from playbook.dialogs.start import Asking, Preview, PreviewRow, StartDialog, StartForm
from playbook.widgets.footer import KeyFooter
from playbook.widgets.form_field import Question, Reading
from playbook.widgets.picker import Choice
from playbook.widgets.row_list import RowList
from tests.hostile import HOSTILE
from tests.screens.stage import Stage, rendered
from tests.workspaces import make_workspace

CLIENTS = (
    Choice("acme", "Acme Studio", "2 runs"),
    Choice("gym", "Gimnasio Norte"),
    Choice("agora", "Estudio Ágora"),
)
PLAYBOOKS = (Choice("onboarding", "Client onboarding", "22 steps"), Choice("gift", "Welcome gift", "9 steps"))
FIELDS = (
    Field(
        id="rule",
        label="Their rule",
        kind="choice",
        choices={"none": "no limit", "limit": "a limit"},
        required=True,
    ),
    Field(id="budget", label="Budget", kind="money", required=True, help="All in."),
    Field(
        id="who",
        label="Who decides",
        kind="several",
        choices={"o": "owner", "m": "marketing", "f": "finance"},
    ),
    Field(id="ok", label="Pictures?", kind="yes-no"),
    Field(id="day", label="Next word", kind="date"),
    Field(id="said", label="What they said", kind="long-text"),
    Field(id="areas", label="Areas", kind="list", choices={"meet": "Meet", "no": "No"}),
)


def read(text: str) -> Reading:
    known = {
        "fri": Reading("2026-11-27", "Friday 27 November 2026"),
        "clear": Reading("clear", "the playbook's own date"),
    }
    return known.get(text.strip(), Reading("", f"“{text}” is no date"))


def need_budget(typed: Mapping[str, str]) -> Mapping[str, str]:
    return {} if typed["budget"] else {"budget": "Needs an amount."}


def ask(chosen: StartForm) -> Asking:
    return Asking((
        Question("start", "Agreement day", value="today"),
        Question("target", f"Go-live of {chosen.playbook} for {chosen.client}"),
    ))  # fmt: skip


def look(form: StartForm) -> Preview | Mapping[str, str]:
    if form.typed["start"] != "today":
        return {"start": "No such day."}
    rows = (
        PreviewRow("The yes", is_section=True),
        PreviewRow("Day of the yes", "Mon 23 Nov"),
        PreviewRow("Welcome call", "Tue 24 Nov"),
    )
    return Preview(rows, "2 steps")


def dialogs() -> Iterator[Dialog[Any]]:
    yield ConfirmDialog("Undo?", ["The tick of Welcome call is taken back."])
    yield AskTextDialog("Skip", "Reason", hint="It should have been done.", required=True)
    yield AskTextDialog("Note", "Note", several_lines=True)
    yield AnswerDialog("Ask about their gift rule", FIELDS, {"day": "fri"}, check=need_budget, read_date=read)
    yield StartDialog(CLIENTS, PLAYBOOKS, ask, look)
    yield StartDialog(CLIENTS, PLAYBOOKS, ask, look, client="acme", playbook="gift")
    yield DueDialog("Due: Welcome call", read, now="Now Tue 24 Nov")
    yield ChooseDialog("Client", CLIENTS, placeholder="Type a part of the name")


class Host(Stage):
    """Opens one dialog over a list and keeps what it answers."""

    def __init__(self, dialog: Dialog[Any]) -> None:
        super().__init__(RowList())
        self.dialog = dialog

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.seen.append)


async def answered(dialog: Dialog[Any], *keys: str, size: tuple[int, int] = (80, 24)) -> list[Any]:
    """What the dialog answered after these keys; nothing while it is still open."""
    host = Host(dialog)
    async with host.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        return host.seen


def typing(text: str) -> list[str]:
    return [
        {" ": "space", ".": "full_stop", "+": "plus", "-": "minus"}.get(letter, letter) for letter in text
    ]


# Every dialog.


@pytest.mark.parametrize("number", range(8))
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_it_fits_and_shows_its_title_and_its_keys(number: int, size: tuple[int, int]) -> None:
    dialog = list(dialogs())[number]
    host = Host(dialog)
    async with host.run_test(size=size) as pilot:
        await pilot.pause()
        box = dialog.query_one(".box")
        assert dialog.region.contains_region(box.region)
        footer = dialog.query_one(KeyFooter)
        assert box.region.contains_region(footer.region) and footer.region.height == 1
        assert "esc" in rendered(host).splitlines()[footer.region.y]
        assert all(box.region.contains_region(widget.region) for widget in box.query("FormField, RowList").results(Widget)
                   if widget.parent is box)  # fmt: skip
        assert host.focused is not None or isinstance(dialog, ConfirmDialog)


@pytest.mark.parametrize("number", range(8))
@pytest.mark.parametrize("size", [(20, 5), (1, 1), (40, 10)])
async def test_a_tiny_terminal_does_no_harm(number: int, size: tuple[int, int]) -> None:
    assert await answered(list(dialogs())[number], "tab", "down", "pagedown", "escape", size=size) == [None]


@pytest.mark.parametrize("number", range(8))
async def test_esc_leaves_with_nothing(number: int) -> None:
    assert await answered(list(dialogs())[number], "escape") == [None]


async def test_hostile_texts_are_shown_letter_for_letter() -> None:
    short = [text for text in HOSTILE if len(text) < 80]
    for bad in (
        '[/foo] [red]x[/red] [link="x] [@click=app.quit]y',
        *(" ".join(short[n::3]) for n in range(3)),
    ):
        field = Field(id="f", label=bad, help=bad, kind="choice", choices={"a": bad, "b": bad}, required=True)
        question = Question("q", bad, "lines", bad, help=bad, placeholder=bad)
        for dialog in (
            ConfirmDialog(bad, [bad]),
            AskTextDialog(bad, bad, value=bad, hint=bad, placeholder=bad),
            AnswerDialog(bad, [field], {"f": bad}, hint=bad),
            FormDialog(bad, [question, question._replace(id="r", kind="line")], hint=bad),
            ChooseDialog(bad, [Choice("a", bad, bad)], placeholder=bad),
            DueDialog(bad, lambda text, bad=bad: Reading("", bad), now=bad),  # type: ignore[misc]
        ):
            host = Host(dialog)
            async with host.run_test(size=(80, 24)) as pilot:
                await pilot.pause()
                await pilot.press("ctrl+s")
                assert all(is_clean(line) for line in rendered(host).splitlines())


# One by one.


async def test_confirm() -> None:
    assert await answered(ConfirmDialog("Undo?"), "enter") == [True]
    assert await answered(ConfirmDialog("Undo?"), "y") == [True]
    assert await answered(ConfirmDialog("Undo?"), "n") == [None]
    assert await answered(ConfirmDialog("Undo?"), "x") == []


async def test_one_line_is_saved_by_enter() -> None:
    assert await answered(AskTextDialog("Note"), *typing(" prefers mornings "), "enter") == [
        "prefers mornings"
    ]
    assert await answered(AskTextDialog("Note"), "enter") == [""]
    assert await answered(AskTextDialog("Note", required=True), "enter", "space", "enter") == []


async def test_several_lines_are_saved_by_ctrl_s() -> None:
    dialog = AskTextDialog("Note", several_lines=True)
    assert await answered(dialog, "a", "enter", "b", "ctrl+s") == ["a\nb"]


async def test_a_refused_text_is_told_beside_it() -> None:
    dialog = AskTextDialog("Reason", check=lambda text: "More than that." if len(text) < 3 else None)
    host = Host(dialog)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "o", "enter")
        await pilot.pause()
        assert "! More than that." in rendered(host) and host.seen == []
        await pilot.press("t")
        await pilot.pause()
        assert "! More than that." not in rendered(host)
        await pilot.press("enter")
        await pilot.pause()
        assert host.seen == ["not"]


async def test_an_answer_form_takes_each_kind_from_the_keyboard() -> None:
    keys = [
        "2", "enter",  # a limit
        *typing("900 eur"), "enter",
        "space", "down", "down", "space", "enter",  # owner and finance
        "down", "enter",  # no
        *typing("fri"), "enter",
        *typing("hm"), "tab",
        *typing("site"), "ctrl+s",
    ]  # fmt: skip
    dialog = AnswerDialog("Gift rule", FIELDS, {}, check=need_budget, read_date=read)
    assert await answered(dialog, *keys) == [
        {
            "rule": "limit",
            "budget": "900 eur",
            "who": "o\nf",
            "ok": "no",
            "day": "2026-11-27",
            "said": "hm",
            "areas": "site",
        }
    ]


async def test_what_is_wrong_stands_beside_its_field_and_has_the_focus() -> None:
    dialog = AnswerDialog("Gift rule", FIELDS, {"rule": "none"}, check=need_budget, read_date=read)
    host = Host(dialog)
    async with host.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        await pilot.press("tab", "ctrl+s")
        await pilot.pause()
        lines = rendered(host).splitlines()
        place = next(n for n, line in enumerate(lines) if "Needs an amount." in line)
        assert "Budget" in lines[place - 2] and host.seen == []
        await pilot.press("5", "ctrl+s")
        await pilot.pause()
        assert host.seen[0]["budget"] == "5"


async def test_a_form_begins_at_the_first_question_without_an_answer() -> None:
    dialog = FormDialog("Client", [Question("name", "Name", value="Acme"), Question("mail", "E-mail")])
    assert await answered(dialog, *typing("x"), "enter") == [{"name": "Acme", "mail": "x"}]


async def test_questions_come_and_go_with_the_answers() -> None:
    questions = [
        Question("gift", "A gift?", "one", choices={"yes": "yes", "no": "no"}),
        Question("what", "What?"),
    ]
    dialog = FormDialog(
        "Gift", questions, shown=lambda typed: {"gift", "what"} if typed["gift"] == "yes" else {"gift"}
    )
    assert await answered(dialog, "2", "enter") == [{"gift": "no"}]
    dialog = FormDialog(
        "Gift", questions, shown=lambda typed: {"gift", "what"} if typed["gift"] == "yes" else {"gift"}
    )
    assert await answered(dialog, "1", "enter", "x", "enter") == [{"gift": "yes", "what": "x"}]


async def test_a_choice_can_be_left_again() -> None:
    question = Question("a", "A", "one", "x", choices={"x": "X", "y": "Y"})
    assert await answered(FormDialog("A", [question]), "1", "ctrl+s") == [{"a": ""}]


async def test_due_says_what_it_understood_and_refuses_the_rest() -> None:
    host = Host(DueDialog("Due", read))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", "r")
        await pilot.pause()
        assert "“fr” is no date" in rendered(host)
        await pilot.press("enter")
        assert host.seen == []
        await pilot.press("i")
        await pilot.pause()
        assert "Friday 27 November 2026" in rendered(host)
        await pilot.press("enter")
        await pilot.pause()
        assert host.seen == ["2026-11-27"]


async def test_choose_narrows_as_one_types() -> None:
    assert await answered(ChooseDialog("Client", CLIENTS), *typing("agora"), "enter") == [Chosen("agora")]
    assert await answered(ChooseDialog("Client", CLIENTS), "down", "enter") == [Chosen("gym")]
    assert await answered(ChooseDialog("Client", CLIENTS), *typing("zz"), "enter") == []
    new = ChooseDialog("Client", CLIENTS, new="new client “{text}”")
    assert await answered(new, *typing("zz"), "enter") == [Chosen("", "zz")]


async def test_a_start_takes_a_few_keys() -> None:
    dialog = StartDialog(CLIENTS, PLAYBOOKS, ask, look)
    keys = *typing("gim"), "enter", *typing("gift"), "enter", "enter", "enter"
    assert await answered(dialog, *keys) == [StartForm("gym", "", "gift", {"start": "today", "target": ""})]


async def test_a_start_for_a_new_client() -> None:
    dialog = StartDialog(CLIENTS, PLAYBOOKS, ask, look, playbook="gift")
    keys = *typing("Nova"), "enter", "enter", "enter"
    assert await answered(dialog, *keys) == [StartForm("", "Nova", "gift", {"start": "today", "target": ""})]


async def test_the_preview_comes_before_the_start_and_back_keeps_what_was_typed() -> None:
    host = Host(StartDialog(CLIENTS, PLAYBOOKS, ask, look, client="acme", playbook="gift"))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*typing("x"), "enter")
        await pilot.pause()
        assert "Tue 24 Nov" in rendered(host) and host.seen == []
        await pilot.press("escape")
        await pilot.pause()
        assert "Agreement day" in rendered(host) and " x" in rendered(host)
        await pilot.press("escape")
        await pilot.pause()
        assert host.seen == [None]


async def test_a_wrong_start_is_told_and_not_started() -> None:
    host = Host(StartDialog(CLIENTS, PLAYBOOKS, ask, look, client="acme", playbook="gift"))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("shift+tab", *typing("x"), "ctrl+s")
        await pilot.pause()
        assert "! No such day." in rendered(host) and host.seen == []


async def test_help_lists_the_keys_of_the_screen() -> None:
    host = Stage(RowList())
    async with host.run_test(size=(100, 40)) as pilot:
        host.query_one(RowList).focus()
        await pilot.pause()
        host.push_screen(HelpDialog("Keys", keys_of(host.screen)))
        await pilot.pause()
        shown = rendered(host)
        assert "To the row below" in shown and "↓ j" in shown
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(host.screen, HelpDialog)


async def test_an_hour_is_said_back_while_it_is_typed(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    fields = (Field(id="at", label="They hear it", kind="datetime"),)
    host = Host(AnswerDialog("Tell it", fields, {}, read_date=reading_of(workspace, clears=False)))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*typing("fri 16:00"))
        await pilot.pause()
        assert "Friday 27 November 2026 at 16:00" in rendered(host)
    workspace.close()


async def test_the_summary_of_the_playbook_under_the_cursor_is_read_in_full() -> None:
    summary = "What the first two weeks with a new client need, from the yes to the first thing they can hold in their hands"
    host = Host(StartDialog(CLIENTS, (Choice("gift", "Gift", summary), *PLAYBOOKS), ask, look, client="acme"))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert summary in " ".join(rendered(host).replace("│", "").split())
        await pilot.press("down")
        await pilot.pause()
        assert "What the first two weeks" not in rendered(host) and "22 steps" in rendered(host)


async def test_an_optional_step_is_left_out_without_blame() -> None:
    for is_optional in (True, False):
        host = Host(skip_dialog("Offer extra", needs_reason=False, is_optional=is_optional))
        async with host.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert ("Left out this time" in rendered(host)) == is_optional
            assert ("it should have been done" in rendered(host)) != is_optional


async def test_the_day_below_an_entry_says_what_it_is(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    at = "2026-11-23T09:00:00Z"
    kept = [
        Entry(1, "promise", at, "Ana", "2026-12-02", "Draft", "us", "", "", {}),
        Entry(2, "concern", at, "Ana", "2026-11-20", "Too late", "us", "", "", {}),
    ]
    host = Host(outcome_dialog(workspace, kept, None))
    async with host.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        assert "For Wednesday 2 December 2026" in rendered(host)
        assert "Noted on Friday 20 November 2026" in rendered(host)
    workspace.close()
