"""What follows from a ledger, worked out by hand."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.calendar import Calendar
from playbook.core.client import Entry
from playbook.core.figures import Figures, figures

TODAY = date(2026, 11, 25)
AT = "2026-11-02T09:00:00Z"


def entry(n: int, kind: str, on: str, owner: str = "us", outcome: str = "", **values: Any) -> Entry:
    named = {name.replace("_", "-"): value for name, value in values.items()}
    ended = (outcome, "2026-11-20T09:00:00Z", "Ana") if outcome else (None, None, None)
    return Entry(n, kind, AT, "Ana", on, f"entry {n}", owner, "", "", named, *ended)


def found(*entries: Entry, facts: Mapping[str, Any] | None = None, today: date = TODAY) -> Figures:
    return figures(entries, facts or {}, today, Calendar())


def talks(*days: str, channel: str = "call") -> list[Entry]:
    return [entry(n, "contact", day, channel=channel, direction="out") for n, day in enumerate(days, 1)]


def test_an_empty_ledger_knows_nothing_and_is_warm() -> None:
    nothing = found()
    assert (nothing.last_face, nothing.last_voice, nothing.feels_long, nothing.quiet_for) == (None,) * 4
    assert (nothing.asked, nothing.asked_last, nothing.logged_last) == (0, None, None)
    assert (nothing.temperature, nothing.signals) == ("warm", ())


def test_a_voice_is_a_call_a_video_or_a_meeting_and_a_face_only_a_meeting() -> None:
    seen = found(
        entry(1, "contact", "2026-11-03", channel="in-person"), entry(2, "contact", "2026-11-10", channel="video"),
        entry(3, "contact", "2026-11-20", channel="email"),
    )  # fmt: skip
    assert (seen.last_face, seen.last_voice) == (date(2026, 11, 3), date(2026, 11, 10))


def test_a_talk_in_the_future_was_not_had() -> None:
    assert found(*talks("2026-11-10", "2026-12-01")).last_voice == date(2026, 11, 10)


def test_what_feels_long_is_the_median_of_three_gaps_and_what_the_pm_says_outranks_it() -> None:
    two_gaps = talks("2026-08-01", "2026-08-21", "2026-09-20")
    assert found(*two_gaps).feels_long is None
    three = [*two_gaps, *talks("2026-10-30")]  # gaps of 20, 30 and 40 days
    learned = found(*three)
    assert (learned.feels_long, learned.feels_long_learned, learned.quiet_for) == (30, True, None)
    said = found(*three, facts={"feels-long-after": 21})
    assert (said.feels_long, said.feels_long_learned, said.quiet_for) == (21, False, 26)


def test_of_an_even_number_of_gaps_the_middle_is_between_two() -> None:
    assert (
        found(*talks("2026-08-01", "2026-08-03", "2026-08-13", "2026-08-23", "2026-09-22")).feels_long == 10
    )
    assert found(*talks("2026-08-01", "2026-08-03", "2026-08-07", "2026-08-16", "2026-09-22")).feels_long == 6


def test_weeks_of_daily_calls_make_nobody_quiet_before_two_weeks() -> None:
    daily = talks("2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12")
    assert found(*daily).feels_long == 1
    assert found(*daily).quiet_for is None
    assert found(*daily, today=date(2026, 11, 27)).quiet_for == 15


@pytest.mark.parametrize("nonsense", ["", "soon", 0, -3, "nan", "1e999", None, [1]])
def test_a_feeling_that_is_no_number_of_days_counts_for_nothing(nonsense: object) -> None:
    assert found(*talks("2026-11-09"), facts={"feels-long-after": nonsense}).feels_long is None


def test_the_mix_is_read_from_our_last_five_contacts() -> None:
    written = talks(*(f"2026-11-0{n}" for n in range(1, 6)), channel="email")
    assert found(*written).mix == "written"
    assert found(*written[:4]).mix == ""
    assert found(*written, *talks("2026-11-08")).mix == ""
    theirs = [entry(9, "contact", "2026-11-08", channel="call", direction="in")]
    assert found(*written, *theirs).mix == "written"
    trouble = [one._replace(values={**one.values, "topic": "problem"}) for one in talks(*(f"2026-11-0{n}" for n in range(1, 6)))]  # fmt: skip
    assert found(*trouble).mix == "trouble"


def test_status_asked_counts_ninety_days_and_the_ninety_before() -> None:
    days = ("2026-11-25", "2026-08-28", "2026-08-27", "2026-05-30", "2026-05-29")
    asked = found(*(entry(n, "status-asked", day) for n, day in enumerate(days)))
    assert (asked.asked, asked.asked_before, asked.asked_last) == (2, 2, TODAY)


def test_a_promise_is_at_risk_once_our_own_day_has_passed() -> None:
    promises = [
        entry(1, "promise", "2026-11-27", internal="2026-11-24"), entry(2, "promise", "2026-11-27", internal="2026-11-25"),
        entry(3, "promise", "2026-11-20", outcome="missed", internal="2026-11-18"),
        entry(4, "promise", "2026-11-24", owner="client"),
    ]  # fmt: skip
    owed = found(*promises)
    assert [e.n for e in owed.promises] == [1, 2]
    assert [e.n for e in owed.at_risk] == [1]
    assert [e.n for e in owed.theirs] == [4]
    assert owed.signals == ("missed-promise", "slow-replies")


def test_the_temperature_lists_its_signals_and_is_cold_from_three() -> None:
    one = found(entry(1, "concern", AT, answer="2026-11-26"))
    assert (one.temperature, one.signals) == ("cooling", ("open-concerns",))
    three = found(entry(1, "concern", AT, answer="2026-11-24"), entry(2, "status-asked", "2026-11-20"))
    assert (three.temperature, three.signals) == ("cold", ("status-asked", "late-answer", "open-concerns"))


def test_goodwill_is_added_up_by_currency() -> None:
    costs = [("100.50", "EUR"), ("20.00", "USD"), ("0.50", "EUR")]
    spent = found(
        *(entry(n, "note", AT, cost={"amount": a, "currency": c}) for n, (a, c) in enumerate(costs))
    )
    assert spent.goodwill == {"EUR": Decimal("101.00"), "USD": Decimal("20.00")}


def test_the_next_word_is_the_next_one_we_owe() -> None:
    words = [entry(1, "next-word", "2026-12-04"), entry(2, "next-word", "2026-11-30"), entry(3, "next-word", "2026-11-20", outcome="early")]  # fmt: skip
    owed = found(*words).next_word
    assert owed is not None
    assert owed.n == 2


@given(
    st.lists(
        st.tuples(st.dates(date(2026, 1, 1), TODAY), st.sampled_from(["call", "email", "in-person"])),
        max_size=30,
    )
)
def test_the_order_of_logging_never_matters(said: list[tuple[date, str]]) -> None:
    entries = [entry(n, "contact", day.isoformat(), channel=channel) for n, (day, channel) in enumerate(said)]
    one, other = found(*entries), found(*entries[::-1])
    assert (one.last_face, one.last_voice, one.feels_long) == (
        other.last_face,
        other.last_voice,
        other.feels_long,
    )
    if one.last_face is not None:
        assert one.last_voice is not None
        assert one.last_face <= one.last_voice
