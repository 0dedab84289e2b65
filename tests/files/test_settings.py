"""config.toml: read with its faults named, written with its comments kept."""

import os
import stat
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from playbook.config import Config
from playbook.core.problems import Refusal
from playbook.files.settings import read_settings, write_setting
from playbook.words.problems import message
from tests.core.properties import CALM

FULL = """# Ours
name = "Ana"   # me
theme = "dark"
library = ["~/playbooks"]
backups = 3

[keys]
"today.tick" = "t"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "config.toml"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode())


def test_a_missing_file_means_defaults(file: Path) -> None:
    assert read_settings(file) == (Config(), [])


def test_every_key_is_read(file: Path) -> None:
    write(file, FULL)
    config, problems = read_settings(file)
    assert problems == []
    assert config == Config("Ana", "", "dark", {"today.tick": "t"}, ("~/playbooks",), "a4", 3)


def test_faults_keep_their_defaults_and_have_lines(file: Path) -> None:
    write(file, 'nam = "x"\npage = "A4"\nbackups = "many"\nlibrary = "/x"\n')
    config, problems = read_settings(file)
    assert config == Config(library=("/x",))
    assert [(problem.line, problem.code) for problem in problems] == [
        (1, "key-unknown"), (2, "value-unknown"), (3, "wants-number"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["backups = -1\n", "backups = 100000\n"])
def test_numbers_out_of_range_keep_the_default(file: Path, text: str) -> None:
    write(file, text)
    config, (problem,) = read_settings(file)
    assert config.backups == Config().backups
    assert "1000" in message(problem.problem)


def test_a_broken_file_means_defaults_and_one_problem(file: Path) -> None:
    write(file, "name = Ana\n")
    config, (problem,) = read_settings(file)
    assert (config, problem.code, problem.line) == (Config(), "toml-word", 1)


def test_one_key_changes_one_line(file: Path) -> None:
    write(file, FULL)
    assert write_setting(file, "theme", "light") is None
    assert file.read_text() == FULL.replace('"dark"', '"light"')


def test_an_empty_value_takes_the_key_out(file: Path) -> None:
    write(file, FULL)
    assert write_setting(file, "theme", "") is None
    assert read_settings(file)[0].theme == ""


@pytest.mark.parametrize("end", ["", "\n", "# last"])
def test_keys_are_added_whatever_the_file_ends_with(file: Path, end: str) -> None:
    write(file, 'name = "Ana"' + end)
    for key, value in (
        ("page", "letter"),
        ("keys.today.tick", "space"),
        ("library", "/a, /b"),
        ("backups", "9"),
    ):
        assert write_setting(file, key, value) is None
    assert read_settings(file) == (
        Config("Ana", keys={"today.tick": "space"}, library=("/a", "/b"), page="letter", backups=9), [],
    )  # fmt: skip


def test_a_new_file_is_private(file: Path) -> None:
    assert write_setting(file, "name", "Ana") is None
    assert read_settings(file)[0].name == "Ana"
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_line_ends_and_the_mark_stay(file: Path) -> None:
    write(file, "\ufeff" + FULL.replace("\n", "\r\n"))
    assert write_setting(file, "page", "letter") is None
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")


@pytest.mark.parametrize(("key", "value"), [("page", "a3"), ("backups", "many"), ("backups", "5000")])
def test_what_does_not_fit_is_refused_and_nothing_written(file: Path, key: str, value: str) -> None:
    write(file, FULL)
    refusal = write_setting(file, key, value)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "config-value"
    assert file.read_text() == FULL


@pytest.mark.parametrize("text", ["name = Ana\n", "keys = 3\n"])
def test_a_broken_file_is_left_alone(file: Path, text: str) -> None:
    write(file, text)
    refusal = write_setting(file, "keys.today.tick", "x")
    assert refusal == Refusal("config-broken")
    assert file.read_text() == text


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text(FULL)
    file.parent.mkdir()
    file.symlink_to(real)
    assert write_setting(file, "theme", "light") is None
    assert file.is_symlink()
    assert tomli.loads(real.read_text())["theme"] == "light"


@CALM
@given(value=st.text(st.characters(codec="utf-8"), min_size=1, max_size=20))
def test_any_name_comes_back(tmp_path_factory: pytest.TempPathFactory, value: str) -> None:
    file = tmp_path_factory.mktemp("c") / "config.toml"
    write(file, FULL)
    if write_setting(file, "name", value) is None:
        assert tomli.loads(file.read_bytes().decode()) == {**tomli.loads(FULL), "name": value}
