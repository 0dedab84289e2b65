"""What is kept about one person: found by their name, wherever it stands among other words."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from playbook.core.client import Client, Contact, Entry
from playbook.core.entry_kinds import KINDS
from playbook.core.operations import Operation, in_force, text
from playbook.core.text import folded, line

_OTHER = frozenset({"choice", "several", "date", "datetime", "money", "number", "yes-no"})
"""Kinds of values that name nobody."""


def is_about(said: Any, name: str) -> bool:
    """Whether words hold a name as whole words; case and accents do not count."""
    if isinstance(said, str):
        wanted = re.escape(folded(line(name)))
        return bool(wanted) and re.search(rf"(?<!\w){wanted}(?!\w)", folded(line(said))) is not None
    if isinstance(said, Mapping):
        return any(is_about(each, name) for each in said.values())
    return isinstance(said, (list, tuple)) and any(is_about(each, name) for each in said)


def entries_about(entries: Iterable[Entry], name: str) -> list[Entry]:
    """Entries that name a person, in their text or in a value such as about, to, by or approver."""
    return [entry for entry in entries if is_about([entry.text, *_naming(entry)], name)]


def _naming(entry: Entry) -> list[Any]:
    others = {field.id for field in KINDS.get(entry.kind, ()) if field.kind in _OTHER}
    return [value for key, value in entry.values.items() if key not in others]


def contacts_named(client: Client, name: str) -> list[Contact]:
    """The client's people of that name."""
    return [contact for contact in client.contacts if is_about(contact.name, name)]


def saved_about(client: Client, name: str) -> dict[str, Any]:
    """Saved answers that name a person."""
    return {key: value for key, value in client.saved.items() if is_about(value, name)}


def notes_about(operations: Iterable[Operation], name: str) -> list[Operation]:
    """Notes in force that name a person, oldest first."""
    return [
        op for op in in_force(operations) if op.kind == "note" and is_about(text(op.body.get("text")), name)
    ]
