"""The ledger from the command line: log, close, put off, change, show; the card, and the verdict."""

import json
from typing import Any

import pytest

from tests.cli.calling import bad, call, good

NOW = "2026-11-25T10:00"  # a Wednesday


@pytest.fixture(autouse=True)
def acme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_NOW", NOW)
    good("client", "add", "Acme", "Studio")


def ledger(*args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(good("ledger", "acme", *args, "--json"))
    return found


def lanes() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in json.loads(good("today", "--json")):
        found.setdefault(row["lane"], []).append(row.get("title") or row.get("client", {}).get("name", ""))
    return found


def test_a_contact_may_carry_the_next_word() -> None:
    out = good("log", "acme", "contact", "The wireframes", "--set", "channel=video", "--set", "topic=progress", "--next-word", "fri")  # fmt: skip
    assert out.split() == ["acme-studio#1", "acme-studio#2"]
    contact, word = ledger()
    assert (contact["kind"], contact["values"]) == ("contact", {"channel": "video", "topic": "progress"})
    assert (word["kind"], word["on"], word["text"], word["outcome"]) == ("next-word", "2026-11-27", "The wireframes", None)  # fmt: skip
    assert lanes() == {"week": ["The wireframes"]}


@pytest.mark.parametrize(("typed", "day"), [
    ("fri", "2026-11-27"), ("vie", "2026-11-27"), ("+2bd", "2026-11-27"), ("27/11", "2026-11-27"), ("2026-12-01", "2026-12-01"),
])  # fmt: skip
def test_days_are_read_as_people_write_them(typed: str, day: str) -> None:
    good("log", "acme", "next-word", "They hear", "--on", typed)
    assert ledger()[0]["on"] == day


def test_a_kind_may_be_shortened_and_a_wrong_one_is_answered_with_the_nearest() -> None:
    good("log", "acme", "pro", "Wireframes", "--set", "internal=wed")
    [promise] = ledger()
    assert (promise["kind"], promise["values"], promise["on"]) == (
        "promise",
        {"internal": "2026-12-02"},
        "2026-12-04",
    )
    assert "There are: contact, promise" in bad("log", "acme", "zzz", "x")
    assert "Did you mean promise?" in bad("log", "acme", "promiss", "x")
    assert "There is no client" in bad("log", "nobody", "note", "x")


def test_what_the_pm_should_know_is_said_and_the_entry_kept() -> None:
    done = call("log", "acme", "fact", "A knee operation", "--set", "category=health")
    assert (done.code, done.out) == (0, "acme-studio#1\n")
    assert "better not kept" in done.err
    assert (
        "no room for a surprise"
        in call("log", "acme", "promise", "x", "--set", "internal=fri", "--on", "fri").err
    )


def test_an_entry_is_closed_moved_and_opened_again() -> None:
    good("log", "acme", "promise", "Wireframes", "--set", "internal=fri")
    good("close", "acme#1", "--outcome", "moved", "--on", "4 dec", "--reason", "They are away")
    moved, new = ledger()
    assert (moved["outcome"], new["outcome"], new["on"]) == ("moved", None, "2026-12-04")
    assert "is not open" in bad("close", "acme#1")
    good("close", "acme-studio#2")
    assert ledger()[1]["outcome"] == "early"
    good("close", "acme#2", "--outcome", "open")
    assert ledger("--open") == [ledger()[1]]
    assert ledger()[1]["closed_at"] is None
    assert "is no entry" in bad("close", "acme")
    assert "There is no entry acme-studio#9" in bad("close", "acme#9")
    assert "They are away" in good("history", "acme")


def test_undo_takes_back_an_entry_and_a_closing() -> None:
    good("log", "acme", "concern", "Too slow?")
    good("close", "acme#1")
    good("undo")
    assert [entry["outcome"] for entry in ledger()] == [None]
    good("undo")
    assert ledger() == []
    good("redo")
    assert [entry["text"] for entry in ledger()] == ["Too slow?"]


def test_a_contact_makes_good_the_next_word_of_its_day() -> None:
    good("log", "acme", "next-word", "Call them", "--on", "today")
    good("log", "acme", "next-word", "Call again", "--on", "fri")
    good("log", "acme", "contact", "Rang", "--set", "channel=call")
    assert [entry["outcome"] for entry in ledger("--kind", "next-word")] == ["on-time", None]


def test_what_is_put_off_comes_back_on_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    good("log", "acme", "promise", "Wireframes", "--on", "fri")
    good("put-off", "acme#1", "mon", "--reason", "Waiting for the photos")
    assert lanes() == {"week": ["Wireframes"]}
    assert ledger()[0]["on"] == "2026-11-27"
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-28T10:00")
    assert lanes() == {"week": ["Wireframes"]}
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-12-01T10:00")
    assert lanes() == {"overdue": ["Wireframes"]}
    assert "is not a later day" in bad("put-off", "acme#1", "2026-12-01")


def test_an_entry_is_changed_by_name() -> None:
    good(
        "log", "acme", "gift", "A book", "--set", "value=30 EUR", "--set", "to=Luz", "--set", "rule=up to 50"
    )
    good("amend", "acme#1", "landed=She wrote at once", "sent=2026-11-24", "rule=")
    [gift] = ledger()
    assert gift["values"] == {
        "value": {"amount": "30.00", "currency": "EUR"}, "to": "Luz", "landed": "She wrote at once", "sent": "2026-11-24",
    }  # fmt: skip
    assert "says already" in bad("amend", "acme#1", "to=Luz")


def test_what_is_about_one_person_can_be_taken_out_alone() -> None:
    good(
        "log",
        "acme",
        "fact",
        "Her first child goes to college",
        "--set",
        "about=Luz",
        "--set",
        "follow-up=8 jan",
    )
    good("log", "acme", "fact", "Runs marathons", "--set", "about=Tom")
    good("log", "acme", "gift", "A book", "--set", "to=luz")
    found = json.loads(good("ledger", "acme", "--person", "Luz", "--json"))
    assert [entry["text"] for entry in found["entries"]] == ["Her first child goes to college", "A book"]


def test_status_asked_shows_its_figures() -> None:
    done = call("status-asked", "acme", "--missing", "The Friday mail", "--change", "A reminder")
    assert done.code == 0
    assert "Asked for the status 1 time in 90 days · 0 in the 90 days before" in done.err
    assert "Last logged Wed 25 Nov" in done.err
    assert ledger()[0]["values"] == {"missing": "The Friday mail", "change": "A reminder"}


def test_the_card_says_what_is_owed_and_never_a_score() -> None:
    good(
        "client", "set", "acme", "card=First-time buyer\nDislikes surprises", "owner=Ana", "temperature=warm"
    )
    good("log", "acme", "promise", "Wireframes", "--set", "internal=fri")
    good("log", "acme", "contact", "Kickoff", "--set", "channel=in-person", "--on", "2026-11-13")
    good("log", "acme", "concern", "Too slow?")
    assert good("card", "acme").splitlines()[:6] == [
        "Acme Studio  (acme-studio)", "  First-time buyer · Dislikes surprises", "  1 open promise (Tue 1 Dec) · 1 open concern",
        "  face 12 days ago · voice 12 days ago · no next word", "  you: warm · signals: cooling (concerns are open)",
        "  Owner: Ana",
    ]  # fmt: skip
    data = json.loads(good("card", "acme", "--json"))
    assert (data["last_face"], data["promises"], data["concerns"]) == (
        "2026-11-13",
        ["acme-studio#1"],
        ["acme-studio#3"],
    )
    assert (data["temperature"], data["own_reading"]) == ("cooling", "warm")


def test_the_goodwill_cap_asks_for_a_name() -> None:
    good("client", "set", "acme", "goodwill-cap=200 EUR")
    good("log", "acme", "note", "A free hour", "--set", "cost=150 EUR")
    assert "the cap is 200 EUR" in bad("log", "acme", "note", "Another", "--set", "cost=60 EUR")
    good("log", "acme", "note", "Another", "--set", "cost=60 EUR", "--set", "approver=Marta")
    assert "Goodwill so far: 210 EUR" in good("card", "acme")


@pytest.mark.parametrize(("args", "said"), [
    (("--takes-longer", "--check-in", "thu"), "It may wait until the check-in Thu 26 Nov."),
    (("--takes-longer", "--check-in", "fri"), "Tell them now."),
    (("--costs-more",), "Tell them now. No check-in is set."),
    (("--less-good", "--mendable"), "Try to mend it until 12:00, then tell them."),
    ((), "No bad news"),
])  # fmt: skip
def test_the_verdict_says_when_and_why(args: tuple[str, ...], said: str) -> None:
    assert good("verdict", *args).startswith(said)


def test_a_client_is_quiet_after_the_days_that_feel_long(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.cli.calling import gift

    gift("Bodega Luz")
    good("client", "set", "bodega", "feels-long-after=20")
    good("log", "bodega", "contact", "Rang", "--set", "channel=call", "--on", "2026-11-05")
    assert "quiet" not in lanes()
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-26T10:00")
    assert lanes()["quiet"] == ["Bodega Luz"]
    assert "Bodega Luz  no voice for 21 days" in good("today")
    good("log", "bodega", "contact", "Rang", "--set", "channel=video")
    assert "quiet" not in lanes()


def test_the_ledger_is_worked_out_anew_as_it_was() -> None:
    good("log", "acme", "contact", "Rang", "--next-word", "fri")
    good("log", "acme", "promise", "Wireframes", "--set", "internal=fri")
    good("put-off", "acme#3", "mon")
    good("close", "acme#2", "--outcome", "moved", "--on", "4 dec")
    before, today = ledger(), lanes()
    good("doctor", "--rebuild")
    assert (ledger(), lanes()) == (before, today)
    assert call("doctor").code == 0


def test_a_reminder_is_silent_when_nothing_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    good("log", "acme", "promise", "Wireframes", "--on", "fri")
    assert call("remind") == (0, "", "")
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-27T08:00")
    assert "promise: Wireframes" in good("remind")
    assert good("remind").startswith("Today")
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-30T08:00")
    assert good("remind").startswith("Overdue")


def test_a_value_that_does_not_fit_is_named_as_it_was_typed() -> None:
    assert bad("log", "acme", "promise", "x", "--set", "internal=someday").startswith(
        "internal: “someday” is not a day."
    )
    assert bad("log", "acme", "contact", "x", "--set", "channel=pigeon").startswith(
        "channel: “pigeon” is not one of"
    )
    assert bad("log", "acme", "gift", "x", "--set", "value=much").startswith(
        "value: “much” is not an amount."
    )


def test_what_is_kept_for_the_check_in_is_put_to_the_bad_news_test() -> None:
    assert (
        "Tell them now. No check-in is set."
        in call("log", "acme", "batch", "The photos", "--set", "worse=time").err
    )
    said = call(
        "log", "acme", "batch", "The photos", "--set", "worse=time", "--set", "worse=cost", "--on", "thu"
    ).err
    assert "It may wait until the check-in Thu 26 Nov." in said
    assert call("log", "acme", "batch", "The colours").err == "for the next check-in: The colours\n"
