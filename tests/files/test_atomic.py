"""Writing files: the old one or the new one, whole, and nothing beside it."""

import os
import stat
from pathlib import Path

import pytest

from playbook.files.atomic import write_atomically


def test_replaces_the_content(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_has_the_wanted_mode_whatever_the_umask(tmp_path: Path, mode: int) -> None:
    before = os.umask(0)
    try:
        write_atomically(tmp_path / "a.txt", b"x", mode)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == mode


def test_leaves_nothing_behind_when_it_fails(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "inside").write_bytes(b"x")
    with pytest.raises(OSError, match="taken"):
        write_atomically(taken, b"new")
    assert list(tmp_path.iterdir()) == [taken]


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_replaces_a_link_and_not_what_it_leads_to(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"real")
    link.symlink_to(real)
    write_atomically(link, b"new")
    assert real.read_bytes() == b"real"
    assert link.read_bytes() == b"new"
    assert not link.is_symlink()


def test_takes_names_of_any_length_a_file_may_have(tmp_path: Path) -> None:
    file = tmp_path / ("n" * 250)
    write_atomically(file, b"x")
    assert file.read_bytes() == b"x"
