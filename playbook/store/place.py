"""Private files and folders, and names that are never overwritten."""

import os
from contextlib import suppress
from pathlib import Path

from playbook.store.trouble import StoreTrouble

SIDES = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a database."""


def make_folder(folder: Path) -> None:
    """Makes a folder and those above it that are missing, for its owner only."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(0o700)


def new_file(beside: Path) -> Path:
    """An empty private file with a name of its own in the same folder."""
    path = beside.with_name(f".{beside.name}.{os.urandom(8).hex()}")
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        if hasattr(os, "fchmod"):
            os.fchmod(descriptor, 0o600)  # a strict umask would take the owner's rights away too
    finally:
        os.close(descriptor)
    return path


def discard(path: Path) -> None:
    """Removes a file of ours with its side files, if they are there."""
    for name in (path.name, *(path.name + side for side in SIDES)):
        with suppress(OSError):
            path.with_name(name).unlink()


def give_name(temporary: Path, path: Path) -> None:
    """Gives a finished file its name, unless another program was first; on disk when it returns."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes names in a folder last, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def look(path: Path) -> bool:
    """Whether there is a database file at all; raises StoreTrouble for what cannot be one. Opens nothing."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        raise StoreTrouble("store-unreadable", path) from None
    if not path.is_file():
        raise StoreTrouble("store-unreadable", path)
    if found.st_size == 0:  # to SQLite a valid, empty database
        raise StoreTrouble("store-damaged", path)
    return True


def is_writable(path: Path) -> bool:
    """Whether this program may change the file; SQLite needs its folder as well, for the journal."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
