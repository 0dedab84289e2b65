"""Moving a run's dates is looked at before it is done."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from playbook.core import decide
from playbook.core.operations import Draft
from playbook.core.what_if import moved_dates
from tests.builders import act, make_playbook, make_sheet, make_step
from tests.core.properties import CALM, NEAR_DAYS
from tests.core.test_histories import playbooks


def test_every_date_that_would_change_is_shown_and_nothing_else() -> None:
    playbook = make_playbook(
        make_step("a", due="start + 1d"), make_step("b", due="target - 1d"), make_step("done", due="start"),
        make_step("hand", due="start + 2d"), make_step("free"), target_label="Party",
    )  # fmt: skip
    sheet = make_sheet(playbook, target="2026-12-04")
    sheet = act(
        sheet,
        decide.tick(sheet, "done", at="2026-11-23T12:00:00Z", answers={}),
        decide.due(sheet, "hand", date(2026, 12, 1)),
    )
    draft = decide.dates(sheet, start=date(2026, 11, 30))
    assert isinstance(draft, Draft)
    assert [(m.step_id, m.old.moment, m.new.moment, m.faults) for m in moved_dates(sheet, draft)] == [
        ("a", date(2026, 11, 24), date(2026, 12, 1), ()),
    ]


def test_dates_that_become_known_unknown_or_impossible_are_told() -> None:
    playbook = make_playbook(make_step("b", due="target - 1w"), target_label="Party")
    sheet = make_sheet(playbook)
    draft = decide.dates(sheet, target=date(2026, 11, 25))
    assert isinstance(draft, Draft)
    [moved] = moved_dates(sheet, draft)
    assert moved.old.waiting is not None
    assert moved.new.moment == date(2026, 11, 23)
    assert [fault.code for fault in moved.faults] == ["before-start"]


@CALM
@given(playbooks(), NEAR_DAYS, st.none() | NEAR_DAYS)
def test_re_dating_there_and_back_restores_every_date(
    playbook: object, start: date, target: date | None
) -> None:
    sheet = make_sheet(playbook, target="2026-12-18")  # type: ignore[arg-type]
    moved = act(sheet, decide.dates(sheet, start=start, target=target))
    back = act(moved, decide.dates(moved, start=date(2026, 11, 23), target=date(2026, 12, 18)))
    assert back.view == sheet.view


@CALM
@given(playbooks(), NEAR_DAYS)
def test_what_is_foreseen_is_what_happens(playbook: object, start: date) -> None:
    sheet = make_sheet(playbook, target="2026-12-18")  # type: ignore[arg-type]
    draft = decide.dates(sheet, start=start)
    assert isinstance(draft, Draft)
    foreseen = {m.step_id: m.new.moment for m in moved_dates(sheet, draft)}
    after = act(sheet, draft).view.steps
    for step_id, found in after.items():
        if found.is_open and step_id in foreseen:
            assert found.due.moment == foreseen[step_id]
        elif found.is_open:
            assert found.due.moment == sheet.view.steps[step_id].due.moment
