"""Where statements, lines and texts begin and end in a TOML text, found without reading what they say.

Only as much of a text may be asked about as the parser got through: there no quote is left open.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

TOKEN = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']++|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]++|\\[^\n])*"'
    r"|'[^'\n]*+'"
    r"""|\#[^\n]*+|[\[\]{}\n"']""",
    re.DOTALL,
)
"""Texts, remarks, brackets and line ends; a quote alone is one that is never closed.

Only single letters are repeated without a way back: before Python 3.11.5 groups that are can miss what they should
find. What may repeat in each text excludes itself, so that a text that is never closed costs no more than its length.
"""

ENDS = re.compile(r"[ \t]*(?:[,\]}#]|\r?\n|\Z)")
"""What may follow a value."""

_BLANK = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*")
_VALUE = re.compile(r"[^=\n]*=[ \t]*")


class Layout:
    """One text, measured."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def offset(self, line: int, column: int) -> int:
        """The letter at a line and column, both from 1."""
        return min(self._lines[min(line, len(self._lines)) - 1] + column - 1, len(self.text))

    def line(self, offset: int) -> int:
        """The line of a letter, from 1."""
        return bisect_right(self._lines, offset)

    def line_start(self, offset: int) -> int:
        """The first letter of the line a letter stands on."""
        return self._lines[self.line(offset) - 1]

    def line_end(self, offset: int) -> int:
        """The place before the line's end."""
        end = self.text.find("\n", offset)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[end - 1 : end] == "\r" and end > offset else end

    @property
    def eol(self) -> str:
        """How this text ends its lines."""
        return "\r\n" if "\r\n" in self.text[:100_000] else "\n"

    def statements(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Where each heading or `key = value` begins and its last line ends, remark and line end included."""
        while True:
            blank = _BLANK.match(self.text, start)
            begin = blank.end() if blank else start
            if begin >= min(stop, len(self.text)):
                return
            start = self.statement_end(begin)
            yield begin, start

    def statement_end(self, begin: int) -> int:
        """Where the lines of a statement end."""
        depth = 0
        for token in TOKEN.finditer(self.text, begin):
            letter = token[0]
            if letter in "[{":
                depth += 1
            elif letter in "]}":
                depth -= 1
            elif letter == "\n" and depth <= 0:
                return token.end()
        return len(self.text)

    def body_end(self, heading: int | None) -> int:
        """Where the last line of a table's own keys ends; without a heading, of the keys at the top."""
        end = -1 if heading is None else self.statement_end(heading)
        for begin, after in self.statements(max(end, 0), len(self.text)):
            if self.text[begin] == "[":
                return end if end >= 0 else self.line_start(begin)
            end = after
        return max(end, 0)

    def text_before(self, offset: int) -> tuple[int, int] | None:
        """The text in quotes that ends right before a letter, blanks aside."""
        found = None
        for token in TOKEN.finditer(self.text, 0, offset):
            found = token
        if found is None or len(found[0]) < 2 or found[0][0] not in "\"'":
            return None
        return found.span() if not self.text[found.end() : offset].strip(" \t") else None

    def open_quote(self, stop: int) -> int:
        """The quote before this letter that is never closed on its line; -1 when there is none."""
        quotes = (token.start() for token in TOKEN.finditer(self.text, 0, stop) if token[0] in "\"'")
        return next(quotes, -1)

    def value_text(self, key: int) -> tuple[int, int] | None:
        """The one-line text in quotes that stands at a letter, or is the value of the key that begins there."""
        begin = key
        if self.text[key : key + 1] not in ('"', "'"):
            match = _VALUE.match(self.text, key)
            if match is None:
                return None
            begin = match.end()
        token = TOKEN.match(self.text, begin)
        is_text = token is not None and len(token[0]) >= 2 and token[0][0] in "\"'"
        return (
            token.span()
            if token is not None and is_text and not token[0].startswith(('"""', "'''"))
            else None
        )
