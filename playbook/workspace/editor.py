"""A playbook's file as the editor holds it: opened, saved, and kept as a draft while it is not."""

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.playbook import Playbook
from playbook.core.problems import Refusal
from playbook.core.text import folded, is_clean
from playbook.files.atomic import write_atomically
from playbook.files.decode import decode, hash_of

if TYPE_CHECKING:
    from playbook.files.library import Origin
    from playbook.files.writing.completing import Completion
    from playbook.files.writing.completing import Option as Option  # the screens know no files
    from playbook.files.writing.snippets import Piece
    from playbook.workspace import Workspace


class Opened(NamedTuple):
    """A file as it was when it was opened or last saved."""

    playbook_id: str
    language: str
    path: Path
    text: str
    """Its text, lines ended by `\\n`, whatever the file ends them with."""
    stamp: str
    """Stands for its bytes."""
    origin: "Origin"
    has_bom: bool = False
    eol: str = "\n"


class Editor:
    """Files of the library, one at a time."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace

    def open(self, playbook_id: str, language: str = "") -> Opened | Refusal:
        """The file of a playbook, broken or not, in this language or else in the reader's."""
        playbooks = self.workspace.playbooks
        loaded = playbooks.library.load(playbook_id, language) if language else playbooks.read(playbook_id)
        loaded = loaded or playbooks.read(playbook_id)
        if isinstance(loaded, Refusal):
            return loaded
        return self._read(playbook_id, loaded.playbook.language, loaded.path, loaded.origin)

    def again(self, opened: Opened) -> Opened | Refusal:
        """The same file as it is now."""
        return self._read(opened.playbook_id, opened.language, opened.path, opened.origin)

    def is_changed(self, opened: Opened) -> bool:
        """Whether the file says something else than when it was opened."""
        if opened.origin == "shipped":
            return False
        try:
            return _stamp(opened.path.read_bytes()) != opened.stamp
        except OSError:
            return True

    def save(self, opened: Opened, text: str, *, over: bool = False) -> Opened | Refusal:
        """Put the text in the file's place; refused with `edit-changed` when the file is not as it was, unless `over`.

        A shipped playbook is copied into the user's library first, in every language; the copy is what changes.
        """
        if opened.origin == "shipped":
            own = self._own(opened)
            if isinstance(own, Refusal):
                return own
            self.drop_draft(opened)
            opened = own
        elif not over and self.is_changed(opened):
            return Refusal("edit-changed", {"path": str(opened.path)})
        return self._written(opened, opened.path, text)

    def save_as(self, opened: Opened, text: str, name: str) -> Opened | Refusal:
        """Put the text into a new file beside the old one; `name` is without its ending."""
        path = self.workspace.locations.library / f"{name}.toml"
        if path.exists():
            return Refusal("playbook-exists", {"path": str(path)})
        return self._written(opened._replace(origin="own"), path, text)

    def _own(self, opened: Opened) -> Opened | Refusal:
        from playbook.workspace.new_playbooks import copy_playbook

        copied = copy_playbook(self.workspace, opened.playbook_id, opened.playbook_id)
        return copied if isinstance(copied, Refusal) else self.open(opened.playbook_id, opened.language)

    def _written(self, opened: Opened, path: Path, text: str) -> Opened | Refusal:
        said = text if text.endswith("\n") or not text else text + "\n"
        body = (b"\xef\xbb\xbf" if opened.has_bom else b"") + said.replace("\n", opened.eol).encode(
            "utf-8", "replace"
        )
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomically(path.resolve(), body)
        except OSError as error:
            return Refusal("playbook-write", {"path": str(path), "reason": error.strerror or ""})
        self.drop_draft(opened)
        return opened._replace(path=path, text=said, stamp=_stamp(body))

    def _read(self, playbook_id: str, language: str, path: Path, origin: "Origin") -> Opened | Refusal:
        try:
            raw = path.read_bytes()
        except OSError:
            return Refusal("edit-unreadable", {"path": str(path)})
        found = decode(raw)
        if found.problem is not None or not is_clean(found.text.replace("\r\n", "\n")):
            return Refusal("edit-not-shown", {"path": str(path)})
        eol = "\r\n" if "\r\n" in found.text else "\n"
        text = found.text.replace("\r\n", "\n")
        return Opened(playbook_id, language, path, text, _stamp(raw), origin, found.has_bom, eol)

    # Writing.

    def complete(self, text: str, offset: int, playbook: Playbook) -> "Completion":
        """What may stand at a letter of a text; `playbook` is what it said when it could last be read."""
        from playbook.files.writing.completing import complete

        return complete(text, offset, playbook, [entry.id for entry in self.workspace.playbooks.entries()])

    def piece(self, kind: str, text: str, offset: int, playbook: Playbook) -> "Piece":
        """A new `step`, `field` or `section` below what a letter of the text stands in."""
        from playbook.files.writing.snippets import piece
        from playbook.workspace.editing import free_id

        return piece(kind, text, offset, free_id(playbook, f"new-{kind}"))

    # Drafts.

    def draft(self, opened: Opened) -> str | None:
        """What was typed into the file before and never saved; None when there is nothing else than what it says."""
        try:
            kept = json.loads(self._draft_file(opened).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        text = kept.get("text") if isinstance(kept, dict) and kept.get("path") == str(opened.path) else None
        return text if isinstance(text, str) and text != opened.text and is_clean(text) else None

    def keep_draft(self, opened: Opened, text: str) -> None:
        """Keep what is typed until it is saved; a disk that is full must not stop the typing."""
        file = self._draft_file(opened)
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomically(file, json.dumps({"path": str(opened.path), "text": text}).encode())
        except OSError:
            return

    def forget(self, words: Iterable[str]) -> None:
        """Throw away every draft that holds one of these words, whatever its case."""
        sought = [folded(word) for word in words if word.strip()]
        for file in self.workspace.locations.drafts.glob("*.json"):
            with suppress(OSError):
                said = folded(str(json.loads(file.read_text("utf-8", "replace"))))
                if any(word in said for word in sought):
                    file.unlink()

    def drop_draft(self, opened: Opened) -> None:
        """Nothing is left to be gone on with."""
        self._draft_file(opened).unlink(missing_ok=True)

    def _draft_file(self, opened: Opened) -> Path:
        return self.workspace.locations.drafts / f"{hash_of(str(opened.path))}.json"


def _stamp(raw: bytes) -> str:
    return hash_of(raw.decode("utf-8", "surrogateescape"))
