"""A playbook as plain JSON data and back: what a run keeps as its copy and what the cache holds.

The data is compact (Python's attribute names, defaults left out) and is read without any validation, so a
stricter release still opens old copies. A change of the model that is more than a new key with a default
raises `VERSION` and is mended in `from_data`.
"""

from collections.abc import Mapping
from dataclasses import MISSING, field, fields, is_dataclass, make_dataclass
from dataclasses import Field as DataField
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from playbook.core.playbook import (
    Condition,
    Field,
    Formal,
    Log,
    Message,
    Playbook,
    PlaybookTest,
    Ref,
    Section,
    Starts,
    Step,
)

VERSION = 1

_DAY, _INSTANT, _REF, _TABLE = "$day", "$instant", "$ref", "$table"
"""What JSON has no word for is a table with one of these keys; a table that holds such a key goes into `$table`."""

_TEXTS = frozenset({"choices", "roles", "snippets", "set", "values"})
"""Tables of plain texts, whose keys may begin with anything; they are read back as they are."""

Model = TypeVar("Model")


def to_data(playbook: Playbook) -> dict[str, Any]:
    """The playbook as JSON data."""
    return {"v": VERSION, **_table(playbook)}


def _table(model: Any) -> dict[str, Any]:
    return {
        part.name: dict(value) if part.name in _TEXTS else _plain(value)
        for part in fields(model)
        if (value := getattr(model, part.name)) != _default(part)
    }


def _default(part: "DataField[Any]") -> Any:
    return part.default_factory() if part.default_factory is not MISSING else part.default


def _plain(value: Any) -> Any:
    if isinstance(value, Ref):
        return {_REF: _table(value)}
    if is_dataclass(value):
        return _table(value)
    if isinstance(value, datetime):
        return {_INSTANT: value.isoformat()}
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        table = {key: _plain(item) for key, item in value.items()}
        return {_TABLE: table} if any(key.startswith("$") for key in table) else table
    return value


def from_data(data: Mapping[str, Any]) -> Playbook:
    """The playbook that `to_data` made this of; unknown keys are passed over."""
    values = {**data}
    values.pop("v", None)
    _tuples(values, "tags")
    _each(values, "fields", _field)
    _each(values, "tests", _test)
    _each(values, "sections", _section)
    return _make(Playbook, values)


# Each of these reads the one table it is given and owns it: `from_data` copies nothing on the way.


def _section(values: dict[str, Any]) -> Section:
    _each(values, "when", _condition)
    _each(values, "steps", _step)
    return _make(Section, values)


def _step(values: dict[str, Any]) -> Step:
    for name in ("due", "needs", "holds", "source"):
        if name in values:
            values[name] = tuple(values[name])
    if "fields" in values:
        values["fields"] = tuple(map(_field, values["fields"]))
    if "when" in values:
        values["when"] = tuple(map(_condition, values["when"]))
    if "logs" in values:
        values["logs"] = tuple(_make(Log, log) for log in values["logs"])
    if "message" in values:
        values["message"] = _make(Message, values["message"])
    if "formal" in values:
        values["formal"] = _make(Formal, values["formal"])
    if "starts" in values:
        values["starts"] = _make(Starts, values["starts"])
    return _freeze(Step, values)


def _field(values: dict[str, Any]) -> Field:
    if "when" in values:
        values["when"] = tuple(map(_condition, values["when"]))
    for name in ("min", "max", "default"):
        if name in values:
            values[name] = _value(values[name])
    return _freeze(Field, values)


def _condition(values: dict[str, Any]) -> Condition:
    for name, value in values.items():
        if type(value) is dict:
            values[name] = _value(value)
    if "any_of" in values:
        values["any_of"] = _value(values["any_of"])
    _each(values, "all_", _condition)
    _each(values, "any_", _condition)
    return _freeze(Condition, values)


def _test(values: dict[str, Any]) -> PlaybookTest:
    tables = ("fields", "client", "done", "due")
    read = {name: _item(value) if name in tables else _value(value) for name, value in values.items()}
    if type(read.get("done")) is list:
        read["done"] = tuple(read["done"])
    return _make(PlaybookTest, read)


def _value(value: Any) -> Any:
    """A single value, or a tuple of them."""
    return tuple(map(_item, value)) if type(value) is list else _item(value)


def _item(value: Any) -> Any:
    if type(value) is list:
        return [_item(item) for item in value]
    if type(value) is not dict:
        return value
    if _DAY in value:
        return date.fromisoformat(value[_DAY])
    if _INSTANT in value:
        return datetime.fromisoformat(value[_INSTANT])
    if _REF in value:
        return _make(Ref, value[_REF])
    return {key: _item(item) for key, item in value.get(_TABLE, value).items()}


def _tuples(values: dict[str, Any], name: str) -> None:
    if name in values:
        values[name] = tuple(values[name])


def _each(values: dict[str, Any], name: str, read: Any) -> None:
    if name in values:
        values[name] = tuple(map(read, values[name]))


def _make(model: type[Model], values: Mapping[str, Any]) -> Model:
    try:
        return model(**values)
    except TypeError:  # a key of a newer or older release
        known = {part.name for part in fields(model)}  # type: ignore[arg-type]
        return model(**{key: value for key, value in values.items() if key in known})


def _freeze(model: type[Model], values: dict[str, Any]) -> Model:
    """As `_make`, in a fifth of the time, for what a playbook has hundreds of.

    A frozen dataclass sets its attributes one by one through `object`; so the object is made as a thawed twin,
    which has the same slots, and becomes frozen at the end.
    """
    try:
        made = _thawed(model)(**values)  # type: ignore[arg-type]
    except TypeError:
        return _make(model, values)
    made.__class__ = model
    return made  # type: ignore[no-any-return]


@cache
def _thawed(model: Any) -> Any:
    parts: list[tuple[str, Any, Any]] = [
        (
            part.name,
            Any,
            field(default_factory=part.default_factory) if _is_made(part) else field(default=part.default),
        )
        for part in fields(model)
    ]
    space = {"__doc__": "Not frozen yet."}
    return make_dataclass(
        "Thawed", parts, slots=True, eq=False, repr=False, match_args=False, namespace=space
    )


def _is_made(part: "DataField[Any]") -> bool:
    return part.default_factory is not MISSING
