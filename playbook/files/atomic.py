"""Writing files so that there is always the old one or the new one, whole.

A writer that is killed, or whose machine goes down, can clear nothing up. What it leaves beside the file bears a
name that no other program gives, and the next write in the folder takes it away, as does `sweep` for whoever
starts or looks at the folder.
"""

import os
import re
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

ENDING = ".playbook-tmp"
"""How the names of our unfinished files end."""

_OURS = re.compile(rf"\..{{1,40}}\.[a-z0-9_]{{8}}{re.escape(ENDING)}", re.DOTALL)


def write_atomically(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Puts this content at `path`; raises OSError and leaves the old file when it cannot.

    The new content is on the disk before it takes the old one's place, and nothing temporary stays behind, not
    even of a writer that was killed here before. A symbolic link is replaced, not followed: who means the file
    behind it resolves the path first.
    """
    file, temporary = _begun(path)
    try:
        with file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            temporary.chmod(mode)
            if sys.platform != "win32":
                temporary.replace(path)  # under the lock: nobody may take it for left behind
        if sys.platform == "win32":
            temporary.replace(path)  # an open file cannot be moved there
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)
    sweep(path.parent)


def sweep(folder: Path) -> None:
    """Takes away what killed writers left in a folder; never raises, and touches nothing of anybody else's.

    Certain on both counts. The name: a dot, the file's, eight random letters and an ending of our own. The writer:
    it holds a lock on its file until that has its final name, and the system lets go of the lock when the writer
    dies, however it does. A number of a process in the name would say less (it is given away again, and means
    another process on another machine), and an age would keep the rests of a crash for the next start.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for name in [entry.name for entry in entries if _OURS.fullmatch(entry.name)]:
            with suppress(OSError):
                _take_away(folder / name)


def _begun(path: Path) -> tuple[BinaryIO, Path]:
    """A new file beside `path`, open and locked; raises OSError."""
    while True:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=ENDING, dir=path.parent)
        _lock(handle, waits=True)
        if os.fstat(handle).st_nlink or sys.platform == "win32":
            return os.fdopen(handle, "wb"), Path(name)
        os.close(handle)  # another program swept it away before it was locked


def _take_away(path: Path) -> None:
    """Deletes an unfinished file whose writer is gone."""
    if sys.platform == "win32":
        path.unlink()  # Windows has no such lock, and refuses this while a writer has the file open
        return
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if stat.S_ISREG(os.fstat(handle).st_mode) and _lock(handle, waits=False):
            path.unlink()
    finally:
        os.close(handle)


def _lock(handle: int, *, waits: bool) -> bool:
    """Whether the lock on an open file was had; some file systems of other machines know none."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    """Makes the new name last through a power cut; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
