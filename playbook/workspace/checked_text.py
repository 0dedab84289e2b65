"""What a text says that is being written: its problems, its playbook, where its steps stand."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.playbook import Playbook
from playbook.files.check_files import FileProblem, check_reading
from playbook.files.outline import Mark, line_of_step, mark_at, outline
from playbook.files.read import read_playbook

if TYPE_CHECKING:
    from playbook.workspace import Workspace


class CheckedText(NamedTuple):
    """What there is to say about one state of a text."""

    problems: tuple[FileProblem, ...]
    """Errors and advice, in the order of their lines."""
    playbook: Playbook | None
    """None when it cannot be read as TOML."""
    marks: tuple[Mark, ...]

    @property
    def errors(self) -> tuple[FileProblem, ...]:
        """What keeps it from being started."""
        return tuple(each for each in self.problems if each.level == "error")

    def place_at(self, line: int) -> tuple[int, int | None] | None:
        """The section that a line belongs to and the step in it (None above its first), by their places."""
        mark = mark_at(self.marks, line)
        return (mark.section, mark.step) if mark else None

    def line_of(self, step_id: str) -> int:
        """The line at which a step begins, from 1; 0 when it is not there."""
        return line_of_step(self.marks, self.playbook, step_id) if self.playbook else 0


def checked_text(workspace: "Workspace", text: str, path: Path) -> CheckedText:
    """Everything about a text that stands, or is to stand, in this file; it may run beside the screen."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 20)  # a key gets its turn at once
    try:
        reading = read_playbook(text, path.stem)
        problems = check_reading(reading, text, path, workspace.playbooks.library.saved_names())
        marks = outline(text, reading.playbook) if reading.playbook is not None else []
        return CheckedText(tuple(problems), reading.playbook, tuple(marks))
    finally:
        sys.setswitchinterval(usual)


__all__ = ["CheckedText", "FileProblem", "checked_text"]
