"""What stands for signs and letters on a terminal or pipe that has none for them, such as a Latin-1 one."""

import codecs
import unicodedata
from collections.abc import Mapping

PLAIN = "playbook.plain"
"""Name of the error handler, for `reconfigure(errors=…)`."""

_STANDS_FOR: Mapping[str, str] = {
    "☐": "_", "✓": "x", "↷": "s", "–": "-", "—": "-", "★": "*", "·": "-", "…": "...", "›": ">", "→": "->",
    "“": '"', "”": '"', "«": '"', "»": '"', "¿": "", "¡": "", "‘": "'", "’": "'", "≤": "<=", "≥": ">=",
}  # fmt: skip
"""Signs of ours; every other letter loses its accent, or becomes a question mark."""


def register() -> None:
    """Make the handler known."""
    codecs.register_error(PLAIN, _plain)


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(plain_letter, error.object[error.start : error.end])), error.end


def plain_letter(letter: str) -> str:
    """ASCII for a letter or sign."""
    folded = unicodedata.normalize("NFD", letter).encode("ascii", "ignore").decode()
    return _STANDS_FOR.get(letter, folded or "?")
