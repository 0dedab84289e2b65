"""Writing files: the old one or the new one, whole, and nothing beside it."""

import os
import stat
import tempfile
from pathlib import Path
from typing import Any

import pytest

from playbook.files.atomic import ENDING, sweep, write_atomically


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


needs_locks = pytest.mark.skipif(os.name == "nt", reason="Windows keeps open files by itself")


@needs_locks
def test_what_is_being_written_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[Path]] = []

    def sweep_meanwhile(_handle: int) -> None:
        sweep(tmp_path)
        seen.append([path for path in tmp_path.iterdir() if path.name.endswith(ENDING)])

    monkeypatch.setattr(os, "fsync", sweep_meanwhile)
    write_atomically(tmp_path / "a.toml", b"new")
    assert len(seen[0]) == 1
    assert (tmp_path / "a.toml").read_bytes() == b"new"


@needs_locks
def test_a_file_that_is_swept_before_it_is_locked_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    make = tempfile.mkstemp

    def swept_at_once(*args: Any, **options: Any) -> tuple[int, str]:
        made: tuple[int, str] = make(*args, **options)
        begun.append(made[1])
        if len(begun) == 1:
            sweep(tmp_path)
        return made

    monkeypatch.setattr(tempfile, "mkstemp", swept_at_once)
    write_atomically(tmp_path / "a.toml", b"new")
    assert len(begun) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]


@needs_locks
def test_only_what_is_certainly_ours_is_swept(tmp_path: Path) -> None:
    ours = tmp_path / f".a.toml.abc_1234{ENDING}"
    others = [
        ".a.toml.swp", ".a.toml.abcd1234", ".a.toml.abcd1234.tmp", f"a.toml.abcd1234{ENDING}", f".a.toml.abc{ENDING}", f".abcd1234{ENDING}",
        f".a.toml.ABCD1234{ENDING}", f".a.toml.abcd1234{ENDING}.bak", "a.toml",
    ]  # fmt: skip
    for path in (ours, *(tmp_path / name for name in others)):
        path.write_bytes(b"x")
    folder, link, pipe = (tmp_path / f".{name}.abcd1234{ENDING}" for name in ("folder", "link", "pipe"))
    folder.mkdir()
    link.symlink_to(tmp_path / "a.toml")
    os.mkfifo(pipe)
    sweep(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*others, folder.name, link.name, pipe.name}


def test_a_folder_that_is_not_there_is_no_trouble_to_sweep(tmp_path: Path) -> None:
    sweep(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []
