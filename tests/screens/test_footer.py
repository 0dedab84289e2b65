from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from playbook.widgets.footer import KeyFooter
from playbook.widgets.head_line import HeadLine
from playbook.widgets.spans import Span, spans
from tests.screens.stage import Stage, rendered


class Keys(Screen[None]):
    """A screen with some keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "did('help')", "help", id="help", tooltip="Help"),
        Binding("n", "did('note')", "note", id="note", tooltip="Note"),
        Binding("space", "did('tick')", "tick", id="tick", tooltip="Tick"),
        Binding("x", "locked", "export", id="export", tooltip="Export"),
        Binding("z", "did('hidden')", "hidden", show=False, id="hidden", tooltip="Hidden"),
    ]
    allowed: ClassVar[bool | None] = None

    def compose(self) -> ComposeResult:
        yield HeadLine()
        yield Input()
        yield KeyFooter(("tick", "note"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.allowed if action == "locked" else True

    def action_did(self, what: str) -> None:
        assert isinstance(self.app, Stage)
        self.app.seen.append(what)

    def action_locked(self) -> None:
        self.action_did("export")


class KeysStage(Stage):
    def get_default_screen(self) -> Screen[Any]:
        return Keys()


def last(stage: Stage) -> str:
    return rendered(stage).split("\n")[-1]


async def test_the_most_needed_keys_come_first_and_help_stays_at_the_right() -> None:
    stage = KeysStage()
    async with stage.run_test(size=(60, 6)) as pilot:
        stage.screen.set_focus(None)
        await pilot.pause()
        assert last(stage) == " space tick  n note  x export            ? help  ^p palette"


async def test_it_is_cut_between_entries_never_within_one() -> None:
    stage = KeysStage()
    async with stage.run_test(size=(36, 6)) as pilot:
        stage.screen.set_focus(None)
        await pilot.pause()
        assert last(stage) == " space tick      ? help  ^p palette"
        for width, shown in ((25, "? help  ^p palette"), (14, "^p palette"), (5, "")):
            await pilot.resize_terminal(width, 6)
            await pilot.pause()
            assert last(stage).strip() == shown


async def test_a_click_does_what_the_key_does() -> None:
    stage = KeysStage()
    async with stage.run_test(size=(60, 6)) as pilot:
        keys = stage.screen
        keys.set_focus(None)
        await pilot.pause()
        for place in (3, 15, 42, 22, 32):
            await pilot.click(KeyFooter, offset=(place, 0))
        assert stage.seen == ["tick", "note", "help"]
        await pilot.click(KeyFooter, offset=(55, 0))
        assert stage.screen is not keys


async def test_keys_that_begin_to_work_are_drawn_so() -> None:
    stage = KeysStage()
    async with stage.run_test(size=(60, 6)) as pilot:
        stage.screen.set_focus(None)
        await pilot.pause()
        screen = stage.screen
        assert isinstance(screen, Keys)
        screen.allowed = True  # type: ignore[misc]
        screen.refresh_bindings()
        await pilot.pause()
        await pilot.click(KeyFooter, offset=(22, 0))
        assert stage.seen == ["export"]


async def test_a_head_line_keeps_its_right_side_whole() -> None:
    stage = KeysStage()
    async with stage.run_test(size=(30, 6)) as pilot:
        head = stage.screen.query_one(HeadLine)
        head.show((Span("Acme Studio › Client onboarding [/x]"),), spans("14/22"))
        await pilot.pause()
        assert rendered(stage).split("\n")[0] == " Acme Studio › Client…  14/22"
