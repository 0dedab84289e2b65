"""A step that closes what another logged: how those entries ended, asked for or from the dates."""

from collections.abc import Mapping
from datetime import date

import pytest

from playbook.core import decide
from playbook.core.calendar import Calendar
from playbook.core.client import Client, Entry, apply_to_client
from playbook.core.entry_kinds import OUTCOMES
from playbook.core.ledger import default_outcome, outcome_by_date
from playbook.core.operations import Draft
from playbook.core.problems import Refusal
from tests.builders import make_operation, make_playbook, make_sheet, make_step

AT = "2026-11-25T10:00:00Z"
SHEET = make_sheet(make_playbook(make_step("say"), make_step("hold", closes="say")))


def entry(n: int = 1, kind: str = "next-word", on: str = "2026-11-25") -> Entry:
    return Entry(n, kind, "2026-11-23T09:00:00Z", "Ana", on, "They hear from us", "us", "run-id", "say", {})


def closed(*entries: Entry, outcomes: Mapping[int, str] | None = None) -> object:
    draft = decide.tick(SHEET, "hold", at=AT, answers={}, open_entries=entries, outcomes=outcomes)
    return draft.code if isinstance(draft, Refusal) else draft.body.get("closed")


@pytest.mark.parametrize(("on", "by_date", "proposed"), [
    ("2026-11-25", "on-time", "on-time"), ("2026-11-26", "early", ""), ("2026-11-24", "missed", ""),
    ("2026-11-25T08:00:00Z", "on-time", "on-time"), ("2026-11-25T23:00:00Z", "on-time", "on-time"),
    ("someday", "", ""),
])  # fmt: skip
def test_an_outcome_is_proposed_on_the_day_alone(on: str, by_date: str, proposed: str) -> None:
    for kind in ("promise", "next-word"):
        assert outcome_by_date(entry(kind=kind, on=on), AT, Calendar()) == by_date
        assert default_outcome(entry(kind=kind, on=on), AT, Calendar()) == proposed
    assert outcome_by_date(entry(kind="concern", on=on), AT, Calendar()) == ""


@pytest.mark.parametrize(("due", "outcome"), [
    ("2026-11-25", ""), ("2026-11-26", "early"), ("2026-11-27", ""),
])  # fmt: skip
def test_ahead_of_its_day_it_was_kept_early_only_by_the_step_for_that_day(due: str, outcome: str) -> None:
    ahead = entry(on="2026-11-26")
    assert default_outcome(ahead, AT, Calendar(), date.fromisoformat(due)) == outcome
    sheet = make_sheet(make_playbook(make_step("say"), make_step("hold", closes="say", due="start + 3d")))
    draft = decide.tick(sheet, "hold", at=AT, answers={}, open_entries=[ahead])
    assert isinstance(draft, Draft) and draft.body["closed"] == [{"n": 1, "outcome": "early"}]


def test_without_a_word_what_the_dates_do_not_say_stays_open() -> None:
    late, ahead = entry(3, "promise", "2026-11-20"), entry(4, "promise", "2026-12-01")
    assert closed(entry(1), entry(2, "concern"), late, ahead) == [{"n": 1, "outcome": "on-time"}]


def test_a_contact_still_makes_good_or_misses_a_next_word_that_nobody_was_asked_about() -> None:
    sheet = make_sheet(make_playbook(make_step("say"), make_step("hold", closes="say", channel="call")))
    late = entry(on="2026-11-20")

    def closed_by(outcomes: Mapping[int, str] | None) -> object:
        draft = decide.tick(
            sheet, "hold", at=AT, answers={}, open_entries=[late], words=[late], outcomes=outcomes
        )
        assert isinstance(draft, Draft)
        return draft.body.get("closed")

    assert closed_by(None) == [{"n": 1, "outcome": "missed"}]
    assert closed_by({1: ""}) is None


def test_a_given_outcome_counts_and_an_empty_one_leaves_it_open() -> None:
    assert closed(entry(1), entry(2, "concern"), outcomes={1: "moved", 2: "confirmed"}) == [
        {"n": 1, "outcome": "moved"}, {"n": 2, "outcome": "confirmed"},
    ]  # fmt: skip
    assert closed(entry(1), outcomes={1: ""}) is None


def test_an_outcome_that_such_an_entry_cannot_have_is_refused() -> None:
    assert closed(entry(1), outcomes={1: "confirmed"}) == "outcome"
    assert closed(entry(2, "concern"), outcomes={2: "early"}) == "outcome"


def test_the_tick_closes_them_on_the_client_and_undoing_it_opens_them_again() -> None:
    draft = decide.tick(SHEET, "hold", at=AT, answers={}, open_entries=[entry(1)])
    assert isinstance(draft, Draft)
    client = Client("c", "acme", "Acme", entries=(entry(1), entry(2)))
    after = apply_to_client(client, make_operation("tick", "hold", draft.body, at=AT))
    assert [(e.outcome, e.closed_at, e.closed_by) for e in after.entries] == [
        ("on-time", AT, "Ana"), (None, None, None),
    ]  # fmt: skip


def test_every_kind_that_can_be_open_has_outcomes() -> None:
    assert set(OUTCOMES) == {"promise", "next-word", "concern", "expectation", "batch", "fact", "note"}
    assert all(OUTCOMES.values())
