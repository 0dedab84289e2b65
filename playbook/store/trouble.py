"""What can go wrong with the database file, as one exception with a code, and patience with a busy one."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar

from playbook.core.text import clean

T = TypeVar("T")

_CODES = {
    sqlite3.SQLITE_BUSY: "store-busy",
    sqlite3.SQLITE_LOCKED: "store-busy",
    sqlite3.SQLITE_NOTADB: "store-damaged",
    sqlite3.SQLITE_CORRUPT: "store-damaged",
    sqlite3.SQLITE_FULL: "store-full",
    sqlite3.SQLITE_READONLY: "store-read-only",
    sqlite3.SQLITE_CANTOPEN: "store-unreadable",
    sqlite3.SQLITE_PERM: "store-unreadable",
    sqlite3.SQLITE_IOERR: "store-unreadable",
}
_NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_LONGEST_PAUSE = 0.02


class StoreTrouble(Exception):  # noqa: N818 - expected trouble, not an error of the program
    """Why the store cannot be used: store-busy, -damaged, -newer, -read-only, -full, -unreadable or -replaced.

    `values` names the file (`path`), and for store-newer the schemas `found` and `known` and the program
    that is `needed`. Nothing SQLite said is in it: its messages quote data.
    """

    def __init__(self, code: str, path: Path, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values: dict[str, Any] = {"path": clean(str(path)), **more}


FAILURES = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; the second when a message of its own quotes damage."""


def trouble_of(error: Exception, path: Path) -> StoreTrouble | None:
    """The trouble an error of SQLite stands for; None when it is a fault of the program."""
    if isinstance(error, UnicodeDecodeError):
        return StoreTrouble("store-damaged", path)
    number = getattr(error, "sqlite_errorcode", None)
    if number is not None:
        code = _CODES.get(number & 0xFF)
        return StoreTrouble(code, path) if code else None
    # Python raises this one itself, for text in the file that is no text any more.
    return StoreTrouble("store-damaged", path) if "decode to UTF-8" in str(error) else None


def patiently(action: Callable[[], T], patience: float, path: Path) -> T:
    """What the action returns, tried again in short slices while the file is busy, for `patience` seconds."""
    deadline = monotonic() + patience
    pause = 0.001
    while True:
        try:
            return action()
        except FAILURES as error:
            trouble = trouble_of(error, path)
            if trouble is None:
                raise
            if trouble.code != "store-busy" or monotonic() >= deadline:
                raise trouble from None
        sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


@contextmanager
def failing_calmly(path: Path) -> Iterator[None]:
    """Turns what the file system refuses inside the block into StoreTrouble about `path`."""
    try:
        yield
    except OSError as error:
        code = "store-full" if error.errno in _NO_ROOM else "store-read-only"
        raise StoreTrouble(code, path) from None
