"""A terminal's screen in memory: raw output in, cells and text out."""

import codecs
import re

import pyte
from wcwidth import wcwidth


class _Grid(pyte.Screen):
    """pyte's cells, which drop the rest of a text after a joiner unless each mark is put in its cell here."""

    def draw(self, data: str) -> None:
        for part in _runs(data):
            if part and wcwidth(part[0]) == 0:
                line, place = self.buffer[self.cursor.y], max(self.cursor.x - 1, 0)
                line[place] = line[place]._replace(data=line[place].data + part)
            elif part and wcwidth(part[0]) > 0:
                super().draw(part)


def _runs(text: str) -> list[str]:
    """Runs of letters that take a cell, and each that takes none by itself."""
    if text.isascii() and text.isprintable():
        return [text]
    parts = [""]
    for letter in text:
        if wcwidth(letter) > 0:
            parts[-1] += letter
        else:
            parts += [letter, ""]
    return parts


SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]"  # CSI
    r"|[\]PX^_][^\x1b\x07]*(?:\x07|\x1b\\)"  # OSC, DCS, SOS, PM, APC up to their end
    r"|[ -/]*[0-~])"
)
UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x1b\x07]*\x1b?|[ -/]*)\Z")
_DRAWN = re.compile(r"\x1b(?:\[[0-9;]*[@A-HJ-MPX`adefgmr]|\[\?[0-9;]*[hl]|[78DEHMc])")


class Screen:
    """What a terminal of a size shows after some output, alternate screen included."""

    def __init__(self, columns: int, rows: int) -> None:
        self._grids = (_Grid(columns, rows), _Grid(columns, rows))
        self._streams = tuple(pyte.Stream(grid) for grid in self._grids)
        self._shown = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""

    def feed(self, data: bytes) -> None:
        """Draws some more output; a sequence cut in two waits for its other half."""
        text = self._held + self._decoder.decode(data)
        unfinished = UNFINISHED.search(text)
        end = unfinished.start() if unfinished else len(text)
        text, self._held = text[:end], text[end:]
        place = 0
        for match in SEQUENCE.finditer(text):
            self._streams[self._shown].feed(text[place : match.start()])
            self._obey(match[0])
            place = match.end()
        self._streams[self._shown].feed(text[place:])

    def _obey(self, sequence: str) -> None:
        if sequence in ("\x1b[?1049h", "\x1b[?1049l"):
            self._shown = int(sequence.endswith("h"))
            if self._shown:
                self._grids[1].erase_in_display(2)
        elif _DRAWN.fullmatch(sequence):  # pyte draws the rest of what it does not know
            self._streams[self._shown].feed(sequence)

    def resize(self, columns: int, rows: int) -> None:
        for grid in self._grids:
            grid.resize(rows, columns)

    def cells(self) -> tuple[tuple[object, ...], ...]:
        """Every cell with its style, to compare two moments by."""
        grid = self._grids[self._shown]
        return tuple(tuple(grid.buffer[y][x] for x in range(grid.columns)) for y in range(grid.lines))

    def lines(self) -> list[str]:
        """The rows from the top, without blanks at their ends."""
        grid = self._grids[self._shown]
        rows = (grid.buffer[y] for y in range(grid.lines))
        return ["".join(row[x].data for x in range(grid.columns)).rstrip() for row in rows]

    def text(self) -> str:
        return "\n".join(self.lines())
