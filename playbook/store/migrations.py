"""The schema, as numbered steps that are never changed once released.

Each step is a tuple of single statements: `executescript` would commit half of them.
"""

import sqlite3
from binascii import crc32
from pathlib import Path
from typing import NamedTuple

from playbook import __version__
from playbook.store.connection import schema_of
from playbook.store.trouble import StoreTrouble, patiently

APPLICATION_ID = 0x504C4259
"""Says in the file's header that it is ours ("PLBY")."""


class Migration(NamedTuple):
    """One step from a schema to the next."""

    name: str
    why: str
    statements: tuple[str, ...]


MIGRATIONS = (
    Migration(
        "m001_initial",
        "The journal, what follows from it, and one copy of every playbook version that a run began with.",
        (
            "create table setting (key text primary key, value text not null) without rowid",
            # The journal. Its rows are only ever added; `hash` covers every column but `seq`.
            """create table operation (
                seq integer primary key, id text not null unique, clock integer not null, device text not null,
                at text not null, by text not null, client text not null, run text not null, step text not null,
                kind text not null, body text not null, batch text not null, undoes text not null,
                v integer not null, hash blob not null)""",
            "create index operation_clock on operation (clock)",
            "create index operation_run on operation (run)",
            "create index operation_client on operation (client, run)",
            "create index operation_batch on operation (batch)",
            # How many operations a run, a client and ("") the whole have, and how many entries a client ever had:
            # added up with each one, so that a row that goes missing is missed.
            """create table tally (
                subject text primary key, ops integer not null, entries integer not null default 0) without rowid""",
            # Names that were given once, also to what was undone since.
            "create table taken (name text primary key) without rowid",
            """create table version (
                hash text primary key, playbook text not null, language text not null, title text not null,
                text text not null, data text not null, v integer not null, digest blob not null)""",
            """create table version_step (
                version text not null references version on delete cascade, step_id text not null,
                ord integer not null, title text not null, channel text not null, side text not null,
                key integer not null, primary key (version, step_id)) without rowid""",
            """create table client (
                id text primary key, slug text not null unique, name text not null, search text not null,
                open_runs integer not null default 0, next_due text, added_at text not null, data text not null)""",
            "create index client_home on client (name, id, slug, open_runs, next_due)",
            """create table run (
                id text primary key, name text not null unique, client text not null references client,
                playbook text not null, language text not null, version text not null references version,
                title text not null, state text not null, start text not null, target text,
                done integer not null, total integer not null, next_due text, started_at text not null,
                ended_at text, ops integer not null) without rowid""",
            "create index run_client on run (client, state, next_due)",
            "create index run_state on run (state, next_due)",
            "create index run_version on run (version)",
            """create table step (
                run text not null references run on delete cascade, step_id text not null, state text not null,
                due text, locked integer not null, hidden integer not null, court text,
                primary key (run, step_id)) without rowid""",
            # Open steps of open runs with a day, and nothing else, for only they have one: Today and its counts.
            "create index step_due on step (due, locked, court) where due is not null",
            "create index step_court on step (court) where court is not null",
            """create table entry (
                client text not null references client on delete cascade
                deferrable initially deferred, n integer not null, kind text not null,
                at text not null, by text not null, on_ text not null, text text not null, owner text not null,
                run text not null, step text not null, data text not null, primary key (client, n)) without rowid""",
            "insert into setting values ('device', lower(hex(randomblob(16))))",
        ),
    ),
    Migration(
        "m002_engine",
        "Holidays, blocked and own steps, who does a step, how an entry ended, and the calendar a run was dated by.",
        (
            "alter table step add column person text not null default ''",
            "alter table step add column blocked integer not null default 0",
            # The title of a step that stands in no playbook.
            "alter table step add column title text",
            "create index step_blocked on step (blocked, due) where blocked = 1",
            "drop index step_due",
            "create index step_due on step (due, locked, court, blocked, person, title) where due is not null",
            "alter table entry add column outcome text",
            "alter table entry add column closed_at text",
            "alter table entry add column closed_by text",
            "create index entry_step on entry (run, step) where outcome is null",
            # A mark of the calendar that the dates of a run were worked out with.
            "alter table run add column calendar text not null default ''",
            # Public holidays as days, and the years that were looked up: a year may well have none.
            """create table holiday (
                country text not null, region text not null, day text not null, name text not null,
                primary key (country, region, day)) without rowid""",
            """create table holiday_year (
                country text not null, region text not null, year integer not null,
                primary key (country, region, year)) without rowid""",
        ),
    ),
    Migration(
        "m003_ledger",
        "The day on which an open entry asks to be looked at, and who was last heard when.",
        (
            "alter table entry add column due text",
            """update entry set due = case kind
                when 'promise' then coalesce(
                    case owner when 'us' then json_extract(data, '$.internal') end, case when on_ <> at then on_ end)
                when 'next-word' then case when on_ <> at then on_ end
                when 'batch' then case when on_ <> at then on_ end
                when 'concern' then json_extract(data, '$.answer')
                when 'fact' then json_extract(data, '$."follow-up"')
                end
                where outcome is null and json_valid(data)""",
            # Open entries with a day, and nothing else: Today.
            "create index entry_due on entry (due, owner, kind) where due is not null",
            "alter table client add column last_face text",
            "alter table client add column last_voice text",
            # The day from which it is quieter around a client than feels right.
            "alter table client add column quiet_on text",
            """update client set last_voice = (
                select max(substr(on_, 1, 10)) from entry where entry.client = client.id and kind = 'contact'
                and json_valid(data) and json_extract(data, '$.channel') in ('in-person', 'video', 'call'))""",
            """update client set last_face = (
                select max(substr(on_, 1, 10)) from entry where entry.client = client.id and kind = 'contact'
                and json_valid(data) and json_extract(data, '$.channel') = 'in-person')""",
            "drop index client_home",
            "create index client_home on client (name, id, slug, open_runs, next_due, last_voice, quiet_on)",
            "create index client_quiet on client (quiet_on) where quiet_on is not null",
        ),
    ),
    Migration(
        "m004_search",
        "What can be found by its words: clients, runs with their steps, notes and ledger entries.",
        (
            # `id` says kind and moment, so that the newest of a kind come first without sorting: `passages.first_id`.
            """create table passage (
                id integer primary key, kind text not null, client text not null, run text not null,
                ref text not null, who text not null, text text not null)""",
            # What earlier runs of a playbook came to.
            "create index run_playbook on run (playbook, state, ended_at)",
            "create index passage_ref on passage (client, run, kind, ref)",
            """create virtual table passage_index using fts5 (
                who, text, content='passage', content_rowid='id', prefix='2 3',
                tokenize="unicode61 remove_diacritics 2")""",
            # Empty until it is asked for the first time: notes stand in the journal alone.
            "insert into setting select 'search', 'stale' where exists (select 1 from client)",
        ),
    ),
    Migration(
        "m005_remarks",
        "What was remarked on the steps of a playbook, over all its runs.",
        (
            """create table remark (
                id text primary key, playbook text not null, step_id text not null,
                run text not null references run on delete cascade, title text not null, at text not null,
                by text not null, text text not null, outcome text not null, reason text not null,
                closed_at text not null, closed_by text not null) without rowid""",
            "create index remark_playbook on remark (playbook, at)",
            "create index remark_run on remark (run)",
        ),
    ),
)


def known_schema() -> int:
    """The schema this program makes and reads."""
    return len(MIGRATIONS)


def check_schema(connection: sqlite3.Connection, path: Path, patience: float) -> int:
    """The schema of a file that is ours and not newer than we know; raises StoreTrouble otherwise."""
    owner, schema = patiently(lambda: schema_of(connection), patience, path)
    if owner != APPLICATION_ID or schema < 1:
        raise StoreTrouble("store-damaged", path)
    if schema > known_schema():
        raise StoreTrouble(
            "store-newer", path, found=schema, known=known_schema(), needed=_program(connection)
        )
    return schema


def _program(connection: sqlite3.Connection) -> str:
    """The version of the program that made the schema, as far as a later schema still tells."""
    try:
        rows = connection.execute("select value from setting where key = 'program'").fetchall()
    except sqlite3.Error:
        return ""
    return str(rows[0][0]) if rows else ""


def migrate(connection: sqlite3.Connection, path: Path, patience: float) -> None:
    """Brings the schema up to date, wholly or not at all, and once however many programs try."""
    connection.execute("PRAGMA foreign_keys=OFF")  # it cannot be switched inside a transaction
    try:
        patiently(lambda: connection.execute("BEGIN IMMEDIATE"), patience, path)
        _, schema = schema_of(connection)  # another program may have done it while this one waited
        for number, migration in enumerate(MIGRATIONS[schema:], schema + 1):
            for statement in migration.statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={number}")
        if schema < known_schema():
            _sign(connection)
            if connection.execute("PRAGMA foreign_key_check").fetchall():
                raise StoreTrouble("store-damaged", path)
        patiently(lambda: connection.execute("COMMIT"), patience, path)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys=ON")


def _sign(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    for key, value in (("program", __version__), ("schema", " ".join(sorted(_parts(connection))))):
        connection.execute("insert or replace into setting values (?, ?)", (key, value))


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether all that the migrations made is there, letter for letter, and the store has its device."""
    try:
        settings = dict(connection.execute("select key, value from setting").fetchall())
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:  # no such table or column
            return False
        raise
    made = {*str(settings.get("schema", "missing")).split()}
    return len(str(settings.get("device", ""))) == 32 and made <= _parts(connection)


def _parts(connection: sqlite3.Connection) -> set[str]:
    """A short mark of each table and index."""
    rows = connection.execute("select type, name, tbl_name, sql from sqlite_master").fetchall()
    return {f"{crc32(repr(row).encode('utf-8', 'surrogateescape')):08x}" for row in rows}
