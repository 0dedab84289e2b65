"""`client add | list | show | set`."""

from typing import Any

import click

from playbook.cli.options import as_json, read_pairs
from playbook.cli.shell import Shell
from playbook.core.client import Client, Contact
from playbook.core.text import line
from playbook.words import N_, _
from playbook.words.dates import short_day


@click.group("client", help=N_("Add, list, show and change clients."))
def client_verb() -> None:
    """Hold the verbs of clients."""


@client_verb.command("add", help=N_("Add a client."))
@click.argument("name", nargs=-1, required=True)
@click.option("--language", default="", metavar="CODE", help=N_("Language of drafts for them, such as es."))
@click.option("--form", default="", metavar="tú|usted", help=N_("Form of address in Spanish drafts."))
@click.option("--country", default="", metavar="CODE", help=N_("Country, such as ES."))
@click.option("--contact", default="", metavar="NAME", help=N_("A person there."))
@click.option("--role", default="", help=N_("What that person does."))
@click.option("--email", default="", help=N_("That person's e-mail."))
@click.option("--phone", default="", help=N_("That person's phone."))
@click.pass_obj
def add(
    shell: Shell, name: tuple[str, ...], language: str, form: str, country: str, contact: str, role: str, email: str,
    phone: str,
) -> None:  # fmt: skip
    """Add a client, with a first contact if one is named."""
    given = {"language": language, "form": form, "country": country}
    person = Contact(line(contact), line(role), line(email), line(phone)) if contact or email or phone else None
    settings = {key: value for key, value in given.items() if value}
    client = shell.need(shell.workspace.clients.add(" ".join(name), settings, person))
    shell.out(client.slug)
    shell.say(_("Added {name} as {client}.").format(name=line(client.name), client=client.slug))


@client_verb.command("list", help=N_("Every client, with open runs and the next due date."))
@as_json
@click.pass_obj
def list_(shell: Shell, wants_json: bool) -> None:
    """Print one line a client."""
    rows = shell.workspace.lists.clients()
    if wants_json:
        shell.json([{"id": r.slug, "name": r.name, "open_runs": r.open_runs, "next_due": r.next_due} for r in rows])
        return
    if not rows:
        shell.say(_("No clients yet. Add one: playbook client add NAME"))
    wide = max((len(row.slug) for row in rows), default=0)
    for row in rows:
        due = short_day(shell.workspace.calendar.day_of_stamp(row.next_due)) if row.next_due else ""
        shell.out(f"{row.slug:<{wide}}  {line(row.name)}  {row.open_runs}  {due}".rstrip())


@client_verb.command("show", help=N_("A client: contacts, settings, saved answers and runs."))
@click.argument("client")
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
    shell.out(f"{line(found.name)}  ({found.slug})")
    for key, value in (found.settings | found.saved).items():
        shell.out(f"  {key:<18} {line(str(value))}")
    for person in found.contacts:
        shell.out("  " + " · ".join(line(part) for part in person if part))
    for run in runs:
        shell.out(f"  {run.name:<32} {run.done}/{run.total}  {run.state}")


def client_data(client: Client) -> dict[str, Any]:
    """A client as JSON."""
    return {
        "id": client.slug, "name": client.name, "settings": dict(client.settings), "saved": dict(client.saved),
        "contacts": [contact._asdict() for contact in client.contacts],
    }  # fmt: skip


@client_verb.command("set", help=N_("Change a client: name, language, form, time-zone, country, owner, card, or a saved answer. An empty value clears it. `contact=Name, role, e-mail, phone` adds a person."))  # fmt: skip
@click.argument("client")
@click.argument("pairs", nargs=-1, required=True, metavar="KEY=VALUE…")
@click.pass_obj
def set_(shell: Shell, client: str, pairs: tuple[str, ...]) -> None:
    """Change settings, all or none; then add contacts."""
    client_id = shell.client_id(client)
    given = read_pairs(pairs)
    people = given.pop("contact", [])
    if given:
        values = {key: value if isinstance(value, str) else "\n".join(value) for key, value in given.items()}
        shell.need(shell.workspace.clients.set(client_id, values))
    for text in [people] if isinstance(people, str) else people:
        parts = [line(part) for part in text.split(",")][:4]
        found = shell.workspace.clients.get(client_id)
        assert found is not None
        shell.need(shell.workspace.clients.set_contact(client_id, len(found.contacts), Contact(*parts)))
    shell.say(_("Changed."))
