"""Exports from the workspace: rendered first, then written whole or not at all."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.problems import Refusal
from playbook.core.text import slug
from playbook.exports import FORMATS, export
from playbook.files.atomic import write_atomically

if TYPE_CHECKING:
    from playbook.workspace import Workspace


class Rendered(NamedTuple):
    """A document and a safe file name for it."""

    text: str
    name: str


def render(workspace: "Workspace", run_id: str, name: str, *, client_safe: bool) -> Rendered | Refusal:
    """The run as a document; `name` is a key of FORMATS."""
    handout = workspace.runs.handout(run_id, client_safe=client_safe)
    if isinstance(handout, Refusal):
        return handout
    stem = slug(handout.sheet.run.name, 80) or "run"
    return Rendered(export(handout, name), stem + FORMATS[name][1])


def save(path: Path, text: str, *, replace: bool) -> Refusal | None:
    """Write a document, 0600; a file that is there is replaced only when asked. None when it is written."""
    if path.is_dir():
        return Refusal("export-folder", {"path": str(path)})
    if path.exists() and not replace:
        return Refusal("export-exists", {"path": str(path)})
    try:
        write_atomically(path, text.encode())
    except OSError:
        return Refusal("export-write", {"path": str(path)})
    return None


class Exporting:
    """The export of one run, as a dialog needs it."""

    def __init__(self, workspace: "Workspace", run_id: str) -> None:
        self.workspace = workspace
        self.run_id = run_id

    def formats(self) -> dict[str, str]:
        """Each format and what it is called."""
        return {name: f"{name} ({ending})" for name, (_module, ending) in FORMATS.items()}

    def proposed(self) -> Path:
        """A file in the working folder, named after the run."""
        opened = self.workspace.runs.open(self.run_id)
        name = "run" if isinstance(opened, Refusal) else slug(opened.sheet.run.name, 80) or "run"
        return Path.cwd() / f"{name}.md"

    @staticmethod
    def is_taken(path: str) -> bool:
        """Whether a file is there already."""
        return Path(path).expanduser().exists()

    def write(self, path: str, name: str, *, client_safe: bool) -> Path | Refusal:
        """Write the document; the dialog has asked about a file that is there. Its ending follows the format."""
        target = Path(path).expanduser()
        if target.suffix in {ending for _module, ending in FORMATS.values()}:
            target = target.with_suffix(FORMATS[name][1])
        rendered = render(self.workspace, self.run_id, name, client_safe=client_safe)
        if isinstance(rendered, Refusal):
            return rendered
        return save(target, rendered.text, replace=target == Path(path).expanduser()) or target
