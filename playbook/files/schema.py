"""The JSON Schema of playbook files, made of the same hints and docstrings that the reader goes by.

Draft 7, which every TOML editor's language server reads. What is optional is left out, never null.
"""

import ast
import inspect
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from playbook.core import playbook as model
from playbook.core.check.names import ID
from playbook.core.playbook import Playbook

_ID = f"^{ID.pattern}$"

_SINGLE: Mapping[type, Mapping[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}

_LOCAL = {"type": "string", "format": "partial-date-time"}
"""An instant as playbooks have it: `date-time` is one with a time zone, and some editors tell the two apart."""


def schema() -> dict[str, Any]:
    """The schema, as JSON data."""
    tables: dict[str, Any] = {}
    top = _table(Playbook, _docstrings(), tables)
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Playbook"}
    return {**head, **top, "definitions": dict(sorted(tables.items()))}


def _docstrings() -> Mapping[str, Mapping[str, str]]:
    """The sentence under each attribute, by class."""
    tree = ast.parse(inspect.getsource(model))
    return {part.name: _attributes(part) for part in tree.body if isinstance(part, ast.ClassDef)}


def _attributes(part: ast.ClassDef) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line, below in zip(part.body, part.body[1:], strict=False):
        is_text = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and is_text:
            found[line.target.id] = str(ast.literal_eval(below.value))  # type: ignore[attr-defined]
    return found


def _table(cls: Any, texts: Mapping[str, Mapping[str, str]], tables: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    properties: dict[str, Any] = {}
    required: list[str] = []
    others: Any = False
    for field in fields(cls):
        meta = field.metadata
        if meta.get("rest"):
            others = {"type": "string", "description": texts[cls.__name__][field.name]}
            continue
        key = str(meta.get("key", field.name))
        properties[key] = {
            "description": texts[cls.__name__][field.name],
            **_value(hints[field.name], meta, texts, tables),
            **({"pattern": _ID} if key == "id" else {}),
        }
        if meta.get("required"):
            required.append(key)
    described = {"description": inspect.cleandoc(cls.__doc__ or "")}
    shape = {"type": "object", "properties": properties, "additionalProperties": others}
    return {**described, **shape, **({"required": required} if required else {})}


def _value(
    hint: Any, meta: Mapping[str, Any], texts: Mapping[str, Mapping[str, str]], tables: dict[str, Any]
) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        members = [part for part in get_args(hint) if part is not types.NoneType]
        shapes = [_value(part, meta, texts, tables) for part in members]
        shapes += [_LOCAL] if datetime in members else []
        return shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
    if origin is Literal:
        return {"enum": [value for value in get_args(hint) if value]}
    if origin is tuple:
        inner = _value(get_args(hint)[0], {}, texts, tables)
        inner = inner["allOf"][0] if "allOf" in inner else inner
        listed = {"type": "array", "items": inner}
        return {"anyOf": [inner, listed]} if meta.get("one") else listed
    if origin is not None:
        values = {"type": "string"} if get_args(hint)[1] is str else {}
        table = {"type": "object", "additionalProperties": values or True}
        listed = {"type": "array", "items": {"type": "string"}}
        return {"anyOf": [listed, table]} if meta.get("list_or_table") else table
    if is_dataclass(hint):
        return _reference(hint, meta, texts, tables)
    return dict(_SINGLE[hint])


def _reference(
    hint: Any, meta: Mapping[str, Any], texts: Mapping[str, Mapping[str, str]], tables: dict[str, Any]
) -> dict[str, Any]:
    """A table that is described once under its name; some may be given by a single text."""
    if hint.__name__ not in tables:
        tables[hint.__name__] = {}  # a condition holds conditions
        tables[hint.__name__] = _table(hint, texts, tables)
    reference = {"$ref": f"#/definitions/{hint.__name__}"}
    if meta.get("short"):
        return {"anyOf": [{"type": "string"}, reference]}
    return {"allOf": [reference]}  # beside a bare $ref the description would count for nothing
