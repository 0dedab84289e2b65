"""Names in text: `{{ client.name }}` becomes its value, in one pass over known names.

A value is data: it is put in as it is and never read again as text with names. A name without a value stays
visible as it was written.
"""

import re
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from playbook.core.client import DERIVED, Client, Contact
from playbook.core.run import Run

NAME = re.compile(r"\{\{\s{0,9}([A-Za-z][A-Za-z0-9._-]{0,80})\s{0,9}\}\}")

LONGEST = 10
"""A filled text is at most so many times as long as what was written, plus a page."""


Values = Callable[[str, bool], str | None]
"""The value of a name, and whether it may take several lines: it stands alone on its own."""


class Filled(NamedTuple):
    """A text with its names filled in, and those that had no value."""

    text: str
    missing: tuple[str, ...]


def fill(text: str, value_of: Values, absent: Callable[[str], str] | None = None) -> Filled:
    """Put values in for the names of a text; names are compared without case.

    `absent` says what is shown for a name without a value; otherwise it stays as it was written.
    """
    missing: list[str] = []
    room = len(text) * LONGEST + 10_000

    def put(match: re.Match[str]) -> str:
        nonlocal room
        value = value_of(match[1].lower(), _is_alone(match))
        if value is None or not value.strip() or len(value) > room:
            missing.append(match[1])
            return absent(match[1].lower()) if absent else match[0]
        room -= len(value)
        return value

    return Filled(NAME.sub(put, text), tuple(dict.fromkeys(missing)))


def _is_alone(match: re.Match[str]) -> bool:
    text = match.string
    begin, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
    beside = text[begin : match.start()] + text[match.end() : end if end >= 0 else len(text)]
    return "\n" in text and not beside.strip()


def nothing(_name: str) -> Any:
    """Where nothing is known of a client but what is saved."""
    return None


def names_of(
    run: Run, client: Client, *, me: str, today: str, shown: Callable[[str, Any, bool], str],
    known: Callable[[str], Any] = nothing, called: Callable[[Contact], str] = attrgetter("name"),
) -> Values:  # fmt: skip
    """The values that a run's texts may name.

    `shown(field_id, value, alone)` is an answer as people read it, `called` what the contact is called there;
    `known` tells what follows from the client's ledger, by its name without `client.`.
    """
    contact = client.contacts[0] if client.contacts else None
    plain: Mapping[str, str | None] = {
        "client.name": client.name, "run.id": run.name, "me": me,
        "contact.name": called(contact) if contact else None, "contact.email": contact.email if contact else None,
    }  # fmt: skip
    days: Mapping[str, str | None] = {"run.start": run.start, "run.target": run.target, "today": today}

    def value_of(name: str, alone: bool) -> str | None:
        if name in plain:
            return plain[name]
        if name in days:  # said only where a text asks for it
            return shown("", day, False) if (day := days[name]) else None
        fact = name.removeprefix("client.")
        if fact in DERIVED or fact != name:
            value = known(fact) if fact in DERIVED else client.facts().get(fact)
            return None if value is None else shown("", value, alone)
        value = run.answer(name)
        return None if value is None else shown(name, value, alone)

    return value_of
