"""What may stand at the cursor: keys and values that the format knows, and ids that the playbook has."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from playbook.core.client import DERIVED
from playbook.core.playbook import Playbook
from playbook.files.mend.layout import Layout
from playbook.files.writing.context import Context, context_at

Shape = Mapping[str, Any]
"""A part of the JSON Schema of playbook files."""


class Option(NamedTuple):
    """One thing that may stand there."""

    word: str
    """What is shown, and what the word that was begun becomes."""
    about: str
    """What it is, in a few words; may be empty."""
    before: str = ""
    """What is put in before it."""
    after: str = ""
    """What is put in behind it."""
    back: int = 0
    """How many letters before the end the cursor stands afterwards."""


class Completion(NamedTuple):
    """What may stand where a word was begun."""

    start: int
    """The letter from which on an option takes the place of what was written."""
    options: tuple[Option, ...]


def complete(text: str, offset: int, playbook: Playbook, others: Iterable[str] = ()) -> Completion:
    """Everything that may stand at a letter of a text, and begins as what is written there.

    `playbook` is what the text said when it could last be read; `others` are the ids of the other playbooks.
    """
    context = context_at(text, offset)
    makers: Mapping[str, Callable[[], Iterator[Option]]] = {
        "heading": lambda: _headings(context),
        "key": lambda: _keys(context, text, offset),
        "value": lambda: _values(context, playbook, others),
        "name": lambda: _names(playbook),
    }
    word = context.word.lower()
    options = (each for each in makers[context.place]() if each.word.lower().startswith(word))
    return Completion(context.start, tuple(dict.fromkeys(options)))


# The format.


@cache
def _schema() -> Shape:
    from playbook.files.schema import schema

    return schema()


def _shapes(shape: Shape) -> Iterator[Shape]:
    """A shape and all that it may be instead; of a list, what its items may be."""
    if "$ref" in shape:
        yield from _shapes(_schema()["definitions"][shape["$ref"].rpartition("/")[2]])
        return
    yield shape
    for part in (*shape.get("anyOf", ()), *shape.get("allOf", ())):
        yield from _shapes(part)
    if isinstance(items := shape.get("items"), dict):
        yield from _shapes(items)


def _properties(table: tuple[str, ...]) -> Mapping[str, Shape]:
    """The keys of a table, by its names."""
    shapes = [_schema()]
    for name in table:
        inner = [each["properties"][name] for each in shapes if name in each.get("properties", {})]
        shapes = [found for each in inner for found in _shapes(each)]
    return {key: shape for each in shapes for key, shape in each.get("properties", {}).items()}


def _is_table(shape: Shape) -> bool:
    """Whether it is written under a heading of its own."""
    return any("properties" in each or "additionalProperties" in each for each in _shapes(shape))


def _headings(context: Context) -> Iterator[Option]:
    for key, shape in _properties(context.table).items():
        if _is_table(shape):
            yield Option(key, _about(shape))


def _keys(context: Context, text: str, offset: int) -> Iterator[Option]:
    there = _present(text, offset)
    for key, shape in _properties(context.table).items():
        if key not in there and key not in ("section", "step", "test"):
            yield Option(key, _about(shape), after=" = " + (empty := _empty(shape)), back=len(empty) // 2)


def _present(text: str, offset: int) -> set[str]:
    """The keys of the table that a letter stands in."""
    found: set[str] = set()
    for begin, end in Layout(text).statements(0, len(text)):
        if text[begin] == "[":
            if begin > offset:
                break
            found = set()
        elif not begin <= offset < end:
            found.add(text[begin:end].partition("=")[0].strip())
    return found


def _empty(shape: Shape) -> str:
    """A value to begin with, with the cursor in its middle."""
    kinds = [each["type"] for each in _shapes(shape) if "type" in each]
    return {"boolean": "true", "array": "[]", "object": "{}"}.get(kinds[0] if kinds else "", '""')


def _about(shape: Shape) -> str:
    return str(shape.get("description", "")).split("\n")[0]


# What the playbook has.


def _values(context: Context, playbook: Playbook, others: Iterable[str]) -> Iterator[Option]:
    quote = "" if context.is_quoted else '"'
    found = {**_of_playbook(context, playbook, others), **_of_format(context)}
    for word, about in found.items():
        bare = word in ("true", "false")
        yield Option(word, about, before="" if bare else quote, after="" if bare else quote)


def _of_format(context: Context) -> dict[str, str]:
    """What the format lets a key be."""
    shapes = list(_shapes(_properties(context.table).get(context.key, {})))
    if shapes[0].get("type") == "boolean":
        return {"true": "", "false": ""}
    return {str(value): "" for each in shapes for value in each.get("enum", ())}


def _of_playbook(context: Context, playbook: Playbook, others: Iterable[str]) -> dict[str, str]:
    """Ids that a key may name, with their titles."""
    steps = {step.id: step.title for step in playbook.steps()}
    fields = {field.id: field.label for field in playbook.all_fields()}
    dates = {each.id: each.label for each in playbook.all_fields() if each.kind in ("date", "datetime")}
    ends = {"start": playbook.start_label, "target": playbook.target_label}
    chosen = next((each.choices for each in playbook.all_fields() if each.id == context.field), {})
    named: Mapping[str, Mapping[str, str]] = {
        "needs": steps, "closes": steps, "step": steps, "due": {**ends, **dates, **steps},
        "opens": {**ends, **dates, **steps}, "holds": {**steps, **{part.id: part.title for part in playbook.sections}},
        "field": fields, "each": fields, "on": dates, "starts": dict.fromkeys(others, ""),
        "playbook": dict.fromkeys(others, ""), "role": playbook.roles, "is": chosen, "is_not": chosen, "any_of": chosen,
    }  # fmt: skip
    return dict(named.get(context.key, {}))


def _names(playbook: Playbook) -> Iterator[Option]:
    """What a text may name between double braces."""
    fixed = (
        "client.name",
        "contact.name",
        "contact.email",
        "me",
        "today",
        "run.id",
        "run.start",
        "run.target",
    )
    derived = (f"client.{name}" for name in DERIVED)
    saved = (f"client.{field.save_as}" for field in playbook.all_fields() if field.save_as)
    snippets = (f"snippets.{name}" for name in playbook.snippets)
    for name in (*fixed, *derived, *saved, *snippets):
        yield Option(name, "", after=" }}")
    for field in playbook.all_fields():
        yield Option(field.id, field.label, after=" }}")
