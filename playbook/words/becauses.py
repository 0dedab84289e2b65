"""Conditions and waiting dates in words: why a step is shown, and what its date waits for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from playbook.core.problems import Because
from playbook.words import N_, _, quoted
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


def because_words(becauses: Sequence[Because]) -> str:
    """All conditions of a step as one phrase, such as `Tier is gold and “Their budget” is more than 500`."""
    return _(" and ").join(_phrase(because) for because in becauses)


def _phrase(because: Because) -> str:
    args: Mapping[str, Any] = because.args
    if because.code in ("all", "any"):
        joint = _(" and ") if because.code == "all" else _(" or ")
        return "(" + joint.join(_phrase(part) for part in args["parts"]) + ")"
    if because.code == "answered":
        known = args["right"] == (True,)
        return (_("{left} is answered") if known else _("{left} is not answered")).format(
            left=_label(args["left"])
        )
    right = ", ".join(_value(value, bool(args["step"])) for value in args["right"])
    return _(_TESTS[because.code]).format(left=_label(args["left"]), right=right)


def _value(value: Any, is_state: bool) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return value.isoformat()
    return state_word(value) if is_state else _label(str(value))


def _label(text: str) -> str:
    """A label in the middle of a sentence; in quotes unless it is one plain word or a figure."""
    return text if text.isalnum() or text[:1].isdigit() else quoted(text)
