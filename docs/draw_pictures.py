"""Draws the pictures of the README from made-up data: `python docs/draw_pictures.py`.

`python docs/draw_pictures.py --all DIR` draws every screen and dialog in both themes and two sizes, to look at.
"""

import argparse
import asyncio
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple
from unittest.mock import patch

if TYPE_CHECKING:
    from playbook.app import PlaybookApp
    from playbook.workspace import Workspace

CHECKOUT = Path(__file__).resolve().parent.parent
PICTURES = CHECKOUT / "docs" / "pictures"
NOW = "2026-11-23T09:00"
CLIENTS = 12
README_SIZE = (120, 34)
SIZES = ((80, 24), (120, 40))
THEMES = ("playbook-dark", "playbook-light")

_LINKED_FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_NUMBERED = re.compile(r"\bterminal-\d+")


class Scene(NamedTuple):
    """Where the app is opened, and the keys pressed there before the picture is taken."""

    where: Literal["today", "client", "run"]
    keys: tuple[str, ...] = ()


README = {"today": Scene("today"), "run": Scene("run")}

SCENES: Mapping[str, Scene] = {
    **README,
    "search": Scene("today", ("ctrl+f", *"welcome")),
    "today-filter": Scene("today", ("slash", *"onboarding")),
    "clients": Scene("today", ("2",)),
    "client": Scene("client"),
    "playbooks": Scene("today", ("3",)),
    "look-back": Scene("today", ("3", "h")),
    "editor": Scene("today", ("3", "E")),
    "remarks": Scene("today", ("3", "r")),
    "remark": Scene("run", ("r",)),
    "history": Scene("run", ("h",)),
    "past-run": Scene("run", ("h", "j", "enter")),
    "versions": Scene("today", ("3", "V")),
    "short-form": Scene("run", ("o",)),
    "step-pane": Scene("run", ("tab",)),
    "section": Scene("run", ("left_square_bracket",)),
    "pause": Scene("run", ("left_square_bracket", "enter")),
    "call-sheet": Scene("run", ("left_square_bracket", "enter", "c")),
    "log": Scene("client", ("l",)),
    "log-contact": Scene("client", ("l", "c")),
    "log-promise": Scene("client", ("l", "p")),
    "close-entry": Scene("client", ("c",)),
    "own-step": Scene("run", ("plus",)),
    "block": Scene("run", ("b",)),
    "assign": Scene("run", ("p",)),
    "move-dates": Scene("run", ("t",)),
    "what-if": Scene("run", ("t", *"+2w", "enter")),
    "start-client": Scene("today", ("a",)),
    "start-playbook": Scene("client", ("a",)),
    "start-questions": Scene("client", ("a", "enter")),
    "start-preview": Scene("client", ("a", "enter", "enter")),
    "answer": Scene("run", ("w",)),
    "skip": Scene("run", ("s",)),
    "note": Scene("run", ("n",)),
    "due": Scene("run", ("d", *"+3bd")),
    "finish": Scene("run", ("f",)),
    "abandon": Scene("run", ("F",)),
    "export": Scene("run", ("x",)),
    "edit-client": Scene("client", ("e",)),
    "add-client": Scene("today", ("2", "plus")),
    "help": Scene("run", ("question_mark",)),
    "palette": Scene("run", ("ctrl+p",)),
}
"""None of them changes the data, so that all can share one home."""


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description="Draw the pictures of the README.")
    parser.add_argument("--all", type=Path, metavar="DIR", help="draw every screen and dialog into DIR")
    folder: Path | None = parser.parse_args().all
    with tempfile.TemporaryDirectory(prefix="playbook-pictures-") as home:
        _settle(Path(home))
        for path, picture in asyncio.run(_drawn(Path(home), folder)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(picture, encoding="utf-8")
            sys.stdout.write(f"{path.name}\n")


def _settle(home: Path) -> None:
    """The same clock, language, person and colours on every machine, and the program as it stands here."""
    sys.path.insert(0, str(CHECKOUT))
    for name in ("NO_COLOR", "PLAYBOOK_PATH", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        os.environ.pop(name, None)
    os.environ.update(
        PLAYBOOK_HOME=str(home), PLAYBOOK_NOW=NOW, TZ="Europe/Madrid", LANG="C", USER="Ana", COLORTERM="truecolor",
    )  # fmt: skip


async def _drawn(home: Path, folder: Path | None) -> list[tuple[Path, str]]:
    """Every picture with the file it goes to."""
    from playbook.workspace.demo import fill_home

    same_ids = random.Random(1)  # noqa: S311 - rows due on one day stand in the order of their ids
    with patch("os.urandom", same_ids.randbytes):
        fill_home(home, CLIENTS)
    if folder is None:
        return [
            (PICTURES / f"{name}.svg", await _picture(scene, README_SIZE, THEMES[0]))
            for name, scene in README.items()
        ]
    return [
        (folder / f"{name}-{size[0]}x{size[1]}-{theme.removeprefix('playbook-')}.svg", await _picture(scene, size, theme))
        for name, size, theme, scene in _every()
    ]  # fmt: skip


def _every() -> Iterator[tuple[str, tuple[int, int], str, Scene]]:
    for name, scene in SCENES.items():
        for size in SIZES:
            for theme in THEMES:
                yield name, size, theme, scene


async def _picture(scene: Scene, size: tuple[int, int], theme: str) -> str:
    """The scene as SVG, with nothing in it that would be fetched from somewhere."""
    from playbook.app import PlaybookApp
    from playbook.cli.opened import open_workspace

    workspace = open_workspace((), _complain)
    app = PlaybookApp(workspace)
    app.theme = theme
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            go(app, workspace, scene)
            await pilot.pause()
            for key in scene.keys:
                await pilot.press(key)
                await pilot.pause()
            return clean(app.export_screenshot(title="playbook"))
    finally:
        workspace.close()


def _complain(text: str) -> None:
    raise RuntimeError(text)


def go(app: "PlaybookApp", workspace: "Workspace", scene: Scene) -> None:
    """Open the run that shows most, an onboarding that is half-way, at a step with words to say; or its client."""
    from playbook.core.problems import Refusal

    if scene.where == "today":
        return
    runs = [run for run in workspace.lists.runs() if run.playbook == "onboarding"]
    run = min(runs, key=lambda run: (abs(2 * run.done - run.total), run.name))
    if scene.where == "run":
        opened = workspace.runs.open(run.id)
        assert not isinstance(opened, Refusal)
        steps = [
            found for found in opened.sheet.view.steps.values() if not found.is_settled and found.step.say
        ]
        app.show_run(run.id, steps[0].step.id)
        return
    client_id = workspace.clients.find(run.client_slug)
    assert isinstance(client_id, str)
    app.show_client(client_id)


def clean(svg: str) -> str:
    """The picture without fonts from elsewhere (any fixed-width one will do), remarks and chance numbers."""
    return _NUMBERED.sub("terminal", _COMMENT.sub("", _LINKED_FONT.sub("", svg))).strip() + "\n"


if __name__ == "__main__":
    main()
