"""What the program's own source says, for tests that hold the sources and the tables of words to each other."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parents[1] / "playbook"


class Made(NamedTuple):
    """A place where a value with a code is made."""

    where: str
    codes: tuple[str, ...]
    """Codes it may have; one with `*` in it stands for several."""
    names: frozenset[str] | None
    """Names of its values; None when they come from elsewhere."""


@cache
def trees() -> dict[str, ast.Module]:
    """Every module, by its path inside the package."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths
    }


def made(kind: str) -> Iterator[Made]:
    """Every call of a name such as `Refusal`, outside the words themselves."""
    for name, tree in trees().items():
        if name.startswith("words/"):
            continue
        for scope in ast.walk(tree):
            if isinstance(scope, (ast.FunctionDef, ast.Module)):
                yield from (_made(name, call, scope) for call in _calls(scope, kind))


def _calls(scope: ast.AST, kind: str) -> Iterator[ast.Call]:
    """Calls in a scope but not in the functions inside it."""
    for child in ast.iter_child_nodes(scope):
        if isinstance(child, ast.FunctionDef):
            continue
        if (
            isinstance(child, ast.Call)
            and isinstance(child.func, ast.Name)
            and child.func.id == kind
            and child.args
        ):
            yield child
        yield from _calls(child, kind)


def _made(name: str, call: ast.Call, scope: ast.AST) -> Made:
    given = call.args[1] if len(call.args) > 1 else None
    names: frozenset[str] | None = frozenset()
    if isinstance(given, ast.Dict):
        keys = [key.value if isinstance(key, ast.Constant) else None for key in given.keys]
        names = None if None in keys else frozenset(str(key) for key in keys)
    elif given is not None:
        names = None
    return Made(f"{name}:{call.lineno}", tuple(_texts(call.args[0], scope)), names)


def _texts(node: ast.expr, scope: ast.AST) -> Iterator[str]:
    """The texts an expression can be, as far as the scope tells."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from (*_texts(node.body, scope), *_texts(node.orelse, scope))
        case ast.JoinedStr():
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
        case ast.Name():
            for inner in ast.walk(scope):
                if isinstance(inner, ast.Assign) and any(
                    isinstance(t, ast.Name) and t.id == node.id for t in inner.targets
                ):
                    yield from _texts(inner.value, scope)
                if isinstance(inner, ast.For):
                    yield from (
                        part.value
                        for part in ast.walk(inner.iter)
                        if isinstance(part, ast.Constant) and isinstance(part.value, str)
                    )


@cache
def constants() -> frozenset[str]:
    """Every text that stands in the source outside the words, `*` where it is put together."""
    return frozenset(
        text
        for name, tree in trees().items()
        if not name.startswith("words/")
        for node in ast.walk(tree)
        if isinstance(node, (ast.Constant, ast.JoinedStr))
        for text in _texts(node, tree)
    )


def fits(code: str, pattern: str) -> bool:
    """Whether a code is one of those a pattern stands for."""
    return re.fullmatch(".+".join(map(re.escape, pattern.split("*"))), code) is not None
