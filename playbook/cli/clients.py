"""`client add | list | show | set`."""

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.columns import columns
from playbook.cli.options import as_json, client_argument, read_pairs
from playbook.cli.shell import Shell
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.words import _, plural

if TYPE_CHECKING:
    from playbook.core.client import Client


@click.group("client", help=_("Add, list, show and change clients."))
def client_verb() -> None:
    """Hold the verbs of clients."""


@client_verb.command("add", help=_("Add a client."))
@click.argument("name", metavar=_("NAME…"), nargs=-1, required=True)
@click.option("--language", default="", metavar=_("CODE"), help=_("Language of drafts for them, such as es."))
@click.option("--form", default="", metavar="tú|usted", help=_("Form of address in Spanish drafts."))
@click.option("--country", default="", metavar=_("CODE"), help=_("Country, such as ES."))
@click.option("--contact", default="", metavar=_("NAME"), help=_("A person there."))
@click.option("--role", default="", metavar=_("TEXT"), help=_("What that person does."))
@click.option("--email", default="", metavar=_("TEXT"), help=_("That person's e-mail."))
@click.option("--phone", default="", metavar=_("TEXT"), help=_("That person's phone."))
@click.pass_obj
def add(
    shell: Shell, name: tuple[str, ...], language: str, form: str, country: str, contact: str, role: str, email: str,
    phone: str,
) -> None:  # fmt: skip
    """Add a client, with a first contact if one is named."""
    from playbook.core.client import Contact

    given = {"language": language, "form": form, "country": country}
    person = Contact(line(contact), line(role), line(email), line(phone))
    settings = {key: value for key, value in given.items() if value}
    client = shell.need(
        shell.workspace.clients.add(" ".join(name), settings, person if any(person) else None)
    )
    shell.out(client.slug)
    shell.say(_("Added {name} as {client}.").format(name=line(client.name), client=client.slug))


@client_verb.command("list", help=_("Every client, with open runs and the next due date."))
@as_json
@click.pass_obj
def list_(shell: Shell, wants_json: bool) -> None:
    """Print one line a client."""
    from playbook.core.calendar import from_stamp
    from playbook.words.moments import due_words
    from playbook.words.standing import no_word

    rows = shell.workspace.lists.clients()
    if wants_json:
        shell.json(
            [
                {
                    "id": r.slug,
                    "name": r.name,
                    "open_runs": r.open_runs,
                    "next_due": r.next_due,
                    "last_voice": r.last_voice,
                    "next_word": r.next_word,
                }
                for r in rows
            ]
        )
        return
    if not rows:
        shell.say(_("No clients yet. Add one: playbook client add NAME"))
    at, calendar = shell.workspace.clock.now(), shell.workspace.calendar
    shell.lines(columns([
        (row.slug, line(row.name), plural("{count} open run", "{count} open runs", row.open_runs) if row.open_runs else "",
         due_words(moment, at, calendar) if (moment := from_stamp(row.next_due or "")) else "",
         no_word() if row.lacks_word else "")
        for row in rows
    ]))  # fmt: skip


@client_verb.command("show", help=_("A client: contacts, settings, saved answers and runs."))
@client_argument
@as_json
@click.pass_obj
def show(shell: Shell, client: str, wants_json: bool) -> None:
    """Print all that is kept of a client."""
    client_id = shell.client_id(client)
    found = shell.workspace.clients.get(client_id)
    assert found is not None
    runs = shell.workspace.lists.runs(client_id, ended=True)
    if wants_json:
        shell.json(client_data(found) | {"runs": [run.name for run in runs]})
        return
    from playbook.cli.runs import run_rows

    shell.lines(
        [f"{line(found.name)}  ({found.slug})", *_kept(shell, found), *run_rows(shell, runs, indent="  ")]
    )


def _kept(shell: Shell, client: "Client") -> list[str]:
    """Settings, saved answers with the question each answers, and people; the keys are those that `client set` takes."""
    from playbook.core.playbook import Field
    from playbook.words.answers import saved_words
    from playbook.words.tailoring import unsaid_words

    calendar, today = shell.workspace.calendar, shell.workspace.clock.today()
    asked = shell.workspace.clients.saving_fields(client)
    rows = [(key, line(value)) for key, value in client.settings.items()]
    for name, value in client.saved.items():
        label = line(asked[name].label) + ": " if name in asked else ""
        rows.append((name, label + saved_words(asked.get(name, Field()), value, calendar, today)))
    rows += [(key, said) for key, said in unsaid_words().items() if key not in client.saved]
    known = columns(rows, indent="  ")
    people = [" · ".join(line(part) for part in person if part) for person in client.contacts]
    return [*known, *(f"  {person}" for person in people)]


def client_data(client: "Client") -> dict[str, Any]:
    """A client as JSON."""
    return {
        "id": client.slug, "name": client.name, "settings": dict(client.settings), "saved": dict(client.saved),
        "contacts": [contact._asdict() for contact in client.contacts],
    }  # fmt: skip


@client_verb.command("forget", short_help=_("Delete all there is of a client, for good."), help=_("Delete all there is of a client, for good: contacts, runs, ledger, history, and the automatic backups that hold it. Asks for the client's name, unless --yes. Documents you exported stay where they are."))  # fmt: skip
@client_argument
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.pass_obj
def forget(shell: Shell, client: str, yes: bool) -> None:
    """Forget a client once its name was typed."""
    client_id = shell.client_id(client)
    found = shell.workspace.clients.get(client_id)
    assert found is not None
    if not yes:
        typed = click.prompt(
            _("This cannot be undone. Type the client's name, {name}").format(name=line(found.name)), err=True, default="",
            show_default=False,
        )  # fmt: skip
        if line(typed) != found.name:
            shell.refuse(Refusal("forget-name", {"name": found.name}))
    shell.need(shell.workspace.clients.forget(client_id))
    shell.say(_("Forgotten. A fresh backup was made of what is left."))


@client_verb.command("set", short_help=_("Change a client's name, settings, saved answers and contacts."), help=_("Change a client: name, language, form, time-zone, country, owner, card, or a saved answer. An empty value clears it. `contact=Name, role, e-mail, phone` adds a person."))  # fmt: skip
@client_argument
@click.argument("pairs", nargs=-1, required=True, metavar=_("KEY=VALUE…"))
@click.pass_obj
def set_(shell: Shell, client: str, pairs: tuple[str, ...]) -> None:
    """Change settings, all or none; then add contacts."""
    from playbook.core.client import Contact

    client_id = shell.client_id(client)
    given = read_pairs(pairs, _("KEY=VALUE"))
    people = given.pop("contact", [])
    if given:
        values = {key: value if isinstance(value, str) else "\n".join(value) for key, value in given.items()}
        shell.need(shell.workspace.clients.set(client_id, values))
    for text in [people] if isinstance(people, str) else people:
        person = Contact(*[line(part) for part in text.split(",", 3)])
        found = shell.workspace.clients.get(client_id)
        assert found is not None
        if any(person):
            shell.need(shell.workspace.clients.set_contact(client_id, len(found.contacts), person))
    shell.say(_("Changed."))
