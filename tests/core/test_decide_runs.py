"""What may be done to a run as a whole: its dates, its end, and going on with it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from playbook.core import decide
from playbook.core.decide import Sheet
from playbook.core.operations import Draft
from playbook.core.problems import Refusal
from tests.builders import act, is_, make_field, make_playbook, make_sheet, make_step

AT = "2026-11-23T12:00:00Z"
LATER = "2026-11-30T09:00:00Z"


def three() -> Sheet:
    return make_sheet(make_playbook(
        make_step("must"), make_step("may", skip="free"), make_step("gold", when=is_("tier", "gold")), fields=make_field("tier"),
    ))  # fmt: skip


# Dates.


def test_moving_the_dates_says_what_was() -> None:
    sheet = make_sheet(make_playbook(make_step(), target_label="Go-live"), target="2026-12-01")
    outcome = decide.dates(sheet, target=date(2026, 12, 8))
    assert outcome == Draft("dates", "", {
        "start": "2026-11-23", "target": "2026-12-08", "old": {"start": "2026-11-23", "target": "2026-12-01"},
    })  # fmt: skip
    moved = act(sheet, decide.dates(sheet, start=datetime(2026, 11, 24, 9, tzinfo=UTC)))
    assert (moved.run.start, moved.run.target) == ("2026-11-24", "2026-12-01"), (
        "a run that began on a day has a day"
    )


def test_a_run_that_began_at_an_instant_keeps_its_clock_time() -> None:
    sheet = make_sheet(make_playbook(make_step()), start="2026-11-23T15:30:00Z")
    assert act(sheet, decide.dates(sheet, start=date(2026, 11, 30))).run.start == "2026-11-30T15:30:00Z"
    noon = datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert act(sheet, decide.dates(sheet, start=noon)).run.start == "2026-11-30T12:00:00Z"


def test_clearing_a_date_needs_one_set_by_hand() -> None:
    sheet = make_sheet(make_playbook(make_step("one", due="start + 1d")))
    assert decide.due(sheet, "one", None) == Refusal("due-not-by-hand", {"step": "One"})
    by_hand = decide.due(sheet, "one", date(2026, 12, 1))
    assert by_hand == Draft("due", "one", {"due": "2026-12-01", "old": "2026-11-24"})
    assert decide.due(act(sheet, by_hand), "one", None) == Draft(
        "due", "one", {"due": None, "old": "2026-12-01"}
    )


# Finishing.


def test_finishing_with_open_steps_is_refused_with_the_list() -> None:
    assert decide.finish(three()) == Refusal(
        "steps-open", {"run": "acme/welcome", "count": 1, "titles": ["Must"], "steps": ["must"]}
    )
    assert isinstance(decide.finish(three(), "  "), Refusal)


def test_finishing_with_a_reason_leaves_them_open_and_lists_them() -> None:
    ended = act(three(), decide.finish(three(), " They moved on "), at=LATER)
    run = ended.run
    assert (run.state, run.reason, run.left_open, run.finished_at) == (
        "finished",
        "They moved on",
        ("must",),
        LATER,
    )
    assert run.progress("must").state == "open"


def test_finishing_when_all_is_settled_needs_no_reason() -> None:
    sheet = three()
    sheet = act(sheet, decide.skip(sheet, "must", reason="Away"))
    assert decide.finish(sheet) == Draft("finish", "", {"reason": "", "left_open": []})


def test_a_hard_gate_holds_back_finishing() -> None:
    sheet = make_sheet(make_playbook(make_step("gate", gate="hard", skip="free")))
    outcome = decide.finish(sheet)
    assert isinstance(outcome, Refusal)
    assert outcome.args["steps"] == ["gate"]


# Abandoning.


def test_abandoning_takes_a_reason_and_claims_no_success() -> None:
    assert decide.abandon(three(), " ") == Refusal("abandon-reason")
    ended = act(three(), decide.abandon(three(), "They left"), at=LATER).run
    assert (ended.state, ended.reason, ended.left_open, ended.finished_at) == (
        "abandoned",
        "They left",
        (),
        LATER,
    )


# An ended run is read-only.

CHANGES: dict[str, Callable[[Sheet], Draft | Refusal]] = {
    "tick": lambda sheet: decide.tick(sheet, "must", at=AT, answers={}),
    "skip": lambda sheet: decide.skip(sheet, "must", reason="x"),
    "reopen": lambda sheet: decide.reopen(sheet, "may"),
    "answer a step": lambda sheet: decide.answer(sheet, "must", {}),
    "answer the run": lambda sheet: decide.answer(sheet, "", {"tier": "gold"}),
    "note a step": lambda sheet: decide.note(sheet, "must", "x"),
    "note the run": lambda sheet: decide.note(sheet, "", "x"),
    "due": lambda sheet: decide.due(sheet, "must", date(2026, 12, 1)),
    "dates": lambda sheet: decide.dates(sheet, start=date(2026, 12, 1)),
    "finish": lambda sheet: decide.finish(sheet, "x"),
    "abandon": lambda sheet: decide.abandon(sheet, "x"),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("state", ["finished", "abandoned"])
def test_an_ended_run_is_read_only(change: str, state: str) -> None:
    sheet = three()
    sheet = act(sheet, decide.skip(sheet, "may", reason=""))
    ended = act(sheet, decide.finish(sheet, "x") if state == "finished" else decide.abandon(sheet, "x"))
    assert CHANGES[change](ended) == Refusal("run-ended", {"run": "acme/welcome", "state": state})


# Going on. Trap 9 of the peers: a run nobody can go on with.


@pytest.mark.parametrize("state", ["finished", "abandoned"])
def test_a_run_that_ended_can_be_reopened(state: str) -> None:
    sheet = three()
    ended = act(sheet, decide.finish(sheet, "x") if state == "finished" else decide.abandon(sheet, "x"))
    outcome = decide.reopen_run(ended, " They came back ")
    assert outcome == Draft("reopen-run", "", {"reason": "They came back", "old": state})
    again = act(ended, outcome)
    run = again.run
    assert (run.state, run.reason, run.left_open, run.finished_at) == ("open", "", (), None)
    assert isinstance(CHANGES["tick"](again), Draft)
    assert decide.reopen_run(again) == Refusal("run-open", {"run": "acme/welcome"})
