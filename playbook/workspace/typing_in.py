"""What was typed, made ready for the core: days as people write them become days."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from playbook.core.answers import parse_answer
from playbook.core.calendar import Calendar, as_stamp, from_stamp
from playbook.core.client import Client
from playbook.core.daywords import read_day
from playbook.core.decide import Typed
from playbook.core.playbook import Field
from playbook.core.problems import Refusal


def with_days(
    fields: Iterable[Field], typed: Mapping[str, Typed], today: date, calendar: Calendar
) -> dict[str, Typed]:
    """The answers with `fri` or `+3bd` read as a day in every date and datetime field; anything else as it is."""
    kinds = {field.id: field.kind for field in fields}
    return {
        field_id: _as_day(text, today, calendar)
        if isinstance(text, str) and kinds.get(field_id) in ("date", "datetime")
        else text
        for field_id, text in typed.items()
    }


def _as_day(text: str, today: date, calendar: Calendar) -> str:
    if not text.strip() or from_stamp(text.strip()) is not None:
        return text
    moment = read_day(text, today, calendar)
    return text if isinstance(moment, Refusal) else as_stamp(moment)


def prefilled(fields: Iterable[Field], client: Client, calendar: Calendar) -> dict[str, Any]:
    """The values offered for fields at first: what the client has saved, else the default."""
    offered = {field.id: client.saved.get(field.save_as) or _default(field, calendar) for field in fields}
    return {field_id: value for field_id, value in offered.items() if value is not None}


def _default(field: Field, calendar: Calendar) -> Any:
    """A field's default as an answer is kept; None when it has none that fits."""
    default = field.default
    if default is None:
        return None
    if isinstance(default, tuple):
        given: Typed = [str(item) for item in default]
    elif isinstance(default, bool):
        given = "yes" if default else "no"
    else:
        is_instant = isinstance(default, datetime) and default.tzinfo is not None
        given = as_stamp(default) if is_instant else str(default)  # type: ignore[arg-type]
    value = parse_answer(field, given, calendar)
    return None if isinstance(value, Refusal) else value
