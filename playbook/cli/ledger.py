"""`log | close | put-off | amend | forget-fact | ledger | status-asked`: what was said and promised, client by client."""

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.columns import columns
from playbook.cli.options import as_json, client_argument, read_pairs
from playbook.cli.shell import REFUSED, Ended, Shell
from playbook.core.text import line
from playbook.words import _

if TYPE_CHECKING:
    from datetime import date

    from playbook.core.client import Entry
    from playbook.workspace.ledger import Logged


@click.command("log", help=_("Write an entry into a client's ledger. KIND may be shortened: contact, promise, next-word, status-asked, concern, batch, expectation, fact, gift, note."))  # fmt: skip
@client_argument
@click.argument("kind", metavar=_("KIND"))
@click.argument("text", metavar=_("[TEXT]"), required=False, default="")
@click.option("--set", "pairs", multiple=True, metavar=_("NAME=VALUE"), help=_("A value of the entry, such as channel=video or internal=wed."))  # fmt: skip
@click.option("--on", default="", metavar=_("DATE"), help=_("The day they were told, or when it was: fri, +2bd, 27/11."))  # fmt: skip
@click.option("--owner", default="us", metavar=_("WHO"), help=_("Who has to move: us, client or third."))
@click.option("--next-word", default="", metavar=_("DATE"), help=_("When they hear from us next, said in the same contact."))  # fmt: skip
@click.pass_obj
def log_verb(
    shell: Shell,
    client: str,
    kind: str,
    text: str,
    pairs: tuple[str, ...],
    on: str,
    owner: str,
    next_word: str,
) -> None:
    """Write an entry."""
    client_id = shell.client_id(client)
    known = shell.need(shell.workspace.ledger.kind_of(kind))
    typed: dict[str, Any] = dict(read_pairs(pairs, _("NAME=VALUE")))
    typed |= {"on": on} if on else {}
    said = {"on": next_word} if next_word else None
    logged = shell.need(
        shell.workspace.ledger.log(client_id, known, text, typed, owner=owner, next_word=said)
    )
    _tell(shell, logged)


def _tell(shell: Shell, logged: "Logged") -> None:
    """The names of the new entries on stdout; what the PM should know on stderr."""
    from playbook.words.entries import caution_words

    for entry in logged.entries:
        shell.out(f"{logged.client.slug}#{entry.n}")
        shell.say(_line(shell, entry))
        if found := shell.workspace.ledger.verdict_on(logged.client.id, entry):
            from playbook.words.standing import verdict_words

            shell.say(verdict_words(found, shell.workspace.calendar, shell.workspace.clock.today()))
    for caution in logged.cautions:
        shell.say(caution_words(caution))


def _line(shell: Shell, entry: "Entry") -> str:
    from playbook.words.entries import entry_words

    workspace = shell.workspace
    return entry_words(
        entry.kind, entry.text, entry.on, entry.at, entry.owner, workspace.calendar, workspace.clock.today()
    )


@click.command("close", help=_("Say how an entry ended: early, on-time, moved (with --on), missed, confirmed, met, partly, not-met, told, followed-up. Without an outcome as the dates say."))  # fmt: skip
@click.argument("entry", metavar=_("ENTRY"))
@click.option("--outcome", default="", metavar=_("OUTCOME"), help=_("How it ended; “open” opens it again."))
@click.option("--on", default="", metavar=_("DATE"), help=_("The new day of what was moved with notice."))
@click.option("--reason", default="", metavar=_("TEXT"), help=_("A few words on why."))
@click.pass_obj
def close_verb(shell: Shell, entry: str, outcome: str, on: str, reason: str) -> None:
    """Close an entry, or open it again."""
    from playbook.words.outcomes import outcome_word
    from playbook.workspace.outcomes import LEFT_OPEN

    client_id, number = shell.need(shell.workspace.ledger.find(entry))
    if outcome.strip().casefold() == LEFT_OPEN:
        shell.need(shell.workspace.ledger.reopen(client_id, number))
        shell.say(_("Open again."))
        return
    logged = shell.need(shell.workspace.ledger.close(client_id, number, outcome, on=on, reason=reason))
    ended = shell.workspace.ledger.get(client_id, number)
    assert ended is not None
    shell.say(f"{line(ended.text) or ended.kind}: {outcome_word(ended.outcome or '', ended.owner)}.")
    if any(made.n != number for made in logged.entries):
        _tell(shell, logged)


@click.command(
    "put-off", help=_("Leave an open entry out of Today until a day. What they were told stays as it is.")
)
@click.argument("entry", metavar=_("ENTRY"))
@click.argument("day", metavar=_("DATE"))
@click.option("--reason", default="", metavar=_("TEXT"), help=_("A few words on why."))
@click.pass_obj
def put_off_verb(shell: Shell, entry: str, day: str, reason: str) -> None:
    """Put an entry off."""
    from playbook.words.dates import long_day

    client_id, number = shell.need(shell.workspace.ledger.find(entry))
    until = shell.day(day)
    shell.need(shell.workspace.ledger.put_off(client_id, number, until, reason=reason))
    shell.say(_("Back on {day}.").format(day=long_day(until)))


@click.command(
    "amend",
    help=_("Change what an entry says: text, on, owner, or a value such as landed. An empty value goes."),
)
@click.argument("entry", metavar=_("ENTRY"))
@click.argument("pairs", nargs=-1, required=True, metavar=_("NAME=VALUE…"))
@click.option("--reason", default="", metavar=_("TEXT"), help=_("A few words on why."))
@click.pass_obj
def amend_verb(shell: Shell, entry: str, pairs: tuple[str, ...], reason: str) -> None:
    """Change an entry."""
    from playbook.words.entries import caution_words

    client_id, number = shell.need(shell.workspace.ledger.find(entry))
    typed = read_pairs(pairs, _("NAME=VALUE"))
    logged = shell.need(shell.workspace.ledger.amend(client_id, number, typed, reason=reason))
    shell.say(_("Changed."))
    for caution in logged.cautions:
        shell.say(caution_words(caution))


@click.command("ledger", help=_("A client's ledger, oldest first; all of it, or what is open, of one kind, or about one person. Of a person --json and -o give the contact, notes and saved answers as well."))  # fmt: skip
@client_argument
@click.option("--open", "only_open", is_flag=True, help=_("Only what is still open."))
@click.option("--kind", default="", metavar=_("KIND"), help=_("Only entries of one kind."))
@click.option("--person", default="", metavar=_("NAME"), help=_("Only what names one person."))
@click.option("--output", "-o", "target", default="", metavar=_("FILE|-"), help=_("Write it to a file, as JSON that only you may read."))  # fmt: skip
@click.option("--force", is_flag=True, help=_("Replace a file that is there."))
@as_json
@click.pass_obj
def ledger_verb(
    shell: Shell, client: str, only_open: bool, kind: str, person: str, target: str, force: bool, wants_json: bool
) -> None:  # fmt: skip
    """Print a ledger, or write it."""
    from playbook.core.about_person import entries_about
    from playbook.core.entry_kinds import is_open

    known = shell.need(shell.workspace.ledger.kind_of(kind)) if kind else ""
    client_id = shell.client_id(client)
    kept = shell.workspace.clients.get(client_id)
    assert kept is not None
    found = [
        entry for entry in shell.workspace.ledger.entries(client_id)
        if (not only_open or is_open(entry)) and known in ("", entry.kind)
    ]  # fmt: skip
    found = entries_about(found, person) if person else found
    if wants_json or target:
        _write(shell, client_id, found, person, target, replace=force)
        return
    if not found:
        shell.say(_("Nothing here yet. playbook log CLIENT KIND TEXT writes the first entry."))
    today = shell.workspace.clock.today()
    shell.lines(columns([_row(shell, entry, kept.slug, today) for entry in found]))


def _write(
    shell: Shell, client_id: str, found: "list[Entry]", person: str, target: str, *, replace: bool
) -> None:
    """Entries as JSON, with all else that names the person when one is named."""
    from playbook.exports.json import entry_data
    from playbook.workspace.about_person import AboutPerson, as_json
    from playbook.workspace.exporting import write_document

    client = shell.workspace.clients.get(client_id)
    assert client is not None
    data: Any = [entry_data(entry, client.slug) for entry in found]
    if person:
        data = shell.need(AboutPerson(shell.workspace, client_id, person).data(found))
    if target in ("", "-"):
        shell.json(data)
        return
    shell.out(line(str(shell.need(write_document(target, as_json(data), replace=replace)))))
    shell.say(_("Written."))


def _row(shell: Shell, entry: "Entry", slug: str, today: "date") -> tuple[str, ...]:
    from playbook.words.dates import short_day
    from playbook.words.entries import value_line
    from playbook.words.outcomes import outcome_word

    calendar = shell.workspace.calendar
    day = short_day(calendar.day_of_stamp(entry.on), today)
    ended = outcome_word(entry.outcome, entry.owner) if entry.outcome else ""
    return f"{slug}#{entry.n}", day, _line(shell, entry), value_line(entry, calendar), ended


@click.command("forget-fact", short_help=_("Delete a fact about a person, for good."), help=_("Delete a fact about a person, for good: from the ledger, from the answers and notes that hold the same words, from the history, search and the automatic backups. Only its number stays. Asks, unless --yes. Documents you exported and copies you made stay where they are."))  # fmt: skip
@click.argument("entry", metavar=_("ENTRY"))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.pass_obj
def forget_fact_verb(shell: Shell, entry: str, yes: bool) -> None:
    """Delete a fact."""
    from playbook.words.entries import same_words

    ledger = shell.workspace.ledger
    client_id, number = shell.need(ledger.find(entry))
    found = ledger.get(client_id, number)
    if found is not None and found.text and not yes:
        shell.say(_line(shell, found))
    if not yes and not _agreed(shell):
        shell.say(_("Nothing was deleted."))
        raise Ended(REFUSED)
    deleted = shell.need(ledger.forget_fact(client_id, number))
    shell.say(_("Deleted. A fresh backup was made of what is left."))
    if deleted.same:
        shell.say(same_words(deleted.client.slug, deleted.same))


def _agreed(shell: Shell) -> bool:
    """Whether the person says yes, in any of our languages."""
    from playbook.core.answers import parse_answer
    from playbook.core.playbook import Field

    question = _("Delete this for good? It cannot be taken back. Type yes or no")
    typed = click.prompt(question, err=True, default="", show_default=False)
    return parse_answer(Field(kind="yes-no"), typed, shell.workspace.calendar) is True


@click.command("status-asked", help=_("A client asked for the status: write it down, with the word that was missing and what changes. The target is that nobody has to ask."))  # fmt: skip
@client_argument
@click.argument("text", metavar=_("[TEXT]"), required=False, default="")
@click.option("--missing", default="", metavar=_("TEXT"), help=_("Which word of ours was missing."))
@click.option(
    "--change", default="", metavar=_("TEXT"), help=_("What changes, so that they need not ask again.")
)
@click.pass_obj
def status_asked_verb(shell: Shell, client: str, text: str, missing: str, change: str) -> None:
    """Count one, and show the figures."""
    from playbook.words.standing import joined_figures

    client_id = shell.client_id(client)
    said = {name: value for name, value in (("missing", missing), ("change", change)) if value}
    logged = shell.need(shell.workspace.ledger.log(client_id, "status-asked", text, said))
    _tell(shell, logged)
    standing = shell.workspace.ledger.standing(client_id)
    assert standing is not None
    for told in joined_figures(standing, shell.workspace.clock.today()):
        shell.say(told)
