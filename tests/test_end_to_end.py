"""The real program in a pseudo-terminal: the whole path of a newcomer, kills, signals, crashes, no terminal."""

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import PLAYBOOK, Terminal, environment, forbidden_bytes

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
NOW = "2026-11-23T09:00"


def at_home(home: Path, **more: str) -> dict[str, str]:
    return environment(PLAYBOOK_HOME=str(home), PLAYBOOK_NOW=NOW, USER="ana", TZ="Europe/Madrid", **more)


def opened(home: Path, *args: str, size: tuple[int, int] = (120, 40)) -> Terminal:
    return Terminal([*PLAYBOOK, *args], env=at_home(home), columns=size[0], rows=size[1])


def command(home: Path, *args: str, code: int = 0) -> str:
    done = subprocess.run([*PLAYBOOK, *args], env=at_home(home), capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout


def start_first_run(terminal: Terminal) -> int:
    """The newcomer's way to a first run; returns how many keys it took."""
    terminal.wait_for("Welcome")
    terminal.send("a")
    terminal.wait_for("Your name")
    terminal.keys("escape")  # it can wait
    terminal.wait_for("For whom")
    terminal.type("Luz")
    terminal.wait_for("new client .Luz")
    terminal.keys("enter")
    terminal.wait_for("Client onboarding")
    terminal.keys("enter")
    terminal.wait_for("Day of the yes")
    terminal.keys("enter")
    terminal.wait_for("29 steps")
    terminal.keys("enter")
    terminal.wait_for("0/29")
    return 2 + len("Luz") + 4


def test_a_newcomer_from_the_first_start_to_the_export(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        assert start_first_run(terminal) <= 10
        terminal.keys("space")
        terminal.wait_for("esc cancel")
        terminal.type("2026-11-27")
        terminal.keys("enter")
        terminal.wait_for("1/29")
        terminal.keys("down", "down", "s")
        terminal.wait_for("Leave it out as")
        terminal.type("Sent last week")
        terminal.keys("ctrl+s")
        terminal.wait_for("2/29")
        terminal.keys("n")
        terminal.wait_for("esc cancel")
        terminal.type("prefers mornings")
        terminal.keys("ctrl+s")
        terminal.wait_for("prefers mornings")
        terminal.keys("u")
        terminal.wait_for("Taken back: noted")
        terminal.keys("u")
        terminal.wait_for("1/29")
        terminal.keys("ctrl+r")
        terminal.wait_for("2/29")
        terminal.keys("ctrl+r")
        terminal.wait_for("prefers mornings")
        terminal.keys("q")
        assert terminal.wait_exit() == 0
        assert not terminal.left_modes()

    with opened(tmp_path, "open", "luz/onboarding") as terminal:
        terminal.wait_for("2/29")
        shown = terminal.wait_quiet()
        assert "✓ Ring to welcome them" in shown
        assert "↷ Send one message" in shown
        terminal.keys("up")
        terminal.wait_for("Fri 27 Nov")
        terminal.keys("q")
        assert terminal.wait_exit() == 0

    document = json.loads(command(tmp_path, "export", "luz/onboarding", "--format", "json", "-o", "-"))
    steps = {step["id"]: step for section in document["sections"] for step in section["steps"]}
    assert document["run"]["progress"] == {"done": 2, "total": 29}
    assert steps["welcome-call"]["state"] == "done"
    assert steps["welcome-call"]["occurrences"][0]["answers"][0]["value"] == "2026-11-27"
    assert (steps["welcome-message"]["state"], steps["welcome-message"]["reason"]) == (
        "skipped",
        "Sent last week",
    )
    assert [note["text"] for note in steps["welcome-message"]["notes"]] == ["prefers mornings"]
    assert [row["kind"] for row in document["history"]].count("undo") == 2


@pytest.fixture
def long_run(tmp_path: Path) -> Path:
    """A home with one run of 300 plain steps, open nowhere."""
    folder = tmp_path / "data" / "playbooks"
    folder.mkdir(parents=True)
    steps = "".join(f'[[section.step]]\nid = "step-{n:03}"\ntitle = "Step {n:03}"\n\n' for n in range(300))
    (folder / "many.toml").write_text(f'title = "Many"\n\n[[section]]\ntitle = "All"\n\n{steps}')
    command(tmp_path, "client", "add", "Luz")
    command(tmp_path, "start", "many", "luz")
    return tmp_path


def test_thirty_kills_lose_no_tick_that_was_shown(long_run: Path) -> None:
    shown = 0
    for round_ in range(30):
        with opened(long_run, "open", "luz/many", size=(80, 24)) as terminal:
            terminal.wait_for(rf"{shown}/300|{shown + 1}/300")
            for _ in range(round_ % 4 + 1):
                terminal.keys("space", "down")
            terminal.wait_for(rf" (?!{shown}/)\d+/300")
            terminal.read(0.02 * (round_ % 5))
            seen = [int(line.split("/300")[0].split()[-1]) for line in terminal.lines() if "/300" in line]
            terminal.kill()
            shown = max(shown, *seen)
        kept = json.loads(command(long_run, "runs", "--json"))[0]["progress"]["done"]
        assert kept >= shown
        shown = kept
    with sqlite3.connect(long_run / "data" / "playbook.db") as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_signals_close_cleanly(tmp_path: Path, number: signal.Signals, code: int) -> None:
    with opened(tmp_path) as terminal:
        terminal.wait_for("Welcome")
        terminal.signal(number)
        assert terminal.wait_exit() == code
        assert not terminal.left_modes()


def test_a_closed_terminal_ends_the_program(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.wait_for("Welcome")
        terminal.hangup()
        assert terminal.wait_exit(timeout=10) == 129


def test_without_a_terminal_it_says_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(
        PLAYBOOK, env=at_home(tmp_path), capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode == 2
    assert "playbook today" in done.stderr
    assert not done.stdout


def test_a_dumb_terminal_is_no_terminal(tmp_path: Path) -> None:
    with Terminal(PLAYBOOK, env={**at_home(tmp_path), "TERM": "dumb"}) as terminal:
        assert terminal.wait_exit() == 2


def test_a_defect_shows_two_lines_without_data(tmp_path: Path) -> None:
    command(tmp_path, "client", "add", "Secret Name")
    breaking = tmp_path / "breaking"
    breaking.mkdir()
    (breaking / "sitecustomize.py").write_text(
        "import sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'playbook.screens.clients':\n"
        "            raise RuntimeError('Secret Name')\n"
        "sys.meta_path.insert(0, Finder())\n"
    )
    with Terminal(
        PLAYBOOK, env={**at_home(tmp_path), "PYTHONPATH": f"{breaking}:{Path.cwd()}"}, columns=100
    ) as terminal:
        terminal.wait_for("Today")
        terminal.keys("2")
        assert terminal.wait_exit() == 1
        after = terminal.raw.split(b"\x1b[?1049l")[-1].decode()
        assert "Something went wrong" in after
        assert "Secret" not in after
        assert "Traceback" not in after
        assert not terminal.left_modes()
    assert "Secret" not in (tmp_path / "state" / "playbook.log").read_text()


def test_tiny_and_changing_windows_stay_alive(tmp_path: Path) -> None:
    with opened(tmp_path, size=(20, 5)) as terminal:
        terminal.wait_quiet()
        for columns, rows in ((1, 1), (200, 60), (40, 8), (80, 24)):
            terminal.resize(columns, rows)
            terminal.wait_quiet()
        terminal.wait_for("Welcome")
        terminal.keys("q")
        assert terminal.wait_exit() == 0
        assert not forbidden_bytes(terminal.raw)
