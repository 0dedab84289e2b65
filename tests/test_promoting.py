"""A step of one run alone becomes one of the playbook: once in the file, once in the run, with what was done."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from playbook.app import PlaybookApp
from playbook.core.calendar import Calendar
from playbook.core.problems import Refusal
from playbook.core.run import Run
from playbook.workspace import Workspace
from playbook.workspace.promoting import as_step, promote, rule_of
from tests.screens.calls import press, recorded, run_of, settled, told, typing
from tests.screens.stage import rendered
from tests.workspaces import (
    allowed,
    file_text,
    start,
    workspace_in_two_languages,
)

TEXT = """# ours
title = "Gift"

[[section]]
id = "first"
title = "First"

# ask early
[[section.step]]
id = "ask"
title = "Ask them"   # in their words

[[section.step]]
id = "send"
title = "Send it"

[[section]]
id = "last"
title = "Last"

[[section.step]]
id = "thank"
title = "Thank them"
"""

TWIN = TEXT.replace('title = "Gift"', 'title = "Regalo"\nlanguage = "es"')
WRAP = '\n[[section.step]]\nid = "wrap-it"\ntitle = "Wrap it"\n'


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = workspace_in_two_languages(tmp_path, "gift", TEXT, TWIN)
    yield made
    made.close()


def text(workspace: Workspace, language: str = "en") -> str:
    return file_text(workspace, "gift", language)


def added(
    workspace: Workspace, run_id: str, title: str = "Wrap it", after: str = "ask", section: str = ""
) -> str:
    decision = workspace.runs.decisions.add_step(title, after=after, section=section)
    return allowed(workspace.runs.change(run_id, decision)).run.own[-1].id


def ids(run: Run) -> list[str]:
    return [step.id for step in run.playbook.steps()]


def test_it_is_there_once_with_its_ticks_notes_and_date(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    own = added(workspace, run_id)
    allowed(workspace.runs.due(run_id, own, date(2026, 11, 26)))
    allowed(workspace.runs.note(run_id, own, "Paper from the shop"))
    allowed(workspace.runs.tick(run_id, own))
    written = allowed(promote(workspace, run_id, own, {"title": "Wrap it", "due": "start + 3bd"}))
    assert written.step == "wrap-it"
    for language, before in (("en", TEXT), ("es", TWIN)):
        assert text(workspace, language) == before.replace(
            "in their words\n", "in their words\n" + WRAP + 'due = "start + 3bd"\n'
        )
    assert ids(run_of(workspace, run_id)) == ["ask", "own-1", "send", "thank"]  # until it is brought along
    allowed(workspace.syncing.apply(run_id))
    run = run_of(workspace, run_id)
    assert (ids(run), run.own) == (["ask", "wrap-it", "send", "thank"], ())
    progress = run.progress("wrap-it")
    assert (progress.state, progress.due_by_hand) == ("done", "2026-11-26")
    assert [note.text for note in progress.notes] == ["Paper from the shop"]
    again = workspace.syncing.apply(run_id)
    assert isinstance(again, Refusal)
    assert again.code == "sync-nothing"
    live = [workspace.store.read(f"select * from {table}") for table in ("run", "step", "passage")]
    workspace.care.rebuild()
    assert [workspace.store.read(f"select * from {table}") for table in ("run", "step")] == live[:2]
    assert ids(run_of(workspace, run_id)) == ["ask", "wrap-it", "send", "thank"]


def test_taking_the_sync_back_brings_the_own_step_back(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    own = added(workspace, run_id)
    below = added(workspace, run_id, "Tie it", own)
    allowed(workspace.runs.tick(run_id, own))
    allowed(promote(workspace, run_id, own, {"title": "Wrap it"}))
    allowed(workspace.syncing.apply(run_id))
    assert ids(run_of(workspace, run_id)) == ["ask", "wrap-it", below, "send", "thank"]
    allowed(workspace.runs.undo(run_id))
    run = run_of(workspace, run_id)
    assert ids(run) == ["ask", own, below, "send", "thank"]
    assert run.progress(own).state == "done"
    allowed(workspace.runs.redo(run_id))
    assert run_of(workspace, run_id).progress("wrap-it").state == "done"


def test_other_runs_get_it_as_a_new_step_and_keep_their_own(workspace: Workspace) -> None:
    run_id, other = start(workspace, "gift", "Luz").run.id, start(workspace, "gift", "Sol").run.id
    own = added(workspace, run_id)
    theirs = added(workspace, other, "Sing", "thank")
    assert own == theirs == "own-1"
    allowed(promote(workspace, run_id, own, {"title": "Wrap it"}))
    outcome = workspace.syncing.apply_all(workspace.syncing.open_runs("gift"))
    assert (len(outcome.done), outcome.refused) == (2, ())
    assert ids(run_of(workspace, other)) == ["ask", "wrap-it", "send", "thank", "own-1"]
    assert ids(run_of(workspace, run_id)) == ["ask", "wrap-it", "send", "thank"]


@pytest.mark.parametrize(("after", "section", "place"), [
    ("own-1", "", ["ask", "first-of-it", "wrap-it", "send", "thank"]), ("", "last", ["ask", "first-of-it", "send", "thank", "wrap-it"]),
])  # fmt: skip
def test_it_stands_in_the_file_where_it_stood_in_the_run(
    workspace: Workspace, after: str, section: str, place: list[str]
) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    first = added(workspace, run_id, "First of it")
    own = added(workspace, run_id, "Wrap it", after, section)
    allowed(promote(workspace, run_id, own, {"title": "Wrap it"}))
    allowed(promote(workspace, run_id, first, {"title": "First of it"}))
    loaded = allowed(workspace.playbooks.exactly("gift", "en"))
    assert [step.id for step in loaded.playbook.steps()] == place
    allowed(workspace.syncing.apply(run_id))
    assert ids(run_of(workspace, run_id)) == place


def test_a_promoted_step_that_the_file_lost_again_stays_the_runs_own(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    own = added(workspace, run_id)
    allowed(promote(workspace, run_id, own, {"title": "Wrap it"}))
    allowed(workspace.editing.delete("gift", "en", "wrap-it"))
    allowed(workspace.editing.set_keys("gift", "en", "ask", {"title": "Ask"}))
    allowed(workspace.syncing.apply(run_id))
    assert ids(run_of(workspace, run_id)) == ["ask", own, "send", "thank"]
    assert allowed(promote(workspace, run_id, own, {"title": "Wrap it well"})).step == "wrap-it-well"
    allowed(workspace.syncing.apply(run_id))
    assert ids(run_of(workspace, run_id)) == ["ask", "wrap-it-well", "send", "thank"]


def test_its_id_is_none_that_the_run_ever_had(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    allowed(workspace.runs.note(run_id, "thank", "By hand"))
    allowed(workspace.editing.delete("gift", "en", "thank"))
    allowed(workspace.syncing.apply(run_id))  # it stays in the run, retired
    for title, step in (("Thank", "thank-2"), ("Own 2", "own-2-2")):
        own = added(workspace, run_id, title)
        assert allowed(promote(workspace, run_id, own, {"title": title})).step == step
    allowed(workspace.syncing.apply(run_id))
    assert ids(run_of(workspace, run_id)) == ["ask", "own-2-2", "thank-2", "send", "thank"]


def test_undo_passes_over_what_stands_in_the_file(workspace: Workspace) -> None:
    """Or the step would be there twice."""
    run_id = start(workspace, "gift", "Luz").run.id
    own = added(workspace, run_id)
    allowed(workspace.runs.tick(run_id, own))
    allowed(promote(workspace, run_id, own, {"title": "Wrap it"}))
    assert allowed(workspace.runs.undo(run_id)).operation.kind == "tick"
    allowed(workspace.syncing.apply(run_id))
    assert ids(run_of(workspace, run_id)) == ["ask", "wrap-it", "send", "thank"]
    assert run_of(workspace, run_id).progress("wrap-it").state == "open"


def test_what_is_refused_leaves_file_and_run_as_they_were(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    own = added(workspace, run_id)
    refused = promote(workspace, run_id, own, {"title": "Wrap it", "due": "nonsense + 1d"})
    assert isinstance(refused, Refusal)
    assert refused.code == "edit-problem"
    assert (text(workspace), recorded(workspace, run_id)) == (TEXT, ["own-step"])
    assert promote(workspace, run_id, "ask", {"title": "x"}) == Refusal("promoted", {"step": "Ask them"})
    allowed(promote(workspace, run_id, own, {"title": "Wrap it"}))
    before = text(workspace)
    assert promote(workspace, run_id, own, {"title": "Wrap it"}) == Refusal("promoted", {"step": "Wrap it"})
    assert text(workspace) == before


@pytest.mark.parametrize(("day", "rule"), [
    ("2026-11-23", "start"), ("2026-11-24", "start + 1bd"), ("2026-11-30", "start + 5bd"), ("2026-11-28", ""), ("2026-11-20", ""),
    ("2026-12-08", "start + 10bd"), ("2026-12-07", ""), ("9999-12-31", ""),
])  # fmt: skip
def test_a_date_by_hand_is_a_rule_where_one_gives_that_day(day: str, rule: str) -> None:
    calendar = Calendar(closed=frozenset({date(2026, 12, 7)}))
    assert rule_of(date(2026, 11, 23), date.fromisoformat(day), calendar) == rule


def test_the_form_begins_with_what_the_run_says(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    own = added(workspace, run_id)
    allowed(workspace.runs.due(run_id, own, date(2026, 11, 26)))
    allowed(workspace.runs.note(run_id, own, "Paper from the shop"))
    step = as_step(allowed(workspace.runs.open(run_id)).sheet, own)
    assert (step.title, step.due, step.guide) == ("Wrap it", ("start + 3bd",), "Paper from the shop")


async def test_from_the_run_by_a_form_and_the_run_follows(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    other = start(workspace, "gift", "Sol").run.id
    own = added(workspace, run_id)
    allowed(workspace.runs.due(run_id, own, date(2026, 11, 26)))
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 44), notifications=True) as pilot:
        await settled(pilot)
        app.show_run(run_id, own)
        await settled(pilot)
        await press(pilot, "r")
        assert "only in this run" in told(app)
        await press(pilot, "e")
        assert "put it into the playbook" in rendered(app)
        await press(pilot, "p", *typing(" up"))
        assert "3 working days after" in rendered(app)
        await press(pilot, "ctrl+s", "escape")
        assert 'id = "wrap-it-up"\ntitle = "Wrap it up"\ndue = "start + 3bd"\n' in text(workspace)
        await press(pilot, "e")
        assert "stands in the playbook already" in told(app)
        await press(pilot, "S", "enter")
        assert ids(run_of(workspace, run_id)) == ["ask", "wrap-it-up", "send", "thank"]
        await press(pilot, "e", "escape")
    allowed(workspace.syncing.apply(other))
    assert ids(run_of(workspace, other)) == ["ask", "wrap-it-up", "send", "thank"]
