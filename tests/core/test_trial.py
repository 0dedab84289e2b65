from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.playbook import Condition, PlaybookTest
from playbook.core.text import is_clean
from playbook.core.trial import TrialFailure, moment_in, trial
from playbook.files.read import read_playbook
from playbook.locations import shipped_library
from playbook.words.proofs import FAILURES, failure_words
from tests.builders import MONDAY, is_, make_field, make_playbook, make_section, make_step
from tests.core.properties import CALM
from tests.hostile import HOSTILE
from tests.strategies import PLAIN, TEXTS

PLAYBOOK = make_playbook(
    make_step("ask", make_field("tier", "choice", choices=["gold", "grey"]), due="start + 1bd"),
    make_step("paper", make_field("budget", "money", required=True), gate="hard", holds="order", due="start + 2bd"),
    make_step("extra", due="start + 1bd", when=is_("tier", "gold")),
    make_step("order", due="ask + 1w"),
    make_step("hand-over", due="target - 1bd", needs="order"),
    make_step("plain", skip="free"),
    fields=(make_field("kickoff", "date"), make_field("big", "yes-no")),
    target_label="Go-live",
)  # fmt: skip


def tried(**told: Any) -> list[TrialFailure]:
    return trial(PLAYBOOK, PlaybookTest(**{"name": "It holds", "start": MONDAY, **told}))


def codes(**told: Any) -> list[tuple[str, str, str, str]]:
    return [(each.code, each.name, each.expected, each.found) for each in tried(**told)]


# What passes.


def test_a_test_that_holds_passes() -> None:
    assert tried(
        fields={"tier": "grey", "budget": "200 EUR"},
        due={"ask": "2026-11-24", "paper": date(2026, 11, 25), "order": "waiting", "hand-over": "waiting"},
        shown=("ask", "plain"), hidden=("extra",), locked=("order", "hand-over"), open=("ask", "paper"),
    ) == []  # fmt: skip


def test_what_is_done_passes_over_locks_and_required_fields() -> None:
    assert tried(done={"order": "2026-12-04T10:00"}, open=("hand-over",), shown=("order",)) == []
    assert tried(done=("order", "paper", "ask"), due={"order": "2026-11-30"}) == []


def test_a_day_stands_for_its_morning() -> None:
    call = make_playbook(
        make_step("call"), make_step("write", due="call + 2h"), make_step("now", due="start + 1h")
    )
    told = PlaybookTest("hours", "2026-11-23", done={"call": "2026-11-24"}, due={"write": "2026-11-24T11:00", "now": datetime(2026, 11, 23, 10)})  # noqa: DTZ001  # fmt: skip
    assert trial(call, told) == []
    told = PlaybookTest("listed", "2026-11-23T14:30", done=("call",), due={"write": "2026-11-23T16:30"})
    assert trial(call, told) == []


def test_skipped_and_not_fitting_steps_are_settled_at_the_start() -> None:
    assert tried(skipped=("paper",), na=("ask",), open=("order",), due={"order": "2026-11-30"}) == []


def test_days_off_the_target_and_the_client_count() -> None:
    assert tried(closed=("2026-11-24", date(2026, 11, 25)), due={"ask": "2026-11-26"}) == []
    assert tried(target="2026-12-14", due={"hand-over": "2026-12-11"}) == []
    known = make_playbook(
        make_step("vip", when=Condition(client="tier", is_="gold")),
        make_step("old", when=Condition(client="since", before=date(2020, 1, 1))),
    )
    told = PlaybookTest(
        "client", MONDAY, client={"tier": "gold", "since": date(2019, 5, 5)}, shown=("vip", "old")
    )
    assert trial(known, told) == []
    assert [each.name for each in trial(known, PlaybookTest("none", MONDAY, shown=("vip", "old")))] == [
        "vip",
        "old",
    ]


@pytest.mark.parametrize(("kind", "given", "condition"), [
    ("yes-no", True, {"is_": True}),
    ("number", 12.5, {"more_than": 12}),
    ("money", "200 EUR", {"at_least": "100 EUR"}),
    ("money", {"amount": "200.00", "currency": "EUR"}, {"at_least": "100 EUR"}),
    ("date", date(2026, 12, 1), {"after": date(2026, 11, 1)}),
    ("date", "2026-12-01", {"before": date(2026, 12, 2)}),
    ("datetime", datetime(2026, 12, 1, 10), {"answered": True}),  # noqa: DTZ001
    ("list", ["Ana", "Luis"], {"contains": "luis"}),
    ("text", 3, {"is_": "3"}),
])  # fmt: skip
def test_answers_are_read_as_a_person_would_type_them(
    kind: str, given: Any, condition: dict[str, Any]
) -> None:
    seen = make_step("seen", when=Condition(field_id="it", **condition))
    for playbook in (
        make_playbook(seen, fields=(make_field("it", kind),)), make_playbook(seen, make_step("s", make_field("it", kind))),
    ):  # fmt: skip
        assert trial(playbook, PlaybookTest("typed", MONDAY, fields={"it": given}, shown=("seen",))) == []
        assert trial(playbook, PlaybookTest("untold", MONDAY, hidden=("seen",))) == []


def test_a_day_is_met_by_a_clock_time_on_it_but_not_the_other_way_round() -> None:
    by_four = make_playbook(
        make_step("call", due="start + 1bd", by="16:00"), make_step("write", due="start + 1bd")
    )

    def due(step: str, wanted: str) -> list[TrialFailure]:
        return trial(by_four, PlaybookTest("by", MONDAY, due={step: wanted}))

    assert due("call", "2026-11-24") == due("call", "2026-11-24T16:00") == due("write", "2026-11-24") == []
    assert due("call", "2026-11-24T15:00")
    assert due("write", "2026-11-24T09:00")


def test_a_repeating_step_is_due_again() -> None:
    check_in = make_playbook(make_step("check-in", due="start + 1w", repeat="1w"))
    told: dict[str, Any] = {
        "done": {"check-in": "2026-11-30T10:00"},
        "open": ("check-in",),
        "due": {"check-in": "2026-12-07"},
    }
    assert trial(check_in, PlaybookTest("again", MONDAY, **told)) == []
    assert trial(check_in, PlaybookTest("over", MONDAY, na=("check-in",), open=("check-in",)))


# What fails.


def test_how_a_step_was_settled_is_told() -> None:
    told = tried(done=("ask",), skipped=("paper",), na=("plain",), open=("ask", "paper", "plain"))
    assert [each.found for each in told] == ["done", "skipped", "n/a"]


def test_each_expectation_that_is_not_met_is_told() -> None:
    assert codes(due={"ask": "2026-11-25"}) == [("due", "ask", "2026-11-25", "2026-11-24")]
    assert codes(due={"order": "2026-11-25"}) == [("due", "order", "2026-11-25", "waiting")]
    assert codes(due={"ask": "waiting"}) == [("due", "ask", "waiting", "2026-11-24")]
    assert codes(due={"plain": "waiting"}) == [("due", "plain", "waiting", "no date")]
    assert codes(due={"extra": "2026-11-24"}) == [("due", "extra", "2026-11-24", "hidden")]
    assert codes(shown=("extra",)) == [("shown", "extra", "shown", "hidden")]
    assert codes(hidden=("ask",)) == [("hidden", "ask", "hidden", "open")]
    assert codes(locked=("ask", "extra")) == [
        ("locked", "ask", "locked", "open"),
        ("locked", "extra", "locked", "hidden"),
    ]
    assert codes(open=("order", "ask"), done=("ask",)) == [
        ("open", "order", "open", "locked"), ("open", "ask", "open", "done"),
    ]  # fmt: skip
    [failure] = tried(open=("hand-over",), done=("paper",))
    assert failure.args == {"title": "Hand over", "locks": ("order",)}


def test_what_cannot_be_understood_is_told_and_the_rest_still_runs() -> None:
    assert codes(
        target="soon", closed=("never",), fields={"tier": "silver", "none": 1}, done={"ask": "then", "gone": MONDAY},
        due={"lost": MONDAY, "ask": "x", "paper": "2026-11-25"}, shown=("lost", "extra"),
    ) == [
        ("moment-unknown", "closed", "", "never"),
        ("moment-unknown", "target", "", "soon"),
        ("answer-unfit", "tier", "", ""),
        ("field-unknown", "none", "", ""),
        ("moment-unknown", "done", "", "then"),
        ("step-unknown", "gone", "", ""),
        ("moment-unknown", "ask", "", "x"),
        ("shown", "extra", "shown", "hidden"),
        ("step-unknown", "lost", "", ""),
    ]  # fmt: skip
    assert codes(start="whenever", due={"ask": "2020-01-01"}) == [("moment-unknown", "start", "", "whenever")]


@given(st.builds(
    PlaybookTest, name=st.just(""), start=st.one_of(PLAIN, st.just(MONDAY)), target=PLAIN,
    fields=st.dictionaries(st.sampled_from(["kickoff", "tier", "budget", "big"]), PLAIN),
    client=st.dictionaries(TEXTS, PLAIN, max_size=2), closed=st.lists(PLAIN, max_size=2).map(tuple),
    done=st.dictionaries(st.sampled_from(["ask", "order", "x"]), PLAIN),
    due=st.dictionaries(st.sampled_from(["ask", "order", "x"]), PLAIN), open=st.lists(TEXTS, max_size=2).map(tuple),
))  # fmt: skip
@CALM
def test_nothing_that_a_file_says_makes_a_trial_crash(told: PlaybookTest) -> None:
    for failure in trial(PLAYBOOK, told):
        assert is_clean(failure_words(failure))


@pytest.mark.parametrize("path", sorted(shipped_library().rglob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_playbooks_pass_their_tests(path: Any) -> None:
    playbook = read_playbook(path.read_text(encoding="utf-8"), path.stem).playbook
    assert playbook is not None
    assert playbook.tests
    assert {
        test.name: told for test in playbook.tests if (told := [*map(failure_words, trial(playbook, test))])
    } == {}


# Moments and words.


def test_days_and_instants_are_read_in_utc() -> None:
    assert moment_in("2026-11-24") == moment_in(date(2026, 11, 24)) == date(2026, 11, 24)
    at = moment_in("2026-11-24T10:00")
    assert isinstance(at, datetime)
    assert at.isoformat() == "2026-11-24T10:00:00+00:00"
    assert moment_in(datetime(2026, 11, 24, 10)) == moment_in("2026-11-24 11:00+01:00") == at  # noqa: DTZ001
    nothing: tuple[Any, ...] = ("", "soon", 3, None, [], True)
    assert [moment_in(value) for value in nothing] == [None] * 6


def test_failures_in_words() -> None:
    told = tried(
        fields={"tier": "silver", "none": 1}, done={"ask": "then"},
        due={"ask": "2026-11-25", "order": "2026-11-25T10:00", "hand-over": "2026-11-25", "plain": "waiting"},
        open=("order",), shown=("extra", "lost"),
    )  # fmt: skip
    assert [failure_words(each) for each in told] == [
        "`tier`: Tier: “silver” is not one of the choices: “gold”, “grey”.",
        "There is no field `none`.",
        "`done`: “then” is no day. Write it like 2026-11-24, or 2026-11-24T10:00.",
        "“Ask” (ask) should be due Wed 25 Nov 2026, but is due Tue 24 Nov 2026.",
        "“Order” (order) should be due Wed 25 Nov 2026 10:00, but is waiting for `ask`.",
        "“Hand over” (hand-over) should be due Wed 25 Nov 2026, but is waiting for `target`.",
        "“Plain” (plain) should be waiting, but is without a date.",
        "“Extra” (extra) should be shown, but is hidden.",
        "“Order” (order) should be open, but is locked by `paper`.",
        "There is no step `lost`.",
    ]


@pytest.mark.parametrize("code", FAILURES)
def test_every_failure_is_one_clean_line(code: str) -> None:
    for text in HOSTILE:
        failure = TrialFailure(code, text, text, text, {"title": text, "locks": (text,), "anchor": text})
        assert is_clean(failure_words(failure))


def test_a_section_under_a_condition_hides_its_steps() -> None:
    playbook = make_playbook(make_section("vip", make_step("call"), when=is_("tier", "gold")), fields=(make_field("tier"),))  # fmt: skip
    assert trial(playbook, PlaybookTest("grey", MONDAY, hidden=("call",))) == []
    assert trial(playbook, PlaybookTest("gold", MONDAY, fields={"tier": "Gold"}, open=("call",))) == []
