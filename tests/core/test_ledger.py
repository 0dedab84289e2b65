from typing import Any

import pytest

from playbook.core.client import Entry
from playbook.core.ledger import entries_for, entries_later
from playbook.core.playbook import Log
from tests.builders import NOON, make_field, make_playbook, make_step

FIELDS = (
    make_field("word"), make_field("day", "date"), make_field("points", "list"), make_field("limits", "list", choices=["told", "read-back"]),
    make_field("cap", "money"), make_field("agreed", "yes-no"), make_field("to"), make_field("count", "number"),
)  # fmt: skip


def logged(
    *logs: Log, channel: str = "", answers: dict[str, Any] | None = None, **given: Any
) -> list[dict[str, Any]]:
    step = make_step("tell-them", *FIELDS, logs=logs, **given)
    return entries_for(step, make_playbook(step, topic="progress"), (answers or {}).get, channel, NOON)


def test_a_step_without_channel_or_logs_logs_nothing() -> None:
    assert logged() == []


def test_a_contact() -> None:
    values = {"channel": "call", "direction": "out", "topic": "progress"}
    assert logged(channel="call") == [
        {"kind": "contact", "on": NOON, "text": "Tell them", "owner": "us", "values": values}
    ]
    assert logged(channel="call", topic="money")[0]["values"]["topic"] == "money"


def test_a_text_or_the_answer_to_a_field() -> None:
    assert logged(Log(kind="note", text="Said by phone"))[0]["text"] == "Said by phone"
    assert logged(Log(kind="promise", text="word"), answers={"word": "Wireframes"})[0]["text"] == "Wireframes"
    assert logged(Log(kind="note"))[0]["text"] == "Tell them"


@pytest.mark.parametrize(
    ("field", "answer", "text"),
    [
        ("count", 0, "0"), ("agreed", False, "no"), ("agreed", True, "yes"), ("points", ["a", "b"], "a; b"),
        ("cap", {"amount": "50.00", "currency": "EUR"}, "50.00 EUR"), ("limits", [{"text": "x", "choice": "told"}], "x"),
    ],
)  # fmt: skip
def test_any_kind_of_answer_is_written_as_text(field: str, answer: Any, text: str) -> None:
    assert logged(Log(kind="note", text=field), answers={field: answer})[0]["text"] == text


def test_values_are_fields_or_texts_and_the_unknown_are_left_out() -> None:
    log = Log(
        kind="promise", text="word", values={"on": "day", "owner": "client", "to": "to", "how": "by hand"}
    )
    answers = {"word": "Texts", "day": "2026-12-01"}
    assert logged(log, answers=answers) == [
        {
            "kind": "promise",
            "on": "2026-12-01",
            "text": "Texts",
            "owner": "client",
            "values": {"how": "by hand"},
        }
    ]
    assert logged(log, answers={"word": "Texts"})[0]["on"] == NOON


# Nothing to say, nothing logged.


@pytest.mark.parametrize("empty", [None, "", []])
def test_nothing_to_say_nothing_logged(empty: Any) -> None:
    assert logged(Log(kind="promise", text="word"), answers={"word": empty}) == []
    assert (
        logged(
            Log(kind="promise", text="word", values={"on": "day"}),
            answers={"day": "2026-12-01", "word": empty},
        )
        == []
    )
    assert (
        logged(Log(kind="next-word", text="They hear from us", values={"on": "day"}), answers={"day": empty})
        == []
    )
    assert logged(Log(kind="expectation", each="points"), answers={"points": empty}) == []


def test_several_logs_each_for_itself() -> None:
    logs = (
        Log(kind="promise", text="word"),
        Log(kind="note", text="to"),
        Log(kind="expectation", each="points"),
    )
    entries = logged(*logs, channel="video", answers={"to": "Eva", "points": ["a"]})
    assert [e["kind"] for e in entries] == ["contact", "note", "expectation"]


# One a line.


def test_each_line_is_an_entry_and_a_date_at_its_end_is_its_day() -> None:
    points = ["Send the texts 2026-12-01", "Logo as vector", "2026-12-24", "By 2026-12-01 or later"]
    entries = logged(
        Log(kind="expectation", each="points", values={"on": "day", "area": "scope"}),
        answers={"points": points, "day": "2026-11-30"},
    )
    assert [(e["text"], e["on"]) for e in entries] == [
        ("Send the texts", "2026-12-01"), ("Logo as vector", "2026-11-30"), ("2026-12-24", "2026-11-30"),
        ("By 2026-12-01 or later", "2026-11-30"),
    ]  # fmt: skip
    assert all(e["values"] == {"area": "scope"} for e in entries)


def test_a_date_that_is_none_stays_in_the_text() -> None:
    entry = logged(Log(kind="expectation", each="points"), answers={"points": ["Send the texts 2026-13-45"]})[
        0
    ]
    assert (entry["text"], entry["on"]) == ("Send the texts 2026-13-45", NOON)


def test_a_line_with_a_choice_keeps_it() -> None:
    lines = [
        {"text": "Reply in a day 2026-12-01", "choice": "told"},
        {"text": "No calls", "choice": "read-back"},
    ]
    entries = logged(Log(kind="expectation", each="limits"), answers={"limits": lines})
    assert [(e["text"], e["on"], e["values"]) for e in entries] == [
        ("Reply in a day", "2026-12-01", {"choice": "told"}), ("No calls", NOON, {"choice": "read-back"}),
    ]  # fmt: skip


def test_the_answers_of_the_run_can_be_logged_too() -> None:
    step = make_step(logs=Log(kind="fact", text="tier"))
    playbook = make_playbook(step, fields=make_field("tier"))
    assert entries_for(step, playbook, {"tier": "gold"}.get, "", NOON)[0]["text"] == "gold"


def test_the_comma_before_the_day_goes_with_it() -> None:
    for typed in ("Texts, Ana, 2026-12-04", "Texts, Ana 2026-12-04", "Texts, Ana: 2026-12-04"):
        [entry] = logged(Log(kind="promise", each="points"), answers={"points": [typed]})
        assert (entry["text"], entry["on"]) == ("Texts, Ana", "2026-12-04")


@pytest.mark.parametrize("default", ["nothing this week", ("nothing this week",)])
def test_a_default_that_says_there_is_nothing_is_not_logged(default: str | tuple[str, ...]) -> None:
    field, answers = make_field("points", "list", default=default), {"points": ["nothing this week", "Texts"]}
    step = make_step("tell-them", field, logs=(Log(kind="promise", each="points"),))
    found = entries_for(step, make_playbook(step), answers.get, "", NOON)
    assert [entry["text"] for entry in found] == ["Texts"]


# Answers after the tick.

EACH = Log(kind="promise", each="points")


def later(before: dict[str, Any], after: dict[str, Any], *there: str, log: Log = EACH) -> list[str]:
    step = make_step("tell-them", *FIELDS, logs=(log,))
    entries = [
        Entry(n, "promise", NOON, "Ana", NOON, text, "us", "run", step.id, {}) for n, text in enumerate(there)
    ]
    made = entries_later(step, make_playbook(step), before.get, after.get, entries, NOON)
    return [entry["text"] for entry in made]


def test_what_had_nothing_to_say_is_logged_when_it_has() -> None:
    word = Log(kind="promise", text="word")
    assert later({}, {"word": "A card"}, log=word) == ["A card"]
    assert later({"word": "A card"}, {"word": "A big card"}, "A card", log=word) == []
    assert later({}, {"word": "A card"}, "A card", log=word) == []
    assert later({"word": "A card"}, {}, "A card", log=word) == []


def test_lines_that_are_added_are_logged_and_those_that_are_put_better_are_not() -> None:
    assert later({"points": ["a"]}, {"points": ["a", "b"]}, "a") == ["b"]
    assert later({"points": ["a"]}, {"points": ["a 2026-12-04"]}, "a") == []
    assert later({"points": ["a", "b"]}, {"points": ["a", "c"]}, "a", "b") == []
