"""From the bytes of a file to its text: strict UTF-8, and a problem where that fails."""

from hashlib import blake2b
from typing import NamedTuple

from playbook.core.problems import Problem

LARGEST = 1_500_000
"""Bytes a file may have: thousands of steps. More could hold a reader up for seconds."""

_BOM = b"\xef\xbb\xbf"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class Decoded(NamedTuple):
    """A file's text without its byte order mark."""

    text: str
    has_bom: bool
    problem: Problem | None


def decode(raw: bytes) -> Decoded:
    """The text of a file; with a problem (and no text) when it is too large or is not UTF-8."""
    if len(raw) > LARGEST:
        return Decoded("", False, too_large(len(raw)))
    has_bom = raw.startswith(_BOM)
    body = raw[len(_BOM) :] if has_bom else raw
    if raw.startswith(_WIDE) or raw[:64].count(0) > len(raw[:64]) // 4:
        return Decoded("", False, Problem("utf-16", args={"line": 1, "column": 1}))
    try:
        return Decoded(body.decode("utf-8"), has_bom, None)
    except UnicodeDecodeError as error:
        line, column = _place(body, error.start)
        return Decoded("", has_bom, Problem("utf-8", args={"line": line, "column": column}))


def too_large(size: int) -> Problem:
    """The problem of a file of so many bytes."""
    return Problem("file-large", args={"size": size // 1000, "most": LARGEST // 1000})


def hash_of(text: str) -> str:
    """32 hex digits that stand for this text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _place(raw: bytes, start: int) -> tuple[int, int]:
    """Line and column of a byte, from 1."""
    begin = raw.rfind(b"\n", 0, start) + 1
    return raw.count(b"\n", 0, start) + 1, len(raw[begin:start].decode("utf-8", "replace")) + 1
