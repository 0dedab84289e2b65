"""What may be done to a step, and what is refused. `test_decide_runs.py` has the run as a whole."""

from typing import Any

import pytest

from playbook.core import decide
from playbook.core.decide import Sheet
from playbook.core.operations import Draft
from playbook.core.playbook import Log
from playbook.core.problems import Refusal
from playbook.core.text import is_clean
from tests.builders import act, is_, make_field, make_playbook, make_sheet, make_step
from tests.hostile import HOSTILE, MARKUP, SCRIPTS

AT = "2026-11-23T12:00:00Z"
TIER = make_field("tier")


def tick(sheet: Sheet, step_id: str = "one", **given: Any) -> Draft | Refusal:
    return decide.tick(sheet, step_id, at=AT, **{"answers": {}, **given})


def refused(outcome: Draft | Refusal) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


def draft(outcome: Draft | Refusal) -> Draft:
    assert isinstance(outcome, Draft), outcome
    return outcome


def sheet_with(*fields: Any, **given: Any) -> Sheet:
    return make_sheet(make_playbook(make_step("one", *fields, **given), make_step("two"), fields=TIER))


# Ticking.


def test_a_tick_says_no_more_than_happened() -> None:
    assert tick(sheet_with()) == Draft("tick", "one", {})
    ticked = act(sheet_with(), tick(sheet_with())).run.progress("one")
    assert (ticked.state, ticked.at, ticked.by, ticked.channel) == ("done", AT, "Ana", "")


def test_a_step_that_is_not_there() -> None:
    refusal = refused(tick(sheet_with(), "onne"))
    assert refusal == Refusal("no-step", {"step": "onne", "run": "acme/welcome", "near": "one"})
    assert refused(tick(sheet_with(), "zzz")).args["near"] == ""


@pytest.mark.parametrize(("fits", "state"), [(True, "skipped"), (False, "n/a"), (None, "done")])
def test_a_settled_step_is_not_ticked_skipped_or_dated_again(fits: bool | None, state: str) -> None:
    sheet = sheet_with()
    first = tick(sheet) if fits is None else decide.skip(sheet, "one", reason="Away", fits=fits)
    settled = act(sheet, first)
    for outcome in (tick(settled), decide.skip(settled, "one", reason="x"), decide.due(settled, "one", None)):
        assert refused(outcome) == Refusal("step-settled", {"step": "One", "state": state})


def test_a_hidden_step_is_not_ticked_or_skipped() -> None:
    sheet = sheet_with(when=is_("tier", "gold"))
    assert refused(tick(sheet)).code == "step-hidden"
    assert refused(decide.skip(sheet, "one", reason="x")).code == "step-hidden"


# Trap 11 of the peers: required fields checked only on the screen.


def test_required_fields_are_asked_for_below_the_screens() -> None:
    sheet = sheet_with(make_field("a", required=True), make_field("b"), make_field("c", required=True))
    assert refused(tick(sheet)) == Refusal(
        "fields-missing", {"step": "One", "labels": ["A", "C"], "fields": ["a", "c"]}
    )
    assert refused(tick(sheet, answers={"a": "x", "c": " \u200d\n"})).args["fields"] == ["c"]
    assert refused(tick(sheet, answers={"b": "x"})).args["fields"] == ["a", "c"]
    body = draft(tick(sheet, answers={"a": "x", "c": "y"})).body
    assert body == {"answers": {"a": "x", "c": "y"}, "old": {"a": None, "c": None}}


def test_answers_given_before_count_and_taking_one_away_does_not() -> None:
    sheet = sheet_with(make_field("a", required=True))
    answered = act(sheet, decide.answer(sheet, "one", {"a": "x"}))
    assert draft(tick(answered)).body == {}
    assert refused(tick(answered, answers={"a": ""})).code == "fields-missing"


def test_a_conditional_required_field_goes_by_the_answers_being_given() -> None:
    sheet = sheet_with(
        make_field("rule"), make_field("cap", "money", required=True, when=is_("rule", "limit"))
    )
    assert refused(tick(sheet, answers={"rule": "limit"})).args["fields"] == ["cap"]
    assert (
        draft(tick(sheet, answers={"rule": "limit", "cap": "50 EUR"})).body["answers"]["cap"]["amount"]
        == "50.00"
    )
    assert isinstance(tick(sheet, answers={"rule": "none"}), Draft)
    limited = act(sheet, decide.answer(sheet, "one", {"rule": "limit"}))
    assert isinstance(tick(limited, answers={"rule": "none"}), Draft)
    assert refused(tick(limited)).code == "fields-missing"


def test_a_required_field_that_waits_on_the_run_or_another_step() -> None:
    cap = make_field("cap", required=True, when=is_("tier", "gold"))
    sheet = sheet_with(cap)
    assert isinstance(tick(sheet), Draft)
    assert refused(tick(act(sheet, decide.answer(sheet, "", {"tier": "gold"})))).args["fields"] == ["cap"]


def test_answers_that_do_not_fit_refuse_the_tick() -> None:
    sheet = sheet_with(make_field("count", "number"))
    assert refused(tick(sheet, answers={"count": "many"})) == Refusal(
        "answer-number", {"label": "Count", "text": "many", "field": "count"}
    )
    refusal = refused(tick(sheet, answers={"cuont": "5"}))
    assert (refusal.code, refusal.args["known"], refusal.args["near"]) == ("no-field", ["count"], "count")


# Locks.


def test_a_locked_step_names_its_gates_and_takes_a_reason() -> None:
    playbook = make_playbook(
        make_step("gate", gate="hard"),
        make_step("soft", gate="soft"),
        make_step("one", needs="need"),
        make_step("need"),
    )
    sheet = make_sheet(playbook)
    expected = {"step": "One", "gates": ["Gate", "Need"], "ids": ["gate", "need"]}
    assert refused(tick(sheet)) == Refusal("step-locked", expected)
    assert refused(tick(sheet, override="  ")).code == "step-locked"
    body = draft(tick(sheet, override=" The boss \x1b[2J ")).body
    assert body["override"] == {"gates": ["gate", "need", "soft"], "reason": "The boss ␛[2J"}
    assert "override" not in draft(tick(sheet, "gate", override="for nothing")).body


def test_a_missing_answer_is_asked_for_before_the_lock_is_passed_over() -> None:
    playbook = make_playbook(make_step("gate", gate="hard"), make_step("one", make_field("a", required=True)))
    assert refused(tick(make_sheet(playbook), override="Urgent")).code == "fields-missing"


# Contacts, entries and saved answers belong to the tick.


def test_a_channel_logs_a_contact_and_may_be_changed_or_denied() -> None:
    sheet = sheet_with(channel="call", topic="progress")
    body = draft(tick(sheet)).body
    assert body["channel"] == "call"
    assert [(e["kind"], e["values"]) for e in body["entries"]] == [
        ("contact", {"channel": "call", "direction": "out", "topic": "progress"})
    ]
    assert draft(tick(sheet, channel="video")).body["entries"][0]["values"]["channel"] == "video"
    assert draft(tick(sheet, channel="")).body == {}


def test_entries_are_made_of_the_answers_being_given() -> None:
    sheet = sheet_with(make_field("word"), logs=Log(kind="promise", text="word"))
    assert draft(tick(sheet, answers={"word": "Friday"})).body["entries"][0]["text"] == "Friday"
    answered = act(sheet, decide.answer(sheet, "one", {"word": "Friday"}))
    assert draft(tick(answered)).body["entries"][0]["text"] == "Friday"
    assert "entries" not in draft(tick(answered, answers={"word": ""})).body, (
        "an answer taken away is not logged"
    )


def test_entries_do_not_speak_of_hidden_answers() -> None:
    playbook = make_playbook(
        make_step("plan", make_field("word"), when=is_("tier", "gold")),
        make_step("one", logs=Log(kind="promise", text="word")),
        fields=TIER,
    )
    gold = make_sheet(playbook, answers={"tier": "gold"})
    gold = act(gold, decide.answer(gold, "plan", {"word": "Friday"}))
    assert draft(tick(gold)).body["entries"][0]["text"] == "Friday"
    silver = act(gold, decide.answer(gold, "", {"tier": "silver"}))
    assert draft(tick(silver)).body == {}


def test_saved_answers_go_with_the_tick() -> None:
    sheet = sheet_with(make_field("rule", save_as="gift-rule"), make_field("other"))
    assert draft(tick(sheet, answers={"rule": "none", "other": "x"})).body["saves"] == {"gift-rule": "none"}
    assert "saves" not in draft(tick(sheet, answers={"other": "x"})).body


# Skipping.


@pytest.mark.parametrize(
    ("mode", "reason", "code"),
    [
        ("reason", "Away", ""),
        ("reason", " ", "skip-reason"),
        ("free", "", ""),
        ("never", "Away", "skip-never"),
    ],
)
@pytest.mark.parametrize("fits", [True, False])
def test_skip_modes(mode: str, reason: str, code: str, fits: bool) -> None:
    sheet = sheet_with(skip=mode)
    outcome = decide.skip(sheet, "one", reason=reason, fits=fits)
    if code:
        assert refused(outcome) == Refusal(code, {"step": "One"})
        return
    progress = act(sheet, outcome).run.progress("one")
    assert (progress.state, progress.reason) == ("skipped" if fits else "n/a", reason)


# Reopening a step.


def test_reopening_keeps_answers_notes_and_what_was_logged() -> None:
    sheet = sheet_with(make_field("a", required=True), channel="call")
    done = act(sheet, tick(sheet, answers={"a": "x"}))
    done = act(done, decide.note(done, "one", "Rang twice"))
    outcome = draft(decide.reopen(done, "one"))
    assert outcome == Draft("reopen", "one", {"old": "done"})
    again = act(done, outcome).run.progress("one")
    assert (again.state, again.at, again.by, again.channel) == ("open", "", "", "")
    assert again.answers == {"a": "x"}
    assert [n.text for n in again.notes] == ["Rang twice"]
    assert refused(decide.reopen(sheet, "one")) == Refusal("step-open", {"step": "One"})


# Answers without a tick.


def test_answers_say_what_was_before() -> None:
    sheet = sheet_with(make_field("a"))
    first = act(sheet, decide.answer(sheet, "one", {"a": "x"}))
    assert draft(decide.answer(first, "one", {"a": ""})).body == {"answers": {"a": None}, "old": {"a": "x"}}
    assert act(first, decide.answer(first, "one", {"a": ""})).run.progress("one").answers == {}


def test_a_done_step_keeps_its_required_answers() -> None:
    sheet = sheet_with(
        make_field("a", required=True), make_field("b"), make_field("c", required=True, when=is_("b", "x"))
    )
    assert isinstance(decide.answer(sheet, "one", {"a": ""}), Draft)
    done = act(sheet, tick(sheet, answers={"a": "x"}))
    assert refused(decide.answer(done, "one", {"a": ""})) == Refusal(
        "field-required", {"labels": ["A"], "fields": ["a"]}
    )
    assert refused(decide.answer(done, "one", {"b": "x"})).args["labels"] == ["C"]
    assert isinstance(decide.answer(done, "one", {"b": "x", "c": "y"}), Draft)


def test_an_answer_that_came_to_lack_later_does_not_stop_the_others() -> None:
    sheet = sheet_with(make_field("a", required=True, when=is_("tier", "gold")), make_field("b"))
    done = act(sheet, tick(sheet))
    late = act(done, decide.answer(done, "", {"tier": "gold"}))
    assert [f.id for f in late.view.steps["one"].missing] == ["a"]
    assert isinstance(decide.answer(late, "one", {"b": "x"}), Draft)


def test_a_required_field_of_the_run_keeps_an_answer_while_it_is_shown() -> None:
    fields = make_field("tier", required=True), make_field("cap", required=True, when=is_("tier", "gold"))
    sheet = make_sheet(make_playbook(make_step(), fields=fields), answers={"tier": "gold", "cap": "50"})
    assert refused(decide.answer(sheet, "", {"cap": ""})) == Refusal(
        "field-required", {"labels": ["Cap"], "fields": ["cap"]}
    )
    assert isinstance(decide.answer(sheet, "", {"cap": "", "tier": "silver"}), Draft)
    assert refused(decide.answer(sheet, "", {"tier": ""})).args["labels"] == ["Tier"]
    assert isinstance(decide.answer(sheet, "", {"tier": "silver"}), Draft)


def test_fields_of_the_run_save_too() -> None:
    sheet = make_sheet(make_playbook(make_step(), fields=make_field("tier", save_as="tier")))
    assert draft(decide.answer(sheet, "", {"tier": "gold"})).body["saves"] == {"tier": "gold"}
    assert refused(decide.answer(sheet, "", {"teir": "gold"})).args["near"] == "tier"


# Notes.


def test_notes_are_cleaned() -> None:
    for text in HOSTILE:
        outcome = decide.note(sheet_with(), "one", text)
        if not text.strip():
            assert refused(outcome).code == "note-empty"
            continue
        kept = draft(outcome).body["text"]
        assert is_clean(kept), text
        assert text not in (*MARKUP, *SCRIPTS) or kept == text.strip()


def test_the_runs_own_note() -> None:
    sheet = sheet_with()
    noted = act(sheet, decide.note(sheet, "", " Boss is on leave\nuntil May "))
    assert [n.text for n in noted.run.notes] == ["Boss is on leave\nuntil May"]
    assert noted.run.steps == {}
    assert refused(decide.note(sheet, "gone", "x")).code == "no-step"


# Small questions.


def test_which_step_is_next() -> None:
    sheet = make_sheet(make_playbook(
        make_step("last", needs="gate"), make_step("gate", make_field("a", required=True)), make_step("gold", when=is_("tier", "gold")),
        fields=TIER,
    ))  # fmt: skip
    first = decide.first_ready(sheet.view)
    assert first is not None
    assert first.step.id == "gate"
    done = act(sheet, tick(sheet, "gate", answers={"a": "x"}))
    after = decide.first_ready(done.view)
    assert after is not None
    assert after.step.id == "last"
    assert decide.first_ready(act(done, tick(done, "last")).view) is None
    locked = make_sheet(make_playbook(make_step("a", needs="b"), make_step("b", needs="a"))).view
    assert (decide.first_ready(locked) or first).step.id == "a"
