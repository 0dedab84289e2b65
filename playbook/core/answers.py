"""Answers: from what a person typed to a plain value, and back (PRODUCT.md §9, *Answers*).

Stored values are plain JSON: text; number; `{"amount": "1200.00", "currency": "EUR"}`; `2026-11-24`;
`2026-11-24T15:00:00Z`; true or false; a choice's id; lists of those. A line of a list field with choices is
`{"text": …, "choice": …}` and is typed `text | choice`.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from playbook.core.calendar import Calendar, as_stamp, from_stamp
from playbook.core.currencies import SHARED, WORDS
from playbook.core.playbook import Field
from playbook.core.problems import Refusal
from playbook.core.schedule import day_of
from playbook.core.text import clean, line

LIMIT = Decimal(10) ** 15
LONGEST = 100_000
"""Letters one answer may have."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_URL = re.compile(r"(?i)(https?|mailto):\S+")
_YES = {"yes": True, "y": True, "true": True, "1": True, "sí": True, "si": True, "s": True,
        "no": False, "n": False, "false": False, "0": False}  # fmt: skip


def parse_answer(field: Field, given: str | Sequence[str], calendar: Calendar) -> Any | Refusal:
    """The value that a field keeps for what was typed; None for an empty answer (which takes it away).

    Lists take one string a line, or several strings. A datetime without zone is the PM's local time.
    """
    lines = [clean(part) for part in ([given] if isinstance(given, str) else given)]
    whole = "\n".join(lines).strip()
    if len(whole) > LONGEST:
        return Refusal("answer-long", {"label": field.label, "most": LONGEST})
    if not line(whole):
        return None
    if field.kind in ("list", "several"):
        return _parse_lines(field, [part.strip() for part in whole.splitlines() if line(part)], calendar)
    value = _parse_one(field, whole, calendar)
    return value if isinstance(value, Refusal) else _bounded(field, value, calendar) or value


def _parse_one(field: Field, text: str, calendar: Calendar) -> Any:
    match field.kind:
        case "number":
            return _number(field, text)
        case "money":
            return _money(field, text)
        case "date":
            moment = from_stamp(text) if len(text) == 10 else None
            return (
                as_stamp(moment)
                if moment
                else Refusal("answer-date", {"label": field.label, "text": text[:40]})
            )
        case "datetime":
            return _instant(field, text, calendar)
        case "yes-no":
            answer = _YES.get(text.casefold())
            return (
                Refusal("answer-yes-no", {"label": field.label, "text": text[:40]})
                if answer is None
                else answer
            )
        case "choice":
            return _choice(field, text)
        case "email":
            return (
                text
                if _EMAIL.fullmatch(text)
                else Refusal("answer-email", {"label": field.label, "text": text[:60]})
            )
        case "url":
            return (
                text
                if _URL.fullmatch(text)
                else Refusal("answer-url", {"label": field.label, "text": text[:60]})
            )
        case "long-text":
            return text
    return line(text)


def _number(field: Field, text: str) -> int | float | Refusal:
    amount = _decimal(text)
    if amount is None:
        return Refusal("answer-number", {"label": field.label, "text": text[:40]})
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _decimal(text: str) -> Decimal | None:
    """A finite decimal below 10^15 with at most 15 digits; a comma may stand for the point."""
    if len(text) > 40:
        return None
    try:
        amount = Decimal(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount.copy_abs() >= LIMIT or len(amount.normalize().as_tuple().digits) > 15:
        return None
    return amount


_CURRENCY = r"[^\W\d_]+\$?|[€£$]"
_MONEY = re.compile(rf"(.*?)\s*({_CURRENCY})|({_CURRENCY})\s*(.*)")
_GROUPED = re.compile(
    r"(?P<whole>-?\d{1,3}(?P<sign>[.,'’ \u00a0\u202f])\d{3}(?:(?P=sign)\d{3})*)(?:(?!(?P=sign))[.,](?P<cents>\d{1,2}))?"
)
_PLAIN = re.compile(r"-?\d+(?:[.,]\d{1,2})?")


def _money(field: Field, text: str) -> dict[str, str] | Refusal:
    match = _MONEY.fullmatch(text)
    amount = _sum((match[1] or match[4] or "").strip()) if match else None
    said = ((match[2] or match[3]) if match else "").casefold()
    is_shared = amount is not None and said in SHARED
    currency = WORDS.get(said) or (said.upper() if re.fullmatch("[a-z]{3}", said) else "")
    if amount is None or not currency:
        code = "answer-money-which" if is_shared else "answer-money"
        return Refusal(code, {"label": field.label, "text": text[:40]})
    return {"amount": f"{amount:.2f}", "currency": currency}


def _sum(text: str) -> Decimal | None:
    """A sum as people write it: `1200`, `1.200,50`, `1 200`; three digits after a sign are thousands, fewer are cents."""
    if len(text) > 40:
        return None
    if match := _GROUPED.fullmatch(text):
        return _decimal(f"{match['whole'].replace(match['sign'], '')}.{match['cents'] or '0'}")
    return _decimal(text.replace(",", ".")) if _PLAIN.fullmatch(text) else None


def _instant(field: Field, text: str, calendar: Calendar) -> str | Refusal:
    at = from_stamp(text, calendar.zone)
    if at is None:
        return Refusal("answer-datetime", {"label": field.label, "text": text[:40]})
    return as_stamp(at if isinstance(at, datetime) else calendar.instant(at, time.min))


def _choice(field: Field, text: str) -> str | Refusal:
    """A choice by its id, else by its label, without regard to case."""
    if text in field.choices:
        return text
    wanted = text.casefold()
    for names in (((key, key) for key in field.choices), field.choices.items()):
        for key, name in names:
            if wanted == name.casefold():
                return key
    return Refusal(
        "answer-choice", {"label": field.label, "text": text[:60], "choices": list(field.choices.values())}
    )


def _parse_lines(field: Field, lines: Sequence[str], calendar: Calendar) -> Any | Refusal:
    values: list[Any] = []
    for text in lines:
        value: Any = line(text)
        if field.kind == "several":
            value = _choice(field, text)
        elif field.choices:
            words, _, choice = text.rpartition("|")
            picked = _choice(field, choice.strip()) if words else Refusal("answer-line", {"label": field.label, "text": text[:60], "choices": list(field.choices.values())})  # fmt: skip
            value = picked if isinstance(picked, Refusal) else {"text": line(words), "choice": picked}
        if isinstance(value, Refusal):
            return value
        if value not in values:
            values.append(value)
    return _bounded(field, values, calendar) or values


def _bounded(field: Field, value: Any, calendar: Calendar) -> Refusal | None:
    """The refusal when a value is under `min` or over `max`; None when it fits."""
    size: Any = value
    if isinstance(value, dict):
        size = float(value["amount"])
    elif isinstance(value, list) or field.kind in ("text", "long-text"):
        size = len(value)
    for bound, code in ((field.min, "answer-min"), (field.max, "answer-max")):
        limit = bound.isoformat() if isinstance(bound, date) else bound
        pair = _moments(size, limit, calendar) if isinstance(size, str) else _numbers(size, limit)
        if pair and (pair[0] < pair[1] if code == "answer-min" else pair[0] > pair[1]):
            return Refusal(code, {"label": field.label, "bound": limit, "kind": field.kind})
    return None


def _numbers(size: Any, limit: Any) -> tuple[Any, Any] | None:
    return (
        None if limit is None or isinstance(limit, (bool, str)) or isinstance(size, bool) else (size, limit)
    )


def _moments(value: str, limit: Any, calendar: Calendar) -> tuple[Any, Any] | None:
    """Both as instants, or as days here when one of them is a day."""
    one, other = from_stamp(value), from_stamp(limit, calendar.zone) if isinstance(limit, str) else None
    if one is None or other is None:
        return None
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one, other
    return day_of(one, calendar), day_of(other, calendar)


def as_typed(field: Field, value: Any, calendar: Calendar) -> str:
    """The text that a person would type to give this value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return (
            f"{value['amount']} {value['currency']}"
            if "amount" in value
            else f"{value['text']} | {_name_of(field, value['choice'])}"
        )
    if isinstance(value, list):
        return "\n".join(as_typed(field, item, calendar) for item in value)
    if field.kind == "datetime" and isinstance(moment := from_stamp(str(value)), datetime):
        return _typed_instant(moment, calendar)
    return str(value)


def _name_of(field: Field, choice: str) -> str:
    """The label of a choice, where typing it gives that choice; else its id."""
    label = line(field.choices.get(choice, choice))
    return label if "|" not in label and _choice(field, label) == choice else choice


def _typed_instant(at: datetime, calendar: Calendar) -> str:
    """The local time; with its offset in the hour that a clock change repeats."""
    local = calendar.local(at)
    typed = local.replace(tzinfo=None).isoformat(timespec="seconds" if at.second else "minutes")
    return typed if from_stamp(typed, calendar.zone) == at else local.isoformat()


def is_answer(value: Any) -> bool:
    """Whether a value has a shape that answers have; a journal from elsewhere may hold others."""
    if isinstance(value, list):
        return all(map(is_answer, value))
    if not isinstance(value, dict):
        return True
    if "amount" in value:
        return isinstance(value.get("currency"), str) and _decimal(str(value["amount"])) is not None
    return all(isinstance(value.get(part), str) for part in ("text", "choice"))


def knows(field: Field, value: Any) -> bool:
    """Whether the field has every choice that a value takes; one without choices takes any."""
    if isinstance(value, list):
        return all(knows(field, item) for item in value)
    if isinstance(value, dict):
        value = value.get("choice")
    elif field.kind not in ("choice", "several"):
        return True
    return value is None or str(value) in field.choices
