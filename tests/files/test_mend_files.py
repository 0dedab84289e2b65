"""Mending files: every other byte stays, nobody's work is overwritten, and what may not be written is not."""

import os
import shutil
from pathlib import Path

import pytest

from playbook.files import mend as mending
from playbook.files.mend import files
from playbook.files.mend.files import mend_file, mend_files
from playbook.locations import shipped_library
from tests.cli.calling import call

SLIP = b'title = "T"\r\n[[section]]\r\ntitle = "S"\r\n[[section.step]]\r\ntitle = "A" # \xc3\xb1'
WHOLE = SLIP.replace(b"step]]\r\n", b'step]]\r\nid = "a"\r\n')
MARK = b"\xef\xbb\xbf"


def written(folder: Path, content: bytes, name: str = "tea.toml") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("mark", [b"", MARK], ids=["plain", "mark"])
def test_every_other_byte_and_the_mode_stay(tmp_path: Path, mark: bytes) -> None:
    path = written(tmp_path, mark + SLIP)
    path.chmod(0o640)
    mended = mend_file(path)
    assert mended is not None
    assert (mended.kept, [(each.code, each.line) for each in mended.mends]) == ("", [("id-added", 5)])
    assert path.read_bytes() == mark + WHOLE
    assert path.stat().st_mode & 0o777 == 0o640
    assert mend_file(path) is None
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path = written(tmp_path, SLIP)
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    assert mend_file(link) is not None
    assert link.is_symlink()
    assert path.read_bytes() == WHOLE


def test_a_file_without_slips_is_not_written(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE)
    before = path.stat()
    assert mend_files([path, tmp_path / "missing.toml", tmp_path]) == []
    assert path.stat() == before


@pytest.mark.parametrize(
    "raw", [b"\xff" * 100, SLIP.decode().encode("utf-16"), b"#" * 5_000_000, SLIP + b"\xe9"]
)
def test_what_cannot_be_read_is_left_alone(tmp_path: Path, raw: bytes) -> None:
    path = written(tmp_path, raw)
    assert mend_file(path) is None
    assert path.read_bytes() == raw


def test_shipped_files_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "shipped_library", lambda: tmp_path)
    path = written(tmp_path, SLIP)
    mended = mend_file(path)
    assert mended is not None
    assert mended.kept == "kept-shipped"
    assert path.read_bytes() == SLIP
    assert shipped_library().is_dir()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everything")
def test_read_only_files_and_folders_are_left_alone(tmp_path: Path) -> None:
    path = written(tmp_path, SLIP)
    path.chmod(0o400)
    kept = [mend_file(path)]
    path.chmod(0o600)
    tmp_path.chmod(0o500)
    kept.append(mend_file(path))
    tmp_path.chmod(0o700)
    assert [each and each.kept for each in kept] == ["kept-read-only", "kept-failed"]
    assert path.read_bytes() == SLIP


def test_a_file_that_somebody_else_wrote_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, SLIP)

    def slow(text: str, default_id: str) -> mending.Mended:
        path.write_bytes(b"theirs")
        return mending.mend(text, default_id)

    monkeypatch.setattr(files, "mend", slow)
    mended = mend_file(path)
    assert mended is not None
    assert mended.kept == "kept-changed"
    assert path.read_bytes() == b"theirs"


def test_the_command_tells_what_it_mended_and_what_is_left(tmp_path: Path) -> None:
    path = written(tmp_path, SLIP + b"\r\nfoo = 1\r\n")
    done = call("check", "--fix", str(tmp_path))
    assert done.code == 1
    assert done.out.startswith(
        f'{path}:5: mended: added id = "a"\n{path}:7:1: error: There is no key `foo` here.\n'
    )
    assert done.err == "1 slip mended.\n1 file checked: 1 problem, 0 pieces of advice.\n"
    again = call("check", "--fix", str(path), "--json")
    assert [problem["code"] for problem in again.data] == ["key-unknown"]
    assert again.err.startswith("0 slips mended.\n")


def test_beside_json_the_mends_are_told_aside(tmp_path: Path) -> None:
    path = written(tmp_path, SLIP)
    done = call("check", "--fix", "--json", str(path))
    assert (done.code, done.data) == (0, [])
    assert done.err.startswith(f"{path}:5: mended: ")


def test_the_whole_library_is_mended_but_for_what_is_shipped() -> None:
    library = Path(os.environ["PLAYBOOK_HOME"]) / "data" / "playbooks"
    library.mkdir(parents=True)
    path = written(library, SLIP)
    shutil.copy(path, library / "again.toml")
    done = call("check", "--fix")
    assert done.code == 0
    assert done.err.startswith("2 slips mended.\n")
    assert path.read_bytes() == (library / "again.toml").read_bytes() == WHOLE
