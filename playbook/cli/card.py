"""`card | verdict`: how a client stands, and whether bad news may wait."""

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.options import as_json, client_argument
from playbook.cli.shell import Shell
from playbook.core.text import line
from playbook.words import _

if TYPE_CHECKING:
    from playbook.core.figures import Standing


@click.command("card", help=_("A client's card: who they are, what is owed, when they last saw and heard us, how it stands. Never a score."))  # fmt: skip
@client_argument
@as_json
@click.pass_obj
def card_verb(shell: Shell, client: str, wants_json: bool) -> None:
    """Print the card and the figures."""
    from playbook.words.standing import card_lines, joined_figures

    client_id = shell.client_id(client)
    standing, balance = shell.workspace.ledger.standing(client_id), shell.workspace.ledger.balance(client_id)
    assert standing is not None
    if wants_json:
        shell.json(_data(standing) | {"care": balance.care, "competence": balance.competence})
        return
    today, calendar = shell.workspace.clock.today(), shell.workspace.calendar
    head = f"{line(standing.client.name)}  ({standing.client.slug})"
    card = [f"  {said}" for said in card_lines(standing, calendar, today)]
    shell.lines([head, *card, "", *(f"  {said}" for said in joined_figures(standing, today, balance))])


def _data(standing: "Standing") -> dict[str, Any]:
    client, found = standing.client, standing.figures

    def day(value: Any) -> str | None:
        return value.isoformat() if value else None

    def names(entries: Any) -> list[str]:
        return [f"{client.slug}#{entry.n}" for entry in entries]

    return {
        "id": client.slug, "name": client.name, "card": client.settings.get("card", "").splitlines(),
        "owner": client.settings.get("owner") or None, "last_face": day(found.last_face),
        "last_voice": day(found.last_voice), "feels_long_after": found.feels_long,
        "feels_long_learned": found.feels_long_learned, "quiet_for": found.quiet_for, "mix": found.mix or None,
        "status_asked": found.asked, "status_asked_before": found.asked_before,
        "status_asked_last": day(found.asked_last), "logged_last": day(found.logged_last),
        "promises": names(found.promises), "at_risk": names(found.at_risk), "theirs": names(found.theirs),
        "concerns": names(found.concerns), "batch": names(found.batch),
        "next_word": names([found.next_word])[0] if found.next_word else None,
        "goodwill": {currency: str(amount) for currency, amount in found.goodwill.items()},
        "temperature": found.temperature, "signals": list(found.signals),
        "own_reading": client.facts().get("temperature"),
    }  # fmt: skip


@click.command("verdict", help=_("Bad news is what costs more, takes longer or is less good than they expect. Tell it now, unless the check-in is tomorrow."))  # fmt: skip
@click.option("--costs-more", is_flag=True, help=_("It costs more than they expect."))
@click.option("--takes-longer", is_flag=True, help=_("It takes longer than they expect."))
@click.option("--less-good", is_flag=True, help=_("It is less good than they expect."))
@click.option(
    "--check-in", default="", metavar=_("DATE"), help=_("The next check-in, such as mon or “mon 10:00”.")
)
@click.option(
    "--client",
    "client",
    default="",
    metavar=_("CLIENT"),
    help=_("Whose next check-in it is, where no day is said."),
)
@click.option(
    "--mendable", is_flag=True, help=_("Nothing gets worse meanwhile, and it may still be put right.")
)
@click.pass_obj
def verdict_verb(
    shell: Shell,
    costs_more: bool,
    takes_longer: bool,
    less_good: bool,
    check_in: str,
    client: str,
    mendable: bool,
) -> None:
    """Print the verdict with its reason."""
    from playbook.words.standing import verdict_words

    boxes = (("cost", costs_more), ("time", takes_longer), ("quality", less_good))
    clock, calendar = shell.workspace.clock, shell.workspace.calendar
    moment = shell.moment(check_in) if check_in else None
    if client and not check_in:
        moment = shell.workspace.ledger.next_check_in(shell.client_id(client))
    worse = [name for name, holds in boxes if holds]
    found = shell.workspace.ledger.verdict(worse, moment, mendable=mendable)
    shell.out(verdict_words(found, calendar, clock.today()))
