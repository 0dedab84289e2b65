"""`start`, `runs`, `next`, `history`."""

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.options import as_json, read_pairs, sets
from playbook.cli.shell import Shell
from playbook.core.calendar import as_stamp
from playbook.core.decide import first_ready
from playbook.core.text import line
from playbook.words import N_, _
from playbook.words.dates import short_day
from playbook.words.moments import due_words, local_time
from playbook.words.refusals import state_word

if TYPE_CHECKING:
    from playbook.core.decide import Sheet
    from playbook.core.history import HistoryRow


@click.command("start", help=N_("Start a playbook for a client. Days as ISO or as people write them: fri, +2, 12 dec."))
@click.argument("playbook")
@click.argument("client")
@click.option("--on", "start", default="", metavar="DATE", help=N_("The start; default today."))
@click.option("--target", default="", metavar="DATE", help=N_("The target day, if the playbook has one."))
@sets
@click.option("--role", "roles", multiple=True, metavar="ROLE=PERSON", help=N_("Who has a role; default you."))
@click.option("--dry-run", is_flag=True, help=N_("Show every date, store nothing."))
@as_json
@click.pass_obj
def start_verb(
    shell: Shell, playbook: str, client: str, start: str, target: str, pairs: tuple[str, ...], roles: tuple[str, ...],
    dry_run: bool, wants_json: bool,
) -> None:  # fmt: skip
    """Start a run, or preview it."""
    from playbook.workspace.starting import StartForm

    people = {key: str(value) for key, value in read_pairs(roles).items()}
    form = StartForm(playbook, client, start, target, read_pairs(pairs), people)
    runs = shell.workspace.runs
    sheet = shell.need(runs.preview(form) if dry_run else runs.start(form))
    if wants_json:
        shell.json(_start_data(sheet))
        return
    if not dry_run:
        shell.out(sheet.run.name)
    for step_id, found in sheet.view.steps.items():
        if found.is_hidden:
            continue
        when = due_words(found.due.moment, shell.workspace.clock.now(), sheet.calendar) if found.due.moment else "–"
        note = _("moved to the start") if found.due.moved_to_start else ""
        (shell.out if dry_run else shell.say)(f"  {when:<18} {step_id:<24} {line(found.step.title)}  {note}".rstrip())
    if dry_run:
        shell.say(_("Nothing was stored."))


def _start_data(sheet: "Sheet") -> dict[str, Any]:
    return {
        "id": sheet.run.name, "start": sheet.run.start, "target": sheet.run.target,
        "steps": [
            {"id": step_id, "title": found.step.title, "hidden": found.is_hidden,
             "due": as_stamp(found.due.moment) if found.due.moment else None,
             "waiting_for": found.due.waiting.anchor if found.due.waiting else None}
            for step_id, found in sheet.view.steps.items()
        ],
    }  # fmt: skip


@click.command("runs", help=N_("The open runs, or with --all the ended ones, too."))
@click.option("--client", default="", metavar="CLIENT", help=N_("Only this client's."))
@click.option("--all", "ended", is_flag=True, help=N_("Finished and abandoned ones, too."))
@as_json
@click.pass_obj
def runs_verb(shell: Shell, client: str, ended: bool, wants_json: bool) -> None:
    """Print one line a run."""
    client_id = shell.client_id(client) if client else ""
    rows = shell.workspace.lists.runs(client_id, ended=ended)
    if wants_json:
        shell.json([
            {"id": r.name, "title": r.title, "client": {"id": r.client_slug, "name": r.client_name}, "state": r.state,
             "start": r.start, "target": r.target, "progress": {"done": r.done, "total": r.total},
             "next_due": r.next_due, "ended_at": r.ended_at}
            for r in rows
        ])  # fmt: skip
        return
    if not rows:
        shell.say(_("No runs. Start one: playbook start PLAYBOOK CLIENT"))
    wide = max((len(row.name) for row in rows), default=0)
    for row in rows:
        due = short_day(shell.workspace.calendar.day_of_stamp(row.next_due)) if row.next_due else ""
        shell.out(f"{row.name:<{wide}}  {row.done}/{row.total}  {state_word(row.state)}  {due}".rstrip())


@click.command("next", help=N_("The next step of a run, with its guide and what to say."))
@click.argument("run")
@as_json
@click.pass_obj
def next_verb(shell: Shell, run: str, wants_json: bool) -> None:
    """Print the step to do next."""
    opened = shell.need(shell.workspace.runs.open(shell.run_id(run)))
    sheet = opened.sheet
    found = first_ready(sheet.view) if sheet.run.state == "open" else None
    if wants_json:
        due = as_stamp(found.due.moment) if found and found.due.moment else None
        step = {"id": found.step.id, "title": found.step.title, "due": due, "locked_by": list(found.locked_by),
                "guide": found.step.guide, "say": found.step.say, "fields": [f.id for f in found.fields]} if found else None  # fmt: skip
        shell.json({"run": sheet.run.name, "progress": {"done": sheet.view.done, "total": sheet.view.total}, "step": step})  # fmt: skip
        return
    if found is None:
        shell.say(_("No step is open. Finish the run: playbook finish {run}").format(run=sheet.run.name))
        return
    from playbook.cli.showing import step_lines

    shell.out("\n".join(step_lines(found, sheet, shell.workspace.clock)))


@click.command("history", help=N_("Every change to a run or client: when, who, what, from and to, why."))
@click.argument("what", metavar="RUN|CLIENT")
@as_json
@click.pass_obj
def history_verb(shell: Shell, what: str, wants_json: bool) -> None:
    """Print one line a change."""
    rows = _history(shell, what)
    if wants_json:
        keys = ("seq", "at", "by", "kind", "step", "field", "entry", "old", "new", "reason", "undoes")
        shell.json([{key: getattr(row, key) for key in keys} for row in rows])
        return
    from playbook.words.changes import change_words

    for row in rows:
        at = local_time(row.at, shell.workspace.calendar)
        undone = "  " + _("(undone)") if row.is_undone else ""
        shell.out(f"{row.seq:>5}  {at}  {line(row.by)}  {change_words(row)}{undone}")


def _history(shell: Shell, what: str) -> "list[HistoryRow]":
    if "/" not in what:
        client_id = shell.workspace.clients.find(what)
        if isinstance(client_id, str):
            return shell.workspace.clients.history(client_id)
    return shell.workspace.runs.history(shell.run_id(what))
