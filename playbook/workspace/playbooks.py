"""The library, as the workspace offers it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from playbook.core.playbook import Field, Playbook
from playbook.core.problems import Refusal
from playbook.files.library import Entry, Library, Loaded, folders
from playbook.words import language

if TYPE_CHECKING:
    from playbook.files.check_files import FileProblem
    from playbook.files.formatting import FileFormatted
    from playbook.files.mend.files import FileMended
    from playbook.workspace import Workspace


SHIPPED = (
    "onboarding", "welcome-gift", "expectation-limits", "mistake-recovery", "money-conversation", "weekly-check-in",
    "bad-news", "contact-cadence", "sales-handover", "change-heads-up", "make-it-personal", "project-close",
    "difficult-client",
)  # fmt: skip
"""The playbooks that come with the program, as often as a PM meets them."""


Standing = Literal["shipped", "own", "copy", "changed"]
"""copy: the user's copy of a shipped one, as it came; changed: one that says something else."""


class Checked(NamedTuple):
    """What a check found."""

    problems: "list[FileProblem]"
    files: int


class Playbooks:
    """Playbook files: found, read and checked."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace
        self._saving: tuple[object, Mapping[str, tuple[Field, ...]]] = (None, {})

    @cached_property
    def library(self) -> Library:
        """The folders in their order."""
        workspace = self.workspace
        return Library(
            folders(workspace.locations, workspace.libraries, workspace.config.library),
            workspace.locations.cache,
        )

    def entries(self) -> list[Entry]:
        """Every playbook once: in the reader's language where it exists, else in another; then people's own."""
        chosen: dict[str, Entry] = {}
        for entry in self.library.entries():
            known = chosen.get(entry.id)
            if known is None or (known.language != language() and entry.language == language()):
                chosen[entry.id] = entry
        place = {playbook_id: number for number, playbook_id in enumerate(SHIPPED)}
        return sorted(chosen.values(), key=lambda e: (place.get(e.id, len(place)), e.title.casefold()))

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

    def exactly(self, playbook_id: str, language: str) -> Loaded | Refusal:
        """The playbook in this language and no other, fit to be used."""
        loaded = self.library.load(playbook_id, language)
        if loaded is None or loaded.playbook.language != language:
            return Refusal("sync-no-file", {"playbook": playbook_id})
        if loaded.is_broken:
            return Refusal("playbook-broken", {"playbook": playbook_id, "path": str(loaded.path)})
        return loaded

    def twins(self, playbook: Playbook) -> list[Loaded]:
        """The same playbook in other languages, as far as they are fit to be used."""
        return [
            self.library.load_file(entry.path, entry.origin)
            for entry in self.library.entries()
            if entry.id == playbook.id and entry.language != playbook.language and not entry.is_broken
        ]

    def saving_fields(self) -> Mapping[str, tuple[Field, ...]]:
        """The fields that save under each name, in the reader's language; read anew when a file or the language changes."""
        key = language(), self.library.signature()
        if self._saving[0] != key:
            found: dict[str, tuple[Field, ...]] = {}
            for entry in self.entries():
                if entry.saves and not entry.is_broken:
                    for field in self.library.load_file(entry.path, entry.origin).playbook.all_fields():
                        if field.save_as:
                            found[field.save_as] = (*found.get(field.save_as, ()), field)
            self._saving = key, found
        return self._saving[1]

    def standings(self, entries: Sequence[Entry]) -> dict[str, Standing]:
        """Of these playbooks by id, whether each is shipped, somebody's own, or changed from a shipped one."""
        shipped = self.library.shipped()

        def standing(entry: Entry) -> Standing:
            if entry.origin == "shipped":
                return "shipped"
            original = shipped.get((entry.id, entry.language))
            if original is None:
                return "own"
            return "copy" if entry.hash == original.hash else "changed"

        return {entry.id: standing(entry) for entry in entries}

    def difference(self, playbook: Playbook) -> list[str]:
        """What the playbook's file changes of the shipped one, as lines that begin with `-`, `+` or a space."""
        from difflib import unified_diff

        shipped = self.library.shipped().get((playbook.id, playbook.language))
        mine = self.library.load(playbook.id, playbook.language)
        if shipped is None or mine is None:
            return []
        before = self.library.load_file(shipped.path).text
        lines = unified_diff(before.splitlines(), mine.text.splitlines(), n=2, lineterm="")
        return list(lines)[2:]

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

    def format(self, paths: Sequence[Path], *, writes: bool) -> "list[FileFormatted]":
        """Puts these files and folders in order, or all playbooks but the shipped ones; or only says what would change."""
        from playbook.files.check_files import files_of
        from playbook.files.formatting import format_files

        own = [entry.path for entry in self.library.entries() if entry.origin != "shipped"]
        return format_files(files_of(paths) if paths else own, writes=writes)

    def problems(self, playbook_id: str) -> "list[FileProblem]":
        """Every problem of one playbook's file, advice too."""
        from playbook.files.check_files import check_file

        loaded = self.read(playbook_id)
        return [] if isinstance(loaded, Refusal) else check_file(loaded.path)


__all__ = ["Checked", "Entry", "Playbooks"]
