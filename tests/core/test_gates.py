from playbook.core import decide
from playbook.core.decide import Sheet
from playbook.core.problems import Refusal
from tests.builders import act, is_, make_field, make_playbook, make_section, make_sheet, make_step

AT = "2026-11-23T12:00:00Z"
TIER = make_field("tier")


def locks(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    return {i: s.locked_by for i, s in sheet.view.steps.items() if s.locked_by}


def warnings(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    return {i: s.warned_by for i, s in sheet.view.steps.items() if s.warned_by}


def tick(sheet: Sheet, step_id: str, override: str = "") -> Sheet:
    return act(sheet, decide.tick(sheet, step_id, at=AT, answers={}, override=override))


# Hard gates.


def test_a_hard_gate_locks_everything_after_it() -> None:
    playbook = make_playbook(
        make_section("a", make_step("before"), make_step("gate", gate="hard"), make_step("next")),
        make_section("b", make_step("far")),
    )
    sheet = make_sheet(playbook)
    assert locks(sheet) == {"next": ("gate",), "far": ("gate",)}
    assert locks(tick(sheet, "gate")) == {}


def test_a_gate_that_is_skipped_or_does_not_fit_lets_go() -> None:
    sheet = make_sheet(make_playbook(make_step("gate", gate="hard"), make_step("next")))
    for fits in (True, False):
        assert locks(act(sheet, decide.skip(sheet, "gate", reason="Paid in cash", fits=fits))) == {}


def test_holds_names_steps_and_sections_anywhere_but_never_itself() -> None:
    playbook = make_playbook(
        make_section("a", make_step("first"), make_step("gate", gate="hard", holds=("a", "last"))),
        make_section("b", make_step("free"), make_step("last")),
    )
    assert locks(make_sheet(playbook)) == {"first": ("gate",), "last": ("gate",)}


def test_every_gate_that_locks_a_step_is_named_in_order() -> None:
    sheet = make_sheet(make_playbook(
        make_step("one", gate="hard", holds="last"), make_step("two", gate="hard", holds="last"), make_step("three"),
        make_step("last", needs=("three", "two")),
    ))  # fmt: skip
    assert locks(sheet) == {"last": ("one", "two", "three")}
    assert locks(tick(sheet, "two")) == {"last": ("one", "three")}


def test_a_hidden_gate_locks_nothing() -> None:
    playbook = make_playbook(
        make_step("gate", gate="hard", when=is_("tier", "gold")), make_step("next"), fields=TIER
    )
    sheet = make_sheet(playbook)
    assert locks(sheet) == {}
    late = act(tick(sheet, "next"), decide.answer(sheet, "", {"tier": "gold"}))
    assert locks(late) == {}, "a gate shown late locks only open steps"
    assert locks(act(sheet, decide.answer(sheet, "", {"tier": "gold"}))) == {"next": ("gate",)}


def test_a_gate_reopened_locks_only_open_steps() -> None:
    sheet = make_sheet(make_playbook(make_step("gate", gate="hard"), make_step("done"), make_step("open")))
    sheet = tick(tick(sheet, "gate"), "done")
    again = act(sheet, decide.reopen(sheet, "gate"))
    assert locks(again) == {"open": ("gate",)}
    assert again.run.progress("done").state == "done"


def test_hidden_steps_are_not_locked() -> None:
    sheet = make_sheet(
        make_playbook(
            make_step("gate", gate="hard"), make_step("gold", when=is_("tier", "gold")), fields=TIER
        )
    )
    assert locks(sheet) == {}


# Needs.


def test_needs_lock_until_all_are_settled() -> None:
    sheet = make_sheet(make_playbook(make_step("a"), make_step("b"), make_step("c", needs=("a", "b"))))
    assert locks(sheet) == {"c": ("a", "b")}
    sheet = tick(sheet, "b")
    assert locks(sheet) == {"c": ("a",)}
    assert locks(act(sheet, decide.skip(sheet, "a", reason="Away"))) == {}


def test_needs_of_a_hidden_step_do_not_lock() -> None:
    playbook = make_playbook(
        make_step("gold", when=is_("tier", "gold")), make_step("c", needs="gold"), fields=TIER
    )
    assert locks(make_sheet(playbook)) == {}
    assert locks(make_sheet(playbook, answers={"tier": "gold"})) == {"c": ("gold",)}


# Soft gates.


def test_a_soft_gate_warns_and_asks_once() -> None:
    sheet = make_sheet(make_playbook(make_step("gate", gate="soft"), make_step("a"), make_step("b")))
    assert locks(sheet) == {}
    assert warnings(sheet) == {"a": ("gate",), "b": ("gate",)}
    refused = decide.tick(sheet, "a", at=AT, answers={})
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.args["ids"]) == ("step-warned", ["gate"])
    passed = tick(sheet, "a", override="They asked for it today")
    assert warnings(passed) == {}
    assert tick(passed, "b").run.progress("b").override is None


def test_each_soft_gate_asks_for_itself() -> None:
    sheet = make_sheet(make_playbook(
        make_step("one", gate="soft", holds=("a", "b")), make_step("two", gate="soft", holds="b"), make_step("a"), make_step("b"),
    ))  # fmt: skip
    assert warnings(tick(sheet, "a", override="Urgent")) == {"b": ("two",)}


def test_passing_over_a_hard_gate_opens_only_that_step() -> None:
    sheet = make_sheet(make_playbook(make_step("gate", gate="hard"), make_step("a"), make_step("b")))
    passed = tick(sheet, "a", override="The boss said so")
    assert locks(passed) == {"b": ("gate",)}
    override = passed.run.progress("a").override
    assert override is not None
    assert (override.at, override.by, override.reason, override.gates) == (
        AT,
        "Ana",
        "The boss said so",
        ("gate",),
    )


def test_a_locked_step_takes_notes_and_answers_and_a_date() -> None:
    sheet = make_sheet(make_playbook(make_step("gate", gate="hard"), make_step("a", make_field("x"))))
    kept = act(sheet, decide.note(sheet, "a", "Prefers mornings"), decide.answer(sheet, "a", {"x": "1"}))
    assert kept.run.progress("a").notes[0].text == "Prefers mornings"
    assert kept.view.steps["a"].locked_by == ("gate",)
