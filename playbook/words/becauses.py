"""Conditions and waiting dates in words: why a step is shown, and what its date waits for."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from playbook.core.calendar import from_stamp
from playbook.core.problems import Because
from playbook.words import N_, _, quoted
from playbook.words.answers import amount_words
from playbook.words.dates import short_day
from playbook.words.refusals import state_word

_TESTS: Mapping[str, str] = {
    "is": N_("{left} is {right}"),
    "is_not": N_("{left} is not {right}"),
    "any_of": N_("{left} is one of {right}"),
    "contains": N_("{left} contains {right}"),
    "more_than": N_("{left} is more than {right}"),
    "less_than": N_("{left} is less than {right}"),
    "at_least": N_("{left} is at least {right}"),
    "at_most": N_("{left} is at most {right}"),
    "before": N_("{left} is before {right}"),
    "after": N_("{left} is after {right}"),
}

_SUM = re.compile(r"(?P<amount>-?\d{1,15}(?:\.\d{1,2})?) ?(?P<currency>[A-Z]{3})")


def because_words(becauses: Sequence[Because]) -> str:
    """All conditions of a step as one phrase, such as `“Tier” is “gold” and “Their budget” is more than 500`."""
    return _phrase(Because("all", {"parts": tuple(becauses)}))


def _phrase(because: Because, within: str = "") -> str:
    """One condition; several in brackets where they stand among others that are joined otherwise (`within`)."""
    args: Mapping[str, Any] = because.args
    if because.code in ("all", "any"):
        if len(args["parts"]) == 1:
            return _phrase(args["parts"][0], within)
        joint = _(" and ") if because.code == "all" else _(" or ")
        words = joint.join(_phrase(part, because.code) for part in args["parts"])
        return f"({words})" if within not in ("", because.code) else words
    if because.code == "answered":
        known = args["right"] == (True,)
        return (_("{left} is answered") if known else _("{left} is not answered")).format(
            left=quoted(args["left"])
        )
    right = ", ".join(_value(value, bool(args["step"])) for value in args["right"])
    return _(_TESTS[because.code]).format(left=quoted(args["left"]), right=right)


def _value(value: Any, is_state: bool) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return short_day(value, date.min)
    if is_state:
        return state_word(value)
    if isinstance(value, str) and (sum_ := _SUM.fullmatch(value)):
        return amount_words(sum_.groupdict())
    if isinstance(value, str) and isinstance(day := from_stamp(value), date):
        return short_day(day, date.min)
    return str(value) if isinstance(value, (int, float)) else quoted(str(value))
