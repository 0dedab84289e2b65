"""How the call sheet looks, in every window and with every text."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.core.text import is_clean, line
from playbook.screens.run import RunScreen
from playbook.widgets.call_field import CallField
from playbook.widgets.call_step import CallStep
from playbook.widgets.form_field import Question
from playbook.widgets.spans import spans
from playbook.workspace import Workspace
from tests.hostile import HOSTILE, MARKUP
from tests.screens.calls import CALL, opened, press, run_of
from tests.screens.stage import Stage, rendered
from tests.workspaces import add_playbook, allowed, make_workspace, start


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "call", CALL)
    yield made
    made.close()


LOOKS = """\
 playbook   1 Today  2 Clients  3 Playbooks                     Mon 23 Nov 2026
 Luz › The talk                                                             0/3
 ‖ Pause: Before you hang up

▌ ›☐ How are they? ★                                                Tue 24 Nov
▌    “Good morning, Luz. Is this a good moment?”
▌   How they sound
▌   Next word                       fri, 12 dec, +3bd or 2026-12-12
▌   Level                             ( ) Gold
▌                                     ( ) Plain

   ☐ Say the price
    Budget *                        1200 EUR
    Who pays                        The owner

   ⊘ Thank them                                                         locked







 ^s tick  space tick  tab next  n note  s skip  d due        ? help  ^p palette"""


async def test_the_whole_section_stands_on_one_page(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id) as (app, _pilot):
        assert rendered(app).splitlines() == LOOKS.splitlines()


NARROW = """\
 Luz › The talk             0/3
▌ ›☐ How are they…  Tue 24 Nov
▌    “Good morning, Luz. Is
▌    this a good moment?”
▌   How they sound             ▅
▌
▌   Next word
▌    fri, 12 dec, +3bd or
▌   Level
 ^s tick     ? help  ^p palette"""


async def test_a_low_and_narrow_window_has_labels_above_and_one_line_of_head(workspace: Workspace) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id, size=(32, 10)) as (app, _pilot):
        assert rendered(app).splitlines() == NARROW.splitlines()


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (40, 12), (63, 20), (200, 60)])
async def test_every_window_is_survived(workspace: Workspace, size: tuple[int, int]) -> None:
    run = start(workspace, "call", "Luz").run
    async with opened(workspace, run.id, size=size) as (app, pilot):
        await press(pilot, "tab", *"ok", "tab", "pagedown", "down", "down", "pageup", "shift+tab", "escape")
        assert isinstance(app.screen, RunScreen)
        assert run_of(workspace, run.id).answer("mood") == "ok"


def call_step(text: str) -> CallStep:
    questions = [
        Question("said", text, value=text, help=text, placeholder=text),
        Question("pick", text, "one", "a", choices={"a": text, "b": text}),
        Question("much", text, "lines", text),
    ]
    step = CallStep("one", [CallField("one", question, text) for question in questions])
    step.show(spans(text), spans(text), text)
    step.ask({"said", "pick", "much"})
    return step


@pytest.mark.parametrize("width", [80, 20])
async def test_hostile_texts_are_drawn_letter_for_letter(width: int) -> None:
    short = [text for text in HOSTILE if len(text) < 400]
    mine = short[::2] if width == 80 else short[1::2]
    for at in range(0, len(mine), 16):
        some = mine[at : at + 16]
        app = Stage()
        async with app.run_test(size=(width, 900), notifications=True, tooltips=True) as pilot:
            await app.mount_all(call_step(text) for text in some)
            await pilot.pause()
            for field in app.query(CallField):
                field.show_error(some[0])
                field.fill(some[-1])
            await pilot.pause()
            shown = rendered(app)
            assert is_clean(shown.replace("\n", "")), some
            for text in some:
                if text in MARKUP and len(text) < 14 and text == line(text):
                    assert text in shown


HOSTILE_CALL = """
title = TEXT
[[section]]
id = "talk"
title = TEXT
pause = TEXT
[[section.step]]
id = "one"
title = TEXT
say = TEXT
field = [
  { id = "said", label = TEXT, help = TEXT },
  { id = "pick", label = TEXT, kind = "choice", choices = { a = TEXT, b = "B" } },
  { id = "much", label = TEXT, kind = "long-text" },
]
"""


@pytest.mark.parametrize(
    "text", ["[/x] \x1b[31mred {{ client.name }} \u202e", "[@click=app.quit]go[/]", "W" * 900]
)
async def test_hostile_playbooks_and_answers_are_worked_through(workspace: Workspace, text: str) -> None:
    add_playbook(workspace, "hostile", HOSTILE_CALL.replace("TEXT", json.dumps(text)))
    run = start(workspace, "hostile", "[b]Luz[/q]").run
    allowed(workspace.runs.answer(run.id, "one", {"said": text}))
    async with opened(workspace, run.id) as (app, pilot):
        await press(
            pilot,
            "tab",
            "end",
            "left_square_bracket",
            "slash",
            "right_square_bracket",
            "tab",
            "1",
            "tab",
            "x",
            "up",
        )
        assert is_clean(rendered(app).replace("\n", ""))
        await press(pilot, "ctrl+s", "escape")
        assert isinstance(app.screen, RunScreen)
        found = run_of(workspace, run.id).progress("one")
        assert found.state == "done"
        assert str(found.answers["said"]).endswith("[/]")
