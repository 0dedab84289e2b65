"""Client: the keys for steps are for the runs when runs are chosen, for one or for all that are marked."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.dialogs.ask_text import AskTextDialog
from playbook.dialogs.due import DueDialog
from playbook.dialogs.form import FormDialog
from playbook.dialogs.what_if import WhatIfDialog
from playbook.screens.client import ClientScreen
from playbook.widgets.row_list import RowList
from playbook.workspace import Workspace
from playbook.workspace.exporting import Exporting
from tests.screens.calls import press, recorded, run_of, settled, told, typing
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace, start

TWO = """
title = "Two"
[roles]
lead = "The lead"
[[section]]
title = "All"
[[section.step]]
id = "ring"
title = "Ring them"
due = "start + 1bd"
[[section.step]]
id = "write"
title = "Write to them"
due = "start + 2bd"
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    made = make_workspace(tmp_path)
    add_playbook(made, "two", TWO)
    yield made
    made.close()


@pytest.fixture
def runs(workspace: Workspace) -> list[str]:
    return [start(workspace, "two", "Luz").run.id for _run in range(3)]


@asynccontextmanager
async def opened(
    workspace: Workspace, runs: list[str], *marked: str
) -> AsyncIterator[tuple[PlaybookApp, Pilot[int], RowList]]:
    """The client with the cursor on its first run and these runs marked."""
    client = allowed(workspace.runs.open(runs[0])).client
    app = PlaybookApp(workspace, client_id=client.id)
    async with app.run_test(size=(110, 40), notifications=True, tooltips=True) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ClientScreen)
        rows = app.screen.rows
        for run_id in marked:
            assert rows.select(f"run {run_id}")
            await press(pilot, "v")
        assert rows.select(f"run {runs[0]}")
        yield app, pilot, rows


def notes(workspace: Workspace, runs: list[str]) -> list[list[str]]:
    return [[note.text for note in run_of(workspace, run_id).notes] for run_id in runs]


def shown(app: PlaybookApp) -> str:
    return " ".join(rendered(app).replace("│", " ").split())


async def test_n_notes_on_all_marked_runs_as_one_change(workspace: Workspace, runs: list[str]) -> None:
    async with opened(workspace, runs, *runs[:2]) as (app, pilot, rows):
        await press(pilot, "n")
        assert isinstance(app.screen, AskTextDialog) and "2 runs" in rendered(app)
        await press(pilot, *typing("ill"), "ctrl+s")
        assert notes(workspace, runs) == [["ill"], ["ill"], []]
        assert "2 runs changed" in told(app)
        assert rows.marked == set() and rows.has_focus
        await press(pilot, "u")
        assert notes(workspace, runs) == [[], [], []]


async def test_n_without_marks_is_for_the_run_under_the_cursor(workspace: Workspace, runs: list[str]) -> None:
    async with opened(workspace, runs) as (app, pilot, rows):
        rows.select(f"run {runs[1]}")
        await press(pilot, "n", *typing("ill"), "ctrl+s")
        assert notes(workspace, runs) == [[], ["ill"], []]
        assert "1 run changed" in told(app)


async def test_d_shows_what_would_change_in_each_run_and_moves_them(
    workspace: Workspace, runs: list[str]
) -> None:
    async with opened(workspace, runs, runs[0], runs[2]) as (app, pilot, _rows):
        await press(pilot, "d")
        assert isinstance(app.screen, FormDialog)
        await press(pilot, *typing("mon"), "enter")
        for _run in range(2):
            assert isinstance(app.screen, WhatIfDialog)
            assert "Ring them Tue 24 Nov → Tue 1 Dec" in shown(app)
            assert [run_of(workspace, run_id).start for run_id in runs] == ["2026-11-23"] * 3
            await press(pilot, "enter")
        assert isinstance(app.screen, ClientScreen)
        starts = ["2026-11-30", "2026-11-23", "2026-11-30"]
        assert [run_of(workspace, run_id).start for run_id in runs] == starts
        await press(pilot, "u")
        assert [run_of(workspace, run_id).start for run_id in runs] == ["2026-11-23"] * 3


@pytest.mark.parametrize("agreed", [0, 1])
async def test_d_changes_nothing_when_one_is_not_agreed_to(
    workspace: Workspace, runs: list[str], agreed: int
) -> None:
    async with opened(workspace, runs, *runs[:2]) as (app, pilot, rows):
        await press(pilot, "d", *typing("mon"), "enter", *["enter"] * agreed, "escape")
        assert isinstance(app.screen, ClientScreen)
        assert [recorded(workspace, run_id) for run_id in runs] == [[], [], []]
        assert rows.marked == {f"run {run_id}" for run_id in runs[:2]}


async def test_p_gives_a_role_of_all_marked_runs(workspace: Workspace, runs: list[str]) -> None:
    async with opened(workspace, runs, *runs[:2]) as (app, pilot, _rows):
        await press(pilot, "p")
        assert "The lead" in rendered(app)
        await press(pilot, *typing("Eva"), "ctrl+s")
        roles = [run_of(workspace, run_id).roles.get("lead", "") for run_id in runs]
        assert roles[:2] == ["Eva", "Eva"] and roles[2] != "Eva"


async def test_x_replaces_nothing(workspace: Workspace, runs: list[str], tmp_path: Path) -> None:
    mine = tmp_path / "out" / Exporting(workspace, runs[0]).proposed().name
    mine.write_text("mine", encoding="utf-8")
    async with opened(workspace, runs, *runs[:2]) as (app, pilot, rows):
        await press(pilot, "x", "ctrl+s")
        assert mine.read_text("utf-8") == "mine"
        assert f"{mine.name} already, so nothing was written" in told(app)
        assert len(rows.marked) == 2


async def test_x_needs_a_folder_that_is_there(workspace: Workspace, runs: list[str], tmp_path: Path) -> None:
    async with opened(workspace, runs, runs[0]) as (app, pilot, rows):
        await press(pilot, "x", "tab", "tab", "end", "slash", *typing("no"), "ctrl+s")
        assert f"There is no folder {tmp_path / 'out' / 'no'}." in told(app)
        assert list((tmp_path / "out").iterdir()) == [] and len(rows.marked) == 1


async def test_f_finishes_those_that_can_be_and_tells_the_others(
    workspace: Workspace, runs: list[str]
) -> None:
    for step_id in ("ring", "write"):
        allowed(workspace.runs.tick(runs[0], step_id))
    async with opened(workspace, runs, *runs[:2]) as (app, pilot, _rows):
        await press(pilot, "f")
        assert [run_of(workspace, run_id).state for run_id in runs] == ["finished", "open", "open"]
        assert "1 run changed" in told(app)
        assert f"{run_of(workspace, runs[1]).name} still has open steps: Ring them, Write to them" in told(
            app
        )
        await press(pilot, "u")
        assert run_of(workspace, runs[0]).state == "open"


async def test_with_a_step_under_the_cursor_the_keys_are_for_the_step(
    workspace: Workspace, runs: list[str]
) -> None:
    async with opened(workspace, runs) as (app, pilot, rows):
        assert rows.select(f"{runs[1]} write")
        await press(pilot, "n")
        assert isinstance(app.screen, AskTextDialog) and "Write to them" in rendered(app)
        await press(pilot, *typing("ill"), "ctrl+s")
        assert [note.text for note in run_of(workspace, runs[1]).progress("write").notes] == ["ill"]
        assert notes(workspace, runs) == [[], [], []]
        await press(pilot, "d")
        assert isinstance(app.screen, DueDialog)
        await press(pilot, *typing("fri"), "enter")
        assert run_of(workspace, runs[1]).progress("write").due_by_hand == "2026-11-27"
        assert [run_of(workspace, run_id).start for run_id in runs] == ["2026-11-23"] * 3
        for key in ("f", "x"):
            await press(pilot, key)
            assert isinstance(app.screen, ClientScreen)
        assert told(app).count("Put the cursor on a run first.") == 2
        assert [run_of(workspace, run_id).state for run_id in runs] == ["open"] * 3


async def test_space_on_a_run_tells_and_ticks_nothing(workspace: Workspace, runs: list[str]) -> None:
    async with opened(workspace, runs) as (app, pilot, _rows):
        await press(pilot, "space")
        assert "Put the cursor on a step first." in told(app)
        assert recorded(workspace, runs[0]) == []


# Slips that were found: each of these once went wrong.


async def test_x_writes_all_into_a_folder(workspace: Workspace, runs: list[str], tmp_path: Path) -> None:
    async with opened(workspace, runs, *runs[:2]) as (app, pilot, rows):
        await press(pilot, "x")
        assert isinstance(app.screen, FormDialog)
        await press(pilot, "ctrl+s")
        written = sorted(path.name for path in (tmp_path / "out").iterdir())
        assert written == sorted(Exporting(workspace, run_id).proposed().name for run_id in runs[:2])
        assert "2 files written to" in told(app)
        assert rows.marked == set()


async def test_an_export_replaces_nothing_and_is_whole_or_not_at_all(
    workspace: Workspace, runs: list[str], tmp_path: Path
) -> None:
    mine = tmp_path / "out" / Exporting(workspace, runs[1]).proposed().name
    mine.write_text("mine", encoding="utf-8")
    async with opened(workspace, runs, *runs) as (app, pilot, _rows):
        await press(pilot, "x", "ctrl+s")
        assert "nothing was written" in told(app)
        assert [path.read_text("utf-8") for path in (tmp_path / "out").iterdir()] == ["mine"]


async def test_export_where_the_working_folder_is_gone(
    workspace: Workspace, runs: list[str], tmp_path: Path
) -> None:
    (tmp_path / "out").rmdir()
    async with opened(workspace, runs, runs[0]) as (app, pilot, _rows):
        await press(pilot, "x")
        assert isinstance(app.screen, FormDialog)
        assert app.defect is None


@pytest.mark.parametrize("name", ["hours", "zhours"])
async def test_moving_runs_of_days_and_instants_keeps_each_as_it_is(
    workspace: Workspace, runs: list[str], name: str
) -> None:
    add_playbook(
        workspace, name,
        f'title = "{name}"\n[[section]]\ntitle = "All"\n[[section.step]]\nid = "ring"\ntitle = "Ring"\ndue = "start + 2h"\n',
    )  # fmt: skip
    other = start(workspace, name, "Luz").run
    async with opened(workspace, [*runs, other.id], runs[0], other.id) as (_app, pilot, _rows):
        await press(pilot, "d", *typing("mon"), "enter", "enter", "enter")
        starts = [run_of(workspace, run_id).start for run_id in (runs[0], other.id)]
        assert starts == ["2026-11-30", "2026-11-30T09:00:00Z"]


async def test_marks_on_a_run_and_a_step_are_told_and_stay(workspace: Workspace, runs: list[str]) -> None:
    async with opened(workspace, runs, runs[0]) as (app, pilot, rows):
        rows.select(f"{runs[1]} write")
        await press(pilot, "v", "n")
        assert "Runs and steps are marked" in told(app)
        assert len(rows.marked) == 2
