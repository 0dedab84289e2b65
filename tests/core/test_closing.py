"""A step that closes what another logged: how those entries ended, asked for or from the dates."""

from collections.abc import Mapping

import pytest

from playbook.core import decide
from playbook.core.calendar import Calendar
from playbook.core.client import Client, Entry, apply_to_client
from playbook.core.entry_kinds import OUTCOMES
from playbook.core.ledger import default_outcome
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


@pytest.mark.parametrize(("on", "outcome"), [
    ("2026-11-25", "on-time"), ("2026-11-26", "early"), ("2026-11-24", "missed"),
    ("2026-11-25T08:00:00Z", "on-time"), ("2026-11-25T23:00:00Z", "on-time"), ("someday", ""),
])  # fmt: skip
def test_the_dates_say_how_a_promise_ended(on: str, outcome: str) -> None:
    for kind in ("promise", "next-word"):
        assert default_outcome(entry(kind=kind, on=on), AT, Calendar()) == outcome


def test_without_a_word_the_dates_decide_and_what_only_the_client_can_tell_stays_open() -> None:
    assert closed(entry(1), entry(2, "concern"), entry(3, "promise", "2026-11-20")) == [
        {"n": 1, "outcome": "on-time"}, {"n": 3, "outcome": "missed"},
    ]  # fmt: skip


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
