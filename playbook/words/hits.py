"""What a search found, in words."""

from collections.abc import Mapping
from datetime import date

from playbook.core.calendar import Calendar
from playbook.core.search import Hit
from playbook.core.text import line
from playbook.words import N_, _
from playbook.words.dates import short_day
from playbook.words.entries import KIND_SIGNS, kind_name
from playbook.words.refusals import run_state_word, state_word
from playbook.words.signs import STATE_SIGNS

KINDS: Mapping[str, str] = {
    "client": N_("Clients"), "run": N_("Runs"), "step": N_("Steps"), "entry": N_("Ledger"), "note": N_("Notes"),
}  # fmt: skip
"""The heading of each kind, in the order they are shown."""


def sign_of(hit: Hit) -> str:
    """What kind it is, in one cell."""
    if hit.kind == "step":
        return STATE_SIGNS.get(hit.state, "·")
    return KIND_SIGNS.get(hit.entry_kind, "·") if hit.kind == "entry" else _SIGNS.get(hit.kind, "·")


_SIGNS: Mapping[str, str] = {"client": "@", "run": "▸", "note": "✎"}


def where_words(hit: Hit) -> str:
    """Where it stands, beside the client: the run, or what kind of entry it is."""
    if hit.kind == "entry":
        return kind_name(hit.entry_kind)
    return line(hit.run_title) if hit.kind in ("step", "note") else hit.run_name


def state_words(hit: Hit, calendar: Calendar, today: date) -> str:
    """How it stands, or when it was."""
    if hit.kind == "run":
        return run_state_word(hit.state)
    if hit.kind == "step":
        ended = hit.state in ("finished", "abandoned")
        return run_state_word(hit.state) if ended else state_word(hit.state)
    return short_day(calendar.day_of_stamp(hit.at), today) if hit.at else ""


def named(hit: Hit) -> str:
    """What one types to get at it: a client, a run and step, an entry."""
    if hit.kind == "entry":
        return f"{hit.client_slug}#{hit.entry}"
    return " ".join(filter(None, (hit.run_name or hit.client_slug, hit.step)))


def nothing_found(text: str) -> str:
    """The answer when nothing holds the words."""
    return _("Nothing holds “{words}”.").format(words=line(text)[:60])
