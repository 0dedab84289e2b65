"""The semantic check: what is told, and what is left in peace. (Each code's own fault: `tests/faults.py`.)"""

from typing import Any

import pytest
from hypothesis import given

from playbook.core.check import check
from playbook.core.check.graph import circles
from playbook.core.playbook import Condition, Playbook, Ref, Section, Step
from tests.builders import make_field, make_playbook, make_section, make_step
from tests.core.properties import CALM
from tests.strategies import PLAYBOOKS


def codes(playbook: Playbook) -> list[str]:
    """The codes of what is told of a playbook."""
    return [problem.code for problem in check(playbook, frozenset())]


def in_one_section(*steps: Step, **given: Any) -> Playbook:
    return make_playbook(make_section("main", *steps), **given)


@pytest.mark.parametrize(
    "rule",
    [
        "start", "start + 2bd", "start + 30min", "target", "first", "first + 2h", "first.due - 1w", "day", "day - 3bd",
        "hour", "hour - 10min", "own-day + 1d",
    ],
)  # fmt: skip
def test_good_anchors_are_left_in_peace(rule: str) -> None:
    first = make_step("first", make_field("day", "date"), make_field("hour", "datetime"), due="start")
    second = make_step("second", make_field("own-day", "date"), due=rule)
    assert codes(in_one_section(first, second, target_label="Go-live")) == []


def test_hours_may_count_from_a_due_that_is_an_instant() -> None:
    at_four = make_step("at-four", due="start", by="16:00")
    by_hour = make_step("by-hour", due="start + 2h")
    assert (
        codes(in_one_section(at_four, by_hour, make_step("x", due=("at-four.due + 1h", "by-hour.due + 1h"))))
        == []
    )
    assert codes(in_one_section(make_step("day", due="start"), make_step("x", due="day.due + 1h"))) == [
        "anchor-not-instant"
    ]


@pytest.mark.parametrize(
    ("kind", "condition"),
    [
        ("text", {"contains": "x"}), ("text", {"is_": Ref(client="name")}), ("number", {"more_than": 2}),
        ("money", {"at_most": "1200 EUR"}), ("money", {"at_least": 5}), ("date", {"before": "2026-12-01"}),
        ("datetime", {"after": Ref(field_id="answer")}), ("yes-no", {"is_": True}), ("choice", {"any_of": ("one", "TWO")}),
        ("several", {"contains": "one"}), ("several", {"at_least": 2}), ("list", {"contains": "any line"}),
        ("list", {"more_than": 0}), ("person", {"answered": False}), ("email", {"is_not": "a@b.eu"}),
    ],
)  # fmt: skip
def test_fitting_tests_are_left_in_peace(kind: str, condition: dict[str, Any]) -> None:
    choices = {"choices": ["one", "two"]} if kind in ("choice", "several") else {}
    asks = make_step("asks", make_field("answer", kind, **choices))
    shown = make_step("shown", when=Condition(field_id="answer", **condition))
    assert codes(in_one_section(asks, shown)) == []


@pytest.mark.parametrize(
    ("kind", "condition"),
    [
        ("text", {"more_than": 2}), ("number", {"contains": 1}), ("number", {"before": 1}), ("yes-no", {"is_": "yes"}),
        ("choice", {"is_": "three"}), ("date", {"is_": "soon"}), ("date", {"more_than": 2}), ("list", {"at_least": "2"}),
        ("money", {"is_": "much"}), ("number", {"is_": True}),
    ],
)  # fmt: skip
def test_unfitting_tests_are_told(kind: str, condition: dict[str, Any]) -> None:
    choices = {"choices": ["one", "two"]} if kind == "choice" else {}
    asks = make_step("asks", make_field("answer", kind, **choices))
    (code,) = codes(in_one_section(asks, make_step("shown", when=Condition(field_id="answer", **condition))))
    assert code in ("test-unfit", "test-value", "choice-unknown")


@pytest.mark.parametrize(
    ("conditions", "can_hold"),
    [
        ([{"is_": 1}, {"is_": 2}], False),
        ([{"is_": 1}, {"is_not": 1}], False),
        ([{"is_": 1}, {"is_not": 2}], True),
        ([{"more_than": 2}, {"less_than": 2}], False),
        ([{"at_least": 2}, {"at_most": 2}], True),
        ([{"at_least": 3}, {"at_most": 2.5}], False),
        ([{"answered": False}, {"is_": 1}], False),
        ([{"is_": 3}, {"any_of": (1, 2)}], False),
        ([{"is_": 1}, {"any_of": (1, 2)}], True),
    ],
)
def test_conditions_that_exclude_each_other_are_told(
    conditions: list[dict[str, Any]], can_hold: bool
) -> None:
    asks = make_step("asks", make_field("n", "number"))
    when = tuple(Condition(field_id="n", **condition) for condition in conditions)
    apart = make_section("more", make_step("x", when=when[1:]), when=when[:1])
    for playbook in (
        in_one_section(asks, make_step("x", when=when)),
        in_one_section(asks, make_step("x", when=Condition(all_=when))),
        make_playbook(make_section("main", asks), apart),
    ):
        assert codes(playbook) == ([] if can_hold else ["condition-never"])
    assert codes(in_one_section(asks, make_step("x", when=Condition(any_=when)))) == []


def test_a_list_may_hold_two_lines() -> None:
    asks = make_step("asks", make_field("all", "list"))
    when = (Condition(field_id="all", is_="a"), Condition(field_id="all", is_="b"))
    assert codes(in_one_section(asks, make_step("x", when=when))) == []


def test_states_a_step_never_has() -> None:
    never = make_step("never", skip="never")
    for state in ("skipped", "n/a", "hidden"):
        shown = make_step("x", when=Condition(step="never", is_=state))
        assert codes(in_one_section(never, shown)) == ["condition-never-state"]
    assert codes(in_one_section(never, make_step("x", when=Condition(step="never", is_="done")))) == []


def test_waiting_on_a_step_that_may_be_hidden_is_advice_unless_hidden_is_named() -> None:
    maybe = make_step("maybe", when=Condition(client="tier", is_="gold"))
    base = make_field("tier", save_as="tier")
    for condition, told in (
        (Condition(step="maybe", is_="done"), ["condition-on-hideable"]),
        (Condition(step="maybe", any_of=("done", "hidden")), []),
        (Condition(step="maybe", is_not="done"), []),
    ):
        assert codes(in_one_section(maybe, make_step("x", when=condition), fields=(base,))) == told


# Locks and circles.


def test_a_gate_may_hold_its_own_section_without_a_circle() -> None:
    gate = make_step("gate", gate="hard", holds="main")
    assert codes(in_one_section(make_step("a"), gate, make_step("b"))) == ["gate-holds-home"]


def test_two_gates_that_hold_each_other_s_section_are_a_circle() -> None:
    one, two = make_step("one", gate="hard", holds="second"), make_step("two", gate="hard", holds="first")
    playbook = make_playbook(make_section("first", one), make_section("second", two))
    (problem,) = check(playbook)
    assert (problem.code, problem.args["ids"]) == ("cycle-gates", ("one", "two", "one"))


def test_a_gate_that_needs_a_later_step_is_a_circle() -> None:
    assert codes(in_one_section(make_step("gate", gate="hard", needs="late"), make_step("late"))) == [
        "cycle-gates"
    ]
    assert codes(in_one_section(make_step("gate", gate="soft", needs="late"), make_step("late"))) == []
    assert (
        codes(
            in_one_section(
                make_step("gate", gate="hard", holds="x", needs="late"), make_step("late"), make_step("x")
            )
        )
        == []
    )


def test_a_step_that_is_shown_by_its_own_answer_is_a_circle() -> None:
    mine = make_step("mine", make_field("f", "yes-no"), when=Condition(field_id="f", is_=True))
    assert codes(in_one_section(mine)) == ["cycle-conditions"]


def test_a_section_shown_by_an_answer_inside_it_is_a_circle() -> None:
    asks = make_step("asks", make_field("f", "yes-no"))
    playbook = make_playbook(make_section("main", asks, when=Condition(field_id="f", is_=True)))
    assert codes(playbook) == ["cycle-conditions"]


def test_fields_of_one_step_may_depend_on_each_other_but_not_in_a_circle() -> None:
    def fields(first: tuple[Condition, ...]) -> Playbook:
        one = make_field("one", "yes-no", when=first)
        two = make_field("two", "yes-no", when=Condition(field_id="one", is_=True))
        return in_one_section(make_step("asks", one, two))

    assert codes(fields(())) == []
    assert codes(fields((Condition(field_id="two", is_=True),))) == ["cycle-conditions"]


def test_dates_locked_away_by_the_step_that_waits_for_them() -> None:
    asks = make_step("asks", make_field("day", "date"))
    waits = make_step("waits", due="day - 1d")
    assert codes(in_one_section(waits, asks)) == []
    assert codes(in_one_section(make_step("waits", due="day - 1d", gate="hard"), asks)) == ["due-locked"]
    assert codes(in_one_section(waits, make_step("asks", make_field("day", "date"), needs="waits"))) == [
        "due-locked"
    ]
    between = make_step("between", needs="waits")
    assert codes(
        in_one_section(waits, between, make_step("asks", make_field("day", "date"), needs="between"))
    ) == ["due-locked"]
    assert codes(in_one_section(make_step("waits", due="asks + 1d", gate="hard"), asks)) == ["due-locked"]


def test_circles_are_told_once_by_a_shortest_way() -> None:
    edges = {"a": ["b", "c"], "b": ["c"], "c": ["a"], "d": ["a", "d"], "e": ["d"]}
    assert circles(edges) == [["a", "c"], ["d"]]


def test_circles_are_found_in_chains_of_any_length() -> None:
    chain = {n: [n + 1] for n in range(50_000)}
    assert circles(chain) == []
    assert len(circles({**chain, 50_000: [0]})[0]) == 50_001


# Names in texts.


@pytest.mark.parametrize(
    "name",
    ["client.name", "client.last-face", "client.dog", "contact.email", "run.target", "today", "me", "answer", " me ", "next-check-in"],
)  # fmt: skip
def test_defined_names_are_left_in_peace(name: str) -> None:
    asks = make_step("asks", make_field("answer", save_as="dog"), say=f"Hello {{{{{name}}}}}")
    assert codes(in_one_section(asks)) == []


@pytest.mark.parametrize(
    ("name", "nearest"), [("name", "client.name"), ("start", "run.start"), ("answr", "answer"), ("", "")]
)
def test_undefined_names_are_told_with_what_was_meant(name: str, nearest: str) -> None:
    (problem,) = check(in_one_section(make_step("asks", make_field("answer"), guide=f"{{{{ {name} }}}}")))
    assert (problem.code, problem.args["nearest"]) == ("name-undefined", nearest)


# Any playbook at all.


@CALM
@given(PLAYBOOKS)
def test_whatever_a_playbook_says_is_checked_without_failing(playbook: Playbook) -> None:
    for problem in check(playbook, frozenset()):
        assert problem.code


def test_an_empty_model_has_nothing_to_tell() -> None:
    assert codes(Playbook(sections=(Section(steps=(Step(),)),))) == []
