"""Names in text: `{{ client.name }}` becomes its value, in one pass over known names.

A value is data: it is put in as it is and never read again as text with names. A name without a value stays
visible as it was written.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from playbook.core.client import Client
from playbook.core.run import Run

NAME = re.compile(r"\{\{\s{0,9}([A-Za-z][A-Za-z0-9._-]{0,80})\s{0,9}\}\}")

LONGEST = 10
"""A filled text is at most so many times as long as what was written, plus a page."""


class Filled(NamedTuple):
    """A text with its names filled in, and those that had no value."""

    text: str
    missing: tuple[str, ...]


def fill(text: str, value_of: Callable[[str], str | None]) -> Filled:
    """Put values in for the names of a text; names are compared without case."""
    missing: list[str] = []
    room = len(text) * LONGEST + 10_000

    def put(match: re.Match[str]) -> str:
        nonlocal room
        value = value_of(match[1].lower())
        if value is None or not value.strip() or len(value) > room:
            missing.append(match[1])
            return match[0]
        room -= len(value)
        return value

    return Filled(NAME.sub(put, text), tuple(dict.fromkeys(missing)))


def names_of(
    run: Run, client: Client, *, me: str, today: str, shown: Callable[[str, Any], str]
) -> Callable[[str], str | None]:
    """The values that a run's texts may name. `shown(field_id, value)` is an answer as people read it."""
    contact = client.contacts[0] if client.contacts else None
    fixed: Mapping[str, str | None] = {
        "client.name": client.name, "run.id": run.name, "run.start": shown("", run.start),
        "run.target": shown("", run.target) if run.target else None, "today": shown("", today), "me": me,
        "contact.name": contact.name if contact else None, "contact.email": contact.email if contact else None,
    }  # fmt: skip

    def value_of(name: str) -> str | None:
        if name in fixed:
            return fixed[name]
        if name.startswith("client."):
            value = client.facts().get(name.removeprefix("client."))
            return None if value is None else shown("", value)
        value = run.answer(name)
        return None if value is None else shown(name, value)

    return value_of
