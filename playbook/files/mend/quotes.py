"""Quotes that keep a text from being TOML: curly ones around a value, and straight ones inside it.

Nothing is guessed: where it is not plain which quotes open and which close, there is no change.
"""

import re

from playbook.files.mend.change import Change, Edit
from playbook.files.mend.layout import ENDS, TOKEN, Layout

SPANISH = ("¿", "¡")
"""Signs that a Spanish sentence may begin with."""

MOST = 500
"""Changes that are tried together."""

_CLOSED_BY = {"“": "”", "„": "“”", "‟": "”", "”": "”", "«": "»", "‘": "’", "‚": "‘’", "’": "’"}
_TRIPLE = re.compile("[“”„]{3}")
_TOKEN_OR_CURLY = re.compile(f"{TOKEN.pattern}|[{''.join(_CLOSED_BY)}]", TOKEN.flags)


def curly_quotes(layout: Layout, offset: int) -> Change | None:
    """Straight quotes for the curly ones around the value that begins, or ends its line, at this letter."""
    text = layout.text
    if text[offset : offset + 1] not in _CLOSED_BY:
        return _curly_end(layout, offset)
    if _TRIPLE.match(text, offset):
        return _curly_triple(text, offset)
    end = _curly_close(layout, offset)
    content = text[offset + 1 : end]
    if end < 0 or "\\" in content or not ENDS.match(text, end + 1):
        return None
    return Change("curly-quotes", offset, (Edit(offset, end + 1, quoted(content)),), {})


def curly_values(layout: Layout, offset: int) -> list[Change]:
    """Straight quotes for the curly ones around this value and those after it, as far as they are plain."""
    changes: list[Change] = []
    while offset >= 0 and len(changes) < MOST and (change := curly_quotes(layout, offset)):
        changes.append(change)
        rest = _TOKEN_OR_CURLY.finditer(layout.text, change.edits[-1].end)
        offset = next((token.start() for token in rest if token[0] in _CLOSED_BY), -1)
    return changes


def inner_quotes(layout: Layout, offset: int) -> Change | None:
    """Other quotes around the text that a quote in its middle ended right before this letter."""
    span = layout.text_before(offset)
    if span is None or layout.text.startswith(('"""', "'''"), span[0]):
        return None
    begin, quote = span[0], layout.text[span[0]]
    end, inside = _closing(layout, begin + 1, quote)
    content = layout.text[begin + 1 : end]
    if end < 0 or not inside or not ENDS.match(layout.text, end + 1):
        return None
    if "\\" not in content:
        new = quoted(content)
    elif quote == '"':
        letters = list(content)
        for place in inside:
            letters[place - begin - 1] = '\\"'
        new = '"' + "".join(letters) + '"'
    else:
        return None
    return Change("inner-quotes", begin, (Edit(begin, end + 1, new),), {})


def quoted(content: str) -> str:
    """A text without backslashes in the quotes that read best."""
    if '"' not in content:
        return f'"{content}"'
    return f"'{content}'" if "'" not in content else '"' + content.replace('"', '\\"') + '"'


def _curly_close(layout: Layout, offset: int) -> int:
    """The quote that closes the curly one at this letter, on the same line; -1 when that is not certain."""
    text, opener = layout.text, layout.text[offset]
    closers, depth = _CLOSED_BY[opener], 0
    end = layout.line_end(offset)
    for place in range(offset + 1, end):
        letter = text[place]
        if letter == "’" and text[place - 1].isalnum() and text[place + 1 : place + 2].isalnum():
            continue
        if letter in closers and depth == 0:
            return place
        depth += (letter == opener) - (letter in closers)
    straight = "'" if opener in "‘’‚" else '"'
    places = [place for place in range(offset + 1, end) if text[place] == straight]
    return places[0] if len(places) == 1 and depth == 0 else -1


def _curly_triple(text: str, offset: int) -> Change | None:
    close = _TRIPLE.search(text, offset + 3)
    content = text[offset + 3 : close.start()] if close else ""
    is_plain = not any(part in content for part in ('"""', "\\")) and not content.endswith('"')
    if close is None or not content or not is_plain or not ENDS.match(text, close.end()):
        return None
    edits = (Edit(offset, offset + 3, '"""'), Edit(close.start(), close.end(), '"""'))
    return Change("curly-quotes", offset, edits, {})


def _curly_end(layout: Layout, offset: int) -> Change | None:
    """A text that a straight quote opens and a curly one closes, at the end of its line."""
    begin = layout.open_quote(offset)
    if begin < 0 or layout.line(begin) != layout.line(offset):
        return None
    rest = layout.text[begin + 1 : layout.line_end(begin)]
    content = rest.rstrip(" \t,}]")
    last = content[-1:]
    straight = layout.text[begin]
    closes = last in ("”", "“", "»") if straight == '"' else last == "’"
    inner = content[:-1]
    is_plain = not any(letter in inner for letter in "\\“”„«»‘’‚‟")
    if not content or not closes or not is_plain:
        return None
    place = begin + len(content)
    return Change("curly-quotes", begin, (Edit(place, place + 1, straight),), {})


def _closing(layout: Layout, begin: int, quote: str) -> tuple[int, list[int]]:
    """The quote that ends the text which begins here, and the quotes inside it, which come in pairs of words.

    A quote inside opens after a blank and before a letter; an apostrophe stands between two letters.
    """
    text, inside, is_open = layout.text, list[int](), False
    place, end = begin, layout.line_end(begin)
    while place < end:
        letter, before, after = text[place], text[place - 1], text[place + 1 : place + 2]
        if letter == "\\" and quote == '"':
            place += 1
        elif letter == quote:
            is_apostrophe = quote == "'" and before.isalnum() and after.isalnum()
            opens = (place == begin or before in " \t(") and (after.isalnum() or after in SPANISH)
            if not is_apostrophe and not is_open and not opens:
                return place, inside
            if not is_apostrophe and is_open and before.isspace():
                return -1, inside
            is_open ^= not is_apostrophe
            inside.append(place)
        place += 1
    return -1, inside
