"""What the cursor stands in, in a text that may be half written: which table, which key, which word."""

import re
from typing import Literal, NamedTuple

from playbook.files.mend.layout import Layout

_HEADING = re.compile(r"\[\[?\s*([A-Za-z0-9_\-. \t]*)")
_KEY = re.compile(r"[A-Za-z_-]*\Z")
_PAIR = re.compile(r"([A-Za-z_-]+)[ \t]*=(?!.*\n[ \t]*[A-Za-z_-]+[ \t]*=)", re.DOTALL)
_INNER = re.compile(r"([A-Za-z_-]+)[ \t]*=[ \t]*(?:\[[^\]=]*)?$")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
_NAME = re.compile(r"\{\{\s*([A-Za-z0-9._-]*)\Z")
_FIELD = re.compile(r"""\bfield[ \t]*=[ \t]*["']([a-z][a-z0-9-]*)["']""")


class Context(NamedTuple):
    """Where the cursor stands."""

    place: Literal["heading", "key", "value", "name"]
    """`name`: between the double braces in a text."""
    table: tuple[str, ...]
    """The table it is in: `("section", "step")`; of a heading the names before the last dot."""
    key: str
    """The key whose value it is, the innermost of an inline table."""
    word: str
    """What is written of it so far."""
    start: int
    """The letter the word begins at."""
    is_quoted: bool = False
    """Whether the word stands in quotes already."""
    field: str = ""
    """The field that the same inline table names."""


def context_at(text: str, offset: int) -> Context:
    """What a letter of a text stands in."""
    before = text[:offset]
    line = before.rfind("\n") + 1
    heading, begin = _statement(before)
    table = _names(before, heading)
    statement = before[begin:]
    if before[line:].lstrip().startswith("#"):
        return Context("value", table, "", "", offset)
    if match := _NAME.search(before, max(line, offset - 100)):
        return Context("name", table, "", match[1], match.start(1))
    if statement.startswith("["):
        names = _HEADING.fullmatch(statement)
        if names is None:
            return Context("value", table, "", "", offset)
        head, _dot, word = names[1].rpartition(".")
        word = word.lstrip()
        return Context(
            "heading", tuple(filter(None, map(str.strip, head.split(".")))), "", word, offset - len(word)
        )
    pair = _PAIR.match(statement)
    if pair is None:
        word = match[0] if (match := _KEY.search(before)) else ""
        return Context("key", table, "", word, offset - len(word))
    return _in_value(table, statement, pair[1], offset)


def _in_value(table: tuple[str, ...], statement: str, key: str, offset: int) -> Context:
    word = match[0] if (match := _WORD.search(statement)) else ""
    rest = statement[: len(statement) - len(word)]
    quote = Layout(rest).open_quote(len(rest))
    outside = rest[:quote] if quote >= 0 else rest
    inner = _INNER.search(outside.rstrip(" \t,\"'"))
    named = _FIELD.search(outside)
    if outside.count("{") > outside.count("}"):  # an inline table
        table = (*table, key)
        if quote < 0 and outside.rstrip().endswith(("{", ",")):
            return Context("key", table, "", word, offset - len(word))
    return Context(
        "value",
        table,
        inner[1] if inner else key,
        word,
        offset - len(word),
        quote >= 0,
        named[1] if named else "",
    )


def _statement(before: str) -> tuple[int, int]:
    """Where the last heading begins (-1 for none) and where what is being written does."""
    heading, begin = -1, len(before)
    layout = Layout(before)
    for start, end in layout.statements(0, len(before)):
        if end < len(before) or before.endswith("\n"):
            begin = len(before)
            heading = start if before[start] == "[" else heading
        else:
            begin = start
    return heading, begin


def _names(before: str, heading: int) -> tuple[str, ...]:
    match = _HEADING.match(before, heading) if heading >= 0 else None
    return tuple(name.strip() for name in match[1].split(".") if name.strip()) if match else ()
