"""What `show RUN`, `next RUN` and the preview of a start say of a step's date, rhythm and locks."""

import pytest

from playbook.core.dating import DateFault
from playbook.words.date_faults import FAULTS, fault_words
from tests.cli.calling import call, good
from tests.cli.scenes import RUN, put, quote
from tests.hostile import HOSTILE
from tests.sources import made

ODD = """
title = "Odd"
target_label = "Party"
[[section]]
title = "S"
[[section.step]]
id = "early"
title = "Early"
due = "target - 3w"
[[section.step]]
id = "kickoff"
title = "Kickoff"
due = "start + 2w"
[[section.step]]
id = "before"
title = "Before"
needs = ["kickoff"]
due = "start + 1d"
"""


def shown(step_id: str) -> str:
    [found] = [line for line in good("show", RUN).splitlines() if f" {step_id} " in line]
    return found


def test_every_fault_has_its_words() -> None:
    codes = {code for place in made("DateFault") for code in place.codes}
    assert codes == set(FAULTS)
    assert (
        fault_words(DateFault("before-needs", "kickoff"), "“Kickoff”") == "before “Kickoff”, which it needs"
    )
    for text in HOSTILE:
        assert "\n" not in fault_words(DateFault("before-needs", "kickoff"), text)
        assert "\x1b" not in fault_words(DateFault("before-needs", text))


def test_a_preview_names_impossible_dates() -> None:
    quote()
    put(odd=ODD)
    assert good("start", "odd", "acme", "--target", "2026-12-01", "--dry-run").splitlines() == [
        "  early    Early    today      would be before the start, so it is on the start",
        "  kickoff  Kickoff  Mon 7 Dec  after the target day",
        "  before   Before   tomorrow   before “Kickoff”, which it needs",
    ]
    late = good("start", "odd", "acme", "--on", "2026-11-16", "--dry-run").splitlines()
    assert late[2].endswith("  was past already when the run started; before “Kickoff”, which it needs")


def test_a_run_names_them_too_and_the_next_step() -> None:
    quote()
    put(odd=ODD)
    good("start", "odd", "acme", "--target", "2026-12-01")
    lines = good("show", "acme/odd").splitlines()
    assert lines[4] == "  ☐ early    Early    today · would be before the start, so it is on the start"
    assert lines[6].endswith("tomorrow · before “Kickoff”, which it needs · locked: Kickoff")
    assert good("next", "acme/odd").startswith("Early  (early)  today · would be before the start")


def test_a_soft_gate_and_the_day_a_step_opens_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    quote()
    assert shown("after").endswith("opens Wed 25 Nov · should come after: Praise them · Ana")
    assert "opens on 2026-11-25" not in good("show", RUN)
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-25T09:00")
    assert "opens" not in shown("after")
    good("tick", RUN, "praise")
    assert "should come after" not in shown("after")


def test_a_repeating_step_tells_its_rhythm_and_keeps_what_was_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quote()
    assert shown("ring").endswith("Mon 30 Nov · repeats every week")
    good("tick", RUN, "ring", "--note", "first call")
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-12-07T09:00")
    good("tick", RUN, "ring", "--note", "second call")
    assert shown("ring").endswith("repeats every week, done 2 times")
    text = good("show", RUN)
    assert text.index("first call") < text.index("second call")
    assert call("show", RUN, "--json").data["run"]["progress"] == {"done": 1, "total": 5}


def test_a_run_that_nobody_started_from_a_step_says_nothing_of_it() -> None:
    quote()
    assert "Started from" not in good("show", RUN)
