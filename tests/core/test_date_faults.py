"""Impossible dates are named, at the start and while the run goes on."""

from datetime import date

from playbook.core import decide
from playbook.core.dating import DateFault
from playbook.core.decide import Sheet
from playbook.core.playbook import Playbook
from playbook.core.run import begin
from tests.builders import act, make_field, make_playbook, make_sheet, make_step, sheet_of, start_operation


def faults(sheet: Sheet) -> dict[str, list[tuple[str, str]]]:
    return {i: [tuple(fault) for fault in s.faults] for i, s in sheet.view.steps.items() if s.faults}  # type: ignore[misc]


def started_late(playbook: Playbook, start: str) -> Sheet:
    """A run recorded at noon on 23 November with another start."""
    return sheet_of(begin(start_operation(start=start), playbook))


def test_what_can_be_kept_is_not_doubted() -> None:
    playbook = make_playbook(
        make_step("a", due="start + 1d"), make_step("b", due="target - 2d", needs="a"), target_label="Party"
    )
    assert faults(make_sheet(playbook, target="2026-12-07")) == {}


def test_before_the_start() -> None:
    sheet = make_sheet(make_playbook(make_step("a", due="target - 1mo")), target="2026-12-04")
    assert faults(sheet) == {"a": [("before-start", "")]}


def test_past_already_when_it_is_started() -> None:
    sheet = started_late(
        make_playbook(make_step("a", due="start + 1d"), make_step("b", due="start + 9d")), "2026-11-16"
    )
    assert faults(sheet) == {"a": [("past-at-start", "")]}


def test_after_the_target_where_it_is_counted_from_the_start() -> None:
    playbook = make_playbook(
        make_step("late", due="start + 3w"), make_step("chain", due="late.due + 1d"), make_step("meant", due="target + 1w"),
        make_step("after", due="meant.due + 1w"), make_step("theirs", make_field("day", "date"), due="day"), target_label="Party",
    )  # fmt: skip
    sheet = make_sheet(playbook, target="2026-12-04")
    sheet = act(sheet, decide.answer(sheet, "theirs", {"day": "2027-03-01"}))
    assert faults(sheet) == {"late": [("after-target", "")], "chain": [("after-target", "")]}


def test_not_before_its_own_anchor() -> None:
    """A target before the start: the date becomes the start, and lies after what it should come before."""
    sheet = make_sheet(make_playbook(make_step("a", due="target - 1d")), target="2026-11-20")
    assert faults(sheet) == {"a": [("before-start", ""), ("after-anchor", "target")]}


def test_before_what_it_needs_or_a_gate_that_holds_it() -> None:
    playbook = make_playbook(
        make_step("gate", gate="hard", due="start + 4d", holds="c"), make_step("a", due="start + 2d"),
        make_step("b", due="start + 1d", needs="a"), make_step("c", due="start + 2d"), make_step("same", due="start + 2d", needs="a"),
    )  # fmt: skip
    sheet = make_sheet(playbook)
    assert faults(sheet) == {"b": [("before-needs", "a")], "c": [("before-needs", "gate")]}
    done = act(sheet, decide.tick(sheet, "a", at="2026-11-23T12:00:00Z", answers={}))
    assert faults(done) == {"c": [("before-needs", "gate")]}, "what is done is not waited for"


def test_a_date_by_hand_and_a_settled_step_are_nobodys_fault() -> None:
    sheet = make_sheet(make_playbook(make_step("a", due="target - 1mo")), target="2026-12-04")
    assert faults(act(sheet, decide.due(sheet, "a", date(2020, 1, 1)))) == {}
    assert faults(act(sheet, decide.skip(sheet, "a", reason="no"))) == {}


def test_a_rhythm_may_go_on_after_the_target() -> None:
    playbook = make_playbook(make_step("note", due="start + 1d", repeat="1w"), target_label="Party")
    sheet = make_sheet(playbook, target="2026-11-27")
    sheet = act(
        sheet, decide.tick(sheet, "note", at="2026-11-24T10:00:00Z", answers={}), at="2026-11-24T10:00:00Z"
    )
    assert sheet.view.steps["note"].due.moment == date(2026, 12, 1)
    assert faults(sheet) == {}


def test_every_fault_goes_once_the_dates_are_moved() -> None:
    playbook = make_playbook(make_step("a", due="target - 1mo"), target_label="Party")
    sheet = make_sheet(playbook, target="2026-12-04")
    moved = act(sheet, decide.dates(sheet, target=date(2027, 2, 1)))
    assert faults(moved) == {}
    assert DateFault("before-start") in sheet.view.steps["a"].faults
