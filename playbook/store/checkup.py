"""What `doctor` looks at: the file, its structure, the journal, the copies of playbooks, and who may read it."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playbook.core.problems import Problem
from playbook.core.text import clean
from playbook.store.backup import automatic, folder_of
from playbook.store.database import Store
from playbook.store.journal import digest, verify
from playbook.store.migrations import known_schema
from playbook.store.trouble import StoreTrouble


class Checkup(NamedTuple):
    """How the store is."""

    sqlite: str
    """Version of SQLite."""
    schema: int
    """Number of the schema."""
    operations: int
    """Operations in the journal."""
    backups: int
    """Automatic copies there are."""
    problems: tuple[Problem, ...]
    """What is wrong; advice only for files that others may read."""


def check(store: Store) -> Checkup:
    """Everything that can be wrong with a store that opened.

    Codes: `store-faults` (`count`), `store-references` (`count`), `journal-changed` (`seq`), `journal-missing`
    (`subject`, `expected`, `found`), `version-changed` (`playbook`, `version`), `store-damaged` (`path`), and as
    advice `store-open-to-others` (`path`, `mode`).
    """
    problems = [*_damage(store), *_open_to_others(store.path)]
    try:
        [(operations,)] = store.read("select count(*) from operation")
    except StoreTrouble:
        operations = 0
    backups = len(automatic(folder_of(store.path)))
    return Checkup(sqlite3.sqlite_version, known_schema(), operations, backups, tuple(problems))


def _damage(store: Store) -> Iterator[Problem]:
    trouble: StoreTrouble | None = None
    for find in (_faults, _references, verify, _versions, _lists):
        try:
            yield from find(store)
        except StoreTrouble as found:
            trouble = found
    if trouble is not None:  # once, however many of them met it
        yield Problem(trouble.code, args=trouble.values)


def _faults(store: Store) -> Iterator[Problem]:
    rows = store.read("PRAGMA quick_check")
    if rows != [("ok",)]:
        yield Problem("store-faults", args={"count": len(rows)})


def _references(store: Store) -> Iterator[Problem]:
    if rows := store.read("PRAGMA foreign_key_check"):
        yield Problem("store-references", args={"count": len(rows)})


def _versions(store: Store) -> Iterator[Problem]:
    for (version,) in store.read("select hash from version order by hash"):
        query = "select hash, playbook, language, title, text, data, v, digest from version where hash = ?"
        for *values, kept in store.read(query, (version,)):
            if digest(values) != kept:
                yield Problem("version-changed", args={"playbook": values[1], "version": version})


def _lists(store: Store) -> Iterator[Problem]:
    """No problem of its own: reading every row tells whether it can be read."""
    for table, key in _KEYS.items():
        columns = key.split(", ")
        marks = ", ".join("?" for _ in columns)
        after, last = "", ()
        [(count,)] = store.read(f"select count(*) from {table}")
        for _ in range(count // _PAGE + 1):  # a damaged tree may lead round in circles
            rows = store.read(f"select {key}, * from {table} {after} order by {key} limit {_PAGE}", last)
            if not rows:
                break
            after, last = f"where ({key}) > ({marks})", rows[-1][: len(columns)]
    yield from ()


_KEYS = {
    "client": "id", "run": "id", "step": "run, step_id", "entry": "client, n", "version_step": "version, step_id",
    "tally": "subject", "taken": "name", "passage": "id", "remark": "id",
}  # fmt: skip
_PAGE = 1000


def _open_to_others(path: Path) -> Iterator[Problem]:
    if os.name == "nt":
        return
    for place in (path.parent, path, folder_of(path), *automatic(folder_of(path))):
        if place.exists() and (mode := stat.S_IMODE(place.stat().st_mode)) & 0o077:
            args = {"path": clean(str(place)), "mode": f"{mode:04o}"}
            yield Problem("store-open-to-others", args=args, level="advice")
