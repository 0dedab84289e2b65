"""The JSON Schema: the same keys as the reader, each described, nothing null."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from playbook.core.playbook import Playbook, Section, Step
from playbook.files.schema import schema
from playbook.files.schema_file import with_directive
from playbook.files.typed import shape_of


def tables(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "properties" in node:
            yield node
        for inner in node.values():
            yield from tables(inner)


def test_has_the_keys_the_reader_knows() -> None:
    made = schema()
    for model, table in (
        (Playbook, made),
        (Section, made["definitions"]["Section"]),
        (Step, made["definitions"]["Step"]),
    ):
        keys = shape_of(model).keys
        assert set(table["properties"]) == set(keys)
        assert table.get("required", []) == [name for name, key in keys.items() if key.is_required]
        assert table["additionalProperties"] is False


def test_every_key_is_described() -> None:
    for table in tables(schema()):
        assert all(key["description"].endswith(".") for key in table["properties"].values())


def test_nothing_is_null_and_every_reference_leads_somewhere() -> None:
    made = schema()
    written = json.dumps(made)
    assert "null" not in written
    named = {part.split('"')[0] for part in written.split("#/definitions/")[1:]}
    assert named == set(made["definitions"])


def test_an_instant_may_lack_a_time_zone() -> None:
    formats = {
        shape.get("format") for shape in schema()["definitions"]["Field"]["properties"]["min"]["anyOf"]
    }
    assert {"date", "date-time", "partial-date-time"} <= formats


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('title = "A"\n', '#:schema ./playbook.schema.json\ntitle = "A"\n'),
        ('# ours\r\ntitle = "A"\r\n', '#:schema ./playbook.schema.json\r\n# ours\r\ntitle = "A"\r\n'),
        ("#:schema ../playbook.schema.json\r\n# ours\r\n", "#:schema ./playbook.schema.json\r\n# ours\r\n"),
        ("#:schema playbook.schema.json", "#:schema ./playbook.schema.json"),
        ("", "#:schema ./playbook.schema.json\n"),
        ('title = "A"\n#:schema x\n', '#:schema ./playbook.schema.json\ntitle = "A"\n#:schema x\n'),
        ("#:schemas\n", "#:schema ./playbook.schema.json\n#:schemas\n"),
    ],
)
def test_a_playbook_begins_with_where_its_schema_is(before: str, after: str) -> None:
    assert with_directive(before, above=0) == after
    assert with_directive(after, above=0) == after
    assert with_directive(before, above=1) == after.replace("./", "../", 1)


@pytest.mark.parametrize(
    "text", ["#:schema https://example.com/mine.json\n", '# ours\n\n#:schema /mine.json\ntitle = "A"\n']
)
def test_a_schema_that_the_author_chose_stays(text: str) -> None:
    assert with_directive(text, above=0) == text
