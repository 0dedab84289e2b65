"""Graphs of ids: what waits on what, and the circles in it. Nothing here recurses."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node")


def circles(edges: Mapping[Node, Iterable[Node]]) -> list[list[Node]]:
    """One circle for each knot of nodes that wait on each other, from its first node in the mapping on."""
    rank = {node: place for place, node in enumerate(edges)}
    return [_circle(sorted(knot, key=lambda node: rank[node]), edges) for knot in _knots(edges)]


def _knots(edges: Mapping[Node, Iterable[Node]]) -> list[list[Node]]:
    """Strongly connected parts of more than one node, and nodes that wait on themselves (Tarjan)."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    path: list[Node] = []
    on_path: set[Node] = set()
    knots: list[list[Node]] = []
    for root in edges:
        work = [(root, iter(edges.get(root, ())))] if root not in index else []
        while work:
            node, rest = work[-1]
            if node not in index:
                index[node] = low[node] = len(index)
                path.append(node)
                on_path.add(node)
            for other in rest:
                if other not in index:
                    work.append((other, iter(edges.get(other, ()))))
                    break
                if other in on_path:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    knot = _popped(path, node)
                    on_path.difference_update(knot)
                    if len(knot) > 1 or node in edges.get(node, ()):
                        knots.append(knot)
    return knots


def _popped(path: list[Node], last: Node) -> list[Node]:
    """Takes the end of the path off, from this node on."""
    taken = [path.pop()]
    while taken[-1] != last:
        taken.append(path.pop())
    return taken[::-1]


def _circle(knot: list[Node], edges: Mapping[Node, Iterable[Node]]) -> list[Node]:
    """The shortest way from the knot's first node back to it."""
    inside = set(knot)
    first = knot[0]
    came_from: dict[Node, Node] = {}
    queue = [first]
    for node in queue:
        for other in edges.get(node, ()):
            if other == first:
                back = [node]
                while back[-1] != first:
                    back.append(came_from[back[-1]])
                return back[::-1]
            if other in inside and other not in came_from:
                came_from[other] = node
                queue.append(other)
    return knot
