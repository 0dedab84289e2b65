"""Places: the path of a value leads to the line and column its key stands on."""

import sys
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.problems import Where
from playbook.files.locate import Place, locate
from tests.core.properties import CALM

KEYS = st.one_of(
    st.from_regex(r"[a-z][a-z0-9_-]{0,5}", fullmatch=True),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters='"\\'), max_size=5
    ),
)
VALUES = st.recursive(
    st.sampled_from(["1", '"é"', '"""\nlong\n"""', "true"]),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=5,
)


def quoted(key: str) -> str:
    return key if key.isascii() and key.replace("-", "").replace("_", "").isalnum() else f'"{key}"'


class Writer:
    """Writes TOML and remembers where every key was put."""

    def __init__(self) -> None:
        self.text = ""
        self.places: dict[Where, Place] = {}

    def put(self, text: str) -> None:
        self.text += text

    def mark(self, path: Where) -> None:
        begin = self.text.rfind("\n") + 1
        self.places.setdefault(path, Place(self.text.count("\n") + 1, len(self.text) - begin + 1))

    def pair(self, path: Where, key: str, value: Any) -> None:
        self.mark((*path, key))
        self.put(f"{quoted(key)} = ")
        self.value((*path, key), value)

    def value(self, path: Where, value: Any) -> None:
        if isinstance(value, list):
            self.put("[ # a list, é\n")
            for place, item in enumerate(value):
                self.mark((*path, place))
                self.value((*path, place), item)
                self.put(",\n  ")
            self.put("]")
        elif isinstance(value, dict):
            self.put("{ ")
            for place, (key, item) in enumerate(value.items()):
                self.put(", " if place else "")
                self.pair(path, key, item)
            self.put(" }")
        else:
            self.put(value)


@CALM
@given(
    st.lists(st.lists(st.dictionaries(KEYS, VALUES, max_size=3), max_size=3), max_size=3),
    st.dictionaries(KEYS, VALUES),
)
def test_every_path_leads_to_its_key(sections: list[list[dict[str, Any]]], top: dict[str, Any]) -> None:
    writer = Writer()
    for key, value in top.items():
        if key != "section":
            writer.pair((), key, value)
            writer.put("\n")
    for i, steps in enumerate(sections):
        writer.mark(("section", i))
        writer.put("[[section]]\n")
        for j, pairs in enumerate(steps):
            path = ("section", i, "step", j)
            writer.mark(path)
            writer.put('[[section."step"]] # a step\n')
            for key, value in pairs.items():
                writer.pair(path, key, value)
                writer.put("\n")
    tomli.loads(writer.text)
    assert locate(writer.text, writer.places) == writer.places


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        ("a.b.'c d' = 1\n", ("a", "b", "c d"), Place(1, 5)),
        ("[a]\nb = 1\n[c]\n[a.d]\ne = 1\n", ("a", "d", "e"), Place(5, 1)),
        ("[[a]]\n[[a.b]]\n[[a]]\n[[a.b]]\n[a.b.c]\nx = 1\n", ("a", 1, "b", 0, "c", "x"), Place(6, 1)),
        ('"\\u0061b" = 1\n', ("ab",), Place(1, 1)),
        ("\r\n[a]\r\nb = 1\r\n", ("a", "b"), Place(3, 1)),
        ("a = [ 1,\n 2 ] # remark\n", ("a", 1), Place(2, 2)),
    ],
)
def test_keys_of_every_form_are_found(text: str, path: Where, place: Place) -> None:
    assert locate(text, [path]) == {path: place}


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("[[a]]\n[[a.b]]\nx = 1\n", ("a", 0, "b", 0, "missing", 3, "deep"), 2),
        ("x = 1\n", ("missing",), 1),
        ("a = 1\nwhen = { field = 'f' }\n", ("when", 0, "field"), 2),
        ("a = 1\nwhen = [\n{ field = 'f' } ]\n", ("when", "field"), 3),
        ("a = 1\n[section]\n[section.step]\ndue = 1\n", ("section", 0, "step", 0, "due"), 4),
    ],
)
def test_what_is_not_there_leads_to_the_nearest_that_is(text: str, path: Where, line: int) -> None:
    assert locate(text, [path])[path].line == line


def test_without_the_parser_every_place_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tree_sitter", None)
    assert locate("a = 1\n", [("a",)]) == {("a",): Place(None, None)}
