"""The Spanish that may be seen: the words of the catalogue and of the Spanish library."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import tomli
from babel.messages.catalog import Message

from docs.catalogue import catalogues, read

ROOT = Path(__file__).parents[1]
WORD = re.compile(r"[^\W\d_]{2,}")
NAMES = {
    "playbook",
    "ana",
    "bodega",
    "luz",
    "begoña",
    "arce",
    "correo",
    "example",
    "enter",
    "esc",
    "tab",
    "space",
    "ctrl",
    "del",
    "supr",
    "shift",
    "up",
    "down",
    "left",
    "right",
}
"""The program, the people of this test, and keys as keyboards have them"""


NO_WORDS = re.compile(r"\w*…|\b[a-z]+(-[a-z]+)+\b|[\w.]*/[\w/.-]+")
"""What a column cut, ids, and names of runs and files."""


def words_of(text: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(text)}


READ = frozenset({
    "title", "summary", "start_when", "tags", "start_label", "target_label", "roles", "intro", "pause", "guide", "say",
    "subject", "body", "label", "help", "choices", "text", "default", "area",
})  # fmt: skip
"""Keys of a playbook file whose texts people read; what stands under others is a word of the format."""


def strings(value: object, *, is_read: bool = False) -> Iterator[str]:
    """The texts of a TOML table that people read."""
    if isinstance(value, str) and is_read:
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, is_read=is_read or key in READ)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, is_read=is_read)


def forms(message: Message) -> Iterable[object]:
    return message.string if isinstance(message.string, (tuple, list)) else [message.string]


@cache
def spanish() -> set[str]:
    """The words of the catalogue, of the Spanish library, and of the data of this test."""
    texts = [str(form) for m in read(catalogues()[0]) if m.id for form in forms(m)]
    for path in (ROOT / "playbooks" / "es").glob("*.toml"):
        texts += strings(tomli.loads(path.read_text("utf-8")))
    return set().union(*map(words_of, texts)) | NAMES
