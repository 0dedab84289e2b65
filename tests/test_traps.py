"""The traps that other programs fell into: one test each, named for it."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from playbook.core import decide
from playbook.core.calendar import Calendar, as_stamp
from playbook.core.operations import Draft
from playbook.core.problems import Refusal
from playbook.core.run import fold
from playbook.workspace.exporting import Exporting
from tests.builders import (
    NOON,
    act,
    is_,
    make_field,
    make_operation,
    make_playbook,
    make_run,
    make_sheet,
    make_step,
    sheet_of,
    start_operation,
)
from tests.hostile import MARKUP
from tests.workspaces import add_playbook, allowed, make_workspace, plain_playbook, start

TIER = make_field("tier")


def test_trap_1_a_before_deadline_rolled_past_its_own_anchor() -> None:
    sheet = make_sheet(make_playbook(make_step("prepare", due="target - 1d")), target="2026-12-07")
    assert sheet.view.steps["prepare"].due.moment == date(2026, 12, 4)


def test_trap_2_a_watcher_dated_from_the_step_it_watches() -> None:
    sheet = make_sheet(
        make_playbook(make_step("send", due="start + 2d"), make_step("chase", due="send.due + 1w"))
    )
    assert sheet.view.steps["chase"].due.moment == date(2026, 12, 2), "it counts from the date, done or not"


def test_trap_3_a_date_already_past_at_the_start() -> None:
    due = (
        make_sheet(make_playbook(make_step("plan", due="target - 1mo")), target="2026-12-01")
        .view.steps["plan"]
        .due
    )
    assert (due.moment, due.moved_to_start) == (date(2026, 11, 23), True)


def test_trap_4_a_step_hidden_after_work_was_done_in_it() -> None:
    sheet = make_sheet(
        make_playbook(make_step("gift", make_field("x"), when=is_("tier", "gold")), fields=TIER),
        answers={"tier": "gold"},
    )
    sheet = act(sheet, decide.answer(sheet, "gift", {"x": "wine"}))
    sheet = act(sheet, decide.answer(sheet, "", {"tier": "silver"}))
    found = sheet.view.steps["gift"]
    assert found.is_hidden
    assert found.is_drawn
    assert found.progress.answers == {"x": "wine"}


def test_trap_5_a_hidden_required_field_blocks_finishing() -> None:
    rule = make_field("rule", required=True, when=is_("tier", "gold"))
    sheet = make_sheet(
        make_playbook(make_step("gift", rule), make_step("gold", rule, when=is_("tier", "gold")), fields=TIER)
    )
    sheet = act(sheet, decide.tick(sheet, "gift", at=NOON, answers={}))
    assert isinstance(decide.finish(sheet), Draft)


def test_trap_6_a_change_that_is_applied_twice() -> None:
    """What a sync is made of: retiring twice, a round closed twice, dates moved twice leave the run as once."""
    playbook = make_playbook(make_step("one", due="start", repeat="1w"), make_step("two"))
    changes: list[tuple[str, str, dict[str, object]]] = [
        ("retire", "two", {}), ("tick", "one", {"beat": 0, "due": "2026-11-23"}), ("dates", "", {"start": "2026-11-24"}),
    ]  # fmt: skip
    twice = [make_operation(*change, clock=clock) for clock, change in enumerate(changes * 2, 2)]
    once, again = fold([start_operation(), *twice[:3]], playbook), fold([start_operation(), *twice], playbook)
    assert once is not None
    assert again is not None
    assert sheet_of(once).view == sheet_of(again).view
    assert len(again.progress("one").earlier) == 1


def test_trap_7_a_slip_in_the_file_locks_every_live_run(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    file = add_playbook(workspace, "welcome", plain_playbook(2))
    run = start(workspace, "welcome", "Luz").run
    file.write_text("title = “Welcome\n[[[", encoding="utf-8")
    assert allowed(workspace.runs.tick(run.id, "step-0")).view.done == 1
    file.unlink()
    workspace.close()
    later = make_workspace(tmp_path)
    assert allowed(later.runs.tick(run.id, "step-1")).view.done == 2
    assert not isinstance(later.runs.finish(run.id), Refusal)
    later.close()


def test_trap_8_two_runs_of_one_playbook_at_once() -> None:
    playbook = make_playbook(make_step("one"))
    one, other = make_run(playbook), make_run(playbook, start="2026-12-01")
    assert fold([start_operation(), make_operation("tick", "one")], playbook) != one
    assert other.progress("one").state == one.progress("one").state == "open"


def test_trap_9_a_run_nobody_can_go_on_with() -> None:
    sheet = make_sheet(make_playbook(make_step("one")))
    sheet = act(sheet, decide.abandon(sheet, "The program fell over"))
    sheet = act(sheet, decide.reopen_run(sheet))
    assert isinstance(decide.tick(sheet, "one", at=NOON, answers={}), Draft)


def test_trap_10_a_raw_name_shown_to_a_client(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    text = plain_playbook(1).replace('title = "', 'title = "{{ client.name }}: {{ run.target }} ', 1)
    add_playbook(workspace, "welcome", text)
    run = start(workspace, "welcome", "Luz").run
    for name in ("json", "markdown"):
        written = Exporting(workspace, run.id).render(name, client_safe=True)
        assert isinstance(written, str)
        assert "{{" not in written
        assert "Luz: …" in written
    workspace.close()


def test_trap_11_required_is_checked_only_on_the_screen() -> None:
    sheet = make_sheet(make_playbook(make_step("one", make_field("rule", required=True))))
    for answers in ({}, {"rule": ""}, {"rule": " \u200d "}, {"rule": ["", " "]}):
        refusal = decide.tick(sheet, "one", at=NOON, answers=answers)
        assert isinstance(refusal, Refusal)
        assert refusal.code == "fields-missing"


def test_trap_12_per_cent_from_integer_division() -> None:
    sheet = make_sheet(make_playbook(*[make_step(f"s{n}") for n in range(300)]))
    sheet = act(sheet, decide.tick(sheet, "s0", at=NOON, answers={}))
    assert (sheet.view.done, sheet.view.total) == (1, 300), (
        "two whole numbers; who wants a share divides them"
    )


def test_trap_13_instants_without_a_zone() -> None:
    sheet = make_sheet(make_playbook(make_step("call", make_field("call-at", "datetime"), due="call-at")))
    sheet = act(sheet, decide.answer(sheet, "call", {"call-at": "2026-11-24 15:00"}))
    assert sheet.run.progress("call").answers == {"call-at": "2026-11-24T15:00:00Z"}
    assert sheet.view.steps["call"].due.moment == datetime(2026, 11, 24, 15, tzinfo=UTC)


def test_trap_14_a_role_or_snippet_that_a_live_run_uses_is_deleted() -> None:
    sheet = make_sheet(
        make_playbook(make_step("one", role="gone", guide="{{ snippets.gone }}"), roles={}, snippets={})
    )
    assert isinstance(decide.tick(sheet, "one", at=NOON, answers={}), Draft)


def test_trap_15_month_ends() -> None:
    sheet = make_sheet(make_playbook(make_step("bill", due="start + 1mo", roll="none")), start="2027-01-31")
    assert sheet.view.steps["bill"].due.moment == date(2027, 2, 28)


@pytest.mark.parametrize(("zone", "night"), [
    ("Europe/Madrid", "2027-03-27"), ("Europe/Madrid", "2026-10-24"), ("America/New_York", "2027-03-13"),
    ("Australia/Lord_Howe", "2027-04-03"), ("America/Santiago", "2027-09-04"),
])  # fmt: skip
def test_trap_15_the_night_the_clock_changes(zone: str, night: str) -> None:
    """A day stays a day, a clock time stays one, and hours are hours."""
    playbook = make_playbook(
        make_step("day", due="start + 1d", roll="none"), make_step("by", due="start + 1d", by="16:00", roll="none"),
        make_step("hours", due="call-at + 24h"), fields=make_field("call-at", "datetime"),
    )  # fmt: skip
    calendar = Calendar(zone=ZoneInfo(zone))
    begun = date.fromisoformat(night)
    evening = calendar.instant(begun, time(18))
    sheet = make_sheet(playbook, start=night, answers={"call-at": as_stamp(evening)}, calendar=calendar)
    steps = sheet.view.steps
    assert steps["day"].due.moment == begun + timedelta(days=1)
    by = steps["by"].due.moment
    assert isinstance(by, datetime)
    assert (calendar.day_of(by), calendar.local(by).time()) == (begun + timedelta(days=1), time(16))
    assert steps["hours"].due.moment == evening + timedelta(hours=24)


def test_trap_16_an_answer_read_as_markup_or_as_text_with_names() -> None:
    for text in MARKUP:
        sheet = make_sheet(make_playbook(make_step("one", make_field("x", "long-text"))))
        sheet = act(sheet, decide.tick(sheet, "one", at=NOON, answers={"x": text}))
        assert sheet.run.progress("one").answers == {"x": text.strip()}
