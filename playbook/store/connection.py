"""How the database file is opened: one way, whatever for."""

import sqlite3
from pathlib import Path

from playbook.store.place import is_writable

_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=EXTRA",  # with a rollback journal: a commit is on disk, its folder too
    "PRAGMA secure_delete=ON",  # what was deleted is not left readable in the file
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_spill=OFF",  # so that a long change meets a reader at COMMIT only, which waits
)


def connect(path: Path, *, patience: float, read_only: bool = False) -> sqlite3.Connection:
    """A connection that never creates a file and waits `patience` seconds for others; raises sqlite3.Error."""
    mode = "ro" if read_only else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=patience)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def connect_as_allowed(path: Path, *, patience: float) -> sqlite3.Connection:
    """A connection that may write where the file allows it; a journal left by a crash needs that."""
    return connect(path, patience=patience, read_only=not is_writable(path))


def schema_of(connection: sqlite3.Connection) -> tuple[int, int]:
    """Whose file it is (`application_id`) and the number of its schema."""
    [(owner,)] = connection.execute("PRAGMA application_id").fetchall()
    [(schema,)] = connection.execute("PRAGMA user_version").fetchall()
    return int(owner), int(schema)
