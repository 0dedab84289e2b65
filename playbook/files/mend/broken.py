"""Slips that keep a text from being TOML, mended one place after another."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from playbook.core.problems import Problem
from playbook.files.mend.change import Change, Edit
from playbook.files.mend.layout import Layout
from playbook.files.mend.quotes import MOST, curly_values, inner_quotes

HEADER = re.compile(
    r"(\[{1,2})[ \t]*(section|section\.step|section\.step\.field|field|test)[ \t]*(\]{1,2})[ \t]*(?:#[^\n]*|\r?$)",
    re.MULTILINE,
)
"""The heading of a table of which there can be several."""

FLAGS: Mapping[str, str] = {"True": "true", "TRUE": "true", "yes": "true", "False": "false", "FALSE": "false", "no": "false"}  # fmt: skip
"""What people write for true and false."""

FLAG_KEYS = frozenset({"key", "required", "private", "answered"})
"""Keys that take nothing but true and false."""

_HEADINGS = frozenset(
    {"toml-header", "toml-table-twice", "toml-extend", "toml-key-twice", "toml-after-value"}
)
_FLAG = re.compile(r"(?<![\w.-])([a-z]+)[ \t]*=[ \t]*\Z")


def broken_changes(text: str, problem: Problem) -> Iterator[list[Change]]:
    """What may mend the place where the parser stopped: lists of changes to be tried together."""
    line, column = problem.args.get("line"), problem.args.get("column")
    if not isinstance(line, int) or not isinstance(column, int):
        return
    layout = Layout(text)
    offset = layout.offset(line, column)
    if problem.code in _HEADINGS:
        yield list(islice(_headers(layout, layout.line_end(offset)), MOST))
    elif problem.code == "toml-curly-quotes":
        yield curly_values(layout, offset)
    elif problem.code == "toml-inner-quotes":
        yield [change for change in (inner_quotes(layout, offset),) if change]
    elif problem.code == "toml-word":
        yield [change for change in (_flag(layout, offset),) if change]


def doubled(begin: int, match: re.Match[str]) -> Change:
    """Two brackets on each side of a heading."""
    edits = tuple(Edit(*match.span(part), sign * 2) for part, sign in ((1, "["), (3, "]")))
    return Change("brackets", begin, edits, {"header": match[2]})


def _headers(layout: Layout, stop: int) -> Iterator[Change]:
    """Every heading up to a place that has too few brackets."""
    for begin, _ in layout.statements(0, stop):
        match = HEADER.match(layout.text, begin) if layout.text[begin] == "[" else None
        if match and (match[1], match[3]) != ("[[", "]]"):
            yield doubled(begin, match)


def _flag(layout: Layout, offset: int) -> Change | None:
    word = re.compile(r"\w+").match(layout.text, offset)
    before = _FLAG.search(layout.text, layout.line_start(offset), offset)
    if word is None or before is None or word[0] not in FLAGS or before[1] not in FLAG_KEYS:
        return None
    return Change("flag", offset, (Edit(*word.span(), FLAGS[word[0]]),), {"flag": FLAGS[word[0]]})
