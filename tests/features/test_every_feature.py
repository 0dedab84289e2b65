"""Every feature of the app has a test named after it."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parents[1]

FEATURES = frozenset({*range(1, 18), 20, 21, 22, 23, 26, 27})
"""Features of the app itself by number; the library, languages and skipping are tried throughout."""


def named_after() -> set[int]:
    """The features that some test is named after."""
    names = [
        node.name
        for path in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return {int(found[1]) for name in names if (found := re.match(r"test_f(\d+)_", name))}


def test_every_feature_has_a_test() -> None:
    assert sorted(FEATURES - named_after()) == []
