"""Answers as people read them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from playbook.core.answers import as_typed
from playbook.core.calendar import Calendar, from_stamp
from playbook.core.playbook import Field, Playbook
from playbook.words import _
from playbook.words.dates import short_day, short_moment
from playbook.words.moments import local_time


def answer_words(field: Field, value: Any, calendar: Calendar) -> str:
    """An answer: choices by their label, yes and no as words; a list over several lines."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(answer_words(field, item, calendar) for item in value)
    if isinstance(value, Mapping) and "choice" in value:
        return f"{value['text']} ({field.choices.get(value['choice'], value['choice'])})"
    if field.kind in ("choice", "several"):
        return field.choices.get(str(value), str(value))
    if field.kind == "datetime":
        return local_time(str(value), calendar)
    return as_typed(field, value, calendar)


def spoken(playbook: Playbook, field_id: str, value: Any, calendar: Calendar) -> str:
    """An answer inside a sentence: dates as people say them; `field_id` "" for a value of no field."""
    moment = from_stamp(value) if isinstance(value, str) else None
    if isinstance(moment, datetime):
        return short_moment(calendar.local(moment))
    if moment is not None:
        return short_day(moment)
    field = next((f for f in playbook.all_fields() if f.id == field_id), None)
    return answer_words(field or Field(), value, calendar).replace("\n", ", ")
