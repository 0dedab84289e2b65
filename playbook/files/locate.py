"""Where in a file a path stands: its line and column, from tree-sitter's tree.

The tree is walked with a stack, never by recursion, and only tables that somebody asked about are looked
into. Without tree-sitter every place is unknown and problems carry their path alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.problems import Where

if TYPE_CHECKING:
    from tree_sitter import Node

MOST_NODES = 200_000
"""Values looked at inside the tables that were asked about."""

WIDEST = 20_000
"""Entries of the longest list that is looked into."""


class Place(NamedTuple):
    """A line and a column, both from 1; None where unknown."""

    line: int | None
    column: int | None


NOWHERE = Place(None, None)


def locate(text: str, paths: Iterable[Where]) -> dict[Where, Place]:
    """The place of each path, or of its nearest ancestor that stands in the file."""
    wanted = set(paths)
    if not wanted:
        return {}
    try:
        from tree_sitter import Language, Parser
        from tree_sitter_toml import language
    except ImportError:
        return dict.fromkeys(wanted, NOWHERE)
    source = text.encode("utf-8", "replace")
    root = Parser(Language(language())).parse(source).root_node
    starts = _Walk(wanted).starts_in(root)
    return {path: _place(source, starts[_known(path, starts)]) for path in wanted}


def _known(path: Where, starts: Mapping[Where, int]) -> Where:
    """The longest part of a path that stands in the file; a single value may stand for a list of one."""
    here: Where = ()
    for part in path:
        if (*here, part) in starts:
            here = (*here, part)
        elif (*here, 0, part) in starts:
            here = (*here, 0, part)
        elif part != 0:
            break
    return here


def _place(source: bytes, start: int) -> Place:
    begin = source.rfind(b"\n", 0, start) + 1
    return Place(source.count(b"\n", 0, start) + 1, len(source[begin:start].decode("utf-8", "replace")) + 1)


class _Walk:
    """One walk over a document, noting where every path begins."""

    def __init__(self, wanted: set[Where]) -> None:
        self._missing = wanted - {()}
        lenient = {
            tuple(part for part in path if part != 0) for path in wanted
        }  # where one stands for a list
        self._prefixes = {path[:n] for path in wanted | lenient for n in range(len(path) + 1)}
        self._starts: dict[Where, int] = {(): 0}
        self._counts: dict[Where, int] = {}
        self._left = MOST_NODES

    def starts_in(self, root: "Node") -> Mapping[Where, int]:
        """The byte each path begins at."""
        for node in root.children:
            if not self._missing:
                break
            if node.type == "pair":
                self._pairs([node], ())
            elif node.type in ("table", "table_array_element"):
                self._table(node)
        return self._starts

    def _table(self, node: "Node") -> None:
        inner = node.children
        if len(inner) < 2:
            return
        parts = [name for name, _ in _names(inner[1])]
        path: Where = ()
        for place, name in enumerate(parts):
            path = (*path, name)
            self._note(path, node.start_byte)
            is_last = place == len(parts) - 1
            if is_last and node.type == "table_array_element":
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
                self._note(path, node.start_byte)
        if path in self._prefixes:
            self._pairs([child for child in inner if child.type == "pair"], path)

    def _pairs(self, nodes: list["Node"], base: Where) -> None:
        """Notes these pairs and everything inside their values."""
        stack = [(node, base) for node in reversed(nodes)]
        while stack and self._left > 0:
            node, path = stack.pop()
            self._left -= 1
            if node.type == "pair":
                key = node.children[0]
                value = next(child for child in reversed(node.children) if child.type != "comment")
                for name, start in _names(key):
                    path = (*path, name)
                    self._note(path, start)
                stack.append((value, path))
            elif node.type == "inline_table":
                stack.extend((child, path) for child in reversed(node.children) if child.type == "pair")
            elif node.type == "array" and node.child_count < WIDEST:
                for place, child in enumerate(c for c in node.children if c.is_named and c.type != "comment"):
                    self._note((*path, place), child.start_byte)
                    stack.append((child, (*path, place)))

    def _note(self, path: Where, start: int) -> None:
        self._starts.setdefault(path, start)
        self._missing.discard(path)


def _names(key: "Node") -> Iterator[tuple[str, int]]:
    """The names of a key, bare, quoted or dotted, each with the byte it begins at."""
    stack = [key]
    while stack:
        node = stack.pop()
        if node.type == "dotted_key":
            stack.extend(child for child in reversed(node.children) if child.is_named)
        else:
            yield _name(node), node.start_byte


def _name(node: "Node") -> str:
    text = (node.text or b"").decode("utf-8", "replace")
    if "\\" in text and text.startswith('"'):
        import tomli

        return str(next(iter(tomli.loads(f"{text} = 0"))))
    return text[1:-1] if text[:1] in "\"'" else text
