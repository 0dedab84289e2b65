from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core import decide
from playbook.core.calendar import Calendar
from playbook.core.conditions import Facts, all_hold, explain, holds, leaves
from playbook.core.playbook import TESTS, Condition, Playbook, Ref
from playbook.core.problems import Because
from tests.builders import act, is_, make_field, make_playbook, make_section, make_sheet, make_step
from tests.core.properties import CALM
from tests.hostile import HOSTILE

EUR, USD = {"amount": "1200.00", "currency": "EUR"}, {"amount": "1200.00", "currency": "USD"}
NAIVE = datetime(2026, 11, 24, 11, 30)  # noqa: DTZ001 - TOML's local datetime
LINES = [{"text": "No calls on Friday", "choice": "told"}, {"text": "Reply in a day", "choice": "read-back"}]


def facts(
    answers: Mapping[str, Any] | None = None, states: Mapping[str, str] | None = None,
    client: Mapping[str, Any] | None = None, zone: str = "Europe/Madrid",
) -> Facts:  # fmt: skip
    calendar = Calendar(zone=ZoneInfo(zone))
    return Facts(
        (answers or {}).get, lambda step: (states or {}).get(step, "open"), (client or {}).get, calendar
    )


def check(left: Any, client: Mapping[str, Any] | None = None, /, **test: Any) -> bool:
    """Whether a test holds for an answer."""
    return holds(Condition(field_id="f", **test), facts({"f": left}, client=client))


@pytest.mark.parametrize(
    ("left", "test", "expected"),
    [
        # Text, without case.
        ("Gold", {"is_": "gold"}, True),
        ("STRASSE", {"is_": "straße"}, True),
        (" gold ", {"is_": "gold"}, True),
        ("silver", {"is_": "gold"}, False),
        ("gold", {"is_not": "Gold"}, False),
        ("silver", {"is_not": "gold"}, True),
        ("silver", {"any_of": ("Gold", "Silver")}, True),
        ("bronze", {"any_of": ("gold", "silver")}, False),
        ("Prefers mornings", {"contains": "MORNING"}, True),
        ("Prefers mornings", {"contains": "evening"}, False),
        # Numbers.
        (5, {"is_": 5}, True),
        (5, {"is_": 5.0}, True),
        (5, {"more_than": 5}, False),
        (5.5, {"more_than": 5}, True),
        (5, {"at_least": 5}, True),
        (5, {"at_most": 4}, False),
        (4, {"less_than": 5}, True),
        (0, {"answered": True}, True),
        ("many", {"more_than": 5}, False),
        # Yes or no.
        (True, {"is_": True}, True),
        (False, {"is_": True}, False),
        (False, {"is_": False}, True),
        (True, {"is_": "yes"}, True),
        (False, {"answered": True}, True),
        # Lists: one whole line; numbers are their length.
        (["Logo", "Fonts"], {"contains": "logo"}, True),
        (["Logo files"], {"contains": "logo"}, False),
        (["a", "b"], {"is_": "B"}, True),
        (["a", "b"], {"is_not": "b"}, False),
        (["a", "b"], {"any_of": ("x", "b")}, True),
        (["a", "b"], {"more_than": 1}, True),
        (["a", "b"], {"at_most": 1}, False),
        (LINES, {"contains": "reply in a day"}, True),
        (LINES, {"contains": "told"}, False),
        ([], {"answered": True}, False),
        # Money.
        (EUR, {"is_": "1200 EUR"}, True),
        (EUR, {"is_": 1200}, True),
        (EUR, {"more_than": 500}, True),
        (EUR, {"at_least": "1200 eur"}, True),
        (EUR, {"less_than": "1300 EUR"}, True),
        # Days and instants.
        ("2026-11-24", {"is_": date(2026, 11, 24)}, True),
        ("2026-11-24", {"before": date(2026, 11, 24)}, False),
        ("2026-11-24", {"before": date(2026, 11, 25)}, True),
        ("2026-11-24", {"after": "2026-11-23"}, True),
        ("2026-11-24T23:30:00Z", {"is_": date(2026, 11, 25)}, True),
        ("2026-11-24T23:30:00Z", {"after": date(2026, 11, 24)}, True),
        ("2026-11-24T10:00:00Z", {"before": datetime(2026, 11, 24, 10, 30, tzinfo=UTC)}, True),
        ("2026-11-24T10:00:00Z", {"before": "2026-11-24T10:00:00+01:00"}, False),
        ("2026-11-24T10:00:00Z", {"before": NAIVE}, True),
        ("2026-11-24T10:00:00Z", {"before": "2026-11-24T11:00"}, False),
        ("2026-11-24", {"at_most": date(2026, 11, 24)}, True),
        # Answered.
        ("x", {"answered": True}, True),
        ("x", {"answered": False}, False),
        (None, {"answered": False}, True),
        ("", {"answered": False}, True),
    ],
)
def test_each_test(left: Any, test: dict[str, Any], expected: bool) -> None:
    assert check(left, **test) is expected


@pytest.mark.parametrize("name", [t for t in TESTS if t not in ("is_not", "any_of", "answered")])
def test_an_unknown_value_makes_every_test_false_but_is_not(name: str) -> None:
    assert not check(None, **{name: 5})
    assert not check(5, **{name: Ref(client="nothing")})
    assert not check(None, any_of=("a", "b"))
    assert check(None, is_not="gold")
    assert check("gold", is_not=Ref(field_id="unknown"))


@pytest.mark.parametrize("name", ["is_", "more_than", "less_than", "at_least", "at_most"])
def test_amounts_in_two_currencies_never_compare(name: str) -> None:
    assert not check(EUR, **{name: "1200 USD"})
    assert not check(EUR, {"cap": USD}, **{name: Ref(client="cap")})
    assert not check(EUR, {"cap": "1200 USD"}, **{name: Ref(client="cap")})


def test_an_amount_against_a_saved_cap() -> None:
    assert check(EUR, {"goodwill-cap": "1000 EUR"}, more_than=Ref(client="goodwill-cap"))
    assert not check(EUR, {"goodwill-cap": "1500 EUR"}, more_than=Ref(client="goodwill-cap"))
    assert check(EUR, {"goodwill-cap": "1000"}, more_than=Ref(client="goodwill-cap"))


def test_fields_on_both_sides() -> None:
    both = facts({"paid-on": "2026-11-20", "sent-on": "2026-11-18"})
    assert holds(Condition(field_id="paid-on", after=Ref(field_id="sent-on")), both)
    assert not holds(Condition(field_id="sent-on", after=Ref(field_id="paid-on")), both)


def test_the_client_on_the_left() -> None:
    known = facts(client={"form": "usted", "reply-time": "a day"})
    assert holds(Condition(client="form", is_="Usted"), known)
    assert holds(Condition(client="tier", answered=False), known)


@pytest.mark.parametrize("state", ["open", "done", "skipped", "n/a", "hidden"])
def test_the_state_of_a_step(state: str) -> None:
    known = facts(states={"call": state})
    assert holds(Condition(step="call", is_=state), known)
    assert not holds(Condition(step="call", is_not=state), known)
    assert holds(Condition(step="call", any_of=("done", "skipped", "open", "n/a", "hidden")), known)


# Nesting.


def test_a_list_means_all() -> None:
    known = facts({"a": "1", "b": "2"})
    assert all_hold((), known)
    assert all_hold((is_("a", "1"), is_("b", "2")), known)
    assert not all_hold((is_("a", "1"), is_("b", "3")), known)


@CALM
@given(st.lists(st.booleans(), min_size=1, max_size=4), st.lists(st.booleans(), min_size=1, max_size=4))
def test_all_and_any_two_deep(ones: list[bool], others: list[bool]) -> None:
    known = facts({"f": "x"})
    first = tuple(is_("f", "x" if truth else "y") for truth in ones)
    second = tuple(is_("f", "x" if truth else "y") for truth in others)
    assert holds(Condition(all_=first), known) is all(ones)
    assert holds(Condition(any_=first), known) is any(ones)
    assert holds(Condition(any_=(Condition(all_=first), Condition(all_=second))), known) is (
        all(ones) or all(others)
    )
    assert holds(Condition(all_=(Condition(any_=first), Condition(any_=second))), known) is (
        any(ones) and any(others)
    )
    assert list(leaves([Condition(any_=(Condition(all_=first), *second))])) == [*first, *second]


def test_a_condition_that_says_nothing_does_not_hold() -> None:
    assert not holds(Condition(), facts())
    assert not holds(Condition(field_id="f"), facts({"f": "x"}))


@CALM
@given(
    st.sampled_from(
        [
            *HOSTILE,
            None,
            10**400,
            float("inf"),
            -1,
            True,
            [],
            ["x"],
            LINES,
            EUR,
            {"amount": "much"},
            "2026-13-45",
        ]
    ),
    st.sampled_from([*HOSTILE, 10**400, float("nan"), 0, False, date(2026, 1, 1), NAIVE, Ref(field_id="g")]),
    st.sampled_from([name for name in TESTS if name not in ("any_of", "answered")]),
)
def test_no_value_breaks_a_test(left: Any, right: Any, name: str) -> None:
    known = facts({"f": left, "g": left})
    assert holds(Condition(field_id="f", **{name: right}), known) in (True, False)
    assert holds(Condition(field_id="f", any_of=(right, right)), known) in (True, False)


# In a run. Trap 4 of the peers: a step hidden after work was done in it.


def tiers() -> Playbook:
    return make_playbook(
        make_step("plan", make_field("budget", "money"), when=is_("tier", "gold")),
        make_step("order", when=Condition(field_id="budget", more_than=100)),
        make_step("after-plan", when=Condition(step="plan", is_="done")),
        make_step("no-plan", when=Condition(step="plan", is_="hidden")),
        fields=make_field("tier"),
    )


def shown(sheet: decide.Sheet) -> set[str]:
    return {i for i, s in sheet.view.steps.items() if not s.is_hidden}


def test_an_answer_in_a_hidden_step_is_unknown_and_returns_with_it() -> None:
    gold = make_sheet(tiers(), answers={"tier": "gold"})
    assert shown(gold) == {"plan"}
    done = act(gold, decide.tick(gold, "plan", at="2026-11-23T12:00:00Z", answers={"budget": "500 EUR"}))
    assert shown(done) == {"plan", "order", "after-plan"}
    silver = act(done, decide.answer(done, "", {"tier": "silver"}))
    assert shown(silver) == {"no-plan"}
    again = act(silver, decide.answer(silver, "", {"tier": "gold"}))
    assert shown(again) == shown(done)
    assert again.run.progress("plan").answers == {"budget": {"amount": "500.00", "currency": "EUR"}}


def test_a_section_condition_joins_each_steps_own() -> None:
    playbook = make_playbook(
        make_section(
            "gifts", make_step("any"), make_step("big", when=is_("tier", "gold")), when=is_("gifts", True)
        ),
        fields=(make_field("tier"), make_field("gifts", "yes-no")),
    )
    assert shown(make_sheet(playbook, answers={"tier": "gold"})) == set()
    assert shown(make_sheet(playbook, answers={"gifts": True})) == {"any"}
    assert shown(make_sheet(playbook, answers={"gifts": True, "tier": "gold"})) == {"any", "big"}


def test_the_target_is_a_field_of_the_run() -> None:
    playbook = make_playbook(
        make_step("hurry", when=Condition(field_id="target", before=date(2026, 12, 24))),
        target_label="Go-live",
    )
    assert shown(make_sheet(playbook)) == set()
    assert shown(make_sheet(playbook, target="2026-12-01")) == {"hurry"}
    assert shown(make_sheet(playbook, target="2027-01-11")) == set()


def test_a_circle_of_conditions_ends() -> None:
    playbook = make_playbook(
        make_step("a", when=Condition(step="b", is_="hidden")),
        make_step("b", when=Condition(step="a", is_="hidden")),
    )
    assert shown(make_sheet(playbook)) == {"a"} or shown(make_sheet(playbook)) == {"b"}


def test_a_long_chain_of_conditions() -> None:
    steps = [make_step(f"s{n}", when=Condition(step=f"s{n + 1}", is_="open")) for n in range(1500)]
    playbook = make_playbook(*steps, make_step("s1500", when=is_("tier", "gold")), fields=make_field("tier"))
    assert shown(make_sheet(playbook)) == set()
    assert len(shown(make_sheet(playbook, answers={"tier": "gold"}))) == 1501


# Why.


def test_every_shown_conditional_step_can_say_why() -> None:
    playbook = make_playbook(
        make_step("call"),
        fields=(
            make_field("tier", "choice", label="Tier", choices={"gold": "Gold level"}),
            make_field("cap", "money", label="Cap"),
        ),
    )
    because = explain(
        (
            is_("tier", "gold"), Condition(step="call", is_not="hidden"), Condition(client="form", any_of=("tú", "usted")),
            Condition(field_id="cap", more_than=Ref(client="goodwill-cap")), Condition(field_id="cap", less_than=Ref(field_id="tier")),
            Condition(any_=(is_("tier", "gold"), Condition(field_id="cap", answered=True))),
        ),
        playbook,
    )  # fmt: skip
    assert because == (
        Because("is", {"left": "Tier", "right": ("Gold level",), "step": False}),
        Because("is_not", {"left": "Call", "right": ("hidden",), "step": True}),
        Because("any_of", {"left": "form", "right": ("tú", "usted"), "step": False}),
        Because("more_than", {"left": "Cap", "right": ("goodwill-cap",), "step": False}),
        Because("less_than", {"left": "Cap", "right": ("Tier",), "step": False}),
        Because("any", {"parts": (
            Because("is", {"left": "Tier", "right": ("Gold level",), "step": False}),
            Because("answered", {"left": "Cap", "right": (True,), "step": False}),
        )}),
    )  # fmt: skip


def test_a_removed_field_still_has_a_name() -> None:
    assert explain((is_("gone", "x"),), make_playbook(make_step()))[0].args["left"] == "gone"
