"""The stop-watch: programs started and keys pressed under a pseudo-terminal, in an interleaved run.

While a program works this one only reads and stamps bytes; the screen is worked out after the phase. Keys come
0 to 20 ms late by chance, so that a repaint timer is met in all its phases.
"""

import os
import random
import re
import signal
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter, sleep
from typing import NamedTuple, Self, TypeVar

from tests.terminal import Terminal, environment, key_text
from tests.terminal_screen import Screen

T = TypeVar("T")

ROOT = Path(__file__).parent.parent
PLAYBOOK = (sys.executable, "-c", "from playbook.__main__ import main; main()")
"""What the installed `playbook` command does."""
NOTHING = (sys.executable, "-c", "pass")
NOW = "2026-11-23T09:00"

COLUMNS, ROWS = 120, 40
START_QUIET, KEY_QUIET = 0.15, 0.06
JITTER = 0.02
PATIENCE, KEY_PATIENCE = 60.0, 5.0


class Target(NamedTuple):
    """A program to drive."""

    command: tuple[str, ...]
    ready: str
    """Pattern of what must be on the screen before a person can begin."""
    home: Path
    """Working folder and `PLAYBOOK_HOME`."""


class Start(NamedTuple):
    """How a program came up; CPU and memory are None where the system does not tell."""

    ready_ms: float
    cpu_ms: float | None
    peak_mib: float | None


class Stroke(NamedTuple):
    """What a key did: its first change on the screen, and its last."""

    changed_ms: float
    settled_ms: float


def surroundings(home: Path) -> dict[str, str]:
    """The environment of every measured program."""
    return environment(PLAYBOOK_HOME=str(home), PLAYBOOK_NOW=NOW, PYTHONPATH=str(ROOT))


class Session:
    """One program, driven from its start to its end."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.screen = Screen(COLUMNS, ROWS)
        self.replayed = 0
        self.terminal = Terminal(
            target.command, env=surroundings(target.home), cwd=target.home, columns=COLUMNS, rows=ROWS
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self.terminal:  # asked to leave first, so that nothing half written stays in its home
            self.terminal.signal(signal.SIGTERM)
            deadline = perf_counter() + 5
            while not self.terminal.has_ended() and perf_counter() < deadline:
                self.terminal.read(0.01)

    def start(self) -> Start:
        """Waits until its content is there and it rests."""
        terminal, pattern = self.terminal, re.compile(self.target.ready, re.MULTILINE)
        until = terminal.started_at + PATIENCE
        while True:
            self._listen(START_QUIET, until)
            cpu_ms, peak_mib = _cpu_ms(terminal.pid), _peak_mib(terminal.pid)
            _, ready = self._replay(pattern)
            if ready is not None:
                return Start((ready - terminal.started_at) * 1000, cpu_ms, peak_mib)
            if terminal.has_ended() or perf_counter() > until:
                raise AssertionError(f"{pattern.pattern!r} never came:\n{self.screen.text()}")

    def press(self, key: str) -> Stroke:
        """Presses a key and waits until the screen rests; raises AssertionError when nothing changes."""
        sleep(random.random() * JITTER)
        pressed = perf_counter()
        self.terminal.send(key_text(key))
        changed = None
        while changed is None and (left := pressed + KEY_PATIENCE - perf_counter()) > 0:
            if self.terminal.read(left):
                self._listen(KEY_QUIET, pressed + PATIENCE)
            changed, _ = self._replay(None)
        if changed is None:
            raise AssertionError(f"{key} changes nothing:\n{self.screen.text()}")
        return Stroke((changed - pressed) * 1000, (self.terminal.chunks[-1].at - pressed) * 1000)

    def _listen(self, quiet: float, until: float) -> None:
        while self.terminal.read(quiet) and perf_counter() < until:
            pass

    def _replay(self, pattern: re.Pattern[str] | None) -> tuple[float | None, float | None]:
        """When the screen first changed, and when the pattern was first on it."""
        before = self.screen.cells()
        changed = matched = None
        for chunk in self.terminal.chunks[self.replayed :]:
            self.screen.feed(chunk.data)
            if changed is None and self.screen.cells() != before:
                changed = chunk.at
            if pattern and matched is None and pattern.search(self.screen.text()):
                matched = chunk.at
        self.replayed = len(self.terminal.chunks)
        return changed, matched


def start(target: Target) -> Start:
    """Starts a program and ends it again."""
    with Session(target) as session:
        return session.start()


def strokes(
    target: Target, keys: Sequence[str], *, before: Sequence[str] = (), after: str = ""
) -> list[Stroke]:
    """Presses keys one by one; `before` and, after each, `after` are not measured."""
    with Session(target) as session:
        session.start()
        for key in before:
            session.press(key)
        pressed = []
        for key in keys:
            pressed.append(session.press(key))
            if after:
                session.press(after)
        return pressed


def command_ms(command: Sequence[str], home: Path) -> float:
    """How long a plain command takes; raises CalledProcessError when it fails."""
    env = surroundings(home)
    began = perf_counter()
    subprocess.run(
        command, env=env, cwd=home, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return (perf_counter() - began) * 1000


def interleaved(runs: int, measures: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
    """Each measure `runs` times, in turns; the first round warms up and does not count."""
    taken: dict[str, list[T]] = {name: [] for name in measures}
    names = list(measures)
    for turn in range(runs + 1):
        for name in random.sample(names, len(names)):  # what ran just before must not always be the same
            value = measures[name]()
            if turn:
                taken[name].append(value)
    return taken


def ratio(values: Sequence[float], floor: Sequence[float]) -> float:
    """The median of the ratios taken pair by pair."""
    return statistics.median(a / b for a, b in zip(values, floor, strict=True))


def p95(values: Sequence[float]) -> float:
    """What all but one of twenty stay under."""
    return sorted(values)[round(0.95 * (len(values) - 1))]


def _cpu_ms(pid: int) -> float | None:
    try:
        threads = [(folder / "schedstat").read_text() for folder in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return None
    return sum(int(line.split()[0]) for line in threads) / 1e6


def _peak_mib(pid: int) -> float | None:
    # Not what wait4 tells: that counts this process, up to the moment it became the other program.
    try:
        found = re.search(r"VmHWM:\s*(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return None
    return int(found[1]) / 1024 if found else None


def is_noisy() -> bool:
    """Whether other programs keep the machine busy."""
    return os.getloadavg()[0] > 0.5 * (os.cpu_count() or 1)
