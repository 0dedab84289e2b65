from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.calendar import Calendar
from playbook.core.playbook import Playbook, PlaybookTest, Step
from playbook.core.proof import CODES, DateFinding, prove
from playbook.core.schedule import parse_rule
from playbook.core.text import is_clean
from playbook.core.trial import trial
from playbook.files.read import read_playbook
from playbook.locations import shipped_library
from playbook.words.proofs import FINDINGS, failure_words, finding_hint, finding_words
from tests.builders import is_, make_field, make_playbook, make_section, make_step
from tests.core.properties import CALM, CLOSED, NEAR_DAYS
from tests.hostile import HOSTILE

MONDAY, FRIDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28)
SPAIN = frozenset(
    date(year, month, day)
    for year in range(2026, 2029)
    for month, day in ((1, 1), (1, 6), (5, 1), (8, 15), (10, 12), (11, 1), (12, 6), (12, 8), (12, 25))
)
SHIPPED = sorted(shipped_library().rglob("*.toml"))
UNITS = st.sampled_from(["d", "bd", "w", "mo"])


def found(*steps: Any, days: int = 7, calendar: Calendar = Calendar(), **given: Any) -> list[DateFinding]:  # noqa: B008
    return prove(make_playbook(*steps, **given), calendar, MONDAY, days)


def codes(*steps: Any, **given: Any) -> list[tuple[str, str]]:
    return [(each.step_id, each.code) for each in found(*steps, **given)]


def far(**fields: date | datetime) -> tuple[PlaybookTest, ...]:
    return (PlaybookTest("far", MONDAY, fields={name.replace("_", "-"): at for name, at in fields.items()}),)


# Closed days.


def test_an_exact_date_is_found_on_a_closed_day_with_the_first_start_and_how_often() -> None:
    [finding] = found(make_step("call", due="start + 1d", roll="none"))
    assert (finding.code, finding.step_id, finding.title) == ("closed-day", "call", "Call")
    assert (finding.start, finding.moment, finding.hits, finding.days) == (FRIDAY, SATURDAY, 2, 7)


def test_the_rolls_of_step_and_playbook_count() -> None:
    assert codes(make_step("call", due="start + 1d")) == []
    assert codes(make_step("call", due="start + 1d"), roll="none") == [("call", "closed-day")]
    assert codes(make_step("call", due="start + 1d", roll="later"), roll="none") == []


def test_a_clock_time_does_not_hide_a_closed_day() -> None:
    [finding] = found(make_step("call", due="start + 1d", roll="none", by="16:00"))
    assert finding.moment == datetime(2026, 11, 28, 16, tzinfo=UTC)


@pytest.mark.parametrize("rule", ["start", "when", "start + 26h", "at", "at + 30min"])
def test_bare_rules_and_the_clock_are_not_judged(rule: str) -> None:
    fields = (make_field("when", "date"), make_field("at", "datetime"))
    assert codes(make_step("call", due=rule, roll="none"), fields=fields) == []


def test_whoever_starts_on_a_closed_day_works_on_it() -> None:
    assert codes(make_step("write", due="start + 1d", roll="earlier")) == []


# Before the start, and after an anchor.


def test_a_date_before_the_start_is_found_with_the_day_it_meant() -> None:
    asked = make_step("agree", make_field("kickoff", "date"), due="start + 2bd")
    [finding] = found(asked, make_step("gather", due="kickoff - 3bd"))
    assert (finding.code, finding.step_id, finding.start, finding.hits) == (
        "before-start",
        "gather",
        MONDAY,
        7,
    )
    assert (finding.moment, finding.args["meant"]) == (MONDAY, date(2026, 11, 20))
    assert finding.args["rule"] == parse_rule("kickoff - 3bd")
    assert (finding.args["anchor"], finding.args["anchor_on"]) == ("Kickoff", date(2026, 11, 25))


def test_a_minus_that_rolls_later_is_found_after_its_anchor() -> None:
    monday_off = Calendar(closed=frozenset({date(2026, 11, 30)}))
    asked = make_step("agree", make_field("kickoff", "date"), due="start + 4d", roll="none")
    gather = make_step("gather", due="kickoff - 1d", roll="later")
    [_, finding] = found(asked, gather, calendar=monday_off)
    assert (finding.code, finding.start, finding.moment) == (
        "after-anchor",
        date(2026, 11, 25),
        date(2026, 12, 1),
    )
    assert finding.args["anchor_on"] == date(2026, 11, 29)


def test_hours_count_from_nine() -> None:
    steps = make_step("call", due="start + 1h"), make_step("write", due="call - 2h")
    [finding] = found(*steps, calendar=Calendar(zone=ZoneInfo("Europe/Madrid")))
    assert (finding.step_id, finding.code) == ("write", "before-start")
    assert isinstance(finding.args["meant"], datetime)
    assert (f"{finding.moment:%H:%M}", f"{finding.args['meant']:%H:%M}") == ("09:00", "08:00")


# What comes first.


def test_a_step_before_what_it_needs_is_found() -> None:
    [finding] = found(
        make_step("late", due="start + 3bd"), make_step("early", due="start + 1bd", needs="late")
    )
    assert (finding.step_id, finding.code, finding.start) == ("early", "before-needs", MONDAY)
    assert (finding.args["needed"], finding.args["needed_on"]) == ("late", date(2026, 11, 26))
    assert finding.args["holds"] is False


@pytest.mark.parametrize("holds", [(), ("early",), ("main",)])
def test_a_step_before_a_hard_gate_that_holds_it_is_found(holds: tuple[str, ...]) -> None:
    gate = make_step("gate", due="start + 2bd", gate="hard", holds=holds)
    early = make_step("early", due="start + 1bd")
    [finding] = found(gate, early)
    assert (finding.step_id, finding.args["needed"], finding.args["holds"]) == ("early", "gate", True)
    assert codes(replace(gate, gate="soft"), early) == []


def test_the_same_day_is_fine_but_clock_times_are_kept() -> None:
    first = make_step("first", due="start + 3h")
    assert codes(first, make_step("second", due="start", needs="first")) == []
    assert codes(first, make_step("second", due="start + 2h", needs="first")) == [("second", "before-needs")]
    called = make_step("called", due="start + 1h"), make_step("second", due="called", needs="first")
    assert codes(first, *called) == []
    assert codes(make_step("undated"), make_step("second", due="start", needs="undated")) == []


# Who is on time.


def test_steps_under_conditions_and_first_rounds_are_proven() -> None:
    early = make_step("early", due="start - 1d", when=is_("tier", "gold"), repeat="1w")
    hidden = make_section("never", make_step("other", due="start - 1d"), when=is_("tier", "gold"))
    assert codes(early, hidden) == [("early", "before-start"), ("other", "before-start")]


def test_a_step_is_done_at_its_due_and_an_undated_one_at_the_start() -> None:
    undated = make_step("undated", make_field("kickoff", "date"))
    chain = make_step("call", due="start + 5bd"), make_step("write", due="call - 5bd")
    assert codes(undated, *chain, make_step("sum-up", due="undated + 1d"), days=5) == []
    assert codes(undated, make_step("write", due="kickoff - 1d")) == [("write", "before-start")]
    assert codes(*chain, make_step("sum-up", due="write - 1bd"), days=5) == [("sum-up", "before-start")]


def test_the_earliest_of_several_rules_is_judged() -> None:
    rules = ["start + 5bd", "kickoff - 1bd"]
    kickoff = (make_field("kickoff", "date"),)
    assert codes(make_step("write", due=rules), fields=kickoff) == [("write", "before-start")]
    assert codes(make_step("write", due=["start + 5bd", "kickoff + 1bd"]), fields=kickoff) == []


def test_a_test_says_how_far_away_a_field_lies() -> None:
    kickoff, step = (make_field("kickoff", "date"),), make_step("write", due="kickoff - 5bd")
    [guessed] = found(step, fields=kickoff)
    assert guessed.args["is_guessed"] is True
    assert codes(step, fields=kickoff, tests=far(kickoff=date(2026, 11, 30))) == []
    [known] = found(step, fields=kickoff, tests=far(kickoff=date(2026, 11, 27)))
    assert known.args["is_guessed"] is False


def test_that_far_means_as_many_working_days_too() -> None:
    away = far(kickoff=date(2026, 11, 26))
    off = Calendar(closed=frozenset({date(2026, 11, 24), date(2026, 11, 25)}))
    assert codes(make_step("w", due="kickoff - 3bd"), fields=(make_field("kickoff", "date"),), tests=away, calendar=off, days=1) == []  # fmt: skip


def test_a_clock_time_of_a_test_is_kept() -> None:
    fields = (make_field("at", "datetime"),)
    away = far(at=datetime(2026, 11, 23, 16))  # noqa: DTZ001 - TOML's local time
    assert (
        codes(make_step("call", due="start + 1h"), make_step("w", due="at - 6h"), fields=fields, tests=away)
        == []
    )
    assert codes(
        make_step("call", due="start + 1h"), make_step("w", due="at - 8h"), fields=fields, tests=away
    ) == [("w", "before-start")]


# The target.


def aimed(*steps: Step, **given: Any) -> list[tuple[str, str]]:
    return codes(*steps, target_label="Go-live", **given)


def test_the_target_lies_thirteen_weeks_away_or_as_far_as_a_test_has_it() -> None:
    steps = make_step("near", due="start + 85d"), make_step("far", due="start + 20w")
    assert aimed(*steps) == [("far", "after-target")]
    tests = (
        PlaybookTest("far", "2026-11-23", target="2027-06-01"),
        PlaybookTest("near", MONDAY, target=FRIDAY),
    )
    assert aimed(*steps, tests=tests) == []
    assert aimed(make_step("prepare", due="target - 13w"), make_step("plan", due="target - 14w"), days=5) == [
        ("plan", "before-start")
    ]


def test_what_is_meant_to_lie_after_the_target_is_not_judged() -> None:
    handover = make_step("handover", make_field("seen-on", "date"), due="target + 1w")
    ask = make_step("ask", due="handover + 3d")
    assert (
        aimed(handover, ask, make_step("see", due="seen-on + 1d"), make_step("end", due="ask.due + 1d")) == []
    )


def test_a_run_without_a_target_is_proven_as_well() -> None:
    both = make_step("both", due=["target - 12w", "start + 5bd"])
    assert aimed(both, make_step("last", due="start + 2w", needs="both")) == []
    assert aimed(both, make_step("mid", due="target - 12w")) == []
    assert aimed(make_step("mid", due="target - 12w"), make_step("next", due="mid - 1d")) == []
    late = make_step("late", due=["target - 90d", "start + 5bd"])
    [finding] = found(late, make_step("mid", due="start + 2bd", needs="late"), target_label="Go-live", days=1)
    assert (finding.step_id, finding.args["needed_on"]) == ("mid", date(2026, 11, 30))


# What waits on itself.


def test_a_field_asked_by_the_step_it_dates_counts_from_the_start() -> None:
    assert codes(make_step("call", make_field("call-at", "datetime"), due="call-at")) == []
    assert codes(make_step("call", make_field("on", "date"), due="on - 1d")) == [("call", "before-start")]


def test_circles_end() -> None:
    one = make_step("one", make_field("a", "date"), due="b + 1d")
    two = make_step("two", make_field("b", "date"), due="a - 1d")
    three, four = make_step("three", due="four.due"), make_step("four", due="three.due + 1d")
    assert codes(one, two, three, four) == [("two", "before-start")]
    rest = (
        make_step("five", due="six + 1d"),
        make_step("six", due="five + 1d"),
        make_step("seven", due="seven"),
    )
    assert codes(*rest) == []


def test_a_long_chain_is_no_trouble() -> None:
    steps = [make_step(f"s{n}", due=f"s{n + 1} - 1d") for n in range(3000)]
    assert codes(*steps, make_step("s3000", due="start"), days=1)[-1] == ("s2999", "before-start")


def test_what_makes_no_sense_is_passed_over() -> None:
    odd = (
        PlaybookTest("odd", "someday", target="later", fields={"kickoff": 3, "nothing": MONDAY}),
        PlaybookTest("odd", MONDAY, target="9999-12-31", fields={"tier": "x"}, closed=("x",)),
    )
    steps = (
        make_step("a", due="nobody + 1d", needs="nobody"), make_step("b", due="tier"), make_step("c", due="x.due"),
    )  # fmt: skip
    assert codes(*steps, fields=(make_field("tier"),), target_label="Go-live", tests=odd) == []
    assert prove(make_playbook(make_step(due="start + 1d")), Calendar(), date.max) == []
    assert prove(Playbook(), Calendar(), MONDAY) == []


# Whole playbooks.


@given(st.lists(st.tuples(st.integers(0, 40), UNITS), min_size=1, max_size=5), NEAR_DAYS, CLOSED)
@CALM
def test_a_playbook_that_counts_on_from_the_start_is_clean(
    rules: list[tuple[int, str]], first: date, closed: frozenset[date]
) -> None:
    steps = [make_step(f"s{n}", due=f"start + {count} {unit}") for n, (count, unit) in enumerate(rules)]
    assert prove(make_playbook(*steps), Calendar(closed=closed), first, 5) == []


@given(
    st.lists(st.tuples(st.integers(0, 40), UNITS), max_size=4), st.integers(1, 40), UNITS, NEAR_DAYS, CLOSED
)
@CALM
def test_one_minus_from_the_start_is_found_on_every_day(
    rules: list[tuple[int, str]], count: int, unit: str, first: date, closed: frozenset[date]
) -> None:
    steps = [make_step(f"s{n}", due=f"start + {many} {each}") for n, (many, each) in enumerate(rules)]
    wrong = make_step("wrong", due=f"start - {count}{unit}")
    [finding] = prove(make_playbook(*steps, wrong), Calendar(closed=closed), first, 5)
    assert (finding.code, finding.step_id, finding.start, finding.hits) == ("before-start", "wrong", first, 5)


CHAINS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(["", ".due"]), st.sampled_from("+-"), st.integers(0, 20), st.sampled_from(["d", "bd"])),
    min_size=1, max_size=5,
)  # fmt: skip


@given(CHAINS, NEAR_DAYS, CLOSED)
@CALM
def test_its_dates_are_those_of_a_run_in_which_everybody_is_on_time(
    chain: list[tuple[int, str, str, int, str]], first: date, closed: frozenset[date]
) -> None:
    steps = [make_step("end", due="start + 12mo"), make_step("s0", due="start", needs="end")]
    for n, (back, of_due, sign, amount, unit) in enumerate(chain):
        offset = f" {sign} {amount}{unit}" if amount else ""
        steps.append(make_step(f"s{n + 1}", due=f"s{back % (n + 1)}{of_due}{offset}", needs="end"))
    playbook = make_playbook(*steps)
    proven = prove(playbook, Calendar(closed=closed), first, 1)
    dues = {each.step_id: each.moment for each in proven if each.code == "before-needs"}
    assert len(dues) == len(steps) - 1
    told = PlaybookTest("on time", first, closed=tuple(closed), done=dues, due=dues)
    assert [failure_words(each) for each in trial(playbook, told)] == []


@pytest.mark.parametrize("closed", [frozenset(), SPAIN], ids=["week", "spain"])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_shipped_playbooks_are_clean(path: Any, closed: frozenset[date]) -> None:
    playbook = read_playbook(path.read_text(encoding="utf-8"), path.stem).playbook
    assert playbook is not None
    assert [finding_words(each) for each in prove(playbook, Calendar(closed=closed), MONDAY)] == []


def test_a_wrong_offset_in_a_shipped_playbook_is_found() -> None:
    [path] = [path for path in SHIPPED if path.stem == "onboarding" and path.parent.name == "en"]
    text = path.read_text(encoding="utf-8").replace('due = "kickoff - 1bd"', 'due = "kickoff - 20bd"')
    playbook = read_playbook(text, path.stem).playbook
    assert playbook is not None
    [finding] = prove(playbook, Calendar(), MONDAY, 10)
    assert (finding.step_id, finding.code, finding.start) == ("rehearse", "before-start", MONDAY)


# Words.


def test_findings_in_words() -> None:
    need = (
        make_step("kickoff", due="start + 3bd"),
        make_step("send-recap", due="start + 1bd", needs="kickoff"),
    )
    assert [finding_words(each) for each in found(*need)] == [
        "“Send recap” (send-recap) would be due Tue 24 Nov 2026, before “Kickoff” that it needs (Thu 26 Nov 2026), "
        "when started on Mon 23 Nov 2026; 7 of 7 start days."
    ]
    [finding] = found(make_step("write", due="party - 1bd"), fields=(make_field("party", "date"),))
    assert finding_words(finding) == (
        "“Write” (write) would be due Fri 20 Nov 2026 (1 working day before “Party”), before the start, "
        "when started on Mon 23 Nov 2026; 7 of 7 start days."
    )
    assert finding_hint(finding) == (
        "No [[test]] answers “Party”, so it counts as Mon 23 Nov 2026. Add one that has it where it usually lies."
    )
    [finding] = found(make_step("far", due="start + 40w"), target_label="Go-live", days=1)
    assert finding_words(finding) == (
        "“Far” (far) would be due Mon 30 Aug 2027 (40 weeks after the start), after the target (Mon 22 Feb 2027), "
        "when started on Mon 23 Nov 2026; 1 of 1 start day."
    )
    assert finding_hint(finding) == ""


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_its_sentence_whatever_is_in_it(code: str) -> None:
    assert set(FINDINGS) == {*CODES, "before-needs-gate"}
    for text in HOSTILE:
        args = {"anchor": text, "needed": text, "needed_title": text, "is_guessed": True, "holds": True}
        finding = DateFinding(code, text, text, MONDAY, MONDAY, args)
        assert is_clean(finding_words(finding) + finding_hint(finding))
