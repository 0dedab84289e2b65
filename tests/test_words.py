"""Codes and words: every code has its sentence, every sentence its code, and every name in one a value."""

import re
import string
from collections.abc import Mapping

import pytest

from playbook.core.calendar import Calendar
from playbook.core.history import HistoryRow
from playbook.core.operations import CLIENT_KINDS, RUN_KINDS
from playbook.core.playbook import CHANNELS, TESTS, Playbook, Section, Step
from playbook.core.problems import Because, Problem, Refusal
from playbook.core.text import is_clean, line
from playbook.words import becauses, findings, refusals, signs
from playbook.words.answers import value_words
from playbook.words.changes import CHANGES, change_words, kind_word
from playbook.words.findings import FINDINGS, finding_words
from playbook.words.names import Names
from playbook.words.problems import PROBLEMS, hint, message
from playbook.words.refusals import REFUSALS, TROUBLES, refusal_words, trouble_words
from tests.hostile import HOSTILE
from tests.sources import constants, fits, made

VARIANTS = {code for code in REFUSALS if code.endswith(("-near", "-none"))}
"""Sentences taken instead of another when there is a near name, or no name at all."""


def names_in(sentence: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def told(kind: str) -> dict[str, list[frozenset[str] | None]]:
    """Codes of a kind that the source makes, each with the names of its values at every place."""
    found: dict[str, list[frozenset[str] | None]] = {}
    for place in made(kind):
        for code in place.codes:
            found.setdefault(code, []).append(place.names)
    return found


def matching(codes: Mapping[str, object], table: Mapping[str, object]) -> set[str]:
    """Entries of a table that some code or pattern stands for."""
    return {entry for entry in table if any(fits(entry, code) for code in codes)}


def test_every_refusal_has_its_sentence() -> None:
    codes = told("Refusal")
    assert len(codes) > 40
    for code in codes:
        assert any(fits(entry, code) for entry in REFUSALS), code


def test_no_sentence_of_a_refusal_is_unused() -> None:
    used = matching(told("Refusal"), REFUSALS)
    assert set(REFUSALS) - VARIANTS - used == set()
    assert {code.rpartition("-")[0] for code in VARIANTS} <= used


def test_every_name_in_a_refusal_has_a_value() -> None:
    for code, places in told("Refusal").items():
        for entry in (entry for entry in REFUSALS if fits(entry, code)):
            for names in places:
                if names is not None and "*" not in code:
                    assert names_in(REFUSALS[entry]) <= names, entry
    for variant in VARIANTS:
        base = variant.rpartition("-")[0]
        assert names_in(REFUSALS[variant]) <= names_in(REFUSALS[base]) | {"near"}, variant
        given = [names for code, places in told("Refusal").items() if fits(base, code) for names in places]
        wanted = "near" if variant.endswith("-near") else "known"
        assert any(names is None or wanted in names for names in given), variant


def test_trouble_and_findings_have_their_sentences() -> None:
    codes = {text for text in constants() if re.fullmatch(r"(store|journal|version)-[a-z-]+", text)} - {
        "version-step"
    }
    assert codes == (set(TROUBLES) | set(FINDINGS)), codes ^ (set(TROUBLES) | set(FINDINGS))
    for place in made("StoreTrouble"):
        assert set(place.codes) <= set(TROUBLES), place


def test_every_problem_has_its_sentence() -> None:
    known = {**PROBLEMS, **FINDINGS}
    for code in told("Problem"):
        assert any(fits(entry, code) for entry in known), code
    patterns = [text for text in constants() if "*" in text and len(text) > 4]
    for code in PROBLEMS:
        assert code in constants() or any(fits(code, pattern) for pattern in patterns), code


def test_every_kind_of_operation_has_its_word() -> None:
    assert set(CHANGES) == RUN_KINDS | CLIENT_KINDS | {"calendar", "undo", "redo"}
    for code in told("Draft"):
        assert code in CHANGES, code


def test_every_condition_has_its_words() -> None:
    assert set(becauses._TESTS) | {"answered"} == {name.rstrip("_") for name in TESTS}
    for name in TESTS:
        because = Because(name.rstrip("_"), {"left": "Tier", "right": ("gold",), "step": False})
        assert "Tier" in becauses.because_words([because])
    parts = (
        Because("is", {"left": "a", "right": (True,), "step": False}),
        Because("answered", {"left": "b", "right": (False,), "step": False}),
    )
    either = Because("any", {"parts": parts})
    assert becauses.because_words([either]) == "“a” is yes or “b” is not answered"
    both = Because(
        "all", {"parts": (either, Because("at_least", {"left": "n", "right": (1,), "step": False}))}
    )
    assert becauses.because_words([both]) == "(“a” is yes or “b” is not answered) and “n” is at least 1"
    inner = Because(
        "all", {"parts": (Because("is", {"left": "c", "right": ("d",), "step": False}), parts[0])}
    )
    assert (
        becauses.because_words([Because("any", {"parts": (inner, parts[1])})])
        == "(“c” is “d” and “a” is yes) or “b” is not answered"
    )
    figures = Because("any_of", {"left": "p", "right": ("1200 EUR", "2026-12-24", 3), "step": False})
    assert becauses.because_words([figures]) == "“p” is one of 1,200 EUR, Thu 24 Dec 2026, 3"
    state = Because("is", {"left": "Ring", "right": ("done",), "step": True})
    assert becauses.because_words([state]) == "“Ring” is done"


def test_every_state_and_channel_has_its_sign_and_word() -> None:
    for state in signs.STATE_SIGNS:
        assert refusals.state_word(state)
    assert set(signs.CHANNEL_SIGNS) == set(CHANNELS)
    for channel in CHANNELS:
        assert signs.channel_word(channel)


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_is_one_clean_line_whatever_is_in_it(code: str) -> None:
    names = names_in(REFUSALS[code])
    for text in HOSTILE:
        said = refusal_words(Refusal(code, dict.fromkeys(names, text)))
        assert is_clean(said)
        assert said == line(said)
    assert refusal_words(Refusal(code, {name: [f"{name}{n}" for n in range(9)] for name in names}))


@pytest.mark.parametrize("code", TROUBLES)
def test_a_trouble_is_told_even_without_its_values(code: str) -> None:
    assert is_clean(trouble_words(code, {}))
    for text in HOSTILE:
        assert is_clean(trouble_words(code, {"path": text, "backups": text}))


@pytest.mark.parametrize("code", FINDINGS)
def test_a_finding_is_one_clean_line(code: str) -> None:
    for text in ("", *HOSTILE):
        assert is_clean(
            finding_words(Problem(code, args=dict.fromkeys(names_in(findings.FINDINGS[code]), text)))
        )


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_is_told_whatever_is_in_it(code: str) -> None:
    names = (
        names_in(PROBLEMS[code].message) | names_in(PROBLEMS[code].hint) | {"nearest", "stands_for", "name"}
    )
    for text in HOSTILE:
        problem = Problem(code, args=dict.fromkeys(names, text))
        assert is_clean(message(problem))
        assert is_clean(hint(problem))


def test_the_same_names_stand_in_a_refusal_once() -> None:
    for code, sentence in {**REFUSALS, **TROUBLES, **FINDINGS}.items():
        assert sentence.endswith((".", "?", "}")), code
        assert sentence[0].isupper() or sentence[0] in "{“", code
        assert "'" not in sentence.replace("'s", ""), code


def row(kind: str, **more: object) -> HistoryRow:
    blank = HistoryRow(
        7, "2026-11-23T09:00:00Z", "Ana", kind, None, None, None, None, None, None, None, False, "r"
    )
    return blank._replace(**more)  # type: ignore[arg-type]


def test_changes_are_told_with_what_was_before_and_why() -> None:
    calendar = Calendar()
    assert change_words(row("tick", step="rule", old="open", new="done"), calendar) == "ticked rule"
    assert (
        change_words(row("skip", step="a", old="open", new="skipped", reason="no"), calendar)
        == "skipped a (no)"
    )
    assert (
        change_words(row("due", step="a", new="2026-12-01T09:30:00Z"), calendar)
        == "dated by hand a: Tue 1 Dec 2026 09:30"
    )
    assert (
        change_words(row("due", step="a", old="2026-12-01"), calendar)
        == "cleared the date of a: Tue 1 Dec 2026"
    )
    assert (
        change_words(
            row("answer", step="a", field="f", old=None, new={"amount": "1.00", "currency": "EUR"}), calendar
        )
        == "answered a · f: 1 EUR"
    )
    assert change_words(row("undo", undoes=3), calendar) == "took back #3"
    assert change_words(row("start", new="open"), calendar) == "started"
    assert change_words(row("note", new="done"), calendar) == "noted: done"
    assert kind_word("from a newer release") == "from a newer release"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_change_is_one_clean_line(text: str) -> None:
    for kind in CHANGES:
        said = change_words(
            row(kind, step="s", field="f", old=text, new=[text, {"text": text, "choice": text}], reason=text),
            Calendar(),
            Names(Playbook(sections=(Section("s", text, steps=(Step("s", text),)),))),
        )
        assert is_clean(said)
        assert "\n" not in said
    assert is_clean(value_words({"x": text}))
