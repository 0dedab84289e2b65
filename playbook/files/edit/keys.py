"""One key in the lines of a table: given another value, put in, or taken out."""

import json
import re
from collections.abc import Mapping
from typing import Any

from playbook.files.mend.layout import TOKEN, Layout

ORDER = (
    "id", "title", "intro", "pause", "mode", "guide", "say", "message", "formal", "key", "side", "channel", "topic",
    "skip", "due", "opens", "by", "roll", "when", "needs", "gate", "holds", "repeat", "role", "court", "starts", "logs",
    "closes", "source", "field",
)  # fmt: skip
"""In which order a new key finds its place among those that are there."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def literal(value: Any, eol: str = "\n") -> str:
    """A value as TOML. A text of several lines stands between triple quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return _text(value, eol)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(literal(item, eol) for item in value)}]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_name(key)} = {literal(item, eol)}" for key, item in value.items()) + " }"
    return str(value)


def _text(value: str, eol: str) -> str:
    if "\n" not in value:
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    body = value.replace("\\", "\\\\").replace('"""', '""\\"')
    body = _CONTROL.sub(lambda m: f"\\u{ord(m[0]):04x}", body)
    body = f'{body[:-1]}\\"' if body.endswith('"') else body
    return f'"""{eol}{body.replace(chr(10), eol)}"""'


def _name(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)


def table_text(table: Mapping[str, Any], eol: str) -> str:
    """Keys and values, a line each."""
    return "".join(f"{_name(key)} = {literal(value, eol)}{eol}" for key, value in table.items())


def with_key(text: str, key: str, value: Any, eol: str) -> str:
    """The lines of a table with a key given another value, put in in its place, or with None taken out.

    The remark at the end of a line stays, on a line of its own when the key goes.
    """
    layout = Layout(text)
    found = {name: (begin, end) for name, begin, end in _keys(layout)}
    if key in found:
        begin, end = found[key]
        start, stop = _value_of(layout, begin, end)
        if value is not None:
            return text[:start] + literal(value, eol) + text[stop:]
        remark = text[stop:end].strip(" \t")
        begins = [at for at, _end in found.values()]
        return _without(layout, begin, end, remark if remark.startswith("#") else "", begins, eol)
    if value is None:
        return text
    before = [name for name in found if name in ORDER and ORDER.index(name) < _rank(key)]
    at = max((found[name][1] for name in before), default=layout.statement_end(_heading(layout)))
    lead = text[:at] if text[:at].endswith("\n") else text[:at] + eol
    indent = _indent(layout, found)
    return f"{lead}{indent}{_name(key)} = {literal(value, eol)}{eol}{text[at:]}"


def _without(layout: Layout, begin: int, end: int, remark: str, begins: list[int], eol: str) -> str:
    """The lines without a key. What is remarked on it stays; `begins` is where each key of the table begins."""
    text, line = layout.text, layout.line_start(begin)
    above = max((at for at in begins if at < begin), default=-1)
    if remark and above >= 0 and begin == max(begins):
        # At the end of the table it would touch the next heading, and be taken for a remark on that.
        before = layout.line_start(above)
        return text[:before] + remark.rstrip("\r\n") + eol + text[before:line] + text[end:]
    return text[:line] + remark + text[end:]


def _rank(key: str) -> int:
    return ORDER.index(key) if key in ORDER else len(ORDER)


def _heading(layout: Layout) -> int:
    return next(begin for begin, _end in layout.statements(0, len(layout.text)))


def _keys(layout: Layout) -> list[tuple[str, int, int]]:
    """Each key under the heading, where it begins and where its last line ends."""
    import tomli

    found = []
    for begin, end in layout.statements(layout.statement_end(_heading(layout)), len(layout.text)):
        name = next(iter(tomli.loads(layout.text[begin:end])))
        found.append((name, begin, end))
    return found


def _value_of(layout: Layout, begin: int, end: int) -> tuple[int, int]:
    """Where the value of a statement begins and ends; the remark behind it is not part of it."""
    text, depth = layout.text, 0
    start = _after_equals(text, begin)
    stop = end
    for token in TOKEN.finditer(text, start, end):
        letter = token[0]
        if letter in "[{":
            depth += 1
        elif letter in "]}":
            depth -= 1
        elif depth <= 0 and (letter == "\n" or letter.startswith("#")):
            stop = token.start()
            break
    return start, start + len(text[start:stop].rstrip(" \t\r"))


def _after_equals(text: str, begin: int) -> int:
    """Where the value of a statement begins; a name in quotes may hold the sign itself."""
    at = begin
    while text[at] != "=":
        token = TOKEN.match(text, at)
        at = token.end() if token and token[0][0] in "\"'" else at + 1
    at += 1
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    return at


def _indent(layout: Layout, found: Mapping[str, tuple[int, int]]) -> str:
    for begin, _end in found.values():
        return layout.text[layout.line_start(begin) : begin]
    return ""
