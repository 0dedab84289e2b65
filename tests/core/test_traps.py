"""The traps that other programs fell into, as far as the core can: one test each, named for it."""

from datetime import UTC, date, datetime

from playbook.core import decide
from playbook.core.operations import Draft
from playbook.core.problems import Refusal
from playbook.core.run import fold
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
    start_operation,
)
from tests.hostile import MARKUP

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


def test_trap_16_an_answer_read_as_markup_or_as_text_with_names() -> None:
    for text in MARKUP:
        sheet = make_sheet(make_playbook(make_step("one", make_field("x", "long-text"))))
        sheet = act(sheet, decide.tick(sheet, "one", at=NOON, answers={"x": text}))
        assert sheet.run.progress("one").answers == {"x": text.strip()}
