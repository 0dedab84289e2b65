"""A playbook that is edited is there whole after a kill, whatever the moment, and nothing half written stays."""

import os
import random
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from playbook.app import PlaybookApp
from playbook.files.atomic import ENDING
from playbook.locations import find
from tests.cli.calling import good
from tests.store.children import ROOT, begin
from tests.workspaces import add_playbook, make_workspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")

SAVES = 300
"""At least so many, over all the programs that are killed."""
AT_ONCE = 3
"""Programs that save at the same time: most of a round is their start."""

LENGTHS = (1, 150, 6_000)
"""Letters of the text that is written in turn: files of very different length."""

EDIT = """
import sys
from datetime import UTC
from playbook.clock import Clock, open_clock
from playbook.config import Config
from playbook.core.problems import Refusal
from playbook.locations import find
from playbook.workspace import Workspace

playbook_id, lengths = sys.argv[1], [int(text) for text in sys.argv[2:]]
editing = Workspace(find(), Clock(UTC, open_clock(UTC).now()), Config(), me="Ana").editing
turn = number = 0
while True:
    done = editing.set_keys(playbook_id, "en", "ring", {"guide": "x" * lengths[turn % len(lengths)]})
    turn += 1
    if isinstance(done, Refusal):
        assert done.code == "edit-nothing", done
        continue
    number += 1
    print(number, flush=True)
"""

DIE = """
import os, signal, sys
from pathlib import Path
from playbook.files.atomic import write_atomically
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
write_atomically(Path(sys.argv[1]), b"half")
"""


def text_of(length: int) -> str:
    return (
        'title = "Kept"  # ours\n\n[[section]]\ntitle = "All"\n\n'
        f'[[section.step]]\nid = "ring"\ntitle = "Ring"\nguide = "{"x" * length}"  # said slowly\n'
    )


def write(playbook_id: str) -> Path:
    """A playbook in the user's library."""
    library = find().library
    library.mkdir(parents=True, exist_ok=True)
    path = library / f"{playbook_id}.toml"
    path.write_text(text_of(2), encoding="utf-8")
    return path


def unfinished(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.endswith(ENDING)]


def save_until_killed(program: "subprocess.Popen[str]", path: Path, saves: int, seconds: float) -> int:
    """How many saves were acknowledged before a kill, some time after so many of them; 0 seconds: amid one."""
    assert program.stdout is not None
    for number in range(1, saves + 1):
        read = program.stdout.readline()
        assert read == f"{number}\n", read or program.communicate(timeout=60)[1]
    if seconds:
        time.sleep(seconds)
    else:
        wait_for(lambda: any(each.name.startswith(f".{path.name}.") for each in path.parent.iterdir()))
    program.send_signal(signal.SIGKILL)
    rest, errors = program.communicate(timeout=60)
    assert program.returncode == -signal.SIGKILL, errors
    return saves + rest.count("\n")


def wait_for(happens: Callable[[], bool]) -> None:
    """Looks as fast as it can, for what lasts a moment only."""
    assert any(happens() for _ in range(10**6))


def killed_round(paths: list[Path], chance: random.Random) -> int:
    """One program a file, each killed at a moment of its own; how many saves they made."""
    programs = [begin(EDIT, path.stem, *chance.sample(LENGTHS, len(LENGTHS))) for path in paths]
    moments = [(chance.randint(15, 40), chance.choice([0.0, chance.uniform(0.001, 0.05)])) for _ in paths]
    return sum(map(save_until_killed, programs, paths, *zip(*moments, strict=True)))


def test_a_playbook_is_whole_after_every_kill_and_nothing_is_left_beside_it() -> None:
    chance = random.Random(11)
    paths = [write(f"kept-{number}") for number in range(AT_ONCE)]
    wanted = {text_of(length) for length in LENGTHS}
    saves = 0
    while saves < SAVES:
        saves += killed_round(paths, chance)
        for path in paths:
            text = path.read_text(encoding="utf-8")
            assert text in wanted
            assert tomllib.loads(text)["section"][0]["step"][0]["id"] == "ring"
        good("check", str(paths[0]))
        assert sorted(paths[0].parent.iterdir()) == sorted(paths)


def left_behind(path: Path) -> Path:
    """What a writer of this file leaves that is killed in the middle."""
    program = subprocess.run(
        [sys.executable, "-c", DIE, str(path)], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert program.returncode == -signal.SIGKILL
    [left] = unfinished(path.parent)
    return left


@pytest.mark.parametrize("verb", [("check", "{path}"), ("new", "fresh"), ("edit", "kept")])
def test_the_command_line_takes_away_what_a_killed_writer_left(
    verb: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "true")
    path = write("kept")
    (path.parent / "es").mkdir()
    left = [left_behind(path), left_behind(path.parent / "es" / "other.toml")]
    good(*(word.format(path=path) for word in verb))
    assert not any(each.exists() for each in left)
    assert path.read_text(encoding="utf-8") == text_of(2)


def test_the_next_export_into_a_folder_takes_away_what_a_killed_one_left(tmp_path: Path) -> None:
    from playbook.workspace.exporting import write_document

    left = left_behind(tmp_path / "report.md")
    assert write_document(tmp_path / "other.md", "whole") == tmp_path / "other.md"
    assert not left.exists()


async def test_the_app_takes_it_away_once_its_first_screen_stands(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    left = left_behind(add_playbook(workspace, "kept", text_of(2)))
    app = PlaybookApp(workspace)
    async with app.run_test() as pilot:
        assert left.exists()
        for _ in range(200):
            if not left.exists():
                break
            await pilot.pause(0.1)
        assert not left.exists()
