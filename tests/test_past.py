"""Runs as they stood before, out of a real database: after each change, at the end of a day, at an instant."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from playbook.clock import Clock
from playbook.core.problems import Refusal
from playbook.core.schedule import Moment
from playbook.exports import export
from playbook.workspace import Workspace
from playbook.workspace.exporting import Exporting
from tests.workspaces import MONDAY, add_playbook, allowed, make_workspace, start

PLAYBOOK = """
title = "Gift"
[[section]]
title = "All"
[[section.step]]
id = "ask"
title = "Ask them"
due = "start + 1bd"
field = [{ id = "rule", label = "Their rule", save_as = "rule" }]
[[section.step]]
id = "give"
title = "Give it"
due = "start + 2bd"
when = { client = "rule", answered = true }
channel = "call"
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace(tmp_path)
    add_playbook(made, "gift", PLAYBOOK)
    return made


def later(workspace: Workspace, **span: int) -> datetime:
    """The clock goes on; the instant it is then."""
    at = workspace.clock.now() + timedelta(**span)
    workspace.clock = Clock(UTC, at)
    return at


def work(workspace: Workspace) -> str:
    """A run with every sort of change in it, an hour apart; its id."""
    run = start(workspace, "gift", "Acme").run
    runs, given = workspace.runs, workspace.runs.decisions
    steps: list[Callable[[], Any]] = [
        lambda: runs.answer(run.id, "ask", {"rule": "Under 50"}),
        lambda: runs.tick(run.id, "ask", note="They were glad"),
        lambda: runs.undo(run.id),
        lambda: runs.redo(run.id),
        lambda: workspace.calendars.off([date(2026, 11, 25)]),
        lambda: runs.change(run.id, given.block("No budget", date(2026, 11, 30))("give")),
        lambda: workspace.clients.set(run.client_id, {"card": "Rings in the morning"}),
        lambda: workspace.ledger.log(run.client_id, "promise", "The plan", {"on": "2026-11-27"}, run_id=run.id),
        lambda: runs.change(run.id, given.unblock()("give"), given.tick(override="Urgent")("give")),
        lambda: runs.finish(run.id),
    ]  # fmt: skip
    for step in steps:
        later(workspace, hours=1)
        allowed(step())
    return run.id


def test_after_each_change_it_is_what_it_was_then(tmp_path: Path, workspace: Workspace) -> None:
    """Seen live after every change, then compared with what the past says of that change."""
    seen: dict[int, tuple[Any, Any, Any]] = {}
    run = start(workspace, "gift", "Acme").run

    def look() -> None:
        opened = allowed(make_workspace(tmp_path, now=workspace.clock.now()).runs.open(run.id))
        seen[workspace.runs.history(run.id)[-1].seq] = (
            opened.sheet,
            opened.client,
            opened.known("open-promises"),
        )

    look()
    runs, given = workspace.runs, workspace.runs.decisions
    changes: tuple[Callable[[], Any], ...] = (
        lambda: runs.answer(run.id, "ask", {"rule": "Under 50"}), lambda: runs.note(run.id, "", "Call them"),
        lambda: runs.undo(run.id), lambda: runs.redo(run.id), lambda: runs.undo(run.id),
        lambda: runs.tick(run.id, "ask", {}), lambda: runs.dates(run.id, start=date(2026, 11, 26)),
        lambda: workspace.ledger.log(run.client_id, "promise", "The plan", {"on": "2026-11-27"}, run_id=run.id),
        lambda: runs.change(run.id, given.block("No budget", None)("give")), lambda: runs.abandon(run.id, "Over"),
    )  # fmt: skip
    for change in changes:
        later(workspace, hours=1)
        allowed(change())
        look()
    assert len(seen) == 11
    for seq, (sheet, client, promises) in seen.items():
        then = allowed(workspace.past.after(run.id, seq))
        assert then.opened.sheet == sheet
        assert (then.opened.client, then.opened.known("open-promises")) == (client, promises)
        assert then.history[-1].seq == seq


def test_the_newest_moment_is_the_live_run(workspace: Workspace) -> None:
    run_id = work(workspace)
    live = allowed(workspace.runs.open(run_id))
    handout = allowed(workspace.runs.handout(run_id, client_safe=False))
    newest = workspace.runs.history(run_id)[-1].seq
    for then in (workspace.past.after(run_id, newest), workspace.past.at(run_id, MONDAY.date())):
        found = allowed(then)
        assert (found.opened.sheet, found.opened.client) == (live.sheet, live.client)
        assert workspace.past.handout(found, client_safe=False)._replace(as_of=None) == handout


def test_working_days_and_client_are_those_of_the_moment(workspace: Workspace) -> None:
    run_id = work(workspace)
    kinds = [row.kind for row in workspace.runs.history(run_id)]
    before = workspace.runs.history(run_id)[kinds.index("block") - 1].seq
    opened = allowed(workspace.past.after(run_id, before)).opened
    assert opened.sheet.view.steps["give"].due.moment == date(2026, 11, 25)  # no day off yet
    assert opened.client.settings == {}
    live = allowed(workspace.runs.open(run_id))
    assert date(2026, 11, 25) in live.sheet.calendar.closed
    assert live.client.settings == {"card": "Rings in the morning"}


def test_a_day_is_meant_to_its_end_and_an_instant_to_its_minute(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Acme").run.id
    later(workspace, seconds=30)
    allowed(workspace.runs.note(run_id, "", "at once"))
    later(workspace, days=1)
    allowed(workspace.runs.note(run_id, "", "on Tuesday"))
    later(workspace, days=1)

    def notes(moment: Moment) -> int:
        return len(allowed(workspace.past.at(run_id, moment)).opened.sheet.run.notes)

    assert [notes(MONDAY), notes(MONDAY.replace(second=1)), notes(MONDAY.date())] == [1, 0, 1]
    assert [notes(date(2026, 11, 24)), notes(date(2026, 11, 25))] == [2, 2]
    then = allowed(workspace.past.at(run_id, date(2026, 11, 24)))
    assert then.at == datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC)
    assert (
        allowed(workspace.past.at(run_id, date(2026, 11, 25))).moment == workspace.clock.now()
    )  # it is not over


@pytest.mark.parametrize(("moment", "code"), [
    (date(2026, 11, 22), "as-of-before"), (MONDAY - timedelta(minutes=1), "as-of-before"),
    (date(2026, 11, 24), "as-of-ahead"), (MONDAY + timedelta(minutes=1), "as-of-ahead"),
])  # fmt: skip
def test_there_is_nothing_before_the_start_and_nothing_ahead(
    workspace: Workspace, moment: Moment, code: str
) -> None:
    run_id = start(workspace, "gift", "Acme").run.id
    outcome = workspace.past.at(run_id, moment)
    assert isinstance(outcome, Refusal)
    assert outcome.code == code


def test_a_change_of_another_run_is_none_of_this_one(workspace: Workspace) -> None:
    one, other = start(workspace, "gift", "Acme").run.id, start(workspace, "gift", "Acme").run.id
    outcome = workspace.past.after(one, workspace.runs.history(other)[0].seq)
    assert isinstance(outcome, Refusal)
    assert outcome.code == "as-of-change"


def test_a_document_of_the_past_says_so(workspace: Workspace, tmp_path: Path) -> None:
    run_id = work(workspace)
    start_seq = workspace.runs.history(run_id)[0].seq
    then = allowed(workspace.past.after(run_id, start_seq))
    exporting = Exporting(workspace, run_id, then)
    assert exporting.proposed().name == "acme-gift-2026-11-23.md"
    text = allowed(exporting.write(tmp_path / "then.md", "markdown", client_safe=False)).read_text()
    assert "> As it stood on Monday 23 November 2026, 09:00. It may have changed since." in text
    assert "- State: open" in text
    assert "Under 50" not in text
    assert "No budget" not in text
    live = allowed(Exporting(workspace, run_id).render("markdown", client_safe=False))
    assert "As it stood" not in live
    assert "Under 50" in live


def test_a_fact_that_was_deleted_stays_deleted_in_the_past(workspace: Workspace) -> None:
    run = start(workspace, "gift", "Acme").run
    later(workspace, hours=1)
    logged = allowed(
        workspace.ledger.log(run.client_id, "fact", "Their secret", {"category": "family"}, run_id=run.id)
    )
    later(workspace, hours=1)
    allowed(workspace.runs.note(run.id, "", "after it"))
    seq = workspace.runs.history(run.id)[-1].seq
    allowed(workspace.ledger.forget_fact(run.client_id, logged.entries[0].n))
    then = allowed(workspace.past.after(run.id, seq))
    assert then.entries == ()
    for format_id in ("markdown", "json"):
        assert "secret" not in export(workspace.past.handout(then, client_safe=False), format_id)
