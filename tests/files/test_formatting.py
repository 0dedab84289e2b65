"""Files put in order: what they say, their keys, remarks and line ends stay; doing it twice is doing it once.

`FORMATS=20000 pytest tests/files/test_formatting.py` makes as many files; the normal run makes several hundred.
"""

import os
import re
import tomllib
from pathlib import Path
from random import Random

import pytest

from playbook.files import formatting
from playbook.files.decode import LARGEST
from playbook.files.edit import Unlike
from playbook.files.formatting import format_files, formatted
from playbook.files.mend.change import Edit
from playbook.locations import shipped_library
from tests.files.test_edits import Maker, read

FILES = int(os.environ.get("FORMATS", "500"))

APART = re.compile(
    r"[ \t]*(\[\[\s*\"?section\"?\s*\]\]|\[\[\s*section\s*\.\s*step\s*\]\]|\[\[test\]\]|\[roles\])"
)


def untidy(random: Random, text: str) -> str:
    """The text with blanks at line ends and more or fewer empty lines, and maybe without its last line end."""
    lines: list[str] = []
    for line in text.split("\n"):
        body, end = (line[:-1], "\r") if line.endswith("\r") else (line, "")
        if not body and random.random() < 0.3:
            continue
        lines += [body + random.choice(["", "", " ", "\t", "  \t "]) + end]
        lines += [random.choice(["", "  "]) + end] * random.choice([0, 0, 0, 0, 1, 3])
    return "\n".join(lines).rstrip(random.choice(["", "\r\n \t"]))


def files() -> list[str]:
    """Random files that are TOML: blanks after a line that goes on with a backslash may make one that is not."""
    random = Random(23)
    found: list[str] = []
    while len(found) < FILES:
        text = untidy(random, Maker(random).text())
        try:
            read(text)
        except tomllib.TOMLDecodeError:
            continue
        found.append(text)
    return found


def kept(text: str) -> list[str]:
    """All that is written, line by line, but for what is in order only."""
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def lines_above(lines: list[str], place: int) -> tuple[str, str] | None:
    """The two lines above a heading and the remarks that touch it; None at the top."""
    while place and lines[place - 1].lstrip().startswith("#"):
        place -= 1
    return (lines[place - 2], lines[place - 1]) if place > 1 else None


def test_random_files_say_the_same_in_order_and_stay_so() -> None:
    for text in files():
        after = formatted(text)
        assert after is not None
        said = f"{text!r}\n---\n{after!r}"
        assert read(after) == read(text), said
        assert kept(after) == kept(text), said
        assert formatted(after) == after, said
        assert after.startswith("\ufeff") == text.startswith("\ufeff"), said
        assert after.endswith("\n"), said
        assert not after.endswith(("\n\n", "\n\r\n")), said
        if "\n" in text and text.count("\n") == text.count("\r\n"):
            assert "\n" not in after.replace("\r\n", ""), said
        lines = after.replace("\r\n", "\n").split("\n")
        for place, line in enumerate(lines):
            if APART.match(line) and (above := lines_above(lines, place)):
                assert above[1] == "", said
                assert above[0] != "", said


def test_blanks_go_outside_texts_and_stay_inside() -> None:
    text = 'title = "A  "  \t\nguide = """  \nline  \n  """ \nt = \'# \' # remark \t\nl = [ \n  1, \n]'
    assert (
        formatted(text)
        == 'title = "A  "\nguide = """  \nline  \n  """\nt = \'# \' # remark\nl = [\n  1,\n]\n'
    )


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", ""),
        ("\n\n", ""),
        ("\n \na = 1\n\n\n", "a = 1\n"),
        ("a = 1\r\n[b]", "a = 1\r\n\r\n[b]\r\n"),
        ("\n\n[b]\n\n\n\n[c]\n", "[b]\n\n[c]\n"),
        ("a = 1\n# of b\n[b]\n", "a = 1\n\n# of b\n[b]\n"),
        ("a = 1\n# of a\n\n\n# free\n\n\n# of b\n[b]\n", "a = 1\n# of a\n\n# free\n\n# of b\n[b]\n"),
        ("[[b]]\n[b.c]\n[[b.d]]\n", "[[b]]\n[b.c]\n[[b.d]]\n"),
        ("[[b]]\n\n\n[b.c]\n", "[[b]]\n\n[b.c]\n"),
        ("[[section]]\n  [[section.step]]\n", "[[section]]\n\n  [[section.step]]\n"),
        ("a   =   1\n\n\nb=2\n", "a   =   1\n\n\nb=2\n"),
        ("# only\n\n", "# only\n"),
        ("a = 1\n\n# last\n\n", "a = 1\n\n# last\n"),
        ("# \u2028 one\x85 line\n\n\n[b]\n", "# \u2028 one\x85 line\n\n[b]\n"),
    ],
)
def test_tables_stand_one_line_apart(text: str, after: str) -> None:
    assert formatted(text) == after
    assert formatted(after) == after


def test_what_is_no_toml_is_left_alone(tmp_path: Path) -> None:
    assert formatted("title = [ \n") is None
    texts = {
        "broken": b"title = [ \n",
        "latin": b'title = "\xf1" \n',
        "none": None,
        "large": b"# " + b" " * LARGEST,
    }
    for name, text in texts.items():
        if text is not None:
            (tmp_path / name).write_bytes(text)
    found = format_files([tmp_path / name for name in texts], writes=True)
    assert [each.kept for each in found] == ["kept-broken", "kept-broken", "kept-unreadable", "kept-broken"]
    (tmp_path / "empty").touch()
    assert format_files([tmp_path / "empty"], writes=True) == []
    (tmp_path / "empty").unlink()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        k: v for k, v in texts.items() if v
    }


def test_what_would_say_something_else_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.toml"
    path.write_text("a = 1 \n", encoding="utf-8")
    monkeypatch.setattr(formatting, "_spaced", lambda text: [Edit(0, 1, "b")])
    with pytest.raises(Unlike):
        formatted("a = 1\n")
    assert [each.kept for each in format_files([path], writes=True)] == ["kept-unlike"]
    monkeypatch.setattr(formatting, "_spaced", lambda text: [Edit(0, 0, "# new\n")])
    with pytest.raises(Unlike):
        formatted("a = 1\n")
    assert path.read_text(encoding="utf-8") == "a = 1 \n"


def test_a_file_of_any_size_takes_time_by_its_length() -> None:
    text = "a = 1" + " " * 200_000 + "\n" + "".join(f"[t{n}]   \nx = {n}\n" for n in range(5_000))
    after = formatted(text)
    assert after is not None
    assert after.count("\n\n[t") == 5_000
    assert " \n" not in after


@pytest.mark.parametrize(
    "path", sorted(shipped_library().glob("*/*.toml")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_the_shipped_playbooks_are_in_order(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text
