"""Use cases on real files and a real database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from playbook.core.problems import Refusal
from playbook.workspace import Workspace
from playbook.workspace.exporting import export_all
from playbook.workspace.starting import StartForm
from playbook.workspace.writing import Decision
from tests.workspaces import add_playbook, allowed, make_workspace, plain_playbook, start

TWO_STEPS = """
title = "Two"
[[section]]
title = "All"
[[section.step]]
id = "ring"
title = "Ring them"
channel = "call"
due = "start + 1bd"
field = [ { id = "heard", label = "What you heard", required = true, save_as = "last-heard" } ]
[[section.step]]
id = "write"
title = "Write it down"
starts = "two"
needs = ["ring"]
due = "ring + 2bd"
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "two", TWO_STEPS)
    yield made
    made.close()


@contextmanager
def statements(workspace: Workspace) -> Iterator[list[str]]:
    """The SQL statements of the block."""
    seen: list[str] = []
    workspace.store._connection.set_trace_callback(seen.append)
    try:
        yield seen
    finally:
        workspace.store._connection.set_trace_callback(None)


def test_a_tick_its_contact_and_saved_answer_are_one_change(workspace: Workspace) -> None:
    run = start(workspace, "two", "Luz").run
    sheet = allowed(workspace.runs.tick(run.id, "ring", {"heard": "all well"}))
    assert (sheet.view.done, sheet.view.total) == (1, 2)
    client = workspace.clients.get(run.client_id)
    assert client is not None
    assert client.saved == {"last-heard": "all well"}
    [entry] = allowed(workspace.runs.handout(run.id, client_safe=False)).entries
    assert (entry.n, entry.kind, entry.values["channel"]) == (1, "contact", "call")

    allowed(workspace.runs.undo(run.id))
    client = workspace.clients.get(run.client_id)
    assert client is not None
    assert client.saved == {}
    assert allowed(workspace.runs.handout(run.id, client_safe=False)).entries == ()


def test_an_entry_number_is_never_given_twice(workspace: Workspace) -> None:
    run = start(workspace, "two", "Luz").run
    allowed(workspace.runs.tick(run.id, "ring", {"heard": "one"}))
    allowed(workspace.runs.undo(run.id))
    allowed(workspace.runs.tick(run.id, "ring", {"heard": "two"}))
    [entry] = allowed(workspace.runs.handout(run.id, client_safe=False)).entries
    assert entry.n == 2


def test_undo_and_redo_outlive_the_program(tmp_path: Path) -> None:
    first = make_workspace(tmp_path)
    add_playbook(first, "two", TWO_STEPS)
    run = start(first, "two", "Luz").run
    allowed(first.runs.tick(run.id, "ring", {"heard": "x"}))
    allowed(first.runs.note(run.id, "write", "a note"))
    first.close()

    second = make_workspace(tmp_path)
    fresh = allowed(second.runs.open(run.id)).sheet.run
    for _ in range(2):
        allowed(second.runs.undo(run.id))
    assert second.runs.undo(run.id) == Refusal("undo-only-start")
    bare = allowed(second.runs.open(run.id)).sheet
    assert (bare.view.done, bare.run.steps) == (0, {})
    for _ in range(2):
        allowed(second.runs.redo(run.id))
    assert second.runs.redo(run.id) == Refusal("redo-nothing")
    assert allowed(second.runs.open(run.id)).sheet.run == fresh
    second.close()


def test_undo_anywhere_takes_back_a_start_and_redo_brings_it_back(workspace: Workspace) -> None:
    sheet = allowed(workspace.runs.start(StartForm("two", "", new_client="Luz")))
    allowed(workspace.runs.undo())
    assert workspace.lists.runs() == []
    assert workspace.lists.clients() == []
    allowed(workspace.runs.redo())
    assert [run.id for run in workspace.lists.runs()] == [sheet.run.id]
    assert [client.name for client in workspace.lists.clients()] == ["Luz"]


def test_a_start_is_not_taken_back_once_work_has_begun(workspace: Workspace) -> None:
    parent = start(workspace, "two", "Luz")
    allowed(workspace.runs.tick(parent.run.id, "ring", {"heard": "x"}))
    ticked = allowed(workspace.runs.tick(parent.run.id, "write"))
    form = workspace.runs.start_form(ticked, ticked.view.steps["write"], "luz")
    child = allowed(workspace.runs.start(form))
    assert allowed(workspace.runs.open(parent.run.id)).sheet.run.progress("write").started_runs == (
        "luz/two-2",
    )
    other = make_workspace(workspace.locations.data.parent, me="Ben")
    allowed(other.runs.note(child.run.id, "ring", "begun"))
    other.close()
    outcome = workspace.runs.undo(parent.run.id)
    assert isinstance(outcome, Refusal)
    assert outcome.code == "undo-child"


def test_a_name_is_never_given_twice(workspace: Workspace) -> None:
    assert start(workspace, "two", "Luz").run.name == "luz/two"
    allowed(workspace.runs.undo())
    assert start(workspace, "two", "Luz").run.name == "luz/two-2"


def test_two_programs_see_each_others_changes(tmp_path: Path) -> None:
    one, other = make_workspace(tmp_path), make_workspace(tmp_path, me="Ben")
    add_playbook(one, "two", TWO_STEPS)
    run = start(one, "two", "Luz").run
    allowed(one.runs.open(run.id))
    before = one.store.data_version()
    allowed(other.runs.tick(run.id, "ring", {"heard": "x"}))
    assert one.store.data_version() != before
    outcome = one.runs.tick(run.id, "ring", {"heard": "y"})
    assert isinstance(outcome, Refusal)
    assert outcome.code == "step-settled"
    assert allowed(one.runs.open(run.id)).sheet.run.progress("ring").by == "Ben"
    one.close()
    other.close()


def test_several_steps_are_one_change(workspace: Workspace) -> None:
    add_playbook(workspace, "many", plain_playbook(5))
    run = start(workspace, "many", "Luz").run
    targets = [(run.id, f"step-{n}") for n in range(4)] + [(run.id, "gone")]
    done, refused = workspace.runs.change_several(targets, workspace.runs.decisions.tick())
    assert done == 4
    assert [(step, refusal.code) for step, refusal in refused] == [("gone", "no-step")]
    allowed(workspace.runs.undo(run.id))
    assert allowed(workspace.runs.open(run.id)).sheet.view.done == 0


def test_nothing_is_remembered_of_a_change_to_several_that_failed(
    workspace: Workspace, tmp_path: Path
) -> None:
    """The journal then grows by as many changes as were rolled back, so counting them tells nothing."""
    add_playbook(workspace, "many", plain_playbook(3))
    run = start(workspace, "many", "Luz").run
    other = make_workspace(tmp_path, me="Ben")

    def failing(step_id: str) -> Decision:
        if step_id == "step-1":
            raise OSError
        return workspace.runs.decisions.tick()(step_id)

    with pytest.raises(OSError):
        workspace.runs.change_several([(run.id, "step-0"), (run.id, "step-1")], failing)
    allowed(other.runs.tick(run.id, "step-2"))
    steps = allowed(workspace.runs.open(run.id)).sheet.view.steps
    assert [step for step, found in steps.items() if found.is_settled] == ["step-2"]
    other.close()


def test_an_export_of_several_that_fails_on_the_way_leaves_no_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    """The same run twice: its file is not there when it begins, and is when the second is written."""
    one, other = (start(workspace, "two", name).run.id for name in ("Acme", "Bodega"))
    folder = tmp_path / "out"
    folder.mkdir()
    refusal = export_all(workspace, [other, one, one], str(folder), "markdown", client_safe=False)
    assert isinstance(refusal, Refusal)
    assert list(folder.iterdir()) == []


def test_a_run_keeps_its_copy_when_the_file_changes_or_goes(workspace: Workspace) -> None:
    run = start(workspace, "two", "Luz").run
    path = workspace.locations.library / "two.toml"
    path.write_text(TWO_STEPS.replace("Ring them", "Something else"))
    workspace.runs.writing.forget()
    assert allowed(workspace.runs.open(run.id)).sheet.view.steps["ring"].step.title == "Ring them"
    path.unlink()
    allowed(workspace.runs.tick(run.id, "ring", {"heard": "x"}))


def test_rebuilding_changes_nothing(workspace: Workspace) -> None:
    add_playbook(workspace, "many", plain_playbook(12))
    for client in ("Luz", "Bo", "Zoë & Co"):
        run = start(workspace, "two", client).run
        allowed(workspace.runs.tick(run.id, "ring", {"heard": client}))
        other = start(workspace, "many", client).run
        allowed(workspace.runs.skip(other.id, "step-3", "no need"))
        allowed(workspace.runs.undo(other.id))
        allowed(workspace.runs.finish(other.id, "enough"))
    live = tables(workspace)
    assert workspace.care.rebuild() == 6
    assert tables(workspace) == live
    assert [problem for problem in workspace.care.check().problems if problem.level == "error"] == []


def tables(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    names = ("client", "run", "step", "entry", "version_step", "tally", "taken")
    return {name: sorted(workspace.store.read(f"select * from {name}")) for name in names}


@pytest.mark.parametrize("what", ["run", "today"])
def test_a_screen_takes_a_fixed_number_of_statements(tmp_path: Path, what: str) -> None:
    counts = []
    for size in (3, 60):
        workspace = make_workspace(tmp_path / str(size))
        add_playbook(workspace, "many", plain_playbook(size))
        runs = [start(workspace, "many", f"Client {n}").run for n in range(size // 3)]
        for n in range(size // 3):
            allowed(workspace.runs.tick(runs[0].id, f"step-{n}"))
        workspace.runs.writing.forget()
        with statements(workspace) as seen:
            if what == "run":
                allowed(workspace.runs.open(runs[0].id))
            else:
                workspace.lists.today()
        counts.append(len(seen))
        workspace.close()
    assert counts[0] == counts[1] <= {"run": 6, "today": 9}[what]  # Today is nine lists
