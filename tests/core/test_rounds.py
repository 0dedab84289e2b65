"""Repeating steps in a run: rounds with their own answers, one open at a time, and done once counts as done."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from playbook.core import decide
from playbook.core.calendar import Calendar
from playbook.core.decide import Sheet
from playbook.core.operations import Draft
from playbook.core.playbook import Condition, Playbook
from playbook.core.problems import Refusal
from playbook.core.run import apply, fold
from tests.builders import (
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

MOOD = make_field("mood")


def weekly(*more: object, **given: object) -> Playbook:
    """A step due on the first Friday (27 November) and every week after it."""
    step = make_step("note", MOOD, due="start + 4d", repeat="1w", **given)
    return make_playbook(step, *more)  # type: ignore[arg-type]


def ticked(sheet: Sheet, at: str, step: str = "note", **answers: str) -> Sheet:
    return act(sheet, decide.tick(sheet, step, at=f"{at}T10:00:00Z", answers=answers), at=f"{at}T10:00:00Z")


def due_of(sheet: Sheet, step: str = "note") -> object:
    return sheet.view.steps[step].due.moment


def test_after_done_it_opens_again_one_interval_after_its_last_due() -> None:
    sheet = ticked(make_sheet(weekly()), "2026-11-26", mood="calm")
    found = sheet.view.steps["note"]
    assert (found.progress.state, due_of(sheet)) == ("open", date(2026, 12, 4))
    assert found.is_open
    assert found.due_moment == date(2026, 12, 4)


def test_each_round_keeps_its_own_answers_notes_channel_and_date() -> None:
    sheet = make_sheet(weekly(channel="email"))
    sheet = act(sheet, decide.note(sheet, "note", "first week"))
    sheet = ticked(sheet, "2026-11-27", mood="calm")
    sheet = act(sheet, decide.note(sheet, "note", "second week"))
    sheet = ticked(sheet, "2026-12-04", mood="tense")
    one, two = sheet.run.progress("note").earlier
    assert (one.answers, one.due, one.at, one.channel) == (
        {"mood": "calm"},
        "2026-11-27",
        "2026-11-27T10:00:00Z",
        "email",
    )
    assert [note.text for note in one.notes] == ["first week"]
    assert (two.answers, two.due) == ({"mood": "tense"}, "2026-12-04")
    assert [note.text for note in two.notes] == ["second week"]
    assert sheet.run.progress("note").answers == {}
    assert [note.text for note in sheet.run.progress("note").every_note()] == ["first week", "second week"]


def test_a_required_answer_is_asked_in_every_round() -> None:
    playbook = make_playbook(make_step("note", make_field("mood", required=True), due="start", repeat="1w"))
    sheet = ticked(make_sheet(playbook), "2026-11-23", mood="calm")
    refusal = decide.tick(sheet, "note", at="2026-11-30T10:00:00Z", answers={})
    assert isinstance(refusal, Refusal)
    assert refusal.code == "fields-missing"


def test_it_cannot_be_done_twice_on_one_day_by_a_key_pressed_twice() -> None:
    sheet = ticked(make_sheet(weekly()), "2026-11-27")
    refusal = decide.tick(sheet, "note", at="2026-11-27T23:00:00Z", answers={})
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.args["due"]) == ("step-again", "2026-12-04")
    assert isinstance(decide.tick(sheet, "note", at="2026-11-28T08:00:00Z", answers={}), Draft)


def test_a_round_skipped_by_mistake_does_not_keep_the_next_one_from_being_done_that_day() -> None:
    sheet = make_sheet(weekly())
    sheet = act(sheet, decide.skip(sheet, "note", reason="not this week"), at="2026-11-27T09:00:00Z")
    sheet = ticked(sheet, "2026-11-27", mood="calm")
    assert [o.state for o in sheet.run.progress("note").earlier] == ["skipped", "done"]
    again = decide.tick(sheet, "note", at="2026-11-27T17:00:00Z", answers={"mood": "calm"})
    assert isinstance(again, Refusal)
    assert again.code == "step-again"


def test_when_only_rounds_are_left_the_next_one_is_what_to_do_next() -> None:
    sheet = ticked(make_sheet(weekly(make_step("once"))), "2026-11-27", step="once")
    sheet = ticked(sheet, "2026-11-27")
    found = decide.first_ready(sheet.view)
    assert found is not None
    assert (found.step.id, found.due.moment) == ("note", date(2026, 12, 4))


def test_what_was_missed_is_passed_over_never_piled_up() -> None:
    sheet = ticked(make_sheet(weekly()), "2026-11-27")
    assert due_of(sheet) == date(2026, 12, 4), "one round to catch up on, however late it is"
    sheet = ticked(sheet, "2026-12-16")
    assert due_of(sheet) == date(2026, 12, 18)
    assert len(sheet.run.progress("note").earlier) == 2


def test_done_once_counts_as_done_for_progress_needs_gates_and_finishing() -> None:
    playbook = weekly(make_step("after", needs="note"), gate="hard")
    sheet = make_sheet(playbook)
    assert sheet.view.steps["after"].locked_by == ("note",)
    assert (sheet.view.done, sheet.view.total) == (0, 2)
    sheet = ticked(sheet, "2026-11-27")
    assert sheet.view.steps["after"].locked_by == ()
    assert (sheet.view.done, sheet.view.total) == (1, 2)
    assert sheet.view.left_open() == ("after",)
    sheet = ticked(sheet, "2026-11-28", step="after")
    assert isinstance(decide.finish(sheet), Draft)


def test_conditions_and_dates_read_the_latest_answer_and_the_latest_round() -> None:
    playbook = weekly(
        make_step("worry", when=is_("mood", "tense")), make_step("once", when=Condition(step="note", is_="done")),
        make_step("reply", due="note + 1d"),
    )  # fmt: skip
    sheet = make_sheet(playbook)
    assert sheet.view.steps["worry"].is_hidden
    assert sheet.view.steps["once"].is_hidden
    assert due_of(sheet, "reply") is None
    sheet = ticked(sheet, "2026-11-26", mood="tense")
    assert not sheet.view.steps["worry"].is_hidden, "the open round has no answer yet, so the last one counts"
    assert not sheet.view.steps["once"].is_hidden
    assert due_of(sheet, "reply") == date(2026, 11, 27)
    sheet = ticked(sheet, "2026-12-03", mood="calm")
    assert sheet.view.steps["worry"].is_hidden
    assert due_of(sheet, "reply") == date(2026, 12, 4)
    assert sheet.run.answer("mood") == "calm"


def test_it_comes_back_no_more_once_its_condition_no_longer_holds() -> None:
    playbook = make_playbook(
        make_step("note", due="start", repeat="1w", when=is_("tier", "gold")), fields=make_field("tier")
    )
    sheet = ticked(make_sheet(playbook, answers={"tier": "gold"}), "2026-11-23")
    sheet = act(sheet, decide.answer(sheet, "", {"tier": "silver"}))
    found = sheet.view.steps["note"]
    assert (found.is_hidden, found.due_moment, found.is_open) == (True, None, False)
    assert len(found.progress.earlier) == 1
    back = act(sheet, decide.answer(sheet, "", {"tier": "gold"}))
    assert back.view.steps["note"].due_moment == date(2026, 11, 30)


def test_skipping_passes_over_one_round_and_not_applicable_ends_the_rhythm() -> None:
    sheet = make_sheet(weekly())
    skipped = act(sheet, decide.skip(sheet, "note", reason="On holiday"), at="2026-11-27T10:00:00Z")
    assert due_of(skipped) == date(2026, 12, 4)
    assert [(o.state, o.reason) for o in skipped.run.progress("note").earlier] == [("skipped", "On holiday")]
    assert skipped.run.progress("note").standing == "skipped"
    ended = act(skipped, decide.skip(skipped, "note", reason="They read it live now", fits=False))
    found = ended.view.steps["note"]
    assert (found.progress.state, found.due_moment, found.is_open) == ("n/a", None, False)
    assert (ended.view.done, ended.view.total) == (1, 1), "it was done with once, so it stays in the total"


def test_a_date_by_hand_is_for_that_round_alone() -> None:
    sheet = make_sheet(weekly())
    sheet = act(sheet, decide.due(sheet, "note", date(2026, 12, 1)))
    assert due_of(sheet) == date(2026, 12, 1)
    sheet = ticked(sheet, "2026-12-01")
    assert sheet.run.progress("note").earlier[0].due == "2026-12-01"
    assert due_of(sheet) == date(2026, 12, 4), "the rhythm goes on as it was"


def test_a_rhythm_by_the_clock_keeps_its_time() -> None:
    playbook = make_playbook(
        make_step("call", due="call-at", repeat="1w"), make_step("mail", due="start", by="16:00", repeat="1w"),
        fields=make_field("call-at", "datetime"),
    )  # fmt: skip
    sheet = make_sheet(playbook, answers={"call-at": "2026-11-25T15:30:00Z"})
    sheet = ticked(ticked(sheet, "2026-11-25", step="call"), "2026-11-23", step="mail")
    assert due_of(sheet, "call") == datetime(2026, 12, 2, 15, 30, tzinfo=UTC)
    assert due_of(sheet, "mail") == datetime(2026, 11, 30, 16, tzinfo=UTC)


def test_the_rhythm_follows_when_its_anchor_moves_there_and_back() -> None:
    sheet = ticked(make_sheet(weekly()), "2026-11-27")
    moved = act(sheet, decide.dates(sheet, start=date(2026, 11, 24)))
    assert due_of(moved) == date(2026, 12, 7), (
        "counted from Saturday 28 November, so moved to the Monday after"
    )
    back = act(moved, decide.dates(moved, start=date(2026, 11, 23)))
    assert due_of(back) == date(2026, 12, 4)


def test_without_a_rule_the_rhythm_begins_with_the_first_round() -> None:
    sheet = make_sheet(make_playbook(make_step("note", repeat="2w")))
    assert due_of(sheet) is None
    assert due_of(ticked(sheet, "2026-11-25")) == date(2026, 12, 9)


def test_opening_again_brings_the_last_round_back_with_what_was_in_it() -> None:
    sheet = ticked(make_sheet(weekly()), "2026-11-27", mood="calm")
    sheet = act(sheet, decide.note(sheet, "note", "for next week"))
    again = act(sheet, decide.reopen(sheet, "note"))
    progress = again.run.progress("note")
    assert (progress.earlier, progress.answers, due_of(again)) == ((), {"mood": "calm"}, date(2026, 11, 27))
    assert [note.text for note in progress.notes] == ["for next week"]
    refusal = decide.reopen(again, "note")
    assert isinstance(refusal, Refusal)


def test_two_devices_that_close_the_same_round_leave_one_round() -> None:
    playbook = weekly()
    body = {"beat": 0, "due": "2026-11-27"}
    run = fold([
        start_operation(),
        make_operation("tick", "note", {**body, "answers": {"mood": "calm"}}, clock=2, device="a"),
        make_operation("tick", "note", {**body, "answers": {"other": "x"}}, clock=2, device="b"),
    ], playbook)  # fmt: skip
    assert run is not None
    [one] = run.progress("note").earlier
    assert one.answers == {"mood": "calm", "other": "x"}
    assert due_of(sheet_of(run)) == date(2026, 12, 4)


def test_a_round_that_arrives_late_takes_its_place_and_leaves_the_open_one_alone() -> None:
    run = make_run(weekly())
    for clock, beat in ((2, 0), (3, 2)):
        run = apply(
            run, make_operation("tick", "note", {"beat": beat}, clock=clock, at=f"2026-12-1{clock}T10:00:00Z")
        )
    run = apply(run, make_operation("answer", "note", {"answers": {"mood": "open"}}, clock=4))
    late = apply(run, make_operation("tick", "note", {"beat": 1, "answers": {"mood": "late"}}, clock=5))
    assert [o.beat for o in late.progress("note").earlier] == [0, 1, 2]
    assert late.progress("note").answers == {"mood": "open"}


def test_a_hundred_rounds_are_dated_as_quickly_as_one() -> None:
    sheet, calendar = make_sheet(weekly()), Calendar()
    run = sheet.run
    for beat in range(100):
        run = apply(
            run, make_operation("tick", "note", {"beat": beat}, clock=beat + 2, at="2026-11-27T10:00:00Z")
        )
    assert due_of(sheet_of(run, calendar)) == date(2028, 10, 27)


@pytest.mark.parametrize("state", ["finished", "abandoned"])
def test_nothing_comes_back_once_the_run_is_over(state: str) -> None:
    sheet = ticked(make_sheet(weekly()), "2026-11-27")
    ended = sheet_of(replace(sheet.run, state=state))  # type: ignore[arg-type]
    refusal = decide.tick(ended, "note", at="2026-12-04T10:00:00Z", answers={})
    assert isinstance(refusal, Refusal)
    assert refusal.code == "run-ended"


def test_the_questions_of_a_new_round_go_by_its_own_answers_and_other_steps_by_the_latest() -> None:
    why = make_field("why", when=(is_("mood", "tense"),))
    step = make_step("note", MOOD, why, due="start + 4d", repeat="1w")
    other = make_step("care", when=(is_("mood", "tense"),))
    sheet = ticked(make_sheet(make_playbook(step, other)), "2026-11-27", mood="tense")
    found = sheet.view.steps["note"]
    assert [field.id for field in found.fields] == ["mood"]
    assert not sheet.view.steps["care"].is_hidden
    assert [field.id for field in decide.asked(sheet, "note", {})] == ["mood"]
    assert [field.id for field in decide.asked(sheet, "note", {"mood": "tense"})] == ["mood", "why"]
    sheet = act(sheet, decide.answer(sheet, "note", {"mood": "tense"}))
    assert [field.id for field in sheet.view.steps["note"].fields] == ["mood", "why"]
