"""What people read where ids and raw values are kept: saved answers, History, the dates of a playbook."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from playbook.core.calendar import Calendar
from playbook.core.client import Client
from playbook.core.history import HistoryRow
from playbook.core.playbook import Field, Playbook, Section, Step
from playbook.core.text import is_clean
from playbook.words import use_language
from playbook.words.answers import saved_words
from playbook.words.changes import change_words, detail_words
from playbook.words.names import Names
from playbook.workspace import Workspace
from tests.hostile import HOSTILE
from tests.workspaces import add_playbook, allowed, make_workspace, start

TODAY = date(2026, 11, 23)

RULES = Playbook(
    title="Rules", start_label="Day of the yes", roles={"lead": "The lead"},
    fields=(Field("takes-effect", "It takes effect", kind="date"),),
    sections=(Section("all", "All", steps=(
        Step("ask", "Ask about their rule", fields=(
            Field("rule", "Their rule", kind="choice", choices={"none": "no limit known", "public": "public body"}),
            Field("tastes", "Tastes", kind="several", choices={"tea": "Tea", "art": "Art"}),
            Field("guests", "Guests", kind="list", choices={"yes": "comes"}),
            Field("limit", "Their limit", kind="money"),
            Field("call-at", "Call", kind="datetime"),
        )),
    )),),
)  # fmt: skip
NAMES = Names(RULES)


def row(kind: str, **more: object) -> HistoryRow:
    blank = HistoryRow(
        7, "2026-11-23T09:00:00Z", "Ana", kind, None, None, None, None, None, None, None, False, "r"
    )
    return blank._replace(**more)  # type: ignore[arg-type]


def told(kind: str, **more: object) -> str:
    return change_words(row(kind, **more), Calendar(), NAMES)


# History.


def test_a_change_names_steps_and_questions_and_says_choices() -> None:
    assert told("tick", step="ask", old="open", new="done") == "ticked Ask about their rule"
    assert (
        told("answer", step="ask", field="rule", old="none", new="public")
        == "answered Ask about their rule · Their rule: no limit known → public body"
    )
    assert told("start", field="rule", new="none") == "started Their rule: no limit known"
    assert told("answer", step="ask", field="tastes", old=None, new=["tea", "art"]).endswith(
        "· Tastes: Tea, Art"
    )
    assert told("answer", step="ask", field="guests", new=[{"text": "Bea", "choice": "yes"}]).endswith(
        "· Guests: Bea (comes)"
    )
    assert told("answer", step="ask", field="call-at", new="2026-12-01T09:30:00Z").endswith(
        "Call: Tue 1 Dec 2026 09:30"
    )


def test_what_else_the_same_key_did_is_told_alike() -> None:
    said = detail_words(row("tick", step="ask", field="rule", new="public"), Calendar(), NAMES)
    assert said == "Their rule: public body"


def test_an_entry_ends_in_words() -> None:
    ended = row("tick", step="ask", entry="acme#3", old="open", new="early")
    assert (
        change_words(ended, Calendar(), NAMES) == "ticked Ask about their rule · acme#3: open → kept, early"
    )
    assert detail_words(ended, Calendar()) == "acme#3: open → kept, early"
    assert detail_words(row("tick", entry="acme#4", new="early"), Calendar()) == "acme#4: early"


def test_an_answer_that_was_taken_away_is_told() -> None:
    said = told("answer", step="ask", field="rule", old="none", new=None)
    assert said == "answered Ask about their rule · Their rule: no limit known → –"


def test_a_role_the_dates_and_an_own_step_are_named() -> None:
    assert told("assign", field="lead", new="Eva") == "assigned The lead: Eva"
    assert (
        told("dates", field="start", old="2026-11-23", new="2026-11-24")
        == "moved the dates Day of the yes: Mon 23 Nov 2026 → Tue 24 Nov 2026"
    )
    assert told("dates", field="target", new="2026-11-24") == "moved the dates target: Tue 24 Nov 2026"
    assert told("own-step", step="own-1", new="Buy a cake") == "added the step: Buy a cake"


def test_what_is_not_known_keeps_its_id() -> None:
    assert told("answer", step="gone", field="gone-too", new="x") == "answered gone · gone-too: x"
    assert told("answer", step="ask", field="rule", new="gone").endswith("Their rule: gone")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_change_with_names_is_one_clean_line(text: str) -> None:
    step = Step("s", text, fields=(Field("f", text, kind="choice", choices={"a": text}),))
    names = Names(replace(RULES, sections=(Section("all", text, steps=(step,)),)))
    for value in ("a", text, ["a", text], {"text": text, "choice": "a"}, {"x": text}, {"choice": text}, 3):
        for said in (
            change_words(row("tick", step="s", field="f", old=value, new=value), Calendar(), names),
            detail_words(row("tick", step="s", field="f", old=value, new=value), Calendar(), names),
        ):
            assert is_clean(said) and "\n" not in said


# Saved answers.


@pytest.mark.parametrize(("field", "value", "said"), [
    ("rule", "public", "public body"),
    ("tastes", ["tea", "art"], "Tea, Art"),
    ("limit", {"amount": "1050.00", "currency": "EUR"}, "1,050 EUR"),
    ("takes-effect", "2026-12-01", "Tue 1 Dec"),
    ("takes-effect", "2025-12-01", "Mon 1 Dec 2025"),
    ("call-at", "2026-12-01T09:30:00Z", "Tue 1 Dec at 09:30"),
    ("", {"amount": "50.00", "currency": "EUR"}, "50 EUR"),
    ("", True, "yes"),
    ("", "", "–"),
    ("limit", {"amount": "much", "currency": "EUR"}, "much EUR"),
    ("rule", {"x": 1}, ""),
])  # fmt: skip
def test_a_saved_answer_is_said_in_words(field: str, value: object, said: str) -> None:
    found = NAMES.fields.get(field, Field())
    assert saved_words(found, value, Calendar(), TODAY) == said


LEVEL = """
title = "Level"
language = "{language}"
[[section]]
title = "All"
[[section.step]]
id = "ask"
title = "Ask"
[[section.step.field]]
id = "level"
label = "{label}"
kind = "choice"
choices = {{ {choices} }}
save_as = "their-level"
"""


def level(
    label: str = "Their level", choices: str = 'low = "Low", high = "High"', language: str = "en"
) -> str:
    return LEVEL.format(label=label, choices=choices, language=language)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.chdir(tmp_path)
    made = make_workspace(tmp_path)
    yield made
    made.close()


def saved(workspace: Workspace, answer: str = "high", playbook: str = "level") -> Client:
    """A client of whom an answer was saved."""
    run = start(workspace, playbook, "Luz").run
    allowed(workspace.runs.tick(run.id, "ask", {"level": answer}))
    return client_of(workspace)


def client_of(workspace: Workspace) -> Client:
    found = workspace.clients.get(allowed(workspace.clients.find("luz")))
    assert found is not None
    return found


def label(workspace: Workspace) -> str:
    found = workspace.clients.saving_fields(client_of(workspace)).get("their-level")
    return found.label if found else ""


def test_the_question_is_the_librarys_and_follows_its_files(workspace: Workspace) -> None:
    add_playbook(workspace, "level", level())
    saved(workspace)
    assert label(workspace) == "Their level"
    add_playbook(workspace, "level", level("Their new level"))
    assert label(workspace) == "Their new level"


def test_the_question_is_asked_in_the_readers_language(workspace: Workspace) -> None:
    add_playbook(workspace, "level", level())
    add_playbook(workspace, "nivel", 'id = "level"\n' + level("Su nivel", language="es"))
    saved(workspace)
    assert label(workspace) == "Their level"
    use_language("es")
    assert label(workspace) == "Su nivel"


def test_without_the_library_the_runs_copy_has_the_question(workspace: Workspace) -> None:
    path = add_playbook(workspace, "level", level())
    saved(workspace)
    path.unlink()
    assert label(workspace) == "Their level"


def test_the_field_that_has_the_choice_comes_before_one_that_lost_it(workspace: Workspace) -> None:
    add_playbook(workspace, "level", level())
    saved(workspace)
    add_playbook(workspace, "level", level("Their new level", 'top = "Top"'))
    assert label(workspace) == "Their level"
    add_playbook(workspace, "other", level("Another level", 'high = "High"'))
    assert label(workspace) == "Another level"
    allowed(workspace.clients.set(client_of(workspace).id, {"their-level": "nowhere"}))
    assert label(workspace) == "Their new level"


def test_a_name_that_no_field_saves_has_no_question(workspace: Workspace) -> None:
    add_playbook(workspace, "level", level())
    client = saved(workspace)
    allowed(workspace.clients.set(client.id, {"their-tier": "gold"}))
    assert set(workspace.clients.saving_fields(client_of(workspace))) == {"their-level"}


def test_the_names_of_a_history_are_those_of_each_run(workspace: Workspace) -> None:
    add_playbook(workspace, "level", level())
    client = saved(workspace)
    other = start(workspace, "level", "Luz").run
    allowed(workspace.runs.change(other.id, workspace.runs.decisions.add_step("Buy a cake")))
    allowed(workspace.runs.note(other.id, "own-1", "chocolate"))
    rows = workspace.clients.history(client.id)
    names = workspace.runs.names(rows)
    said = [change_words(row, workspace.calendar, names.get(row.run)) for row in rows]
    assert "ticked Ask · Their level: High" in said
    assert "noted Buy a cake: chocolate" in said
    assert said[0] == "added the client: Luz"


def test_a_run_whose_start_was_taken_back_still_has_its_names(workspace: Workspace) -> None:
    add_playbook(workspace, "level", level())
    client = saved(workspace)
    for _change in range(2):
        allowed(workspace.runs.undo())
    rows = workspace.clients.history(client.id)
    names = workspace.runs.names(rows)
    assert "ticked Ask" in [change_words(row, workspace.calendar, names.get(row.run)) for row in rows]


# The dates of a playbook.


@pytest.mark.parametrize(("rules", "said"), [
    (("start + 1bd", "takes-effect - 1bd"), "1 working day after “Day of the yes” / 1 working day before “It takes effect”"),
    (("target",), "with the target day"),
    (("ask + 2w",), "2 weeks after “Ask about their rule”"),
    (("ask.due - 15min",), "15 minutes before the due date of “Ask about their rule”"),
    (("nobody + 1d", "start +1d"), "1 day after nobody / start +1d"),
    ((), ""),
])  # fmt: skip
def test_date_rules_are_said_in_words(rules: tuple[str, ...], said: str) -> None:
    assert NAMES.dates(rules) == said
