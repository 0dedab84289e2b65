"""Decisions on the ledger: what is kept, what is refused, and on which day it is looked at."""

from datetime import date
from typing import Any

import pytest

from playbook.core.calendar import Calendar
from playbook.core.client import Client, Entry, apply_to_client
from playbook.core.decide import ledger as decide
from playbook.core.entry_kinds import KINDS, OUTCOMES, cautions, due_of
from playbook.core.fairness import over_cap
from playbook.core.ledger import heard
from playbook.core.operations import Draft
from playbook.core.problems import Refusal
from playbook.words.refusals import refusal_words
from tests.builders import make_operation

AT = "2026-11-25T10:00:00Z"  # a Wednesday
CALENDAR = Calendar()


def logged(
    kind: str, text: str = "Words", owner: str = "us", facts: dict[str, Any] | None = None, **typed: str
) -> Any:
    named = {name.replace("_", "-"): said for name, said in typed.items()}
    return decide.log(kind, text, named, at=AT, calendar=CALENDAR, facts=facts or {}, owner=owner)


def kept(kind: str, owner: str = "us", n: int = 1, **typed: Any) -> Entry:
    data = logged(kind, owner=owner, **typed)
    assert isinstance(data, dict), data
    return Entry(n, kind, AT, "Ana", data["on"], data["text"], owner, "", "", data["values"])


def code(outcome: Any) -> str:
    return outcome.code if isinstance(outcome, Refusal) else ""


@pytest.mark.parametrize(("internal", "said"), [
    ("2026-11-25", "2026-11-27"), ("2026-11-26", "2026-11-30"), ("2026-11-27", "2026-12-01"),
])  # fmt: skip
def test_wednesday_is_promised_for_friday_thursday_for_monday_friday_for_tuesday(
    internal: str, said: str
) -> None:
    assert logged("promise", internal=internal)["on"] == said


def test_a_client_may_have_a_buffer_of_its_own() -> None:
    for given, said in (
        ("5", "2026-12-02"),
        ("0bd", "2026-11-25"),
        ("much", "2026-11-27"),
        (-4, "2026-11-25"),
    ):
        assert logged("promise", facts={"promise-buffer": given}, internal="2026-11-25")["on"] == said


def test_a_day_that_was_said_stays_and_one_that_is_no_later_than_ours_is_warned_of() -> None:
    tight = logged("promise", internal="2026-11-27", on="2026-11-27")
    assert tight["on"] == "2026-11-27"
    assert cautions(tight, CALENDAR) == ["promise-tight"]
    assert cautions(logged("promise", internal="2026-11-27"), CALENDAR) == []


def test_a_concern_has_an_answer_in_two_working_days() -> None:
    assert logged("concern")["values"]["answer"] == "2026-11-27"
    assert logged("concern", answer="2026-12-01")["values"]["answer"] == "2026-12-01"


@pytest.mark.parametrize("category", ["health", "faith", "politics", "union", "sex-life", "ethnicity"])
def test_a_delicate_fact_brings_a_warning(category: str) -> None:
    assert cautions(logged("fact", category=category), CALENDAR) == ["fact-sensitive"]
    assert cautions(logged("fact", category="family", volunteered="no"), CALENDAR) == ["fact-not-volunteered"]


@pytest.mark.parametrize(("entry", "due"), [
    (kept("promise", internal="2026-11-27"), "2026-11-27"),
    (kept("promise", on="2026-12-04"), "2026-12-04"),
    (kept("promise"), None),
    (kept("promise", owner="client", on="2026-12-04"), "2026-12-04"),
    (kept("next-word", on="2026-11-30T09:00:00Z"), "2026-11-30T09:00:00Z"),
    (kept("concern"), "2026-11-27"),
    (kept("batch"), None),
    (kept("batch", on="2026-12-01"), "2026-12-01"),
    (kept("fact", follow_up="2027-01-08"), "2027-01-08"),
    (kept("fact"), None),
    (kept("expectation"), None),
    (kept("contact"), None),
    (kept("gift", sent="2026-12-01"), None),
    (kept("promise", on="2026-12-04")._replace(outcome="early"), None),
])  # fmt: skip
def test_an_open_entry_asks_to_be_looked_at_on_its_day(entry: Entry, due: str | None) -> None:
    assert due_of(entry) == due


def test_what_cannot_be_logged_is_refused() -> None:
    assert code(logged("promis")) == "entry-kind"
    assert code(logged("promise", "  ")) == "entry-text"
    assert code(logged("promise", owner="nobody")) == "entry-owner"
    assert code(logged("next-word")) == "entry-day"
    assert code(logged("promise", on="someday")) == "day-words"
    assert code(logged("contact", channel="pigeon")) == "answer-choice"
    assert code(logged("contact", colour="red")) == "no-field"
    assert code(logged("note", "x" * 3000)) == "entry-long"
    assert code(logged("contact", "")) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_takes_words_alone_but_a_next_word_needs_its_day(kind: str) -> None:
    assert code(logged(kind)) == ("entry-day" if kind == "next-word" else "")


def test_closing_takes_an_outcome_that_such_an_entry_can_have() -> None:
    promise = kept("promise", on="2026-11-27")

    def closed(outcome: str, **more: str) -> Any:
        return decide.close(promise, outcome, at=AT, calendar=CALENDAR, **more)

    assert closed("").body["closed"] == [{"n": 1, "outcome": "early"}]
    late = kept("promise", on="2026-11-02")
    assert code(decide.close(late, "", at=AT, calendar=CALENDAR)) == "outcome-unsaid"
    assert closed("missed", reason="ill").body == {"closed": [{"n": 1, "outcome": "missed"}], "reason": "ill"}
    assert code(closed("confirmed")) == "outcome"
    assert code(closed("moved")) == "entry-new-day"
    assert code(closed("early", on="2026-12-01")) == "entry-moved-only"
    moved = closed("moved", on="2026-12-04").body
    assert [(e["kind"], e["on"], e["text"]) for e in moved["entries"]] == [("promise", "2026-12-04", "Words")]
    ended = promise._replace(outcome="early")
    assert code(decide.close(ended, "missed", at=AT, calendar=CALENDAR)) == "entry-closed"


@pytest.mark.parametrize("kind", OUTCOMES)
def test_every_outcome_closes_and_opening_again_undoes_it(kind: str) -> None:
    more: dict[str, Any] = {"on": "2026-11-27"} if kind in ("promise", "next-word") else {"follow-up": "2026-11-27"} if kind in ("fact", "note") else {}  # fmt: skip
    entry = kept(kind, **more)
    client = Client("c", "acme", "Acme", entries=(entry,))
    for outcome in OUTCOMES[kind]:
        draft = decide.close(
            entry, outcome, at=AT, calendar=CALENDAR, on="2026-12-04" if outcome == "moved" else ""
        )
        assert isinstance(draft, Draft)
        after = apply_to_client(client, make_operation("close", "", {"closed": draft.body["closed"]}, at=AT))
        assert (after.entries[0].outcome, after.entries[0].closed_at) == (outcome, AT)
        again = decide.reopen_entry(after.entries[0])
        assert isinstance(again, Draft)
        assert apply_to_client(after, make_operation("close", "", again.body, at=AT)) == client


def test_an_entry_can_be_said_anew_and_what_is_emptied_goes() -> None:
    entry = kept("gift", value="30 EUR", rule="up to 50")
    draft = decide.amend(entry, {"text": "A book", "rule": "", "landed": "with a smile"}, calendar=CALENDAR)
    assert isinstance(draft, Draft)
    after = apply_to_client(Client("c", "a", "A", entries=(entry,)), make_operation("amend", "", draft.body, at=AT)).entries[0]  # fmt: skip
    assert after.text == "A book"
    assert after.values == {"value": {"amount": "30.00", "currency": "EUR"}, "landed": "with a smile"}
    assert draft.body["old"] == {"text": "Words", "rule": "up to 50", "landed": None}
    assert code(decide.amend(after, {"text": "A book"}, calendar=CALENDAR)) == "entry-same"
    assert code(decide.amend(after, {"owner": "nobody"}, calendar=CALENDAR)) == "entry-owner"


def test_putting_off_changes_when_it_is_looked_at_and_not_what_was_said() -> None:
    entry, today = kept("promise", on="2026-11-27"), date(2026, 11, 25)
    draft = decide.put_off(entry, date(2026, 12, 1), today=today, reason="they are away")
    assert isinstance(draft, Draft)
    after = apply_to_client(Client("c", "a", "A", entries=(entry,)), make_operation("amend", "", draft.body, at=AT)).entries[0]  # fmt: skip
    assert (after.on, due_of(after)) == ("2026-11-27", "2026-12-01")
    assert code(decide.put_off(entry, today, today=today)) == "put-off-past"
    assert code(decide.put_off(kept("contact"), date(2026, 12, 1), today=today)) == "entry-closed"


def test_a_contact_of_ours_makes_good_the_next_words_up_to_its_day() -> None:
    words = [
        kept("next-word", n=n, on=on) for n, on in enumerate(("2026-11-24", "2026-11-25", "2026-11-26"), 1)
    ]
    contact, theirs = logged("contact"), logged("contact", direction="in")
    assert heard([contact], words, AT, CALENDAR) == [
        {"n": 1, "outcome": "missed"},
        {"n": 2, "outcome": "on-time"},
    ]
    assert heard([theirs], words, AT, CALENDAR) == []
    assert heard([logged("note")], words, AT, CALENDAR) == []


def test_goodwill_above_the_cap_needs_the_name_of_who_agreed() -> None:
    facts = {"goodwill-cap": "200 EUR"}
    before = [kept("note", cost="150 EUR")]
    assert over_cap([logged("note", cost="50 EUR")], before, facts) is None
    refusal = over_cap([logged("note", cost="51 EUR")], before, facts)
    assert isinstance(refusal, Refusal)
    assert refusal_words(refusal).startswith("That makes 201 EUR of goodwill, and the cap is 200 EUR.")
    assert over_cap([logged("note", cost="51 EUR", approver="Marta")], before, facts) is None
    assert over_cap([logged("note", cost="500 USD")], before, facts) is None
    assert over_cap([logged("note", cost="500 EUR")], before, {}) is None
    as_answer = {"goodwill-cap": {"amount": "200.00", "currency": "EUR"}}
    assert code(over_cap([logged("note", cost="51 EUR")], before, as_answer)) == "over-goodwill"
