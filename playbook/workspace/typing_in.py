"""What was typed, made ready for the core: days as people write them become days, sums have their currency."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from playbook.core import decide
from playbook.core.answers import parse_answer
from playbook.core.calendar import Calendar, as_stamp, from_stamp
from playbook.core.client import Client
from playbook.core.currencies import told_currency
from playbook.core.daywords import RECENT, read_day
from playbook.core.decide import Sheet, Typed
from playbook.core.playbook import Field
from playbook.core.problems import Refusal


def as_meant(
    fields: Iterable[Field],
    typed: Mapping[str, Typed],
    today: date,
    calendar: Calendar,
    now: datetime | None = None,
    country: str = "",
) -> dict[str, Typed]:
    """The answers with `fri` or `+3bd` read as a day, and `900 pesos` as the money of the client's country.

    Anything else stays as it is.
    """
    kinds = {field.id: field.kind for field in fields}

    def plain(text: str, kind: str | None) -> str:
        if kind in ("date", "datetime"):
            return _as_day(text, today, calendar, now)
        return told_currency(text, country) if kind == "money" and country else text

    return {
        field_id: plain(text, kinds.get(field_id)) if isinstance(text, str) else text
        for field_id, text in typed.items()
    }


def _as_day(text: str, today: date, calendar: Calendar, now: datetime | None) -> str:
    if not text.strip() or from_stamp(text.strip()) is not None:
        return text
    moment = read_day(text, today, calendar, back=RECENT, now=now)
    return text if isinstance(moment, Refusal) else as_stamp(moment)


def asked(sheet: Sheet, step_id: str, typed: Mapping[str, Typed], today: date) -> frozenset[str]:
    """Ids of the fields that a form of a step, or with `step_id` "" of the run, asks while this stands in it."""
    fields = sheet.view.steps[step_id].step.fields if step_id else sheet.run.playbook.fields
    days = as_meant(fields, typed, today, sheet.calendar, country=str(sheet.client.get("country") or ""))
    return frozenset(field.id for field in decide.asked(sheet, step_id, days))


def prefilled(fields: Iterable[Field], client: Client, calendar: Calendar) -> dict[str, Any]:
    """The values offered for fields at first: what the client has saved, else the default."""
    offered = {field.id: client.saved.get(field.save_as) or _default(field, calendar) for field in fields}
    return {field_id: value for field_id, value in offered.items() if value is not None}


def prefilled_later(sheet: Sheet, client: Client, today: date) -> dict[str, Any]:
    """The values offered for those fields of a run that are not asked yet, should an answer open them."""
    known = asked(sheet, "", {}, today)
    closed = (field for field in sheet.run.playbook.fields if field.id not in known)
    return prefilled(closed, client, sheet.calendar)


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
