"""The one open database of a program: reads that wait in short slices, and writes that are whole or nothing."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from playbook.store.connection import connect
from playbook.store.migrations import check_schema, is_sound, known_schema, migrate
from playbook.store.place import discard, give_name, is_writable, look, make_folder, new_file
from playbook.store.trouble import FAILURES, StoreTrouble, failing_calmly, patiently, trouble_of

if TYPE_CHECKING:
    from sqlite_utils import Database

Params = Sequence[Any] | Mapping[str, Any]
Row = tuple[Any, ...]

_SCHEMA_CHANGES = frozenset({
    sqlite3.SQLITE_CREATE_TABLE, sqlite3.SQLITE_CREATE_INDEX, sqlite3.SQLITE_CREATE_TRIGGER,
    sqlite3.SQLITE_CREATE_VIEW, sqlite3.SQLITE_CREATE_VTABLE, sqlite3.SQLITE_CREATE_TEMP_TABLE,
    sqlite3.SQLITE_CREATE_TEMP_INDEX, sqlite3.SQLITE_CREATE_TEMP_TRIGGER, sqlite3.SQLITE_CREATE_TEMP_VIEW,
    sqlite3.SQLITE_DROP_TABLE, sqlite3.SQLITE_DROP_INDEX, sqlite3.SQLITE_DROP_TRIGGER,
    sqlite3.SQLITE_DROP_VIEW, sqlite3.SQLITE_DROP_VTABLE, sqlite3.SQLITE_ALTER_TABLE,
})  # fmt: skip


def _authorize(action: int, *_: str | None) -> int:
    """Refuses to change the schema: a misspelt table name would otherwise make a table."""
    return sqlite3.SQLITE_DENY if action in _SCHEMA_CHANGES else sqlite3.SQLITE_OK


_AT_ONCE = 500
"""Rows of one statement; SQLite takes some 30,000 values."""


class Reader(Protocol):
    """What can be asked: the store, or a transaction in it."""

    @property
    def path(self) -> Path:
        """The database file."""

    def read(self, sql: str, params: Params = ()) -> list[Row]:
        """Every row the query gives."""


class Transaction:
    """Changes that are committed together, or not at all."""

    def __init__(self, database: "Database", path: Path, device: str) -> None:
        self.path = path
        self.device = device
        self.is_rolled_back = False
        self._database = database

    def read(self, sql: str, params: Params = ()) -> list[Row]:
        """Every row the query gives, with this transaction's own changes in it."""
        return self._run(sql, params).fetchall()

    def execute(self, sql: str, params: Params = ()) -> int:
        """Carries out one statement; returns how many rows it changed."""
        return self._run(sql, params).rowcount

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Adds one row; returns its rowid."""
        return int(self._database.table(table).insert(dict(row)).last_rowid or 0)

    def upsert(self, table: str, rows: Sequence[Mapping[str, Any]], pk: str | tuple[str, ...]) -> None:
        """Adds rows, or changes the columns given of those that are there."""
        if rows:
            self._database.table(table).upsert_all([dict(row) for row in rows], pk=pk)

    def upsert_plain(self, table: str, rows: Sequence[Mapping[str, Any]], pk: Sequence[str]) -> None:
        """The same for many rows of plain texts and numbers with the same columns: one statement for hundreds."""
        for begin in range(0, len(rows), _AT_ONCE):
            page = rows[begin : begin + _AT_ONCE]
            names = list(page[0])
            row = f"({', '.join('?' * len(names))})"
            rest = ", ".join(f"{name} = excluded.{name}" for name in names if name not in pk)
            sql = f"""insert into {table} ({", ".join(names)}) values {", ".join([row] * len(page))}
                      on conflict ({", ".join(pk)}) do update set {rest}"""
            self._run(sql, [value for each in page for value in each.values()])

    def roll_back(self) -> None:
        """Lets nothing of it happen; the block ends as usual."""
        self.is_rolled_back = True

    def _run(self, sql: str, params: Params) -> sqlite3.Cursor:
        return self._database.execute(sql, dict(params) if isinstance(params, Mapping) else list(params))


class Store:
    """The database of a program; made by `open_store`."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, patience: float, *, is_read_only: bool
    ) -> None:
        self.path = path
        self.patience = patience
        """Seconds to wait for another program."""
        self.is_read_only = is_read_only
        self._connection = connection
        self._file = path.stat().st_ino
        self.device = str(self.read("select value from setting where key = 'device'")[0][0])
        """Names this installation in the journal: 32 hex digits."""

    def read(self, sql: str, params: Params = ()) -> list[Row]:
        """Every row the query gives; raises StoreTrouble."""
        return patiently(lambda: self._connection.execute(sql, params).fetchall(), self.patience, self.path)

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction that holds the only right to write from the start; raises StoreTrouble.

        Committed, and on disk, when the block ends; rolled back when it raises.
        """
        self._refuse_unwritable()
        transaction = Transaction(self._database, self.path, self.device)
        assert not self._connection.in_transaction, "one transaction at a time"
        try:
            patiently(lambda: self._connection.execute("BEGIN IMMEDIATE"), self.patience, self.path)
            yield transaction
            if not transaction.is_rolled_back:
                patiently(lambda: self._connection.execute("COMMIT"), self.patience, self.path)
        except sqlite3.Error as error:
            trouble = trouble_of(error, self.path)
            if trouble is None:
                raise
            raise trouble from None
        finally:
            self._roll_back()

    def compact(self) -> None:
        """Writes the file anew without what was deleted; raises StoreTrouble."""
        self._refuse_unwritable()
        self._connection.set_authorizer(None)  # it makes its tables anew in a file of its own
        try:
            patiently(lambda: self._connection.execute("VACUUM"), self.patience, self.path)
        finally:
            self._connection.set_authorizer(_authorize)

    def data_version(self) -> int | None:
        """A number that changes when another program wrote; None while it is writing."""
        try:
            [(number,)] = patiently(
                lambda: self._connection.execute("PRAGMA data_version").fetchall(), 0, self.path
            )
        except StoreTrouble as trouble:
            if trouble.code == "store-busy":
                return None
            raise
        return int(number)

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    @cached_property
    def _database(self) -> "Database":
        """The same connection in sqlite-utils; importing that is left to the first write."""
        from sqlite_utils import Database

        class Wrapped(Database):
            # Asking would create a table inside our transaction; SQLite has had upserts since 2018.
            supports_on_conflict = True

        return Wrapped(self._connection, recursive_triggers=False, execute_plugins=False)

    def _refuse_unwritable(self) -> None:
        if self.is_read_only:
            raise StoreTrouble("store-read-only", self.path)
        try:
            is_same = self.path.stat().st_ino == self._file
        except OSError:
            is_same = False
        if not is_same:  # what is written now would be gone with the old file
            raise StoreTrouble("store-replaced", self.path)

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            with suppress(
                sqlite3.Error
            ):  # a failing disk has rolled back by itself, or does at the next read
                self._connection.execute("ROLLBACK")
        assert not self._connection.in_transaction, "a transaction was left open"


def open_store(path: Path, *, backups: int = 7, patience: float = 5.0) -> Store:
    """The store in a file, made or brought up to date if need be; raises StoreTrouble and then changes nothing.

    `backups` is how many automatic copies are kept beside it, `patience` how many seconds to wait for another
    program.
    """
    path = path.absolute()
    if not look(path):
        _create(path, patience)
    is_read_only = not is_writable(path)
    connection: sqlite3.Connection | None = None
    try:
        connection = connect(path, patience=patience, read_only=is_read_only)
        connection.execute("PRAGMA busy_timeout=0")  # from here on it waits in slices of its own
        _bring_up_to_date(connection, path, backups, patience, is_read_only=is_read_only)
        connection.set_authorizer(_authorize)
        return Store(path, connection, patience, is_read_only=is_read_only)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, FAILURES) and (trouble := trouble_of(error, path)) is not None:
            raise trouble from None
        raise


def _create(path: Path, patience: float) -> None:
    """A new database under its name only when it is whole: another program may be starting as well."""
    with failing_calmly(path):
        make_folder(path.parent)
        temporary = new_file(path)
        try:
            with closing(connect(temporary, patience=patience)) as connection:
                migrate(connection, path, patience)
            give_name(temporary, path)
        except sqlite3.Error as error:
            raise (trouble_of(error, path) or error) from None
        finally:
            discard(temporary)


def _bring_up_to_date(
    connection: sqlite3.Connection, path: Path, backups: int, patience: float, *, is_read_only: bool
) -> None:
    schema = check_schema(connection, path, patience)
    if schema < known_schema():
        if is_read_only:
            raise StoreTrouble("store-read-only", path)
        from playbook.store.backup import keep_schema

        keep_schema(path, schema, backups, patience)
        migrate(connection, path, patience)
    if not patiently(lambda: is_sound(connection), patience, path):
        raise StoreTrouble("store-damaged", path)
    if not is_read_only:
        patiently(lambda: connection.execute("PRAGMA journal_mode=DELETE").fetchall(), patience, path)
