"""What follows from a run: who is drawn, what is missing, the totals."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from playbook.core import decide
from playbook.core.decide import Sheet
from playbook.core.operations import Draft
from playbook.core.playbook import Message, channel_of, side_of
from playbook.core.progress import Note, Occurrence, Progress
from playbook.core.view import missing_fields
from tests.builders import act, is_, make_field, make_playbook, make_section, make_sheet, make_step, sheet_of

TIER = make_field("tier")
AT = "2026-11-23T12:00:00Z"


def with_progress(sheet: Sheet, **steps: Progress) -> Sheet:
    return sheet_of(replace(sheet.run, steps={**sheet.run.steps, **steps}), sheet.calendar, sheet.client)


# Totals. Trap 12 of the peers: nothing here divides.


def test_total_is_visible_and_not_na_done_is_done_and_skipped() -> None:
    steps = [make_step(name) for name in ("a", "b", "c", "d")]
    sheet = make_sheet(make_playbook(*steps, make_step("gold", when=is_("tier", "gold")), fields=TIER))
    assert (sheet.view.done, sheet.view.total) == (0, 4)
    sheet = act(
        sheet,
        decide.tick(sheet, "a", at=AT, answers={}),
        decide.skip(sheet, "b", reason="They were away"),
        decide.skip(sheet, "c", reason="No shop", fits=False),
    )
    assert (sheet.view.done, sheet.view.total) == (2, 3)


def test_a_hidden_step_leaves_the_totals_even_when_done() -> None:
    playbook = make_playbook(make_step("a"), make_step("gold", when=is_("tier", "gold")), fields=TIER)
    sheet = make_sheet(playbook, answers={"tier": "gold"})
    sheet = act(sheet, decide.tick(sheet, "gold", at=AT, answers={}))
    assert (sheet.view.done, sheet.view.total) == (1, 2)
    sheet = act(sheet, decide.answer(sheet, "", {"tier": "silver"}))
    assert (sheet.view.done, sheet.view.total) == (0, 1)


def test_an_empty_playbook_has_empty_totals() -> None:
    view = make_sheet(make_playbook()).view
    assert (view.done, view.total, view.next_due, view.left_open()) == (0, 0, None, ())


# Trap 4 of the peers: hidden after work was done in it.


@pytest.mark.parametrize(
    "touch",
    [
        Progress(state="done", at=AT), Progress(state="n/a", at=AT), Progress(answers={"x": 1}), Progress(due_by_hand="2026-12-01"),
        Progress(notes=(Note(AT, "Ana", "rang twice"),)), Progress(started_runs=("acme/gift",)),
        Progress(earlier=(Occurrence(1, None, "done", "", AT, "Ana", "", {}),)),
    ],
)  # fmt: skip
def test_a_touched_step_that_becomes_hidden_is_drawn_and_counts_as_hidden(touch: Progress) -> None:
    sheet = make_sheet(
        make_playbook(
            make_step("gold", due="start + 1d", when=is_("tier", "gold")),
            make_step("b", needs="gold"),
            fields=TIER,
        )
    )
    untouched = sheet.view.steps["gold"]
    assert untouched.is_hidden
    assert not untouched.is_drawn
    touched = with_progress(sheet, gold=touch)
    found = touched.view.steps["gold"]
    assert found.is_hidden
    assert found.is_drawn
    assert found.is_settled
    assert found.due_moment is None
    assert touched.view.total == 1
    assert touched.view.left_open() == ("b",)
    assert touched.view.steps["b"].locked_by == ()


def test_which_steps_are_conditional() -> None:
    playbook = make_playbook(
        make_step("plain"), make_step("own", when=is_("tier", "gold")),
        make_section("gifts", make_step("joined"), when=is_("tier", "gold")), fields=TIER,
    )  # fmt: skip
    steps = make_sheet(playbook, answers={"tier": "gold"}).view.steps
    assert [i for i, s in steps.items() if s.is_conditional] == ["own", "joined"]


def test_steps_come_in_the_playbooks_order() -> None:
    playbook = make_playbook(
        make_section("b", make_step("z"), make_step("a")), make_section("a", make_step("m"))
    )
    view = make_sheet(playbook).view
    assert list(view.steps) == ["z", "a", "m"]
    assert [s.section.id for s in view.steps.values()] == ["b", "b", "a"]


# What is missing.


def needing(**given: Any) -> Sheet:
    fields = (
        make_field("rule", required=True), make_field("cap", "money", required=True, when=is_("rule", "limit")), make_field("more"),
    )  # fmt: skip
    return make_sheet(make_playbook(make_step("gift", *fields, **given), fields=TIER))


def missing(sheet: Sheet) -> list[str]:
    return [field.id for field in sheet.view.steps["gift"].missing]


def test_required_fields_without_an_answer_are_missing() -> None:
    sheet = needing()
    assert missing(sheet) == ["rule"]
    assert [f.id for f in sheet.view.steps["gift"].fields] == ["rule", "more"]


def test_a_required_field_counts_once_its_condition_holds() -> None:
    sheet = act(needing(), decide.answer(needing(), "gift", {"rule": "limit"}))
    assert missing(sheet) == ["cap"]
    assert [f.id for f in missing_fields(sheet.run, sheet.calendar, {}, "gift")] == ["cap"]
    none = act(sheet, decide.answer(sheet, "gift", {"rule": "none"}))
    assert missing(none) == []


def test_zero_and_no_are_answers() -> None:
    fields = make_field("count", "number", required=True), make_field("agreed", "yes-no", required=True)
    sheet = make_sheet(make_playbook(make_step("gift", *fields)))
    assert missing(act(sheet, decide.answer(sheet, "gift", {"count": "0", "agreed": "no"}))) == []


# What holds back finishing.


def test_left_open_are_visible_open_steps_that_are_not_optional() -> None:
    sheet = make_sheet(make_playbook(
        make_step("must"), make_step("may", skip="free"), make_step("never", skip="never"), make_step("done"),
        make_step("gold", when=is_("tier", "gold")), fields=TIER,
    ))  # fmt: skip
    sheet = act(sheet, decide.tick(sheet, "done", at=AT, answers={}))
    assert sheet.view.left_open() == ("must", "never")


def test_a_hard_gate_holds_back_finishing_even_when_it_is_optional() -> None:
    sheet = make_sheet(
        make_playbook(
            make_step("gate", gate="hard", skip="free"), make_step("soft", gate="soft", skip="free")
        )
    )
    assert sheet.view.left_open() == ("gate",)
    assert act(sheet, decide.skip(sheet, "gate", reason="")).view.left_open() == ()


# Trap 5 of the peers: a hidden required field blocks finishing.


def test_a_hidden_required_field_never_holds_back_finishing() -> None:
    sheet = make_sheet(
        make_playbook(
            make_step("gift", make_field("rule", required=True), when=is_("tier", "gold")), fields=TIER
        )
    )
    assert sheet.view.left_open() == ()
    assert isinstance(decide.finish(sheet), Draft)


# What is due next.


def test_next_due_is_the_earliest_open_one() -> None:
    sheet = make_sheet(make_playbook(
        make_step("late", due="start + 1w"), make_step("soon", due="start + 1d"), make_step("call", due="start + 24h"),
        make_step("hidden", due="start", when=is_("tier", "gold")), make_step("waiting", due="target"), fields=TIER,
    ))  # fmt: skip
    assert sheet.view.next_due == datetime(2026, 11, 24, 9, tzinfo=UTC)
    sheet = act(sheet, decide.tick(sheet, "call", at=AT, answers={}))
    assert sheet.view.next_due == date(2026, 11, 24)
    sheet = act(sheet, decide.skip(sheet, "soon", reason="Away", fits=False))
    assert sheet.view.next_due == date(2026, 11, 30)


# Trap 14 of the peers: what a live run uses was deleted from the file. A run owns a copy, so it is only ever missing here.


def test_names_that_lead_nowhere_are_passed_over() -> None:
    sheet = make_sheet(make_playbook(
        make_step("a", needs="gone", gate="hard", holds=("gone", "b"), due="gone.due + 1d", role="gone"),
        make_step("b", due="gone + 1d", when=is_("gone", "x")), make_step("c", due="start + 1d"),
    ))  # fmt: skip
    steps = sheet.view.steps
    assert steps["a"].locked_by == ()
    assert steps["a"].due.moment is None
    assert steps["b"].is_hidden
    assert steps["c"].due_moment == date(2026, 11, 24)


# Sides and channels.


def test_the_side_of_a_step() -> None:
    assert side_of(make_step(channel="call")) == "care"
    assert side_of(make_step(message=Message(body="Hello"))) == "care"
    assert side_of(make_step(channel="chat")) == "competence"
    assert side_of(make_step()) == "competence"
    assert side_of(make_step(side="care")) == "care"
    assert channel_of(make_step(message=Message(body="Hello"))) == "email"
    assert channel_of(make_step(message=Message(body="Hello"), channel="post")) == "post"
    assert channel_of(make_step()) == ""
