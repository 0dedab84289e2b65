"""Fields: choices, bounds and defaults that fit their kind."""

from datetime import date, datetime
from typing import Any

from playbook.core.calendar import from_stamp
from playbook.core.check.names import ID, FieldAt, Names
from playbook.core.client import BUILT_IN
from playbook.core.playbook import Field
from playbook.core.problem_list import ProblemList

WITH_CHOICES = frozenset({"choice", "several", "list"})
_COUNTED = frozenset({"list", "several", "text", "long-text"})
_NUMBERS = frozenset({"number", "money"})
_DATES = frozenset({"date", "datetime"})


def check_fields(names: Names, problems: ProblemList) -> None:
    """Everything about each field on its own."""
    for at in names.every_field:
        _check_choices(at, problems)
        _check_bounds(at, problems)
        if at.field.default is not None and not _default_fits(at.field):
            problems.add("default-unfit", (*at.where, "default"), kind=at.field.kind)
        if at.field.save_as:
            _check_save(at, problems)


def _check_choices(at: FieldAt, problems: ProblemList) -> None:
    field = at.field
    if field.kind in ("choice", "several") and not field.choices:
        problems.add("choices-missing", (*at.where, "kind"), kind=field.kind)
    if field.choices and field.kind not in WITH_CHOICES:
        problems.add("choices-unfit", (*at.where, "choices"), kind=field.kind)


def _check_bounds(at: FieldAt, problems: ProblemList) -> None:
    field = at.field
    bounds = [(key, value) for key, value in (("min", field.min), ("max", field.max)) if value is not None]
    fitting = [value for key, value in bounds if bound_fits(field.kind, value)]
    for key, value in bounds:
        if value not in fitting:
            problems.add("bound-unfit", (*at.where, key), key=key, kind=field.kind)
    if len(fitting) == 2 and _ordered(fitting[0]) > _ordered(fitting[1]):
        problems.add("bounds-crossed", (*at.where, "max"), least=fitting[0], most=fitting[1])


def bound_fits(kind: str, value: Any) -> bool:
    """Whether a bound is of the sort that this kind of field is measured by."""
    if kind in _DATES:
        return is_moment(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return kind in _NUMBERS or (kind in _COUNTED and isinstance(value, int) and value >= 0)


def _ordered(value: Any) -> Any:
    """Two bounds of a field as values of one type."""
    moment = from_stamp(value) if isinstance(value, str) else value
    if isinstance(moment, datetime):
        return moment.date()
    return moment


def is_moment(value: Any) -> bool:
    """Whether a value is a day or an instant, or the text of one."""
    return isinstance(value, date) or (isinstance(value, str) and from_stamp(value) is not None)


def _default_fits(field: Field) -> bool:
    value = field.default
    if isinstance(value, tuple) or field.kind in ("list", "several"):
        many = value if isinstance(value, tuple) else (value,)
        if field.kind == "list":
            return all(isinstance(item, str) for item in many)
        return field.kind == "several" and all(item in field.choices for item in many)
    return value_fits(field, value)


def value_fits(field: Field, value: Any) -> bool:
    """Whether a single value could be an answer to the field."""
    match field.kind:
        case "yes-no":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "money":
            return _is_money(value)
        case "date" | "datetime":
            return is_moment(value)
        case "choice" | "several":
            return str(value).casefold() in {choice.casefold() for choice in field.choices}
    return isinstance(value, str)


def _is_money(value: Any) -> bool:
    if isinstance(value, str):
        amount, _, currency = value.partition(" ")
        return amount.replace(".", "", 1).isdecimal() and len(currency) == 3 and currency.isalpha()
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _check_save(at: FieldAt, problems: ProblemList) -> None:
    name = at.field.save_as
    if name in BUILT_IN:
        problems.add("save-built-in", (*at.where, "save_as"), name=name)
    elif not ID.fullmatch(name):
        problems.add("save-pattern", (*at.where, "save_as"), name=name)
