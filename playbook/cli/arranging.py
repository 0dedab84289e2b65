"""`block`, `unblock`, `add-step`, `assign`: what a run has beside its playbook."""

from typing import TYPE_CHECKING

import click

from playbook.cli.options import assigned_argument, run_argument, step_argument
from playbook.cli.shell import Shell
from playbook.cli.steps import told
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.words import _

if TYPE_CHECKING:
    from playbook.core.decide import Sheet


@click.command(
    "block",
    help=_(
        "Flag a step that cannot go on, with a reason and the day to look at it again. It cannot be done until it is unblocked."
    ),
)
@run_argument
@step_argument
@click.option("--reason", default="", metavar=_("TEXT"), help=_("Why."))
@click.option("--until", default="", metavar=_("DATE"), help=_("The day to look at it again."))
@click.pass_obj
def block_verb(shell: Shell, run: str, step: str, reason: str, until: str) -> None:
    """Block a step."""
    runs = shell.workspace.runs
    follow_up = shell.day(until) if until else None
    sheet = shell.need(runs.change(shell.run_id(run), runs.decisions.block(reason, follow_up)(step)))
    told(shell, _("Blocked:"), sheet, step)


@click.command("unblock", help=_("Let a blocked step go on."))
@run_argument
@step_argument
@click.option(
    "--reason", default="", metavar=_("TEXT"), help=_("What has changed; kept as a note on the step.")
)
@click.pass_obj
def unblock_verb(shell: Shell, run: str, step: str, reason: str) -> None:
    """Unblock a step; the reason becomes a note in the same change."""
    runs = shell.workspace.runs
    noted = [runs.decisions.note(reason)(step)] if reason.strip() else []
    sheet = shell.need(runs.change(shell.run_id(run), runs.decisions.unblock()(step), *noted))
    told(shell, _("Unblocked:"), sheet, step)


@click.command("add-step", help=_("Add a step to this run alone: at the end of a section, or below a step."))
@run_argument
@click.argument("title", nargs=-1, required=True, metavar=_("TITLE"))
@click.option("--section", default="", metavar=_("SECTION"), help=_("Id of the section; default the last."))
@click.option("--after", default="", metavar=_("STEP"), help=_("Put it below this step."))
@click.pass_obj
def add_step_verb(shell: Shell, run: str, title: tuple[str, ...], section: str, after: str) -> None:
    """Add a step and print its id."""
    runs = shell.workspace.runs
    decision = runs.decisions.add_step(" ".join(title), section=section, after=after)
    sheet = shell.need(runs.change(shell.run_id(run), decision))
    step = sheet.run.own[-1].id
    shell.out(step)
    told(shell, _("Added:"), sheet, step)


@click.command(
    "assign",
    help=_(
        "Give a step, or a role with all its steps, to somebody; with --clear back to whoever has the step's role, or to nobody. “role:ROLE” means the role where a step has the same id."
    ),
)
@run_argument
@assigned_argument
@click.argument("person", metavar=_("[PERSON]…"), nargs=-1)
@click.option("--clear", is_flag=True, help=_("To nobody in particular."))
@click.pass_obj
def assign_verb(shell: Shell, run: str, what: str, person: tuple[str, ...], clear: bool) -> None:
    """Assign a step or a role."""
    name = line(" ".join(person))
    if bool(name) == clear:
        raise click.UsageError(_("Name a person, or say --clear."))
    runs, run_id = shell.workspace.runs, shell.run_id(run)
    before = shell.need(runs.open(run_id)).sheet
    role = what.removeprefix("role:")
    if what in before.view.steps:
        sheet = shell.need(runs.change(run_id, runs.decisions.assign(name)(what)))
        has = line(sheet.view.steps[what].person)
        told(shell, _("Given to {person}:").format(person=has) if has else _("Given to nobody:"), sheet, what)
    elif role in before.run.playbook.roles:
        sheet = shell.need(runs.change(run_id, runs.decisions.assign_role(role, name)))
        label = line(sheet.run.playbook.roles[role])
        shell.say(f"{label}: {name or '–'}.")
    else:
        shell.refuse(_unknown(before, what))


def _unknown(sheet: "Sheet", name: str) -> Refusal:
    from playbook.core.nearest import nearest

    near = nearest(name, [*sheet.view.steps, *sheet.run.playbook.roles])
    return Refusal("no-step-or-role", {"run": sheet.run.name, "name": name[:60], "near": near})
