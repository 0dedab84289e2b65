"""What the command line did, seen in the app, and the other way round: both on the home of the test."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.widget import Widget

from playbook.app import PlaybookApp
from playbook.cli.opened import open_workspace
from playbook.widgets.form_field import FormField
from tests.cli.calling import good, library
from tests.screens.calls import settled
from tests.screens.stage import rendered
from tests.workspaces import allowed

MONDAY = "2026-11-23T09:00"


@asynccontextmanager
async def app_at(where: str = "") -> AsyncIterator[tuple[PlaybookApp, Pilot[int]]]:
    """The app at Today, at a client, or at a run."""
    workspace = open_workspace((), lambda _said: None)
    app = PlaybookApp(workspace)
    try:
        async with app.run_test(size=(120, 60), notifications=True, tooltips=True) as pilot:
            await settled(pilot)
            if "/" in where:
                app.show_run(allowed(workspace.runs.find(where)))
            elif where:
                app.show_client(allowed(workspace.clients.find(where)))
            await settled(pilot)
            yield app, pilot
    finally:
        workspace.close()


def seen(app: PlaybookApp) -> str:
    """What stands on the screen, on one line."""
    return " ".join(rendered(app).replace("│", " ").split())


def at_row(app: PlaybookApp, key: str) -> None:
    """Put the cursor on a row."""
    assert app.screen.rows.select(key), key  # type: ignore[attr-defined]


def at_question(app: PlaybookApp, name: str) -> None:
    """Put the cursor into a question of the dialog."""
    [field] = [each for each in app.screen.query(FormField) if each.question.id == name]
    app.screen.set_focus(next(each for each in field.walk_children(Widget) if each.focusable))


def ledger(*args: str, client: str = "acme-studio") -> list[dict[str, Any]]:
    """A client's ledger, as the command line gives it."""
    found: list[dict[str, Any]] = json.loads(good("ledger", client, *args, "--json"))
    return found


def entry(number: int) -> dict[str, Any]:
    """One entry of the client that every test here is about."""
    return next(found for found in ledger() if found["id"] == f"acme-studio#{number}")


def card() -> dict[str, Any]:
    """How the client stands, as the command line gives it."""
    found: dict[str, Any] = json.loads(good("card", "acme", "--json"))
    return found


def lanes() -> dict[str, list[str]]:
    """The titles of Today by lane."""
    found: dict[str, list[str]] = {}
    for row in json.loads(good("today", "--json")):
        found.setdefault(row["lane"], []).append(row.get("title") or row["client"]["name"])
    return found


def run_of(playbook_id: str, text: str, *args: str) -> str:
    """A run of this playbook for the client; its name."""
    (library() / f"{playbook_id}.toml").write_text(text, encoding="utf-8")
    return good("start", playbook_id, "acme", *args).strip()
