"""`fmt`: files put in order, or only looked at."""

from pathlib import Path

from tests.cli.calling import call, good, library
from tests.cli.scenes import put

UNTIDY = 'title = "A" \r\n[[section]]\r\ntitle = "S"\r\n\r\n\r\n[[section.step]]\r\nid = "a"\r\ntitle = "One"  # why'
TIDY = 'title = "A"\r\n\r\n[[section]]\r\ntitle = "S"\r\n\r\n[[section.step]]\r\nid = "a"\r\ntitle = "One"  # why\r\n'


def untidy(name: str = "mine") -> Path:
    path = library() / f"{name}.toml"
    path.write_bytes(UNTIDY.encode())
    path.chmod(0o640)
    return path


def test_puts_ones_own_playbooks_in_order_once() -> None:
    path = untidy()
    done = call("fmt")
    assert (done.code, done.out, done.err) == (0, f"{path}\n", "1 file put in order.\n")
    assert path.read_bytes() == TIDY.encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert call("fmt") == (0, "", "0 files put in order.\n")


def test_only_looks_with_check_or_dry_run() -> None:
    path = untidy()
    done = call("fmt", "--check", str(path))
    assert (done.code, done.out, done.err) == (1, f"{path}\n", "1 file is not in order.\n")
    shown = call("fmt", "--dry-run")
    assert shown.code == 0
    assert [text for text in shown.out.splitlines() if text.startswith("+")] == [
        f"+++ {path}",
        '+title = "A"',
        "+",
        "+",
    ]
    assert path.read_bytes() == UNTIDY.encode()
    good("fmt")
    assert call("fmt", "--check") == (0, "", "0 files are not in order.\n")


def test_what_is_left_alone_is_told_and_the_rest_is_done(tmp_path: Path) -> None:
    path = untidy()
    put(broken="title = [ \n")
    done = call("fmt", str(tmp_path / "none.toml"), str(library()))
    assert (done.code, done.out) == (1, f"{path}\n")
    assert "broken.toml: It cannot be read as TOML and stays as it is." in done.err
    assert "none.toml: It cannot be read" in done.err
    assert path.read_bytes() == TIDY.encode()
