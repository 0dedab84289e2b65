"""Money is spoken first, and written minutes before the talk or after it."""

from typing import Any

import pytest

from playbook.core import decide
from playbook.core.calendar import Calendar
from playbook.core.client import Entry
from playbook.core.currencies import told_currency
from playbook.core.decide import ledger
from playbook.core.decide.money import is_contact_unspoken
from playbook.core.figures import Balance
from playbook.core.operations import Draft
from playbook.core.playbook import Field
from playbook.core.problems import Refusal
from playbook.core.run import apply
from tests.builders import make_operation, make_playbook, make_run, make_step, sheet_of

AT = "2026-11-25T10:00:00Z"
TALK = Field(id="call-at", kind="datetime")
PLAYBOOK = make_playbook(
    make_step("book", TALK), make_step("send", channel="email", topic="money"),
    make_step("talk", channel="call", topic="money"), make_step("news", channel="email", topic="progress"),
)  # fmt: skip


def ticked(
    step: str, at: str = AT, reason: str = "", done: tuple[str, ...] = (), call_at: str = "", **more: Any
) -> Any:
    run = make_run(PLAYBOOK)
    if call_at:
        run = apply(run, make_operation("answer", "book", {"answers": {"call-at": call_at}, "old": {}}))
    for other in done:
        run = apply(run, make_operation("tick", other, {}, at=AT))
    return decide.tick(sheet_of(run), step, at=at, answers={}, override=reason, **more)


def code(outcome: Any) -> str:
    return outcome.code if isinstance(outcome, Refusal) else ""


def test_a_quote_without_a_booked_call_asks_for_a_reason_and_records_it() -> None:
    assert code(ticked("send")) == "money-unspoken"
    draft = ticked("send", reason="They asked for it in writing")
    assert isinstance(draft, Draft)
    assert draft.body["override"] == {"gates": [], "reason": "They asked for it in writing", "unspoken": True}


@pytest.mark.parametrize(("call_at", "said"), [
    ("2026-11-25T10:10:00Z", ""), ("2026-11-25T11:00:00Z", ""), ("2026-11-25T09:00:00Z", ""),
    ("2026-11-25T11:01:00Z", "money-unspoken"), ("2026-11-26T10:00:00Z", "money-unspoken"), ("2026-11-24T10:00:00Z", "money-unspoken"),
])  # fmt: skip
def test_minutes_before_the_call_it_may_go_out_and_not_hours_before(call_at: str, said: str) -> None:
    assert code(ticked("send", call_at=call_at)) == said


def test_after_the_talk_writing_is_free_and_so_is_what_is_not_about_money() -> None:
    assert code(ticked("send", done=("talk",))) == ""
    assert code(ticked("news")) == ""
    assert code(ticked("talk")) == ""
    assert code(ticked("send", channel="call")) == ""
    assert code(ticked("send", channel="")) == ""


def contact(channel: str, topic: str = "money", on: str = "", **more: str) -> Any:
    return ledger.log("contact", "x", {"channel": channel, "topic": topic, "on": on, **more}, at=AT, calendar=Calendar(), facts={})  # fmt: skip


def test_a_contact_logged_by_hand_is_warned_of_the_same() -> None:
    spoken = contact("call", on="2026-11-18")
    kept = [Entry(1, "contact", AT, "Ana", spoken["on"], "x", "us", "", "", spoken["values"])]
    old = [kept[0]._replace(on="2026-11-17")]

    def warned(entry: Any, before: list[Entry]) -> bool:
        return is_contact_unspoken([entry], before, AT, Calendar())

    assert warned(contact("email"), [])
    assert warned(contact("email"), old)
    assert not warned(contact("email"), kept)
    assert not warned(contact("video"), [])
    assert not warned(contact("email", "progress"), [])
    assert not warned(contact("email", direction="in"), [])


def test_a_first_talk_about_money_after_nothing_but_work_asks_for_a_reason() -> None:
    assert code(ticked("talk", is_careless=True)) == "money-careless"
    assert code(ticked("news", is_careless=True)) == ""
    assert code(ticked("talk", is_careless=True, channel="")) == ""  # no contact took place
    draft = ticked("talk", is_careless=True, reason="They asked for the price")
    assert draft.body["override"] == {"gates": [], "reason": "They asked for the price", "careless": True}
    assert code(ticked("send", is_careless=True, done=("talk",))) == ""  # once a run


@pytest.mark.parametrize(("care", "competence", "holds_up"), [
    (0, 2, False), (0, 3, True), (1, 30, False), (3, 0, False), (0, 0, False),
])  # fmt: skip
def test_care_is_missed_only_where_much_was_done_for_the_work(
    care: int, competence: int, holds_up: bool
) -> None:
    assert Balance(care, competence).is_careless is holds_up


@pytest.mark.parametrize(("text", "country", "meant"), [
    ("900 pesos", "MX", "900 MXN"), ("900 Pesos", "ar", "900 ARS"), ("900 $", "MX", "900 MXN"), ("$ 1,200.50", "US", "1,200.50 USD"),
    ("900 dólares", "CA", "900 CAD"), ("900 dollars", "MX", "900 dollars"), ("900 pesos", "ES", "900 pesos"), ("900 EUR", "MX", "900 EUR"),
    ("pesos", "MX", "pesos"),
])  # fmt: skip
def test_the_country_says_which_dollars_and_pesos(text: str, country: str, meant: str) -> None:
    assert told_currency(text, country) == meant
