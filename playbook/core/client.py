"""A client, as the fold of the operations recorded for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from playbook.core.operations import Operation, in_force, table, tables, text

TEXT_KEYS = ("name", "language", "form", "time-zone", "country", "owner", "card")
"""Keys of a client that are one text each; `form` is the form of address, tú or usted."""

SETTING_KEYS = ("feels-long-after", "promise-buffer", "status-rhythm", "goodwill-cap")
"""Saved answers that shape the ledger; a playbook's field may save as one of them."""

DERIVED = ("last-face", "last-voice", "open-promises", "open-concerns", "next-check-in")
"""What texts may name of a client that follows from its ledger and its runs."""

BUILT_IN = frozenset({*TEXT_KEYS, "id", "contacts", *DERIVED})
"""Names that a field cannot save over."""


FORGOTTEN = "forgotten"
"""How a fact ended that was deleted for good: only its number is left."""


class Contact(NamedTuple):
    """A person at the client."""

    name: str
    role: str = ""
    email: str = ""
    phone: str = ""
    greeted: str = ""
    """The name that letters greet them by; "" for what the form of address asks for."""


class Entry(NamedTuple):
    """One dated line of the ledger, `client#12`."""

    n: int
    kind: str
    at: str
    by: str
    on: str
    text: str
    owner: str
    run: str
    step: str
    values: Mapping[str, Any]
    outcome: str | None = None
    """How it ended; None while it is open, or when nothing about it can end."""
    closed_at: str | None = None
    closed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Client:
    """Whom runs are for."""

    id: str
    """32 hex digits, permanent."""
    slug: str
    """What people type."""
    name: str
    """What people call it."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Language, form of address, time zone, country, owner and card, as far as given."""
    contacts: tuple[Contact, ...] = ()
    """People there; the first is the one in play."""
    saved: Mapping[str, Any] = field(default_factory=dict)
    """Answers kept under the name of a field's `save_as`."""
    entries: tuple[Entry, ...] = ()
    """The ledger, oldest first."""
    added_at: str = ""
    """When it was added (UTC)."""

    def facts(self) -> dict[str, Any]:
        """What conditions and drafts may read, by name."""
        return {**self.saved, **self.settings, "name": self.name, "id": self.slug}


def fold_client(operations: Iterable[Operation]) -> Client | None:
    """The client its operations make, those of its runs among them; None when it was never added."""
    client: Client | None = None
    for op in in_force(operations):
        if op.kind == "client-add":
            client = client or _begin(op)
        elif client is not None:
            client = apply_to_client(client, op)
    return client


def _begin(op: Operation) -> Client:
    settings = {key: value for key in TEXT_KEYS if key != "name" and (value := text(op.body.get(key)))}
    name = text(op.body.get("name"))
    return Client(op.client, text(op.body.get("slug")), name, settings=settings, added_at=op.at)


def apply_to_client(client: Client, op: Operation) -> Client:
    """The client after one more operation, of its own or of one of its runs."""
    if op.kind == "client-set":
        return _set(client, text(op.body.get("key")), op.body.get("value"))
    if op.kind == "contact-set":
        return replace(client, contacts=_contacts(client.contacts, op.body))
    if saves := table(op.body.get("saves")):
        saved = {**client.saved, **saves}
        client = replace(client, saved={key: value for key, value in saved.items() if value is not None})
    if closed := tables(op.body.get("closed")):
        ended = {data.get("n"): text(data.get("outcome")) for data in closed}
        client = replace(client, entries=tuple(_closed(entry, ended, op) for entry in client.entries))
    if op.kind == "amend":
        client = replace(client, entries=tuple(amended(entry, op.body) for entry in client.entries))
    if op.kind == "forget":
        client = replace(client, entries=tuple(_forgotten(entry, op) for entry in client.entries))
    if entries := tables(op.body.get("entries")):
        client = replace(client, entries=(*client.entries, *(_entry(op, data) for data in entries)))
    return client


def _set(client: Client, key: str, value: Any) -> Client:
    if key == "name":
        return replace(client, name=text(value) or client.name)
    if key in TEXT_KEYS:
        settings = {k: v for k, v in {**client.settings, key: text(value)}.items() if v}
        return replace(client, settings=settings)
    return replace(client, saved={k: v for k, v in {**client.saved, key: value}.items() if v is not None})


def _contacts(contacts: tuple[Contact, ...], body: Mapping[str, Any]) -> tuple[Contact, ...]:
    listed = list(contacts)
    index = body.get("index")
    place = index if isinstance(index, int) and 0 <= index < len(listed) else len(listed)
    data = table(body.get("contact"))
    listed[place : place + 1] = [Contact(*(text(data.get(part)) for part in Contact._fields))] if data else []
    return tuple(listed)


def _closed(entry: Entry, ended: Mapping[Any, str], op: Operation) -> Entry:
    if entry.n not in ended or entry.outcome == FORGOTTEN:
        return entry
    if not ended[entry.n]:
        return entry._replace(outcome=None, closed_at=None, closed_by=None)
    return entry._replace(outcome=ended[entry.n], closed_at=op.at, closed_by=op.by)


def amended(entry: Entry, body: Mapping[str, Any]) -> Entry:
    """The entry with what an operation says of it anew; a value of None goes."""
    if entry.n != body.get("n") or entry.outcome == FORGOTTEN:
        return entry
    values = {**entry.values, **table(body.get("values"))}
    return entry._replace(
        values={key: value for key, value in values.items() if value is not None},
        text=text(body.get("text")) or entry.text, on=text(body.get("on")) or entry.on,
        owner=text(body.get("owner")) or entry.owner,
    )  # fmt: skip


def _forgotten(entry: Entry, op: Operation) -> Entry:
    """The entry with its number and kind alone."""
    if entry.n != op.body.get("n"):
        return entry
    return entry._replace(
        on=entry.at, text="", owner="us", values={}, outcome=FORGOTTEN, closed_at=op.at, closed_by=op.by
    )


def _entry(op: Operation, data: Mapping[str, Any]) -> Entry:
    return Entry(
        n if isinstance(n := data.get("n"), int) else 0, text(data.get("kind")) or "note", op.at, op.by,
        text(data.get("on")) or op.at, text(data.get("text")), text(data.get("owner")) or "us", op.run, op.step,
        dict(table(data.get("values"))),
    )  # fmt: skip
