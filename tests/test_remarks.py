"""Remarks on a playbook's steps: written in a run, collected over all runs, decided on, and never lost."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from playbook.app import PlaybookApp
from playbook.core.playbook import Playbook
from playbook.core.problems import Refusal
from playbook.core.remarks import Remarks, StepFate
from playbook.dialogs.form import FormDialog
from playbook.screens.playbooks import PlaybooksScreen
from playbook.screens.remarks import RemarksScreen
from playbook.screens.run import RunScreen
from playbook.workspace import StoreTrouble, Workspace
from playbook.workspace.forgetting import forget_fact
from playbook.workspace.improving import accept, remarks, set_aside
from tests.cli.calling import bad, good
from tests.screens.calls import press, recorded, run_of, settled, told, typing
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace, start

TEXT = """# ours
title = "Gift"

[[section]]
id = "first"
title = "First"

# ask early
[[section.step]]
id = "ask"
title = "Ask them"   # in their words
due = "start"
source = ["S44"]   # the book

[[section.step]]
id = "send"
title = "Send it"
"""

TWIN = TEXT.replace('title = "Gift"', 'title = "Regalo"\nlanguage = "es"').replace('["S44"]', '"S45"')
BILLING = "Ask for the billing address here already"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "gift", TEXT)
    yield made
    made.close()


def add_twin(workspace: Workspace) -> Path:
    folder = workspace.locations.library / "es"
    folder.mkdir()
    path = folder / "gift.toml"
    path.write_text(TWIN, encoding="utf-8")
    return path


def text(workspace: Workspace) -> str:
    return (workspace.locations.library / "gift.toml").read_text("utf-8")


def remark(workspace: Workspace, run_id: str, step: str = "ask", words: str = BILLING) -> None:
    allowed(workspace.runs.change(run_id, workspace.runs.decisions.remark(words)(step)))


def playbook(workspace: Workspace) -> Playbook | None:
    loaded = workspace.playbooks.read("gift")
    return None if isinstance(loaded, Refusal) else loaded.playbook


def found(workspace: Workspace) -> Remarks:
    return remarks(workspace, "gift", playbook(workspace))


def said(workspace: Workspace) -> list[tuple[str, str, str, str]]:
    every = found(workspace).every
    return [(each.client_name, each.remark.step, each.remark.text, each.remark.outcome) for each in every]


# Written and collected.


def test_remarks_of_all_runs_are_collected_with_what_became_of_their_steps(workspace: Workspace) -> None:
    luz, sol = start(workspace, "gift", "Luz").run.id, start(workspace, "gift", "Sol").run.id
    for client, fits in (("Ana", True), ("Bea", False)):
        run_id = start(workspace, "gift", client).run.id
        allowed(workspace.runs.skip(run_id, "ask", "no time", fits=fits))
    allowed(
        workspace.runs.change(
            sol, workspace.runs.decisions.due(workspace.clock.today().replace(day=20))("ask")
        )
    )
    assert found(workspace).every == ()
    remark(workspace, luz)
    remark(workspace, sol, "ask", "Too\nearly ")
    assert said(workspace) == [("Sol", "ask", "Too\nearly", ""), ("Luz", "ask", BILLING, "")] or said(
        workspace
    ) == [("Luz", "ask", BILLING, ""), ("Sol", "ask", "Too\nearly", "")]  # written in the same second
    assert found(workspace).fates == {"ask": StepFate(skipped=1, not_applicable=1, overdue=1, runs=4)}


def test_a_remark_survives_a_rebuild_and_follows_undo_and_redo(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    remark(workspace, run_id)
    allowed(workspace.runs.tick(run_id, "ask"))
    before = workspace.store.read("select * from remark")
    assert len(before) == 1
    workspace.care.rebuild()
    assert workspace.store.read("select * from remark") == before
    allowed(workspace.runs.undo(run_id))  # the tick
    assert said(workspace) == [("Luz", "ask", BILLING, "")]
    allowed(workspace.runs.undo(run_id))
    assert said(workspace) == []
    allowed(workspace.runs.redo(run_id))
    assert workspace.store.read("select * from remark") == before
    assert [row.kind for row in workspace.runs.history(run_id) if row.kind == "remark"] == ["remark"]


def test_a_decision_follows_undo_and_is_taken_once(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    remark(workspace, run_id)
    [one] = found(workspace).every
    assert set_aside(workspace, one, "  ") == Refusal("remark-reason")
    allowed(set_aside(workspace, one, "It is asked in the contract"))
    assert said(workspace) == [("Luz", "ask", BILLING, "aside")]
    assert set_aside(workspace, one, "again") == Refusal("remark-closed")
    closed = found(workspace).every[0].remark
    assert (closed.reason, closed.closed_by) == ("It is asked in the contract", "Ana")
    live = workspace.store.read("select * from remark")
    workspace.care.rebuild()
    assert workspace.store.read("select * from remark") == live
    allowed(workspace.runs.undo())
    assert said(workspace) == [("Luz", "ask", BILLING, "")]


def test_an_ended_run_may_still_be_remarked_on_and_its_remarks_decided(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    allowed(workspace.runs.finish(run_id, "enough"))
    remark(workspace, run_id)
    allowed(set_aside(workspace, found(workspace).every[0], "no"))
    assert recorded(workspace, run_id) == ["finish", "remark", "remark-close"]


@pytest.mark.parametrize(("step", "words", "code"), [
    ("ask", " \n ", "remark-empty"), ("asj", "x", "no-step"), ("own-1", "x", "remark-own"),
])  # fmt: skip
def test_what_cannot_be_remarked_on(workspace: Workspace, step: str, words: str, code: str) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    allowed(workspace.runs.change(run_id, workspace.runs.decisions.add_step("Mine", after="ask")))
    refused = workspace.runs.change(run_id, workspace.runs.decisions.remark(words)(step))
    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert found(workspace).every == ()


def test_nothing_of_a_forgotten_clients_remarks_is_left(workspace: Workspace, tmp_path: Path) -> None:
    remark(workspace, start(workspace, "gift", "Luz").run.id, "ask", "Qokeedy chedy")
    remark(workspace, start(workspace, "gift", "Sol").run.id, "send", "Stays here")
    aside = next(each for each in found(workspace).every if each.client_name == "Luz")
    allowed(set_aside(workspace, aside, "Okaiin dal"))
    workspace.care.backup(None)
    secrets = (b"Qokeedy", b"Okaiin")

    def holding() -> list[Path]:
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        return [path for path in files if any(secret in path.read_bytes() for secret in secrets)]

    assert len(holding()) == 2  # the database and its backup
    allowed(workspace.clients.forget(allowed(workspace.clients.find("Luz"))))
    assert holding() == []
    assert said(workspace) == [("Sol", "send", "Stays here", "")]


def test_a_fact_that_is_deleted_goes_from_the_remarks_as_well(workspace: Workspace) -> None:
    run = start(workspace, "gift", "Luz").run
    logged = allowed(
        workspace.ledger.log(run.client_id, "fact", "allergic to lilies", {"category": "health"})
    )
    remark(workspace, run.id, "send", "Ask first: she is allergic to lilies")
    allowed(forget_fact(workspace, run.client_id, logged.entries[0].n))
    assert said(workspace) == [("Luz", "send", "Ask first: she is […]", "")]


# What the playbook's own changes do to them.


def test_sync_keeps_the_remark_with_a_renamed_step_and_says_when_a_step_is_gone(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    remark(workspace, run_id)
    remark(workspace, run_id, "send", "By post")
    add_playbook(workspace, "gift", TEXT.replace('id = "ask"', 'id = "ask-them"'))
    assert {each.remark.step: found(workspace).is_gone(each) for each in found(workspace).every} == {
        "ask": True, "send": False,
    }  # fmt: skip
    allowed(workspace.syncing.apply(run_id))
    assert {each.remark.step: found(workspace).is_gone(each) for each in found(workspace).every} == {
        "ask-them": False, "send": False,
    }  # fmt: skip
    live = workspace.store.read("select * from remark")
    workspace.care.rebuild()
    assert workspace.store.read("select * from remark") == live
    allowed(workspace.editing.delete("gift", "en", "send"))
    allowed(workspace.syncing.apply(run_id))
    gone = next(each for each in found(workspace).every if each.remark.step == "send")
    assert found(workspace).is_gone(gone)
    assert found(workspace).title(gone) == "Send it"
    refused = accept(workspace, "gift", gone, {"title": "Post it"}, "why")
    assert isinstance(refused, Refusal)
    assert refused.code == "edit-no-step"
    assert not next(e for e in found(workspace).every if e.remark.step == "send").remark.outcome
    allowed(set_aside(workspace, gone, "The step is gone"))


# Accepting.


def test_accepting_writes_the_reason_beside_the_sources_of_every_language(workspace: Workspace) -> None:
    twin = add_twin(workspace)
    run_id = start(workspace, "gift", "Luz").run.id
    remark(workspace, run_id)
    [one] = found(workspace).every
    allowed(accept(workspace, "gift", one, {"title": "Ask them, and where the bill goes"}, BILLING))
    assert text(workspace) == TEXT.replace(
        '"Ask them"   #', '"Ask them, and where the bill goes"   #'
    ).replace('["S44"]', f'["S44", "{BILLING}"]')
    assert twin.read_text("utf-8") == TWIN.replace('"S45"', f'["S45", "{BILLING}"]')
    closed = found(workspace).every[0].remark
    assert (closed.outcome, closed.reason, closed.text) == ("accepted", BILLING, BILLING)


def test_accepting_one_that_is_closed_writes_nothing(workspace: Workspace) -> None:
    remark(workspace, start(workspace, "gift", "Luz").run.id)
    [one] = found(workspace).every
    allowed(set_aside(workspace, one, "no"))
    assert accept(workspace, "gift", one, {"title": "Other"}, "why") == Refusal("remark-closed")
    assert text(workspace) == TEXT


def test_where_the_file_cannot_be_written_the_remark_stays_open(workspace: Workspace) -> None:
    remark(workspace, start(workspace, "gift", "Luz").run.id)
    [one] = found(workspace).every
    refused = accept(workspace, "gift", one, {"due": "nonsense + 1d"}, "why")
    assert isinstance(refused, Refusal)
    assert refused.code == "edit-problem"
    assert (text(workspace), said(workspace)) == (TEXT, [("Luz", "ask", BILLING, "")])


def test_while_another_program_writes_neither_the_file_nor_the_remark_changes(
    workspace: Workspace, tmp_path: Path
) -> None:
    remark(workspace, start(workspace, "gift", "Luz").run.id)
    [one] = found(workspace).every
    other = make_workspace(tmp_path)
    workspace.store.patience = 0
    with closing(other), other.store.write(), pytest.raises(StoreTrouble):
        accept(workspace, "gift", one, {"title": "Other"}, "why")
    assert (text(workspace), said(workspace)) == (TEXT, [("Luz", "ask", BILLING, "")])


# In the app.


async def test_a_pm_remarks_in_the_run_and_accepts_on_playbooks(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    app = PlaybookApp(workspace)
    async with app.run_test(size=(130, 44), notifications=True) as pilot:
        await settled(pilot)
        app.show_run(run_id, "ask")
        await settled(pilot)
        await press(pilot, "r", *typing("Where does the bill go?"), "ctrl+s")
        assert "✐" in rendered(app)
        assert "Where does the bill go?" in rendered(app)
        await press(pilot, "e", "r", *typing("Too early"), "ctrl+s")
        await press(pilot, "3", "slash", *typing("gift"), "enter", "down")
        assert isinstance(app.screen, PlaybooksScreen)
        assert app.screen.rows.key == "gift"
        await press(pilot, "tab", "G")
        seen = rendered(app)
        assert "Remarks" in seen
        assert "Where does the bill go?" in seen
        assert "Mon 23 Nov 09:00 · Ana · Luz" in seen
        await press(pilot, "tab", "r")
        assert isinstance(app.screen, RemarksScreen)
        await press(pilot, "slash", *typing("bill"), "enter", "e")
        assert isinstance(app.screen, FormDialog)
        assert "Where does the bill go?" in rendered(app)
        await press(pilot, *typing(" first"), "ctrl+s")
        assert 'title = "Ask them first"' in text(workspace)
        assert '["S44", "Where does the bill go?"]   # the book' in text(workspace)
        await press(pilot, "enter")  # the open run follows
        assert "Ask them first" in [step.title for step in run_of(workspace, run_id).playbook.steps()]
        await press(pilot, "e")
        assert "decided on this remark already" in told(app)
        await press(pilot, "escape", "g", "s", *typing("It is not"), "enter")
        assert {each.remark.text: each.remark.outcome for each in found(workspace).every} == {
            "Where does the bill go?": "accepted", "Too early": "aside",
        }  # fmt: skip
        await press(pilot, "u")
        assert {each.remark.outcome for each in found(workspace).every} == {"accepted", ""}
        await press(pilot, "enter")
        assert isinstance(app.screen, RunScreen)


async def test_hostile_remarks_are_shown_as_text(workspace: Workspace) -> None:
    remark(workspace, start(workspace, "gift", "Luz").run.id, "ask", "[red]no[/red] \x1b[31m]]{{ x }}")
    app = PlaybookApp(workspace)
    async with app.run_test(size=(130, 44), notifications=True) as pilot:
        await settled(pilot)
        app.push_screen(RemarksScreen(workspace, "gift"))
        await settled(pilot)
        assert "[red]no[/red]" in rendered(app)
        await press(pilot, "e")
        assert isinstance(app.screen, FormDialog)
        assert "[red]no[/red]" in rendered(app)
        assert "\x1b" not in rendered(app)


# On the command line.


def test_on_the_command_line(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = start(workspace, "gift", "Luz").run
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-24T09:00")
    assert good("remarks", "gift") == ""
    good("remark", run.name, "ask", "Where", "does", "the bill go?")
    assert "empty" in bad("remark", run.name, "ask", " ")
    printed = good("remarks", "gift")
    assert "Ask them  Where does the bill go?" in printed
    assert "Ask them: overdue in 1 of 1 run" in printed
    [data] = json.loads(good("remarks", "gift", "--json"))
    assert (data["step"], data["text"], data["client"], data["run"], data["outcome"], data["overdue"]) == (
        "ask", "Where does the bill go?", "Luz", "luz/gift", "open", 1,
    )  # fmt: skip
    assert "no playbook" in bad("remarks", "nothing-here")
    assert "remarked for the playbook Ask them: Where does the bill go?" in good("history", run.name)


def test_remarks_outlive_the_file_of_their_playbook(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remark(workspace, start(workspace, "gift", "Luz").run.id)
    (workspace.locations.library / "gift.toml").unlink()
    with closing(workspace):
        monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
        assert "step is gone" in good("remarks", "gift")
