"""Exports from the workspace: rendered first, then written whole or not at all."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.core.problems import Refusal
from playbook.core.schedule import day_of
from playbook.core.text import line, slug
from playbook.exports import FORMATS, export
from playbook.files.atomic import write_atomically

if TYPE_CHECKING:
    from playbook.workspace import Workspace
    from playbook.workspace.past import Then

LONGEST_NAME = 80
"""Letters of a run's name that go into a file's."""


def working_folder() -> Path:
    """Where the program was started; the home folder when that is gone."""
    try:
        return Path.cwd()
    except OSError:  # it was deleted meanwhile
        return Path.home()


def export_all(
    workspace: "Workspace", runs: Sequence[str], folder: str, format_id: str, *, client_safe: bool
) -> list[Path] | Refusal:
    """Write each run into one folder under its own name; all, or when one file is there already or fails none."""
    try:
        home = Path(folder).expanduser()
        if not home.is_dir():
            return Refusal("export-no-folder", {"path": line(folder)})
    except (OSError, ValueError, RuntimeError):
        return Refusal("export-no-folder", {"path": line(folder)})
    targets = [(run_id, home / Exporting(workspace, run_id).proposed(format_id).name) for run_id in runs]
    if taken := [path.name for _, path in targets if path.exists()]:
        return Refusal("exports-exist", {"names": taken, "path": line(folder)})
    written: list[Path] = []
    for run_id, path in targets:
        outcome = Exporting(workspace, run_id).write(path, format_id, client_safe=client_safe, replace=False)
        if isinstance(outcome, Refusal):
            for done in written:
                done.unlink(missing_ok=True)
            return outcome
        written.append(outcome)
    return written


def write_document(path: str | Path, text: str, *, replace: bool = True) -> Path | Refusal:
    """Write a document, 0600, and return where; without `replace` a file that is there stays as it is."""
    shown = {"path": line(str(path))}
    try:
        target = Path(path).expanduser()
        if target.is_dir():
            return Refusal("export-folder", shown)
        if target.exists() and not replace:
            return Refusal("export-exists", shown)
        write_atomically(target, text.encode())
    except (OSError, ValueError, RuntimeError):  # a name that no file can have, or `~nobody`
        return Refusal("export-write", shown)
    return target


def is_taken(path: str) -> bool:
    """Whether there is something in the place of a file already."""
    try:
        return Path(path).expanduser().exists()
    except (OSError, ValueError, RuntimeError):  # a name that no file can have
        return False


class Exporting:
    """One run, written as documents: as it stands, or as it stood `then`."""

    def __init__(self, workspace: "Workspace", run_id: str, then: "Then | None" = None) -> None:
        self.workspace = workspace
        self.run_id = run_id
        self.then = then

    @staticmethod
    def formats() -> Mapping[str, str]:
        """What a run can be written as: id and name."""
        return {key: found.name for key, found in FORMATS.items()}

    def proposed(self, format_id: str = "markdown") -> Path:
        """A safe file name made from the run's, in the working folder; of a past state with its day."""
        opened = self.then.opened if self.then else self.workspace.runs.open(self.run_id)
        name = "" if isinstance(opened, Refusal) else slug(opened.sheet.run.name, LONGEST_NAME)
        day = f"-{day_of(self.then.moment, self.workspace.calendar)}" if self.then else ""
        return working_folder() / f"{name or 'run'}{day}{FORMATS[format_id].ending}"

    def render(self, format_id: str, *, client_safe: bool) -> str | Refusal:
        """The run as a document; `format_id` is a key of `formats`."""
        if self.then:
            return export(self.workspace.past.handout(self.then, client_safe=client_safe), format_id)
        handout = self.workspace.runs.handout(self.run_id, client_safe=client_safe)
        return handout if isinstance(handout, Refusal) else export(handout, format_id)

    def write(
        self, path: str | Path, format_id: str, *, client_safe: bool, replace: bool = True
    ) -> Path | Refusal:
        """Write the document, 0600, and return where; without `replace` a file that is there stays as it is."""
        text = self.render(format_id, client_safe=client_safe)
        if isinstance(text, Refusal):
            return text
        return write_document(path, text, replace=replace)
