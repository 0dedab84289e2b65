"""Answers as people read them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from playbook.core.answers import as_typed, is_answer
from playbook.core.calendar import Calendar, from_stamp
from playbook.core.playbook import Field, Playbook
from playbook.core.text import line
from playbook.words import _
from playbook.words.dates import clock_time, short_day

DayWords = Callable[[date], str]

dated: DayWords = partial(short_day, today=date.min)
"""`Tue 24 Nov 2026`: a day in words where no other day says its year."""


def answer_words(field: Field, value: Any, calendar: Calendar, day_words: DayWords = dated) -> str:
    """An answer: choices by their label, yes and no as words, days and sums as people write them.

    A list stands over several lines.
    """
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(
            _with_day(answer_words(field, item, calendar, day_words), day_words) for item in value
        )
    if not is_answer(value):
        return value_words(value)
    if isinstance(value, Mapping):
        if "amount" in value:
            return amount_words(value)
        return (
            f"{_with_day(value['text'], day_words)} ({field.choices.get(value['choice'], value['choice'])})"
        )
    if field.kind in ("choice", "several"):
        return field.choices.get(str(value), str(value))
    moment = from_stamp(str(value)) if field.kind in ("date", "datetime") else None
    if isinstance(moment, datetime):
        local = calendar.local(moment)
        return f"{day_words(local.date())} {clock_time(local)}"
    return as_typed(field, value, calendar) if moment is None else day_words(moment)


def spoken(
    playbook: Playbook, field_id: str, value: Any, calendar: Calendar, *,
    day_words: DayWords = short_day, alone: bool = False, joint: str = ", ",
) -> str:  # fmt: skip
    """An answer in a text: dates and sums as people say them; `field_id` "" for a value of no field.

    `alone`: it stands alone on its line, so that a list is one line an item and a long text keeps its lines;
    elsewhere `joint` stands between the items.
    """
    fields = playbook.all_fields() if field_id else ()
    field = next((f for f in fields if f.id == field_id), Field())
    return _said(field, value, calendar, day_words, alone, joint)


def saved_words(field: Field, value: Any, calendar: Calendar, today: date) -> str:
    """A saved answer on one line; `Field()` for one that no field asks for."""
    if value in (None, "") or not is_answer(value):
        return value_words(value)
    return line(_said(field, value, calendar, partial(short_day, today=today), alone=False))


def _said(
    field: Field, value: Any, calendar: Calendar, day_words: DayWords, alone: bool, joint: str = ", "
) -> str:
    moment = from_stamp(value) if isinstance(value, str) else None
    if isinstance(moment, datetime):
        local = calendar.local(moment)
        return _("{day} at {time}").format(day=day_words(local.date()), time=clock_time(local))
    if moment is not None:
        return day_words(moment)
    if isinstance(value, list):
        items = answer_words(field, value, calendar, day_words).split("\n")
        return "\n".join(f"- {item}" for item in items) if alone else joint.join(items)
    said = answer_words(field, value, calendar, day_words)
    return said if alone else " ".join(said.split("\n"))


def _with_day(item: str, day_words: DayWords) -> str:
    """A line of a list; the day at its end as people say it."""
    head, space, last = item.rpartition(" ")
    moment = from_stamp(last) if len(last) == 10 else None
    return item if moment is None or isinstance(moment, datetime) else f"{head}{space}{day_words(moment)}"


def amount_words(value: Mapping[str, Any]) -> str:
    """`12,000 EUR`: a sum as people write it in the language in force; cents only where there are some."""
    pattern, short = _("12,345.6"), _("1,234.5")
    amount = Decimal(str(value["amount"]))
    is_plain = abs(amount) < 10_000 and len(short) < len("1,234.5")  # Spanish parts no four digits
    number = (f"{amount:f}" if is_plain else f"{amount:,f}").removesuffix(".00")
    return f"{number.translate(str.maketrans(',.', pattern[2] + pattern[6]))} {value['currency']}"


def value_words(value: Any) -> str:
    """A stored value on one line, without the field that asks for it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        if "amount" in value and is_answer(value):
            return line(amount_words(value))
        shown = (value.get(key) for key in ("text", "choice", "name", "amount", "currency"))
        return " ".join(line(str(part)) for part in shown if part)
    if isinstance(value, list):
        return ", ".join(value_words(item) for item in value)
    return line(str(value))
