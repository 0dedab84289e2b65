"""Mending files where they stand: only the mended places change, and only if nobody else wrote meanwhile."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from playbook.files.atomic import write_atomically
from playbook.files.decode import LARGEST, decode
from playbook.files.mend import mend
from playbook.files.mend.change import Mend
from playbook.locations import shipped_library

Kept = Literal["", "kept-shipped", "kept-read-only", "kept-changed", "kept-failed"]
"""Why a file was left as it is; "" when it was written."""

_MARK = b"\xef\xbb\xbf"


class FileMended(NamedTuple):
    """A file with slips that could be mended."""

    file: Path
    mends: tuple[Mend, ...]
    kept: Kept
    reason: str = ""
    """What the system said when it could not be written."""


def mend_files(paths: Iterable[Path]) -> list[FileMended]:
    """Mends these files; those in which nothing can be mended are not named."""
    return [mended for path in paths if (mended := mend_file(path)) is not None]


def mend_file(path: Path) -> FileMended | None:
    """Mends one file; None when there is nothing to mend in it, or it cannot be read."""
    try:
        target = path.resolve()
        if target.stat().st_size > LARGEST:
            return None
        raw = target.read_bytes()
    except (OSError, RuntimeError):  # RuntimeError: links that lead in a circle
        return None
    decoded = decode(raw)
    mended = mend(decoded.text, path.stem) if decoded.problem is None else None
    if mended is None or not mended.mends:
        return None
    content = (_MARK if decoded.has_bom else b"") + mended.text.encode()
    try:
        return FileMended(path, mended.mends, write_back(target, raw, content))
    except OSError as error:
        return FileMended(path, mended.mends, "kept-failed", error.strerror or "")


def write_back(target: Path, before: bytes, content: bytes) -> Kept:
    """Puts the content in the file's place, if that is the user's and still as it was read; raises OSError."""
    if target.is_relative_to(shipped_library().resolve()):
        return "kept-shipped"
    if not os.access(target, os.W_OK):
        return "kept-read-only"
    mode = stat.S_IMODE(target.stat().st_mode)
    if target.read_bytes() != before:
        return "kept-changed"
    write_atomically(target, content, mode)
    return ""
