"""Due dates in a run: what they count from, what they wait for, and who may set them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from playbook.core import decide
from playbook.core.calendar import Calendar
from playbook.core.dating import Due
from playbook.core.decide import Sheet
from playbook.core.operations import Draft
from playbook.core.progress import Progress
from playbook.core.schedule import Moment
from tests.builders import act, is_, make_field, make_playbook, make_sheet, make_step, sheet_of
from tests.core.properties import CALM, NEAR_DAYS

FRIDAY = date(2026, 11, 27)


def due_of(sheet: Sheet, step_id: str) -> Due:
    """The date, without where it was counted from."""
    return sheet.view.steps[step_id].due._replace(rule=None, anchor=None)


def ticked(sheet: Sheet, step_id: str, at: str = "2026-11-25T10:00:00Z", **answers: str) -> Sheet:
    return act(
        sheet,
        decide.tick(sheet, step_id, at=at, answers={k.replace("_", "-"): v for k, v in answers.items()}),
        at=at,
    )


def one(due: Any, start: str = "2026-11-23", target: str | None = None, **given: Any) -> Due:
    return due_of(
        make_sheet(make_playbook(make_step("one", due=due, **given)), start=start, target=target), "one"
    )


def test_a_step_without_a_rule_has_no_date() -> None:
    assert one(()) == Due()


def test_from_the_start_and_the_target() -> None:
    assert one("start + 2bd").moment == date(2026, 11, 25)
    assert one("target - 1bd", target="2026-12-07").moment == date(2026, 12, 4)
    assert one("target", target="2026-12-06").moment == date(2026, 12, 6)


def test_an_empty_target_leaves_the_step_waiting() -> None:
    due = one("target - 1bd")
    assert due.moment is None
    assert due.waiting is not None
    assert due.waiting.anchor == "target"


def test_the_playbooks_roll_is_the_default_and_the_steps_outranks_it() -> None:
    steps = make_step("plain", due="start + 5d"), make_step("own", due="start + 5d", roll="earlier")
    sheet = make_sheet(make_playbook(*steps, roll="none"))
    assert due_of(sheet, "plain").moment == date(2026, 11, 28)
    assert due_of(sheet, "own").moment == FRIDAY


# A start with a clock time.


def test_a_start_with_a_clock_time_gives_instants_to_hours_and_days_to_all_else() -> None:
    start = "2026-11-23T15:00:00Z"
    assert one("start + 2h", start).moment == datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert one("start + 1bd", start).moment == date(2026, 11, 24)
    assert one("start", start).moment == date(2026, 11, 23)
    assert one("start", start, by="16:00").moment == datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_a_start_day_is_the_managers_day() -> None:
    calendar = Calendar(zone=ZoneInfo("Europe/Madrid"))
    sheet = make_sheet(
        make_playbook(make_step("one", due="start + 1d")), start="2026-11-23T23:30:00Z", calendar=calendar
    )
    assert due_of(sheet, "one").moment == date(2026, 11, 25)


# Trap 3 of the peers: a date that is past at the start.


def test_a_date_before_the_start_becomes_the_start_and_says_so() -> None:
    due = one("target - 3w", target="2026-12-01")
    assert due.moment == date(2026, 11, 23)
    assert due.moved_to_start
    assert not one("start + 1d").moved_to_start
    assert one("start") == Due(date(2026, 11, 23))
    assert one("start + 0h", "2026-11-23T15:00:00Z") == Due(datetime(2026, 11, 23, 15, tzinfo=UTC))


def test_an_instant_before_the_start_becomes_the_start() -> None:
    assert one("start - 2h", "2026-11-23T15:00:00Z") == Due(
        datetime(2026, 11, 23, 15, tzinfo=UTC), moved_to_start=True
    )
    assert one("start - 10h") == Due(
        datetime(2026, 11, 23, 9, tzinfo=UTC), moved_to_start=True, is_after_anchor=False
    )
    assert one("start - 1h").moment == datetime(2026, 11, 23, 8, tzinfo=UTC)


# Several rules.


def test_of_several_the_earliest_known_counts() -> None:
    rules = ("start + 3bd", "target - 8bd")
    assert one(rules).moment == date(2026, 11, 26)
    assert one(rules, target="2026-12-04").moment == date(2026, 11, 24)
    assert one(rules, target="2027-12-04").moment == date(2026, 11, 26)


def test_several_unknown_wait_for_the_first() -> None:
    due = one(("target - 1d", "one + 1d"))
    assert due.moment is None
    assert due.waiting is not None
    assert due.waiting.anchor == "target"


def test_an_instant_outruns_its_own_day() -> None:
    assert one(("start + 1d", "start + 24h")).moment == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_a_rule_nobody_can_read_is_passed_over() -> None:
    assert one(("start + 2m", "start + 1d")).moment == date(2026, 11, 24)


# Steps as anchors. Trap 2 of the peers: a watcher that never fires is at least seen waiting.


def test_after_a_step_waits_for_it_and_then_counts_from_the_moment() -> None:
    sheet = make_sheet(
        make_playbook(
            make_step("call"), make_step("mail", due="call + 2bd"), make_step("text", due="call + 2h")
        )
    )
    waiting = due_of(sheet, "mail").waiting
    assert waiting is not None
    assert (waiting.anchor, waiting.amount, waiting.unit) == ("call", 2, "bd")
    after = ticked(sheet, "call")
    assert due_of(after, "mail").moment == FRIDAY
    assert due_of(after, "text").moment == datetime(2026, 11, 25, 12, tzinfo=UTC)


def test_skipped_and_not_applicable_count_as_the_moment_too() -> None:
    sheet = make_sheet(make_playbook(make_step("call"), make_step("mail", due="call")))
    for fits in (True, False):
        after = act(
            sheet, decide.skip(sheet, "call", reason="They rang first", fits=fits), at="2026-11-26T10:00:00Z"
        )
        assert due_of(after, "mail").moment == date(2026, 11, 26)


def test_reopening_the_anchor_waits_again() -> None:
    sheet = ticked(make_sheet(make_playbook(make_step("call"), make_step("mail", due="call + 2bd"))), "call")
    again = act(sheet, decide.reopen(sheet, "call"))
    assert due_of(again, "mail").moment is None


def test_after_the_due_date_of_a_step() -> None:
    playbook = make_playbook(make_step("quote", due="start + 2bd"), make_step("ask", due="quote.due + 1w"))
    sheet = make_sheet(playbook)
    assert due_of(sheet, "ask").moment == date(2026, 12, 2)
    assert due_of(ticked(sheet, "quote"), "ask").moment == date(2026, 12, 2)
    moved = act(sheet, decide.due(sheet, "quote", date(2026, 11, 30)))
    assert due_of(moved, "ask").moment == date(2026, 12, 7)


def test_a_hidden_step_has_no_date_and_lends_none() -> None:
    playbook = make_playbook(
        make_step("quote", due="start + 2bd", when=is_("tier", "gold")), make_step("ask", due="quote.due + 1w"),
        fields=make_field("tier"),
    )  # fmt: skip
    hidden = make_sheet(playbook)
    assert due_of(hidden, "quote") == Due()
    assert due_of(hidden, "ask").moment is None
    assert due_of(make_sheet(playbook, answers={"tier": "Gold"}), "ask").moment == date(2026, 12, 2)


# Fields as anchors.


def test_a_date_field_of_another_step_and_of_its_own() -> None:
    sheet = make_sheet(make_playbook(
        make_step("plan", make_field("kickoff", "date"), due="kickoff - 1bd"), make_step("invite", due="kickoff - 1w"),
    ))  # fmt: skip
    assert due_of(sheet, "invite").moment is None
    planned = act(sheet, decide.answer(sheet, "plan", {"kickoff": "2026-12-07"}))
    assert due_of(planned, "plan").moment == date(2026, 12, 4)
    assert due_of(planned, "invite").moment == date(2026, 11, 30)


def test_a_datetime_field_gives_an_instant_when_bare() -> None:
    playbook = make_playbook(
        make_step("call", due="call-at"), make_step("prepare", due="call-at - 10min"), make_step("thank", due="call-at + 1d"),
        fields=make_field("call-at", "datetime"),
    )  # fmt: skip
    sheet = make_sheet(playbook, answers={"call-at": "2026-11-28T10:00:00Z"})
    assert due_of(sheet, "call").moment == datetime(2026, 11, 28, 10, tzinfo=UTC)
    assert due_of(sheet, "prepare").moment == datetime(2026, 11, 28, 9, 50, tzinfo=UTC)
    assert due_of(sheet, "thank").moment == date(2026, 11, 30)


# By hand.


def test_a_date_set_by_hand_stays_until_cleared() -> None:
    sheet = make_sheet(make_playbook(make_step("one", due="start + 2bd")))
    by_hand = act(sheet, decide.due(sheet, "one", date(2026, 12, 5)))
    assert due_of(by_hand, "one") == Due(date(2026, 12, 5), by_hand=True)
    moved = act(by_hand, decide.dates(by_hand, start=date(2027, 1, 11)))
    assert due_of(moved, "one").moment == date(2026, 12, 5)
    cleared = act(moved, decide.due(moved, "one", None))
    assert due_of(cleared, "one") == Due(date(2027, 1, 13))


def test_a_hand_set_date_ends_the_waiting_and_may_be_before_the_start() -> None:
    sheet = make_sheet(make_playbook(make_step("one", due="target - 1d")))
    assert due_of(act(sheet, decide.due(sheet, "one", date(2026, 11, 2))), "one") == Due(
        date(2026, 11, 2), by_hand=True
    )


def test_a_hand_set_instant_is_one() -> None:
    sheet = make_sheet(make_playbook(make_step("one")))
    at = datetime(2026, 11, 24, 16, tzinfo=UTC)
    assert due_of(act(sheet, decide.due(sheet, "one", at)), "one").moment == at


def test_a_hand_set_date_nobody_can_read_falls_back_to_the_rule() -> None:
    sheet = make_sheet(make_playbook(make_step("one", due="start + 1d")))
    run = replace(sheet.run, steps={"one": Progress(due_by_hand="someday")})
    assert due_of(sheet_of(run), "one") == Due(date(2026, 11, 24))


# Chains and circles.


def test_a_circle_of_dates_ends() -> None:
    sheet = make_sheet(make_playbook(make_step("a", due="b.due + 1d"), make_step("b", due="a.due + 1d")))
    assert sheet.view.next_due is None


def test_a_long_chain_backwards_from_the_target() -> None:
    steps = [make_step(f"s{n}", due=f"s{n + 1}.due - 0d") for n in range(1500)]
    sheet = make_sheet(make_playbook(*steps, make_step("s1500", due="target")), target="2026-12-07")
    assert due_of(sheet, "s0").moment == date(2026, 12, 7)


# Dates follow their anchors.


@CALM
@given(NEAR_DAYS, NEAR_DAYS, NEAR_DAYS)
def test_re_dating_there_and_back_restores_every_date(start: date, target: date, other: date) -> None:
    sheet = make_sheet(BRANCHED, start=start.isoformat(), target=target.isoformat())
    there = act(sheet, decide.dates(sheet, start=other, target=other))
    back = act(there, decide.dates(there, start=start, target=target))
    assert {i: s.due for i, s in back.view.steps.items()} == {i: s.due for i, s in sheet.view.steps.items()}


@CALM
@given(NEAR_DAYS, st.lists(NEAR_DAYS, min_size=1, max_size=4))
def test_no_date_by_rule_is_before_the_start(start: date, targets: list[date]) -> None:
    sheet = make_sheet(BRANCHED, start=start.isoformat(), target=targets[0].isoformat())
    for target in targets:
        sheet = act(sheet, decide.dates(sheet, target=target))
        assert all(_day(s.due.moment) >= start for s in sheet.view.steps.values() if s.due.moment)


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def test_changing_an_anchor_to_itself_changes_nothing() -> None:
    sheet = make_sheet(BRANCHED, target="2026-12-24")
    draft = decide.dates(sheet)
    assert isinstance(draft, Draft)
    assert act(sheet, draft) == sheet


BRANCHED = make_playbook(
    make_step("a", due="start + 2bd"), make_step("b", due="a.due - 1d"), make_step("c", due=("target - 1mo", "b.due + 3d")),
    make_step("d", due="target - 2h"), make_step("e", due="target", roll="earlier"), make_step("f", due="c.due", by="16:00"),
    target_label="Go-live",
)  # fmt: skip


def test_of_several_that_are_unknown_it_waits_for_one_that_is_there() -> None:
    """A hidden step is never done; the other rule is what it waits for. Both hidden: the first is named."""
    gone = make_step("gone", when=is_("tier", "gold"))
    for due, waited in (
        (("gone + 1d", "there + 1d"), "there"),
        (("there + 1d", "gone + 1d"), "there"),
        ("gone + 1d", "gone"),
    ):
        late = make_step("late", due=due)
        sheet = make_sheet(make_playbook(gone, make_step("there"), late, fields=(make_field("tier"),)))
        waiting = sheet.view.steps["late"].due.waiting
        assert waiting is not None
        assert waiting.anchor == waited
