"""Playbooks: which are shipped, one's own or changed, with the difference; and making one one's own."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.screens.playbooks import PlaybooksScreen
from playbook.workspace import Workspace
from playbook.workspace.new_playbooks import copy_playbook
from tests.screens.calls import press, settled, told
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace, plain_playbook


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.chdir(tmp_path)
    made = make_workspace(tmp_path)
    add_playbook(made, "many", plain_playbook(3))
    allowed(copy_playbook(made, "bad-news", "bad-news"))
    [english, _spanish] = allowed(copy_playbook(made, "welcome-gift", "welcome-gift"))
    text = english.read_text("utf-8")
    english.write_text(text.replace('title = "Welcome gift"', 'title = "Welcome present"'), encoding="utf-8")
    yield made
    made.close()


@asynccontextmanager
async def opened(workspace: Workspace) -> AsyncIterator[tuple[PlaybookApp, Pilot[int]]]:
    app = PlaybookApp(workspace)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "3")
        assert isinstance(app.screen, PlaybooksScreen)
        yield app, pilot


def row(app: PlaybookApp, title: str) -> str:
    rows = [line.split("││")[0] for line in rendered(app).splitlines() if line.startswith("│")]
    return next(line for line in rows if f" {title} " in line)


async def test_each_says_how_it_stands_to_what_is_shipped(workspace: Workspace) -> None:
    async with opened(workspace) as (app, _pilot):
        assert "shipped" in row(app, "Client onboarding")
        assert "own" in row(app, "Many")
        assert "copy" in row(app, "Bad news")
        assert "changed" in row(app, "Welcome present")


async def test_the_difference_is_shown_line_by_line(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        assert isinstance(app.screen, PlaybooksScreen)
        app.screen.rows.select("welcome-gift")
        await settled(pilot)
        assert "Changed from the shipped one; d shows how." in rendered(app)
        await press(pilot, "d")
        assert '-title = "Welcome gift"' in rendered(app)
        assert '+title = "Welcome present"' in rendered(app)
        await press(pilot, "d")
        assert '+title = "Welcome present"' not in rendered(app)
        app.screen.rows.select("onboarding")
        await press(pilot, "d")
        assert "This one is not changed from a shipped one." in told(app)
        assert "steps · onboarding" in rendered(app)


async def test_c_makes_it_ones_own_once(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        assert isinstance(app.screen, PlaybooksScreen)
        app.screen.rows.select("onboarding")
        await press(pilot, "c")
        assert "Yours to change:" in told(app)
        assert "copy" in row(app, "Client onboarding")
        assert (workspace.locations.library / "es" / "onboarding.toml").exists()
        await press(pilot, "c")
        assert "is there already, so nothing was written." in told(app)
