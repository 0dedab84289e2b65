"""Conditions that can never hold, and circles: what is certain is told, what may be meant is left in peace."""

from datetime import date
from typing import Any

import pytest

from playbook.core.playbook import Condition, Playbook, Ref
from tests.builders import is_, make_field, make_playbook, make_section, make_step
from tests.core.test_check import codes, in_one_section


def shown_on(*conditions: Condition, kind: str = "number", **given: Any) -> Playbook:
    """A step `x` on these conditions, which look at a field `f` of this kind."""
    return in_one_section(make_step("asks", make_field("f", kind, **given)), make_step("x", when=conditions))


def all_on(*tests: dict[str, Any]) -> tuple[Condition, ...]:
    return tuple(Condition(field_id="f", **test) for test in tests)


@pytest.mark.parametrize(
    ("kind", "tests", "can_hold"),
    [
        ("choice", [{"any_of": ("a", "b")}, {"any_of": ("c",)}], False),
        ("choice", [{"any_of": ("a", "b")}, {"any_of": ("B", "c")}], True),
        ("choice", [{"any_of": ("a", "b")}, {"is_not": "a"}, {"is_not": "b"}], False),
        ("choice", [{"any_of": ("a", "b")}, {"any_of": ("b", "c")}, {"is_not": "b"}], False),
        ("choice", [{"is_not": "a"}, {"is_not": "b"}, {"is_not": "c"}, {"answered": True}], False),
        ("choice", [{"is_not": "a"}, {"is_not": "b"}, {"is_not": "c"}], True),
        ("yes-no", [{"is_not": True}, {"is_not": False}, {"answered": True}], False),
        ("number", [{"answered": True}, {"answered": False}], False),
        ("number", [{"answered": False}, {"more_than": 2}], False),
        ("number", [{"answered": False}, {"any_of": (1, 2)}], False),
        ("number", [{"answered": False}, {"is_not": 1}], True),
        ("number", [{"is_": 1}, {"more_than": 2}], False),
        ("number", [{"any_of": (1, 2)}, {"at_least": 3}], False),
        ("number", [{"any_of": (1, 3)}, {"at_least": 3}], True),
        ("number", [{"is_": 1}, {"is_": 1.0}], True),
        ("number", [{"at_least": 3}, {"at_most": 3}, {"is_not": 4}], True),
        ("list", [{"at_least": 3}, {"at_most": 2}], False),
        ("list", [{"more_than": 2}, {"less_than": 3}], True),
        ("list", [{"any_of": ("a",)}, {"any_of": ("b",)}], True),
        ("list", [{"any_of": ("a", "b")}, {"is_not": "a"}, {"is_not": "b"}], False),
        ("list", [{"answered": False}, {"at_most": 2}], True),
        ("money", [{"at_least": "900 EUR"}, {"at_most": "1200 EUR"}], True),
        ("money", [{"at_least": "1200 EUR"}, {"at_most": "900 EUR"}], False),
        ("money", [{"at_least": "1200 EUR"}, {"at_most": "900 USD"}], True),
        ("date", [{"after": "2026-12-05"}, {"before": date(2026, 12, 1)}], False),
        ("date", [{"is_": "2026-12-01"}, {"is_": date(2026, 12, 1)}], True),
        ("date", [{"is_": "2026-12-01"}, {"after": "2026-12-01"}], False),
        ("text", [{"is_": "A"}, {"is_": " a "}], True),
        ("number", [{"is_": Ref(field_id="f")}, {"is_": 1}], True),
    ],
)  # fmt: skip
def test_what_excludes_itself_is_told(kind: str, tests: list[dict[str, Any]], can_hold: bool) -> None:
    given = {"choices": ["a", "b", "c"]} if kind == "choice" else {}
    told = codes(shown_on(*all_on(*tests), kind=kind, **given))
    assert told == ([] if can_hold else ["condition-never"])


def test_an_any_of_which_no_way_is_open_is_told() -> None:
    ways = Condition(any_=all_on({"is_": 1}, {"is_": 2}))
    assert codes(shown_on(is_("f", 3), ways)) == ["condition-never"]
    assert codes(shown_on(is_("f", 2), ways)) == []
    deep = Condition(any_=(Condition(all_=all_on({"is_": 1}, {"is_": 2})), is_("f", 4)))
    assert codes(shown_on(is_("f", 3), deep)) == ["condition-never"]
    assert codes(shown_on(is_("f", 4), deep)) == []


def test_a_section_and_a_step_are_held_against_each_other_inside_all_and_any() -> None:
    asks = make_section("first", make_step("asks", make_field("f", "number")))
    outer = Condition(all_=all_on({"at_least": 3}))
    for inner, told in ((Condition(any_=all_on({"is_": 1}, {"less_than": 2})), 1), (is_("f", 3), 0)):
        playbook = make_playbook(asks, make_section("second", make_step("x", when=inner), when=outer))
        assert codes(playbook) == ["condition-never"] * told


def test_the_condition_of_a_field_is_held_against_its_step() -> None:
    asks = make_step("asks", make_field("f", "number"))
    more = make_step("more", make_field("g", when=is_("f", 2)), when=is_("f", 1))
    assert codes(in_one_section(asks, more)) == ["condition-never"]


def test_what_a_condition_asks_about_must_be_shown_with_it() -> None:
    asks = make_step("asks", make_field("f", "number"))
    gold = make_step("gold", make_field("g"), when=is_("f", 1))
    for asked in (Condition(step="gold", any_of=("done", "skipped")), Condition(field_id="g", answered=True)):
        never = make_step("x", when=(is_("f", 2), asked))
        after = make_step("y", when=Condition(step="x", is_not="open"))
        assert "condition-never-far" in codes(in_one_section(asks, gold, never, after))
    for asked in (Condition(step="gold", is_not="done"), Condition(step="gold", any_of=("done", "hidden")),
                  Condition(field_id="g", answered=False)):  # fmt: skip
        assert codes(in_one_section(asks, gold, make_step("x", when=(is_("f", 2), asked)))) == []


def test_a_step_that_never_shows_is_told_once_not_with_all_that_hang_on_it() -> None:
    asks = make_step("asks", make_field("f", "number"))
    never = make_step("never", when=(is_("f", 1), is_("f", 2)))
    after = make_step("after", when=Condition(step="never", is_="done"))
    told = codes(in_one_section(asks, never, after))
    assert [code for code in told if code.startswith("condition-never")] == ["condition-never"]


def test_states_of_which_none_can_be() -> None:
    never = make_step("never", skip="never")
    for states, told in ((("skipped", "hidden"), ["condition-never-state"]), (("skipped", "done"), [])):
        assert (
            codes(in_one_section(never, make_step("x", when=Condition(step="never", any_of=states)))) == told
        )


@pytest.mark.parametrize(
    ("kind", "given", "test", "is_told"),
    [
        ("number", {"max": 5}, {"more_than": 5}, True),
        ("number", {"max": 5}, {"at_least": 5}, False),
        ("number", {"min": 1}, {"less_than": 1}, True),
        ("number", {"min": 1, "max": 5}, {"is_": 6}, True),
        ("number", {"min": 1, "max": 5}, {"is_not": 6}, False),
        ("several", {"choices": ["a", "b"]}, {"more_than": 2}, True),
        ("several", {"choices": ["a", "b"]}, {"at_least": 2}, False),
        ("list", {"max": 3}, {"at_least": 4}, True),
    ],
)
def test_bounds_that_no_answer_passes(
    kind: str, given: dict[str, Any], test: dict[str, Any], is_told: bool
) -> None:
    assert codes(shown_on(*all_on(test), kind=kind, **given)) == ["test-range"] * is_told


def test_names_on_the_client_that_may_be_lists_are_taken_on_trust() -> None:
    when = (Condition(client="tags", is_="a"), Condition(client="tags", is_="b"))
    asks = make_step("asks", make_field("f", "list", save_as="tags"))
    assert codes(in_one_section(asks, make_step("x", when=when))) == []
    asks = make_step("asks", make_field("f", "text", save_as="tags"))
    assert codes(in_one_section(asks, make_step("x", when=when))) == ["condition-never"]


# Circles.


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([make_step("a", opens="a + 1d")], ["cycle-dates"]),
        ([make_step("a", opens="b + 1d"), make_step("b", opens="a + 1d")], ["cycle-dates"]),
        ([make_step("a", opens="b.due - 1d", due="start"), make_step("b", due="a.due + 1w")], []),
        ([make_step("a", make_field("day", "date"), opens="day - 1d")], []),
        ([make_step("a", opens="b + 1d"), make_step("b", needs="a")], ["due-locked"]),
        ([make_step("a", opens="b + 1d", gate="hard"), make_step("b")], ["due-locked"]),
        ([make_step("a", due="a + 1w", repeat="1w")], ["cycle-dates"]),
        ([make_step("a", due="a.due + 1w", repeat="1w")], ["cycle-dates"]),
        ([make_step("a", due=("start", "a + 1w"), repeat="1w")], ["cycle-dates"]),
        ([make_step("a", due="start", repeat="1w")], []),
        ([make_step("a", needs="a")], ["cycle-needs"]),
    ],
)
def test_circles_of_every_kind(steps: list[Any], told: list[str]) -> None:
    assert codes(in_one_section(*steps)) == told
