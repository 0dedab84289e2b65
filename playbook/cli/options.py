"""Arguments and options that several verbs share, and how `FIELD=VALUE` is read."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from playbook.words import N_, _

F = TypeVar("F", bound=Callable[..., Any])


def as_json(function: F) -> F:
    """`--json`."""
    return click.option("--json", "wants_json", is_flag=True, help=N_("Print JSON."))(function)


def sets(function: F) -> F:
    """`--set FIELD=VALUE`, which may repeat; the same field twice is a list."""
    return click.option("--set", "pairs", multiple=True, metavar="FIELD=VALUE", help=N_("Answer a field; may repeat."))(function)  # fmt: skip


def read_pairs(pairs: tuple[str, ...]) -> dict[str, list[str] | str]:
    """Fields and what was typed for them; a field given twice has a list of texts."""
    read: dict[str, list[str] | str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(_("“{pair}” is not FIELD=VALUE.").format(pair=pair[:60]))
        before = read.get(name.strip())
        read[name.strip()] = value if before is None else [*([before] if isinstance(before, str) else before), value]
    return read
