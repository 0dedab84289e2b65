"""What the engine leaves on a run is in its documents: rounds, blocks, own and retired steps, how entries ended."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from playbook.clock import Clock
from playbook.config import Config
from playbook.core.operations import Draft
from playbook.core.problems import Refusal
from playbook.locations import Locations
from playbook.workspace import Workspace
from playbook.workspace.exporting import Exporting
from playbook.workspace.starting import StartForm
from tests.exports.scene import ok
from tests.workspaces import add_playbook, allowed, start

PLAYBOOK = """
title = "Care for {{ client.name }}"
field = [
  { id = "matter", label = "What {{ client.name }} wants" },
  { id = "secret-sum", label = "Sum", kind = "money", private = true },
]
[[section]]
id = "all"
title = "About {{ matter }}"
[[section.step]]
id = "note"
title = "Write the Friday note"
due = "start + 4d"
repeat = "1w"
field = [
  { id = "mood", label = "Their mood" },
  { id = "thought", label = "leak-thought", private = true },
]
[[section.step]]
id = "word"
title = "Name the next word on {{ matter }} for {{ secret-sum }}"
logs = { kind = "next-word", text = "They hear from us", on = "next-word" }
field = [ { id = "next-word", label = "On", kind = "date" } ]
[[section.step]]
id = "ring"
title = "Ring them"
closes = "word"
[[section.step]]
id = "bank"
title = "Have it paid"
[[section.step]]
id = "gone"
title = "Send a fax"
field = [ { id = "fax", label = "Number" } ]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    places = Locations(tmp_path / "c", tmp_path / "d", tmp_path / "s", tmp_path / "x")
    places.library.mkdir(parents=True)
    (places.library / "care.toml").write_text(PLAYBOOK, encoding="utf-8")
    made = Workspace(places, at(27), Config(), me="leak-Ana")
    yield made
    made.close()


def at(day: int, month: int = 11) -> Clock:
    return Clock(ZoneInfo("Europe/Madrid"), datetime(2026, month, day, 9, tzinfo=UTC))


@pytest.fixture
def run_id(workspace: Workspace) -> str:
    assert not isinstance(workspace.clients.add("Café Luz"), Refusal)
    answers = {"matter": "the June invoice", "secret-sum": "777 EUR"}
    run_id = ok(workspace.runs.start(StartForm("care", "cafe-luz", "2026-11-23", answers=answers))).run.id
    runs, decisions = workspace.runs, workspace.runs.decisions
    ok(runs.tick(run_id, "note", {"mood": "calm", "thought": "leak-one"}, note="leak-first week"))
    ok(runs.tick(run_id, "word", {"next-word": "2026-11-30"}))
    ok(runs.change(run_id, decisions.block("leak-bank is closed", date(2026, 12, 7))("bank")))
    ok(runs.change(run_id, decisions.assign("leak-Carl")("bank")))
    ok(runs.change(run_id, decisions.add_step("Buy flowers", after="word")))
    ok(runs.answer(run_id, "gone", {"fax": "12345"}))
    ok(runs.change(run_id, lambda _sheet: Draft("retire", "gone", {})))
    workspace.clock = at(30)
    ok(runs.tick(run_id, "ring"))
    workspace.clock = at(4, 12)
    ok(runs.tick(run_id, "note", {"mood": "tense"}))
    ok(runs.answer(run_id, "note", {"mood": "begun"}))
    return run_id


def document(workspace: Workspace, run_id: str, *, client_safe: bool = False) -> dict[str, Any]:
    text = Exporting(workspace, run_id).render("json", client_safe=client_safe)
    assert isinstance(text, str)
    data: dict[str, Any] = json.loads(text)
    return data


def steps_of(data: dict[str, Any]) -> dict[str, Any]:
    return {step["id"]: step for section in data["sections"] for step in section["steps"]}


def test_each_round_is_an_occurrence_and_the_open_one_is_the_last(workspace: Workspace, run_id: str) -> None:
    note = steps_of(document(workspace, run_id))["note"]
    rounds = [
        (o["n"], o["due"], o["state"], o["at"], {a["id"]: a["value"] for a in o["answers"]})
        for o in note["occurrences"]
    ]
    assert rounds == [
        (1, "2026-11-27", "done", "2026-11-27T09:00:00Z", {"mood": "calm", "thought": "leak-one"}),
        (2, "2026-12-04", "done", "2026-12-04T09:00:00Z", {"mood": "tense", "thought": None}),
        (3, "2026-12-11", "open", None, {"mood": "begun", "thought": None}),
    ]
    assert (note["state"], note["due"]) == ("open", "2026-12-11")
    assert [n["text"] for n in note["notes"]] == ["leak-first week"]


def test_blocked_own_and_retired_steps_say_so(workspace: Workspace, run_id: str) -> None:
    data = document(workspace, run_id)
    steps = steps_of(data)
    assert steps["bank"]["blocked"] == {"reason": "leak-bank is closed", "follow_up_on": "2026-12-07"}
    assert list(steps) == ["note", "word", "own-1", "ring", "bank", "gone"]
    assert [i for i, step in steps.items() if step["own"]] == ["own-1"]
    assert [i for i, step in steps.items() if step["retired"]] == ["gone"]
    assert data["run"]["progress"] == {"done": 3, "total": 5}
    kinds = [row["kind"] for row in data["history"]]
    assert {"block", "assign", "own-step", "retire"} <= set(kinds)


def test_entries_say_how_they_ended(workspace: Workspace, run_id: str) -> None:
    [entry] = [e for e in document(workspace, run_id)["entries"] if e["kind"] == "next-word"]
    assert (entry["outcome"], entry["closed_at"], entry["closed_by"]) == (
        "on-time",
        "2026-11-30T09:00:00Z",
        "leak-Ana",
    )
    assert not isinstance(workspace.runs.undo(run_id), Refusal)  # the answer
    assert not isinstance(workspace.runs.undo(run_id), Refusal)  # the second round
    assert not isinstance(workspace.runs.undo(run_id), Refusal)  # the call
    [entry] = [e for e in document(workspace, run_id)["entries"] if e["kind"] == "next-word"]
    assert (entry["outcome"], entry["closed_at"], entry["closed_by"]) == (None, None, None)


def test_the_client_reads_no_raw_name_and_nothing_private(workspace: Workspace, run_id: str) -> None:
    for name in ("json", "markdown"):
        text = Exporting(workspace, run_id).render(name, client_safe=True)
        assert isinstance(text, str)
        assert "{{" not in text
        assert "leak" not in text
        assert "777" not in text
        assert "12345" in text
    data = document(workspace, run_id, client_safe=True)
    assert data["sections"][0]["title"] == "About the June invoice"
    assert steps_of(data)["word"]["title"] == "Name the next word on the June invoice for …"
    assert data["fields"][0]["label"] == "What Café Luz wants"
    assert steps_of(data)["bank"]["blocked"] is None


def test_people_read_the_same_in_markdown(workspace: Workspace, run_id: str) -> None:
    text = Exporting(workspace, run_id).render("markdown", client_safe=False)
    assert isinstance(text, str)
    for said in (
        "Their mood: calm", "Their mood: tense", "was due 2026-11-27", "repeats", "Blocked: leak-bank is closed (look again 2026-12-07)",
        "no longer in the playbook", "kept, on time", "About the June invoice", "leak-Carl",
    ):  # fmt: skip
        assert said in text, said


ROUNDS = """
title = "Rounds"
[[section]]
title = "All"
[[section.step]]
id = "look"
title = "Look at the page"
due = "start"
repeat = "1w"
field = [
  { id = "held", label = "Does it hold", kind = "yes-no" },
  { id = "line", label = "Which line", when = { field = "held", is = false } },
]
"""


@pytest.mark.parametrize("how", ["markdown", "json"])
def test_a_document_for_the_client_keeps_what_an_earlier_round_was_asked(
    workspace: Workspace, how: str
) -> None:
    add_playbook(workspace, "rounds", ROUNDS)
    run = start(workspace, "rounds", "Luz").run
    allowed(workspace.runs.tick(run.id, "look", {"held": "no", "line": "two rounds a page"}))
    text = Exporting(workspace, run.id).render(how, client_safe=True)
    assert isinstance(text, str) and text.count("two rounds a page") == 1
