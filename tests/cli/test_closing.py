"""`tick --outcome`: how the entries end that a step closes."""

import pytest

from playbook.words.outcomes import outcome_word
from tests.cli.calling import bad, call, good
from tests.cli.scenes import RUN, quote


def promised(day: str = "2026-11-27") -> None:
    """A promise and a worry in the ledger of Acme."""
    quote()
    good(
        "tick",
        RUN,
        "promise",
        "--set",
        "what=Wireframes",
        "--set",
        "worry=Too \x1b[31mdear",
        "--set",
        f"by-day={day}",
    )


def outcomes() -> list[str | None]:
    """How the two entries ended."""
    entries = {entry["id"]: entry["outcome"] for entry in call("show", RUN, "--json").data["entries"]}
    return [entries["acme#1"], entries["acme#2"]]


def test_the_dates_decide_and_what_they_cannot_is_left_open() -> None:
    promised("2026-11-23")
    done = call("tick", RUN, "deliver")
    assert done.err.splitlines() == [
        "Done: “Deliver it”. acme/quote: 2 of 5.",
        "acme#1 “Wireframes”: kept, on time.",
        "acme#2 “Too ␛[31mdear” stays open.",
        "  To close it: playbook close acme#2 --outcome confirmed",
    ]
    assert outcomes() == ["on-time", None]
    good("undo", RUN)
    assert outcomes() == [None, None]


@pytest.mark.parametrize("names", [("acme#1", "acme#2"), ("#1", "2"), ("1", " #2 ")])
def test_what_was_said_outranks_the_dates(names: tuple[str, str]) -> None:
    promised()
    done = call(
        "tick", RUN, "deliver", "--outcome", f"{names[0]}=moved", "--outcome", f"{names[1]}=Confirmed"
    )
    assert done.err.splitlines()[1:] == [
        "acme#1 “Wireframes”: moved with notice.", "acme#2 “Too ␛[31mdear”: settled, they say.",
    ]  # fmt: skip
    assert outcomes() == ["moved", "confirmed"]


def test_open_leaves_an_entry_open() -> None:
    promised("2026-11-20")
    assert "acme#1 “Wireframes” stays open." in call("tick", RUN, "deliver", "--outcome", "1=open").err
    assert outcomes() == [None, None]
    good("undo", RUN)


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11-27"])
def test_what_the_dates_do_not_say_stays_open_with_the_way_to_close_it(day: str) -> None:
    promised(day)
    said = call("tick", RUN, "deliver").err
    assert "acme#1 “Wireframes” stays open." in said and outcomes() == [None, None]
    assert "  To close it: playbook close acme#1 --outcome early|on-time|moved|missed" in said
    good("close", "acme#1", "--outcome", "missed")
    assert outcomes() == ["missed", None]


def test_the_words_for_how_it_ended_fit_expectations_limits_and_what_others_owe() -> None:
    words = {o: outcome_word(o) for o in ("confirmed", "met", "partly", "not-met")}
    assert list(words.values()) == ["settled, they say", "held", "held in part", "did not hold"]
    assert outcome_word("missed") == "missed and owned"
    assert outcome_word("missed", "client") == outcome_word("missed", "third") == "missed"


def test_an_outcome_that_does_not_fit_is_refused_with_those_that_do() -> None:
    promised()
    assert "It can be: early, on-time, moved, missed; “open” leaves it open." in bad(
        "tick", RUN, "deliver", "--outcome", "1=late"
    )
    assert "It can be: confirmed; “open” leaves it open." in bad("tick", RUN, "deliver", "--outcome", "2=met")
    for name in ("acme#7", "other#1", "1#", "x", "²", "9" * 400):
        said = bad("tick", RUN, "deliver", "--outcome", f"{name}=moved")
        assert "It closes: acme#1, acme#2." in said, name
    assert "closes no entry, so 1 needs no outcome" in bad("tick", RUN, "praise", "--outcome", "1=moved")
    assert "Did you mean deliver?" in bad("tick", RUN, "delivr", "--outcome", "1=moved")
    assert "not ENTRY=OUTCOME" in bad("tick", RUN, "deliver", "--outcome", "moved", code=2)
    assert outcomes() == [None, None]
    good("tick", RUN, "deliver")
    assert "already done" in bad("tick", RUN, "deliver", "--outcome", "1=moved")


def test_the_next_step_says_what_it_will_close() -> None:
    promised()
    assert good("next", RUN).splitlines() == [
        "Deliver it  (deliver)  Thu 26 Nov",
        "",
        "Closes, each with --outcome ENTRY=…, or else as the dates say:",
        "  acme#1  Wireframes (Fri 27 Nov): early | on-time | moved | missed | open",
        "  acme#2  Too ␛[31mdear (Mon 23 Nov): confirmed | open",
    ]
