"""F4, F5, F7 and F8: promises with two days, the status that nobody should ask for, the batch, and bad news."""

import pytest

from tests.cli.calling import bad, call, good
from tests.features.home import app_at, at_row, card, entry, lanes, ledger, seen
from tests.screens.calls import press, told, typing

pytestmark = pytest.mark.usefixtures("acme")

THURSDAY, FRIDAY = "2026-11-26T10:00", "2026-11-27T10:00"


# F4


@pytest.mark.parametrize(("ready", "said"), [
    ("2026-11-25", "2026-11-27"),  # Wednesday: Friday
    ("2026-11-26", "2026-11-30"),  # Thursday: Monday
    ("2026-11-27", "2026-12-01"),  # Friday: Tuesday
])  # fmt: skip
def test_f4_promise_is_said_two_working_days_after_it_is_meant(ready: str, said: str) -> None:
    good("log", "acme", "promise", "Wireframes", "--set", f"internal={ready}")
    assert (entry(1)["values"]["internal"], entry(1)["on"]) == (ready, said)


def test_f4_promise_keeps_what_to_whom_both_days_and_how_it_was_said() -> None:
    values = ("--set", "internal=wed", "--set", "to=Luz", "--set", "channel=call")
    good("log", "acme", "promise", "Wireframes", *values, "--on", "mon")
    found = entry(1)
    assert (found["text"], found["on"], found["outcome"]) == ("Wireframes", "2026-11-30", None)
    assert found["values"] == {"internal": "2026-11-25", "to": "Luz", "channel": "call"}


@pytest.mark.parametrize(
    ("on", "is_tight"), [("2026-11-26", True), ("2026-11-27", True), ("2026-11-30", False)]
)
def test_f4_promise_for_no_later_than_it_is_meant_is_warned_of(on: str, is_tight: bool) -> None:
    done = call("log", "acme", "promise", "Wireframes", "--set", "internal=2026-11-27", "--on", on)
    assert (done.code, "no room for a surprise" in done.err) == (0, is_tight)
    good("log", "acme", "promise", "Texts", "--set", "internal=2026-11-25", "--on", "2026-12-04")
    assert (
        "no room for a surprise" in call("amend", "acme#2", f"on={on}", "internal=2026-11-27").err
    ) == is_tight


@pytest.mark.parametrize(("now", "outcome"), [
    (THURSDAY, "early"), (FRIDAY, "on-time"), ("2026-11-30T10:00", ""),
])  # fmt: skip
def test_f4_promise_ends_as_the_dates_say(now: str, outcome: str, monkeypatch: pytest.MonkeyPatch) -> None:
    good("log", "acme", "promise", "Wireframes", "--set", "internal=wed")  # they were told Friday
    monkeypatch.setenv("PLAYBOOK_NOW", now)
    if outcome:
        good("close", "acme#1")
    else:  # past its day nothing is guessed
        assert "do not say how “Wireframes” ended" in bad("close", "acme#1")
        good("close", "acme#1", "--outcome", "missed")
    assert entry(1)["outcome"] == (outcome or "missed")


def test_f4_promise_may_be_moved_with_notice() -> None:
    good("log", "acme", "promise", "Wireframes", "--set", "internal=wed")
    good("close", "acme#1", "--outcome", "moved", "--on", "4 dec")
    assert [(e["outcome"], e["on"]) for e in ledger()] == [("moved", "2026-11-27"), (None, "2026-12-04")]
    assert "kept" in bad("close", "acme#2", "--outcome", "kept")


async def test_f4_promise_is_at_risk_when_its_own_day_passes_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    good("log", "acme", "promise", "Wireframes", "--set", "internal=wed")
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-25T18:00")
    assert card()["at_risk"] == []
    async with app_at() as (app, _pilot):
        assert "at risk" not in seen(app)
    monkeypatch.setenv("PLAYBOOK_NOW", THURSDAY)
    assert card()["at_risk"] == ["acme-studio#1"]
    assert "1 open promise (Fri 27 Nov) · 1 at risk" in good("card", "acme")
    assert lanes() == {"overdue": ["Wireframes"]}
    async with app_at() as (app, pilot):
        assert "1 promise at risk" in seen(app)
        assert "promise: Wireframes (told them Fri 27 Nov)" in seen(app)
        await press(pilot, "space", "ctrl+s")
    assert entry(1)["outcome"] == "early"
    assert card()["at_risk"] == []


async def test_f4_promise_in_the_app_warns_once_and_is_changed_there() -> None:
    async with app_at("acme") as (app, pilot):
        await press(pilot, "l", "p", *typing("Wireframes"), "enter", *"fri", "enter", *"fri", "ctrl+s")
        assert "no room for a surprise" in seen(app)
        await press(pilot, "escape", "l", "p", *typing("Wireframes"), "enter", *"wed", "ctrl+s")
        assert "promise: Wireframes (told them Fri 27 Nov)" in seen(app)
        at_row(app, "entry 1")
        await press(pilot, "e", *typing("Luz"), "ctrl+s")
        assert "Changed." in told(app)
    assert (entry(1)["on"], entry(1)["values"]) == ("2026-11-27", {"internal": "2026-11-25", "to": "Luz"})


# F5


def test_f5_status_asked_counts_per_ninety_days_with_its_trend(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (card()["status_asked"], card()["status_asked_last"]) == (0, None)
    # Ninety days before Monday 23 November is 25 August: that day is out of the count, and the next one in it.
    for day in ("2026-05-27", "2026-05-28", "2026-08-25", "2026-08-26", "2026-11-02"):
        good("log", "acme", "status-asked", "--on", day)
    assert (card()["status_asked"], card()["status_asked_before"]) == (2, 2)
    assert card()["status_asked_last"] == "2026-11-02"
    shown = call("status-asked", "acme", "Where is it?").err
    assert "Asked for the status 3 times in 90 days · 2 in the 90 days before" in shown
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-30T09:00")
    assert "7 days since they last asked" in good("card", "acme")


async def test_f5_status_asked_takes_one_key_and_asks_what_was_missing_and_what_changes() -> None:
    async with app_at("acme") as (app, pilot):
        await press(pilot, "l", "s")
        assert "Which word of ours was missing" in seen(app)
        assert "What changes" in seen(app)
        await press(pilot, "enter", *typing("The Friday mail"), "enter", *typing("A reminder"), "ctrl+s")
        assert "Logged. Asked for the status 1 time in 90 days · 0 in the 90 days before" in told(app)
        assert "Asked for the status 1 time in 90 days" in seen(app)
        assert "0 days since they last asked" in seen(app)
    assert entry(1)["values"] == {"missing": "The Friday mail", "change": "A reminder"}


# F7


def test_f7_batch_list_keeps_owner_and_date_until_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    good("log", "acme", "batch", "The photos", "--owner", "client", "--on", "fri")
    good("log", "acme", "batch", "The colours", "--on", "fri")
    found = [(e["text"], e["owner"], e["on"]) for e in ledger("--open")]
    assert found == [("The photos", "client", "2026-11-27"), ("The colours", "us", "2026-11-27")]
    assert card()["batch"] == ["acme-studio#1", "acme-studio#2"]
    monkeypatch.setenv("PLAYBOOK_NOW", FRIDAY)
    assert lanes() == {"today": ["The photos", "The colours"]}
    good("close", "acme#1")
    assert entry(1)["outcome"] == "told"
    assert card()["batch"] == ["acme-studio#2"]


def test_f7_batch_list_is_put_to_the_bad_news_test_when_something_is_added() -> None:
    assert "Tell them now. The next check-in is Fri 27 Nov" in call("log", "acme", "batch", "The photos", "--set", "worse=time", "--on", "fri").err  # fmt: skip
    assert "It may wait until the check-in Tue 24 Nov." in call("log", "acme", "batch", "The bill", "--set", "worse=cost", "--on", "tue").err  # fmt: skip
    assert "Tell them" not in call("log", "acme", "batch", "The colours", "--on", "fri").err


async def test_f7_batch_list_in_the_app() -> None:
    async with app_at("acme") as (app, pilot):
        await press(
            pilot,
            "l",
            "b",
            *typing("The photos"),
            "enter",
            *"fri",
            "enter",
            "2",
            "enter",
            "enter",
            "2",
            "ctrl+s",
        )
        assert "Tell them now." in seen(app)
        await press(pilot, "ctrl+s")
        assert "for the next check-in: The photos" in seen(app)
        at_row(app, "entry 1")
        await press(pilot, "c", "ctrl+s")
    assert (entry(1)["on"], entry(1)["owner"], entry(1)["outcome"]) == ("2026-11-27", "client", "told")


# F8


@pytest.mark.parametrize("box", ["--costs-more", "--takes-longer", "--less-good"])
@pytest.mark.parametrize(("now", "check_in", "said"), [
    ("2026-11-23T09:00", "tue", "It may wait until the check-in Tue 24 Nov. The next check-in is tomorrow."),
    ("2026-11-23T09:00", "wed", "Tell them now. The next check-in is Wed 25 Nov, and only tomorrow is soon enough."),
    ("2026-11-27T09:00", "mon", "Tell them now. The next check-in is Mon 30 Nov, and only tomorrow is soon enough."),
    ("2026-11-23T09:00", "", "Tell them now. No check-in is set."),
])  # fmt: skip
def test_f8_bad_news_verdict_says_when_and_why(
    box: str, now: str, check_in: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYBOOK_NOW", now)
    assert good("verdict", box, *(("--check-in", check_in) if check_in else ())).strip() == said


@pytest.mark.parametrize(("now", "ends"), [("2026-11-23T09:00", "11:00"), ("2026-11-23T17:10", "18:00")])
def test_f8_bad_news_verdict_may_be_a_time_box(now: str, ends: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_NOW", now)
    assert good("verdict", "--less-good", "--mendable").startswith(
        f"Try to mend it until {ends}, then tell them."
    )


def test_f8_bad_news_verdict_knows_the_check_in_of_the_client() -> None:
    good("log", "acme", "batch", "The colours", "--on", "tue")
    assert good("verdict", "--takes-longer", "--client", "acme").startswith(
        "It may wait until the check-in Tue 24 Nov."
    )
    assert good("verdict").startswith("No bad news")


async def test_f8_bad_news_verdict_in_the_app() -> None:
    item = ("l", "b", *typing("The bill"), "enter", *"tue", "enter", "1")
    async with app_at("acme") as (app, pilot):
        await press(pilot, *item, "ctrl+s")
        assert "It may wait until the check-in Tue 24 Nov. The next check-in is tomorrow." in seen(app)
        await press(pilot, "escape", *item, "enter", "2", "ctrl+s")  # it may still be put right
        assert "Try to mend it until 11:00, then tell them." in seen(app)
        await press(pilot, "escape", "l", "plus")
        assert "Bad news" in seen(app)
    mendable = ("--set", "worse=cost", "--set", "mendable=yes", "--on", "fri")
    assert "Try to mend it until 11:00" in call("log", "acme", "batch", "The bill", *mendable).err
