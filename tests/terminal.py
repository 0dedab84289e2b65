"""A terminal in memory: runs a program under a pseudo-terminal, types into it and reads its screen.

The tests and `bench` drive the real program with it, on Linux and macOS. Every raw byte is kept with the
time it came; the screen is worked out only when somebody asks for it, so that a measured program has the
machine to itself.
"""

import codecs
import fcntl
import os
import re
import resource
import select
import signal
import struct
import sys
import termios
import tty
from collections.abc import Mapping, Sequence
from time import perf_counter, sleep
from typing import NamedTuple, Self

from tests.terminal_screen import SEQUENCE, Screen

PLAYBOOK = (sys.executable, "-m", "playbook")
"""The command line that starts the program under test."""

_KEYS: Mapping[str, str] = {
    "enter": "\r", "tab": "\t", "escape": "\x1b", "space": " ", "backspace": "\x7f", "delete": "\x1b[3~",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "shift+tab": "\x1b[Z", "f1": "\x1bOP", "f2": "\x1bOQ",
}  # fmt: skip
_UNWANTED = re.compile(r"COLUMNS$|LINES$|NO_COLOR$|LANGUAGE$|LC_|PLAYBOOK_|TEXTUAL|PYTHONDONTWRITEBYTECODE$")
_ESCAPE_PAUSE = 0.15  # an Esc with another key close behind it is read as Alt and that key
_SLICE = 0.05


class Chunk(NamedTuple):
    """Output as it came."""

    at: float
    """When, by `perf_counter`."""
    data: bytes


def environment(**more: str) -> dict[str, str]:
    """What a child sees: this process's environment, made the same everywhere; bytecode is written."""
    kept = {key: value for key, value in os.environ.items() if not _UNWANTED.match(key)}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **more}


def key_text(name: str) -> str:
    """What a terminal sends for a key: `a`, `down`, `ctrl+p`, `escape`, …; raises KeyError on another name."""
    if len(name) == 1:
        return name
    if name.startswith("ctrl+") and len(name) == 6:
        return chr(ord(name[5].upper()) & 0x1F)
    return _KEYS[name]


class Terminal:
    """A program under a pseudo-terminal. As a context manager it ends its own child, and only that."""

    def __init__(
        self, command: Sequence[str], *, env: Mapping[str, str] | None = None, cwd: str | os.PathLike[str] | None = None,
        columns: int = 80, rows: int = 24,
    ) -> None:  # fmt: skip
        self.chunks: list[Chunk] = []
        """All output so far."""
        self.status: int | None = None
        """Exit status once it has ended; negative when a signal ended it (a shell would say 128 + n)."""
        self.usage: resource.struct_rusage | None = None
        """What it used, once it has ended."""
        self._screen, self._drawn = Screen(columns, rows), 0
        self._asked = b""
        self._master, self._slave = os.openpty()
        os.set_blocking(self._master, False)
        self._set_size(columns, rows)
        self._settings = termios.tcgetattr(self._slave)
        if cwd is not None:  # a spawned process cannot be given a folder
            command = ["/bin/sh", "-c", 'cd "$0" && exec "$@"', os.fspath(cwd), *command]
        try:
            self.pid = self._spawn(command, environment() if env is None else env)
        except OSError:
            self._close()
            raise

    def _spawn(self, command: Sequence[str], env: Mapping[str, str]) -> int:
        # Spawned, not forked: a fork in a process with threads is warned of from Python 3.12 on. Opening the
        # device as the leader of a new session makes it the controlling terminal.
        device = os.ttyname(self._slave)
        actions = [(os.POSIX_SPAWN_OPEN, 0, device, os.O_RDWR, 0)]
        self.started_at = perf_counter()
        return os.posix_spawnp(
            command[0], list(command), env, setsid=True, setsigmask=(),
            setsigdef=(signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE, signal.SIGHUP, signal.SIGTERM),
            file_actions=[*actions, (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)],
        )  # fmt: skip

    # What it says.

    @property
    def raw(self) -> bytes:
        """Every byte that was read."""
        return b"".join(chunk.data for chunk in self.chunks)

    def text(self) -> str:
        """The screen as it is now, as far as it was read; blanks at the ends of lines are left out."""
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """The screen's rows from the top."""
        self._draw()
        return self._screen.lines()

    def _draw(self) -> None:
        for chunk in self.chunks[self._drawn :]:
            self._screen.feed(chunk.data)
        self._drawn = len(self.chunks)

    def read(self, seconds: float) -> bool:
        """Takes what comes within so many seconds, answering what it asks; False when nothing came."""
        if self._master < 0:
            sleep(seconds)
            return False
        if not select.select([self._master], [], [], max(seconds, 0))[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            data = b""
        if not data:
            return False
        self.chunks.append(Chunk(perf_counter(), data))
        self._answer(data)
        return True

    def _answer(self, data: bytes) -> None:
        """Says what a plain terminal says: frames may be held back (2026), other modes are unknown."""
        asked = self._asked + data
        end = 0
        for match in re.finditer(rb"\x1b\[\?(\d+)\$p", asked):
            self.send(b"\x1b[?%s;%d$y" % (match[1], 2 if match[1] == b"2026" else 0))
            end = match.end()
        self._asked = asked[end:][-16:]

    def wait_for(self, pattern: str, timeout: float = 20) -> str:
        """The screen's text as soon as the pattern is on it (`^` and `$` are those of a line)."""
        deadline = perf_counter() + timeout
        while re.search(pattern, self.text(), re.MULTILINE) is None:
            over = self.has_ended() or perf_counter() > deadline
            if not self.read(0 if over else _SLICE) and over:
                ended = "" if self.status is None else f" (it ended with {self.status})"
                raise AssertionError(f"{pattern!r} is not on the screen{ended}:\n{self.text()}")
        return self.text()

    def wait_quiet(self, quiet: float = 0.15, timeout: float = 20) -> str:
        """The screen's text once nothing came for `quiet` seconds."""
        deadline = perf_counter() + timeout
        while self.read(quiet):
            if perf_counter() > deadline:
                raise AssertionError(f"it never stops writing:\n{self.text()}")
        return self.text()

    # What it is told.

    def send(self, text: str | bytes) -> None:
        """Writes as if typed, all at once, reading meanwhile so that neither side stands still."""
        data = text.encode() if isinstance(text, str) else text
        while data:
            readable, writable, _ = select.select([self._master], [self._master], [], 5)
            if not readable and not writable:
                raise AssertionError(f"it takes no input:\n{self.text()}")
            if writable:
                data = data[os.write(self._master, data[:1024]) :]
            elif readable:
                self.read(0)

    def type(self, text: str) -> None:
        """Types a text letter by letter."""
        for letter in text:
            self.send(letter)

    def paste(self, text: str) -> None:
        """Pastes a text, bracketed as terminals do."""
        self.send(f"\x1b[200~{text}\x1b[201~")

    def keys(self, *names: str) -> None:
        """Presses keys by name, one after the other: `"a"`, `"down"`, `"enter"`, `"ctrl+p"`, …"""
        for name in names:
            self.send(key_text(name))
            if name == "escape":
                sleep(_ESCAPE_PAUSE)

    def resize(self, columns: int, rows: int) -> None:
        """Changes the window's size, as dragging its corner does."""
        self._draw()
        self._screen.resize(columns, rows)
        self._set_size(columns, rows)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def signal(self, number: int) -> None:
        """Sends its child a signal, if it still runs."""
        if not self.has_ended():
            os.kill(self.pid, number)

    def kill(self) -> int:
        """Ends its child with SIGKILL; the exit status."""
        self.signal(signal.SIGKILL)
        return self.wait_exit()

    def hangup(self) -> None:
        """Closes the window: the child gets SIGHUP and can neither read nor write any more."""
        self._close()

    # How it ends.

    def has_ended(self) -> bool:
        """Whether the child is gone; its status and usage are known then."""
        if self.status is None:
            pid, status, usage = os.wait4(self.pid, os.WNOHANG)
            if pid:
                self.status, self.usage = os.waitstatus_to_exitcode(status), usage
        return self.status is not None

    def wait_exit(self, timeout: float = 20) -> int:
        """The exit status: negative when a signal ended it (-15), else the code it gave itself (143)."""
        deadline = perf_counter() + timeout
        while not self.has_ended():
            if perf_counter() > deadline:
                raise AssertionError(f"it is still running:\n{self.text()}")
            self.read(0.005)
        while self.read(0):
            pass
        assert self.status is not None
        return self.status

    def left_modes(self) -> set[str]:
        """What it switched on in the terminal and did not switch off again."""
        raw = self.raw
        switched = re.findall(rb"\x1b\[\?(\d+)([hl])", raw)
        modes = {int(number): letter == b"h" for number, letter in switched}
        left = {name for name, numbers in _MODES.items() if any(modes.get(n) for n in numbers)}
        left |= {name for name, number in _SHOWN.items() if modes.get(number) is False}
        if len(re.findall(rb"\x1b\[>\d*u", raw)) > len(re.findall(rb"\x1b\[<\d*u", raw)):
            left.add("kitty keyboard")
        if self._slave >= 0 and termios.tcgetattr(self._slave)[: tty.CC] != self._settings[: tty.CC]:
            left.add("raw input")
        return left

    def _close(self) -> None:
        for fd in {self._master, self._slave} - {-1}:
            os.close(fd)
        self._master = self._slave = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._close()


_MODES: Mapping[str, tuple[int, ...]] = {
    "alternate screen": (47, 1047, 1049),
    "mouse": (1000, 1002, 1003, 1005, 1006, 1015, 1016),
    "focus reports": (1004,),
    "bracketed paste": (2004,),
    "held frames": (2026,),
    "size reports": (2048,),
}
_SHOWN: Mapping[str, int] = {"hidden cursor": 25, "no line wrap": 7}


# The judge of hostile text.


class Forbidden(NamedTuple):
    """Something no text may make a terminal do."""

    kind: str
    found: str
    at: int
    """Place in the decoded output."""


_LEGITIMATE = re.compile(
    r"\x1b(?:"
    r"\[(?:(?:[0-479]|2[1-479]|[34]8;2;\d+;\d+;\d+)(?:;(?:[0-479]|2[1-479]|[34]8;2;\d+;\d+;\d+))*)?m"  # no palette, no blink, no conceal
    r"|\[\d+;\d+H"
    r"|\[\?(?:7|25|1000|1003|1004|1006|1015|1049|2004|2026)[hl]"
    r"|\[\?(?:2026|2048)\$p"
    r"|\[>\d+u|\[<u"
    r"|\]22;[a-z-]*\x07"  # the mouse pointer's shape
    r")"
)
_CLASSES: Mapping[str, str] = {
    "C0": "\x00-\x08\x0b\x0c\x0e-\x1f",
    "DEL": "\x7f",
    "C1": "\x80-\x9f",
    "bidi": "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    "separator": "\u2028\u2029",
    "invisible": "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\U000e0000-\U000e0fff",
    "noncharacter": "\ufff0-\ufffb\ufdd0-\ufdef\ufffe\uffff",
    "not UTF-8": "\udc80-\udcff",
}
_FOUND = re.compile(f"{SEQUENCE.pattern}|[{''.join(_CLASSES.values())}]")
_CUT_OFF = re.compile(r"\x1b(?:\[[0-?]*[ -/]*)?\Z")
_OSC = re.compile(r"\x1b\](\d*)")


def forbidden_bytes(raw: bytes, *, plain: bool = False) -> list[Forbidden]:
    """What stands in the output that no program of ours writes: `[]` is the one good answer.

    A Textual screen may style with true colours, place the cursor and switch the modes Textual uses; `plain`
    output, that of a command or an export, may contain no sequence at all. A sequence that the recording
    cuts off at its end is passed over. Joiners and variation selectors are part of honest text.
    """
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(raw, final=plain)
    if not plain and (cut := _CUT_OFF.search(text)):
        text = text[: cut.start()]
    return [
        Forbidden(_kind(match[0]), match[0], match.start())
        for match in _FOUND.finditer(text)
        if plain or _LEGITIMATE.fullmatch(match[0]) is None
    ]


def _kind(found: str) -> str:
    if len(found) > 1:
        if osc := _OSC.match(found):
            return f"OSC {osc[1]}"
        return {"[": "CSI", "P": "DCS"}.get(found[1], "ESC")
    return next(kind for kind, members in _CLASSES.items() if re.match(f"[{members}]", found))
