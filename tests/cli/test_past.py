"""`--as-of`: a run as it stood at the end of a day or at an instant, shown and written."""

import json
from pathlib import Path

import pytest

from tests.cli.calling import bad, gift, good

ACME = "acme-studio/gift"


@pytest.fixture(autouse=True)
def week(monkeypatch: pytest.MonkeyPatch) -> None:
    """Started on Monday 23 November, ticked on Tuesday at 10:05, noted on Thursday; now it is Friday."""
    gift()
    for at, args in (
        ("2026-11-24T10:05:40", ("tick", ACME, "rule", "--set", "their-rule=None")),
        ("2026-11-26T12:00", ("note", ACME, "On Thursday")),
    ):
        monkeypatch.setenv("PLAYBOOK_NOW", at)
        good(*args)
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-27T09:00")


@pytest.mark.parametrize(("words", "done", "notes"), [
    ("23 nov", "0/3", 0), ("mon", "0/3", 0), ("tue", "1/3", 0), ("-3", "1/3", 0), ("24 nov 10:04", "0/3", 0),
    ("24 nov 10:05", "1/3", 0), ("2026-11-26", "1/3", 1), ("yesterday 11:00", "1/3", 0), ("fri", "1/3", 1), ("today", "1/3", 1),
])  # fmt: skip
def test_moments_as_people_write_them(words: str, done: str, notes: int) -> None:
    shown = good("show", ACME, "--as-of", words)
    assert shown.startswith("As it stood ")
    assert f"open · {done} " in shown
    assert shown.count("On Thursday") == notes


def test_what_was_overdue_is_judged_by_that_day() -> None:
    line = next(line for line in good("show", ACME, "--as-of", "tue").splitlines() if "order" in line)
    assert line.split()[-3:] == ["Tue", "1", "Dec"]
    then = next(line for line in good("show", ACME, "--as-of", "mon").splitlines() if " rule " in line)
    assert then.endswith("tomorrow")


def test_a_document_says_that_it_is_a_past_state(tmp_path: Path) -> None:
    out = tmp_path / "then.md"
    good("export", ACME, "--as-of", "24 nov", "-o", str(out))
    text = out.read_text(encoding="utf-8")
    assert "> As it stood at the end of Tuesday 24 November 2026. It may have changed since." in text
    assert "On Thursday" not in text
    safe = good("export", ACME, "--as-of", "24 nov", "-o", "-", "--client-safe")
    assert "> As it stood at the end of Tuesday 24 November 2026." in safe
    then = json.loads(good("export", ACME, "--as-of", "24 nov 10:05", "-f", "json", "-o", "-"))
    assert list(then)[:3] == ["format", "client_safe", "as_of"]
    assert then["as_of"] == "2026-11-24T10:05:00Z"
    assert json.loads(good("show", ACME, "--as-of", "tue", "--json"))["as_of"] == "2026-11-24"
    assert "as_of" not in json.loads(good("show", ACME, "--json"))


@pytest.mark.parametrize(("words", "said"), [
    ("tomorrow", "Still to come: Saturday 28 November 2026."), ("22 nov", "The run was not there on Sunday 22 November 2026."),
    ("today 09:30", "Still to come: Friday 27 November 2026 at 09:30."), ("zzz", "“zzz” is not a day."), ("", "“” is not a day."),
])  # fmt: skip
def test_what_cannot_be_shown(words: str, said: str) -> None:
    assert said in bad("show", ACME, "--as-of", words)
    assert said in bad("export", ACME, "--as-of", words, "-o", "-")


def test_a_playbook_has_no_past_states() -> None:
    assert "A playbook has no past states." in bad("show", "gift", "--as-of", "mon")
