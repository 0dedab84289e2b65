"""Playbooks that were read before, as JSON in the cache folder. Losing them costs only time.

One file each, of two lines: the head, which is all a list needs, and the playbook's data. The head carries what
it was made from (release, path, time and size of the file); when any of it differs, the file is read again.
"""

import json
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from playbook import __version__
from playbook.core.playbook import Playbook
from playbook.core.playbook_data import from_data, to_data
from playbook.files.atomic import write_atomically
from playbook.files.decode import hash_of


class Stamp(NamedTuple):
    """What a file was when it was read."""

    path: str
    mtime_ns: int
    size: int
    release: str = __version__


class Head(NamedTuple):
    """What a list shows of a playbook."""

    id: str
    language: str
    title: str
    summary: str
    hash: str
    is_broken: bool
    saves: tuple[str, ...] = ()
    """Names its fields save under on the client."""
    digest: str = ""
    """Stands for the data below it; the cache sets it."""


class Cached(NamedTuple):
    """A playbook that was read before."""

    head: Head
    playbook: Playbook


def stamp_of(path: Path) -> Stamp:
    """The stamp of a file as it is now; raises OSError."""
    status = path.stat()
    return Stamp(str(path), status.st_mtime_ns, status.st_size)


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


class Cache:
    """The cache folder; without one nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def head(self, stamp: Stamp) -> Head | None:
        """The head kept for this stamp."""
        lines = self._lines(stamp, 1)
        return self._head(lines[0], stamp) if lines else None

    def load(self, stamp: Stamp) -> Cached | None:
        """The playbook kept for this stamp."""
        lines = self._lines(stamp, 2)
        head = self._head(lines[0], stamp) if len(lines) == 2 else None
        if head is None or head.digest != _digest(lines[1]):
            return None
        try:
            return Cached(head, from_data(json.loads(lines[1])))
        except (ValueError, TypeError, AttributeError, KeyError):
            return None

    def keep(self, stamp: Stamp, head: Head, playbook: Playbook) -> None:
        """Keeps a playbook; a cache that cannot be written is no loss."""
        if self._folder is None:
            return
        data = json.dumps(to_data(playbook), separators=(",", ":")).encode()
        first = json.dumps([*stamp, *head._replace(digest=_digest(data))]).encode()
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomically(self._file(self._folder, stamp), first + b"\n" + data)

    def _lines(self, stamp: Stamp, count: int) -> list[bytes]:
        if self._folder is None:
            return []
        try:
            with self._file(self._folder, stamp).open("rb") as file:
                return [line for line in (file.readline() for _ in range(count)) if line]
        except OSError:
            return []

    @staticmethod
    def _head(line: bytes, stamp: Stamp) -> Head | None:
        try:
            parts: Any = json.loads(line)
        except ValueError:
            return None
        width = len(Stamp._fields)
        if (
            not isinstance(parts, list)
            or len(parts) != width + len(Head._fields)
            or tuple(parts[:width]) != stamp
        ):
            return None
        head = Head._make(parts[width:])
        return head._replace(saves=tuple(head.saves)) if isinstance(parts[-2], list) else None

    @staticmethod
    def _file(folder: Path, stamp: Stamp) -> Path:
        return folder / f"{hash_of(stamp.path)}.json"
