"""Screens name questions and steps and say answers in words, where ids and values are kept."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.dialogs.form import FormDialog
from playbook.screens.client import ClientScreen
from playbook.screens.history import HistoryScreen
from playbook.screens.playbooks import PlaybooksScreen
from playbook.workspace import Workspace
from tests.cli.test_labels import ASK
from tests.screens.calls import press, settled
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace, start


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.chdir(tmp_path)
    made = make_workspace(tmp_path)
    add_playbook(made, "ask", ASK)
    yield made
    made.close()


@pytest.fixture
def run_id(workspace: Workspace) -> str:
    run = start(workspace, "ask", "Luz").run
    answers = {"gift-rule": "public", "limit": "50 EUR", "word": "A draft", "by-day": "2026-11-25"}
    allowed(workspace.runs.tick(run.id, "rule", answers))
    allowed(workspace.runs.tick(run.id, "deliver", outcomes={1: "early"}))
    return run.id


@asynccontextmanager
async def opened(
    workspace: Workspace, *, run_id: str = "", client_id: str = ""
) -> AsyncIterator[tuple[PlaybookApp, Pilot[int]]]:
    app = PlaybookApp(workspace, run_id=run_id, client_id=client_id)
    async with app.run_test(size=(140, 40)) as pilot:
        await settled(pilot)
        yield app, pilot


def said_in(app: PlaybookApp) -> list[str]:
    """The lines on the screen, their blanks made one."""
    return [" ".join(line.replace("│", " ").split()) for line in rendered(app).splitlines()]


async def test_saved_answers_stand_with_their_questions(workspace: Workspace, run_id: str) -> None:
    client = allowed(workspace.runs.open(run_id)).client
    allowed(workspace.clients.set(client.id, {"tier": "gold"}))
    async with opened(workspace, client_id=client.id) as (app, pilot):
        assert isinstance(app.screen, ClientScreen)
        lines = said_in(app)
        assert "· public body Their own rule" in lines
        assert "· 50 EUR Their limit" in lines
        assert "· gold tier" in lines
        await press(pilot, "slash", *"their", "space", *"limit")
        assert "· 50 EUR Their limit" in said_in(app)


async def test_enter_on_a_saved_answer_changes_it_or_takes_it_away(workspace: Workspace, run_id: str) -> None:
    client = allowed(workspace.runs.open(run_id)).client

    def saved() -> Mapping[str, object]:
        found = workspace.clients.get(client.id)
        assert found is not None
        return found.saved

    before = dict(saved())
    name = next(name for name, value in before.items() if value == {"amount": "50.00", "currency": "EUR"})
    async with opened(workspace, client_id=client.id) as (app, pilot):
        assert isinstance(app.screen, ClientScreen)
        app.screen.rows.select(f"saved {name}")
        await press(pilot, "enter", *["backspace"] * 12, *"soon", "ctrl+s")
        assert isinstance(app.screen, FormDialog) and "is not an amount" in rendered(app)
        await press(pilot, *["backspace"] * 12, *"75", "space", *"EUR", "ctrl+s")
        assert saved()[name] == {"amount": "75.00", "currency": "EUR"}
        assert "· 75 EUR Their limit" in " ".join(said_in(app))
        await press(pilot, "enter", *["backspace"] * 12, "ctrl+s")
        assert name not in saved()
        await press(pilot, "u", "u")
        assert saved() == before


@pytest.mark.parametrize("is_clients", [False, True])
async def test_history_names_steps_questions_choices_and_outcomes(
    workspace: Workspace, run_id: str, is_clients: bool
) -> None:
    client = allowed(workspace.runs.open(run_id)).client
    ids = {"client_id": client.id} if is_clients else {"run_id": run_id}
    async with opened(workspace, **ids) as (app, pilot):
        await press(pilot, "h")
        assert isinstance(app.screen, HistoryScreen)
        shown = rendered(app)
        for said in (
            "ticked Ask about their rule",
            "   Their own rule: public body",
            "   What we promise: A draft",
            "   luz#1: open → kept, early",
        ):
            assert said in shown, said
        assert "gift-rule" not in shown


async def test_the_preview_of_a_playbook_says_its_dates_in_words(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3")
        assert isinstance(app.screen, PlaybooksScreen)
        app.screen.rows.select("ask")
        await settled(pilot)
        shown = " ".join(part for line in rendered(app).splitlines() for part in line.split("││")[-1:])
        shown = " ".join(shown.replace("│", " ").split())
        assert "1 working day after the start / 1 working day before “It takes effect”" in shown
        assert "2 days after the due date of “Ask about their rule”" in shown
