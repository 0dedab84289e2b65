"""Clients: adding, showing and changing them."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from playbook.core.answers import knows
from playbook.core.client import BUILT_IN, SETTING_KEYS, TEXT_KEYS, Client, Contact
from playbook.core.fairness import cap_of
from playbook.core.history import HistoryRow, history
from playbook.core.operations import Draft
from playbook.core.playbook import Field
from playbook.core.problems import Refusal
from playbook.core.text import clean, line, slug
from playbook.store import journal, projections, queries
from playbook.store.database import Transaction
from playbook.workspace.names import find_client

if TYPE_CHECKING:
    from playbook.core.decide import Typed
    from playbook.workspace import Workspace

LONGEST_NAME = 200
FORMS = ("tú", "usted")


class Clients:
    """Every change returns the client after COMMIT, or the refusal."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace

    def find(self, ref: str) -> str | Refusal:
        """The permanent id of the client that a slug, name or unambiguous prefix means."""
        return find_client(self.workspace.store, ref)

    def get(self, client_id: str) -> Client | None:
        """The client as it stands."""
        return queries.client_by_id(self.workspace.store, client_id)

    def add(self, name: str, settings: Mapping[str, str] | None = None, contact: Contact | None = None) -> Client | Refusal:  # fmt: skip
        """Add a client; settings are language, form, time-zone, country, owner and card."""
        with self.workspace.store.write() as tx:
            added = self.append(tx, name, settings or {}, contact)
        return added if isinstance(added, Refusal) else added[0]

    def append(
        self, tx: Transaction, name: str, settings: Mapping[str, str], contact: Contact | None = None, *, batch: str = "",
    ) -> tuple[Client, str] | Refusal:  # fmt: skip
        """Add a client as part of a larger change; the client, and the batch to go on with."""
        body = self.checked(name, settings)
        if isinstance(body, Refusal):
            return body
        taken = [found for found in queries.clients_named(tx, body["name"]) if found.exact]
        if taken:
            return Refusal("client-taken", {"name": body["name"], "client": taken[0].name})
        writing = self.workspace.runs.writing
        client_id = journal.new_id()
        body["slug"] = projections.free_name(tx, slug(body["name"]) or "client")
        op = writing.append(tx, client_id, "", Draft("client-add", "", body), batch)
        if contact:
            data = {"index": 0, "contact": contact._asdict()}
            writing.append(tx, client_id, "", Draft("contact-set", "", data), op.batch)
        self.workspace.calendars.ensure_years(tx, str(body.get("country", "")))
        writing.refold_client(tx, client_id)
        client = queries.client_by_id(tx, client_id)
        assert client is not None
        return client, op.batch

    @staticmethod
    def checked(name: str, settings: Mapping[str, str]) -> dict[str, Any] | Refusal:
        """The name and settings of a new client as they will be kept."""
        body: dict[str, Any] = {"name": line(name)}
        if refusal := _name_refusal(body["name"]):
            return refusal
        for key, value in settings.items():
            outcome = checked_value(key, value)
            if isinstance(outcome, Refusal):
                return outcome
            body[key] = outcome
        return body

    def set(self, client_id: str, values: Mapping[str, str]) -> Client | Refusal:
        """Change settings or saved answers, all or none; an empty value clears one."""
        checked: dict[str, str | None] = {}
        for key, value in values.items():
            outcome = checked_value(key, value) if value.strip() or key == "name" else None
            if isinstance(outcome, Refusal):
                return outcome
            checked[key] = outcome
        return self._record(client_id, [
            Draft("client-set", "", {"key": key, "value": value, "old": None}) for key, value in checked.items()
        ])  # fmt: skip

    def set_answer(self, client_id: str, name: str, typed: "Typed") -> Client | Refusal:
        """Change a saved answer, read as the field that asks for it takes it; an empty one is taken away."""
        checked = self.checked_answer(client_id, name, typed)
        if isinstance(checked, Refusal):
            return checked
        return self._record(
            client_id, [Draft("client-set", "", {"key": name, "value": checked, "old": None})]
        )

    def checked_answer(self, client_id: str, name: str, typed: "Typed") -> Any | Refusal:
        """What would be kept under a saved name, or why it does not fit; nothing is stored."""
        from playbook.core.answers import parse_answer
        from playbook.workspace.typing_in import as_meant

        client = self.get(client_id)
        text = typed if isinstance(typed, str) else "\n".join(typed)
        if client is None or not text.strip():
            return None
        field = self.saving_fields(client).get(name)
        if field is None:
            return checked_value(name, text)
        calendar = self.workspace.calendar
        country = client.settings.get("country", "")
        days = as_meant((field,), {field.id: typed}, self.workspace.clock.today(), calendar, country=country)
        value = parse_answer(field, days[field.id], calendar)
        return Refusal(value.code, {**value.args, "field": field.id}) if isinstance(value, Refusal) else value

    def set_contact(self, client_id: str, number: int, contact: Contact | None) -> Client | Refusal:
        """Replace contact `number` (from 0), add one (`number` = how many there are), or remove one with None."""
        client = self.get(client_id)
        count = len(client.contacts) if client else 0
        if not 0 <= number <= count or (contact is None and number == count):
            return Refusal("no-contact", {"client": client.name if client else "", "number": number + 1})
        data = {key: line(value) for key, value in contact._asdict().items()} if contact else None
        return self._record(client_id, [Draft("contact-set", "", {"index": number, "contact": data})])

    def forget(self, client_id: str) -> Client | Refusal:
        """Delete all there is of a client for good, history and automatic backups included; the client as it was.

        A fresh backup is made of what is left. Nothing brings the client back.
        """
        from playbook.store.forgetting import forget_client

        workspace = self.workspace
        with workspace.store.write() as tx:
            client = queries.client_by_id(tx, client_id)
            if client is None:
                return Refusal("no-client", {"client": client_id})
            forget_client(tx, client_id)
        people = (word for contact in client.contacts for word in (contact.name, contact.email))
        workspace.editor.forget([client.name, *people])
        workspace.care.leave_no_trace()
        return client

    def saving_fields(self, client: Client) -> dict[str, Field]:
        """Of each saved answer the field that asks for it, by name: the library's, else that of one of the client's runs.

        A field whose choices have the answer comes before one that has lost it.
        """
        if not client.saved:
            return {}
        of_library = self.workspace.playbooks.saving_fields()
        found = {name: list(of_library.get(name, ())) for name in client.saved}
        known = {
            name for name, value in client.saved.items() if any(knows(field, value) for field in found[name])
        }
        if known != set(client.saved):
            for playbook in self.workspace.runs.copies(client.id):
                for field in playbook.all_fields():
                    if field.save_as in found and field.save_as not in known:
                        found[field.save_as].append(field)
        return {
            name: next((field for field in fields if knows(field, client.saved[name])), fields[0])
            for name, fields in found.items() if fields
        }  # fmt: skip

    def history(self, client_id: str) -> list[HistoryRow]:
        """Every change to the client and its runs, oldest first."""
        client = self.get(client_id)
        operations = journal.operations_of_client(self.workspace.store, client_id)
        return history(operations, client.slug if client else "")

    def _record(self, client_id: str, drafts: list[Draft]) -> Client | Refusal:
        writing = self.workspace.runs.writing
        batch = ""
        with self.workspace.store.write() as tx:
            client = queries.client_by_id(tx, client_id)
            if client is None:
                return Refusal("no-client", {"client": client_id})
            for draft in drafts:
                old = _old_value(client, draft)
                op = writing.append(tx, client_id, "", draft._replace(body={**draft.body, "old": old}), batch)
                batch = op.batch
                client = writing.note_on_client(tx, client, op)
            if any(draft.body.get("key") == "country" for draft in drafts):
                self.workspace.calendars.redate_client(tx, client)
            writing.derive_runs_of(tx, client, but="")
        return client


def _old_value(client: Client, draft: Draft) -> Any:
    if draft.kind == "contact-set":
        index = draft.body["index"]
        return client.contacts[index]._asdict() if index < len(client.contacts) else None
    return client.facts().get(draft.body["key"])


def _name_refusal(name: str) -> Refusal | None:
    if not name:
        return Refusal("client-name")
    return Refusal("client-name-long", {"most": LONGEST_NAME}) if len(name) > LONGEST_NAME else None


def checked_value(key: str, value: str) -> str | Refusal:
    """A value a client may have under this key, or why not. Keys beyond the known ones are saved answers."""
    value = clean(value.strip()) if key == "card" else line(value)
    if key in BUILT_IN - set(TEXT_KEYS):
        return Refusal("client-built-in", {"key": key})
    if slug(key, 64) != key or (
        key not in TEXT_KEYS and key not in SETTING_KEYS and get_close_matches(key, TEXT_KEYS, 1, 0.8)
    ):
        return Refusal("client-key", {"key": line(key)[:60], "known": [*TEXT_KEYS, *SETTING_KEYS]})
    wanted = ""
    match key:
        case "name":
            return _name_refusal(value) or value
        case "form" if value.casefold() not in (*FORMS, "tu"):
            wanted = "tú / usted"
        case "form":
            return "tú" if value.casefold() in ("tu", "tú") else "usted"
        case "time-zone" if not _is_zone(value):
            wanted = "Europe/Madrid, America/Bogota, …"
        case "country" if len(value) != 2 or not value.isalpha():
            wanted = "ES, MX, US, …"
        case "country":
            return value.upper()
        case "card" if len(value.splitlines()) > 5:
            wanted = "≤ 5"
        case "feels-long-after" | "promise-buffer" if not value.removesuffix("bd").strip().isdecimal():
            wanted = "14"
        case "goodwill-cap" if cap_of({key: value}) is None or not value.strip()[-3:].isalpha():
            wanted = "500 EUR"
    return Refusal("client-value", {"key": key, "value": value[:60], "wanted": wanted}) if wanted else value


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
