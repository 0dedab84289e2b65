"""Advice: what makes a playbook hard to work with, though it can be used."""

from pathlib import Path
from typing import Any

import pytest

from playbook.core.check import check
from playbook.core.playbook import Condition, Playbook
from playbook.files.check_files import check_file
from tests.builders import is_, make_field, make_playbook, make_section, make_step
from tests.core.test_check import codes, in_one_section

SHIPPED = Path(__file__).parents[2] / "playbooks"


def test_everything_here_is_advice() -> None:
    long = make_section("long", *(make_step(f"s{n}") for n in range(10)))
    vague = make_step(
        "vague", make_field("done"), make_field("one", "choice", choices=["x"]), title="Handle it"
    )
    hidden = make_step("hidden", when=Condition(client="name", is_="x"))
    waits = make_step("waits", due="hidden + 1d")
    found = check(make_playbook(vague, hidden, waits, long))
    assert {problem.level for problem in found} == {"advice"}
    assert len(found) == 5


@pytest.mark.parametrize("path", sorted(SHIPPED.rglob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_playbooks_give_no_advice(path: Path) -> None:
    assert check_file(path) == []


@pytest.mark.parametrize(("count", "pause", "told"), [(9, "", 0), (10, "", 1), (10, "After the call", 0)])
def test_more_than_nine_steps_want_a_pause(count: int, pause: str, told: int) -> None:
    section = make_section("main", *(make_step(f"s{n}") for n in range(count)), pause=pause)
    assert codes(make_playbook(section)) == ["section-long"] * told


@pytest.mark.parametrize(
    ("language", "title", "is_told"),
    [
        ("en", "Ensure the quality", True), ("en", "Make sure: they know", True), ("en", "Deal with worries", True),
        ("en-GB", "Think about the future", True), ("en", "Try to call them", True), ("en", "BE AWARE of risks", True),
        ("en", "Consider", False), ("en", "Considerate words for the card", False), ("en", "Ask how they handle it", False),
        ("en", "Ring, and try to listen", False), ("en", "Asegurar", False), ("en", "", False),
        ("es", "Asegúrate de que llegó", True), ("es", "Tener en cuenta sus reglas", True), ("es", "Gestiona el envío", True),
        ("es-ES", "Intentar llamar", True), ("es", "Llama e intenta escuchar", False), ("es", "Tratado de la casa", False),
        ("de", "Ensure it", False),
    ],
)  # fmt: skip
def test_titles_that_name_nothing(language: str, title: str, is_told: bool) -> None:
    playbook = in_one_section(make_step("a", title=title), language=language)
    assert codes(playbook) == ["title-vague"] * is_told


@pytest.mark.parametrize(
    ("language", "kind", "label", "is_told"),
    [
        ("en", "yes-no", "Done?", True), ("en", "text", "OK", True), ("en", "choice", "Checked", True),
        ("es", "yes-no", "¿Hecho?", True), ("es", "yes-no", "Ya está", True), ("en", "date", "Done", False),
        ("en", "yes-no", "Done by whom", False), ("en", "person", "Checked", False), ("es", "yes-no", "Done", False),
    ],
)  # fmt: skip
def test_fields_that_only_repeat_the_tick(language: str, kind: str, label: str, is_told: bool) -> None:
    choices = {"choices": ["good", "bad"]} if kind == "choice" else {}
    asks = make_step("a", make_field("f", kind, label=label, **choices))
    assert codes(in_one_section(asks, language=language)) == ["field-done"] * is_told


@pytest.mark.parametrize(("kind", "choices", "told"), [("choice", ["x"], 1), ("several", ["x"], 1), ("list", ["x"], 0), ("choice", ["x", "y"], 0)])  # fmt: skip
def test_a_choice_of_one_says_nothing(kind: str, choices: list[str], told: int) -> None:
    asks = make_step("a", make_field("f", kind, choices=choices))
    assert codes(in_one_section(asks)) == ["choice-alone"] * told


# Dates that wait on what may be hidden.

TIER = make_field("tier", "choice", choices=["gold", "tin", "lead"])
GOLD, TIN = is_("tier", "gold"), is_("tier", "tin")
NOT_GOLD = Condition(field_id="tier", is_not="gold")


def waiting(when: Any = (), due: Any = (), **given: Any) -> Playbook:
    """A step `x` with these dates, beside a step `gold` that is shown on gold alone."""
    asked = make_step("gold", make_field("day", "date"), when=GOLD, due="start")
    return in_one_section(asked, make_step("x", when=when, due=due, **given), fields=(TIER,))


@pytest.mark.parametrize("rule", ["gold + 1d", "gold.due + 1d", "day - 1d"])
def test_a_date_on_a_hidden_step_waits_for_ever(rule: str) -> None:
    assert codes(waiting(due=rule)) == ["due-hidden"]
    assert codes(waiting(opens=rule)) == ["due-hidden"]
    assert codes(waiting(due=("start", rule))) == []


@pytest.mark.parametrize(
    ("when", "is_told"),
    [
        (GOLD, False), ((GOLD, Condition(client="name", is_="x")), False), (Condition(all_=(GOLD,)), False), (TIN, True),
        (Condition(field_id="tier", any_of=("gold", "tin")), True), (Condition(field_id="tier", any_of=("gold",)), False),
        (Condition(field_id="tier", answered=True), True), (Condition(field_id="day", answered=True), False),
        (Condition(any_=(GOLD, TIN)), True),
    ],
)  # fmt: skip
def test_a_step_hidden_together_with_its_anchor_is_left_in_peace(when: Any, is_told: bool) -> None:
    assert codes(waiting(when=when, due="gold + 1d")) == ["due-hidden"] * is_told


def test_a_step_shown_once_its_anchor_is_done_is_left_in_peace() -> None:
    done = Condition(step="gold", is_="done")
    assert "due-hidden" not in codes(waiting(when=done, due="day + 1d"))
    assert "due-hidden" in codes(
        waiting(when=Condition(step="gold", any_of=("done", "hidden")), due="day + 1d")
    )


def test_a_wider_condition_of_the_anchor_is_no_trouble() -> None:
    for wide in (Condition(field_id="tier", any_of=("gold", "tin")), Condition(field_id="tier", answered=True),
                 Condition(any_=(TIN, GOLD)), Condition(field_id="tier", is_not="tin")):  # fmt: skip
        playbook = in_one_section(
            make_step("wide", when=wide), make_step("x", when=GOLD, due="wide + 1d"), fields=(TIER,)
        )
        assert codes(playbook) == []


def test_anchors_of_which_one_is_always_shown_are_left_in_peace() -> None:
    def two(other: Condition) -> Playbook:
        steps = (
            make_step("a", when=GOLD),
            make_step("b", when=other),
            make_step("x", due=("a + 1d", "b + 1d")),
        )
        return in_one_section(*steps, fields=(TIER,))

    assert codes(two(NOT_GOLD)) == []
    assert codes(two(TIN)) == ["due-hidden"]


def test_a_field_with_a_condition_of_its_own_may_be_hidden_too() -> None:
    asks = make_step("asks", make_field("day", "date", when=GOLD))
    assert codes(in_one_section(asks, make_step("x", due="day"), fields=(TIER,))) == ["due-hidden"]
    section = make_section("more", make_step("y", due="day"), when=GOLD)
    assert codes(make_playbook(asks, section, fields=(TIER,))) == []
