"""Every tick that was acknowledged is there after a kill, whatever the moment (PRODUCT.md §10)."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC

import pytest

from playbook.clock import Clock, open_clock
from playbook.config import Config
from playbook.core.problems import Refusal
from playbook.locations import Locations, find
from playbook.workspace import Workspace
from playbook.workspace.starting import StartForm
from tests.store.children import begin

STEPS = 400
KILLS = 30

TICK = """
import sys
from datetime import UTC
from playbook.clock import Clock, open_clock
from playbook.config import Config
from playbook.core.problems import Refusal
from playbook.locations import find
from playbook.workspace import Workspace

import sqlite_utils  # loaded by the first write, which is to be as quick as the others

workspace = Workspace(find(), Clock(UTC, open_clock(UTC).now()), Config(), me="Ana")
run_id, first = sys.argv[1], int(sys.argv[2])
workspace.runs.open(run_id)
print("ready", flush=True)
for number in range(first, 10**6):
    done = workspace.runs.tick(run_id, f"s{number}", note=f"note {number}")
    assert not isinstance(done, Refusal), done
    print(number, flush=True)
"""


def workspace() -> Workspace:
    return Workspace(find(), Clock(UTC, open_clock(UTC).now()), Config(), me="Ana")


def many_steps(places: Locations) -> None:
    """A playbook of many steps in the user's library."""
    places.library.mkdir(parents=True)
    steps = "".join(
        f'[[section.step]]\nid = "s{n}"\ntitle = "Step {n}"\ndue = "start + {n % 90}d"\n'
        for n in range(STEPS)
    )
    text = f'title = "Many"\n[[section]]\ntitle = "All"\n{steps}'
    (places.library / "many.toml").write_text(text, encoding="utf-8")


def start_run() -> str:
    """The id of a fresh run of it."""
    opened = workspace()
    opened.clients.add("Acme")
    sheet = opened.runs.start(StartForm("many", "acme"))
    assert not isinstance(sheet, Refusal), sheet
    opened.close()
    return sheet.run.id


def tick_until_killed(run_id: str, first: int, ticks: int, seconds: float) -> int:
    """How many ticks from step `first` on were acknowledged before a kill, some time after so many of them."""
    program: subprocess.Popen[str] = begin(TICK, run_id, first)
    assert program.stdout is not None
    read = [program.stdout.readline() for _ in range(1 + ticks)]
    assert read == ["ready\n", *(f"{number}\n" for number in range(first, first + ticks))]
    time.sleep(seconds)
    program.send_signal(signal.SIGKILL)
    rest, _ = program.communicate(timeout=60)
    assert program.returncode == -signal.SIGKILL
    return ticks + sum(line.endswith("\n") for line in rest.splitlines(keepends=True))


def done_steps(run_id: str) -> list[int]:
    """The steps that are done, in order, read by a program that opens the database anew."""
    opened = workspace()
    run = opened.runs.open(run_id)
    assert not isinstance(run, Refusal), run
    found = run.sheet.view.steps
    assert all(len(step.progress.notes) == (step.progress.state == "done") for step in found.values())
    assert [problem for problem in opened.care.check().problems if problem.level == "error"] == []
    row = opened.lists.runs()[0]
    assert (row.done, row.total) == (run.sheet.view.done, STEPS)
    opened.close()
    return [int(step_id[1:]) for step_id, step in found.items() if step.progress.state == "done"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_no_acknowledged_tick_is_lost() -> None:
    places = find()
    many_steps(places)
    run_id = start_run()
    chance = random.Random(7)
    done = 0
    for _ in range(KILLS):
        acknowledged = tick_until_killed(run_id, done, chance.randint(0, 8), chance.uniform(0.0, 0.012))
        found = done_steps(run_id)
        assert found == list(range(len(found)))
        assert done + acknowledged <= len(found) <= done + acknowledged + 1
        with closing(sqlite3.connect(places.store)) as connection:
            assert connection.execute("pragma quick_check").fetchall() == [("ok",)]
        done = len(found)
    assert done > KILLS
