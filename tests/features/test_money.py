"""F9, F13 and F15: money is spoken first, care stands beside competence, and goodwill has a limit."""

import json

import pytest

from tests.cli.calling import bad, call, good
from tests.features.home import app_at, at_row, card, entry, ledger, run_of, seen
from tests.screens.calls import press, typing

pytestmark = pytest.mark.usefixtures("acme")


# F9: drafted, call booked, sent minutes before, spoken, confirmed in writing

RUN = "acme-studio/money-conversation"
CALL_AT = "2026-11-26T16:00"


def drafted() -> None:
    good("start", "money-conversation", "acme", "--set", "matter=the quote for the shop")
    good("tick", RUN, "which-money", "--set", "money-kind=quote")
    facts = [f"--set={field}={each}" for field in ("gains", "facts") for each in ("one", "two", "three")]
    good("tick", RUN, "gains-facts", *facts)
    sums = ("the-sum=1200 EUR", "holds-until=2026-12-11", "our-floor=900 EUR")
    good("tick", RUN, "set-sum", *(f"--set={each}" for each in sums))


def booked() -> None:
    good("tick", RUN, "book-call", "--set", f"call-at={CALL_AT}", "--set", "call-form=video")
    good("tick", RUN, "both-shown", "--set", "skill-seen=The draft", "--set", "care-felt=The visit")


def passed_over() -> list[str]:
    """The reasons in the run's history."""
    rows = json.loads(good("history", RUN, "--json"))
    return [row["reason"] for row in rows if row["kind"] == "tick" and row["reason"]]


def test_f9_spoken_first_goes_from_drafted_to_confirmed_in_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    drafted()
    assert "Book the talk" in bad("tick", RUN, "send-recap", "--set", "answers=No questions are open.")
    booked()
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-26T15:50")  # ten minutes before
    good("tick", RUN, "send-document")
    assert "say the sum" in bad("tick", RUN, "send-recap", "--set", "answers=No questions are open.")
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-26T16:05")
    good("tick", RUN, "say-sum")
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-26T17:00")
    good("tick", RUN, "send-recap", "--set", "answers=No questions are open.")
    assert [e["values"] for e in ledger("--kind", "contact")] == [
        {"channel": channel, "direction": "out", "topic": "money"} for channel in ("email", "video", "email")
    ]  # fmt: skip
    assert passed_over() == []


def test_f9_spoken_first_asks_for_a_reason_without_a_booked_call_and_keeps_it() -> None:
    drafted()
    good("tick", RUN, "both-shown", "--set", "skill-seen=The draft", "--set", "care-felt=The visit")
    refused = call("tick", RUN, "send-document")
    assert (refused.code, "Book the talk" in refused.err, "--override" in refused.err) == (1, True, True)
    good("tick", RUN, "send-document", "--override", "Their tender closes at noon")
    assert passed_over() == ["Their tender closes at noon"]


@pytest.mark.parametrize(("now", "asks"), [
    ("2026-11-26T09:00", True), ("2026-11-26T15:44", True), ("2026-11-26T15:45", False), ("2026-11-26T15:58", False),
])  # fmt: skip
def test_f9_spoken_first_asks_for_a_reason_hours_before_and_keeps_it(
    now: str, asks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted()
    booked()
    monkeypatch.setenv("PLAYBOOK_NOW", now)
    assert (call("tick", RUN, "send-document").code == 1) == asks
    if asks:
        good("tick", RUN, "send-document", "--override", "They asked for it this morning")
        assert passed_over() == ["They asked for it this morning"]


QUOTE = """
title = "Quote"
topic = "money"
[[section]]
title = "All"
[[section.step]]
id = "book"
title = "Book the call"
field = [{ id = "call-at", label = "The call", kind = "datetime" }]
[[section.step]]
id = "send"
title = "Send the quote"
channel = "email"
[[section.step]]
id = "speak"
title = "Say the sum"
channel = "call"
"""


def test_f9_spoken_first_holds_for_playbooks_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of("quote", QUOTE)
    assert "--override" in bad("tick", run, "send")
    good("tick", run, "book", "--set", f"call-at={CALL_AT}")
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-26T14:59")
    assert "--override" in bad("tick", run, "send")
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-26T15:50")
    good("tick", run, "send")


def test_f9_spoken_first_is_said_of_a_contact_logged_by_hand() -> None:
    money = ("--set", "channel=email", "--set", "topic=money")
    assert "Money is spoken first" in call("log", "acme", "contact", "The quote", *money).err
    good("log", "acme", "contact", "The sum", "--set", "channel=call", "--set", "topic=money")
    assert "Money is spoken first" not in call("log", "acme", "contact", "The quote again", *money).err


async def test_f9_spoken_first_asks_in_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    drafted()
    booked()
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-26T09:00")
    async with app_at(RUN) as (app, pilot):
        at_row(app, "send-document")
        await press(pilot, "space")
        assert "Reason to go on" in seen(app)
        await press(pilot, *typing("They asked"), "enter")
    assert passed_over() == ["They asked"]


# F13


WORK = """
title = "Work"
[[section]]
title = "All"
[[section.step]]
id = "draw"
title = "Draw it"
[[section.step]]
id = "build"
title = "Build it"
[[section.step]]
id = "test"
title = "Test it"
[[section.step]]
id = "visit"
title = "Visit them"
channel = "in-person"
[[section.step]]
id = "listen"
title = "Listen"
side = "care"
[[section.step]]
id = "report"
title = "Send the report"
channel = "email"
side = "competence"
"""


def both() -> tuple[int, int]:
    return card()["care"], card()["competence"]


def test_f13_two_sided_balance_counts_steps_done_in_ninety_days(monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of("work", WORK)
    for step in ("draw", "visit", "listen", "report"):
        good("tick", run, step)
    # A visit is care unless it says otherwise, and so is what says so; the rest is competence.
    assert both() == (2, 2)
    assert "In 90 days: care 2, competence 2" in good("card", "acme")
    good("undo")
    assert both() == (2, 1)
    monkeypatch.setenv("PLAYBOOK_NOW", "2027-02-21T08:00")  # ninety days later
    assert both() == (2, 1)
    monkeypatch.setenv("PLAYBOOK_NOW", "2027-02-21T09:30")
    assert both() == (0, 0)


async def test_f13_two_sided_balance_has_a_bar_and_a_notice_when_one_side_is_empty() -> None:
    run = run_of("work", WORK)
    for step in ("draw", "build"):
        good("tick", run, step)
    assert "nothing for the person" not in good("card", "acme")
    good("tick", run, "test")
    assert "In 90 days: care 0, competence 3 · nothing for the person" in good("card", "acme")
    async with app_at("acme") as (app, _pilot):
        assert "nothing for the person" in seen(app)
        assert "▪" * 12 in seen(app)
    good("tick", run, "visit")
    assert "nothing for the person" not in good("card", "acme")
    async with app_at("acme") as (app, _pilot):
        assert "In 90 days: care 1, competence 3" in seen(app)
        assert "♥♥♥▪▪▪▪▪▪▪▪▪" in seen(app)


async def test_f13_two_sided_balance_is_a_soft_gate_before_money() -> None:
    work, quote = run_of("work", WORK), run_of("quote", QUOTE)
    for step in ("draw", "build", "test"):
        good("tick", work, step)
    refused = call("tick", quote, "speak")
    assert (refused.code, "--override" in refused.err) == (1, True)
    async with app_at(quote) as (app, pilot):
        at_row(app, "speak")
        await press(pilot, "space")
        assert "Reason to go on" in seen(app)
        await press(pilot, "escape")
    good("tick", work, "listen")
    good("tick", quote, "speak")


# F15


REPAIR = """
title = "Repair"
[[section]]
title = "All"
[[section.step]]
id = "offer"
title = "Make the offer"
logs = { kind = "note", text = "what", cost = "cost", approver = "agreed" }
field = [
  { id = "what", label = "What we give" },
  { id = "cost", label = "What it costs", kind = "money" },
  { id = "agreed", label = "Who agreed", kind = "person" },
]
"""


def give(text: str, cost: str, *more: str) -> tuple[str, ...]:
    return ("log", "acme", "note", text, "--set", f"cost={cost}", *more)


def test_f15_fairness_cap_names_the_limit_and_asks_who_lifts_it() -> None:
    good(*give("Before there was a cap", "50 EUR"))
    good("client", "set", "acme", "goodwill-cap=200 EUR")
    good(*give("A free hour", "150 EUR"))  # 200 EUR: the cap itself is not beyond it
    assert "That makes 200.01 EUR of goodwill, and the cap is 200 EUR." in bad(*give("A cent", "0.01 EUR"))
    good(*give("A cent", "0.01 EUR", "--set", "approver=Marta"))
    assert entry(3)["values"]["approver"] == "Marta"
    assert card()["goodwill"] == {"EUR": "200.01"}
    assert "Goodwill so far: 200.01 EUR · the cap is 200 EUR" in good("card", "acme")


def test_f15_fairness_cap_holds_when_an_entry_is_changed_and_when_a_step_logs_it() -> None:
    good("client", "set", "acme", "goodwill-cap=200 EUR")
    good(*give("A free hour", "150 EUR"))
    assert "That makes 201 EUR" in bad("amend", "acme#1", "cost=201 EUR")
    good("amend", "acme#1", "cost=201 EUR", "approver=Marta")
    run = run_of("repair", REPAIR)
    offer = ("tick", run, "offer", "--set", "what=A month free", "--set", "cost=30 EUR")
    assert "That makes 231 EUR" in bad(*offer)
    good(*offer, "--set", "agreed=Marta")
    assert card()["goodwill"] == {"EUR": "231.00"}


def test_f15_fairness_cap_is_an_amount() -> None:
    for wrong in ("much", "200", "nan EUR"):
        assert "does not fit" in bad("client", "set", "acme", f"goodwill-cap={wrong}")


async def test_f15_fairness_cap_in_the_app() -> None:
    good("client", "set", "acme", "goodwill-cap=200 EUR")
    async with app_at("acme") as (app, pilot):
        await press(pilot, "l", "n", *typing("A free day"), "enter", "enter", *typing("400 EUR"), "ctrl+s")
        assert "the cap is 200 EUR" in seen(app)
        await press(pilot, "enter", *typing("Marta"), "ctrl+s")
        assert "Goodwill so far: 400 EUR" in seen(app)
        assert "the cap is 200 EUR" in seen(app)
    assert entry(1)["values"]["approver"] == "Marta"
