"""The library, as the workspace offers it."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.problems import Refusal
from playbook.files.library import Entry, Library, Loaded, folders
from playbook.words import language

if TYPE_CHECKING:
    from playbook.files.check_files import FileProblem
    from playbook.files.mend.files import FileMended
    from playbook.workspace import Workspace


class Checked(NamedTuple):
    """What a check found."""

    problems: "list[FileProblem]"
    files: int


class Playbooks:
    """Playbook files: found, read and checked."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace

    @cached_property
    def library(self) -> Library:
        """The folders in their order."""
        workspace = self.workspace
        return Library(
            folders(workspace.locations, workspace.libraries, workspace.config.library),
            workspace.locations.cache,
        )

    def entries(self) -> list[Entry]:
        """Every playbook once: in the reader's language where it exists, else in another."""
        chosen: dict[str, Entry] = {}
        for entry in self.library.entries():
            known = chosen.get(entry.id)
            if known is None or (known.language != language() and entry.language == language()):
                chosen[entry.id] = entry
        return sorted(chosen.values(), key=lambda entry: entry.title.casefold())

    def read(self, playbook_id: str) -> Loaded | Refusal:
        """The playbook with its problems, broken or not."""
        loaded = self.library.load(playbook_id, language())
        if loaded is None:
            from difflib import get_close_matches

            known = [entry.id for entry in self.library.entries()]
            near = get_close_matches(playbook_id, known, 1)
            return Refusal("no-playbook", {"playbook": playbook_id[:60], "near": near[0] if near else ""})
        return loaded

    def load(self, playbook_id: str) -> Loaded | Refusal:
        """The playbook, fit to be started."""
        loaded = self.read(playbook_id)
        if isinstance(loaded, Refusal):
            return loaded
        if loaded.is_broken:
            return Refusal("playbook-broken", {"playbook": playbook_id, "path": str(loaded.path)})
        return loaded

    def check(self, paths: Sequence[Path]) -> Checked:
        """Every problem of these files and folders, or of the whole library."""
        from playbook.files.check_files import check_library, check_paths

        problems, files = check_paths(paths) if paths else check_library(self.library)
        return Checked(problems, files)

    def mend(self, paths: Sequence[Path]) -> "list[FileMended]":
        """Mends the certain slips of these files and folders, or of the whole library."""
        from playbook.files.check_files import files_of
        from playbook.files.mend.files import mend_files

        return mend_files(files_of(paths) if paths else [entry.path for entry in self.library.entries()])

    def problems(self, playbook_id: str) -> "list[FileProblem]":
        """Every problem of one playbook's file, advice too."""
        from playbook.files.check_files import check_file

        loaded = self.read(playbook_id)
        return [] if isinstance(loaded, Refusal) else check_file(loaded.path)


__all__ = ["Checked", "Entry", "Playbooks"]
