"""F1, F2, F3 and F6: the contact log, who was seen and heard when, the mix of channels, the next word."""

import pytest

from tests.cli.calling import call, good
from tests.features.home import app_at, at_row, card, entry, lanes, ledger, run_of, seen
from tests.screens.calls import press, typing

pytestmark = pytest.mark.usefixtures("acme")

TALK = """
title = "Talk"
topic = "progress"
[[section]]
title = "All"
[[section.step]]
id = "ring"
title = "Ring them"
channel = "call"
[[section.step]]
id = "recap"
title = "Send the recap"
message = { to = "{{ contact.email }}", subject = "Recap", body = "Hello" }
[[section.step]]
id = "file"
title = "File it"
"""


# F1


@pytest.mark.parametrize("channel", ["in-person", "video", "call", "email", "chat"])
def test_f1_contact_log_keeps_day_channel_direction_topic_and_one_line(channel: str) -> None:
    said = ("--set", f"channel={channel}", "--set", "direction=in", "--set", "topic=money")
    good("log", "acme", "contact", "They rang\nabout the invoice", *said, "--on", "2026-11-20")
    [found] = ledger()
    assert (found["kind"], found["on"], found["text"]) == (
        "contact", "2026-11-20", "They rang about the invoice",
    )  # fmt: skip
    assert found["values"] == {"channel": channel, "direction": "in", "topic": "money"}


@pytest.mark.parametrize("topic", ["progress", "problem", "money", "no-agenda", "personal"])
def test_f1_contact_log_knows_five_topics(topic: str) -> None:
    good("log", "acme", "contact", "Rang", "--set", f"topic={topic}")
    assert ledger()[0]["values"]["topic"] == topic


def test_f1_contact_log_is_written_by_call_and_draft_steps_when_ticked() -> None:
    run = run_of("talk", TALK)
    for step in ("ring", "recap", "file"):
        good("tick", run, step)
    assert [(e["text"], e["values"]) for e in ledger()] == [
        ("Ring them", {"channel": "call", "direction": "out", "topic": "progress"}),
        ("Send the recap", {"channel": "email", "direction": "out", "topic": "progress"}),
    ]


def test_f1_contact_log_asks_for_nothing_twice() -> None:
    """What was said when is typed once: the next word has the contact's words, and every «last» follows."""
    good("log", "acme", "next-word", "The draft", "--on", "today")
    good("log", "acme", "contact", "The wireframes", "--set", "channel=video", "--next-word", "fri")
    assert [(e["kind"], e["text"], e["outcome"]) for e in ledger()] == [
        ("next-word", "The draft", "on-time"), ("contact", "The wireframes", None), ("next-word", "The wireframes", None),
    ]  # fmt: skip
    assert (card()["last_voice"], card()["last_face"], card()["logged_last"]) == (
        "2026-11-23", None, "2026-11-23",
    )  # fmt: skip
    assert "last-voice" in call("client", "set", "acme", "last-voice=2026-11-01").err
    good("amend", "acme#2", "channel=in-person", "on=2026-11-20")
    assert (card()["last_voice"], card()["last_face"]) == ("2026-11-20", "2026-11-20")


async def test_f1_contact_log_in_the_app() -> None:
    async with app_at("acme") as (app, pilot):
        await press(pilot, "l", "c", *typing("They came by"), "enter", "enter", "3", "enter", "2", "enter", "1", "enter", *typing("20 nov"), "ctrl+s")  # fmt: skip
        assert "contact: They came by" in seen(app)
    [found] = ledger()
    assert (found["text"], found["on"]) == ("They came by", "2026-11-20")
    assert found["values"] == {"channel": "in-person", "direction": "in", "topic": "progress"}


# F2


def talks(*days_and_channels: tuple[str, str]) -> None:
    for day, channel in days_and_channels:
        good("log", "acme", "contact", "Talk", "--set", f"channel={channel}", "--on", day)


def test_f2_last_face_and_last_voice_follow_from_the_contacts() -> None:
    assert (card()["last_face"], card()["last_voice"]) == (None, None)
    talks(
        ("2026-11-02", "in-person"), ("2026-11-05", "call"), ("2026-11-12", "video"), ("2026-11-18", "email")
    )
    assert (card()["last_face"], card()["last_voice"]) == ("2026-11-02", "2026-11-12")
    assert "face 21 days ago · voice 11 days ago" in good("card", "acme")


def test_f2_feels_long_after_starts_empty_and_is_learned_from_three_gaps() -> None:
    talks(("2026-11-02", "in-person"), ("2026-11-05", "call"), ("2026-11-12", "video"))
    assert (card()["feels_long_after"], card()["feels_long_learned"]) == (None, False)
    talks(("2026-11-20", "call"))  # gaps of 3, 7 and 8 days
    assert (card()["feels_long_after"], card()["feels_long_learned"]) == (7, True)
    assert "Feels long after 7 days · learned from your own gaps" in good("card", "acme")


async def test_f2_what_the_pm_feels_outranks_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    talks(
        ("2026-11-02", "in-person"), ("2026-11-05", "call"), ("2026-11-12", "video"), ("2026-11-20", "call")
    )
    good("client", "set", "acme", "feels-long-after=30")
    assert (card()["feels_long_after"], card()["feels_long_learned"]) == (30, False)
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-12-21T09:00")
    assert card()["quiet_for"] == 31
    async with app_at("acme") as (app, _pilot):
        assert "face 49 days ago · voice 31 days ago" in seen(app)
        assert "Feels long after 30 days" in seen(app)
        assert "as you said" in seen(app)


# F3


def test_f3_channel_mix_says_when_five_of_ours_were_all_written() -> None:
    talks(*[(f"2026-11-{day}", "email") for day in ("09", "10", "11", "12")])
    assert card()["mix"] is None
    good(
        "log",
        "acme",
        "contact",
        "They rang",
        "--set",
        "channel=call",
        "--set",
        "direction=in",
        "--on",
        "2026-11-12",
    )
    talks(("2026-11-13", "chat"))
    assert card()["mix"] == "written"
    assert "Our last five contacts were all in writing." in good("card", "acme")
    talks(("2026-11-16", "call"))
    assert card()["mix"] is None


def test_f3_channel_mix_does_not_guess_how_a_contact_was() -> None:
    for day in ("09", "10", "11", "12", "13"):
        good("log", "acme", "contact", "Something", "--on", f"2026-11-{day}")
    assert card()["mix"] is None


def test_f3_channel_mix_says_when_five_of_ours_were_all_trouble() -> None:
    for number, topic in enumerate(("problem", "money", "money", "problem", "problem"), 9):
        talk = ("--set", "channel=call", "--set", f"topic={topic}", "--on", f"2026-11-{number:02}")
        good("log", "acme", "contact", "Talk", *talk)
    assert card()["mix"] == "trouble"
    assert "Our last five contacts were all about a problem or money." in good("card", "acme")


async def test_f3_channel_mix_is_a_notice_and_never_a_block() -> None:
    talks(*[(f"2026-11-{day}", "email") for day in ("09", "10", "11", "12", "13")])
    assert call("log", "acme", "contact", "One more", "--set", "channel=email").code == 0
    async with app_at("acme") as (app, pilot):
        assert "Our last five contacts were all in writing." in seen(app)
        await press(pilot, "l", "c", *typing("And one more"), "enter", "enter", "4", "ctrl+s")
    assert len(ledger()) == 7


# F6


def test_f6_next_word_may_be_given_with_each_contact() -> None:
    good("log", "acme", "contact", "The wireframes", "--set", "channel=call", "--next-word", "fri")
    good("log", "acme", "next-word", "The price", "--on", "mon", "--set", "by=call")
    assert [(e["kind"], e["on"], e["values"]) for e in ledger("--kind", "next-word")] == [
        ("next-word", "2026-11-27", {}), ("next-word", "2026-11-30", {"by": "call"}),
    ]  # fmt: skip


async def test_f6_next_word_missing_for_an_active_client_is_a_warning() -> None:
    assert "no next word" not in good("client", "list")
    assert "! no next word" not in good("card", "acme")
    run = run_of("talk", TALK)
    good("tick", run, "ring")
    assert "! no next word" in good("client", "list")
    assert "! no next word" in good("card", "acme")
    async with app_at(run) as (app, pilot):
        assert "! no next word" in seen(app)
        await press(pilot, "2")
        assert "! no next word" in seen(app)
        await press(pilot, "l", "w", *typing("The draft"), "enter", *"fri", "ctrl+s")
        assert "no next word" not in seen(app)
    assert "no next word" not in good("client", "list")
    assert "next word Fri 27 Nov" in good("card", "acme")


async def test_f6_next_word_that_passed_is_overdue(monkeypatch: pytest.MonkeyPatch) -> None:
    good("log", "acme", "next-word", "The draft", "--on", "fri")
    assert lanes() == {"week": ["The draft"]}
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-30T09:00")
    assert lanes() == {"overdue": ["The draft"]}
    async with app_at() as (app, pilot):
        assert "1 overdue" in seen(app)
        assert "next word: The draft" in seen(app)
        at_row(app, app.screen.rows.key)  # type: ignore[attr-defined]
        await press(pilot, "space", "4", "ctrl+s")  # past its day nothing is proposed
    assert entry(1)["outcome"] == "missed"
