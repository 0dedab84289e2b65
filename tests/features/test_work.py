"""F16, F20, F26 and F27: playbooks start one another, Today, documents for the client, and who was told."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from playbook.core.playbook import Field
from playbook.files.read import read_playbook
from tests.cli.calling import bad, call, good, library
from tests.features.home import app_at, at_row, lanes, run_of, seen
from tests.screens.calls import press, settled, told, typing

pytestmark = pytest.mark.usefixtures("acme")

SHIPPED = Path(__file__).parents[2] / "playbooks"

FIRST = """
title = "First"
[[section]]
title = "All"
[[section.step]]
id = "plan"
title = "Plan it"
field = [
  { id = "goal", label = "Their goal" },
  { id = "go-live", label = "Go-live", kind = "date" },
]
[[section.step]]
id = "hand-on"
title = "It gets worse: start the second"
starts = { playbook = "second", on = "go-live", set = { aim = "goal" } }
"""

SECOND = """
title = "Second"
field = [{ id = "aim", label = "The aim" }]
[[section]]
title = "All"
[[section.step]]
id = "begin"
title = "Begin"
due = "start + 1bd"
"""


def data_of(run: str) -> Any:
    return json.loads(good("show", run, "--json"))


def step_of(run: str, step_id: str) -> Any:
    return next(s for section in data_of(run)["sections"] for s in section["steps"] if s["id"] == step_id)


def aim_of(run: str) -> Any:
    return {field["id"]: field["value"] for field in data_of(run)["fields"]}["aim"]


# F16


def chained() -> str:
    (library() / "second.toml").write_text(SECOND, encoding="utf-8")
    run = run_of("first", FIRST)
    good("tick", run, "plan", "--set", "goal=More guests", "--set", "go-live=2026-12-14")
    return run


def test_f16_chained_playbooks_carry_answers_day_and_reason_along() -> None:
    run = chained()
    offered = call("tick", run, "hand-on").err.splitlines()[-1]
    assert offered == f"The next playbook: playbook start second acme-studio --from {run} hand-on"
    good("start", "second", "acme", "--from", run, "hand-on", "--reason", "They grow faster than planned")
    second = "acme-studio/second"
    assert (data_of(second)["run"]["start"], aim_of(second)) == ("2026-12-14", "More guests")
    assert data_of(second)["run"]["client"]["id"] == "acme-studio"
    assert step_of(run, "hand-on")["started_runs"] == [second]
    assert f"Started from {run}: They grow faster than planned" in good("show", second)
    assert f"Started from: {run}: They grow faster than planned" in good("export", second, "-o", "-")


def test_f16_chained_playbooks_have_the_step_for_a_reason_unless_another_is_given() -> None:
    run = chained()
    good("start", "second", "acme", "--from", run, "hand-on")
    assert f"Started from {run}: It gets worse: start the second" in good("show", "acme-studio/second")


async def test_f16_chained_playbooks_in_the_app() -> None:
    run = chained()
    async with app_at(run) as (app, pilot):
        at_row(app, "hand-on")
        await press(pilot, "space")
        for _question in range(6):
            if "Started acme-studio/second." in told(app):
                break
            await press(pilot, "enter")
        assert "Started acme-studio/second." in told(app)
    assert aim_of("acme-studio/second") == "More guests"
    assert step_of(run, "hand-on")["state"] == "done"
    assert f"Started from {run}: It gets worse: start the second" in good("show", "acme-studio/second")


def test_f16_chained_playbooks_of_the_library_lead_to_one_another() -> None:
    chains = {
        (path.stem, step.starts.playbook)
        for path in sorted((SHIPPED / "en").glob("*.toml"))
        for section in read(path).sections
        for step in section.steps
        if step.starts is not None
    }
    assert {
        ("onboarding", "welcome-gift"), ("onboarding", "expectation-limits"), ("bad-news", "money-conversation"),
        ("bad-news", "mistake-recovery"), ("change-heads-up", "bad-news"), ("weekly-check-in", "difficult-client"),
    } <= chains  # fmt: skip


def read(path: Path) -> Any:
    outcome = read_playbook(path.read_text("utf-8"), path.stem)
    assert outcome.playbook is not None
    return outcome.playbook


# F20


CALL = """
title = "Call"
[[section]]
title = "All"
[[section.step]]
id = "ring"
title = "Ring them"
channel = "call"
due = "start"
[[section.step]]
id = "send"
title = "Send the file"
due = "start + 1d"
"""


def test_f20_today_is_one_list_over_all_clients_with_people_first() -> None:
    good("client", "add", "Bodega")
    run_of("call", CALL)
    good("start", "call", "bodega")
    good("log", "acme", "promise", "Wireframes", "--on", "2026-11-20")
    good("log", "bodega", "next-word", "The draft", "--on", "today")
    good("log", "acme", "fact", "Her exam", "--set", "follow-up=today")
    good("log", "bodega", "concern", "Is it safe?")
    rows = json.loads(good("today", "--json"))
    assert [(r["lane"], r["client"]["name"], r["title"]) for r in rows] == [
        ("overdue", "Acme Studio", "Wireframes"),
        ("today", "Acme Studio", "Her exam"), ("today", "Acme Studio", "Ring them"),  # what was said stands first
        ("today", "Bodega", "The draft"), ("today", "Bodega", "Ring them"),
        ("week", "Acme Studio", "Send the file"), ("week", "Bodega", "Send the file"), ("week", "Bodega", "Is it safe?"),
    ]  # fmt: skip


async def test_f20_today_logs_in_a_few_keys_and_every_row_acts_in_place() -> None:
    run = run_of("call", CALL)
    async with app_at() as (app, pilot):
        assert "1 today · 1 this week" in seen(app)
        at_row(app, app.screen.rows.key)  # type: ignore[attr-defined]
        await press(pilot, "space")
        assert step_of(run, "ring")["state"] == "done"
        await press(pilot, "l", "s", "ctrl+s")
        assert "Logged." in told(app)
        await press(pilot, "L", *"acm", "enter", "o", *typing("Is it safe?"), "ctrl+s")
        assert "concern: Is it safe?" in seen(app)
    assert lanes()["week"] == ["Send the file", "Is it safe?"]


# F26


RECAP = """
title = "How we work"
[[field]]
id = "hours"
label = "Our hours"
[[field]]
id = "margin"
label = "Our margin"
private = true
[[section]]
title = "Recap"
[[section.step]]
id = "agree"
title = "Agree on the rounds"
guide = "Never say three"
field = [
  { id = "rounds", label = "Rounds" },
  { id = "mood", label = "Their mood", private = true },
]
[[section.step]]
id = "leave"
title = "Talk about the weather"
"""


def shared() -> str:
    run = run_of("how", RECAP, "--set", "hours=9 to 5", "--set", "margin=40 percent")
    good("tick", run, "agree", "--set", "rounds=two", "--set", "mood=grumpy", "--note", "A note for us")
    good("skip", run, "leave", "--reason", "It rained")
    good("log", "acme", "concern", "Is it safe?")
    return run


PRIVATE = ("40 percent", "grumpy", "A note for us", "It rained", "Never say three", "Is it safe?")
PUBLIC = ("How we work", "9 to 5", "Agree on the rounds", "two")


@pytest.mark.parametrize("name", ["markdown", "json"])
def test_f26_shareable_export_leaves_out_what_is_private(name: str) -> None:
    run = shared()
    whole = good("export", run, "-f", name, "-o", "-")
    safe = good("export", run, "-f", name, "-o", "-", "--client-safe")
    assert all(part in whole for part in (*PUBLIC, *PRIVATE[:4]))
    assert all(part in safe for part in PUBLIC)
    assert not any(part in safe for part in PRIVATE)


async def test_f26_shareable_export_in_the_app(tmp_path: Path) -> None:
    run, target = shared(), tmp_path / "recap.md"
    async with app_at(run) as (app, pilot):
        await press(pilot, "x")
        assert "the client: no notes, reasons or private answers" in seen(app)
        await press(pilot, "enter", "2", "enter", "ctrl+u", *typing(str(target)), "ctrl+s")
        assert "recap.md" in told(app)
    text = target.read_text("utf-8")
    assert text == good("export", run, "-o", "-", "--client-safe")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert not any(part in text for part in PRIVATE)


# F27


TOLD = {"told", "read-back"}


def told_lists() -> dict[str, tuple[str, Field]]:
    """Of each shipped playbook that has one the step and the list of those who must know."""
    return {
        path.stem: (step.id, field)
        for path in sorted((SHIPPED / "en").glob("*.toml"))
        for section in read(path).sections
        for step in section.steps
        for field in step.fields
        if field.kind == "list" and set(field.choices) == TOLD
    }


def test_f27_told_and_heard_list_stands_in_the_shipped_playbooks() -> None:
    assert set(told_lists()) >= {
        "bad-news", "change-heads-up", "expectation-limits", "money-conversation", "sales-handover", "weekly-check-in",
    }  # fmt: skip


async def test_f27_told_and_heard_list_marks_each_name() -> None:
    run = good("start", "weekly-check-in", "acme", "--set", "meeting=2026-11-27").strip()
    step, field = told_lists()["weekly-check-in"]
    assert bad("tick", run, step, "--set", f"{field.id}=Ana | whispered")
    good("tick", run, step, "--set", f"{field.id}=Ana | told", "--set", f"{field.id}=Luis | read-back")
    [answer] = step_of(run, step)["occurrences"][0]["answers"]
    assert answer["value"] == [{"text": "Ana", "choice": "told"}, {"text": "Luis", "choice": "read-back"}]
    async with app_at(run) as (app, pilot):
        at_row(app, step)
        await settled(pilot)
        assert "Ana" in seen(app)
        assert "said it back" in seen(app)
