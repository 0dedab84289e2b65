"""What holds a step back beside gates: blocked, too early, retired; and whose it is, and steps of one's own."""

from datetime import date

import pytest

from playbook.core import decide
from playbook.core.decide import Sheet
from playbook.core.operations import Draft
from playbook.core.own_steps import OwnStep
from playbook.core.problems import Refusal
from playbook.core.run import apply, fold
from playbook.core.view import derive
from playbook.words.refusals import refusal_words
from tests.builders import (
    NOON,
    act,
    make_field,
    make_operation,
    make_playbook,
    make_section,
    make_sheet,
    make_step,
    sheet_of,
    start_operation,
)


def refused(outcome: Draft | Refusal) -> str:
    assert isinstance(outcome, Refusal), outcome
    return outcome.code


def tick(sheet: Sheet, step: str = "one", **given: object) -> Draft | Refusal:
    return decide.tick(sheet, step, **{"at": NOON, "answers": {}, **given})  # type: ignore[arg-type]


# Blocked.


def test_a_blocked_step_cannot_be_done_until_unblocked_whatever_the_reason() -> None:
    sheet = make_sheet(make_playbook(make_step("one", due="start")))
    sheet = act(
        sheet, decide.block(sheet, "one", reason="Waiting for the bank", follow_up=date(2026, 11, 27))
    )
    assert refused(tick(sheet)) == "step-blocked"
    assert refused(tick(sheet, override="It is urgent")) == "step-blocked"
    again = act(sheet, decide.unblock(sheet, "one"))
    assert isinstance(tick(again), Draft)
    assert refused(decide.unblock(again, "one")) == "step-unblocked"


def test_a_blocked_step_counts_in_lists_on_its_follow_up_day_and_keeps_its_own_date() -> None:
    sheet = make_sheet(make_playbook(make_step("one", due="start")))
    held = act(sheet, decide.block(sheet, "one", reason="Bank", follow_up=date(2026, 12, 1)))
    found = held.view.steps["one"]
    assert (found.due_moment, found.due.moment) == (date(2026, 12, 1), date(2026, 11, 23))
    assert held.view.next_due == date(2026, 12, 1)
    no_day = act(sheet, decide.block(sheet, "one", reason="Bank"))
    assert no_day.view.steps["one"].due_moment == date(2026, 11, 23)


def test_blocking_takes_a_reason_and_new_words_replace_the_old() -> None:
    sheet = make_sheet(make_playbook(make_step("one")))
    for nothing in ("", "  ", " \u200d "):
        assert refused(decide.block(sheet, "one", reason=nothing)) == "block-reason"
    sheet = act(sheet, decide.block(sheet, "one", reason="Bank"))
    sheet = act(sheet, decide.block(sheet, "one", reason="Lawyer"))
    blocked = sheet.view.steps["one"].blocked
    assert blocked is not None
    assert blocked.reason == "Lawyer"


def test_a_blocked_step_may_be_skipped_noted_and_answered_and_is_not_the_next_one() -> None:
    sheet = make_sheet(make_playbook(make_step("one", make_field("x")), make_step("two")))
    sheet = act(sheet, decide.block(sheet, "one", reason="Bank"))
    first = decide.first_ready(sheet.view)
    assert first is not None
    assert first.step.id == "two"
    sheet = act(sheet, decide.note(sheet, "one", "rang"), decide.answer(sheet, "one", {"x": "1"}))
    sheet = act(sheet, decide.skip(sheet, "one", reason="No longer wanted"))
    assert sheet.view.steps["one"].blocked is None
    back = act(sheet, decide.reopen(sheet, "one"))
    assert back.view.steps["one"].blocked is None


# Too early.


def test_an_hour_to_open_is_said_with_its_day() -> None:
    asks = make_step("ask", fields=(make_field("at", "datetime"),))
    sheet = make_sheet(make_playbook(asks, make_step("one", opens="at - 15min")))
    sheet = act(sheet, decide.answer(sheet, "ask", {"at": "2026-11-30T15:00"}))
    refusal = tick(sheet)
    assert isinstance(refusal, Refusal)
    assert "opens on Monday 30 November 2026 at 14:45." in refusal_words(refusal)


def test_before_its_day_to_open_a_step_asks_for_a_reason_once() -> None:
    sheet = make_sheet(make_playbook(make_step("one", opens="start + 3d")))
    refusal = tick(sheet)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.args["opens"]) == ("step-early", "2026-11-26")
    assert refusal_words(refusal).endswith(
        "opens on Thursday 26 November 2026. To do it before, give a reason."
    )
    done = act(sheet, tick(sheet, override="They asked today"))
    override = done.run.progress("one").override
    assert override is not None
    assert (override.reason, override.gates) == ("They asked today", ())
    again = act(done, decide.reopen(done, "one"))
    assert isinstance(tick(again), Draft), "a reason was given, so it is not asked for a second time"


def test_on_its_day_to_open_and_while_that_is_unknown_a_step_is_not_early() -> None:
    sheet = make_sheet(
        make_playbook(make_step("one", opens="start + 3d"), make_step("two", opens="target - 1d"))
    )
    assert isinstance(tick(sheet, at="2026-11-26T00:00:00Z"), Draft)
    assert isinstance(tick(sheet, "two"), Draft)


def test_one_reason_passes_over_a_lock_and_the_day_to_open() -> None:
    sheet = make_sheet(make_playbook(make_step("gate", gate="hard"), make_step("one", opens="start + 3d")))
    assert refused(tick(sheet)) == "step-locked"
    draft = tick(sheet, override="The boss said so")
    assert isinstance(draft, Draft)
    assert draft.body["override"] == {"gates": ["gate"], "reason": "The boss said so", "early": True}


# Retired.


def test_a_retired_step_is_settled_keeps_its_data_and_takes_no_part() -> None:
    playbook = make_playbook(make_step("one", make_field("x"), gate="hard", due="start"), make_step("two"))
    sheet = make_sheet(playbook)
    sheet = act(sheet, decide.answer(sheet, "one", {"x": "kept"}))
    gone = act(sheet, Draft("retire", "one", {}))
    found = gone.view.steps["one"]
    assert (found.is_retired, found.is_settled, found.is_open, found.due_moment) == (True, True, False, None)
    assert found.is_drawn
    assert found.progress.answers == {"x": "kept"}
    assert gone.view.steps["two"].locked_by == ()
    assert (gone.view.done, gone.view.total) == (0, 1)
    assert refused(tick(gone)) == "step-retired"
    twice = act(gone, Draft("retire", "one", {}))
    assert twice.view == gone.view


def test_a_retired_step_that_was_done_still_counts_as_done() -> None:
    sheet = make_sheet(make_playbook(make_step("one"), make_step("two")))
    sheet = act(sheet, tick(sheet))
    assert act(sheet, Draft("retire", "one", {})).view[1:3] == (1, 2)


# Whose it is.


def test_a_step_is_its_roles_persons_until_it_is_given_to_somebody() -> None:
    playbook = make_playbook(make_step("one", role="lead"), make_step("two"), roles={"lead": "Lead"})
    sheet = make_sheet(playbook)
    sheet = act(sheet, decide.assign_role(sheet, "lead", " Bea "))
    assert [s.person for s in sheet.view.steps.values()] == ["Bea", ""]
    given = act(sheet, decide.assign(sheet, "one", "Carl"), decide.assign(sheet, "two", "Dora"))
    assert [s.person for s in given.view.steps.values()] == ["Carl", "Dora"]
    back = act(given, decide.assign(given, "one", ""))
    assert [s.person for s in back.view.steps.values()] == ["Bea", "Dora"]
    assert refused(decide.assign_role(sheet, "boss", "Bea")) == "no-role"


# Steps of one's own.


def with_sections() -> Sheet:
    return make_sheet(
        make_playbook(
            make_section("a", make_step("one"), make_step("two")), make_section("b", make_step("three"))
        )
    )


def order_of(sheet: Sheet) -> list[str]:
    return list(sheet.view.steps)


def test_an_own_step_stands_below_the_one_it_was_added_at() -> None:
    sheet = with_sections()
    sheet = act(sheet, decide.add_step(sheet, " Buy  flowers ", after="one"))
    assert order_of(sheet) == ["one", "own-1", "two", "three"]
    assert sheet.view.steps["own-1"].step.title == "Buy flowers"
    assert (sheet.view.done, sheet.view.total) == (0, 4)
    sheet = act(sheet, tick(sheet, "own-1"))
    assert sheet.view.done == 1


def test_the_steps_beside_an_own_step_know_the_section_it_stands_in() -> None:
    sheet = with_sections()
    added = act(sheet, decide.add_step(sheet, "Mine", after="one"))
    again = derive(added.run, added.calendar, added.client, before=sheet.view)
    assert [step.id for step in again.steps["one"].section.steps] == ["one", "own-1", "two"]
    assert again == added.view


def test_an_own_step_without_a_place_stands_at_the_end_of_its_section_or_of_the_last() -> None:
    sheet = with_sections()
    sheet = act(sheet, decide.add_step(sheet, "In a", section="a"))
    sheet = act(sheet, decide.add_step(sheet, "At the end"))
    assert order_of(sheet) == ["one", "two", "own-1", "three", "own-2"]
    assert sheet.run.own == (OwnStep("own-1", "In a", "a", ""), OwnStep("own-2", "At the end", "b", ""))


def test_an_own_step_is_dated_skipped_and_held_like_any_other() -> None:
    sheet = make_sheet(make_playbook(make_step("gate", gate="hard")))
    sheet = act(sheet, decide.add_step(sheet, "Mine"))
    assert sheet.view.steps["own-1"].locked_by == ("gate",)
    sheet = act(sheet, decide.due(sheet, "own-1", date(2026, 12, 1)))
    assert sheet.view.steps["own-1"].due_moment == date(2026, 12, 1)
    assert sheet.view.left_open() == ("gate", "own-1")


def test_an_own_step_needs_a_title_and_a_section_that_is_there() -> None:
    sheet = with_sections()
    assert refused(decide.add_step(sheet, " \n ")) == "own-title"
    refusal = decide.add_step(sheet, "x", section="aa")
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.args["known"]) == ("no-section", ["a", "b"])


def test_two_devices_that_add_a_step_at_once_keep_both() -> None:
    playbook = with_sections().run.playbook
    here = make_operation("own-step", "own-1", {"title": "Here", "section": "a"}, clock=2, device="a")
    there = make_operation("own-step", "own-1", {"title": "There", "section": "gone"}, clock=2, device="b")
    run, other = (fold([start_operation(), *ops], playbook) for ops in ((here, there), (there, here)))
    assert run == other
    assert run is not None
    assert [(own.id, own.title, own.section) for own in run.own] == [
        ("own-1", "Here", "a"),
        ("own-2", "There", "b"),
    ]


def test_undoing_an_own_step_takes_it_away_and_the_playbook_is_as_it_was() -> None:
    playbook = with_sections().run.playbook
    added = make_operation("own-step", "own-1", {"title": "Mine", "section": "a"}, clock=2)
    undo = make_operation("undo", clock=3, undoes=added.batch)
    run = fold([start_operation(), added, undo], playbook)
    assert run is not None
    assert (run.playbook, run.own) == (playbook, ())


def test_an_id_that_a_playbook_uses_itself_is_passed_over() -> None:
    sheet = make_sheet(make_playbook(make_step("own-1")))
    draft = decide.add_step(sheet, "Mine")
    assert isinstance(draft, Draft)
    assert draft.step == "own-2"


@pytest.mark.parametrize("kind", ["block", "unblock", "assign", "retire", "own-step"])
def test_bodies_from_elsewhere_never_break_the_fold(kind: str) -> None:
    run = with_sections().run
    for body in (
        {},
        {"reason": 3, "follow_up_on": [], "person": {}, "title": None, "section": 7, "after": 1},
    ):
        assert "one" in sheet_of(apply(run, make_operation(kind, "one", body))).view.steps
