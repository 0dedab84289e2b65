"""A playbook's file in the user's own editor, `$VISUAL` or `$EDITOR`."""

import os
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.problems import Refusal

if TYPE_CHECKING:
    from playbook.files.check_files import FileProblem

_AT_LINE = frozenset({"vi", "vim", "nvim", "nano", "emacs", "micro", "kak", "joe", "ne"})
"""Editors that begin at a line when it is named as `+N`."""


class Edited(NamedTuple):
    """What came of it."""

    path: Path
    is_changed: bool
    problems: "tuple[FileProblem, ...]"
    """Errors the file has now."""


def command_of(path: Path, at_line: int = 0) -> list[str] | Refusal:
    """What is to be run, arguments and all; `$VISUAL` counts before `$EDITOR`."""
    said = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    try:
        words = shlex.split(said)
    except ValueError:
        words = []
    if not words:
        return Refusal("editor-unset", {"path": str(path)})
    begins = [f"+{at_line}"] if at_line and Path(words[0]).name in _AT_LINE else []
    return [*words, *begins, str(path)]


def edit_file(path: Path, at_line: int = 0) -> Edited | Refusal:
    """Open the file, wait until the editor is closed, and check it; what is not right is kept and told."""
    from playbook.files.check_files import check_file

    command = command_of(path, at_line)
    if isinstance(command, Refusal):
        return command
    before = _bytes(path)
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603 - what the user chose to be run
    except OSError:
        return Refusal("editor-failed", {"editor": command[0]})
    if code:
        return Refusal("editor-failed", {"editor": command[0]})
    problems = tuple(each for each in check_file(path) if each.level == "error")
    return Edited(path, _bytes(path) != before, problems)


def line_of(path: Path, step_id: str) -> int:
    """The line a step begins at; 0 when it is not there."""
    from playbook.files.library import read_text
    from playbook.files.outline import line_of_step, outline
    from playbook.files.read import read_playbook

    _stamp, text, problem = read_text(path)
    playbook = read_playbook(text, path.stem).playbook if problem is None else None
    return line_of_step(outline(text, playbook), playbook, step_id) if playbook is not None else 0


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
