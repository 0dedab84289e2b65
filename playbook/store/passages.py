"""What can be found by its words: one passage a client, run, note and ledger entry, and an index over their words.

A run's passage is its title, what its own fields say, and below it the title of each step on a line. Like the
other lists it follows from the journal and can be made anew.
"""

import calendar
import time
from collections.abc import Iterable
from typing import NamedTuple

from playbook.core.client import FORGOTTEN, Client, Entry
from playbook.core.entry_kinds import KINDS
from playbook.core.run import Run
from playbook.core.search import as_query
from playbook.store.database import Reader, Transaction

RANKS = {"entry": 0, "note": 1, "run": 2, "client": 3}
_SECOND, _KIND = 1 << 18, 1 << 51
"""An id is the kind's rank, the second (UTC) and a number within it, so that ids of a kind are in order of time."""
_SPOKEN = frozenset({"text", "long-text", "person", "list"})


class Passage(NamedTuple):
    """One passage that holds the words, with whose it is."""

    kind: str
    """client, run, note or entry."""
    client_id: str
    client_slug: str
    client_name: str
    run_id: str
    run_name: str
    run_title: str
    run_state: str
    ref: str
    """Of a note the step's id ("" = the run's), of an entry its number."""
    at: int
    """When it was written, in seconds since 1970 (UTC)."""
    text: str
    entry_kind: str
    on: str
    """The day or instant an entry is about."""


class StepTitle(NamedTuple):
    """A step of a run, by its title."""

    run_id: str
    step_id: str
    title: str
    state: str


# Writing.


def save_client(tx: Transaction, client: Client) -> None:
    """Write a client's passage, and its name beside all that is about it, as far as they changed."""
    people = [" ".join(contact) for contact in client.contacts]
    known = [value for value in client.saved.values() if isinstance(value, str)]
    text = "\n".join([client.name, client.slug, *people, client.settings.get("card", ""), *known])
    there = tx.read(
        "select who, text from passage where client = ? and run = '' and kind = 'client'", (client.id,)
    )
    if there == [(client.name, text)]:
        return
    if there and there[0][0] != client.name:
        _rename(tx, client)
    _remove(tx, "client = ? and run = '' and kind = 'client'", client.id)
    _add(tx, "client", (client.id, "", ""), client.name, client.added_at, text)


def save_entries(tx: Transaction, client: Client, entries: Iterable[Entry]) -> None:
    """Write the passages of these entries of a client; those that are there already are replaced."""
    for entry in entries:
        _remove(tx, "client = ? and run = '' and kind = 'entry' and ref = ?", client.id, str(entry.n))
        if entry.outcome == FORGOTTEN:
            continue
        fields = (
            [field for field in KINDS[entry.kind] if field.kind in _SPOKEN] if entry.kind in KINDS else []
        )
        values = [str(entry.values[field.id]) for field in fields if entry.values.get(field.id)]
        text = "\n".join(dict.fromkeys([entry.text, *values]))
        _add(tx, "entry", (client.id, "", str(entry.n)), client.name, entry.at, text)


def save_run(tx: Transaction, run: Run, client: Client) -> None:
    """Write the passages of a run and its notes anew."""
    remove_run(tx, run.client_id, run.id)
    matters = [answer for answer in run.answers.values() if isinstance(answer, str)]
    titles = [step.title for step in run.playbook.steps()]
    text = "\n".join([" · ".join([run.playbook.title, *matters]).replace("\n", " "), *titles])
    _add(tx, "run", (run.client_id, run.id, ""), client.name, run.started_at, text)
    notes = [("", note) for note in run.notes]
    notes += [(step_id, note) for step_id, step in run.steps.items() for note in step.every_note()]
    for step_id, note in notes:
        _add(tx, "note", (run.client_id, run.id, step_id), client.name, note.at, note.text)


def remove_run(tx: Transaction, client_id: str, run_id: str) -> None:
    """Take a run and its notes out."""
    _remove(tx, "client = ? and run = ?", client_id, run_id)


def remove_entries(tx: Transaction, client_id: str) -> None:
    """Take a client's ledger out."""
    _remove(tx, "client = ? and run = '' and kind = 'entry'", client_id)


def remove_client(tx: Transaction, client_id: str) -> None:
    """Take a client out with all that is about it."""
    _remove(tx, "client = ?", client_id)


def clear(tx: Transaction) -> None:
    """Throw everything away before it is written anew."""
    tx.execute("insert into passage_index (passage_index) values ('delete-all')")
    tx.execute("delete from passage")
    tx.execute("delete from setting where key = 'search'")


def purge(tx: Transaction) -> None:
    """Make the index anew: what was deleted may stand in its pages until then."""
    tx.execute("insert into passage_index (passage_index) values ('rebuild')")


def _add(tx: Transaction, kind: str, ref: tuple[str, str, str], who: str, at: str, text: str) -> None:
    first = first_id(kind, at)
    [(last,)] = tx.read("select max(id) from passage where id >= ? and id < ?", (first, first + _SECOND))
    place = first if last is None else last + 1
    tx.execute("insert into passage values (?, ?, ?, ?, ?, ?, ?)", (place, kind, *ref, who, text))
    tx.execute("insert into passage_index (rowid, who, text) values (?, ?, ?)", (place, who, text))


def _rename(tx: Transaction, client: Client) -> None:
    rows = tx.read("select id, text from passage where client = ?", (client.id,))
    tx.execute(f"{_UNINDEX} where client = ?", (client.id,))
    tx.execute("update passage set who = ? where client = ?", (client.name, client.id))
    for place, text in rows:
        tx.execute(
            "insert into passage_index (rowid, who, text) values (?, ?, ?)", (place, client.name, text)
        )


_UNINDEX = (
    "insert into passage_index (passage_index, rowid, who, text) select 'delete', id, who, text from passage"
)
"""The index must be told the very words it was given."""


def _remove(tx: Transaction, where: str, *params: str) -> None:
    tx.execute(f"{_UNINDEX} where {where}", params)
    tx.execute(f"delete from passage where {where}", params)


def first_id(kind: str, at: str) -> int:
    """The lowest id of a passage of a kind at that instant (UTC)."""
    try:
        second = calendar.timegm(time.strptime(at[:19], "%Y-%m-%dT%H:%M:%S"))
    except ValueError:
        second = 0  # a damaged or foreign stamp: the oldest
    return RANKS[kind] * _KIND + max(second, 0) * _SECOND


# Finding.


def is_stale(reader: Reader) -> bool:
    """Whether the index was never made: the store comes from an older program."""
    return bool(reader.read("select 1 from setting where key = 'search'"))


def find(reader: Reader, words: tuple[str, ...], kind: str, limit: int) -> list[Passage]:
    """Passages of a kind that hold every word, or begin a word with it, the newest first."""
    if not words:
        return []
    query = """
        select p.kind, p.client, c.slug, c.name, p.run, coalesce(r.name, ''), coalesce(r.title, ''),
               coalesce(r.state, ''), p.ref, p.id, p.text, coalesce(e.kind, ''), coalesce(e.on_, '')
        from passage_index i cross join passage p on p.id = i.rowid cross join client c on c.id = p.client
        left join run r on r.id = p.run
        left join entry e on p.kind = 'entry' and e.client = p.client and e.n = cast(p.ref as integer)
        where passage_index match ? and i.rowid >= ? and i.rowid < ? order by i.rowid desc limit ?"""
    first = RANKS[kind] * _KIND
    rows = reader.read(query, (as_query(words), first, first + _KIND, limit))
    return [Passage(*row)._replace(at=row[9] % _KIND // _SECOND) for row in rows]


def step_titles(reader: Reader, run_ids: Iterable[str]) -> list[StepTitle]:
    """Every step that is shown of these runs, in the order of each playbook."""
    wanted = list(run_ids)
    query = f"""
        select s.run, s.step_id, coalesce(v.title, s.title, s.step_id), s.state
        from step s cross join run r on r.id = s.run
        left join version_step v on v.version = r.version and v.step_id = s.step_id
        where s.run in ({", ".join("?" * len(wanted))}) and s.hidden = 0 order by s.run, coalesce(v.ord, 9999)"""
    return [StepTitle(*row) for row in reader.read(query, wanted)]
