"""Typed reading: TOML tables into frozen dataclasses, driven by their hints and metadata.

Nothing stops at the first fault: what cannot be read is left at its default and told as a problem, so the
rest of the file can still be checked. List positions are kept: an entry that is no table becomes an empty one.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from functools import cache, partial
from typing import Any, Final, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from playbook.core.nearest import nearest
from playbook.core.problems import Problem, Where
from playbook.core.schedule import parse_clock, parse_interval, parse_rule
from playbook.core.text import clean
from playbook.files.intake import Intake, name_of
from playbook.files.slips import misplaced_key

ABSENT: Final = object()
"""What a reader gives for a value that was refused."""

DEEPEST = 24
"""Keys and positions a path may have."""

LIMIT = 10**15
"""Numbers stay below this."""

Read = Callable[[Any, Where, Intake], Any]
Model = TypeVar("Model")

_FORMATS: Mapping[str, Callable[[str], Any]] = {
    "date rule": parse_rule,
    "clock": parse_clock,
    "interval": parse_interval,
}


class Key(NamedTuple):
    """One key of a table, and how its value is read."""

    attribute: str
    read: Read
    is_required: bool


class Shape(NamedTuple):
    """The keys of a table by their TOML names."""

    keys: Mapping[str, Key]
    rest: str
    """Attribute that takes every other key, as text; "" when other keys are faults."""


@cache
def shape_of(model: type) -> Shape:
    """The shape a dataclass gives to its table."""
    hints = get_type_hints(model)
    keys: dict[str, Key] = {}
    rest = ""
    for field in fields(model):
        meta = field.metadata
        if meta.get("rest"):
            rest = field.name
            continue
        read = _reader(hints[field.name], meta)
        keys[str(meta.get("key", field.name))] = Key(field.name, read, bool(meta.get("required")))
    return Shape(keys, rest)


def read_table(model: type[Model], table: Mapping[str, Any], where: Where, intake: Intake) -> Model:
    """The dataclass a table makes; every fault goes to the intake."""
    shape = shape_of(cast(Any, model))
    values: dict[str, Any] = {}
    rest: dict[str, str] = {}
    for name, raw in table.items():
        key = shape.keys.get(name)
        place = (*where, name)
        if key is not None:
            value = key.read(raw, place, intake)
            if value is not ABSENT:
                values[key.attribute] = value
        elif shape.rest:
            value = _text(raw, place, intake)
            if value is not ABSENT:
                rest[clean(name)] = value
        else:
            _unknown(model, name, place, intake)
    for name, key in shape.keys.items():
        if key.is_required and table.get(name) in (None, "", []):
            intake.add("key-missing", (*where, name) if name in table else where, key=name)
    if rest:
        values[shape.rest] = rest
    return model(**values)


def _unknown(model: type, name: str, where: Where, intake: Intake) -> None:
    if intake.is_full:
        intake.add("key-unknown", where)
    elif problem := misplaced_key(model, name, where):
        intake.put(problem)
    else:
        intake.add("key-unknown", where, key=name, nearest=nearest(name, shape_of(model).keys))


# One reader a kind of hint.


def _reader(hint: Any, meta: Mapping[str, Any]) -> Read:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _union(get_args(hint), meta)
    if origin is Literal:
        return partial(_literal, tuple(value for value in get_args(hint) if value))
    if origin is tuple:
        inner = get_args(hint)[0]
        if is_dataclass(inner):
            return partial(_tables, cast(type, inner), bool(meta.get("one")))
        return partial(_list, _reader(inner, meta), bool(meta.get("one")))
    if origin is not None:
        text_only = get_args(hint)[1] is str
        return partial(_choices if meta.get("list_or_table") else _text_table if text_only else _plain_table)
    if is_dataclass(hint):
        return partial(_table, cast(type, hint), str(meta.get("short", "")))
    if hint is str:
        return partial(_formatted, _FORMATS[meta["format"]]) if "format" in meta else _text
    return _flag if hint is bool else _whole


def _union(hints: tuple[Any, ...], meta: Mapping[str, Any]) -> Read:
    """A union's reader: tables and lists by their own readers, everything else a single value."""
    members = [hint for hint in hints if hint is not types.NoneType]
    if len(members) == 1:
        return _reader(members[0], meta)
    by_type: dict[type, Read] = {}
    singles: set[type] = set()
    for hint in members:
        if is_dataclass(hint) or get_origin(hint) not in (None, tuple):
            by_type[dict] = _reader(hint, {})
        elif get_origin(hint) is tuple:
            by_type[list] = _reader(hint, {})
        else:
            singles.add(hint)
    if singles:
        return partial(_single, frozenset(singles), by_type)
    return partial(_either, by_type)


def _single(
    kinds: frozenset[type], by_type: Mapping[type, Read], raw: Any, where: Where, intake: Intake
) -> Any:
    if type(raw) in by_type:
        return by_type[type(raw)](raw, where, intake)
    if type(raw) is str and str in kinds:
        return intake.text(raw, where)
    if type(raw) in (int, float) and type(raw) in kinds:
        return _bounded(raw, where, intake)
    if type(raw) in kinds or (isinstance(raw, datetime) and date in kinds):
        return raw
    return intake.refuse("text" if kinds <= {str, date, datetime} else "value", raw, where, ABSENT)


def _either(by_type: Mapping[type, Read], raw: Any, where: Where, intake: Intake) -> Any:
    read = by_type.get(type(raw)) or by_type[list]
    return read(raw, where, intake)


def _bounded(raw: Any, where: Where, intake: Intake) -> Any:
    if not -LIMIT < raw < LIMIT:  # also false for nan
        intake.add("number-size", where, key=name_of(where))
        return ABSENT
    return raw


def _text(raw: Any, where: Where, intake: Intake) -> Any:
    return intake.text(raw, where) if type(raw) is str else intake.refuse("text", raw, where, ABSENT)


def _formatted(parse: Callable[[str], Any], raw: Any, where: Where, intake: Intake) -> Any:
    text = _text(raw, where, intake)
    if text is ABSENT or not text:
        return text
    outcome = parse(text)
    if isinstance(outcome, Problem):
        intake.put(outcome._replace(where=where))
        return ABSENT
    return text


def _literal(allowed: tuple[str, ...], raw: Any, where: Where, intake: Intake) -> Any:
    if raw in allowed or raw == "":
        return raw
    if type(raw) is not str:
        return intake.refuse("text", raw, where, ABSENT)
    close = "" if intake.is_full else nearest(raw, allowed)
    intake.add("value-unknown", where, key=name_of(where), value=raw, allowed=allowed, nearest=close)
    return ABSENT


def _flag(raw: Any, where: Where, intake: Intake) -> Any:
    return raw if type(raw) is bool else intake.refuse("flag", raw, where, ABSENT)


def _whole(raw: Any, where: Where, intake: Intake) -> Any:
    if type(raw) is not int:
        return intake.refuse("number", raw, where, ABSENT)
    return _bounded(raw, where, intake)


def _list(read: Read, is_one: bool, raw: Any, where: Where, intake: Intake) -> Any:
    """A list of single values; a refused one becomes "" so that the others keep their positions."""
    if type(raw) is not list:
        if not is_one or type(raw) is dict:
            return intake.refuse("list", raw, where, ABSENT)
        value = read(raw, where, intake)
        return ABSENT if value is ABSENT else (value,)
    values = [read(item, (*where, i), intake) for i, item in enumerate(raw)]
    return tuple("" if value is ABSENT else value for value in values)


def _tables(model: type, is_one: bool, raw: Any, where: Where, intake: Intake) -> Any:
    if len(where) > DEEPEST:
        intake.add("too-deep", where)
        return ABSENT
    if type(raw) is dict:
        if not is_one:
            header = ".".join(str(part) for part in where if isinstance(part, str))
            intake.add("single-brackets", where, header=header, key=name_of(where))
        return (read_table(model, raw, where, intake),)
    if type(raw) is not list:
        return intake.refuse("tables", raw, where, ABSENT)
    return tuple(_entry(model, item, (*where, i), intake) for i, item in enumerate(raw))


def _entry(model: type, raw: Any, where: Where, intake: Intake) -> Any:
    if type(raw) is dict:
        return read_table(model, raw, where, intake)
    intake.refuse("table", raw, where, ABSENT)
    return model()


def _table(model: type, short: str, raw: Any, where: Where, intake: Intake) -> Any:
    if type(raw) is dict:
        return read_table(model, raw, where, intake)
    if short and type(raw) is str:
        return model(**{short: intake.text(raw, where)})
    return intake.refuse("table", raw, where, ABSENT)


def _text_table(raw: Any, where: Where, intake: Intake) -> Any:
    if type(raw) is not dict:
        return intake.refuse("table", raw, where, ABSENT)
    read = {clean(name): _text(value, (*where, name), intake) for name, value in raw.items()}
    return {name: value for name, value in read.items() if value is not ABSENT}


def _choices(raw: Any, where: Where, intake: Intake) -> Any:
    """A list of texts stands for a table in which each is its own id."""
    if type(raw) is dict:
        return _text_table(raw, where, intake)
    if type(raw) is not list:
        return intake.refuse("list", raw, where, ABSENT)
    chosen: dict[str, str] = {}
    for i, item in enumerate(raw):
        value = _text(item, (*where, i), intake)
        if value is ABSENT:
            continue
        if value in chosen:
            intake.add("choice-twice", (*where, i), choice=value)
        chosen[value] = value
    return chosen


def _plain_table(raw: Any, where: Where, intake: Intake) -> Any:
    return _plain(raw, where, intake) if type(raw) is dict else intake.refuse("table", raw, where, ABSENT)


def _plain(raw: Any, where: Where, intake: Intake) -> Any:
    """Any value, cleaned and bounded; a clock time becomes text."""
    if len(where) > DEEPEST:
        intake.add("too-deep", where)
        return ABSENT
    if type(raw) is dict:
        inner = {clean(name): _plain(value, (*where, name), intake) for name, value in raw.items()}
        return {name: value for name, value in inner.items() if value is not ABSENT}
    if type(raw) is list:
        listed = [_plain(value, (*where, i), intake) for i, value in enumerate(raw)]
        return [value for value in listed if value is not ABSENT]
    if type(raw) is str:
        return intake.text(raw, where)
    if isinstance(raw, time):
        return raw.isoformat("minutes")
    return _bounded(raw, where, intake) if type(raw) in (int, float) else raw
