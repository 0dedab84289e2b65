"""A forgotten client is gone from every file, and everybody else is as before."""

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.core.client import Contact
from playbook.core.problems import Refusal
from playbook.store import journal
from playbook.workspace import Workspace
from tests.screens.calls import press, settled, told, typing
from tests.workspaces import add_playbook, allowed, make_workspace, plain_playbook, start

NAME = "Zyxwvut Qodlesnok"
SECRETS = (
    NAME,
    "zyxwvut",
    "Hermelinda",
    "mnbvcx",
    "Qokeedy",
    "Chedy otaiin",
    "Daiin shey",
    "Okaiin dal",
    "Shol cthor",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """One client to be forgotten among two others, with everything a client can have, and backups that hold it."""
    made = make_workspace(tmp_path)
    add_playbook(made, "many", plain_playbook(5))
    for name in ("Luz", NAME, "Bodega"):
        run_id = start(made, "many", name).run.id
        allowed(made.runs.tick(run_id, "step-0"))
    client_id = allowed(made.clients.find(NAME))
    allowed(made.clients.set_contact(client_id, 0, Contact("Hermelinda", "owner", "mnbvcx@example.com", "")))
    allowed(made.clients.set(client_id, {"card": "Qokeedy", "prefers": "Chedy otaiin"}))
    run_id = made.lists.runs(client_id)[0].id
    allowed(made.runs.note(run_id, "step-1", "Daiin shey"))
    allowed(made.runs.change(run_id, made.runs.decisions.remark("Shol cthor")("step-1")))
    allowed(made.ledger.log(client_id, "fact", "Okaiin dal", {"category": "family"}))
    made.runs.undo()
    made.runs.redo()
    made.care.backup(None)
    made.care.backup(made.locations.backups / "playbook-2026-11-01.db")
    return made


def found_in(home: Path) -> dict[str, list[str]]:
    """The secrets in the bytes of each file."""
    every = {path: path.read_bytes().lower() for path in home.rglob("*") if path.is_file()}
    hits = {
        str(path.relative_to(home)): [secret for secret in SECRETS if secret.lower().encode() in text]
        for path, text in every.items()
    }
    return {name: secrets for name, secrets in hits.items() if secrets}


def others(workspace: Workspace) -> list[tuple[object, ...]]:
    tables = ("operation", "client", "run", "step", "entry", "remark")
    rows = [row for table in tables for row in workspace.store.read(f"select * from {table}")]
    rows += workspace.store.read("select kind, client, run, ref, who, text from passage")
    forgotten = workspace.clients.find(NAME)
    gone = {forgotten} if isinstance(forgotten, str) else set()
    gone |= {row.id for row in workspace.lists.runs(str(forgotten), ended=True)} if gone else set()
    return sorted((row for row in rows if gone.isdisjoint(map(str, row))), key=repr)


def test_no_byte_is_left_in_any_file(workspace: Workspace, tmp_path: Path) -> None:
    assert len(found_in(tmp_path)) == 3  # the database and its two backups
    assert {hit.kind for word in ("daiin", "okaiin", "zyx") for hit in workspace.search.find(word)} >= {
        "note",
        "entry",
        "run",
    }
    before = others(workspace)
    assert allowed(workspace.clients.forget(allowed(workspace.clients.find(NAME)))).name == NAME
    assert found_in(tmp_path) == {}
    assert [path.name for path in workspace.locations.backups.iterdir()] == ["playbook-2026-11-23.db"]
    assert others(workspace) == before
    workspace.close()
    assert found_in(tmp_path) == {}


def test_the_others_can_be_rebuilt_and_nothing_is_missed(workspace: Workspace) -> None:
    allowed(workspace.clients.forget(allowed(workspace.clients.find(NAME))))
    live = others(workspace)
    assert workspace.care.rebuild() == 2
    assert others(workspace) == live
    assert journal.verify(workspace.store) == []
    assert [problem for problem in workspace.care.check().problems if problem.level == "error"] == []


def test_undo_goes_on_with_what_is_left_and_the_name_is_free_again(workspace: Workspace) -> None:
    client_id = allowed(workspace.clients.find(NAME))
    allowed(workspace.clients.forget(client_id))
    assert isinstance(workspace.clients.forget(client_id), Refusal)
    undone = allowed(workspace.runs.undo())
    assert (undone.operation.kind, undone.run) == ("tick", "bodega/many")
    assert start(workspace, "many", NAME).run.name == "zyxwvut-qodlesnok/many"


async def test_in_the_app_the_name_is_typed_first(workspace: Workspace, tmp_path: Path) -> None:
    client_id = allowed(workspace.clients.find(NAME))
    app = PlaybookApp(workspace)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await open_client(app, pilot, client_id)
        await press(pilot, "F", *typing("Luz"), "enter")
        assert "nothing was deleted" in told(app)
        assert workspace.clients.get(client_id) is not None
        await press(pilot, "F", *typing(NAME), "enter")
        assert workspace.clients.get(client_id) is None
    assert found_in(tmp_path) == {}


async def open_client(app: PlaybookApp, pilot: Pilot[int], client_id: str) -> None:
    await settled(pilot)
    app.show_client(client_id)
    await settled(pilot)


def test_on_the_command_line_it_asks_unless_yes_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from click.testing import CliRunner

    from playbook.cli import make_root
    from tests.cli.calling import good

    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
    good("client", "add", "Acme", "Studio")
    refused = CliRunner().invoke(make_root(), ["client", "forget", "acme"], input="Acme\n")
    assert refused.exit_code == 1
    assert "nothing was deleted" in refused.output
    agreed = CliRunner().invoke(make_root(), ["client", "forget", "acme"], input="Acme Studio\n")
    assert agreed.exit_code == 0
    good("client", "add", "Bodega")
    good("client", "forget", "bodega", "--yes")
    assert json.loads(good("client", "list", "--json")) == []
