"""Words that are looked for: how a typed text becomes some, what holds them, and what is found."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from playbook.core.text import folded

_WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 8


def words_of(text: str) -> tuple[str, ...]:
    """The words of a typed text, each once, without case and accents; what is no letter or digit parts them."""
    return tuple(dict.fromkeys(_WORD.findall(folded(text))))[:MOST_WORDS]


def missing(words: Iterable[str], *texts: str) -> tuple[str, ...]:
    """The words with which no word of the texts begins; a single letter must be a word of its own."""
    there = {part for text in texts for part in _WORD.findall(folded(text))}
    return tuple(word for word in words if not any(_begins(part, word) for part in there))


def _begins(part: str, word: str) -> bool:
    return part == word or (len(word) > 1 and part.startswith(word))


def as_query(words: Sequence[str]) -> str:
    """The words for SQLite's `match`: all of them, each as the beginning of a word."""
    return " ".join(f'"{word}"*' if len(word) > 1 else f'"{word}"' for word in words)


_AHEAD, _REACH = 20, 30
"""Letters shown before a word that was found, and how far into a text it may stand to need no cutting."""


def excerpt(text: str, words: Sequence[str]) -> str:
    """What to show of a text that was found: its first line, and from later ones those that hold a word.

    A text in which a word stands far behind begins a little before it.
    """
    first, *rest = text.split("\n")
    shown = " · ".join([first, *(line for line in rest if len(missing(words, line)) < len(words))])
    if len(shown) < 2 * _REACH:
        return shown
    for match in _WORD.finditer(shown):
        if any(_begins(folded(match[0]), word) for word in words):
            begin = shown.rfind(" ", 0, max(match.start() - _AHEAD, 0)) + 1
            return shown if match.start() < _REACH else "… " + shown[begin:]
    return shown


class Hit(NamedTuple):
    """One thing that holds every word, itself or with its client and its run."""

    kind: str
    """client, run, step, note or entry."""
    client_id: str
    client_slug: str
    client_name: str
    text: str
    """What was found: a name, a title, a note, what was logged."""
    run_id: str = ""
    run_name: str = ""
    run_title: str = ""
    state: str = ""
    """Of a run or a step."""
    step: str = ""
    """A step's id; of a note where it is, "" = on the run."""
    entry: int = 0
    entry_kind: str = ""
    at: str = ""
    """The day or instant an entry is about; of a note the instant (UTC) it was written."""
