"""`search`: what holds some words, over all clients."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.columns import columns
from playbook.cli.options import as_json
from playbook.cli.shell import Shell
from playbook.core.text import line
from playbook.words import _

if TYPE_CHECKING:
    from playbook.core.search import Hit


@click.command("search", help=_("Clients, runs, steps, notes and ledger entries that hold every word, or begin one with it; the newest first."))  # fmt: skip
@click.argument("text", metavar=_("TEXT"), nargs=-1, required=True)
@as_json
@click.pass_obj
def search_verb(shell: Shell, text: tuple[str, ...], wants_json: bool) -> None:
    """Print what was found, by kind."""
    from playbook.words.hits import KINDS, nothing_found

    hits = shell.workspace.search.find(" ".join(text))
    if wants_json:
        shell.json([_data(hit) for hit in hits])
        return
    if not hits:
        shell.say(nothing_found(" ".join(text)))
        return
    blocks = [
        [_(KINDS[kind]), *columns([_row(shell, hit) for hit in found], "  ")]
        for kind, found in groupby(hits, lambda hit: hit.kind)
    ]
    shell.out("\n\n".join("\n".join(block) for block in blocks))


def _row(shell: Shell, hit: "Hit") -> tuple[str, ...]:
    from playbook.words.hits import named, state_words, where_words

    calendar, today = shell.workspace.calendar, shell.workspace.clock.today()
    text = "" if hit.kind == "client" else line(hit.text)
    where = where_words(hit) if hit.kind == "entry" else ""
    return named(hit), line(hit.client_name), text, where, state_words(hit, calendar, today)


def _data(hit: "Hit") -> dict[str, Any]:
    return {
        "kind": hit.kind, "client": hit.client_slug, "client_name": hit.client_name, "run": hit.run_name or None,
        "run_title": hit.run_title or None, "step": hit.step or None,
        "entry": f"{hit.client_slug}#{hit.entry}" if hit.entry else None, "entry_kind": hit.entry_kind or None,
        "state": hit.state or None, "at": hit.at or None, "text": hit.text,
    }  # fmt: skip
