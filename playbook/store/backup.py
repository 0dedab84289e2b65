"""Copies of the database that are consistent, verified and private, and the way back from one."""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from time import monotonic

from playbook.store.connection import connect, connect_as_allowed, schema_of
from playbook.store.migrations import check_schema
from playbook.store.place import SIDES, discard, look, make_folder, new_file, sync_folder
from playbook.store.trouble import FAILURES, StoreTrouble, failing_calmly, trouble_of

_PAGES = 1024
"""Pages copied before other programs get a turn."""
_OURS = re.compile(r"playbook-(\d{4}-\d\d-\d\d|schema-\d+|replaced-\d+)\.db")


def folder_of(path: Path) -> Path:
    """Where the automatic copies of a database are."""
    return path.parent / "backups"


def automatic(folder: Path) -> list[Path]:
    """The copies made without being asked for, newest first."""
    try:
        found = [(path.stat().st_mtime_ns, path) for path in folder.iterdir() if _OURS.fullmatch(path.name)]
    except OSError:  # no folder, or another program is tidying it
        return []
    return [path for _, path in sorted(found, reverse=True)]


def backup(path: Path, target: Path, patience: float = 5.0) -> None:
    """Writes a copy of the database in `path` to `target`, replacing what is there; raises StoreTrouble.

    It has a connection of its own, so it may run in a thread beside an open store.
    """
    with failing_calmly(target):
        make_folder(target.parent)
        copy = _verified_copy(path, target, patience)
        _give(copy, target)


def discard_automatic(folder: Path) -> int:
    """Deletes every copy made without being asked for; returns how many there were."""
    found = automatic(folder)
    for path in found:
        for name in (path, *(path.with_name(path.name + side) for side in SIDES)):
            discard(name)
    return len(found)


def backup_if_due(path: Path, folder: Path, today: date, keep: int) -> Path | None:
    """The day's first copy; None when there is one already. The newest `keep` automatic ones stay."""
    target = folder / f"playbook-{today.isoformat()}.db"
    if keep < 1 or target.exists():
        return None
    backup(path, target)
    _prune(folder, keep)
    return target


def keep_schema(path: Path, schema: int, keep: int, patience: float) -> None:
    """A copy of the database as it was in this schema, made before a migration."""
    folder = folder_of(path)
    target = folder / f"playbook-schema-{schema}.db"
    with failing_calmly(target):
        make_folder(folder)
        copy = _verified_copy(path, target, patience)
        with closing(connect(copy, patience=patience)) as connection:
            _, copied = schema_of(connection)
        if copied != schema:  # another program migrated meanwhile, after a copy of its own
            discard(copy)
            return
        _give(copy, target)
    _prune(folder, keep)


def restore(path: Path, source: Path, patience: float = 5.0) -> Path | None:
    """Puts the copy in `source` in place of the database, which is kept; returns where, if there was one.

    Raises StoreTrouble and changes nothing when the source is no playbook database of a schema we know. No
    store may be open on `path` in this program; in others the restored data appears like any other change.
    """
    if not look(source):
        raise StoreTrouble("store-unreadable", source)
    with failing_calmly(path):
        make_folder(path.parent)
        copy = _copy_of_ours(source, path, patience)
        try:
            kept = _keep_replaced(path, patience) if path.exists() else None
            _put(copy, path, patience)
        finally:
            discard(copy)
    return kept


def _copy_of_ours(source: Path, target: Path, patience: float) -> Path:
    """A verified copy of a playbook database of a schema we know."""
    try:
        copy = _verified_copy(source, target, patience)
        try:
            with closing(connect(copy, patience=patience)) as connection:
                check_schema(connection, source, patience)
        except BaseException:
            discard(copy)
            raise
    except StoreTrouble as trouble:
        if trouble.code == "store-damaged":
            raise StoreTrouble("store-foreign", source) from None
        raise
    return copy


def _verified_copy(source: Path, target: Path, patience: float) -> Path:
    """A private file beside `target` with all that is in `source`; it may be given target's name."""
    copy = new_file(target)
    try:
        with (
            closing(connect_as_allowed(source, patience=patience)) as origin,
            closing(connect(copy, patience=patience)) as made,
        ):
            _copy_pages(origin, made, source, patience)
            made.execute("PRAGMA journal_mode=DELETE").fetchall()
            if made.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                raise StoreTrouble("store-damaged", source)
    except BaseException as error:
        discard(copy)
        if isinstance(error, FAILURES) and (trouble := trouble_of(error, source)) is not None:
            raise trouble from None
        raise
    return copy


def _copy_pages(origin: sqlite3.Connection, made: sqlite3.Connection, path: Path, patience: float) -> None:
    deadline = monotonic() + patience

    def give_up(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() > deadline:
            raise StoreTrouble("store-busy", path)

    origin.backup(made, pages=_PAGES, progress=give_up, sleep=0.01)


def _give(copy: Path, target: Path) -> None:
    copy.replace(target)
    sync_folder(target.parent)


def _keep_replaced(path: Path, patience: float) -> Path:
    """Keeps what a restore is about to replace: as a copy, or byte for byte when it cannot be read."""
    folder = folder_of(path)
    make_folder(folder)
    number = 1
    while (kept := folder / f"playbook-replaced-{number}.db").exists():
        number += 1
    try:
        _give(_verified_copy(path, kept, patience), kept)
    except StoreTrouble as trouble:
        if trouble.code != "store-damaged":
            raise
        import shutil

        copy = new_file(kept)
        with path.open("rb") as damaged, copy.open("wb") as raw:
            shutil.copyfileobj(damaged, raw)
        _give(copy, kept)
    return kept


def _put(copy: Path, path: Path, patience: float) -> None:
    """Writes the copy into the database in one transaction, or in its place when it cannot be written into.

    Written into, programs that have it open go on with the restored data; a file put in its place would leave
    them with the old one.
    """
    if path.exists():
        try:
            with (
                closing(connect(copy, patience=patience)) as origin,
                closing(connect(path, patience=patience)) as live,
            ):
                live.execute("PRAGMA journal_mode=DELETE").fetchall()
                _copy_pages(origin, live, path, patience)
            _remove(path, SIDES[1:])  # the journal may be another program's by now
            return
        except FAILURES as error:
            trouble = trouble_of(error, path)
            if trouble is None or trouble.code != "store-damaged":
                raise (trouble or error) from None
    _remove(path, SIDES)  # a stale one would be played into the restored file
    _give(copy, path)


def _remove(path: Path, sides: Sequence[str]) -> None:
    for side in sides:
        with suppress(FileNotFoundError):
            path.with_name(path.name + side).unlink()


def _prune(folder: Path, keep: int) -> None:
    for path in automatic(folder)[max(keep, 1) :]:
        with suppress(OSError):
            path.unlink()
