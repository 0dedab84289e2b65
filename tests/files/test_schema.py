"""The JSON Schema: the same keys as the reader, each described, nothing null."""

import json
from collections.abc import Iterator
from typing import Any

from playbook.core.playbook import Playbook, Section, Step
from playbook.files.schema import schema
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
