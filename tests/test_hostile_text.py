"""Every hostile string as client name, title, guide, answer, reason and note: on every screen, in the command
line and in both exports nothing runs, nothing crashes, and no forbidden byte gets out.
"""

import json
import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest

from playbook.clock import Clock, open_clock
from playbook.config import Config
from playbook.core.client import Contact
from playbook.core.problems import Refusal
from playbook.core.text import clean, line
from playbook.locations import Locations
from playbook.workspace import Workspace
from playbook.workspace.starting import StartForm
from tests.hostile import HOSTILE
from tests.terminal import PLAYBOOK, Terminal, environment, forbidden_bytes

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


def toml_escaped(text: str) -> str:
    parts = [f"\\U{ord(c):08X}" if not c.isalnum() or ord(c) > 126 else c for c in text]
    return '"' + "".join(parts) + '"'


def playbook_text() -> str:
    """A playbook with a step for each string: in its title, guide, words to say, label and choices."""
    parts = ['title = "Hostile"\n\n[snippets]\nx = "a snippet"\n\n[[section]]\ntitle = "All"\n']
    for n, text in enumerate(HOSTILE):
        said = toml_escaped(text) if line(text) else '"blank"'
        parts.append(
            f'[[section.step]]\nid = "step-{n}"\ntitle = {said}\nguide = {said}\nsay = {said}\n'
            f'message = {{ subject = {said}, body = {said} }}\ndue = "start + {n % 9}d"\n'
            f'field = [ {{ id = "field-{n}", label = {said}, kind = "long-text" }} ]\n'
        )
    return "\n".join(parts)


@pytest.fixture(scope="module")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which every string stands wherever a person or a file can put one."""
    home = tmp_path_factory.mktemp("hostile")
    places = Locations(home / "config", home / "data", home / "state", home / "cache")
    places.library.mkdir(parents=True)
    (places.library / "hostile.toml").write_text(playbook_text(), encoding="utf-8")
    workspace = Workspace(places, Clock(UTC, open_clock(UTC).now()), Config(), me=HOSTILE[0])
    for text in HOSTILE:
        if line(text[:60]):
            card = " ".join(text[:60].split())
            workspace.clients.add(text[:60], {"card": card}, Contact(*[line(text)] * 4))
    assert len(workspace.lists.clients()) >= 60
    workspace.clients.add("Plain")
    sheet = workspace.runs.start(StartForm("hostile", "plain"))
    assert not isinstance(sheet, Refusal), sheet
    run_id = sheet.run.id
    for n, text in enumerate(HOSTILE):
        step = f"step-{n}"
        if line(text):
            assert not isinstance(workspace.runs.note(run_id, step, text), Refusal)
            assert not isinstance(workspace.runs.answer(run_id, step, {f"field-{n}": text}), Refusal)
            if n % 3 == 1:
                assert not isinstance(workspace.runs.skip(run_id, step, text), Refusal)
    workspace.runs.note(run_id, "", HOSTILE[1])
    workspace.close()
    return home


def at_home(home: Path) -> dict[str, str]:
    return environment(PLAYBOOK_HOME=str(home), USER="ana", TZ="UTC")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
def test_no_screen_lets_anything_out(hostile_home: Path, size: tuple[int, int]) -> None:
    with Terminal(PLAYBOOK, env=at_home(hostile_home), columns=size[0], rows=size[1]) as terminal:
        terminal.wait_for("Today")
        terminal.wait_quiet()
        for keys in (
            *(["pagedown"] * 3), "home", "enter", *(["pagedown"] * 6), "tab", *(["pagedown"] * 2), "escape", "n", "escape",
            "w", "escape", "s", "escape", "d", "escape", "?", "escape", "h", *(["pagedown"] * 4), "escape", "x", "escape",
            "2", *(["pagedown"] * 4), "enter", "e", "escape", "pagedown", "escape", "3", "down", "down", "tab", "pagedown",
            "escape", "ctrl+p", "escape", "1", "a", "escape",
        ):  # fmt: skip
            terminal.keys(keys)
            terminal.wait_quiet(0.03)
        assert not terminal.has_ended(), terminal.text()
        terminal.keys("1")
        terminal.wait_for("Today")
        terminal.keys("ctrl+q")
        assert terminal.wait_exit() == 0
        assert forbidden_bytes(terminal.raw) == []


@pytest.mark.parametrize("args", [
    ["today"], ["today", "--json"], ["client", "list"], ["client", "list", "--json"], ["show", "hostile"], ["show", "plain/hostile"],
    ["next", "plain/hostile"], ["history", "plain/hostile"], ["history", "plain/hostile", "--json"], ["check"], ["list"],
    ["export", "plain/hostile", "-o", "-"], ["export", "plain/hostile", "-f", "json", "-o", "-"], ["runs", "--all"],
])  # fmt: skip
def test_no_command_lets_anything_out(hostile_home: Path, args: list[str]) -> None:
    done = subprocess.run([*PLAYBOOK, *args], env=at_home(hostile_home), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert forbidden_bytes(done.stdout, plain=True) == []
    assert forbidden_bytes(done.stderr, plain=True) == []


def test_what_was_said_is_kept(hostile_home: Path) -> None:
    command = [*PLAYBOOK, "export", "plain/hostile", "-f", "json", "-o", "-"]
    done = subprocess.run(command, env=at_home(hostile_home), capture_output=True, check=True)
    steps = json.loads(done.stdout)["sections"][0]["steps"]
    for text, step in zip(HOSTILE, steps, strict=True):
        if line(text):
            assert [note["text"] for note in step["notes"]] == [clean(text.strip())]
