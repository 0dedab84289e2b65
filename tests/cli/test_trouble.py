"""Databases, homes and settings with which something is wrong: one sentence, the right exit code, nothing lost."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.calling import PROGRAM, ROOT, bad, call, gift, good, spawn

ACME = "acme-studio/gift"
WRITING = (("note", ACME, "x"), ("tick", ACME, "order"), ("client", "add", "Other"), ("undo",))
READING = (
    ("today",),
    ("runs",),
    ("show", ACME),
    ("next", ACME),
    ("history", ACME),
    ("client", "list"),
    ("export", ACME, "-o", "-"),
)


def database() -> Path:
    return Path(os.environ["PLAYBOOK_HOME"]) / "data" / "playbook.db"


def test_a_damaged_database_is_left_as_it_is() -> None:
    gift()
    database().write_bytes(b"this is no database at all, whatever its name says" * 100)
    before = database().read_bytes()
    for args in (*READING, *WRITING, ("doctor",)):
        said = bad(*args, code=3)
        assert said.count("\n") == 1
        assert "restore FILE" in said
    assert database().read_bytes() == before


def test_an_empty_file_is_no_database() -> None:
    gift()
    database().write_bytes(b"")
    assert "is damaged" in bad("today", code=3)
    assert database().read_bytes() == b""


def test_a_newer_database_is_refused_before_any_write() -> None:
    gift()
    with contextlib.closing(sqlite3.connect(database())) as connection:
        connection.execute("pragma user_version = 99")
    before = database().read_bytes()
    for args in (*READING, *WRITING):
        assert "newer playbook" in bad(*args, code=3)
    assert database().read_bytes() == before


def test_a_busy_database_is_said_and_nothing_is_lost() -> None:
    gift()
    with contextlib.closing(sqlite3.connect(database(), isolation_level=None)) as connection:
        connection.execute("begin exclusive")
        assert "did not finish in time" in bad("note", ACME, "x", code=3)
        connection.execute("rollback")
    good("note", ACME, "x")


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT to one program")
def test_an_interrupt_ends_with_130_and_without_a_word() -> None:
    gift()
    with contextlib.closing(sqlite3.connect(database(), isolation_level=None)) as connection:
        connection.execute("begin exclusive")
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        program = subprocess.Popen(
            [*PROGRAM, "note", ACME, "x"], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        time.sleep(0.7)  # it waits for the database by now, or is still loading: both are interrupted alike
        program.send_signal(signal.SIGINT)
        assert program.communicate(timeout=60) == (b"", b"")
        assert program.returncode == 130


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_database_can_still_be_read() -> None:
    gift()
    shown = good("show", ACME)
    database().chmod(0o400)
    database().parent.chmod(0o500)
    try:
        assert good("show", ACME) == shown
        assert "read-only" in bad("note", ACME, "x", code=3)
    finally:
        database().parent.chmod(0o700)
    assert good("show", ACME) == shown


def test_a_home_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path / "file" / "home"))
    said = bad("client", "add", "Acme", code=3)
    assert said.count("\n") == 1
    assert good("paths").startswith("config ")
    assert "Client onboarding" in good("list")


def test_a_restore_from_what_is_no_backup_changes_nothing(tmp_path: Path) -> None:
    gift()
    before = database().read_bytes()
    (tmp_path / "notes.txt").write_text("not a backup", encoding="utf-8")
    for name in ("notes.txt", "nothing.db", "."):
        said = bad("restore", str(tmp_path / name), code=3)
        assert said.count("\n") == 1
    assert database().read_bytes() == before


def test_faults_in_the_settings_are_named_and_the_rest_goes_on() -> None:
    gift()
    config = Path(os.environ["PLAYBOOK_HOME"]) / "config" / "config.toml"
    config.parent.mkdir(parents=True)
    for text in ("backups = [", 'backups = "many"', "nmae = 1", "\x00", "\ufeff[[", "a" * 3_000_000):
        config.write_text(text, encoding="utf-8")
        done = call("runs")
        assert done.code == 0
        assert ACME in done.out
        assert f"{config}:" in done.err


@pytest.mark.parametrize(
    "now",
    [
        "soon",
        "2026-13-45",
        "0001-01-01",
        "9999-12-31T23:59",
        "0001-01-01T00:00+14:00",
        "",
        "2026-11-23T09:00Z",
    ],
)
def test_any_clock_gives_an_answer(now: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_NOW", now)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    for args in (
        ("today",),
        ("client", "add", f"Acme {len(now)}"),
        ("runs", "--all"),
        ("today", "--on", "+9999d"),
    ):
        done = call(*args)
        assert done.code == 0, (now, args, done)
        assert "went wrong" not in done.err


@pytest.mark.parametrize(
    "zone",
    ["Nowhere/Land", "../../etc/passwd", "EST5EDT", ":Europe/Madrid", "\x1b[31m", "/dev/null", "UTC+25"],
)
def test_any_time_zone_gives_an_answer(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    gift()
    assert ACME in good("runs")
    assert "\x1b" not in good("export", ACME, "-o", "-")


def test_a_defect_is_two_lines_and_a_log_without_values(monkeypatch: pytest.MonkeyPatch) -> None:
    gift("Secret Client")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Secret Client owes 5000 EUR")

    monkeypatch.setattr("playbook.workspace.lists.Lists.today", broken)
    done = call("today")
    assert done.code == 1
    assert done.err.count("\n") == 2
    assert "RuntimeError" in done.err
    log = Path(os.environ["PLAYBOOK_HOME"]) / "state" / "playbook.log"
    assert "RuntimeError" in log.read_text(encoding="utf-8")
    assert "Secret" not in done.err + log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o777 == 0o600
    log.write_bytes(b"x" * 900_000)
    for _ in range(3):
        call("today")
    assert log.stat().st_size < 1_000_000


def test_names_that_are_no_text_are_refused_calmly(tmp_path: Path) -> None:
    gift()
    for args in ((b"show", b"\xff\xfe/gift"), (b"client", b"show", b"\xe9"), (b"tick", ACME.encode(), b"\xe9"), (b"show", b"\xe9"),
                 (b"start", b"\xe9", b"acme"), (b"next", b"\xed\xa0\x80"), (b"check", b"\xe9.toml"), (b"--library", b"\xe9", b"show", b"x")):  # fmt: skip
        done = spawn(*args, cwd=tmp_path)
        assert done.returncode == 1, (args, done.stderr)
        assert b"went wrong" not in done.stderr, (args, done.stderr)
        (done.stderr + done.stdout).decode("utf-8")
    assert spawn(b"client", b"add", b"Caf\xe9").returncode == 0


def test_the_user_of_the_system_is_cleaned_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "An\x1b[31ma\udce9")
    gift()
    history = good("history", ACME)
    assert "\x1b" not in history
    assert "An␛[31ma" in history
