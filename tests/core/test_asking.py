"""Which questions a form asks while it is filled in."""

from collections.abc import Mapping
from typing import Any

import pytest

from playbook.core import decide
from playbook.core.decide import Sheet
from playbook.core.operations import Draft
from playbook.core.playbook import Condition, Field
from tests.builders import act, is_, make_field, make_playbook, make_sheet, make_step

AT = "2026-11-23T12:00:00Z"

WAITS = make_field("waits", "choice", choices=["waits", "now"], required=True)
WHY = make_field("why", required=True, when=is_("waits", "now"))


def sheet_of(*fields: Field, **given: Any) -> Sheet:
    return make_sheet(make_playbook(make_step("one", *fields), **given))


def asked(sheet: Sheet, typed: Mapping[str, str], step_id: str = "one") -> list[str]:
    return [field.id for field in decide.asked(sheet, step_id, typed)]


def test_an_answer_opens_and_closes_the_question_beside_it() -> None:
    sheet = sheet_of(WAITS, WHY)
    assert asked(sheet, {}) == ["waits"]
    assert asked(sheet, {"waits": "now", "why": ""}) == ["waits", "why"]
    assert asked(sheet, {"waits": "waits", "why": "typed before"}) == ["waits"]


def test_what_is_recorded_counts_until_something_else_is_typed() -> None:
    sheet = sheet_of(WAITS, WHY)
    sheet = act(sheet, decide.answer(sheet, "one", {"waits": "now"}))
    assert asked(sheet, {}) == ["waits", "why"]
    assert asked(sheet, {"waits": ""}) == ["waits"]


def test_what_cannot_be_read_is_unknown() -> None:
    many = Condition(field_id="guests", at_least=10)
    sheet = sheet_of(make_field("guests", "number"), make_field("room", when=many))
    sheet = act(sheet, decide.answer(sheet, "one", {"guests": "12"}))
    assert asked(sheet, {"guests": "12"}) == ["guests", "room"]
    assert asked(sheet, {"guests": "a dozen"}) == ["guests"]


@pytest.mark.parametrize(
    ("when", "opens", "does_not"),
    [
        (Condition(field_id="a", is_not="x"), "", "x"),
        (Condition(field_id="a", any_of=("x", "y")), "y", "z"),
        (Condition(field_id="a", contains="ex"), "text", "word"),
        (Condition(field_id="a", answered=True), "x", "  "),
        (Condition(any_=(is_("a", "x"), Condition(all_=(is_("a", "y"), is_("run-a", "on"))))), "y", "z"),
        (Condition(all_=(is_("a", "x"), Condition(step="two", is_="open"))), "x", "y"),
        (Condition(all_=(is_("a", "x"), Condition(step="hangs", is_="hidden"))), "x", "y"),
    ],
)
def test_every_kind_of_condition(when: Condition, opens: str, does_not: str) -> None:
    steps = (
        make_step("one", make_field("a"), make_field("b", when=when)),
        make_step("two"),
        make_step("hangs", when=is_("a", "y")),
    )
    sheet = make_sheet(make_playbook(*steps, fields=make_field("run-a")), answers={"run-a": "on"})
    assert asked(sheet, {"a": opens}) == ["a", "b"]
    assert asked(sheet, {"a": does_not}) == ["a"]


def test_dates_and_amounts_are_compared_as_such() -> None:
    late, dear = Condition(field_id="day", after="2026-11-24"), Condition(field_id="sum", more_than="100 EUR")
    sheet = sheet_of(
        make_field("why-late", when=late), make_field("why-dear", when=dear), make_field("day", "date"),
        make_field("sum", "money"),
    )  # fmt: skip
    assert asked(sheet, {"day": "2026-11-25", "sum": "100.01 EUR"}) == ["why-late", "why-dear", "day", "sum"]
    assert asked(sheet, {"day": "2026-11-24", "sum": "100.01 USD"}) == ["day", "sum"]


def test_an_answer_to_a_question_that_is_not_asked_opens_nothing() -> None:
    sheet = sheet_of(WAITS, WHY, make_field("who", when=is_("why", "boss")))
    assert asked(sheet, {"waits": "now", "why": "boss"}) == ["waits", "why", "who"]
    assert asked(sheet, {"waits": "waits", "why": "boss"}) == ["waits"]


def test_a_long_chain_in_any_order() -> None:
    chain = [make_field("f0"), *(make_field(f"f{n}", when=is_(f"f{n - 1}", "x")) for n in range(1, 12))]
    sheet = sheet_of(*reversed(chain))
    typed = {field.id: "x" for field in chain}
    assert len(asked(sheet, typed)) == 12
    assert asked(sheet, {**typed, "f5": "y"}) == ["f5", "f4", "f3", "f2", "f1", "f0"]


def test_questions_that_hang_on_themselves_come_to_an_end() -> None:
    sheet = sheet_of(
        make_field("a", when=is_("b", "x")), make_field("b", when=Condition(field_id="a", is_not="x"))
    )
    assert set(asked(sheet, {"a": "x", "b": "x"})) <= {"a", "b"}


def test_the_fields_of_the_run_and_the_client() -> None:
    fields = make_field("tier"), make_field("perk", when=is_("tier", "gold")), make_field("old", when=Condition(client="since", answered=True))  # fmt: skip
    sheet = make_sheet(make_playbook(make_step(), fields=fields), client={"since": "2019"})
    assert asked(sheet, {"tier": "gold"}, "") == ["tier", "perk", "old"]
    assert asked(sheet, {"tier": "plain"}, "") == ["tier", "old"]


def test_what_the_form_asks_is_what_a_tick_demands() -> None:
    sheet = sheet_of(WAITS, WHY)
    for typed in ({"waits": "now", "why": "x"}, {"waits": "waits", "why": "x"}):
        shown = {key: text for key, text in typed.items() if key in asked(sheet, typed)}
        assert isinstance(decide.tick(sheet, "one", at=AT, answers=shown), Draft)
