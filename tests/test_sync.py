"""Sync over a real store: one run, fifty at once with one that cannot, undone, and ended runs untouched."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.app import PlaybookApp
from playbook.core.problems import Refusal
from playbook.dialogs.file_watch import LOOK
from playbook.store import journal
from playbook.widgets.row_list import RowList
from playbook.workspace import Workspace
from tests.cli.calling import call, good
from tests.screens.calls import press, settled, told, until
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace, start

FIRST = """
title = "Gift"
[[section]]
id = "all"
title = "All"
[[section.step]]
id = "ask"
title = "Ask them"
due = "start + 1d"
field = [ { id = "size", label = "Size", kind = "choice", choices = { s = "small", l = "large" } } ]
[[section.step]]
id = "send"
title = "Send it"
due = "ask + 2d"
[[section.step]]
id = "old"
title = "Fax them"
"""

SECOND = """
title = "A gift"
[[section]]
id = "all"
title = "All"
[[section.step]]
id = "ask"
title = "Ask what they like"
due = "start + 1d"
[[section.step]]
id = "wrap"
title = "Wrap it"
due = "start + 3d"
[[section.step]]
id = "send"
title = "Send it off"
due = "ask + 4d"
"""

TABLES = ("operation", "run", "step", "entry", "client", "passage")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "gift", FIRST)
    yield made
    made.close()


def titles(workspace: Workspace, run_id: str) -> list[str]:
    return [step.title for step in allowed(workspace.runs.open(run_id)).sheet.run.playbook.steps()]


def rows(workspace: Workspace, run_id: str) -> list[tuple[object, ...]]:
    return sorted(
        workspace.store.read("select * from step where run = ?", (run_id,))
        + workspace.store.read("select * from run where id = ?", (run_id,)),
        key=repr,
    )


def test_one_run_follows_and_the_lists_with_it(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    allowed(workspace.runs.tick(run_id, "ask"))
    opened = allowed(workspace.runs.open(run_id))
    assert not workspace.syncing.is_behind(opened.sheet.run)
    add_playbook(workspace, "gift", SECOND)
    assert workspace.syncing.is_behind(opened.sheet.run)
    assert allowed(workspace.syncing.preview(run_id)).sync.changes
    assert titles(workspace, run_id) == ["Ask them", "Send it", "Fax them"]  # nothing yet
    allowed(workspace.syncing.apply(run_id))
    assert titles(workspace, run_id) == ["Ask them", "Wrap it", "Send it off"]
    [row] = workspace.lists.runs()
    assert (row.title, row.done, row.total) == ("A gift", 1, 3)
    assert {getattr(row, "step_title", "") for row in workspace.lists.today().week} == {
        "Wrap it",
        "Send it off",
    }
    assert [hit.text for hit in workspace.search.find("wrap")] == ["Wrap it"]
    assert workspace.search.find("fax") == []
    assert workspace.syncing.apply(run_id) == Refusal("sync-nothing", {"run": "luz/gift"})
    again = allowed(workspace.runs.open(run_id)).sheet.run
    assert not workspace.syncing.is_behind(again)


def test_it_is_one_change_that_is_taken_back_and_done_again_as_a_whole(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    allowed(workspace.runs.note(run_id, "old", "They have no fax"))
    before = rows(workspace, run_id)
    add_playbook(workspace, "gift", SECOND)
    allowed(workspace.syncing.apply(run_id))
    after = rows(workspace, run_id)
    assert allowed(workspace.runs.open(run_id)).sheet.run.retired == {"old"}
    allowed(workspace.runs.undo())
    assert titles(workspace, run_id) == ["Ask them", "Send it", "Fax them"]
    assert _but_ops(rows(workspace, run_id)) == _but_ops(before)
    allowed(workspace.runs.redo())
    assert _but_ops(rows(workspace, run_id)) == _but_ops(after)


def _but_ops(found: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Run rows count their operations, undos among them."""
    return [tuple(cell for cell in row if not (isinstance(cell, int) and len(row) > 12)) for row in found]


def test_fifty_at_once_with_one_that_cannot_and_ended_ones_untouched(workspace: Workspace) -> None:
    ids = [start(workspace, "gift", f"Client {number}").run.id for number in range(50)]
    for run_id in ids[::2]:
        allowed(workspace.runs.tick(run_id, "ask", {"size": "s"}))
    ended = ids[:5]
    for run_id in ended:
        allowed(workspace.runs.abandon(run_id, "they left"))
    bad = ids[10]
    allowed(workspace.runs.change(bad, workspace.runs.decisions.add_step("Mine")))
    untouched = {
        run_id: (rows(workspace, run_id), journal.operations_of_run(workspace.store, run_id))
        for run_id in (*ended, bad)
    }
    add_playbook(workspace, "gift", SECOND.replace('id = "wrap"', 'id = "own-1"'))
    outcome = workspace.syncing.apply_all(workspace.syncing.open_runs("gift"))
    assert len(outcome.done) == 44
    assert [(name, refusal.code) for name, refusal in outcome.refused] == [("client-10/gift", "sync-own")]
    for run_id, kept in untouched.items():
        assert (rows(workspace, run_id), journal.operations_of_run(workspace.store, run_id)) == kept
    assert allowed(workspace.runs.undo()).operation.kind == "sync"  # all of them by one key
    assert {tuple(titles(workspace, run_id)) for run_id in ids[11:]} == {("Ask them", "Send it", "Fax them")}
    assert workspace.syncing.apply_all(workspace.syncing.open_runs("other")).done == ()


def test_a_conflict_keeps_the_answer_until_it_is_set_aside(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    allowed(workspace.runs.answer(run_id, "ask", {"size": "l"}))
    add_playbook(workspace, "gift", SECOND)
    assert [c.labels for c in allowed(workspace.syncing.preview(run_id)).sync.conflicts] == [("Size",)]
    allowed(workspace.syncing.apply(run_id))
    step = allowed(workspace.runs.open(run_id)).sheet.view.steps["ask"]
    assert [field.label for field in step.step.fields] == ["Size"]
    allowed(workspace.syncing.apply(run_id, ["ask"]))
    step = allowed(workspace.runs.open(run_id)).sheet.view.steps["ask"]
    assert step.step.fields == ()
    assert step.progress.answers == {"size": "l"}


def test_a_rebuild_and_another_program_see_the_same(workspace: Workspace, tmp_path: Path) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    add_playbook(workspace, "gift", SECOND)
    allowed(workspace.syncing.apply(run_id))
    allowed(workspace.runs.tick(run_id, "wrap"))
    before = rows(workspace, run_id)
    workspace.care.rebuild()
    assert rows(workspace, run_id) == before
    other = make_workspace(tmp_path)
    assert titles(other, run_id) == titles(workspace, run_id)
    assert allowed(other.runs.open(run_id)).sheet.view.done == 1
    other.close()
    assert [problem for problem in workspace.care.check().problems if problem.level == "error"] == []


def test_without_a_file_or_with_a_broken_one_the_run_goes_on(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    path = add_playbook(workspace, "gift", "title = ")
    refused = workspace.syncing.preview(run_id)
    assert isinstance(refused, Refusal)
    assert refused.code == "playbook-broken"
    path.unlink()
    assert workspace.syncing.preview(run_id) == Refusal("sync-no-file", {"playbook": "gift"})
    allowed(workspace.runs.tick(run_id, "ask"))


def test_a_forgotten_client_takes_the_copies_along(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    add_playbook(workspace, "gift", SECOND)
    allowed(workspace.runs.tick(run_id, "ask"))
    allowed(workspace.syncing.apply(run_id))
    allowed(workspace.clients.forget(allowed(workspace.clients.find("luz"))))
    assert workspace.store.read("select count(*) from version") == [(0,)]


def test_the_commands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
    library = tmp_path / "data" / "playbooks"
    library.mkdir(parents=True)
    (library / "gift.toml").write_text(FIRST, encoding="utf-8")
    good("client", "add", "Luz")
    good("start", "gift", "luz")
    assert "follows its playbook already" in call("sync", "luz/gift").err
    (library / "gift.toml").write_text(SECOND, encoding="utf-8")
    assert '-title = "Send it"' in good("diff", "luz/gift")
    shown = good("sync", "luz/gift", "--dry-run")
    assert "+ “Wrap it” is new" in shown
    assert "~ “Send it off”, before “Send it”: words, dates" in shown
    assert "− “Fax them” goes" in shown
    assert len(json.loads(good("show", "luz/gift", "--json"))["sections"][0]["steps"]) == 3
    assert good("sync", "--all") == "luz/gift\n"
    assert "wrap" in good("show", "luz/gift", "--json")
    assert call("sync").code == call("sync", "luz/gift", "--all").code == 2
    assert call("sync", "nobody/x").code == 1


def test_several_runs_are_named_and_the_others_stay(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
    library = tmp_path / "data" / "playbooks"
    library.mkdir(parents=True)
    (library / "gift.toml").write_text(FIRST, encoding="utf-8")
    for name in ("Luz", "Sol", "Mar"):
        good("client", "add", name)
        good("start", "gift", name.lower())
    (library / "gift.toml").write_text(SECOND, encoding="utf-8")
    assert good("sync", "luz/gift", "sol/gift", "--dry-run").count("“Wrap it” is new") == 2
    assert "2 runs follow their playbooks again." in call("sync", "luz/gift", "sol/gift").err
    runs = [good("show", f"{name}/gift", "--json") for name in ("luz", "sol", "mar")]
    assert ["wrap" in shown for shown in runs] == [True, True, False]


# In the app.


async def test_the_runs_marked_on_client_follow_and_no_other(workspace: Workspace) -> None:
    first, second, third = (start(workspace, "gift", "Luz").run for _ in range(3))
    add_playbook(workspace, "gift", SECOND)
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 40), notifications=True) as pilot:
        await settled(pilot)
        app.show_client(first.client_id)
        await settled(pilot)
        rows = app.screen.query_one(RowList)
        for run in (first, third):
            assert rows.select(run.id) or rows.select(f"run {run.id}")
            await press(pilot, "v")
        await press(pilot, "S")
        shown = rendered(app)
        assert first.name in shown
        assert "2 changes" in shown or "4 changes" in shown
        await press(pilot, "enter")
        assert "2 runs follow their playbooks again." in told(app)
    assert ["Wrap it" in titles(workspace, run.id) for run in (first, second, third)] == [True, False, True]


async def test_the_run_says_that_its_playbook_changed_and_follows_on_one_key(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    allowed(workspace.runs.answer(run_id, "ask", {"size": "s"}))
    add_playbook(workspace, "gift", SECOND)
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        await settled(pilot)
        app.show_run(run_id)
        await settled(pilot)
        assert "the playbook changed" in rendered(app)
        await press(pilot, "S")
        shown = rendered(app)
        assert "“Wrap it” is new" in shown
        assert "Where the run stands" in shown
        assert "the old question stays" in shown
        await press(pilot, "space")
        assert "its answer is set aside" in rendered(app)
        await press(pilot, "enter")
        assert "Wrap it" in rendered(app)
        assert "the playbook changed" not in rendered(app)
        assert allowed(workspace.runs.open(run_id)).sheet.view.steps["ask"].step.fields == ()
        await press(pilot, "u")
        assert "Wrap it" not in rendered(app)


async def test_a_file_that_is_written_meanwhile_is_seen_while_one_looks(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        await settled(pilot)
        app.show_run(run_id)
        await settled(pilot)
        assert "the playbook changed" not in rendered(app)
        await pilot.pause(LOOK * 1.5)  # what it looked like before is known
        add_playbook(workspace, "gift", SECOND)
        await until(pilot, lambda: "the playbook changed" in rendered(app))
        add_playbook(workspace, "gift", FIRST)
        await until(pilot, lambda: "the playbook changed" not in rendered(app))
        await press(pilot, "3")
        await pilot.pause(LOOK * 1.5)
        add_playbook(workspace, "gift", SECOND)
        await until(pilot, lambda: "A gift" in rendered(app))


async def test_from_the_library_every_open_run_is_listed_and_follows(workspace: Workspace) -> None:
    for name in ("Luz", "Sol"):
        start(workspace, "gift", name)
    add_playbook(workspace, "gift", SECOND)
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 40), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "3")
        assert app.screen.query_one(RowList).select("gift")
        await press(pilot, "S")
        assert "luz/gift: 4 changes" in rendered(app)
        await press(pilot, "enter")
        assert "2 runs follow their playbooks again." in told(app)
        await press(pilot, "S")
        assert "follows it already" in told(app)
