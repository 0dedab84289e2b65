"""The terminal in memory against small programs that are known to do one thing."""

import re
import signal
import sys
from pathlib import Path

import pytest

from tests.hostile import CONTROLS, HOSTILE, INVISIBLE, MARKUP, NAMES, SCRIPTS
from tests.terminal import Terminal, environment, forbidden_bytes, key_text
from tests.terminal_screen import Screen

HELLO = (sys.executable, "bench/hello.py")
ROOT = Path(__file__).parent.parent
EVERYTHING_ON = {
    "alternate screen", "bracketed paste", "focus reports", "hidden cursor", "kitty keyboard", "mouse",
    "no line wrap", "raw input",
}  # fmt: skip


def python(program: str) -> tuple[str, ...]:
    return sys.executable, "-c", program


def hello() -> Terminal:
    return Terminal(HELLO, cwd=ROOT)


def test_reads_what_is_written_and_types_what_is_asked() -> None:
    program = "name = input('Name? '); print('Hello', name, '✓'); raise SystemExit(3)"
    with Terminal(python(program)) as terminal:
        terminal.wait_for(r"^Name\?$")
        terminal.type("Ana María")
        terminal.keys("enter")
        terminal.wait_for("^Hello Ana María ✓$")
        assert terminal.wait_exit() == 3
        assert b"Hello Ana Mar\xc3\xada" in terminal.raw
        assert terminal.left_modes() == set()


def test_says_what_is_on_the_screen_when_a_text_does_not_come() -> None:
    with (
        Terminal(python("print('something else'); input()")) as terminal,
        pytest.raises(AssertionError, match="something else"),
    ):
        terminal.wait_for("^something else$")
        terminal.wait_for("never written", timeout=0.1)


def test_says_so_when_the_program_ended_before_the_text_came() -> None:
    with (
        Terminal(python("print('last words'); raise SystemExit(7)")) as terminal,
        pytest.raises(AssertionError, match=r"ended with 7(?s:.*)last words"),
    ):
        terminal.wait_for("never written", timeout=60)


def test_a_program_sees_its_terminal_its_size_and_its_environment() -> None:
    program = "import os; print(os.get_terminal_size(), os.environ['WHO'], os.getcwd(), os.ttyname(0), open('/dev/tty'))"
    with Terminal(python(program), env=environment(WHO="ana"), cwd="/", columns=200, rows=10) as terminal:
        text = terminal.wait_for("name='/dev/tty'")
        assert "columns=200, lines=10" in text
        assert " ana / /dev/" in text


def test_a_missing_program_is_an_error_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        Terminal(["no-such-program-anywhere"])


def test_much_input_and_output_at_once_do_not_block_each_other() -> None:
    program = (
        "import sys, tty; tty.setraw(0); print('ready', flush=True); n = 0\n"
        "while n < 50000: data = sys.stdin.buffer.read1(500); n += len(data); sys.stdout.write('x' * len(data) * 2)\n"
        "print('took', n)"
    )
    with Terminal(python(program)) as terminal:
        terminal.wait_for("ready")
        terminal.send("y" * 50_000)
        assert "took 50000" in terminal.wait_for("took 50000")


def test_textual_starts_takes_keys_follows_the_window_and_leaves_clean() -> None:
    with hello() as terminal:
        terminal.wait_for("^Hello 0$")
        terminal.wait_quiet()
        assert terminal.left_modes() == EVERYTHING_ON
        terminal.keys("x", "x")
        terminal.wait_for("^Hello 2$")
        terminal.resize(100, 30)
        terminal.keys("ctrl+p")
        terminal.wait_for("Search for commands")
        assert len(terminal.lines()) == 30
        terminal.keys("escape", "x")
        terminal.wait_for("^Hello 3$")
        terminal.wait_quiet()
        terminal.keys("ctrl+q")
        assert terminal.wait_exit() == 0
        assert terminal.left_modes() == set()
        assert forbidden_bytes(terminal.raw) == []
        assert "Hello" not in terminal.text(), "the alternate screen is gone"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_an_unhandled_signal_is_told_from_an_exit_code(number: signal.Signals) -> None:
    with Terminal(["/bin/sleep", "60"]) as terminal:
        terminal.signal(number)
        assert terminal.wait_exit() == -number


def test_a_handled_signal_gives_the_code_the_program_chose() -> None:
    program = "import signal, sys; signal.signal(15, lambda *_: sys.exit(143)); print('set', flush=True); signal.pause()"
    with Terminal(python(program)) as terminal:
        terminal.wait_for("set")
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() == 143


def test_a_killed_program_leaves_the_terminal_as_it_was_then() -> None:
    with hello() as terminal:
        terminal.wait_for("Hello 0")
        terminal.wait_quiet()
        assert terminal.kill() == -signal.SIGKILL
        assert terminal.left_modes() == EVERYTHING_ON


def test_closing_the_window_hangs_up() -> None:
    with Terminal(python("print('here', flush=True); import time; time.sleep(60)")) as terminal:
        terminal.wait_for("here")
        terminal.hangup()
        assert terminal.wait_exit() == -signal.SIGHUP
        assert "here" in terminal.text()


def test_only_its_own_child_is_ended() -> None:
    with Terminal(["/bin/sleep", "60"]) as other:
        with Terminal(["/bin/sleep", "60"]) as terminal:
            pass
        assert terminal.status == -signal.SIGKILL
        assert not other.has_ended()


def test_keys_are_what_a_terminal_sends() -> None:
    assert [key_text(name) for name in ("a", "ctrl+p", "down", "shift+tab")] == [
        "a",
        "\x10",
        "\x1b[B",
        "\x1b[Z",
    ]
    with pytest.raises(KeyError):
        key_text("no-such-key")


@pytest.mark.parametrize("text", SCRIPTS)
def test_honest_text_is_read_back_from_the_screen(text: str) -> None:
    screen = Screen(200, 2)
    screen.feed(f"<{text}>".encode())
    assert screen.lines()[0] == f"<{text}>"


def test_a_sequence_cut_anywhere_is_drawn_the_same() -> None:
    data = "a\x1b[>25u\x1b[2;3H漢\x1b[38;2;1;2;3mb\x1b]22;default\x07\x1b[?2026$p\x1b[?1049hc\x1b[?1049ld".encode()
    whole = Screen(20, 3)
    whole.feed(data)
    assert whole.lines() == ["a", "  漢bd", ""]
    parts = Screen(20, 3)
    for byte in data:
        parts.feed(bytes([byte]))
    assert parts.cells() == whole.cells()


def test_there_are_enough_hostile_texts_and_none_twice() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60
    for text in HOSTILE:
        text.encode()  # each can be written to a file


@pytest.mark.parametrize("text", [*CONTROLS, *INVISIBLE])
@pytest.mark.parametrize("plain", [False, True])
def test_the_judge_finds_what_must_not_reach_a_terminal(text: str, plain: bool) -> None:
    raw = f"\x1b[1;2H\x1b[0m{text}\n" if not plain else f"before {text} after\n"
    assert forbidden_bytes(raw.encode(), plain=plain)


@pytest.mark.parametrize("text", [*MARKUP, *NAMES, *SCRIPTS])
def test_the_judge_lets_honest_text_pass(text: str) -> None:
    assert forbidden_bytes(text.encode()) == []
    assert forbidden_bytes(text.encode(), plain=True) == []


def test_the_judge_names_what_it_found() -> None:
    raw = (
        "\x1b]52;c;aGk=\x07 \x1b[31m \x1bPq\x1b\\ \x1bc \x07 \x7f \x9b \u202e \u2028 \u200b \ufdd0 ".encode()
        + b"\xff"
    )
    kinds = ["OSC 52", "CSI", "DCS", "ESC", "C0", "DEL", "C1", "bidi", "separator", "invisible", "noncharacter", "not UTF-8"]  # fmt: skip
    assert [found.kind for found in forbidden_bytes(raw)] == kinds


def test_the_judge_allows_a_screen_its_sequences_and_plain_output_none() -> None:
    raw = b"\x1b[?1049h\x1b[2;10H\x1b[1;38;2;0;16;255;48;2;1;2;3mx\x1b[0m\x1b[?25l\x1b[>25u\x1b[<u\r\n\t"
    assert forbidden_bytes(raw) == []
    assert len(forbidden_bytes(raw, plain=True)) == len(re.findall(rb"\x1b", raw))


def test_the_judge_passes_over_what_the_recording_cuts_off() -> None:
    for cut in (b"ok \x1b", b"ok \x1b[38;2;", "ok 漢".encode()[:-1]):
        assert forbidden_bytes(cut) == []
