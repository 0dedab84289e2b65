"""What plain commands do not load: a heavy library on their way would be paid for at every call."""

import json
import os
import subprocess
import sys

import pytest

from tests.cli.calling import ROOT, gift

ACME = "acme-studio/gift"
SCREENS = {"textual", "rich", "asyncio"}
HEAVY = {*SCREENS, "tomlkit", "tree_sitter", "jinja2", "holidays"}
READS = {*HEAVY, "sqlite_utils"}
LISTS = {
    *READS,
    "tomli",
    "decimal",
    "difflib",
    "playbook.core.playbook",
    "playbook.core.decide",
    "playbook.files",
}

LOADED = """
import json, sys
from playbook.cli import run
code = run(sys.argv[1:])
sys.stderr.write(json.dumps([code, sorted(sys.modules)]))
"""


def loaded(*args: str) -> set[str]:
    """The modules that a command has loaded when it is done."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *args], env=env, capture_output=True, check=True, text=True, timeout=60
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    return set(modules)


@pytest.mark.parametrize(("args", "unwanted"), [
    (("--help",), {*LISTS, "sqlite3", "pathlib", "zoneinfo", "playbook.workspace", "playbook.store"}),
    (("today", "--help"), {*LISTS, "sqlite3", "playbook.workspace"}),
    (("today",), LISTS),
    (("today", "--json"), LISTS),
    (("runs",), LISTS),
    (("runs", "--all", "--json"), LISTS),
    (("client", "list"), LISTS),
    (("list",), {*READS, "decimal"}),
    (("paths",), READS),
    (("show", ACME), READS),
    (("next", ACME), READS),
    (("history", ACME), READS),
    (("export", ACME, "-o", "-"), READS),
    (("note", ACME, "x"), HEAVY),
    (("tick", ACME, "order"), HEAVY),
    (("client", "add", "Other"), HEAVY),
    (("due", ACME, "start", "fri", "--dry-run"), READS),
    (("due", ACME, "start", "fri"), HEAVY),
    (("block", ACME, "order", "--reason", "x"), HEAVY),
    (("start", "gift", "acme"), {*HEAVY, "playbook.workspace.table"}),
])  # fmt: skip
def test_a_command_loads_only_what_it_needs(args: tuple[str, ...], unwanted: set[str]) -> None:
    gift()
    assert loaded(*args) & unwanted == set()


def test_the_version_loads_nothing() -> None:
    script = "import sys; sys.argv = ['playbook', '--version']; from playbook.__main__ import main; main(); sys.exit('click' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    assert done.stdout.startswith(b"playbook ")
