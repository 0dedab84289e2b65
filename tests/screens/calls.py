"""A run with a section to go through on the phone, and the call sheet opened on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

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


@asynccontextmanager
async def opened(
    workspace: Workspace, run_id: str, section: str = "talk", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[PlaybookApp, Pilot[int]]]:
    app = PlaybookApp(workspace, run_id=run_id)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause(0.1)
        app.push_screen(CallSheetScreen(workspace, run_id, section))
        await pilot.pause(0.2)
        yield app, pilot


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await pilot.pause(0.05)


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
