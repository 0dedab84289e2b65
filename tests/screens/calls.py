"""A run with a section to go through on the phone, and the call sheet opened on it."""

from asyncio import get_running_loop
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.screen import ModalScreen

from playbook.app import PlaybookApp
from playbook.core.run import Run
from playbook.screens.call_sheet import CallSheetScreen
from playbook.widgets.call_field import CallField
from playbook.widgets.call_head import CallHead
from playbook.workspace import Workspace
from tests.workspaces import allowed

CALL = """
title = "Call"
[[section]]
id = "talk"
title = "The talk"
pause = "Before you hang up"
mode = "do-confirm"

[[section.step]]
id = "hello"
title = "How are they?"
key = true
due = "start + 1bd"
say = "Good morning, {{ client.name }}. Is this a good moment?"
field = [
  { id = "mood", label = "How they sound", help = "In their own words." },
  { id = "next-word", label = "Next word", kind = "date" },
  { id = "level", label = "Level", kind = "choice", choices = { gold = "Gold", plain = "Plain" } },
  { id = "perk", label = "Their perk", when = { field = "level", is = "gold" } },
]

[[section.step]]
id = "money"
title = "Say the price"
field = [
  { id = "budget", label = "Budget", kind = "money", required = true },
  { id = "payer", label = "Who pays", kind = "person", default = "The owner" },
]

[[section.step]]
id = "thanks"
title = "Thank them"
needs = ["money"]

[[section.step]]
id = "rescue"
title = "Offer a call with the owner"
when = { field = "level", is = "plain" }

[[section]]
id = "other"
title = "Another day"
[[section.step]]
id = "elsewhere"
title = "Not on this page"
"""

PATIENCE = 30.0
"""Seconds after which something that has not come to be never will."""

QUIET = 2
"""Looks in a row that find nothing to do: between two messages there may be a moment without any."""


@asynccontextmanager
async def opened(
    workspace: Workspace, run_id: str, section: str = "talk", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[PlaybookApp, Pilot[int]]]:
    app = PlaybookApp(workspace, run_id=run_id)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await settled(pilot)
        app.push_screen(CallSheetScreen(workspace, run_id, section))
        await until(pilot, lambda: bool(app.screen.query(CallHead)))
        await settled(pilot)
        yield app, pilot


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Type, and wait until what the keys lead to stands on the screen."""
    for key in keys:
        await pilot.press(key)
    await settled(pilot)


async def until(pilot: Pilot[int], condition: Callable[[], bool]) -> None:
    """Wait until something holds; on a slow machine that takes longer, and after half a minute it is a failure."""
    clock = get_running_loop().time
    end = clock() + PATIENCE
    while not condition():
        assert clock() < end, "this never came to be"
        await pilot.pause(0.02)


async def settled(pilot: Pilot[int]) -> None:
    """Wait until nothing is on its way any more: no message, no key, no dialog, no paint."""
    quiet = 0

    def is_quiet() -> bool:
        nonlocal quiet
        quiet = 0 if is_busy(pilot) else quiet + 1
        return quiet > QUIET

    await until(pilot, is_quiet)


def is_busy(pilot: Pilot[int]) -> bool:
    """Whether the app still has something to work off; the one place that asks Textual's queues."""
    app = pilot.app
    if not app.is_running:
        return False
    assert isinstance(app, PlaybookApp)
    screen = app.screen
    is_dialog = isinstance(screen, ModalScreen)
    if app._is_holding or app._held or app._batch_count or (app.is_asking and not is_dialog):
        return True
    if not screen.is_mounted or screen._layout_required or screen._callbacks or screen._dirty_widgets:
        return True
    nodes = (app, *app.screen_stack, *screen.walk_children())
    return any(node.message_queue_size or node._next_callbacks for node in nodes)


def typing(text: str) -> list[str]:
    return [{" ": "space", "-": "minus"}.get(letter, letter) for letter in text]


def run_of(workspace: Workspace, run_id: str) -> Run:
    return allowed(workspace.runs.open(run_id)).sheet.run


def recorded(workspace: Workspace, run_id: str) -> list[str]:
    """The kinds of the operations recorded after the start."""
    return list({row.seq: row.kind for row in workspace.runs.history(run_id)}.values())[1:]


def here(app: PlaybookApp) -> str:
    """The field the focus is in, or the title of the step whose head has it."""
    found = app.focused
    if isinstance(found, CallHead):
        return "".join(span.text for span in found._left[1:2])
    field = next(node for node in found.ancestors if isinstance(node, CallField)) if found else None
    return field.question.id if field else ""


def told(app: PlaybookApp) -> str:
    """Everything that was told in the corner of the screen."""
    return " ".join(" ".join(notice.message for notice in app._notifications).split())
