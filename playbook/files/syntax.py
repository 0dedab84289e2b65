"""Faults of TOML itself, told in our own words: what the parser stumbled over, and what was probably meant."""

import re
from collections.abc import Callable
from typing import Any

from playbook.core.problems import Problem

_CURLY = "“”„‟‘’‚«»"
_WORD = re.compile(r"[A-Za-z][\w-]*")
_HALF_A_DATE = re.compile(r"=\s*\d{4}-\d{1,2}-\d")
_LONG_NUMBER = re.compile(r"[0-9_]{4000}")

Guess = Callable[[str, int], str]


def syntax_problem(error: Exception, text: str) -> Problem:
    """The problem of a text that is no TOML, with its line and column."""
    if isinstance(error, RecursionError):
        return Problem("toml-deep")
    message, position = getattr(error, "msg", None), getattr(error, "pos", None)
    if message is None or position is None:  # a bare ValueError: a number too long for Python
        found = _LONG_NUMBER.search(text)
        return _at("toml-number", text, found.start() if found else 0)
    source = text.replace("\r\n", "\n")
    position = min(position, len(source))
    code = next(
        (_named(result, source, position) for start, result in _CODES if message.startswith(start)), ""
    )
    return _special(code or "toml-syntax", source, position)


def _named(result: str | Guess, source: str, position: int) -> str:
    return result if isinstance(result, str) else result(source, position)


def _special(code: str, source: str, position: int) -> Problem:
    """What looks like curly or inner quotes is told as that, whatever the parser says."""
    line = _line(source, position)
    if code == "toml-string-open":
        position = max(source.rfind('"""'), source.rfind("'''"), 0)
    if code == "toml-key-twice" and source.startswith('"""', position - 3):  # told where the long text ends
        position = max(source.rfind('"""', 0, position - 3), 0)
    if code == "toml-after-value" and _HALF_A_DATE.search(line):
        code = "toml-date"
    if code in ("toml-value", "toml-key", "toml-word") and source[position : position + 1] in _CURLY:
        code = "toml-curly-quotes" if position < len(source) else code
    elif code == "toml-line-end" and line.rstrip(" ,}").endswith(tuple(_CURLY)):
        code = "toml-curly-quotes"
    elif code in ("toml-after-value", "toml-inline-open", "toml-array-open") and _has_inner_quotes(
        source, position
    ):
        code = "toml-inner-quotes"
    return _at(code, source, position)


def _has_inner_quotes(source: str, position: int) -> bool:
    """Whether a text has just been closed by a quote and goes on with words on the same line."""
    before = source[max(position - 200, 0) : position].rstrip(" \t")
    quote = before[-1:]
    goes_on = source[position : position + 1].isalnum() or source[position : position + 1] in ("¿", "¡")
    return (
        goes_on
        and quote in "\"'"
        and not before.endswith(quote * 3)
        and _line(source, position).count(quote) > 2
    )


def _line(source: str, position: int) -> str:
    begin = source.rfind("\n", 0, position) + 1
    end = source.find("\n", position)
    return source[begin : end if end >= 0 else len(source)]


def _at(code: str, source: str, position: int) -> Problem:
    line = source.count("\n", 0, position) + 1
    args: dict[str, Any] = {"line": line, "column": position - source.rfind("\n", 0, position)}
    if code == "toml-word":
        found = _WORD.match(source, position)
        args["word"] = found[0] if found else ""
    return Problem(code, args=args)


def _value(source: str, position: int) -> str:
    """Why a value was refused: nothing there, a word without quotes, or something else."""
    rest = source[position : position + 1]
    if rest in ("", "\n", "#"):
        return "toml-no-value"
    return "toml-word" if _WORD.match(source, position) else "toml-value"


def _letter(source: str, position: int) -> str:
    """Why a letter is not allowed: a text that runs over the end of its line, or a control character."""
    return "toml-line-end" if source[position : position + 1] == "\n" else "toml-control"


_CODES: tuple[tuple[str, str | Guess], ...] = (
    ("Invalid statement", "toml-key"),
    ("Invalid initial character", "toml-key"),
    ("Expected newline or end of document", "toml-after-value"),
    ("Expected '='", "toml-equals"),
    ("Expected ']", "toml-header"),
    ("Cannot declare", "toml-table-twice"),
    ("Cannot overwrite", "toml-key-twice"),
    ("Duplicate inline table key", "toml-key-twice"),
    ("Cannot mutate", "toml-extend"),
    ("Cannot redefine", "toml-extend"),
    ("Unclosed array", "toml-array-open"),
    ("Unclosed inline table", "toml-inline-open"),
    ("Unescaped", "toml-backslash"),
    ("Invalid hex", "toml-backslash"),
    ("Escaped character", "toml-backslash"),
    ("Unterminated string", "toml-string-open"),
    ("Expected \"'''\"", "toml-string-open"),
    ('Expected "\'"', "toml-line-end"),
    ("Illegal character", _letter),
    ("Found invalid character", _letter),
    ("Invalid date", "toml-date"),
    ("Invalid value", _value),
)
"""How the parser's sentences begin, and our codes for them."""
