"""Two open runs of one playbook with one client are told apart wherever runs are named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.workspace import Workspace
from playbook.workspace.starting import StartForm
from tests.screens.calls import press, settled
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace, start

MENDING = """
title = "Mending"
field = [
  { id = "since", label = "Since", kind = "date", required = true },
  { id = "matter", label = "What it is about", required = true },
]
[[section]]
title = "All"
step = [ { id = "ring", title = "Ring them", due = "start" } ]
"""

PLAIN = (
    'title = "Plain"\n[[section]]\ntitle = "All"\nstep = [ { id = "look", title = "Look", due = "start" } ]\n'
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "mending", MENDING)
    add_playbook(made, "plain", PLAIN)
    allowed(made.clients.add("Luz"))
    allowed(made.clients.add("Sol"))
    yield made
    made.close()


def mend(workspace: Workspace, client: str, matter: str) -> str:
    form = StartForm("mending", client, "", "", {"since": "2026-11-20", "matter": matter})
    return allowed(workspace.runs.start(form)).run.id


async def seen(workspace: Workspace, *keys: str, run_id: str = "", client_id: str = "") -> str:
    app = PlaybookApp(workspace, run_id=run_id, client_id=client_id)
    async with app.run_test(size=(140, 40)) as pilot:
        pilot_: Pilot[int] = pilot
        await settled(pilot_)
        await press(pilot_, *keys)
        return rendered(app)


async def test_what_they_are_about_stands_behind_the_title(workspace: Workspace) -> None:
    one = mend(workspace, "luz", "the June invoice")
    assert "Mending:" not in await seen(workspace)
    mend(workspace, "luz", "the broken form")
    mend(workspace, "sol", "the late draft")
    client_id = allowed(workspace.runs.open(one)).client.id
    client, today = await seen(workspace, client_id=client_id), await seen(workspace)
    assert "Mending: the June invoice" in client and "Mending: the broken form" in client
    for shown in (client, today):  # in the narrow column of a step it comes first
        assert "the June invoice ·" in shown and "the broken form ·" in shown
        assert "the late draft" not in shown
    assert "Luz › Mending: the June invoice" in await seen(workspace, run_id=one)
    allowed(workspace.runs.answer(one, "", {"matter": "the July invoice"}))
    assert "the July invoice ·" in await seen(workspace)


async def test_without_such_an_answer_it_is_the_day_they_began(workspace: Workspace) -> None:
    start(workspace, "plain", "Luz")
    allowed(workspace.runs.start(StartForm("plain", "luz", "2026-11-26")))
    shown = await seen(workspace, client_id=allowed(workspace.clients.find("luz")))
    assert "Plain: Mon 23 Nov" in shown and "Plain: Thu 26 Nov" in shown
