"""`test`, and the date proof of `check --dates`, over playbook files."""

from pathlib import Path

import pytest

from playbook.cli.proving import finding_data, finding_lines
from playbook.cli.shell import Shell
from playbook.workspace.playbooks import SHIPPED
from playbook.workspace.proving import prove_dates
from tests.cli.calling import bad, call, good, library

CALL = """
title = "Call"

[[field]]
id = "party"
label = "Party"
kind = "date"

[[section]]
title = "Talk"

[[section.step]]
id = "ring"
title = "Ring them"
due = "start + 1bd"

[[section.step]]
id = "buy"
title = "Buy \\u001b[31m the cake"
due = "party - 1bd"

[[test]]
name = "A day later"
start = "2026-11-27"
due = { ring = "2026-11-30", buy = "waiting" }
"""
WRONG = """
[[test]]
name = "On the \\u001b[31m same day"
start = 2026-11-27
fields = { party = "tomorrow" }
due = { ring = "2026-11-27" }
locked = ["buy"]
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder without playbooks."""
    monkeypatch.chdir(tmp_path)


def put(text: str, name: str = "call") -> Path:
    path = library() / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_test_that_passes() -> None:
    put(CALL)
    assert call("test", "call") == (0, "call (en): 1 test passed\n", "1 test in 1 playbook: 0 failed.\n")


def test_a_test_that_fails_is_told_with_its_place_and_everything_in_it() -> None:
    path = put(CALL + WRONG)
    assert call("test", "call") == (
        1,
        "call (en): 1 of 2 tests failed\n"
        f"  {path}:27: On the ␛[31m same day\n"
        "    `party`: Party: “tomorrow” is not a day. Type it like fri, +2, 12 dec or YYYY-MM-DD.\n"
        "    “Ring them” (ring) should be due Fri 27 Nov 2026, but is due Mon 30 Nov 2026.\n"
        "    “Buy ␛[31m the cake” (buy) should be locked, but is open.\n",
        "2 tests in 1 playbook: 1 failed.\n",
    )


def test_json_has_one_object_a_test() -> None:
    put(CALL + WRONG)
    done = call("test", "call", "--json")
    assert done.code == 1
    passed, failed = done.data
    assert passed == {
        "playbook": "call",
        "language": "en",
        "test": "A day later",
        "passed": True,
        "failures": [],
    }
    assert failed["passed"] is False
    assert failed["failures"][1] == {
        "code": "due", "step": "ring", "expected": "2026-11-27", "found": "2026-11-30",
        "message": "“Ring them” (ring) should be due Fri 27 Nov 2026, but is due Mon 30 Nov 2026.",
    }  # fmt: skip


def test_without_a_name_the_whole_library_is_run() -> None:
    put(CALL)
    tested = {each["playbook"] for each in call("test", "--json").data}
    assert tested == {"call", *SHIPPED}
    assert "call (en): 1 test passed" in good("test").splitlines()


def test_an_id_means_all_its_languages_and_a_path_its_file() -> None:
    put(CALL)
    spanish = put('language = "es"\nid = "call"\n' + CALL.replace("A day later", "Un día después"), "llamada")
    assert good("test", "call") == "call (en): 1 test passed\ncall (es): 1 test passed\n"
    assert good("test", str(spanish)) == "call (es): 1 test passed\n"
    assert good("test", str(spanish), "call").count("call (es)") == 1
    assert good("test", str(library())) == "call (en): 1 test passed\ncall (es): 1 test passed\n"


def test_a_playbook_without_tests_says_so() -> None:
    path = put(CALL.partition("[[test]]")[0])
    assert call("test", str(path)) == (0, "call (en): no tests\n", "0 tests in 1 playbook: 0 failed.\n")
    assert call("test", "call", "--json").data == []


def test_a_broken_or_missing_playbook_fails_and_the_others_still_run() -> None:
    put(CALL)
    broken = put("title = ", "broken")
    done = call("test", "broken", "call")
    assert (done.code, done.out) == (1, "call (en): 1 test passed\n")
    assert done.err.splitlines() == [
        f"broken has problems, so its tests were not run: playbook check {broken}",
        "1 test in 1 playbook: 0 failed.",
    ]
    assert "gone has problems" in bad("test", "gone.toml")
    assert "Did you mean call?" in bad("test", "cal")


def test_dates_are_proven_and_found_at_their_line() -> None:
    path = put(CALL)
    [found] = prove_dates(Shell().workspace, [path])
    assert finding_lines(found) == [
        f"{path}:20:1: error: “Buy ␛[31m the cake” (buy) would be due Fri 20 Nov 2026 (1 working day before “Party”), "
        "before the start, when started on Mon 23 Nov 2026; 400 of 400 start days.",
        "    No [[test]] answers “Party”, so it counts as Mon 23 Nov 2026. Add one that has it where it usually lies.",
    ]
    data = finding_data(found)
    assert [*data] == ["file", "line", "column", "path", "level", "code", "message", "hint"]
    assert (data["file"], data["line"], data["path"], data["level"], data["code"]) == (
        str(path), 20, "section[0].step[1].due", "error", "before-start",
    )  # fmt: skip


def test_tests_say_how_far_away_days_lie_and_broken_files_are_left_out() -> None:
    put(CALL + WRONG.replace("tomorrow", "2026-12-11"))
    put("title = ", "broken")
    assert prove_dates(Shell().workspace, [library()]) == []
    assert prove_dates(Shell().workspace) == []
