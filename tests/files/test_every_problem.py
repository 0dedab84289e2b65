"""Every code of a problem: it can happen, on the right line, and has its sentences."""

import ast
import string
from pathlib import Path

import pytest

from playbook.files.check_files import FileProblem, check_text
from playbook.words.problems import PROBLEMS, hint, message
from tests.faults import FAULTS

ELSEWHERE = {
    "toml-syntax", "file-unreadable", "file-large", "utf-8", "utf-16", "more-problems", "setting-range",
    "language-more", "language-less", "starts-unknown", "starts-field-unknown",
}  # fmt: skip
"""Codes that no single text can cause; the tests of files, library and settings do."""

PACKAGE = Path(__file__).parents[2] / "playbook"


def found_in(text: str) -> list[FileProblem]:
    return check_text(text, Path("faulty.toml"), saved=frozenset())


@pytest.mark.parametrize("code", FAULTS)
def test_is_told_on_its_line(code: str) -> None:
    text = FAULTS[code]
    marked = next(n for n, line in enumerate(text.split("\n"), 1) if "# <-" in line)
    told = {(each.code, each.line) for each in found_in(text)}
    assert (code, marked) in told


@pytest.mark.parametrize("code", FAULTS)
def test_has_whole_sentences(code: str) -> None:
    for each in found_in(FAULTS[code]):
        for sentence in (message(each.problem), hint(each.problem)):
            assert "{}" not in sentence
            assert "\n" not in sentence
            assert sentence == "" or sentence[-1] in ".…):”?"
            names = {name for _, name, _, _ in string.Formatter().parse(PROBLEMS[each.code].message) if name}
            assert names <= set(each.args)


def test_every_code_with_words_has_a_fault() -> None:
    assert set(FAULTS) | ELSEWHERE == set(PROBLEMS)


def codes_in_source() -> set[str]:
    """Every literal code that becomes a problem: the first text in a call that makes or tells one."""
    tellers = {"Problem", "add", "_missing", "_tell", "_differs", "syntax_problem"}
    files = [*(PACKAGE / "files").glob("*.py"), *(PACKAGE / "core/check").glob("*.py")]
    files += [PACKAGE / "core/schedule.py", PACKAGE / "core/problem_list.py"]
    found: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                inner = ast.walk(node.args[0])
                if name in tellers:
                    found |= {
                        n.value for n in inner if isinstance(n, ast.Constant) and isinstance(n.value, str)
                    }
    return {code for code in found if "-" in code and not code.endswith("-")}


def test_every_code_in_the_source_has_words() -> None:
    assert codes_in_source() <= set(PROBLEMS)
