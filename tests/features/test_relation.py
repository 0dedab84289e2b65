"""F11, F12, F17 and F21: expectations, concerns, what is set for one client, and how warm the relation is."""

import json

import pytest

from tests.cli.calling import bad, call, good
from tests.features.home import app_at, at_question, at_row, card, entry, lanes, ledger, run_of, seen
from tests.screens.calls import press, typing

pytestmark = pytest.mark.usefixtures("acme")


# F11


@pytest.mark.parametrize("area", ["result", "quality", "date", "cost", "contact", "their-effort"])
def test_f11_expectation_register_keeps_their_words_and_our_limit(area: str) -> None:
    good(
        "log",
        "acme",
        "expectation",
        "Like the big ones",
        "--set",
        f"area={area}",
        "--set",
        "limit=One round",
        "--on",
        "2026-11-20",
    )
    found = entry(1)
    assert (found["text"], found["on"]) == ("Like the big ones", "2026-11-20")
    assert found["values"] == {"area": area, "limit": "One round"}


def test_f11_expectation_register_says_at_each_phase_whether_it_was_met() -> None:
    good("log", "acme", "expectation", "Done by Easter", "--set", "area=date")
    assert [e["id"] for e in ledger("--kind", "expectation", "--open")] == ["acme-studio#1"]
    for outcome in ("partly", "not-met", "met"):  # one phase after the other
        good("close", "acme#1", "--outcome", outcome, "--reason", f"Phase ends {outcome}")
        assert entry(1)["outcome"] == outcome
        good("close", "acme#1", "--outcome", "open")
    rows = json.loads(good("history", "acme", "--json"))
    assert [row["new"] for row in rows if row["kind"] == "close" and row["new"] != "open"] == [
        "partly", "not-met", "met",
    ]  # fmt: skip
    assert "met" in bad("close", "acme#1", "--outcome", "on-time")


async def test_f11_expectation_register_in_the_app() -> None:
    async with app_at("acme") as (app, pilot):
        await press(pilot, "l", "e", *typing("Done by Easter"), "enter", "3", "enter", *typing("Not before May"), "enter", *typing("20 nov"), "ctrl+s")  # fmt: skip
        assert "expectation: Done by Easter" in seen(app)
        at_row(app, "entry 1")
        await press(pilot, "c", "2", "ctrl+s")
    found = entry(1)
    assert (found["on"], found["values"], found["outcome"]) == (
        "2026-11-20", {"area": "date", "limit": "Not before May"}, "partly",
    )  # fmt: skip


# F12


@pytest.mark.parametrize(("now", "answer"), [
    ("2026-11-23T09:00", "2026-11-25"), ("2026-11-26T09:00", "2026-11-30"), ("2026-11-27T09:00", "2026-12-01"),
])  # fmt: skip
def test_f12_concern_is_answered_in_two_working_days(
    now: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYBOOK_NOW", now)
    good("log", "acme", "concern", "Is it safe?", "--set", "by=Luz")
    assert (entry(1)["at"][:10], entry(1)["values"]) == (now[:10], {"by": "Luz", "answer": answer})
    good("log", "acme", "concern", "And fast?", "--set", "answer=2026-12-18")
    assert entry(2)["values"]["answer"] == "2026-12-18"


async def test_f12_concern_that_waits_too_long_raises_an_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    good("log", "acme", "concern", "Is it safe?")
    assert (lanes(), card()["signals"]) == ({"week": ["Is it safe?"]}, ["open-concerns"])
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-28T09:00")
    assert lanes() == {"overdue": ["Is it safe?"]}
    assert card()["signals"] == ["late-answer", "open-concerns"]
    assert "a concern waits too long for its answer" in good("card", "acme")
    async with app_at() as (app, _pilot):
        assert "1 overdue" in seen(app)
        assert "3 days" in seen(app)
        assert "concern: Is it safe?" in seen(app)


async def test_f12_concern_is_closed_only_when_the_client_confirmed() -> None:
    good("log", "acme", "concern", "Is it safe?")
    for outcome in ("early", "on-time", "met", "told", "answered"):
        assert bad("close", "acme#1", "--outcome", outcome)
    async with app_at("acme") as (app, pilot):
        await press(pilot, "l", "o", *typing("Is it fast?"), "ctrl+s")
        at_row(app, "entry 2")
        await press(pilot, "c", "ctrl+s")
    assert [e["outcome"] for e in ledger()] == [None, "confirmed"]
    good("close", "acme#1", "--outcome", "confirmed")
    assert card()["concerns"] == []


# F17


TAILORED = """
title = "Tailored"
[[section]]
title = "All"
[[section.step]]
id = "weekly"
title = "The weekly call"
when = { client = "status-rhythm", is = "weekly" }
[[section.step]]
id = "mail"
title = "The monthly mail"
when = { client = "status-rhythm", is_not = "weekly" }
[[section.step]]
id = "visit"
title = "Drop by"
skip = "free"
"""


def test_f17_per_client_tailoring_shows_what_holds_until_something_is_said() -> None:
    shown = good("client", "show", "acme")
    for said in ("learned from your own gaps", "2 working days", "as each playbook has it", "no cap"):
        assert f"not said: {said}" in shown
    good(
        "client",
        "set",
        "acme",
        "feels-long-after=10",
        "promise-buffer=4",
        "status-rhythm=weekly",
        "goodwill-cap=500 EUR",
    )
    assert "not said" not in good("client", "show", "acme")
    good("client", "set", "acme", "promise-buffer=")
    assert "not said: 2 working days" in good("client", "show", "acme")


def test_f17_per_client_tailoring_sets_the_buffer_of_this_client_alone() -> None:
    good("client", "add", "Bodega")
    good("client", "set", "acme", "promise-buffer=4")
    for client in ("acme", "bodega"):
        good("log", client, "promise", "Wireframes", "--set", "internal=wed")
    assert (entry(1)["on"], ledger(client="bodega")[0]["on"]) == ("2026-12-01", "2026-11-27")


def test_f17_per_client_tailoring_refuses_what_cannot_be_meant() -> None:
    for wrong in ("feels-long-after=soon", "promise-buffer=a lot", "goodwill-cap=some"):
        assert "does not fit" in bad("client", "set", "acme", wrong)


async def test_f17_per_client_tailoring_in_the_app() -> None:
    async with app_at("acme") as (app, pilot):
        await press(pilot, "e")
        assert "not said: 2 working days" in seen(app)
        at_question(app, "feels-long-after")
        await press(pilot, *"10", "tab", *"4", "tab", "1", "tab", *typing("500 EUR"), "ctrl+s")
    assert json.loads(good("client", "show", "acme", "--json"))["saved"] == {
        "feels-long-after": "10", "promise-buffer": "4", "status-rhythm": "weekly", "goodwill-cap": "500 EUR",
    }  # fmt: skip


async def test_f17_per_client_tailoring_reaches_the_steps() -> None:
    good("client", "set", "acme", "status-rhythm=weekly")
    run = run_of("tailored", TAILORED)
    async with app_at(run) as (app, pilot):
        assert ("The weekly call" in seen(app), "The monthly mail" in seen(app)) == (True, False)
        at_row(app, "visit")
        await press(pilot, "s", "ctrl+s")  # optional: no reason is asked for
    good("tick", run, "weekly")
    good("client", "set", "acme", "status-rhythm=")
    assert "The monthly mail" in good("show", run)


# F21


def warmth() -> tuple[str, list[str]]:
    return card()["temperature"], card()["signals"]


def test_f21_temperature_is_proposed_from_six_signals_each_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    good("client", "set", "acme", "feels-long-after=10")
    assert warmth() == ("warm", [])
    good("log", "acme", "status-asked")
    assert warmth() == ("cooling", ["status-asked"])
    good("log", "acme", "concern", "Is it safe?")
    assert warmth() == ("cooling", ["status-asked", "open-concerns"])
    good("log", "acme", "promise", "Their photos", "--owner", "client", "--on", "wed")
    good("log", "acme", "promise", "Wireframes", "--on", "wed")
    good("log", "acme", "contact", "Rang", "--set", "channel=call")
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-12-04T09:00")
    good("close", "acme#4", "--outcome", "missed")
    six = ["status-asked", "missed-promise", "late-answer", "slow-replies", "unseen", "open-concerns"]
    assert warmth() == ("cold", six)
    assert (
        "signals: cold (they asked for the status, we missed a promise, a concern waits too long for its answer, "
        "they are late with what they promised, they have not heard us for too long, concerns are open)"
    ) in good("card", "acme")


def test_f21_temperature_is_cold_from_three_signals_on() -> None:
    good("log", "acme", "status-asked")
    good("log", "acme", "concern", "Is it safe?")
    good("log", "acme", "promise", "Their photos", "--owner", "client", "--on", "2026-11-20")
    assert warmth() == ("cold", ["status-asked", "slow-replies", "open-concerns"])


async def test_f21_temperature_of_the_pm_stands_beside_it() -> None:
    good("log", "acme", "status-asked")
    async with app_at("acme") as (app, pilot):
        assert "signals: cooling (they asked for the status)" in seen(app)
        await press(pilot, "e")
        at_question(app, "temperature")
        await press(pilot, "1", "ctrl+s")
        assert "you: warm · signals: cooling (they asked for the status)" in seen(app)
    assert (card()["own_reading"], card()["temperature"]) == ("warm", "cooling")
    assert call("client", "set", "acme", "temperature=cold").code == 0
    assert "you: cold · signals: cooling" in good("card", "acme")
