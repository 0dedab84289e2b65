"""Files that mean harm or were saved wrongly: problems, never an exception."""

from pathlib import Path

import pytest

from playbook.files.check_files import check_file
from playbook.files.decode import decode
from playbook.files.library import Library, Source
from playbook.words.problems import hint, message
from tests.files.test_read import SMALL

GOOD = SMALL.encode()
DEEP = 10_000


@pytest.mark.parametrize(
    ("raw", "code", "line", "column"),
    [
        (b"", "key-missing", 1, 1),
        (GOOD.decode().encode("utf-16"), "utf-16", 1, 1),
        (GOOD.decode().encode("utf-16-be"), "utf-16", 1, 1),
        (b'title = "T"\nsummary = "caf\xe9"\n', "utf-8", 2, 15),
        (b'title = "\x00"\n', "toml-control", 1, 10),
        (b'title = "T"\rsummary = "S"\r', "toml-after-value", 1, 12),
        (b"title = " + b"9" * 5000, "toml-number", 1, 9),
        (b"format = 0x" + b"f" * 5000 + b"\n" + GOOD, "format-newer", 1, 1),
        (b"title = " + b"[" * DEEP + b"]" * DEEP, "toml-deep", 1, 1),
        (b"title = " + b"{a=" * DEEP + b"1" + b"}" * DEEP, "toml-deep", 1, 1),
        (b"a" + b".a" * DEEP + b" = 1", "toml-deep", 1, 1),
        (b"[" + b"a." * DEEP + b"a]", "toml-deep", 1, 1),
        (b"#" * 5_000_000, "file-large", 1, 1),
        (b"\xff" * 1000, "utf-8", 1, 1),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_is_told_as_one_of_its_problems(
    tmp_path: Path, raw: bytes, code: str, line: int, column: int
) -> None:
    file = tmp_path / "bad.toml"
    file.write_bytes(raw)
    found = check_file(file)
    assert (code, line, column) in {(each.code, each.line, each.column) for each in found}
    assert all(message(each.problem) and "\x1b" not in hint(each.problem) for each in found)
    (entry,) = Library([Source(tmp_path, "own")]).entries()
    assert entry.is_broken
    assert file.read_bytes() == raw


@pytest.mark.parametrize(
    "raw",
    [b"\xef\xbb\xbf" + GOOD, GOOD.replace(b"\n", b"\r\n"), GOOD.rstrip(b"\n")],
    ids=["mark", "windows", "no-end"],
)
def test_honest_variants_are_read(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "good.toml"
    file.write_bytes(raw)
    assert check_file(file) == []


def test_the_byte_order_mark_is_remembered() -> None:
    assert decode(b"\xef\xbb\xbfx") == ("x", True, None)
    assert decode(b"x") == ("x", False, None)


def test_what_a_key_hides_never_reaches_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text('"\\u001b]0;gone\\u0007[red]" = 1\n' + SMALL)
    (found,) = check_file(file)
    assert "\x1b" not in message(found.problem) + found.path
    assert "␛]0;gone␇[red]" in message(found.problem)


def test_a_huge_name_is_shortened(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text(f"{'k' * 100_000} = 1\n" + SMALL)
    (found,) = check_file(file)
    assert len(message(found.problem)) < 200
    assert len(found.path) <= 200


@pytest.mark.parametrize("name", ["folder.toml", "missing.toml"])
def test_what_cannot_be_read_is_a_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.toml").mkdir()
    assert [each.code for each in check_file(tmp_path / name)] == ["file-unreadable"]


@pytest.mark.parametrize(
    "text",
    [
        "x = [" + "1," * 300_000 + "]\n",
        "[[section]]\n" + "[[section.step]]\n" * 40_000,
        "[section]\n" + "".join(f"k{n} = 1\n" for n in range(60_000)),
        ".".join("a" * 11) + "".join(f".k{n} = 1\n" + ".".join("a" * 11) for n in range(5000)) + " = 1\n",
    ],
    ids=["list", "steps", "keys", "dots"],
)
def test_large_ones_end_in_a_bounded_list_of_problems(tmp_path: Path, text: str) -> None:
    file = tmp_path / "large.toml"
    file.write_text(text)
    assert 1 <= len(check_file(file)) <= 1002
