"""Playbooks of one's own: begun afresh, or copied from another to be changed."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.core.problems import Refusal
from playbook.files.atomic import write_atomically
from playbook.files.schema_file import NAME, with_directive, write_schema
from playbook.words import _, language

if TYPE_CHECKING:
    from playbook.files.library import Loaded
    from playbook.workspace import Workspace

_ID = re.compile(r"[a-z][a-z0-9-]{0,63}")
_OWN_ID = re.compile(r"^id\s*=.*$", re.MULTILINE)


def copy_playbook(workspace: "Workspace", new_id: str, from_id: str) -> list[Path] | Refusal:
    """Copies a playbook, in every language it has, into the user's library; under its own id it takes its place."""
    found = workspace.playbooks.load(from_id)
    if isinstance(found, Refusal):
        return found
    texts: dict[Path, str] = {}
    for loaded in (found, *workspace.playbooks.twins(found.playbook)):
        path = Path(loaded.playbook.language) / f"{new_id}.toml"
        texts[path] = with_directive(_named(loaded, new_id), above=1)
    return _written(workspace, new_id, texts)


def new_playbook(workspace: "Workspace", new_id: str) -> list[Path] | Refusal:
    """Writes a file of a few lines into the user's library, to be gone on with."""
    if any(entry.id == new_id for entry in workspace.playbooks.library.entries()):
        return Refusal("playbook-known", {"playbook": new_id})
    return _written(workspace, new_id, {Path(f"{new_id}.toml"): _begun(new_id)})


def write_library_schema(workspace: "Workspace") -> Path | Refusal:
    """The schema of this release beside the user's own playbooks; where it is."""
    library = workspace.locations.library
    try:
        return write_schema(library)
    except OSError as error:
        return Refusal("playbook-write", {"path": str(library), "reason": error.strerror or ""})


def _named(loaded: "Loaded", new_id: str) -> str:
    """The text under the new id; a file without `id` is called as it is named. What starts itself still does."""
    head, bracket, rest = loaded.text.partition("\n[")
    itself = re.compile(rf"""(\b(?:starts|playbook)\s*=\s*)["']{re.escape(loaded.playbook.id)}["']""")
    return _OWN_ID.sub(f'id = "{new_id}"', head) + bracket + itself.sub(rf'\g<1>"{new_id}"', rest)


def _begun(new_id: str) -> str:
    spoken = f'language = "{language()}"\n' if language() != "en" else ""
    return with_directive(
        f'title = "{new_id.replace("-", " ").capitalize()}"\n{spoken}\n'
        f'[[section]]\ntitle = "{_("The first part")}"\npause = "{_("When it is gone through")}"\n\n'
        f'[[section.step]]\nid = "first-step"\ntitle = "{_("What is done first")}"\ndue = "start + 1bd"\n',
        above=0,
    )


def _written(workspace: "Workspace", new_id: str, texts: Mapping[Path, str]) -> list[Path] | Refusal:
    """All of the files or none; nothing is written over. The schema they begin with is put there if it is missing."""
    if not _ID.fullmatch(new_id):
        return Refusal("playbook-id", {"playbook": new_id[:60]})
    library = workspace.locations.library
    paths = {library / path: text for path, text in texts.items()}
    own = [library / f"{new_id}.toml", *paths, *library.glob(f"*/{new_id}.toml")]
    if taken := [path for path in own if path.exists()]:
        return Refusal("playbook-exists", {"path": str(taken[0])})
    done: list[Path] = []
    try:
        if not (library / NAME).exists():
            write_schema(library)
        for path, text in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomically(path, text.encode())
            done.append(path)
    except OSError as error:
        for path in done:
            path.unlink(missing_ok=True)
        return Refusal("playbook-write", {"path": str(library), "reason": error.strerror or ""})
    return done
