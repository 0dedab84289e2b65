"""Where output goes: pipes that close, full disks, terminals without Unicode, and columns that line up."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from playbook.cli.columns import columns, width
from playbook.cli.plain_letters import plain_letter
from playbook.core.text import line
from tests.cli.calling import PROGRAM, ROOT, call, gift, good, spawn
from tests.hostile import MARKUP, SCRIPTS

ACME = "acme-studio/gift"


@pytest.mark.parametrize("text", [*map(line, (*MARKUP, *SCRIPTS)), "漢字 and ｆｕｌｌ", "", "cafe\u0301"])
def test_a_text_has_the_width_of_its_cells(text: str) -> None:
    assert width(text) == sum(map(cell_len, text))


def test_columns_line_up_by_cells() -> None:
    lines = list(columns([("漢字", "", "a"), ("x", "", "b"), ("y" * 60, "", "c")], indent=" "))
    assert lines == [f" 漢字{' ' * 46}a", f" x{' ' * 49}b", f" {'y' * 60}  c"]
    assert list(columns([])) == []
    assert list(columns([("a", ""), ("b", "")])) == ["a", "b"]


def test_wide_names_do_not_shift_the_columns() -> None:
    gift("Acme Studio")
    gift("漢字屋")
    rows = [line for line in good("today").splitlines() if "Ask about" in line]
    assert len({width(row.partition("Ask about")[0]) for row in rows}) == 1
    assert len(rows) == 2


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "cp437"])
def test_a_terminal_without_unicode_gets_letters_it_has(encoding: str) -> None:
    gift("Café 漢字")
    done = spawn("show", "cafe/gift", env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert done.returncode == 0
    text = done.stdout.decode(encoding)
    assert text.startswith(("Café ?? > Gift", "Cafe ?? > Gift", "Café ?? › Gift"))
    assert "  _ rule " in text
    assert b"Traceback" not in done.stderr


def test_documents_and_json_are_utf_8_everywhere() -> None:
    gift("Café 漢字")
    for args in (
        ("client", "show", "cafe", "--json"),
        ("show", "cafe/gift", "--json"),
        ("export", "cafe/gift", "-f", "json", "-o", "-"),
    ):
        done = spawn(*args, env={"PYTHONIOENCODING": "latin-1"})
        assert "Café 漢字" in done.stdout.decode("utf-8"), args
        json.loads(done.stdout)
    markdown = spawn("export", "cafe/gift", "-o", "-", env={"PYTHONIOENCODING": "ascii"})
    assert markdown.stdout.decode("utf-8") == good("export", "cafe/gift", "-o", "-")


def test_every_sign_of_ours_has_a_plain_letter() -> None:
    for sign in "☐✓↷–★·…›→“”":
        assert plain_letter(sign) != "?", sign
    assert (plain_letter("é"), plain_letter("Ñ"), plain_letter("漢"), plain_letter("½")) == (
        "e",
        "N",
        "?",
        "?",
    )


@pytest.mark.parametrize(
    "environment",
    [{"LANG": "C"}, {"LC_ALL": "POSIX"}, {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"COLUMNS": "20"}],
)
def test_plain_surroundings_get_the_same_answer(environment: dict[str, str]) -> None:
    gift()
    done = spawn("today", env=environment)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, good("today"), b"")
    assert spawn("--help", env=environment).returncode == 0


def many_clients() -> None:
    from tests.cli.calling import library

    library().joinpath("long.toml").write_text(
        'title = "Long"\n[[section]]\ntitle = "S"\n'
        + "".join(f'[[section.step]]\nid = "s{n}"\ntitle = "{"T" * 200}"\n' for n in range(800)),
        encoding="utf-8",
    )
    good("client", "add", "Acme")
    good("start", "long", "acme")


@pytest.mark.skipif(sys.platform == "win32", reason="no closed pipes as here")
@pytest.mark.parametrize(
    "args",
    [("show", "acme/long"), ("show", "long", "--json"), ("export", "acme/long", "-o", "-"), ("--help",)],
)
def test_a_reader_that_goes_away_is_no_fault(args: tuple[str, ...]) -> None:
    many_clients()
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [*PROGRAM, *args], env=env, stdout=pipe, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="no closed pipes as here")
def test_even_stderr_may_be_gone() -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [*PROGRAM, "tody"], env=env, stdout=subprocess.PIPE, stderr=pipe, timeout=60, check=False
        )
    assert (done.returncode, done.stdout) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_under_the_output_is_one_sentence() -> None:
    gift()
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    for args in (("show", ACME), ("--help",), ("export", ACME, "-o", "-")):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [*PROGRAM, *args], env=env, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
            )
        assert done.returncode == 1
        assert done.stderr.count(b"\n") == 1
        assert b"No space left" in done.stderr
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [*PROGRAM, "tody"], env=env, stdout=subprocess.PIPE, stderr=full, timeout=60, check=False
            )
        assert done.returncode != 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_are_no_fault(closed: str) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    for verb in ("runs", "client add Acme", "tody", "--help", "list --json"):
        done = subprocess.run(["sh", "-c", f'exec "{sys.executable}" -m playbook {verb} {closed}'], env=env, capture_output=True, timeout=60, check=False)  # fmt: skip
        assert b"Traceback" not in done.stderr, (verb, closed)
        assert done.returncode in (0, 1, 2), (verb, closed)


def test_a_long_list_is_written_in_one_go() -> None:
    many_clients()
    assert len(good("show", "acme/long").splitlines()) == 800 + 4
    assert call("show", "acme/long", "--json").data["run"]["progress"] == {"done": 0, "total": 800}
