"""The JSON export: a contract, so every key, its order and its type are held to."""

import json
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension

from playbook.core.problems import Refusal
from playbook.workspace import Workspace
from playbook.workspace.exporting import Exporting
from tests.exports.scene import NOW, start, workspace_in

NOTE = ["at", "by", "text"]
KEYS: dict[str, list[str]] = {
    "": ["format", "client_safe", "playbook", "run", "fields", "sections", "entries", "history"],
    "playbook": ["id", "title", "language", "hash"],
    "run": ["id", "title", "client", "state", "reason", "start", "target", "time_zone", "started_at", "finished_at", "by",
            "left_open", "progress", "notes", "roles"],
    "run.client": ["id", "name"],
    "run.progress": ["done", "total"],
    "run.notes": NOTE,
    "run.roles": ["lead"],
    "fields": ["id", "label", "kind", "private", "value"],
    "sections": ["id", "title", "pause", "steps"],
    "sections.steps": ["id", "title", "state", "reason", "key", "side", "skip", "gate", "hidden", "condition", "no_longer_needed",
                       "retired", "own", "blocked", "locked_by", "override", "due", "due_by_hand", "waiting_for", "started_runs",
                       "entries", "notes", "occurrences"],
    "sections.steps.condition": ["holds", "text"],
    "sections.steps.override": ["at", "by", "reason"],
    "sections.steps.notes": NOTE,
    "sections.steps.occurrences": ["n", "due", "state", "reason", "at", "by", "channel", "answers"],
    "sections.steps.occurrences.answers": ["id", "label", "kind", "private", "value"],
    "entries": ["id", "kind", "step", "at", "by", "on", "text", "owner", "values", "outcome", "closed_at", "closed_by"],
    "history": ["seq", "at", "by", "kind", "step", "field", "entry", "old", "new", "reason", "undoes"],
}  # fmt: skip
FREE = {
    "fields.value",
    "sections.steps.occurrences.answers.value",
    "entries.values",
    "history.old",
    "history.new",
}
"""Where any plain value may stand."""


class Document(SingleFileSnapshotExtension):
    """A golden that is the document itself."""

    _file_extension = "json"
    file_extension = "json"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path)


def document(workspace: Workspace, run_id: str, *, client_safe: bool = False) -> str:
    text = Exporting(workspace, run_id).render("json", client_safe=client_safe)
    assert not isinstance(text, Refusal), text
    return text


def keys_of(value: Any, path: str = "") -> set[tuple[str, tuple[str, ...]]]:
    """Each path of the document with the keys found there, in their order."""
    if path in FREE:
        return set()
    if isinstance(value, list):
        return {found for item in value for found in keys_of(item, path)}
    if not isinstance(value, dict):
        return set()
    inner = {found for key, item in value.items() for found in keys_of(item, f"{path}.{key}".lstrip("."))}
    return {(path, tuple(value)), *inner}


@pytest.mark.parametrize("client_safe", [False, True])
def test_the_document_is_as_it_was(
    workspace: Workspace, snapshot: SnapshotAssertion, client_safe: bool
) -> None:
    text = document(workspace, start(workspace), client_safe=client_safe)
    assert text.encode() == snapshot(extension_class=Document)


def test_every_key_is_there_in_its_order(workspace: Workspace) -> None:
    run_id = start(workspace)
    assert {path: list(keys) for path, keys in keys_of(json.loads(document(workspace, run_id)))} == KEYS
    safe = json.loads(document(workspace, run_id, client_safe=True))
    for path, keys in keys_of(safe):
        assert list(keys) in (KEYS[path], []), path
    assert safe["client_safe"] is True


def test_dates_are_days_or_utc_instants(workspace: Workspace) -> None:
    data = json.loads(document(workspace, start(workspace)))
    steps = {step["id"]: step for section in data["sections"] for step in section["steps"]}
    assert data["run"]["start"] == "2026-11-20"
    assert data["run"]["finished_at"] == "2026-11-23T09:00:00Z"
    assert data["run"]["time_zone"] == "Europe/Madrid"
    assert steps["rule"]["due"] == "2026-11-23"
    assert steps["approve"]["due"] == "2026-11-24T15:00:00Z"
    assert (steps["thank"]["due"], steps["thank"]["due_by_hand"]) == ("2026-12-28T10:00:00Z", True)
    assert (steps["wrap"]["due"], steps["wrap"]["waiting_for"]) == (None, "wrapped-on")
    assert steps["secret"]["hidden"]
    assert steps["secret"]["no_longer_needed"]
    assert steps["secret"]["condition"]["holds"] is False


def test_totals_are_those_of_the_screens(workspace: Workspace) -> None:
    run_id = start(workspace)
    opened = workspace.runs.open(run_id)
    assert not isinstance(opened, Refusal)
    view = opened.sheet.view
    for client_safe in (False, True):
        data = json.loads(document(workspace, run_id, client_safe=client_safe))
        assert data["run"]["progress"] == {"done": view.done, "total": view.total}
        steps = [step for section in data["sections"] for step in section["steps"]]
        shown = [step for step in steps if not step["hidden"] and step["state"] != "n/a"]
        assert len(shown) == view.total
        assert sum(step["state"] in ("done", "skipped") for step in shown) == view.done
        assert data["run"]["left_open"] == ["approve", "wrap"]


def test_the_same_run_gives_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    run_id = start(workspace)
    first = document(workspace, run_id), document(workspace, run_id, client_safe=True)
    workspace.close()
    later = workspace_in(tmp_path, NOW.replace(year=2031))
    assert (document(later, run_id), document(later, run_id, client_safe=True)) == first
    later.close()


def test_nothing_but_what_the_client_may_see_is_in_the_safe_one(workspace: Workspace) -> None:
    run_id = start(workspace)
    assert document(workspace, run_id).count("leak") > 30
    safe = document(workspace, run_id, client_safe=True)
    assert "leak" not in safe
    assert "secret" not in safe
    assert "wrapped-on" not in safe
    assert "250" not in safe
    data = json.loads(safe)
    assert (data["entries"], data["history"], data["run"]["notes"], data["run"]["roles"]) == ([], [], [], {})
    assert [field["id"] for field in data["fields"]] == ["theme"]
    answers = data["sections"][0]["steps"][0]["occurrences"][0]["answers"]
    assert {answer["id"]: answer["value"] for answer in answers} == {
        "their-rule": "Nothing over 50 EUR", "tastes": ["tea", "art"],
        "guests": [{"text": "Bea", "choice": "yes"}, {"text": "Carl", "choice": "no"}],
        "call-at": "2026-11-23T15:00:00Z", "ok": True,
    }  # fmt: skip
