"""`start`: one run for a client, or many from a table."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.columns import columns
from playbook.cli.options import as_json, optional_client_argument, playbook_argument, read_pairs, sets
from playbook.cli.shell import OK, Shell
from playbook.core.calendar import as_stamp
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.words import _, plural
from playbook.words.moments import due_words

if TYPE_CHECKING:
    from playbook.core.decide import Sheet
    from playbook.workspace.starting import StartForm

_ABOUT = _(
    "Start a playbook for a client. Days as ISO or as people write them: fri, +2, 12 dec.\n\n"
    "With --csv it starts one run a row instead. The first line names the columns: client, start, target, "
    "fields by id or label, and role:ROLE. Commas, semicolons or tabs separate; the lines of a list stand in one "
    "cell, with semicolons between them. One undo takes all of them back. It ends with 4 when some row was not started."
)


@click.command("start", help=_ABOUT)
@playbook_argument
@optional_client_argument
@click.option("--on", "start", default="", metavar=_("DATE"), help=_("The start; default today."))
@click.option("--target", default="", metavar=_("DATE"), help=_("The target day, if the playbook has one."))
@sets
@click.option(
    "--role", "roles", multiple=True, metavar=_("ROLE=PERSON"), help=_("Who has a role; default you.")
)
@click.option("--from", "origin", nargs=2, default=None, metavar=_("RUN STEP"), help=_("The step that starts it; fills in what the step knows."))  # fmt: skip
@click.option(
    "--reason", default="", metavar=_("TEXT"), help=_("Why that step starts it; default its title.")
)
@click.option("--again", is_flag=True, help=_("Also when that step has started a run already."))
@click.option("--csv", "table", default=None, metavar=_("FILE"), type=click.Path(path_type=Path), help=_("Start a run for each row."))  # fmt: skip
@click.option("--add-clients", "adds_clients", is_flag=True, help=_("Add the clients of rows that do not exist yet."))  # fmt: skip
@click.option(
    "--dry-run",
    is_flag=True,
    help=_("Show every date, or of a table each run with its first; store nothing."),
)
@as_json
@click.pass_obj
def start_verb(
    shell: Shell, playbook: str, client: str | None, start: str, target: str, pairs: tuple[str, ...],
    roles: tuple[str, ...], origin: tuple[str, str] | None, reason: str, again: bool, table: Path | None,
    adds_clients: bool, dry_run: bool, wants_json: bool,
) -> int:  # fmt: skip
    """Start a run or several, or preview them."""
    from playbook.workspace.starting import StartForm

    if (client is None) == (table is None):
        raise click.UsageError(_("Name a client, or a table with --csv."))
    if table is not None:
        if start or target or pairs or roles or origin or reason or again:
            raise click.UsageError(_("With --csv everything else stands in the table."))
        from playbook.cli.many_starts import start_many

        return start_many(shell, line(playbook), table, adds_clients=adds_clients, dry_run=dry_run, wants_json=wants_json)  # fmt: skip
    if adds_clients:
        raise click.UsageError(_("--add-clients goes with --csv."))
    if (reason or again) and origin is None:
        raise click.UsageError(_("--reason and --again go with --from."))
    people = {
        role: person if isinstance(person, str) else person[-1]
        for role, person in read_pairs(roles, _("ROLE=PERSON")).items()
    }
    form = StartForm(line(playbook), line(client or ""), start, target, read_pairs(pairs), people)
    if origin is not None:
        form = _from_step(shell, form, *origin)._replace(because=reason, again=again)
    _start(shell, form, dry_run=dry_run, wants_json=wants_json)
    return OK


def _from_step(shell: Shell, form: "StartForm", run: str, step: str) -> "StartForm":
    """The form with what the step of another run knows; what was given stays."""
    runs = shell.workspace.runs
    sheet = shell.need(runs.open(shell.run_id(run))).sheet
    found = sheet.view.steps.get(step)
    if found is None:  # starting says so, with the nearest
        return form._replace(parent=sheet.run.name, parent_step=step)
    starts, title = found.step.starts, found.step.title
    if starts is None:
        shell.refuse(Refusal("starts-nothing", {"step": title}))
    if starts.playbook != form.playbook:
        named = {"step": title, "starts": starts.playbook, "playbook": form.playbook[:60]}
        shell.refuse(Refusal("starts-other", named))
    known = runs.start_form(sheet, found, form.client)
    return known._replace(
        start=form.start or known.start,
        target=form.target or ("" if "target" in form.answers else known.target),
        answers={**known.answers, **form.answers},
        roles=form.roles,
    )


def _start(shell: Shell, form: "StartForm", *, dry_run: bool, wants_json: bool) -> None:
    runs = shell.workspace.runs
    sheet = shell.need(runs.preview(form) if dry_run else runs.start(form))
    if wants_json:
        shell.json(_data(sheet))
    elif dry_run:
        shell.lines(_preview(shell, sheet))
    else:
        shell.out(sheet.run.name)
        _tell_started(shell, sheet)
    if dry_run:
        shell.say(_("Nothing was stored."))


def _preview(shell: Shell, sheet: "Sheet") -> list[str]:
    from playbook.cli.standing import date_words, faults_words

    now = shell.workspace.clock.now()
    shown = [found for found in sheet.view.steps.values() if not found.is_hidden]
    return list(columns([
        (found.step.id, line(found.step.title),
         date_words(found.due, sheet, lambda moment: due_words(moment, now, sheet.calendar)),
         faults_words(found.faults, sheet))
        for found in shown
    ], indent="  "))  # fmt: skip


def _tell_started(shell: Shell, sheet: "Sheet") -> None:
    from playbook.cli.standing import plain_moment

    steps = plural("{count} step", "{count} steps", sheet.view.total)
    title, due = line(sheet.run.playbook.title), sheet.view.next_due
    if due is None:
        shell.say(_("Started “{playbook}”: {steps}.").format(playbook=title, steps=steps))
        return
    day = plain_moment(due, sheet, shell.workspace.clock)
    shell.say(
        _("Started “{playbook}”: {steps}, the first due {day}.").format(playbook=title, steps=steps, day=day)
    )


def _data(sheet: "Sheet") -> dict[str, Any]:
    return {
        "id": sheet.run.name, "start": sheet.run.start, "target": sheet.run.target,
        "steps": [
            {"id": step_id, "title": found.step.title, "hidden": found.is_hidden,
             "due": as_stamp(found.due.moment) if found.due.moment else None,
             "waiting_for": found.due.waiting.anchor if found.due.waiting else None}
            for step_id, found in sheet.view.steps.items()
        ],
    }  # fmt: skip
