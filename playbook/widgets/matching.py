"""Finding what was typed in what is shown, without regard to case and accents."""

import unicodedata
from collections.abc import Iterable, Sequence

from playbook.widgets.spans import Span, Spans


def folded(text: str) -> str:
    """The text for comparing, letter for letter: places in it are places in the text."""
    if text.isascii():
        return text.lower()
    return "".join(_fold(letter) for letter in text)


def _fold(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0].lower()
    return base if len(base) == 1 else letter


def words_of(wanted: str) -> tuple[str, ...]:
    """What was typed, as folded words."""
    return tuple(folded(wanted).split())


def matches(words: Iterable[str], text: str) -> bool:
    """Whether every word stands somewhere in the text."""
    text = folded(text)
    return all(word in text for word in words)


def marked(parts: Iterable[Span], words: Sequence[str]) -> Spans:
    """The spans with every place where one of the words stands in the tone `match`."""
    out: list[Span] = []
    for text, tone in parts:
        last = 0
        for start, end in _places(folded(text), words):
            out += [Span(text[last:start], tone), Span(text[start:end], "match")]
            last = end
        out.append(Span(text[last:], tone))
    return tuple(span for span in out if span.text)


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand, in order and without overlaps."""
    found: list[tuple[int, int]] = []
    for word in words:
        start = text.find(word)
        while word and start >= 0:
            found.append((start, start + len(word)))
            start = text.find(word, start + len(word))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
