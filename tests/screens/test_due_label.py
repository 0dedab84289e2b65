from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from playbook.core.calendar import Calendar
from playbook.core.schedule import DateRule, Moment
from playbook.widgets.due_label import Now, due_label, due_sentence, is_overdue, waiting_label
from playbook.widgets.progress_bar import progress_bar
from playbook.widgets.spans import Spans
from playbook.words.dates import every_words, long_day, near_day, relative, short_day, short_moment

MADRID = Calendar(zone=ZoneInfo("Europe/Madrid"))
NOW = Now(datetime(2026, 11, 21, 8, 0, tzinfo=UTC), MADRID)
"""Saturday, 9:00 in Madrid."""


def said(parts: Spans) -> str:
    return "".join(part.text for part in parts)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "label", "sentence"),
    [
        (None, "", ""),
        (date(2026, 11, 21), "today", "due today"),
        (date(2026, 11, 22), "Sun 22 Nov", "due tomorrow"),
        (date(2026, 11, 24), "Tue 24 Nov", "due Tue 24 Nov"),
        (date(2027, 1, 4), "Mon 4 Jan 2027", "due Mon 4 Jan 2027"),
        (date(2026, 11, 20), "! 1 day", "! overdue since yesterday"),
        (date(2026, 11, 19), "! 2 days", "! overdue since Thu 19 Nov"),
        (at(21, 15), "today 16:00", "due today 16:00"),
        (at(21, 7, 30), "! 08:30", "! overdue since today 08:30"),
        (at(19, 15), "! 2 days", "! overdue since Thu 19 Nov 16:00"),
        (at(22, 23, 30), "Mon 23 Nov 00:30", "due Mon 23 Nov 00:30"),
    ],
)
def test_a_due_date_in_words(due: Moment | None, label: str, sentence: str) -> None:
    assert said(due_label(due, NOW)) == label
    assert said(due_sentence(due, NOW)) == sentence
    assert is_overdue(due, NOW) is label.startswith("!")


def test_overdue_has_a_sign_and_a_tone() -> None:
    assert [part.tone for part in due_label(date(2026, 11, 1), NOW)] == ["overdue"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (DateRule("welcome-call", False, 1, 2, "bd"), "2 working days after Welcome call"),
        (DateRule("welcome-call", False, 1, 1, "bd"), "1 working day after Welcome call"),
        (DateRule("kickoff", False, -1, 3, "d"), "3 days before Welcome call"),
        (DateRule("kickoff", True, 1, 1, "w"), "1 week after the due date of Welcome call"),
        (DateRule("kickoff", False, 1, 1, "mo"), "1 month after Welcome call"),
        (DateRule("call-at", False, -1, 10, "min"), "10 minutes before Welcome call"),
        (DateRule("call-at", False, -1, 1, "h"), "1 hour before Welcome call"),
        (DateRule("target"), "with Welcome call"),
    ],
)
def test_what_a_date_waits_for(rule: DateRule, words: str) -> None:
    assert relative(rule, "Welcome call") == words
    assert said(waiting_label(rule, "Welcome call")) == words


@pytest.mark.parametrize(("rule", "words"), [
    (DateRule("start"), "with the start"), (DateRule("start", False, 1, 1, "bd"), "1 working day after the start"),
    (DateRule("target", False, -1, 2, "d"), "2 days before the target day"), (DateRule("gone", False, 1, 2, "d"), "2 days after gone"),
])  # fmt: skip
def test_a_date_that_counts_from_a_day_without_a_name(rule: DateRule, words: str) -> None:
    assert relative(rule, "") == words


@pytest.mark.parametrize(("amount", "unit", "words"), [
    (1, "bd", "every working day"), (1, "w", "every week"), (2, "w", "every 2 weeks"), (3, "mo", "every 3 months"),
])  # fmt: skip
def test_how_often_something_repeats(amount: int, unit: str, words: str) -> None:
    assert every_words(amount, unit) == words


def test_a_title_with_braces_is_no_message() -> None:
    assert (
        relative(DateRule("a", True, 1, 2, "d"), "{count} {x}") == "2 days after the due date of {count} {x}"
    )


def test_days() -> None:
    day = date(2026, 11, 24)
    assert long_day(day) == "Tuesday 24 November 2026"
    assert short_day(day, date(2026, 1, 1)) == "Tue 24 Nov"
    assert near_day(day, date(2026, 11, 23)) == "tomorrow"
    assert short_moment(datetime(2026, 11, 24, 10, 12), day) == "10:12"  # noqa: DTZ001 - already local
    assert short_moment(datetime(2026, 11, 17, 10, 12), day) == "Tue 17 Nov 10:12"  # noqa: DTZ001 - already local


@pytest.mark.parametrize(
    ("done", "total", "bar"),
    [
        (0, 0, "░░░░░░░░░░░░ 0/0"), (0, 9, "░░░░░░░░░░░░ 0/9"), (1, 100, "█░░░░░░░░░░░ 1/100"),
        (14, 22, "███████░░░░░ 14/22"), (21, 22, "███████████░ 21/22"), (22, 22, "████████████ 22/22"),
    ],
)  # fmt: skip
def test_progress_is_full_only_when_all_is_done(done: int, total: int, bar: str) -> None:
    assert said(progress_bar(done, total)) == bar
