"""What is kept about one person at a client, written out for them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook.core import about_person as core
from playbook.core.client import Entry
from playbook.core.problems import Refusal
from playbook.core.text import escaped, line, slug
from playbook.exports.json import entry_data
from playbook.store import journal
from playbook.workspace.exporting import LONGEST_NAME, working_folder, write_document

if TYPE_CHECKING:
    from playbook.workspace import Workspace


class AboutPerson:
    """One person at one client."""

    def __init__(self, workspace: "Workspace", client_id: str, name: str) -> None:
        self.workspace, self.client_id, self.name = workspace, client_id, line(name)

    def proposed(self) -> Path:
        """A safe file name made from the person's, in the working folder."""
        return working_folder() / f"{slug(self.name, LONGEST_NAME) or 'person'}.json"

    def data(self, entries: Sequence[Entry] | None = None) -> dict[str, Any] | Refusal:
        """Contacts, entries, notes and saved answers that name the person; `entries` are those to look among, else all."""
        client = self.workspace.clients.get(self.client_id)
        if client is None:
            return Refusal("no-client", {"client": self.client_id})
        among = self.workspace.ledger.entries(self.client_id) if entries is None else entries
        operations = journal.operations_of_client(self.workspace.store, self.client_id)
        runs = {row.id: row.name for row in self.workspace.lists.runs(self.client_id, ended=True)}
        return {
            "client": {"id": client.slug, "name": client.name},
            "person": self.name,
            "contacts": [contact._asdict() for contact in core.contacts_named(client, self.name)],
            "saved": core.saved_about(client, self.name),
            "entries": [entry_data(entry, client.slug) for entry in core.entries_about(among, self.name)],
            "notes": [
                {"run": runs[op.run], "step": op.step or None, "at": op.at, "by": op.by, "text": op.body["text"]}
                for op in core.notes_about(operations, self.name) if op.run in runs
            ],
        }  # fmt: skip

    def write(self, path: str | Path, *, replace: bool = True) -> Path | Refusal:
        """Write it as JSON, 0600, and return where."""
        data = self.data()
        return data if isinstance(data, Refusal) else write_document(path, as_json(data), replace=replace)


def as_json(data: Any) -> str:
    """The text of a file."""
    return escaped(json.dumps(data, ensure_ascii=False, indent=1)) + "\n"
