"""Finished checklists as documents. Each exporter turns one frozen handout into text, and does nothing else."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple

from playbook.core.client import Client, Entry
from playbook.core.decide import Sheet
from playbook.core.history import HistoryRow


class Handout(NamedTuple):
    """All an exporter may know of a run."""

    sheet: Sheet
    client: Client
    entries: tuple[Entry, ...]
    """Ledger entries the run made."""
    history: tuple[HistoryRow, ...]
    language: str
    """Language of the playbook's text."""
    time_zone: str
    """Name of the PM's time zone."""
    client_safe: bool
    """Only what the client may see: titles, states, dates, answers that are not private."""


FORMATS: Mapping[str, tuple[str, str]] = {
    "markdown": ("playbook.exports.markdown", ".md"),
    "json": ("playbook.exports.json", ".json"),
}
"""Format, the module that writes it, and its file name's ending."""


def export(handout: Handout, name: str) -> str:
    """The document in this format; `name` is a key of FORMATS."""
    write: Callable[[Handout], str] = import_module(FORMATS[name][0]).write
    return write(handout)
