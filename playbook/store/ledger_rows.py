"""The ledger in rows: a client's entries, what is open over all clients, and who has not heard us for long."""

from typing import TYPE_CHECKING, NamedTuple

from playbook.store.database import Reader
from playbook.store.queries import owned_by, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.core.client import Entry


class EntryRow(NamedTuple):
    """One open ledger entry, on the day it asks to be looked at."""

    client: str
    client_slug: str
    client_name: str
    n: int
    kind: str
    text: str
    due: str
    on: str
    """The day they were told, or that was set; the moment it was logged when no day was said."""
    owner: str
    at: str


class QuietRow(NamedTuple):
    """A client with open runs who has not heard us for longer than feels right."""

    id: str
    slug: str
    name: str
    last_voice: str


_ENTRY_ROW = """select e.client, c.slug, c.name, e.n, e.kind, e.text, coalesce(e.due, ''), e.on_, e.owner, e.at
                from entry e indexed by entry_due cross join client c on c.id = e.client"""


def entry_rows(reader: Reader, until: str, limit: int, person: str = "") -> list[EntryRow]:
    """Open entries that ask to be looked at by a day or instant, the earliest first.

    With a `person`, those of their clients, and of clients without an owner those that they wrote; so in `later_words`.
    """
    query = f"""{_ENTRY_ROW} where e.due is not null and e.due <= :until {owned_by("c", person, "e.by")}
                order by e.due limit :limit"""
    return _entries(reader, query, until=until, limit=limit, person=person)


def later_words(reader: Reader, after: str, limit: int, person: str = "") -> list[EntryRow]:
    """Open promises and next words for later than that, the earliest first."""
    query = f"""{_ENTRY_ROW} where e.due is not null and e.due > :after and e.kind in ('promise', 'next-word')
                {owned_by("c", person, "e.by")} order by e.due limit :limit"""
    return _entries(reader, query, after=after, limit=limit, person=person)


def next_words(reader: Reader) -> dict[str, str]:
    """The day on which each client hears from us next, by the client's id; who knows of none is not among them."""
    query = """select e.client, min(e.on_) from entry e indexed by entry_due
               where e.due is not null and e.owner = 'us' and e.kind = 'next-word' group by e.client"""
    return dict(reader.read(query))


def _entries(reader: Reader, query: str, **values: str | int) -> list[EntryRow]:
    return [EntryRow(*row) for row in reader.read(query, values)]


def quiet_rows(reader: Reader, today: str, limit: int, person: str = "") -> list[QuietRow]:
    """Clients with open runs who have not heard us for too long, those first for whom it has been so longest."""
    query = f"""select c.id, c.slug, c.name, c.last_voice from client c indexed by client_quiet
                where c.quiet_on is not null and c.quiet_on <= :today and c.open_runs > 0
                {owned_by("c", person)} order by c.quiet_on limit :limit"""
    values = {"today": today, "limit": limit, "person": person}
    return [QuietRow(*row) for row in reader.read(query, values)]


# One client.


def sides_of_steps(reader: Reader, client_id: str) -> dict[tuple[str, str], str]:
    """Whether a step is care or competence, by run and step, for every run of a client."""
    query = """select r.id, v.step_id, v.side from run r join version_step v on v.version = r.version
               where r.client = ?"""
    return {(run_id, step_id): side for run_id, step_id, side in reader.read(query, (client_id,))}


_ENTRY = "n, kind, at, by, on_, text, owner, run, step, data, outcome, closed_at, closed_by"


def entries(reader: Reader, client_id: str) -> "list[Entry]":
    """A client's ledger, oldest first, without the facts that were deleted for good."""
    from playbook.core.client import FORGOTTEN, Entry

    query = f"select {_ENTRY} from entry where client = ? and coalesce(outcome, '') <> ? order by n"
    rows = reader.read(query, (client_id, FORGOTTEN))
    return [Entry(*row)._replace(values=plain(reader, row[9])) for row in rows]


def open_entries(reader: Reader, run_id: str, step_id: str) -> "list[Entry]":
    """The entries a step of a run logged that have no outcome yet and can have one, oldest first."""
    from playbook.core.client import Entry
    from playbook.core.entry_kinds import is_open

    query = f"select {_ENTRY} from entry where run = ? and step = ? and outcome is null order by n"
    found = [
        Entry(*row)._replace(values=plain(reader, row[9])) for row in reader.read(query, (run_id, step_id))
    ]
    return [entry for entry in found if is_open(entry)]


def entries_of_step(reader: Reader, client_id: str, run_id: str, step_id: str) -> "list[Entry]":
    """The entries a step of a client's run logged, ended or not, oldest first."""
    return [entry for entry in entries(reader, client_id) if (entry.run, entry.step) == (run_id, step_id)]


def open_words(reader: Reader, client_id: str) -> "list[Entry]":
    """The next words a client was given and has not had yet, oldest first."""
    from playbook.core.client import Entry

    query = (
        f"select {_ENTRY} from entry where client = ? and kind = 'next-word' and outcome is null order by n"
    )
    return [Entry(*row)._replace(values=plain(reader, row[9])) for row in reader.read(query, (client_id,))]


def entries_numbered(reader: Reader, client_id: str, numbers: "Sequence[int]") -> "list[Entry]":
    """These entries of a client's ledger, oldest first."""
    from playbook.core.client import Entry

    marks = ", ".join("?" * len(numbers))
    query = f"select {_ENTRY} from entry where client = ? and n in ({marks}) order by n"
    rows = reader.read(query, (client_id, *numbers))
    return [Entry(*row)._replace(values=plain(reader, row[9])) for row in rows]
